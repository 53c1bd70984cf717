"""A tie as typed, and where it occurs: in each row or column that has all its names, or once.

Knows which rows and columns a tie passes over and which tie can be none: its sides share
a cell, it is told at a cell that is not its own. Knows neither a form file's words nor a
report.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from decimal import Decimal

from nianbao.diagnostics import Severity
from nianbao.form import condition, equation
from nianbao.form.condition import Condition, ConditionError
from nianbao.form.equation import Addend, Equation, Relation
from nianbao.form.figure import COUNT, FigureError
from nianbao.form.reach import Count, Reach, Reached
from nianbao.form.row import Cell
from nianbao.form.tie import LAST_YEAR, Along, Term, Tie
from nianbao.frozen import dataclass

PREFIX = f"{LAST_YEAR}."
SIDES, AT, CONDITION = "sides", "at", "condition"
"""What a fault is about."""
_ONCE = ""
"""The line of a tie that has cells alone."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A tie whose names are still texts."""

    name: str
    sides: Equation[Addend]
    at: str
    tolerance: Decimal
    severity: Severity | None
    condition: tuple[str, Relation, str] | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one word of a tie, and what to write."""

    of: str
    message: str
    hint: str


class NoTie(Exception):  # noqa: N818 - it is caught where it is told
    """Why a tie occurs nowhere."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Sought:
    """The name of a condition: what it reaches along a line, else the one cell that it is.

    A number of added rows is the same in every line.
    """

    along: Reached | None
    cell: Cell | None

    def condition(self, line: str, words: str, relation: Relation, wanted: str) -> Condition | None:
        """The condition there, None where the name reaches nothing. Raises ConditionError."""
        if isinstance(self.along, Count):
            return condition.of_count(self.along.row, words, relation, wanted)
        cells = self._at(line)
        return condition.of(cells, words, relation, wanted) if cells else None

    def _at(self, line: str) -> tuple[Cell, ...]:
        if isinstance(self.along, Mapping) and line in self.along:
            return self.along[line][1]
        return (self.cell,) if self.cell else ()


def occurrences(typed: Typed, reach: Reach, *, in_rows: bool) -> tuple[Tie, ...]:
    """The tie in each row, or each column: at least one. Raises NoTie."""
    texts = [bare(addend.text) for addend in typed.sides.terms]
    names, at, asked = _found(texts, typed, reach, in_rows=in_rows)
    ties: list[Tie] = []
    passed: Cell | None = None
    own: tuple[Sequence[Term], Sequence[Cell]] | None = None
    for line in _lines(names, at):
        terms = [_term(a, r, line) for a, r in zip(typed.sides.terms, names, strict=True)]
        unfit = _unfit([cell for term in terms for cell in term.cells])
        met = _condition(asked, line, typed) if asked else None
        if unfit or (asked and not met):
            passed = passed or unfit
            continue
        place = _place(at, line)
        if _is_against_itself(typed, terms):
            own = own or (terms, place)
            continue
        _meaningful(typed, terms, place)
        ties.append(
            Tie(
                name=typed.name,
                along=Along.CELLS if line is _ONCE else Along.ROW if in_rows else Along.COLUMN,
                across=_across(line, at, names, in_rows=in_rows),
                sides=_sides(typed, terms),
                at=place[0],
                tolerance=typed.tolerance,
                severity=typed.severity,
                condition=met,
            )
        )
    if not ties and own:
        _meaningful(typed, *own)
    if not ties:
        raise NoTie(_none(typed, passed, in_rows=in_rows))
    return tuple(ties)


def _none(typed: Typed, passed: Cell | None, *, in_rows: bool) -> Fault:
    """What is said where no row or column has all names, or each has something no sum takes."""
    if passed:
        said = f"“{passed.words}”填的是{passed.kind.word}，不能相加。"
        return Fault(SIDES, said, "能相加的只有计数、小数、增减、金额")
    said = f"没有哪一{'行' if in_rows else '列'}把“{typed.name}”里的名称都有了。"
    return Fault(SIDES, said, "照“键”写，重名的在前面加组名和点")


def _found(
    texts: list[str], typed: Typed, reach: Reach, *, in_rows: bool
) -> tuple[list[Reached], Reached, Sought | None]:
    """What all the names reach. Raises NoTie with each that finds nothing, or several things."""
    faults: list[Fault] = []
    found: list[Reached] = []
    for of, name in (*((SIDES, text) for text in texts), (AT, typed.at)):
        try:
            found.append(reach.find(name, in_rows=in_rows))
        except FigureError as problem:
            faults.append(Fault(of, str(problem), problem.hint))
    asked = None
    if typed.condition:
        try:
            asked = sought(typed.condition[0], reach, in_rows=in_rows)
        except FigureError as problem:
            faults.append(Fault(CONDITION, str(problem), problem.hint))
    if faults:
        raise NoTie(*faults)
    return found[:-1], found[-1], asked


def bare(name: str) -> str:
    return name.removeprefix(PREFIX)


def sought(name: str, reach: Reach, *, in_rows: bool) -> Sought:
    """What the name of a condition reaches, along the lines or by itself. Raises FigureError."""
    along: Reached | None = None
    with contextlib.suppress(FigureError):
        along = reach.find(name, in_rows=in_rows)
    if isinstance(along, Count):
        return Sought(along, None)
    try:
        return Sought(along, reach.cell(name))
    except FigureError:
        if isinstance(along, Mapping):
            return Sought(along, None)
        raise


