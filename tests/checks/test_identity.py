"""Another unit's name, level or format is told; short names and places are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import with_line, with_narrative
from support.cases import BASE, check, written

TOWN = "云岭县白水镇人民政府"
FORMAT = "《中华人民共和国政府信息公开工作年度报告格式》"


def told(folder: Path, code: str, unit: str, text: str, key: str = "引言") -> list[str]:
    """The answer keys of `code` for a unit's report whose part says `text`."""
    file = with_narrative(with_line(BASE, "单位", unit), key, text)
    found = check(written(folder, file))["findings"]
    begins = f"{code} {key} "
    keys = [f["answer_key"] for f in found if f["code"] == code]
    return [answer.removeprefix(begins) for answer in keys if answer.startswith(begins)]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (TOWN, "现公布{{单位}}2025年政府信息公开工作年度报告。"),
        (TOWN, "现公布白水镇2025年政府信息公开工作年度报告。"),
        (TOWN, "现公布云岭县白水镇2025年度政府信息公开工作年度报告。"),
        (TOWN, "现编制并公布本镇2025年政府信息公开年报。"),
        (TOWN, "向社会公布我镇2025年政府信息公开工作年度报告，欢迎监督。"),
        (TOWN, "现公布2025年政府信息公开工作年度报告。"),
        (TOWN, "现公布本级2025年政府信息公开工作年度报告。"),
        (TOWN, "现公佈雲嶺縣白水鎮2025年政府信息公開工作年度報告。"),
        (TOWN, "本报告由白水镇人民政府编制。"),
        (TOWN, "本报告由镇党政办公室负责编制，可向县政务服务中心索取。"),
        (TOWN, "本报告由总体情况等六个部分组成。"),
        (TOWN, "依法公布县政府2025年工作报告和云岭县财政局2025年度决算报告。"),
        (TOWN, "云岭县黑水镇2025年的做法值得借鉴。"),
        ("云岭县人民政府", "现公布云岭县2025年政府信息公开工作年度报告。"),
        ("云岭县人民政府", "现将云岭县2025年政府信息公开工作年度报告予以公开。"),
        (TOWN, "现将2025年县政府信息公开工作年度报告的要求落实到位。"),
        ("云岭县人民政府", "本报告由云岭县人民政府办公室组织编制。"),
        ("云岭县人民政府", "集中发布各乡镇2025年政府信息公开工作年度报告。"),
        ("云岭县人民政府办公室", "现公布云岭县2025年政府信息公开工作年度报告。"),
        ("云岭县人民政府办公室", "现公布县政府办公室2025年政府信息公开工作年度报告。"),
        ("云岭县卫生健康局", "现公布云岭县卫健局2025年政府信息公开工作年度报告。"),
        ("云岭县市场监督管理局", "本报告由县市场监管局办公室编制。"),
        ("云岭县发展和改革局", "现公布县发改局2025年政府信息公开工作年度报告。"),
        ("云岭县财政局", "现公布云江市云岭县财政局2025年政府信息公开工作年度报告。"),
        ("云江市东城区人民政府东河街道办事处", "现公布东河街道2025年政府信息公开工作年度报告。"),
        (
            "中共云岭县委网络安全和信息化委员会办公室",
            "现公布县委网信办2025年政府信息公开年度报告。",
        ),
    ],
)
def test_a_report_of_its_own_unit(tmp_path: Path, unit: str, text: str) -> None:
    assert told(tmp_path, "N207", unit, text) == []


