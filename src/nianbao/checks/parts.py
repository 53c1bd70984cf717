"""Part lists in a sentence: “N 件，其中甲 a 件、乙 b 件”.

Knows which numbers behind 其中 are parts of the number before it, and that
lists are often not exhaustive: too little is a note. Reads only lists whose
parts are plainly alike; needs no word of any form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from nianbao.checks.claims import said
from nianbao.clause import Clause
from nianbao.diagnostics import Finding, confirm, note
from nianbao.equation import show, show_difference
from nianbao.numeral import PERCENT, Quantity
from nianbao.report import Paragraph, Report
from nianbao.statement import PARTS, Said, Statement

_NO_PART = re.compile(
    r"共|[总合累]计|另|此外|并|同时|还|均|已|同比|较|比上|比去|增|减|上升|下降|全年|组织|开展|召开"
    r"|举办|回复|回应|办理|受理|答复|收到|占|平均|达到"
)
_LONG = 14
"""A part behind a comma that begins with more words may be something else."""


def part_lists(report: Report, last: Report | None) -> Iterator[Finding]:
    """Parts that add to more (N104) or less (N105) than their whole."""
    for paragraph, sentence in said(report):
        for index, clause in enumerate(sentence.sentence.clauses):
            if PARTS in clause.text:
                yield from _list(paragraph, sentence, index)


def _list(paragraph: Paragraph, sentence: Said, first: int) -> Iterator[Finding]:
    stated = {statement.clause: statement for statement in sentence.statements}
    clauses = sentence.sentence.clauses
    parts = list(_parts(clauses, stated, first))
    if not parts or any(part.approximate for part in parts):
        return
    whole, wholes = _wholes(clauses, stated, first, parts[0].unit)
    values = [part.value for part in parts]
    total = sum(values, Decimal(0))
    if whole is None or any(sum_ in wholes for sum_ in accumulate(values)):
        return
    numbers = [whole, *parts]
    if all(paragraph.is_bound(number.start, number.end) for number in numbers):
        return
    adding = " + ".join(map(show, values)) + (f" = {show(total)}" if len(values) > 1 else "")
    difference = show_difference(total - whole.value)
    subject = f"{PARTS} {show(total)}/{show(whole.value)}"
    place = paragraph.place(whole.start)
    if total > max(wholes):
        yield confirm(
            "N104",
            f"“{PARTS}”后面各项加起来是 {adding}，比前面的 {show(whole.value)}{whole.unit}还多"
            f"（差 {difference}）。",
            subject,
            place,
            "看看是总数错了还是分项错了；不是一部分的，不要写在“其中”后面",
        )
    elif len(parts) > 1 and total < min(wholes):
        yield note(
            "N105",
            f"“{PARTS}”后面各项加起来是 {adding}，不到前面的 {show(whole.value)}{whole.unit}"
            f"（差 {difference}）。",
            place,
            "没有列全的不用改；列全了的，看看哪一项错了",
        )


def _parts(
    clauses: tuple[Clause, ...], stated: dict[int, Statement], first: int
) -> Iterator[Quantity]:
    """The numbers behind 其中 that are alike and of one unit."""
    depth, unit, kind, listed = clauses[first].depth, "", "", ""
    for index in range(first, len(clauses)):
        clause, quantity = clauses[index], clauses[index].quantity
        if clause.depth > depth:
            continue
        text = clause.text.rpartition(PARTS)[2]
        ended = clause.depth < depth or clause.before in "；;" or PARTS in clause.text
        if index > first and ended and clause.before:
            return
        if quantity is None:
            if unit and clause.before != "、":
                return
            continue
        words = text[: max(0, len(text) - (clause.end - quantity.start))]
        here = _kind(stated.get(index))
        if not unit:
            unit, kind = quantity.unit, here
        elif here != kind or (not kind and not _alike(clause, words, listed)):
            return
        if quantity.unit == unit:
            if not kind and _NO_PART.search(words):
                return
            yield quantity
            listed = clause.before if index > first and clause.before else listed
        elif quantity.unit != PERCENT:
            return


def _alike(clause: Clause, words: str, listed: str) -> bool:
    if clause.before == "、":
        return listed in ("", "、")
    return clause.before in "，," and listed in ("", "，", ",") and len(words) <= _LONG


def _kind(statement: Statement | None) -> str:
    """What a part tells of its whole: applicants, outcomes, a carry-over; "" when not known."""
    if statement is None:
        return ""
    claim = statement.claim
    return "columns" if claim.letters else "shares" if claim.shares else claim.name


def _wholes(
    clauses: tuple[Clause, ...], stated: dict[int, Statement], first: int, unit: str
) -> tuple[Quantity | None, tuple[Decimal, ...]]:
    """The number that the parts are of, and what they may add to with a carry-over beside it."""
    before = [
        (n, clause.quantity)
        for n, clause in enumerate(clauses[:first])
        if clause.quantity and clause.depth <= clauses[first].depth and clause.quantity.unit == unit
    ]
    if not before or any(quantity.approximate for _, quantity in before):
        return None, ()
    index, whole = before[-1]
    others = [(n, q) for n, q in before[-2:-1] if n in stated and index in stated]
    for n, other in others:
        if stated[index].claim.carry:
            return other, (other.value, other.value + whole.value)
        if stated[n].claim.carry:
            return whole, (whole.value, other.value + whole.value)
    return whole, (whole.value,)
