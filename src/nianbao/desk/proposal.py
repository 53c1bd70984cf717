"""A change of a document as edits of the input file: where it was typed, and how.

Knows where a figure, a paragraph or an item of the head stands in the file, and what may
not be decided here: a figure that the text takes from a table and that reads otherwise
in the document. Whether the edits hold is `writeback`'s to try.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nianbao.chinese.lines import Lines
from nianbao.chinese.lines import of as lines_of
from nianbao.desk import comparison
from nianbao.desk.comparison import Side, side_of
from nianbao.desk.documents import Imported
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Edit, Location
from nianbao.form.contract import TITLE, UNIT, YEAR
from nianbao.form.form import Section
from nianbao.form.row import Cell, Row
from nianbao.intake import draft
from nianbao.report.report import Number, Paragraph
from nianbao.source import mending
from nianbao.source.tree import Mapping, Node, Scalar
from nianbao.source.tree import Sequence as List
from nianbao.word import changed
from nianbao.word.aboard import notes_of
from nianbao.word.changed import Change

NO_PLACE = "填报文件里没有可以改它的地方"
BOUND = "正文里的这个数取自表里，两处说的不一样"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change, and the edits that bring it home; `why_not` says why there are none."""

    change: Change
    edits: tuple[Edit, ...] = ()
    why_not: str = ""


class InputFile:
    """An input file in one state of its text, read as a side of a comparison."""

    def __init__(self, lines: Lines, path: Path, session: Session) -> None:
        self.lines, self.path, self.session = lines, path, session
        self.root, self.report = session.understood(lines, path)
        self.side = side_of(path, self.report)

    def with_edits(self, proposals: Iterable[Proposal]) -> InputFile:
        edits = dict.fromkeys(edit for one in proposals for edit in one.edits)
        text = mending.applied(self.lines, list(edits))
        return InputFile(lines_of(text), self.path, self.session)

    @cached_property
    def scalars(self) -> dict[Location, Scalar]:
        """What was typed as a value, by its place."""
        return {one.location: one for one in _scalars(self.root)} if self.root else {}

    @cached_property
    def standing(self) -> dict[Location, list[Cell]]:
        """The cells whose number was typed at a place, in the order of the form."""
        found: dict[Location, list[Cell]] = {}
        for cell in (cell for row in self.report.rows() for cell in row.cells()):
            if number := self.report.numbers.get(cell.address):
                found.setdefault(number.location, []).append(cell)
        return found


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Mapping(entries=entries):
            for entry in entries:
                yield from _scalars(entry.value)
        case List(items=items):
            for item in items:
                yield from _scalars(item)


# --- what is proposed --------------------------------------------------------------------


def proposals(file: InputFile, now: Side, imported: Imported) -> list[Proposal]:
    """Every difference between the file and the document, with the edits that end it."""
    found = []
    headings = {(section.key, section.label) for section in file.report.form.sections}
    for change in comparison.differences(file.side, now):
        if change.cell:
            found.append(_of_cell(change, file, imported))
        elif (change.label, change.was) in headings:
            found.append(Proposal(change, why_not="部分的标题是表式定的，填报文件里没有"))
        elif change.label in file.side.printed.head:
            found.append(_of_head(change, file, imported))
    for section in file.report.form.sections:
        key = notes_of(section.key) if section.table else section.key
        if key in now.printed.parts:
            found += _of_text(key, section, file, now.printed.parts[key])
    return found


def _of_cell(change: Change, file: InputFile, imported: Imported) -> Proposal:
    """A figure, a text or a choice of a table."""
    assert change.cell
    seen = imported.read.cells.get(change.cell)
    number = file.report.numbers.get(change.cell)
    if seen is None or seen.value is None:
        return Proposal(change, why_not="文档里的这一格没有读准")
    if number is None or seen.value.words is not None:
        return Proposal(change, why_not=NO_PLACE)
    text = seen.value.typed + seen.value.note
    if not text:
        return Proposal(change, why_not="文档里的这一格是空的")
    edit = _typed_again(number, text, file, imported)
    return Proposal(change, (edit,)) if edit else Proposal(change, why_not=NO_PLACE)


def _typed_again(number: Number, text: str, file: InputFile, imported: Imported) -> Edit | None:
    """The edit that puts `text` in a cell: in its place, or with its row where it has none."""
    at, scalar = number.location, file.scalars.get(number.location)
    line = file.lines.texts[at.line - 1]
    if scalar is None or re.match(r"\S+[\s、,，]+\S", scalar.text):
        if line.startswith(number.typed, at.column - 1):  # one of several bare numbers
            end = Location(at.line, at.column + len(number.typed))
            return None if number.note else Edit(at, end, text)
        if line.count("}") == 1:  # a column that its row does not name
            brace = Location(at.line, line.index("}") + 1)
            column = file.report.form.cells[number.address].column
            return Edit(brace, brace, f", {draft.scalar(column.key, within=True)}: {text}")
        return None
    if len(scalar.lines) > 1:
        return None
    cells = file.standing[at]
    if len(cells) == 1:
        return _retyped(scalar, text, file)
    rows = {cell.row.address: cell.row for cell in cells}
    return _written_out(scalar, list(rows.values()), file, imported)


