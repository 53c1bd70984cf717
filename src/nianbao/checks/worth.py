"""What sums of cells are worth in a report, and how a message names them.

Knows a report's numbers; knows nothing of what a narrative says.
"""

from __future__ import annotations

from decimal import Decimal

from nianbao.chinese.numeral import Quantity
from nianbao.diagnostics import Related
from nianbao.form.claim import LESS, Sum
from nianbao.report.report import Paragraph, Report


def worth(report: Report, sums: tuple[Sum, ...]) -> list[Decimal] | None:
    """What each sum is worth; None while a cell of one could not be read."""
    found = [_sum(report, cells) for cells in sums]
    known = [worth for worth in found if worth is not None]
    return known if len(known) == len(found) else None


def _sum(report: Report, cells: Sum) -> Decimal | None:
    added = report.sum(tuple(report.form.cells[c] for c in cells if not c.startswith(LESS)))
    taken = tuple(report.form.cells[c.removeprefix(LESS)] for c in cells if c.startswith(LESS))
    less = report.sum(taken)
    return None if added is None or less is None else added - less


def words_of(report: Report, cells: Sum) -> str:
    """The cells as a message names them; several by the first and their number."""
    first = report.form.cells[cells[0]].words
    return first if len(cells) == 1 else f"{first}等 {len(cells)} 格之和"


def typed(paragraph: Paragraph, quantity: Quantity) -> str:
    return paragraph.text[quantity.start : quantity.end]


def behind(report: Report, cells: Sum, *, last_year: bool = False) -> list[Related]:
    return [
        Related(
            report.numbers[cell].location,
            f"{report.form.cells[cell].words} {report.numbers[cell].typed}",
            report.path if last_year else None,
        )
        for cell in (named.removeprefix(LESS) for named in cells)
    ]
