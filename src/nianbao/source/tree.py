"""YAML text as a tree of nodes, each with its line and column.

Knows YAML and keeps what was typed: nothing is constructed and no type is
guessed, so 0745 stays 0745. Knows no key and no form. Built from the event
stream of libyaml (or PyYAML's own parser where libyaml is missing; `scan` makes
both read the same), with an iterative builder: deep nesting cannot crash it.
Anchors, aliases, merges, tags, directives and further documents are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from nianbao.chinese import characters
from nianbao.chinese.characters import FORBIDDEN_IN_TEXT, SOFT_BREAKS
from nianbao.chinese.lines import LINE_BREAK
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import MAX_FINDINGS, Edit, Finding, Location, edit, finding
from nianbao.source.complaint import explain
from nianbao.source.encoding import decode
from nianbao.source.names import Names
from nianbao.source.punctuation import MAX_DEPTH, too_deep
from nianbao.source.scan import MAX_BYTES, MAX_LINES, Scan

_WRITTEN = {
    "'": re.compile(r"''|."),
    '"': re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|."),
}
"""One character of a quoted text, as written, by the quote."""
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, without blanks at its ends."""

    text: str
    location: Location
    columns: tuple[int, ...] = ()
    """Where each character stands, where quotes hide escapes; else they follow one another."""

    def place(self, at: int) -> Location:
        """The place of the character at index `at`."""
        column = self.columns[at] if self.columns else self.location.column + at
        return Location(self.location.line, column)

    def replaced(self, start: int, end: int, text: str) -> Edit:
        """The edit that puts `text` for the characters from `start` up to `end`."""
        first = self.place(start)
        last = self.place(end - 1).column + 1 if end > start else first.column
        return Edit(first, Location(first.line, last), text)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as typed. `spread` when it runs over several lines without `|`."""

    text: str
    location: Location
    lines: tuple[Line, ...]
    spread: bool = False
    block: bool = False
    comment: Location | None = None
    """The `#` right behind a plain text on its line."""
    told: bool = False
    """Its mistake is among the findings already."""
    as_block: tuple[Edit, ...] = ()
    """What makes a `|` text of a narrative that is typed otherwise."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` of a mapping."""

    key: Scalar
    value: Node


@dataclass(slots=True)
class Mapping:
    location: Location
    entries: list[Entry] = field(default_factory=list)
    told: bool = False


@dataclass(slots=True)
class Sequence:
    location: Location
    items: list[Node] = field(default_factory=list)
    told: bool = False


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True)
class Source:
    """A read text: its root (None when it has no content or cannot be parsed) and findings."""

    root: Node | None
    findings: tuple[Finding, ...]
    lines: tuple[str, ...] = ()
    """The text as typed, line by line, where it could be decoded."""


def read(data: bytes, names: Names | None = None) -> Source:
    """The tree of a file in any encoding that `encoding` knows (a BOM is not counted).

    With `names`, a key is told from a line of text by its name. Never raises for what the
    bytes hold; at most MAX_BYTES, MAX_DEPTH levels.
    """
    if len(data) > MAX_BYTES:
        return Source(None, (too_large(len(data)),))
    decoded = decode(data)
    if decoded.text is None:
        return Source(None, decoded.findings)
    tree = read_text(decoded.text, names)
    return replace(tree, findings=decoded.findings + tree.findings)


def too_large(size: int) -> Finding:
    """The finding for a file of `size` bytes, more than MAX_BYTES."""
    message = f"文件有 {size:,} 字节，超过上限 {MAX_BYTES:,} 字节。"
    return finding("Y107", message, hint="填报文件只写文字和数，不要嵌入别的内容")


def read_text(text: str, names: Names | None = None) -> Source:
    """The tree of a text whose bytes are already known to be sound."""
    return replace(_tree(text, names), lines=tuple(LINE_BREAK.split(text)))


def _tree(text: str, names: Names | None) -> Source:
    as_typed = text
    findings, text = characters.refuse(text)
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        message = f"文件有 {lines:,} 行，超过上限 {MAX_LINES:,} 行。"
        findings.append(finding("Y107", message, hint="填报文件没有这么长，看看是不是拿错了文件"))
        return Source(None, tuple(findings))
    scan = Scan(text, names)
    findings = [*_soft_breaks(findings, as_typed, scan), *_lone_returns(as_typed), *scan.findings]
    if (
        scan.given_up
        or len(findings) > MAX_FINDINGS
        or any(finding.code == "Y107" for finding in findings)
    ):
        return Source(None, tuple(findings))
    try:
        builder = _Builder(scan)
        for event in yaml.parse(scan.parseable, Loader=_PARSER):
            builder.take(event)
            if builder.ended:
                break
            if builder.depth > MAX_DEPTH:
                findings.append(too_deep(builder.last))
                return Source(None, tuple(findings))
    except yaml.YAMLError as problem:
        findings += explain(problem, scan)
        return Source(None, tuple(findings))
    findings += builder.findings
    if builder.root is None and not findings:
        findings.append(
            finding(
                "Y105",
                "文件是空的，没有任何内容。",
                at=Location(1, 1),
                hint="用 nianbao new 起一份填报文件",
            )
        )
    return Source(builder.root, tuple(findings))


