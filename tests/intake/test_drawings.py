"""The drawings themselves: a reader that is not ours opens each and finds what it should say."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import docx
import pytest
from intake.changes import CELLS, TEXTS, Change, edited
from intake.layouts import Layout
from intake.layouts.every import LAYOUTS, plain, texts_in
from support import part

NOT_FOR_PYTHON_DOCX = {"strict-open-xml"}
"""What python-docx does not open."""


def test_there_are_enough_and_no_name_twice() -> None:
    names = Counter(layout.name for layout in LAYOUTS)
    assert not [name for name, count in names.items() if count > 1]
    assert len(names) >= 70


@pytest.mark.parametrize("layout", part(20, LAYOUTS), ids=str)
def test_a_drawing_says_what_is_expected_of_it(layout: Layout) -> None:
    report, data = layout.drawn()
    if layout.suffix == ".docx" and layout.name not in NOT_FOR_PYTHON_DOCX:
        docx.Document(BytesIO(data))
    printed = Counter(plain(text) for text in report.printed.values() if plain(text))
    assert not printed - texts_in(data, layout.suffix)


@pytest.mark.parametrize("layout", part(20, LAYOUTS), ids=str)
def test_an_expectation_can_be_met(layout: Layout) -> None:
    """Every cell has a reading, and what may be left blank has a text to be quoted."""
    report, _ = layout.drawn()
    assert set(report.reads) == set(report.figures)
    assert all(report.reads.values())
    assert {cell for cell, reads in report.reads.items() if None in reads} <= set(report.stood)


def test_there_are_enough_changes() -> None:
    assert len(CELLS) == 200
    assert len(TEXTS) >= 60


@pytest.mark.parametrize("change", part(30, [*CELLS, *TEXTS]), ids=str)
def test_a_change_changes_what_it_says(change: Change) -> None:
    before, after = (texts_in(data, ".docx") for data in (edited(), change.document()))
    assert before != after
    if change.cell:
        assert (before - after, after - before) == (Counter([change.was]), Counter([change.now]))
