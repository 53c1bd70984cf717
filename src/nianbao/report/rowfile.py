"""A row as typed: a list, names with values, a number by itself, or 0.

Knows every way docs/input.md lets a row be written and what each mistake is
called. A cell is read by `cellfile`; what stands around the row is `tablefile`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS, names_of
from nianbao.diagnostics import Finding, Location, finding
from nianbao.form.kind import COUNT, Choice, Figure
from nianbao.form.row import Cell, Row
from nianbao.report import barerow, slip
from nianbao.report.cellfile import Cells
from nianbao.report.reading import is_blank
from nianbao.report.report import OfCell
from nianbao.source import tree
from nianbao.source.keys import Taken, take

_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?")


def read(row: Row, entry: Taken, cells: Cells) -> None:
    value = entry.value
    if value.told:
        return
    if len(row.columns) == 1 and _is_one_cell(row, value):
        cells.read(row.cells()[0], value)
    elif isinstance(value, tree.Sequence):
        _list(row, value, cells)
    elif isinstance(value, tree.Mapping):
        _mapping(row, entry, value, cells=cells)
    elif value.text.strip(BLANKS) == "0":
        zero(row, value.location, cells)
    elif slip.meant(value.text.strip(BLANKS), COUNT) == "0":
        cells.malformed(row.words, value, COUNT, "半角的 0")
    elif is_blank(value):
        cells.tell(_not_filled(row, value))
    elif _numeric(row) and _is_bare_row(value):
        _list(row, tree.Sequence(value.location, list(barerow.numbers(value))), cells)
    else:
        cells.tell(_not_a_row(row, value))


def zero(row: Row, place: Location, cells: Cells) -> bool:
    """The 0 of a whole row; False, and told, where a cell of it is no number."""
    for cell in row.cells():
        if not cells.unwritten(cell, place):
            cells.at = cell.address
            hint = f"写成 {example(row)} 的样子"
            said = f"“{cell.words}”不是数，“{row.words}”不能整行写 0。"
            cells.tell(finding("S104", said, at=place, hint=hint))
            return False
    return True


def example(row: Row) -> str:
    """How the cells of a row are typed: as many as it has."""
    shown = [taken.kind.example for taken in row.takes]
    if all(taken.kind.word == COUNT.word for taken in row.takes):
        shown = ["3", *("0" for _ in row.columns[1:])]
        if row.columns[-1].is_total:
            shown[-1] = "3"
    return f"[{', '.join(shown)}]"


def _is_one_cell(row: Row, value: tree.Node) -> bool:
    """True where what stands behind a row of one column is its cell, not the list around it."""
    if isinstance(value, tree.Scalar):
        return True
    several = isinstance(row.takes[0].kind, Choice) and row.takes[0].kind.several
    nested = isinstance(value, tree.Sequence) and any(
        isinstance(item, tree.Sequence) for item in value.items
    )
    return several and isinstance(value, tree.Sequence) and not nested


def _numeric(row: Row) -> bool:
    return all(taken.kind.numeric for taken in row.takes)


def _is_bare_row(value: tree.Scalar) -> bool:
    return len(value.lines) == 1 and not value.spread and barerow.is_row(value.text)


def _counted(row: Row) -> str:
    return "个数" if _numeric(row) else "项"


def _list(row: Row, value: tree.Sequence, cells: Cells) -> None:
    if any(item.told for item in value.items):
        return
    if len(row.columns) != len(value.items):
        cells.tell(_miscounted(row, value))
        return
    for cell, item in zip(row.cells(), value.items, strict=True):
        cells.read(cell, item)


def _mapping(row: Row, entry: Taken, value: tree.Mapping, *, cells: Cells) -> None:
    value = _joined(row, value, cells)
    allowed: dict[str, Sequence[str]] = {c.key: c.wordings for c in row.columns}
    required = [cell.column.key for cell in row.cells() if _must_be_written(cell)]
    addresses = {cell.column.key: cell.address for cell in row.cells()}
    taken = take(
        value,
        allowed,
        f"“{row.words}”里",
        cells.tell,
        required=required,
        about=lambda key, place: OfCell(addresses[key], place),
    )
    strange = len(taken) < len(value.entries)
    glued = strange and any(re.search("[:：]", entry.key.text) for entry in value.entries)
    for cell in row.cells():
        key = cell.column.key
        cells.at = cell.address
        if key in taken:
            cells.read(cell, taken[key].value)
        elif glued:
            continue  # a name with its value in one: told already, and it may be this one
        elif key in required:
            what = "数" if cell.kind.numeric else "内容"
            said, hint = f"“{row.words}”没有写“{key}”。", f"补上“{key}: ”和{what}"
            cells.tell(finding("S106", said, at=entry.key.location, hint=hint))
        elif not strange:  # a key not understood may be meant for this column
            cells.unwritten(cell, entry.key.location)


def _joined(row: Row, value: tree.Mapping, cells: Cells) -> tree.Mapping:
    """The entries, those told and put together again that the comma of a number parted."""
    whole: list[tree.Entry] = []
    for entry in value.entries:
        before = whole[-1] if whole else None
        if before and _goes_on(before, entry):
            assert isinstance(before.value, tree.Scalar)
            number = f"{before.value.text},{entry.key.text}"
            whole[-1] = replace(before, value=replace(before.value, text=number, told=True))
        else:
            whole.append(entry)
    for entry in whole:
        if (
            isinstance(entry.value, tree.Scalar)
            and entry.value.told
            and _THOUSANDS.fullmatch(entry.value.text)
        ):
            cells.tell(_parted(row, entry.key.text, entry.value))
    return tree.Mapping(value.location, whole, value.told)


def _goes_on(before: tree.Entry, entry: tree.Entry) -> bool:
    """True for the rest of a number behind its comma, which stands there as a name."""
    number, rest = before.value, entry.value
    return (
        isinstance(number, tree.Scalar)
        and isinstance(rest, tree.Scalar)
        and not rest.text
        and bool(_THOUSANDS.fullmatch(f"{number.text},{entry.key.text}"))
    )


def _parted(row: Row, name: str, value: tree.Scalar) -> Finding:
    called = {n: cell for cell in row.cells() for w in cell.column.wordings for n in names_of(w)}
    cell = next((called[n] for n in names_of(name) if n in called), None)
    bare = value.text.replace(",", "")
    grouped = cell and (not isinstance(cell.kind, Figure) or cell.kind.grouped)
    hint = f'用半角引号括起来，写成 {name}: "{value.text}"' if grouped else f"写成 {name}: {bare}"
    place = value.location
    return finding(
        "V109",
        f"“{cell.words if cell else name}”写的是没有引号的“{value.text}”，逗号把它分成了两项。",
        at=OfCell(cell.address, place) if cell else place,
        hint=hint,
    )


def _must_be_written(cell: Cell) -> bool:
    """True for a cell that no name left out stands for: neither 0 nor blank."""
    has_total = any(column.is_total for column in cell.row.columns)
    if cell.kind.numeric:
        return cell.column.is_total or not has_total
    return not cell.takes.blank.possible


def _not_filled(row: Row, value: tree.Scalar) -> Finding:
    text = value.text.strip(BLANKS)
    typed = f"（写的是“{text}”）" if text else ""
    names = "、".join(column.key for column in row.columns)
    zeros = "；全是零可以只写 0" if _numeric(row) else ""
    return finding(
        "V101",
        f"“{row.words}”没有填{typed}。",
        at=value.location,
        hint=f"依次填 {len(row.columns)} {_counted(row)}（{names}），"
        f"写成 {example(row)} 的样子{zeros}",
    )


def _not_a_row(row: Row, value: tree.Scalar) -> Finding:
    count = len(row.columns)
    zeros = "；全是零可以只写 0" if _numeric(row) else ""
    return finding(
        "S104",
        f"“{row.words}”有 {count} {_counted(row)}，"
        f"这里写的是“{shortened(value.text.strip(), 30)}”{slip.fault(value.text, COUNT)}。",
        at=value.location,
        hint=f"写成 {example(row)} 的样子，方括号和逗号用半角{zeros}",
        mend=barerow.bracketed(value, count) if _numeric(row) else (),
    )


def _miscounted(row: Row, value: tree.Sequence) -> Finding:
    wanted, given = len(row.columns), len(value.items)
    names = "、".join(column.key for column in row.columns)
    hint = f"依次是：{names}；写成 {example(row)} 的样子"
    wide = (i for i in value.items if isinstance(i, tree.Scalar))
    if _numeric(row) and any(slip.WIDE_COMMA.search(item.text) for item in wide):
        hint = f"数和数之间用半角逗号隔开，写成 {example(row)} 的样子"
    elif given > wanted:
        grouped = any(getattr(taken.kind, "grouped", False) for taken in row.takes)
        hint += "；1,234 要" + ("用引号括起来" if grouped else "写成 1234")
        hint += "，带逗号的括号说明要连数一起用引号括起来"
    many = f"{'多' if given > wanted else '少'}了 {abs(given - wanted)} 个"
    return finding(
        "S105",
        f"“{row.words}”要 {wanted} {_counted(row)}，这里有 {given} 个，{many}。",
        at=value.location,
        hint=hint,
        mend=slip.separated(value, wanted) if _numeric(row) else (),
    )
