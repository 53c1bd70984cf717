"""Drawings by lot: each mixes several of the ways in which offices change a table.

Nothing here has to be read whole; no number may be wrong, and a blank must be told.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial

from intake.layouts import Collection, ooxml, pages, texts
from intake.layouts.grid import (
    Box,
    Grid,
    changed,
    columns,
    flat,
    four,
    labels,
    numbers,
    pieces,
    rows,
    three,
    two,
)
from intake.layouts.report import GROUPS, PEOPLE, RESULTS, Report, report
from intake.layouts.wording import TO_TRADITIONAL, WIDE

LAYOUTS = Collection()
COUNT = 120

Rng = random.Random
Change = Callable[[Rng, Grid], Grid]


def head(text: str) -> Box:
    return Box(text, head=True)


def _same(_: Rng, grid: Grid) -> Grid:
    return grid


# --- table 3: its header, labels, columns, rows ------------------------------------------------


def _flat(_: Rng, grid: Grid) -> Grid:
    return flat(grid)


def _in_words(_: Rng, grid: Grid) -> Grid:
    made = flat(grid)
    names = [f"法人或其他组织（{text}）" if text in PEOPLE[1:6] else text for text in PEOPLE]
    made[0] = [*made[0][:3], *map(head, names)]
    return made


def _counted(_: Rng, grid: Grid) -> Grid:
    count = [*[head("栏次")] * 3, *(head(str(n)) for n in range(1, len(grid[0]) - 2))]
    return [*grid[:3], count, *grid[3:]]


def _one_label(_: Rng, grid: Grid) -> Grid:
    return changed([boxes[2:] for boxes in grid], lambda box: box.text)


def _two_labels(_: Rng, grid: Grid) -> Grid:
    return changed([boxes[1:] for boxes in grid], lambda box: box.text)


def _together(_: Rng, grid: Grid) -> Grid:
    made = []
    for boxes in grid:
        texts_ = list(dict.fromkeys(box.text for box in boxes[:3]))
        made.append([Box("".join(texts_), head=boxes[0].head), *boxes[3:]])
    return made


def _in_order(_: Rng, grid: Grid) -> Grid:
    top = head("序号")
    body = [n for n, boxes in enumerate(grid) if any(box.cell for box in boxes)]
    return [
        [Box(str(n - body[0] + 1)) if n in body else top, *boxes] for n, boxes in enumerate(grid)
    ]


def _shuffled_columns(rng: Rng, grid: Grid) -> Grid:
    width = len(grid[0])
    order = list(range(width - 7, width))
    rng.shuffle(order)
    return columns(grid, *range(width - 7), *order)


def _with_subtotal(_: Rng, grid: Grid) -> Grid:
    made = []
    for boxes in grid:
        own = [box for box in boxes if box.cell][-7:]
        text = str(sum(_int(box.text) for box in own[1:6])) if own else "小计"
        made.append([*boxes[:-1], Box(text), boxes[-1]])
    return made


def _int(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _blank_columns(_: Rng, grid: Grid) -> Grid:
    width = len(grid[0])
    order = [*range(width - 7), *(n for c in range(width - 7, width) for n in (c, -1))]
    return [[Box("") if n < 0 else boxes[n] for n in order] for boxes in grid]


def _subtotals(rng: Rng, grid: Grid) -> Grid:
    at = rng.sample(range(5, len(grid)), 3)
    made: Grid = []
    for number, boxes in enumerate(grid):
        made.append(boxes)
        if number in at:
            label = Box(rng.choice(["小计", "合计", "本年新收小计", "其中：网上申请", ""]))
            width = sum(bool(box.cell) for box in boxes)
            more = [Box(str(rng.randint(1, 99))) for _ in range(width)]
            made.append([*[label] * (len(boxes) - width), *more])
    return made


def _empty_rows(rng: Rng, grid: Grid) -> Grid:
    made = list(grid)
    for at in rng.sample(range(3, len(grid)), 2):
        made.insert(at, [Box("") for _ in grid[0]])
    return made


def _shuffled_rows(rng: Rng, grid: Grid) -> Grid:
    body = [n for n, boxes in enumerate(grid) if any(box.cell for box in boxes)]
    order = list(body)
    rng.shuffle(order)
    return changed([*grid[: body[0]], *(grid[n] for n in order)], lambda box: box.text)


HEADERS: list[Change] = [_same, _same, _flat, _in_words, _counted]
LABELS: list[Change] = [_same, _same, _one_label, _two_labels, _together, _in_order]
COLUMNS: list[Change] = [_same, _same, _shuffled_columns, _with_subtotal, _blank_columns]
ROWS: list[Change] = [_same, _same, _subtotals, _empty_rows, _shuffled_rows]


def _left_out(rng: Rng, r: Report, grid: Grid) -> Grid:
    """Some rows are not there."""
    gone = rng.sample(range(1, 26), rng.choice([0, 0, 1, 3]))
    for number in gone:
        r.gone(*r.row(f"c{number}"))
    names = {f"c{number}" for number in gone}
    return [boxes for boxes in grid if boxes[-1].cell[:-1] not in names]


def _third(rng: Rng, r: Report) -> list[Grid]:
    grid = _left_out(rng, r, three(r))
    for ways in (HEADERS, ROWS, COLUMNS, LABELS):
        grid = rng.choice(ways)(rng, grid)
    top = next(n for n, boxes in enumerate(grid) if any(box.cell for box in boxes))
    if rng.random() < 0.4:
        cut = rng.randrange(top + 2, len(grid) - 1)
        again = range(top) if rng.random() < 0.6 else []
        rest = rows(grid, *again, *range(cut, len(grid)))
        if rng.random() < 0.3:
            own = {box for box in rest[len(again)] if not box.cell}
            rest = changed(rest, lambda box: "" if box in own else box.text)
        return [grid[:cut], rest]
    return [grid]


# --- tables 2 and 4 -----------------------------------------------------------------------------


def _second(rng: Rng, r: Report) -> list[Grid]:
    grid = two(r)
    starts = [n for n, boxes in enumerate(grid) if boxes[0] is boxes[3]]
    way = rng.randrange(5)
    if way == 0:
        ends = [*starts[1:], len(grid)]
        return [rows(grid, *range(a, b)) for a, b in zip(starts, ends, strict=True)]
    if way == 1:
        return [rows(grid, *(n for n in range(len(grid)) if n not in starts))]
    if way == 2:
        return [[[boxes[0], Box("件" if boxes[1].cell else "单位"), *boxes[1:]] for boxes in grid]]
    return [grid]


def _fourth(rng: Rng, r: Report) -> list[Grid]:
    own = [[Box(r.printed[c], c) for c in r.row(f"d{n}")] for n in (1, 2, 3)]
    names = [head(text) for text in RESULTS]
    way = rng.randrange(6)
    if way == 0:
        return [[[head(g)] * 5, names, boxes] for g, boxes in zip(GROUPS, own, strict=True)]
    if way == 1:
        return [[[head("类别"), *names], *([Box(g), *b] for g, b in zip(GROUPS, own, strict=True))]]
    if way == 2:
        down: Grid = [[head("类别"), head("结果"), head("件数")]]
        for group, boxes in zip(GROUPS, own, strict=True):
            label = Box(group)
            down += [[label, Box(t), box] for t, box in zip(RESULTS, boxes, strict=True)]
        return [down]
    if way == 3:
        grid = four(r)
        return [columns(grid, *range(5)), columns(grid, *range(5, 15))]
    return [four(r)]


# --- what is typed ----------------------------------------------------------------------------------


def _slip(rng: Rng, text: str) -> str:
    """A label with a character lost, doubled or changed; short ones are left alone."""
    if len(text) < 5 or rng.random() > 0.08:
        return text
    at = rng.randrange(1, len(text))
    return text[:at] + rng.choice(["", text[at] * 2, "的"]) + text[at + 1 :]


def _respelt(rng: Rng) -> Callable[[str], str]:
    def bare(text: str) -> str:
        return re.sub(r"^([一二三四]、|（[一二三四五六七]）|\d\.)", "", text)

    def spaced(text: str) -> str:
        return " ".join(text) if len(text) < 6 else text

    def broken(text: str) -> str:
        return f"{text[:2]}\n{text[2:]}" if len(text) in (4, 6) else text

    changes = (str, str, bare, spaced, broken, lambda text: text.translate(TO_TRADITIONAL))
    chosen = rng.choice(changes)
    return lambda text: chosen(_slip(rng, text))


def _counts(rng: Rng, r: Report) -> None:
    """Some cells are blank or say something that is no number."""
    share = rng.choice([0, 0, 0.03, 0.2])
    for cell in r.figures:
        if rng.random() < share:
            r.stands(cell, rng.choice(["", "", "/", "—", "-", "无", "3件左右", "12?"]), None)
            r.stood[cell] = ""
    for cell in r.figures:
        r.reads[cell].add(None)
        r.stood[cell] = ""


def _typed(rng: Rng) -> Callable[[str], str]:
    return rng.choice(
        [str, str, lambda t: t.translate(WIDE), lambda t: f" {t} ", lambda t: f"{t}\u00a0"]
    )


def _word(rng: Rng) -> Callable[[list], bytes]:
    table = rng.choice([ooxml.merged, ooxml.merged, ooxml.repeated, ooxml.blank])
    return partial(rng.choice([ooxml.simple, ooxml.with_styles]), table=table)


def _page(rng: Rng, r: Report) -> Callable[[list], bytes]:
    def lost(box: Box, across: int, down: int) -> str:
        return f"<td>{pages.inner(box)}</td>"

    def across_only(box: Box, across: int, down: int) -> str:
        return pages.td(box, across, 1)

    cell = rng.choice([pages.td, pages.td, lost, across_only])
    return lambda found: pages.saved(
        r, pages.article(found, draw=lambda grid: pages.table(grid, cell=cell))
    )


def _text(rng: Rng) -> Callable[[list], bytes]:
    table = rng.choice([texts.one_a_line, texts.tabbed, texts.in_rows, _lines_of_what_is_there])
    between = rng.choice(["\n", "\n\n"])
    return lambda found: texts.written(found, table, between).encode()


def _lines_of_what_is_there(grid: Grid) -> str:
    """One a line, where a blank cell leaves no line."""
    return re.sub(r"\n\s*\n", "\n", texts.one_a_line(grid))


def _draw(suffix: str, r: Report) -> bytes:
    rng = Rng(f"{r.name} drawn")
    _counts(rng, r)
    respelt, typed = _respelt(rng), _typed(rng)
    tables = [
        [numbers(labels(grid, respelt), typed) for grid in made(rng, r)]
        for made in (_second, _third, _fourth)
    ]
    found = pieces(r, *tables)
    if rng.random() < 0.15:
        found = [piece for piece in found if piece.kind != "head"]
    elif rng.random() < 0.15:
        found = [p._replace(text=p.text[2:]) if p.kind == "head" else p for p in found]
    r.loose |= {*r.parts, "单位", "年度", "标题"}
    r.may_be_refused = True
    ways = {".docx": _word(rng), ".html": _page(rng, r), ".txt": _text(rng)}
    return ways[suffix](found)


for _number in range(COUNT):
    _suffix = (".docx", ".docx", ".html", ".txt")[_number % 4]
    LAYOUTS.drawing(f"mixed-{_number:03}{_suffix.replace('.', '-')}", _suffix, report)(
        partial(_draw, _suffix)
    )
