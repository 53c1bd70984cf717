"""A table as pasted: its labels and numbers one after the other, line by line.

Knows that a row's label is followed by its numbers, that headings may be broken over
lines, and that a count which does not fit fits nothing. Knows no grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nianbao.chinese.wording import BLANKS
from nianbao.intake import value
from nianbao.intake.blocks import Paragraph, Place
from nianbao.intake.labels import NOTHING, Sense, Vocabulary
from nianbao.intake.match import Found, Stood

_APART = re.compile(rf"[\t{BLANKS}]+")
_JOINED = 4
"""A label may be broken over so many lines."""
UNCERTAIN = "一行一个数，个数和表上的格数不一样"


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    place: Place
    owner: int
    """The paragraph that it stands in."""
    is_value: bool = False


def match(paragraphs: list[Paragraph], part: int, words: Vocabulary, found: Found) -> set[int]:
    """Place the numbers of a part that stands in paragraphs; those that were used."""
    pieces = [piece for p in paragraphs for piece in _pieces(p, words)]
    if not any(piece.is_value for piece in pieces):
        return set()
    used: set[int] = set()
    state = _State(part, words)
    at = 0
    while at < len(pieces):
        if pieces[at].is_value:
            end = at
            while end < len(pieces) and pieces[end].is_value:
                end += 1
            state.numbers(pieces[at:end], found)
            used |= {piece.owner for piece in pieces[at:end]}
            at = end
            continue
        count, sense = _label(pieces, at, words)
        known = bool(sense) or words.is_furniture(pieces[at].text)
        if sense:
            state.label(sense, pieces[at].place, found)
        if known or len(pieces[at].text) < 30:
            used |= {piece.owner for piece in pieces[at : at + count]}
        if not known:
            state.strange(pieces[at])
        at += count
    state.close(found)
    return used


def _pieces(paragraph: Paragraph, words: Vocabulary) -> Iterator[_Piece]:
    """What a line holds: one thing, or a label and numbers with blanks between."""
    text = paragraph.shown.strip(BLANKS)
    owner = id(paragraph)
    if not text:
        return
    if text.startswith(("注", "註")):
        return
    tokens = [token for token in _APART.split(text) if token]
    tabbed = "\t" in text
    numbers = 0
    while numbers < len(tokens) and _stands(tokens[-1 - numbers]):
        numbers += 1
    if numbers == len(tokens) or numbers and (tabbed or words.sense(" ".join(tokens[:-numbers]))):
        lead = " ".join(tokens[: len(tokens) - numbers])
        if lead:
            yield _Piece(lead, paragraph.place, owner)
        for token in tokens[len(tokens) - numbers :]:
            yield _Piece(token, paragraph.place, owner, is_value=True)
    elif tabbed:
        for token in tokens:
            yield _Piece(token, paragraph.place, owner, is_value=_stands(token))
    else:
        yield _Piece(text, paragraph.place, owner)


def _stands(token: str) -> bool:
    return value.is_figure(token) or value.is_blank(token)


def _label(pieces: list[_Piece], at: int, words: Vocabulary) -> tuple[int, Sense]:
    """The longest label that begins here, in one line or broken over some."""
    for count in range(_JOINED, 0, -1):
        run = pieces[at : at + count]
        if len(run) == count and not any(piece.is_value for piece in run):
            sense = words.exact("".join(piece.text for piece in run))
            if sense:
                return count, sense
    return 1, words.sense(pieces[at].text)


class _State:
    """What was read since the last number: the labels that the next numbers may be of."""

    def __init__(self, part: int, words: Vocabulary) -> None:
        self.words = words
        self.own = [r for r in range(len(words.rows)) if words.section_of[r] == part]
        self.groups: list[frozenset[tuple[str, ...]]] = []
        self.rows: list[tuple[int, Place]] = []
        self.headings: list[Sense] = []
        """The columns' names since the last number, or before the rows that go on from them."""
        self.fresh = False
        self.unknown = False
        self.last = -1

    def label(self, sense: Sense, place: Place, found: Found) -> None:
        if sense.groups:
            self.groups.append(sense.groups)
        rows = [row for row in sense.rows if row in self.own]
        row = self._one_of(rows)
        columns = any(r in self.own for r, _ in sense.columns)
        if columns and (row is None or not self._may_follow(row)):
            if not self.fresh:
                self.headings, self.fresh = [], True
            self.headings.append(sense)
        elif row is not None:
            self.rows.append((row, place))
            found.rows.setdefault(self.words.rows[row].address, place)

    def strange(self, piece: _Piece) -> None:
        if len(piece.text) < 30 and not piece.text.startswith(("（", "(")):
            self.unknown = True

    def _may_follow(self, row: int) -> bool:
        """True for a row whose turn it is: a word of a column's may be a row's too."""
        return row == self.last + 1 or self.words.rows[row].groups in {
            g for groups in self.groups[-1:] for g in groups
        } and not self.fresh

    def _one_of(self, rows: list[int]) -> int | None:
        if len(rows) <= 1:
            return rows[0] if rows else None
        for groups in reversed(self.groups):
            within = [row for row in rows if self.words.rows[row].groups in groups]
            if len(within) == 1:
                return within[0]
        after = [row for row in rows if row > self.last]
        return after[0] if len(after) == 1 else None

    def numbers(self, pieces: list[_Piece], found: Found) -> None:
        rows = [row for row, _ in self.rows]
        widths = [len(self.words.rows[row].columns) for row in rows]
        own_label = not self.unknown or len(rows) == 1 and self._names_last()
        if rows and sum(widths) == len(pieces) and own_label and self._in_order(rows):
            at = 0
            for row in rows:
                for column in self.words.rows[row].columns:
                    piece = pieces[at]
                    address = self.words.rows[row].address + column.letter
                    found.put(address, Stood(piece.text, piece.place))
                    at += 1
        else:
            label = self.words.rows[rows[-1]].label if rows else ""
            stood = Stood(" ".join(piece.text for piece in pieces), pieces[0].place)
            found.unplaced.append((label, replace(stood, doubt=UNCERTAIN)))
        if rows:
            self.last = rows[-1]
        self.rows, self.fresh, self.unknown = [], False, False

    def _names_last(self) -> bool:
        return False

    def _in_order(self, rows: list[int]) -> bool:
        """True where the columns' names stand in the form's order, as often as they must."""
        read = [sense for sense in self.headings if sense is not NOTHING]
        wanted = [
            (row, column.letter)
            for row in (rows if len(rows) > 1 else rows[:1])
            for column in self.words.rows[row].columns
            if not column.unprinted
        ]
        if len(rows) > 1 and self._named_once(rows, read):
            return True
        if len(wanted) <= 1:
            return True
        at = 0
        for sense in read:
            if at < len(wanted) and wanted[at] in sense.columns:
                at += 1
            elif any((row, l) in sense.columns for row in rows for l in self._all(row)):
                return False
        return at == len(wanted)

    def _all(self, row: int) -> list[str]:
        return [column.letter for column in self.words.rows[row].columns]

    def _named_once(self, rows: list[int], read: list[Sense]) -> bool:
        return False

    def close(self, found: Found) -> None:
        """Nothing more comes: a label without numbers stays without."""
        self.rows = []
