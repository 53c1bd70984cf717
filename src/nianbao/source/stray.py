"""Lines that are no `key: value`: a colon that YAML does not see, or words of a text.

Knows what an input method leaves of a colon or of a list's dashes, and which
line is too long before its colon for a name. Whether a line may go on from the
one above is told by the caller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from nianbao.chinese.characters import INVISIBLE, called
from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit, Finding, Location, edit, finding
from nianbao.source.punctuation import MASK
from nianbao.source.reading import Reading
from nianbao.source.typed import COLON, KEYED, Typed, indent_of, key_of

_ROW_LIKE = re.compile(
    f"^[^：:]{{1,30}}(?:：|:(?! ))[{BLANKS}{INVISIBLE}]*"
    r"(?:[\[{|>［｛【｜].*|[\d.,]+(?:[（(].*)?|[/无-])?$"
)
_WIDE_NUMBER = re.compile("[0-9０-９.．]*[０-９][0-9０-９.．]*")
"""Digits of a Chinese keyboard: told with the colon before them, which has the same cause."""
_GLUED_DASH = re.compile(r"(?:-(?=[\d０-９\"“])|[－–—−][ \t\u00a0\u3000]*(?=[\d０-９\"“]))")
_ANSWER = re.compile(r" +[A-Z]\d{3}(?: [^：:]*)?[：:]")
"""The key that a finding prints to be answered under."""
_GAP = re.compile(f"[{BLANKS}{INVISIBLE}]*")
_LONG = 12
"""Characters that a name nobody knows hardly has; more before a colon are words of a text."""
_BARS = ("|", "｜", "丨")
_BEFORE_MAPPING = re.compile(r"^[^:：]{1,40}：[ \t]*\{.*\}$")
_OPENING, _CLOSING = (*"[{［｛【",), (*"]}］｝】",)
_ODD_BEGINNINGS = (*"|｜丨│>［【｛[{\"'“&*!%@`#＃-",)


def may_be_yaml(plain: str) -> bool:
    """True for a line that is a key, an item, or begins with what only YAML begins with."""
    body = plain.strip(BLANKS)
    return (
        MASK in plain
        or bool(KEYED.search(plain))
        or plain.lstrip(" ").startswith(("- ", "? ", "---", "..."))
        or body[:1] in "[{&*!%@`|>"
        or body == "-"
    )


def is_answer(typed: Typed, plain: str) -> bool:
    """True for the key of an answer, with a colon that YAML does not see."""
    return bool(typed.names and _ANSWER.match(plain))


def is_row_like(plain: str) -> bool:
    """True for what looks like a name and a value with a colon that YAML does not see."""
    return bool(_ROW_LIKE.search(plain))


def is_glued_dash(line: Reading) -> bool:
    return bool(_GLUED_DASH.match(line.plain, line.indent))


def is_text(typed: Typed, line: str) -> bool:
    """True for words of a text: no colon, or more before it than a name has."""
    if KEYED.search(line) or line.strip(BLANKS).startswith(("#", "＃", "- ")):
        return False
    colon, key = COLON.search(line), key_of(line)
    if not colon or colon.start() - indent_of(line) > 30:
        return True
    nearly = bool(typed.names and typed.names.nearly_top(key))
    return len(key) > _LONG and not typed.knows(line) and not nearly


def text(typed: Typed, line: Reading) -> Finding:
    """The finding for a line of text in no narrative, and for those that follow it."""
    below = (typed.line(number) for number, _ in typed.below(line.number))
    count = 1 + sum(1 for _ in takewhile(lambda other: is_text(typed, other), below))
    more = f"，连同下面共 {count} 行" if count > 1 else ""
    shown = shortened(typed.stand_ins.undone(line.plain).strip(BLANKS), 12)
    return finding(
        "Y105",
        f"“{shown}”这一行不是“名称: 内容”，也不在任何一段正文里{more}。",
        at=Location(line.number, line.indent + 1),
        hint="正文要写在“名称: |”的下面，每行开头空两格（半角空格）；不要印的，行首加 #",
    )


def hides_its_colon(typed: Typed, plain: str) -> bool:
    """True for a known name and a wide colon before a mapping, whose colons YAML sees."""
    return bool(_BEFORE_MAPPING.match(plain)) and typed.knows(plain)


def wrong_colon(typed: Typed, line: Reading) -> Finding:
    """The finding for a colon that is wide, or has no blank behind it."""
    at = COLON.search(line.plain).start()  # type: ignore[union-attr]
    key = typed.stand_ins.undone(line.plain[line.indent : at])
    gap = _GAP.match(typed.line(line.number), at + 1)[0]  # type: ignore[index]
    value = line.plain[at + 1 + len(gap) :]
    number = unicodedata.normalize("NFKC", value) if _WIDE_NUMBER.fullmatch(value) else ""
    given = typed.at_edge(key) if line.plain[at] == "：" and not line.indent else 0
    hint, mend = "用半角冒号，后面空一格，写成", tuple[Edit, ...]()
    if given:
        hint = f"“{key}”已经写在第 {given} 行；这一行是正文的，移到“名称: |”下面；要改的，写成"
    elif _ANSWER.match(line.plain) or typed.knows(line.plain[line.indent :]):
        mend = (_colon_put(typed, line, at, gap),)
    return finding(
        "Y104",
        f"“{key}”{_fault(line.plain[at], gap)}{'，数也是全角的' * bool(number)}，这一行读不出来。",
        at=Location(line.number, at + 1),
        hint=f"{hint}“{key}: {'|' if value in _BARS else number}”",
        mend=mend,
    )


def with_colon(line: Reading) -> Reading | None:
    """A line as if its colon were YAML's; None where a text or half a bracket begins behind it."""
    at = COLON.search(line.plain).start()  # type: ignore[union-attr]
    value = line.plain[at + 1 :].lstrip(BLANKS + INVISIBLE)
    if value[:1] in _OPENING and value[-1:] in _CLOSING:
        plain = f"{line.plain[:at]}: 0"
        return replace(line, text=plain, plain=plain, told=(Location(line.number, at + 3),))
    if value in _BARS:
        return replace(line, text=f"{line.plain[:at]}: |", plain=f"{line.plain[:at]}: |")
    if value[:1] in _ODD_BEGINNINGS:
        return None
    if _WIDE_NUMBER.fullmatch(value):
        line = replace(
            line, told=(*line.told, Location(line.number, line.plain.index(value, at) + 1))
        )
    plain = f"{line.plain[:at]}: {value}" if value else f"{line.plain[:at]}:"
    grown = len(plain) - len(line.plain)
    return replace(line, text=plain, plain=plain, grown=(at + 1, grown))


