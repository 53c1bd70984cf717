"""Words as a form file declares them, found in a text.

Knows the small way of writing that spares an author a regular expression:
（度） may be there or not, （收|接） one of several or none, 〔收|接〕 one of
them must be; … is up to 24 characters that are neither a stop nor a digit, ＃ a
number; {{年度}}, {{上年度}}, {{下年度}} are the report's years. Everything else stands for
itself. Reads text as `wording.folded` gives it. Knows no word of any form.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(
    r"[（〔](?P<choice>[^（）〔〕]*)[）〕]|(?P<gap>…+)|(?P<number>＃)|\{\{(?P<year>上年度|年度|下年度)\}\}|."
)
_YEARS = {"上年度": -1, "年度": 0, "下年度": 1}
_NUMBER = "(?:[0-9]+|[一二两三四五六七八九十百千万零]+)"
_GAP = r"[^，,；;：:。！？0-9]{0,24}?"


def is_phrase(text: str) -> bool:
    """False where brackets do not pair or an alternative is empty."""
    rest = re.sub(r"（[^（）〔〕]+）|〔[^（）〔〕]+〕", "x", text)
    return bool(text) and not re.search("[（）〔〕|]", rest)


_MOST = (
    ("字", "", 400),
    ("括号", "[（〔]", 16),
    ("“…”", "…+", 3),
    ("“＃”", "＃", 3),
)
"""Of each so many in a phrase: whatever it is searched in, that ends."""


def excess_of(text: str) -> str:
    """What a phrase has too much or nothing of, "" for a sound one."""
    if not re.sub(r"（[^（）〔〕]+）|…|\s", "", text):
        return "没有一个非有不可的字，什么话都对得上"
    for what, sign, most in _MOST:
        if len(re.findall(sign, text) if sign else text) > most:
            return f"{what}太多，最多 {most} 个"
    return ""


@lru_cache(maxsize=4096)
def compiled(phrases: tuple[str, ...], year: int) -> re.Pattern[str]:
    """One pattern for all of `phrases`, the longer first; matches nothing where there are none."""
    patterns = [_pattern(phrase, year) for phrase in sorted(phrases, key=len, reverse=True)]
    return re.compile("|".join(patterns) or r"(?!)")


def _pattern(phrase: str, year: int) -> str:
    return "".join(_part(piece, year) for piece in _PIECE.finditer(phrase))


def _part(piece: re.Match[str], year: int) -> str:
    if piece["choice"] is not None:
        choice = "|".join(_pattern(word, year) for word in piece["choice"].split("|"))
        return f"(?:{choice})" + ("?" if piece[0][0] == "（" else "")
    if piece["gap"]:
        return _GAP
    if piece["number"]:
        return _NUMBER
    if piece["year"]:
        return str(year + _YEARS[piece["year"]])
    return re.escape(piece[0])
