"""The small way of writing words that a form file's author uses."""

from __future__ import annotations

import pytest

from nianbao.chinese.phrase import Phrases, compiled, fault_of


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("上（一）年（度）结转", "另有上一年度结转2件", "上一年度结转"),
        ("上（一）年（度）结转", "另有上年结转2件", "上年结转"),
        ("结转（至|到）下年", "1件结转到下年", "结转到下年"),
        ("〔收|接〕到", "共接到3件", "接到"),
        ("〔收|接〕到", "共得到3件", None),
        ("未收到…申请", "未收到公民、法人提出的公开申请", "未收到公民、法人提出的公开申请"),
        ("未收到…申请", "未收到来信，收到申请", None),
        ("未收到…申请", "未收到3件申请", None),
        ("{{上年度}}年结转", "2024年结转1件", "2024年结转"),
        ("{{下年度}}年", "2024年", None),
        ("a.c", "abc", None),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, text: str, found: str | None) -> None:
    matched = compiled((phrase,), 2025).search(text)
    assert (text[matched.start : matched.end] if matched else None) == found


def test_the_longer_of_two_phrases_wins() -> None:
    matched = compiled(("公开", "公开处理"), 2025).search("公开处理费")
    assert matched
    assert (matched.start, matched.end) == (0, 4)


def test_no_phrase_finds_nothing() -> None:
    assert compiled((), 2025).search("公开") is None


@pytest.mark.parametrize(
    "wrong",
    ["", "上（一年", "上一）年", "上（）年", "甲|乙", "（〔甲〕）", "〔甲|〕", "（|甲）乙", "（度）", "…",
     "{{单位}}", "收到申請", "１２３４５"],
)  # fmt: skip
def test_what_is_no_phrase(wrong: str) -> None:
    fault = fault_of(wrong)
    assert fault
    assert all(fault)


@pytest.mark.parametrize("sound", ["{{上年度}}年（度）", "〔收|接〕到…申请", "＃件", "12345"])
def test_what_is_one(sound: str) -> None:
    assert fault_of(sound) is None


class _Counted(str):
    """A text that counts how often a character of it is asked for."""

    asked = 0

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        _Counted.asked += 1
        return super().__getitem__(at)


HARD = [
    ("甲" + "（乙）" * 15 + "丙", "甲" + "乙" * 15),
    ("甲…乙…丙…丁", "甲乙丙"),
    ("＃＃＃件", "123"),
]


@pytest.mark.parametrize(("phrase", "text"), HARD)
def test_ten_times_the_text_takes_ten_times_the_steps(phrase: str, text: str) -> None:
    steps = []
    for times in (400, 4000):
        phrases = Phrases([phrase], 2025)
        _Counted.asked = 0
        assert not phrases.stands_in(text * times)
        spelt = _Counted(text * times)
        for at in range(len(spelt)):
            phrases.longest(spelt, at)
        steps.append((_Counted.asked, len(phrases)))
    (few, states), (many, more_states) = steps
    assert many <= 11 * few
    assert more_states <= 11 * states


def test_ten_times_the_phrase_takes_ten_times_the_states() -> None:
    states = []
    for times in (6, 60):
        phrases = Phrases(["甲" + "（乙）" * times + "丙"], 2025)
        assert phrases.stands_in("甲" + "乙" * times + "丙")
        states.append(len(phrases))
    assert states[1] <= 11 * states[0]
