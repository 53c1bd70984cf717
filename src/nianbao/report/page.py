"""A report as it is printed, whatever prints it: lines and tables, each figure with its cell.

Knows headings, texts, the figures in them and the grid of a table with what each
box is for. Knows neither where a page is drawn nor what becomes of it: the Word
document says what is printed (`word.edition`), other editions print the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.form.row import Cell

TITLE, PART, HEADING = 1, 2, 3
"""The levels of headings."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text. `cells`: the addresses that it is the figure of, added up; `value`: its worth.

    `leads`: it is a heading run in with its text.
    """

    text: str
    cells: tuple[str, ...] = ()
    value: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `level`: of a heading, 0 for a text; `over`: what the office wrote there.

    A line of the form's own, or made of the head of the file, is over nothing.
    """

    runs: tuple[Run, ...]
    level: int = 0
    over: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def figures(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.cells)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a printed table: the grid rows and columns it covers (from 0) and what it says.

    `fills`: the cell of the form whose value stands there, None for what the form itself prints.
    """

    top: int
    bottom: int
    first: int
    last: int
    lines: tuple[Line, ...]
    fills: Cell | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """Its boxes, row by row, each in the row where it begins."""

    rows: tuple[tuple[Box, ...], ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(box for row in self.rows for box in row)

    @property
    def width(self) -> int:
        return max((box.last + 1 for box in self.boxes), default=0)


Page = tuple[Line | Table, ...]