def _lines(names: Sequence[Reached], at: Reached) -> Sequence[str]:
    """The rows or columns in which all names reach cells; one of no name for cells alone."""
    along = [reached for reached in names if isinstance(reached, Mapping)]
    if not along:
        return (_ONCE,)
    if isinstance(at, Mapping):
        along.append(at)
    first, *others = along
    return [line for line in first if all(line in other for other in others)]


def _term(addend: Addend, reached: Reached, line: str) -> Term:
    name = bare(addend.text)
    if isinstance(reached, Decimal):
        return Term(equation.show(reached), (), minus=addend.minus, number=reached)
    if isinstance(reached, Count):
        words = f"{reached.row.label}{COUNT}"
        last_year = name != addend.text
        return Term(words, (), last_year=last_year, minus=addend.minus, counts=reached.row)
    single = isinstance(reached, Cell)
    words, cells = (reached.words, (reached,)) if isinstance(reached, Cell) else reached[line]
    return Term(words, cells, last_year=name != addend.text, minus=addend.minus, every=single)


def _place(at: Reached, line: str) -> tuple[Cell, ...]:
    """The cells of “落在”, none where it is a number or stands along other lines."""
    if isinstance(at, Cell):
        return (at,)
    return at[line][1] if isinstance(at, Mapping) and line in at else ()


def _unfit(cells: Sequence[Cell]) -> Cell | None:
    """The first cell that no sum takes."""
    return next((cell for cell in cells if not cell.kind.summed), None)


def _sides(typed: Typed, terms: Sequence[Term]) -> Equation[Term]:
    many = len(typed.sides.left)
    return Equation(tuple(terms[:many]), tuple(terms[many:]), typed.sides.relation)


def _meaningful(typed: Typed, terms: Sequence[Term], place: Sequence[Cell]) -> None:
    """Raises NoTie for a tie that is none: it can never fail, or is told where it is not."""
    first: dict[tuple[bool, bool, tuple[int, str]], Term] = {}
    divides = typed.sides.relation is Relation.OVER
    for number, term in enumerate(terms):
        side = divides and number >= len(typed.sides.left)
        for cell in term.cells:
            other = first.setdefault((side, term.last_year, _one(cell)), term)
            if other is not term:
                raise NoTie(Fault(SIDES, *_twice(other, term, typed)))
    if divides:
        sides = [
            {(t.last_year, t.minus, _one(c)) for t in part for c in t.cells}
            for part in (terms[: len(typed.sides.left)], terms[len(typed.sides.left) :])
        ]
        if sides[0] and sides[0] == sides[1]:
            said = f"“{terms[0].words}”除以它自己，永远一样。"
            raise NoTie(Fault(SIDES, said, "两边写不同的名称"))
    own = {cell for _, last_year, cell in first if not last_year}
    there = bool(place) and _one(place[0]) in own
    if divides and (there or len(place) != 1 or not place[0].kind.numeric):
        said = f"“{typed.at}”自己就在“率”里。" if there else f"“{typed.at}”不是一个数。"
        raise NoTie(Fault(AT, said, "写填着这个率的那一格"))
    if not divides and not there:
        raise NoTie(Fault(AT, f"“落在”的“{typed.at}”不是等式里本年的一项。", "写等式里的一个名称"))


def _is_against_itself(typed: Typed, terms: Sequence[Term]) -> bool:
    """True in the row of the one cell that the other side names: `a ≤ total.a` in the total's."""
    if typed.sides.relation is Relation.OVER:
        return False
    many = len(typed.sides.left)
    left, right = (
        {
            every: {(t.last_year, _one(c)) for t in side if t.every is every for c in t.cells}
            for every in (True, False)
        }
        for side in (terms[:many], terms[many:])
    )
    return bool(left[True] & right[False] or left[False] & right[True])


def _one(cell: Cell) -> tuple[int, str]:
    """The one cell that it is: two may have one address by mistake."""
    return id(cell.row), cell.column.letter


def _twice(one: Term, other: Term, typed: Typed) -> tuple[str, str]:
    """What is said of two terms with a cell in common."""
    alone = len(typed.sides.left) == 1 == len(typed.sides.right)
    if alone and typed.sides.relation is not Relation.OVER:
        return f"“{one.words}”同它自己比，永远对得上。", "两边写不同的名称"
    if one.words == other.words:
        return f"等式里“{one.words}”写了两次。", "每一项只写一次；减的写成 - 名称，或者移到另一边"
    return f"等式里“{one.words}”和“{other.words}”有同一格。", "每一格只算一次"


def _condition(asked: Sought, line: str, typed: Typed) -> Condition | None:
    """The condition in a line, None where the line has none of its cells. Raises NoTie."""
    if not typed.condition:
        return None
    try:
        return asked.condition(line, *typed.condition)
    except ConditionError as problem:
        raise NoTie(Fault(CONDITION, str(problem), problem.hint)) from problem


def _across(line: str, at: Reached, names: Sequence[Reached], *, in_rows: bool) -> str:
    """What the row or column is called, a column as at the cell that the tie is told at."""
    for reached in (at, *names):
        if isinstance(reached, Mapping) and line in reached:
            cell = reached[line][1][0]
            return cell.row.label if in_rows else cell.column.label
    return ""
