"""What a cell takes: each kind in one place.

Knows of a kind (docs/form-language.md, “格里填什么”) what is typed for it, what that is
worth, what is printed, which words of a form file bear on it, and whether a sum
takes it. Knows no form and no report; how a wrong text is told is the report's,
how a kind is declared `kindfile`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from nianbao.chinese import phrase
from nianbao.chinese.wording import folded, plain
from nianbao.diagnostics import Location
from nianbao.form.contract import parse_date
from nianbao.form.equation import Relation, show
from nianbao.form.manner import Manner
from nianbao.frozen import dataclass

NONE = "无"
"""Typed for a list of choices of which none is meant."""
_WAYS = 4
"""Of the ways that a pattern may be written, so many are told."""
_BLANK = "\u3000"
_WHOLE, _GROUPED = r"(?:0|[1-9][0-9]*)", r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"
_HOUR = re.compile("[:：]")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text typed in a cell means: what sentences call it, what it is worth, what is printed.

    `own`: these are words of the form, not of the office that typed them.
    """

    said: str
    printed: str
    worth: Decimal = Decimal(0)
    own: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number. `places`: so many decimals exactly; `grouped`: it may have thousands separators."""

    word: str
    decimal: bool = False
    signed: bool = False
    percent: bool = False
    places: int | None = None
    grouped: bool = False
    unit: str = ""

    numeric = True

    @property
    def summed(self) -> bool:
        """True where a tie or a roll-up adds it: shares of different wholes have no sum."""
        return not self.percent

    @property
    def heeds(self) -> tuple[str, ...]:
        return ("小数位", "单位") if self.decimal else ("单位",)

    @property
    def marked(self) -> bool:
        """True where the percent sign is typed."""
        return self.percent and self.unit != "%"

    @property
    def wanted(self) -> str:
        if self.percent:
            said = "一个百分数" if self.marked else "一个百分数，不写百分号"
        elif self.signed:
            said = f"一个{self._number}，可以是负的"
        elif self.word == MONEY.word:
            said = "一个不小于零的金额"
        else:
            said = f"一个不小于零的{self._number}"
        if self.places is not None and "整数" not in said:
            said += f"，正好 {self.places} 位小数"
        return f"{said}（单位：{self.unit}）" if self.unit and not self.percent else said

    @property
    def _number(self) -> str:
        return "数" if self.decimal and self.places != 0 else "整数"

    @property
    def example(self) -> str:
        whole = "40" if self.percent else "-3" if self.signed else "3"
        decimals = "5" * (1 if self.places is None else self.places) if self.decimal else ""
        return whole + (f".{decimals}" if decimals else "") + ("%" if self.marked else "")

    @property
    def zero(self) -> Meant:
        """What the 0 of a whole row prints here."""
        text = self.typed(Decimal(0))
        return Meant(text, text)

    def typed(self, worth: Decimal) -> str:
        """How a number is typed here: with the decimals and the sign that the kind wants."""
        text = show(worth) if self.places is None else f"{worth:.{self.places}f}"
        return text + ("%" if self.marked else "")

    def leading(self, text: str) -> str:
        """The number that `text` begins with, "" where it begins with none of this kind."""
        found = _figure(self).match(text)
        return found[0] if found else ""

    def read(self, text: str) -> Meant | None:
        """What a number by itself means."""
        if not text or self.leading(text) != text:
            return None
        return Meant(text, text, Decimal(text.replace(",", "").rstrip("%")))


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, of `fewest` to `most` characters, and all of it as `pattern` says."""

    fewest: int = 0
    most: int | None = None
    pattern: str = ""

    word = "文字"
    numeric = summed = False
    heeds = ("字数", "样式")

    @property
    def wanted(self) -> str:
        said = f"一行文字{self.length}"
        return f"{said}，写成{self.looks}的样子（＃ 是数字）" if self.pattern else said

    @property
    def looks(self) -> str:
        """The pattern in words: each way that it may be written, or the first of many."""
        ways = list(islice(phrase.ways(self.pattern), _WAYS + 1))
        more = "等" if len(ways) > _WAYS else ""
        return "或".join(f"“{way}”" for way in ways[:_WAYS]) + more

    @property
    def length(self) -> str:
        """How long it may be, in words that follow a noun."""
        if self.most is not None and self.fewest == self.most:
            return f"，正好 {self.most} 个字"
        said = f"，至少 {self.fewest} 个字" if self.fewest else ""
        return said + (f"，最多 {self.most} 个字" if self.most is not None else "")

    @property
    def example(self) -> str:
        return "文字"

    def fits(self, text: str) -> bool:
        """True where it is as long as it may be."""
        return self.fewest <= len(text) and (self.most is None or len(text) <= self.most)

    def matches(self, text: str, year: int) -> bool:
        if not self.pattern:
            return True
        return phrase.compiled((self.pattern,), year).is_all_of(folded(text))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, printed as the form prints days."""

    manner: Manner

    word = "日期"
    numeric = summed = False
    heeds: tuple[str, ...] = ()
    wanted = "一个日期"
    example = "2026-01-12"

    def read(self, text: str) -> Meant | None:
        day = None if _HOUR.search(text) else parse_date(text)
        printed = self.manner.printed(day) if day else ""
        return Meant(printed, printed, own=True) if day else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `options`, or several; printed with a box before each, or as the words alone."""

    options: tuple[str, ...]
    several: bool = False
    as_word: bool = False

    numeric = summed = False
    heeds = ("印",)

    @property
    def word(self) -> str:
        return "多选" if self.several else "是否" if self.options == YES_NO else "选"

    @property
    def wanted(self) -> str:
        if self.options == YES_NO and not self.several:
            return "写是或者否"
        named = "、".join(self.options)
        return f"在 {named} 里选，没有的写{NONE}" if self.several else f"写 {named} 里的一个"

    @property
    def example(self) -> str:
        return f"[{self.options[0]}]" if self.several else self.options[0]

    def option(self, typed: str) -> str | None:
        """The option that is typed, in either script."""
        if typed in self.options:
            return typed
        alike = [option for option in self.options if plain(option) == plain(typed)]
        return alike[0] if len(alike) == 1 and plain(typed) else None

    def read(self, words: Sequence[str]) -> Meant | None:
        """What the words typed mean, each one of the options and none twice."""
        found = [self.option(word) for word in words]
        if self.several and [plain(word) for word in words] == [plain(NONE)]:
            found = []
        chosen = [option for option in self.options if option in found]
        if len(chosen) != len(found) or not (self.several or len(chosen) == 1):
            return None
        boxes = _BLANK.join(f"{'☑' if o in chosen else '☐'}{o}" for o in self.options)
        said = "、".join(chosen) or NONE
        return Meant(said, said if self.as_word else boxes, own=True)


