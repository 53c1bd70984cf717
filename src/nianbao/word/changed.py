"""What was changed in a document since it was generated, as the data aboard tells it.

Knows which differences have a meaning, and how the paragraphs of two texts are
laid side by side. Reads no page: what is seen is told by whoever read it.

To tell what was changed in a document since it was generated: read what can be
seen of it into a `aboard.Printed` of your own (`form` and `edition` do not matter) and
ask `changes(document, seen, form)`. A cell, an item of the head or a part that
is not in `seen` was not looked at and is no change; a cell that was found empty
is there as "". Headings go in the head, by the keys of their parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from nianbao.chinese.wording import plain
from nianbao.form.contract import TITLE
from nianbao.form.figure import Figures
from nianbao.form.form import Field, Form
from nianbao.form.row import Cell
from nianbao.word import aboard
from nianbao.word.aboard import Printed
from nianbao.word.archive import DamagedError, read

_TURN = re.compile(r"(\w+)\[(\d+)\](\w+)")
"""The address of a cell in an added row: row, turn, column."""
_COMPARED = 400
"""Of more paragraphs or characters that differ, one span holds them all."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed; `was` None for a paragraph added, `now` None for one taken out.

    `label` is a name as in {{ }}, or the key of a part or of the head; `cell` its address.
    """

    label: str
    cell: str | None
    was: str | None
    now: str | None


def changes(document: bytes, seen: Printed, form: Form) -> tuple[Change, ...] | None:
    """What is seen otherwise than the document was generated; None with no data aboard.

    () where it was only saved again: blanks at the ends and how many stand in a
    row do not matter, nor where the title breaks.
    """
    was = aboard_of(document)
    return None if was is None else (*differences(was, seen, form),)


def aboard_of(document: bytes) -> Printed | None:
    """The data that a document carries, None where there are none."""
    try:
        return aboard.of_members(read(document))
    except DamagedError:
        return None


def differences(was: Printed, now: Printed, form: Form) -> Iterator[Change]:
    """What differs between two sides, in the order of the form: the head, the cells, the parts."""
    for key, text in was.head.items():
        seen = now.head.get(key, text)
        blank = "" if key == TITLE else " "
        if _meant(seen, blank) != _meant(text, blank):
            yield Change(key, None, text, seen)
    declared = (name for field in form.fields for name in _names(field))
    for key in (name for name in declared if name not in was.head):
        if seen := _meant(now.head.get(key, "")):
            yield Change(key, None, None, seen)
    yield from _changed_headings(was, now, form)
    figures = Figures(form.sections)
    cells = {cell.address: cell for cell in form.cells.values()}
    for address, text in was.cells.items():
        seen = now.cells.get(address, text)
        if _meant(seen) != _meant(text):
            yield Change(_label(address, cells, figures), address, text, seen)
    for address in (address for address in now.cells if address not in was.cells):
        if _meant(now.cells[address]):
            yield Change(_label(address, cells, figures), address, None, now.cells[address])
    for key in now.parts:
        yield from _changed_texts(key, was.parts.get(key, ()), now.parts[key])


def _changed_headings(was: Printed, now: Printed, form: Form) -> Iterator[Change]:
    """The headings that are said otherwise; where none is told, it is as the form has it."""
    for section in form.sections:
        old, new = (side.head.get(section.key, section.label) for side in (was, now))
        if section.headed and plain(old) != plain(new):
            yield Change(section.key, None, old, new)


def _names(declared: Field) -> tuple[str, ...]:
    """What an item of the head goes by: each of its names as 审签.初审."""
    members = tuple(f"{declared.key}.{member}" for member in declared.members)
    return members or (declared.key,)


def _label(address: str, cells: Mapping[str, Cell], figures: Figures) -> str:
    """The name of a cell as in {{ }}; of an added row with the number of its turn."""
    turn = _TURN.fullmatch(address)
    cell = cells.get(turn[1] + turn[3] if turn else address)
    if cell is None:
        return address
    return figures.name(cell, turn=turn[2] if turn else "")


def _changed_texts(key: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """The paragraphs that differ, each beside the one that stands in its place."""
    for first, last, start, end in spans(was, now):
        for old, new in zip_longest(was[first:last], now[start:end]):
            yield Change(key, None, old, new)


def spans(was: Sequence[str], now: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The spans (of the one, of the other) in which paragraphs differ in meaning."""
    return differing([_meant(text) for text in was], [_meant(text) for text in now])


def differing(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The spans (of the one, of the other) in which two sequences differ, in linear time."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    behind = 0
    while (
        behind < min(len(before), len(after)) - same and before[-1 - behind] == after[-1 - behind]
    ):
        behind += 1
    first, last, end = same, len(before) - behind, len(after) - behind
    if first == last and first == end:
        return []
    if max(last, end) - first > _COMPARED:
        return [(first, last, first, end)]
    matcher = SequenceMatcher(None, before[first:last], after[first:end], autojunk=False)
    return [
        (first + a, first + b, first + c, first + d)
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]


def _meant(text: str, blank: str = " ") -> str:
    return blank.join(text.split())
