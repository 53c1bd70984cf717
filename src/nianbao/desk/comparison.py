"""Two reports side by side: what one says and the other does not.

Knows the sides: an input file by what it prints, a document by what is seen of it,
its own data aboard by what was generated. Says each difference, was and now; which
of the two is right it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.chinese.excerpt import shortened
from nianbao.diagnostics import About, Finding, Rejected, finding
from nianbao.form.contract import TITLE, UNIT, YEAR
from nianbao.intake.blocks import Paragraph
from nianbao.report.report import OfCell, Report
from nianbao.word import changed
from nianbao.word.aboard import Printed, notes_of
from nianbao.word.changed import Change

if TYPE_CHECKING:
    from nianbao.desk.documents import Imported

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Side:
    """One of two reports; `unread` names the cells that nothing can be said of."""

    path: Path
    report: Report
    printed: Printed
    unread: tuple[str, ...]
    document: bool


def side_of(path: Path, report: Report, imported: Imported | None = None) -> Side:
    """A report that was read, of a document where that is `imported`."""
    printed = seen(report, imported)
    cells = (cell for row in report.rows() for cell in row.cells())
    unread = (cell.words for cell in cells if cell.address not in printed.cells)
    return Side(path, report, printed, tuple(unread), document=imported is not None)


def differences(was: Side, now: Side) -> list[Change]:
    """What differs between two sides. Raises Rejected (W126) where they are of two forms."""
    if was.report.form.name != now.report.form.name:
        names = f"“{was.report.form.name}”和“{now.report.form.name}”"
        said = f"{was.path.name} 和 {now.path.name} 不是同一种表式，没法比：{names}。"
        raise Rejected([finding("W126", said, hint="比同一种表式的两份")], exit_code=1)
    if was.document and now.document:
        found = changed.differences(_whole(was, now), _whole(now, was), now.report.form)
    else:
        found = changed.differences(was.printed, _looked_at(now, was), now.report.form)
    return list(found)


def _whole(one: Side, other: Side) -> Printed:
    """A document's side with what the other has at its head and this has not, as blank."""
    parts = {section.key for section in one.report.form.sections}
    missing = {key: "" for key in other.printed.head if key not in parts}
    return Printed(
        head={**missing, **one.printed.head}, cells=one.printed.cells, parts=one.printed.parts
    )


def _looked_at(now: Side, was: Side) -> Printed:
    """A side as far as the other can show it: of a document's head what was found there."""
    head = now.printed.head
    if was.document:
        head = {key: text for key, text in head.items() if was.printed.head.get(key)}
    else:
        head = {key: text for key, text in head.items() if text}
    return Printed(head=head, cells=now.printed.cells, parts=now.printed.parts)


def seen(report: Report, imported: Imported | None) -> Printed:
    """What a report says: of a document what stands in it, also where that is no value."""
    head = {TITLE: report.title, UNIT: report.unit, YEAR: str(report.year or "")}
    if imported and report.title:  # unit and year are read out of it
        del head[UNIT], head[YEAR]
    lines = "".join(part for line in report.form.lines for part in line.parts)
    for declared in report.form.fields:
        for name in [f"{declared.key}.{member}" for member in declared.members] or [declared.key]:
            text = report.fields.get(name, "")
            if text or f"{{{{{name}}}}}" in lines:
                head[name] = text
    parts: dict[str, tuple[str, ...]] = {}
    for section in report.form.sections:
        if section.table:
            notes = report.notes.get(section.name, ())
            parts[notes_of(section.key)] = tuple(p.text for p in notes)
        else:
            texts = report.narratives.get(section.name, ())
            parts[section.key] = tuple(p.text for p in texts)
    head |= _headings(imported) if imported else {}
    cells = {}
    for cell in (cell for row in report.rows() for cell in row.cells()):
        number = report.numbers.get(cell.address)
        stood = imported.read.cells.get(cell.address) if imported else None
        if number:
            cells[cell.address] = number.printed
        elif stood and stood.place and not stood.doubt:
            cells[cell.address] = stood.stood
    return Printed(report.form.id, report.form.edition, head, cells, parts)


def _headings(imported: Imported) -> dict[str, str]:
    """The headings of a document as they stand, by the keys of their parts."""
    paragraphs = {b.place: b for b in imported.read.document.blocks if isinstance(b, Paragraph)}
    found = {key: paragraphs.get(place) for key, place in imported.read.headings.items()}
    return {key: paragraph.shown.strip() for key, paragraph in found.items() if paragraph}


def since_generated(imported: Imported, report: Report) -> tuple[Change, ...] | None:
    """What was changed in a document; None where it carries no data of its own."""
    return changed.changes(imported.data, seen(report, imported), report.form)


def told(changes: Iterable[Change], report: Report) -> Iterator[Finding]:
    """Each change of a document as a finding in its place."""
    for change in changes:
        yield finding(
            "W125",
            f"生成以后改过：{said(change, _SHOWN)}。",
            at=_about(change, report),
            hint="改得对的，写回填报文件（nianbao import 文档 --into 填报文件）",
        )


def _about(change: Change, report: Report) -> About | None:
    if change.cell:
        return report.numbers.get(change.cell) or OfCell(change.cell, None)
    for section in report.form.sections:
        if change.label in (section.key, notes_of(section.key)):
            texts = (report.notes if section.table else report.narratives).get(section.name, ())
            text = next((text for text in texts if text.text == change.now), None)
            return text.words(0, len(text.text)) if text else report.at(section.key)
    return report.at(change.label)


def said(change: Change, most: int | None = None) -> str:
    """A change in words: its name, was and now, of each at `most` so many characters."""
    was, now = (shortened(t, most or len(t)) if t else "" for t in (change.was, change.now))
    if change.was is None:
        return f"{change.label}多了“{now}”"
    if change.now is None:
        return f"{change.label}少了“{was}”"
    return f"{change.label}：原来是“{was}”，现在是“{now}”"
