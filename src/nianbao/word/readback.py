"""What stands in a part as it was written, read back by expat.

Knows how the paragraphs, tables, rows and cells of Word's XML are found while
they go by, and that a DTD has no place there. Refuses to know what should
stand there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.parsers import expat

_Line = list[str]
_Cell = list[_Line]


class _Reader:
    """The paragraphs and tables of one part, outermost first, in order."""

    def __init__(self) -> None:
        self.blocks: list[Callable[[], str]] = []
        """What tells the text of each."""
        self.lines: list[_Line] = []
        self._open: list[_Line] = []
        self._cells: list[_Cell] = []
        self._rows: list[list[_Cell]] = []
        self._table: list[list[_Cell]] = []
        self._tables = 0
        self._in_tabs = False
        self._parser = expat.ParserCreate("utf-8")

    def read(self, data: bytes) -> None:
        """Read a whole part. Raises ExpatError, or ValueError for a DTD."""
        begins: dict[str, Callable[[], None]] = {
            "w:p": self._begin_paragraph,
            "w:t": self._begin_text,
            "w:tc": self._begin_cell,
            "w:tr": self._begin_row,
            "w:tbl": self._begin_table,
            "w:tabs": self._begin_tabs,
            "w:tab": self._tab,
            "w:br": self._break,
            "w:cr": self._break,
            "w:noBreakHyphen": self._hyphen,
        }
        ends: dict[str, Callable[[], None]] = {
            "w:p": self._end_paragraph,
            "w:t": self._end_text,
            "w:tc": self._end_cell,
            "w:tr": self._end_row,
            "w:tbl": self._end_table,
            "w:tabs": self._end_tabs,
        }

        def start(name: str, _attributes: list[str]) -> None:
            if name in begins:
                begins[name]()

        def end(name: str) -> None:
            if name in ends:
                ends[name]()

        parser = self._parser
        parser.ordered_attributes = parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(data, True)

    def _begin_paragraph(self) -> None:
        line: _Line = []
        if not (self._open or self._tables):
            self.blocks.append(partial("".join, line))
        self.lines.append(line)
        self._open.append(line)
        for cell in self._cells:
            cell.append(line)

    def _end_paragraph(self) -> None:
        self._open.pop()

    def _begin_text(self) -> None:
        self._parser.CharacterDataHandler = self._take

    def _end_text(self) -> None:
        self._parser.CharacterDataHandler = None

    def _take(self, text: str) -> None:
        for line in self._open:
            line.append(text)

    def _begin_cell(self) -> None:
        cell: _Cell = []
        for row in self._rows:
            row.append(cell)
        self._cells.append(cell)

    def _end_cell(self) -> None:
        self._cells.pop()

    def _begin_row(self) -> None:
        row: list[_Cell] = []
        self._table.append(row)
        self._rows.append(row)

    def _end_row(self) -> None:
        self._rows.pop()

    def _begin_table(self) -> None:
        if not (self._tables or self._open):
            self._table = []
            self.blocks.append(partial(_drawn, self._table))
        self._tables += 1

    def _end_table(self) -> None:
        self._tables -= 1

    def _begin_tabs(self) -> None:
        self._in_tabs = True

    def _end_tabs(self) -> None:
        self._in_tabs = False

    def _tab(self) -> None:
        if not self._in_tabs:
            self._take("\t")

    def _break(self) -> None:
        self._take("\n")

    def _hyphen(self) -> None:
        self._take("\u2011")


def blocks(data: bytes) -> list[str]:
    """The text of each paragraph and table of a document. Raises ExpatError or ValueError."""
    reader = _Reader()
    reader.read(data)
    return [text() for text in reader.blocks]


def paragraphs(data: bytes) -> list[str]:
    """The text of each paragraph, wherever it stands. Raises ExpatError or ValueError."""
    reader = _Reader()
    reader.read(data)
    return list(map("".join, reader.lines))


def elements(data: bytes) -> list[str]:
    """The text of each innermost element of a part. Raises ExpatError or ValueError."""
    found: list[str] = []
    pieces: list[str] = []

    def end(_name: str) -> None:
        found.append("".join(pieces))
        pieces.clear()

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda *_: pieces.clear()
    parser.EndElementHandler, parser.CharacterDataHandler = end, pieces.append
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(data, True)
    return found


def _drawn(table: list[list[_Cell]]) -> str:
    """A table as text: its rows, their cells, the paragraphs of each."""
    return "\n".join(["\t".join(["\n".join(map("".join, cell)) for cell in row]) for row in table])


def _refuse(*_: object) -> None:
    raise ValueError("a DTD is not allowed")
