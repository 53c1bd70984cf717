"""What a document is made of, whichever program made it: paragraphs and tables.

Knows where each stands as a person would count it, and what a grid of cells is
when rows and columns are merged. Knows no file format and no form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document, counted from 1: a paragraph outside tables, or a cell of a table.

    `table` 0 is none. A place of neither is somewhere in the document.
    """

    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a reader sees it; `doubt` says what makes its words uncertain.

    `number` is what Word puts in front by itself, `path` where in a page it stands.
    """

    text: str
    place: Place = NOWHERE
    doubt: str = ""
    number: str = ""
    path: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        return self.number + self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: what it holds, and the rows and columns it covers (from 0)."""

    blocks: tuple[Block, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    place: Place = NOWHERE

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def text(self) -> str:
        """Its lines, without the empty ones."""
        lines = (paragraph.shown.strip() for paragraph in self.paragraphs)
        return "\n".join(line for line in lines if line)

    @property
    def doubt(self) -> str:
        """What makes a number in it uncertain."""
        for paragraph in self.paragraphs:
            if paragraph.doubt and not (paragraph.doubt == PICTURE and self.text):
                return paragraph.doubt
            if paragraph.number and paragraph.text.strip():
                return "前面有自动编号"
        return ""

    @property
    def inner(self) -> Table | None:
        """The table that is all it holds."""
        tables = [block for block in self.blocks if isinstance(block, Table)]
        return tables[0] if len(tables) == 1 and not self.text else None

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every position of its grid is covered by one cell at most."""

    cells: tuple[Cell, ...]
    number: int = 0
    path: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        return max((cell.last_column + 1 for cell in self.cells), default=0)

    @property
    def height(self) -> int:
        return max((cell.last_row + 1 for cell in self.cells), default=0)

    def covered(self) -> dict[tuple[int, int], Cell]:
        """The cell at each position of the grid."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.last_row + 1)
            for column in range(cell.column, cell.last_column + 1)
        }


Block = Paragraph | Table
_NOTHING = (-1, -1)
PICTURE = "图片"
"""The doubt where a picture stands."""


@dataclass(slots=True)
class Document:
    """A document's blocks in reading order.

    `remarks` say how it was read where that is not plain; `aside` is what a reader
    sees that is no part of the text: notes at the foot of a page, pictures.
    """

    blocks: list[Block] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[Paragraph]:
        """The paragraphs, those among them that stand in a frame of one cell."""
        found: list[Paragraph] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                found.append(block)
            elif len([cell for cell in block.cells if cell.text]) == 1:
                found += [line for cell in block.cells for line in cell.paragraphs]
        return [line for line in found if line.shown.strip()]

    def remark(self, said: str) -> None:
        if said not in self.remarks:
            self.remarks.append(said)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell as a file draws it: how many columns and rows it takes, if it goes on from above."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    continues: bool = False


def grid(
    rows: Iterable[tuple[int, list[Drawn]]], number: int, *, widest: int, path: tuple[int, ...] = ()
) -> Table:
    """The table of rows as they are drawn, each after so many columns left out.

    A cell that goes on from above belongs to the one there; one that would lie over
    another moves to the right, as browsers have it.
    """
    cells: list[Cell] = []
    holding: dict[int, tuple[int, int]] = {}  # by column: a cell, and the last row it takes
    for y, (before, drawn) in enumerate(rows):
        x = before
        for cell in drawn:
            while not cell.continues and holding.get(x, _NOTHING)[1] >= y:
                x += 1
            if x >= widest:
                break
            columns = min(cell.columns, widest - x)
            index, last = holding.get(x, _NOTHING)
            if cell.continues and last == y - 1 and cells[index].column == x:
                above = cells[index]
                blocks = (*above.blocks, *_placed(cell.blocks, above.place))
                cells[index] = replace(above, blocks=blocks, rows=y - above.row + 1)
            else:
                index = len(cells)
                place = Place(table=number, row=y + 1, column=x + 1)
                cells.append(Cell(_placed(cell.blocks, place), y, x, cell.rows, columns, place))
            until = y if cell.continues else y + cell.rows - 1
            holding |= dict.fromkeys(range(x, x + columns), (index, until))
            x += columns
    return Table(tuple(_within(cells)), number, path)


def _placed(blocks: tuple[Block, ...], place: Place) -> tuple[Block, ...]:
    return tuple(replace(b, place=place) if isinstance(b, Paragraph) else b for b in blocks)


def _within(cells: list[Cell]) -> Iterator[Cell]:
    """The cells, none reaching below the last row that one begins in."""
    last = max((cell.row for cell in cells), default=0)
    return (replace(cell, rows=min(cell.rows, last - cell.row + 1)) for cell in cells)


def opened(table: Table) -> list[Block]:
    """A table in which others stand, as one grid; as what its cells hold where there is text too."""
    if not any(isinstance(block, Table) for cell in table.cells for block in cell.blocks):
        return [table]
    if any(
        cell.text and any(isinstance(b, Table) for b in cell.blocks) for cell in table.cells
    ) or all(cell.inner or not cell.text for cell in table.cells):
        found: list[Block] = []
        for cell in table.cells:
            for block in cell.blocks:
                found += opened(block) if isinstance(block, Table) else [block]
        return found
    return [_refined(table)]


def _refined(table: Table) -> Table:
    """The grid in which the cells of inner tables stand beside those of the outer one."""
    pieces: list[tuple[Fraction, Fraction, Fraction, Fraction, Cell]] = []
    for cell in table.cells:
        y, x = Fraction(cell.row), Fraction(cell.column)
        inner = cell.inner
        if inner is None or not inner.cells:
            pieces.append((y, y + cell.rows, x, x + cell.columns, cell))
            continue
        high, wide = Fraction(cell.rows, inner.height), Fraction(cell.columns, inner.width)
        for held in inner.cells:
            top, left = y + held.row * high, x + held.column * wide
            pieces.append((top, top + held.rows * high, left, left + held.columns * wide, held))
    ys = {at: n for n, at in enumerate(sorted({at for piece in pieces for at in piece[:2]}))}
    xs = {at: n for n, at in enumerate(sorted({at for piece in pieces for at in piece[2:4]}))}
    cells = [
        replace(
            cell,
            row=ys[top],
            rows=ys[bottom] - ys[top],
            column=xs[left],
            columns=xs[right] - xs[left],
        )
        for top, bottom, left, right, cell in pieces
    ]
    return replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
