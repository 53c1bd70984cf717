"""A filled form: every number and paragraph of one report, each with its place.

Knows what was typed and where, already understood; knows neither YAML nor Word.
A report that was read with errors lacks the parts that could not be understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from pathlib import Path

from nianbao.chinese.clause import sentence_at
from nianbao.chinese.wording import Script, plain
from nianbao.diagnostics import Location
from nianbao.form.contract import SHORT, UNIT, YEAR
from nianbao.form.equation import show
from nianbao.form.form import Form, Section, Table
from nianbao.form.row import Cell, Row
from nianbao.frozen import dataclass

UNREAD = "？"
"""Printed, in a review copy, where a number could not be read."""


@dataclass(frozen=True, slots=True)
class Number:
    """What stands in a cell: a number as typed and the note behind it; a text, a day, words chosen.

    `value` is what a sum takes, 0 where it takes nothing; `face` is what is
    printed where that is not what sentences say.
    """

    address: str
    value: Decimal
    typed: str
    location: Location
    note: str = ""
    face: str = ""
    blank: bool = False
    """Nothing stands there, or a word for it."""

    @property
    def printed(self) -> str:
        return (self.face or self.typed) + self.note


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph: a run-in second-level heading (or "") and the text after it.

    `columns` says where each character was typed, where they do not follow one
    another; `bound` holds the spans (start, end) that were taken from the tables,
    `figures` the addresses each adds up, () for a name that is no cell. It is the text of turn `turn` (from 0) of the template's loop `over`.
    """

    heading: str
    body: str
    location: Location
    columns: tuple[int, ...] = ()
    bound: tuple[tuple[int, int], ...] = ()
    over: str = ""
    turn: int = 0
    figures: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        return self.heading + self.body

    def place(self, at: int) -> Location:
        """Where the character at index `at` of the text was typed."""
        if at < len(self.columns):
            return Location(self.location.line, self.columns[at])
        return Location(self.location.line, self.location.column + at)

    def index_of(self, place: Location) -> int | None:
        """The first character of the text that was typed at `place`."""
        return next((n for n in range(len(self.text)) if self.place(n) == place), None)

    def words(self, start: int, end: int) -> Words:
        """text[start:end], for a finding to be about."""
        return Words(self, start, end)

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The span of the sentence that holds index `at`; a number taken from a table ends none."""
        text = self.text
        for start, end in self.bound:
            text = text[:start] + "0" * (end - start) + text[end:]
        return sentence_at(text, at)

    def is_bound(self, start: int, end: int) -> bool:
        """True where text[start:end] overlaps a number taken from the tables."""
        return any(first < end and start < last for first, last in self.bound)


@dataclass(frozen=True, slots=True)
class Words:
    """text[start:end] of a paragraph, as what a finding is about."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def location(self) -> Location:
        return self.paragraph.place(self.start)


@dataclass(frozen=True, slots=True)
class OfCell:
    """A cell that a finding is about and that has no number: it could not be read."""

    address: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class OfKey:
    """A part or an item at the head of the file that a finding is about."""

    key: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry of 核实说明."""

    key: str
    text: str
    location: Location


@dataclass(slots=True)
class Report:
    """One year's report. `numbers` is by cell address, `narratives` and `notes` by section name."""

    form: Form
    path: Path
    script: Script
    unit: str = ""
    year: int = 0
    short_name: str = ""
    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """Printed values of the form's fields; a member of names as `审签.初审`."""
    days: dict[str, date] = field(default_factory=dict)
    """The days among them."""
    numbers: dict[str, Number] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    """How often a row was written that the office adds, by the row's address."""
    narratives: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    notes: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    subtotals: dict[str, Report] = field(default_factory=dict)
    """What the units of each kind come to, where an upper office adds them up."""
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where each top-level key stands."""

    def own_names(self) -> dict[str, str]:
        """What every report has and a title, a printed line or a narrative may name."""
        return {UNIT: self.unit, YEAR: str(self.year or ""), SHORT: self.short_name}

    def at(self, key: str) -> OfKey:
        """A key of the file, for a finding to be about."""
        return OfKey(key, self.places.get(key))

    def paragraphs(self) -> Iterator[tuple[Section, Paragraph]]:
        """Every paragraph of the narratives with its section, in printed order."""
        for section in self.form.sections:
            for paragraph in self.narratives.get(section.name, ()):
                yield section, paragraph

    def unit_ends_in(self, endings: tuple[str, ...]) -> bool:
        """True where the name of the unit ends in one of `endings`, in either script."""
        return plain(self.unit).endswith(endings)

    def rows(self) -> Iterator[Row]:
        """Every row of the tables, one that the office adds as often as it was written."""
        return (row for table in self.form.tables() for row in self.rows_of(table))

    def rows_of(self, table: Table) -> Iterator[Row]:
        for row in table.rows():
            yield from self.turns(row) if row.added else (row,)

    def turns(self, row: Row) -> tuple[Row, ...]:
        """A row that the office adds, each time that it was written."""
        return tuple(row.turn(n) for n in range(1, self.added.get(row.address, 0) + 1))

    def written(self, cell: Cell) -> tuple[Cell, ...]:
        """A cell, or all that it was written as in added rows."""
        if not cell.row.added:
            return (cell,)
        return tuple(row.cell(cell.column) for row in self.turns(cell.row))

    def sum(self, cells: tuple[Cell, ...]) -> Decimal | None:
        """The sum of cells, or None while one of them could not be read."""
        total = Decimal(0)
        for cell in cells:
            if cell.row.added and cell.row.address not in self.added:
                return None
            for each in self.written(cell):
                number = self.numbers.get(each.address)
                if number is None:
                    return None
                total += number.value
        return total

    def show(self, cells: tuple[Cell, ...]) -> str | None:
        """A bound figure's digits: one cell as typed, several as their exact sum."""
        if len(cells) == 1 and not cells[0].row.added:
            number = self.numbers.get(cells[0].address)
            return number.typed if number else None
        total = self.sum(cells)
        return None if total is None else show(total)
