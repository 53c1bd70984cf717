"""Percentages and changes against the tables, and against the numbers beside them.

Knows how a rate is rounded, and what a change is from; which rate a sentence
tells is found by `comparison`. A number taken from the tables is never reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from nianbao.checks.worth import behind, typed, worth
from nianbao.chinese.numeral import PERCENT, Quantity
from nianbao.diagnostics import Finding, Related, finding
from nianbao.form.claim import Sum
from nianbao.form.equation import show, show_difference
from nianbao.report.report import Paragraph, Report
from nianbao.sentence.said import Growth, GrowthInText, Share, ShareInText

_RECKON = "看看是数错了，还是改了数没有重新算百分比"
_DIRECTIONS = {True: "增长", False: "下降"}


def share(report: Report, paragraph: Paragraph, said: Share | ShareInText) -> Iterator[Finding]:
    """A percentage that is none of those of its parts in their wholes (N102)."""
    parts: list[Decimal] | None
    wholes: list[Decimal] | None
    sums: tuple[Sum, ...]
    if isinstance(said, ShareInText):
        parts, wholes = [said.part.value], [said.whole.value]
        name, where, sums = "", "前面的", ()
    else:
        parts, wholes = worth(report, said.parts), worth(report, said.wholes)
        name, where, sums = said.name, "表里是", (said.parts[0], said.wholes[0])
    if parts is None or wholes is None or not wholes[0]:
        return
    quantity, part, whole = said.quantity, show(parts[0]), show(wholes[0])
    rates = [one * 100 / all_ for one in parts for all_ in wholes if all_]
    right = _instead(paragraph, quantity, rates)
    if right is not None:
        yield finding(
            "N102",
            f"正文说{f'“{name}”' if name else ''}占{typed(paragraph, quantity)}，{where} {part} 除以 {whole}，"
            f"应当是 {right}%，相差 {show_difference(quantity.value - right)} 个百分点。",
            subject=f"{name or f'{part}/{whole}'} {show(quantity.value)}%/{right}%",
            at=paragraph.words(quantity.start, quantity.end),
            hint=_RECKON,
            related=[told for cells in sums for told in behind(report, cells)],
        )


def growth(
    report: Report, last: Report | None, paragraph: Paragraph, said: Growth | GrowthInText
) -> Iterator[Finding]:
    """A change that is none of those since last year (C102)."""
    if isinstance(said, GrowthInText):
        yield from _growth_in_text(paragraph, said)
    else:
        yield from _growth(report, last, paragraph, said)


def _growth(
    report: Report, last: Report | None, paragraph: Paragraph, growth: Growth
) -> Iterator[Finding]:
    if last is None:
        return
    now, before = worth(report, growth.readings), worth(last, growth.readings)
    if now is None or before is None:
        return
    pairs = list(zip(now, before, strict=True))
    related = [
        *behind(report, growth.readings[0]),
        *behind(last, growth.readings[0], last_year=True),
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
    written = typed(paragraph, quantity)
    yield finding(
        "C102",
        f"{about}{said}{written}，{beside}，应当是{rose} {abs(right)}{unit}，相差 {off}。",
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


def _rounded(rate: Decimal, decimals: int) -> set[Decimal]:
    """`rate` at a precision, however it was rounded."""
    step = Decimal(1).scaleb(-decimals)
    modes = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_FLOOR)
    return {rate.quantize(step, rounding=mode) for mode in modes}
