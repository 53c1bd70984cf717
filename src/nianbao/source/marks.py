"""Brackets, commas, colons and quotes in full width, where YAML wants ASCII.

Knows which ASCII mark each stands for, where in a line a quote or a bracket may
begin a value, and how what was typed is told. Knows nothing of what is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from nianbao.chinese.characters import called
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit, Finding, Location, edit, finding

WIDE = {
    "［": "[", "【": "[", "｛": "{", "］": "]", "】": "]", "｝": "}", "，": ",", "、": ",", "：": ":"
}  # fmt: skip
QUOTED_WIDE = re.compile(r"[“”]([^“”\"\\\n]*)[“”](?=[ \t]*[,，、\]］}｝])")
"""A number in “ ”."""

_CALLED = {"：": "中文的冒号", "，": "中文的逗号", "、": "顿号"}
_SPACED = {",": ", ", ":": ": "}
_MARK = re.compile(
    r"(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'[^']*')|[［【｛］】｝]|[，、：][ \t\u00a0\u3000]*"
)
_FLOW = re.compile(r"[\[{［【｛]")
_PAIRED = dict(zip("［【｛］】｝", "］】｝［【｛", strict=True))
_FAR = 200
"""Characters that a bracket's other half may be away."""
_PARTING = ",，、{｛:："
_LONGEST_KEY = 41
_PAIR = re.compile(r"(?P<key>[^:：,，、{}｛｝]{1,40})[:：][ \t\u3000]*(?P<number>[0-9０-９])?")
_DASHES = re.compile(r"[ \t-]*")


def in_flow(line: str) -> Iterator[tuple[int, str]]:
    """Each full-width mark of a line's lists and mappings, the blanks behind it, and its index."""
    begun = _FLOW.search(line)
    for found in _MARK.finditer(line.rstrip(BLANKS), begun.start()) if begun else ():
        if not found["quoted"] and not in_round(line, found.start()):
            yield found.start(), found[0]


def of_a_text(line: str, at: int, known: Callable[[str], bool]) -> bool:
    """True of a mark between braces that belongs to a text there: `{名称: 旧桌、旧椅}`.

    A colon parts a name, or what has a number behind it; a comma is followed by such
    a pair; a bracket stands at the edge of a value.
    """
    meant = WIDE[line[at]]
    if meant in "[{":
        closed = line.find(_PAIRED[line[at]], at, at + _FAR)
        return not _opens(line, at) or (closed >= 0 and not _closes(line, closed))
    if meant in "]}":
        opened = line.rfind(_PAIRED[line[at]], max(0, at - _FAR), at)
        return not _closes(line, at) or (opened >= 0 and not _opens(line, opened))
    begins = at if meant == ":" else at + 1
    if meant == ":":
        near = max(0, at - _LONGEST_KEY)
        begins = max(near, 1 + max(line.rfind(mark, near, at) for mark in _PARTING))
        if line[begins - 1 : begins] in (":", "："):
            return True
    pair = _PAIR.match(line, begins)
    return pair is None or not (pair["number"] or known(pair["key"].strip(BLANKS)))


def _opens(line: str, at: int) -> bool:
    """True for a bracket at the beginning of a value."""
    return before(line, at) in ("", *":：,，、{｛")


def _closes(line: str, at: int) -> bool:
    """True for a bracket at the end of a value."""
    return line[at + 1 : at + 21].strip(BLANKS)[:1] in ("", *",，、]］】}｝")


def in_round(line: str, at: int) -> bool:
    """True inside （…） or (…): the commas of a number's note."""
    before = line[max(0, at - 200) : at]
    return max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))


def before(line: str, at: int) -> str:
    """The character before `at` and the blanks there, "" at a line's beginning."""
    while at and line[at - 1] in " \t":
        at -= 1
    return line[at - 1 : at]


def begins_value(line: str, at: int) -> bool:
    """True when a quote or bracket at `at` begins a value or a key."""
    char = before(line, at)
    behind_blank = line[at - 1 : at] in (" ", "\t")
    dashes = _DASHES.match(line).end()  # type: ignore[union-attr]
    return not char or (behind_blank and (char == ":" or at <= dashes))


def begins_item(line: str, at: int) -> bool:
    """True when a quote at `at` begins one of a list or mapping.

    Right behind a colon it does only where the key is quoted too; else the plain text goes on.
    """
    if line[at - 1 : at] == ":" and line[max(at - 2, 0) : at - 1] not in ("", '"', "'"):
        return False
    return before(line, at) in ("", *",[{:")


def called_in_flow(mark: str) -> str:
    return _CALLED.get(mark, "中文的符号")


def as_meant(number: int, marks: Iterable[tuple[int, str]]) -> Iterator[Edit]:
    """What puts ASCII for each of the marks of a line."""
    for at, run in marks:
        meant = WIDE[run[0]]
        yield edit(number, at + 1, at + 1 + len(run), _SPACED.get(meant, meant))


def wide_flow(place: Location, what: str, char: str, mend: Iterable[Edit]) -> Finding:
    """The finding for a list or mapping with full-width marks, of which `char` is told."""
    return finding(
        "Y113",
        f"这里用了{what}“{char}”，读不出来。",
        at=place,
        hint="括号、逗号、冒号都用半角；运行 nianbao fix 可以一次改好",
        mend=mend,
    )


def wide_quotes(number: int, at: int, typed: str) -> Finding:
    end = at + len(typed)
    return finding(
        "Y113",
        f"数的两边用了中文引号“{typed}”，读不出来。",
        at=Location(number, at + 1),
        hint='引号用半角的 "，或者去掉',
        mend=[edit(number, at + 1, at + 2, '"'), edit(number, end, end + 1, '"')],
    )


def wide(place: Location, typed: str, *, meant: str, what: str) -> Finding:
    """The finding for `typed`, which was meant as `meant`, "" where it is too much."""
    shown = typed.strip(BLANKS)
    return finding(
        "Y113",
        f"这里用了{what}{f'“{shown}”' if shown else ''}，读不出来。",
        at=place,
        hint=f"换成半角的 {meant.strip()}" if meant else "删掉它",
        mend=[edit(place.line, place.column, place.column + len(typed), meant)],
    )


def byte_order_mark(number: int, at: int) -> Finding:
    return finding(
        "Y102",
        f"这里有一个看不见的字符（{called(chr(0xFEFF))}）。",
        at=Location(number, at + 1),
        hint="删掉这一行重打",
        mend=[edit(number, at + 1, at + 2, "")],
    )
