"""What was left standing of a report that is shipped to copy from.

Knows that a sample's telephone and address can be nobody else's. Which words
those are, and whose, the form declares (样稿).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nianbao.checks import places
from nianbao.chinese.wording import folded, plain
from nianbao.diagnostics import Finding, Related, finding
from nianbao.form.requirement import Sample
from nianbao.report.report import Paragraph, Report, Words


def copied_from_sample(report: Report, last: Report | None) -> Iterator[Finding]:
    """Words of a shipped sample in the report of another unit (N211), once a sample."""
    for sample in _of_others(report):
        found = [
            (section, words)
            for section, paragraph in report.paragraphs()
            for words in _standing(sample, paragraph)
        ]
        if found:
            section, first = found[0]
            said = "”“".join(dict.fromkeys(_typed(words) for _, words in found))
            yield finding(
                "N211",
                f"“{section.label}”里的“{said}”是随程序带的样本（{sample.unit}）里的，"
                f"本报告的单位是“{report.unit}”。",
                at=first,
                hint="换成本单位的地址、电话",
                related=[Related(words.location, _typed(words)) for _, words in found[1:]],
            )


def holds(report: Report, paragraph: Paragraph) -> bool:
    """True where words of another unit's sample stand in `paragraph`."""
    return any(True for sample in _of_others(report) for _ in _standing(sample, paragraph))


def _of_others(report: Report) -> list[Sample]:
    unit = folded(report.unit)
    samples = report.form.requirements.samples if unit else ()
    return [s for s in samples if not places.is_one_place(unit, folded(s.unit))]


def _standing(sample: Sample, paragraph: Paragraph) -> Iterator[Words]:
    text = folded(paragraph.text)
    for words in sample.words:
        for found in _spaced(words).finditer(text):
            yield paragraph.words(*found.span())


@cache
def _spaced(words: str) -> re.Pattern[str]:
    """`words` however they are punctuated."""
    spaced = r"[\W_]{0,3}".join(map(re.escape, plain(words)))
    return re.compile(rf"(?<!\d){spaced}(?!\d)")


def _typed(words: Words) -> str:
    return words.paragraph.text[words.start : words.end]
