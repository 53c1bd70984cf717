"""A number where it stands: the words between it and the numbers beside it.

Knows where the words of one number end and those of the next begin. Knows
neither what the words mean together (`phrase`) nor any cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nianbao.chinese.numeral import Quantity
from nianbao.frozen import dataclass
from nianbao.sentence.language import Kind
from nianbao.sentence.words import Stretch, Word


@dataclass(frozen=True, slots=True)
class Place:
    """`front` reaches back to the number before in the stretch, `back` up to the next."""

    quantity: Quantity
    front: tuple[Word, ...]
    back: tuple[Word, ...]
    stretch: Stretch
    last: bool
    """No other number follows in the stretch."""
    goes_on: bool = False
    """What stands behind it is the first of a list."""


_PERSONS = ("人", "名", "位", "家", "户")
"""A number that counts by one of these has its noun behind it: 6家企业申请48件."""


def places(stretch: Stretch, *, goes_on: bool = False) -> Iterator[Place]:
    """Every number of a stretch, in order; `goes_on` where the next stretch is of the same list."""
    words = stretch.words
    at = [n for n, word in enumerate(words) if word.quantity]
    start = 0
    for n, following in pairwise([*at, len(words)]):
        quantity = words[n].quantity
        assert quantity
        yield Place(
            quantity,
            words[start:n],
            words[n + 1 : following],
            stretch,
            last=following == len(words),
            goes_on=goes_on and following == len(words),
        )
        start = n + 1 + _is_named(quantity, words[n + 1 : following])


def _is_named(quantity: Quantity, behind: Sequence[Word]) -> bool:
    """True where the first word behind a number is what it counts."""
    return quantity.unit in _PERSONS and len(behind) > 1 and behind[0].any(Kind.NOUN, Kind.CLAIM)
