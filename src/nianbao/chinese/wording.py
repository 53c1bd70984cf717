"""How Chinese words are compared and in which script they stand.

Knows that a key may carry blanks, quotes, punctuation and a printed number,
and that one word has a Simplified and a Traditional form. Knows no word of any
form. The only importer of OpenCC, which is loaded when a text needs converting
and not before (0.1 s).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache, lru_cache

BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Dropped at either end of a narrative line (docs/input.md, “Narrative”)."""

_NARROW = str.maketrans(
    {chr(char): chr(char - 0xFEE0) for char in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
    | {"％": "%", "．": ".", "〇": "零"}
)
"""Digits and letters, but not the punctuation between them."""

_PRINTED_NUMBER = re.compile(
    r"\s*(?:\(\s*(?:[一二三四五六七八九十]+|\d+)\s*\)|(?:[一二三四五六七八九十]+|\d+)\s*[、.,])"
)


class Script(StrEnum):
    """The two editions, named as in BCP 47."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"

    @property
    def chinese(self) -> str:
        return "简体" if self is Script.HANS else "繁体"


def squeeze(text: str) -> str:
    """`text` without blanks, quotes, punctuation and width: what is left of a key to compare."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char)[0] not in "PZC"
    )


@lru_cache(maxsize=4096)
def names_of(text: str) -> frozenset[str]:
    """Every way `text` may be meant as a key: with and without its number, in Simplified."""
    wide = unicodedata.normalize("NFKC", text)
    forms = {squeeze(wide), squeeze(_PRINTED_NUMBER.sub("", wide, count=1))} - {""}
    return frozenset(forms | {plain(form) for form in forms})


def plain(text: str) -> str:
    """`text` squeezed and in Simplified, to compare what is printed."""
    squeezed = squeeze(text)
    return to_simplified(squeezed) if _may_be_traditional(squeezed) else squeezed


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """`text` in Simplified with half-width digits and letters, character for character.

    Its punctuation stays: index n of the result is index n of `text`.
    """
    narrow = text.translate(_NARROW)
    if not _may_be_traditional(narrow):
        return narrow
    simplified = to_simplified(narrow)
    if len(simplified) != len(narrow):
        simplified = "".join(to_simplified(char)[:1] or char for char in narrow)
    return simplified


def names_among(wordings: Iterable[str]) -> frozenset[str]:
    return frozenset(name for wording in wordings for name in names_of(wording))


def closest(text: str, candidates: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The candidate that `text` most likely meant, or None; alike from `cutoff` (0 to 1) on.

    One that differs in case alone is, and one of several characters that alone differs in one.
    """
    by_name = {name.casefold(): one for one in candidates for name in names_of(one)}
    typed = sorted((name.casefold() for name in names_of(text)), key=len)
    for name in typed:
        near = {by_name[other] for other in by_name if _differs_in_one(name, other)}
        if name in by_name or len(near) == 1:
            return by_name.get(name) or near.pop()
    for name in typed:
        for found in difflib.get_close_matches(name, by_name, n=1, cutoff=cutoff):
            return by_name[found]
    return None


def _differs_in_one(name: str, other: str) -> bool:
    if len(name) != len(other) or len(name) < 2:
        return False
    return sum(one != another for one, another in zip(name, other, strict=True)) == 1


def script_of(texts: Iterable[str]) -> Script:
    """The script most distinguishing characters stand in; Simplified on a tie.

    A character distinguishes when the official set of one script has it and
    that of the other has not: GB 2312 for Simplified, Big5 for Traditional.
    """
    simplified = traditional = 0
    for text in texts:
        for char in text:
            in_gb, in_big5 = _encodes(char, "gb2312"), _encodes(char, "big5")
            simplified += in_gb and not in_big5
            traditional += in_big5 and not in_gb
    return Script.HANT if traditional > simplified else Script.HANS


def convert(text: str, script: Script) -> str:
    """`text` in `script` (OpenCC hk2s, s2hk)."""
    if not text:
        return text
    if script is Script.HANS:
        return to_simplified(text)
    return _converter("s2hk")(text).replace("審籤", "審簽")  # OpenCC has no phrase for it


def to_simplified(text: str) -> str:
    return _converter("hk2s")(text)


@cache
def _converter(configuration: str) -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(configuration).convert
    return convert


@cache
def _encodes(char: str, charset: str) -> bool:
    if char < "\u3400":
        return False
    try:
        return bool(char.encode(charset))
    except UnicodeEncodeError:
        return False


def _may_be_traditional(text: str) -> bool:
    return any(char >= "\u3400" and not _encodes(char, "gb2312") for char in text)
