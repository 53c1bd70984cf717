"""An input file as typed, before the YAML parser sees it.

Knows encodings, forbidden characters, and what a Chinese input method or the
Tab key puts where YAML wants ASCII; decides where PyYAML's two parsers differ
and hands both the same text; says in our words what a parser complains of.
Knows no key and no form, and builds nothing.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator

import yaml

from nianbao.diagnostics import MAX_FINDINGS, Finding, Location, error
from nianbao.wording import BLANKS

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_LINES = 20_000
MAX_LINE = 20_000
"""Characters of a line outside a `|` text; nobody types more."""

_MAX_CHARACTER_FINDINGS = 20

LINE_BREAK = re.compile(r"\r\n|\r|\n")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0010fffe\U0010ffff]"
)
FORBIDDEN_IN_TEXT = re.compile(f"{_FORBIDDEN.pattern}|\r")
"""The same in a text already read, where an escape may have made a carriage return."""

_BLOCK_HEADER = re.compile(r"(?P<lead>.*?(?::|^|-)[ \t]+|^)[|>](?P<rest>.*)$")
_NARRATIVE_BELOW = re.compile(r"[：:][ \t]*[|>][+-]?$")
_ROW_LIKE = re.compile(
    r"^[^：:]{1,30}(?:：|:(?! ))[ \t]*(?:[\[{|>].*|[\d.,]+(?:[（(].*)?|[/无-])?$"
)
_BLANK_RUN = re.compile(r"[ \t]*")
_LONE_DASH = re.compile(r":[ \t]+-$")
_HEADER_REST = re.compile(r"(?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:[ \t]#.*)?$")


def not_utf8(data: bytes, problem: UnicodeDecodeError) -> Finding:
    where = data[: problem.start].decode("utf-8").removeprefix("\ufeff")
    lines = LINE_BREAK.split(where)
    if data[problem.start : problem.start + 1] == b"\xed" and (
        b"\xa0" <= data[problem.start + 1 : problem.start + 2] <= b"\xbf"
    ):
        message = "这里有半个字符（孤立的代理项 U+D800–U+DFFF），印不出来。"
        return error(
            "Y102", message, Location(len(lines), len(lines[-1]) + 1), "删掉这个字，重新输入"
        )
    guess = "像是记事本的 ANSI（GBK）编码"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guess = "是 UTF-16（记事本里叫 Unicode 或 UTF-16）编码"
    else:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            guess = "也不是 GBK，可能已损坏"
    return error(
        "Y101",
        f"文件不是 UTF-8 编码，{guess}。",
        Location(len(lines), len(lines[-1]) + 1),
        "用记事本打开，选“另存为”，编码选 UTF-8，再存一次",
    )


def refuse_characters(text: str) -> tuple[list[Finding], str]:
    """Findings for forbidden characters, and the text with each one replaced by U+FFFD."""
    matches = list(_FORBIDDEN.finditer(text))
    if not matches:
        return [], text
    starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
    findings = []
    for found in matches[:_MAX_CHARACTER_FINDINGS]:
        line = bisect_right(starts, found.start())
        place = Location(line, found.start() - starts[line - 1] + 1)
        findings.append(
            error(
                "Y102",
                f"这里有一个看不见的控制字符 U+{ord(found[0]):04X}，印不出来。",
                place,
                "把光标移到这一列，删掉前后重打；多半是从网页或别的软件粘贴带来的",
            )
        )
    return findings, _FORBIDDEN.sub("\ufffd", text)


def too_deep(place: Location) -> Finding:
    return error(
        "Y107",
        f"从这里起套了超过 {MAX_DEPTH} 层，填报文件没有这么深。",
        place,
        "检查方括号、花括号和缩进",
    )


class Scan:
    """One pass over the lines, before the parser.

    Finds what a Chinese input method or the Tab key puts where YAML wants
    ASCII, decides where the two parsers differ, and hands both the same text:
    `parseable` has the length and the lines of the original, with tabs made
    blanks (or, inside a plain text, `stand_in`, undone by `typed`) and a `-`
    that stands for a value kept from beginning a list (`dash`, undone likewise).
    """

    def __init__(self, text: str) -> None:
        self.findings: list[Finding] = []
        self.lines = LINE_BREAK.split(text)
        self.structural: list[int] = []
        taken = set(text)
        free = (
            c
            for c in map(chr, (*range(0xE000, 0xF8FF), *range(0xF0000, 0xFFFFD)))
            if c not in taken
        )
        self.stand_in, self.dash, self.bom = next(free), next(free), next(free)
        self._quote = ""
        self._quote_opened = Location(1, 1)
        self._long_quotes: list[tuple[Location, int]] = []
        self._open: list[Location] = []
        breaks = [*(found[0] for found in LINE_BREAK.finditer(text)), ""]
        self.parseable = "".join(line + end for line, end in zip(self._pass(), breaks, strict=True))

    def typed(self, text: str) -> str:
        for stand_in, char in ((self.stand_in, "\t"), (self.dash, "-"), (self.bom, "\ufeff")):
            text = text.replace(stand_in, char)
        return text

    def long_quote(self, line: int) -> Finding | None:
        """The quote that runs over lines into `line`: it lacks its end."""
        opened = next((o for o, end in self._long_quotes if o.line <= line <= end), None)
        return self._quote_not_closed(opened) if opened else None

    def unclosed(self) -> Finding | None:
        if self._quote:
            return self._quote_not_closed(self._quote_opened)
        if self._open:
            line, column = self._open[-1].line - 1, self._open[-1].column - 1
            opened = self.lines[line][column]
            closing = "]" if opened == "[" else "}"
            return error(
                "Y105",
                f"从这里开始的 {opened} 没有关上。",
                self._open[-1],
                f"在这一行的末尾补一个 {closing}",
            )
        return None

    def _quote_not_closed(self, opened: Location) -> Finding:
        quote = self.lines[opened.line - 1][opened.column - 1]
        return error(
            "Y105",
            f"从这里开始的引号 {quote} 没有关上。",
            opened,
            f"在文字末尾补一个 {quote}",
        )

    def _pass(self) -> Iterator[str]:
        block_above: int | None = None
        first_line: tuple[int, int] | None = None
        value_above, key_above = -1, False
        for number, line in enumerate(self.lines, 1):
            body = line.lstrip(" ")
            indent = len(line) - len(body)
            if block_above is not None:
                if not body.strip(BLANKS):
                    yield ""
                    continue
                if indent > block_above:
                    if first_line is None:
                        first_line = (number, indent)
                    elif indent < first_line[1]:
                        self._shallower(number, indent, *first_line)
                        first_line = (number, indent)
                    yield self._block_line(line, indent)
                    continue
                block_above = None
            if body.strip(BLANKS) == "":
                yield " " * len(line)
                continue
            if body.startswith("#"):
                yield line.replace("\t", " ")
                continue
            if len(line) > MAX_LINE:
                self._report(
                    "Y107",
                    f"这一行有 {len(line):,} 个字，太长了。",
                    number,
                    MAX_LINE,
                    "正文写在“名称: |”的下面，一段一行",
                )
                yield line
                continue
            tabbed = body.startswith("\t") and not self._open and not self._quote
            if tabbed:
                self._report(
                    "Y103",
                    "行首用了 Tab 键，YAML 只认空格。",
                    number,
                    indent,
                    "把行首的 Tab 换成空格，每深一层两个",
                )
            starts_inside = bool(self._open or self._quote)
            out, plain = self._structural_line(line, number)
            if not starts_inside:
                self.structural.append(number)
                header = None if self._open or self._quote else _BLOCK_HEADER.match(plain)
                if header and not _plain_before(header["lead"]):
                    if not _HEADER_REST.match(header["rest"]):
                        self._report(
                            "Y105",
                            "| 的后面还有别的字，YAML 读不懂。",
                            number,
                            plain.index("|" if "|" in plain else ">"),
                            "| 写在冒号后面，正文另起一行、行首空两格",
                        )
                    block_above = indent + len(re.match(r"(?:- +)*", body)[0])  # type: ignore[index]
                    first_line = (0, 0) if re.match(r"[+-]?\d", header["rest"]) else None
                    value_above = -1
                elif tabbed:
                    pass
                elif self._out_of_place(plain, number, indent, value_above, key_above):
                    if _NARRATIVE_BELOW.search(plain):
                        block_above = indent
                elif re.search(r":(?:[ \t]|$)", plain):
                    value_above, key_above = indent, plain.endswith(":")
                elif not 0 <= value_above < indent:
                    value_above = -1
            yield out

    def _block_line(self, line: str, indent: int) -> str:
        """Leading tabs of a narrative line are blanks; U+3000 is one that YAML does not count."""
        rest = line[indent:]
        content = rest.lstrip(BLANKS)
        return line[:indent] + rest[: len(rest) - len(content)].replace("\t", "\u3000") + content

    def _structural_line(self, line: str, number: int) -> tuple[str, str]:
        """The line with its tabs decided, and the same with quoted text and comment blanked."""
        out, plain = list(line), list(line)
        at, solid, char = 0, "", ""
        while at < len(line):
            solid = solid if char in " \t" else char
            char = line[at]
            place = Location(number, at + 1)
            before = line[at - 1] if at else " "
            if self._quote:
                plain[at] = "“"
                if char == "\ufeff":
                    out[at] = self.bom  # PyYAML's own parser does not count it as a column
                if self._quote == '"' and char == "\\":
                    if at + 1 < len(line):
                        plain[at + 1] = "“"
                    at += 1
                elif char == self._quote:
                    if char == "'" and line[at + 1 : at + 2] == "'":
                        plain[at + 1] = "“"
                        at += 1
                    else:
                        if number > self._quote_opened.line:
                            self._long_quotes.append((self._quote_opened, number))
                        self._quote = ""
            elif char in "\"'" and _opens(line, at, bool(self._open)):
                self._quote, self._quote_opened = char, place
                plain[at] = "“"
            elif char == "#" and before in " \t":
                plain[at:] = []
                break
            elif char in "[{" and (self._open or _opens(line, at, False)):
                self._open.append(place)
                if len(self._open) > MAX_DEPTH:
                    if not any(finding.code == "Y107" for finding in self.findings):
                        self.findings.append(too_deep(place))
                    return line, ""
            elif char in "]}" and self._open:
                self._open.pop()
            elif self._open and char == "?":
                self._report(
                    "Y105",
                    "方括号或花括号里有一个半角问号，YAML 读不懂。",
                    number,
                    at,
                    "填上数，没有就填 0",
                )
            elif self._open and char == ":" and line[at + 1 : at + 2] in ("]", "}", ",", "["):
                self._report(
                    "Y105",
                    "方括号或花括号里的冒号后面没有数。",
                    number,
                    at,
                    "写成“列名: 数”，冒号后面空一格",
                )
            elif char in " \t":
                end = _BLANK_RUN.match(line, at).end()  # type: ignore[union-attr]
                inside = not self._open and _inside_plain(line, at, end)
                for n in range(at, end):
                    if line[n] == "\t":
                        out[n] = plain[n] = self.stand_in if inside else " "
                at = end
                continue
            elif self._open and char == "," and solid in ("[", "{", ","):
                self._report("Y105", "这个逗号前面没有数。", number, at, "补上数，没有就填 0")
            elif char == "\ufeff":
                self._report(
                    "Y102", "这里有一个看不见的字符 U+FEFF。", number, at, "删掉这一行重打"
                )
                out[at] = plain[at] = " "
            at += 1
        masked = "".join(plain).rstrip(" ")
        if not self._open and not self._quote and _LONE_DASH.search(masked):
            out[len(masked) - 1] = self.dash
        return "".join(out), masked

    def _out_of_place(
        self, plain: str, number: int, indent: int, value_above: int, key_above: bool
    ) -> bool:
        """Report a line that is no `key: value`; False when the line is one, or may be."""
        if "“" in plain or self._open or plain.lstrip(" ").startswith(("- ", "? ", "---", "...")):
            return False
        body = plain.strip(BLANKS)
        if re.search(r":(?:[ \t]|$)", plain) or body[:1] in "[{&*!%@`|>" or body == "-":
            return False
        if 0 <= value_above < indent and not (key_above and _ROW_LIKE.search(plain)):
            return False  # a text below its name or over several lines: told where it is read
        wide = re.search(r"[：:]", plain)
        if wide and wide.start() - indent <= 30:
            key = plain[indent : wide.start()]
            fault = "后面是中文冒号“：”" if wide[0] == "：" else "的冒号后面没有空格"
            self._report(
                "Y104",
                f"“{key}”{fault}，YAML 认不出来。",
                number,
                wide.start(),
                f"用半角冒号，后面空一格，写成“{key}: ”",
            )
        else:
            shown = body if len(body) <= 12 else body[:12] + "……"
            self._report(
                "Y105",
                f"“{shown}”这一行不是“名称: 内容”，也不在任何一段正文里。",
                number,
                indent,
                "正文要写在“名称: |”的下面，每行开头空两格（半角空格）",
            )
        return True

    def _shallower(self, number: int, indent: int, first: int, deeper: int) -> None:
        self._report(
            "Y105",
            f"这一行行首空了 {indent} 格，这段正文的第一行（第 {first} 行）空了 {deeper} 格，对不齐。",
            number,
            indent,
            f"删掉第 {first} 行行首多空的 {deeper - indent} 格；段首空两格由模板来排，不用打",
        )

    def _report(self, code: str, message: str, line: int, at: int, hint: str) -> None:
        if len(self.findings) <= MAX_FINDINGS:
            self.findings.append(error(code, message, Location(line, at + 1), hint))


def _opens(line: str, at: int, in_flow: bool) -> bool:
    """True when a quote or bracket at `at` begins a value or a key."""
    end = at
    while end and line[end - 1] in " \t":
        end -= 1
    if not end:
        return True
    if in_flow:
        return line[end - 1] in ",[{:"
    return end < at and (line[end - 1] == ":" or not line[:end].strip(" \t-"))


def _inside_plain(line: str, start: int, end: int) -> bool:
    """True when the blanks from `start` to `end` stand inside a plain text."""
    if not start or end == len(line) or line[end] == "#" or line[start - 1] in ":-|>":
        return False
    return bool(line[:start].strip(" \t")) and not re.match(r":(?:[ \t]|$)", line[end : end + 2])


def _plain_before(lead: str) -> bool:
    """True when the `|` stands inside a plain text: `名称: 甲 : | 乙`."""
    return bool(re.sub(r"^.*?:(?:[ \t]+|$)", "", lead, count=1).strip(" \t-"))


def explain(problem: yaml.YAMLError, scan: Scan) -> list[Finding]:
    """The parser's complaint in our words; nothing where the scan has already said it."""
    unclosed = scan.unclosed()
    if unclosed:
        return [unclosed]
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    line = min(mark.line if mark else 0, len(scan.lines) - 1)
    while line and not scan.lines[line].strip(BLANKS):
        line -= 1
    place = Location(line + 1, (mark.column if mark and mark.line == line else 0) + 1)
    near = [number for number in scan.structural if number <= line + 1][-2:]
    said = {finding.location.line for finding in scan.findings if finding.location}
    if said & {line, line + 1, *near}:
        return []
    quote = scan.long_quote(line + 1)
    if quote:
        return [quote]
    raw = scan.lines[line]
    second = re.search(r":[ \t]++(?![\[{]).*?(:)(?:[ \t]|$)", raw)
    if second and raw.lstrip(" ")[:1] not in "[{":
        return [
            error(
                "Y105",
                "这一行的文字里又有一个半角冒号加空格，YAML 会当成另一个名称。",
                Location(line + 1, second.start(1) + 1),
                "改成中文冒号，或者把正文写在“名称: |”的下一行、行首空两格",
            )
        ]
    value = re.search(r":[ \t]+([%@`*&!\[{}\]])", raw)
    if value:
        return [
            error(
                "Y105",
                f"这一行的文字以 {value[1]} 开头，YAML 读不懂。",
                Location(line + 1, value.start(1) + 1),
                "把正文写在“名称: |”的下一行、行首空两格；数的列表检查括号是否成对",
            )
        ]
    shown = raw.strip(BLANKS)
    shown = shown if len(shown) <= 20 else shown[:20] + "……"
    return [
        error(
            "Y105",
            f"这一行 YAML 读不懂：“{shown}”。",
            place,
            "检查这一行和上一行：冒号后有没有空格、缩进齐不齐、括号和引号成不成对",
        )
    ]
