"""The labels printed around a cell, held against those that its form declares.

Knows which printed words a value takes: those between it and the value before
it, else its row's; the nearest headings above it, over the bands of groups and
blocks, but not what only numbers the columns; a group's always
(docs/form-language.md). Knows no placeholder and tells nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from nianbao.chinese.wording import plain, squeeze
from nianbao.form.form import Form
from nianbao.form.row import Cell
from nianbao.word.layout import Grid, GridCell, is_value

_HEADS = 4
"""So many cells at most stand before the numbers of a row that counts: 甲, 乙, 栏次."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What is printed around a cell, nearest last at its left and nearest first above it."""

    near: tuple[str, ...]
    """Between it and the value before it; where nothing is, what the values before it have."""
    beside: tuple[str, ...]
    """Further left."""
    above: str
    """The nearest label above, whatever values stand between."""
    group: str
    """The nearest above that is a group's or a block's."""
    groups: Set[str]
    """All of those above it."""
    headings: tuple[str, ...]
    """The nearest above but for the bands: labels of groups and blocks, alone in their rows."""
    adjoining: tuple[str, ...]
    """The bands that no value parts from it."""
    bands: tuple[str, ...]
    """The other bands, up to the headings."""
    counting: tuple[str, ...]
    """What a row that only numbers the columns prints there."""


@dataclass(frozen=True, slots=True)
class Known:
    """The printed labels of a form's groups and blocks, of its rows and its columns."""

    around: Set[str] = frozenset()
    rows: Set[str] = frozenset()
    headings: Set[str] = frozenset()
    within: Mapping[str, Set[str]] = field(default_factory=dict)
    """Of a group's or block's label: those of its rows, "" for one that has none."""
    outside: Mapping[str, Set[str]] = field(default_factory=dict)
    """Of a group's label: those of what it stands in."""
    cells: Mapping[str, Sequence[Cell]] = field(default_factory=dict)
    """By what is printed of a cell: of its row, else of its column, else of its group."""

    @classmethod
    def of(cls, form: Form) -> Known:
        within: defaultdict[str, set[str]] = defaultdict(set)
        outside: defaultdict[str, set[str]] = defaultdict(set)
        by_label: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in form.cells.values():
            around = [plain(label) for label in cell.around]
            for n, label in enumerate(around):
                within[label] |= _called(cell)
                outside[label].update(around[n + 1 :])
            for label in _called_by(cell):
                by_label[label].append(cell)
        cells = form.cells.values()
        rows = {plain(words) for cell in cells for words in cell.row.printed}
        headings = {plain(words) for cell in cells for said in cell.above for words in said}
        return cls(within.keys(), rows, headings, within, outside, by_label)


@dataclass(slots=True)
class _Over:
    """What stands over cells of one width, as far as it has been read downwards."""

    first: int
    last: int
    rows: int = 0
    above: str = ""
    group: str = ""
    groups: set[str] = field(default_factory=set)
    headings: list[str] = field(default_factory=list)
    counting: list[str] = field(default_factory=list)
    bands: list[str] = field(default_factory=list)
    parted: bool = False
    """A value or a blank stands below the headings."""
    below: int = 0
    """So many of the bands stand above the last value."""

    def read(self, row: tuple[GridCell, ...], known: Known) -> None:
        self.rows += 1
        over = [c for c in row if c.first <= self.last and self.first <= c.last]
        if all(cell.continues for cell in over):
            return
        label = over[0].text if len(over) == 1 else ""
        if squeeze(label) and not is_value(label) and not _counts(row):
            self._name(_plain(label), known)
        if any(_parts(cell, row, known) for cell in over):
            self.parted, self.below = True, len(self.bands)
        elif _counts(row):
            self.counting.append(label)
        elif _is_band(label, row, known):
            self.bands.append(label)
        elif self.parted:
            self.headings, self.counting, self.parted = [label], [], False
            self.bands, self.below = self.bands[self.below :], 0
        else:
            self.headings.append(label)

    def _name(self, label: str, known: Known) -> None:
        self.above = label
        if label in known.around:
            self.group = label
            self.groups.add(label)


@dataclass(slots=True)
class Columns:
    """The columns of one table, from whose top its cells are asked for row after row."""

    grid: Grid
    known: Known
    _read: dict[tuple[int, int], _Over] = field(default_factory=dict)

    def over(self, cell: GridCell) -> _Over:
        width = cell.first, cell.last
        over = self._read.setdefault(width, _Over(*width))
        for row in self.grid.rows[over.rows : cell.row]:
            over.read(row, self.known)
        return over


def of(columns: Columns, cell: GridCell) -> Labels:
    """The printed labels left of a cell and above it, the table's columns read down to it."""
    runs = _left_of(columns.grid, cell)
    over = columns.over(cell)
    return Labels(
        near=_printed(runs[-1] if runs else ()),
        beside=_printed(text for run in runs[:-1] for text in run),
        above=over.above,
        group=over.group,
        groups=over.groups,
        headings=_printed(reversed(over.headings)),
        adjoining=tuple(reversed(over.bands[over.below :])),
        bands=tuple(reversed(over.bands[: over.below])),
        counting=_printed(over.counting),
    )


