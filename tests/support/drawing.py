"""Templates drawn by python-docx from the pictures in a document, as their reader would in Word."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

BARS = "│├┤┼┌┐└┘┬┴"
STYLES = {"标题": "Title", "标题 1": "Heading 1", "标题 2": "Heading 2"}
ARROW = "←"
"""Before the style of a paragraph, which is not typed."""


@dataclass
class _Cell:
    text: str
    top: int
    bottom: int
    left: int
    right: int


def is_table(picture: str) -> bool:
    return picture.startswith("┌")


def draw(document: Any, picture: str) -> None:
    """What a picture shows, at the end of a document: a table, or a paragraph a line."""
    if is_table(picture):
        _table(document, picture)
        return
    for line in picture.strip("\n").split("\n"):
        text, _, style = (part.strip() for part in line.partition(ARROW))
        document.add_paragraph(text, style=STYLES[style] if style else None)


def cells(picture: str) -> list[list[str]]:
    """The texts of a table without merged cells, row by row."""
    found, _ = _cells(picture)
    rows = max(cell.bottom for cell in found) + 1
    return [[cell.text for cell in found if cell.top == row] for row in range(rows)]


def _table(document: Any, picture: str) -> None:
    found, columns = _cells(picture)
    table = document.add_table(max(cell.bottom for cell in found) + 1, columns, "Table Grid")
    for cell in found:
        first, last = table.cell(cell.top, cell.left), table.cell(cell.bottom, cell.right)
        first.merge(last).text = cell.text


def _cells(picture: str) -> tuple[list[_Cell], int]:
    """The cells, and how many columns they stand in; a rule that is open goes on below."""
    lines = [_in_columns(line) for line in picture.strip("\n").split("\n")]
    edges = sorted({x for line in lines for x, mark in enumerate(line) if mark in BARS})
    found: list[_Cell] = []
    for row, (rule, line) in enumerate(zip(lines[::2], lines[1::2], strict=False)):
        for start, end in pairwise([x for x, mark in enumerate(line) if mark == "│"]):
            left, right = edges.index(start), edges.index(end) - 1
            if rule[start + 1] == " ":
                (above,) = [c for c in found if (c.left, c.bottom) == (left, row - 1)]
                above.bottom = row
            else:
                text = "".join(line[start + 1 : end]).strip(" ")
                found.append(_Cell(text, row, row, left, right))
    return found, len(edges) - 1


def _in_columns(line: str) -> list[str]:
    """One item a column of the screen: a wide character takes two."""
    wide = {char for char in line if unicodedata.east_asian_width(char) in "WF"}
    return [item for char in line for item in ([char, ""] if char in wide else [char])]
