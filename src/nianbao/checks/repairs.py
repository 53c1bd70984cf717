"""The one cell that, changed, mends several broken ties at once: those are one mistake.

Knows which broken ties belong together, and which cell can have been meant; how it is
said is `ties`'. The time is linear in the cells that are tied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from nianbao.form.condition import Condition
from nianbao.form.equation import Balance, Relation
from nianbao.form.kind import Figure
from nianbao.form.row import Cell
from nianbao.form.tie import Tie
from nianbao.frozen import dataclass
from nianbao.report import balance
from nianbao.report.report import Number, Report


@dataclass(frozen=True, slots=True)
class Broken:
    """A tie that does not hold, with what its sides are worth."""

    tie: Tie
    sides: Balance


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell that, changed from `typed` to `right`, mends all of `ties` broken ties."""

    cell: Cell
    typed: Number
    right: str
    """As it is typed there."""
    ties: int


Tables = list[list[Tie]]
"""The ties of each table that are of one year."""


def together(report: Report) -> Iterator[tuple[list[Tie], list[Broken]]]:
    """The ties of each table and the broken ones among them; of several that a broken tie joins."""
    tables = [
        [w for t in table.ties if not t.crosses_years for w in balance.written(t, report)]
        for table in report.form.tables()
    ]
    broken = [list(_broken(ties, report)) for ties in tables]
    for group in _joined(broken, report):
        yield [t for n in group for t in tables[n]], [b for n in group for b in broken[n]]


def found(report: Report, ties: list[Tie], broken: list[Broken]) -> list[Repair]:
    """The cells each of which, changed, mends all that is broken and breaks none of `ties`.

    Only asked when several fail together: one tie alone has as many candidates
    as cells (docs/checks.md, “which single cell”).
    """
    first = next((b for b in broken if b.tie.sides.relation is Relation.EQUAL), None)
    if first is None or len(broken) < 2:
        return []
    common = set.intersection(*({*each.tie.weights()} for each in broken))
    common -= {tie.at.address for tie in ties if tie.divides}
    candidates = [c for t in first.tie.sides.terms for c in t.cells if c.address in common]
    touched = _touched(ties, {cell.address for cell in candidates}, report) if candidates else {}
    asked = _conditions(ties)
    weights = first.tie.weights()
    repairs = []
    for cell in candidates:
        left, right = weights[cell.address]
        change = -first.sides.difference * (left - right)
        typed = report.numbers[cell.address]
        worth = typed.value + change
        if (
            _typed(cell, worth)
            and all(part.holds_with(change, report) for part in touched[cell.address])
            and not any(_decides(c, change, report) for c in asked.get(cell.address, ()))
        ):
            repairs.append(Repair(cell, typed, _typed(cell, worth), len(broken)))
    return repairs


def _conditions(ties: list[Tie]) -> Mapping[str, list[Condition]]:
    """The conditions that look at a cell, by its address."""
    found = defaultdict(list)
    for condition in filter(None, (tie.condition for tie in ties)):
        for cell in condition.cells:
            found[cell.address].append(condition)
    return found


def _decides(condition: Condition, change: Decimal, report: Report) -> bool:
    """True where so much more would make another tie, or other ties, be asked about."""
    now = balance.is_met(condition, report)
    return now != balance.is_met(condition, report, more=change)


def _typed(cell: Cell, worth: Decimal) -> str:
    """How such a number is typed in the cell, "" where it may not stand there."""
    kind = cell.kind
    typed = kind.typed(worth) if isinstance(kind, Figure) else ""
    meant = kind.read(typed) if isinstance(kind, Figure) else None
    return typed if meant and meant.worth == worth else ""


@dataclass(frozen=True, slots=True)
class _Part:
    """The part that one cell has in a tie: how often it is added on each side."""

    tie: Tie
    sides: Balance
    weight: tuple[int, int]

    def holds_with(self, change: Decimal, report: Report) -> bool:
        """True where the tie would hold, were the cell so much more."""
        left, right = self.weight
        sides = Balance(self.sides.left + left * change, self.sides.right + right * change)
        return balance.holds(self.tie, sides, report.numbers[self.tie.at.address])


def _broken(ties: list[Tie], report: Report) -> Iterator[Broken]:
    for tie in ties:
        sides = balance.of(tie, report, None)
        if sides and not balance.holds(tie, sides, report.numbers[tie.at.address]):
            yield Broken(tie, sides)


def _joined(broken: list[list[Broken]], report: Report) -> list[list[int]]:
    """The tables by number, those together between which a broken tie goes."""
    table_of = {
        cell.address: number
        for number, table in enumerate(report.form.tables())
        for row in report.rows_of(table)
        for cell in row.cells()
    }
    group_of = {number: [number] for number in range(len(broken))}
    for number, several in enumerate(broken):
        for address in (address for each in several for address in each.tie.weights()):
            one, other = group_of[number], group_of[table_of[address]]
            if one is not other:
                one += other
                group_of |= dict.fromkeys(other, one)
    return [sorted(group) for number, group in group_of.items() if number == min(group)]


def _touched(ties: list[Tie], addresses: set[str], report: Report) -> Mapping[str, list[_Part]]:
    """For each of some cells, its part in every tie that has it."""
    touched = defaultdict(list)
    for tie in ties:
        weights = tie.weights()
        here = addresses.intersection(weights)
        sides = balance.of(tie, report, None) if here else None
        if sides:
            for address in here:
                touched[address].append(_Part(tie, sides, weights[address]))
    return touched
