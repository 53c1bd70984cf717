"""What stands in a table of a form: columns, rows, groups of rows, and their cells.

Knows the shape that every table has, and what may be asked of one row's
numbers. Holds no word of a particular form (`blockfile` reads them) and knows
neither templates nor reports. Everything here is frozen.

A cell's address is its row's address and its column's letter, as the template
prints it: row c24 and column g make {{c24g}}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from nianbao.form.kind import Figure, Kind, Taken
from nianbao.frozen import dataclass


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
    unprinted: bool = False
    """The table has no printed heading for it."""


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
class Added:
    """How many times an office may write a row."""

    fewest: int
    most: int


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
    unprinted: bool = False
    """The table has no printed label for it."""
    zero_for: tuple[str, ...] = ()
    """Endings of the units that cannot have any of these: above 0 asks to be confirmed."""
    limit: Limit | None = None
    stock: Stock | None = None
    added: Added | None = None
    """The office writes it as often as it needs; it is drawn once."""
    drawn: Row | None = None
    """Of a row as it was written one time: the row that its table draws."""
    repeats: bool = False
    """A new year's file takes what stands in last year's."""
    is_namesake: bool = False
    """Another row of its part is called the same, in another group."""

    @property
    def words(self) -> str:
        """How a message names it: as printed, behind its group where the label alone is no name."""
        in_group = self.is_namesake and self.groups
        return f"{self.group_labels[-1]}·{self.label}" if in_group else self.label

    @property
    def name(self) -> str:
        """The same in the short keys of the input."""
        in_group = self.is_namesake and self.groups
        return f"{self.groups[-1]}.{self.key}" if in_group else self.key

    def turn(self, number: int) -> Row:
        """The row as it is written the `number`th time, from 1."""
        return replace(
            self,
            key=f"{self.key}.{number}",
            label=f"{self.label}第 {number} 行",
            address=f"{self.address}[{number}]",
            added=None,
            drawn=self,
        )

    def total(self) -> Column | None:
        """The column that stands for the row: its total, or its only cell."""
        if len(self.columns) == 1:
            return self.columns[0]
        return next((column for column in self.columns if column.is_total), None)

    def stock_cells(self) -> tuple[Cell, ...]:
        """What was gained, lost and is left, where the row counts a stock."""
        if not self.stock:
            return ()
        return tuple(map(self.cell, (self.stock.gained, self.stock.lost, self.stock.left)))

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
    def unit(self) -> str:
        """What its number counts, "" where its form does not say."""
        return self.kind.unit if isinstance(self.kind, Figure) else ""

    @property
    def address(self) -> str:
        return self.row.address + self.column.letter

    @property
    def words(self) -> str:
        """How a message names it: column·row, as printed; a row of one cell by the row alone."""
        if len(self.row.columns) == 1:
            return self.row.words
        return f"{self.column.label}·{self.row.words}"

    @property
    def name(self) -> str:
        """The same in the short keys of the input."""
        row = self.row.name
        return row if len(self.row.columns) == 1 else f"{self.column.key}·{row}"

    def in_turn(self, row: Row) -> Cell:
        """The cell in a row as it was written one time, where its own is the one drawn for it."""
        drawn = row.drawn is not None and row.drawn.address == self.row.address
        return row.cell(self.column) if drawn else self

    @property
    def around(self) -> tuple[str, ...]:
        """The printed labels of the groups and the block that it stands in, innermost first."""
        return tuple(label for label in (*reversed(self.row.group_labels), self.row.block) if label)

    @property
    def beside(self) -> tuple[tuple[str, ...], ...]:
        """What may be printed beside it: the allowed wordings of its row's label, if it has one."""
        return () if self.row.unprinted else (self.row.printed,)

    @property
    def above(self) -> tuple[tuple[str, ...], ...]:
        """What may be printed above it, outermost first; each the allowed wordings of a heading."""
        headings = tuple((label,) for label in self.column.above)
        return headings if self.column.unprinted else (*headings, self.column.printed)


Item = Row | Group
"""What a table or a group holds."""


def rows_of(items: tuple[Item, ...]) -> Iterator[Row]:
    for item in items:
        if isinstance(item, Row):
            yield item
        else:
            yield from item.rows()


def told_apart(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The same rows, those marked that only their groups tell apart."""
    called = Counter(row.label for row in rows_of(items))

    def marked(item: Item) -> Item:
        if isinstance(item, Row):
            return replace(item, is_namesake=called[item.label] > 1)
        return replace(item, items=tuple(map(marked, item.items)))

    return tuple(map(marked, items))


def groups_of(items: tuple[Item, ...]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from groups_of(item.items)
