"""A page as placeholders: what stands where, as data.

Knows paragraphs, loops and the grids of tables as text, and what a placeholder
looks like. Knows no form (`audit` does) and no values; `template` reads it from
a Word document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import squeeze
from nianbao.diagnostics import Finding
from nianbao.form.contract import YEARS

STANDALONE, RUNNING, LAST, LEAD, TEXT = "独立标题", "正文", "末段", "题", "文"
"""What a template may ask of a narrative: `段.独立标题` and `段.正文`, of the latter `.题` and `.文`.

A template that asks for `段.末段` too gets the last paragraph there instead of
in `段.正文`: it may be styled to stay with what follows.
"""

TAG = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{#[^{}\n]*#\}")
NAME = re.compile(r"\{\{\s*([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*\}\}")
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
WIDE_BRACES = re.compile(r"[{｛]｛|｛[{%％]|[}｝]｝|[%％]｝|｝\}")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `number` counts from 1 as Word's reader would, in its cell or outside tables."""

    text: str
    number: int
    ends_section: bool = False
    """A section of pages, with a size and margins of its own, ends with it."""
    cell: str = ""
    """Where the cell is that it stands in."""

    @property
    def where(self) -> str:
        if self.cell:
            return self.cell
        return f"正文第 {self.number} 段“{shortened(self.text)}”"


@dataclass(frozen=True, slots=True)
class Loop:
    variable: str
    over: str
    line: Line
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as drawn: its text, and the grid columns and rows it covers (from 0)."""

    text: str
    table: int
    row: int
    at: int
    first: int
    last: int
    continues: bool = False
    """A lower part of a vertical merge."""
    items: tuple[Item, ...] = ()
    """Its paragraphs, those of a loop within it."""
    whole: str = ""
    """What the merged cell says that it is a part of; its own text where it is none."""

    @property
    def where(self) -> str:
        return f"第 {self.table} 个表第 {self.row + 1} 行第 {self.at + 1} 格"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `rows` as drawn, one tuple of cells a row."""

    rows: tuple[tuple[GridCell, ...], ...]

    def cells(self) -> Iterator[GridCell]:
        return (cell for row in self.rows for cell in row)


Item = Line | Loop | Grid


@dataclass
class Layout:
    """A template's body in reading order."""

    items: tuple[Item, ...]
    findings: list[Finding] = field(default_factory=list)


def sets_last_apart(items: tuple[Item, ...], name: str) -> bool:
    """True when a template asks for the last paragraph of narrative `name` by itself."""
    return any(
        isinstance(inner, Loop) and inner.over == f"{loop.variable}.{LAST}"
        for loop in items
        if isinstance(loop, Loop) and loop.over == name
        for inner in loop.items
    )


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """True for a cell that is filled; a label may have a year filled in."""
    if not has_tag(text):
        return False
    bare = TAG.sub("", text)
    names = [name[1] if (name := NAME.fullmatch(tag)) else "" for tag in TAG.findall(text)]
    return not (names and squeeze(bare) and set(names) <= set(YEARS))


def has_tag(text: str) -> bool:
    return bool(BRACES.search(text) or WIDE_BRACES.search(text))
