"""An input file's tree as a Report: the order in which its parts are read.

Knows which keys stand at the left edge of a file (docs/input.md) and which of
them must. Each kind of part has its own reader: `headfile`, `tablefile`,
`narrativefile`, `answersfile`. Everything that is missing, unknown or malformed
becomes a finding and reading goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from nianbao.chinese.wording import Script, names_among, script_of
from nianbao.diagnostics import Finding, Location, finding
from nianbao.form.contract import ANSWERS, HEAD, NOTE, SUBTOTALS, UNIT, YEAR
from nianbao.form.dated import in_year
from nianbao.form.form import Form
from nianbao.report import (
    answersfile,
    headfile,
    identity,
    narrativefile,
    tablefile,
)
from nianbao.report.cellfile import Cells
from nianbao.report.reading import Reading
from nianbao.report.report import OfKey, Report
from nianbao.source import tree
from nianbao.source.keys import Taken, missing, take
from nianbao.source.names import Names

_TOP = Location(1, 1)


@lru_cache(maxsize=64)
def names(form: Form) -> Names:
    """Every name that an input of `form` may use."""
    narratives, tables = set[str](), set[str]()
    for section in form.sections:
        (tables if section.table else narratives).update(section.wordings)
    fields = {declared.key for declared in form.fields}
    listed = {declared.key for declared in form.fields if declared.members}
    inner = {NOTE, *(member for declared in form.fields for member in declared.members)}
    for table in form.tables():
        for item in (*table.groups(), *table.rows()):
            inner |= set(item.wordings)
        inner |= {word for cell in table.cells() for word in cell.column.wordings}
    return Names(
        narratives=names_among(narratives),
        top=names_among({*HEAD, *narratives, *tables, *fields}),
        inner=names_among(inner),
        opening=names_among({ANSWERS, SUBTOTALS, *tables, *listed}),
        answers=ANSWERS,
    )


def read(
    root: tree.Node | None, form: Form, path: Path, script: Script | None = None
) -> tuple[Report, list[Finding]]:
    """The report in `root`, with typed text converted where `script` is given.

    Raises Rejected only when there are more than MAX_FINDINGS.
    """
    reading = Reading(script)
    report = Report(form, path, script or Script.HANS)
    if not isinstance(root, tree.Mapping):
        reading.tell(_no_report(root))
        return report, reading.findings
    taken = _taken(root, in_year(form, identity.of_tree(root).year or 0), reading)
    report.places = {key: entry.key.location for key, entry in taken.items()}
    report.script = script or _script_typed(taken, form)
    headfile.read(taken, report, reading)
    report.form = in_year(form, report.year)
    notes = _read_numbers(taken, report, reading)
    if SUBTOTALS in taken:
        from nianbao.report import subtotalfile  # an upper office's alone

        subtotalfile.read(taken[SUBTOTALS], report, reading)
    worth = narrativefile.worth_in(report)
    _read_notes(notes, worth, report, reading=reading)
    _read_narratives(taken, worth, report, reading=reading)
    if ANSWERS in taken:
        report.answers = answersfile.read(taken[ANSWERS], reading)
    reading.tell_of_conversion()
    return report, reading.findings


def _no_report(root: tree.Node | None) -> Finding:
    return finding(
        "S104",
        "填报文件应当由“名称: 内容”组成，这里不是。",
        at=root.location if root else _TOP,
        hint="用 nianbao new 起一份，照着填",
    )


def _taken(root: tree.Mapping, form: Form, reading: Reading) -> dict[str, Taken]:
    """The entries at the left edge, each by its key; what is unknown or missing is told."""
    allowed: dict[str, Sequence[str]] = {key: (key,) for key in HEAD}
    allowed |= {field.key: (field.key,) for field in form.fields}
    allowed |= {section.key: section.wordings for section in form.sections}
    fields = (field.key for field in form.fields if field.required)
    required = (UNIT, YEAR, *fields, *(section.key for section in form.sections))
    taken = take(root, allowed, "填报文件里", reading.tell, required=required, about=OfKey)
    narratives = {section.key for section in form.sections if not section.table}
    for key in required:
        if key not in taken:
            absent = replace(missing(key, "填报文件", _TOP), about=OfKey(key, _TOP))
            if key in narratives:
                absent = replace(absent, hint=f"补上“{key}: |”，正文另起一行、行首空两格")
            reading.tell(absent)
    return taken


def _script_typed(taken: dict[str, Taken], form: Form) -> Script:
    """The script of the unit's name and the narratives."""
    keys = [UNIT, *(section.key for section in form.sections if not section.table)]
    values = [taken[key].value for key in keys if key in taken]
    return script_of(value.text for value in values if isinstance(value, tree.Scalar))


def _read_numbers(taken: dict[str, Taken], report: Report, reading: Reading) -> dict[str, Taken]:
    """Fill the numbers of every table; the notes under them by the section's key."""
    notes: dict[str, Taken] = {}
    cells = Cells(report, reading)
    for section in report.form.sections:
        if section.table and section.key in taken:
            entry = taken[section.key]
            note = tablefile.read(section.table.items, section.key, entry, cells=cells)
            report.notes[section.name] = ()
            if note:
                notes[section.key] = note
    cells.settle()
    return notes


def _read_notes(
    notes: dict[str, Taken], worth: narrativefile.Worth, report: Report, *, reading: Reading
) -> None:
    """The notes under the tables, read only once there are numbers to take from any of them."""
    for section in report.form.sections:
        if section.key in notes:
            before = report.form.manner.before_a_note
            if report.form.manner.note:
                before = report.form.say(before, report.script)
            lines = narrativefile.read_note(
                section, notes[section.key], worth, before=before, reading=reading
            )
            report.notes[section.name] = tuple(lines)


def _read_narratives(
    taken: dict[str, Taken], worth: narrativefile.Worth, report: Report, *, reading: Reading
) -> None:
    for section in report.form.sections:
        if not section.table and section.key in taken:
            paragraphs = narrativefile.read(section, taken[section.key], worth, reading=reading)
            if paragraphs is not None:
                report.narratives[section.name] = tuple(paragraphs)
