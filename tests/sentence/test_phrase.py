"""What owns a number: the words in front of it up to the first that may not stand between."""

from __future__ import annotations

import pytest
from support import FORM, read_form

from nianbao.sentence import phrase, words

KNOWN = words.vocabulary(read_form(FORM).claims, 2025)


@pytest.mark.parametrize(
    ("front", "owners", "end"),
    [
        ("作出行政许可决定", ["行政许可"], "作出"),
        ("制定并公开行政规范性文件", ["制定", "行政规范性文件"], ""),
        ("党内规范性文件", ["规范性文件"], "党内"),
        ("其中自然人", ["自然人"], "其中"),
    ],
)
def test_what_stands_in_front(front: str, owners: list[str], end: str) -> None:
    met = phrase.before(words.cut(front, KNOWN))
    assert [word.text for word in met.owners] == owners
    assert (met.end.text if met.end else "") == end


def test_a_noun_behind_ends_where_all_of_it_is_spoken_of() -> None:
    met = phrase.after(words.cut("政府信息公开申请全部办结", KNOWN))
    assert [word.text for word in met.owners] == ["政府信息公开申请"]


def test_and_with_an_unknown_word_is_open() -> None:
    assert phrase.before(words.cut("登记和部分公开", KNOWN)).open_ is False
    assert phrase.before(words.cut("解释和部分公开", KNOWN)).open_ is True
