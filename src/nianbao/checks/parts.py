"""Part lists in a sentence: “N 件，其中甲 a 件、乙 b 件”.

Knows which numbers behind 其中 are parts of the number before it, and that
lists are often not exhaustive: too little is a note. Reads only lists whose
parts are plainly alike; needs no word of any form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao.chinese.clause import Clause
from nianbao.chinese.numeral import PERCENT, Quantity
from nianbao.diagnostics import Finding, finding
from nianbao.form.claim import Sort
from nianbao.form.equation import show, show_difference
from nianbao.frozen import dataclass
from nianbao.report.report import Paragraph
from nianbao.sentence.said import Said, Statement

PARTS = "其中"
_LISTS = re.compile(r"(?:主要|具体|内容)?(?:包括|包含|涵盖)|具体[为是有]|分别[为是]")
"""What else opens a list, directly behind the number it is of."""
_NO_PART = re.compile(
    r"^(?:共|[总合累]计|另|此外|并|同时|还|均|已|全年|组织(?!机构)|开展|召开|举办|回复|回应|办理|受理|答复|收到)"
    r"|同比|较上|较去|比上|比去|增长|增加|减少|上升|下降|平均|达到"
)
_LONG = 14
"""A part behind a comma that begins with more words may be something else."""


@dataclass(frozen=True, slots=True)
class _List:
    """The parts behind 其中; `sums` are what they add to wherever the list may end."""

    parts: tuple[Quantity, ...]
    sums: tuple[Decimal, ...]
    complete: bool
    known: bool
    """The parts are read, and so is the number that they are of."""

    @property
    def total(self) -> Decimal:
        return self.sums[-1]


def part_lists(paragraph: Paragraph, sentence: Said) -> Iterator[Finding]:
    """Parts that add to more (N104) or less (N105) than their whole."""
    clauses = sentence.sentence.clauses
    for index, clause in enumerate(clauses):
        if PARTS in clause.text or _opens(clauses, index):
            yield from _findings(paragraph, sentence, index)


def _opens(clauses: tuple[Clause, ...], index: int) -> bool:
    """True where 包括, a colon or a bracket hangs a list from the number just before."""
    clause, before = clauses[index], clauses[index - 1] if index else None
    if before is None or before.quantity is None or before.end != before.quantity.end:
        return False
    if clause.quantity and clause.quantity.unit != before.quantity.unit:
        return False
    if _LISTS.match(clause.text):
        return True
    further = clauses[index + 1] if index + 1 < len(clauses) else None
    many = further and further.quantity and further.quantity.unit == before.quantity.unit
    listed = (
        clause.before in "：:（(" and clause.before and clause.quantity and clause.front.strip()
    )
    return bool(listed and many and further and further.depth == clause.depth)


def _findings(paragraph: Paragraph, sentence: Said, first: int) -> Iterator[Finding]:
    clauses = sentence.sentence.clauses
    by_place = {statement.quantity.start: statement for statement in sentence.statements}
    stated = {
        n: by_place[clause.quantity.start]
        for n, clause in enumerate(clauses)
        if clause.quantity and clause.quantity.start in by_place
    }
    found = _listed(clauses, stated, first)
    if not found or any(part.approximate for part in found.parts):
        return
    whole, wholes = _wholes(clauses, stated, first, found)
    if whole is None or any(sum_ in wholes for sum_ in found.sums):
        return
    if all(paragraph.is_bound(number.start, number.end) for number in (whole, *found.parts)):
        return
    opening = _opening(clauses[first])
    adding = " + ".join(show(part.value) for part in found.parts)
    if len(found.parts) > 1:
        adding += f" = {show(found.total)}"
    difference = show_difference(found.total - whole.value)
    place = paragraph.words(whole.start, whole.end)
    if found.total > max(wholes):
        yield finding(
            "N104",
            f"{opening}各项加起来是 {adding}，比前面的 {show(whole.value)}{whole.unit}还多"
            f"（差 {difference}）。",
            subject=f"{PARTS} {show(found.total)}/{show(whole.value)}",
            at=place,
            hint=f"看看是总数错了还是分项错了；不是一部分的，不要写在{opening}",
        )
    elif (
        _may_be_short(clauses[first])
        and found.complete
        and len(found.parts) > 1
        and found.total < min(wholes)
    ):
        yield finding(
            "N105",
            f"{opening}各项加起来是 {adding}，不到前面的 {show(whole.value)}{whole.unit}"
            f"（差 {difference}）。",
            at=place,
            hint="没有列全的不用改；列全了的，看看哪一项错了",
        )


def _opening(clause: Clause) -> str:
    """Where the parts stand, in the words that open their list."""
    if PARTS in clause.text:
        return f"“{PARTS}”后面"
    word = _LISTS.match(clause.text)
    if word:
        return f"“{word[0]}”后面"
    return "括号里" if clause.before in "（(" else "冒号后面"


def _may_be_short(clause: Clause) -> bool:
    """False for a list that no word opens: it seldom names all."""
    return PARTS in clause.text or _LISTS.match(clause.text) is not None


def _listed(clauses: tuple[Clause, ...], stated: dict[int, Statement], first: int) -> _List | None:
    """The numbers behind 其中 that are alike and of one unit."""
    depth, kind, listed = clauses[first].depth, "", ""
    parts: list[Quantity] = []
    sums: list[Decimal] = []
    complete = True
    for index in range(first, len(clauses)):
        clause, quantity = clauses[index], clauses[index].quantity
        if clause.depth > depth:
            continue
        if index > first and (
            clause.depth < depth
            or clause.before in "；;"
            or PARTS in clause.text
            or _LISTS.match(clause.text)
        ):
            complete = not _goes_on(clause, parts, kind)
            break
        words = _words(clause)
        if quantity is None:
            if parts and clause.before != "、":
                complete = False
                break
            continue
        if parts and quantity.unit == PERCENT:
            continue
        here = _kind(stated.get(index))
        alike = here == kind and (kind or _alike(clause, words, listed)) if parts else True
        if (
            (parts and quantity.unit != parts[0].unit)
            or not alike
            or (not here and _NO_PART.search(words))
        ):
            complete = False
            break
        if parts and clause.before != "、":
            sums.append(sum((part.value for part in parts), Decimal(0)))
        listed = clause.before if parts else ""
        kind = here
        parts.append(quantity)
    if not parts:
        return None
    return _List(
        tuple(parts), (*sums, sum((p.value for p in parts), Decimal(0))), complete, bool(kind)
    )


def _goes_on(clause: Clause, parts: list[Quantity], kind: str) -> bool:
    """True where a list of things of no known kind may go on behind a semicolon."""
    quantity = clause.quantity
    alike = bool(parts and quantity and quantity.unit == parts[0].unit)
    return alike and not kind and clause.before in "；;" and PARTS not in clause.text


def _words(clause: Clause) -> str:
    """What stands before the clause's number, behind 其中."""
    return _LISTS.sub("", clause.front.rpartition(PARTS)[2].strip(), count=1)


