"""Changes and shares that the text itself can be held to."""

from __future__ import annotations

import pytest
from support import FORM, read_form

from nianbao.sentence import passage, words
from nianbao.sentence.said import GrowthInText

KNOWN = words.vocabulary(read_form(FORM).claims, 2025)


@pytest.mark.parametrize(
    "text",
    [
        "行政处罚136件，上年为120件，增长15.3%",
        "行政处罚136件，去年同期120件，同比上升15.3%",
        "行政处罚136件，与2024年的120件相比，增长15.3%",
        "行政处罚136件，比2024年（120件）增长15.3%",
    ],
)
def test_last_years_number_stands_beside_this_years(text: str) -> None:
    (said,) = passage.read(text, KNOWN, ())
    (growth,) = said.growths
    assert isinstance(growth, GrowthInText)
    assert (growth.now.value, growth.before.value) == (136, 120)
