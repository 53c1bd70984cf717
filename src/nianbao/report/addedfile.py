"""Rows that the office adds: a list, in printed order, of what is written in each.

Knows how such a list may be typed, how long it may be, and what each mistake is
called (docs/input.md). A row of it is read as any other, by `rowfile`.
"""

from __future__ import annotations

from nianbao.chinese.excerpt import shortened
from nianbao.diagnostics import Finding, Location, finding
from nianbao.form.row import Added, Row
from nianbao.report import rowfile
from nianbao.report.cellfile import Cells
from nianbao.report.reading import is_blank
from nianbao.source import tree
from nianbao.source.keys import Taken


def read(row: Row, added: Added, entry: Taken, *, cells: Cells) -> None:
    """Read the rows; a list that is too short or too long is not read any further."""
    value = entry.value
    if value.told:
        return
    if not isinstance(value, tree.Sequence):
        cells.tell(_no_list(row, value))
        return
    if not added.fewest <= len(value.items) <= added.most:
        cells.tell(_miscounted(row, added, len(value.items), value.location))
        return
    cells.added(row, len(value.items))
    for number, item in enumerate(value.items, 1):
        key = tree.Scalar(f"{row.key}.{number}", item.location, ())
        rowfile.read(row.turn(number), Taken(key, item), cells)


def none(row: Row, added: Added, place: Location, *, cells: Cells) -> bool:
    """The 0 of a whole table: no rows; False, and told, where there must be some."""
    if added.fewest:
        cells.tell(_miscounted(row, added, 0, place))
        return False
    cells.added(row, 0)
    return True


def example(row: Row) -> str:
    """One row as it is typed."""
    shown = ", ".join(f"{cell.column.key}: {cell.kind.example}" for cell in row.cells())
    return f"- {{{shown}}}"


def _no_list(row: Row, value: tree.Node) -> Finding:
    hint = f"一行一项，每项另起一行、前面写“- ”，如 {example(row)}；一行也没有的写 []"
    if is_blank(value):
        return finding("V101", f"“{row.words}”没有填。", at=value.location, hint=hint)
    typed = f"，这里写的是“{shortened(value.text, 30)}”" if isinstance(value, tree.Scalar) else ""
    said = f"“{row.words}”下面应当是一个列表{typed}。"
    return finding("S104", said, at=value.location, hint=hint)


def _miscounted(row: Row, added: Added, count: int, place: Location) -> Finding:
    bound = f"最多 {added.most:,} 行" if count > added.most else f"至少 {added.fewest:,} 行"
    hint = "看看是不是贴多了，多的删掉" if count > added.most else f"补上，如 {example(row)}"
    said = f"“{row.words}”写了 {count:,} 行，{bound}。"
    return finding("S105", said, at=place, hint=hint)
