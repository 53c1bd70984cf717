"""Thirty towns whose figures are known, added up by the command and without the program."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import ROOT, SMALL_FORMS, nianbao
from support import county as made
from support.county import Town

COUNTY = "云岭县人民政府"


def rolled(folder: Path, *argv: object) -> tuple[int, dict[str, Any]]:
    """`rollup … --format json`, its exit code and the document."""
    ran = nianbao("rollup", *argv, "--format", "json", cwd=folder)
    assert not ran.err, ran.err
    return ran.code, json.loads(ran.out)


def numbers(document: dict[str, Any]) -> dict[str, Decimal]:
    return {address: Decimal(text) for address, text in document["cells"].items()}


def states(document: dict[str, Any]) -> dict[str, str]:
    return {unit["unit"]: unit["state"] for unit in document["units"]}


def retyped(town: Town, folder: Path, row: str, text: str) -> Path:
    """The town's file with one row of one number typed anew."""
    path = town.written(folder)
    typed, count = re.subn(rf"(?m)^  {row}: .*$", f"  {row}: {text}", path.read_text("utf-8"))
    assert count == 1
    path.write_text(typed, "utf-8")
    return path


@pytest.fixture(scope="module")
def thirty() -> list[Town]:
    return made.towns(30)


@pytest.fixture
def sent(tmp_path: Path, thirty: list[Town]) -> list[Town]:
    """Five towns in 收/."""
    for town in thirty[:5]:
        town.written(tmp_path / "收")
    return thirty[:5]


def test_thirty_towns_add_up_exactly(tmp_path: Path, thirty: list[Town]) -> None:
    for town in thirty:
        town.written(tmp_path / "收")
    code, document = rolled(tmp_path, "收", "-o", "县2025.yaml", "--unit", COUNTY)
    assert (code, document["complete"]) == (0, True)
    assert numbers(document) == made.summed(thirty)
    typed = yaml.safe_load((tmp_path / "县2025.yaml").read_text("utf-8"))
    assert typed["单位"] == COUNTY
    total = made.summed(thirty)
    assert Decimal(str(typed["主动公开政府信息情况"]["行政事业性收费"])) == total["b6a"]
    new = typed["收到和处理政府信息公开申请情况"]["本年新收"]
    assert new == [total[f"c1{letter}"] for letter in "abcdefg"]


def test_every_cell_is_told_in_printed_order(tmp_path: Path, sent: list[Town]) -> None:
    _, document = rolled(tmp_path, "收")
    addresses = list(document["cells"])
    assert len(addresses) == 200
    assert addresses[:4] == ["b1a", "b1b", "b1c", "b2a"]
    assert addresses[-1] == "d3e"


def test_what_is_written_is_an_input_file_whose_text_is_still_to_be_written(
    tmp_path: Path, sent: list[Town]
) -> None:
    roster = made.roster(tmp_path, sent, ["乡镇", "街道"])
    rolled(tmp_path, "收", "-o", "县2025.yaml", "--roster", roster, "--unit", COUNTY)
    told = json.loads(nianbao("check", "县2025.yaml", "--format", "json", cwd=tmp_path).out)
    errors = [f for f in told["files"][0]["findings"] if f["severity"] == "error"]
    empty = [f for f in told["files"][0]["findings"] if f["code"] == "N001"]
    assert not errors
    assert len(empty) == 4


def test_its_text_can_name_what_a_kind_comes_to(tmp_path: Path, sent: list[Town]) -> None:
    roster = made.roster(tmp_path, sent, ["乡镇", "街道"])
    rolled(tmp_path, "收", "-o", "县2025.yaml", "--roster", roster, "--unit", COUNTY)
    path = tmp_path / "县2025.yaml"
    said = "收到{{乡镇.本年新收}}和{{街道.本年新收.自然人}}，共{{乡镇.不予公开 + 街道.不予公开}}。"
    text = path.read_text("utf-8").replace("总体情况: |\n  \n", f"总体情况: |\n  {said}\n")
    other = "其他需要报告的事项: |\n  "
    path.write_text(
        text.replace("引言: |\n  \n", "引言: |\n  引言。\n").replace(other, other + "无。"),
        "utf-8",
    )
    ran = nianbao("generate", path, "-o", "县.docx", cwd=tmp_path)
    assert ran.code == 0, ran.out
    import docx

    paragraphs = [p.text for p in docx.Document(str(tmp_path / "县.docx")).paragraphs]
    towns, streets = made.summed(sent[::2]), made.summed(sent[1::2])
    denied = sum(t[f"c{n}g"] for t in (towns, streets) for n in range(5, 13))
    assert f"收到{towns['c1g']}和{streets['c1a']}，共{denied}。" in paragraphs


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("{{乡镇.没有这行}}", "没有“没有这行”"),
        ("{{乡镇.本年新收 + 行政许可}}", "“行政许可”前面没有写类别"),
        ("{{村.本年新收}}", "没有“村"),
    ],
)
def test_a_wrong_subtotal_is_told_at_its_place(
    tmp_path: Path, sent: list[Town], figure: str, told: str
) -> None:
    rolled(tmp_path, "收", "-o", "县2025.yaml", "--roster", made.roster(tmp_path, sent))
    path = tmp_path / "县2025.yaml"
    text = path.read_text("utf-8").replace("总体情况: |\n  \n", f"总体情况: |\n  {figure}件。\n")
    path.write_text(text, "utf-8")
    file = json.loads(nianbao("check", path, "--format", "json", cwd=tmp_path).out)["files"][0]
    (finding,) = [f for f in file["findings"] if f["code"] == "N002"]
    assert told in finding["message"]
    assert (finding["line"], finding["column"]) == (text[: text.index(figure)].count("\n") + 1, 3)


