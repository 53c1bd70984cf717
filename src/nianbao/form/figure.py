"""How a name finds its cells: `{{group.row.column}}`, and the names of a tie.

Knows the rules for names of docs/input.md (“Bound figures”): a row alone is its total,
a group alone the sum of its rows' totals. Knows neither texts nor numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.chinese.wording import closest, names_among, names_of
from nianbao.form.form import Form, Table
from nianbao.form.row import Cell, Group, Row


class FigureError(ValueError):
    """A name that finds no cell, or more than one meaning. `hint` says what to type."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def in_form(name: str, form: Form) -> tuple[Cell, ...]:
    """The cells that `[group.]row[.column]` adds up. Raises FigureError."""
    return resolve(name, tuple(form.tables()))


def resolve(name: str, tables: tuple[Table, ...]) -> tuple[Cell, ...]:
    """The cells that `[group.]row[.column]` adds up, looked for in `tables`. Raises FigureError."""
    segments, names = _segments(name)
    found: dict[tuple[str, ...], tuple[str, tuple[Cell, ...]]] = {}
    bare: list[Row] = []
    for entity in _named(names, tables):
        rows = rows_meant(entity)
        columns = [row.total() for row in rows]
        cells = tuple(row.cell(c) for row, c in zip(rows, columns, strict=True) if c)
        if len(cells) == len(rows):
            found[tuple(cell.address for cell in cells)] = (entity.key, cells)
        else:
            bare += [row for row in rows[:1] if row.columns]
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


def named(name: str, tables: tuple[Table, ...]) -> Row | Group:
    """The row or group that `[group.]row` means. Raises FigureError."""
    segments, names = _segments(name)
    entities = list(_named(names, tables))
    if not entities:
        raise _unknown(name, segments, tables)
    if len(entities) > 1:
        raise FigureError(f"“{name}”可以指好几行。", "在前面加上组名，中间用点隔开")
    return entities[0]


def _segments(name: str) -> tuple[list[str], list[frozenset[str]]]:
    """A dotted name's parts (a printed number's own dot is none) and what each may mean."""
    parts = re.split(r"[.．]", name)
    segments = [part for part in parts[:-1] if not part.strip().isdigit()] + parts[-1:]
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


def rows_meant(entity: Row | Group) -> tuple[Row, ...]:
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
    if not tables:
        return FigureError(
            f"这份表式没有表，没有“{name}”这个数。", "只能取 {{单位}}、{{年度}}、{{简称}}"
        )
    known = [entity.key for table in tables for entity in (*table.groups(), *table.rows())]
    meant = closest(segments[0], known)
    return FigureError(f"表里没有“{name}”。", f"您是否想写“{meant}”" if meant else "照表里的行名写")
