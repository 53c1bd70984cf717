"""The narrative against the tables: counts, percentages and denials.

Knows how a statement is held against the cells it speaks of; which words speak
of which cells is the form's affair, how a sentence is read that of `statement`.
A number taken from the tables by {{…}} is never reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from nianbao.chinese.numeral import PERCENT, Quantity
from nianbao.diagnostics import Finding, Related, finding
from nianbao.form.claim import LESS, YUAN, Fee, Sum
from nianbao.form.contract import YEAR
from nianbao.form.equation import show, show_difference
from nianbao.report.report import Paragraph, Report
from nianbao.sentence import money
from nianbao.sentence.said import (
    Denied,
    Growth,
    GrowthInText,
    Misdated,
    Said,
    Share,
    ShareInText,
    Statement,
)

_RECKON = "看看是数错了，还是改了数没有重新算百分比"
_DIRECTIONS = {True: "增长", False: "下降"}


def against_cells(
    report: Report, last: Report | None, paragraph: Paragraph, sentence: Said
) -> Iterator[Finding]:
    """What one sentence says of the cells, against the cells."""
    for stated in sentence.statements:
        yield from _count(report, paragraph, stated)
    for share in sentence.shares:
        if isinstance(share, ShareInText):
            yield from _share_in_text(paragraph, share)
        else:
            yield from _share(report, paragraph, share)
    for growth in sentence.growths:
        if isinstance(growth, GrowthInText):
            yield from _growth_in_text(paragraph, growth)
        else:
            yield from _growth(report, last, paragraph, growth)
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


def _share_in_text(paragraph: Paragraph, share: ShareInText) -> Iterator[Finding]:
    quantity, part, whole = share.quantity, share.part, share.whole
    right = _instead(paragraph, quantity, [part.value * 100 / whole.value])
    if right is not None:
        yield finding(
            "N102",
            f"正文说占{_typed(paragraph, quantity)}，"
            f"前面的 {show(part.value)} 除以 {show(whole.value)}，应当是 {right}%，"
            f"相差 {show_difference(quantity.value - right)} 个百分点。",
            subject=f"{show(part.value)}/{show(whole.value)} {show(quantity.value)}%/{right}%",
            at=paragraph.words(quantity.start, quantity.end),
            hint=_RECKON,
        )


def _growth(
    report: Report, last: Report | None, paragraph: Paragraph, growth: Growth
) -> Iterator[Finding]:
    if last is None:
        return
    now, before = _worth(report, growth.readings), _worth(last, growth.readings)
    if now is None or before is None:
        return
    pairs = list(zip(now, before, strict=True))
    related = [
        *_cells_behind(report, growth.readings[0]),
        *_cells_behind(last, growth.readings[0], last_year=True),
    ]
    about = f"正文说“{growth.name}”同比"
    beside = f"本年是 {show(now[0])}，上年是 {show(before[0])}"
    yield from _changed(paragraph, growth, pairs, about=about, beside=beside, related=related)


def _growth_in_text(paragraph: Paragraph, growth: GrowthInText) -> Iterator[Finding]:
    now, before = growth.now.value, growth.before.value
    beside = f"前面的数是 {show(now)}，比的数是 {show(before)}"
    yield from _changed(paragraph, growth, [(now, before)], about="正文说", beside=beside)


def _changed(
    paragraph: Paragraph,
    growth: Growth | GrowthInText,
    pairs: list[tuple[Decimal, Decimal]],
    *,
    about: str,
    beside: str,
    related: list[Related] | None = None,
) -> Iterator[Finding]:
    """A change that is none of those between the pairs of numbers, now and before."""
    quantity, in_percent = growth.quantity, growth.quantity.unit == PERCENT
    if in_percent:
        changes = [(n - b) * 100 * growth.sign / b for n, b in pairs if b]
    else:
        changes = [(n - b) * growth.sign for n, b in pairs]
    if not changes or (in_percent and not pairs[0][1]):
        return
    right = _instead(paragraph, quantity, changes)
    if right is None:
        return
    now, before = pairs[0]
    said, rose = _DIRECTIONS[growth.sign > 0], _DIRECTIONS[now >= before]
    unit = "%" if in_percent else quantity.unit
    off = f"{show_difference(quantity.value - right)}{' 个百分点' if in_percent else ''}"
    typed = _typed(paragraph, quantity)
    yield finding(
        "C102",
        f"{about}{said}{typed}，{beside}，应当是{rose} {abs(right)}{unit}，相差 {off}。",
        subject=f"{about.removeprefix('正文说').strip('“”').replace('”', '')}{said} "
        f"{show(quantity.value)}{unit}/{rose}{abs(right)}{unit}",
        at=paragraph.words(quantity.start, quantity.end),
        hint=_RECKON,
        related=related or [],
    )


def _instead(paragraph: Paragraph, quantity: Quantity, rates: list[Decimal]) -> Decimal | None:
    """What a percentage should be; None where it is one of `rates`, or taken from the tables."""
    if paragraph.is_bound(quantity.start, quantity.end):
        return None
    if any(quantity.value in _rounded(rate, quantity.decimals) for rate in rates):
        return None
    return rates[0].quantize(Decimal(1).scaleb(-quantity.decimals), rounding=ROUND_HALF_UP)


def _is_of_all(report: Report, denied: Denied) -> bool:
    """False where “all” is all of a number that is not all there is."""
    if denied.of is None or not denied.claim.of_all:
        return True
    worth = _worth(report, denied.claim.of_all)
    return worth is None or denied.of.quantity.value in worth


def _denied(report: Report, paragraph: Paragraph, denied: list[Denied]) -> Iterator[Finding]:
    """What one phrase denies, told once."""
    zero = tuple(dict.fromkeys(cell for d in denied for cell in d.zero))
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
        f"正文这一句说的是“{typed}”的情况，本报告的{YEAR}是 {report.year}。",
        subject=f"{typed} {misdated.year}/{report.year}",
        at=paragraph.words(misdated.start, misdated.end),
        hint="多半是照抄上年没有改；写 {{年度}} 就不会错",
    )


def _fee(report: Report, paragraph: Paragraph, sentence: Said, fee: Fee) -> Iterator[Finding]:
    """Money said to have been charged where the table has 0; both told in yuan."""
    worth = report.sum(tuple(report.form.cells[cell] for cell in fee.cells))
    if worth is None or worth:
        return
    quantity = money.charged(sentence, fee, report.year, money=report.form.claims.money)
    if not quantity:
        return
    cell = report.form.cells[fee.cells[0]]
    typed = _typed(paragraph, quantity)
    if quantity.unit not in YUAN or cell.row.unit not in YUAN:
        yield finding(
            "N106",
            f"正文说收费 {typed}，表里{cell.words}是 0 {cell.row.unit}。",
            subject=f"{cell.name} {show(quantity.value)}{quantity.unit}/0",
            at=paragraph.words(quantity.start, quantity.end),
            hint=f"表里以{cell.row.unit}为单位；看看哪一处写错了，改成一样",
            related=_cells_behind(report, fee.cells),
        )
    else:
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


def _worth(report: Report, sums: tuple[Sum, ...]) -> list[Decimal] | None:
    """What each sum is worth; None while a cell of one could not be read."""
    found = [_sum(report, cells) for cells in sums]
    known = [worth for worth in found if worth is not None]
    return known if len(known) == len(found) else None


def _sum(report: Report, cells: Sum) -> Decimal | None:
    added = report.sum(tuple(report.form.cells[c] for c in cells if not c.startswith(LESS)))
    taken = tuple(report.form.cells[c.removeprefix(LESS)] for c in cells if c.startswith(LESS))
    less = report.sum(taken)
    return None if added is None or less is None else added - less


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
        for cell in (named.removeprefix(LESS) for named in cells)
    ]
