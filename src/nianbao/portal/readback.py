"""A page read back before it is written: its texts and its figures, as a browser would find them.

Knows lines, the grid that spans make of a table, and data elements. Knows no
report: what should stand there is told by the caller, who had it from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_LINES = ("h1", "h2", "h3", "p")
_BOXES = ("th", "td")

Text = str | tuple[tuple[str, ...], ...]
"""A line; or a table, row by row what its boxes say that say something."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A data element: the cells it names, what it is worth and what it shows."""

    cells: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a page says, in order."""

    texts: tuple[Text, ...]
    figures: tuple[Figure, ...]


def read(html: str) -> Read:
    """What a page says between its body's tags."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Read(tuple(reader.texts), tuple(reader.figures))


def first_difference(found: tuple[Text, ...], expected: tuple[Text, ...]) -> int | None:
    """The number (from 1) of the first text that is not what it should be."""
    if found == expected:
        return None
    pairs = enumerate(zip(found, expected, strict=False), 1)
    return next(
        (n for n, (one, other) in pairs if one != other), min(len(found), len(expected)) + 1
    )


@dataclass
class _Box:
    lines: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """The state of one page while it is read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[Text] = []
        self.figures: list[Figure] = []
        self._inside = False
        self._rows: list[list[str]] | None = None
        self._box: _Box | None = None
        self._line: list[str] | None = None
        self._data: tuple[str, str, list[str]] | None = None
        self._loose: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "body":
            self._inside = True
        elif tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in _BOXES:
            self._box = _Box()
        elif tag in _LINES:
            self._line = []
        elif tag == "data":
            self._data = (given.get("data-cell", ""), given.get("value", ""), [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "body":
            self._inside = False
            self.texts += [text for text in self._loose if text.strip()]
        elif tag == "data" and self._data is not None:
            cells, value, pieces = self._data
            self.figures.append(Figure(cells, value, "".join(pieces)))
            self._data = None
        elif tag in _LINES and self._line is not None:
            text = "".join(self._line)
            self._line = None
            if self._box is None:
                self.texts.append(text)
            else:
                self._box.lines.append(text)
        elif tag in _BOXES and self._box is not None and self._rows:
            self._rows[-1].append("\n".join(self._box.lines) or "".join(self._box.said))
            self._box = None
        elif tag == "table" and self._rows is not None:
            rows = (tuple(text for text in row if text.strip()) for row in self._rows)
            self.texts.append(tuple(row for row in rows if row))
            self._rows = None

    def handle_data(self, data: str) -> None:
        if not self._inside:
            return
        if self._data is not None:
            self._data[2].append(data)
        if self._line is not None:
            self._line.append(data)
        elif self._box is not None:
            self._box.said.append(data)
        else:
            self._loose.append(data)
