"""How a name finds its cells: `{{part.group.row.column}}`, and the names of a tie.

Knows the rules for names of docs/input.md (“Bound figures”): a row alone is its total,
a group alone the sum of its rows' totals; the part goes in front where it must.
Knows neither texts nor numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice

from nianbao.chinese.wording import closest, names_among, names_of
from nianbao.form.form import Form, Section
from nianbao.form.row import Cell, Column, Group, Row
from nianbao.frozen import dataclass

_DOT = re.compile(r"[.．]")
_EVERY_ROW = re.compile(r"[.．]\s*各行\s*[.．]")
EVERY, COUNT = "各行", "行数"
"""What names call all rows that the office adds, and their number."""
_LISTED = 20
"""Of the names that there are, or the places that one may mean, so many are told."""
_COMPARED = 1000
"""With so many names another one is compared, to ask whether one of them was meant."""
_REMEMBERED = 4096
"""Names whose cells are remembered; of more, all are forgotten."""
_Names = tuple[frozenset[str], ...]
"""What each segment of a dotted name may mean, or each thing around a row."""


class FigureError(ValueError):
    """A name that finds no cell, or more than one meaning. `hint` says what to type."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A row, a group, or one column of a row, with the part that it stands in."""

    section: Section
    entity: Row | Group
    column: Column | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What it adds up: a column's cell, else totals; () where a row has none."""
        if self.column and isinstance(self.entity, Row):
            return (self.entity.cell(self.column),)
        rows = rows_meant(self.entity)
        totals = [row.total() for row in rows]
        cells = tuple(row.cell(c) for row, c in zip(rows, totals, strict=True) if c)
        return cells if len(cells) == len(rows) else ()

    @property
    def cell(self) -> Cell | None:
        """The cell that it is; None for a group, or a row that has several."""
        single = isinstance(self.entity, Row) and (self.column or len(self.entity.columns) == 1)
        return self.cells[0] if single else None

    def path(self, *, whole: bool) -> str:
        """Its full name, from the part on where `whole`."""
        part = (self.section.key,) if whole else ()
        column = (self.column.key,) if self.column else ()
        return ".".join((*part, *self.entity.groups, self.entity.key, *column))