def test_own_figures_are_added_under_their_own_kind(tmp_path: Path, sent: list[Town]) -> None:
    own = made.town("本级", 99)
    path = own.written(tmp_path)
    roster = made.roster(tmp_path, sent)
    code, document = rolled(tmp_path, "收", "--own", path, "--roster", roster, "-o", "县.yaml")
    assert code == 0
    assert numbers(document) == made.summed([*sent, own])
    assert document["units"][-1] == {
        "unit": own.unit,
        "kind": "本级",
        "file": str(path),
        "state": "in",
    }
    assert f"单位: {own.unit}" in (tmp_path / "县.yaml").read_text("utf-8")


def test_a_unit_that_is_not_counted_is_checked(tmp_path: Path, sent: list[Town]) -> None:
    rows = [f"{t.unit},{'否' if n == 2 else '是'}" for n, t in enumerate(sent)]
    (tmp_path / "名单.csv").write_text("\n".join(["单位,计入", *rows]), "gb18030")
    code, document = rolled(tmp_path, "收", "--roster", "名单.csv")
    assert (code, document["complete"]) == (0, True)
    assert states(document)[sent[2].unit] == "checked"
    assert numbers(document) == made.summed([*sent[:2], *sent[3:]])


def incomplete(tmp_path: Path, *argv: object) -> tuple[dict[str, Any], str]:
    """The document and the file of a sum that lacks a unit."""
    code, document = rolled(tmp_path, *argv, "-o", "县2025.yaml")
    assert (code, document["complete"]) == (1, False)
    assert not (tmp_path / "县2025.yaml").exists()
    first = (tmp_path / "县2025.不完整.yaml").read_text("utf-8").partition("\n")[0]
    said = nianbao("rollup", *argv, cwd=tmp_path).out
    assert first.removeprefix("# ") in said
    return document, first


def test_a_rejected_unit_is_named_and_never_repaired(tmp_path: Path, sent: list[Town]) -> None:
    retyped(sent[1], tmp_path / "收", "行政许可", "/")
    document, first = incomplete(tmp_path, "收")
    assert states(document)[sent[1].unit] == "rejected"
    assert first == f"# 不完整，缺 1 个单位的数。退回：{sent[1].name}。"
    assert numbers(document) == made.summed([sent[0], *sent[2:]])


def test_a_missing_and_an_unread_unit_are_named(tmp_path: Path, sent: list[Town]) -> None:
    roster = made.roster(tmp_path, made.towns(7))
    broken = tmp_path / "收" / f"{made.towns(7)[5].name}.yaml"
    broken.write_bytes(b"\xff\xfe\x00")
    document, first = incomplete(tmp_path, "收", "--roster", roster)
    found = states(document)
    assert [found[town.unit] for town in made.towns(7)[5:]] == ["unread", "missing"]
    assert first.startswith("# 不完整，缺 2 个单位的数。")
    assert all(town.name in first for town in made.towns(7)[5:])


def test_the_same_unit_twice_with_other_figures_is_a_fault(
    tmp_path: Path, sent: list[Town]
) -> None:
    shutil.move(
        retyped(sent[3], tmp_path / "别处", "行政许可", "999"), tmp_path / "收" / "又一份.yaml"
    )
    document, _ = incomplete(tmp_path, "收")
    assert states(document)[sent[3].unit] == "twice"
    assert numbers(document) == made.summed([*sent[:3], sent[4]])
    said = nianbao("rollup", "收", cwd=tmp_path).out
    assert f"行政许可 {sent[3].figures['b3a']} → 999" in said or "行政许可 999 → " in said


