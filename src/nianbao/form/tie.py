"""A tie of a form: two sums of cells that must be equal.

Knows what a tie covers and where it is told; how its two sides are compared is
`equation`'s to know, what they are worth the report's. Frozen data.
"""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.form.equation import Equation
from nianbao.form.row import Cell

LAST_YEAR = "上年度"
"""In a cross-year tie, `上年度.结转` is that cell of last year's report."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name of a tie with the cells it adds up, of this year or the last."""

    words: str
    cells: tuple[Cell, ...]
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Two sums of cells that must be equal, in one row or one column of a table.

    `across` is the row's or column's label, `at` the cell the finding stands at.
    """

    name: str
    in_row: bool
    across: str
    sides: Equation[Term]
    at: Cell

    @property
    def crosses_years(self) -> bool:
        return any(term.last_year for term in self.sides.terms)

    def sign(self, cell: Cell) -> int:
        """+1 on the left side, -1 on the right, 0 where the cell has no part in it."""

        def has(terms: tuple[Term, ...]) -> bool:
            return any(cell.address == c.address for term in terms for c in term.cells)

        return has(self.sides.left) - has(self.sides.right)

    def carries(self) -> tuple[Cell, Cell] | None:
        """For `last year's a = b`, the pair (a, b); None for any other tie."""
        single = all(len(term.cells) == 1 for term in self.sides.terms)
        if len(self.sides.terms) == 2 and single and self.sides.left[0].last_year:
            return self.sides.left[0].cells[0], self.sides.right[0].cells[0]
        return None
