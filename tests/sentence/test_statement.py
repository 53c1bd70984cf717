"""Why a count is not read, told in words; what hangs from an unread count is not read either."""

from __future__ import annotations

import pytest
from support import FORM, read_form

from nianbao.sentence import passage, words

KNOWN = words.vocabulary(read_form(FORM).claims, 2025)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("政府信息公开申请48件，其中网上申请31件，予以公开13件", ["31", "13"]),
        ("政府信息公开申请48件，其中企业提交的6件，予以公开2件", ["6", "2"]),
        ("上年结转的5件政府信息公开申请，予以公开3件", ["3"]),
        ("因土地征收引起的行政复议9件、行政诉讼4件", ["9", "4"]),
        ("评查行政处罚案件20件、行政许可案件30件", ["20", "30"]),
        ("政府信息公开申请由河湖管理科牵头答复21件", ["21"]),
        ("各镇（街道）受理政府信息公开申请42件", ["42"]),
        ("行政复议14件，其中政府信息公开类6件", ["14"]),
        ("答复政府信息公开申请49件，提供信息86条，其中予以公开71条", ["86", "71"]),
        ("收到0件政府信息公开申请的部门", ["0"]),
        ("行政许可申请418件", ["418"]),
        ("重新答复的政府信息公开申请2件", ["2"]),
        ("政府信息公开申请中，其余111件为不予公开、无法提供等情形", ["111"]),
        ("政府信息公开申请登报自然人6件，企业3件", ["6"]),
    ],
)
def test_what_is_not_read(text: str, unread: list[str]) -> None:
    (said,) = passage.read(text, KNOWN, ())
    assert [str(one.quantity.value) for one in said.unread] == unread
    assert all(one.why for one in said.unread)
