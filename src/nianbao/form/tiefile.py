"""The parts 勾稽关系 and 跨年 of a form file, as ties of its tables.

Knows the words of a tie and what an author may get wrong in them (F102, at its line): a
name that finds nothing, a tie that can never fail, one in the wrong list, one that would
be graver than its list. What a name reaches is `reach`'s to know. Knows no report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from nianbao.diagnostics import MAX_FINDINGS, Finding, Location, Severity
from nianbao.form import declaration, equation
from nianbao.form.declaration import Declaration
from nianbao.form.distinct import Tell
from nianbao.form.equation import Addend, Equation, Relation
from nianbao.form.figure import Figures
from nianbao.form.form import Section, Table
from nianbao.form.occurrence import (
    AT,
    CONDITION,
    PREFIX,
    SIDES,
    Fault,
    NoTie,
    Typed,
    occurrences,
)
from nianbao.form.reach import Reach
from nianbao.form.tie import Tie
from nianbao.source import tree

WITHIN, ACROSS = "勾稽关系", "跨年"
_ROWS, _COLUMNS, _RATE = "每行", "每列", "率"
_AT, _IF, _GIVE, _GRAVITY = "落在", "若", "容差", "轻重"
_WAYS = {_ROWS: (True,), _COLUMNS: (False,), _RATE: (True, False)}
"""Whether a tie goes along rows; a rate along columns only where it cannot along rows."""
_CONFIRM = "核实"
_GRAVITIES = {
    _CONFIRM: Severity.CONFIRM,
    "提示": Severity.NOTE,
}
"""What a tie may be made, never graver than it is."""
MAX_TIED = 300_000
"""Cells that all ties of a form add up, each as often as it is added; the first form's do 1100."""

Declared = Mapping[str, Sequence[tree.Node]]
"""The items of both lists of one part."""


def take(part: Declaration) -> Declared:
    """What a part declares under both lists, to be read once all parts are known."""
    return {key: part.items(key) for key in (WITHIN, ACROSS)}


class TieReader:
    """Reads the ties of all parts of one form."""

    def __init__(self, sections: tuple[Section, ...], tell: Tell) -> None:
        self._figures = Figures(sections)
        self._tell = tell
        self._told = 0
        self._tied = 0

    def ties(self, section: Section, table: Table, declared: Declared) -> tuple[Tie, ...]:
        """The ties of one part, those of one year first."""
        reach = Reach(table, form=self._figures, own=Figures([section]))
        found: list[Tie] = []
        said: dict[object, Location] = {}
        for key in (WITHIN, ACROSS):
            read = partial(self._ties, reach=reach, across=key == ACROSS, said=said)
            for node in declared[key]:
                if self._told <= MAX_FINDINGS and self._tied < MAX_TIED:
                    found += declaration.read(node, f"“{key}”的一项", self._hear, read) or ()
        return tuple(found)

    def _hear(self, finding: Finding) -> None:
        self._told += 1
        self._tell(finding)

    def _ties(
        self,
        declared: Declaration,
        *,
        reach: Reach,
        across: bool,
        said: dict[object, Location],
    ) -> tuple[Tie, ...]:
        """One declared tie, once for every row or column that has all its names."""
        typed = _typed(declared, across=across)
        word = next((word for word in _WAYS if declared.has(word)), "")
        if typed:
            _tell_of_repeated(typed, word, declared, said)
        ties = _occurring(typed, word, reach, declared) if typed else ()
        self._tied += sum(len(term.cells) for tie in ties for term in tie.sides.terms)
        if self._tied >= MAX_TIED:
            declared.wrong(
                f"勾稽关系到这里要加的格已经超过 {MAX_TIED:,} 个。",
                at=declared.location,
                hint="少写几条，或者分成几份表式",
            )
        return ties


def _tell_of_repeated(
    typed: Typed, word: str, declared: Declaration, said: dict[object, Location]
) -> None:
    """Tell of a tie that another of the same part says already; `said` takes it."""
    left, right = (tuple(sorted(map(str, side))) for side in (typed.sides.left, typed.sides.right))
    relation = typed.sides.relation
    sides = tuple(sorted((left, right))) if relation is Relation.EQUAL else (left, right)
    one = word, sides, relation, typed.tolerance, typed.condition
    first = said.setdefault(one, declared.place(word))
    if first != declared.place(word):
        same = f"这条勾稽关系和第 {first.line} 行的一样。"
        declared.wrong(same, at=declared.place(word), hint="留下一条，删掉另一条")