@pytest.mark.parametrize(
    ("unit", "text", "named"),
    [
        (TOWN, "现公布云岭县黑水镇2025年政府信息公开工作年度报告。", "云岭县黑水镇"),
        (TOWN, "现公布云岭县2025年政府信息公开工作年度报告。", "云岭县"),
        (TOWN, "现公布云岭县财政局2025年度政府信息公开年度报告。", "云岭县财政局"),
        (TOWN, "现公佈雲嶺縣黑水鎮2025年政府信息公開工作年度報告。", "雲嶺縣黑水鎮"),
        (TOWN, "现将云岭县黑水镇2025年政府信息公开工作年度报告予以公示。", "云岭县黑水镇"),
        (TOWN, "本年度报告由云岭县教育局根据条例编制。", "云岭县教育局"),
        ("云岭县财政局", "现公布云岭县水利局2025年政府信息公开工作年度报告。", "云岭县水利局"),
        ("云岭县财政局", "现公布黑水镇2025年政府信息公开工作年度报告。", "黑水镇"),
        ("云岭县人民政府", "现公布云江县2025年政府信息公开工作年度报告。", "云江县"),
    ],
)
def test_a_report_of_another_unit(tmp_path: Path, unit: str, text: str, named: str) -> None:
    assert told(tmp_path, "N207", unit, text) == [named]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("云岭县白水镇人民政府2025年政府信息公开工作年度报告", []),
        ("白水镇2025年政府信息公开工作年度报告", []),
        ("2025年度白水镇政府信息公开工作年度报告", []),
        ("云岭县黑水镇人民政府2025年政府信息公开工作年度报告", ["N207 标题 云岭县黑水镇人民政府"]),
    ],
)
def test_the_title_names_the_unit(tmp_path: Path, title: str, found: list[str]) -> None:
    path = written(tmp_path, f"标题: {title}\n{BASE}")
    assert [f["answer_key"] for f in check(path)["findings"] if f["code"] == "N207"] == found


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (TOWN, "我镇位于我县东部，本镇各村（社区）均设公开栏，县财政局派员到我镇指导。"),
        (TOWN, "突破自我局限，开展“我局长来了”活动。"),
        (TOWN, "全局一盘棋，县直各局、各乡镇协同推进。"),
        (TOWN, "“我乡我村”栏目更新12期。"),
        ("云岭县财政局", "我局服务全县各乡镇，本局各股室按月报送，我县公开水平提升。"),
        ("云岭县发展和改革委员会", "我委与各局协同推进。"),
        ("云岭县人民政府", "我县各乡镇、街道和县直各局落实责任。"),
        ("云江市东城区人民政府东河街道办事处", "我街道在我区率先设立专区，我街各社区同步公开。"),
        ("云岭县石桥乡人民政府", "我乡乡镇一级的公开事项全部上网。"),
    ],
)
def test_what_a_unit_may_call_itself(tmp_path: Path, unit: str, text: str) -> None:
    assert told(tmp_path, "N207", unit, text, "总体情况") == []


@pytest.mark.parametrize(
    ("unit", "text", "named"),
    [
        (TOWN, "我局高度重视，专题研究。", "我局"),
        (TOWN, "年内，我局积极配合。我局还组织培训。", "我局"),
        (TOWN, "我鄉設立公開欄。", "我鄉"),
        (TOWN, "经研究，本局确定专人负责。", "本局"),
        ("云岭县石桥乡人民政府", "我街道遵循依法公开原则。", "我街道"),
        ("云岭县财政局", "我镇设立公开栏。", "我镇"),
        ("云江市东城区人民政府东河街道办事处", "我镇设立公开栏。", "我镇"),
        ("云岭县人民政府", "我局主动公开信息。", "我局"),
    ],
)
def test_what_a_unit_cannot_call_itself(tmp_path: Path, unit: str, text: str, named: str) -> None:
    assert told(tmp_path, "N207", unit, text, "总体情况") == [named]


@pytest.mark.parametrize(
    "text",
    [
        f"根据{FORMAT}（国办公开办函〔2021〕30号）编制。",
        f"根据{FORMAT}(国办公开办函[2021]30号)编制。",
        f"根据{FORMAT}（国办公开办函〔2021〕 30 号）编制。",
        f"根据{FORMAT}编制。",
        f"根据《关于印发〈{FORMAT[1:-1]}〉的通知》（国办公开办函〔2021〕30号）编制。",
        f"根据{FORMAT}和《云岭县办法》（云政办发〔2020〕15号）编制。",
        f"根据《条例》（国务院令第711号）、{FORMAT}和云政办发〔2020〕15号文件编制。",
        f"根据{FORMAT}（以下简称《格式》）编制，另见《通知》（国办发〔2019〕61号）。",
        "根據《中華人民共和國政府信息公開工作年度報告格式》（國辦公開辦函〔2021〕30號）編制。",
        "根据《关于规范政府信息公开平台有关事项的通知》（国办公开办函〔2019〕61号）建设平台。",
    ],
)
def test_the_formats_number_and_other_documents(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N206", TOWN, text) == []


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (f"根据{FORMAT}（国办公开办函〔2019〕60号）编制。", "国办公开办函〔2019〕60号"),
        (f"根据{FORMAT}（国办公开办函〔2021〕3号）编制。", "国办公开办函〔2021〕3号"),
        (
            f"根据《关于印发〈{FORMAT[1:-1]}〉的通知》（国办公开办函[2019]60号）编制。",
            "国办公开办函[2019]60号",
        ),
        (
            f"根据{FORMAT[:-1]}（试行）》（国办公开办函〔2019〕60号）编制。",
            "国办公开办函〔2019〕60号",
        ),
        (
            "根據《中華人民共和國政府信息公開工作年度報告格式》（國辦公開辦函〔2020〕30號）編制。",
            "國辦公開辦函〔2020〕30號",
        ),
    ],
)
def test_another_number_behind_the_format(tmp_path: Path, text: str, cited: str) -> None:
    assert told(tmp_path, "N206", TOWN, text) == [cited]
