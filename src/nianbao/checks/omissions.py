"""What a sentence lacks: a figure, half a word, the other half of a pair of brackets.

Knows counting words that stand where their number should, days without 日, and
which brackets and quotes are pairs. Which clauses come to nothing without a
figure, the form declares (漏数).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.checks.residue import outermost
from nianbao.chinese.phrase import compiled
from nianbao.diagnostics import Finding, finding
from nianbao.form.form import Section
from nianbao.report.report import Paragraph, Report

_ENDS = r"(?=[，。；！]|$)"
_COUNTED = "条|件|次|份|篇|起|场|人次"
_WITHOUT = (
    re.compile(
        r"共(?:计|有)?(?:主动)?(?:公开|发布|收到|受理|办理|答复|制发|印发|废止|举办|召开|开展|更新)?"
        rf"(?:政府|各类|相关)?(?:信息|申请|文件)?(?:{_COUNTED}|期|个)" + _ENDS
    ),
    re.compile(r"(?:发布|公开)(?:政府|各类|公开|相关)*(?:信息|文件)?(?:条|篇|次)" + _ENDS),
    re.compile(
        r"(?<![无未有])(?:收到|新收|制发|印发|废止)(?:政府|公开|信息|各类)*(?:申请|文件)?(?:件|份|次)"
        + _ENDS
    ),
    re.compile(r"(?:召开|举办|开展)(?:场|次)" + _ENDS),
)
_OFFICIAL = dict.fromkeys(_WITHOUT, "漏了数") | {
    re.compile(r"\d{1,2}月\d{1,2}(?=止|[，。；、]|至\d{1,2}月|$)"): "少了“日”",
    re.compile(
        r"(?:^|(?<=[，。；：]))\s*我(?:共|累计|全年|年内|本年)(?:新收|收到|受理|办理|答复|公开|发布|制发)"
    ): "少了自称",
    re.compile("人们政府|人民政俯|人民正府|政府信息公[^开公]条例"): "是写错的字",
}
"""What a government office leaves out, or misspells: looked for where a form asks (公文)."""
_OPEN_BRACES = re.compile("[{｛]{2}[^，。]*$")
"""A figure that is not closed (N003): what follows is its name."""
_CLAUSE = re.compile("[^，。；：！？]+")
_PAIRS = {
    "《": "》",
    "〈": "〉",
    "“": "”",
    "「": "」",
    "『": "』",
    "（": "）",
    "【": "】",
    "〔": "〕",
}
_ALIKE = str.maketrans("()[]［］", "（）〔〕〔〕")
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_Half = tuple[Paragraph, int, str]
"""A bracket at an index of a paragraph."""
_NUMBERED = re.compile(r"[0-9一二三四五六七八九十A-Za-z]\s*$")


def left_out(report: Report, last: Report | None) -> Iterator[Finding]:
    """A figure or a character that is not there (N214)."""
    asked = report.form.requirements
    lacking, figureless = asked.figureless, compiled(asked.figureless, report.year)
    official = _OFFICIAL if asked.official else {}
    for section, paragraph in report.paragraphs():
        text = report.form.manner.folded(paragraph.text)
        spans: dict[tuple[int, int], str] = {}
        for clause in _CLAUSE.finditer(text) if lacking else ():
            has_figure = paragraph.is_bound(clause.start(), clause.end() + 1)
            if not has_figure and figureless.is_all_of(clause[0].strip()):
                spans[clause.span()] = "漏了数"
        for pattern, said in official.items():
            spans |= {found.span(): said for found in pattern.finditer(text)}
        for start, end in outermost(spans):
            if not paragraph.is_bound(start, end) and not _OPEN_BRACES.search(text[:start]):
                typed = paragraph.text[start:end].strip()
                yield finding(
                    "N214",
                    f"“{section.label}”里的“{typed}”像是{spans[start, end]}。",
                    subject=f"{section.key} {''.join(typed.split())}",
                    at=paragraph.words(start, end),
                    hint="补上漏掉的，改正写错的",
                )


def unpaired(report: Report, last: Report | None) -> Iterator[Finding]:
    """A bracket or quote without its other half (N213); a pair may span paragraphs of a part."""
    for section in report.form.sections:
        open_: dict[str, list[_Half]] = {char: [] for char in _PAIRS}
        alone: list[_Half] = []
        for paragraph in report.narratives.get(section.name, ()):
            text = paragraph.text.translate(_ALIKE)
            for at, char in enumerate(text):
                if char in _PAIRS:
                    open_[char].append((paragraph, at, char))
                elif char in _OPENING:
                    if open_[_OPENING[char]]:
                        open_[_OPENING[char]].pop()
                    elif not (char == "）" and _NUMBERED.search(text[max(at - 3, 0) : at])):
                        alone.append((paragraph, at, char))
        yield from _halves(
            section, [*alone, *(half for halves in open_.values() for half in halves)]
        )


def _halves(section: Section, found: list[_Half]) -> Iterator[Finding]:
    """One finding a paragraph, at the first half that stands alone in it."""
    told: set[int] = set()
    for paragraph, at, char in sorted(found, key=lambda one: (one[0].turn, one[1])):
        if paragraph.turn in told or paragraph.is_bound(at, at + 1):
            continue
        told.add(paragraph.turn)
        typed = paragraph.text[at]
        said = "没有关上" if char in _PAIRS else "前面没有另一半"
        yield finding(
            "N213",
            f"“{section.label}”里“{paragraph.text[max(at - 6, 0) : at + 7]}”的 {typed} {said}。",
            subject=f"{section.key} {paragraph.text[at : at + 7].strip()}",
            at=paragraph.words(at, at + 1),
            hint=f"补上 {_PAIRS.get(char) or _OPENING[char]}，或者删去 {typed}",
        )