def _soft_breaks(findings: list[Finding], text: str, scan: Scan) -> Iterator[Finding]:
    """What Word breaks a line with, inside a `|` text, was meant as a line's end."""
    lines = LINE_BREAK.split(text) if findings else []
    for told in findings:
        place = told.location
        margin = scan.prose.get(place.line) if place else None
        if not place or margin is None or _char(lines, place) not in SOFT_BREAKS:
            yield told
        else:
            change = edit(place.line, place.column, place.column + 1, "\n" + " " * margin)
            yield replace(told, mend=(change,))


def _lone_returns(text: str) -> list[Finding]:
    """A note on carriage returns that end a line alone, among line ends of another kind."""
    breaks = [found[0] for found in LINE_BREAK.finditer(text)]
    alone = [line for line, end in enumerate(breaks, 1) if end == "\r"]
    if not alone or len(alone) == len(breaks):
        return []
    lines = LINE_BREAK.split(text)
    ends = [Location(line, len(lines[line - 1]) + 1) for line in alone]
    return [
        finding(
            "Y114",
            f"这一行末尾只有一个回车符，别处不是这样换行的，共 {len(alone)} 处。",
            at=ends[0],
            hint="已经当作换行；多半是从别的软件粘贴带来的，看看是不是该换行，nianbao fix 会改成一样的",
            mend=[Edit(end, Location(end.line + 1, 1), "\n") for end in ends],
        )
    ]


def _char(lines: list[str], place: Location) -> str:
    return lines[place.line - 1][place.column - 1]


