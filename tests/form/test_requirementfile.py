"""What a form asks of its texts: its examples hold, its mistakes are told, another form may ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from support import FORM, SECOND, check, place_of, read_form
from support.forms import mistakes, spoilt

from nianbao.chinese.phrase import compiled
from nianbao.chinese.wording import folded

WITH = ("--templates", SECOND)
EXAMPLES = [
    (path, declared["要点"])
    for path in (FORM, SECOND / "enforcement-2023.form.yaml")
    for declared in yaml.safe_load(path.read_text("utf-8"))["写法要求"]["必写"]
    if "例" in declared
]


@pytest.mark.parametrize(("path", "point"), EXAMPLES)
def test_an_example_comes_to_its_point(path: Path, point: str) -> None:
    declared = yaml.safe_load(path.read_text("utf-8"))["写法要求"]["必写"]
    (example,) = (one["例"] for one in declared if one["要点"] == point)
    (mention,) = (m for m in read_form(path).requirements.mentions if m.point == point)
    assert compiled(mention.words, 2025).search(folded(example))


def test_every_point_of_the_official_form_has_an_example() -> None:
    mentions = read_form().requirements.mentions
    assert {m.point for m in mentions} == {point for path, point in EXAMPLES if path == FORM}


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("部分: 执法概述, 要点: 出动检查", "部分: 执法概况, 要点: 出动检查", "执法概况"),
        ("部分: 执法概述, 要点: 出动检查", "部分: 案件去向, 要点: 出动检查", "部分: 案件去向"),
        ("[〔检查|巡查|抽查〕]", "[〔检查|巡查]", "〔检查|巡查]"),
        ("例: 全年巡查75次", "例: 全年出动75次", "全年出动75次"),
        ("若有: [移送…件]", "若有: [移送（件]", "移送（件"),
        ("要点: 移送到哪里, ", "", "若有: [移送"),
        ("至少: 10", "至少: 十", "至少: 十"),
        ("不称: [局]", "不叫: [局]", "不叫: [局]"),
        ("要素: 填报日期", "要素: 发文日期", "要素: 发文日期"),
        ("至: 1月10日", "至: 一月", "至: 一月"),
        ("- [食品领域, 市容领域]", "- [食品领域, 市貌领域]", "市貌领域"),
        ("- [食品领域, 市容领域]", "- [上半年]", "- [上半年]"),
        ("达到须核实: {数: 1000,", "达到须核实: {数: 一千,", "数: 一千"),
        ("写法要求:", "写法需求:", "写法需求:"),
        ("至少: 10, 至多: 300", "至少: 300, 至多: 10", "至少: 300"),
        (", 至少: 10, 至多: 300", "", "- {部分: 执法概述}"),
        ("至多: 300}", "至多: 300}\n    - {部分: 一、执法概述, 至多: 9}", "至多: 9}"),
        ("要素: 填报日期", "要素: 签字", "要素: 签字"),
        ("至: 1月10日", "至: 2月30日", "2月30日"),
        ("[{至: 1月10日}]", "[{至: 1月10日}, {单位: [镇], 至: 1月9日}]", "1月9日"),
        ("- [食品领域, 市容领域]", "- []", "- []"),
        ("写到: [公安, 法院]", "写到: [公安機關, 法院]", "公安機關"),
        ("写到: [公安, 法院]", "写到: [（公安）, 法院]", "（公安）"),
        ("写到: [公安, 法院]", "写到: ['{{单位}}', 法院]", "'{{单位}}'"),
    ],
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, old: str, new: str, at: str) -> None:
    path = spoilt(tmp_path, old, new)
    line = place_of(path, at)[0]
    assert line in [found.location.line for found in mistakes(path) if found.location]


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("存: 现行有效件数}", "存: 有效件数}", "存: 有效件数}"),
        ("      总体情况: [总体, 概述, 概况, 基本情况]\n", "", "主动公开政府信息情况: [主动"),
        ("列在: 引言", "列在: 前言", "列在: 前言"),
    ],
)
def test_a_mistake_in_the_official_form(tmp_path: Path, old: str, new: str, at: str) -> None:
    text = FORM.read_text("utf-8")
    assert text.count(old) == 1
    path = tmp_path / "spoilt.form.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    line = place_of(path, at)[0]
    assert line in [found.location.line for found in mistakes(path) if found.location]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("出动检查{{全年.日常巡查 + 全年.专项抽查}}次", "出动多次", "N201 执法概述 出动检查"),
        ("{{简称}}出动", "我局出动", "N207 执法概述 我局"),
        ("填报日期: 2026-01-09", "填报日期: 2025-01-09", "V205 填报日期 2025-01-09"),
        ("（一）食品。", "（二）食品。", "N203 执法概述 （二）"),
    ],
)
def test_another_form_asks_in_its_own_words(tmp_path: Path, old: str, new: str, key: str) -> None:
    path = Path(shutil.copy(SECOND / "2025.yaml", tmp_path))
    assert [f["code"] for f in check(path, *WITH)["findings"]] == ["C001"]
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    assert key in [f["answer_key"] for f in check(path, *WITH)["findings"]]


def test_another_form_compares_two_years(tmp_path: Path) -> None:
    path = Path(shutil.copy(SECOND / "2025.yaml", tmp_path))
    last = path.read_text("utf-8").replace("2025", "2024").replace("2026", "2025")
    (tmp_path / "2024.yaml").write_text(last, "utf-8")
    told = [(f["code"], f["answer_key"]) for f in check(path, *WITH)["findings"]]
    assert told == [("C103", "C103 小计·食品领域 8、小计·市容领域 11")]
    grown = path.read_text("utf-8").replace("{警告: 11, 小计: 11}", "{警告: 1011, 小计: 1011}")
    path.write_text(grown, "utf-8")
    told = [(f["code"], f["answer_key"]) for f in check(path, *WITH)["findings"]]
    assert ("V204", "V204 警告·市容领域 1011") in told


def test_another_forms_day_is_late_and_its_text_long(tmp_path: Path) -> None:
    path = Path(shutil.copy(SECOND / "2025.yaml", tmp_path))
    text = path.read_text("utf-8").replace("2026-01-09", "2026-01-12")
    path.write_text(text.replace("（一）食品。", "（一）食品。" + "逐店查看。" * 60), "utf-8")
    told = {f["code"] for f in check(path, *WITH)["findings"]}
    assert told == {"C001", "N302", "V302"}
