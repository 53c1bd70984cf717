"""A table of the form as a sheet: laid out as it is drawn, each sum a live formula.

Knows what is merged, how wide a column must be for its labels, and what stays in
sight when the sheet is scrolled. Where the figures come from is `ledger`'s.
"""

from __future__ import annotations

import math

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.county import ledger, rollup
from nianbao.county.ledger import Ledger
from nianbao.county.sheet import Placed, Sheet
from nianbao.county.square import (
    BOLD,
    BOX,
    FIGURE_WIDTH,
    HEAD,
    LINE_HEIGHT,
    TITLE,
    WARNING,
    number_format,
    put,
    say,
    set_print,
    width_of,
)
from nianbao.report.report import Report

_ABOVE = 2
"""Rows above a table: its heading, and who is missing."""


def write(page: Worksheet, drawn: Sheet, raw: Ledger, total: Report, *, lacking: str) -> None:
    rates = {t.at.address: t for table in raw.form.tables() for t in table.ties if t.divides}
    letters = {c.address: get_column_letter(raw.column(c.address)) for c in raw.cells}
    for placed in drawn.cells:
        row, column = placed.row + _ABOVE, placed.column
        if placed.is_label:
            put(page, row, column, placed.text, font=BOLD, fill=HEAD)
        else:
            cell = raw.form.cells.get(placed.address)
            tie = rates.get(placed.address)
            number = total.numbers.get(placed.address)
            value: object = number.typed if number else None
            formula = None
            if cell and rollup.is_summed(cell, raw.form):
                formula = ledger.total(raw, cell, letters[cell.address], sheet=True)
            elif cell and tie:
                formula = ledger.quotient(raw, tie, letters, total)
            square = put(page, row, column, formula or value, formula=bool(formula))
            if cell and number and formula:
                places = len(number.typed.rstrip("%").partition(".")[2])
                square.number_format = number_format(cell, places)
        _merge(page, placed)
    _measure(page, drawn)
    heading = f"{total.unit}{total.year}年汇总　{drawn.heading}"
    say(page, 1, heading, TITLE, width=drawn.width)
    if lacking:
        say(page, 2, lacking, WARNING, width=drawn.width)
    page.freeze_panes = page.cell(drawn.top + _ABOVE, drawn.left)
    set_print(page, width=drawn.width, height=drawn.height + _ABOVE)


def _merge(page: Worksheet, placed: Placed) -> None:
    if placed.rows == placed.columns == 1:
        return
    first = placed.row + _ABOVE
    last_row, last_column = first + placed.rows - 1, placed.column + placed.columns - 1
    for row in page.iter_rows(first, last_row, placed.column, last_column):
        for square in row:
            square.border = BOX
    page.merge_cells(
        start_row=first, start_column=placed.column, end_row=last_row, end_column=last_column
    )


def _measure(page: Worksheet, drawn: Sheet) -> None:
    """Columns wide enough for their labels in a few lines, rows as high as those lines."""
    widths = []
    for column in range(1, drawn.width + 1):
        own = [c for c in drawn.cells if c.column == column and c.columns == 1 and c.is_label]
        longest = max((width_of(c.text) for c in own), default=0)
        beside = column < drawn.left
        widths.append(max(FIGURE_WIDTH, min(longest + 2, 34 if beside else 14)))
        page.column_dimensions[get_column_letter(column)].width = widths[-1]
    for row in range(1, drawn.height + 1):
        lines = [
            math.ceil(width_of(c.text) / (sum(widths[c.column - 1 : c.column - 1 + c.columns]) - 1))
            for c in drawn.cells
            if c.row == row and c.rows == 1
        ]
        page.row_dimensions[row + _ABOVE].height = LINE_HEIGHT * max([*lines, 1]) + 4
