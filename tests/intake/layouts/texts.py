"""The text of a report as it is pasted into Notepad: from a portal, from Word, typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from intake.layouts import Collection
from intake.layouts.grid import Box, Grid, Piece, labels, pieces, places, row_of, three, two
from intake.layouts.report import LABELS, Report, quiet, report
from intake.layouts.wording import AS_PORTALS, WIDE

LAYOUTS = Collection()
pasted = partial(LAYOUTS.drawing, suffix=".txt", make=report)


def written(
    found: list[Piece], table: Callable[[Grid], str], between: str = "\n\n", indent: str = ""
) -> str:
    lines = [
        table(piece.table) if piece.table else (indent * (piece.kind == "line")) + piece.text
        for piece in found
    ]
    return between.join(lines) + "\n"


def one_a_line(grid: Grid, between: str = "\n\n", blank: str = " ") -> str:
    """What a browser copies: each cell a line; numbers with a blank before."""
    lines = []
    for _, _, box, _, _ in places(grid):
        lines.append(f"{blank if box.cell else ''}{box.text}".replace("\n", between))
    return between.join(lines)


def tabbed(grid: Grid, blank: str = "") -> str:
    """What Word copies: a row a line, cells parted by tabs, covered cells empty."""
    first = {(top, left) for top, left, *_ in places(grid)}
    lines = []
    for top, boxes in enumerate(grid):
        cells, seen = [], set()
        for left, box in enumerate(boxes):
            if box in seen:
                continue
            seen.add(box)
            cells.append(box.text if (top, left) in first else blank)
        lines.append("\t".join(cells))
    return "\n".join(lines)


def in_rows(grid: Grid, between: str = "  ") -> str:
    """A row a line, only what is new in it, parted by blanks."""
    lines: list[list[str]] = [[] for _ in grid]
    for top, _, box, _, _ in places(grid):
        lines[top].append(box.text.replace("\n", ""))
    return "\n".join(between.join(line) for line in lines if line)


# --- one number a line -----------------------------------------------------------------


@pasted("text-one-a-line")
def _(r: Report) -> bytes:
    return written(pieces(r), one_a_line).encode()


@pasted("text-one-a-line-quiet-town", make=quiet)
def _(r: Report) -> bytes:
    return written(pieces(r), one_a_line).encode()


@pasted("text-one-a-line-no-blank-lines")
def _(r: Report) -> bytes:
    return written(pieces(r), partial(one_a_line, between="\n", blank=""), "\n", "　　").encode()


@pasted("text-one-a-line-gb18030-crlf")
def _(r: Report) -> bytes:
    text = written(pieces(r), one_a_line)
    return text.replace("\n", "\r\n").encode("gb18030")


@pasted("text-one-a-line-utf-16")
def _(r: Report) -> bytes:
    return written(pieces(r), one_a_line).replace("\n", "\r\n").encode("utf-16")


@pasted("text-one-a-line-labels-broken")
def _(r: Report) -> bytes:
    """商业 / 企业, 结果 / 维持: headers broken over two lines, as they were in their cells."""

    def broken(text: str) -> str:
        return f"{text[:2]}\n{text[2:]}" if len(text) == 4 else text

    third, fourth = labels(three(r), broken), None
    found = pieces(r, two, third)
    found = [
        p._replace(table=labels(p.table, broken)) if p.table and len(p.table) == 4 else p
        for p in found
    ]
    assert fourth is None
    return written(found, one_a_line).encode()


@pasted("text-one-a-line-as-portals-convert")
def _(r: Report) -> bytes:
    text = written(pieces(r), one_a_line).translate(AS_PORTALS)
    r.unit, r.title = r.unit.translate(AS_PORTALS), r.title.translate(AS_PORTALS)
    r.parts = {key: [text.translate(AS_PORTALS) for text in ts] for key, ts in r.parts.items()}
    return text.encode()


@pasted("text-one-a-line-full-width")
def _(r: Report) -> bytes:
    def draw(grid: Grid) -> str:
        lines = [
            box.text.translate(WIDE) if box.cell else box.text for *_, box, _, _ in places(grid)
        ]
        return "\n\n".join(lines)

    return written(pieces(r), draw).encode()


@pasted("text-one-a-line-slashes", make=quiet)
def _(r: Report) -> bytes:
    """Each nought of table 4 is a /, some of table 3 a —: each stands on its line."""
    for number in (1, 2, 3):
        for cell in r.row(f"d{number}"):
            if r.figures[cell] == "0":
                r.stands(cell, "/", None)
    for cell in r.row("c7"):
        if r.figures[cell] == "0":
            r.stands(cell, "—", None)
    return written(pieces(r), one_a_line).encode()


@pasted("text-one-a-line-a-blank-cell")
def _(r: Report) -> bytes:
    """A blank cell leaves no line, so six numbers follow a label of seven: none has its place."""
    for name in ("c4", "c17"):
        r.stands(f"{name}c", "", None)
        for cell in r.row(name):
            r.reads[cell] = {None}
            r.stood.setdefault(cell, r.printed[cell])
    found = pieces(r)

    def draw(grid: Grid) -> str:
        lines = [f" {b.text}" if b.cell else b.text for *_, b, _, _ in places(grid) if b.text]
        return "\n\n".join(lines)

    return written(found, draw).encode()


@pasted("text-one-a-line-a-number-too-many")
def _(r: Report) -> bytes:
    """Eight numbers after a label of seven (a page number, a slip): none has its place."""
    for cell in r.row("c9"):
        r.reads[cell] = {None}
        r.stood[cell] = r.printed[cell]

    def draw(grid: Grid) -> str:
        lines = []
        for *_, box, _, _ in places(grid):
            lines.append(box.text)
            if box.cell == "c9b":
                lines.append("57")
        return "\n\n".join(lines)

    return written(pieces(r), draw).encode()


@pasted("text-one-a-line-a-label-lost")
def _(r: Report) -> bytes:
    """The label 2.重复申请 was lost while its numbers were kept: fourteen after 1.信访举报投诉."""
    for name in ("c16", "c17"):
        for cell in r.row(name):
            r.reads[cell] = {None}
            r.stood[cell] = r.printed[cell]

    def draw(grid: Grid) -> str:
        lines = [b.text for *_, b, _, _ in places(grid) if b.text != LABELS["c17"]]
        return "\n\n".join(lines)

    return written(pieces(r), draw).encode()


@pasted("text-one-a-line-page-numbers")
def _(r: Report) -> bytes:
    """Copied from a PDF: — 2 — stands between two rows of table 3 and in a paragraph's place."""

    def draw(grid: Grid) -> str:
        lines = []
        for *_, box, _, _ in places(grid):
            if box.text == LABELS["c13"]:
                lines.append("— 3 —")
            lines.append(box.text)
        return "\n".join(lines)

    found = pieces(r)
    found.insert(6, Piece("line", "— 2 —"))
    return written(found, draw, "\n").encode()


