"""What a form's narratives may say of its cells, as declared in the form file.

Frozen data; what a sentence says is found by `statement`, and whether it is so
by `checks`. Knows no word of any form; cells are known by their addresses.
"""

from __future__ import annotations

from enum import StrEnum

from nianbao.diagnostics import Location
from nianbao.frozen import dataclass

LESS = "-"
Sum = tuple[str, ...]
"""Addresses of cells that are added up; one behind LESS is taken off."""
YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}
"""What a text counts money in where a form does not say, and how much each is."""


class Sort(StrEnum):
    """What a claim's number is to the others of its topic."""

    PLAIN = ""
    WHOLE = "总数"
    """All there is: its own part lists hang from it, and it is none of their parts."""
    PART = "分类"
    """One of several that make up a whole: two before one number are one sum."""
    CARRY = "结转"
    """Beside the whole; may be added to it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that should be read as what it is an example of, and where the form has it."""

    text: str
    place: Location


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """Words that, with a number, say what some cells hold.

    The number may agree with any of `readings`, or of `more` where the sentence
    includes a carry-over. With `letters` it speaks of these columns of the rows
    named just before, else of its readings. A percentage behind it is of the
    first of `shares`, of the others where it says of what.
    """

    name: str
    phrases: tuple[str, ...]
    readings: tuple[Sum, ...]
    sort: Sort = Sort.PLAIN
    more: tuple[Sum, ...] = ()
    letters: tuple[str, ...] = ()
    shares: tuple[Sum, ...] = ()
    none: bool = False
    """没有 before it says that its first reading is 0."""
    none_if_all: Sum = ()
    """Cells that are 0 where all that the topic counts is this."""
    of_all: tuple[Sum, ...] = ()
    """What “all” is then; any whole where nothing is said."""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """What a sentence is about: `opens` names it, `resumes` takes it up again later on."""

    name: str
    opens: tuple[str, ...]
    resumes: tuple[str, ...]
    narrows: tuple[str, ...]
    """Only a part is meant, in the words around one number."""
    sentence_unread: tuple[str, ...]
    units: tuple[str, ...]
    dated: bool
    """A count of another year in it is a mistake, not a comparison."""
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Fee:
    """Money in a narrative that a cell must not hold as 0."""

    phrases: tuple[str, ...]
    cells: Sum
    unread: tuple[str, ...]
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Everything declared under 叙述核对; empty where a form declares nothing.

    `sections` are the names of the narratives that are read. `other` are matters
    that no topic is about, `elsewhere` other offices and other times, `narrows`
    a part of what is counted, `acts` verbs that change nothing, `empty` words
    that a number may stand apart by, `own` those of the report's own office,
    `offices` endings of names that make it another.
    """

    sections: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    narrows: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    money: tuple[str, ...] = tuple(YUAN)
    topics: tuple[Topic, ...] = ()
    fees: tuple[Fee, ...] = ()

    @property
    def counting(self) -> frozenset[str]:
        """Every word that a number of these narratives may count by."""
        return frozenset(self.money).union(*(topic.units for topic in self.topics))


def in_columns(cells: Sum, letters: tuple[str, ...]) -> Sum:
    """The cells of the same rows in other columns; the same cells where none is named."""
    if not letters:
        return cells
    return tuple(dict.fromkeys(cell[:-1] + letter for cell in cells for letter in letters))
