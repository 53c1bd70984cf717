"""What a form's narratives may say of its cells, as declared in the form file.

Frozen data; what a sentence says is found by `statement`, and whether it is so
by `checks`. Knows no word of any form; cells are known by their addresses.
"""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.diagnostics import Location

Sum = tuple[str, ...]
"""Addresses of cells that are added up."""
YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}
"""What a text and a row may count money in."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that should be read as what it is an example of, and where the form has it."""

    text: str
    place: Location


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that, with a number, say what some cells hold.

    The number may agree with any of `readings`, or of `more` where the sentence
    has one of the phrases `mentioned`. With `letters` it speaks of these columns
    of the rows named just before, else of its readings. A percentage behind it is
    of the first of `shares`, of the others where it says 占申请.
    """

    name: str
    phrases: tuple[str, ...]
    readings: tuple[Sum, ...]
    mentioned: tuple[str, ...] = ()
    more: tuple[Sum, ...] = ()
    letters: tuple[str, ...] = ()
    shares: tuple[Sum, ...] = ()
    unread: tuple[str, ...] = ()
    """Phrases of a clause that make it say something else."""
    close: bool = False
    """The words must stand next to the number."""
    joins: bool = False
    """Two such words before one number are one sum."""
    whole: bool = False
    """Never a part: not read behind 其中."""
    carry: bool = False
    """May stand beside the whole of a part list and add to it."""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """Phrases that say some cells are 0. `within`: only where their topic is spoken of."""

    phrases: tuple[str, ...]
    zero: Sum
    within: bool = False
    unless: tuple[str, ...] = ()
    """Phrases of the sentence that make it say something else."""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What a sentence is about: `opens` begins it, `resumes` takes it up again later on."""

    name: str
    opens: tuple[str, ...]
    resumes: tuple[str, ...]
    unread: tuple[str, ...]
    sentence_unread: tuple[str, ...]
    units: tuple[str, ...]
    dated: bool
    """A count of another year in it is a mistake, not a comparison."""
    claims: tuple[Claim, ...]
    denials: tuple[Denial, ...]


@dataclass(frozen=True, slots=True)
class Fee:
    """Money in a narrative that a cell must not hold as 0."""

    phrases: tuple[str, ...]
    cells: Sum
    unread: tuple[str, ...]
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything declared under 叙述核对; empty where a form declares nothing.

    `sections` are the names of the narratives that are read; `closes` ends any
    topic, `unread` makes a clause unread, `between` may stand between words
    and their number.
    """

    sections: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    fees: tuple[Fee, ...] = ()


def in_columns(cells: Sum, letters: tuple[str, ...]) -> Sum:
    """The cells of the same rows in other columns; the same cells where none is named."""
    if not letters:
        return cells
    return tuple(dict.fromkeys(cell[:-1] + letter for cell in cells for letter in letters))
