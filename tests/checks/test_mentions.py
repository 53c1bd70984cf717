"""What each part must come to is asked for in any of its wordings, and how long it may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import with_line, with_narrative
from support.cases import BASE, check, written

SUMMARY = (
    "（一）主动公开。公布财政预算。\n（二）依申请公开。渠道畅通。\n（三）政府信息管理。逐件审核。\n"
    "（四）政府信息公开平台建设。专人维护。\n（五）监督保障。列入考核，开展评议，没有责任追究。"
)
OPENING = "统计期限为2025年1月1日至12月31日。地址：河西路8号，电话：0700-5550188。"


def asked(folder: Path, key: str, text: str, unit: str = "") -> list[str]:
    """The answer keys that N201 and N202 give to a part that says `text`."""
    file = with_narrative(BASE, key, text)
    path = written(folder, with_line(file, "单位", unit) if unit else file)
    found = check(path)["findings"]
    return [f["answer_key"] for f in found if f["code"] in ("N201", "N202")]


@pytest.mark.parametrize(
    "text",
    [
        SUMMARY,
        "主动公布、依法申请公开、信息发布审核、公众号运维和督查考核都按要求做了。",
        "主动公开126条；未收到政府信息公开申请；落实三审三校；办好政府网站；接受社会监督和评议。",
        "主動公開及時，依申請公開規範，信息管理嚴格，平台運行正常，監督保障到位，納入績效考核。",
        "主动向社会公开信息；受理公开申请1件；对拟公开的信息逐级审核把关，做好保密审查；"
        "用好公示栏；组织培训，未发生追责。",
    ],
)
def test_the_aspects_may_be_worded_otherwise(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, "总体情况", text) == []


@pytest.mark.parametrize(
    ("old", "new", "point"),
    [
        ("（一）主动公开。公布", "（一）财政。列出", "主动公开"),
        ("（二）依申请公开", "（二）接待", "依申请公开"),
        ("（三）政府信息管理。逐件审核", "（三）文件。逐件登记", "政府信息管理"),
        ("（四）政府信息公开平台建设", "（四）建设", "政府信息公开平台建设"),
        (
            "（五）监督保障。列入考核，开展评议，没有责任追究",
            "（五）监督保障。全年培训两次",
            "工作考核、社会评议、责任追究",
        ),
    ],
)
def test_an_aspect_that_is_nowhere_is_asked_for(
    tmp_path: Path, old: str, new: str, point: str
) -> None:
    assert old in SUMMARY
    text = SUMMARY.replace(old, new)
    assert asked(tmp_path, "总体情况", text) == [f"N201 总体情况 {point}"]


@pytest.mark.parametrize("unit", ["云岭县财政局", "云岭县白水街道办事处", "云岭县发展和改革委员会"])
def test_only_governments_are_asked_for_assessment(tmp_path: Path, unit: str) -> None:
    text = SUMMARY.replace("列入考核，开展评议，没有责任追究", "全年培训两次")
    assert asked(tmp_path, "总体情况", text, unit) == []
    assert asked(tmp_path, "总体情况", text, "云岭县人民政府") != []


@pytest.mark.parametrize(
    "text",
    [
        OPENING,
        "数据统计时段从2025年1月1日到12月31日。邮编：410000，联系人电话0700-5550188。",
        "所列數據的統計時限為二〇二五年一月一日至十二月三十一日，聯繫地址：河西路，聯繫電話：1。",
        "所列均为2025年度统计数据。请与河西路8号党政办公室联系，0700-5550188。",
        "统计口径为全年。党政办公室设在河西路8号，热线0700-5550188。",
    ],
)
def test_an_introduction_that_has_all(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, "引言", text) == []


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (OPENING.replace("电话：0700-5550188", "来人询问"), ["联系电话"]),
        (OPENING.replace("地址：河西路8号，", ""), ["联系地址"]),
        ("本报告依据条例编制。", ["统计期限", "联系地址、联系电话"]),
    ],
)
def test_an_introduction_that_lacks_something(tmp_path: Path, text: str, points: list[str]) -> None:
    assert asked(tmp_path, "引言", text) == [f"N201 引言 {point}" for point in points]


@pytest.mark.parametrize(
    "text",
    [
        "公开内容还不够丰富。下一步，扩大公开范围，多用图解。",
        "一是更新不及时；二是解读形式单一。针对以上情况，安排专人每周检查。",
        "公开的深度有待提高。2026年，我镇逐村核对公开栏，补齐缺项。",
        "培训不够，经办人员业务不熟。今后每季度集中学习一次。",
        "队伍力量薄弱。我们将加强培训，配齐人手。",
        "存在解读不够通俗的不足。改进情况：已改写办事指南12份。",
        "全年工作按计划完成，群众反映良好，各项任务都已落实到位。",
    ],
)
def test_problems_with_measures_in_any_words(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, "存在的主要问题及改进情况", text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("部分栏目更新不及时，有的内容几个月没有换过，群众意见较大。", "改进措施"),
        ("主要问题是经办人员少、变动多，答复文书的写法不统一。", "改进措施"),
        ("无", "1"),
        ("无。", "2"),
        ("本年度没有存在的问题。", "11"),
        ("更新不及时，今后改进。", "11"),
    ],
)
def test_problems_without_measures_or_next_to_nothing(tmp_path: Path, text: str, key: str) -> None:
    (found,) = asked(tmp_path, "存在的主要问题及改进情况", text)
    assert found.removeprefix("N201 ").removeprefix("N202 ") == f"存在的主要问题及改进情况 {key}"


@pytest.mark.parametrize(
    "text",
    [
        "本年度未收取信息处理费。",
        "本机关未收取政府信息公开处理费，无其他事项。",
        "全年没有因信息公开收费。",
        "办理申请未向申请人收取任何费用。",
        "依据《政府信息公开信息处理费管理办法》，本年度收取费用0元。",
        "本年度沒有收取信息處理費。",
        "2件申请按规定收取信息处理费300元，已全额缴库。",
    ],
)
def test_the_fee_is_spoken_of(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, "其他需要报告的事项", text) == []


@pytest.mark.parametrize("text", ["无。", "本年度无其他需要报告的事项。", "经费由财政保障。"])
def test_the_fee_is_not_spoken_of(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, "其他需要报告的事项", text) == ["N201 其他需要报告的事项 信息处理费"]


@pytest.mark.parametrize(
    ("more", "told"), [(0, []), (1, ["“一、总体情况”有 1001 个字，比 1000 个字多 1 个。"])]
)
def test_a_summary_over_a_thousand_characters(tmp_path: Path, more: int, told: list[str]) -> None:
    text = SUMMARY + "字" * (1000 - len(SUMMARY) + SUMMARY.count("\n") + more)
    path = written(tmp_path, with_narrative(BASE, "总体情况", text))
    assert [f["message"] for f in check(path)["findings"] if f["code"] == "N302"] == told
