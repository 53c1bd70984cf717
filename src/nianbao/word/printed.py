"""What is printed, paragraph by paragraph and table by table: as it should be, and as it is.

Knows how a layout and the values of a report make the blocks of a page, and which
of them a document says otherwise. Knows neither XML nor packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from nianbao.word.layout import NAME, TAG, Grid, GridCell, Item, Line, Loop
from nianbao.word.values import ADDED


@dataclass(frozen=True, slots=True)
class Block:
    """A printed paragraph or table: as drawn, and the outermost loop and turn it came from."""

    drawn: Line | Grid
    values: Mapping[str, Any]
    over: str = ""
    turn: int = 0

    @property
    def text(self) -> str:
        """What should stand there."""
        if isinstance(self.drawn, Line):
            return filled(self.drawn.text, self.values)
        rows = self.rows(self.drawn)
        return "\n".join("\t".join(_held(cell, values) for cell in row) for row, values in rows)

    def rows(self, grid: Grid) -> Iterator[tuple[tuple[GridCell, ...], Mapping[str, Any]]]:
        """The rows of a table as they are printed: one that is added as often as it was written."""
        if not self.values[ADDED]:
            yield from ((row, self.values) for row in grid.rows)
            return
        for row in grid.rows:
            tags = (tag[1] for cell in row if (tag := NAME.fullmatch(cell.text.strip())))
            turns = next(
                (t for tag in tags if (t := self.values[ADDED].get(tag)) is not None), None
            )
            for turn in [{}] if turns is None else turns:
                yield row, {**self.values, **turn}


def blocks(items: tuple[Item, ...], values: Mapping[str, Any]) -> Iterator[Block]:
    """What a layout prints of `values`, an absent line or row left out."""
    for item in items:
        if not isinstance(item, Loop):
            drawn = _without_gaps(item, values) if isinstance(item, Grid) else item
            block = Block(drawn, values)
            if isinstance(drawn, Line) or next(block.rows(drawn), None):
                yield block
            continue
        for turn, value in enumerate(_value(item.over, values)):
            for block in blocks(item.items, {**values, item.variable: value}):
                yield replace(block, over=item.over, turn=turn)


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A text with its placeholders' values."""
    if "{" not in text:
        return text
    return TAG.sub(lambda tag: str(_value(tag[0][2:-2].strip(), values)), text)


def lost(
    items: tuple[Item, ...], shown: list[str], values: Mapping[str, Any]
) -> tuple[int, str] | None:
    """The first block (from 1) shown that is not what it should say, and what that is."""
    expected = [block.text for block in blocks(items, values)]
    if shown == expected:
        return None
    at = next(
        (n for n, pair in enumerate(zip(shown, expected, strict=False)) if pair[0] != pair[1]),
        min(len(shown), len(expected)),
    )
    return at + 1, expected[at] if at < len(expected) else shown[at]


def _held(cell: GridCell, values: Mapping[str, Any]) -> str:
    if not _repeats(cell):
        return filled(cell.text, values)
    return "\n".join(block.text for block in blocks(cell.items, values))


def _repeats(cell: GridCell) -> bool:
    return any(isinstance(item, Loop) for item in cell.items)


def _without_gaps(grid: Grid, values: Mapping[str, Any]) -> Grid:
    """A table without the rows that hold absent lines and nothing else."""
    rows = [row for row in grid.rows if any(not _is_absent(cell, values) for cell in row)]
    if len(rows) == len(grid.rows):
        return grid
    return Grid(tuple(tuple(replace(cell, row=n) for cell in row) for n, row in enumerate(rows)))


def _is_absent(cell: GridCell, values: Mapping[str, Any]) -> bool:
    return _repeats(cell) and next(blocks(cell.items, values), None) is None


def _value(path: str, values: Mapping[str, Any]) -> Any:
    found: Any = values
    for part in path.split("."):
        found = found[part]
    return found
