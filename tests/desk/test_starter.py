"""A new year's file teaches, carries over what it may, and passes only once it is filled in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import EXAMPLE, EXAMPLES, TOWN, Ran, check, nianbao, paragraphs, place_of

from nianbao.desk.pipeline import Session

BLANK = ["规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "本年新收"]


def start(folder: Path, *options: object, year: int = 2026) -> tuple[Ran, Path]:
    return nianbao("new", year, *options, cwd=folder), folder / "inputs" / f"{year}.yaml"


def fill(path: Path, **typed: str) -> None:
    """Type an answer behind each blank row, 0 where none is given."""
    lines = path.read_text("utf-8").split("\n")
    for n, line in enumerate(lines):
        key, colon, rest = line.strip().partition(":")
        if colon and key in BLANK and not rest.partition("#")[0].strip():
            lines[n] = f"{line.partition(':')[0]}: {typed.get(key, '0')}"
    path.write_text("\n".join(lines), "utf-8")


def write_narratives(path: Path) -> None:
    """A sentence under each narrative that is empty, with all that any of them must come to."""
    said = (
        "主动公开、依申请公开、政府信息管理、公开平台和监督保障均已办理，考核、评议照常，没有责任追究；"
        "统计期限为1月1日至12月31日，地址：人民路1号，电话：0700-5550100，没有收取信息处理费。"
    )
    text = path.read_text("utf-8")
    path.write_text(text.replace(": |\n  \n", f": |\n  {said}\n"), "utf-8")


def test_an_untouched_starter_is_refused_at_each_blank(tmp_path: Path) -> None:
    ran, path = start(tmp_path, "--unit", "青石镇人民政府")
    assert ran.code == 0
    assert str(Path("inputs/2026.yaml")) in ran.out
    file = check(path)
    assert not file["accepted"]
    errors = [f for f in file["findings"] if f["severity"] == "error"]
    assert {f["code"] for f in errors} == {"V101"}
    assert [f["line"] for f in errors] == [place_of(path, f"  {row}:")[0] for row in BLANK]
    assert nianbao("generate", "2026.yaml", cwd=tmp_path).code == 1
    assert not (tmp_path / "outputs").exists()


def test_one_blank_left_is_still_refused(tmp_path: Path) -> None:
    _, path = start(tmp_path, "--unit", "青石镇人民政府")
    for blank in BLANK:
        start_text = path.read_text("utf-8")
        fill(path)
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"  {blank}: 0", f"  {blank}:"), "utf-8")
        errors = [f for f in check(path)["findings"] if f["severity"] == "error"]
        assert [(f["code"], f["line"]) for f in errors] == [
            ("V101", place_of(path, f"  {blank}:")[0])
        ]
        path.write_text(start_text, "utf-8")


def test_filling_the_blanks_makes_it_pass(tmp_path: Path) -> None:
    _, path = start(tmp_path, "--unit", "青石镇人民政府")
    fill(path)
    write_narratives(path)
    assert [f["code"] for f in check(path)["findings"]] == ["C001", "S203"]
    text, blank = path.read_text("utf-8"), "审签: {初审: , 复审: , 终审: }"
    assert text.count(blank) == 1
    path.write_text(text.replace(blank, "审签: {初审: 甲, 复审: 乙, 终审: 丙}"), "utf-8")
    file = check(path)
    assert file["accepted"]
    assert [f["code"] for f in file["findings"]] == ["C001"]
    ran = nianbao("generate", "2026.yaml", cwd=tmp_path)
    assert ran.code == 0
    printed = paragraphs(tmp_path / "outputs" / "2026.docx")
    assert printed[0].replace("\n", "") == "青石镇人民政府2026年政府信息公开工作年度报告"


def test_it_teaches(tmp_path: Path) -> None:
    _, path = start(tmp_path, "--unit", "青石镇人民政府")
    lines = path.read_text("utf-8").split("\n")
    above = "# 各列依次是：自然人, 商业企业, 科研机构, 社会公益组织, 法律服务机构, 其他, 总计"
    for row in ("本年新收", "予以公开", "属于国家秘密", "本机关不掌握相关政府信息", "其他"):
        at = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{row}:"))
        before = [line.strip() for line in lines[:at]]
        told = max(n for n, line in enumerate(before) if line == above)
        assert all(":" in line for line in before[told + 1 :]), row
    assert any("{{本年" in line or "{{行政" in line for line in lines if line.startswith("#"))
    assert any(line.startswith("# ") and "generate 2026.yaml" in line for line in lines)


def test_it_never_overwrites(tmp_path: Path) -> None:
    _, path = start(tmp_path, "--unit", "青石镇人民政府")
    path.write_text("我的", "utf-8")
    ran, _ = start(tmp_path, "--unit", "青石镇人民政府")
    assert ran.code == 3
    assert "已经有了" in ran.err
    assert path.read_text("utf-8") == "我的"
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")
    assert start(tmp_path, "--unit", "青石镇人民政府")[0].code == 3
    assert not (tmp_path / "nowhere").exists()


def test_last_year_carries_over(tmp_path: Path) -> None:
    _, path = start(tmp_path, "--from", EXAMPLE)
    old, _ = Session().read(EXAMPLE)
    new, findings = Session().read(path)
    assert (new.unit, new.short_name, new.year) == (old.unit, old.short_name, 2026)
    for name in ("初审", "复审", "终审"):
        assert new.fields[f"审签.{name}"] == old.fields[f"审签.{name}"]
    carried = [new.numbers[f"c2{letter}"].typed for letter in "abcdefg"]
    assert carried == [old.numbers[f"c25{letter}"].typed for letter in "abcdefg"]
    assert carried == ["1", "0", "0", "0", "0", "0", "1"]
    assert {f.code for f in findings if f.blocks} == {"V101"}
    assert len([f for f in findings if f.blocks]) == len(BLANK)


def test_the_introduction_carries_over_with_its_year_bound(tmp_path: Path) -> None:
    _, path = start(tmp_path, "--from", EXAMPLE)
    text = path.read_text("utf-8")
    assert "统计期限为{{年度}}年1月1日至12月31日" in text
    assert "〔2021〕30号" in text
    new, _ = Session().read(path)
    introduction = "\n".join(p.text for p in new.narratives["引言"])
    assert "统计期限为2026年1月1日至12月31日" in introduction
    assert not new.narratives["总体情况"]
    assert "发布时间: 2026" not in text


def test_filled_in_it_agrees_with_last_year(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path)
    _, path = start(tmp_path, "--from", tmp_path / EXAMPLE.name)
    fill(path, 行政规范性文件="[2, 1, 13]", 本年新收="[0, 0, 0, 0, 0, 0, 0]")
    write_narratives(path)
    file = check(path, "--last-year", tmp_path / EXAMPLE.name)
    errors = [f for f in file["findings"] if f["severity"] == "error"]
    total = place_of(path, "    总计: 0")[0]
    assert {(f["code"], f["line"]) for f in errors} == {("T102", total)}
    text = path.read_text("utf-8")
    text = text.replace("予以公开: 0", "予以公开: {自然人: 1, 总计: 1}")
    path.write_text(text.replace("    总计: 0", "    总计: [1, 0, 0, 0, 0, 0, 1]"), "utf-8")
    (left,) = check(path, "--last-year", tmp_path / EXAMPLE.name)["findings"]
    assert left["answer_key"] == "C104 总计·总计 20/1"


def test_a_traditional_file_starts_a_traditional_one(tmp_path: Path) -> None:
    _, path = start(tmp_path, "--from", TOWN)
    text = path.read_text("utf-8")
    assert "單位: 漵浦縣低莊鎮人民政府" in text
    assert "行政規範性文件:" in text
    assert "{初審: 甲, 複審: 乙, 終審: 丙}" in text
    assert not set("单审签复总计况") & set(text)
    assert {f["code"] for f in check(path)["findings"] if f["severity"] == "error"} == {"V101"}


def test_another_units_name_may_be_given(tmp_path: Path) -> None:
    _, path = start(tmp_path, "--from", EXAMPLE, "--unit", "白石镇：人民 #政府")
    assert Session().read(path)[0].unit == "白石镇：人民 #政府"


@pytest.mark.parametrize("unit", ["'甲'", "甲: 乙", "@甲", "{甲}", "- 甲", "甲 #乙", "*甲"])
def test_any_units_name_reads_back(tmp_path: Path, unit: str) -> None:
    _, path = start(tmp_path, "--unit", unit)
    assert Session().read(path)[0].unit == unit
    assert {f["code"] for f in check(path)["findings"] if f["severity"] == "error"} == {"V101"}


def test_a_year_that_does_not_follow_carries_no_numbers(tmp_path: Path) -> None:
    ran, path = start(tmp_path, "--from", EXAMPLES / "青石镇2024.yaml")
    assert ran.code == 0
    assert "没有照填上年的数" in ran.out
    new, _ = Session().read(path)
    assert new.numbers["c2g"].typed == "0"


def test_what_is_wrong_is_not_carried_over(tmp_path: Path) -> None:
    ran, path = start(tmp_path, "--from", EXAMPLES / "青石镇2025-有错.yaml")
    assert ran.code == 1
    assert "还有错" in ran.err
    assert not path.exists()


@pytest.mark.parametrize(
    ("options", "year", "code"),
    [
        ((), 2026, 2),
        (("--unit", "甲"), 2017, 1),
        (("--from", "没有.yaml"), 2026, 3),
        (("--unit", "甲"), 26, 2),
    ],
)
def test_what_cannot_be_started_says_why(
    tmp_path: Path, options: tuple[str, ...], year: int, code: int
) -> None:
    ran, path = start(tmp_path, *options, year=year)
    assert ran.code == code
    assert ran.err.startswith("× ")
    assert not path.exists()


def test_a_form_of_texts_alone_asks_for_no_0(tmp_path: Path) -> None:
    ran, path = start(tmp_path, "--unit", TOWN, "--form", "lawgov-2019")
    assert ran.code == 0, ran.err
    text = path.read_text("utf-8")
    assert "填 0" not in text
    assert "{{单位}}" in text
