"""Where a narrative begins: a `|`, or what was meant as one, and the text below it.

Knows what may stand behind a `|` or `>`, the bars of a Chinese keyboard, and how
a text is told whose lines do not stand as its first. What goes on below and how
far, `passage` knows.
"""

from __future__ import annotations

import re

from nianbao.chinese.characters import called
from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit, Finding, Location, edit, finding
from nianbao.frozen import dataclass
from nianbao.source import marks, passage
from nianbao.source.indentation import DASHES
from nianbao.source.passage import Passage
from nianbao.source.reading import Reading
from nianbao.source.typed import COLON, KEYED, Typed, indent_of

_HEADER = re.compile(r"(?P<lead>.*?(?::|^|-)[ \t]+|^)[|>](?P<rest>.*)$")
_REST = re.compile(r"(?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:[ \t]#.*)?$")
_BEFORE_VALUE = re.compile(r"^.*?:(?:[ \t]+|$)")
_DECLARED = re.compile(r"[+-]?(\d)")
_LONE_BAR = re.compile(r"[|｜丨│]")
_WIDE_BAR = re.compile(r":[ \t\u00a0\u3000]*(?P<bar>[｜丨│])$")
_TEXT_BEHIND = re.compile(r":[ \t\u00a0\u3000]*(?P<bar>[|｜丨│])(?P<text>[^|｜丨│]+)$")


@dataclass(frozen=True, slots=True)
class Begun:
    """The text that a line begins, the line put as it was meant, and what was told of both."""

    text: str
    passage: Passage
    findings: tuple[Finding, ...] = ()
    as_block: tuple[Edit, ...] = ()
    """What makes a `|` text of one that is begun otherwise."""
    told: tuple[Location, ...] = ()
    """Where the text begins that its findings speak of."""


def begun(typed: Typed, line: Reading) -> Begun | None:
    """What a line begins; None where it begins no text."""
    if line.open.inside:
        return None
    plain = line.plain
    header, bar = _HEADER.match(plain), _WIDE_BAR.search(plain)
    if header and not _BEFORE_VALUE.sub("", header["lead"], count=1).strip(" \t-"):
        return _with_header(typed, line, header)
    behind = _TEXT_BEHIND.search(plain)
    if behind and typed.narrates(plain):
        return _text_behind(typed, line, behind)
    if bar:
        at = bar.start("bar")
        place = Location(line.number, at + 1)
        wide = marks.wide(place, typed.line(line.number)[at], meant="|", what="中文的竖线")
        text, told = below(typed, line.number, line.indent)
        return Begun(f"{plain[:at]}|", text, (wide, *told))
    if plain.endswith(":") and typed.narrates(plain):
        return _bar_below(typed, line) or _pasted_below(typed, line)
    return None


def below(
    typed: Typed, number: int, indent: int, *mend: Edit
) -> tuple[Passage, tuple[Finding, ...]]:
    """The text below a key, and the finding for lines of it that do not stand as the rest."""
    text = passage.below(typed, number, indent)
    return text, (_crooked(typed, text, indent, mend),) if text.crooked else ()


def typed_otherwise(typed: Typed, line: Reading) -> tuple[Edit, ...]:
    """What would make a `|` text of a narrative typed behind or below its key at the left edge."""
    keyed = KEYED.search(line.plain)
    if line.indent or not keyed or not typed.narrates(line.plain):
        return ()
    raw = typed.line(line.number).rstrip(BLANKS)
    if line.plain[keyed.end() :].strip(" "):
        return passage.as_block(typed, line.number, at=keyed.end(), indent=line.indent)
    if raw[-1] == ":":
        return passage.with_bar(typed, line.number, line.indent, _bar_behind(typed, line.number))
    return ()


def _with_header(typed: Typed, line: Reading, header: re.Match[str]) -> Begun:
    """The text below a `|` or `>`, with what stands behind that."""
    declared = _DECLARED.match(header["rest"])
    told: tuple[Finding, ...] = ()
    if declared:
        text = passage.declared(typed, line.number, line.indent + int(declared[1]))
    else:
        dashes = len(DASHES.match(line.plain, line.indent)[0])  # type: ignore[index]
        text, told = below(typed, line.number, line.indent + dashes)
    wrong, put = _behind_bar(typed, line, header)
    at = header.end("lead")
    as_block: tuple[Edit, ...] = ()
    if line.plain[at] == ">" and not wrong and typed.narrates(line.plain):
        change = edit(line.number, at + 1, at + 2, "|")
        as_block = passage.with_bar(typed, line.number, line.indent, change)
    return Begun(put, text, (*wrong, *told), as_block)


