"""The raw figures, a unit a row, and the formulas over them.

Knows in which column each cell of the form stands and in which rows those that are
added; what is not added stands below, out of reach of every sum. Knows how a
formula is written and nothing of how a sheet looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.county.standing import Standing, Standings, State
from nianbao.form.dated import in_year
from nianbao.form.form import Form
from nianbao.form.kind import Figure
from nianbao.form.row import Cell
from nianbao.form.tie import Term, Tie
from nianbao.report.report import Report

NAME = "各单位"
HEADINGS = ("号", "单位", "类别", "情形", "文件")
TOP = 5
"""The first row of figures: a title and three rows of headings stand above."""
_DIGITS = 15
"""More of them a spreadsheet does not keep."""


@dataclass(frozen=True)
class Ledger:
    """The columns and rows of the sheet."""

    form: Form
    cells: tuple[Cell, ...]
    added: tuple[Standing, ...]
    others: tuple[Standing, ...]
    kinds: tuple[str, ...]

    def column(self, address: str) -> int:
        return len(HEADINGS) + 1 + self._order[address]

    @property
    def _order(self) -> dict[str, int]:
        return {cell.address: number for number, cell in enumerate(self.cells)}

    @property
    def last(self) -> int:
        """The last row that is added."""
        return TOP + max(len(self.added), 1) - 1

    @property
    def total_row(self) -> int:
        return self.last + 1

    def kind_rows(self) -> Iterator[tuple[int, str]]:
        yield from enumerate(self.kinds, self.total_row + 1)

    @property
    def below(self) -> int:
        """The first row of those that are not added; a heading stands above it."""
        return self.total_row + len(self.kinds) + 3


def of(standings: Standings) -> Ledger:
    assert standings.form
    form = in_year(standings.form, standings.year)
    rows = (row for table in form.tables() for row in table.rows() if not row.added)
    others = tuple(unit for unit in standings.units if unit.state is not State.IN)
    cells = tuple(cell for row in rows for cell in row.cells())
    return Ledger(form, cells, standings.added, others, standings.kinds)


def typed_as_number(cell: Cell, typed: str) -> int | float | str | None:
    """What stands in a spreadsheet for what was typed in a cell."""
    meant = cell.kind.read(typed) if isinstance(cell.kind, Figure) else None
    if meant is None:
        return typed or None
    kind = cell.kind
    assert isinstance(kind, Figure)
    worth = meant.worth / 100 if kind.marked else meant.worth
    if len(worth.as_tuple().digits) > _DIGITS:
        return typed
    return int(worth) if worth == worth.to_integral_value() else float(worth)


def decimals(cell: Cell, units: Sequence[Standing]) -> int:
    """The most decimals that were typed in a cell."""
    typed = (u.returned.typed.get(cell.address, "") for u in units if u.returned)
    return max((len(text.rstrip("%").partition(".")[2]) for text in typed), default=0)


def total(book: Ledger, cell: Cell, letters: str, *, sheet: bool) -> str:
    """The formula for the sum of a cell; `letters` are its column's, `sheet` names the sheet."""
    return f"={_rounded(_sum(letters, book, sheet=sheet), decimals(cell, book.added))}"


def of_kind(book: Ledger, cell: Cell, letters: str, row: int) -> str:
    """The formula for what the units of the kind named in column B of `row` come to."""
    kinds, figures = (f"{c}${TOP}:{c}${book.last}" for c in ("$C", letters))
    return f"={_rounded(f'SUMIF({kinds},$C{row},{figures})', decimals(cell, book.added))}"


def quotient(book: Ledger, tie: Tie, letters: dict[str, str], report: Report) -> str | None:
    """The formula for a rate; None where its terms are not in the ledger."""
    sides = [_side(terms, book, letters) for terms in (tie.sides.left, tie.sides.right)]
    kind, number = tie.at.kind, report.numbers.get(tie.at.address)
    if None in sides or not isinstance(kind, Figure) or number is None:
        return None
    places = len(number.typed.rstrip("%").partition(".")[2])
    times = "100*" if kind.percent and not kind.marked else ""
    over = f"{times}({sides[0]})/({sides[1]})"
    words = tie.at.takes.blank.words
    otherwise = f'"{words[0]}"' if words else '""'
    return f"=IFERROR(ROUND({over},{places + 2 if kind.marked else places}),{otherwise})"


def _side(terms: tuple[Term, ...], book: Ledger, letters: dict[str, str]) -> str | None:
    pieces = []
    for term in terms:
        if term.last_year or term.counts or any(c.address not in letters for c in term.cells):
            return None
        sums = [_sum(letters[cell.address], book, sheet=True) for cell in term.cells]
        sums += [str(term.number)] if term.number is not None else []
        pieces += [f"{'-' if term.minus else '+'}{piece}" for piece in sums]
    return "".join(pieces).removeprefix("+")


def _sum(letters: str, book: Ledger, *, sheet: bool) -> str:
    where = f"'{NAME}'!" if sheet else ""
    return f"SUM({where}{letters}${TOP}:{letters}${book.last})"


def _rounded(formula: str, places: int) -> str:
    """Spreadsheets add in binary: 0.1 + 0.2 is made 0.3 again."""
    return f"ROUND({formula},{places})" if places else formula
