"""The names of offices in a text: the report's own, and those of others.

Knows what the report's unit is called, with and without 人民, and that any other
name which ends as an office's does is of another: 县自然资源局 in a county's
report. The endings are the form's. Knows no number and no cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_SHORTER = ("人民政府", "政府")
_LEAST = 2
"""So many characters stand before the ending of a name: 县局, 本委 are none."""


def own(*names: str) -> tuple[str, ...]:
    """What a unit of these names is called in its own report, the longest first."""
    called = {way for name in names if name for way in (name, name.replace(*_SHORTER))}
    return tuple(sorted(called, key=len, reverse=True))


def places_of(names: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Where one of the names begins and ends, the longest of those that begin together."""
    for name in reversed(names):
        at = text.find(name)
        while at >= 0:
            yield at, at + len(name)
            at = text.find(name, at + len(name))


def is_part_of(piece: str, names: Sequence[str]) -> bool:
    """True for what a unit of these names may be called for short: 水利局."""
    return any(piece in name for name in names)


def end_of(piece: str, endings: tuple[str, ...]) -> int:
    """Where in a piece the last name ends that ends as an office's does, 0 without one."""
    ends = ((piece.rfind(ending), len(ending)) for ending in endings)
    return max((at + length for at, length in ends if at >= _LEAST), default=0)
