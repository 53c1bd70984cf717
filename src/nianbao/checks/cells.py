"""Numbers that are allowed but hardly right, one row of a table at a time.

Knows what a form declares of a row beyond its ties; which row that is, and for
whom, is the form's affair.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.diagnostics import Finding, confirm
from nianbao.report import Report
from nianbao.wording import plain


def rows_not_for_the_unit(report: Report, last: Report | None) -> Iterator[Finding]:
    """Numbers above 0 in a row that the unit cannot have by its name (V201)."""
    unit = plain(report.unit)
    for table in report.form.tables():
        for row in table.rows():
            typed = [(cell, report.numbers.get(cell.address)) for cell in row.cells()]
            above = [(cell, number) for cell, number in typed if number and number.value]
            if above and unit.endswith(row.zero_for):
                cell, number = above[0]
                yield confirm(
                    "V201",
                    f"“{cell.words}”写的是 {number.typed}，“{report.unit}”一般没有这一项，应当是 0。",
                    f"{cell.name} {number.typed}/0",
                    number.location,
                    "看看是不是填错了行；代别的机关报送的，在“核实说明”里写明",
                    about=cell.address,
                )
