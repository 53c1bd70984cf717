"""A quoted line: the mark stands under the place on any screen, however the line is made."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.chinese.excerpt import quote


def columns(text: str) -> int:
    """The screen columns of a text, counted apart from the module under test."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in ("F", "W"))
        for char in text
    )


@pytest.mark.parametrize(
    ("line", "column", "quoted", "before"),
    [
        ("规章: 3", 5, "规章: 3", 6),
        ("a: b", 1, "a: b", 0),
        ("ｱｲ: ３", 5, "ｱｲ: ３", 4),
        ("e\u0301x", 3, "e\u0301x", 1),
        ("甲\u200b乙", 3, "甲乙", 2),
        ("\u202e甲乙", 3, "甲乙", 2),
        ("\t规章", 2, "    规章", 4),
        ("甲\x1b[31m乙", 7, "甲?[31m乙", 7),
        ("甲   ", 2, "甲", 2),
        ("", 1, "", 0),
        ("甲", 9, "甲", 2),
    ],
)
def test_the_mark_stands_under_the_place(line: str, column: int, quoted: str, before: int) -> None:
    assert quote(line, column, 60) == (quoted, " " * before + "^")


def test_a_chinese_console_draws_quotes_wide() -> None:
    assert quote("“甲”乙", 4, 60)[1].index("^") == 4
    assert quote("“甲”乙", 4, 60, ambiguous=2)[1].index("^") == 6


@pytest.mark.parametrize("column", [1, 2, 20, 40, 99, 100, 101])
def test_a_long_line_is_cut_to_a_window(column: int) -> None:
    line = "".join(chr(0x4E00 + n) for n in range(100))
    quoted, mark = quote(line, column, 40)
    assert columns(quoted) <= 40
    assert columns(quoted) >= 34
    assert quoted.startswith("...") == (column >= 20)
    if column <= 100:
        before = quoted[: quoted.index(line[column - 1])]
        assert columns(before) == mark.index("^")
    else:
        assert columns(quoted) == mark.index("^")


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"])),
    st.integers(1, 300),
    st.integers(20, 80),
)
def test_whatever_the_line_the_mark_is_right_and_it_fits(line: str, column: int, room: int) -> None:
    marked = line[: column - 1] + "\ue000" + line[column - 1 :]
    quoted, mark = quote(marked, min(column, len(line) + 1), room)
    assert columns(quoted) <= room
    assert columns(mark) <= room
    assert columns(quoted[: quoted.index("\ue000")]) == len(mark) - 1
