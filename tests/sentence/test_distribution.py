"""Several numbers behind one 分别 belong one by one to what is named in front."""

from __future__ import annotations

import pytest
from support import FORM, read_form

from nianbao.sentence import passage, words

KNOWN = words.vocabulary(read_form(FORM).claims, 2025)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("政府信息公开申请予以公开、部分公开分别为1件、2件", {"予以公开": 1, "部分公开": 2}),
        ("政府信息公开申请予以公开和部分公开分别为1件和2件", {"予以公开": 1, "部分公开": 2}),
        ("行政许可、行政处罚分别为41件、6件", {"行政许可": 41, "行政处罚": 6}),
        ("收到申请公开的信息3件，行政许可、行政处罚分别为41件", {"本年新收": 3}),
        ("政府信息公开申请予以公开、部分公开、不予公开分别为1件、2件", {}),
        ("行政许可、车辆、行政处罚分别为41件、6件、3件", {}),
        ("行政许可、行政处罚各3件", {}),
    ],
)
def test_as_many_numbers_as_things_are_read_one_by_one(text: str, counts: dict[str, int]) -> None:
    (said,) = passage.read(text, KNOWN, ())
    assert {s.name: int(s.quantity.value) for s in said.statements} == counts
