"""Which sums a count may equal.

Knows that a count joined with another is the sum of both, that one of a column
may be of the row named just before, and when a carry-over is counted in. Knows
no report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from nianbao.form.claim import LESS, Claim, Sort, Sum, in_columns
from nianbao.sentence.course import Course
from nianbao.sentence.language import Kind
from nianbao.sentence.phrase import first_of
from nianbao.sentence.place import Place
from nianbao.sentence.said import Statement, Told
from nianbao.sentence.words import Word

_BESIDE = (Kind.INCLUDE, Kind.LIST, Kind.REST)


def of(claims: Sequence[Claim], course: Course, *, joined: bool) -> tuple[Sum, ...]:
    """The sums that a count of `claims` may equal."""
    if joined and len(claims) > 1:
        return (_union(claim.readings[0] for claim in claims),)
    readings = tuple(dict.fromkeys(r for claim in claims for r in claim.readings))
    counted, row = course.counted, course.row
    of_the_new = counted.whole is not None and counted.whole is counted.base
    for claim in claims:
        readings += tuple(
            cells
            for cells in claim.more
            if course.with_carry or of_the_new or _leaves_out(cells, course.carried)
        )
    if claims[0].letters and row:
        readings += tuple(in_columns(cells, claims[0].letters) for cells in row.readings)
    return tuple(dict.fromkeys(readings))


def together(place: Place, course: Course) -> Statement | None:
    """合计 behind counts that have just been read."""
    if not any(word.any(Kind.TOTAL) for word in place.front) or course.counted.last is None:
        return None
    quantity = place.quantity
    added = [s for s in course.statements if s.level == place.stretch.depth]
    if len(added) < 2 or added[-1] is not course.counted.last or quantity.approximate:
        return None
    if quantity.unit != added[-2].quantity.unit:
        return None
    readings = tuple(_union(s.readings[0] for s in added[n:]) for n in range(len(added) - 1))
    if any(s.topic is not added[-1].topic for s in added):
        readings = readings[::-1]
    told = added if len(added) == 2 else ()
    name = f"{'、'.join(s.name for s in told) or '前面各项'}合起来"
    claim = replace(added[-2].claim, name=name, shares=())
    return Statement(claim, added[-2].topic, name, quantity, readings)


def including(told: tuple[Told, ...], place: Place, found: Statement) -> tuple[Told, ...]:
    """`told`, whose last count may include the next: 甲5件（含乙1件）."""
    last = next((one for one in reversed(told) if isinstance(one, Statement)), None)
    if last is None or not _includes(last, place, found):
        return told
    both = _union((last.readings[0], found.readings[0]))
    wider = replace(last, readings=tuple(dict.fromkeys((*last.readings, both))))
    return tuple(wider if one is last else one for one in told)


def _leaves_out(cells: Sum, carried: frozenset[str]) -> bool:
    """True where what is taken off is spoken of in the sentence."""
    taken = {cell.removeprefix(LESS) for cell in cells if cell.startswith(LESS)}
    return bool(taken) and taken <= carried


def _includes(last: Statement, place: Place, found: Statement) -> bool:
    parts = last.claim.sort is Sort.PART and found.claim.sort is Sort.PART
    return (
        parts
        and first_of(place.front[:1], None, Kind.INCLUDE, Kind.LIST) is not None
        and not found.claim.letters
        and last.topic is found.topic
        and len(last.readings[0]) == 1 == len(found.readings[0])
    )


def counts_carry(words: Sequence[Word]) -> bool:
    """True where a sentence says that a carry-over is counted in."""
    verbs = [w for w in words if not w.any(Kind.NOUN) and w.any(Kind.CLAIM, *_BESIDE, Kind.ALL)]
    return any(
        (_carries(behind) and word.any(*_BESIDE)) or (_carries(word) and behind.any(Kind.ALL))
        for word, behind in pairwise(verbs)
    )


def carried(words: Sequence[Word]) -> frozenset[str]:
    """The cells of every carry-over that a sentence speaks of."""
    claims = [m.claim for word in words for m in word.meanings if m.claim]
    return frozenset(
        cell for c in claims if c.sort is Sort.CARRY for cells in c.readings for cell in cells
    )


def _carries(word: Word) -> bool:
    return any(m.claim and m.claim.sort is Sort.CARRY for m in word.meanings)


def _union(sums: Iterable[Sum]) -> Sum:
    return tuple(dict.fromkeys(cell for cells in sums for cell in cells))
