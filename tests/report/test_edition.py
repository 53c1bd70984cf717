"""Last year's report is told in this year's cells by their names; what is another is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import parsed

from nianbao.form import formfile
from nianbao.form.form import Form
from nianbao.report import edition, reportfile
from nianbao.report.report import Report

HEAD = """表式: 馆舍年报
版次: {year}年版
依据: 云岭文旅〔2024〕5号
适用年度: {year}-
标题: "{{{{单位}}}}馆舍年报"
部分:
"""
PART = "  - 键: {key}\n    块:\n      - 列: [{columns}]\n        行: [{rows}]\n"
BEFORE = PART.format(
    key="馆舍",
    columns="{键: 面积, 格: a}, {键: 座位, 也作: 座席, 格: b}",
    rows="{键: 总馆, 格: k1}, {组: 分馆, 行: [{键: 东馆, 格: k2}, {键: 其他, 格: k3}]}, {键: 其他, 格: k4}",
)
TYPED = "馆舍:\n  总馆: [1, 2]\n  分馆:\n    东馆: [3, 4]\n    其他: [5, 6]\n  其他: [7, 8]\n"


def form_of(folder: Path, year: int, *parts: str) -> Form:
    path = folder / f"halls-{year}.form.yaml"
    path.write_text(HEAD.format(year=year) + "".join(parts), "utf-8")
    return formfile.load(path)


def report_of(form: Form, typed: str) -> Report:
    text = f"单位: 云岭县图书馆\n年度: 2024\n{typed}"
    report, found = reportfile.read(parsed(text).root, form, Path("2024.yaml"))
    assert not [f for f in found if f.blocks]
    return report


def told(
    folder: Path, *now: str, before: str = BEFORE, typed: str = TYPED
) -> tuple[dict[str, str], str]:
    """What is in this year's cells, and which have nothing."""
    last = report_of(form_of(folder, 2024, before), typed)
    report = edition.told_in(last, form_of(folder, 2025, *now))
    values = {address: number.typed for address, number in report.numbers.items()}
    assert all(number.address == address for address, number in report.numbers.items())
    return values, edition.without_counterpart(report)


@pytest.mark.parametrize(
    ("columns", "rows", "values", "missing"),
    [
        # other addresses, another order, other words of the same
        (
            "{键: 座席, 格: x}, {键: 面积, 格: y}",
            "{键: 其他, 格: s1}, {组: 分馆, 行: [{键: 其他, 格: s2}]}, {键: 一、总馆, 格: s3}",
            {"s1x": "8", "s1y": "7", "s2x": "6", "s2y": "5", "s3x": "2", "s3y": "1"},
            "",
        ),
        # a group more, a group less
        (
            "{键: 面积, 格: a}",
            "{键: 东馆, 格: s1}, {组: 本部, 行: [{键: 总馆, 格: s2}]}",
            {"s1a": "3", "s2a": "1"},
            "",
        ),
        # a name that could be two, and one in another group
        (
            "{键: 面积, 格: a}, {键: 座位, 格: b}",
            "{组: 流动馆, 行: [{键: 东馆, 格: s1}]}, {键: 新馆, 格: s2}, {键: 总馆, 格: s3}",
            {"s3a": "1", "s3b": "2"},
            "“东馆”各格、“新馆”各格",
        ),
        # a column more
        (
            "{键: 面积, 格: a}, {键: 藏书, 格: b}",
            "{键: 总馆, 格: s1}, {键: 其他, 格: s2}",
            {"s1a": "1", "s2a": "7"},
            "“藏书·总馆”、“藏书·其他”",
        ),
        # no number, another unit, a share
        (
            "{键: 面积, 格: a, 单位: 亩}, {键: 座位, 格: b, 填: 文字}",
            "{键: 总馆, 格: s1}",
            {"s1a": "1"},
            "",
        ),
        (
            "{键: 面积, 格: a, 填: 百分比}, {键: 座位, 格: b}",
            "{键: 总馆, 格: s1}",
            {"s1b": "2"},
            "“面积·总馆”",
        ),
    ],
)
def test_cells_are_found_by_their_names(
    tmp_path: Path, columns: str, rows: str, values: dict[str, str], missing: str
) -> None:
    now = PART.format(key="馆舍", columns=columns, rows=rows)
    assert told(tmp_path, now) == (values, missing)


def test_units_that_differ_are_not_compared(tmp_path: Path) -> None:
    before = BEFORE.replace("{键: 面积,", "{键: 面积, 单位: 平方米,")
    now = BEFORE.replace("{键: 面积,", "{键: 面积, 单位: 亩,")
    values, missing = told(tmp_path, now, before=before)
    assert set(values) == {"k1b", "k2b", "k3b", "k4b"}
    assert missing.startswith("“面积·总馆”、")


def test_a_part_may_move_and_a_whole_part_is_told_as_one(tmp_path: Path) -> None:
    moved = PART.format(key="场馆", columns="{键: 面积, 格: a}", rows="{键: 总馆, 格: k1}")
    new = PART.format(
        key="活动", columns="{键: 场次, 格: a}", rows="{键: 讲座, 格: m1}, {键: 展览, 格: m2}"
    )
    assert told(tmp_path, moved, new) == ({"k1a": "1"}, "“活动”各格")


def test_a_row_of_one_cell_needs_no_common_column(tmp_path: Path) -> None:
    before = PART.format(key="经费", columns="{键: 金额, 格: a}", rows="{键: 购书费, 格: m1}")
    now = PART.format(key="经费", columns="{键: 数额, 格: z}", rows="{键: 购书费, 格: n1}")
    assert told(tmp_path, now, before=before, typed="经费:\n  购书费: 3\n") == ({"n1z": "3"}, "")


def test_added_rows_are_the_same_one_by_one(tmp_path: Path) -> None:
    def part(row: str, letter: str) -> str:
        return (
            "  - 键: 分馆\n    块:\n      - 可加行: {至多: 9}\n"
            f"        列: [{{键: 名称, 格: b, 填: 文字}}, {{键: 藏书, 格: {letter}}}]\n"
            f"        行: [{{键: 分馆, 格: {row}}}]\n"
        )

    typed = "分馆:\n  分馆:\n    - {名称: 甲, 藏书: 3}\n    - {名称: 乙, 藏书: 4}\n"
    values, missing = told(tmp_path, part("t7", "z"), before=part("t1", "c"), typed=typed)
    assert (values, missing) == ({"t7[1]z": "3", "t7[2]z": "4"}, "")


def test_the_same_edition_is_left_as_it_is(tmp_path: Path) -> None:
    form = form_of(tmp_path, 2024, BEFORE)
    last = report_of(form, TYPED)
    assert edition.told_in(last, form) is last
