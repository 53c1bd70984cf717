"""An official form: the head of its file, its printed lines, its parts and their tables.

Knows the shape every such form has; what stands in a table is `row`'s, what
must be equal `tie`'s. Holds no word of a particular form: those come from a
form file (`formfile`). Everything here is frozen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import Enum
from functools import cached_property
from pathlib import Path

from nianbao.chinese.wording import Script, convert
from nianbao.form.claim import Claims
from nianbao.form.condition import Condition
from nianbao.form.manner import Manner
from nianbao.form.requirement import Requirements
from nianbao.form.row import Cell, Group, Item, Labelled, Row, groups_of, rows_of
from nianbao.form.tie import Tie
from nianbao.frozen import dataclass


class FieldKind(Enum):
    """How an item at the head of the input file is written; the value is what a form file says."""

    TEXT = "文字"
    MOMENT = "时刻"
    DATE = "日期"
    NAMES = "姓名"


@dataclass(frozen=True, slots=True)
class Field:
    """An item at the head of the file; `members` for names only.

    A text is all of the phrase `pattern`, or one of the words `options`, where
    there are any.
    """

    key: str
    kind: FieldKind
    members: tuple[str, ...] = ()
    required: bool = False
    pattern: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line made of fields: parts joined by U+3000, a part without its value left out.

    With `follows`, the line is printed only where that field is given.
    """

    name: str
    parts: tuple[str, ...]
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    items: tuple[Item, ...]
    ties: tuple[Tie, ...]

    def rows(self) -> Iterator[Row]:
        return rows_of(self.items)

    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows() for cell in row.cells())

    def groups(self) -> Iterator[Group]:
        return groups_of(self.items)


@dataclass(frozen=True, slots=True)
class Section(Labelled):
    """One part of the report: a narrative, or a table. `name` is what the template calls it.

    The label is the printed heading; a part without one (`headed` False) goes by its key.
    """

    headed: bool
    name: str
    guidance: str
    table: Table | None = None


@dataclass(frozen=True, eq=False)
class Form:
    """A form file's content; `id` is its stem, `path` the file it was read from.

    Two are equal when they are one: a file's bytes are read once (`formfile`).
    """

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
    blank_if: tuple[tuple[str, Condition], ...] = ()
    """The condition on which a cell may hold nothing, by its address, where there is one."""
    manner: Manner = field(default_factory=Manner)
    traditional: dict[str, str] = field(default_factory=dict)
    """What of its own words is known in Traditional: all, once a report asks (`traditional`)."""
    as_declared: Form | None = None
    """Of a form as it is in one year (`dated`): the form with {{年度}} in its labels."""

    def say(self, words: str, script: Script) -> str:
        """Words of the form in the script of a report."""
        if script is not Script.HANT:
            return words
        known = self.traditional.get(words)
        return convert(words, script) if known is None else known

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
    def rates(self) -> frozenset[str]:
        """The cells, by address, that must be a quotient of others."""
        ties = (tie for table in self.tables() for tie in table.ties)
        return frozenset(tie.at.address for tie in ties if tie.divides)

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Every cell by address, in printed order."""
        return {cell.address: cell for table in self.tables() for cell in table.cells()}
