"""The title on its page: where one that is too long for a line breaks.

Knows how a Chinese name is best broken. Knows no title, and no page: how wide a
line of it may be is `measure`'s to read.
"""

from __future__ import annotations

import math
from itertools import pairwise

_DIVISIONS = "省市县區区縣州盟旗镇鎮乡鄉"
"""A title too long for a line breaks best behind one of these."""


def balanced(title: str, unit: str, width: float) -> str:
    """The title in lines of nearly equal length that fit `width`, broken behind the unit's name.

    A blank at the break is left out.
    """
    if _em(title) <= width:
        return title
    if title.startswith(unit) and title != unit:
        return "\n".join(_even(part, width) for part in (unit, title[len(unit) :].lstrip(" ")))
    return _even(title, width)


def _even(text: str, width: float) -> str:
    """`text` in lines of nearly equal length, broken best behind a division's name."""
    lines = []
    while (rest := _em(text)) > width:
        share = rest / math.ceil(rest / width)
        best, at = math.inf, 0
        for n in range(1, len(text)):
            length = _em(text[:n])
            if length > width:
                break
            within_word = text[n - 1].isascii() and text[n].isascii() and text[n] != " "
            if within_word or text[n] in "年）》”、，。；：！？":
                continue
            cost = abs(length - share) - (2.5 if text[n - 1] in _DIVISIONS else 0)
            if cost < best:
                best, at = cost, n
        if not at:
            break
        lines.append(text[:at].rstrip(" "))
        text = text[at:].lstrip(" ")
    return "\n".join([*lines, text])


def _em(text: str) -> float:
    """Width in full-width characters, with the quarter that Word puts beside digits and letters."""
    gaps = sum(one.isascii() != other.isascii() for one, other in pairwise(text))
    return sum(0.5 if char.isascii() else 1.0 for char in text) + gaps / 4
