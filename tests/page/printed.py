"""A PDF as a reader sees it: lines of text with their fonts and places, tables with their cells.

Measures in points from the top left corner of the page. Knows the stand-ins of fonts.conf by the
faces they stand for, and no form.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

TIMES, FANG, KAI, HEI, SONG, TITLE = "Times New Roman", "仿宋", "楷体", "黑体", "宋体", "小标宋"
_FACES = {
    "LiberationSerif": {TIMES},
    "FandolFang": {FANG},
    "FandolKai": {KAI},
    "FandolHei": {HEI},
    "FandolSong-Regular": {SONG},
    "FandolSong-Bold": {SONG, TITLE},
    "cwTeXFangSong": {FANG},
    "cwTeXKai": {KAI},
    "cwTeXHei": {HEI},
    "cwTeXMing": {SONG, TITLE},
    "UKai": {FANG, KAI, HEI, SONG, TITLE},
}
"""UKai stands in for every face: it has the characters that a face's own stand-ins lack."""


@dataclass(frozen=True)
class Glyph:
    text: str
    font: str
    faces: frozenset[str]
    bold: bool
    size: float
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float


@dataclass(frozen=True)
class Line:
    """Glyphs on one baseline, left to right, blanks left out."""

    page: int
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)


@dataclass(frozen=True)
class Box:
    """A cell of a table; `lines` from the top."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Table:
    """The part of a table that stands on one page; merged-over places are left out of `rows`."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True)
class Page:
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    """Everything outside tables, top to bottom, the page number last."""
    tables: tuple[Table, ...]
    grey: tuple[tuple[float, float], ...]
    """Tops and bottoms of shaded bands, once each."""
    strays: tuple[Glyph, ...]
    """Glyphs that stand in a table, but not wholly within one of its cells."""

    @property
    def foot(self) -> Line:
        return self.lines[-1]

    @property
    def text_lines(self) -> tuple[Line, ...]:
        return self.lines[:-1]


def read(path: Path) -> list[Page]:
    """The pages of a PDF."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [_page(page) for page in document.pages]


def _page(page: Any) -> Page:
    glyphs = [_glyph(char, page.height) for char in page.chars if char["text"].strip()]
    tables, inside, strays = [], set(), []
    for found in page.find_tables():
        x0, top, x1, bottom = found.bbox
        own = [g for g in glyphs if _within(g, found.bbox, slack=2)]
        inside |= set(map(id, own))
        held: set[int] = set()
        rows = []
        for row in found.rows:
            boxes = []
            for bbox in filter(None, row.cells):
                mine = [g for g in own if _within(g, bbox, slack=0.8)]
                held |= set(map(id, mine))
                boxes.append(Box(*bbox, _lines(page.page_number, mine)))
            rows.append(tuple(boxes))
        strays += [g for g in own if id(g) not in held]
        tables.append(Table(page.page_number, x0, top, x1, bottom, tuple(rows)))
    free = [g for g in glyphs if id(g) not in inside]
    return Page(
        page.page_number,
        page.width,
        page.height,
        _lines(page.page_number, free),
        tuple(tables),
        _bands(page),
        tuple(strays),
    )


def _glyph(char: dict[str, Any], height: float) -> Glyph:
    font = char["fontname"].partition("+")[2] or char["fontname"]
    faces = next((faces for name, faces in _FACES.items() if font.startswith(name)), {font})
    return Glyph(
        char["text"],
        font,
        frozenset(faces),
        "Bold" in font,
        round(char["size"], 1),
        char["x0"],
        char["x1"],
        char["top"],
        char["bottom"],
        round(height - char["matrix"][5], 2),
    )


def _bands(page: Any) -> tuple[tuple[float, float], ...]:
    filled = [r for r in page.rects if r["fill"] and r["height"] > 5]
    light = [r for r in filled if 0.6 < min(r["non_stroking_color"] or [0]) < 1]
    return tuple(sorted({(round(r["top"]), round(r["bottom"])) for r in light}))


def _within(glyph: Glyph, bbox: tuple[float, float, float, float], slack: float) -> bool:
    """True when the glyph's body (a third of its size about its middle) lies in the box."""
    x0, top, x1, bottom = bbox
    middle = glyph.baseline - glyph.size * 0.35
    reach = glyph.size * 0.35
    return (
        x0 - slack <= glyph.x0
        and glyph.x1 <= x1 + slack
        and top - slack <= middle - reach
        and middle + reach <= bottom + slack
    )


def _lines(page: int, glyphs: list[Glyph]) -> tuple[Line, ...]:
    ordered = sorted(glyphs, key=lambda g: (g.baseline, g.x0))
    starts = [0] + [
        n for n, (a, b) in enumerate(pairwise(ordered), 1) if b.baseline - a.baseline > 1
    ]
    return tuple(
        Line(page, tuple(sorted(ordered[a:b], key=lambda g: g.x0)))
        for a, b in pairwise([*starts, len(ordered)])
        if a < b
    )
