"""Quotes, brackets, commas and colons of a line, in either width.

Knows which characters are quoted, which stand in brackets and which are a
comment, where the two parsers differ about a tab, a `-` or an invisible
character, and what is typed in full width where YAML wants ASCII. A quote or a
bracket may run over lines. Knows keys only by the names the caller brings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.chinese.characters import called
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Findings, Location, edit, finding
from nianbao.source.names import Names
from nianbao.source.passage import key_of

MAX_DEPTH = 20
MASK = "\0"
"""Stands for quoted text in a line whose structure is looked at."""

_BLANK_RUN = re.compile(r"[ \t]*")
_LONE_DASH = re.compile(r":[ \t]+-$")
_QUOTED_WIDE = re.compile(r"[“”]([^“”\"\\\n]*)[“”](?=[ \t]*[,，、\]］}｝])")
_WIDE = {
    "［": "[", "【": "[", "｛": "{", "］": "]", "】": "]", "｝": "}", "，": ",", "、": ",", "：": ":"
}  # fmt: skip
_CALLED = {"：": "中文的冒号", "，": "中文的逗号", "、": "顿号"}
_SPACED = {",": ", ", ":": ": "}
_CLOSING = {"[": "]", "{": "}"}
_WIDE_MARK = re.compile(
    r"(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'[^']*')|[［【｛］】｝]|[，、：][ \t\u00a0\u3000]*"
)


def too_deep(place: Location) -> Finding:
    return finding(
        "Y107",
        f"从这里起套了超过 {MAX_DEPTH} 层，填报文件没有这么深。",
        at=place,
        hint="检查方括号、花括号和缩进",
    )


@dataclass(slots=True)
class _Typed:
    """A line and what becomes of it: for the parser, and with quotes and comment masked."""

    number: int
    text: str
    out: list[str]
    plain: list[str]

    def put(self, at: int, char: str) -> None:
        self.out[at] = self.plain[at] = char


class Punctuation:
    """The marks of a text's lines, read in order.

    `stand_in`, `dash` and `bom` are characters that the text has not: put for a tab inside a
    plain text, for a `-` that is a value, and for a U+FEFF within quotes; `typed` undoes them.
    """

    def __init__(self, lines: list[str], names: Names | None, findings: Findings) -> None:
        self.told: set[Location] = set()
        """Where a value begins whose mistake is among the findings."""
        self._lines, self._names, self._findings = lines, names, findings
        taken = set("".join(lines))
        free = (
            c
            for c in map(chr, (*range(0xE000, 0xF8FF), *range(0xF0000, 0xFFFFD)))
            if c not in taken
        )
        self._stand_in, self._dash, self._bom = next(free), next(free), next(free)
        self._quote = ""
        self._quote_opened = Location(1, 1)
        self._long_quotes: list[tuple[Location, int]] = []
        self._open: list[Location] = []
        self._told_open: list[bool] = []

    @property
    def inside(self) -> bool:
        """True where the next line begins within a quote or a bracket."""
        return bool(self._open or self._quote)

    @property
    def quoted(self) -> bool:
        return bool(self._quote)

    def close(self) -> None:
        """Give up what is open: it lacks its end."""
        unclosed = self.unclosed()
        if unclosed and len(self._open) <= MAX_DEPTH:
            self._findings.append(unclosed)
        self._quote = ""
        self._open.clear()
        self._told_open.clear()

    def typed(self, text: str) -> str:
        for stand_in, char in ((self._stand_in, "\t"), (self._dash, "-"), (self._bom, "\ufeff")):
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
            opened = self._bracket(self._open[-1])
            return finding(
                "Y105",
                f"从这里开始的 {opened} 没有关上。",
                at=self._open[-1],
                hint=f"在这一行的末尾补一个 {_CLOSING[opened]}",
            )
        return None

    def _quote_not_closed(self, opened: Location) -> Finding:
        quote = self._lines[opened.line - 1][opened.column - 1]
        return finding(
            "Y105",
            f"从这里开始的引号 {quote} 没有关上。",
            at=opened,
            hint=f"在文字末尾补一个 {quote}",
        )

    def read(self, line: str, number: int) -> tuple[str, str]:
        """The line with its tabs decided, and the same with quoted text and comment blanked."""
        typed = _Typed(number, line, list(line), list(line))
        at = 0
        while at < len(line):
            char = line[at]
            if self._quote:
                at = self._quoted(typed, at)
            elif char in " \t":
                at = self._blanks(typed, at)
            elif char == "#" and (not at or line[at - 1] in " \t"):
                del typed.plain[at:]
                break
            elif char in "\"'" and _opens(line, at, bool(self._open)):
                self._quote, self._quote_opened = char, Location(number, at + 1)
                typed.plain[at] = MASK
                at += 1
            elif char in "[{" and (self._open or _opens(line, at, False)):
                told = char == "{" and not self._open and self._has_wide_marks(typed, at)
                if not self._enter(Location(number, at + 1), told=told):
                    return line, ""
                at += 1
            elif self._open:
                at = self._in_brackets(typed, at)
            elif char in "［【｛" and self._is_wide_flow(line, at):
                self._told_flow(typed, at)
                at += 1
            else:
                if char == "\ufeff":
                    self._byte_order_mark(typed, at)
                at += 1
        masked = "".join(typed.plain).rstrip(" ")
        if not self._open and not self._quote and _LONE_DASH.search(masked):
            typed.out[len(masked) - 1] = self._dash
        return "".join(typed.out), masked

    def _quoted(self, typed: _Typed, at: int) -> int:
        """Past one character within quotes, as it is written."""
        char, following = typed.text[at], typed.text[at + 1 : at + 2]
        typed.plain[at] = MASK
        if char == "\ufeff":
            typed.out[at] = self._bom  # PyYAML's own parser does not count it as a column
        escape = self._quote == '"' and char == "\\"
        if escape or (self._quote == char == "'" == following):
            if following:
                typed.plain[at + 1] = MASK
            return at + 2
        if char == self._quote:
            if typed.number > self._quote_opened.line:
                self._long_quotes.append((self._quote_opened, typed.number))
            self._quote = ""
        return at + 1

    def _blanks(self, typed: _Typed, at: int) -> int:
        """Past a run of blanks, its tabs made blanks or, inside a plain text, kept."""
        end = _BLANK_RUN.match(typed.text, at).end()  # type: ignore[union-attr]
        inside = not self._open and _inside_plain(typed.text, at, end)
        for n in range(at, end):
            if typed.text[n] == "\t":
                typed.out[n] = typed.plain[n] = self._stand_in if inside else " "
        return end

    def _enter(self, place: Location, *, told: bool = False) -> bool:
        self._open.append(place)
        self._told_open.append(told)
        if len(self._open) <= MAX_DEPTH:
            return True
        if not any(finding.code == "Y107" for finding in self._findings):
            self._findings.append(too_deep(place))
        return False

    def _in_brackets(self, typed: _Typed, at: int) -> int:
        """Past one character within brackets, outside quotes."""
        line, number, char = typed.text, typed.number, typed.text[at]
        opened, told = self._bracket(self._open[-1]), self._told_open[-1]
        meant = _WIDE.get(char, "") if self._open[0].line == number else ""
        if char in "]}" or (meant and meant in "]}" and (told or meant == _CLOSING[opened])):
            if meant and not told:
                self.wide(number, at, at + 1, meant, "中文的括号")
            typed.put(at, meant or char)
            self._open.pop()
            self._told_open.pop()
        elif char == "?":
            hint = "填上数，没有就填 0"
            self._findings.report(
                "Y105",
                "方括号或花括号里有一个半角问号，YAML 读不懂。",
                line=number,
                at=at,
                hint=hint,
            )
        elif char == ":" and line[at + 1 : at + 2] in ("]", "}", ",", "["):
            hint = "写成“列名: 数”，冒号后面空一格"
            self._findings.report(
                "Y105", "方括号或花括号里的冒号后面没有数。", line=number, at=at, hint=hint
            )
        elif char == "," and line[:at].rstrip(" \t")[-1:] in ("[", "{", ",", ""):
            if line[:at].strip(" \t"):
                self._findings.report(
                    "Y105", "这个逗号前面没有数。", line=number, at=at, hint="补上数，没有就填 0"
                )
        elif meant == "," and told and not _in_round(line, at):
            typed.put(at, ",")
        elif meant == "," and typed.plain[len(line[:at].rstrip(BLANKS)) - 1] == MASK:
            self._tell_marks(typed, self._open[-1].column - 1, at, "中文的逗号")
            self._told_open[-1] = True
            typed.put(at, ",")
        elif (
            opened == "["
            and char in "“”"
            and self._open[0].line == number
            and _opens(line, at, True)
        ):
            return self._wide_quotes(typed, at)
        elif char == "\ufeff":
            self._byte_order_mark(typed, at)
        return at + 1

    def _bracket(self, place: Location) -> str:
        char = self._lines[place.line - 1][place.column - 1]
        return _WIDE.get(char, char)

    def _is_wide_flow(self, line: str, at: int) -> bool:
        """True for a row typed in full-width brackets, not for a text that begins with one."""
        value = line[at:].rstrip(BLANKS)
        if not _opens(line, at, False) or value[-1] not in "]}］】｝" or not self._names:
            return False
        key = key_of(line)
        a_row = self._names.known(key) and not self._names.at_top(key)
        return a_row or (value[0] == "｛" and bool(re.search("[:：]", value)))

    def _told_flow(self, typed: _Typed, at: int) -> None:
        """Begin a list or mapping in full-width brackets, told and mended as a whole."""
        self._tell_marks(typed, at, at, "中文的括号")
        typed.put(at, _WIDE[typed.text[at]])
        self._enter(Location(typed.number, at + 1), told=True)

    def _has_wide_marks(self, typed: _Typed, at: int) -> bool:
        """Tell of the first full-width mark within braces that end on their line."""
        end = len(typed.text.rstrip(BLANKS))
        first = next(_wide_marks(typed.text, at, end), None)
        if first is None or typed.text[end - 1] not in "}｝" or not self._names:
            return False
        what = _CALLED.get(first[1][0], "中文的符号")
        self._tell_marks(typed, at, first[0], what)
        return True

    def _tell_marks(self, typed: _Typed, start: int, at: int, what: str) -> None:
        line, number = typed.text, typed.number
        self.told.add(Location(number, start + 1))
        self._findings.report(
            "Y113",
            f"这里用了{what}“{line[at]}”，YAML 不认得。",
            line=number,
            at=at,
            hint="括号、逗号、冒号都用半角；运行 nianbao fix 可以一次改好",
            mend=[
                edit(number, n + 1, n + 1 + len(run), _SPACED.get(_WIDE[run[0]], _WIDE[run[0]]))
                for n, run in _wide_marks(line, start, len(line.rstrip(BLANKS)))
            ],
        )

    def _wide_quotes(self, typed: _Typed, at: int) -> int:
        """Past a number in “ ”, read as quoted."""
        quoted = _QUOTED_WIDE.match(typed.text, at)
        if not quoted:
            return at + 1
        end, number = quoted.end(), typed.number
        self._findings.report(
            "Y113",
            f"数的两边用了中文引号“{typed.text[at:end]}”，YAML 不认得。",
            line=number,
            at=at,
            hint='引号用半角的 "，或者去掉',
            mend=[edit(number, at + 1, at + 2, '"'), edit(number, end, end + 1, '"')],
        )
        typed.out[at] = typed.out[end - 1] = '"'
        typed.plain[at:end] = MASK * (end - at)
        return end

    def _byte_order_mark(self, typed: _Typed, at: int) -> None:
        mend = [edit(typed.number, at + 1, at + 2, "")]
        message = f"这里有一个看不见的字符（{called(typed.text[at])}）。"
        self._findings.report(
            "Y102", message, line=typed.number, at=at, hint="删掉这一行重打", mend=mend
        )
        typed.put(at, " ")

    def wide(self, number: int, start: int, end: int, meant: str, what: str) -> None:
        """Tell of what is typed from `start` to `end` and was meant as `meant`."""
        typed = self._lines[number - 1][start:end].strip(BLANKS)
        shown = f"“{typed}”" if typed else ""
        hint = f"换成半角的 {meant.strip()}" if meant else "删掉它"
        mend = [edit(number, start + 1, end + 1, meant)]
        self._findings.report(
            "Y113",
            f"这里用了{what}{shown}，YAML 不认得。",
            line=number,
            at=start,
            hint=hint,
            mend=mend,
        )


def _in_round(line: str, at: int) -> bool:
    """True inside （…） or (…): the commas of a number's note."""
    before = line[max(0, at - 200) : at]
    return max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))


def _wide_marks(line: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Each full-width mark of a list or mapping, with the blanks behind it, and where it stands."""
    for found in _WIDE_MARK.finditer(line, start, end):
        if not found["quoted"] and not _in_round(line, found.start()):
            yield found.start(), found[0]


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
