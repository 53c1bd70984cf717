"""A table as typed: its groups and rows, and its 注.

Knows how rows stand in groups, that a group or a table may be 0, and what each
mistake is called (docs/input.md). The rows and columns come from the form; a
row is read by `rowfile`, what stands around the table by `reportfile`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, finding
from nianbao.form.contract import NOTE
from nianbao.form.kind import COUNT
from nianbao.form.row import Group, Item, Row, rows_of
from nianbao.report import addedfile, rowfile, rowplace, slip
from nianbao.report.cellfile import Cells
from nianbao.report.reading import is_blank
from nianbao.report.report import OfCell
from nianbao.report.rowplace import first_cell
from nianbao.source import tree
from nianbao.source.keys import Taken, missing, take


def read(items: tuple[Item, ...], words: str, entry: Taken, *, cells: Cells) -> Taken | None:
    """Read a table that is called `words`; its 注, where it has one.

    Cells that cannot be read are left out.
    """
    cells.at = ""
    if isinstance(entry.value, tree.Mapping) and not entry.value.told:
        table = rowplace.put_right(items, entry.value, words, cells.tell)
        entry = replace(entry, value=table)
    return _level(items, entry, words, cells=cells, top=True)


def _level(
    items: tuple[Item, ...], entry: Taken, words: str, *, cells: Cells, top: bool = False
) -> Taken | None:
    """A table or group: a mapping of its rows and groups, or 0."""
    value = entry.value
    if value.told:
        return None
    if isinstance(value, tree.Scalar):
        _all_zero(items, entry, words, cells=cells)
        return None
    if isinstance(value, tree.Sequence):
        said = f"“{words}”下面要一行一行写，不能写成一个列表。"
        hint = "每行写成“行名: 数”，或者整个写 0"
        cells.tell(finding("S104", said, at=value.location, hint=hint))
        return None
    allowed: dict[str, Sequence[str]] = {}
    for item in items:
        allowed[item.key] = item.wordings
        if isinstance(item, Group) and item.optional:
            allowed |= {inner.key: inner.wordings for inner in item.items}
    if top:
        allowed[NOTE] = (NOTE,)
    required = [item.key for item in items if not (isinstance(item, Group) and item.optional)]
    known = {item.key: item for item in items}
    taken = take(
        value,
        allowed,
        f"“{words}”里",
        cells.tell,
        required=required,
        about=lambda key, place: OfCell(first_cell(known[key]), place),
    )
    for item in items:
        if isinstance(item, Group) and item.optional and item.key not in taken:
            for inner in item.items:
                _item(inner, taken, entry, words=words, cells=cells)
            continue
        if isinstance(item, Group) and item.optional:
            _tell_of_doubled(item, taken, cells)
        _item(item, taken, entry, words=words, cells=cells)
    return taken.get(NOTE) if top else None


def _item(item: Item, taken: dict[str, Taken], parent: Taken, *, words: str, cells: Cells) -> None:
    cells.at = first_cell(item)
    if item.key not in taken:
        cells.tell(missing(item.key, f"“{words}”", parent.key.location))
    elif isinstance(item, Group):
        _level(item.items, taken[item.key], item.key, cells=cells)
    elif item.added:
        addedfile.read(item, item.added, taken[item.key], cells=cells)
    else:
        rowfile.read(item, taken[item.key], cells)


def _tell_of_doubled(group: Group, taken: dict[str, Taken], cells: Cells) -> None:
    """Tell of the rows that stand outside their group as well."""
    for inner in group.items:
        if inner.key in taken:
            cells.at = first_cell(inner)
            place = taken[inner.key].key.location
            said = f"“{inner.key}”写了两次，“{group.key}”里也有。"
            cells.tell(finding("S102", said, at=place, hint="留下对的一处，删掉另一处"))


def _all_zero(items: tuple[Item, ...], entry: Taken, words: str, *, cells: Cells) -> None:
    value = entry.value
    assert isinstance(value, tree.Scalar)
    text = value.text.strip(BLANKS)
    if text == "0":
        all(_zero(row, value.location, cells) for row in rows_of(items))
    elif slip.meant(text, COUNT) == "0":
        cells.malformed(words, value, COUNT, "半角的 0")
    else:
        cells.tell(_not_zero(words, entry, value))


def _zero(row: Row, place: Location, cells: Cells) -> bool:
    if row.added:
        return addedfile.none(row, row.added, place, cells=cells)
    return rowfile.zero(row, place, cells)


def _not_zero(words: str, entry: Taken, value: tree.Scalar) -> Finding:
    if is_blank(value):
        hint = "全是零就写 0，否则一行一行填"
        return finding("V101", f"“{words}”没有填。", at=entry.key.location, hint=hint)
    said = f"“{words}”写的是“{value.text.strip()}”，这里只能写 0，或者一行一行写。"
    return finding("S104", said, at=value.location, hint="每行写成“行名: 数”")
