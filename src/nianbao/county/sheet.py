"""A table of a form as it is drawn, cell by cell, for a spreadsheet.

Knows from the template which cells are merged, which are labels and which hold a
figure; a row that offices add is there as often as it was written. Knows no
spreadsheet and no sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.form.contract import YEARS, fill
from nianbao.form.form import Form, Section
from nianbao.form.row import Row
from nianbao.report.report import Report
from nianbao.word.layout import NAME, Grid, GridCell, Layout

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 28
"""Of a sheet's name; Excel takes 31 characters."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawn cell: where it begins and how much it covers, from 1; a label, or a figure."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    address: str = ""

    @property
    def is_label(self) -> bool:
        return not self.address


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name, its heading, and the first row and column that hold a figure."""

    name: str
    heading: str
    cells: tuple[Placed, ...]
    top: int
    left: int

    @property
    def width(self) -> int:
        return max(cell.column + cell.columns - 1 for cell in self.cells)

    @property
    def height(self) -> int:
        return max(cell.row + cell.rows - 1 for cell in self.cells)


def of(drawn: Layout, report: Report) -> tuple[Sheet, ...]:
    """The tables of a template that hold figures of the form."""
    taken: set[str] = set()
    sheets = []
    for grid in (item for item in drawn.items if isinstance(item, Grid)):
        cells = tuple(_placed(_turned(grid, report), report))
        figures = [cell for cell in cells if cell.address]
        if not figures:
            continue
        sections = _sections(figures, report.form)
        heading = "　".join(section.label for section in sections)
        name = _name(sections[0].name, taken)
        top, left = min(c.row for c in figures), min(c.column for c in figures)
        sheets.append(Sheet(name, heading, cells, top, left))
    return tuple(sheets)


def _turned(grid: Grid, report: Report) -> Iterator[tuple[tuple[GridCell, str], ...]]:
    """Each row as drawn, every cell with the address that it holds or ""; added rows repeated."""
    added = {c.address: row for row in _added(report.form) for c in row.cells()}
    known = report.form.cells
    for drawn in grid.rows:
        addresses = [_address(cell.text) for cell in drawn]
        row = next((added[a] for a in addresses if a in added), None)
        if row is None:
            yield tuple(
                (cell, a if a in known else "") for cell, a in zip(drawn, addresses, strict=True)
            )
            continue
        for turn in report.turns(row):
            now = dict(zip((c.address for c in row.cells()), turn.cells(), strict=True))
            pairs = zip(drawn, addresses, strict=True)
            yield tuple((cell, now[a].address if a in now else "") for cell, a in pairs)


def _placed(rows: Iterator[tuple[tuple[GridCell, str], ...]], report: Report) -> Iterator[Placed]:
    drawn = list(rows)
    for y, row in enumerate(drawn):
        for cell, address in row:
            if not cell.continues:
                yield Placed(
                    row=y + 1,
                    column=cell.first + 1,
                    rows=1 + _below(cell, drawn[y + 1 :]),
                    columns=cell.last - cell.first + 1,
                    text="" if address else _label(cell.text, report),
                    address=address,
                )


def _below(cell: GridCell, rows: Sequence[tuple[tuple[GridCell, str], ...]]) -> int:
    """How many rows a vertical merge goes on for."""
    count = 0
    for row in rows:
        if not any(c.continues and c.first == cell.first for c, _ in row):
            break
        count += 1
    return count


def _address(text: str) -> str:
    found = NAME.fullmatch(text.strip())
    return found[1] if found else ""


def _label(text: str, report: Report) -> str:
    years = {name: str(report.year + apart) for name, apart in YEARS.items()}
    return fill(text, years | report.own_names() | report.fields, str) or ""


def _added(form: Form) -> Iterator[Row]:
    return (row for table in form.tables() for row in table.rows() if row.added)


def _sections(figures: Sequence[Placed], form: Form) -> list[Section]:
    addresses = {cell.address.partition("[")[0] for cell in figures}
    found = []
    for section in form.sections:
        rows = section.table.rows() if section.table else ()
        own = {n for r in rows for n in (r.address, *(c.address for c in r.cells()))}
        if own & addresses:
            found.append(section)
    return found


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet's name that Excel takes and no other sheet has."""
    name = base = _FORBIDDEN.sub("", wanted)[:_LONGEST] or "表"
    number = 1
    while name in taken:
        number += 1
        name = f"{base}{number}"
    taken.add(name)
    return name
