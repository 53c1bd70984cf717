"""A YAML text as a tree of nodes, each with its line and column.

Knows how a place in a text is found again and replaced. Keeps what was typed:
no node has a type but text, so 0745 stays 0745. Knows no key and no form, and
reads nothing: `parsing` does.
"""

from __future__ import annotations

from dataclasses import field

from nianbao.chinese.lines import NO_LINES, Lines
from nianbao.diagnostics import Edit, Finding, Location
from nianbao.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, without blanks at its ends."""

    text: str
    location: Location
    columns: tuple[int, ...] = ()
    """Where each character stands, where quotes hide escapes; else they follow one another."""

    def place(self, at: int) -> Location:
        """The place of the character at index `at`."""
        column = self.columns[at] if self.columns else self.location.column + at
        return Location(self.location.line, column)

    def replaced(self, start: int, end: int, text: str) -> Edit:
        """The edit that puts `text` for the characters from `start` up to `end`."""
        first = self.place(start)
        last = self.place(end - 1).column + 1 if end > start else first.column
        return Edit(first, Location(first.line, last), text)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as typed. `spread` when it runs over several lines without `|`."""

    text: str
    location: Location
    lines: tuple[Line, ...]
    spread: bool = False
    block: bool = False
    comment: Location | None = None
    """The `#` right behind a plain text on its line."""
    told: bool = False
    """Its mistake is among the findings already."""
    as_block: tuple[Edit, ...] = ()
    """What makes a `|` text of a narrative that is typed otherwise."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` of a mapping."""

    key: Scalar
    value: Node


@dataclass(slots=True)
class Mapping:
    location: Location
    entries: list[Entry] = field(default_factory=list)
    told: bool = False


@dataclass(slots=True)
class Sequence:
    location: Location
    items: list[Node] = field(default_factory=list)
    told: bool = False


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True)
class Source:
    """A read text: its root (None when it has no content or cannot be parsed) and findings."""

    root: Node | None
    findings: tuple[Finding, ...]
    lines: Lines = NO_LINES
    """The text as typed, where it could be decoded."""
