"""Documents on the desk: which form one is of, and what is said of a place in it.

Knows how a form's evidence in a document is weighed, that the year chooses the
edition, and how a finding about the draft of a document is about the document.
How a document is read is `intake`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao.chinese.wording import Script, names_among, names_of
from nianbao.desk.shelf import Shelf
from nianbao.diagnostics import Finding, Rejected, finding
from nianbao.form.form import Form
from nianbao.intake import draft, head, opening, reading
from nianbao.intake.blocks import Block, Document, Paragraph, Place
from nianbao.intake.draft import Draft
from nianbao.intake.reading import Printed, Read
from nianbao.report.identity import Identity
from nianbao.report.report import Number, OfCell
from nianbao.word.layout import TAG, Grid, Item, Line, has_tag

_ORDINAL = re.compile(r"[一二三四五六七八九十]+(?=、)")
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Imported:
    """A document as read: what was found, and the draft that is checked."""

    path: Path
    data: bytes
    read: Read
    draft: Draft

    def place(self, told: Finding) -> Place | None:
        """Where in the document a finding belongs."""
        match told.about:
            case Number(address=address) | OfCell(address=address):
                seen = self.read.cells.get(address)
                if seen and seen.place:
                    return seen.place
        return self.draft.place(told.location) if told.location else None

    def words_of(self, place: Place) -> str:
        """A place as a person finds it: the table by its part, the row, the column."""
        return _words_of(place, self)


def imported(path: Path, shelf: Shelf) -> Imported:
    """The document at `path`. Raises Rejected (exit code 3) for none that can be read."""
    data = opening.read_bytes(path)
    document = opening.read(data, path)
    forms = _forms(document, path, shelf)
    found = [(read, form) for form in forms if (read := _read(document, form, shelf))]
    if not found or found[0][0].is_nothing:
        raise opening.refused(
            path,
            "不是认得的报告：里面没有哪一种表式的标题和表",
            "看看是不是拿错了文件；用 nianbao forms 可以列出现有的表式",
        )
    read = found[0][0]
    _refuse_two(read, path)
    return Imported(path, data, read, draft.of(read, as_it_stood=True))


def _read(document: Document, form: Form, shelf: Shelf) -> Read:
    return reading.read(document, form, printed(form, shelf))


# --- which form ------------------------------------------------------------------------


def _forms(document: Document, path: Path, shelf: Shelf) -> list[Form]:
    """The form that a document is of, in the edition of its year."""
    texts = {text for block in document.blocks for text in _texts(block)}
    names = names_among(texts)
    paragraphs = document.lines()
    weighed: list[tuple[int, int, Form]] = []
    seen: set[str] = set()
    broken: list[Rejected] = []
    for distance, (_, shelved) in enumerate(shelf.folders(path)):
        for each in shelved:
            if each.id in seen:
                continue
            seen.add(each.id)
            if each.form is None:
                broken.append(Rejected(list(each.findings), exit_code=3))
                continue
            weight = _evidence(each.form, names, paragraphs)
            if weight:
                weighed.append((weight, -distance, each.form))
    if not weighed:
        if broken:
            raise broken[0]
        return []
    _, _, likest = max(weighed, key=lambda one: (one[0], one[1], one[2].first_year))
    year = head.of_title(paragraphs, likest).year
    if not year:
        return [likest]
    try:
        choice = shelf.choose(path, Identity(form=likest.name, year=year))
    except Rejected:
        return [likest]
    return [likest] if choice.findings else [choice.form]


def _texts(block: Block) -> Iterator[str]:
    """What may be a label: short paragraphs and cells."""
    if isinstance(block, Paragraph):
        if 1 < len(block.shown) <= 60:
            yield block.shown
    else:
        for cell in block.cells:
            if 1 < len(cell.text) <= 120:
                yield cell.text.replace("\n", "")
            for inner in cell.blocks:
                if not isinstance(inner, Paragraph) or len(cell.blocks) > 1:
                    yield from _texts(inner)


def _evidence(form: Form, names: frozenset[str], paragraphs: list[Paragraph]) -> int:
    """How many of a form's words a document has; 0 for too few."""

    def share(wordings: Iterable[tuple[str, ...]]) -> tuple[int, int]:
        of_each = [any(names_of(w) & names for w in words) for words in wordings]
        return sum(of_each), len(of_each)

    heads, all_heads = share(s.printed for s in form.sections if s.headed)
    rows, all_rows = share(
        row.printed for table in form.tables() for row in table.rows() if not row.unprinted
    )
    columns, _ = share(
        {
            c.printed
            for t in form.tables()
            for row in t.rows()
            for c in row.columns
            if not c.unprinted
        }
    )
    titled = bool(head.of_title(paragraphs, form).title)
    enough = titled or 2 * heads > all_heads > 1 or (rows >= 3 and 3 * rows >= all_rows)
    return (heads + rows + columns + 5 * titled) if enough else 0


