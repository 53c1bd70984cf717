"""`＃` typed where YAML's `#` was meant.

Knows where a comment may begin behind a value. A `＃` anywhere else is text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nianbao.diagnostics import Finding, Location, edit, finding
from nianbao.source.reading import Reading

_NUMBER = re.compile(r":[ \t]+[\d.,]+[ \t]+＃")
_FLOW = re.compile(r":[ \t]+[\[{]")
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
