"""Tables before anyone draws them: a grid of boxes, one box in several places where it is merged.

Whatever an office does to a table (splits it, flattens its header, adds a row) is done to a grid;
the writers draw a grid as WordprocessingML, HTML or text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from intake.layouts.report import (
    BLOCKS,
    CORNER,
    FILES,
    GROUPS,
    INNER,
    LABELS,
    OTHER,
    OUTER,
    OVERALL,
    PEOPLE,
    PROBLEMS,
    RESULTS,
    ROWS,
    SECTIONS,
    Report,
)

_NUMBER = count()


@dataclass(frozen=True)
class Box:
    """One cell, equal only to itself; lines of its text are paragraphs."""

    text: str
    cell: str = ""
    head: bool = False
    number: int = field(default_factory=lambda: next(_NUMBER))


Grid = list[list[Box]]


class Piece(NamedTuple):
    """What comes next in a document: a title, line, head, table, sign or note."""

    kind: str
    text: str = ""
    table: Grid | None = None


def two(report: Report, *, files: Iterable[str] = FILES) -> Grid:
    """Table 2: four blocks in one."""
    grid: Grid = []
    for name, rows, heads in zip(
        BLOCKS,
        (("b1", "b2"), ("b3",), ("b4", "b5"), ("b6",)),
        (
            tuple(files),
            ("本年处理决定数量",),
            ("本年处理决定数量",),
            ("本年收费金额（单位：万元）",),
        ),
        strict=True,
    ):
        grid.append([Box(name, head=True)] * 4)
        wide = [Box(text, head=True) for text in heads]
        grid.append([Box("信息内容", head=True), *(wide if len(wide) == 3 else wide * 3)])
        for row in rows:
            boxes = [Box(report.printed[cell], cell) for cell in report.row(row)]
            grid.append([Box(ROWS[row]), *(boxes if len(boxes) == 3 else boxes * 3)])
    return grid


def three(report: Report) -> Grid:
    """Table 3: three label columns, seven of numbers, three rows of header."""
    corner, people, body = (Box(t, head=True) for t in (CORNER, "申请人情况", "法人或其他组织"))
    person, *kinds, total = (Box(text, head=True) for text in PEOPLE)
    grid: Grid = [
        [*[corner] * 3, *[people] * 7],
        [*[corner] * 3, person, *[body] * 5, total],
        [*[corner] * 3, person, *kinds, total],
    ]
    outer = Box(OUTER)
    inner = {row: box for t, rows in INNER.items() for box in [Box(t)] for row in rows}
    for number in range(1, 26):
        label = Box(LABELS[f"c{number}"])
        alone = number in (1, 2, 25)
        before = [label] * 3 if alone else [outer, inner.get(number, label), label]
        boxes = [Box(report.printed[cell], cell) for cell in report.row(f"c{number}")]
        grid.append([*before, *boxes])
    return grid


def four(report: Report) -> Grid:
    """Table 4: fifteen numbers in a row under three rows of header."""
    review, court = Box("行政复议", head=True), Box("行政诉讼", head=True)
    direct, after = (Box(text, head=True) for text in GROUPS[1:])
    results = [[Box(text, head=True) for text in RESULTS] for _ in range(3)]
    numbers = [Box(report.printed[c], c) for n in (1, 2, 3) for c in report.row(f"d{n}")]
    return [
        [*[review] * 5, *[court] * 10],
        [*results[0], *[direct] * 5, *[after] * 5],
        [*results[0], *results[1], *results[2]],
        numbers,
    ]


def pieces(report: Report, *tables: Grid | list[Grid]) -> list[Piece]:
    """The whole report in its order; a table may be given as several."""
    made = [*tables, *[two, three, four][len(tables) :]]
    found = [Piece("title", report.title)]
    found += [Piece("line", text) for text in report.parts["引言"]]
    narrative = {SECTIONS[0]: OVERALL, SECTIONS[4]: PROBLEMS, SECTIONS[5]: OTHER}
    for section in SECTIONS:
        found.append(Piece("head", section))
        if section in narrative:
            found += [Piece("line", text) for text in report.parts[narrative[section]]]
            continue
        table = made.pop(0)
        grids = table(report) if callable(table) else table
        several = grids if isinstance(grids[0][0], list) else [grids]
        found += [Piece("table", table=grid) for grid in several]  # type: ignore[arg-type]
    found.append(Piece("sign", "初审：{}　复审：{}　终审：{}".format(*report.signed)))
    return found


# --- what offices do to a table ------------------------------------------------------


def changed(grid: Grid, change: Callable[[Box], str]) -> Grid:
    """Each box with another text, merged as before."""
    new = {box: Box(change(box), box.cell, box.head) for row in grid for box in row}
    return [[new[box] for box in row] for row in grid]


def labels(grid: Grid, change: Callable[[str], str]) -> Grid:
    """Each label and header with another text, the numbers as they are."""
    return changed(grid, lambda box: box.text if box.cell else change(box.text))


def numbers(grid: Grid, change: Callable[[str], str]) -> Grid:
    return changed(grid, lambda box: change(box.text) if box.cell else box.text)


def rows(grid: Grid, *wanted: int) -> Grid:
    """Some rows, as a table of its own: what was merged across the cut is drawn twice."""
    return changed([grid[row] for row in wanted], lambda box: box.text)


def columns(grid: Grid, *wanted: int) -> Grid:
    return changed([[row[column] for column in wanted] for row in grid], lambda box: box.text)


def row_of(grid: Grid, cell: str) -> int:
    """The row that a cell stands in."""
    (found,) = {n for n, row in enumerate(grid) for box in row if box.cell == cell}
    return found


def without(grid: Grid, *cells: str) -> Grid:
    """The rows but those of these cells."""
    gone = {row_of(grid, cell) for cell in cells}
    return [row for number, row in enumerate(grid) if number not in gone]


def flat(grid: Grid) -> Grid:
    """The last of the three rows of header alone."""
    return rows(grid, *range(2, len(grid)))


def places(grid: Grid) -> Iterator[tuple[int, int, Box, int, int]]:
    """(row, column, box, across, down) of each box in reading order; one cut apart comes again."""
    covered: set[tuple[int, int]] = set()
    for top, row in enumerate(grid):
        for left, box in enumerate(row):
            if (top, left) in covered:
                continue
            across = 1
            while row[left + across : left + across + 1] == [box]:
                across += 1
            down = 1
            while top + down < len(grid) and _filled(grid[top + down], box, left, across):
                down += 1
            covered |= {(top + y, left + x) for y in range(down) for x in range(across)}
            yield top, left, box, across, down


def _filled(row: list[Box], box: Box, left: int, across: int) -> bool:
    return row[left : left + across] == [box] * across
