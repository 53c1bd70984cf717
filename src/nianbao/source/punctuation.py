"""The marks of one line: what is quoted, what stands in brackets, what is a comment.

Knows where the two parsers differ about a tab, a `-` or an invisible character,
and reads what is typed in full width as it was meant. Says what is open behind
the line, told what is open before it; knows nothing of the other lines.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, finding
from nianbao.source import marks
from nianbao.source.brackets import CLOSING, Bracket, Open, Quote, too_deep
from nianbao.source.marks import QUOTED_WIDE, WIDE
from nianbao.source.reading import Reading
from nianbao.source.typed import COLON, Typed, indent_of

MASK = "\0"
"""Stands for quoted text in a line whose structure is looked at."""

_BLANK_RUN = re.compile(r"[ \t]+")
_ORDINARY = re.compile(r"[^ \t#\"'\[\]{}?:,［【｛］】｝，、：“”\ufeff]*")
_QUOTED = {
    '"': re.compile(r"(?:[^\"\\\ufeff]|\\.?)+"),
    "'": re.compile(r"(?:[^'\ufeff]|'')+"),
}
"""Characters within quotes up to the one that ends them, by the quote."""
_BRACE = re.compile("[{｛]")
_LONE_DASH = re.compile(r":[ \t]+-$")


def read(typed: Typed, number: int, opened: Open, *, structural: bool = False) -> Reading:
    """The line `number`, which begins within what is `opened`."""
    reader = _Reader(typed, number, opened)
    while reader.at < len(reader.line):
        reader.step()
    text, plain = "".join(reader.text), "".join(reader.plain).rstrip(" ")
    if not reader.open.inside and _LONE_DASH.search(plain):
        text = text[: len(plain) - 1] + typed.stand_ins.dash + text[len(plain) :]
    return Reading(
        number,
        text,
        reader.open,
        plain=plain,
        indent=indent_of(plain),
        findings=tuple(reader.findings),
        told=tuple(reader.told),
        structural=structural,
    )


class _Reader:
    """Goes through a line mark by mark: each step takes one and what belongs to it."""

    def __init__(self, typed: Typed, number: int, opened: Open) -> None:
        self.line = typed.line(number)
        self.at = 0
        self.open = opened
        self.text: list[str] = []
        self.plain: list[str] = []
        self.findings: list[Finding] = []
        self.told: list[Location] = []
        self._typed, self._number = typed, number
        self._quoted_to = 0
        self._wide = list(self._marks())
        self._meant = {at for at, _ in self._wide}
        self._last = self.line.rstrip(BLANKS)[-1:]

    def step(self) -> None:
        char = self.line[self.at]
        if self.open.quote:
            self._in_quotes(self.open.quote)
        elif char in " \t":
            self._blanks()
        elif char == "#" and self.line[self.at - 1 : self.at] in ("", " ", "\t"):
            self._put(self.line[self.at :], "")
        elif char in "\"'" and self._begins():
            self.open = self.open.quoted(Quote(char, self._place))
            self._put(char, MASK)
        elif char in "[{" and (self.open.brackets or self._begins()):
            self._bracket(char)
        elif self.open.brackets:
            self._in_brackets(char)
        elif char in "［【｛" and self._begins_row(char):
            self._wide_bracket(char)
        else:
            self._ordinary(char)

    def _marks(self) -> Iterator[tuple[int, str]]:
        """The wide marks of the line that stand for those of YAML."""
        found, brace = marks.in_flow(self.line), _BRACE.search(self.line)
        names = self._typed.names
        if not names or not brace:
            return found
        return (
            (at, run)
            for at, run in found
            if at <= brace.start() or not marks.of_a_text(self.line, at, names.known)
        )

    @property
    def _place(self) -> Location:
        return Location(self._number, self.at + 1)

    def _put(self, text: str, plain: str | None = None) -> None:
        """Take as many characters as `text` has."""
        self.text.append(text)
        self.plain.append(text if plain is None else plain)
        self.at += len(text)

    def _ordinary(self, char: str) -> None:
        """Past one character, whatever it is, and those behind it that are never a mark."""
        if char == "\ufeff":
            self.findings.append(marks.byte_order_mark(self._number, self.at))
            self._put(" ")
        else:
            end = _ORDINARY.match(self.line, self.at + 1).end()  # type: ignore[union-attr]
            self._put(self.line[self.at : end])

    def _in_quotes(self, quote: Quote) -> None:
        run = _QUOTED[quote.char].match(self.line, self.at)
        if run:
            self._put(run[0], MASK * len(run[0]))
        elif self.line[self.at] == "\ufeff":
            self._put(
                self._typed.stand_ins.mark, MASK
            )  # PyYAML's own does not count it as a column
        else:
            self._put(quote.char, MASK)
            self.open = self.open.quoted(None)
            self._quoted_to = self.at

    def _blanks(self) -> None:
        """Tabs are blanks or, inside a plain text, kept."""
        run = _BLANK_RUN.match(self.line, self.at)[0]  # type: ignore[index]
        tab = (
            " " if self.open.brackets or not self._inside_plain(run) else self._typed.stand_ins.tab
        )
        self._put(run.replace("\t", tab))

    def _inside_plain(self, blanks: str) -> bool:
        """True when the blanks that stand here stand inside a plain text."""
        end = self.at + len(blanks)
        if not self.at or end == len(self.line) or self.line[self.at - 1] in ":-|>":
            return False
        following = self.line[end : end + 2]
        return following[0] != "#" and following not in (":", ": ", ":\t")

    def _begins(self) -> bool:
        if self.open.brackets:
            return marks.begins_item(self.line, self.at)
        return marks.begins_value(self.line, self.at)

    # --- brackets -------------------------------------------------------------------

    def _enter(self, char: str, *, told: bool) -> None:
        was_too_deep = self.open.too_deep
        self.open = self.open.entered(Bracket(char, self._place, told))
        if self.open.too_deep:
            self.findings += [] if was_too_deep else [too_deep(self._place)]
            self.text, self.plain, self.at = [self.line], [], len(self.line)
        else:
            self._put(char)

    def _bracket(self, char: str) -> None:
        """Past an opening bracket; braces that end on their line are looked at for wide marks."""
        outermost = char == "{" and not self.open.brackets
        first = bisect(self._wide, (self.at, ""))
        told = outermost and self._ends_in_one_of("}｝") and first < len(self._wide)
        if told:
            at, mark = self._wide[first]
            self._tell_marks(self.at, at, marks.called_in_flow(mark[0]))
        self._enter(char, told=told)

    def _wide_bracket(self, char: str) -> None:
        """Past the bracket of a list or mapping in full width, which is told as a whole."""
        self._tell_marks(self.at, self.at, "中文的括号")
        self._enter(WIDE[char], told=True)

    def _begins_row(self, char: str) -> bool:
        """True for a row in full-width brackets, not for a text that begins with one."""
        if not self._begins() or not self._ends_in_one_of("]}］】｝"):
            return False
        mapping = char == "｛" and bool(COLON.search(self.line, self.at))
        return mapping or self._typed.tabulates(self.line)

    def _ends_in_one_of(self, closing: str) -> bool:
        return bool(self._typed.names) and self._last in closing

    def _tell_marks(self, start: int, at: int, what: str) -> None:
        """Tell of the wide mark at `at`; what stands from `start` on is mended as a whole."""
        mended = not self.told  # else by the first told of this line
        following = self._wide[bisect(self._wide, (start, "")) :] if mended else ()
        place, mend = Location(self._number, at + 1), marks.as_meant(self._number, following)
        self.findings.append(marks.wide_flow(place, what, self.line[at], mend))
        self.told.append(Location(self._number, start + 1))

    def _in_brackets(self, char: str) -> None:
        """Past one character within brackets, outside quotes."""
        innermost = self.open.brackets[-1]
        on_this_line = self.open.brackets[0].place.line == self._number
        meant = WIDE.get(char, char) if on_this_line and self.at in self._meant else char
        fits = innermost.told or meant in (char, CLOSING[innermost.char])
        if meant in "]}" and fits:
            self._close(meant)
        elif meant == ",":
            self._comma(char)
        elif char in "“”" and innermost.char == "[" and on_this_line and self._begins():
            self._wide_quotes(char)
        else:
            self._tell_gap(char)
            self._ordinary(char)

    def _close(self, meant: str) -> None:
        char, innermost = self.line[self.at], self.open.brackets[-1]
        if char != meant and not innermost.told:
            self.findings.append(marks.wide(self._place, char, meant=meant, what="中文的括号"))
        self._put(meant)
        self.open = self.open.left()

    def _comma(self, char: str) -> None:
        """Past a comma, or a wide one, which is meant as one where wide marks are told."""
        innermost = self.open.brackets[-1]
        if char == "," and marks.before(self.line, self.at) in ("[", "{", ","):
            self._tell("这个逗号前面没有数。", "补上数，没有就填 0")
        elif innermost.told and not marks.in_round(self.line, self.at):
            char = ","
        elif char != "," and self._is_behind_quotes():
            self._tell_marks(innermost.place.column - 1, self.at, "中文的逗号")
            self.open = self.open.innermost_told()
            char = ","
        self._put(char)

    def _is_behind_quotes(self) -> bool:
        quoted_to = self._quoted_to
        return bool(quoted_to) and not self.line[quoted_to : self.at].strip(BLANKS)

    def _wide_quotes(self, char: str) -> None:
        """Past a number in “ ”, read as quoted."""
        quoted = QUOTED_WIDE.match(self.line, self.at)
        if not quoted:
            self._put(char)
            return
        self.findings.append(marks.wide_quotes(self._number, self.at, quoted[0]))
        self._put(f'"{quoted[1]}"', MASK * len(quoted[0]))
        self._quoted_to = self.at

    def _tell_gap(self, char: str) -> None:
        """Tell of a `?` or of a colon with nothing behind it, which YAML takes for a key."""
        if char == "?":
            fault = "方括号或花括号里有一个半角问号，读不懂。"
            self._tell(fault, "填上数，没有就填 0")
        elif char == ":" and self.line[self.at + 1 : self.at + 2] in ("]", "}", ",", "["):
            fault = "方括号或花括号里的冒号后面没有数。"
            self._tell(fault, "写成“列名: 数”，冒号后面空一格")

    def _tell(self, message: str, hint: str) -> None:
        self.findings.append(finding("Y105", message, at=self._place, hint=hint))
