"""A number and the words on both sides of it, up to the numbers beside."""

from __future__ import annotations

from support import FORM, read_form

from nianbao.sentence import words
from nianbao.sentence.place import places

KNOWN = words.vocabulary(read_form(FORM).claims, 2025)


def test_the_words_of_a_number_end_at_the_numbers_beside_it() -> None:
    stretch = words.Stretch(tuple(words.cut("收到3件申请答复2件", KNOWN)), "", 0)
    first, second = places(stretch)
    assert [word.text for word in first.back] == [word.text for word in second.front]
    assert (int(first.quantity.value), int(second.quantity.value)) == (3, 2)
    assert (first.last, second.last) == (False, True)


def test_a_stretch_without_a_number_has_no_place() -> None:
    assert not list(places(words.Stretch(tuple(words.cut("收到申请", KNOWN)), "", 0)))