class Figures:
    """The rows and groups of some parts, by every name that they go by."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._sections = tuple(section for section in sections if section.table)
        self._called: dict[str, list[tuple[_Meaning, _Names]]] = defaultdict(list)
        self._found: dict[str, tuple[Cell, ...]] = {}
        self._dotted = set[str]()
        """Names whose own dots part nothing: Misc. items."""
        for section in self._sections:
            for entity in _entities(section):
                around = tuple(map(names_of, entity.groups))
                self._dotted.update(filter(_DOT.search, entity.wordings))
                for name in names_among(entity.wordings):
                    self._called[name].append((_Meaning(section, entity), around))

    def cells(self, name: str) -> tuple[Cell, ...]:
        """The cells that `[part.][group.]row[.column]` adds up. Raises FigureError."""
        meanings = self._meanings(name)
        found = {m.cells: m for m in meanings if m.cells}
        bare = [m for m in meanings if not m.cells]
        if len(found) == 1 and not bare:
            return next(iter(found))
        if len(bare) == 1 and not found:
            row = rows_meant(bare[0].entity)[0]
            raise FigureError(
                f"“{name}”有好几列，没有合计，不知道指哪一列。",
                f"写上列名，如 {row.key}.{row.columns[0].key}",
            )
        raise _ambiguous(name, [*found.values(), *bare])

    def of_every(self, name: str) -> tuple[Cell, ...]:
        """The same where 各行 is said of the rows that the office adds. Raises FigureError."""
        if name not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[name] = self.cells(_EVERY_ROW.sub(".", name))
        return self._found[name]

    def counted(self, name: str) -> Row | None:
        """The row, added by the office, of which 键.行数 is the number; None for other names."""
        called, dot, last = name.strip().replace("．", ".").rpartition(".")
        if not dot or last.strip() != COUNT:
            return None
        row = self.named(called)
        return row if isinstance(row, Row) and row.added else None

    def cell(self, name: str) -> Cell:
        """The one cell that `[part.][group.]row.column` is. Raises FigureError.

        A row that has but one needs no column.
        """
        meanings = self._meanings(name)
        found = {cell.address: (cell, m) for m in meanings if (cell := m.cell)}
        if len(found) == 1:
            return next(iter(found.values()))[0]
        if not found:
            row = rows_meant(meanings[0].entity)[0]
            path = f"{meanings[0].path(whole=True)}.{row.columns[0].key}"
            raise FigureError(f"“{name}”不是一格，是一行或一组。", f"写上列名，如 {path}")
        raise _ambiguous(name, [m for _, m in found.values()])

    def name(self, cell: Cell, *, turn: str = "") -> str:
        """The shortest name that finds a cell, its row's groups and part in front where they must.

        Of a row that the office adds, with the number of its `turn`.
        """
        row, several = cell.row, len(cell.row.columns) > 1 or bool(turn)
        called = [row.key, *([turn] if turn else []), *([cell.column.key] if several else [])]
        parts = [s.key for s in self._sections if s.table and row in s.table.rows()]
        ways = [called, [*row.groups, *called], [*parts[:1], *row.groups, *called]]
        return next(
            filter(partial(self._finds, cell=cell), map(".".join, ways)), ".".join(ways[-1])
        )

    def _finds(self, name: str, *, cell: Cell) -> bool:
        try:
            return self.cells(name) == (cell,)
        except FigureError:
            return False

    def named(self, name: str) -> Row | Group:
        """The row or group that `[group.]row` means. Raises FigureError."""
        segments, names = self._segments(name)
        found = list(self._entities(names, in_part=False)) or list(
            self._entities(names, in_part=True)
        )
        if not found:
            raise self._unknown(name, segments, names)
        if len(found) > 1:
            paths = _listed(m.path(whole=False) for m in found)
            hint = f"在前面加上组名，中间用点隔开：{paths}"
            raise FigureError(f"“{name}”可以指好几行。", hint)
        return found[0].entity

    def _meanings(self, name: str) -> list[_Meaning]:
        """All that a name may mean, at least one. Raises FigureError."""
        segments, names = self._segments(name)
        for in_part in (False, True):
            entities = self._entities(names, in_part=in_part)
            rows = [meaning for meaning in entities if _holds_cells(meaning.entity)]
            columns = [
                _Meaning(m.section, m.entity, column)
                for m in self._entities(names[:-1], in_part=in_part)
                if isinstance(m.entity, Row)
                for column in columns_called(names[-1], m.entity.columns)
            ]
            if rows or columns:
                return rows + columns
        raise self._unknown(name, segments, names)

    def _segments(self, name: str) -> tuple[list[str], _Names]:
        """A dotted name's parts (a printed number's own dot is none) and what each may mean."""
        parts = [name] if name.strip() in self._dotted else _DOT.split(name)
        segments = [part for part in parts[:-1] if not part.strip().isdigit()] + parts[-1:]
        names = tuple(names_of(part) for part in segments)
        if not names or not all(names):
            raise FigureError(f"“{name}”不是一个名称。", "写成“行名”或“行名.列名”")
        return segments, names

    def _entities(self, names: _Names, *, in_part: bool) -> Iterator[_Meaning]:
        """Rows and groups called by the last of `names`, inside groups called by the others.

        With `in_part`, the first of them is what the part is called.
        """
        if len(names) <= in_part:
            return
        seen = set[int]()
        for called in names[-1]:
            for meaning, around in self._called.get(called, ()):
                if id(meaning.entity) in seen or (in_part and not _is(meaning.section, names[0])):
                    continue
                seen.add(id(meaning.entity))
                groups = iter(around)
                if all(any(g & wanted for g in groups) for wanted in names[in_part:-1]):
                    yield meaning

    def _unknown(self, name: str, segments: list[str], names: _Names) -> FigureError:
        """What is there where the last segments find nothing."""
        for in_part in (False, True):
            for meaning in self._entities(names[:-1], in_part=in_part):
                entity, last = meaning.entity, segments[-1]
                if isinstance(entity, Row):
                    columns = [column.key for column in entity.columns]
                    said = f"“{entity.key}”没有“{last}”这一列。"
                    return FigureError(said, _asked(last, columns, "它的列有"))
                rows = [item.key for item in entity.items]
                said = f"“{entity.key}”里没有“{last}”这一行。"
                return FigureError(said, _asked(last, rows, "它的行有"))
        if not self._sections:
            return FigureError(
                f"这份表式没有表，没有“{name}”这个数。", "只能取 {{单位}}、{{年度}}、{{简称}}"
            )
        parts = [section for section in self._sections if _is(section, names[0])]
        if parts and len(names) > 1:
            rows = [entity.key for entity in _entities(parts[0])]
            said = f"“{parts[0].key}”里没有“{segments[1]}”。"
            return FigureError(said, _asked(segments[1], rows, "它的行有"))
        known = (entity.key for section in self._sections for entity in _entities(section))
        meant = closest(segments[0], islice(known, _COMPARED))
        hint = f"您是否想写“{meant}”" if meant else "照表里的行名写"
        return FigureError(f"表里没有“{name}”。", hint)


def parted(name: str) -> tuple[str, str]:
    """What stands before the first dot of a name, "" where it has none, and what behind."""
    first, *rest = _DOT.split(name.strip(), maxsplit=1)
    return (first.strip(), rest[0].strip()) if rest else ("", first)


def in_form(name: str, form: Form) -> tuple[Cell, ...]:
    """The cells that a name adds up in a form. Raises FigureError."""
    return of_form(form).cells(name)


@lru_cache(maxsize=64)
def of_form(form: Form) -> Figures:
    """The figures of a form: its names are looked up once, whatever the number of reports."""
    return Figures(form.sections)


def columns_called(names: frozenset[str], columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns that go by one of `names`: by their short names, else by others."""
    columns = tuple(columns)
    by_key = tuple(column for column in columns if names & names_of(column.key))
    return by_key or tuple(c for c in columns if names & names_among(c.wordings))


