"""The ties of a form, within the year and with the year before.

Knows how a broken tie is told, and the one cell that mends several at once.
Which cells are tied is the form's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nianbao.diagnostics import Finding, Related, finding
from nianbao.form.equation import Balance, evaluate, show, show_difference
from nianbao.form.tie import Term, Tie
from nianbao.report.report import Report


def ties(report: Report, last: Report | None) -> Iterator[Finding]:
    """The ties within the year: T101 along a row, T102 along a column."""
    for table in report.form.tables():
        here = [tie for tie in table.ties if not tie.crosses_years]
        broken = [
            (tie, balance)
            for tie in here
            if (balance := _balance(tie, report, None)) and balance.difference
        ]
        repair = _repair(report, here, broken)
        for tie, balance in broken:
            yield _unbalanced(tie, balance, report, repair)


def ties_across_years(report: Report, last: Report | None) -> Iterator[Finding]:
    """The ties with last year's report (C101): true in almost all chains, so they ask."""
    if last is None:
        return
    for table in report.form.tables():
        for tie in table.ties:
            if not tie.crosses_years:
                continue
            balance = _balance(tie, report, last)
            if balance and balance.difference:
                yield finding(
                    "C101",
                    f"{tie.at.words}与上年对不上（{tie.name}）："
                    f"{_side(tie.sides.left, report, last)}，{_side(tie.sides.right, report, last)}，"
                    f"相差 {show_difference(balance.difference)}。",
                    subject=f"{tie.at.name} {show(balance.left)}/{show(balance.right)}",
                    at=report.numbers[tie.at.address],
                    hint="改正；若上年的数确有更正，在“核实说明”里写明原因",
                    related=_cells_behind(tie, report, last),
                )


def _balance(tie: Tie, report: Report, last: Report | None) -> Balance | None:
    """Both sides of a tie, or None while a cell of it could not be read."""
    if any(_worth(term, report, last) is None for term in tie.sides.terms):
        return None
    return evaluate(tie.sides, lambda term: _worth(term, report, last) or Decimal(0))


def _worth(term: Term, report: Report, last: Report | None) -> Decimal | None:
    holder = last if term.last_year else report
    return holder.sum(term.cells) if holder else None


def _unbalanced(tie: Tie, balance: Balance, report: Report, repair: str) -> Finding:
    code, where = ("T101", "这一行") if tie.in_row else ("T102", "这一列")
    over = balance.difference > 0
    return finding(
        code,
        f"“{tie.across}”{where}不平（{tie.name}）：{_side(tie.sides.left, report, None)}，"
        f"{_side(tie.sides.right, report, None)}，{'多' if over else '少'}了 "
        f"{show(abs(balance.difference))}（差 {show_difference(balance.difference)}）。",
        at=report.numbers[tie.at.address],
        hint=repair or "对照台账，改正填错的一格",
        related=_cells_behind(tie, report, None),
    )


def _side(terms: tuple[Term, ...], report: Report, last: Report | None) -> str:
    """One side in words: “甲 3 + 乙 0 = 3”; zeros of long sums left out."""
    worth = [(term, _worth(term, report, last) or Decimal(0)) for term in terms]
    shown = [(t, v) for t, v in worth if v] if len(worth) > 2 else worth
    parts = [f"{'上年的' if t.last_year else ''}{t.words} {show(v)}" for t, v in shown]
    total = show(sum((v for _, v in worth), Decimal(0)))
    if not parts:
        return f"{worth[0][0].words}等 {len(worth)} 项合计 0"
    if len(worth) == 1:
        return parts[0]
    rest = "（其余各项为 0）" if len(parts) < len(worth) else " "
    return f"{' + '.join(parts)}{rest}= {total}"


def _cells_behind(tie: Tie, report: Report, last: Report | None) -> list[Related]:
    """The other cells of a tie: last year's, and those of this year that are not zero."""
    related = []
    for term in tie.sides.terms:
        holder = last if term.last_year else report
        if holder is None:
            continue
        for cell in term.cells:
            number = holder.numbers[cell.address]
            if term.last_year or (number.value and cell.address != tie.at.address):
                related.append(
                    Related(
                        number.location,
                        f"{cell.words} {number.typed}",
                        holder.path if term.last_year else None,
                    )
                )
    return related


def _repair(report: Report, here: list[Tie], broken: list[tuple[Tie, Balance]]) -> str:
    """The one cell that, changed, mends all broken ties of a table; "" unless one or two can.

    Only asked when several fail together: one tie alone has as many candidates
    as cells (docs/checks.md, “which single cell”).
    """
    if len(broken) < 2:
        return ""
    tie, balance = broken[0]
    said = []
    for cell in (cell for term in tie.sides.terms for cell in term.cells):
        change = -balance.difference * tie.sign(cell)
        typed = report.numbers[cell.address]
        mends = all(b.difference + t.sign(cell) * change == 0 for t, b in broken)
        breaks = sum(1 for t in here if t.sign(cell)) > len(broken)
        if mends and not breaks and typed.value + change >= 0:
            said.append(f"{cell.words} 由 {typed.typed} 改为 {show(typed.value + change)}")
    if len(said) not in (1, 2):
        return ""
    return f"若把 {'，或者把 '.join(said)}，这 {len(broken)} 处不平同时消失；请对照台账核实"
