"""A template compiled: literal XML, the places that are filled, and what is repeated.

Plain data, written as JSON and read back by whoever keeps it; and how each piece
of it is put on a sheet with the values of a report. Knows no form, no package
and no library but Python's own. How a plan is made is `compiled`'s; what is put
around it in the file, and whether it came out as it should, is `render`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nianbao.chinese.wording import Script
from nianbao.word.column import digits_of
from nianbao.word.layout import Grid, GridCell, Item, Line, Loop
from nianbao.word.package import escaped

_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t>"
_EMPTY = _OPEN + _CLOSE
_BLANK = "<w:p/>"
_PARAGRAPH, _ROW = re.compile(r"<w:p[ />]"), re.compile(r"<w:tr[ />]")
_BROKEN = re.compile(r"[\t\n]")
_MARKS = {"\t": f"{_CLOSE}<w:tab/>{_OPEN}", "\n": f"{_CLOSE}<w:br/>{_OPEN}"}


@dataclass(slots=True)
class Sheet:
    """What has been put down of a part so far."""

    values: dict[str, Any]
    """What each name holds here, the items of the loops around included."""
    out: list[str] = field(default_factory=list)
    texts: int = 0
    """So many texts have been put down that are not empty."""
    blank: int = 0
    """So many cells that held nothing."""
    narrow: frozenset[int] = frozenset()
    """The columns that are set narrow."""
    is_narrow: bool = False
    """True within a figure of such a column."""
    full: set[int] = field(default_factory=set)
    """The columns that have no room for one of their numbers."""

    def put_all(self, pieces: tuple[Piece, ...]) -> None:
        for piece in pieces:
            if piece.__class__ is str:
                self.out.append(piece)
            else:
                piece.put(self)  # type: ignore[union-attr]  # it is no str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text for what a name holds: `单位`, or `段.题`."""

    path: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text of Word's (w:t) with its slots; nothing where they are all empty."""

    parts: tuple[str | Slot, ...]
    """Between the slots what the template says, as it stands in XML."""

    def put(self, sheet: Sheet) -> None:
        inner = "".join(
            [part if isinstance(part, str) else _marked(said(part, sheet)) for part in self.parts]
        )
        text = f"{_OPEN}{inner}{_CLOSE}"
        if _EMPTY in text:
            text = text.replace(_EMPTY, "")
        if text:
            sheet.texts += 1
            sheet.out.append(text)


@dataclass(frozen=True, slots=True)
class Run:
    """A run that holds texts with slots and nothing else: gone where they are empty."""

    pieces: tuple[Piece, ...]

    def put(self, sheet: Sheet) -> None:
        texts, mark = sheet.texts, len(sheet.out)
        sheet.put_all(self.pieces)
        if sheet.texts == texts:
            del sheet.out[mark:]


@dataclass(frozen=True, slots=True)
class Repeated:
    """What is repeated for each item of a list: paragraphs, or the rows that an office adds."""

    variable: str
    over: str
    pieces: tuple[Piece, ...]

    def put(self, sheet: Sheet) -> None:
        items = _held(self.over, sheet.values)
        if not isinstance(items, list):
            raise LookupError(self.over)
        around = sheet.values
        for item in items:
            sheet.values = {**around, self.variable: item}
            sheet.put_all(self.pieces)
        sheet.values = around


@dataclass(frozen=True, slots=True)
class Figure:
    """A paragraph of a cell that may hold a number, and whose column may have to be set narrow."""

    parts: tuple[str | Slot, ...]
    """What it says."""
    column: int
    digits: int
    """For how many of them it has room."""
    pieces: tuple[Piece, ...]

    def put(self, sheet: Sheet) -> None:
        text = "".join([p if isinstance(p, str) else said(p, sheet) for p in self.parts])
        if len(text) > self.digits and digits_of(text) > self.digits:
            sheet.full.add(self.column)
        sheet.is_narrow = self.column in sheet.narrow
        sheet.put_all(self.pieces)
        sheet.is_narrow = False


@dataclass(frozen=True, slots=True)
class Face:
    """Where the figure around it names its type: as it is drawn, and where it is set narrow."""

    drawn: str
    narrow: str

    def put(self, sheet: Sheet) -> None:
        sheet.out.append(self.narrow if sheet.is_narrow else self.drawn)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell all of whose paragraphs are repeated: it has an empty one where there is none."""

    pieces: tuple[Piece, ...]
    close: str

    def put(self, sheet: Sheet) -> None:
        mark = len(sheet.out)
        sheet.put_all(self.pieces)
        if not any(map(_PARAGRAPH.search, sheet.out[mark:])):
            sheet.blank += 1
            sheet.out.append(_BLANK)
        sheet.out.append(self.close)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of nothing but such cells: gone where none of them holds anything."""

    cells: int
    pieces: tuple[Piece, ...]

    def put(self, sheet: Sheet) -> None:
        blank, mark = sheet.blank, len(sheet.out)
        sheet.put_all(self.pieces)
        if sheet.blank - blank == self.cells:
            del sheet.out[mark:]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of nothing but such rows: gone where none of them is there."""

    pieces: tuple[Piece, ...]

    def put(self, sheet: Sheet) -> None:
        mark = len(sheet.out)
        sheet.put_all(self.pieces)
        if not any(map(_ROW.search, sheet.out[mark:])):
            del sheet.out[mark:]


Piece = str | Text | Run | Repeated | Figure | Face | Cell | Row | Table
"""What a part consists of; a str is XML that stands there as it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package that is filled."""

    name: str
    pieces: tuple[Piece, ...]
    texts: tuple[str, ...] = ()
    """Of a header or footer: what each of its paragraphs says, with its placeholders."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A part that every document takes over as it is: deflated, in base64."""

    name: str
    content: str
    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A template of one form in one script, ready to be filled any number of times."""

    script: Script
    main: Part
    margins: tuple[Part, ...]
    """The headers and footers that are filled."""
    aboard: str
    """The part that holds the data of a report."""
    kept: tuple[Kept, ...]
    items: tuple[Item, ...]
    """What stands where, to know what should be printed."""
    title_width: float
    """How many full-width characters a line of the title holds."""


TYPES = (
    *(Plan, Part, Kept, Script, Slot, Text, Run, Repeated, Figure, Face, Cell, Row, Table),
    *(Line, Loop, Grid, GridCell),
)
"""What a plan is made of, beside tuples, texts and numbers; each of another name."""


def filled(part: Part, values: Mapping[str, Any]) -> str:
    """The XML of a part with `values` in place. Raises LookupError for a name without one."""
    sheet = Sheet(dict(values))
    sheet.put_all(part.pieces)
    if sheet.full:
        sheet = Sheet(dict(values), narrow=frozenset(sheet.full))
        sheet.put_all(part.pieces)
    return "".join(sheet.out)


def said(slot: Slot, sheet: Sheet) -> str:
    """The text for a slot. Raises LookupError."""
    text = _held(slot.path, sheet.values)
    if not isinstance(text, str):
        raise LookupError(slot.path)
    return text


def _held(path: str, values: Mapping[str, Any]) -> Any:
    if path in values:
        return values[path]
    found: Any = values
    for name in path.split("."):
        if not isinstance(found, dict):
            raise LookupError(path)
        found = found[name]
    return found


def _marked(text: str) -> str:
    """A text as XML: escaped, its tabs and line breaks as Word's own elements."""
    text = escaped(text)
    return _BROKEN.sub(lambda found: _MARKS[found[0]], text) if _BROKEN.search(text) else text