def rows_meant(entity: Row | Group) -> tuple[Row, ...]:
    """A row itself; a group's total row where it has one, else all its rows."""
    if isinstance(entity, Row):
        return (entity,)
    total = tuple(item for item in entity.items if isinstance(item, Row) and item.is_total)
    return total or tuple(entity.rows())


def _holds_cells(entity: Row | Group) -> bool:
    """False for what an author's other mistake left without a row or column."""
    rows = rows_meant(entity)
    return bool(rows) and all(row.columns for row in rows)


def _entities(section: Section) -> Iterator[Row | Group]:
    if section.table:
        yield from section.table.groups()
        yield from section.table.rows()


def _is(section: Section, names: frozenset[str]) -> bool:
    return bool(names & names_among((*section.wordings, section.name)))


def _ambiguous(name: str, meanings: list[_Meaning]) -> FigureError:
    parts = len({id(m.section) for m in meanings}) > 1
    paths = _listed(dict.fromkeys(m.path(whole=parts) for m in meanings))
    hint = "在前面加上部分名、组名或行名，中间用点隔开"
    return FigureError(f"“{name}”可以指好几处：{paths}。", hint)


def _asked(typed: str, known: list[str], said: str) -> str:
    meant = closest(typed, known[:_COMPARED])
    return f"您是否想写“{meant}”" if meant else f"{said}：{_listed(known)}"


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    return "、".join(names[:_LISTED]) + ("……" if len(names) > _LISTED else "")
