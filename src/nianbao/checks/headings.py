"""Headings: each has something under it, and none of them is the part's own again.

Knows that a heading's text ends where a number of its kind, or of a kind
above, begins the next line, and that a short sentence with a number may be an
item of a list and no heading. Which parts there are is the form's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.checks import outline
from nianbao.chinese.wording import folded, squeeze
from nianbao.diagnostics import Finding, finding
from nianbao.form.form import Section
from nianbao.report.report import Paragraph, Report

_LONGEST = 16
_IS_HEADING = re.compile(
    "(?:工作)?(?:中)?(?:存在|面临)的?(?:主要|突出)?(?:的)?(?:问题|不足|困难)|(?:主要)?(?:问题|不足|短板)"
    "|(?:主要|整改|改进|今后|下一步|下步)(?:的|工作|改进|整改)?(?:措施|打算|思路|情况|计划)"
)
"""What is no sentence, even where no other heading of the part has text behind it."""


def empty_headings(report: Report, last: Report | None) -> Iterator[Finding]:
    """A heading with nothing under it (N212)."""
    for section in report.form.sections:
        paragraphs = report.narratives.get(section.name, ())
        headings = [n for n, _ in enumerate(paragraphs) if _is_short(paragraphs, n)]
        empty = [n for n in headings if not _has_text(paragraphs, n)]
        others_have = any(
            paragraph.heading and _has_text(paragraphs, n) for n, paragraph in enumerate(paragraphs)
        )
        for n in empty:
            paragraph = paragraphs[n]
            words = _words(paragraph)
            if _IS_HEADING.fullmatch(words) or (others_have and paragraph.heading):
                yield _told(section, paragraph, "下面没有内容", "补上内容，或者删去这个标题")


def repeated_headings(report: Report, last: Report | None) -> Iterator[Finding]:
    """The printed heading of a part typed again in its own text (N212)."""
    for section, paragraph in report.paragraphs():
        if outline.is_printed_anyway(report, section, paragraph):
            yield _told(section, paragraph, "是这份表式印好的标题，会印两遍", "删去这一行")


def _told(section: Section, paragraph: Paragraph, said: str, hint: str) -> Finding:
    return finding(
        "N212",
        f"“{section.label}”里的“{paragraph.text}”{said}。",
        subject=f"{section.key} {squeeze(paragraph.text)}",
        at=paragraph.words(0, len(paragraph.text)),
        hint=hint,
    )


def _words(paragraph: Paragraph) -> str:
    """A heading without its number and its stop."""
    text = folded(paragraph.text)
    number = outline.numbered(text)
    return text[number[1].end() if number else 0 :].strip(" 　。：:")


def _is_short(paragraphs: Sequence[Paragraph], n: int) -> bool:
    text = folded(paragraphs[n].text)
    return (
        outline.numbered(text) is not None
        and len(text) <= _LONGEST
        and not re.search("[，,；;]", text)
        and "。" not in text.rstrip("。")
    )


def _has_text(paragraphs: Sequence[Paragraph], n: int) -> bool:
    """True where a heading is followed on its line, or by a line that is not its like."""
    own = outline.numbered(folded(paragraphs[n].text))
    if paragraphs[n].heading and paragraphs[n].body.strip():
        return True
    if not own or n + 1 == len(paragraphs):
        return False
    following = outline.numbered(folded(paragraphs[n + 1].text))
    kinds = list(outline.KINDS)
    return following is None or kinds.index(following[0]) > kinds.index(own[0])
