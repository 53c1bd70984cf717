"""A text as it was typed: its lines, and what is asked of them again and again.

Knows what stands before a line's colon, how far the line is indented and, by
the names that the caller brings, whether it begins with a known one. Decides
nothing about a line; without names, no line begins with a known one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from nianbao.chinese.wording import BLANKS, names_of
from nianbao.frozen import dataclass
from nianbao.source import standins
from nianbao.source.names import Names
from nianbao.source.standins import StandIns

STEP = 2
"""Blanks a level, where nothing says otherwise."""

KEYED = re.compile(r":(?:[ \t]|$)")
"""The colon that makes a key."""
KEY = re.compile(r"(?P<key>[^：:]{1,40}?)[ \t]*(?P<colon>[：:])(?P<rest>.*)$")
"""A line that may begin with a key, in either width; its margin is not part of it."""
COLON = re.compile("[：:]")
_COMMENTS = ("", "#", "＃")


def key_of(line: str) -> str:
    """What stands before the first colon of a line, which is empty where there is none."""
    colon = COLON.search(line)
    return line[: colon.start()].strip(BLANKS) if colon else ""


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


@dataclass(frozen=True)
class Typed:
    """The lines of a text, each by its number from 1, and the names that may be used in it."""

    lines: tuple[str, ...]
    names: Names | None = None

    def line(self, number: int) -> str:
        return self.lines[number - 1]

    def knows(self, line: str) -> bool:
        """True for a line that begins with a known name."""
        return bool(self.names and self.names.known(key_of(line)))

    def narrates(self, line: str) -> bool:
        """True for a line that begins with the name of a narrative."""
        return bool(self.names and self.names.narrative(key_of(line)))

    def tabulates(self, line: str) -> bool:
        """True for a line that begins with a name known inside a table only."""
        key = key_of(line)
        return bool(self.names and self.names.within(key) and not self.names.at_top(key))

    def is_row(self, line: str) -> bool:
        """True for such a line at the left edge."""
        at_edge = line[:1] not in ("", *BLANKS)
        return at_edge and bool(KEYED.search(line)) and self.tabulates(line)

    def below(self, number: int) -> Iterator[tuple[int, int]]:
        """The lines below one that are not blank: each one's number and its indentation."""
        for at in range(number, len(self.lines)):
            indent = self._indents[at]
            if indent is not None:
                yield at + 1, indent

    def deeper(self, number: int, indent: int) -> Iterator[int]:
        """The lines right below one that are indented more than `indent`."""
        for below, margin in self.below(number):
            if margin <= indent:
                return
            yield below

    def opens(self, number: int) -> bool:
        """True when the line below is deeper than the line `number`."""
        below = next((indent for _, indent in self.below(number)), 0)
        return below > indent_of(self.line(number))

    def next_indent(self, number: int) -> int:
        """The indentation of the next line that is no comment and no row at the left edge."""
        return self._next_indents[number]

    def at_edge(self, key: str) -> int:
        """The first line at the left edge that has `key`, 0 where none has."""
        return self._edge.get(key.strip(BLANKS), 0)

    def given(self, key: str) -> int:
        """The first line at the left edge whose key means the same as `key`, 0 where none does."""
        return max((self._meant[name] for name in names_of(key) if name in self._meant), default=0)

    @cached_property
    def stand_ins(self) -> StandIns:
        return standins.for_lines(self.lines)

    @cached_property
    def _indents(self) -> tuple[int | None, ...]:
        return tuple(indent_of(line) if line.strip(BLANKS) else None for line in self.lines)

    @cached_property
    def _next_indents(self) -> list[int]:
        following = [0] * (len(self.lines) + 1)
        for at in range(len(self.lines) - 1, -1, -1):
            line = self.lines[at]
            passed = line.strip(BLANKS)[:1] in _COMMENTS or self.is_row(line)
            following[at] = following[at + 1] if passed else indent_of(line)
        return following

    @cached_property
    def _meant(self) -> dict[str, int]:
        known = [key for key in self._edge if self.names and self.names.at_top(key)]
        return {name: self._edge[key] for key in reversed(known) for name in names_of(key)}

    @cached_property
    def _edge(self) -> dict[str, int]:
        edge: dict[str, int] = {}
        for number, line in enumerate(self.lines, 1):
            begun = KEYED.search(line)
            if begun and line[0] not in BLANKS:
                edge.setdefault(line[: begun.start()].rstrip(BLANKS), number)
        return edge
