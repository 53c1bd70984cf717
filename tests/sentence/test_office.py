"""An office named in full is another's; the report's own name, long or short, is its own."""

from __future__ import annotations

import pytest
from support import FORM, read_form

from nianbao.sentence import office, passage, words

FORM_WORDS = words.vocabulary(read_form(FORM).claims, 2025)


def counts(text: str, *names: str) -> list[int]:
    """The counts that are read of a text in the report of a unit of these names."""
    known = words.of_unit(FORM_WORDS, *names)
    return [
        int(s.quantity.value) for said in passage.read(text, known, ()) for s in said.statements
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("平禾县收到政府信息公开申请8件", [8]),
        ("县自然资源局收到政府信息公开申请8件", []),
        ("县住房和城乡建设局收到政府信息公开申请8件，办结7件", []),
        ("平禾县农业农村局作出行政处罚8件", []),
        ("与县财政局会商答复政府信息公开申请8件", []),
        ("在县公安局收到的政府信息公开申请中，予以公开8件", []),
        ("县直部门受理政府信息公开申请8件，全县共受理9件", [9]),
        ("自2020年以来，全县累计收到政府信息公开申请8件", []),
        ("构建公开大格局，收到政府信息公开申请8件", [8]),
    ],
)
def test_in_the_report_of_a_county(text: str, read: list[int]) -> None:
    assert counts(text, "平禾县人民政府", "平禾县") == read


@pytest.mark.parametrize("name", ["平禾县水利局", "县水利局", "水利局", "我局"])
def test_a_bureau_by_each_of_its_names(name: str) -> None:
    assert counts(f"{name}收到政府信息公开申请8件", "平禾县水利局", "县水利局") == [8]


def test_the_office_of_a_government_is_its_own_in_its_report() -> None:
    text = "县政府办公室收到政府信息公开申请8件"
    assert counts(text, "平禾县人民政府办公室") == [8]
    assert counts(text, "平禾县人民政府") == []


@pytest.mark.parametrize(
    ("piece", "end"),
    [("县财政局", 4), ("县财政局会商", 4), ("县局", 0), ("门户网站", 0), ("局", 0)],
)
def test_where_a_name_ends(piece: str, end: int) -> None:
    assert office.end_of(piece, ("局", "镇")) == end
