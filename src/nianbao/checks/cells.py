"""Numbers that are allowed but hardly right, one row of a table at a time.

Knows what a form declares of a row beyond its ties; which row that is, and for
whom, is the form's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.chinese.clause import sentence_spans
from nianbao.chinese.wording import folded, names_among, plain
from nianbao.diagnostics import Finding, Related, finding
from nianbao.form.equation import show
from nianbao.form.row import Row
from nianbao.report.report import Number, Report

_TENFOLD = 10
_MONEY = re.compile(r"[\d零一二三四五六七八九十百千]\s*元")


def rows_not_for_the_unit(report: Report, last: Report | None) -> Iterator[Finding]:
    """Numbers above 0 in a row that the unit cannot have by its name (V201)."""
    for row in report.rows():
        typed = [(cell, report.numbers.get(cell.address)) for cell in row.cells()]
        above = [(cell, number) for cell, number in typed if number and number.value]
        if above and report.unit_ends_in(row.zero_for):
            cell, number = above[0]
            yield finding(
                "V201",
                f"“{cell.words}”写的是 {number.typed}，“{report.unit}”一般没有这一项，应当是 0。",
                subject=f"{cell.name} {number.typed}/0",
                at=number,
                hint="看看是不是填错了行；代别的机关报送的，在“核实说明”里写明",
            )


def stocks(report: Report, last: Report | None) -> Iterator[Finding]:
    """What is left of a stock: 0 where more came than went (V202), or less than came (V203)."""
    for row in report.rows():
        cells = row.stock_cells()
        if not cells:
            continue
        found = [report.numbers.get(cell.address) for cell in cells]
        numbers = [number for number in found if number and not number.blank]
        if len(numbers) < len(cells):
            continue
        gained, lost, left = numbers
        said = [f"{c.words} {n.typed}" for c, n in zip(cells, numbers, strict=True)]
        related = [
            Related(n.location, words) for n, words in zip(numbers[:2], said[:2], strict=True)
        ]
        if not left.value and gained.value > lost.value:
            yield _stock(
                "V202",
                f"{said[2]}，而{said[0]}，{said[1]}，至少还应有 {_less(gained, lost)}。",
                subject=f"{row.key} {gained.typed}/{lost.typed}/{left.typed}",
                left=left,
                related=related,
            )
        elif gained.value > left.value:
            yield _stock(
                "V203",
                f"{said[0]}，比{said[2]} 还多 {_less(gained, left)}。",
                subject=f"{row.key} {gained.typed}/{left.typed}",
                left=left,
                related=related[:1],
            )


def limits(report: Report, last: Report | None) -> Iterator[Finding]:
    """A number that a unit of this kind hardly reaches, where more speaks against it (V204)."""
    for row in report.rows():
        for cell in row.cells() if row.limit else ():
            number = report.numbers.get(cell.address)
            if (
                not number
                or not row.limit
                or number.value < row.limit.number
                or not report.unit_ends_in(row.limit.units)
            ):
                continue
            before = last.numbers.get(cell.address) if last else None
            grown = bool(before and before.value * _TENFOLD < number.value)
            if grown or _in_smaller_money(report, row):
                said = f"上年是 {before.typed} {row.unit}" if before and grown else "正文里说的是元"
                yield finding(
                    "V204",
                    f"“{cell.words}”写的是 {number.typed} {row.unit}，{said}；"
                    f"“{report.unit}”一般不到 {show(row.limit.number)} {row.unit}。",
                    subject=f"{cell.name} {number.typed}",
                    at=number,
                    hint=f"这一格以{row.unit}为单位，看看是不是填错了单位"
                    if row.unit
                    else "核对一遍",
                    related=[
                        Related(before.location, f"上年的{cell.words} {before.typed}", last.path)
                    ]
                    if before and last and grown
                    else (),
                )


def _in_smaller_money(report: Report, row: Row) -> bool:
    """True where a sentence that names the row counts money in 元, not 万元."""
    names = names_among(row.wordings)
    return any(
        any(name in plain(sentence) for name in names) and _MONEY.search(sentence)
        for _, paragraph in report.paragraphs()
        for text in [folded(paragraph.text)]
        for sentence in (text[start:end] for start, end in sentence_spans(text))
    )


def _less(more: Number, less: Number) -> str:
    return show(more.value - less.value)


def _stock(
    code: str, message: str, *, subject: str, left: Number, related: list[Related]
) -> Finding:
    hint = "对照文件清理的台账，改正填错的一格"
    return finding(code, message, at=left, hint=hint, related=related, subject=subject)
