"""What a narrative must come to, and how long it may be.

Knows that a point is made where one of its words stands anywhere in the part;
which points, words and lengths, the form declares (写法要求). A part that is
empty is told when it is read (N001) and not again here.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.chinese.phrase import compiled
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, finding
from nianbao.form.form import Section
from nianbao.form.requirement import Mention
from nianbao.report.report import Paragraph, Report


def mentions(report: Report, last: Report | None) -> Iterator[Finding]:
    """A point that its part does not come to (N201); a part cut short is told by N202 alone."""
    for section, paragraphs in _written(report):
        least, _ = _limits(report, section)
        if _length(paragraphs) < least:
            continue
        texts = [report.form.manner.folded(paragraph.text) for paragraph in paragraphs]
        lacking = [
            mention
            for mention in report.form.requirements.mentions
            if mention.section == section.name and _lacks(mention, texts, report)
        ]
        for point in _told_once(lacking):
            yield finding(
                "N201",
                f"“{section.label}”没有写到{point}。",
                subject=f"{section.key} {point}",
                at=report.at(section.key),
                hint=f"补写{point}；确实没有的，也用一句话写明",
            )


def lengths(report: Report, last: Report | None) -> Iterator[Finding]:
    """A part that says next to nothing (N202) or more than anybody reads (N302)."""
    for section, paragraphs in _written(report):
        least, most = _limits(report, section)
        length = _length(paragraphs)
        if length < least:
            yield finding(
                "N202",
                f"“{section.label}”只写了 {length} 个字，少于 {least} 个字。",
                subject=f"{section.key} {length}",
                at=paragraphs[0].words(0, len(paragraphs[0].text)),
                hint=section.guidance or "写具体些",
            )
        if most is not None and length > most:
            yield finding(
                "N302",
                f"“{section.label}”有 {length} 个字，比 {most} 个字多 {length - most} 个。",
                at=report.at(section.key),
                hint="删去套话，只留做了什么、结果怎样",
            )


def _written(report: Report) -> Iterator[tuple[Section, tuple[Paragraph, ...]]]:
    for section in report.form.sections:
        paragraphs = report.narratives.get(section.name)
        if paragraphs:
            yield section, paragraphs


def _lacks(mention: Mention, texts: list[str], report: Report) -> bool:
    def stands(words: tuple[str, ...]) -> bool:
        return any(compiled(words, report.year).stands_in(text) for text in texts)

    if mention.units and not report.unit_ends_in(mention.units):
        return False
    return (not mention.when or stands(mention.when)) and not stands(mention.words)


def _told_once(lacking: list[Mention]) -> Iterator[str]:
    """The points that are lacking, those that are told together as one: 甲、乙."""
    points = {mention.point for mention in lacking}
    for mention in lacking:
        if mention.told_with not in points:
            with_it = [other.point for other in lacking if other.told_with == mention.point]
            yield "、".join((mention.point, *with_it))


def _limits(report: Report, section: Section) -> tuple[int, int | None]:
    """The fewest characters of a section and the most, None for no limit."""
    for length in report.form.requirements.lengths:
        if length.section == section.name:
            return length.least or 0, length.most
    return 0, None


def _length(paragraphs: tuple[Paragraph, ...]) -> int:
    """Characters as printed, without blanks."""
    return sum(char not in BLANKS for paragraph in paragraphs for char in paragraph.text)
