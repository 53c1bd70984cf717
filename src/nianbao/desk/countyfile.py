"""The upper office's own input file, begun with what its units add up to.

Knows how sums are typed into a new file and how the subtotals that its text may
name stand in it, and that the file is read back before it is written. How a new file
is laid out is `starter`'s.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from nianbao.county import rollup
from nianbao.desk import starter
from nianbao.diagnostics import unusable
from nianbao.form.contract import SUBTOTALS
from nianbao.form.figure import FigureError, Figures
from nianbao.form.form import Form, Section
from nianbao.form.kind import NONE, Choice, Figure
from nianbao.form.row import Cell, Row
from nianbao.report import reportfile
from nianbao.report.report import Report
from nianbao.source import parsing

_CHECKED = re.compile(r"# 汇总校验：([0-9a-f]{16})\r?\n?\Z")


def text(
    total: Report,
    subtotals: Mapping[str, Report],
    *,
    wanting: str,
    name: str,
    command: str,
) -> str:
    """The file, to be called `name`; `wanting` names, in its first line, what the sum lacks."""
    known = {
        row.address: typed
        for table in total.form.tables()
        for row in table.rows()
        if (typed := _row(row, total))
    }
    begun = starter.text(
        total.form,
        year=total.year,
        unit=total.unit,
        last=None,
        name=name,
        command=command,
        known=known,
    )
    head = f"# {wanting}\n" if wanting else ""
    body = f"{head}{begun}{''.join(_subtotals(total.form, subtotals))}"
    return f"{body}# 汇总校验：{_checksum(body)}\n"


def is_untouched(data: bytes) -> bool:
    """True for a file of ours that nobody has written in since."""
    typed = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    found = _CHECKED.search(typed)
    return found is not None and found[1] == _checksum(typed[: found.start()])


def read_back(text: str, total: Report) -> Report:
    """The file as it will be read. Raises Rejected where it says anything but the sums."""
    source = parsing.read(text.encode("utf-8"), reportfile.names(total.form))
    report, findings = reportfile.read(source.root, total.form, total.path)
    for address, number in total.numbers.items():
        found = report.numbers.get(address)
        if number.typed and (found is None or found.typed != number.typed):
            told = next((f.message for f in findings if f.blocks), "")
            message = f"汇总的数读回来不一样（{address}：{number.typed}），没有写出文件。{told}"
            raise unusable("H110", message, hint="请把这句话发给维护的人")
    return report


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _row(row: Row, total: Report) -> str:
    """What is typed for a row, "" where nothing of it is known."""
    if row.added:
        return _added(row, total)
    cells = {cell.column.key: _typed(cell, total) for cell in row.cells()}
    return starter.in_part(row, cells) if any(cells.values()) else ""


def _added(row: Row, total: Report) -> str:
    """The rows that the units added, each a mapping on a line of its own."""
    lines = []
    for turn in total.turns(row):
        named = (f"{c.column.key}: {_typed(c, total)}" for c in turn.cells())
        lines.append(f"\n      - {{{', '.join(named)}}}")
    return "".join(lines)


def _typed(cell: Cell, total: Report) -> str:
    number = total.numbers.get(cell.address)
    if number is None or not number.typed:
        return ""
    if isinstance(cell.kind, Choice) and cell.kind.several and number.typed != NONE:
        chosen = map(starter.scalar, number.typed.split("、"))
        return f"[{', '.join(chosen)}]"
    is_figure = isinstance(cell.kind, Figure) and cell.kind.read(number.typed) is not None
    return number.typed if is_figure else starter.scalar(number.typed)


# --- what the units of each kind come to --------------------------------------------


def _subtotals(form: Form, subtotals: Mapping[str, Report]) -> Iterator[str]:
    if not subtotals:
        return
    kind = next(iter(subtotals))
    names = dict(_named_rows(form))
    example = f"{{{{{kind}.{starter.example(form)}}}}}"
    yield f"\n# 各类单位的小计，汇总时写的；正文里写 {example} 就取得到。\n"
    yield "# 上面表里的数改了，这里不跟着改；不用的可以整段删掉。\n"
    yield f"{SUBTOTALS}:\n"
    for kind, total in subtotals.items():
        yield f"  {starter.scalar(kind)}:\n"
        above: tuple[str, ...] = ()
        for name, row in names.items():
            cells = {c.column.key: _typed(c, total) for c in row.cells()}
            if not all(cells.values()):
                continue
            columns = tuple(cells)
            if len(columns) > 1 and columns != above:
                yield f"    # 各列依次是：{', '.join(columns)}\n"
            above = columns
            yield f"    {starter.scalar(name)}: {starter.in_part(row, cells)}\n"


def _named_rows(form: Form) -> Iterator[tuple[str, Row]]:
    """The rows of numbers, by the shortest name that finds each."""
    figures = Figures(form.sections)
    for section in form.sections:
        for row in section.table.rows() if section.table else ():
            if all(rollup.is_summed(cell, form) for cell in row.cells()):
                name = _name(row, section, figures)
                if name:
                    yield name, row


def _name(row: Row, section: Section, figures: Figures) -> str:
    path = [section.key, *row.groups, row.key]
    for start in range(len(path) - 1, -1, -1):
        name = ".".join(path[start:])
        try:
            if figures.named(name) == row:
                return name
        except FigureError:
            continue
    return ""
