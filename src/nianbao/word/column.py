"""Columns of numbers: what a table has room for, and what happens when a number is longer.

A number wider than its column breaks in the middle and reads as two. The whole
column is then set in the character style that a template keeps for it, so that
its numbers stay alike. Knows how wide digits are, and refuses to know what any
table says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from nianbao.word.layout import W, number_of, texts
from nianbao.word.measure import half_points, twips

NARROW = "表格数字（窄）"
"""The style's name in Word. Without it the numbers stay as they are."""

_NUMBER = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?%?)(?:（.*）)?", re.DOTALL)
_MARGIN = 108
"""Twips that Word leaves beside the text of a cell when a table does not say."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A paragraph that holds a number, and the twips that a line of it may take."""

    paragraph: etree._Element
    digits: str
    room: float


def narrow(root: etree._Element, styles: etree._Element) -> None:
    """Set every column in `NARROW` that has no room for one of its numbers."""
    style = _style(styles)
    if style is None:
        return
    for table in root.iter(f"{W}tbl"):
        columns: dict[tuple[int, int], list[_Held]] = {}
        for place, held in _numbers(table):
            columns.setdefault(place, []).append(held)
        for column in columns.values():
            longest = max(column, key=lambda held: len(held.digits))
            # A digit of a text face is half as wide as it is high: five twips a half-point.
            if len(longest.digits) * 5 * half_points(longest.paragraph, styles) > longest.room:
                for held in column:
                    _set(held.paragraph, style)


def _style(styles: etree._Element) -> str | None:
    """The id of the style named `NARROW`."""
    return next(
        (
            style.get(f"{W}styleId")
            for style in styles.iter(f"{W}style")
            if (name := style.find(f"{W}name")) is not None and name.get(f"{W}val") == NARROW
        ),
        None,
    )


def _numbers(table: etree._Element) -> Iterator[tuple[tuple[int, int], _Held]]:
    """Every number of a table with the first grid column of its cell and the one behind."""
    widths = [twips(column.get(f"{W}w"), 0) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    margins = sum(
        twips(side.get(f"{W}w"), _MARGIN) if side is not None else _MARGIN
        for side in (table.find(f"{W}tblPr/{W}tblCellMar/{W}{name}") for name in ("left", "right"))
    )
    for row in table.iter(f"{W}tr"):
        at = 0
        for cell in row.iter(f"{W}tc"):
            behind = at + number_of(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            for paragraph in cell.findall(f"{W}p"):
                if found := _NUMBER.fullmatch(texts(paragraph)):
                    room = sum(widths[at:behind]) - margins
                    yield (at, behind), _Held(paragraph, found[1], room)
            at = behind


def _set(paragraph: etree._Element, style: str) -> None:
    for run in paragraph.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            run.insert(0, properties)
        if properties.find(f"{W}rStyle") is None:
            properties.insert(0, etree.Element(f"{W}rStyle", {f"{W}val": style}))
