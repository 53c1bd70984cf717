"""A text by its lines: each end that a system types, and place and offset as each other."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from nianbao.chinese import lines
from nianbao.diagnostics import Location

texts = st.text(alphabet="甲a\r\n\u2028\x0b", max_size=30)


def test_every_system_ends_its_lines() -> None:
    found = lines.of("甲\r\n乙\n\n丙\r丁")
    assert found.texts == ("甲", "乙", "", "丙", "丁")
    assert found.ends == ("\r\n", "\n", "\n", "\r", "")
    assert found.starts == (0, 3, 5, 6, 8)
    assert found.end == Location(5, 2)


def test_an_empty_text_has_one_line() -> None:
    assert lines.of("") == lines.Lines(("",), ("",), (0,))


@given(texts)
def test_nothing_of_a_text_is_lost(text: str) -> None:
    found = lines.of(text)
    assert found.text == text
    assert list(found.texts) == re.split("\r\n|\r|\n", text)


@given(texts)
def test_an_offset_is_a_place_and_back(text: str) -> None:
    found = lines.of(text)
    assert [found.offset(found.place(at)) for at in range(len(text))] == list(range(len(text)))
    assert found.offset(found.end) == len(text)
