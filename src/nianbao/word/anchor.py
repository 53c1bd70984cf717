"""Where in the printed document a finding belongs.

Knows how a place of the input file is found again among the printed blocks: a
cell by its address, a sentence by where it was typed, a part by its heading,
and everything else at the title. Knows nothing of Word and of comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.chinese.wording import plain
from nianbao.diagnostics import Finding, Location
from nianbao.form.contract import NOTE, TITLE
from nianbao.report.report import Paragraph, Report
from nianbao.word.layout import NAME, Grid, Line
from nianbao.word.render import Block

_SENTENCE = re.compile(r"[^。！]*[。！]?[”’）」』]*")


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
        for number, block in enumerate(blocks):
            self._take(number, block)

    def of(self, finding: Finding) -> Anchor:
        about = self._parts.get(finding.about) or self._cells.get(finding.about)
        if about:
            return about
        place = finding.location
        if finding.file or not place:
            return self._title
        return (
            self._key_at(place) or self._text_at(place) or self._cell_at(place) or self._near(place)
        )

    def _take(self, number: int, block: Block) -> None:
        sections = self._report.form.sections
        self._turns.setdefault((block.over, block.turn), number)
        if isinstance(block.drawn, Grid):
            for cell in block.drawn.cells():
                if tag := NAME.fullmatch(cell.text.strip()):
                    self._cells[tag[1]] = Anchor(number, cell.row, cell.at)
            inside = {
                s.name
                for s in sections
                if s.table and any(c.address in self._cells for c in s.table.cells())
            }
        else:
            if f"{{{{{TITLE}}}}}" in block.drawn.text:
                self._title = Anchor(number)
            inside = {s.name for s in sections if _heads(block.drawn, s.printed)} | {block.over}
        for name in inside & {s.name for s in sections}:
            self._parts.setdefault(name, Anchor(number))

    def _key_at(self, place: Location) -> Anchor | None:
        """Where the top-level key that stands at `place` is printed."""
        keys = [key for key, at in self._report.places.items() if at == place]
        return self._key(keys[0]) if keys else None

    def _near(self, place: Location) -> Anchor:
        """Where the top-level key is printed that `place` stands under."""
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

    def _text_at(self, place: Location) -> Anchor | None:
        for over, turn, paragraph in self._paragraphs():
            if paragraph.location.line == place.line and (over, turn) in self._turns:
                block = self._turns[over, turn]
                start, end = _sentence(paragraph, place)
                before = self._blocks[block].text.find(paragraph.text)
                if end and before >= 0:
                    return Anchor(block, start=before + start, end=before + end)
                return Anchor(block)
        return None

    def _paragraphs(self) -> Iterator[tuple[str, int, Paragraph]]:
        for name, paragraphs in self._report.narratives.items():
            yield from ((name, turn, paragraph) for turn, paragraph in enumerate(paragraphs))
        for name, paragraphs in self._report.notes.items():
            yield from ((f"{name}.{NOTE}", turn, p) for turn, p in enumerate(paragraphs))

    def _cell_at(self, place: Location) -> Anchor | None:
        numbers = self._report.numbers.items()
        return next((self._cells[a] for a, n in numbers if n.location == place), None)


def _heads(line: Line, wordings: tuple[str, ...]) -> bool:
    return plain(line.text) in {plain(words) for words in wordings}


def _sentence(paragraph: Paragraph, place: Location) -> tuple[int, int]:
    """The span of the sentence typed at `place`; (0, 0) where none begins or runs there."""
    text = paragraph.text
    at = next((n for n in range(len(text)) if paragraph.place(n) == place), None)
    if at is None:
        return 0, 0
    return next(found.span() for found in _SENTENCE.finditer(text) if found.end() > at)
