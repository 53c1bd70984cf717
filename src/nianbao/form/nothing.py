"""What is typed where there is nothing to report.

Knows that a number is 0, and that a rate without a divisor is what its cell takes
instead of one. Knows which cells may be blank, and no report.
"""

from __future__ import annotations

import re
from collections.abc import Container

from nianbao.form.kind import Figure
from nianbao.form.row import Cell, Row

EMPTY = '""'
_PLAIN = re.compile(r"[^\W_][^,:#\[\]{}\"']*|[—–]+|/")
"""A word that reads back as it is between the commas of a list."""


def row(row: Row, rates: Container[str]) -> str:
    """A whole row of nothing: 0, or a list where a rate, by its address, takes something else.

    "" where nothing at all is typed.
    """
    cells = row.cells()
    if not any(refuses_zero(cell, rates) for cell in cells):
        return "0"
    typed = [_of(cell, rates) for cell in cells]
    return typed[0] if len(cells) == 1 else f"[{', '.join(each or EMPTY for each in typed)}]"


def refuses_zero(cell: Cell, rates: Container[str]) -> bool:
    """True for a rate that is no 0 where it has no divisor: something else may stand there."""
    drawn = (cell.row.drawn or cell.row).cell(cell.column)
    return drawn.address in rates and (cell.takes.blank.always or bool(cell.takes.blank.words))


def _of(cell: Cell, rates: Container[str]) -> str:
    if not isinstance(cell.kind, Figure):
        return ""
    words = cell.takes.blank.words
    if not refuses_zero(cell, rates):
        return cell.kind.zero.said
    return _quoted(words[0]) if words else ""


def _quoted(word: str) -> str:
    """A word of the form as a list takes it."""
    return (
        word
        if _PLAIN.fullmatch(word)
        else '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
