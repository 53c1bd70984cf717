"""A tie of a form: two sums of cells that must agree, or a quotient that a cell must be.

Knows what a tie covers, when it holds good and where it is told; how its two sides
are compared is `equation`'s to know, what they are worth the report's. Frozen data.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from nianbao.diagnostics import Severity
from nianbao.form.condition import Condition
from nianbao.form.equation import Equation, Relation
from nianbao.form.row import Cell, Row
from nianbao.frozen import dataclass

LAST_YEAR = "上年度"
"""In a cross-year tie, `上年度.结转` is that cell of last year's report."""


class Along(Enum):
    """What a tie is checked along; the value is what a message calls it."""

    ROW = "这一行"
    COLUMN = "这一列"
    CELLS = ""
    """Single cells, wherever they stand, once."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name of a tie with the cells it adds up, of this year or the last; or a number.

    `every`: cells that are named one by one, the same in whatever row the tie is checked.
    `counts`: an added row, whose number of turns it is.
    """

    words: str
    cells: tuple[Cell, ...]
    last_year: bool = False
    minus: bool = False
    number: Decimal | None = None
    every: bool = False
    counts: Row | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """Two sums of cells, in one row or one column of a table or wherever they stand.

    `across` is the row's or column's label, `at` the cell the finding stands at: one of the
    sums' own, or, where they are divided, the cell that holds the quotient. Where there is
    a condition, the tie is checked only while it is met. `severity` is
    None where it is the catalogue's.
    """

    name: str
    along: Along
    across: str
    sides: Equation[Term]
    at: Cell
    tolerance: Decimal = Decimal(0)
    severity: Severity | None = None
    condition: Condition | None = None

    @property
    def in_row(self) -> bool:
        return self.along is Along.ROW

    @property
    def divides(self) -> bool:
        return self.sides.relation is Relation.OVER

    @property
    def crosses_years(self) -> bool:
        return any(term.last_year for term in self.sides.terms)

    def weights(self) -> Mapping[str, tuple[int, int]]:
        """How often each cell of this year, by address, is added on the left and on the right."""
        found: dict[str, tuple[int, int]] = {}
        for terms, on_left in ((self.sides.left, True), (self.sides.right, False)):
            for term in terms:
                sign = -1 if term.minus else 1
                for cell in term.cells if not term.last_year else ():
                    left, right = found.get(cell.address, (0, 0))
                    found[cell.address] = (left + sign, right) if on_left else (left, right + sign)
        return found

    def carries(self) -> tuple[Cell, Cell] | None:
        """For `last year's a = b`, the pair (a, b); None for any other tie."""
        terms = self.sides.terms
        if len(terms) != 2 or self.sides.relation is not Relation.EQUAL or self.condition:
            return None
        single = all(len(term.cells) == 1 and not term.minus for term in terms)
        if single and terms[0].last_year and not terms[1].last_year:
            return terms[0].cells[0], terms[1].cells[0]
        return None
