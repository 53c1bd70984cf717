"""可空: {若: …} of a form file: the condition on which each cell may hold nothing.

Knows how the name in it finds its cells, in the cell's own row first, and what an
author may get wrong (F102, at its line): a name that finds nothing, a value that
its cell cannot hold, cells that ask about one another. Knows no report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from nianbao.diagnostics import Location
from nianbao.form.condition import Condition, ConditionError
from nianbao.form.declaration import wrong
from nianbao.form.distinct import Tell
from nianbao.form.figure import FigureError, Figures
from nianbao.form.form import Section
from nianbao.form.kind import When
from nianbao.form.occurrence import sought
from nianbao.form.reach import Reach
from nianbao.form.row import Cell


def conditions(sections: tuple[Section, ...], tell: Tell) -> dict[str, Condition]:
    """The conditions of all cells that have one, by address."""
    found: dict[str, Condition] = {}
    places: dict[str, tuple[Cell, When]] = {}
    told: set[Location] = set()
    reaches = _reaches(sections)
    for section, cell, when in _asking(sections):
        if when.at in told:
            continue
        try:
            found[cell.address] = _condition(cell, when, reaches[section.key])
            places[cell.address] = cell, when
        except (FigureError, ConditionError) as problem:
            told.add(when.at)
            tell(wrong(str(problem), at=when.at, hint=problem.hint))
    for address in _circular(found):
        cell, when = places[address]
        if when.at not in told:
            told.add(when.at)
            said = f"“{cell.words}”能不能空着，要看“{when.name}”，转了一圈又要看它自己。"
            tell(wrong(said, at=when.at, hint="写一个总要填的名称"))
    return found


def _asking(sections: tuple[Section, ...]) -> Iterator[tuple[Section, Cell, When]]:
    for section in sections:
        for cell in section.table.cells() if section.table else ():
            if when := cell.takes.blank.when:
                yield section, cell, when


def _reaches(sections: tuple[Section, ...]) -> dict[str, Reach]:
    """What the names in each part's tables reach, by the part's key."""
    form = Figures(sections)
    return {
        section.key: Reach(section.table, form=form, own=Figures([section]))
        for section in sections
        if section.table
    }


def _condition(cell: Cell, when: When, reach: Reach) -> Condition:
    """Raises FigureError or ConditionError."""
    asked = sought(when.name, reach, in_rows=True)
    found = asked.condition(cell.row.address, when.name, when.relation, when.wanted)
    if not found:
        raise FigureError(f"“{cell.words}”这一行没有“{when.name}”。", "写同一行的一列，或者 行.列")
    return found


def _circular(found: Mapping[str, Condition]) -> list[str]:
    """Of the cells whose conditions lead back to them, the first of each circle."""
    asks = {
        a: {c.address for c in condition.cells} & found.keys() for a, condition in found.items()
    }
    asked_by: dict[str, set[str]] = {address: set() for address in found}
    for address, others in asks.items():
        for other in others:
            asked_by[other].add(address)
    left = _without_ends(_without_ends(found.keys(), asks, asked_by), asked_by, asks)
    firsts: list[str] = []
    for address in found:
        if address in left:
            firsts.append(address)
            left -= _joined(address, left, asks, asked_by)
    return firsts


def _joined(
    cell: str, left: Set[str], asks: Mapping[str, set[str]], asked_by: Mapping[str, set[str]]
) -> set[str]:
    """All cells of `left` that `cell` asks about or is asked about by, one behind the other."""
    joined, ahead = {cell}, [cell]
    while ahead:
        one = ahead.pop()
        near = ((asks[one] | asked_by[one]) & left) - joined
        joined |= near
        ahead += near
    return joined


def _without_ends(
    cells: Set[str], ahead: Mapping[str, Set[str]], behind: Mapping[str, Set[str]]
) -> set[str]:
    """`cells` but for those from which the way ahead comes to an end."""
    left = set(cells)
    ways = {cell: len(ahead[cell] & left) for cell in left}
    ends = [cell for cell, count in ways.items() if not count]
    while ends:
        end = ends.pop()
        left.discard(end)
        for cell in behind[end] & left:
            ways[cell] -= 1
            if not ways[cell]:
                ends.append(cell)
    return left
