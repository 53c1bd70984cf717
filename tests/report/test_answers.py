"""An answer in 核实说明 settles the finding it was given for, until a number in it changes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from support import EXAMPLES, check, example, nianbao, place_of

IN_FORCE = '["5（其中修订2件）", 1, 12]'
KEY = "C101 现行有效件数·行政规范性文件 13/14"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLES / "青石镇2024.yaml", tmp_path)
    return tmp_path


def answered(folder: Path, *lines: str, in_force: int = 13) -> Path:
    """The example with a tie to last year broken, and these lines under 核实说明."""
    path = example(folder, (IN_FORCE, f'["5（其中修订2件）", 1, {in_force}]'))
    if lines:
        block = "核实说明:\n" + "".join(f"  {line}\n" for line in lines)
        path.write_text(path.read_text("utf-8") + block, "utf-8")
    return path


def findings(path: Path, *options: str) -> list[tuple[str, str, bool]]:
    told: list[dict[str, Any]] = check(path, *options)["findings"]
    return [(f["code"], f["severity"], f["answered"]) for f in told]


def test_a_finding_prints_the_line_to_paste(folder: Path) -> None:
    path = answered(folder)
    assert check(path)["findings"][0]["answer_key"] == KEY
    assert f"        {KEY}: \n" in nianbao("check", path, cwd=folder).out


def test_the_pasted_key_answers_it(folder: Path) -> None:
    path = answered(folder, f"{KEY}: 上年漏计一件，已更正")
    assert findings(path) == [("C101", "confirm", True)]
    assert check(path, "--strict")["accepted"]


def test_unanswered_it_blocks_only_when_strict(folder: Path) -> None:
    path = answered(folder)
    assert check(path)["accepted"]
    assert not check(path, "--strict")["accepted"]
    assert nianbao("generate", "--strict", path, cwd=folder).code == 1
    assert not (folder / "outputs").exists()


def test_it_lapses_when_a_value_changes(folder: Path) -> None:
    path = answered(folder, f"{KEY}: 上年漏计一件，已更正", in_force=14)
    assert findings(path) == [("C101", "confirm", False), ("S109", "note", False)]
    lapsed = check(path)["findings"][1]
    assert (lapsed["line"], lapsed["column"]) == place_of(path, KEY)
    assert not check(path, "--strict")["accepted"]


def test_the_bare_code_answers_a_single_finding(folder: Path) -> None:
    path = answered(folder, "C101: 上年漏计一件，已更正", in_force=14)
    assert findings(path) == [("C101", "confirm", True)]


def test_the_bare_code_answers_none_of_several(folder: Path) -> None:
    path = answered(folder, "C101: 已更正")
    text = path.read_text("utf-8")
    path.write_text(text.replace("规章:           [0, 0, 0]", "规章: [0, 0, 1]"), "utf-8")
    told = findings(path)
    assert told.count(("C101", "confirm", False)) == 2
    assert ("S109", "note", False) in told


def test_an_error_cannot_be_answered(folder: Path) -> None:
    path = answered(folder, "T101: 就是这样")
    path.write_text(
        path.read_text("utf-8").replace(
            "重复申请: {自然人: 1, 总计: 1}", "重复申请: {自然人: 1, 总计: 2}"
        ),
        "utf-8",
    )
    assert ("T101", "error", False) in findings(path)
    assert ("S109", "note", False) in findings(path)


@pytest.mark.parametrize(
    ("lines", "code", "at"),
    [
        ([f"{KEY}:"], "S108", KEY),
        ([f"{KEY}: ''"], "S108", KEY),
        ([f"{KEY}: 甲", f"{KEY}: 乙"], "S102", f"{KEY}: 乙"),
        ([f"{KEY}: 甲 # 乙"], "Y110", "# 乙"),
        ([f"{KEY}:", "  甲", "  乙"], "Y109", "甲\n"),
    ],
)
def test_a_malformed_answer_is_told(folder: Path, lines: list[str], code: str, at: str) -> None:
    path = answered(folder, *lines)
    told = [(f["code"], f["line"], f["column"]) for f in check(path)["findings"]]
    assert (code, *place_of(path, at)) in told
    assert not check(path)["accepted"]


def test_answers_travel_with_the_report(folder: Path) -> None:
    path = answered(folder, f"{KEY}: |", "  上年漏计一件。", "  已更正。")
    assert nianbao("generate", path, cwd=folder).code == 0
    along = folder / "outputs" / f"{path.stem}.核实说明.txt"
    text = along.read_text("utf-8-sig")
    assert KEY in text
    assert "上年漏计一件。" in text
    assert "已更正。" in text
    example(folder)
    assert nianbao("generate", path, cwd=folder).code == 0
    assert not along.exists()


def test_answers_changed_by_hand_are_set_aside_and_told(folder: Path) -> None:
    path = answered(folder, f"{KEY}: 上年漏计一件")
    nianbao("generate", path, cwd=folder)
    along = folder / "outputs" / f"{path.stem}.核实说明.txt"
    along.write_text("手写的说明", "utf-8")
    ran = nianbao("generate", path, cwd=folder)
    assert ran.code == 0
    assert "W106" in ran.out
    aside = along.with_name(f"{path.stem}.核实说明.手工改过.txt")
    assert aside.name in ran.out
    assert aside.read_text("utf-8") == "手写的说明"
    assert "上年漏计一件" in along.read_text("utf-8-sig")


TWICE = "XX村和XX组"


def test_a_key_that_two_findings_share_is_printed_once_and_answers_both(folder: Path) -> None:
    path = example(folder, ("（三）政府信息管理。", f"（三）政府信息管理。走访{TWICE}。"))
    shared = [f["answer_key"] for f in check(path)["findings"]]
    assert shared == ["N208 总体情况 XX"] * 2
    assert nianbao("check", path, cwd=folder).out.count(f"        {shared[0]}: \n") == 1
    for key in (shared[0], "N208"):
        text = path.read_text("utf-8") + f"核实说明:\n  {key}: 确有此名\n"
        (folder / "2025.yaml").write_text(text, "utf-8")
        file = check(folder / "2025.yaml", "--last-year", folder / "青石镇2024.yaml")
        assert [f["answered"] for f in file["findings"]] == [True, True]


def test_an_answer_to_an_error_is_told_so(folder: Path) -> None:
    path = answered(folder, f"{KEY}: 上年漏计一件，已更正", "V101: 没有这一项")
    path.write_text(path.read_text("utf-8").replace("行政强制: 0", "行政强制: 无"), "utf-8")
    (said,) = [f["message"] for f in check(path)["findings"] if f["code"] == "S109"]
    assert said == "核实说明“V101”说的是一处错误，错误不能用说明代替。"


def test_an_answer_without_a_key_is_told(folder: Path) -> None:
    assert findings(answered(folder, "'': 甲"))[-1] == ("S109", "note", False)
