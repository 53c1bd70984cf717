"""An official form: its parts, tables, rows, columns, groups and ties.

Knows the shape every such form has, and how a name (`group.row.column`) finds
its cells. Holds no word of a particular form: those come from a form file
(`formfile`). Everything here is frozen.

A cell's address is its row's address and its column's letter, as the template
prints it: row c24 and column g make {{c24g}}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from nianbao.equation import Equation
from nianbao.wording import closest, names_of

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
        if len(self.sides.terms) == 2 and self.sides.left[0].last_year:
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

    def figure(self, name: str) -> tuple[Cell, ...]:
        """The cells that a `[group.]row[.column]` adds up (input.md, “A bound figure”).

        Raises FigureError, in Chinese, for a name that is unknown or ambiguous.
        """
        return resolve(name, tuple(self.tables()))


class FigureError(ValueError):
    """A name that finds no cell, or more than one meaning. `hint` says what to type."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def resolve(name: str, tables: tuple[Table, ...]) -> tuple[Cell, ...]:
    """The cells that `[group.]row[.column]` adds up, looked for in `tables`. Raises FigureError."""
    segments, names = _segments(name)
    found: dict[tuple[str, ...], tuple[str, tuple[Cell, ...]]] = {}
    bare: list[Row] = []
    for entity in _named(names, tables):
        rows = _rows_meant(entity)
        columns = [row.total() for row in rows]
        cells = tuple(row.cell(c) for row, c in zip(rows, columns, strict=True) if c)
        if len(cells) == len(rows):
            found[tuple(cell.address for cell in cells)] = (entity.key, cells)
        else:
            bare.append(rows[0])
    for entity in _named(names[:-1], tables):
        if isinstance(entity, Row):
            for cell in entity.cells():
                if names[-1] & names_among(cell.column.wordings):
                    path = ".".join((*entity.groups, entity.key, cell.column.key))
                    found[(cell.address,)] = (path, (cell,))
    if len(found) == 1 and not bare:
        return next(iter(found.values()))[1]
    if len(bare) == 1 and not found:
        raise FigureError(
            f"“{name}”有好几列，没有合计，不知道指哪一列。",
            f"写上列名，如 {bare[0].key}.{bare[0].columns[0].key}",
        )
    if found or bare:
        paths = [path for path, _ in found.values()] + [row.key for row in bare]
        raise FigureError(
            f"“{name}”可以指好几处：{'、'.join(dict.fromkeys(paths))}。",
            "在前面加上组名或行名，中间用点隔开",
        )
    raise _unknown(name, segments, tables)


def rows_named(name: str, tables: tuple[Table, ...]) -> tuple[Row, ...]:
    """The rows that `[group.]row` or a group stands for. Raises FigureError."""
    segments, names = _segments(name)
    entities = list(_named(names, tables))
    if not entities:
        raise _unknown(name, segments, tables)
    if len(entities) > 1:
        raise FigureError(f"“{name}”可以指好几行。", "在前面加上组名，中间用点隔开")
    return _rows_meant(entities[0])


def names_among(wordings: Iterable[str]) -> frozenset[str]:
    return frozenset(name for wording in wordings for name in names_of(wording))


def _segments(name: str) -> tuple[list[str], list[frozenset[str]]]:
    """A dotted name's parts (a printed number's own dot is none) and what each may mean."""
    segments = [part for part in re.split(r"[.．]", name) if not part.strip().isdigit()]
    names = [names_of(part) for part in segments]
    if not names or not all(names):
        raise FigureError(f"“{name}”不是一个名称。", "写成“行名”或“行名.列名”")
    return segments, names


def _named(names: list[frozenset[str]], tables: tuple[Table, ...]) -> Iterator[Row | Group]:
    """Rows and groups called by the last of `names`, inside groups called by the others."""
    for table in tables:
        entities: list[Row | Group] = [*table.groups(), *table.rows()]
        for entity in entities:
            if names and names[-1] & names_among(entity.wordings):
                around = iter(entity.groups)
                if all(any(names_of(g) & wanted for g in around) for wanted in names[:-1]):
                    yield entity


def _rows_meant(entity: Row | Group) -> tuple[Row, ...]:
    """A row itself; a group's total row where it has one, else all its rows."""
    if isinstance(entity, Row):
        return (entity,)
    total = tuple(item for item in entity.items if isinstance(item, Row) and item.is_total)
    return total or tuple(entity.rows())


def _unknown(name: str, segments: list[str], tables: tuple[Table, ...]) -> FigureError:
    for entity in _named([names_of(part) for part in segments[:-1]], tables):
        if isinstance(entity, Row):
            columns = "、".join(column.key for column in entity.columns)
            return FigureError(
                f"“{entity.key}”没有“{segments[-1]}”这一列。", f"它的列有：{columns}"
            )
        rows = "、".join(item.key for item in entity.items)
        return FigureError(f"“{entity.key}”里没有“{segments[-1]}”这一行。", f"它的行有：{rows}")
    known = [entity.key for table in tables for entity in (*table.groups(), *table.rows())]
    meant = closest(segments[0], known)
    return FigureError(f"表里没有“{name}”。", f"您是否想写“{meant}”" if meant else "照表里的行名写")


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