def _fault(colon: str, gap: str) -> str:
    """What is wrong with a colon and the blanks behind it."""
    odd = gap.lstrip(" \t")[:1]
    if colon == "：":
        return "后面是中文冒号“：”"
    return f"的冒号后面是{called(odd)}，不是半角空格" if odd else "的冒号后面没有空格"


def _colon_put(typed: Typed, line: Reading, at: int, gap: str) -> Edit:
    """A colon and a blank, and the `|` of a narrative, for what was typed for them at `at`."""
    end = at + 1 + len(gap)
    if line.plain[end:] in _BARS[1:]:
        return edit(line.number, at + 1, end + 2, ": |")
    put = ": " if end < len(typed.line(line.number)) else ":"
    return edit(line.number, at + 1, end + 1, put)


def glued_dashes(typed: Typed, line: Reading) -> Finding | None:
    """The finding for several `-0`, one below the other: a list without its blanks."""
    dashes = list(_dashes(typed, line))
    if len(dashes) < 2:
        return None
    first = dashes[0][1]
    fault = "后面没有空格" if first[0] == "-" else "不是半角的减号"
    return finding(
        "Y104",
        f"行首的“{first[0].strip(BLANKS)}”{fault}，这一行读不出来。",
        at=Location(line.number, line.indent + 1),
        hint="写成“- 数”：半角减号，空一格，再写数",
        mend=[edit(number, dash.start() + 1, dash.end() + 1, "- ") for number, dash in dashes],
    )


def _dashes(typed: Typed, line: Reading) -> Iterator[tuple[int, re.Match[str]]]:
    """The dashes that begin a line and those right below it, as far as they stand alike."""
    for number in range(line.number, len(typed.lines) + 1):
        below = typed.line(number)
        dash = _GLUED_DASH.match(below, indent_of(below))
        if not dash or indent_of(below) != line.indent:
            return
        yield number, dash
