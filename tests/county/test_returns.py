"""What goes back to a unit, read as the unit reads it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
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


def spoilt(folder: Path, town: Town, old: str, new: str) -> None:
    path = folder / "收" / f"{town.name}2025.yaml"
    text, count = re.subn(old, new, path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")


def returned(folder: Path, *argv: object) -> dict[str, str]:
    """The texts of 退回/, by the path below it."""
    nianbao("rollup", "收", "--return", "退回", *argv, cwd=folder)
    found = (folder / "退回").rglob("*.txt")
    return {p.relative_to(folder / "退回").as_posix(): p.read_text("utf-8-sig") for p in found}


def test_a_unit_is_told_what_where_why_and_what_to_type(tmp_path: Path, towns: list[Town]) -> None:
    spoilt(tmp_path, towns[0], r"(?m)^  行政许可: \d+$", "  行政许可: /")
    text = returned(tmp_path)[f"{towns[0].name}/退回说明.txt"]
    assert text.startswith(f"{towns[0].unit}：\n")
    assert "有 1 处要改正" in text
    assert "1. “行政许可”没有填数（写的是“/”）。（第 25 行第 9 列）" in text
    assert "为什么：" in text
    assert "怎么办：没有就填 0。" in text
    assert f"{towns[0].name}2025.审阅稿.docx" in text


def test_the_copy_holds_the_comment(tmp_path: Path, towns: list[Town]) -> None:
    spoilt(tmp_path, towns[0], r"(?m)^  行政许可: \d+$", "  行政许可: /")
    returned(tmp_path)
    copy = tmp_path / "退回" / towns[0].name / f"{towns[0].name}2025.审阅稿.docx"
    comments = [c.text for c in docx.Document(str(copy)).comments]
    assert any("“行政许可”没有填数" in comment for comment in comments)
    assert zipfile.ZipFile(copy).testzip() is None


def test_what_was_answered_is_said_to_be(tmp_path: Path, towns: list[Town]) -> None:
    figure = towns[0].figures["b3a"]
    spoilt(tmp_path, towns[0], r"行政许可\{\{行政许可\}\}件", "行政许可3件")
    spoilt(
        tmp_path,
        towns[0],
        r"\Z",
        f"\n核实说明:\n  N101 行政许可 3/{figure}: 口径不同\n",
    )
    spoilt(tmp_path, towns[0], r"行政处罚\{\{行政处罚\}\}件", "行政处罚4件")
    text = returned(tmp_path)[f"{towns[0].name}/退回说明.txt"]
    asked, _, answered = text.partition("下面的已经说明，不用再改：")
    assert "有 1 处要核实" in asked
    assert f"照这一行报来：N101 行政处罚 4/{towns[0].figures['b4a']}: 原因" in asked
    assert "正文说“行政许可”3件" not in asked
    assert "正文说“行政许可”3件" in answered


def test_nothing_goes_back_to_whom_nothing_is_asked(tmp_path: Path, towns: list[Town]) -> None:
    assert returned(tmp_path) == {}


def test_who_is_missing_is_one_text(tmp_path: Path, towns: list[Town]) -> None:
    texts = returned(tmp_path, "--roster", made.roster(tmp_path, towns))
    assert list(texts) == ["没有报送的单位.txt"]
    assert "有 1 个单位" in texts["没有报送的单位.txt"]
    assert towns[3].unit in texts["没有报送的单位.txt"]


def test_a_unit_with_two_reports_is_asked_which(tmp_path: Path, towns: list[Town]) -> None:
    other = made.town(towns[0].name, 99)
    other.written(tmp_path / "收" / "又")
    text = returned(tmp_path)[f"{towns[0].name}/退回说明.txt"]
    assert "收到两份，数不一样，请说明哪一份是对的" in text
    assert "不同的：" in text
    assert "收/" not in text


def test_what_an_earlier_run_wrote_is_kept(tmp_path: Path, towns: list[Town]) -> None:
    spoilt(tmp_path, towns[0], r"(?m)^  行政许可: \d+$", "  行政许可: /")
    first = returned(tmp_path)
    spoilt(tmp_path, towns[0], r"(?m)^  行政许可: /$", "  行政许可: -")
    assert returned(tmp_path) != first
    (kept,) = (tmp_path / "退回").rglob("*.bak")
    assert kept.read_text("utf-8-sig") == first[f"{towns[0].name}/退回说明.txt"]