# --- rows ----------------------------------------------------------------------------------


@pasted("text-tabs")
def _(r: Report) -> bytes:
    return written(pieces(r), tabbed, "\n").encode()


@pasted("text-tabs-gb18030")
def _(r: Report) -> bytes:
    return written(pieces(r), tabbed, "\r\n").encode("gb18030")


@pasted("text-tabs-blank-cells", make=quiet)
def _(r: Report) -> bytes:
    """With tabs a blank cell keeps its place."""
    noughts = [cell for cell, figure in r.figures.items() if figure == "0"]
    for cell in noughts[3::9]:
        r.stands(cell, "", None)
    return written(pieces(r), tabbed, "\n").encode()


@pasted("text-tabs-of-a-spreadsheet")
def _(r: Report) -> bytes:
    """Copied by way of a spreadsheet: every cell of the grid has its column."""

    def draw(grid: Grid) -> str:
        first = {(top, left) for top, left, *_ in places(grid)}
        return "\n".join(
            "\t".join(b.text if (top, left) in first else "" for left, b in enumerate(boxes))
            for top, boxes in enumerate(grid)
        )

    return written(pieces(r), draw, "\n").encode()


@pasted("text-rows-with-blanks")
def _(r: Report) -> bytes:
    return written(pieces(r), in_rows, "\n").encode()


@pasted("text-rows-with-one-blank")
def _(r: Report) -> bytes:
    return written(pieces(r), partial(in_rows, between=" "), "\n").encode()


@pasted("text-rows-with-bars")
def _(r: Report) -> bytes:
    """| a | b |: Markdown, as chat programs give it."""

    def draw(grid: Grid) -> str:
        first = {(top, left) for top, left, *_ in places(grid)}
        lines = []
        for top, boxes in enumerate(grid):
            cells = [b.text if (top, left) in first else "" for left, b in enumerate(boxes)]
            lines.append(f"| {' | '.join(cells)} |")
        lines.insert(1, "|" + "---|" * len(grid[0]))
        return "\n".join(lines)

    return written(pieces(r), draw).encode()


@pasted("text-rows-drawn-with-lines")
def _(r: Report) -> bytes:
    """┌──┬──┐: a table of box-drawing signs."""

    def draw(grid: Grid) -> str:
        rule = "├" + "┼".join(["──"] * len(grid[0])) + "┤"
        lines = []
        first = {(top, left) for top, left, *_ in places(grid)}
        for top, boxes in enumerate(grid):
            lines += [
                rule,
                "│"
                + "│".join(b.text if (top, n) in first else "" for n, b in enumerate(boxes))
                + "│",
            ]
        return "\n".join(
            [
                "┌" + rule[1:-1].replace("┼", "┬") + "┐",
                *lines[1:],
                "└" + rule[1:-1].replace("┼", "┴") + "┘",
            ]
        )

    return written(pieces(r), draw).encode()


@pasted("text-typed-as-sentences")
def _(r: Report) -> bytes:
    """规章：本年制发件数0，本年废止件数0…: typed, so read or left blank."""
    r.unsure(*r.figures)

    def draw(grid: Grid) -> str:
        lines = []
        for boxes in grid:
            numbers = [b for b in dict.fromkeys(boxes) if b.cell]
            if numbers:
                label = (
                    next(b.text for b in reversed(boxes) if not b.cell)
                    if len(boxes) < 15
                    else "合计"
                )
                lines.append(f"{label}：" + "、".join(b.text for b in numbers) + "。")
        return "\n".join(lines)

    return written(pieces(r), draw).encode()


@pasted("text-tables-lost")
def _(r: Report) -> bytes:
    """The portal dropped its tables: headings follow each other."""
    r.gone(*r.figures)
    return written([p for p in pieces(r) if not p.table], str).encode()


@pasted("text-two-copies-that-differ")
def _(r: Report) -> bytes:
    """Table 3 was pasted twice, the second time with one number changed."""
    grid = three(r)
    at = row_of(grid, "c3a")
    other = [list(boxes) for boxes in grid]
    other[at] = [*grid[at][:3], Box(str(int(r.figures["c3a"]) + 1), "c3a"), *grid[at][4:]]
    for name in LABELS:
        r.unsure(*r.row(name))
    r.reads["c3a"] = {None}
    r.stood = dict.fromkeys(r.stood, "")
    return written(pieces(r, two, [grid, other]), tabbed, "\n").encode()
