"""Units whose texts are one text.

Knows that a passage is another's when the two are letter for letter the same but
for figures and the units' own names, and that much of it in a part is told. What
the county itself gave out to be copied it cannot know: it tells, and asks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from nianbao.county.standing import Standing, Standings
from nianbao.diagnostics import Finding, finding

_SHARE = 50
"""Per cent of a part from which on it is told."""
_NAMED = 3


def found(standings: Standings) -> Iterator[Finding]:
    """For each part the units that share most of its text (H111), one a set of them."""
    units = [unit for unit in standings.units if unit.returned and unit.returned.is_read]
    for section in standings.form.sections if standings.form else ():
        for together in _sets([_passages(unit, section.name) for unit in units]):
            names = "、".join(units[n].name for n in together[:_NAMED])
            more = f"等 {len(together)} 个单位" if len(together) > _NAMED else ""
            yield finding(
                "H111",
                f"{names}{more}的“{section.label}”大半是一样的文字（数和单位名不算）。",
                hint="照抄的，请单位写自己的；县里统一给的文字，不用管",
            )


def _sets(texts: Sequence[Mapping[int, int]]) -> list[list[int]]:
    """The texts, by number, that hold the same passages and little else."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, passages in enumerate(texts):
        for mark in passages:
            holders[mark].append(number)
    mostly = set[int]()
    for number, passages in enumerate(texts):
        shared = sum(length for mark, length in passages.items() if len(holders[mark]) > 1)
        if passages and 100 * shared >= _SHARE * sum(passages.values()):
            mostly.add(number)
    first = {number: number for number in mostly}

    def leader(number: int) -> int:
        while first[number] != number:
            number = first[number]
        return number

    for numbers in holders.values():
        together = sorted({leader(number) for number in numbers if number in mostly})
        for number in together[1:]:
            first[number] = together[0]
    sets: dict[int, list[int]] = defaultdict(list)
    for number in sorted(mostly):
        sets[leader(number)].append(number)
    return [numbers for numbers in sets.values() if len(numbers) > 1]


def _passages(unit: Standing, section: str) -> Mapping[int, int]:
    return unit.returned.passages.get(section, {}) if unit.returned else {}
