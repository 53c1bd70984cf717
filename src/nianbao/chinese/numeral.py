"""Numbers in a Chinese sentence: 12件, １２ 件, 十二件, 百分之五十, 60余人次.

Knows digits and Chinese numerals, the words that count, and the words that
make a number an estimate. Dates, ordinals and numbers that count nothing are
left out. Reads text as `wording.folded` gives it; knows nothing of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from nianbao.frozen import dataclass

PERCENT = "%"
_MONEY = ("亿元", "万元", "元")
_WORDS = "件次 人次 条次 场次 批次 家次 个百分点 百分点 件 起 例 次 份 宗 条 项 个 篇 场 人 户 家 批 类 则 期 部 处 块 名 位 万 亿"
KNOWN = frozenset((*_MONEY, *_WORDS.split(), PERCENT))
"""What any Chinese sentence counts by; a form adds words of its own."""
_CHINESE = "零一二两三四五六七八九十百千万亿"
_PATTERN = rf"""(?P<head>近|约|超过|超|逾|不足|不到|将近|大约|上|数|几|第)?[ \u3000\u00a0]?
    (?:(?P<digits>(?<![0-9.\-—~])[0-9](?:[0-9]|[ \u00a0\u3000](?=[0-9])|,(?=[0-9]{{3}}(?![0-9])))*(?:\.[0-9]+)?)
      |百分之(?P<share>[{_CHINESE}点]+)
      |(?P<chinese>[{_CHINESE}]+))
    [ \u3000\u00a0]?(?P<scale>万|亿)?(?P<more>余|多|几|来)?[ \u3000\u00a0]?(?P<unit>UNIT)?
    (?P<tail>余|多(?!次)|左右|以上|以下|以内|上下)?"""
_MANY = ("上", "数", "几")
"""Estimates before 十, 百 and so on only; 申请数12件 and 网上四件 are exact."""
_NO_NUMBER = re.compile(
    r"一起|一次性|一条龙|一件事|一例外|一项项|一条条|一件件|一份份|一次次|一个个|一类|一批|一部|一期|一则|一处|一位|一名|一个"
)
_TIES = re.compile(r"[0-9一二三四五六七八九十][ ]?(?:至|到|-|—|~|～)$")
_MAX_DIGITS = 18
"""Digits of a number, or characters of a numeral; more is a typing error, and is not read."""
_DIGIT = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWER = {"十": 10, "百": 100, "千": 1000}
_GROUP = {"万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: `unit` is the counting word, % or money.

    text[start:end] covers both; `decimals` are the places typed. An
    `approximate` number is never compared with anything.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    decimals: int = 0
    approximate: bool = False


def quantities(text: str, words: frozenset[str] = frozenset()) -> Iterator[Quantity]:
    """Every number that counts something, in order; `words` count beside those of the language."""
    for found in _counting(words).finditer(text):
        quantity = _quantity(found, text)
        if quantity:
            yield quantity


@lru_cache(maxsize=64)
def _counting(words: frozenset[str]) -> re.Pattern[str]:
    """Numbers with what they count, the words of the language as they are ranked there."""
    own = sorted(words - KNOWN, key=len, reverse=True)
    spelt = [re.escape(w) + (r"(?![A-Za-z])" if w[-1:].isascii() else "") for w in own]
    unit = "|".join(
        [*(word.replace(r"\ ", "[ ]") for word in spelt), *_MONEY, *_WORDS.split(), "%"]
    )
    return re.compile(_PATTERN.replace("UNIT", unit), re.VERBOSE)


def _quantity(found: re.Match[str], text: str) -> Quantity | None:
    start = min(found.start(group) for group in ("digits", "share", "chinese") if found[group])
    unit = PERCENT if found["share"] else found["unit"]
    if not unit or found["head"] == "第" or _NO_NUMBER.match(text, start):
        return None
    value, decimals = _value(found)
    if value is None:
        return None
    many = found["chinese"] and found["chinese"][0] in "十百千万"
    head = found["head"] if many or found["head"] not in _MANY else ""
    rough = bool(
        head or found["more"] or found["tail"] or _TIES.search(text, max(0, start - 3), start)
    )
    if found["scale"] and unit not in _MONEY:
        value, rough = value * _GROUP[found["scale"]], rough or bool(found["digits"])
    elif found["scale"]:
        unit = found["scale"] + unit
    vague = found["chinese"] and re.fullmatch(
        r"[二两三四五六七八][三四五六七八九]", found["chinese"]
    )
    start = start - 3 if found["share"] else start
    return Quantity(value, unit, start, found.end(), decimals, rough or bool(vague))


def _value(found: re.Match[str]) -> tuple[Decimal | None, int]:
    if found["digits"]:
        digits = re.sub(r"[^0-9.]", "", found["digits"])
        if len(digits) > _MAX_DIGITS:
            return None, 0
        return Decimal(digits), len(digits.partition(".")[2])
    whole, _, fraction = (found["share"] or found["chinese"]).partition("点")
    value = of_chinese(whole)
    if value is None or len(fraction) > _MAX_DIGITS or any(char not in _DIGIT for char in fraction):
        return None, 0
    decimals = "".join(str(_DIGIT[char]) for char in fraction)
    return Decimal(f"{value}.{decimals}" if decimals else value), len(decimals)


def of_chinese(text: str) -> int | None:
    """十二 as 12, 一百零三 as 103, 二零二五 as 2025; None for what is no number, or too long."""
    if len(text) > _MAX_DIGITS:
        return None
    if all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text)) if text else None
    total = section = digit = 0
    last = 1
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
            last = 10 if char == "零" else last
        elif char in _POWER:
            section += (digit or 1) * _POWER[char]
            digit, last = 0, _POWER[char]
        elif char in _GROUP:
            total = (total + section + digit) * _GROUP[char]
            section, digit, last = 0, 0, _GROUP[char]
        else:
            return None
    shortened = last // 10 if last >= 100 else 1
    return total + section + digit * shortened
