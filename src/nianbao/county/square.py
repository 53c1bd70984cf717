"""A cell of a spreadsheet and a page of it, as all sheets of the workbook have them.

Knows fonts, boxes and colours, that a text is never a formula whatever it
begins with, and how a sheet is printed. Knows no roll-up.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as Square
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.diagnostics import Severity
from nianbao.form.kind import Figure
from nianbao.form.row import Cell

_FONT = "宋体"
_LINE = Side(style="thin", color="808080")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
BEGIN = Alignment(horizontal="left", vertical="center", wrap_text=True)
HEAD, RED, YELLOW, GREY = (
    PatternFill("solid", fgColor=colour) for colour in ("DDE6F0", "F8B4B4", "FFF2A8", "E8E8E8")
)
COLOURS = {Severity.ERROR: RED, Severity.CONFIRM: YELLOW}
WARNING = Font(name=_FONT, size=11, bold=True, color="C00000")
TITLE = Font(name=_FONT, size=14, bold=True)
PLAIN, BOLD = Font(name=_FONT, size=10), Font(name=_FONT, size=10, bold=True)
_LONGEST = 32_000
"""Characters that a spreadsheet's cell takes."""
FIGURE_WIDTH, LINE_HEIGHT = 10, 14
_A4 = 9
_UPRIGHT_FROM, _ON_ONE_PAGE = 20, 60
"""Rows."""


def put(
    page: Worksheet,
    row: int,
    column: int,
    value: object,
    *,
    font: Font = PLAIN,
    aligned: Alignment = MIDDLE,
    fill: PatternFill | None = None,
    formula: bool = False,
) -> Square:
    """A value in a box. A text is never a formula, whatever it begins with."""
    square: Square = page.cell(row, column)
    if isinstance(value, str) and not formula:
        square.value = ILLEGAL_CHARACTERS_RE.sub("?", value)[:_LONGEST]
        square.data_type = "s"
    else:
        square.value = value
    square.font, square.alignment, square.border = font, aligned, BOX
    if fill:
        square.fill = fill
    return square


def say(page: Worksheet, row: int, text: str, font: Font, *, width: int = 0) -> None:
    """A line of text across a sheet, in no box; folded where its columns are narrower."""
    square = page.cell(row, 1)
    square.value, square.data_type = ILLEGAL_CHARACTERS_RE.sub("?", text), "s"
    square.font = font
    square.alignment = Alignment(vertical="center", wrap_text=bool(width))
    if width > 1:
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        letters = (get_column_letter(n) for n in range(1, width + 1))
        across = sum(page.column_dimensions[letter].width for letter in letters)
        lines = math.ceil(width_of(text) * font.size / 10 / across)
        page.row_dimensions[row].height = 1.6 * font.size * lines


def number_format(cell: Cell, places: int) -> str:
    kind = cell.kind
    decimals = f".{'0' * places}" if places else ""
    return f"0{decimals}%" if isinstance(kind, Figure) and kind.marked else f"0{decimals}"


def width_of(text: str) -> int:
    """In half-width characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def set_print(page: Worksheet, *, width: int, height: int, heading: int = 0) -> None:
    """A4, one page wide; headings on every page, a table without them on one."""
    upright = not heading and height > _UPRIGHT_FROM
    page.page_setup.orientation = "portrait" if upright else "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0 if heading or height > _ON_ONE_PAGE else 1
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_area = f"A1:{get_column_letter(width)}{height}"
    if heading:
        page.print_title_rows = f"1:{heading}"
    page.oddFooter.center.text = "&A　第 &P 页，共 &N 页"


def fill_list(
    page: Worksheet,
    title: str,
    headings: Sequence[str],
    rows: Iterable[tuple[tuple[str, ...], PatternFill | None]],
    *,
    widths: Sequence[int],
) -> None:
    say(page, 1, title, TITLE)
    for column, (text, width) in enumerate(zip(headings, widths, strict=True), 1):
        put(page, 2, column, text, font=BOLD, fill=HEAD)
        page.column_dimensions[get_column_letter(column)].width = width
    last = 2
    for last, (texts, fill) in enumerate(rows, 3):
        for column, text in enumerate(texts, 1):
            put(page, last, column, text, aligned=BEGIN, fill=fill if column < 5 else None)
        lines = (math.ceil(width_of(t) / (w - 1)) for t, w in zip(texts, widths, strict=True))
        page.row_dimensions[last].height = LINE_HEIGHT * max([*lines, 1]) + 4
    page.freeze_panes = "B3"
    set_print(page, width=len(headings), height=last, heading=2)
