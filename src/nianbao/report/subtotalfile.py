"""类别小计 as typed: what the units of each kind come to, in an upper office's file.

Knows that each kind holds rows by the names that {{ }} takes, and that a row left out is
one that no text can name (docs/input.md). A row is read by `rowfile`.
"""

from __future__ import annotations

from dataclasses import replace

from nianbao.chinese.wording import names_of
from nianbao.diagnostics import Finding, finding
from nianbao.form.contract import SUBTOTALS
from nianbao.form.figure import FigureError, Figures
from nianbao.form.row import Row
from nianbao.report import rowfile
from nianbao.report.cellfile import Cells
from nianbao.report.reading import Reading, is_blank
from nianbao.report.report import Report
from nianbao.source import tree
from nianbao.source.keys import Taken


def read(entry: Taken, report: Report, reading: Reading) -> None:
    """Fill `report.subtotals`."""
    figures = Figures(report.form.sections)
    for kind in _entries(entry, SUBTOTALS, reading):
        name = kind.key.text.strip()
        if any(names_of(name) & names_of(known) for known in report.subtotals):
            reading.tell(_doubled(kind, SUBTOTALS))
            continue
        held = replace(report, numbers={}, added={}, narratives={}, notes={}, subtotals={})
        cells = Cells(held, reading)
        seen = set[str]()
        for row in _entries(kind, name, reading):
            meant = _row(row, figures, reading)
            if meant and meant.address in seen:
                reading.tell(_doubled(row, name))
            elif meant:
                seen.add(meant.address)
                rowfile.read(meant, row, cells)
        report.subtotals[name] = held


def _entries(entry: Taken, words: str, reading: Reading) -> list[Taken]:
    value = entry.value
    if isinstance(value, tree.Mapping):
        return [Taken(each.key, each.value) for each in value.entries]
    if not value.told and not is_blank(value):
        said = f"“{words}”下面要一行一行写。"
        reading.tell(finding("S104", said, at=value.location, hint="每行写成“行名: 数”"))
    return []


def _row(entry: Taken, figures: Figures, reading: Reading) -> Row | None:
    name = entry.key.text
    try:
        meant = figures.named(name)
    except FigureError as problem:
        reading.tell(finding("S101", str(problem), at=entry.key.location, hint=problem.hint))
        return None
    if isinstance(meant, Row) and not meant.added:
        return meant
    said = f"“{SUBTOTALS}”里的“{name}”不是一行数。"
    reading.tell(finding("S101", said, at=entry.key.location, hint="写一行的名称"))
    return None


def _doubled(entry: Taken, within: str) -> Finding:
    said = f"“{within}”里“{entry.key.text}”写了两次。"
    return finding("S102", said, at=entry.key.location, hint="留下对的一处，删掉另一处")
