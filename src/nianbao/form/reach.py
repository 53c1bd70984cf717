"""What the names of a tie reach: cells along each row or column of its table, or one cell.

Knows that in a row a name is a column, in a column a row or group, and that a dotted name
[part.][group.]row.column is one cell wherever it stands, sought in the tie's own part
first. Knows no tie and no number.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from decimal import Decimal

from nianbao.chinese.wording import closest, names_of
from nianbao.form import equation
from nianbao.form.figure import (
    COUNT,
    EVERY,
    FigureError,
    Figures,
    columns_called,
    rows_meant,
)
from nianbao.form.form import Table
from nianbao.form.row import Cell, Column, Row
from nianbao.frozen import dataclass

_DOT = re.compile(r"[.．]")
_NUMBERED = re.compile(r"[.．]\s*\d+\s*[.．]")
_MINUS = re.compile(r"\s*[-－−–]\s*")

Cells = tuple[str, tuple[Cell, ...]]
"""What a name is called where it reaches, and what it adds up there."""
Lines = Mapping[str, Cells]
"""The rows (by address) or columns (by letter) of a table in which a name reaches cells."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often an added row was written."""

    row: Row


Reached = Lines | Cell | Decimal | Count


@dataclass(frozen=True)
class Reach:
    """The names that a tie of one part may use; whatever was found once is kept."""

    table: Table
    form: Figures
    own: Figures
    _found: dict[tuple[bool, str], Reached | FigureError] = field(default_factory=dict)

    def find(self, name: str, *, in_rows: bool) -> Reached:
        """What `name` reaches along each row, or each column. Raises FigureError."""
        key = in_rows, name
        if key not in self._found:
            try:
                self._found[key] = self._sought(name, in_rows=in_rows)
            except FigureError as problem:
                self._found[key] = problem
        found = self._found[key]
        if isinstance(found, FigureError):
            raise found
        return found

    def cell(self, name: str) -> Cell:
        """The one cell that `name` is, in the tie's own part or else in any. Raises FigureError."""
        try:
            cell = self.own.cell(name)
        except FigureError:
            cell = self.form.cell(name)
        refuse_numbered(name, cell, f"写 {EVERY}，或者用“每行”一行一行查")
        return cell

    def _added(self, name: str, *, in_rows: bool) -> Reached | None:
        """What a name with 各行 or 行数 reaches; None for any other. Raises FigureError."""
        segments = _DOT.split(name)
        if segments[-1] == COUNT:
            return Count(self._added_row(segments[:-1]))
        if EVERY not in segments:
            return None
        at = segments.index(EVERY)
        row, columns = self._added_row(segments[:at]), segments[at + 1 :]
        if columns:
            return self.cell(f"{row.key}.{'.'.join(columns)}")
        if in_rows:
            hint = f"写上列名，如 {name}.{row.columns[0].key}"
            raise FigureError(f"“{name}”有好几列，不知道指哪一列。", hint)
        words = f"{row.label}{EVERY}"
        return {cell.column.letter: (words, (cell,)) for cell in row.cells()}

    def _added_row(self, named: list[str]) -> Row:
        """The row that the office adds, by its name where there are several. Raises FigureError."""
        if named:
            name = ".".join(named)
            try:
                row = self.own.named(name)
            except FigureError:
                row = self.form.named(name)
            if isinstance(row, Row) and row.added:
                return row
            raise FigureError(f"“{name}”不能加行。", f"“{EVERY}”“{COUNT}”只说有“可加行”的行")
        rows = [row for row in self.table.rows() if row.added]
        if len(rows) == 1:
            return rows[0]
        if not rows:
            raise FigureError("这张表没有可加的行。", f"“{EVERY}”“{COUNT}”只说有“可加行”的行")
        named = [f"{row.key}.{EVERY}" for row in rows]
        raise FigureError("这张表有几块可加的行，不知道指哪一块。", f"写成 {' 或 '.join(named)}")

    def _sought(self, name: str, *, in_rows: bool) -> Reached:
        along: Callable[[str], Lines] = self._columns if in_rows else self._rows
        value = equation.number(name)
        if value is not None and not self._is_word(name):
            return value
        added = self._added(name, in_rows=in_rows)
        if added is not None:
            return added
        try:
            return along(name)
        except FigureError as problem:
            if not _DOT.search(name):
                other = self._rows if in_rows else self._columns
                meant = self._minus_meant(name, along) or _turned(problem, name, other)
                raise meant or self._word_meant(problem, name) or problem from problem
        return self.cell(name)

    def _is_word(self, name: str) -> bool:
        """True where something is called by a name that looks like a number: a year."""
        columns = {
            word for columns in self._blocks().values() for c in columns for word in c.wordings
        }
        rows = {word for row in self.table.rows() for word in row.wordings}
        return name in columns | rows

    def _columns(self, name: str) -> Lines:
        """The column so called of each row that has it."""
        names = names_of(name)
        blocks = self._blocks()
        called = {at: columns_called(names, columns) for at, columns in blocks.items()}
        several = next((found for found in called.values() if len(found) > 1), ())
        if several:
            listed = "、".join(column.key for column in several)
            raise FigureError(f"“{name}”可以指好几列：{listed}。", "照“键”写")
        lines = {
            row.address: (found[0].label, (row.cell(found[0]),))
            for row in self.table.rows()
            if (found := called[id(row.columns)])
        }
        if not lines:
            keys = dict.fromkeys(column.key for columns in blocks.values() for column in columns)
            meant = closest(name, keys)
            hint = f"您是否想写“{meant}”" if meant else f"有这些列：{'、'.join(keys)}"
            raise FigureError(f"这张表没有“{name}”这一列。", hint)
        return lines

    def _rows(self, name: str) -> Lines:
        """In each column that all rows meant have, their cells."""
        entity = self.own.named(name)
        rows = rows_meant(entity)
        words = entity.label if len(rows) > 1 else rows[0].words if rows else name
        lines: dict[str, list[Cell]] = {}
        for row in rows:
            for cell in row.cells():
                lines.setdefault(cell.column.letter, []).append(cell)
        return {
            letter: (words, tuple(cells))
            for letter, cells in lines.items()
            if len(cells) == len(rows)
        }

    def _blocks(self) -> dict[int, tuple[Column, ...]]:
        """The columns of each block, which its rows share."""
        return {id(row.columns): row.columns for row in self.table.rows()}

    def _word_meant(self, problem: FigureError, name: str) -> FigureError | None:
        """What is said of a name that is nearly a word for the rows that the office adds."""
        meant = closest(name, (EVERY, COUNT))
        if meant and any(row.added for row in self.table.rows()):
            return FigureError(str(problem), f"您是否想写“{meant}”")
        return None

    def _minus_meant(self, name: str, along: Callable[[str], Lines]) -> FigureError | None:
        """What is said of `a-b` where both are names: a minus stands between blanks."""
        for minus in _MINUS.finditer(name):
            one, other = name[: minus.start()], name[minus.end() :]
            with contextlib.suppress(FigureError):
                if one and other and along(one) and along(other):
                    hint = f"减号前后各空一格：{one} - {other}"
                    return FigureError(f"这张表没有“{name}”。", hint)
        return None


def refuse_numbered(name: str, cell: Cell, hint: str) -> None:
    """Raises FigureError where a name tells which of the rows that the office is yet to add."""
    if cell.row.added and _NUMBERED.search(name):
        said = f"“{cell.row.key}”可以加行，写表式的时候还没有第几行。"
        raise FigureError(said, hint)


def _turned(problem: FigureError, name: str, other: Callable[[str], Lines]) -> FigureError | None:
    """What is said of a row's name where columns are named, or the other way about."""
    with contextlib.suppress(FigureError):
        other(name)
        return FigureError(str(problem), "名称是列名的，写“每行”；是行名的，写“每列”")
    return None
