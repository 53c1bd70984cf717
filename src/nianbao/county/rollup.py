"""What the units add up to, cell by cell, exactly.

Knows what the kind of a cell asks for (docs/form-language.md, “格里填什么”): numbers are
added, a rate is worked out anew from what its numbers come to, rows that the
offices added stand one under the other with the unit in front, and the rest is
left blank for the upper office to write. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Context, Decimal, localcontext
from pathlib import Path

from nianbao.chinese.wording import Script
from nianbao.county.returned import Returned
from nianbao.county.standing import Standing, Standings
from nianbao.diagnostics import Location
from nianbao.form.dated import in_year
from nianbao.form.form import Form
from nianbao.form.kind import Figure, Text
from nianbao.form.row import Cell, Row
from nianbao.form.tie import Tie
from nianbao.report import balance
from nianbao.report.report import Number, Report

_EXACT = Context(prec=200)
"""18 digits before the point and 18 behind it, a million times."""
_NOWHERE = Location(1, 1)


def of(standings: Standings, *, unit: str = "", path: Path) -> Report:
    """The sum of all that are added, as a report of the upper office without a word of text."""
    assert standings.form
    return _sum(standings.added, standings.form, standings.year, path=path, unit=unit)


def by_kind(standings: Standings, *, path: Path) -> dict[str, Report]:
    """The same for the units of each kind; nothing where the roster knows no kinds."""
    assert standings.form
    form, year = standings.form, standings.year
    return {
        kind: _sum([u for u in standings.added if u.member.kind == kind], form, year, path=path)
        for kind in standings.kinds
    }


def is_summed(cell: Cell, form: Form) -> bool:
    """True for a cell whose numbers add up."""
    return cell.kind.summed and cell.address not in form.rates and not cell.row.added


def _sum(units: Sequence[Standing], form: Form, year: int, *, path: Path, unit: str = "") -> Report:
    form = in_year(form, year)
    report = Report(form, path, Script.HANS, unit=unit, year=year)
    files = [(each.name, each.returned) for each in units if each.returned]
    with localcontext(_EXACT):
        for row in (row for table in form.tables() for row in table.rows()):
            if row.added:
                _stack(row, files, report)
                continue
            for cell in row.cells():
                report.numbers |= _cell(cell, [held for _, held in files], form)
        for tie in (tie for table in form.tables() for tie in table.ties if tie.divides):
            if not tie.at.row.added:
                _divide(tie, [held for _, held in files], report)
    return report


def _cell(cell: Cell, files: Iterable[Returned], form: Form) -> dict[str, Number]:
    """The sum of a cell; nothing where it has none."""
    kind = cell.kind
    if not isinstance(kind, Figure) or not is_summed(cell, form):
        return {}
    total = sum((held.worth(cell) for held in files), Decimal(0))
    return {cell.address: Number(cell.address, total, kind.typed(total), _NOWHERE)}


def _stack(row: Row, files: Iterable[tuple[str, Returned]], report: Report) -> None:
    """The rows that each unit added, one under the other, the unit in front of the first text."""
    count = 0
    for name, held in files:
        for number in range(1, held.added.get(row.address, 0) + 1):
            count += 1
            named = False
            turns = zip(row.turn(number).cells(), row.turn(count).cells(), strict=True)
            for before, now in turns:
                typed = held.typed.get(before.address, "")
                if isinstance(now.kind, Text) and not named:
                    typed, named = f"{name}：{typed}" if typed else name, True
                report.numbers[now.address] = _number(now, typed)
    report.added[row.address] = count


def _number(cell: Cell, typed: str) -> Number:
    kind = cell.kind
    meant = kind.read(typed) if isinstance(kind, Figure) else None
    worth = meant.worth if meant else Decimal(0)
    return Number(cell.address, worth, typed, _NOWHERE, blank=not typed)


def _divide(tie: Tie, files: Sequence[Returned], report: Report) -> None:
    """The quotient of what its two sides came to, at the most decimals that a unit typed."""
    cell = tie.at
    kind = cell.kind
    if not isinstance(kind, Figure):
        return
    typed = [held.typed.get(cell.address, "") for held in files]
    decimals = max((len(t.rstrip("%").partition(".")[2]) for t in typed), default=0)
    blank = Number(cell.address, Decimal(0), "", _NOWHERE, blank=True)
    report.numbers[cell.address] = blank
    sides = balance.of(tie, report, None)
    if sides is None or not sides.right:
        words = cell.takes.blank.words
        word = words[0] if words and sides is not None else ""
        report.numbers[cell.address] = replace(blank, typed=word)
        return
    shown = kind if kind.places is not None else replace(kind, places=decimals)
    example = replace(blank, typed=shown.typed(Decimal(0)), blank=False)
    rate = balance.rate(tie, sides, example)
    report.numbers[cell.address] = replace(example, value=rate, typed=shown.typed(rate))


def cells(report: Report) -> Iterator[tuple[str, str | None]]:
    """Every cell in printed order with what stands in it, None where nothing does."""
    for row in report.rows():
        for cell in row.cells():
            number = report.numbers.get(cell.address)
            yield cell.address, (number.typed or None) if number else None
