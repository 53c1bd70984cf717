"""Which sums a count may equal."""

from __future__ import annotations

from support import FORM, read_form

from nianbao.sentence import passage, words

KNOWN = words.vocabulary(read_form(FORM).claims, 2025)


def readings(text: str) -> list[int]:
    """How many sums each count of a sentence may equal."""
    (said,) = passage.read(text, KNOWN, ())
    return [len(stated.readings) for stated in said.statements]


def test_two_parts_before_one_number_are_one_sum() -> None:
    assert readings("政府信息公开申请中予以公开和部分公开9件") == [1]


def test_a_column_is_of_the_row_named_before_too() -> None:
    rows = "政府信息公开行政诉讼5件，其中复议后起诉3件，维持2件，尚未审结1件"
    assert readings(rows) == [1, 1, 2, 2]


def test_the_new_less_what_is_carried_over_only_where_that_is_spoken_of() -> None:
    assert readings("答复政府信息公开申请44件") == [2]
    assert readings("答复政府信息公开申请44件，4件结转下年度") == [3, 1]


def test_a_total_behind_several_counts_adds_all_of_them_or_the_last() -> None:
    outcomes = "政府信息公开申请予以公开1件；部分公开2件；不予公开3件；总计6件"
    assert readings(outcomes) == [1, 1, 1, 2]
