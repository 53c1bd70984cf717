"""A figure followed to the units that it comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import county as made
from support import nianbao
from support.county import Town


@pytest.fixture
def towns(tmp_path: Path) -> list[Town]:
    found = made.towns(4)
    for town in found[:3]:
        town.written(tmp_path / "收")
    return found


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("本年新收", ["c1g"]),
        ("本年新收.自然人", ["c1a"]),
        ("不予公开", [f"c{n}g" for n in range(5, 13)]),
        ("行政许可 + 行政处罚", ["b3a", "b4a"]),
        ("行政事业性收费", ["b6a"]),
    ],
)
def test_each_unit_and_the_sum(
    tmp_path: Path, towns: list[Town], name: str, cells: list[str]
) -> None:
    ran = nianbao("trace", name, "收", cwd=tmp_path)
    assert ran.code == 0
    said = re.findall(r"(?m)^ +([\d.]+)  (.+?)(?:　.*)?$", ran.out)
    parts = {town.unit: sum(town.figures[c] for c in cells) for town in towns[:3]}
    assert said[-1] == (f"{sum(parts.values()).normalize():f}", "总和（3 个单位）")
    assert {unit: number for number, unit in said[:-1]} == {
        unit: f"{number.normalize():f}" for unit, number in parts.items()
    }


def test_subtotals_by_kind_and_who_is_missing(tmp_path: Path, towns: list[Town]) -> None:
    roster = made.roster(tmp_path, towns, ["乡镇", "街道"])
    ran = nianbao("trace", "行政许可", "收", "--roster", roster, cwd=tmp_path)
    assert ran.code == 1
    own = [town.figures["b3a"] for town in towns]
    assert f" {own[0] + own[2]}  小计：乡镇（2 个单位）" in ran.out
    assert f" {own[1]}  小计：街道（1 个单位）" in ran.out
    assert f"（没有交）  {towns[3].unit}" in ran.out
    assert "不完整，缺 1 个单位的数" in ran.out


@pytest.mark.parametrize(
    ("name", "told"),
    [("本年新受", "您是否想写“本年新收”"), ("行政许可 +", "加号")],
)
def test_a_name_that_finds_nothing_is_a_usage_error(
    tmp_path: Path, towns: list[Town], name: str, told: str
) -> None:
    ran = nianbao("trace", name, "收", cwd=tmp_path)
    assert ran.code == 2
    assert told in ran.err
