"""`＃` typed where YAML's `#` was meant, and a `#` that begins a comment where text was meant.

Knows where a comment may begin behind a value, and what it takes from a bracket that
it stands in. A `＃` anywhere else is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, edit, finding
from nianbao.source.brackets import CLOSING, Open
from nianbao.source.reading import Reading

_NUMBER = re.compile(r":[ \t]+[\d.,]+[ \t]+＃")
_FLOW = re.compile(r":[ \t]+[\[{]")
_QUOTED_OR_HASH = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[ \t](?P<hash>#)")
_CLOSED = re.compile(r"[\]}][ \t]+＃")


def wide(number: int, at: int) -> Finding:
    return finding(
        "Y113",
        "这里用了全角的“＃”，后面的字不会当作注释。",
        at=Location(number, at + 1),
        hint="注释用半角的 # 开头",
        mend=[edit(number, at + 1, at + 2, "#")],
    )


def cut(line: Reading) -> Reading:
    """A line without the comment that begins with `＃` behind its number, list or mapping."""
    if line.open.inside:
        return line
    number, flow = _NUMBER.search(line.plain), _FLOW.search(line.plain)
    ends = [closed.end() for closed in _CLOSED.finditer(line.plain, flow.end() if flow else 0)]
    if flow and ends and not (number and number.start() < flow.start()):
        at = ends[-1] - 1
    elif number:
        at = number.end() - 1
    else:
        return line
    plain = line.plain[:at].rstrip(" ")
    return replace(line, text=line.text[:at], plain=plain).telling(wide(line.number, at))


def unclosed(opened: Open, lines: Sequence[str]) -> Finding | None:
    """The finding for what lacks its end: a `#` behind a text may have cut it off."""
    if opened.quote or not opened.brackets:
        return opened.unclosed()
    bracket = opened.brackets[-1]
    number, column = bracket.place.line, bracket.place.column
    line, closing = lines[number - 1], CLOSING[bracket.char]
    found = next((f for f in _QUOTED_OR_HASH.finditer(line, column) if f["hash"]), None)
    before = line[column : found.start()].rstrip(BLANKS)[-1:] if found else ","
    if not found or before in ("", *",[{") or closing not in line[found.end() :]:
        return opened.unclosed()
    return finding(
        "Y110",
        f"这一行里空格后面的 # 会把后面的字都去掉，{closing} 也在里面。",
        at=Location(number, found.end()),
        hint="把有 # 的这一格用半角引号括起来",
    )
