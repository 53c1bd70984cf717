"""What a form asks of the wording of its narratives, as declared in the form file.

Frozen data; whether a report meets it is for `checks` to say. Knows no word of
any form. Sections are known by the name the template calls them, cells by their
addresses, units by how their names end; words are phrases (`phrase`).
"""

from __future__ import annotations

from nianbao.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A point that a section must come to: one of `words` must stand in it.

    With `when`, only where one of those words does; with `units`, only for
    units whose names end so. Where the point `told_with` is lacking too, both
    are told as one.
    """

    section: str
    point: str
    words: tuple[str, ...]
    when: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    told_with: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """How many characters a section has at least and at most; None where it does not matter."""

    section: str
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class PartList:
    """Where the parts of the report are listed, and the words that each may go by there.

    `parts` holds (printed label, words) in order.
    """

    section: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class OwnName:
    """What units whose names end so cannot call themselves: 我局 in a town."""

    units: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A report shipped to copy from: whose it is, and the words that are no other unit's."""

    unit: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misquotation:
    """A document as it is not, or no longer, cited, and how it is."""

    typed: str
    right: str


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which units whose names end so publish; all where none stand."""

    units: tuple[str, ...]
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Requirements:
    """Everything declared under 写法要求; empty where a form declares nothing.

    `official` asks for the checks about Chinese government offices. `cited` is the document whose number must be the form's own. `published` is
    the field that tells when, `signed` the one with the day that it is not before;
    `unchanged` holds sets of cells, suspicious where all of a set are last year's.
    `own_fields` name the unit itself, `contact_in` the sections that say where it
    is found; a clause of one of `figureless` alone lacks its figure, a sentence
    with one of `commonplaces` may stand anywhere.
    """

    mentions: tuple[Mention, ...] = ()
    lengths: tuple[Length, ...] = ()
    parts: PartList | None = None
    cited: str = ""
    period_in: tuple[str, ...] = ()
    other_years_in: tuple[str, ...] = ()
    own_names: tuple[OwnName, ...] = ()
    joint_words: tuple[str, ...] = ()
    own_fields: tuple[str, ...] = ()
    contact_in: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()
    misquotations: tuple[Misquotation, ...] = ()
    figureless: tuple[str, ...] = ()
    commonplaces: tuple[str, ...] = ()
    official: bool = False
    published: str = ""
    signed: str = ""
    due: tuple[Due, ...] = ()
    due_after: int = 1
    """How many years behind the report's: 0 where it is due within its own."""
    unchanged: tuple[tuple[str, ...], ...] = ()
