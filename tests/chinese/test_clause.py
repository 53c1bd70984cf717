"""A sentence falls into clauses with one number each, and nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.chinese.clause import blanked, sentences, years_of


def split(text: str) -> list[list[str]]:
    return [[clause.text for clause in sentence.clauses] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("新收3件，上年结转1件，共4件。", [["新收3件", "上年结转1件", "共4件"]]),
        ("来信359件其中答复351件", [["来信359件", "其中答复351件"]]),
        ("甲1件；乙2件。丙（丁3件）", [["甲1件", "乙2件"], ["丙", "丁3件"]]),
        ("共1,234件，罚款3.5万元", [["共1,234件", "罚款3.5万元"]]),
        ("《条例，第3条。》甲1件", [["＊" * 9 + "甲1件"]]),
        ("", []),
    ],
)
def test_a_clause_ends_at_its_punctuation_or_its_number(
    text: str, clauses: list[list[str]]
) -> None:
    assert split(text) == clauses


@given(st.text(alphabet="新收3件12，。、；（）《》 %", max_size=40))
def test_clauses_stand_where_they_say(text: str) -> None:
    shown = blanked(text)
    for sentence in sentences(text):
        for clause in sentence.clauses:
            assert shown[clause.start : clause.end] == clause.text
            if clause.quantity:
                assert clause.start <= clause.quantity.start < clause.quantity.end <= clause.end


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("In 2023, the agency received 1,200 requests.", [2023]),
        ("During fiscal year 2023 the agency received 1,100 requests.", [2023]),
        ("More than in FY2023.", [2023]),
        ("It resulted in 2010 requests.", []),
        ("It resulted in 2,010 requests, in 2010,5 or so.", []),
        ("2023年，收到申请2010件。", [2023]),
    ],
)
def test_a_year_in_english_is_no_count(text: str, years: list[int]) -> None:
    assert [year for *_, year in years_of(text)] == years