Kind = Figure | Text | Day | Choice


@dataclass(frozen=True, slots=True)
class When:
    """The condition on which a cell may hold nothing, as its form says it at a place."""

    name: str
    relation: Relation
    wanted: str
    at: Location

    @property
    def words(self) -> str:
        return f"{self.name} {self.relation.value} {self.wanted}"


@dataclass(frozen=True, slots=True)
class Blank:
    """Whether a cell may hold nothing, and the words that may stand there instead of a value."""

    always: bool = False
    words: tuple[str, ...] = ()
    when: When | None = None

    @property
    def possible(self) -> bool:
        """True where the cell may hold nothing, if only on a condition."""
        return self.always or self.when is not None

    def word(self, typed: str) -> bool:
        """True for one of the words, in either script."""
        return typed in self.words or bool(self.words and folded(typed) in self.words)


@dataclass(frozen=True, slots=True)
class Taken:
    """All that a cell takes."""

    kind: Kind
    blank: Blank = Blank()


YES_NO = ("是", "否")
COUNT = Figure("计数")
MONEY = Figure("金额", decimal=True)
FIGURES = {
    figure.word: figure
    for figure in (
        COUNT,
        Figure("小数", decimal=True),
        Figure("增减", decimal=True, signed=True),
        Figure("百分比", decimal=True, signed=True, percent=True),
    )
}


@lru_cache(maxsize=256)
def _figure(kind: Figure) -> re.Pattern[str]:
    whole = f"(?:{_GROUPED}|{_WHOLE})" if kind.grouped else _WHOLE
    decimals = r"(?:\.[0-9]+)?" if kind.decimal else ""
    if kind.places is not None:
        decimals = rf"\.[0-9]{{{kind.places}}}" if kind.places else ""
    ending = "%" if kind.marked else ""
    return re.compile(f"{'[-+]?' if kind.signed else ''}{whole}{decimals}{ending}")
