"""The narrative against the tables: counts, percentages and denials.

Knows how a statement is held against the cells it speaks of; which words speak
of which cells is the form's affair, how a sentence is read that of `statement`.
A number taken from the tables by {{…}} is never reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import dropwhile

from nianbao.chinese.numeral import Quantity
from nianbao.chinese.phrase import compiled
from nianbao.diagnostics import Finding, Related, finding
from nianbao.form.claim import YUAN, Fee, Sum
from nianbao.form.contract import YEAR
from nianbao.form.equation import show, show_difference
from nianbao.report.report import Paragraph, Report
from nianbao.sentence.denial import Denied
from nianbao.sentence.statement import Growth, Misdated, Said, Share, Statement

_RECKON = "看看是数错了，还是改了数没有重新算百分比"
_DIRECTIONS = {True: "增长", False: "下降"}


def against_cells(
    report: Report, last: Report | None, paragraph: Paragraph, sentence: Said
) -> Iterator[Finding]:
    """What one sentence says of the cells, against the cells."""
    for stated in sentence.statements:
        yield from _count(report, paragraph, stated)
    for share in sentence.shares:
        yield from _share(report, paragraph, share)
    for growth in sentence.growths:
        yield from _growth(report, last, paragraph, growth)
    for start in dict.fromkeys(denied.start for denied in sentence.denied):
        here = [denied for denied in sentence.denied if denied.start == start]
        yield from _denied(report, paragraph, here)
    for misdated in sentence.misdated:
        yield _misdated(report, paragraph, misdated)
    for fee in report.form.claims.fees:
        yield from _fee(report, paragraph, sentence, fee)


def _count(report: Report, paragraph: Paragraph, stated: Statement) -> Iterator[Finding]:
    quantity = stated.quantity
    worth = _worth(report, stated.readings)
    if worth is None or quantity.value in worth:
        return
    if paragraph.is_bound(quantity.start, quantity.end):
        return
    typed, cells = _typed(paragraph, quantity), stated.readings[0]
    yield finding(
        "N101",
        f"正文说“{stated.name}”{typed}，表里{_words(report, cells)}是 {show(worth[0])}，"
        f"相差 {show_difference(quantity.value - worth[0])}。",
        subject=f"{stated.name} {show(quantity.value)}/{show(worth[0])}",
        at=paragraph.words(quantity.start, quantity.end),
        hint="看看哪一处写错了，改成一样；正文里可以写 {{ }} 让数从表里取",
        related=_cells_behind(report, cells),
    )


def _share(report: Report, paragraph: Paragraph, share: Share) -> Iterator[Finding]:
    parts, wholes = _worth(report, share.parts), _worth(report, share.wholes)
    if parts is None or wholes is None or not wholes[0]:
        return
    rates = [part * 100 / whole for part in parts for whole in wholes if whole]
    quantity, right = share.quantity, _instead(paragraph, share.quantity, rates)
    if right is not None:
        yield finding(
            "N102",
            f"正文说“{share.name}”占{_typed(paragraph, quantity)}，"
            f"表里是 {show(parts[0])} 除以 {show(wholes[0])}，应当是 {right}%，"
            f"相差 {show_difference(quantity.value - right)} 个百分点。",
            subject=f"{share.name} {show(quantity.value)}%/{right}%",
            at=paragraph.words(quantity.start, quantity.end),
            hint=_RECKON,
            related=[
                *_cells_behind(report, share.parts[0]),
                *_cells_behind(report, share.wholes[0]),
            ],
        )


def _growth(
    report: Report, last: Report | None, paragraph: Paragraph, growth: Growth
) -> Iterator[Finding]:
    if last is None:
        return
    now, before = _worth(report, growth.readings), _worth(last, growth.readings)
    if now is None or before is None or not before[0]:
        return
    rates = [(n - b) * 100 * growth.sign / b for n, b in zip(now, before, strict=True) if b]
    quantity, right = growth.quantity, _instead(paragraph, growth.quantity, rates)
    if right is not None:
        said, rose = _DIRECTIONS[growth.sign > 0], _DIRECTIONS[now[0] >= before[0]]
        yield finding(
            "C102",
            f"正文说“{growth.name}”同比{said}{_typed(paragraph, quantity)}，"
            f"本年是 {show(now[0])}，上年是 {show(before[0])}，应当是{rose} {abs(right)}%，"
            f"相差 {show_difference(quantity.value - right)} 个百分点。",
            subject=f"{growth.name}同比{said} {show(quantity.value)}%/{rose}{abs(right)}%",
            at=paragraph.words(quantity.start, quantity.end),
            hint=_RECKON,
            related=[
                *_cells_behind(report, growth.readings[0]),
                *_cells_behind(last, growth.readings[0], last_year=True),
            ],
        )


def _instead(paragraph: Paragraph, quantity: Quantity, rates: list[Decimal]) -> Decimal | None:
    """What a percentage should be; None where it is one of `rates`, or taken from the tables."""
    if paragraph.is_bound(quantity.start, quantity.end):
        return None
    if any(quantity.value in _rounded(rate, quantity.decimals) for rate in rates):
        return None
    return rates[0].quantize(Decimal(1).scaleb(-quantity.decimals), rounding=ROUND_HALF_UP)


def _denied(report: Report, paragraph: Paragraph, denied: list[Denied]) -> Iterator[Finding]:
    """What one phrase denies, told once."""
    zero = tuple(dict.fromkeys(cell for d in denied for cell in d.denial.zero))
    cells = [cell for cell in zero if cell in report.numbers and report.numbers[cell].value]
    if not cells:
        return
    typed = paragraph.text[denied[0].start : max(d.end for d in denied)]
    numbers = [(report.form.cells[cell], report.numbers[cell].typed) for cell in cells]
    there = "，".join(f"{cell.words}是 {number}" for cell, number in numbers)
    first, number = numbers[0]
    yield finding(
        "N103",
        f"正文说“{typed}”，表里{there}。",
        subject=f"{first.name} 0/{number}",
        at=paragraph.words(denied[0].start, max(d.end for d in denied)),
        hint="看看是这句话没有改，还是表填错了",
        related=_cells_behind(report, tuple(cells)),
    )


def _misdated(report: Report, paragraph: Paragraph, misdated: Misdated) -> Finding:
    typed = paragraph.text[misdated.start : misdated.end]
    return finding(
        "N204",
        f"正文这里说的是“{typed}”收到、办理的件数，本报告的{YEAR}是 {report.year}。",
        subject=f"{typed} {misdated.year}/{report.year}",
        at=paragraph.words(misdated.start, misdated.end),
        hint="多半是照抄上年没有改；写 {{年度}} 就不会错",
    )


def _fee(report: Report, paragraph: Paragraph, sentence: Said, fee: Fee) -> Iterator[Finding]:
    """Money said to have been charged where the table has 0; both told in yuan."""
    worth = report.sum(tuple(report.form.cells[cell] for cell in fee.cells))
    if worth is None or worth:
        return
    if compiled(fee.unread, report.year).search(sentence.sentence.text):
        return
    spoken = compiled(fee.phrases, report.year)
    for clause in dropwhile(lambda c: not spoken.search(c.text), sentence.sentence.clauses):
        quantity = clause.quantity
        if quantity and quantity.unit in YUAN and quantity.value and not quantity.approximate:
            cell = report.form.cells[fee.cells[0]]
            typed = _typed(paragraph, quantity)
            amount = show(quantity.value * YUAN[quantity.unit])
            yield finding(
                "N106",
                f"正文说收费 {typed}（{amount} 元），表里{cell.words}是 0 {cell.row.unit}，"
                f"相差 {amount} 元。",
                subject=f"{cell.name} {amount}元/0",
                at=paragraph.words(quantity.start, quantity.end),
                hint=f"表里以{cell.row.unit}为单位：{amount} 元写成 "
                f"{show(quantity.value * YUAN[quantity.unit] / YUAN[cell.row.unit])}",
                related=_cells_behind(report, fee.cells),
            )
            return


def _worth(report: Report, sums: tuple[Sum, ...]) -> list[Decimal] | None:
    """What each sum is worth; None while a cell of one could not be read."""
    found = [report.sum(tuple(report.form.cells[cell] for cell in cells)) for cells in sums]
    known = [worth for worth in found if worth is not None]
    return known if len(known) == len(found) else None


def _words(report: Report, cells: Sum) -> str:
    """The cells as a message names them; several by the first and their number."""
    first = report.form.cells[cells[0]].words
    return first if len(cells) == 1 else f"{first}等 {len(cells)} 格之和"


def _typed(paragraph: Paragraph, quantity: Quantity) -> str:
    return paragraph.text[quantity.start : quantity.end]


def _rounded(rate: Decimal, decimals: int) -> set[Decimal]:
    """`rate` at a precision, however it was rounded."""
    step = Decimal(1).scaleb(-decimals)
    modes = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_FLOOR)
    return {rate.quantize(step, rounding=mode) for mode in modes}


def _cells_behind(report: Report, cells: Sum, *, last_year: bool = False) -> list[Related]:
    return [
        Related(
            report.numbers[cell].location,
            f"{report.form.cells[cell].words} {report.numbers[cell].typed}",
            report.path if last_year else None,
        )
        for cell in cells
    ]
