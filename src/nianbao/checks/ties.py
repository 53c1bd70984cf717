"""The ties of a form, within the year and with the year before.

Knows how a broken tie is told: what both sides are, by how much they differ, where, and
what to type. Which cells are tied is the form's affair; which one cell mends several ties,
and makes them one mistake, is `repairs`'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from nianbao.checks import repairs
from nianbao.checks.repairs import Broken, Repair
from nianbao.diagnostics import Finding, Related, Severity, finding
from nianbao.form import nothing
from nianbao.form.condition import Condition
from nianbao.form.equation import Balance, Relation, show, show_difference
from nianbao.form.kind import Figure
from nianbao.form.tie import Along, Term, Tie
from nianbao.report import balance
from nianbao.report.report import Report

_CODES = {Along.ROW: "T101", Along.COLUMN: "T102", Along.CELLS: "T103"}
_QUOTIENT = "T104"
_BOUNDS = {Relation.AT_MOST: "应当不超过 ", Relation.AT_LEAST: "应当不少于 "}
_ADVICE = "对照台账，改正填错的一格"
_ADVICE_ACROSS = "改正；若上年的数确有更正，在“核实说明”里写明原因"
_GRAVEST_FIRST = list(Severity)


def ties(report: Report, last: Report | None) -> Iterator[Finding]:
    """The ties within the year: along a row (T101) or column (T102), elsewhere, and quotients."""
    for here, broken in repairs.together(report):
        mending = repairs.found(report, here, broken)
        told = [_unbalanced(each, report, mending) for each in broken]
        yield from [_one_cause(broken, told, report)] if len(mending) == 1 else told


def ties_across_years(report: Report, last: Report | None) -> Iterator[Finding]:
    """The ties with last year's report (C101): true in almost all chains, so they ask."""
    for tie, sides in balance.broken_across(report, last):
        yield _as_grave(
            tie,
            finding(
                "C101",
                f"{tie.at.words}与上年对不上（{tie.name}）：{_said(tie, sides, report, last)}。",
                subject=_subject(tie, sides, report),
                at=report.numbers[tie.at.address],
                hint=_ADVICE_ACROSS if tie.severity is None else _ADVICE,
                related=_cells_behind(tie, report, last),
            ),
        )


def _unbalanced(broken: Broken, report: Report, mending: list[Repair]) -> Finding:
    tie, sides = broken.tie, broken.sides
    return _as_grave(
        tie,
        finding(
            _QUOTIENT if tie.divides else _CODES[tie.along],
            f"{_headline(tie)}：{_said(tie, sides, report, None)}。",
            subject=_subject(tie, sides, report),
            at=report.numbers[tie.at.address],
            hint=_mending(mending) or _advice(tie, sides, report),
            related=_cells_behind(tie, report, None),
        ),
    )


def _as_grave(tie: Tie, told: Finding) -> Finding:
    """`told` as grave as the tie is; only what asks can be answered."""
    told = replace(told, severity=tie.severity or told.severity)
    return told if told.severity is Severity.CONFIRM else replace(told, subject="")


def _one_cause(broken: list[Broken], told: list[Finding], report: Report) -> Finding:
    """All that one cell unbalances, told where the first of the gravest ties stands."""
    number = min(range(len(told)), key=lambda n: _GRAVEST_FIRST.index(told[n].severity))
    first = told[number]
    others = [each for n, each in enumerate(broken) if n != number]
    more = [
        Related(
            report.numbers[each.tie.at.address].location,
            f"{_headline(each.tie)}，差 {_apart(each, report)}",
        )
        for each in others
    ]
    also = "、".join(dict.fromkeys(f"“{_called(each.tie)}”" for each in others))
    message = f"{first.message.rstrip('。')}；{also}也因此不平。"
    return replace(first, message=message, related=(*more, *first.related))


def _called(tie: Tie) -> str:
    """The row or column that does not balance; the cell itself where it is all there is of it."""
    alone = tie.along is Along.COLUMN and len(tie.at.row.columns) == 1
    return tie.at.words if alone or not tie.across else tie.across


def _line(tie: Tie) -> str:
    return tie.along.value if _called(tie) == tie.across else ""


def _headline(tie: Tie) -> str:
    if tie.divides:
        return f"“{tie.at.words}”算得不对（{tie.name}）"
    wrong = "不合" if tie.sides.relation in _BOUNDS else "不平"
    return f"“{_called(tie)}”{_line(tie)}{wrong}（{tie.name}）"


def _said(tie: Tie, sides: Balance, report: Report, last: Report | None) -> str:
    """Both sides in words, and by how much they differ."""
    left, right = (_side(terms, report, last) for terms in (tie.sides.left, tie.sides.right))
    when = f"{_when(tie.condition)}，" if tie.condition else ""
    if tie.divides:
        return f"{when}{left}，除以{right}，{_quotient(tie, sides, report)}"
    fixed = all(t.number is not None and not t.counts for t in tie.sides.right)
    bound = _BOUNDS.get(tie.sides.relation, "应当是 " if fixed else "")
    if tie.crosses_years:
        return f"{when}{left}，{bound}{right}，相差 {show_difference(sides.difference)}"
    over = "多" if sides.difference > 0 else "少"
    given = f"，容差 {show(tie.tolerance)}" if tie.tolerance else ""
    return (
        f"{when}{left}，{bound}{right}，{over}了 {show(abs(sides.difference))}"
        f"（差 {show_difference(sides.difference)}{given}）"
    )


