"""Columns of numbers: what a table has room for, and what happens when a number is longer.

A number wider than its column breaks in the middle and reads as two. The whole
column is then set in the character style that a template keeps for it, so that
its numbers stay alike. Knows how wide digits are, and refuses to know what any
table says and how XML names a style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

NARROW = "表格数字（窄）"
"""The style's name in Word. Without it the numbers stay as they are."""

_NUMBER = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?%?)(?:（.*）)?", re.DOTALL)
_DIGIT = 5
"""Twips that a digit takes for each half-point: one of a text face is half as wide as high."""


@dataclass(slots=True)
class Set:
    """A paragraph of a cell as it is set: what it says, and where it would name another type."""

    text: str
    half_points: float
    columns: tuple[int, ...]
    spots: list[tuple[int, str]] = field(default_factory=list)


def is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def narrowed(figures: Iterable[Set], rooms: Sequence[float]) -> Iterator[Set]:
    """The numbers whose columns have no room for one of them; `rooms` are the columns' twips."""
    columns: dict[int, list[tuple[int, Set]]] = {}
    for figure in figures:
        found = _NUMBER.fullmatch(figure.text)
        for column in figure.columns if found else ():
            columns.setdefault(column, []).append((len(found[1]) if found else 0, figure))
    for column, held in columns.items():
        digits, longest = max(held, key=lambda one: one[0])
        if digits * _DIGIT * longest.half_points > rooms[column]:
            yield from (figure for _, figure in held)
