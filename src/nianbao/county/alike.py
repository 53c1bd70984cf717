"""Units whose texts are one text.

Knows that a passage is another's when the two are letter for letter the same but
for figures and the units' own names, and that much of it in a part is told. What
the county itself gave out to be copied it cannot know: it tells, and asks nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from nianbao.county.returned import Returned
from nianbao.county.standing import Standing, Standings
from nianbao.diagnostics import Finding, finding

_SHARE = 50
"""Per cent of a part from which on it is told."""
_NAMED = 3


def found(standings: Standings) -> Iterator[tuple[Standing, Finding]]:
    """For each unit, the parts of its text that stand in others' too (H111), one a part."""
    units = [unit for unit in standings.units if unit.returned and unit.returned.is_read]
    if not standings.form:
        return
    for section in standings.form.sections:
        by_mark: dict[int, list[int]] = defaultdict(list)
        for number, unit in enumerate(units):
            for mark in _passages(unit, section.name):
                by_mark[mark].append(number)
        for number, unit in enumerate(units):
            passages = _passages(unit, section.name)
            same = [mark for mark in passages if len(by_mark[mark]) > 1]
            length = sum(passages.values())
            share = 100 * sum(passages[mark] for mark in same) // length if length else 0
            if share >= _SHARE:
                others = Counter(n for mark in same for n in by_mark[mark] if n != number)
                yield unit, _told(unit, section.label, len(same), share, _named(others, units))


def _passages(unit: Standing, section: str) -> dict[int, int]:
    held = unit.returned
    assert isinstance(held, Returned)
    return dict(held.passages.get(section, {}))


def _named(others: Counter[int], units: Sequence[Standing]) -> str:
    """The units that share most, and how many share any."""
    most = sorted(others, key=lambda n: (-others[n], n))[:_NAMED]
    more = f"等 {len(others)} 个单位" if len(others) > _NAMED else ""
    return "、".join(units[n].name for n in most) + more


def _told(unit: Standing, label: str, count: int, share: int, others: str) -> Finding:
    assert unit.returned
    return finding(
        "H111",
        f"{unit.member.unit}的“{label}”有 {count} 段和{others}的一样（数和单位名不算），占 {share}%。",
        hint="照抄的，请单位写自己的；县里统一给的文字，不用管",
        file=unit.returned.path,
    )
