"""Where in the printed document a finding belongs.

Knows which printed block holds what a finding is about: a cell, the sentence
around some words, a key's part or line; a bare place of the file by what was
typed on that line. Everything else belongs to the title. Knows nothing of Word
and of comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.chinese.wording import plain
from nianbao.diagnostics import Finding, Location
from nianbao.form.contract import TITLE
from nianbao.report.report import Number, OfCell, OfKey, Paragraph, Report, Words
from nianbao.word.layout import NAME, Grid, Line
from nianbao.word.printed import Block


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A printed block (from 0); of a table the cell at `row` and `at`, of a text [start, end).

    `end` 0 is the whole paragraph.
    """

    block: int
    row: int = 0
    at: int = 0
    start: int = 0
    end: int = 0


class Anchors:
    """Every place of one printed report that a finding may belong to."""

    def __init__(self, blocks: Sequence[Block], report: Report) -> None:
        self._report = report
        self._blocks = blocks
        self._title = Anchor(0)
        self._cells: dict[str, Anchor] = {}
        self._parts: dict[str, Anchor] = {}
        self._turns: dict[tuple[str, int], int] = {}
        texts = (*report.narratives.values(), *report.notes.values())
        self._typed = {p.location.line: p for paragraphs in texts for p in paragraphs}
        for number, block in enumerate(blocks):
            self._take(number, block)

    def of(self, finding: Finding) -> Anchor:
        """Where the block, cell or sentence is printed that a finding is about."""
        if finding.file:
            return self._title
        match finding.about:
            case Words(paragraph=paragraph, start=start):
                return self._sentence(paragraph, start)
            case Number(address=address) | OfCell(address=address) if address in self._cells:
                return self._cells[address]
            case OfKey(key=key):
                return self._key(key)
            case None | OfCell(location=None):
                return self._title
            case about:
                return self._at(about.location)

    def _take(self, number: int, block: Block) -> None:
        sections = self._report.form.sections
        self._turns.setdefault((block.over, block.turn), number)
        if isinstance(block.drawn, Grid):
            held = self._take_cells(number, block, block.drawn)
            inside = {
                s.name
                for s in sections
                if s.table and any(c.address in held for c in s.table.cells())
            }
        else:
            if f"{{{{{TITLE}}}}}" in block.drawn.text:
                self._title = Anchor(number)
            inside = {s.name for s in sections if _heads(block.drawn, s.printed)} | {block.over}
        for name in inside & {s.name for s in sections}:
            self._parts.setdefault(name, Anchor(number))

    def _take_cells(self, number: int, block: Block, grid: Grid) -> set[str]:
        """Note where each cell is printed; the addresses that the template has."""
        turns: Counter[str] = Counter()
        held: set[str] = set()
        for at, (row, _) in enumerate(block.rows(grid)):
            for cell in row:
                if tag := NAME.fullmatch(cell.text.strip()):
                    turns[tag[1]] += 1
                    held.add(tag[1])
                    self._cells[self._written(tag[1], turns[tag[1]])] = Anchor(number, at, cell.at)
        return held

    def _written(self, address: str, turn: int) -> str:
        """The address of a cell as it is written the `turn`th time."""
        cell = self._report.form.cells.get(address)
        if cell is None or not cell.row.added:
            return address
        return cell.row.turn(turn).cell(cell.column).address

    def _at(self, place: Location | None) -> Anchor:
        """What of the report was typed at a place of the file; the part above where it is none."""
        if place is None:
            return self._title
        paragraph = self._typed.get(place.line)
        if paragraph:
            return self._sentence(paragraph, paragraph.index_of(place))
        above = [(at, key) for key, at in self._report.places.items() if at <= place]
        return self._key(max(above)[1]) if above else self._title

    def _key(self, key: str) -> Anchor:
        form = self._report.form
        for section in form.sections:
            if section.key == key and section.name in self._parts:
                return self._parts[section.name]
        fields = {field.key for field in form.fields}
        for line in form.lines:
            named = key in fields and any(f"{{{{{key}" in part for part in line.parts)
            if named and (line.name, 0) in self._turns:
                return Anchor(self._turns[line.name, 0])
        return self._title

    def _sentence(self, paragraph: Paragraph, at: int | None) -> Anchor:
        """The sentence that holds index `at` of a paragraph; all of it where that is None."""
        block = self._turns.get((paragraph.over, paragraph.turn))
        if block is None:
            return self._title
        before = self._blocks[block].text.find(paragraph.text)
        if at is None or before < 0:
            return Anchor(block)
        start, end = paragraph.sentence_at(at)
        return Anchor(block, start=before + start, end=before + end)


def _heads(line: Line, wordings: tuple[str, ...]) -> bool:
    return plain(line.text) in {plain(words) for words in wordings}
