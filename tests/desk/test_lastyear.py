"""Last year's file never rejects this year's; why it is not compared with is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import EXAMPLE, EXAMPLES, FORM, TEMPLATES, check, nianbao

LAST = EXAMPLES / "青石镇2024.yaml"


@pytest.mark.parametrize("last", ["a: [1", "", "甲: 乙\n", "单位: 某某\n年度: 2024\n"])
def test_a_damaged_last_year_is_a_check_not_made(tmp_path: Path, last: str) -> None:
    path = tmp_path / "青石镇2025.yaml"
    path.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    (tmp_path / "青石镇2024.yaml").write_text(last, "utf-8")
    for options in ((), ("--last-year", tmp_path / "青石镇2024.yaml")):
        file = check(path, *options)
        assert file["accepted"]
        assert [f["code"] for f in file["findings"]] == ["C001"]
        assert "青石镇2024.yaml" in file["findings"][0]["message"]


def test_a_last_year_that_does_not_tie_is_a_check_not_made(tmp_path: Path) -> None:
    path = tmp_path / "青石镇2025.yaml"
    path.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    last = EXAMPLE.with_name("青石镇2024.yaml").read_text("utf-8")
    wrong = last.replace("总计: [9, 1, 0, 1, 1, 0, 12]", "总计: [9, 1, 0, 1, 1, 0, 13]")
    assert wrong != last
    (tmp_path / "青石镇2024.yaml").write_text(wrong, "utf-8")
    file = check(path)
    assert file["accepted"]
    assert [f["code"] for f in file["findings"]] == ["C001"]
    assert "第 62 行" in file["findings"][0]["message"]


def test_a_last_year_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    ran = nianbao("check", EXAMPLE, "--last-year", "nowhere.yaml", cwd=tmp_path)
    assert ran.code == 3
    assert "nowhere.yaml：没有这个文件" in ran.out


def test_a_correction_is_told_with_last_years_place(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8").replace("上年结转: [1, 1,", "上年结转: [2, 1,")
    path = tmp_path / "青石镇2025.yaml"
    path.write_text(text, "utf-8")
    last = EXAMPLES / "青石镇2024.yaml"
    found = [f for f in check(path, "--last-year", last)["findings"] if f["code"] == "C101"]
    assert found
    assert all(f["related"][0]["file"] == str(last) for f in found)
    assert all(f["related"][0]["line"] > 1 for f in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("年度: 2024", "年度: 2023", "青石镇2024.yaml 的年度是 2023，不是 2024"),
        ("单位: 云岭县青石镇人民政府", "单位: 云岭县白水镇人民政府", "与本年不同"),
    ],
)
def test_another_year_or_unit_is_not_compared_with(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = LAST.read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / LAST.name).write_text(text.replace(old, new), "utf-8")
    shutil.copy(EXAMPLE, tmp_path)
    (told,) = check(tmp_path / EXAMPLE.name)["findings"]
    assert told["code"] == "C001"
    assert said in told["message"]


def test_a_broken_form_of_last_year_is_told_as_the_forms(tmp_path: Path) -> None:
    """Its line is in the form's file, not in last year's report."""
    folder = tmp_path / "templates" / "docx"
    shutil.copytree(TEMPLATES, folder)
    form = folder / FORM.name
    text = form.read_text("utf-8")
    assert text.count("适用年度: 2021- ") == 1
    older = text.replace("适用年度: 2021- ", "错: 了\n适用年度: 2021-2024 ")
    form.with_name("old-2021.form.yaml").write_text(older, "utf-8")
    form.write_text(text.replace("适用年度: 2021- ", "适用年度: 2025- "), "utf-8")
    shutil.copy(EXAMPLE, tmp_path)
    shutil.copy(LAST, tmp_path)
    (told,) = check(tmp_path / EXAMPLE.name)["findings"]
    assert told["code"] == "C001"
    assert "青石镇2024.yaml 的表式 old-2021.form.yaml 有错（第 " in told["message"]
    assert check(tmp_path / EXAMPLE.name)["accepted"]
    assert not check(tmp_path / EXAMPLE.name, "--last-year", LAST.name)["accepted"]
