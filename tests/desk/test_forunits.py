"""`new --roster`: a begun file for each unit, last year's in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support import county as made
from support import nianbao
from support.county import Town


@pytest.fixture
def towns(tmp_path: Path) -> list[Town]:
    found = made.towns(4)
    for town in found[:3]:
        town.written(tmp_path / "去年")
    (tmp_path / "去年" / f"{found[1].name}2025.yaml").rename(tmp_path / "去年" / "乱.yaml")
    return found


def begun(folder: Path, roster: Path, *argv: object) -> tuple[int, str]:
    ran = nianbao(
        "new", "2026", "--roster", roster, "--from", "去年", "-o", "发/", *argv, cwd=folder
    )
    return ran.code, ran.out + ran.err


def test_each_unit_has_its_file_with_last_years_figures(tmp_path: Path, towns: list[Town]) -> None:
    code, said = begun(tmp_path, made.roster(tmp_path, towns))
    assert code == 0
    assert "共 4 个单位，已起 4 份，在 发，其中 1 份没有上年的报告可照" in said
    for town in towns[:3]:
        typed = yaml.safe_load((tmp_path / "发" / f"{town.name}2026.yaml").read_text("utf-8"))
        assert (typed["单位"], typed["年度"]) == (town.unit, 2026)
        carried = typed["收到和处理政府信息公开申请情况"]["上年结转"]
        assert carried == [town.figures[f"c25{letter}"] for letter in "abcdefg"]
        assert "党政办公室联系" in typed["引言"]
    bare = yaml.safe_load((tmp_path / "发" / f"{towns[3].name}2026.yaml").read_text("utf-8"))
    assert bare["单位"] == towns[3].unit


def test_a_renamed_unit_has_its_new_name_and_its_old_figures(
    tmp_path: Path, towns: list[Town]
) -> None:
    roster = tmp_path / "名单.csv"
    roster.write_text(f"单位,简称,原名\n云岭县新镇人民政府,新镇,{towns[1].unit}\n", "utf-8")
    assert begun(tmp_path, roster)[0] == 0
    typed = yaml.safe_load((tmp_path / "发" / "新镇2026.yaml").read_text("utf-8"))
    assert typed["单位"] == "云岭县新镇人民政府"
    carried = typed["收到和处理政府信息公开申请情况"]["上年结转"]
    assert carried == [towns[1].figures[f"c25{letter}"] for letter in "abcdefg"]


def test_last_years_documents_will_do(tmp_path: Path, towns: list[Town]) -> None:
    files = list((tmp_path / "去年").glob("*.yaml"))
    assert nianbao("generate", *files, "-o", "去年/", cwd=tmp_path).code == 0
    for path in files:
        path.unlink()
    assert begun(tmp_path, made.roster(tmp_path, towns[:3]))[0] == 0
    typed = yaml.safe_load((tmp_path / "发" / f"{towns[0].name}2026.yaml").read_text("utf-8"))
    carried = typed["收到和处理政府信息公开申请情况"]["上年结转"]
    assert carried == [towns[0].figures[f"c25{letter}"] for letter in "abcdefg"]


def test_one_units_trouble_is_its_own(tmp_path: Path, towns: list[Town]) -> None:
    path = tmp_path / "去年" / f"{towns[0].name}2025.yaml"
    path.write_text(path.read_text("utf-8").replace("行政许可: ", "行政许可: /"), "utf-8")
    (tmp_path / "发").mkdir()
    taken = tmp_path / "发" / f"{towns[2].name}2026.yaml"
    taken.write_text("写好了的", "utf-8")
    code, said = begun(tmp_path, made.roster(tmp_path, towns))
    assert code == 3
    assert "W109" in said
    assert "已经有了，没有动它" in said
    assert "共 4 个单位，已起 3 份" in said
    assert taken.read_text("utf-8") == "写好了的"


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["-o", "发.yaml"], "-o 后面写文件夹"),
        ([], "-o 后面写文件夹"),
        (["-o", "发/", "--unit", "甲"], "不写 --unit"),
    ],
)
def test_usage(tmp_path: Path, towns: list[Town], argv: list[str], told: str) -> None:
    roster = made.roster(tmp_path, towns)
    ran = nianbao("new", "2026", "--roster", roster, "--from", "去年", *argv, cwd=tmp_path)
    assert ran.code == 2
    assert told in ran.err
