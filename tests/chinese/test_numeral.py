"""Numbers in Chinese text are found with what they count, and estimates are known as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.chinese.numeral import of_chinese, quantities


def read(text: str) -> list[tuple[str, str]]:
    return [(str(q.value), q.unit) for q in quantities(text) if not q.approximate]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收到3件", [("3", "件")]),
        ("收到 1 234 件", [("1234", "件")]),
        ("收到1,234件", [("1234", "件")]),
        ("十二件、两件、一百零三件", [("12", "件"), ("2", "件"), ("103", "件")]),
        ("一百二十件、一千零五件、一百二件", [("120", "件"), ("1005", "件"), ("120", "件")]),
        ("占33.3%，百分之五十，百分之三点五", [("33.3", "%"), ("50", "%"), ("3.5", "%")]),
        ("0.02万元，200元", [("0.02", "万元"), ("200", "元")]),
        ("零件", [("0", "件")]),
        ("申请数12件", [("12", "件")]),
        ("2025年1月1日，第3件，第十二条，电话0745-3602131", []),
        ("一起办理，一件事一次办", [("1", "次")]),
        ("3-5件", []),
    ],
)
def test_what_counts_something_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "60余人次",
        "近3件",
        "约三十件",
        "数十件",
        "上百件",
        "20多件",
        "三五件",
        "2至3件",
        "3.2万件",
        "100件以上",
        "30件左右",
        "几十件",
    ],
)
def test_an_estimate_is_never_exact(text: str) -> None:
    assert list(quantities(text))
    assert read(text) == []


@given(st.integers(0, 10**9), st.sampled_from("件起例次份宗条项"))
def test_every_count_is_read_back(number: int, unit: str) -> None:
    (found,) = quantities(f"共{number}{unit}，")
    assert (found.value, found.unit) == (number, unit)


def chinese(number: int) -> str:
    """A number below 10,000 as it is written out."""
    digits, text = "零一二三四五六七八九", ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += digits[digit] + name
        elif text and not text.endswith("零") and number % power:
            text += "零"
    return text or "零"


@given(st.integers(0, 9999))
def test_a_number_written_out_is_that_number(number: int) -> None:
    assert of_chinese(chinese(number)) == number


@given(st.text(alphabet="一二十百千万零两点0123,.件%余近第 ", max_size=30))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for found in quantities(text):
        assert 0 <= found.start < found.end <= len(text)
