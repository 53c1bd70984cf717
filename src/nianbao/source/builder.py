"""A YAML parser's events into a tree, without recursion: deep nesting cannot crash it.

Knows what of YAML an input may not have (anchors, aliases, merges, tags,
directives, further documents) and where each character of a text was typed.
Whether both parsers give the same events is the scan's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from nianbao.chinese.characters import FORBIDDEN_IN_TEXT
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, finding
from nianbao.source import complaint
from nianbao.source.scan import Scan
from nianbao.source.tree import Entry, Line, Mapping, Node, Scalar, Sequence

_WRITTEN = {
    "'": re.compile(r"''|."),
    '"': re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|."),
}
"""One character of a quoted text, as written, by the quote."""
_NAMED = re.compile(r"\{\{[^{}]*\}\}")
_COMMENT = re.compile(r"[ \t]+#")
_SWALLOWED = re.compile(r":[ \t]+#(?=[^\s#])")


class Builder:
    """The tree so far: every event puts a node, opens one or closes one."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._lines = scan.typed.lines
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
        start = self._mark(event.start_mark)
        self.last = Location(start.line + 1, start.column + 1)
        told = self.last in self._scan.told
        match event:
            case yaml.DocumentStartEvent():
                self._begin_document(event)
            case yaml.DocumentEndEvent() if event.explicit:
                self._end_document(start.line)
            case yaml.AliasEvent():
                self._refuse_reference(f"的 *{event.anchor} ", "引用别名")
                self._place(Scalar("", self.last, ()))
            case yaml.ScalarEvent():
                self._refuse_properties(event)
                self._place(self._scalar(event))
            case yaml.SequenceStartEvent():
                self._refuse_properties(event)
                self._enter(Sequence(self.last, told=told))
            case yaml.MappingStartEvent():
                self._refuse_properties(event)
                self._enter(Mapping(self.last, told=told))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._stack.pop()
                self._keys.pop()

    def _begin_document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents == 2:
            said = "这里用 --- 开始了第二份文件，一个填报文件只能有一份。"
            self._refuse(said, "删掉这一行")
        if event.version or event.tags:
            self._refuse("这里有 % 开头的一行，填报文件不用它。", "删掉这一行")

    def _end_document(self, line: int) -> None:
        self.ended = any(text.strip(BLANKS) for text in self._lines[line + 1 :])
        if self.ended:
            self._refuse("这里用 ... 结束了文件，后面的内容都读不到。", "删掉这一行")

    def _mark(self, mark: Any) -> yaml.Mark:
        """A parsed event's mark, which both parsers always give, where the text was typed."""
        readings = self._scan.readings
        at, grown = readings[mark.line].grown if mark.line < len(readings) else (0, 0)
        if not grown or mark.column <= at:
            found: yaml.Mark = mark
            return found
        column = max(at, mark.column - grown)
        return yaml.Mark(mark.name, mark.index, mark.line, column, None, 0)

    # --- a text and its lines ---------------------------------------------------------

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = self._mark(event.start_mark), self._mark(event.end_mark)
        text = self._scan.typed.stand_ins.undone(event.value)
        block = event.style in ("|", ">")
        if event.style == "|":
            lines = tuple(self._block_lines(text, start.line + 1))
        else:
            lines = (self._line(text, start, end),) if text.strip(BLANKS) else ()
        self._refuse_lost(event, text)
        key = self._keys[-1] if self._keys else None
        return Scalar(
            FORBIDDEN_IN_TEXT.sub("\ufffd", text),
            self.last,
            lines,
            spread=event.style == ">" or (not block and end.line != start.line),
            block=block,
            comment=None if event.style or not text else self._comment(end),
            told=self.last in self._scan.told,
            as_block=self._scan.readings[key.location.line - 1].as_block if key else (),
        )

    def _comment(self, end: yaml.Mark) -> Location | None:
        """The `#` right behind a plain value that ends at `end`."""
        found = _COMMENT.match(self._lines[end.line], end.column)
        if not found or self._key_expected():
            return None
        return Location(end.line + 1, found.end())

    def _refuse_lost(self, event: yaml.ScalarEvent, text: str) -> None:
        """Tell of a `#` glued to a closing quote, and of escapes that cannot be printed."""
        end = self._mark(event.end_mark)
        if event.style in ("'", '"') and self._lines[end.line].startswith("#", end.column):
            told = finding(
                "Y110",
                "引号后面紧跟着的 # 会把后面的字都去掉。",
                at=Location(end.line + 1, end.column + 1),
                hint="# 和后面的字要印出来的，移到引号里面；不要印的，在 # 前空一格",
            )
            self.findings.append(told)
        for _ in FORBIDDEN_IN_TEXT.finditer(text):
            told = finding(
                "Y102",
                "这段文字里用反斜杠写了一个控制字符，印不出来。",
                at=self.last,
                hint="去掉这个反斜杠写法",
            )
            self.findings.append(told)

    def _block_lines(self, text: str, first: int) -> Iterator[Line]:
        for offset, line in enumerate(text.split("\n")):
            stripped = line.strip(BLANKS)
            if stripped:
                raw = self._lines[first + offset]
                column = len(raw) - len(raw.lstrip(BLANKS)) + 1
                yield Line(
                    FORBIDDEN_IN_TEXT.sub("\ufffd", stripped), Location(first + offset + 1, column)
                )

    def _line(self, text: str, start: yaml.Mark, end: yaml.Mark) -> Line:
        """A one-line text, with the place of each character where quotes hide escapes."""
        raw = self._lines[start.line]
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
                f"这里{typed}是一种引用的写法（{what}），填报文件里不能用。",
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
            self.findings.append(self._no_name(node))
        self._place(node)
        self._stack.append(node)
        self._keys.append(None)

    def _no_name(self, node: Mapping | Sequence) -> Finding:
        """What is said of a name that is none: of the first brace of a text with {{ }} most often."""
        line, column = node.location.line, node.location.column - 1
        named = _NAMED.match(self._lines[line - 1], max(column - 1, 0))
        if named:
            self._stack[-1].told = True
            return complaint.unquoted(named[0], Location(line, column))
        return finding(
            "S104",
            "这里的名称是一个列表或一组内容，名称只能是文字。",
            at=node.location,
            hint="正文以 { 或 [ 开头的，写在“名称: |”的下一行",
        )

    def _swallowed(self, key: Scalar) -> Location | None:
        """The `#` of a text that begins with one, right behind its key."""
        line = self._lines[key.location.line - 1]
        found = _SWALLOWED.search(line, key.location.column - 1) if "#" in line else None
        return Location(key.location.line, found.end()) if found else None

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
