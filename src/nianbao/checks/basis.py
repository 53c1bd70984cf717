"""The documents that a report goes by: the number of its format, and what is cited wrongly.

Knows how a document's number is written and that it stands behind the name.
Which document that is, and which citations are out of date, the form declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nianbao.chinese.wording import folded, plain
from nianbao.diagnostics import Finding, finding
from nianbao.report.report import Paragraph, Report, Words

_CLOSING = r"[》〉」』”\"]{0,3}"
_CITATION = re.compile(
    _CLOSING
    + r"(?:[（(](?:试行|\d{4}年?版)[）)])?"
    + _CLOSING
    + "(?:的通知)?"
    + _CLOSING
    + r"\s?[（(【\[]"
    r"(?P<cited>[^《》。；;]{0,80})"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,12}\s?[〔\[【（(［]\s?\d{2,4}\s?[〕\]】）)］]\s?第?\s?\d+\s?号"
)


def basis(report: Report, last: Report | None) -> Iterator[Finding]:
    """A number behind the format's name that is not the form's (N206); what is miscited (N216)."""
    for section, paragraph in report.paragraphs():
        wrong = list(_format_cited(report, paragraph))
        for words in wrong:
            typed = _typed(words)
            yield finding(
                "N206",
                f"“{section.label}”引的{report.form.requirements.cited}是“{typed}”，"
                f"这份表式的文号是“{report.form.document_number}”。",
                subject=f"{section.key} {''.join(typed.split())}",
                at=words,
                hint=f"改成 {report.form.document_number}",
            )
        if wrong:
            continue
        for words, right in _miscited(report, paragraph):
            yield finding(
                "N216",
                f"“{section.label}”里的“{_typed(words)}”过时了，或者写错了，应为“{right}”。",
                subject=f"{section.key} {''.join(_typed(words).split())}",
                at=words,
                hint=f"改成 {right}",
            )


def _format_cited(report: Report, paragraph: Paragraph) -> Iterator[Words]:
    named, right = report.form.requirements.cited, report.form.document_number
    if not named or not right:
        return
    text = folded(paragraph.text)
    for found in re.finditer(re.escape(named), text):
        cited = _CITATION.match(text, found.end())
        numbers = list(_NUMBER.finditer(cited["cited"])) if cited else []
        if not cited or not numbers or numbers[0].start() > 3:
            continue
        if not any(plain(right) in plain(number[0]) for number in numbers):
            at = cited.start("cited") + numbers[0].start()
            yield paragraph.words(at, at + len(numbers[0][0]))


def _miscited(report: Report, paragraph: Paragraph) -> Iterator[tuple[Words, str]]:
    text = folded(paragraph.text)
    for wrong in report.form.requirements.misquotations:
        for found in _spaced(wrong.typed).finditer(text):
            yield paragraph.words(*found.span()), wrong.right


@cache
def _spaced(words: str) -> re.Pattern[str]:
    """`words` however they are punctuated."""
    return re.compile(r"(?<!\d)" + r"[\W_]{0,2}".join(map(re.escape, plain(words))))


def _typed(words: Words) -> str:
    return words.paragraph.text[words.start : words.end]
