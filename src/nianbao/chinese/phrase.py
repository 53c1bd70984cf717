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

from nianbao.chinese.wording import folded

_PIECE = re.compile(
    r"[（〔](?P<choice>[^（）〔〕]*)[）〕]|(?P<gap>…+)|(?P<number>＃)|\{\{(?P<year>上年度|年度|下年度)\}\}|."
)
_YEARS = {"上年度": -1, "年度": 0, "下年度": 1}
_BRACKETS = "可有可无的写成（度），几个里选一个的写成〔收到|接到〕，不能套"
_NUMBER = "(?:[0-9]+|[一二两三四五六七八九十百千万零]+)"
_GAP = r"[^，,；;：:。！？0-9]{0,24}?"
_MOST = (("字", ".", 400), ("括号", "[（〔]", 16), ("“…”", "…+", 3), ("“＃”", "＃", 3))
"""Of each so many in a phrase: whatever it is searched in, that ends."""


def fault_of(text: str) -> tuple[str, str] | None:
    """What is wrong with a phrase and what to write instead; None for a sound one."""
    rest = re.sub(r"（[^（）〔〕]+）|〔[^（）〔〕]+〕", "x", text)
    if not text or re.search("[（）〔〕|]", rest) or re.search(r"[（〔|]\||\|[）〕]", text):
        return "里的括号不成对，或者括号里是空的", _BRACKETS
    if not re.sub(r"（[^（）〔〕]+）|…|\s", "", text):
        return "里没有一个非有不可的字，什么话都对得上", "写上一定会有的字"
    if "{{" in re.sub(r"\{\{(?:上年度|年度|下年度)\}\}", "", text):
        return "里的 {{ }} 不是年份", "只能写 {{年度}}、{{上年度}}、{{下年度}}"
    if folded(text) != text:
        return "里有繁体字或者全角的数字、字母，永远对不上", f"写成“{folded(text)}”"
    for what, sign, most in _MOST:
        if len(re.findall(sign, text)) > most:
            return f"里的{what}太多，最多 {most} 个", "分成几个短一些的词来写"
    return None


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
