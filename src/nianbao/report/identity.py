"""What tells which form an input is of: its 表式, its 年度 and its keys.

Found in the lines at the left edge, so that a form's names can be brought to
the reading of the rest, whatever is wrong there; found again in the tree, which
knows what the lines meant. Knows no form, and tells of no mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from nianbao.chinese.lines import Lines
from nianbao.chinese.wording import BLANKS, names_of
from nianbao.diagnostics import Location
from nianbao.form.contract import FORM, YEAR
from nianbao.frozen import dataclass
from nianbao.source import tree

_MAX_KEYS = 100
_MAX_LINES = 5_000
"""Lines with a key to look at; a form is known by far fewer."""
_TOP = Location(1, 1)
_YEAR = re.compile(r"((?:19|20|21)\d{2})[ ]*年?$", re.ASCII)
_KEYED = re.compile(
    rf"(?P<margin>[{BLANKS}]*)(?P<key>[^{BLANKS}#＃:：\[{{-][^:：]{{0,39}})[:：][{BLANKS}]*(?P<value>.*)"
)
_COMMENT = re.compile(r"(?:^|[ \t])#")


@dataclass(frozen=True, slots=True)
class Identity:
    """What must be known of a file before its form can be chosen."""

    form: str | None = None
    form_location: Location = _TOP
    year: int | None = None
    year_location: Location = _TOP
    keys: tuple[str, ...] = ()
    """The top-level keys as typed: they tell which form is meant where 表式 is left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A `key: value` with its value as typed on the same line."""

    key: str
    value: str
    location: Location
    """Where the value begins."""


def of_lines(lines: Lines) -> Identity:
    """As far as the lines at the left edge tell it."""
    return _identity(lines_at_the_edge(lines))


def of_tree(root: tree.Node | None) -> Identity:
    """As the parsed file has it."""
    entries = root.entries if isinstance(root, tree.Mapping) else []
    return _identity(
        Line(
            entry.key.text,
            entry.value.text.strip(BLANKS) if isinstance(entry.value, tree.Scalar) else "",
            entry.value.location,
        )
        for entry in entries
    )


def year_in(typed: str) -> int | None:
    """The year that 年度 gives: 2025, or 2025年."""
    matched = _YEAR.match(typed)
    return int(matched[1]) if matched else None


def lines_at_the_edge(lines: Lines) -> list[Line]:
    """The `key: value` lines that are indented least, whether or not the text is sound YAML."""
    found = list(islice(_keyed(lines), _MAX_LINES))
    edge = min((margin for margin, _ in found), default=0)
    return [line for margin, line in found if margin == edge]


def _keyed(lines: Lines) -> Iterator[tuple[int, Line]]:
    """Each line that looks like `key: value`, with its margin."""
    for number, typed in enumerate(lines.texts, 1):
        matched = _KEYED.match(typed)
        if matched:
            value = _COMMENT.split(matched["value"], maxsplit=1)[0].strip(BLANKS).strip("'\"")
            place = Location(number, matched.start("value") + 1)
            yield len(matched["margin"]), Line(matched["key"], value, place)


def _identity(lines: Iterable[Line]) -> Identity:
    form, form_at, year, year_at = None, _TOP, None, _TOP
    keys: list[str] = []
    for line in lines:
        keys.append(line.key)
        if names_of(line.key) & names_of(FORM) and line.value:
            form, form_at = line.value, line.location
        elif names_of(line.key) & names_of(YEAR):
            year, year_at = year_in(line.value), line.location
    return Identity(form, form_at, year, year_at, tuple(keys[:_MAX_KEYS]))
