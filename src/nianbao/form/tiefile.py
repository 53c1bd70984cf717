"""The parts 勾稽关系 and 跨年 of a form file, as ties of a table.

Knows how the names of a tie find their cells along every row or column, and
what an author may get wrong (F102, at its line): a name that finds nothing, a
tie that can never fail, one in the wrong list. Knows no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from nianbao.chinese.wording import closest, names_among, names_of
from nianbao.form import equation
from nianbao.form.declaration import Declaration
from nianbao.form.equation import Equation
from nianbao.form.figure import FigureError, named, rows_meant
from nianbao.form.form import Table
from nianbao.form.row import Cell, Row
from nianbao.form.tie import LAST_YEAR, Term, Tie

WITHIN, ACROSS = "勾稽关系", "跨年"
_ROWS, _COLUMNS = "每行", "每列"
_PREFIX = f"{LAST_YEAR}."

CellsOf = Callable[[str], tuple[str, tuple[Cell, ...]]]
"""What a name stands for along one row or column: its printed words and its cells."""


def read(part: Declaration, table: Table) -> tuple[Tie, ...]:
    """The ties that a part declares of its table, those of one year first."""
    return tuple(
        tie
        for key in (WITHIN, ACROSS)
        for ties in part.each(key, partial(_ties, table=table, across=key == ACROSS))
        for tie in ties
    )


def _ties(declared: Declaration, *, table: Table, across: bool) -> tuple[Tie, ...]:
    """One declared tie, once for every row or column that has all its names."""
    name = declared.text("名", required=True)
    at = declared.text("落在", required=True)
    texts = {key: declared.text(key) for key in (_ROWS, _COLUMNS)}
    given = [key for key in texts if declared.has(key)]
    if len(given) != 1:
        fault = "两样都写了" if given else "两样都没有写"
        declared.wrong(
            f"“{_ROWS}”和“{_COLUMNS}”{fault}。",
            at=declared.location,
            hint="一条勾稽关系写其中一样；两样都要查的，分成两条",
        )
        return ()
    (key,) = given
    if at.startswith(_PREFIX):
        declared.wrong(
            "“落在”指的是本年的一格。", at=declared.place("落在"), hint=f"删掉“{_PREFIX}”"
        )
        return ()
    if not texts[key] or not at:
        return ()
    sides = _sides(declared, key, across=across)
    if sides is None or not _all_known((*sides.terms, at), declared, key, table):
        return ()
    return _along(declared, key, name, sides, at, table)


def _sides(declared: Declaration, key: str, *, across: bool) -> Equation[str] | None:
    """The equation as written; None where it is none, or none for this list."""
    place = declared.place(key)
    try:
        sides = equation.parse(declared.text(key))
    except ValueError as problem:
        declared.wrong(f"{problem}。", at=place, hint="写成 甲 + 乙 = 丙 的样子")
        return None
    twice = next((name for name in sides.terms if sides.terms.count(name) > 1), None)
    if twice:
        declared.wrong(
            f"等式里“{twice}”写了两次。", at=place, hint="每一项只写一次；减的移到等号另一边去加"
        )
        return None
    if any(name.startswith(_PREFIX) for name in sides.terms) != across:
        declared.wrong(
            f"这条勾稽关系写错了地方：{'没有' if across else '有'}上年的数。",
            at=place,
            hint=f"带“{_PREFIX}”的写在“{ACROSS}”下，不带的写在“{WITHIN}”下",
        )
        return None
    return sides


def _all_known(names: tuple[str, ...], declared: Declaration, key: str, table: Table) -> bool:
    """Tell of each name that finds no column, or row, of the table; 落在 comes last."""
    faults = []
    for at, name in enumerate(names):
        place = declared.place(key if at < len(names) - 1 else "落在")
        fault = _unknown(name.removeprefix(_PREFIX), key, table)
        if fault:
            faults.append(fault)
            declared.wrong(fault[0], at=place, hint=fault[1])
    return not faults


def _unknown(name: str, key: str, table: Table) -> tuple[str, str] | None:
    """What is said of a name that finds nothing, and what to write."""
    if key == _COLUMNS:
        try:
            named(name, (table,))
        except FigureError as problem:
            return str(problem), problem.hint
        return None
    columns = {column.key: column for row in table.rows() for column in row.columns}
    if any(names_of(name) & names_among(column.wordings) for column in columns.values()):
        return None
    meant = closest(name, columns)
    hint = f"您是否想写“{meant}”" if meant else f"有这些列：{'、'.join(columns)}"
    return f"这张表没有“{name}”这一列。", hint


def _along(
    declared: Declaration, key: str, name: str, sides: Equation[str], at: str, table: Table
) -> tuple[Tie, ...]:
    """The tie in each row or column where all its names find cells."""
    ties = []
    for label, cells_of in _rows(table) if key == _ROWS else _columns(table):
        left = _terms(sides.left, cells_of)
        right = _terms(sides.right, cells_of)
        _, cells = cells_of(at)
        if not (left and right and cells):
            continue
        if not any(cells[0] in t.cells for t in (*left, *right) if not t.last_year):
            declared.wrong(
                f"“落在”的“{at}”不是等式里本年的一项。",
                at=declared.place("落在"),
                hint="写等式里的一个名称",
            )
            return ()
        ties.append(
            Tie(
                name=name,
                in_row=key == _ROWS,
                across=label or cells[0].column.label,
                sides=Equation(left, right),
                at=cells[0],
            )
        )
    if not ties:
        line = "行" if key == _ROWS else "列"
        declared.wrong(
            f"没有哪一{line}把“{name}”里的名称都有了。",
            at=declared.place(key),
            hint="照“键”写，重名的在前面加组名和点",
        )
    return tuple(ties)


def _rows(table: Table) -> Iterator[tuple[str, CellsOf]]:
    return ((row.label, partial(_in_row, row)) for row in table.rows())


def _columns(table: Table) -> Iterator[tuple[str, CellsOf]]:
    """Each letter of the table's columns; what a column is called, its cells say."""
    letters = dict.fromkeys(column.letter for row in table.rows() for column in row.columns)
    return (("", partial(_in_column, table, letter)) for letter in letters)


def _in_row(row: Row, name: str) -> tuple[str, tuple[Cell, ...]]:
    found = [c for c in row.columns if names_of(name) & names_among(c.wordings)]
    return found[0].label if found else "", tuple(row.cell(column) for column in found)


def _in_column(table: Table, letter: str, name: str) -> tuple[str, tuple[Cell, ...]]:
    """One cell for every row meant by `name`; none unless all of them have the column."""
    entity = named(name, (table,))
    rows = rows_meant(entity)
    cells = tuple(cell for row in rows for cell in row.cells() if cell.column.letter == letter)
    words = entity.label if len(rows) > 1 else rows[0].label
    return words, cells if len(cells) == len(rows) else ()


def _terms(names: tuple[str, ...], cells_of: CellsOf) -> tuple[Term, ...]:
    """The terms of one side; empty when a name finds nothing along this row or column."""
    terms = []
    for name in names:
        bare = name.removeprefix(_PREFIX)
        words, cells = cells_of(bare)
        if not cells:
            return ()
        terms.append(Term(words, cells, last_year=bare != name))
    return tuple(terms)