def _written_out(
    scalar: Scalar, rows: Sequence[Row], file: InputFile, imported: Imported
) -> Edit | None:
    """One nought that stands for a row, or for all rows of a group, as each of its numbers."""
    lists = []
    for row in rows:
        texts = []
        for cell in row.cells():
            seen, number = imported.read.cells.get(cell.address), file.report.numbers[cell.address]
            value = seen.value if seen else None
            texts.append(value.typed + value.note if value and value.typed else number.printed)
        lists.append(f"[{', '.join(texts)}]" if len(texts) > 1 else texts[0])
    line, start = scalar.lines[0], scalar.location
    edit = line.replaced(0, len(line.text), lists[0])
    if len(rows) == 1:
        return edit
    typed = file.lines.texts[start.line - 1]
    indent = " " * (len(typed) - len(typed.lstrip(" ")) + 2)
    written = "".join(
        f"\n{indent}{draft.scalar(row.key)}: {text}" for row, text in zip(rows, lists, strict=True)
    )
    before = Location(start.line, len(typed[: start.column - 1].rstrip()) + 1)
    return Edit(before, edit.end, written)


def _retyped(scalar: Scalar, text: str, file: InputFile) -> Edit:
    """The edit that types `text` for a text on one line, its quotes kept."""
    line = scalar.lines[0]
    typed = file.lines.texts[line.location.line - 1][line.location.column - 1 :]
    if typed.startswith(line.text) and not line.columns:
        text = draft.scalar(text, within=True)
    return line.replaced(0, len(line.text), text)


def _of_head(change: Change, file: InputFile, imported: Imported) -> Proposal:
    """The title, or an item of the head; a member of names as 审签.初审."""
    key, _, member = change.label.partition(".")
    wanted = imported.read.head.values.get(change.label) or change.now or ""
    node = _value(file.root, key)
    if node is None and change.label == TITLE and wanted:
        after = file.report.places.get(YEAR) or file.report.places.get(UNIT)
        if after:
            end = Location(after.line, len(file.lines.texts[after.line - 1]) + 1)
            return Proposal(change, (Edit(end, end, f"\n{TITLE}: {draft.scalar(wanted)}"),))
    if member and node is not None:
        node = _value(node, member)
    if not isinstance(node, Scalar) or len(node.lines) != 1 or not node.text or not wanted:
        return Proposal(change, why_not=NO_PLACE)
    return Proposal(change, (_retyped(node, wanted, file),))


def _value(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, Mapping):
        return None
    return next((entry.value for entry in node.entries if entry.key.text == key), None)


# --- texts -------------------------------------------------------------------------------


def _of_text(key: str, section: Section, file: InputFile, now: Sequence[str]) -> Iterator[Proposal]:
    """The paragraphs of a part, or the notes under its table, that are said otherwise."""
    texts = file.report.notes if section.table else file.report.narratives
    was = texts.get(section.name, ())
    for first, last, start, end in changed.spans([p.text for p in was], now):
        pairs = min(last - first, end - start)
        for old, new in zip(was[first : first + pairs], now[start : start + pairs], strict=True):
            yield _reworded(Change(key, None, old.text, new), old, file)
        for old in was[first + pairs : last]:
            yield _taken_out(Change(key, None, old.text, None), old, file, len(was) > 1)
        added = [Change(key, None, None, text) for text in now[start + pairs : end]]
        if added:
            yield from _put_in(added, was, first + pairs, file)


def _reworded(change: Change, paragraph: Paragraph, file: InputFile) -> Proposal:
    """The edits of the words that differ; none may touch what is taken from a table."""
    was, now = paragraph.text, change.now or ""
    edits = []
    for first, last, start, end in changed.differing(was, now):
        if any(_meets(span, first, last) for span in paragraph.bound):
            return Proposal(change, why_not=BOUND)
        to = _behind(paragraph, last, file)
        at = paragraph.place(first) if last > first else to
        if at.line != to.line:
            return Proposal(change, why_not=NO_PLACE)
        edits.append(Edit(at, to, draft.written(now[start:end])))
    return Proposal(change, tuple(edits))


def _meets(span: tuple[int, int], first: int, last: int) -> bool:
    """True where characters of a span are changed, or others put between them."""
    start, end = span
    return start < max(last, first) and first < end and (first < last or first > start)


def _behind(paragraph: Paragraph, index: int, file: InputFile) -> Location:
    """The place right behind the first `index` characters of a paragraph."""
    if index == 0:
        return paragraph.place(0)
    if index == len(paragraph.text):
        line = paragraph.location.line
        return Location(line, len(file.lines.texts[line - 1].rstrip()) + 1)
    if any(end == index for _, end in paragraph.bound):
        return paragraph.place(index)
    before = paragraph.place(index - 1)
    return Location(before.line, before.column + 1)


def _is_own_line(paragraph: Paragraph, file: InputFile) -> bool:
    """True where nothing but the paragraph stands on its line."""
    typed = file.lines.texts[paragraph.location.line - 1]
    return not typed[: paragraph.location.column - 1].strip()


def _taken_out(change: Change, paragraph: Paragraph, file: InputFile, others: bool) -> Proposal:
    number = paragraph.location.line
    if not others or not _is_own_line(paragraph, file) or number >= len(file.lines.texts):
        return Proposal(change, why_not="去掉了这一段，这一部分就空了" if not others else NO_PLACE)
    return Proposal(change, (Edit(Location(number, 1), Location(number + 1, 1), ""),))


def _put_in(
    changes: list[Change], was: Sequence[Paragraph], at: int, file: InputFile
) -> Iterator[Proposal]:
    """New paragraphs behind the one before them, or before the first."""
    beside = was[at - 1] if at else (was[0] if was else None)
    if beside is None or not _is_own_line(beside, file):
        yield from (Proposal(change, why_not=NO_PLACE) for change in changes)
        return
    line = beside.location.line
    typed = file.lines.texts[line - 1]
    indent = typed[: beside.location.column - 1]
    for change in changes:
        text = indent + draft.written(change.now or "")
        place = Location(line, len(typed) + 1) if at else Location(line, 1)
        yield Proposal(change, (Edit(place, place, f"\n{text}" if at else f"{text}\n"),))