def _alike(clause: Clause, words: str, listed: str) -> bool:
    if clause.before == "、":
        return listed in ("", "、")
    return clause.before in "，," and listed in ("", "，", ",") and len(words) <= _LONG


def _kind(statement: Statement | None) -> str:
    """What a part tells of its whole: applicants, outcomes, a carry-over; "" when not known."""
    if statement is None:
        return ""
    claim = statement.claim
    return "columns" if claim.letters else claim.sort.value or claim.name


def _wholes(
    clauses: tuple[Clause, ...], stated: dict[int, Statement], first: int, found: _List
) -> tuple[Quantity | None, tuple[Decimal, ...]]:
    """The number that the parts are of, and what they may add to with another beside it."""
    before = [
        (n, clause.quantity)
        for n, clause in enumerate(clauses[:first])
        if clause.quantity
        and clause.quantity.unit == found.parts[0].unit
        and (
            clause.depth <= clauses[first].depth
            or (n in stated and stated[n].claim.sort is Sort.CARRY)
        )
    ]
    if found.known:
        before = [(n, quantity) for n, quantity in before if n in stated] or before
    if not before or any(quantity.approximate for _, quantity in before):
        return None, ()
    index, whole = before[-1]
    others = [(n, q) for n, q in before[-2:-1] if n in stated and index in stated]
    for n, other in others:
        if stated[index].claim.sort is Sort.CARRY:
            return other, (other.value, other.value + whole.value)
        if stated[n].claim.sort is Sort.CARRY:
            return whole, (whole.value, other.value + whole.value)
    if clauses[index].before == "、" and before[:-1] and before[-2][0] == index - 1:
        return whole, (whole.value, before[-2][1].value + whole.value)
    return whole, (whole.value,)
