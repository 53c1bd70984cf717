"""Which printed labels head which values of a table, so that a reader hears them.

Knows a cell's own labels by its form: its row's and groups' beside it, its
columns' above it, the nearest that is called so; elsewhere where a table is drawn
the other way round. Knows no HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from nianbao.chinese.wording import plain
from nianbao.form.row import Cell
from nianbao.report.page import Box, Table

Place = tuple[int, int]
"""The first row and column of a box: what it goes by in its table."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Of one table: the heads of each value, and which boxes head a row and which a column."""

    of: Mapping[Place, tuple[Place, ...]]
    rows: frozenset[Place]
    columns: frozenset[Place]
    top: int
    """So many rows at the top hold no value, and nothing of them reaches further down."""


def place(box: Box) -> Place:
    return box.top, box.first


def read(table: Table) -> Heads:
    """The heads of a table. A label that heads no value heads what stands beside or below it."""
    drawn = _Drawn(table)
    values = [box for box in table.boxes if box.fills]
    found = {place(box): tuple(drawn.heads(box, box.fills)) for box in values if box.fills}
    rows = {place(head) for box in values for head in found[place(box)] if _beside(head, box)}
    columns = {place(head) for heads in found.values() for head in heads} - rows
    top = _top(table)
    ends = {row: box.last for box in values for row in range(box.top, box.bottom + 1)}
    for label in drawn.labels:
        at = place(label)
        if at not in rows and at not in columns:
            beside = range(label.top, label.bottom + 1)
            if any(ends.get(row, -1) > label.last for row in beside):
                rows.add(at)
            elif label.top < top:
                columns.add(at)
    of = {at: tuple(map(place, heads)) for at, heads in found.items()}
    return Heads(of, frozenset(rows), frozenset(columns), top)


@dataclass(slots=True)
class _Drawn:
    """The labels of one table, by the rows they stand in and the columns they stand over."""

    table: Table
    labels: list[Box] = field(init=False)
    _in_row: dict[int, list[Box]] = field(default_factory=dict)
    _over: dict[tuple[int, int], list[Box]] = field(default_factory=dict)
    _called: dict[Place, str] = field(init=False)

    def __post_init__(self) -> None:
        self.labels = [box for box in self.table.boxes if _is_label(box)]
        self._called = {place(box): _plain(box.text) for box in self.labels}
        for box in self.labels:
            for row in range(box.top, box.bottom + 1):
                self._in_row.setdefault(row, []).append(box)

    def heads(self, value: Box, cell: Cell) -> Iterator[Box]:
        """The labels of a cell, outermost first: groups, row, columns."""
        left = [box for box in reversed(self._in_row.get(value.top, [])) if box.first < value.first]
        left.sort(key=lambda box: -box.first)
        above = [box for box in reversed(self._above(value)) if box.bottom < value.top]
        seen: set[Place] = set()
        groups = [(label,) for label in reversed(cell.around)]
        for wordings, order in (
            *((words, left + above) for words in (*groups, *cell.beside)),
            *((words, above + left) for words in cell.above),
        ):
            called = set(map(_plain, wordings))
            named = (b for b in order if self._called[place(b)] in called and place(b) not in seen)
            head = next(named, None)
            if head is not None:
                seen.add(place(head))
                yield head

    def _above(self, value: Box) -> list[Box]:
        """The labels that stand over or under the columns of a box, from the top."""
        width = value.first, value.last
        if width not in self._over:
            overlap = (b for b in self.labels if b.first <= value.last and value.first <= b.last)
            self._over[width] = sorted(overlap, key=lambda box: box.top)
        return self._over[width]


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return plain(text)


def _is_label(box: Box) -> bool:
    return bool(box.text.strip()) and box.fills is None


def _beside(label: Box, box: Box) -> bool:
    return label.top <= box.bottom and box.top <= label.bottom


def _top(table: Table) -> int:
    first = min((box.top for box in table.boxes if box.fills), default=0)
    while any(box.top < first <= box.bottom for box in table.boxes):
        first -= 1
    return first
