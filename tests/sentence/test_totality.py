"""“All” is all of what has just been counted."""

from __future__ import annotations

import pytest
from support import FORM, read_form

from nianbao.sentence import passage, words

KNOWN = words.vocabulary(read_form(FORM).claims, 2025)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("收到政府信息公开申请3件，均在20个工作日内答复", ["答复办结"]),
        ("3件政府信息公开申请已全部办理完毕", ["答复办结"]),
        ("政府信息公开行政复议3件，均已审结", ["行政复议已审结"]),
        ("收到政府信息公开申请3件，均为自然人申请", ["自然人"]),
        ("收到政府信息公开申请3件，来信9件，均已答复", []),
        ("收到政府信息公开申请3件，其余均已答复", []),
        ("收到政府信息公开申请3件，均当场答复", []),
    ],
)
def test_what_all_of_it_is(text: str, claims: list[str]) -> None:
    (said,) = passage.read(text, KNOWN, ())
    assert [denied.claim.name for denied in said.denied] == claims
