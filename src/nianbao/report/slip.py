"""A number that is typed wrong: what is wrong with it, and what was probably meant.

Knows what a Chinese keyboard, a spreadsheet and a habit put where a number of
some kind is wanted. Knows no table and tells nothing: `cellfile` does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal

from nianbao.chinese.characters import hidden, visible
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit
from nianbao.form.kind import Figure
from nianbao.source import tree

WIDE_COMMA = re.compile(r"[ \u00a0\u3000]*[，、；][ \u00a0\u3000]*")
_GAP = re.compile(rf"{WIDE_COMMA.pattern}|[ \t\u00a0\u3000]+")
_NUMBERS = re.compile(rf"[\d０-９.]+(?:(?:{_GAP.pattern})[\d０-９.]+)*")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?")
_UNIT = re.compile(r"(?P<scale>[百千万亿]?)(?P<unit>元整?|件|条|份|次|个|宗|起)$")
_SIGN = re.compile("([减增])[少加]?[ 　]*(?=[0-9])")
_SIGNS = {"减": "-", "增": ""}
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MONEY = "元"
_HASH = re.compile(r"(?P<blank>[\u00a0\u3000]+)#.*$")
_QUOTES = "“”‘’"
BRACKETS = {"（": "）", "(": ")"}


def is_note(text: str) -> bool:
    """True for one pair of brackets around something, to the end of the text."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char in BRACKETS) - (char in BRACKETS.values())
        if depth == 0:
            whole = at == len(text) - 1 and char == BRACKETS[text[0]]
            return whole and bool(text[1:-1].strip(BLANKS))
    return False


def grouped(text: str) -> bool:
    """True for a number with commas and no unit: which one was meant is not known."""
    typed = unicodedata.normalize("NFKC", visible(text)).strip(_QUOTES + "\"' ")
    return bool(_THOUSANDS.fullmatch(typed))


def meant(text: str, kind: Figure) -> str | None:
    """What a malformed number was probably meant to be, where it is plain."""
    typed = unicodedata.normalize("NFKC", visible(text)).strip(_QUOTES + "\"' ")
    typed = typed.replace("−", "-")
    behind = _UNIT.search(typed)
    number = (typed[: behind.start()] if behind else typed).strip()
    if _THOUSANDS.fullmatch(number) and not kind.read(number):
        number = number.replace(",", "")
    if kind.signed and (said := _SIGN.match(number)):
        number = _SIGNS[said[1]] + number[said.end() :]
    number = re.sub(r"^([-+]?)0+(?=\d)", r"\1", number)
    if behind:
        number = _converted(number, behind, kind.unit)
    ways = (number, *_with_places(number, kind))
    return next((way for way in ways if way and way != text and kind.read(way)), None)


def _with_places(number: str, kind: Figure) -> Iterator[str]:
    """The number with as many decimals, and the percent sign, as its kind has."""
    bare = number.rstrip("%")
    whole, _, decimals = bare.partition(".")
    mark = "%" if kind.marked else ""
    if kind.percent:
        yield bare + mark
    if kind.places and len(decimals) < kind.places:
        yield f"{whole}.{decimals.ljust(kind.places, '0')}{mark}"


def _converted(number: str, typed_unit: re.Match[str], unit: str) -> str:
    """A number in the unit of its cell, "" where the units are of two kinds."""
    wanted = _UNIT.match(unit)
    money = typed_unit["unit"].startswith(_MONEY)
    if not _DECIMAL.fullmatch(number) or (unit and not wanted) or (money != bool(unit)):
        return ""
    scale = _SCALES[wanted["scale"]] if wanted else 1
    if _SCALES[typed_unit["scale"]] == scale:
        return number
    exact = Decimal(number) * _SCALES[typed_unit["scale"]] / scale
    return f"{exact.normalize():f}"


def fault(text: str, kind: Figure) -> str:
    """What is wrong with a number, in brackets, where there is a name for it."""
    if hidden(text):
        return hidden(text)
    typed = unicodedata.normalize("NFKC", visible(text))
    for said, applies in (
        ("两边的引号是中文的", text.startswith(("“", "‘", "”"))),
        ("不能用千位逗号", not kind.grouped and _THOUSANDS.match(typed)),
        ("不能用科学记数法", re.fullmatch(r"[\d.]+[eE][+-]?\d+", typed)),
        ("不能小于零", not kind.signed and re.match(r"[-−]\s*\d", typed)),
        ("前面多了 0", re.fullmatch(r"0+\d+", typed)),
        ("后面多了单位", re.match(r"\d", typed) and _UNIT.search(typed)),
        ("后面少了百分号", kind.marked and _DECIMAL.fullmatch(typed.lstrip("+-"))),
        ("后面多了百分号", not kind.marked and re.match(r"[-+]?\d[\d.]*%$", typed)),
        ("“#”前面不是半角空格", _HASH.search(text)),
        ("数字是全角的", text != typed and re.match(r"\d", typed)),
        ("数里不能有空格", re.fullmatch(r"\d+(?:[ \u3000]+\d+)+", typed)),
        ("小数的位数不对", kind.places is not None and re.match(r"[-+]?\d+(?:\.\d+)?%?$", typed)),
    ):
        if applies:
            return f"（{said}）"
    return ""


def mend(node: tree.Scalar, kind: Figure) -> list[Edit]:
    """The same number in ASCII without separators, quotes and invisible characters, if it is one.

    Its note is left as typed; a unit, a sign, a leading zero may mean something else.
    """
    if len(node.lines) != 1 or node.spread:
        return []
    line = node.lines[0]
    text = line.text
    start, end = 0, len(text)
    mend = []
    comment = _HASH.search(text)
    if comment:
        mend = [line.replaced(*comment.span("blank"), " ")]
        end = comment.start()
        text = text[:end]
    if not comment and len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES:
        mend = [line.replaced(end - 1, end, "")]
        end -= 1
    tail = next((at for at in range(start, end) if text[at] in BRACKETS), end)
    number = unicodedata.normalize("NFKC", visible(text[:tail])).strip(BLANKS + _QUOTES)
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    if kind.percent and not kind.marked:
        number = number.removesuffix("%")
    if not kind.read(number) or (tail < end and not is_note(text[tail:end])):
        return []
    return [line.replaced(start, tail, number), *mend]


def separated(row: tree.Sequence, wanted: int) -> list[Edit]:
    """What makes `[1，2、3]` a list of `wanted` numbers, where it makes just so many."""
    mend, count = [], 0
    for item in row.items:
        if not isinstance(item, tree.Scalar) or len(item.lines) != 1 or item.spread:
            return []
        line = item.lines[0]
        if _NUMBERS.fullmatch(line.text):
            commas = list(_GAP.finditer(line.text))
            mend += [line.replaced(*comma.span(), ", ") for comma in commas]
            count += len(commas)
        count += 1
    return mend if count == wanted else []


def in_ascii(value: tree.Node, sound: Callable[[str], object]) -> list[Edit]:
    """What makes ASCII of a year or a day in full-width digits, where that is all it lacks."""
    if not isinstance(value, tree.Scalar) or len(value.lines) != 1:
        return []
    line = value.lines[0]
    text = unicodedata.normalize("NFKC", visible(line.text)).strip("“”")
    return [line.replaced(0, len(line.text), text)] if sound(text) else []
