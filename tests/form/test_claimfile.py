"""What a form's author gets wrong in what its narratives may say, told at its line.

Whether the examples are read so: tests/sentence/test_example.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support import FORM, SMALL_FORMS, place_of, read_form
from support.forms import TEXT, mistakes, spoilt

from nianbao.form import formfile


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("两领域: 食品领域 + 市容领域", "两领域: 食品领域 + 市貌领域", "市貌领域"),
        ("表: [巡查抽查]", "表: [巡查抽检]", "表: [巡查抽检]"),
        ("列: [罚款]", "列: [罚金]", "罚金"),
        ("列: [罚款]", "列: [专项抽查]", "列: [专项抽查]"),
        ("词: [日常巡查]", "词: [日常（巡查]", "日常（巡查"),
        ("名: 全年日常巡查, ", "", "词: [日常巡查]"),
        ("部分: [执法概述]", "部分: [执法概况]", "执法概况"),
        ("是: 总数", "是: 总额", "是: 总额"),
        ("可说无: 是", "可说无: 真", "可说无: 真"),
        ("续: [巡查, 抽查]", "续: [巡查, 抽查]\n      只说本年: 真", "只说本年: 真"),
        ("续: [巡查, 抽查]", "续: [巡查, （抽查）]", "（抽查）"),
        ("续: [巡查, 抽查]", "续: []", "续: []"),
        ("续: [巡查, 抽查]", "接: [巡查, 抽查]", "接: [巡查"),
    ],
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, old: str, new: str, at: str) -> None:
    path = spoilt(tmp_path, old, new)
    places = [found.location.line for found in mistakes(path) if found.location]
    assert place_of(path, at)[0] in places


@pytest.mark.parametrize(
    ("old", "new", "word", "instead"),
    [
        ("  词:\n    别事: [投诉, 来信]", "  止: [投诉, 来信]\n  词:", "止", "“别事”"),
        ("续: [巡查, 抽查]", "续: [巡查, 抽查]\n      不读: [夜间]", "不读", "“限定”"),
        ("是: 总数", "其中后不读: 是", "其中后不读", "“是: 总数”"),
        ("是: 分类", "可相加: 是", "可相加", "“是: 分类”"),
        ("可说无: 是", "紧接: 是", "紧接", "删掉"),
        ("可说无: 是", "可隔: [了]", "可隔", "“虚词”"),
        ("可说无: 是", "止: [投诉]", "止", "“别事”"),
        ("续: [巡查, 抽查]", "续: [巡查, 抽查]\n      可隔: [了]", "可隔", "“虚词”"),
        ("  词:\n    别事: [投诉, 来信]", "  紧接: 真\n  词:", "紧接", "删掉"),
    ],
)
def test_a_word_of_the_old_notation_is_told_with_what_to_write(
    tmp_path: Path, old: str, new: str, word: str, instead: str
) -> None:
    path = spoilt(tmp_path, old, new)
    found = [f for f in mistakes(path) if f"“{word}”是以前的写法" in f.message]
    assert [f.location.line for f in found if f.location] == [place_of(path, f"{word}: ")[0]]
    assert instead in found[0].hint


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("文字", "填的是文字"),
        ("是否", "填的是是否"),
        ("日期", "填的是日期"),
        ("百分比", "填的是百分比"),
        ("{多选: [甲, 乙]}", "填的是多选"),
    ],
)
@pytest.mark.parametrize(
    "named", ["表: [全年.专项抽查]", "表: [全年.日常巡查], 占: [全年.专项抽查]"]
)
def test_a_cell_that_no_sum_takes_is_told_at_its_name(
    tmp_path: Path, named: str, kind: str, said: str
) -> None:
    text = TEXT
    claim = "表: [全年.专项抽查], 可说无: 是, 例: [没有开展专项抽查]"
    column, both = "{键: 专项抽查, 格: b}", "    巡查抽查: 全年.日常巡查 + 全年.专项抽查\n"
    for old, new in (
        (claim, named),
        (column, column.replace("}", f", 填: {kind}}}")),
        (both, both.replace(" + 全年.专项抽查", "")),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = tmp_path / "spoilt.form.yaml"
    path.write_text(text, "utf-8")
    (found,) = mistakes(path)
    assert said in found.message
    assert found.location
    assert found.location.line == place_of(path, named)[0]


def test_a_column_of_text_is_told_where_it_is_named(tmp_path: Path) -> None:
    path = spoilt(
        tmp_path, "键: 罚款, 上: [已办结], 格: a", "键: 罚款, 上: [已办结], 格: a, 填: 文字"
    )
    found = [f for f in mistakes(path) if "取不到数：" in f.message]
    assert [f.location.line for f in found if f.location] == [place_of(path, "列: [罚款]")[0]]


@pytest.mark.parametrize("unit", ["", "        单位: 件\n"])
def test_money_is_held_against_rows_of_money_only(tmp_path: Path, unit: str) -> None:
    text = FORM.read_text("utf-8")
    assert text.count("            单位: 万元\n") == 1
    path = tmp_path / "spoilt.form.yaml"
    path.write_text(text.replace("            单位: 万元\n", unit and "    " + unit), "utf-8")
    (found,) = mistakes(path)
    assert (found.code, found.location and found.location.line) == (
        "F102",
        place_of(path, "      表: [行政事业性收费]")[0],
    )
    assert "万元" in found.hint


def test_the_unit_of_money_may_be_its_columns(tmp_path: Path) -> None:
    column = "格: c, 填: 小数, 小数位: 2}"
    fee = "叙述核对:\n  收费:\n    - {词: [投资款], 表: [全部项目.计划], 例: [投资款3000元]}\n"
    text = PROJECTS.replace(column, f"{column[:-1]}, 单位: 万元}}").partition("\n叙述核对:")[0]
    path = tmp_path / "projects.form.yaml"
    path.write_text(f"{text}\n{fee}  部分: [总体进展]\n", "utf-8")
    assert formfile.load(path).cells["p2c"].unit == "万元"
    path.write_text(path.read_text("utf-8").replace(", 单位: 万元}", "}"), "utf-8")
    (found,) = mistakes(path)
    assert "在这一行或者这一列上写“单位: ”" in found.hint


PROJECTS = (SMALL_FORMS / "projects" / "projects-2025.form.yaml").read_text("utf-8")


def of_projects(folder: Path, named: str) -> Path:
    path = folder / "projects.form.yaml"
    said = f"{{名: 投资, 表: [{named}]}}"
    claims = f"\n叙述核对:\n  部分: [总体进展]\n  主题:\n    - {{名: 项目, 起: [项目], 说法: [{said}]}}\n"
    path.write_text(PROJECTS + claims, "utf-8")
    return path


@pytest.mark.parametrize("named", ["项目.各行.计划", "项目表.项目.各行.计划", "项目.计划"])
def test_all_rows_that_the_office_adds_are_one_sum(tmp_path: Path, named: str) -> None:
    (topic,) = formfile.load(of_projects(tmp_path, named)).claims.topics
    assert topic.claims[0].readings == (("p1c",),)


@pytest.mark.parametrize(
    ("named", "said", "hint"),
    [
        ("项目.2.计划", "还没有第几行", "各行"),
        ("项目.行数", "“项目.行数”是加了几行", "那一格"),
        ("项目.各行.名称", "填的是文字", "计数"),
    ],
)
def test_one_of_the_rows_and_their_number_are_no_cells_yet(
    tmp_path: Path, named: str, said: str, hint: str
) -> None:
    (found,) = mistakes(of_projects(tmp_path, named))
    assert said in found.message
    assert hint in found.hint


def test_a_claim_named_like_its_topic_is_said_by_what_opens_it() -> None:
    (topic, claim), *_ = [
        (topic, claim)
        for topic in read_form(FORM).claims.topics
        for claim in topic.claims
        if claim.name == topic.name and len(topic.opens) > 5
    ]
    assert claim.phrases == topic.opens
