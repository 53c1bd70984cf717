"""One figure followed to where it comes from: each unit's part of a sum.

Knows a figure by the name that {{ }} takes, and subtotals by kind. Prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nianbao.county.standing import Standing, Standings, State
from nianbao.form import figure
from nianbao.form.dated import in_year
from nianbao.form.equation import parse_sum, show
from nianbao.form.form import Form
from nianbao.form.row import Cell


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit gives to a sum, and the file that says so; `worth` None where it gives nothing."""

    unit: Standing
    worth: Decimal | None

    @property
    def shown(self) -> str:
        return "" if self.worth is None else show(self.worth)


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure by its name, the cells that it adds up, and each unit's part."""

    name: str
    cells: tuple[Cell, ...]
    parts: tuple[Part, ...]

    @property
    def total(self) -> Decimal:
        return _sum(self.parts)

    def subtotals(self, kinds: tuple[str, ...]) -> Iterator[tuple[str, int, Decimal]]:
        """Each kind, how many units of it are in the sum, and what they come to."""
        for kind in kinds:
            held = [p for p in self.parts if p.worth is not None and p.unit.member.kind == kind]
            yield kind, len(held), _sum(held)


def of(name: str, standings: Standings) -> Trace:
    """The figure followed. Raises FigureError for a name that finds none, or no numbers."""
    assert standings.form
    form: Form = in_year(standings.form, standings.year)
    figures = figure.Figures(form.sections)
    cells = tuple(cell for each in parse_sum(name) for cell in figures.of_every(each))
    strange = next((c for c in cells if not c.kind.summed or c.address in form.rates), None)
    if strange:
        said = f"“{strange.words}”不能相加，没有总和。"
        raise figure.FigureError(said, "写一个件数、金额这样能相加的")
    parts = (Part(unit, _worth(unit, cells)) for unit in standings.units)
    return Trace(name, cells, tuple(parts))


def _worth(unit: Standing, cells: tuple[Cell, ...]) -> Decimal | None:
    if unit.state is not State.IN or unit.returned is None:
        return None
    return sum((unit.returned.worth(cell) for cell in cells), Decimal(0))


def _sum(parts: tuple[Part, ...] | list[Part]) -> Decimal:
    return sum((part.worth for part in parts if part.worth is not None), Decimal(0))
