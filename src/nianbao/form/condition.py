"""What must be so of some cells for more to be asked: a choice made, a number so large.

Knows which values a kind of cell can be held against, and what an author may get wrong in
it. Knows neither where the cells stand nor what is typed in them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from nianbao.chinese.wording import closest
from nianbao.form import equation
from nianbao.form.equation import Relation
from nianbao.form.kind import Choice, Figure
from nianbao.form.row import Cell, Row
from nianbao.frozen import dataclass


class ConditionError(ValueError):
    """A condition that can be none. `hint` says what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Condition:
    """`words` names the cells; `wanted` is one of a choice's words, or a number.

    `counts`: an added row whose number of turns it asks about, in place of cells.
    """

    words: str
    cells: tuple[Cell, ...]
    relation: Relation
    wanted: str | Decimal
    counts: Row | None = None

    def in_turn(self, row: Row) -> Condition:
        """The condition in a row as it was written one time."""
        if row.drawn is None:
            return self
        return replace(self, cells=tuple(cell.in_turn(row) for cell in self.cells))


def of(cells: tuple[Cell, ...], words: str, relation: Relation, wanted: str) -> Condition:
    """The condition that these cells are as wanted. Raises ConditionError for one that is none."""
    kind = cells[0].kind
    if isinstance(kind, Choice) and len(cells) == 1:
        if relation is not Relation.EQUAL:
            raise ConditionError(
                f"“{words}”填的是{kind.word}，不能比大小。", f"写成 {words} = {kind.options[0]}"
            )
        option = kind.option(wanted)
        if option is None:
            meant = closest(wanted, kind.options, cutoff=0.5)
            hint = f"您是否想写“{meant}”" if meant else f"可以写：{'、'.join(kind.options)}"
            raise ConditionError(f"“{words}”里没有“{wanted}”可选。", hint)
        return Condition(words, cells, relation, option)
    if not all(cell.kind.numeric for cell in cells):
        other = next(cell for cell in cells if not cell.kind.numeric)
        said = f"“{other.words}”填的是{other.kind.word}，不能作条件。"
        raise ConditionError(said, "用是否、选、多选的一格，或者填数的格")
    shares = all(isinstance(cell.kind, Figure) and cell.kind.percent for cell in cells)
    bare = wanted.rstrip("%％").rstrip() if shares else wanted
    return Condition(words, cells, relation, _number(words, bare))


def of_count(row: Row, words: str, relation: Relation, wanted: str) -> Condition:
    """The condition that the office added so many rows. Raises ConditionError."""
    return Condition(words, (), relation, _number(words, wanted), row)


def _number(words: str, wanted: str) -> Decimal:
    value = equation.number(wanted)
    if value is None:
        raise ConditionError(f"“{words}”填的是数，不能同“{wanted}”比。", f"写成 {words} ≥ 1 的样子")
    return value
