"""The numbers that Word puts in front of paragraphs by itself.

Knows word/numbering.xml: which list a paragraph is of, how each level counts and
how its number is written. A kind of number it does not know is written as digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_HOLE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and is written: %1、."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    gap: str = "tab"


@dataclass
class Numbering:
    """The lists of a document, counted on as its paragraphs are read in order."""

    lists: Mapping[str, tuple[str, dict[int, Level]]]
    """By numId: the abstract list that counts, and its levels."""
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, number: str, level: int) -> str:
        """What stands in front of the next paragraph of a list."""
        if number not in self.lists:
            return ""
        counted, levels = self.lists[number]
        counts = self.counts.setdefault(counted, {})
        own = levels.get(level, Level())
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if own.kind in ("none", "bullet"):
            return ""

        def written(hole: re.Match[str]) -> str:
            at = int(hole[1]) - 1
            asked = levels.get(at, Level())
            return numeral(counts.get(at, asked.start), asked.kind)

        text = _HOLE.sub(written, own.text)
        spaced = own.gap != "nothing" and text[-1:].isalnum()
        return text + (" " if spaced or (text.endswith(".") and own.gap == "space") else "")


def of(root: Element | None) -> Numbering:
    """What word/numbering.xml says; None where there is none."""
    if root is None:
        return Numbering({})
    abstract = {
        each.get(f"{W}abstractNumId", ""): _levels(each) for each in root.iter(f"{W}abstractNum")
    }
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    for each in root.iter(f"{W}num"):
        number = each.get(f"{W}numId", "")
        named = _said(each.find(f"{W}abstractNumId"))
        levels = dict(abstract.get(named, {}))
        own = False
        for override in each.iter(f"{W}lvlOverride"):
            at = _whole(override.get(f"{W}ilvl"), 0)
            start = override.find(f"{W}startOverride")
            if (drawn := override.find(f"{W}lvl")) is not None:
                levels[at] = _level(drawn)
            if start is not None:
                was, own = levels.get(at, Level()), True
                levels[at] = Level(_whole(_said(start), 1), was.kind, was.text, was.gap)
        lists[number] = (f"{named}/{number}" if own else named, levels)
    return Numbering(lists)


def numeral(number: int, kind: str) -> str:
    """A number as a list of this kind writes it."""
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        text = ""
        for worth, letters in _ROMAN:
            text += letters * (number // worth)
            number %= worth
        return text if kind == "upperRoman" else text.lower()
    if kind in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind.startswith(("chinese", "japaneseCounting", "taiwanese")) and 0 < number < 100:
        tens, ones = divmod(number, 10)
        ten = {0: "", 1: "十"}.get(tens, f"{_CHINESE[tens]}十")
        return ten + (_CHINESE[ones] if ones else "")
    if kind == "ideographDigital":
        return "".join("〇" if digit == "0" else _CHINESE[int(digit)] for digit in str(number))
    if kind == "ideographTraditional" and 0 < number <= len(_STEMS):
        return _STEMS[number - 1]
    if kind.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if kind == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return str(number)


def _levels(drawn: Element) -> dict[int, Level]:
    return {_whole(each.get(f"{W}ilvl"), 0): _level(each) for each in drawn.findall(f"{W}lvl")}


def _level(drawn: Element) -> Level:
    return Level(
        _whole(_said(drawn.find(f"{W}start")), 1),
        _said(drawn.find(f"{W}numFmt")) or "decimal",
        _said(drawn.find(f"{W}lvlText")),
        _said(drawn.find(f"{W}suff")) or "tab",
    )


def _said(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