def _occurring(typed: Typed, word: str, reach: Reach, declared: Declaration) -> tuple[Tie, ...]:
    """The ties in rows or columns; where there is none, what the likelier of the two lacks."""
    lacking: list[tuple[Fault, ...]] = []
    for in_rows in _WAYS[word]:
        try:
            return occurrences(typed, reach, in_rows=in_rows)
        except NoTie as problem:
            lacking.append(problem.faults)
    keys = {SIDES: word, AT: _AT, CONDITION: _IF}
    for fault in min(lacking, key=_names_unknown):
        declared.wrong(fault.message, at=declared.place(keys[fault.of]), hint=fault.hint)
    return ()


def _names_unknown(faults: tuple[Fault, ...]) -> tuple[int, int]:
    """How far a way is from the one that was meant: by its sides first, then by all."""
    return sum(fault.of == SIDES for fault in faults), len(faults)


def _typed(declared: Declaration, *, across: bool) -> Typed | None:
    """The words of a tie; None where it cannot be followed any further."""
    name = declared.text("名", required=True)
    at = declared.text(_AT, required=True)
    texts = {word: declared.text(word) for word in _WAYS}
    words = [word for word in _WAYS if declared.has(word)]
    condition = _condition(declared)
    tolerance = _tolerance(declared)
    severity = _severity(declared, Severity.CONFIRM if across else Severity.ERROR)
    if len(words) != 1:
        fault = f"写了 {len(words)} 样" if words else "一样也没有写"
        declared.wrong(
            f"“{_ROWS}”“{_COLUMNS}”“{_RATE}”{fault}。",
            at=declared.location,
            hint="一条勾稽关系写其中一样；几样都要查的，分成几条",
        )
        return None
    (word,) = words
    if at.startswith(PREFIX):
        declared.wrong(f"“{_AT}”指的是本年的一格。", at=declared.place(_AT), hint=f"删掉“{PREFIX}”")
        return None
    if not texts[word] or not at or (declared.has(_IF) and not condition):
        return None
    sides = _sides(declared, word, across=across)
    if not sides:
        return None
    return Typed(name, sides, at, tolerance, severity, condition)


def _sides(declared: Declaration, word: str, *, across: bool) -> Equation[Addend] | None:
    """The equation as written; None where it is none, or none for this list."""
    place = declared.place(word)
    rate = word == _RATE
    try:
        sides = (equation.parse_quotient if rate else equation.parse)(declared.text(word))
    except ValueError as problem:
        said = str(problem) if not rate else f"“{_RATE}”{problem}"
        hint = "写成 甲 / 乙 的样子" if rate else "写成 甲 + 乙 = 丙、甲 ≤ 乙 的样子"
        declared.wrong(f"{said}。", at=place, hint=hint)
        return None
    if any(a.text.startswith(PREFIX) for a in sides.terms) != across:
        declared.wrong(
            f"这条勾稽关系写错了地方：{'没有' if across else '有'}上年的数。",
            at=place,
            hint=f"带“{PREFIX}”的写在“{ACROSS}”下，不带的写在“{WITHIN}”下",
        )
        return None
    return sides


def _condition(declared: Declaration) -> tuple[str, Relation, str] | None:
    text, place = declared.text(_IF), declared.place(_IF)
    if not text:
        return None
    try:
        name, relation, wanted = equation.parse_condition(text)
    except ValueError as problem:
        declared.wrong(f"“{_IF}”{problem}。", at=place, hint="写成 名称 = 是、名称 ≥ 1 的样子")
        return None
    if name.startswith(PREFIX):
        declared.wrong(f"“{_IF}”指的是本年的一格。", at=place, hint=f"删掉“{PREFIX}”")
        return None
    return name, relation, wanted


def _tolerance(declared: Declaration) -> Decimal:
    typed = declared.text(_GIVE)
    value = equation.number(typed)
    if not typed:
        return Decimal(0)
    if value is None or value < 0:
        declared.wrong(
            f"“{_GIVE}”写的是“{typed}”，应当是一个不小于 0 的数。",
            at=declared.place(_GIVE),
            hint="如 0.01",
        )
        return Decimal(0)
    return value


def _severity(declared: Declaration, default: Severity) -> Severity | None:
    """How grave the tie is, None where that is its list's own."""
    unsaid = _CONFIRM if default is Severity.CONFIRM else "错误"
    severity = declared.choice(_GRAVITY, _GRAVITIES, None, unsaid=unsaid)
    return None if severity is default else severity
