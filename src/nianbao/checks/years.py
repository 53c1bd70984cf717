"""This year's report beside last year's: what was copied, and what jumped.

Knows numbers and paragraphs that are the same as last year's, and counts that
lost or gained a digit. Ties across years are `ties`'. Without last year's
report nothing is yielded: that the checks were not made is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.chinese.wording import plain
from nianbao.diagnostics import Finding, Related, finding
from nianbao.form.kind import MONEY, Figure, Kind
from nianbao.form.row import Cell, Row
from nianbao.report import balance
from nianbao.report.report import Paragraph, Report

_TIMES, _FROM = 10, 20
"""A count is told when it is so many times the other, and the larger is at least so much."""
_COPIED_FROM = 30
"""Shorter paragraphs are alike every year: “没有其他需要报告的”."""


def unchanged(report: Report, last: Report | None) -> Iterator[Finding]:
    """Cells that are hardly all the same two years running (C103), as the form declares them."""
    if last is None:
        return
    for addresses in report.form.requirements.unchanged:
        cells = [report.form.cells[address] for address in addresses]
        now = [report.numbers.get(address) for address in addresses]
        then = [last.numbers.get(address) for address in addresses]
        pairs = [(n, t) for n, t in zip(now, then, strict=True) if n and t]
        if len(pairs) == len(cells) and all(n.value and n.value == t.value for n, t in pairs):
            said = "、".join(f"{c.words} {n.typed}" for c, (n, _) in zip(cells, pairs, strict=True))
            named = "、".join(f"{c.name} {n.typed}" for c, (n, _) in zip(cells, pairs, strict=True))
            yield finding(
                "C103",
                f"{said}，都和上年的数一样。",
                subject=named,
                at=pairs[-1][0],
                hint="看看是不是照抄了上年的数",
                related=[
                    Related(t.location, f"上年的{c.words} {t.typed}", last.path)
                    for c, (_, t) in zip(cells, pairs, strict=True)
                ],
            )


def jumps(report: Report, last: Report | None) -> Iterator[Finding]:
    """Counts ten times last year's, or a tenth of it (C104): one a row, its total if it has one.

    0 has no multiple: a row that begins or ends is no slip of the hand. A row that does not go
    on from last year's is told as that alone.
    """
    if last is None:
        return
    told = {tie.at.row.address for tie, _ in balance.broken_across(report, last)}
    for table in report.form.tables():
        for row in table.rows():
            jumped = next((c for c in _standing_for(row) if _jumped(c, report, last)), None)
            if jumped and _grows(jumped.kind) and row.address not in told:
                now, then = report.numbers[jumped.address], last.numbers[jumped.address]
                larger, smaller = max(now.value, then.value), min(now.value, then.value)
                yield finding(
                    "C104",
                    f"{jumped.words}上年是 {then.typed}，本年是 {now.typed}，"
                    f"{'约是上年的' if now.value > then.value else '上年约是它的'} {larger / smaller:.0f} 倍。",
                    subject=f"{jumped.name} {then.typed}/{now.typed}",
                    at=now,
                    hint="看看是不是多打或者少打了一位；确实如此的，在“核实说明”里写明原因",
                    related=[
                        Related(then.location, f"上年的{jumped.words} {then.typed}", last.path)
                    ],
                )


def copied(report: Report, last: Report | None) -> Iterator[Finding]:
    """Paragraphs that stand in last year's report word for word (C105), one note a part.

    A part without a heading (the introduction) says the same every year.
    """
    if last is None:
        return
    for section in report.form.sections:
        paragraphs = report.narratives.get(section.name, ())
        before = {plain(paragraph.text): paragraph for paragraph in _long(last, section.name)}
        same = [p for p in _long(report, section.name) if plain(p.text) in before]
        if section.headed and same:
            share = 100 * sum(len(p.text) for p in same) / sum(len(p.text) for p in paragraphs)
            yield finding(
                "C105",
                f"“{section.label}”有 {len(same)} 段和上年的一字不差，占这一部分的 {share:.0f}%。",
                at=same[0].words(0, len(same[0].text)),
                hint="照本年的情况改写",
                related=[
                    Related(before[plain(p.text)].location, "上年的同一段", last.path)
                    for p in same[:5]
                ],
            )


def _standing_for(row: Row) -> tuple[Cell, ...]:
    total = row.total()
    return (row.cell(total),) if total else row.cells()


def _grows(kind: Kind) -> bool:
    """True for a number of things: neither money, a difference nor a share."""
    return isinstance(kind, Figure) and not kind.signed and kind.word != MONEY.word


def _jumped(cell: Cell, report: Report, last: Report) -> bool:
    now, then = report.numbers.get(cell.address), last.numbers.get(cell.address)
    if not now or not then or not now.value or not then.value:
        return False
    larger, smaller = max(now.value, then.value), min(now.value, then.value)
    return larger >= _FROM and larger >= _TIMES * smaller


def _long(report: Report, section: str) -> list[Paragraph]:
    paragraphs = report.narratives.get(section, ())
    return [paragraph for paragraph in paragraphs if len(paragraph.text) >= _COPIED_FROM]
