"""A line of a text file quoted, with a mark under one place of it, or only begun.

Knows how wide a character stands on a screen (East Asian width; what combines
or is invisible takes no room) and cuts a long line to a window around the
place. Knows nothing of findings and of the screen itself: how wide it is and
what it makes of ambiguous characters is said by the caller.
"""

from __future__ import annotations

import unicodedata

_CUT = "..."
_TAB = " " * 4


def quote(line: str, column: int, room: int, ambiguous: int = 1) -> tuple[str, str]:
    """`line` in at most `room` screen columns, and a line with `^` under its `column`.

    `column` counts code points from 1 and may lie behind the end; `ambiguous`
    is the width of characters that only Chinese consoles draw wide (“”, ——).
    """
    shown = [_shown(char) for char in line.rstrip()]
    widths = [_width(text, ambiguous) for text in shown]
    at = min(column - 1, len(shown))
    start, end = 0, len(shown)
    if sum(widths) + 1 > room:
        start, end = _window(widths, at, room - 2 * len(_CUT) - 1)
    before = _CUT if start else ""
    after = _CUT if end < len(shown) else ""
    quoted = before + "".join(shown[start:end]) + after
    return quoted, " " * (len(before) + sum(widths[start:at])) + "^"


def visible(text: str) -> str:
    """`text` as a screen may have it, on one line: nothing in it that a terminal obeys."""
    return "".join(map(_shown, text))


def shortened(text: str, most: int = 20) -> str:
    """`text`, or its first `most` characters and an ellipsis."""
    return text if len(text) <= most else text[:most] + "……"


def _shown(char: str) -> str:
    """A character as it can be quoted: a tab as blanks, a control as ?, an invisible one gone."""
    if char == "\t":
        return _TAB
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return "?" if category in ("Cc", "Cs", "Zl", "Zp") else char


def _width(text: str, ambiguous: int) -> int:
    if len(text) != 1:
        return len(text)
    if unicodedata.category(text) in ("Mn", "Me"):
        return 0
    return {"W": 2, "F": 2, "A": ambiguous}.get(unicodedata.east_asian_width(text), 1)


def _window(widths: list[int], at: int, room: int) -> tuple[int, int]:
    """The part of a line to show, `at` near its middle: from start up to end."""
    start = end = at
    used = 0
    for limit in (room // 2, room):
        while start > 0 and used + widths[start - 1] <= limit:
            start -= 1
            used += widths[start]
        while end < len(widths) and used + widths[end] <= room:
            used += widths[end]
            end += 1
    while start < at and widths[start] == 0:
        start += 1
    return start, end
