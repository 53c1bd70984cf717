"""What stands in a cell of a document, as an input file has it.

Knows how each kind of cell is printed, and reads it back: a number and its note, a
day, boxes that are ticked. What could mean two things is nothing. Knows no table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao.chinese.characters import INVISIBLE
from nianbao.chinese.wording import BLANKS, folded, plain
from nianbao.form.kind import NONE, Choice, Day, Figure, Text
from nianbao.form.row import Cell

_BRACKETS = {"（": "）", "(": ")"}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_MEASURES = "件个条次项宗份起例人篇期部场"
"""Behind a count they say nothing new."""
_TICKED, _EMPTY = "☑☒√✓✔■●◉☻", "☐□○◯◻"
_BOX = re.compile(rf"[{_TICKED}{_EMPTY}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NOTHING = ("", "/", "\\", "-", "--", "—", "——", "–", "_", "~", "／", "－", "…")


@dataclass(frozen=True, slots=True)
class Value:
    """What is typed in an input for what stood in a document: a text, or words that are chosen."""

    typed: str
    note: str = ""
    words: tuple[str, ...] | None = None


def is_blank(text: str) -> bool:
    """True where nothing stands, or a stroke for it."""
    return _seen(text) in _NOTHING


def _seen(text: str) -> str:
    """A text without what takes no room in it and around it."""
    return _INVISIBLE.sub("", text).strip(BLANKS + "\n")


def is_figure(text: str) -> bool:
    """True where a number stands, with or without a note: it is no label."""
    bare = folded(_seen(text)).replace("\n", "")
    return bool(re.match(r"[-+]?[0-9][0-9.,]*%?(?:$|[（(])", bare))


def read(cell: Cell, stood: str) -> Value | None:
    """What stood in a cell, None where it is nothing that the cell takes."""
    text = _seen(stood) if isinstance(cell.kind, Figure) else stood.strip(BLANKS + "\n")
    blank = cell.takes.blank
    if text and blank.word(text):
        return Value(text)
    if not text:
        return Value("") if blank.possible else None
    match cell.kind:
        case Figure() as kind:
            return _figure(kind, text)
        case Text():
            return Value("".join(line.strip(BLANKS) for line in text.split("\n")))
        case Day() as kind:
            day = folded("".join(text.split()))
            return Value(day) if kind.read(day) else None
        case Choice() as kind:
            return _choice(kind, text)


def _figure(kind: Figure, text: str) -> Value | None:
    line = re.sub(rf"[{BLANKS}]*\n[{BLANKS}]*(?=[（(])", "", text)
    if "\n" in line:
        return None
    at = next((n for n, char in enumerate(line) if char in _BRACKETS), len(line))
    number, note = folded(line[:at].strip(BLANKS)), line[at:].strip(BLANKS)
    if note and not (len(note) > 2 and note[-1] in "）)" and note[1:-1].strip(BLANKS)):
        return None
    if kind.unit and kind.decimal and number.endswith(kind.unit):
        number = number.removesuffix(kind.unit).rstrip(BLANKS)
    elif not kind.decimal and number[-1:] in (*_MEASURES, kind.unit or "件"):
        number = number[:-1].rstrip(BLANKS)
    if not kind.decimal and not kind.grouped and not kind.unit and _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    if kind.marked is False and kind.percent:
        number = number.removesuffix("%")
    return Value(number, note) if kind.read(number) else None


def _choice(kind: Choice, text: str) -> Value | None:
    """The words chosen; where there are boxes, those behind a ticked one."""
    line = text.replace("\n", " ")
    if _BOX.search(line):
        words = _ticked(kind, line)
    else:
        words = [word for word in re.split(rf"[、，,;；{BLANKS}]+", line) if word]
    if words is None:
        return None
    if kind.several:
        meant = kind.read(words or [NONE])
        chosen = tuple(option for option in (kind.option(word) for word in words) if option)
        return Value("、".join(chosen), words=chosen or (NONE,)) if meant else None
    return Value(words[0]) if kind.read(words) else None


def _ticked(kind: Choice, line: str) -> list[str] | None:
    """The words behind ticked boxes, or before them; None where that cannot be told."""
    for behind in (True, False):
        pieces = _BOX.split(line)
        marks = _BOX.findall(line)
        words = pieces[1:] if behind else pieces[:-1]
        rest = pieces[0] if behind else pieces[-1]
        names = [kind.option(plain(word)) or kind.option(word.strip(BLANKS)) for word in words]
        if not rest.strip(BLANKS) and all(names) and set(names) == set(kind.options):
            return [n for n, mark in zip(names, marks, strict=True) if n and mark in _TICKED]
    return None
