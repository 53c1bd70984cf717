"""The labels printed around a cell, held against those that its form declares.

Knows which printed words a value takes: those between it and the value before
it, else its row's; those above it, but not what only numbers the columns; a
group's always (docs/form-language.md). Knows no placeholder and tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

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
    above: tuple[str, ...]
    """The nearest labels above, up to the next value."""
    further: tuple[str, ...]
    """Further up."""
    counting: tuple[str, ...]
    """What a row that only numbers the columns prints there."""


@dataclass(frozen=True, slots=True)
class Known:
    """The printed labels of a form's groups and blocks, and of its rows."""

    around: Set[str]
    rows: Set[str]

    @classmethod
    def of(cls, form: Form) -> Known:
        cells = form.cells.values()
        return cls(
            {plain(label) for cell in cells for label in cell.around},
            {plain(words) for cell in cells for words in cell.row.printed},
        )


def of(grid: Grid, cell: GridCell, *, sought: Set[str] = frozenset()) -> Labels:
    """The printed labels left of a cell and above it; further up as far as those `sought` are."""
    runs = _left_of(grid, cell)
    above: list[str] = []
    further: list[str] = []
    counting: list[str] = []
    left = set(sought).difference(plain(text) for run in runs for text in run)
    ended = False  # the nearest labels above have been passed
    for row in reversed(grid.rows[: cell.row]):
        over = [c for c in row if c.first <= cell.last and cell.first <= c.last]
        single = over[0].text if len(over) == 1 and not over[0].continues else ""
        if any(is_value(c.text) or not (c.continues or squeeze(c.text)) for c in over):
            ended = ended or bool(above)
        elif _counts(row):
            counting.append(single)
        else:
            (further if ended else above).append(single)
            left.discard(plain(single))
        if ended and not left:
            break
    return Labels(
        near=_printed(runs[-1] if runs else ()),
        beside=_printed(text for run in runs[:-1] for text in run),
        above=_printed(above),
        further=_printed(further),
        counting=_printed(counting),
    )


def _left_of(grid: Grid, cell: GridCell) -> list[list[str]]:
    """The labels left of a cell, in runs that values part."""
    runs: list[list[str]] = [[]]
    for other in grid.rows[cell.row]:
        text = grid.top(other).text
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
    own. Further left, and above where there is no heading, other values have
    labels too: of a row and of a group the nearest is its own.
    """
    bare = cell.column.unprinted
    owed = [plain(text) for text in (*labels.near, *(() if bare else labels.above))]
    count = [plain(text) for text in labels.counting]
    left = [plain(text) for text in reversed(labels.beside)]
    over = [plain(text) for text in (*labels.above, *labels.further)] if bare else []
    groups = [text for text in over if text in known.around]
    nearest = True
    for label in map(plain, cell.around):
        if _taken({label}, owed) or _taken({label}, left):
            continue
        if label not in groups or (nearest and groups[0] != label):
            return False
        nearest = False
    rows = [text for text in left if text in known.rows][:1] or ([] if labels.near else over[:1])
    for wordings in cell.beside:
        if not _taken({plain(words) for words in wordings}, owed, rows):
            return False
    for wordings in cell.above:
        if not _taken({plain(words) for words in wordings}, owed, count):
            return False
    return not owed


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


def _counts(row: tuple[GridCell, ...]) -> bool:
    """True for a row that numbers the columns: 1, 2, 3 … behind what says so."""
    texts = [squeeze(cell.text) for cell in row if squeeze(cell.text)]
    numbers = [text for text in texts if text.isascii() and text.isdigit() and len(text) < 3]
    if len(texts) - len(numbers) > _HEADS or not numbers or texts[-len(numbers) :] != numbers:
        return False
    return len(texts) > 1 and [*map(int, numbers)] == [
        int(numbers[0]) + n for n in range(len(numbers))
    ]
