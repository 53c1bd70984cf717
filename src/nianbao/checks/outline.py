"""How a narrative is numbered, and the list of the report's parts in its introduction.

Knows the numbers of lines (（一）, 1., （1）) and of clauses (一是): within one
part and level they count up from one; a list may begin anew under another
heading, and lists may stand in one another. Which parts there are is the
form's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.chinese.clause import sentence_spans
from nianbao.chinese.numeral import of_chinese
from nianbao.chinese.phrase import compiled
from nianbao.chinese.wording import folded, names_of, squeeze
from nianbao.diagnostics import Finding, finding
from nianbao.form.form import Section
from nianbao.report.report import Paragraph, Report, Words

_ORDER = "一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_CHINESE = r"[一二三四五六七八九十]{1,3}"
KINDS = {
    "一、": re.compile(rf"(?P<n>{_CHINESE})\s*、(?![一二三四五六七八九十])"),
    "（一）": re.compile(rf"[（(]\s*(?P<n>{_CHINESE})\s*[）)]"),
    "1.": re.compile(r"(?P<n>\d{1,2})\s*(?:[.、](?!\d)|[.．](?=\d{4}年)|．)"),
    "（1）": re.compile(r"[（(]\s*(?P<n>\d{1,2})\s*[）)]"),
    "1）": re.compile(r"(?P<n>\d{1,2})\s*[）)]"),
    "①": re.compile(rf"(?P<n>[{_CIRCLED}])"),
}
"""The numbers that lines begin with, those of the upper levels first."""
_CLAUSE = re.compile(
    rf"(?:^|(?<=[，。；：、,;:）)\s]))(?P<n>{_CHINESE})是(?!否)|(?<![之统第唯单专十百])(?P<one>一)是(?!否)"
)
_LIST_SENTENCE = re.compile("部分|组成|包括|包含|分为|构成|涵盖|内容为|内容有")
_A_LIST = 3
"""So many parts named in one sentence are a list of them."""
_AND_SO_ON = re.compile(r"等(?!\s*(?:\d|[一二三四五六七八九十])+\s*(?:个|大)?\s*部分)")
_REPORT = re.compile("报告|全文|年报|本文|内容")
_NUMBER_OF_PARTS = re.compile(
    r"(?<!第)(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:个|大)?\s*部分"
)
_LONGEST_LABEL = 40
_DEEPEST = 5
"""More lists than this do not stand in one another."""


@dataclass(slots=True)
class _List:
    """A list that is still open: its kind, its last number and where that stood.

    `meant` is what the number should have been: after a wrong one, counting on
    from either is right.
    """

    kind: str
    last: int
    meant: int
    typed: str
    line: int


def numbering(report: Report, last: Report | None) -> Iterator[Finding]:
    """Numbers that skip or repeat within one part and level (N203)."""
    for section in report.form.sections:
        paragraphs = tuple(
            paragraph
            for paragraph in report.narratives.get(section.name, ())
            if not is_printed_anyway(report, section, paragraph)
        )
        yield from _lines(section, paragraphs)
        yield from _clauses(section, paragraphs)


def list_of_parts(report: Report, last: Report | None) -> Iterator[Finding]:
    """A list of the report's parts that is not that of the form (N205): told once."""
    declared = report.form.requirements.parts
    if declared is None:
        return
    paragraphs = report.narratives.get(declared.section, ())
    section = next(s for s in report.form.sections if s.name == declared.section)
    words = [compiled(words, report.year) for _, words in declared.parts]
    texts = [report.form.manner.folded(paragraph.text) for paragraph in paragraphs]
    absent = [
        label
        for (label, _), pattern in zip(declared.parts, words, strict=True)
        if not any(pattern.stands_in(text) for text in texts)
    ]
    labels = [label for label, _ in declared.parts]
    for paragraph, text in zip(paragraphs, texts, strict=True):
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            if not _LIST_SENTENCE.search(sentence):
                continue
            listed = [found.start for p in words if (found := p.search(sentence))]
            if absent and len(listed) >= _A_LIST and not _AND_SO_ON.search(sentence):
                place = paragraph.words(start + min(listed), end)
                yield _wrong_parts(
                    section,
                    f"列的各部分里没有“{'”“'.join(absent)}”",
                    len(words) - len(absent),
                    labels,
                    place,
                )
                return
            said = _NUMBER_OF_PARTS.search(sentence) if _REPORT.search(sentence) else None
            if said and _A_LIST < _value(said["n"]) != len(words):
                place = paragraph.words(start + said.start(), start + said.end())
                yield _wrong_parts(
                    section, f"说全文有{said['n']}个部分", _value(said["n"]), labels, place
                )
                return


