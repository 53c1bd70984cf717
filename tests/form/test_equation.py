"""Sums that must agree: read as written, compared exactly, told without exponents."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.form import equation
from nianbao.form.equation import Addend, Balance, Relation

counts = st.integers(0, 10**12)


def texts(addends: tuple[Addend, ...]) -> list[str]:
    """Terms as written, a minus in front of what is taken off."""
    return [("-" if addend.minus else "") + addend.text for addend in addends]


def test_names_keep_their_order_and_lose_their_blanks() -> None:
    read = equation.parse(" 甲 + 乙.丙 ＝ 丁＋ 戊 ")
    assert (texts(read.left), texts(read.right)) == (["甲", "乙.丙"], ["丁", "戊"])
    assert texts(read.terms) == ["甲", "乙.丙", "丁", "戊"]
    assert read.relation is Relation.EQUAL


@pytest.mark.parametrize("text", ["甲", "甲 = 乙 = 丙", "", "= 甲", "甲 + = 乙", "甲 = + 乙"])
def test_what_is_no_equation_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match=r"[等加]号"):
        equation.parse(text)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("甲 - 乙 = 丙", ["甲", "-乙"], ["丙"]),
        ("甲 － 乙 + 丙 = 丁", ["甲", "-乙", "丙"], ["丁"]),
        ("甲\u3000−\u3000乙＝丙", ["甲", "-乙"], ["丙"]),
        ("Full-Time + Part-Time = 合计", ["Full-Time", "Part-Time"], ["合计"]),
        ("本年增/减 = 甲 - 乙", ["本年增/减"], ["甲", "-乙"]),
        ("甲 = -3", ["甲"], ["-3"]),
    ],
)
def test_a_minus_stands_between_blanks(text: str, left: list[str], right: list[str]) -> None:
    read = equation.parse(text)
    assert (texts(read.left), texts(read.right)) == (left, right)


@pytest.mark.parametrize(
    ("sign", "relation", "holds"),
    [
        ("=", Relation.EQUAL, [False, True, False]),
        ("＝", Relation.EQUAL, [False, True, False]),
        ("≤", Relation.AT_MOST, [True, True, False]),
        ("<=", Relation.AT_MOST, [True, True, False]),
        ("＜＝", Relation.AT_MOST, [True, True, False]),
        ("≦", Relation.AT_MOST, [True, True, False]),
        ("≥", Relation.AT_LEAST, [False, True, True]),
        (">=", Relation.AT_LEAST, [False, True, True]),
        ("＞=", Relation.AT_LEAST, [False, True, True]),
        ("≧", Relation.AT_LEAST, [False, True, True]),
    ],
)
def test_what_stands_between_the_sides(sign: str, relation: Relation, holds: list[bool]) -> None:
    read = equation.parse(f"甲{sign}乙")
    assert (texts(read.terms), read.relation) == (["甲", "乙"], relation)
    five = Decimal(5)
    assert [Balance(Decimal(n), five).holds(relation) for n in (4, 5, 6)] == holds
    assert all(Balance(Decimal(n), five).holds(relation, Decimal(1)) for n in (4, 5, 6))


@pytest.mark.parametrize("text", ["甲 < 乙", "甲 ≠ 乙", "甲 ＞ 乙"])
def test_less_than_is_no_tie(text: str) -> None:
    with pytest.raises(ValueError, match="不能写小于、大于"):
        equation.parse(text)


@pytest.mark.parametrize(
    ("left", "right", "times", "decimals", "rounded"),
    [
        ("1", "3", 100, 2, "33.33"),
        ("1", "8", 100, 1, "12.5"),
        ("1", "8", 100, 0, "13"),
        ("1", "2", 1, 0, "1"),
        ("-1", "8", 100, 0, "-13"),
        ("1", "-8", 100, 0, "-13"),
        ("0", "8", 100, 2, "0.00"),
        ("1.005", "1", 1, 2, "1.01"),
        ("2", "3", 1, 40, f"0.{'6' * 39}7"),
    ],
)
def test_a_quotient_is_rounded_half_up(
    left: str, right: str, times: int, decimals: int, rounded: str
) -> None:
    balance = Balance(Decimal(left), Decimal(right))
    assert str(balance.quotient(times=times, decimals=decimals)) == rounded


def test_a_quotient_has_one_slash_between_blanks() -> None:
    read = equation.parse_quotient("本年增/减 + 乙 ／ 丙")
    assert (texts(read.left), texts(read.right)) == (["本年增/减", "乙"], ["丙"])
    for text in ("甲/乙", "甲 / 乙 / 丙", "甲", ""):
        with pytest.raises(ValueError, match="斜线"):
            equation.parse_quotient(text)


@pytest.mark.parametrize("text", ["", "甲+", "+甲", "甲 ++ 乙"])
def test_a_sum_has_a_name_on_both_sides_of_each_plus(text: str) -> None:
    with pytest.raises(ValueError, match="名称"):
        equation.parse_sum(text)


@given(st.lists(counts, min_size=1, max_size=7), counts)
def test_the_difference_is_left_less_right(left: list[int], right: int) -> None:
    values = {f"n{i}": Decimal(v) for i, v in enumerate(left)} | {"total": Decimal(right)}
    read = equation.parse(" + ".join(f"n{i}" for i in range(len(left))) + " = total")
    balance = equation.evaluate(read, lambda addend: values[addend.text])
    assert (balance.left, balance.right) == (sum(left), right)
    assert balance.difference == sum(left) - right


def test_amounts_are_added_exactly() -> None:
    read = equation.parse("甲 + 乙 = 丙")
    worth = {"甲": Decimal("0.1"), "乙": Decimal("0.2"), "丙": Decimal("0.3")}
    assert equation.evaluate(read, lambda addend: worth[addend.text]).difference == 0


@pytest.mark.parametrize(
    ("number", "shown"),
    [("3", "3"), ("0.50", "0.5"), ("59237.2449", "59237.2449"), ("1E+3", "1000"), ("2.0", "2")],
)
def test_a_number_is_shown_plainly(number: str, shown: str) -> None:
    assert equation.show(Decimal(number)) == shown


def test_a_difference_carries_its_sign() -> None:
    assert [equation.show_difference(Decimal(n)) for n in (1, -2, 0)] == ["+1", "-2", "0"]
