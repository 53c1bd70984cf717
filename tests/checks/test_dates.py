"""The period, malformed and other years, and the day of publication."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import place_of, with_line, with_narrative
from support.cases import BASE, check, written

CONTACT = "地址：河西路8号，电话：0700-5550188。"


def years(folder: Path, key: str, text: str) -> list[str]:
    """Code and year of every N204, N210 and N301 for a part that says `text`."""
    found = check(written(folder, with_narrative(BASE, key, text)))["findings"]
    said = []
    for finding in found:
        if finding["code"] == "N204":
            said.append("N204 " + finding["answer_key"].split()[-1].split("/")[0])
        elif finding["code"] == "N210":
            said.append("N210 " + finding["message"].split("年份是 ")[1].split("，")[0])
        elif finding["code"] == "N301":
            said.append("N301 " + finding["message"].split("写了 ")[1][:4])
    return said


@pytest.mark.parametrize(
    "text",
    [
        "统计期限为2025年1月1日至12月31日。",
        "统计期限自2025年1月1日起至2025年12月31日止。",
        "統計期限為２０２５年１月１日至２０２５年１２月３１日。",
        "统计期限为二〇二五年一月一日至十二月三十一日。",
        "统计期限为{{年度}}年1月1日至12月31日。",
        "所列数据从 2025 年 1 月 1 日到 12 月 31 日。",
        "数据截至2025年12月31日。",
        "统计数据为2025年度的。",
        "依据2019年修订的《条例》和2021年印发的格式编制。",
        "依据《2024年政务公开要点》编制。",
        "现公布{{单位}}2025年政府信息公开工作年度报告。",
        "本机关按时公布了2023年政府信息公开工作年度报告。",
        "实现2024年年报全覆盖。",
    ],
)
def test_the_reports_own_period(tmp_path: Path, text: str) -> None:
    assert years(tmp_path, "引言", text + CONTACT) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("统计期限为2024年1月1日至12月31日。", ["2024"]),
        ("统计期限自2024年1月1日起至2024年12月31日止。", ["2024", "2024"]),
        ("统计期限为2025年1月1日至2024年12月31日。", ["2024"]),
        ("統計期限為２０２４年１月１日至１２月３１日。", ["２０２４"]),
        ("统计期限为二〇二四年一月一日至十二月三十一日。", ["二〇二四"]),
        ("数据截至2024年12月31日。", ["2024"]),
        ("统计数据为2024年度的。", ["2024"]),
    ],
)
def test_another_period_is_an_error(tmp_path: Path, text: str, found: list[str]) -> None:
    assert years(tmp_path, "引言", text + CONTACT) == [f"N210 {year}" for year in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("现公布{{单位}}2024年政府信息公开工作年度报告。", ["2024"]),
        ("根据条例，现将2024年度政府信息公开工作情况报告如下。", ["2024"]),
        ("统计期限为202020年1月1日至12月31日。", ["202020"]),
        ("统计期限为20025年1月1日至12月31日。", ["20025"]),
    ],
)
def test_the_report_of_another_year_asks(tmp_path: Path, text: str, found: list[str]) -> None:
    assert years(tmp_path, "引言", text + CONTACT) == [f"N204 {year}" for year in found]


@pytest.mark.parametrize(
    "text",
    [
        "2025年，我镇公开信息126条，比2024年增加12条。",
        "公开2024年度部门决算和2026年度预算。",
        "发布《2023年政府工作报告》解读，公布2024年年报。",
        "落实云政办发〔2021〕30号文件。",
        "2021年至2025年的数据已整理上网，“十四五”规划同步公开。",
        "执行2019年5月15日起施行的条例，2022年成立的领导小组继续负责。",
        "同上年相比，2024年的12条已全部更新。",
        "2026年将继续推进。",
        "对2020年以前的文件作了清理。",
        "与2024年1月1日至12月31日的数据相比，增加12条。",
        "12345年受理量和20256件无关。".replace("12345年", "12345热线全年"),
        "这条路修了200年前的古桥旁。",
        "到2035年基本建成。".replace("到2035年", "按照规划到2035年"),
    ],
)
def test_other_years_with_a_reason(tmp_path: Path, text: str) -> None:
    assert years(tmp_path, "总体情况", text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024年，我镇推进栏目整合。", ["N301 2024"]),
        ("2023年我镇培训两次，2023年底又培训一次。", ["N301 2023"]),
        ("二〇二四年，我镇推进栏目整合。", ["N301 2024"]),
        ("202020年，我镇推进栏目整合。", ["N204 202020"]),
        ("205年，我镇推进栏目整合。", ["N204 205"]),
        ("2052年我镇推进栏目整合。", ["N301 2052"]),
        ("2205年我镇推进栏目整合。", ["N204 2205"]),
        ("全镇数据统计期限为2024年1月1日至12月31日。", ["N210 2024"]),
    ],
)
def test_other_years_without_a_reason(tmp_path: Path, text: str, found: list[str]) -> None:
    assert years(tmp_path, "总体情况", text) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("白水镇2025年政府信息公开工作年度报告", []),
        ("白水镇政府信息公开工作年度报告", []),
        ("白水镇2024年政府信息公开工作年度报告", ["N204 标题 2024/2025"]),
    ],
)
def test_the_year_of_the_title(tmp_path: Path, title: str, found: list[str]) -> None:
    path = written(tmp_path, f"标题: {title}\n{BASE}")
    assert [f["answer_key"] for f in check(path)["findings"] if f["code"] == "N204"] == found


def test_the_plans_of_the_fifth_part_may_name_years(tmp_path: Path) -> None:
    text = "2024年的问题还没有解决。2026年，逐村核对公开栏，补齐缺项。"
    assert years(tmp_path, "存在的主要问题及改进情况", text) == []


@pytest.mark.parametrize(
    ("unit", "day", "code"),
    [
        ("云岭县白水镇人民政府", "2026-01-31 23:00", None),
        ("云岭县白水镇人民政府", "2026-02-01 08:00", "V302"),
        ("云岭县财政局", "2026-02-01", "V302"),
        ("云岭县东河街道办事处", "2026-03-01", "V302"),
        ("云岭县人民政府", "2026-03-31", None),
        ("云岭县人民政府办公室", "2026年3月30日", None),
        ("云岭县人民政府", "2026-04-01", "V302"),
        ("雲嶺縣人民政府", "2026-04-01", "V302"),
        ("云岭县人民政府", "2025-12-31", "V205"),
        ("云岭县白水镇人民政府", "2027-01-10", "V205"),
    ],
)
def test_the_day_of_publication(tmp_path: Path, unit: str, day: str, code: str | None) -> None:
    text = with_line(with_line(BASE, "单位", unit), "发布时间", day)
    path = written(tmp_path, text)
    told = [f for f in check(path)["findings"] if f["code"] in ("V205", "V302")]
    assert [f["code"] for f in told] == [code] * bool(code)
    assert [(f["line"], f["column"]) for f in told] == [place_of(path, "发布时间")] * bool(code)
