"""What the sides of a tie are worth in a report, and whether the tie holds there.

Knows when a tie is not asked about: its condition is not met, a number of it could not be
read, or one of its sides is blank throughout. How it is told is the checks'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from nianbao.chinese.wording import plain
from nianbao.form.condition import Condition
from nianbao.form.equation import Balance, evaluate
from nianbao.form.kind import Choice, Figure
from nianbao.form.row import Row
from nianbao.form.tie import Along, Term, Tie
from nianbao.report.report import Number, Report

_PERCENT = 100
_DECIMALS = 2
"""Of a quotient that is still to be typed."""


def written(tie: Tie, report: Report, last: Report | None = None) -> Iterator[Tie]:
    """The tie as the rows that the office added make it: in each of them, or over all of them.

    Not at all while one of them could not be read.
    """
    terms = tie.sides.terms
    cells = [tie.at, *(cell for term in terms for cell in term.cells)]
    cells += tie.condition.cells if tie.condition else ()
    rows = {c.row.address: c.row for c in cells if c.row.added}
    counted = [term.counts for term in terms]
    counted += [tie.condition.counts] if tie.condition else []
    rows |= {row.address: row for row in counted if row}
    if not rows:
        yield tie
        return
    single = [c.row for t in terms if not t.every for c in t.cells if c.row.added]
    along = single[0] if tie.along is Along.ROW and single else None
    across_years = any(t.last_year and not t.every for t in terms)
    if any(address not in report.added for address in rows) or (along and across_years):
        return
    for turn in report.turns(along) if along else (None,):
        found = _in_turn(tie, turn, report, last=last)
        if found:
            yield found


def _in_turn(tie: Tie, turn: Row | None, report: Report, *, last: Report | None) -> Tie | None:
    """The tie with the cells of the row as it was written, of all turns where it has none."""

    def of_term(term: Term) -> Term:
        holder = last if term.last_year and last else report
        if term.counts:
            return replace(term, number=Decimal(len(holder.turns(term.counts))))
        cells = term.cells
        if turn and not term.every:
            cells = tuple(cell.in_turn(turn) for cell in cells)
        return replace(term, cells=tuple(w for cell in cells for w in holder.written(cell)))

    left, right = (tuple(map(of_term, side)) for side in (tie.sides.left, tie.sides.right))
    here = [cell for term in (*left, *right) if not term.last_year for cell in term.cells]
    own = tie.at.in_turn(turn) if turn else tie.at
    at = next(iter([*report.written(own), *here]), None)
    condition = tie.condition
    if condition and not condition.counts:
        asked = (cell.in_turn(turn) if turn else cell for cell in condition.cells)
        cells = tuple(w for cell in asked for w in report.written(cell))
        condition = replace(condition, cells=cells) if cells else None
    if at is None or (tie.condition and not condition):
        return None
    return replace(
        tie,
        across=turn.label if turn else tie.across,
        sides=replace(tie.sides, left=left, right=right),
        at=at,
        condition=condition,
    )


def of(tie: Tie, report: Report, last: Report | None) -> Balance | None:
    """Both sides of a tie, or None where it is not asked about."""
    if tie.condition and not is_met(tie.condition, report):
        return None
    if tie.at.address not in report.numbers:
        return None
    sides = tie.sides
    found = evaluate(sides, lambda term: signed(term, report, last))
    if found and any(_is_blank(terms, report, last) for terms in (sides.left, sides.right)):
        return None
    return found


def broken_across(report: Report, last: Report | None) -> Iterator[tuple[Tie, Balance]]:
    """The ties with last year's report that do not hold, each with what its sides are worth."""
    for table in report.form.tables() if last else ():
        crossing = (tie for tie in table.ties if tie.crosses_years)
        for tie in (w for each in crossing for w in written(each, report, last)):
            sides = of(tie, report, last)
            if sides and not holds(tie, sides, report.numbers[tie.at.address]):
                yield tie, sides


def holds(tie: Tie, sides: Balance, typed: Number) -> bool:
    """True where the sides are as they should be; `typed` stands at the tie's own cell.

    A quotient by 0 is left out where its cell may be, else 0.
    """
    if not tie.divides:
        return sides.holds(tie.sides.relation, tie.tolerance)
    if not sides.right:
        allowed = tie.at.takes.blank
        return typed.blank or not (allowed.always or allowed.words or typed.value)
    if typed.blank:
        return False
    return abs(typed.value - rate(tie, sides, typed)) <= tie.tolerance


def rate(tie: Tie, sides: Balance, typed: Number) -> Decimal:
    """What the quotient is at the decimals typed, or those that the cell should have."""
    kind = tie.at.kind
    assert isinstance(kind, Figure)
    decimals = len(typed.typed.rstrip("%").partition(".")[2])
    if typed.blank:
        decimals = _DECIMALS if kind.places is None else kind.places
    percent = kind.percent or kind.unit == "%"
    return sides.quotient(times=_PERCENT if percent else 1, decimals=decimals)


def worth(term: Term, report: Report, last: Report | None) -> Decimal | None:
    """What a term adds up to, whatever its sign; None while a cell of it could not be read."""
    if term.number is not None:
        return term.number
    holder = last if term.last_year else report
    return holder.sum(term.cells) if holder else None


def signed(term: Term, report: Report, last: Report | None) -> Decimal | None:
    """The same, below 0 where it is taken off."""
    value = worth(term, report, last)
    return -value if value is not None and term.minus else value


def is_met(condition: Condition, report: Report, *, more: Decimal = Decimal(0)) -> bool:
    """True where its cells are as wanted, were their sum `more` than it is.

    False also while one of them could not be read, or is blank.
    """
    if condition.counts:
        many = report.added.get(condition.counts.address)
        return many is not None and _stands(Decimal(many), condition)
    numbers = [report.numbers.get(cell.address) for cell in condition.cells]
    typed = [number for number in numbers if number and not number.blank]
    if len(typed) < len(numbers):
        return False
    if isinstance(condition.wanted, str):
        several = isinstance(kind := condition.cells[0].kind, Choice) and kind.several
        chosen = typed[0].typed.split("、") if several else [typed[0].typed]
        return plain(condition.wanted) in map(plain, chosen)
    value = sum((number.value for number in typed), more)
    return _stands(value, condition)


def _stands(value: Decimal, condition: Condition) -> bool:
    return not isinstance(condition.wanted, str) and Balance(value, condition.wanted).holds(
        condition.relation
    )


def _is_blank(terms: tuple[Term, ...], report: Report, last: Report | None) -> bool:
    """True where nothing was typed for a whole side."""
    numbers = [
        holder.numbers[cell.address]
        for term in terms
        if (holder := last if term.last_year else report)
        for cell in term.cells
    ]
    return bool(numbers) and all(number.blank for number in numbers)
