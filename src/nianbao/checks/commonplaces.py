"""Sentences that could stand in any report of the land.

Knows that a figure, or a name of one's own, makes a sentence a unit's own.
Which words speak of everybody, the form declares (套话).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.chinese.clause import sentence_spans
from nianbao.chinese.phrase import compiled
from nianbao.chinese.wording import folded
from nianbao.diagnostics import Finding, finding
from nianbao.report.report import Report

_OF_ONES_OWN = re.compile(
    r"\d|[我本全](?:省|市|州|县|区|旗|镇|乡|街道|局|委|院|校)|[“《]|[一二两三四五六七八九十百]+[件个次条家名]"
)


def commonplaces(report: Report, last: Report | None) -> Iterator[Finding]:
    """Sentences without anything of one's own (N306): one note a part, with their share."""
    said = compiled(report.form.requirements.commonplaces, report.year)
    own = folded(report.short_name or report.unit)
    for section in report.form.sections:
        paragraphs = report.narratives.get(section.name, ())
        found = []
        for paragraph in paragraphs:
            text = report.form.manner.folded(paragraph.text)
            for start, end in sentence_spans(text):
                sentence = text[start:end]
                named = _OF_ONES_OWN.search(sentence) or (own and own in sentence)
                if said.stands_in(sentence) and not named and not paragraph.is_bound(start, end):
                    found.append(paragraph.words(start, end))
        if found:
            share = (
                100
                * sum(words.end - words.start for words in found)
                / sum(len(paragraph.text) for paragraph in paragraphs)
            )
            yield finding(
                "N306",
                f"“{section.label}”有 {len(found)} 句放在哪里的报告里都说得通，"
                f"占这一部分的 {share:.0f}%。",
                at=found[0],
                hint="写本单位的：哪一件事、几件、怎样改",
            )