def _left_of(grid: Grid, cell: GridCell) -> list[list[str]]:
    """The labels left of a cell, in runs that values part."""
    runs: list[list[str]] = [[]]
    for other in grid.rows[cell.row]:
        text = other.whole
        if other.last >= cell.first:
            break
        if is_value(text):
            runs.append([])
        elif squeeze(text):
            runs[-1].append(text)
    return [run for run in runs if run]


def agree(cell: Cell, labels: Labels, known: Known) -> bool:
    """True when the printed labels are the cell's, in any order.

    What stands beside it, and above where its column has a heading, is all its
    own, but for bands. Further left, and above where there is no heading, other
    values have labels too: of a row and of a group the nearest is its own.
    """
    bare = cell.column.unprinted
    over_it = () if bare else (*labels.adjoining, *labels.headings)
    owed = [_plain(text) for text in (*labels.near, *over_it)]
    count = [_plain(text) for text in labels.counting]
    left = [_plain(text) for text in reversed(labels.beside)]
    around = [
        label
        for label in map(_plain, cell.around)
        if not (_taken({label}, owed) or _taken({label}, left))
    ]
    if bare:
        if around and (around[0] != labels.group or not labels.groups >= {*around}):
            return False
    elif not _is_under(cell, around, labels=labels, known=known):
        return False
    rows = [text for text in left if text in known.rows][:1]
    if bare and not rows and not labels.near and labels.above:
        rows = [labels.above]
    for wordings in cell.beside:
        if not _taken({_plain(words) for words in wordings}, owed, rows):
            return False
    for wordings in cell.above:
        if not _taken({_plain(words) for words in wordings}, owed, count):
            return False
    return not owed


def meant(labels: Labels, known: Known) -> list[Cell]:
    """The cells whose labels the printed ones are."""
    around = (*labels.near, *labels.beside, *labels.headings, *labels.adjoining, *labels.bands)
    texts = (*around, *labels.counting, labels.above, labels.group)
    found = [
        cell for text in dict.fromkeys(map(_plain, texts)) for cell in known.cells.get(text, ())
    ]
    cells = {cell.address: cell for cell in found}.values()
    return [cell for cell in cells if agree(cell, labels, known)]


def _called_by(cell: Cell) -> set[str]:
    """Of its labels those that it must be among to be known by."""
    wordings = (*cell.beside, *reversed(cell.above), *((label,) for label in cell.around))
    return set(map(_plain, wordings[0])) if wordings else set()


def _is_under(cell: Cell, around: list[str], *, labels: Labels, known: Known) -> bool:
    """True when those bands above a cell are its own that must be, `around` not yet found.

    Another's rows have ended where the next of its own is around that one, and
    where a row that is called the same is not within what the nearest stands for.
    """
    own = [_plain(label) for label in cell.around]
    if own and not around:
        return True
    if around and set(own[own.index(around[0]) + 1 :]).intersection(map(_plain, labels.adjoining)):
        return False
    bands = [_plain(band) for band in labels.bands]
    begun = {bands[0], *known.outside[bands[0]]}.difference(own) if bands else ()
    if any(known.within[label] & _called(cell) for label in begun):
        return False
    for band in bands:
        if not around:
            break
        if around[0] == band:
            around = around[1:]
        elif around[0] not in known.outside[band]:
            return False
    return not around


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return plain(text)


def _called(cell: Cell) -> set[str]:
    return {_plain(words) for wordings in cell.beside for words in wordings} or {""}


def _taken(wordings: Set[str], *said: list[str]) -> bool:
    """Take the first of `wordings` out of what is printed, where it is there."""
    for printed in said:
        found = next((text for text in printed if text in wordings), None)
        if found is not None:
            printed.remove(found)
            return True
    return False


def _printed(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if squeeze(text))


def _parts(cell: GridCell, row: tuple[GridCell, ...], known: Known) -> bool:
    """True for a value, a blank, and what is printed beside a value and called as a row is."""
    if cell.continues:
        return False
    if is_value(cell.text) or not squeeze(cell.text):
        return True
    label = _plain(cell.text)
    return (label in known.rows or label in known.around) and any(
        other.first > cell.last and is_value(other.text) for other in row
    )


def _is_band(label: str, row: tuple[GridCell, ...], known: Known) -> bool:
    """True for the label of a group or block that is all that its row says."""
    alone = sum(not cell.continues and bool(squeeze(cell.text)) for cell in row) == 1
    return alone and _plain(label) in known.around and _plain(label) not in known.headings


def _counts(row: tuple[GridCell, ...]) -> bool:
    """True for a row that numbers the columns: 1, 2, 3 … behind what says so."""
    texts = [squeeze(cell.text) for cell in row if squeeze(cell.text)]
    numbers = [text for text in texts if text.isascii() and text.isdigit() and len(text) < 3]
    if len(texts) - len(numbers) > _HEADS or not numbers or texts[-len(numbers) :] != numbers:
        return False
    return len(texts) > 1 and [*map(int, numbers)] == [
        int(numbers[0]) + n for n in range(len(numbers))
    ]
