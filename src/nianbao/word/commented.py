"""Comments in a copy of a document that somebody else made.

Knows how a paragraph or a cell is found by its number, as a person counts, whoever drew the
document, and that everything else of it stays as it is. Knows no form and no report: what
is said comes from the caller.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_AUTHOR, _INITIALS = "审核", "审"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a place, counted from 1: a paragraph outside tables, or a cell of a table."""

    text: str
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    grave: bool = False


def write(data: bytes, remarks: Sequence[Remark], *, notice: str, day: date) -> bytes:
    """The copy, with `notice` above its first line. Raises what python-docx does of a bad file."""
    document = docx.Document(io.BytesIO(data))
    body = document.element.body
    lines = [p for p in _blocks(body) if p.tag == qn("w:p") and _text(p).strip()]
    tables = [t for t in _blocks(body) if t.tag == qn("w:tbl")]
    first = Paragraph(lines[0], document) if lines else document.add_paragraph()
    for remark in remarks:
        found = _of_cell(tables, remark) if remark.table else _of_line(lines, remark)
        paragraph = first if found is None else Paragraph(found, document)
        runs = paragraph.runs or [paragraph.add_run()]
        document.add_comment([runs[0], runs[-1]], remark.text, _AUTHOR, _INITIALS)
        if remark.grave:
            for run in runs:  # seen where comments are not: on a telephone, in print
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    said = first.insert_paragraph_before()
    _warn(said.add_run(notice))
    for comment in document.part._comments_part.element:  # the same document, the same bytes
        comment.set(qn("w:date"), f"{day.isoformat()}T00:00:00Z")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _warn(run: Run) -> None:
    run.bold = True
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _of_line(lines: Sequence[Any], remark: Remark) -> Any:
    return lines[remark.paragraph - 1] if 0 < remark.paragraph <= len(lines) else None


def _of_cell(tables: Sequence[Any], remark: Remark) -> Any:
    """The first paragraph of the cell over a place of the grid, None where there is none."""
    if remark.table > len(tables):
        return None
    rows = list(tables[remark.table - 1].iterchildren(qn("w:tr")))
    if not 0 < remark.row <= len(rows):
        return None
    row, at = rows[remark.row - 1], 1
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    at += _number(before, 0)
    for cell in _cells(row):
        span = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
        if at <= remark.column < at + span:
            return next(cell.iter(qn("w:p")), None)
        at += span
    return None


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, those in content controls too."""
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _cells(content)


def _blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body, content controls opened, in order."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _blocks(content)


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def _number(element: Any, default: int) -> int:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return int(value[:4]) if value.isascii() and value.isdigit() else default
