"""A second official form needs two files and no code: it generates, checks and refuses."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support import EXAMPLE, SECOND, TEMPLATES, check, nianbao, paragraphs, place_of, tables

INPUT = SECOND / "2025.yaml"
WITH = ("--templates", SECOND)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return Path(shutil.copy(INPUT, tmp_path))


def changed(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_its_document_is_read_back_whole(filled: Path) -> None:
    ran = nianbao("generate", *WITH, filled, cwd=filled.parent)
    assert (ran.code, ran.err) == (0, "")
    written = filled.parent / "outputs" / "2025.docx"
    assert paragraphs(written) == [
        "云岭县青石镇综合行政执法队\n2025年行政执法统计年报",
        "一、执法概述",
        "2025年，青石镇执法队出动检查90次，市容领域立案11件。",
        "（一）食品。罚款2件，移送1件。",
        "二、检查次数",
        "注：次数按出动组计。",
        "三、案件去向",
        "云岭县青石镇综合行政执法队\u30002026年1月9日",
        "统计：甲\u3000负责：乙",
    ]
    assert tables(written) == [
        [
            ["", "日常巡查", "专项抽查"],
            ["上半年", "40", "6"],
            ["下半年", "35", "9"],
            ["全年合计", "75", "15"],
        ],
        [
            ["", "已办结", "移送", "小计"],
            ["", "罚款", "警告", "移送", "小计"],
            ["食品领域", "2", "5", "1", "8"],
            ["市容领域", "0", "11", "0", "11"],
        ],
    ]


def test_a_broken_column_tie_is_refused_at_its_total(filled: Path) -> None:
    line, column = place_of(filled, "75, 15")
    file = check(changed(filled, "75, 15", "76, 15"), *WITH)
    (finding,) = [f for f in file["findings"] if f["severity"] == "error"]
    assert (finding["code"], finding["line"], finding["column"]) == ("T102", line, column)
    assert finding["message"] == (
        "“日常巡查”这一列不平（两个半年之和等于全年）：上半年 40 + 下半年 35 = 75，"
        "全年合计 76，少了 1（差 -1）。"
    )
    assert [r["message"] for r in finding["related"]] == [
        "日常巡查·上半年 40",
        "日常巡查·下半年 35",
    ]


def test_a_broken_row_tie_is_refused_and_nothing_is_written(filled: Path) -> None:
    path = changed(filled, "[2, 5, 1, 8]", "[2, 5, 2, 8]")
    ran = nianbao("generate", *WITH, path, cwd=path.parent)
    assert ran.code == 1
    line, _ = place_of(path, "[2, 5, 2, 8]")
    assert f"第 {line} 行" in ran.out
    assert "食品领域" in ran.out
    assert "各种去向之和等于小计" in ran.out
    assert not (path.parent / "outputs").exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("全年:   [75, 15]", "全年: {日常巡查: 75}", "S106"),
        ("  下半年: [35, 9]\n", "", "S103"),
        ("{警告: 11, 小计: 11}", "{警告: 11}", "S106"),
        ("{{市容领域}}", "{{上半年}}", "N002"),
        ("签字: {统计: 甲", "审签: {统计: 甲", "S101"),
    ],
)
def test_the_contract_is_the_same_for_it(filled: Path, old: str, new: str, code: str) -> None:
    file = check(changed(filled, old, new), *WITH)
    assert [f["code"] for f in file["findings"] if f["severity"] == "error"] == [code]


def test_a_starter_of_it_asks_for_its_blanks(tmp_path: Path) -> None:
    ran = nianbao("new", "2026", "--unit", "云岭县执法队", *WITH, cwd=tmp_path)
    assert ran.code == 0, ran.err
    started = tmp_path / "inputs" / "2026.yaml"
    file = check(started, *WITH)
    assert not file["accepted"]
    blanks = [place_of(started, f"  {row}:")[0] for row in ("上半年", "下半年", "全年")]
    assert [f["line"] for f in file["findings"] if f["code"] == "V101"] == blanks


def test_a_form_without_blank_rows_starts_too(tmp_path: Path) -> None:
    text = (SECOND / "enforcement-2023.form.yaml").read_text("utf-8")
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "all-zero.form.yaml").write_text(text.replace("    起稿: 留空\n", ""), "utf-8")
    ran = nianbao("new", "2026", "--unit", "甲", "--templates", folder, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert (tmp_path / "inputs" / "2026.yaml").exists()


def test_forms_lists_it(tmp_path: Path) -> None:
    ran = nianbao("forms", *WITH, cwd=tmp_path)
    assert ran.code == 0
    assert "enforcement-2023  行政执法统计年报（2023年试行版，云岭府办〔2023〕9号）" in ran.out
    assert "14 个数" in ran.out


def test_two_forms_side_by_side_are_told_apart_by_their_parts(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "docx"
    folder.mkdir(parents=True)
    for path in (*SECOND.glob("enforcement*"), *TEMPLATES.glob("disclosure*")):
        (folder / path.name).write_bytes(path.read_bytes())
    for path in (EXAMPLE, SECOND / "2025.yaml"):
        text = re.sub(r"(?m)^表式:.*\n", "", path.read_text("utf-8"))
        (tmp_path / "2025.yaml").write_text(text, "utf-8")
        assert check(tmp_path / "2025.yaml")["accepted"], path


def test_another_forms_last_year_is_a_check_not_made(tmp_path: Path) -> None:
    last = tmp_path / "2024.yaml"
    last.write_text((SECOND / "2025.yaml").read_text("utf-8").replace("2025", "2024"), "utf-8")
    folder = tmp_path / "forms"
    folder.mkdir()
    for path in (*SECOND.glob("enforcement*"), *TEMPLATES.glob("disclosure*")):
        (folder / path.name).write_bytes(path.read_bytes())
    file = check(EXAMPLE, "--last-year", last, "--templates", folder)
    assert [f["code"] for f in file["findings"]] == ["C001"]
    assert "另一种表式" in file["findings"][0]["message"]
