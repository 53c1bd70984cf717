"""The ties of a form, within the year and with the year before.

Knows how a broken tie is told, and the one cell that mends several at once:
those are one mistake and told as one.
Which cells are tied is the form's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from nianbao.diagnostics import Finding, Related, finding
from nianbao.form.equation import Balance, evaluate, show, show_difference
from nianbao.form.row import Cell
from nianbao.form.tie import Term, Tie
from nianbao.report.report import Number, Report


@dataclass(frozen=True, slots=True)
class _Repair:
    """A cell that, changed from `typed` to `right`, mends all of `ties` broken ties."""

    cell: Cell
    typed: Number
    right: Decimal
    ties: int


def ties(report: Report, last: Report | None) -> Iterator[Finding]:
    """The ties within the year: T101 along a row, T102 along a column."""
    for table in report.form.tables():
        here = [tie for tie in table.ties if not tie.crosses_years]
        broken = [
            (tie, balance)
            for tie in here
            if (balance := _balance(tie, report, None)) and balance.difference
        ]
        repairs = _repairs(report, here, broken)
        if len(repairs) == 1:
            yield _one_cause(broken, report, repairs)
        else:
            for tie, balance in broken:
                yield _unbalanced(tie, balance, report, repairs)


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


def _unbalanced(tie: Tie, balance: Balance, report: Report, repairs: list[_Repair]) -> Finding:
    over = balance.difference > 0
    return finding(
        "T101" if tie.in_row else "T102",
        f"{_said(tie)}：{_side(tie.sides.left, report, None)}，"
        f"{_side(tie.sides.right, report, None)}，{'多' if over else '少'}了 "
        f"{show(abs(balance.difference))}（差 {show_difference(balance.difference)}）。",
        at=report.numbers[tie.at.address],
        hint=_mending(repairs) or "对照台账，改正填错的一格",
        related=_cells_behind(tie, report, None),
    )


def _one_cause(
    broken: list[tuple[Tie, Balance]], report: Report, repairs: list[_Repair]
) -> Finding:
    """All that one cell unbalances, told where the first of the ties stands."""
    (tie, balance), *others = broken
    first = _unbalanced(tie, balance, report, repairs)
    more = [
        Related(
            report.numbers[other.at.address].location,
            f"{_said(other)}，差 {show_difference(apart.difference)}",
        )
        for other, apart in others
    ]
    also = "、".join(dict.fromkeys(f"“{other.across}”" for other, _ in others))
    message = f"{first.message.rstrip('。')}；{also}也因此不平。"
    return replace(first, message=message, related=(*more, *first.related))


def _said(tie: Tie) -> str:
    return f"“{tie.across}”{'这一行' if tie.in_row else '这一列'}不平（{tie.name}）"


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


def _repairs(report: Report, here: list[Tie], broken: list[tuple[Tie, Balance]]) -> list[_Repair]:
    """The cells each of which, changed, mends all broken ties of a table and breaks none.

    Only asked when several fail together: one tie alone has as many candidates
    as cells (docs/checks.md, “which single cell”).
    """
    if len(broken) < 2:
        return []
    tie, balance = broken[0]
    found = []
    for cell in (cell for term in tie.sides.terms for cell in term.cells):
        change = -balance.difference * tie.sign(cell)
        typed = report.numbers[cell.address]
        mends = all(b.difference + t.sign(cell) * change == 0 for t, b in broken)
        breaks = sum(1 for t in here if t.sign(cell)) > len(broken)
        if mends and not breaks and typed.value + change >= 0:
            found.append(_Repair(cell, typed, typed.value + change, len(broken)))
    return found


def _mending(repairs: list[_Repair]) -> str:
    """What to change, where one or two cells can have been meant; "" otherwise."""
    if len(repairs) not in (1, 2):
        return ""
    said = "，或者把 ".join(
        f"{r.cell.words} 由 {r.typed.typed} 改为 {show(r.right)}" for r in repairs
    )
    return f"若把 {said}，这 {repairs[0].ties} 处不平同时消失；请对照台账核实"
