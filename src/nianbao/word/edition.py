"""What a document prints, told so that another edition can print the same (`report.page`).

Knows which printed line is a heading, a paragraph or a note, and which box of a
table holds the value of which cell. Prints nothing and adds nothing: what an
empty paragraph leaves blank is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nianbao.chinese.wording import plain
from nianbao.form import kind
from nianbao.form.contract import TITLE as THE_TITLE
from nianbao.form.form import Form
from nianbao.form.row import Cell
from nianbao.report import page
from nianbao.report.page import HEADING, PART, TITLE, Box, Page, Run, Table
from nianbao.report.report import Number, Paragraph, Report
from nianbao.word import archive, opc, printed, readback, render
from nianbao.word.layout import NAME, TAG, Grid, Line
from nianbao.word.plan import Plan
from nianbao.word.printed import Block


def of(ready: Plan, report: Report) -> Page:
    """The page of a report: the title in one line, wherever the document breaks it."""
    held = render.context(ready, report) | {THE_TITLE: report.title}
    told = _Told(report)
    blocks = (told.block(block) for block in printed.blocks(ready.items, held))
    return tuple(block for block in blocks if isinstance(block, Table) or block.text.strip())


def seen(document: bytes, title: str) -> tuple[str | tuple[tuple[str, ...], ...], ...]:
    """What stands in a document: its lines, and of its tables row by row what is not blank.

    The title in one line.
    """
    members = archive.read(document)
    found: list[str | tuple[tuple[str, ...], ...]] = []
    for block in readback.drawn(members[opc.main_part(members)]):
        if not isinstance(block, str):
            rows = (tuple(filter(None, map(_shown, row))) for row in block)
            found.append(tuple(row for row in rows if row))
        elif block.strip():
            is_title = "".join(block.split()) == "".join(title.split())
            found.append(title if is_title else block)
    return tuple(found)


def _shown(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


@dataclass(slots=True)
class _Told:
    """One report while its page is told."""

    report: Report
    typed: dict[tuple[str, int], Paragraph] = field(init=False)
    headings: set[str] = field(init=False)
    turns: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        report = self.report
        texts = (*report.narratives.values(), *report.notes.values())
        self.typed = {(p.over, p.turn): p for paragraphs in texts for p in paragraphs}
        headed = (section for section in report.form.sections if section.headed)
        self.headings = {plain(words) for section in headed for words in section.printed}

    def block(self, block: Block) -> page.Line | Table:
        if isinstance(block.drawn, Grid):
            return self._table(block, block.drawn)
        return self._line(block, block.drawn)

    def _line(self, block: Block, drawn: Line) -> page.Line:
        paragraph = self.typed.get((block.over, block.turn))
        if paragraph and block.text in (paragraph.text, paragraph.heading, paragraph.body):
            runs = _of(paragraph, block.text, self.report.form)
            alone = bool(paragraph.heading) and block.text == paragraph.heading
            return page.Line((*runs,), HEADING if alone else 0, block.over)
        runs = self._filled(drawn.text, block.values)
        if f"{{{{{THE_TITLE}}}}}" in drawn.text:
            return page.Line((*runs,), TITLE)
        level = PART if not block.over and plain(block.text) in self.headings else 0
        return page.Line((*runs,), level, block.over if paragraph else "")

    def _filled(self, text: str, values: Mapping[str, Any]) -> Iterator[Run]:
        """A text of the template with its placeholders' values."""
        at = 0
        for tag in TAG.finditer(text):
            yield from _plain(text[at : tag.start()])
            at = tag.end()
            name = NAME.fullmatch(tag[0])
            cell = self._written(name[1]) if name else None
            if cell:
                yield from _figure(cell, self.report.numbers[cell.address])
            else:
                yield from _plain(printed.filled(tag[0], values))
        yield from _plain(text[at:])

    def _written(self, address: str) -> Cell | None:
        """The cell of a placeholder; of an added row as it is written this time."""
        cell = self.report.form.cells.get(address)
        if cell is None or not cell.row.added:
            return cell
        self.turns[address] += 1
        return cell.row.turn(self.turns[address]).cell(cell.column)

    def _table(self, block: Block, grid: Grid) -> Table:
        drawn = list(block.rows(grid))
        rows = []
        for y, (row, values) in enumerate(drawn):
            boxes = []
            for cell in (cell for cell in row if not cell.continues):
                bottom = y
                while bottom + 1 < len(drawn) and any(
                    other.continues and other.first == cell.first for other in drawn[bottom + 1][0]
                ):
                    bottom += 1
                lines = tuple(map(self.block, printed.blocks(cell.items, values)))
                shown = tuple(
                    line
                    for line in lines
                    if isinstance(line, page.Line) and (line.text.strip() or line.figures)
                )
                figure = next((run for line in shown for run in line.figures), None)
                fills = _cell(figure.cells[0], self.report.form) if figure else None
                boxes.append(Box(y, bottom, cell.first, cell.last, shown, fills))
            rows.append(tuple(boxes))
        return Table(tuple(rows))


def _plain(text: str) -> Iterator[Run]:
    if text:
        yield Run(text)


def _figure(cell: Cell, number: Number) -> Iterator[Run]:
    shown = number.face or number.typed
    yield Run(shown, (cell.address,), _value(cell, number.typed))
    yield from _plain(number.note)


def _value(cell: Cell, typed: str) -> str:
    """What a program takes: a number without what parts its thousands."""
    return typed.replace(",", "") if isinstance(cell.kind, kind.Figure) else typed


def _cell(address: str, form: Form) -> Cell | None:
    """The cell at an address, that of an added row in its turn."""
    row, _, rest = address.partition("[")
    turn, _, letter = rest.partition("]")
    cell = form.cells.get(row + letter)
    return cell.row.turn(int(turn)).cell(cell.column) if cell and turn else cell


def _of(paragraph: Paragraph, text: str, form: Form) -> Iterator[Run]:
    """A paragraph, or its heading or its text alone, with its bound figures."""
    lead = len(paragraph.heading)
    start = lead if text == paragraph.body else 0
    end = start + len(text)
    at = start
    for (first, last), cells in zip(paragraph.bound, paragraph.figures, strict=False):
        if cells and at <= first < last <= end:
            yield from _led(paragraph, at, first)
            said = paragraph.text[first:last]
            cell = _cell(cells[0], form)
            value = _value(cell, said) if cell else said
            yield Run(said, cells, value, leads=last <= lead)
            at = last
    yield from _led(paragraph, at, end)


def _led(paragraph: Paragraph, start: int, end: int) -> Iterator[Run]:
    """Words of a paragraph, those of the heading that runs in apart."""
    lead = min(max(len(paragraph.heading), start), end)
    if start < lead:
        yield Run(paragraph.text[start:lead], leads=True)
    yield from _plain(paragraph.text[lead:end])
