"""Which cell of a form each cell of a table is.

Knows that a label stands to the left of its numbers or above them, a column's
heading above or to the left, however rows and columns are merged; that a label
is told from its namesake by the group around it. What two readings fit is left to
neither. Knows no file format and no kind of cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao.form.row import Row
from nianbao.intake import value
from nianbao.intake.blocks import Cell, Place, Table
from nianbao.intake.labels import NOTHING, Sense, Vocabulary


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood where a cell of the form was found; `doubt` says why it is not taken."""

    text: str
    place: Place
    doubt: str = ""


@dataclass
class Found:
    """Everything found of a form in the tables of a document, by address."""

    cells: dict[str, list[Stood]] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    """How often a row was written that the office adds, by the row's address."""
    rows: dict[str, Place] = field(default_factory=dict)
    """Where a row's label stands."""
    unplaced: list[tuple[int, str, Stood]] = field(default_factory=list)
    """What no label says anything of, each with its part (-1 for none) and the words beside it."""

    def put(self, address: str, stood: Stood) -> None:
        self.cells.setdefault(address, []).append(stood)


SPLIT = "这一格并着几格，分不出是哪一格的"
TWICE = "同一格有两个地方"
NO_COLUMN = "上面的列名认不出"


class Matcher:
    """Matches the tables of one document, one after the other."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.found = Found()
        self.before: _Grid | None = None

    def take(self, table: Table, section: int | None, caption: int | None = None) -> int:
        """Match a table that stands under the heading of a part; how many cells were placed.

        `caption` is the row whose label stands right above the table.
        """
        drawn = _Grid(table, self.words, section, self.before)
        drawn.caption = caption
        count = drawn.place(self.found)
        if count:
            self.before = drawn
        return count


class _Grid:
    def __init__(
        self, table: Table, words: Vocabulary, section: int | None, before: _Grid | None
    ) -> None:
        self.table = table
        self.part = -1 if section is None else section
        self.words = words
        self.at = table.covered()
        self.senses = {id(cell): self._sense(cell) for cell in table.cells}
        self.scope = self._scope(section)
        self.before = before
        self.caption: int | None = None
        self.label_columns = {
            column
            for cell in table.cells
            if (self._rows(cell) or self.senses[id(cell)].groups) and self._leads(cell)
            for column in range(cell.column, cell.last_column + 1)
        }
        self.resolved: dict[int, int | None] = {}
        self.columns: dict[int, dict[str, int]] = {}
        """By row of the form: the grid column where each of its columns was found."""

    # --- what the words mean here --------------------------------------------------------

    def _sense(self, cell: Cell) -> Sense:
        if value.is_blank(cell.text) or value.is_figure(cell.text):
            return NOTHING
        return self.words.sense(cell.text.replace("\n", ""))

    def _scope(self, section: int | None) -> frozenset[int]:
        """The rows that the table may hold: those of the part it stands in, else of any."""
        every = frozenset(range(len(self.words.rows)))
        named = {row for sense in self.senses.values() for row in sense.rows}
        own = {row for row in every if self.words.section_of[row] == section}
        columns = {row for sense in self.senses.values() for row, _ in sense.columns}
        if own & named or own & columns:
            others = {
                self.words.section_of[row]
                for row in named
                if row not in own and self._is_telling(row)
            }
            return frozenset(own | {r for r in every if self.words.section_of[r] in others})
        return every

    def _is_telling(self, row: int) -> bool:
        """True for a row whose label no other word of the form is."""
        senses = (s for s in self.senses.values() if row in s.rows)
        return any(len(s.rows) == 1 and not s.columns for s in senses)

    def _rows(self, cell: Cell) -> tuple[int, ...]:
        return tuple(row for row in self.senses[id(cell)].rows if row in self.scope)

    def _letters(self, cell: Cell, row: int) -> set[str]:
        return {letter for r, letter in self.senses[id(cell)].columns if r == row}

    def _is_heading(self, cell: Cell) -> bool:
        """True for a cell with nothing but headings to its right: it heads a column."""
        sense = self.senses[id(cell)]
        if not sense.columns:
            return False
        right = self.at.get((cell.row, cell.last_column + 1))
        left = self.at.get((cell.row, cell.column - 1))
        near = [c for c in (left, right) if c and c.text and c.text != cell.text]
        return any(self.senses[id(c)].columns for c in near)

    def _leads(self, cell: Cell) -> bool:
        """True for a label with its numbers to its right, not below it."""
        x, passed = cell.last_column + 1, False
        while other := self.at.get((cell.row, x)):
            if other.text:
                sense = self.senses[id(other)]
                inner = bool(sense.rows or sense.groups) and not self._is_heading(other)
                return not self.is_label(other) or (inner and self._leads(other))
            x, passed = other.last_column + 1, True
        below = (self.at.get((y, cell.column)) for y in range(cell.last_row + 1, self.table.height))
        heads = any(other and value.is_figure(other.text) for other in below)
        return passed and not heads

    def is_label(self, cell: Cell) -> bool:
        return bool(self.senses[id(cell)]) or self.words.is_furniture(cell.text)

    # --- rows ----------------------------------------------------------------------------

    def _row_of_label(self, cell: Cell) -> int | None:
        """The row that a label means, told from its namesakes by what stands around it."""
        if id(cell) not in self.resolved:
            self.resolved[id(cell)] = self._told_apart(cell)
        return self.resolved[id(cell)]

    def _told_apart(self, cell: Cell) -> int | None:
        rows = self._rows(cell)
        if len(rows) <= 1:
            return rows[0] if rows else None
        for around in self._around(cell):
            groups = self.senses[id(around)].groups
            within = [row for row in rows if self.words.rows[row].groups in groups]
            if len(within) == 1:
                return within[0]
            if within:
                rows = tuple(within)
        bare = [row for row in rows if not self.words.rows[row].groups]
        return bare[0] if len(bare) == 1 else None

    def _around(self, cell: Cell) -> Iterator[Cell]:
        """The labels of groups beside and above a label, nearest first."""
        seen = {id(cell)}
        for y in range(cell.row, -1, -1):
            x = cell.column - 1 if y == cell.row else cell.last_column
            while x >= 0:
                other = self.at.get((y, x))
                x = other.column - 1 if other else x - 1
                if other and id(other) not in seen:
                    seen.add(id(other))
                    if self.senses[id(other)].groups:
                        yield other

    def _left_row(self, cell: Cell, y: int) -> tuple[int | None, Cell | None, bool]:
        """The row that stands to the left in grid row `y`, and if the way is barred.

        Between the two the name of a column where that stands there.
        """
        x = cell.column - 1
        column: Cell | None = None
        while x >= 0:
            other = self.at.get((y, x))
            x = other.column - 1 if other else x - 1
            if other is None or value.is_blank(other.text) or value.is_figure(other.text):
                continue
            sense = self.senses[id(other)]
            if self._rows(other) and not (sense.columns and self._is_heading(other)):
                row = self._row_of_label(other)
                return row, column, row is None
            if column is None and sense.columns and not sense.groups:
                column = other
                continue
            if sense:
                return None, column, bool(sense.groups)
            if other.column in self.label_columns or self.words.is_furniture(other.text):
                return None, column, True
        return None, column, False

    def _above_row(self, cell: Cell, x: int) -> tuple[int | None, Cell | None]:
        """The row whose label stands above in grid column `x`."""
        otherwise: tuple[int | None, Cell | None] = (None, None)
        for above in self._upward(cell, x):
            other = above if above.text else self._spread(above)
            if other and self._rows(other):
                if self._leads(other) and other is above:
                    break
                row = self._row_of_label(other)
                if row is not None and not self.senses[id(other)].columns:
                    return row, other
                if row is not None and otherwise[0] is None:
                    otherwise = row, other
        return otherwise

    def _spread(self, blank: Cell) -> Cell | None:
        """The label that was meant for the blank cells to its right too."""
        x = blank.column - 1
        while other := self.at.get((blank.row, x)):
            if other.text:
                return other if self.is_label(other) else None
            x = other.column - 1
        return None

    def _upward(self, cell: Cell, x: int) -> Iterator[Cell]:
        y = cell.row - 1
        while y >= 0:
            other = self.at.get((y, x))
            y = other.row - 1 if other else y - 1
            if other:
                yield other

    # --- columns -------------------------------------------------------------------------

    def _letter(self, row: int, cell: Cell, x: int) -> tuple[str | None, bool]:
        """The letter of the column that heads grid column `x`; whether something else does."""
        drawn = self.words.rows[row]
        strange: Cell | None = None
        below = ""
        for other in self._upward(cell, x):
            sense = self.senses[id(other)]
            letters = self._letters(other, row)
            if strange is not None and not letters:
                if other.text and (strange.column, strange.columns) == (
                    other.column,
                    other.columns,
                ):
                    joined = self.words.exact(other.text.replace("\n", "") + below)
                    letters = {letter for r, letter in joined.columns if r == row}
            elif strange is not None and (strange.column, strange.columns) != (
                other.column,
                other.columns,
            ):
                return None, True
            if letters:
                letter = self._by_above(drawn, letters, other, x)
                return letter, letter is None
            if value.is_blank(other.text) or value.is_figure(other.text):
                continue
            if sense.above or sense.parts:
                break
            if sense.columns:
                return None, True
            if sense or self._is_valued(other):
                continue
            if strange is not None:
                return None, True
            strange, below = other, other.text.replace("\n", "")
        return None, strange is not None

    def _by_above(self, drawn: Row, letters: set[str], heading: Cell, x: int) -> str | None:
        """Of columns that are called the same, the one with its own headings above."""
        if len(letters) == 1:
            return next(iter(letters))
        texts = {c.text for c in self._upward(heading, x)}
        fitting = [
            column.letter
            for column in drawn.columns
            if column.letter in letters
            and all(any(self.words.same(label, text) for text in texts) for label in column.above)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _is_valued(self, cell: Cell) -> bool:
        """True for a text that stands where a value does: beside a row's label."""
        row, _, _ = self._left_row(cell, cell.row)
        return row is not None

    # --- cells ---------------------------------------------------------------------------

    def place(self, found: Found) -> int:
        """Put every value where it belongs; how many were."""
        consumed = self._added(found)
        placed: dict[str, list[tuple[Cell, bool]]] = {}
        self.weak: set[int] = set()
        for cell in self.table.cells:
            if self.is_label(cell):
                if len(self._rows(cell)) and (row := self._row_of_label(cell)) is not None:
                    found.rows.setdefault(self.words.rows[row].address, cell.place)
                continue
            if cell.row in consumed:
                continue
            addresses, headed = self._addresses(cell)
            if len(addresses) > 1:
                for address in sorted(addresses):
                    found.put(address, Stood(cell.text, cell.place, SPLIT))
            elif addresses:
                placed.setdefault(addresses.pop(), []).append((cell, headed))
            elif cell.text and not value.is_blank(cell.text):
                self._unplaced(cell, found)
        shifted = self._shifted(placed)
        for address, cells in placed.items():
            self._put(address, cells, found, shifted)
        return len(placed) + len(consumed)

    def _shifted(self, placed: dict[str, list[tuple[Cell, bool]]]) -> set[int]:
        """The grid rows with as many cells as columns of which some have no heading: none fits."""
        known = {id(cell) for cells in placed.values() for cell, _ in cells}
        adrift = {
            cell.row
            for cell in self.table.cells
            if value.is_figure(cell.text) and id(cell) in self.weak and id(cell) not in known
        }
        headed: dict[int, dict[str, int]] = {}
        shifted: set[int] = set()
        for address, cells in placed.items():
            for cell, _ in cells:
                if id(cell) in self.weak and cell.row in adrift:
                    shifted.add(id(cell))
                headed.setdefault(cell.row, {})[address] = id(cell)
        wide = {row.address: len(row.columns) for row in self.words.rows}
        for y, addresses in headed.items():
            rows = {address[:-1] for address in addresses}
            columns = wide.get(next(iter(rows)), 0) if len(rows) == 1 else 0
            if columns > 1 and len(addresses) < columns <= len(self._values(y)):
                shifted |= set(addresses.values())
        return shifted

    def _values(self, y: int) -> set[int]:
        """The cells of a grid row to the right of its last label."""
        line = [self.at.get((y, x)) for x in range(self.table.width)]
        cells = [cell for cell in line if cell]
        last = max((n for n, cell in enumerate(cells) if self.is_label(cell)), default=-1)
        return {id(cell) for cell in cells[last + 1 :] if cell.row == y}

    def _put(
        self, address: str, cells: list[tuple[Cell, bool]], found: Found, shifted: set[int]
    ) -> None:
        if len(cells) > 1:
            firm = [one for one in cells if id(one[0]) not in self.weak]
            for cell, _ in cells if firm else ():
                if id(cell) in self.weak and cell.text and not value.is_blank(cell.text):
                    self._unplaced(cell, found)
            cells = firm or cells
            written = [one for one in cells if one[0].text]
            alone = not firm or len({cell.row for cell, _ in cells}) == 1
            if len(written) == 1 and alone:
                cells = written
        for cell, _ in cells:
            doubt = TWICE if len(cells) > 1 else cell.doubt
            doubt = NO_COLUMN if id(cell) in shifted else doubt
            found.put(address, Stood(cell.text, cell.place, doubt))

    def _unplaced(self, cell: Cell, found: Found) -> None:
        left = self.at.get((cell.row, 0))
        label = left.text if left and left is not cell else ""
        found.unplaced.append((self.part, label, Stood(cell.text, cell.place)))

    def _addresses(self, cell: Cell) -> tuple[set[str], bool]:
        """The addresses that a cell may have, and if its column has a heading."""
        rows: set[int] = set()
        barred = False
        left: Cell | None = None
        for y in range(cell.row, cell.last_row + 1):
            row, left, shut = self._left_row(cell, y)
            barred = barred or shut
            if row is not None:
                rows.add(row)
        if barred:
            return set(), False
        if not rows and self.caption is not None:
            rows.add(self.caption)
        if not rows:
            self.weak.add(id(cell))
            return self._from_above(cell, left)
        if left is not None and len(rows) == 1:
            row = next(iter(rows))
            beside = self._letters(left, row)
            if len(beside) == 1:
                return {self.words.rows[row].address + next(iter(beside))}, True
        found: set[str] = set()
        headed = False
        for row in rows:
            letters, told = self._letters_over(row, cell)
            headed = headed or told
            found |= {self.words.rows[row].address + letter for letter in letters}
        return found, headed

    def _letters_over(self, row: int, cell: Cell) -> tuple[set[str], bool]:
        drawn = self.words.rows[row]
        if len(drawn.columns) == 1 and drawn.columns[0].unprinted:
            return {drawn.columns[0].letter}, False
        letters: set[str] = set()
        for x in range(cell.column, cell.last_column + 1):
            letter, strange = self._letter(row, cell, x)
            if strange:
                return set(), False
            if letter:
                letters.add(letter)
                self.columns.setdefault(row, {})[letter] = x
        if letters:
            return letters, True
        if len(drawn.columns) == 1:
            return {drawn.columns[0].letter}, False
        letter = self._as_before(row, cell)
        return ({letter}, True) if letter else (set(), False)

    def _as_before(self, row: int, cell: Cell) -> str | None:
        """The column by the heading of the table before, which this one goes on from."""
        before = self.before
        if before is None or before.table.width != self.table.width:
            return None
        drawn = self.words.rows[row]
        alike = [r for r in before.columns if self.words.rows[r].columns == drawn.columns]
        letters = {
            letter for r in alike for letter, x in before.columns[r].items() if x == cell.column
        }
        if len(letters) != 1:
            return None
        letter = letters.pop()
        self.columns.setdefault(row, {})[letter] = cell.column
        return letter

    def _from_above(self, cell: Cell, left: Cell | None) -> tuple[set[str], bool]:
        """The addresses where the row's label stands above, the column's above or to the left."""
        found: set[str] = set()
        for x in range(cell.column, cell.last_column + 1):
            row, label = self._above_row(cell, x)
            unprinted = self._unprinted_row(cell) if row is None else None
            row = row if row is not None else unprinted
            if row is None:
                return set(), False
            drawn = self.words.rows[row]
            beside = self._letters(left, row) if left else set[str]()
            if len(beside) == 1:
                found.add(drawn.address + next(iter(beside)))
                continue
            letter, strange = self._letter(row, cell, x)
            if letter is None and not strange and len(drawn.columns) == 1 and left is None:
                letter = drawn.columns[0].letter if label is not None else None
            if letter is None:
                return set(), False
            found.add(drawn.address + letter)
        return found, True

    def _unprinted_row(self, cell: Cell) -> int | None:
        """The row without a label that follows the row above."""
        for other in self._upward(cell, cell.column):
            row, _, _ = self._left_row(other, other.row)
            if row is None:
                return None
            after = row + 1
            if (
                other.last_row + 1 == cell.row
                and after in self.scope
                and after < len(self.words.rows)
                and self.words.rows[after].unprinted
                and not self.words.rows[after].added
            ):
                return after
            return None
        return None

    # --- rows that the office adds -------------------------------------------------------

    def _added(self, found: Found) -> set[int]:
        """Place the rows under the headings of rows that are added; the grid rows taken."""
        taken: set[int] = set()
        for row in sorted(self.scope):
            drawn = self.words.rows[row]
            if not drawn.added:
                continue
            for y in range(self.table.height):
                heads = self._heads(row, y)
                if len(heads) == len(drawn.columns):
                    taken |= self._turns(drawn, y + 1, heads, found)
                    break
        return taken

    def _heads(self, row: int, y: int) -> dict[str, int]:
        """The grid column of each column of a row whose headings end in grid row `y`."""
        heads: dict[str, int] = {}
        for x in range(self.table.width):
            cell = self.at.get((y, x))
            if cell and cell.last_row == y and cell.column == x:
                letters = self._letters(cell, row)
                if len(letters) == 1:
                    heads[next(iter(letters))] = x
        return heads

    def _turns(self, drawn: Row, y: int, heads: dict[str, int], found: Found) -> set[int]:
        taken: set[int] = set()
        count = 0
        while y < self.table.height:
            cells = [(letter, self.at.get((y, x))) for letter, x in heads.items()]
            line = [cell for _, cell in cells if cell]
            if any(self.is_label(c) and self._rows(c) for c in line[:1]):
                break
            if len({id(cell) for cell in line}) < len(heads):
                break
            taken.add(y)
            if any(cell.text for cell in line):
                count += 1
                turn = drawn.turn(count)
                for letter, cell in cells:
                    if cell:
                        stood = Stood(cell.text, cell.place, cell.doubt)
                        found.put(turn.address + letter, stood)
            y += 1
        found.turns[drawn.address] = found.turns.get(drawn.address, 0) + count
        return taken
