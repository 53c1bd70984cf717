"""What a YAML parser complains of, in our words.

Knows where a parser stops and what was probably typed there; a parser's marks
are used, never its wording. Says nothing of what the scan has said already.
Knows no form, and reads nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit, Finding, Location, edit, finding
from nianbao.source import comments, stray
from nianbao.source.scan import Scan
from nianbao.source.typed import KEYED, Typed, key_of

_SECOND_COLON = re.compile(r":[ \t]++(?![\[{]).*?(?P<colon>:)(?:[ \t]|$)")
_PARTED_MINUS = re.compile(r"(?<=[\[{:,])[ \t]*-[ \t]+(?P<number>[0-9][0-9,.]*)(?=[ \t]*[,\]}])")
_IN_FLOW = re.compile(r"^[ ]*(?:[^:]*:[ \t]+)?[\[{]")
_BEGINS_ODDLY = re.compile(r":[ \t]+(?P<mark>[%@`*&!\[{}\]]|-(?=[ \t]))")
_MARK = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|(?P<named>\{\{[^{}]*\}\})|(?P<opens>[\[{])|(?P<closes>[\]},])|:[ \t]"
)
_BRACKET = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\[\]{}]")


def explain(problem: yaml.YAMLError, scan: Scan) -> list[Finding]:
    """The parser's complaint in our words; nothing where the scan has already said it."""
    unclosed = comments.unclosed(scan.open, scan.typed.lines)
    if unclosed:
        return [unclosed]
    place = _stopped_at(problem, scan.typed.lines)
    near = [r.number for r in scan.readings if r.structural and r.number <= place.line][-2:]
    said = {finding.location.line for finding in scan.findings if finding.location}
    said |= {edit.start.line for finding in scan.findings for edit in finding.mend}
    if said & {place.line - 1, place.line, *near}:
        return []
    quote = scan.long_quote(place.line)
    if quote:
        return [quote.lacks_its_end()]
    told = _without_braces(scan.typed, place.line) or _line_above(scan, place.line)
    if told:
        return [told]
    line, reading = scan.typed.line(place.line), scan.readings[place.line - 1]
    return [_about_line(line, place, reading.as_block)]


def _stopped_at(problem: yaml.YAMLError, lines: Sequence[str]) -> Location:
    """Where a parser stopped: on the last line before that is not blank."""
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    line = min(mark.line if mark else 0, len(lines) - 1)
    while line and not lines[line].strip(BLANKS):
        line -= 1
    return Location(line + 1, (mark.column if mark and mark.line == line else 0) + 1)


def _surplus(line: str) -> int | None:
    """Where a list or mapping that has ended is closed once more."""
    begun = re.search(r":[ \t]+(?=[\[{])", line)
    depth = 0
    for found in _BRACKET.finditer(line, begun.end()) if begun else ():
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return found.start()
    return None


def _without_braces(typed: Typed, number: int) -> Finding | None:
    """The finding for `审签: 初审: 甲, 复审: 乙`, or a row typed so; None for any other line."""
    line = typed.line(number).rstrip(BLANKS)
    keyed = KEYED.search(line)
    if not typed.names or not keyed or not typed.knows(line) or typed.narrates(line):
        return None
    if line[keyed.end() :].lstrip(BLANKS)[:1] in ("[", "{"):
        return None
    pairs = [KEYED.split(pair, 1) for pair in re.split("[,，、]", line[keyed.end() :])]
    if not all(len(pair) == 2 and typed.names.within(pair[0].strip(BLANKS)) for pair in pairs):
        return None
    inner = ", ".join(f"{name.strip(BLANKS)}: {value.strip(BLANKS)}" for name, value in pairs)
    key, put = key_of(line), f" {{{inner}}}"
    return finding(
        "Y105",
        f"“{key}”后面写了几项，外面没有花括号，读不懂。",
        at=Location(number, keyed.start() + 1),
        hint=f"写成“{key}:{put}”",
        mend=[edit(number, keyed.start() + 2, len(line) + 1, put)],
    )


def _line_above(scan: Scan, number: int) -> Finding | None:
    """The finding for a line without a colon that a key follows, which the parser blames."""
    structural = [r for r in scan.readings[:number] if r.structural]
    if len(structural) < 2 or structural[-1].number != number:
        return None
    above, line = structural[-2:]
    if not KEYED.search(line.plain) or above.as_block or not stray.is_text(scan.typed, above.plain):
        return None
    return stray.text(scan.typed, above)


def unquoted(text: str, place: Location) -> Finding:
    """The finding for a text with {{ }} that YAML takes for a mapping."""
    return finding(
        "Y105",
        f"“{shortened(text, 30)}”里有花括号，没有用引号括起来，读不懂。",
        at=place,
        hint=f'写成 "{text}"',
    )


def _named(raw: str) -> tuple[int, int] | None:
    """Where a text with {{ }} begins and ends that stands in a list or mapping without quotes."""
    within, begun, named = False, 0, False
    for mark in _MARK.finditer(raw):
        if mark["named"]:
            named = named or within or not raw[begun : mark.start()].strip(BLANKS + "-")
        elif named and mark["closes"]:
            return begun, mark.start()
        elif not named:
            within, begun = within or bool(mark["opens"]), mark.end()
    return (begun, len(raw)) if named else None


def _about_line(raw: str, place: Location, mend: tuple[Edit, ...]) -> Finding:
    """What was probably typed wrong in a line; `place` in it where nothing is known."""
    parted = _PARTED_MINUS.search(raw)
    if parted:
        return finding(
            "Y105",
            f"减号和数之间空了格（{parted[0].strip(BLANKS)}），读不懂。",
            at=Location(place.line, parted.start() + 1),
            hint=f"写成 -{parted['number']}，中间不空格",
        )
    named = None if mend else _named(raw)
    if named:
        text = raw[slice(*named)].lstrip(BLANKS + "-").rstrip(BLANKS)
        return unquoted(text, Location(place.line, raw.index(text, named[0]) + 1))
    second = _SECOND_COLON.search(raw)
    if second and not _IN_FLOW.search(raw):
        return finding(
            "Y105",
            "这一行的文字里又有一个半角冒号加空格，会当成另一个名称。",
            at=Location(place.line, second.end("colon")),
            hint="改成中文冒号，或者把正文写在“名称: |”的下一行、行首空两格",
            mend=mend,
        )
    surplus = _surplus(raw)
    if surplus is not None:
        return finding(
            "Y105",
            f"这一行多了一个 {raw[surplus]}，前面没有同它成对的括号。",
            at=Location(place.line, surplus + 1),
            hint="删掉多的那一个",
        )
    begins = _BEGINS_ODDLY.search(raw)
    if begins:
        return finding(
            "Y105",
            f"这一行的文字以 {begins['mark']} 开头，读不懂。",
            at=Location(place.line, begins.end("mark")),
            hint="把正文写在“名称: |”的下一行、行首空两格；数的列表检查括号是否成对",
            mend=mend,
        )
    return finding(
        "Y105",
        f"这一行读不懂：“{shortened(raw.strip(BLANKS))}”。",
        at=place,
        hint="检查这一行和上一行：冒号后有没有空格、缩进齐不齐、括号和引号成不成对",
    )
