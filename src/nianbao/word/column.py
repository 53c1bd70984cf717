"""Columns of numbers: what a table has room for, and what happens when a number is longer.

A number wider than its column breaks in the middle and reads as two. The whole
column is then set in the character style that a template keeps for it, so that
its numbers stay alike. Knows how wide digits are, and refuses to know what any
table says and how XML names a style.
"""

from __future__ import annotations

import re

NARROW = "表格数字（窄）"
"""The style's name in Word. Without it the numbers stay as they are."""

_NUMBER = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?%?)(?:（.*）)?", re.DOTALL)
_DIGIT = 5
"""Twips that a digit takes for each half-point: one of a text face is half as wide as high."""


def digits_of(text: str) -> int:
    """How many digits wide a number is, 0 for what is none."""
    found = _NUMBER.fullmatch(text)
    return len(found[1]) if found else 0


def room_for(twips: float, half_points: float) -> int:
    """For how many digits of a type there is room."""
    return int(twips // (_DIGIT * half_points))