def test_two_copies_of_one_report_are_one(tmp_path: Path, sent: list[Town]) -> None:
    shutil.copy(tmp_path / "收" / f"{sent[0].name}2025.yaml", tmp_path / "收" / "抄件.yaml")
    code, document = rolled(tmp_path, "收")
    assert code == 0
    assert numbers(document) == made.summed(sent)
    assert "数都一样，只算前一份" in nianbao("rollup", "收", cwd=tmp_path).out


def test_a_second_round_replaces_the_first_and_says_what_changed(
    tmp_path: Path, sent: list[Town]
) -> None:
    retyped(sent[1], tmp_path / "收", "行政许可", "/")
    incomplete(tmp_path, "收")
    retyped(sent[1], tmp_path / "二轮", "行政许可", "7")
    retyped(sent[2], tmp_path / "二轮", "行政许可", "8")
    code, document = rolled(tmp_path, "收", "二轮", "-o", "县2025.yaml")
    assert (code, document["complete"]) == (0, True)
    total = made.summed(sent)
    total["b3a"] += 15 - sent[1].figures["b3a"] - sent[2].figures["b3a"]
    assert numbers(document) == total
    assert not (tmp_path / "县2025.不完整.yaml").exists()
    said = nianbao("rollup", "收", "二轮", cwd=tmp_path).out
    assert "顶替了" in said
    assert f"改了：行政许可 {sent[2].figures['b3a']} → 8" in said


def test_files_side_by_side_are_one_round(tmp_path: Path, sent: list[Town]) -> None:
    shutil.move(retyped(sent[3], tmp_path / "别处", "行政许可", "999"), tmp_path / "又一份.yaml")
    files = [f"收/{sent[3].name}2025.yaml", "又一份.yaml"]
    _, document = rolled(tmp_path, *files)
    assert states(document) == {sent[3].unit: "twice"}


def test_a_renamed_unit_is_compared_with_what_it_was_called(
    tmp_path: Path, sent: list[Town]
) -> None:
    old = made.town("旧名镇", 1)
    last = old.written(tmp_path / "上年")
    text = last.read_text("utf-8").replace("年度: 2025", "年度: 2024").replace("2025年", "2024年")
    last.rename(last.with_name("甲.yaml"))
    (tmp_path / "上年" / "甲.yaml").write_text(text, "utf-8")
    rows = [f"{sent[0].unit},{old.unit}", *(f"{t.unit}," for t in sent[1:])]
    (tmp_path / "名单.csv").write_text("\n".join(["单位,原名", *rows]), "utf-8")
    ran = nianbao("rollup", "收", "--roster", "名单.csv", "--last-year", "上年", cwd=tmp_path)
    asked = ran.out.partition(f"{sent[0].unit}　")[2].partition(f"\n√ {sent[1].unit}")[0]
    assert "核实 C101：" in asked
    assert "与上年对不上" in asked
    assert ran.code == 0


def test_another_year_and_another_form_are_left_aside(tmp_path: Path, sent: list[Town]) -> None:
    last = (tmp_path / "收" / f"{sent[0].name}2025.yaml").read_text("utf-8")
    other = last.replace("年度: 2025", "年度: 2024").replace("2025年", "2024年")
    (tmp_path / "收" / f"{sent[0].name}2024.yaml").write_text(other, "utf-8")
    shutil.copy(ROOT / "inputs/examples/青石镇法治2025.yaml", tmp_path / "收")
    code, document = rolled(tmp_path, "收", "--roster", made.roster(tmp_path, sent))
    assert code == 0
    assert numbers(document) == made.summed(sent)
    said = nianbao("rollup", "收", cwd=tmp_path).out
    assert "是 2024 年度的，这次汇总的是 2025 年度，没有用它" in said
    assert "是另一种表式（法治政府建设年度报告）" in said


def test_a_unit_off_the_roster_is_checked_and_said(tmp_path: Path, sent: list[Town]) -> None:
    roster = made.roster(tmp_path, sent[:4])
    code, document = rolled(tmp_path, "收", "--roster", roster)
    assert code == 0
    assert states(document)[sent[4].unit] == "checked"
    assert numbers(document) == made.summed(sent[:4])
    said = nianbao("rollup", "收", "--roster", roster, cwd=tmp_path).out
    assert f"名单里没有“{sent[4].unit}”" in said


