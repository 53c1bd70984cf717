"""Sums that must agree: read as written, compared exactly, told without exponents."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.form import equation

counts = st.integers(0, 10**12)


def test_names_keep_their_order_and_lose_their_blanks() -> None:
    read = equation.parse(" 甲 + 乙.丙 ＝ 丁＋ 戊 ")
    assert (read.left, read.right) == (("甲", "乙.丙"), ("丁", "戊"))
    assert read.terms == ("甲", "乙.丙", "丁", "戊")


@pytest.mark.parametrize("text", ["甲", "甲 = 乙 = 丙", "", "= 甲", "甲 + = 乙", "甲 = + 乙"])
def test_what_is_no_equation_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match=r"[等加]号"):
        equation.parse(text)


@pytest.mark.parametrize("text", ["", "甲+", "+甲", "甲 ++ 乙"])
def test_a_sum_has_a_name_on_both_sides_of_each_plus(text: str) -> None:
    with pytest.raises(ValueError, match="名称"):
        equation.parse_sum(text)


@given(st.lists(counts, min_size=1, max_size=7), counts)
def test_the_difference_is_left_less_right(left: list[int], right: int) -> None:
    values = {f"n{i}": Decimal(v) for i, v in enumerate(left)} | {"total": Decimal(right)}
    read = equation.parse(" + ".join(f"n{i}" for i in range(len(left))) + " = total")
    balance = equation.evaluate(read, values.__getitem__)
    assert (balance.left, balance.right) == (sum(left), right)
    assert balance.difference == sum(left) - right


def test_amounts_are_added_exactly() -> None:
    read = equation.parse("甲 + 乙 = 丙")
    worth = {"甲": Decimal("0.1"), "乙": Decimal("0.2"), "丙": Decimal("0.3")}
    assert equation.evaluate(read, worth.__getitem__).difference == 0


@pytest.mark.parametrize(
    ("number", "shown"),
    [("3", "3"), ("0.50", "0.5"), ("59237.2449", "59237.2449"), ("1E+3", "1000"), ("2.0", "2")],
)
def test_a_number_is_shown_plainly(number: str, shown: str) -> None:
    assert equation.show(Decimal(number)) == shown


def test_a_difference_carries_its_sign() -> None:
    assert [equation.show_difference(Decimal(n)) for n in (1, -2, 0)] == ["+1", "-2", "0"]