def _quotient(tie: Tie, sides: Balance, report: Report) -> str:
    """What a quotient should be, and what is there."""
    number = report.numbers[tie.at.address]
    typed = f"填的是 {number.typed}" if number.typed else "却空着"
    if not sides.right:
        return f"除数是 0，算不出来，{typed}"
    right = balance.rate(tie, sides, number)
    apart = "" if number.blank else f"，差 {show_difference(number.value - right)}"
    return f"应当是 {_as_typed(tie, right)}，{typed}{apart}"


def _as_typed(tie: Tie, number: Decimal) -> str:
    kind = tie.at.kind
    return format(number, "f") + ("%" if isinstance(kind, Figure) and kind.marked else "")


def _apart(broken: Broken, report: Report) -> str:
    tie, sides = broken.tie, broken.sides
    number = report.numbers[tie.at.address]
    if tie.divides and sides.right:
        return show_difference(number.value - balance.rate(tie, sides, number))
    return show_difference(sides.difference)


def _advice(tie: Tie, sides: Balance, report: Report) -> str:
    """What to type, where no one cell is known to be wrong."""
    if tie.divides and sides.right:
        right = balance.rate(tie, sides, report.numbers[tie.at.address])
        return f"改为 {_as_typed(tie, right)}；相除的数填错了的，改正那一格"
    if tie.divides:
        return f"{_of_nothing(tie, report)}；除数填错了的，改正那一格"
    return _ADVICE


def _of_nothing(tie: Tie, report: Report) -> str:
    """What to type for a quotient that cannot be worked out."""
    kind, allowed, row = tie.at.kind, tie.at.takes.blank, tie.at.row
    places = {report.numbers[cell.address].location for cell in row.cells()}
    if len(row.columns) > 1 and len(places) == 1:
        typed = nothing.row(row.drawn or row, report.form.rates)
        return f"整行的 0 改写成 {typed}"
    if allowed.words:
        left_blank = "，也可以空着" if allowed.always else ""
        return f"改为 {' 或 '.join(allowed.words)}{left_blank}"
    if allowed.always:
        return (
            "空着，什么也不写"
            if len(row.columns) == 1
            else '空着：列表里写 ""，按列名写的什么也不写'
        )
    assert isinstance(kind, Figure)
    return f"改为 {kind.zero.said}"


def _subject(tie: Tie, sides: Balance, report: Report) -> str:
    """The place and both values, which an answer is given under."""
    if tie.divides:
        typed = report.numbers[tie.at.address].typed
        return f"{tie.at.name} {typed}/{show(sides.left)}/{show(sides.right)}"
    return f"{tie.at.name} {show(sides.left)}/{show(sides.right)}"


def _when(condition: Condition) -> str:
    """The condition in words: “甲 ≥ 1 时”."""
    wanted = condition.wanted
    said = wanted if isinstance(wanted, str) else show(wanted)
    return f"“{condition.words} {condition.relation.value} {said}”时"


def _side(terms: tuple[Term, ...], report: Report, last: Report | None) -> str:
    """One side in words: “甲 3 + 乙 0 = 3”; zeros of long sums left out."""
    worth = [(term, balance.worth(term, report, last) or Decimal(0)) for term in terms]
    shown = [(t, v) for t, v in worth if v] if len(worth) > 2 else worth
    total = show(sum((-v if t.minus else v for t, v in worth), Decimal(0)))
    if not shown:
        return f"{worth[0][0].words}等 {len(worth)} 项合计 0"
    said = "".join(f" {'-' if t.minus else '+'} {_term(t, v)}" for t, v in shown)
    said = said.removeprefix(" + ").lstrip()
    if len(worth) == 1:
        return said
    rest = "（其余各项为 0）" if len(shown) < len(worth) else " "
    return f"{said}{rest}= {total}"


def _term(term: Term, value: Decimal) -> str:
    if term.number is not None and not term.counts:
        return term.words
    return f"{'上年的' if term.last_year else ''}{term.words} {show(value)}"


def _cells_behind(tie: Tie, report: Report, last: Report | None) -> list[Related]:
    """The other cells of a tie: last year's, those of this year that are not zero, the condition's."""
    related = []
    for term in tie.sides.terms:
        holder = last if term.last_year else report
        if not holder:
            continue
        for cell in term.cells:
            number = holder.numbers[cell.address]
            if cell.address == tie.at.address and not term.last_year:
                continue
            if term.last_year or number.value:
                file = holder.path if term.last_year else None
                related.append(Related(number.location, f"{cell.words} {number.typed}", file))
    for cell in tie.condition.cells if tie.condition else ():
        number = report.numbers[cell.address]
        related.append(Related(number.location, f"{cell.words} {number.typed}"))
    return list(dict.fromkeys(related))


def _mending(repairs: list[Repair]) -> str:
    """What to change, where one or two cells can have been meant; "" otherwise."""
    if len(repairs) not in (1, 2):
        return ""
    said = "，或者把 ".join(f"{r.cell.words} 由 {r.typed.typed} 改为 {r.right}" for r in repairs)
    return f"若把 {said}，这 {repairs[0].ties} 处不平同时消失；请对照台账核实"
