"""A table as pasted: its labels and numbers one after the other, line by line.

Knows that a row's numbers follow its label, that headings come row by row and may be
broken over lines, and that a count which does not fit fits nothing. Knows no grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao.chinese.wording import BLANKS
from nianbao.form.row import Column
from nianbao.intake import value
from nianbao.intake.blocks import Paragraph, Place
from nianbao.intake.labels import Sense, Vocabulary
from nianbao.intake.match import Found, Stood

_APART = re.compile(rf"[\t{BLANKS}]+")
_JOINED = 6
"""A label may be broken over so many lines."""
_SENTENCE = 30
_NONE = ("无", "無", "没有", "未填")
_NOTED = ("注", "註")
UNCERTAIN = "个数和表上的格数不一样，或者列名对不上"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A thing that stands in a line; `owner` tells its paragraph."""

    text: str
    place: Place
    owner: int
    is_value: bool = False


@dataclass
class _Run:
    """The labels since the last numbers, and the numbers behind them."""

    labels: list[tuple[Sense, _Piece]] = field(default_factory=list)
    numbers: list[_Piece] = field(default_factory=list)


def match(paragraphs: list[Paragraph], part: int, words: Vocabulary, found: Found) -> set[int]:
    """Place the numbers of a part that stands in paragraphs; the paragraphs that were used."""
    pieces = [piece for paragraph in paragraphs for piece in _pieces(paragraph, words)]
    if not any(piece.is_value for piece in pieces):
        return set()
    runs, used = _runs(pieces, words)
    reading = _Listing(part, words)
    for run in runs:
        reading.take(run, found)
    return used


def _runs(pieces: list[_Piece], words: Vocabulary) -> tuple[list[_Run], set[int]]:
    runs, used, at = [_Run()], set[int](), 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.is_value:
            runs[-1].numbers.append(piece)
            used.add(piece.owner)
            at += 1
            continue
        if runs[-1].numbers:
            runs.append(_Run())
        count, sense = _label(pieces, at, words)
        if sense or words.is_furniture(piece.text) or len(piece.text) < _SENTENCE:
            used |= {each.owner for each in pieces[at : at + count]}
            runs[-1].labels.append((sense, piece))
        at += count
    return runs, used


def _pieces(paragraph: Paragraph, words: Vocabulary) -> Iterator[_Piece]:
    """What a line holds: one thing, or a label and numbers with blanks between."""
    text, owner = paragraph.shown.strip(BLANKS), id(paragraph)
    if not text or text.startswith(_NOTED):
        return
    if "\t" in paragraph.shown.strip(" "):
        yield from _tabbed(paragraph, words)
        return
    tokens = [token for token in _APART.split(text) if token]
    numbers = 0
    while numbers < len(tokens) and _stands(tokens[-1 - numbers]):
        numbers += 1
    lead = tokens[: len(tokens) - numbers]
    known = _known(lead, words)
    if numbers and (not lead or known):
        for token in known:
            yield _Piece(token, paragraph.place, owner)
        for token in tokens[len(lead) :]:
            yield _Piece(token, paragraph.place, owner, is_value=True)
    else:
        for token in (known if not numbers else []) or [text]:
            yield _Piece(token, paragraph.place, owner)


def _known(tokens: list[str], words: Vocabulary) -> list[str]:
    """The labels that stand in a line with blanks between; none where one is strange."""
    if all(words.sense(token) or words.is_furniture(token) for token in tokens):
        return tokens
    whole = " ".join(tokens)
    return [whole] if words.sense(whole) else []


def _tabbed(paragraph: Paragraph, words: Vocabulary) -> Iterator[_Piece]:
    """A row of cells with tabs between; a blank one behind a label is one of its numbers."""
    tokens = [token.strip(BLANKS) for token in paragraph.shown.split("\t")]
    labels = [token for token in tokens if token and not _stands(token)]
    heads = sum(1 for token in labels if words.sense(token).columns) > 1
    begun = False
    for token in tokens:
        if token and not _stands(token):
            begun = True
            yield _Piece(token, paragraph.place, id(paragraph))
        elif token or (begun and not heads):
            yield _Piece(token, paragraph.place, id(paragraph), is_value=True)


def _stands(token: str) -> bool:
    return value.is_figure(token) or value.is_blank(token) or token in _NONE