def _wrong_parts(
    section: Section, said: str, number: int, labels: list[str], place: Words
) -> Finding:
    return finding(
        "N205",
        f"“{section.label}”{said}，这份表式是 {len(labels)} 个部分。",
        subject=f"{section.key} {number}/{len(labels)}",
        at=place,
        hint=f"照这份表式写：{'；'.join(labels)}",
    )


def _lines(section: Section, paragraphs: tuple[Paragraph, ...]) -> Iterator[Finding]:
    """Numbers at the beginning of lines. `open_` holds the lists around the line, outermost first;
    `closed` where each kind had come to, for offices that count on across headings."""
    open_: list[_List] = []
    closed: dict[str, int] = {}
    for index, paragraph in enumerate(paragraphs):
        text = folded(paragraph.text)
        begins = numbered(text)
        if not begins:
            continue
        kind, found = begins
        number, typed = _value(found["n"]), text[: found.end()].strip()
        around = next((n for n, one in enumerate(open_) if one.kind == kind), None)
        if around is None:
            wrong = number != 1 and number != closed.get(kind, 0) + 1
            before = None
            open_.append(_List(kind, number, number, typed, index))
        else:
            for one in open_[around + 1 :]:
                closed[one.kind] = one.last
            del open_[around + 1 :]
            before = open_[around]
            again = number == before.last == 1 and (kind == "（一）" or index == before.line + 1)
            wrong = again or number not in (1, before.last + 1, before.meant + 1)
            meant = before.last + 1 if wrong else number
            open_[around] = _List(kind, number, meant, typed, index)
        if wrong:
            yield _out_of_order(
                section, paragraph, found.start("n"), typed, before.typed if before else ""
            )


def _clauses(section: Section, paragraphs: tuple[Paragraph, ...]) -> Iterator[Finding]:
    """一是, 二是, … in and across paragraphs; lists may stand in one another.

    A first 二是 within a paragraph goes on from 首先 or 一方面.
    """
    open_: list[int] = []
    for paragraph in paragraphs:
        text = folded(paragraph.text)
        for turn, found in enumerate(_CLAUSE.finditer(text)):
            number = _value(found["n"] or found["one"])
            if number == 1 or (number == 2 and turn == 0 and found.start()):
                open_ = [*open_[-_DEEPEST:], number]
            elif number - 1 in open_:
                while open_[-1] != number - 1:
                    open_.pop()
                open_[-1] = number
            elif open_:
                before = f"{_in_chinese(open_[-1])}是"
                yield _out_of_order(section, paragraph, found.start(), f"{found['n']}是", before)
                open_[-1] = number


def _out_of_order(
    section: Section, paragraph: Paragraph, at: int, typed: str, before: str
) -> Finding:
    said = f"“{before}”后面是“{typed}”" if before else f"“{typed}”前面没有上一项"
    if before == typed:
        said = f"“{typed}”写了两次"
    return finding(
        "N203",
        f"“{section.label}”里的序号不连续：{said}。",
        subject=f"{section.key} {before}/{typed}" if before else f"{section.key} {typed}",
        at=paragraph.words(at, at + len(typed)),
        hint="改序号，或者补上漏掉的一项",
    )


def is_printed_anyway(report: Report, section: Section, paragraph: Paragraph) -> bool:
    """True where a line is the heading of the part that it stands in, or a numbered one's."""
    line = folded(paragraph.text).strip("。：: 　")
    if len(line) > _LONGEST_LABEL:
        return False
    own = {name for wording in section.wordings for name in names_of(wording)}
    if squeeze(line) in own:
        return True
    labels = {name for part in report.form.sections for name in names_of(part.label)}
    return bool(KINDS["一、"].match(line) and names_of(line) & labels)


def numbered(text: str) -> tuple[str, re.Match[str]] | None:
    """The kind of number that a line begins with."""
    matches = ((kind, pattern.match(text)) for kind, pattern in KINDS.items())
    return next(((kind, found) for kind, found in matches if found), None)


def _value(digits: str) -> int:
    """12, 十二, ② or 两 as a number."""
    if digits.isdecimal():
        return int(digits)
    if digits in _CIRCLED:
        return _CIRCLED.index(digits) + 1
    return of_chinese(digits) or 0


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _ORDER[tens - 1]) + "十" if tens else ""
    return ten + (_ORDER[ones - 1] if ones else "")
