"""A row of a table without its colon, as it comes when pasted with its label.

Knows what numbers side by side look like, and by the names that the caller
brings which words before them are a row's label. How many numbers a row has,
its reader knows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, edit, finding
from nianbao.source.names import Names
from nianbao.source.reading import Reading
from nianbao.source.typed import Typed

_ROW = re.compile(
    rf"(?P<label>[^：:\[{{{BLANKS}]+(?:[{BLANKS}]+(?:\d\d?[.．、])?[^：:\[{{{BLANKS}\d０-９]+)*?)"
    rf"(?P<gap>[{BLANKS}]*)(?P<numbers>[\[{{［｛【].*|(?<=[{BLANKS}])[\d０-９][\d０-９.,，、{BLANKS}]*)$"
)
_SIGNS = "=＝;；—－"
_NAME = re.compile(
    rf"(?P<name>[^：:\[{{{BLANKS}{_SIGNS}|｜丨│\d０-９]+)"
    rf"(?P<sign>[{BLANKS}]*[{_SIGNS}]*[{BLANKS}]*)(?P<value>[^\0]*)$"
)
_BARS = ("|", "｜", "丨", "│")
_OPENING = (*"[{［｛【",)
_ENDS = "）)”"
"""What a label may end in besides a letter."""


def row(typed: Typed, line: Reading) -> Reading | None:
    """A row without its colon, told and read as one whose numbers are not known yet."""
    raw = typed.line(line.number).rstrip(BLANKS)
    body = raw.lstrip(BLANKS)
    found = _ROW.match(body)
    if line.open.inside or not found or not typed.names:
        return None
    label = _own_label(found["label"], typed.names)
    if not label or not (label[-1].isalnum() or label[-1] in _ENDS):
        return None
    margin = len(raw) - len(body)
    above, numbers = label != found["label"], shortened(" ".join(found["numbers"].split()), 40)
    start, end = margin + found.end("label"), margin + found.start("numbers")
    told = finding(
        "Y104",
        f"“{shortened(found['label'], 24)}”和后面的数之间没有冒号。",
        at=Location(line.number, margin + 1),
        hint=f"写成“{label}: {numbers}”，冒号用半角，后面空一格{'；前面一栏的标题删掉' * above}",
        mend=() if above else [edit(line.number, start + 1, end + 1, ": ")],
    )
    key = " " * line.indent + label
    place = Location(line.number, len(key) + 3)
    return replace(line, text=f"{key}: 0", plain=f"{key}: 0", told=(place,)).telling(told)


def name(typed: Typed, line: Reading) -> Reading | None:
    """A known name without its colon, told and read as if it had one."""
    found = _NAME.match(line.plain, line.indent)
    if line.open.inside or not found or not typed.names or not _is_meant(typed, line, found):
        return None
    text = typed.names.narrative(found["name"])
    value = "|" if text else found["value"]
    key = f"{' ' * line.indent}{found['name']}:"
    plain = f"{key} {value}" if value else key
    start, sign = found.end("name"), found["sign"].strip(BLANKS)
    end = found.end() if text else found.start("value")
    put = ": |" if text else ": " if value else ":"
    told = finding(
        "Y104",
        f"“{found['name']}”后面{f'是“{sign}”，不是' if sign else '没有'}冒号，这一行读不出来。",
        at=Location(line.number, line.indent + 1),
        hint=f"用半角冒号，后面空一格，写成“{shortened(plain.strip(), 24)}”",
        mend=() if sign.strip(";；") else [edit(line.number, start + 1, end + 1, put)],
    )
    grown = (start + 1, len(plain) - len(line.plain))
    return replace(line, text=plain, plain=plain, grown=grown).telling(told)


def _is_meant(typed: Typed, line: Reading, found: re.Match[str]) -> bool:
    """True when what follows a name is what may stand behind it: a text below, rows, a number."""
    names, key, value = typed.names, found["name"], found["value"]
    assert names
    if line.indent:
        return names.within(key) and (not value or value[0] in _OPENING or value[0].isdecimal())
    if not names.at_top(key) or typed.given(key):
        return False
    if names.narrative(key) or names.opens(key):
        below = not value or value in _BARS
        return (below and typed.opens(line.number)) or value[:1] in _OPENING
    return bool(value) and value[0].isalnum()


def _own_label(typed: str, names: Names) -> str | None:
    """The label of the row itself: `typed`, or behind those of its group as the page prints them."""
    if names.within(typed):
        return typed
    labels = re.split(rf"[{BLANKS}]+", typed)
    return labels[-1] if all(names.within(label) for label in labels) else None


def numbers_alone(typed: Typed, line: Reading) -> Finding | None:
    """The finding for a row of numbers without any label."""
    body = typed.line(line.number).strip(BLANKS)
    if line.open.inside or not _NUMBERS.fullmatch(body):
        return None
    return finding(
        "Y105",
        f"“{shortened(body, 24)}”这一行只有数，没有名称。",
        at=Location(line.number, line.indent + 1),
        hint="在数前面写上行名和半角冒号，写成“行名: 数”",
    )


_NUMBERS = re.compile(rf"[\d０-９.]+(?:[{BLANKS}]*[,，、{BLANKS}][{BLANKS}]*[\d０-９.]+)+")
