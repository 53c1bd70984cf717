"""The words that every input file has, whatever its form: docs/input.md.

Spelt here and nowhere else: the keys at the head of a file, what a form may not
declare anew, how a pattern with {{names}} is filled and how a day may be typed.
Knows no word of any form and reads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from nianbao.chinese.wording import closest

FORM, UNIT, SHORT, YEAR, TITLE, ANSWERS = "表式", "单位", "简称", "年度", "标题", "核实说明"
SUBTOTALS = "类别小计"
"""What the units of each kind come to, in an upper office's file."""
HEAD = (FORM, UNIT, SHORT, YEAR, TITLE, ANSWERS, SUBTOTALS)
"""The keys of every input; 简称 is also a name that a form may list among its fields."""
RESERVED = tuple(key for key in HEAD if key != SHORT)
"""What a form file cannot declare again."""
NAMEABLE = (UNIT, YEAR, SHORT)
"""What a title, a printed line or a narrative may name besides the form's own."""
YEARS = {YEAR: 0, "上年度": -1}
"""What a printed label may name, each with how many years it is from the report's."""
NOTE = "注"
"""The key of the lines printed under a table."""

_NAMED = re.compile(r"\{\{(.+?)\}\}")
_BRACES = re.compile(r"[{｛]{2}|[}｝]{2}|\{[%#]|[%#]\}")
_DATE = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[ T]*(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2}))?)?$",
    re.ASCII,
)


def named_in(pattern: str) -> list[str]:
    """The names that a pattern such as {{单位}}{{年度}}年 asks for, in order."""
    return [name.strip() for name in _NAMED.findall(pattern)]


def words_in(pattern: str) -> list[str]:
    """What stands around the names of such a pattern."""
    return [words for words in _NAMED.split(pattern)[::2] if words]


def names_known(text: str, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the {{names}} of a form's text, each with what to write instead."""
    named, known = named_in(text), tuple(dict.fromkeys(known))
    for name in (name for name in named if name not in known):
        meant = closest(name, known)
        listed = f"可以用：{'、'.join(known)}"
        yield f"“{name}”不是这里可以取的一项。", f"您是否想写“{meant}”" if meant else listed
    if len(_BRACES.findall(text)) != 2 * len(named):
        yield f"“{text}”里的花括号不成对。", f"写成 {{{{{known[0]}}}}} 的样子"


def fill(pattern: str, values: Mapping[str, str], say: Callable[[str], str]) -> str | None:
    """A form's pattern with each {{name}} from `values`, the words around them through `say`.

    None when a named value is empty or absent.
    """
    pieces = _NAMED.split(pattern)
    printed = [
        values.get(piece.strip(), "") if n % 2 else say(piece) for n, piece in enumerate(pieces)
    ]
    return "".join(printed) if all(printed[1::2]) else None


def no_such_day(text: str) -> bool:
    """True for what is written as a day and is none of the calendar."""
    return bool(_DATE.match(text)) and parse_date(text) is None


def parse_date(text: str) -> date | None:
    """The day of a date or moment as typed, or None when it is no day of the calendar."""
    matched = _DATE.match(text)
    if not matched:
        return None
    hour, minute, second = (int(matched[part] or 0) for part in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        return None
    try:
        return date(int(matched["year"]), int(matched["month"]), int(matched["day"]))
    except ValueError:
        return None
