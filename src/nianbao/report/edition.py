"""A report of one edition of a form told in the cells and parts of another.

Knows that what has no counterpart is left out, and how that is said. Which cells and parts
are the same is `form.edition`'s to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nianbao.form import edition
from nianbao.form.form import Form
from nianbao.report.report import Report

_TOLD = 12
"""Of the cells without a counterpart, so many are named."""


def told_in(report: Report, form: Form) -> Report:
    """`report` as one of `form`, as far as it goes."""
    if report.form.id == form.id:
        return report
    cells = edition.counterparts(form, report.form)
    numbers = {
        address: replace(report.numbers[cell.address], address=address)
        for address, cell in cells.items()
        if cell.address in report.numbers
    }
    parts = edition.sections(form, report.form)
    return replace(
        report,
        form=form,
        numbers=numbers,
        narratives={
            name: report.narratives[there]
            for name, there in parts.items()
            if there in report.narratives
        },
        notes={name: report.notes[there] for name, there in parts.items() if there in report.notes},
    )


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
        lacking = [[c for c in cells if c.address not in report.numbers] for cells in numeric]
        if len(rows) > 1 and any(numeric) and lacking == numeric:
            yield f"“{section.label}”各格"
            continue
        for row, cells, without in zip(rows, numeric, lacking, strict=True):
            if len(without) == len(cells) > 1:
                yield f"“{row.label}”各格"
            else:
                yield from (f"“{cell.words}”" for cell in without)
