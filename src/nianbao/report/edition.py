"""A report of one edition of a form told in the cells and parts of another.

Knows that what has no counterpart is left out, and how that is said. Which cells and parts
are the same is `form.edition`'s to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nianbao.form import edition
from nianbao.form.form import Form
from nianbao.form.row import Cell
from nianbao.report.report import Number, Report

_TOLD = 12
"""Of the cells without a counterpart, so many are named."""


def told_in(report: Report, form: Form) -> Report:
    """`report` as one of `form`, as far as it goes."""
    if report.form.id == form.id:
        return report
    numbers: dict[str, Number] = {}
    added: dict[str, int] = {}
    for here, there in edition.counterparts(form, report.form):
        for cell, typed in _turns(here, there, report):
            if typed.address in report.numbers:
                number = report.numbers[typed.address]
                numbers[cell.address] = replace(number, address=cell.address)
        if there.row.address in report.added:
            added[here.row.address] = report.added[there.row.address]
    parts = edition.sections(form, report.form)
    return replace(
        report,
        form=form,
        numbers=numbers,
        added=added,
        narratives={
            name: report.narratives[there]
            for name, there in parts.items()
            if there in report.narratives
        },
        notes={name: report.notes[there] for name, there in parts.items() if there in report.notes},
    )


def _turns(here: Cell, there: Cell, report: Report) -> Iterator[tuple[Cell, Cell]]:
    """Two cells that are the same, in each turn of a row that the office adds."""
    if not there.row.added:
        yield here, there
        return
    for number, turn in enumerate(report.turns(there.row), 1):
        yield here.row.turn(number).cell(here.column), turn.cell(there.column)


def without_counterpart(report: Report) -> str:
    """The cells of the form that a report of another edition has no number for; "" for none."""
    names = list(_missing(report))
    more = len(names) - _TOLD
    return "、".join(names[:_TOLD]) + (f"等 {len(names)} 处" if more > 0 else "")


def _missing(report: Report) -> Iterator[str]:
    """Each by what it is called: a whole part, a whole row, or a cell."""
    for section in report.form.sections:
        rows = list(section.table.rows()) if section.table else []
        numeric = [[cell for cell in row.cells() if cell.kind.numeric] for row in rows]
        lacking = [[c for c in cells if not _is_there(c, report)] for cells in numeric]
        if len(rows) > 1 and any(numeric) and lacking == numeric:
            yield f"“{section.label}”各格"
            continue
        for row, cells, without in zip(rows, numeric, lacking, strict=True):
            if len(without) == len(cells) > 1:
                yield f"“{row.label}”各格"
            else:
                yield from (f"“{cell.words}”" for cell in without)


def _is_there(cell: Cell, report: Report) -> bool:
    return cell.address in report.numbers or cell.row.address in report.added