class _Builder:
    """Events into nodes, without recursion."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.last = Location(1, 1)
        self._stack: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []
        self._documents = 0
        self.ended = False
        """An end mark stands above other lines."""

    @property
    def depth(self) -> int:
        return len(self._stack)

    def take(self, event: yaml.Event) -> None:
        start = _mark(event.start_mark)
        self.last = Location(start.line + 1, start.column + 1)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    self._refuse(
                        "这里用 --- 开始了第二份文件，一个填报文件只能有一份。", "删掉这一行"
                    )
                if event.version or event.tags:
                    self._refuse("这里有 % 开头的 YAML 指令，填报文件不用它。", "删掉这一行")
            case yaml.DocumentEndEvent() if event.explicit:
                behind = self.scan.lines[start.line + 1 :]
                self.ended = any(line.strip(BLANKS) for line in behind)
                if self.ended:
                    self._refuse("这里用 ... 结束了文件，后面的内容都读不到。", "删掉这一行")
            case yaml.AliasEvent():
                self._refuse_reference(f"的 *{event.anchor} ", "引用别名")
                self._place(Scalar("", self.last, ()))
            case yaml.ScalarEvent():
                self._refuse_properties(event)
                self._place(self._scalar(event))
            case yaml.SequenceStartEvent():
                self._refuse_properties(event)
                self._enter(Sequence(self.last, told=self.last in self.scan.marks.told))
            case yaml.MappingStartEvent():
                self._refuse_properties(event)
                self._enter(Mapping(self.last, told=self.last in self.scan.marks.told))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._stack.pop()
                self._keys.pop()

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = _mark(event.start_mark), _mark(event.end_mark)
        text = self.scan.marks.typed(event.value)
        block = event.style in ("|", ">")
        if event.style == "|":
            lines = tuple(self._block_lines(text, start.line + 1))
        else:
            lines = (self._line(text, start, end),) if text.strip(BLANKS) else ()
        comment = None
        if not event.style and text and not self._key_expected():
            hash_at = re.match(r"[ \t]+#", self.scan.lines[end.line][end.column :])
            if hash_at:
                comment = Location(end.line + 1, end.column + hash_at.end())
        self._refuse_lost(event, text)
        spread = event.style == ">" or (not block and end.line != start.line)
        key = self._keys[-1] if self._keys else None
        return Scalar(
            FORBIDDEN_IN_TEXT.sub("\ufffd", text),
            self.last,
            lines,
            spread,
            block,
            comment,
            self.last in self.scan.marks.told,
            self.scan.blocks.get(key.location.line, ()) if key else (),
        )

    def _refuse_lost(self, event: yaml.ScalarEvent, text: str) -> None:
        """Tell of a `#` glued to a closing quote, and of escapes that cannot be printed."""
        end = _mark(event.end_mark)
        if event.style in ("'", '"') and self.scan.lines[end.line][end.column :].startswith("#"):
            self.findings.append(
                finding(
                    "Y110",
                    "引号后面紧跟着的 # 会把后面的字都去掉。",
                    at=Location(end.line + 1, end.column + 1),
                    hint="# 和后面的字要印出来的，移到引号里面；不要印的，在 # 前空一格",
                )
            )
        for found in FORBIDDEN_IN_TEXT.finditer(text):
            self.findings.append(
                finding(
                    "Y102",
                    f"这段文字里用反斜杠写了一个控制字符 U+{ord(found[0]):04X}，印不出来。",
                    at=self.last,
                    hint="去掉这个反斜杠写法",
                )
            )

    def _block_lines(self, text: str, first: int) -> Iterator[Line]:
        for offset, line in enumerate(text.split("\n")):
            stripped = line.strip(BLANKS)
            if stripped:
                raw = self.scan.lines[first + offset]
                column = len(raw) - len(raw.lstrip(BLANKS)) + 1
                yield Line(
                    FORBIDDEN_IN_TEXT.sub("\ufffd", stripped), Location(first + offset + 1, column)
                )

    def _line(self, text: str, start: yaml.Mark, end: yaml.Mark) -> Line:
        """A one-line text, with the place of each character where quotes hide escapes."""
        raw = self.scan.lines[start.line]
        stripped = text.strip(BLANKS)
        clean = FORBIDDEN_IN_TEXT.sub("\ufffd", stripped)
        at = raw.find(stripped, start.column, end.column) if start.line == end.line else -1
        if at >= 0:
            return Line(clean, Location(start.line + 1, at + 1))
        pattern = _WRITTEN.get(raw[start.column : start.column + 1])
        inside = (start.column + 1, max(end.column - 1, start.column + 1))
        columns = [w.start() + 1 for w in pattern.finditer(raw, *inside)] if pattern else []
        columns = columns[len(text) - len(text.lstrip(BLANKS)) :]
        if start.line != end.line or len(columns) < len(stripped):
            columns = []
        place = Location(start.line + 1, columns[0] if columns else start.column + 1)
        return Line(clean, place, tuple(columns[: len(stripped)]))

    def _refuse_properties(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            self._refuse_reference(f"的 &{event.anchor} ", "锚点")
        if getattr(event, "tag", None):
            self._refuse_reference(" ! 开头的写法", "类型标签")

    def _refuse_reference(self, typed: str, what: str) -> None:
        self.findings.append(
            finding(
                "Y106",
                f"这里{typed}是 YAML 的{what}，填报文件里不能用。",
                at=self.last,
                hint="直接写出内容；文字本身以 & * ! 开头的，用引号括起来",
            )
        )

    def _refuse(self, message: str, hint: str) -> None:
        self.findings.append(finding("Y105", message, at=self.last, hint=hint))

    def _key_expected(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1], Mapping) and not self._keys[-1]

    def _enter(self, node: Mapping | Sequence) -> None:
        if self._key_expected():
            self.findings.append(
                finding(
                    "S104",
                    "这里的名称是一个列表或一组内容，名称只能是文字。",
                    at=node.location,
                    hint="正文以 { 或 [ 开头的，写在“名称: |”的下一行",
                )
            )
        self._place(node)
        self._stack.append(node)
        self._keys.append(None)

    def _swallowed(self, key: Scalar) -> Location | None:
        """The `#` of a text that begins with one, right behind its key."""
        line = self.scan.lines[key.location.line - 1]
        found = re.search(r":[ \t]+#(?=[^\s#])", line[key.location.column - 1 :])
        if not found:
            return None
        return Location(key.location.line, key.location.column + found.end() - 1)

    def _place(self, node: Node) -> None:
        if not self._stack:
            self.root = node if self.root is None else self.root
            return
        parent, key = self._stack[-1], self._keys[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif key is None:
            if isinstance(node, Scalar) and node.text == "<<" and not node.block:
                self._refuse_reference("的 << ", "合并写法")
            self._keys[-1] = node if isinstance(node, Scalar) else Scalar("", node.location, ())
        else:
            if isinstance(node, Scalar) and not node.text:
                # parsers place nothing differently
                node = replace(node, location=key.location, comment=self._swallowed(key))
            if key.text != "<<":  # refused above, and no key of ours
                parent.entries.append(Entry(key, node))
            self._keys[-1] = None


def _mark(mark: Any) -> yaml.Mark:
    """A parsed event's mark; both parsers always give one."""
    found: yaml.Mark = mark
    return found