def printed(form: Form, shelf: Shelf) -> Printed:
    """What the form's template prints besides, where there is one to ask."""
    try:
        items = shelf.compiled(form, Script.HANS).items
    except Rejected:
        return Printed()
    return Printed(tuple(_fixed(items)), tuple(_named(items)))


def _fixed(items: Iterable[Item]) -> Iterator[str]:
    """The texts that a template prints filled or not."""
    for item in items:
        if isinstance(item, Grid):
            yield from (cell.text for cell in item.cells() if not has_tag(cell.text))
        elif isinstance(item, Line):
            if not has_tag(item.text):
                yield item.text
        else:
            yield from _fixed(item.items)


def _named(items: Iterable[Item]) -> Iterator[str]:
    """The lines of a template that name an item beside words."""
    for item in items:
        if isinstance(item, Line) and has_tag(item.text) and TAG.sub("", item.text).strip():
            yield item.text


def _refuse_two(read: Read, path: Path) -> None:
    """Refuse a document in which two reports stand. Raises Rejected (W121)."""
    if len(read.doubled) > 1:
        listed = "”“".join(sorted(read.doubled)[:2])
        what = f"里好像有不止一份报告：“{listed}”这些部分都有两遍"
        raise opening.refused(path, what, "分开存成几个文件，再一个一个读")


# --- what is said of a document --------------------------------------------------------


def told(findings: Iterable[Finding], imported: Imported) -> list[Finding]:
    """The findings of the draft as those of the document, and what its reading left."""
    read = imported.read
    found = [_of_document(each, read) for each in findings]
    remarks = read.document.remarks
    found += [finding("W124", f"{said}。", hint="看一遍，同文档对照") for said in remarks]
    for left in (one for one in read.left if not one.address):
        label = f"“{left.label}”那里的" if left.label else ""
        said = f"{label}“{' '.join(left.stood.split())[:80]}”没有放进报告。"
        found.append(finding("W123", said, hint="应当在报告里的，看看它的标题和位置"))
    return found


def _of_document(told: Finding, read: Read) -> Finding:
    """A finding without what only a file can have mended."""
    match told.about:
        case Number(address=address) | OfCell(address=address):
            seen = read.cells.get(address)
            if told.code == "V101" and seen and seen.doubt:
                said = told.message.partition("没有填")[0]
                stood = " ".join(seen.stood.split())
                message = f"{said}没有读准：{seen.doubt}，文档里写的是“{stood}”。"
                return finding("W122", message, at=told.about, hint="一格里只写一个数")
    return replace(told, mend=()) if told.mend else told


def _words_of(place: Place, imported: Imported) -> str:
    if place.paragraph:
        return f"第 {place.paragraph} 段"
    if not place.table:
        return ""
    for section in imported.read.form.sections:
        for row in section.table.rows() if section.table else ():
            for cell in row.cells():
                seen = imported.read.cells.get(cell.address)
                if seen and seen.place == place:
                    number = _ORDINAL.match(section.label)
                    table = f"表{number[0] if number else _numeral(place.table)}"
                    column = f"“{cell.column.label}”" if len(row.columns) > 1 else ""
                    return f"{table}“{row.label}”这一行{column}"
    return f"第 {place.table} 个表第 {place.row} 行第 {place.column} 列"


def _numeral(number: int) -> str:
    return _NUMERALS[number] if number < len(_NUMERALS) else str(number)