def test_answers_are_read_from_the_input_file(tmp_path: Path, sent: list[Town]) -> None:
    path = tmp_path / "收" / f"{sent[0].name}2025.yaml"
    text = path.read_text("utf-8").replace("行政许可{{行政许可}}件", "行政许可3件")
    path.write_text(text, "utf-8")
    said = nianbao("rollup", "收", cwd=tmp_path).out
    assert "已加：1 处核实" in said
    figure = sent[0].figures["b3a"]
    path.write_text(f"{text}\n核实说明:\n  N101 行政许可 3/{figure}: 口径不同\n", "utf-8")
    assert "N101" not in nianbao("rollup", "收", cwd=tmp_path).out


def test_texts_that_are_one_are_told_once(tmp_path: Path, sent: list[Town]) -> None:
    said = nianbao("rollup", "收", cwd=tmp_path).out
    assert said.count("H111") == 1
    assert "等 5 个单位的“一、总体情况”大半是一样的文字" in said
    for number, town in enumerate(sent[:4]):
        path = tmp_path / "收" / f"{town.name}2025.yaml"
        marks = "甲乙丙丁"[number]
        own = "".join(f"{marks}村第{n}次公开了村里的账目，" for n in "一二三四五六七八九")
        text = re.sub(r"(?m)^  （[二三四五]）", rf"\g<0>{own}", path.read_text("utf-8"))
        path.write_text(text.replace("（一）主动公开。", f"（一）主动公开。{own}"), "utf-8")
    assert "H111" not in nianbao("rollup", "收", cwd=tmp_path).out


# --- by kind of cell ------------------------------------------------------------------


def of_form(folder: Path, form: str, *changes: tuple[str, str]) -> Path:
    """Two units of a small form in 收/, the second with other figures."""
    source = next((SMALL_FORMS / form).glob("2025.yaml"))
    text = source.read_text("utf-8")
    (folder / "收").mkdir()
    (folder / "收" / "甲2025.yaml").write_text(text, "utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (folder / "收" / "乙2025.yaml").write_text(text, "utf-8")
    return SMALL_FORMS / form


def test_a_rate_is_worked_out_anew_and_differences_keep_their_sign(tmp_path: Path) -> None:
    folder = of_form(
        tmp_path,
        "training",
        ("云岭县人力", "河口县人力"),
        ("电工: [30, -2, 24, 80.0%]", "电工: [10, -1, 5, 50.0%]"),
        ("Full-Time: [10, +10, 6, 60%]", "Full-Time: [0, 0, 0, —]"),
        ("两工种: [40, 8, 30, 75.00%]", "两工种: [10, -1, 5, 50.00%]"),
        ("人均支出: 0.72", "人均支出: 4.30"),
        ("补贴人数: 20", "补贴人数: 5"),
        (
            "报名{{培训班.两工种.报名}}人，培训结业30人，培训未结业10人",
            "报名{{培训班.两工种.报名}}人",
        ),
    )
    code, document = rolled(tmp_path, "收", "-o", "县.yaml", "--templates", folder)
    assert (code, states(document)) == (
        0,
        {
            "云岭县人力资源和社会保障局": "in",
            "河口县人力资源和社会保障局": "in",
        },
    )
    typed = yaml.safe_load((tmp_path / "县.yaml").read_text("utf-8"))
    assert typed["培训班"]["电工"] == [40, -3, 29, "72.5%"]
    assert typed["培训班"]["Full-Time"] == [10, 10, 6, "60%"]
    assert typed["培训班"]["两工种"] == [50, 7, 35, "70.00%"]
    assert typed["培训经费"]["年末结余"] == -0.6
    assert typed["培训经费"]["人均支出"] == 1.23  # 43 / 35
    assert typed["补贴"]["是否发放补贴"] is None
    assert document["cells"]["p1d"] == "72.5%"


def test_rows_that_offices_add_stand_under_each_other_with_the_unit_in_front(
    tmp_path: Path,
) -> None:
    folder = of_form(tmp_path, "projects", ("青石镇", "白河镇"), ("青石大桥", "白河大桥"))
    code, document = rolled(tmp_path, "收", "-o", "县.yaml", "--templates", folder)
    assert code == 0, document
    typed = yaml.safe_load((tmp_path / "县.yaml").read_text("utf-8"))["项目表"]
    names = [row["名称"] for row in typed["项目"]]
    assert sorted(names) == sorted(
        f"云岭县{town}人民政府：{name}"
        for town, bridge in (("青石镇", "青石大桥"), ("白河镇", "白河大桥"))
        for name in (bridge, "河西路 <二期>", "文化站")
    )
    assert typed["全部项目"] == [4200.0, 2401.0]
    assert typed["项目数目"] == 6
    file = json.loads(
        nianbao("check", "县.yaml", "--templates", folder, "--format", "json", cwd=tmp_path).out
    )
    codes = {f["code"] for f in file["files"][0]["findings"] if f["severity"] == "error"}
    assert codes == {"V107"}
