"""A form author's mistakes are findings with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SECOND, nianbao, place_of
from support.forms import TEXT, mistakes, spoilt


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("格: m2", "格: m1", "F102", "{键: 下半年, 格: m1}"),
        ("格: m2", "格: 2", "F102", "{键: 下半年, 格: 2}"),
        ("{键: 专项抽查, 格: b}", "{键: 专项抽查, 格: a}", "F102", "列:\n          - {键: 日常"),
        ("{键: 专项抽查, 格: b}", "{键: 专项抽查, 格: B}", "F102", "{键: 专项抽查, 格: B}"),
        ("{键: 专项抽查, 格: b}", "{键: 专项抽查}", "S103", "{键: 专项抽查}"),
        ("    起稿: 留空", "    初稿: 留空", "S101", "初稿: 留空"),
        ("上半年 + 下半年 = 全年", "上半年 + 下个半年 = 全年", "F102", "上半年 + 下个半年"),
        ("上半年 + 下半年 = 全年", "上半年 + 下半年", "F102", "上半年 + 下半年\n"),
        ("罚款 + 警告 + 移送 = 小计", "罚款 + 拘留 = 小计", "F102", "罚款 + 拘留"),
        ("罚款 + 警告 + 移送 = 小计", "上年度.罚款 = 罚款", "F102", "上年度.罚款"),
        ("适用年度: 2023-", "适用年度: 近年", "F102", "近年"),
        ("填报日期: 日期", "填报日期: 星期", "F102", "星期"),
        ("填报日期: 日期", "单位: 文字", "F102", "单位: 文字"),
        ("    模板名: 检查\n", "    模板名: 检 查\n", "F102", "键: 检查次数"),
        ("    模板名: 检查\n", "    模板名: 去向\n", "F102", None),
        ("表式: 行政执法统计年报\n", "", "S103", None),
        ("签字: [统计, 负责]", "签字: {统计: 负责}", "F102", "{统计: 负责}"),
        ("落在: 小计", "落在: 大计", "F102", "罚款 + 警告"),
        ("落在: 全年", "落: 全年", "S101", "落: 全年"),
        ("  - 键: 执法概述", "  - 键: &x 执法概述", "Y106", "&x"),
    ],
)
def test_a_mistake_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, at: str | None
) -> None:
    path = spoilt(tmp_path, old, new)
    found = mistakes(path)
    line = place_of(path, at)[0] if at else 1
    assert (code, line) in [(f.code, f.location.line) for f in found if f.location], found


def test_a_tie_of_two_years_in_the_wrong_list_is_told(tmp_path: Path) -> None:
    old = "  - 键: 案件去向\n    印作: 三、案件去向\n    模板名: 去向\n"
    path = spoilt(
        tmp_path,
        old,
        old + "    跨年:\n      - {名: 同年, 每行: 罚款 = 警告, 落在: 警告}\n",
    )
    (found,) = mistakes(path)
    assert found.code == "F102"
    assert "写错了地方" in found.message


def test_a_tie_stands_at_one_of_its_own_cells(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "每行: 罚款 + 警告 + 移送 = 小计", "每行: 罚款 = 警告")
    (found,) = mistakes(path)
    assert (found.code, found.location and found.location.line) == (
        "F102",
        place_of(path, "罚款 = 警告")[0],
    )


def test_all_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "spoilt.form.yaml"
    path.write_text(TEXT.replace("m2", "m1").replace("n2", "n1").replace("2023-", "今后"), "utf-8")
    assert [f.code for f in mistakes(path)].count("F102") == 3


def test_a_broken_form_file_stops_the_command_with_its_lines(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "格: m2", "格: m1")
    ran = nianbao("check", SECOND / "2025.yaml", "--templates", tmp_path, cwd=tmp_path)
    assert ran.code == 3
    assert f"第 {place_of(path, '{键: 下半年, 格: m1}')[0]} 行" in ran.out
    assert "spoilt.form.yaml" in ran.out


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"- a\n", b"x"])
def test_what_is_no_form_file_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.form.yaml"
    path.write_bytes(data)
    assert mistakes(path)
