"""What stands in a part as it was written, read back by expat.

Knows how the paragraphs, tables, rows and cells of Word's XML are found while
they go by, and that a DTD has no place there. Refuses to know what should
stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat


def drawn(data: bytes) -> list[str | list[list[str]]]:
    """Each paragraph and table of a document: a text, or the texts of its cells row by row.

    Raises ExpatError or ValueError.
    """
    return list(_read(data).drawn())


def blocks(data: bytes) -> list[str]:
    """The text of each paragraph and table of a document. Raises ExpatError or ValueError."""
    return [one if isinstance(one, str) else in_text(one) for one in drawn(data)]


def in_text(rows: Iterable[Iterable[str]]) -> str:
    """A table as text, its rows and cells told apart."""
    return "\n".join(map("\t".join, rows))


def paragraphs(data: bytes) -> list[str]:
    """The text of each paragraph, wherever it stands. Raises ExpatError or ValueError."""
    return _read(data).lines


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


class _Around:
    """Things that hold others: of each, the number of the first within it and that behind it."""

    def __init__(self, held: list[str] | list[int]) -> None:
        self.first: list[int] = []
        self.behind: list[int] = []
        self.open: list[int] = []
        self._held = held

    def begin(self) -> None:
        self.open.append(len(self.first))
        self.first.append(len(self._held))
        self.behind.append(0)

    def end(self) -> None:
        self.behind[self.open.pop()] = len(self._held)

    def slices(self) -> Iterator[slice]:
        """What each holds."""
        return map(slice, self.first, self.behind)


class _Reader:
    """The paragraphs of one part, and which of them its cells, rows and tables hold.

    All are numbered in the order in which they begin: whatever holds others holds
    a range of them, and what stands in two is told in both.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._cells = _Around(self.lines)
        self._rows = _Around(self._cells.first)
        self._tables = _Around(self._rows.first)
        self._outermost: list[tuple[bool, int]] = []
        """True and the number of a table, False and that of a paragraph."""
        self._open: list[int] = []
        """The paragraphs around what goes by."""
        self._in_tabs = False
        self._parser = expat.ParserCreate("utf-8")

    def read(self, data: bytes) -> None:
        """Read a whole part. Raises ExpatError, or ValueError for a DTD."""
        begins: dict[str, Callable[[], object]] = {
            "w:p": self._begin_paragraph,
            "w:t": self._begin_text,
            "w:tc": self._cells.begin,
            "w:tr": self._rows.begin,
            "w:tbl": self._begin_table,
            "w:tabs": self._begin_tabs,
            "w:tab": self._tab,
            "w:br": self._break,
            "w:cr": self._break,
            "w:noBreakHyphen": self._hyphen,
        }
        ends: dict[str, Callable[[], object]] = {
            "w:p": self._open.pop,
            "w:t": self._end_text,
            "w:tc": self._cells.end,
            "w:tr": self._rows.end,
            "w:tbl": self._tables.end,
            "w:tabs": self._end_tabs,
        }

        def begin(name: str, _attributes: object) -> None:
            if name in begins:
                begins[name]()

        def end(name: str) -> None:
            if name in ends:
                ends[name]()

        parser = self._parser
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = begin, end
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(data, True)

    def drawn(self) -> Iterator[str | list[list[str]]]:
        """Each outermost paragraph and table."""
        cells = ["\n".join(self.lines[one]) for one in self._cells.slices()]
        rows = [cells[one] for one in self._rows.slices()]
        tables = [rows[one] for one in self._tables.slices()]
        for is_table, number in self._outermost:
            yield tables[number] if is_table else self.lines[number]

    def _begin_paragraph(self) -> None:
        if not (self._open or self._tables.open):
            self._outermost.append((False, len(self.lines)))
        self._open.append(len(self.lines))
        self.lines.append("")

    def _begin_text(self) -> None:
        self._parser.CharacterDataHandler = self._take

    def _end_text(self) -> None:
        self._parser.CharacterDataHandler = None

    def _take(self, text: str) -> None:
        for number in self._open:
            self.lines[number] += text

    def _begin_table(self) -> None:
        if not (self._open or self._tables.open):
            self._outermost.append((True, len(self._tables.first)))
        self._tables.begin()

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


def _read(data: bytes) -> _Reader:
    reader = _Reader()
    reader.read(data)
    return reader


def _refuse(*_: object) -> None:
    raise ValueError("a DTD is not allowed")
