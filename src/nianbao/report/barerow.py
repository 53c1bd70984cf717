"""A row of numbers without its brackets, as it comes when pasted from a spreadsheet.

Knows what stands between such numbers and where each of them was typed. What a
number may look like and how many a row has, the table's reader knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from nianbao.chinese.characters import visible
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit
from nianbao.source import tree

_GAP = rf"(?:[{BLANKS}]*、[{BLANKS}]*|[{BLANKS}]+)"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_ROW = re.compile(rf"{_NUMBER}(?:{_GAP}{_NUMBER})+")
_EACH = re.compile(_NUMBER)
_COMMA = re.compile(rf"[{BLANKS}]*[,，、][{BLANKS}]*|[{BLANKS}]+")
_TYPED = re.compile(rf"[0-9０-９.．]+(?:{_COMMA.pattern}|[0-9０-９.．])*[0-9０-９]")
_FEWEST = 3
"""Numbers that commas may stand between: two and a comma may be one with a thousands separator."""


def is_row(text: str) -> bool:
    """True for plain numbers side by side: no notes, units or thousands separators."""
    return bool(_ROW.fullmatch(text.strip(BLANKS)))


def numbers(row: tree.Scalar) -> Iterator[tree.Scalar]:
    """Each number of such a row, where it stands."""
    line = row.lines[0]
    for found in _EACH.finditer(line.text):
        place = line.place(found.start())
        yield tree.Scalar(found[0], place, (tree.Line(found[0], place),))


def bracketed(row: tree.Scalar, count: int) -> list[Edit]:
    """What makes a list of numbers with commas, or in full width, that are exactly `count`."""
    if len(row.lines) != 1 or row.spread or row.block or count < _FEWEST:
        return []
    line = row.lines[0]
    typed = visible(line.text)
    inner = typed[1:-1] if typed[:1] in "(（" and typed[-1:] in ")）" else typed
    parts = [unicodedata.normalize("NFKC", part) for part in _COMMA.split(inner.strip(BLANKS))]
    if not _TYPED.fullmatch(inner.strip(BLANKS)) or len(parts) != count:
        return []
    return [line.replaced(0, len(line.text), f"[{', '.join(parts)}]")]
