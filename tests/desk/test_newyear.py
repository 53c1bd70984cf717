"""A new year is begun by the form that is asked for, that of last year's file or of the folder."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from support import EXAMPLE, FORM, SECOND, TEMPLATES, TOWN, nianbao

SECOND_NAME, FIRST_NAME = "行政执法统计年报", "政府信息公开工作年度报告"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with both forms and an empty inputs/."""
    folder = tmp_path / "templates" / "docx"
    folder.mkdir(parents=True)
    for path in (*SECOND.glob("enforcement*"), *TEMPLATES.glob("disclosure*")):
        shutil.copy(path, folder)
    (tmp_path / "inputs").mkdir()
    return tmp_path


def begun(office: Path, *options: object, year: int = 2026) -> str:
    ran = nianbao("new", year, "--unit", "甲", *options, cwd=office)
    assert ran.code == 0, ran.err
    return (office / "inputs" / f"{year}.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("form", "part"),
    [
        (SECOND_NAME, "执法概述"),
        ("enforcement-2023", "执法概述"),
        (FIRST_NAME, "总体情况"),
        ("政府信息公開工作年度報告", "总体情况"),
    ],
)
def test_the_form_may_be_named(office: Path, form: str, part: str) -> None:
    assert f"\n{part}: |\n" in begun(office, "--form", form)


def test_an_unknown_form_is_a_usage_error_that_lists_the_known(office: Path) -> None:
    ran = nianbao("new", 2026, "--unit", "甲", "--form", "政府信息公开年度报告", cwd=office)
    assert ran.code == 2
    assert f"没有叫“政府信息公开年度报告”的表式。您是否想写“{FIRST_NAME}”？" in ran.err
    assert FIRST_NAME in ran.err.partition("现有的表式：")[2]
    assert SECOND_NAME in ran.err.partition("现有的表式：")[2]
    assert not list((office / "inputs").iterdir())


def test_a_named_form_without_an_edition_for_the_year_is_told(office: Path) -> None:
    ran = nianbao("new", 2022, "--unit", "甲", "--form", SECOND_NAME, cwd=office)
    assert ran.code == 1
    assert f"没有适用于 2022 年度的“{SECOND_NAME}”。" in ran.err


def test_another_form_is_not_begun_because_it_alone_is_of_that_year(tmp_path: Path) -> None:
    """Of the forms that ship only that of websites is so old; an office is not given it unasked."""
    ran = nianbao("new", 2018, "--unit", "甲", cwd=tmp_path)
    assert ran.code == 1
    assert f"没有适用于 2018 年度的“{FIRST_NAME}”。" in ran.err
    assert "政府网站工作年度报表（2018 年度起）；要起别的，用 --form" in ran.err
    assert not list(tmp_path.glob("inputs/*"))
    asked = nianbao("new", 2018, "--unit", "甲", "--form", "website-2018", cwd=tmp_path)
    assert asked.code == 0, asked.err


@pytest.mark.parametrize(
    ("source", "part"), [(SECOND / "2025.yaml", "执法概述"), (EXAMPLE, "总体情况")]
)
def test_the_form_is_that_of_the_folders_other_files(office: Path, source: Path, part: str) -> None:
    text = re.sub(r"(?m)^表式:.*\n", "", source.read_text("utf-8"))
    (office / "inputs" / "2025.yaml").write_text(text, "utf-8")
    assert f"\n{part}: |\n" in begun(office)


def test_the_newest_edition_of_that_form_is_taken(office: Path) -> None:
    """One that begins later than the year is not, nor one of another form."""
    folder, text = office / "templates" / "docx", FORM.read_text("utf-8")
    said = re.search(r"(?m)^    说明: (.*)$", text)
    assert said
    for first in (2024, 2026, 2027):
        newer = text.replace("适用年度: 2021-", f"适用年度: {first}-")
        newer = newer.replace(said[1], f"照{first}年版写")
        (folder / f"disclosure-{first}.form.yaml").write_text(newer, "utf-8")
    shutil.copy(EXAMPLE, office / "inputs" / "2023.yaml")
    assert "# 照2026年版写\n" in begun(office)
    assert "# 照2024年版写\n" in begun(office, year=2025)
    assert f"# {said[1]}\n" in begun(office, "--form", "disclosure-2021", year=2022)


def test_last_years_file_outranks_the_folder(office: Path) -> None:
    shutil.copy(EXAMPLE, office / "inputs" / "2024.yaml")
    shutil.copy(EXAMPLE, office / "inputs" / "2025.yaml")
    shutil.copy(SECOND / "2025.yaml", office / "执法队2025.yaml")
    assert "\n执法概述: |\n" in begun(office, "--from", "执法队2025.yaml")


def test_the_file_may_be_named(office: Path) -> None:
    ran = nianbao("new", 2026, "--unit", "甲", "-o", "低庄/年报2026.yaml", cwd=office)
    assert ran.code == 0
    text = (office / "低庄" / "年报2026.yaml").read_text("utf-8")
    assert re.search(r"再运行：\S*generate 低庄/年报2026\.yaml\n", text)
    assert not list((office / "inputs").iterdir())
    again = nianbao("new", 2026, "--unit", "甲", "-o", "低庄/年报2026.yaml", cwd=office)
    assert again.code == 3
    assert "已经有了，没有动它" in again.err
    assert (office / "低庄" / "年报2026.yaml").read_text("utf-8") == text


def test_a_name_that_is_no_input_files_is_a_usage_error(office: Path) -> None:
    ran = nianbao("new", 2026, "--unit", "甲", "-o", "2026.docx", cwd=office)
    assert ran.code == 2
    assert ran.err.startswith("× 用法不对：-o 后面写 .yaml 文件")


def test_a_broken_form_is_told_with_its_line_where_it_is_asked_for(office: Path) -> None:
    path = office / "templates" / "docx" / "enforcement-2023.form.yaml"
    path.write_text(path.read_text("utf-8").replace("落在: 全年", "落: 全年"), "utf-8")
    assert "\n总体情况: |\n" in begun(office)
    ran = nianbao("new", 2027, "--unit", "甲", "--form", SECOND_NAME, cwd=office)
    assert ran.code == 3
    assert re.search(r"enforcement-2023\.form\.yaml 第 \d+ 行：", ran.err)


def test_the_sample_is_known_as_it_is_shipped() -> None:
    """Else `new` would refuse to replace it: templates/samples.sha256 goes with inputs/2025.yaml."""
    shipped = TOWN.read_bytes().replace(b"\r\n", b"\n")
    listed = (TEMPLATES.parent / "samples.sha256").read_text("ascii").splitlines()
    assert f"{hashlib.sha256(shipped).hexdigest()}  inputs/{TOWN.name}" in listed


def test_the_starter_names_the_program_as_its_reader_types_it(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = office / ".venv" / "bin" / "generate"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))
    monkeypatch.setenv("PATH", "")
    typed = os.path.join(".venv", "bin", "generate")
    assert f"再运行：{typed} 2026.yaml\n" in begun(office)
    monkeypatch.setenv("PATH", str(program.parent))
    assert "再运行：generate 2027.yaml\n" in begun(office, year=2027)
