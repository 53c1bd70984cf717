"""What stands in a table of a form: columns, rows, groups of rows, and their cells.

Knows the shape that every table has, and what may be asked of one row's
numbers. Holds no word of a particular form (`blockfile` reads them) and knows
neither templates nor reports. Everything here is frozen.

A cell's address is its row's address and its column's letter, as the template
prints it: row c24 and column g make {{c24g}}.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nianbao.form.kind import Kind, Taken


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
    items: tuple[Item, ...]
    optional: bool = False

    def rows(self) -> Iterator[Row]:
        return rows_of(self.items)


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
    takes: tuple[Taken, ...]
    """What the cell of each column takes."""
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
    """One place of the form that is filled."""

    row: Row
    column: Column

    @property
    def takes(self) -> Taken:
        return self.row.takes[self.row.columns.index(self.column)]

    @property
    def kind(self) -> Kind:
        return self.takes.kind

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


Item = Row | Group
"""What a table or a group holds."""


def rows_of(items: tuple[Item, ...]) -> Iterator[Row]:
    for item in items:
        if isinstance(item, Row):
            yield item
        else:
            yield from item.rows()


def groups_of(items: tuple[Item, ...]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from groups_of(item.items)
