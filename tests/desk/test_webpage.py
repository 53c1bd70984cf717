"""Whatever an office types stands on the page as it was typed, or nothing is written."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import EXAMPLE

from nianbao.chinese.characters import FORBIDDEN_IN_TEXT
from nianbao.desk import webpage
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Rejected
from nianbao.report.report import Paragraph, Report
from nianbao.word import render

PART = "存在问题"
MARKS = ["<", ">", "&", "&lt;", "&#10;", "</p>", "</main>", "<!--", "-->", "]]>", "<table>", '"']
ODD = st.one_of(
    st.sampled_from([*MARKS, "\t", "  ", "\u3000", "\xa0", "\u200b", "\ufeff", "𠮷", "🙂"]),
    st.characters(exclude_categories=("Cs", "Cc")).filter(
        lambda c: not FORBIDDEN_IN_TEXT.search(c)
    ),
)


@cache
def example() -> tuple[Session, Report]:
    session = Session()
    report, _ = session.read(EXAMPLE)
    return session, report


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@settings(max_examples=40, deadline=None)
@given(st.lists(ODD, min_size=1, max_size=40).map("".join))
def test_any_text_is_printed_as_it_is(text: str) -> None:
    session, report = example()
    typed = f"始{text}终"
    place = report.narratives[PART][0].location
    line = Paragraph("", typed, place, over=PART)
    report = replace(report, narratives={**report.narratives, PART: (line,)})
    ready = session.shelf.compiled(report.form, report.script)
    page = webpage.of(ready, report, render.render(ready, report)).decode()
    lines = _Lines()
    lines.feed(page)
    assert typed in "".join(lines.said)


def test_a_page_of_another_report_is_refused() -> None:
    session, report = example()
    ready = session.shelf.compiled(report.form, report.script)
    place = report.narratives[PART][0].location
    other = replace(
        report, narratives={**report.narratives, PART: (Paragraph("", "别的话", place, over=PART),)}
    )
    with pytest.raises(Rejected) as refused:
        webpage.of(ready, other, render.render(ready, report))
    (finding,) = refused.value.findings
    assert (finding.code, refused.value.exit_code) == ("W107", 3)
