"""The raw figures as a sheet: a unit a row, sums and subtotals below, the rest below those.

Knows the headings over the figures and which cells are coloured. In which row and
column a figure stands is `ledger`'s.
"""

from __future__ import annotations

import math

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.county import ledger, rollup
from nianbao.county.ledger import HEADINGS, TOP, Ledger
from nianbao.county.square import (
    BEGIN,
    BOLD,
    COLOURS,
    FIGURE_WIDTH,
    GREY,
    HEAD,
    LINE_HEIGHT,
    MIDDLE,
    RED,
    TITLE,
    WARNING,
    number_format,
    put,
    say,
    set_print,
)
from nianbao.county.standing import Standing


def write(page: Worksheet, raw: Ledger, *, lacking: str) -> None:
    say(page, 1, f"各单位的数：前 {len(raw.added)} 行加进总和。{lacking}", TITLE)
    if lacking:
        page.cell(1, 1).font = WARNING
    _raw_headings(page, raw)
    for number, unit in enumerate(raw.added, 1):
        _unit_row(page, TOP + number - 1, number, unit, raw=raw)
    _sums(page, raw.total_row, "总和", raw)
    for row, kind in raw.kind_rows():
        _sums(page, row, f"小计：{kind}", raw, kind=kind)
    if raw.others:
        say(page, raw.below - 1, "没有加进总和的：", WARNING)
    for number, unit in enumerate(raw.others, 1):
        _unit_row(page, raw.below + number - 1, number, unit, raw=raw)
    for letter, width in zip("ABCDE", (6, 28, 10, 14, 30), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = page.cell(TOP, len(HEADINGS) + 1)
    width = len(HEADINGS) + len(raw.cells)
    set_print(page, width=width, height=raw.below + len(raw.others), heading=TOP - 1)
    page.print_title_cols = "A:B"
    page.page_setup.fitToWidth = max(1, math.ceil(width / 20))


def _raw_headings(page: Worksheet, raw: Ledger) -> None:
    """The part, the row and the column of each figure, equal neighbours merged."""
    for column, text in enumerate(HEADINGS, 1):
        for row in range(TOP - 3, TOP):
            put(page, row, column, text if row == TOP - 3 else None, font=BOLD, fill=HEAD)
        page.merge_cells(start_row=TOP - 3, start_column=column, end_row=TOP - 1, end_column=column)
    parts = {
        cell.address: section.label
        for section in raw.form.sections
        if section.table
        for cell in section.table.cells()
    }
    first = len(HEADINGS) + 1
    levels = [
        [parts[cell.address] for cell in raw.cells],
        [cell.row.words for cell in raw.cells],
        [cell.column.label for cell in raw.cells],
    ]
    for level, texts in enumerate(levels):
        begun = 0
        for n, text in enumerate(texts):
            same = n > begun and text == texts[begun] and levels[0][n] == levels[0][begun]
            if level < 2 and same:
                put(page, TOP - 3 + level, first + n, None, font=BOLD, fill=HEAD)
                continue
            if level < 2 and n - begun > 1:
                _join(page, TOP - 3 + level, first + begun, first + n - 1)
            begun = n
            put(page, TOP - 3 + level, first + n, text, font=BOLD, fill=HEAD)
        if level < 2 and len(texts) - begun > 1:
            _join(page, TOP - 3 + level, first + begun, first + len(texts) - 1)
    page.row_dimensions[TOP - 2].height = 4 * LINE_HEIGHT
    page.row_dimensions[TOP - 1].height = 3 * LINE_HEIGHT
    for n in range(len(raw.cells)):
        page.column_dimensions[get_column_letter(first + n)].width = FIGURE_WIDTH


def _join(page: Worksheet, row: int, first: int, last: int) -> None:
    page.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _unit_row(page: Worksheet, row: int, number: int, unit: Standing, *, raw: Ledger) -> None:
    held = unit.returned
    fill = RED if unit.is_wanting else None
    file = held.path.name if held else ""
    told = (number, unit.member.unit, unit.member.kind, unit.state.said, file)
    for column, value in enumerate(told, 1):
        beginning = BEGIN if column in (2, 5) else MIDDLE
        put(page, row, column, value, aligned=beginning, fill=fill)
    if held is None or not held.is_read:
        return
    for cell in raw.cells:
        value = ledger.typed_as_number(cell, held.typed.get(cell.address, ""))
        colour = held.marked.get(cell.address)
        square = put(
            page, row, raw.column(cell.address), value, fill=COLOURS[colour] if colour else None
        )
        places = len(held.typed.get(cell.address, "").rstrip("%").partition(".")[2])
        if not isinstance(value, str):
            square.number_format = number_format(cell, places)


def _sums(page: Worksheet, row: int, name: str, raw: Ledger, *, kind: str = "") -> None:
    """What all come to, or the units of a kind, whose name stands in the column of kinds."""
    for column, value in enumerate((None, name, kind or None, None, None), 1):
        put(page, row, column, value, font=BOLD, fill=GREY)
    for cell in raw.cells:
        if rollup.is_summed(cell, raw.form):
            column = raw.column(cell.address)
            letters = get_column_letter(column)
            text = (
                ledger.of_kind(raw, cell, letters, row)
                if kind
                else ledger.total(raw, cell, letters, sheet=False)
            )
            square = put(page, row, column, text, font=BOLD, fill=GREY, formula=True)
            square.number_format = number_format(cell, ledger.decimals(cell, raw.added))