def _label(pieces: list[_Piece], at: int, words: Vocabulary) -> tuple[int, Sense]:
    """The longest label that begins here, in one line or broken over some."""
    for count in range(_JOINED, 0, -1):
        run = pieces[at : at + count]
        if len(run) == count and not any(piece.is_value for piece in run):
            sense = words.exact("".join(piece.text for piece in run))
            if sense:
                return count, sense
    return 1, words.sense(pieces[at].text)


class _Listing:
    def __init__(self, part: int, words: Vocabulary) -> None:
        self.words = words
        self.part = part
        self.own = {r for r in range(len(words.rows)) if words.section_of[r] == part}
        self.groups: list[frozenset[tuple[str, ...]]] = []
        self.headings: list[Sense] = []
        self.last = -1

    def take(self, run: _Run, found: Found) -> None:
        self.groups += [sense.groups for sense, _ in run.labels if sense.groups]
        count = len(run.numbers)
        if not count:
            return
        placed = self._one_row(run, count) or self._several(run, count)
        if not placed:
            self._leave(run, found)
            return
        numbers = iter(run.numbers)
        for row, place in placed:
            drawn = self.words.rows[row]
            found.rows.setdefault(drawn.address, place)
            for column in drawn.columns:
                piece = next(numbers)
                found.put(drawn.address + column.letter, Stood(piece.text, piece.place))

    def _leave(self, run: _Run, found: Found) -> None:
        """What fits nothing, quoted at the cells of the row that it stands behind."""
        text = " ".join(piece.text for piece in run.numbers)
        stood = Stood(text, run.numbers[0].place, UNCERTAIN)
        row = self._row(run.labels[-1][0]) if run.labels else None
        if row is None:
            label = run.labels[-1][1].text if run.labels else ""
            found.unplaced.append((self.part, label, stood))
            return
        for column in self.words.rows[row].columns:
            found.put(self.words.rows[row].address + column.letter, stood)

    def _one_row(self, run: _Run, count: int) -> list[tuple[int, Place]]:
        """The row whose label stands right before its numbers."""
        if not run.labels:
            return []
        *before, (sense, piece) = run.labels
        row = self._row(sense)
        if row is None:
            return []
        headings = [one for one, _ in before if one.columns or one.above]
        if any(self._is_heading(one) for one in headings):
            self.headings = headings
        self.last = row
        columns = self.words.rows[row].columns
        fits = len(columns) == count and self._headed(row, columns)
        return [(row, piece.place)] if fits else []

    def _several(self, run: _Run, count: int) -> list[tuple[int, Place]]:
        """Rows whose labels stand above their numbers, each with its own headings."""
        rows: list[tuple[int, Place]] = []
        headings: list[Sense] = []
        for sense, piece in run.labels:
            if self._is_heading(sense):
                headings.append(sense)
            elif (row := self._row(sense)) is not None:
                rows.append((row, piece.place))
                self.last = row
        wanted = [
            (row, column.letter) for row, _ in rows for column in self.words.rows[row].columns
        ]
        fits = (
            len(wanted) == count == len(headings)
            and len({row for row, _ in rows}) == len(rows)
            and all(one in sense.columns for one, sense in zip(wanted, headings, strict=True))
        )
        return rows if fits else []

    def _row(self, sense: Sense) -> int | None:
        """The row that a label means: told from its namesakes by the group it stands in."""
        rows = [row for row in sense.rows if row in self.own]
        if len(rows) > 1:
            for groups in reversed(self.groups):
                within = [row for row in rows if self.words.rows[row].groups in groups]
                if within:
                    return within[0] if len(within) == 1 else None
            rows = [row for row in rows if row == self.last + 1]
        return rows[0] if len(rows) == 1 else None

    def _is_heading(self, sense: Sense) -> bool:
        return any(row in self.own for row, _ in sense.columns)

    def _headed(self, row: int, columns: tuple[Column, ...]) -> bool:
        """True where the headings read so far are a row's own, in one of the orders they come in."""
        letters = [column.letter for column in columns if not column.unprinted]
        read = [
            letter
            for sense in self.headings
            for r, letter in sense.columns
            if r == row and letter in letters
        ]
        strange = any(
            sense.columns and not any(r == row for r, _ in sense.columns) for sense in self.headings
        )
        if len(letters) <= 1:
            return not strange
        deep = max(len(column.above) for column in columns)
        by_level = [c.letter for level in range(deep + 1) for c in columns if len(c.above) == level]
        if read == by_level and by_level != letters:
            inner = {label for c in columns if len(c.above) == deep for label in c.above}
            over = sum(1 for sense in self.headings if sense.above and not sense.columns)
            return over >= len(inner)
        return read == letters and not strange
