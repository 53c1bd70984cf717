"""The narrative against the tables: counts, percentages and denials.

Knows how a statement is held against the cells it speaks of; which words speak
of which cells is the form's affair, how a sentence is read that of `statement`.
A number taken from the tables by {{…}} is never reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.checks import rates
from nianbao.checks.worth import behind, typed, words_of, worth
from nianbao.diagnostics import Finding, finding
from nianbao.form.claim import YUAN, Fee
from nianbao.form.contract import YEAR
from nianbao.form.equation import show, show_difference
from nianbao.report.report import Paragraph, Report
from nianbao.sentence import money
from nianbao.sentence.said import Denied, Misdated, Said, Statement


def against_cells(
    report: Report, last: Report | None, paragraph: Paragraph, sentence: Said
) -> Iterator[Finding]:
    """What one sentence says of the cells, against the cells."""
    for stated in sentence.statements:
        yield from _count(report, paragraph, stated)
    for share in sentence.shares:
        yield from rates.share(report, paragraph, share)
    for growth in sentence.growths:
        yield from rates.growth(report, last, paragraph, growth)
    denials = [denied for denied in sentence.denied if _is_of_all(report, denied)]
    for start in dict.fromkeys(denied.start for denied in denials):
        here = [denied for denied in denials if denied.start == start]
        yield from _denied(report, paragraph, here)
    for misdated in sentence.misdated:
        yield _misdated(report, paragraph, misdated)
    for fee in report.form.claims.fees:
        yield from _fee(report, paragraph, sentence, fee)


def _count(report: Report, paragraph: Paragraph, stated: Statement) -> Iterator[Finding]:
    quantity = stated.quantity
    held = worth(report, stated.readings)
    if held is None or quantity.value in held:
        return
    if paragraph.is_bound(quantity.start, quantity.end):
        return
    written, cells = typed(paragraph, quantity), stated.readings[0]
    yield finding(
        "N101",
        f"正文说“{stated.name}”{written}，表里{words_of(report, cells)}是 {show(held[0])}，"
        f"相差 {show_difference(quantity.value - held[0])}。",
        subject=f"{stated.name} {show(quantity.value)}/{show(held[0])}",
        at=paragraph.words(quantity.start, quantity.end),
        hint="看看哪一处写错了，改成一样；正文里可以写 {{ }} 让数从表里取",
        related=behind(report, cells),
    )


def _is_of_all(report: Report, denied: Denied) -> bool:
    """False where “all” is all of a number that is not all there is."""
    if denied.of is None or not denied.claim.of_all:
        return True
    whole = worth(report, denied.claim.of_all)
    return whole is None or denied.of.quantity.value in whole


def _denied(report: Report, paragraph: Paragraph, denied: list[Denied]) -> Iterator[Finding]:
    """What one phrase denies, told once."""
    zero = tuple(dict.fromkeys(cell for d in denied for cell in d.zero))
    cells = [cell for cell in zero if cell in report.numbers and report.numbers[cell].value]
    if not cells:
        return
    written = paragraph.text[denied[0].start : max(d.end for d in denied)]
    numbers = [(report.form.cells[cell], report.numbers[cell].typed) for cell in cells]
    there = "，".join(f"{cell.words}是 {number}" for cell, number in numbers)
    first, number = numbers[0]
    yield finding(
        "N103",
        f"正文说“{written}”，表里{there}。",
        subject=f"{first.name} 0/{number}",
        at=paragraph.words(denied[0].start, max(d.end for d in denied)),
        hint="看看是这句话没有改，还是表填错了",
        related=behind(report, tuple(cells)),
    )


def _misdated(report: Report, paragraph: Paragraph, misdated: Misdated) -> Finding:
    written = paragraph.text[misdated.start : misdated.end]
    return finding(
        "N204",
        f"正文这一句说的是“{written}”的情况，本报告的{YEAR}是 {report.year}。",
        subject=f"{written} {misdated.year}/{report.year}",
        at=paragraph.words(misdated.start, misdated.end),
        hint="多半是照抄上年没有改；写 {{年度}} 就不会错",
    )


def _fee(report: Report, paragraph: Paragraph, sentence: Said, fee: Fee) -> Iterator[Finding]:
    """Money said to have been charged where the table has 0; both told in yuan."""
    charged = report.sum(tuple(report.form.cells[cell] for cell in fee.cells))
    if charged is None or charged:
        return
    quantity = money.charged(sentence, fee, report.year, money=report.form.claims.money)
    if not quantity:
        return
    cell = report.form.cells[fee.cells[0]]
    written = typed(paragraph, quantity)
    if quantity.unit not in YUAN or cell.unit not in YUAN:
        yield finding(
            "N106",
            f"正文说收费 {written}，表里{cell.words}是 0 {cell.unit}。",
            subject=f"{cell.name} {show(quantity.value)}{quantity.unit}/0",
            at=paragraph.words(quantity.start, quantity.end),
            hint=f"表里以{cell.unit}为单位；看看哪一处写错了，改成一样",
            related=behind(report, fee.cells),
        )
    else:
        amount = show(quantity.value * YUAN[quantity.unit])
        yield finding(
            "N106",
            f"正文说收费 {written}（{amount} 元），表里{cell.words}是 0 {cell.unit}，"
            f"相差 {amount} 元。",
            subject=f"{cell.name} {amount}元/0",
            at=paragraph.words(quantity.start, quantity.end),
            hint=f"表里以{cell.unit}为单位：{amount} 元写成 "
            f"{show(quantity.value * YUAN[quantity.unit] / YUAN[cell.unit])}",
            related=behind(report, fee.cells),
        )
