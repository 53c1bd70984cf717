"""An official form: its parts, tables, rows, columns, groups and ties.

Knows the shape every such form has. Holds no word of a particular form: those come from a form file
(`formfile`). Everything here is frozen.

A cell's address is its row's address and its column's letter, as the template
prints it: row c24 and column g make {{c24g}}.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from pathlib import Path

from nianbao.form.claim import Claims
from nianbao.form.equation import Equation
from nianbao.form.requirement import Requirements

LAST_YEAR = "上年度"
"""In a cross-year tie, `上年度.结转` is that cell of last year's report."""


class FieldKind(Enum):
    """How an item at the head of the input file is written; the value is what a form file says."""

    TEXT = "文字"
    MOMENT = "时刻"
    DATE = "日期"
    NAMES = "姓名"


@dataclass(frozen=True, slots=True)
class Field:
    """An optional item at the head of the file; `members` for names only."""

    key: str
    kind: FieldKind
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line made of fields: parts joined by U+3000, a part without its value left out.

    With `follows`, the line is printed only where that field is given.
    """

    name: str
    parts: tuple[str, ...]
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A thing with a short key, a printed label, and other wordings offices print for it."""

    key: str
    label: str
    also: tuple[str, ...]

    @property
    def printed(self) -> tuple[str, ...]:
        """The wordings a template may print."""
        return (self.label, *self.also)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The wordings an input file may use."""
        return (self.key, *self.printed)


@dataclass(frozen=True, slots=True)
class Column(Labelled):
    above: tuple[str, ...]
    """The printed headings over it, outermost first."""
    letter: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Group(Labelled):
    """Rows under a common label. `optional`: the input may leave the wrapper out."""

    groups: tuple[str, ...]
    """The keys of the groups around it, outermost first."""
    items: tuple[Row | Group, ...]
    optional: bool = False

    def rows(self) -> Iterator[Row]:
        return _rows(self.items)


@dataclass(frozen=True, slots=True)
class Stock:
    """The columns of a row that counts what there is: gained, lost and left at the year's end."""

    gained: Column
    lost: Column
    left: Column


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that units whose names end so hardly reach."""

    number: Decimal
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row(Labelled):
    groups: tuple[str, ...]
    group_labels: tuple[str, ...]
    block: str
    """The printed label of the block row above it, or ""."""
    address: str
    columns: tuple[Column, ...]
    decimal: bool = False
    unit: str = ""
    starts_blank: bool = False
    is_total: bool = False
    zero_for: tuple[str, ...] = ()
    """Endings of the units that cannot have any of these: above 0 asks to be confirmed."""
    limit: Limit | None = None
    stock: Stock | None = None

    def total(self) -> Column | None:
        """The column that stands for the row: its total, or its only cell."""
        if len(self.columns) == 1:
            return self.columns[0]
        return next((column for column in self.columns if column.is_total), None)

    def cell(self, column: Column) -> Cell:
        return Cell(self, column)

    def cells(self) -> tuple[Cell, ...]:
        return tuple(Cell(self, column) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the form."""

    row: Row
    column: Column

    @property
    def address(self) -> str:
        return self.row.address + self.column.letter

    @property
    def words(self) -> str:
        """How a message names it: column·row, as printed; a row of one cell by the row alone."""
        if len(self.row.columns) == 1:
            return self.row.label
        return f"{self.column.label}·{self.row.label}"

    @property
    def name(self) -> str:
        """The same in the short keys of the input."""
        return self.row.key if len(self.row.columns) == 1 else f"{self.column.key}·{self.row.key}"

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The printed labels beside and above the cell; each a tuple of allowed wordings."""
        around = [(label,) for label in (*self.row.group_labels, self.row.block) if label]
        above = [(label,) for label in self.column.above]
        return (*around, self.row.printed, *above, self.column.printed)


@dataclass(frozen=True, slots=True)
class Term:
    """A name of a tie with the cells it adds up, of this year or the last."""

    words: str
    cells: tuple[Cell, ...]
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Two sums of cells that must be equal, in one row or one column of a table.

    `across` is the row's or column's label, `at` the cell the finding stands at.
    """

    name: str
    in_row: bool
    across: str
    sides: Equation[Term]
    at: Cell

    @property
    def crosses_years(self) -> bool:
        return any(term.last_year for term in self.sides.terms)

    def sign(self, cell: Cell) -> int:
        """+1 on the left side, -1 on the right, 0 where the cell has no part in it."""

        def has(terms: tuple[Term, ...]) -> bool:
            return any(cell.address == c.address for term in terms for c in term.cells)

        return has(self.sides.left) - has(self.sides.right)

    def carries(self) -> tuple[Cell, Cell] | None:
        """For `last year's a = b`, the pair (a, b); None for any other tie."""
        single = all(len(term.cells) == 1 for term in self.sides.terms)
        if len(self.sides.terms) == 2 and single and self.sides.left[0].last_year:
            return self.sides.left[0].cells[0], self.sides.right[0].cells[0]
        return None


@dataclass(frozen=True, slots=True)
class Table:
    items: tuple[Row | Group, ...]
    ties: tuple[Tie, ...]

    def rows(self) -> Iterator[Row]:
        return _rows(self.items)

    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows() for cell in row.cells())

    def groups(self) -> Iterator[Group]:
        return _groups(self.items)


@dataclass(frozen=True, slots=True)
class Section(Labelled):
    """One part of the report: a narrative, or a table. `name` is what the template calls it.

    The label is the printed heading; a part without one (`headed` False) goes by its key.
    """

    headed: bool
    name: str
    guidance: str
    table: Table | None = None


@dataclass(frozen=True)
class Form:
    """A form file's content; `id` is its stem, `path` the file it was read from."""

    id: str
    path: Path
    name: str
    edition: str
    document_number: str
    first_year: int
    last_year: int | None
    title: str
    fields: tuple[Field, ...]
    lines: tuple[PrintedLine, ...]
    sections: tuple[Section, ...]
    claims: Claims
    requirements: Requirements

    @property
    def template_path(self) -> Path:
        return self.path.with_name(f"{self.id}.docx")

    def valid_for(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @property
    def years(self) -> str:
        if self.last_year is None:
            return f"{self.first_year} 年度起"
        return f"{self.first_year} 至 {self.last_year} 年度"

    def tables(self) -> Iterator[Table]:
        return (section.table for section in self.sections if section.table)

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Every cell by address, in printed order."""
        return {cell.address: cell for table in self.tables() for cell in table.cells()}


def _rows(items: tuple[Row | Group, ...]) -> Iterator[Row]:
    for item in items:
        if isinstance(item, Row):
            yield item
        else:
            yield from item.rows()


def _groups(items: tuple[Row | Group, ...]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from _groups(item.items)