def _behind_bar(
    typed: Typed, line: Reading, header: re.Match[str]
) -> tuple[tuple[Finding, ...], str]:
    """What is wrong with the characters behind a `|` or `>`, and the line as it was meant."""
    at, rest = header.end("lead"), header["rest"]
    if _REST.match(rest):
        return (), line.text
    if not rest.strip(BLANKS):
        start = at + 1 + len(rest) - len(rest.lstrip(" \t"))
        extra = typed.line(line.number)[start : len(line.plain)]
        place, what = Location(line.number, start + 1), called(line.plain[start])
        return (marks.wide(place, extra, meant="", what=what),), line.plain[: at + 1]
    said = f"冒号后面的 {line.plain[at]} 表示正文从下一行写起，这一行不能再有别的字。"
    hint = "写成“名称: |”，正文另起一行、行首空两格"
    if ":" not in header["lead"]:
        said = f"这一行以 {line.plain[at]} 开头，前面没有名称和冒号。"
        hint = "表里的一行写成“名称: 数”，不要竖线；正文写在“名称: |”的下面"
    told = finding(
        "Y105",
        said,
        at=Location(line.number, at + 1),
        hint=hint,
        mend=_text_moved_below(typed, line, at) if typed.narrates(line.plain) else (),
    )
    return (told,), line.text


def _text_moved_below(typed: Typed, line: Reading, at: int) -> tuple[Edit, ...]:
    """What puts the text behind a `|` below it; `>` and a blank may be meant otherwise."""
    if line.plain[at] == ">":
        return ()
    return passage.as_block(typed, line.number, at=at + 1, indent=line.indent, bar="")


def _text_behind(typed: Typed, line: Reading, bar: re.Match[str]) -> Begun:
    """A text in the line of its `|`, which is meant to stand below it."""
    at, colon = bar.start("bar"), bar.start() + 1
    told = finding(
        "Y105",
        f"“{shortened(bar['text'].strip(BLANKS), 12)}”写在了竖线后面，正文要从下一行写起。",
        at=Location(line.number, at + 1),
        hint="写成“名称: |”，正文另起一行、行首空两格",
        mend=passage.bar_moved(typed, line.number, colon=colon, at=at + 1, indent=line.indent),
    )
    text = passage.below(typed, line.number, line.indent)
    place = Location(line.number, colon + 2)
    return Begun(f"{line.plain[:colon]} |", text, (told,), told=(place,))


def _bar_below(typed: Typed, line: Reading) -> Begun | None:
    """`名称:` with its `|` alone on the line below is meant as `名称: |`."""
    number = next(typed.below(line.number), (0, 0))[0]
    bar = typed.line(number).strip(BLANKS) if number else ""
    if not _LONE_BAR.fullmatch(bar):
        return None
    told = finding(
        "Y105",
        f"“{bar}”单独写在了一行，要写在“{line.plain.strip()}”的后面。",
        at=Location(number, typed.line(number).index(bar) + 1),
        hint=f"写成“{line.plain.strip()} |”，正文另起一行、行首空两格",
        mend=[Edit(_bar_behind(typed, line.number).start, _end(typed, number), " |")],
    )
    text, crooked = below(typed, number, line.indent)
    return Begun(f"{line.plain} |", text, (told, *crooked))


def _end(typed: Typed, number: int) -> Location:
    return Location(number, len(typed.line(number)) + 1)


def _pasted_below(typed: Typed, line: Reading) -> Begun | None:
    """`名称:` with a text at the left edge below it is meant as `名称: |`."""
    if typed.line(line.number).rstrip(BLANKS)[-1] != ":":
        return None
    bar = _bar_behind(typed, line.number)
    text, told = below(typed, line.number, line.indent, bar)
    return Begun(f"{line.plain} |", text, told) if told else None


def _bar_behind(typed: Typed, number: int) -> Edit:
    line = typed.line(number)
    return edit(number, len(line.rstrip(BLANKS)) + 1, len(line) + 1, " |")


def _crooked(typed: Typed, text: Passage, indent: int, mend: tuple[Edit, ...]) -> Finding:
    """The finding for the first line of a text that does not stand as the rest."""
    number, count = text.crooked[0], len(text.crooked)
    line = typed.line(number)
    margin = indent_of(line)
    key = COLON.split(typed.line(text.first - 1).strip(BLANKS), 1)[0]
    code, told = (
        "Y105",
        f"“{shortened(line.strip(BLANKS), 12)}”这一行行首没有空格，不算“{key}”的正文",
    )
    if line[margin] == "\t":
        code, told = "Y103", "行首用了 Tab 键，应当用空格"
    elif margin > indent:
        first, begins = next(typed.below(text.first - 1))
        shown = f"第 {first} 行）空了 {begins} 格"
        told = f"这一行行首空了 {margin} 格，这段正文的第一行（{shown}，对不齐"
    more = f"，连同下面共 {count} 行" if count > 1 else ""
    return finding(
        code,
        f"{told}{more}。",
        at=Location(number, margin + 1),
        hint=f"“{key}: |”下面每行行首空 {text.indent} 格，段首空两格由模板来排；"
        "运行 nianbao fix 可以一次改好",
        mend=[*mend, *text.mend(typed)],
    )
