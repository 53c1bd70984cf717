"""What a report gives to a template: each name with the text, the lines or the turns it holds.

Knows which names a form's template has and what stands in a report for them, as
plain text; what a document tells of itself. Knows no XML (`render` writes it).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import nianbao
from nianbao.chinese.wording import Script
from nianbao.form.contract import NOTE, TITLE, YEARS, fill
from nianbao.form.form import FieldKind, Form, PrintedLine
from nianbao.form.row import Row
from nianbao.report.report import Paragraph, Report
from nianbao.word import layout, title
from nianbao.word.layout import LAST, LEAD, RUNNING, STANDALONE, TEXT, Item
from nianbao.word.package import Properties

_LANGUAGES = {Script.HANS: "zh-CN", Script.HANT: "zh-HK"}
ADDED = "_added"
"""Of the values, those that no template names: what each added row prints, by its first cell."""


def context(report: Report, items: tuple[Item, ...], title_width: float) -> dict[str, Any]:
    """What each name of `vocabulary` holds, as plain text, lists and mappings."""
    years = {name: str(report.year + apart) for name, apart in YEARS.items()}
    values: dict[str, Any] = {
        ADDED: {},
        **(years if report.year else dict.fromkeys(years, "")),
        **report.own_names(),
        TITLE: title.balanced(report.title, report.unit, title_width),
    }
    values |= {
        field.key: report.fields.get(field.key, "")
        for field in report.form.fields
        if not field.members
    }
    values |= {line.name: _line(line, report) for line in report.form.lines}
    for section in report.form.sections:
        if section.table:
            values[section.name] = {NOTE: [p.text for p in report.notes[section.name]]}
        else:
            values[section.name] = [_parts(p) for p in report.narratives[section.name]]
            if values[section.name] and layout.sets_last_apart(items, section.name):
                last = values[section.name][-1]
                last[RUNNING], last[LAST] = [], last[RUNNING]
    for row in rows(report.form):
        if row.added:
            turns = [_turn(row, turn, report) for turn in report.turns(row)]
            values[ADDED][row.cells()[0].address] = turns
        else:
            values |= {c.address: report.numbers[c.address].printed for c in row.cells()}
    return values


def rows(form: Form) -> Iterator[Row]:
    """The rows of all the tables of a form, in printed order."""
    return (row for table in form.tables() for row in table.rows())


def _turn(row: Row, turn: Row, report: Report) -> dict[str, str]:
    """What an added row prints one time, by the addresses that its template has."""
    return {
        drawn.address: report.numbers[written.address].printed
        for drawn, written in zip(row.cells(), turn.cells(), strict=True)
    }


def _parts(paragraph: Paragraph) -> dict[str, Any]:
    if paragraph.heading and not paragraph.body:
        return {STANDALONE: [paragraph.heading], RUNNING: [], LAST: []}
    running = [{LEAD: paragraph.heading, TEXT: paragraph.body}]
    return {STANDALONE: [], RUNNING: running, LAST: []}


def _line(line: PrintedLine, report: Report) -> list[str]:
    values = report.fields | report.own_names()
    if line.follows and not values.get(line.follows):
        return []

    def say(words: str) -> str:
        return report.form.say(words, report.script)

    parts = [part for pattern in line.parts if (part := fill(pattern, values, say))]
    return ["\u3000".join(parts)] if parts else []


def properties(report: Report) -> Properties:
    """What a document of `report` tells of itself."""
    days = [
        report.days.get(field.key)
        for kind in (FieldKind.DATE, FieldKind.MOMENT)
        for field in report.form.fields
        if field.kind is kind
    ]
    form = report.form
    return Properties(
        title=report.title,
        author=report.unit,
        language="en" if form.manner.english else _LANGUAGES[report.script],
        description=f"nianbao {nianbao.__version__} · {form.id} · {form.name}（{form.edition}）",
        program="nianbao",
        version=nianbao.__version__,
        dated=next((day for day in days if day), date(report.year or 1980, 12, 31)),
    )
