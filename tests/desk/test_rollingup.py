"""`rollup` where something is wrong with what it is given: one sentence, and the rest is done."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from support import county as made
from support import in_own_process, nianbao
from support.county import Town


@pytest.fixture
def towns(tmp_path: Path) -> list[Town]:
    found = made.towns(3)
    for town in found:
        town.written(tmp_path / "收")
    return found


def states(folder: Path, *argv: object) -> list[str]:
    ran = nianbao("rollup", *argv, "--format", "json", cwd=folder)
    return [unit["state"] for unit in json.loads(ran.out)["units"]]


def test_what_lies_beside_reports_is_left_out(tmp_path: Path, towns: list[Town]) -> None:
    folder = tmp_path / "收"
    report = folder / f"{towns[0].name}2025.yaml"
    for name in (
        "~$东山镇.docx",
        ".隐藏.yaml",
        "核实说明.txt",
        "甲.核实说明.txt",
        "甲.yaml.改前.bak",
    ):
        (folder / name).write_text("别的", "utf-8")
    nianbao("review", report, "-o", "收/", cwd=tmp_path)
    nianbao("generate", report, "-o", "收/", cwd=tmp_path)
    shutil.copy(folder / f"{towns[0].name}2025.docx", folder / f"{towns[0].name}2025.pdf")
    assert states(tmp_path, "收") == ["in"] * 3


def test_a_document_counts_as_its_input_file_would(tmp_path: Path, towns: list[Town]) -> None:
    files = [f"收/{town.name}2025.yaml" for town in towns]
    assert nianbao("generate", *files, "-o", "文档/", cwd=tmp_path).code == 0
    ran = nianbao("rollup", "文档", "--format", "json", cwd=tmp_path)
    assert ran.code == 0
    cells = json.loads(ran.out)["cells"]
    assert cells == {a: f"{n.normalize():f}" for a, n in made.summed(towns).items()}


def test_a_letter_beside_a_document_answers_it(tmp_path: Path, towns: list[Town]) -> None:
    path = tmp_path / "收" / f"{towns[0].name}2025.yaml"
    text = path.read_text("utf-8").replace("行政许可{{行政许可}}件", "行政许可3件")
    key = f"N101 行政许可 3/{towns[0].figures['b3a']}"
    path.write_text(f"{text}\n核实说明:\n  {key}: 口径不同\n", "utf-8")
    assert nianbao("generate", path, "-o", "文档/", cwd=tmp_path).code == 0
    assert "N101" not in nianbao("rollup", "文档", cwd=tmp_path).out
    (letter,) = (tmp_path / "文档").glob("*.核实说明.txt")
    for other, answered in (
        (f"{towns[0].unit}2025年政府信息公开工作年度报告 核实说明\n{key}：口径不同\n", True),
        (f"{towns[1].unit}2025年政府信息公开工作年度报告 核实说明\n{key}：口径不同\n", False),
        (f"{key}: 口径不同\n", True),
        (f"{key}:\n", False),
    ):
        letter.unlink(missing_ok=True)
        (tmp_path / "文档" / "核实说明.txt").write_text(other, "utf-8")
        assert ("N101" not in nianbao("rollup", "文档", cwd=tmp_path).out) is answered, other


def test_files_that_are_no_reports_are_named(tmp_path: Path, towns: list[Town]) -> None:
    (tmp_path / "收" / "照片.jpg").write_bytes(b"\xff\xd8")
    ran = nianbao("rollup", "收", cwd=tmp_path)
    assert ran.code == 0
    assert "没有看：照片.jpg" in ran.out


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_cycle_ends(tmp_path: Path, towns: list[Town]) -> None:
    (tmp_path / "收" / "又").symlink_to(tmp_path / "收", target_is_directory=True)
    (tmp_path / "收" / "断").symlink_to(tmp_path / "没有")
    assert states(tmp_path, "收") == ["in"] * 3


def test_an_empty_folder_is_told_and_the_rest_is_done(tmp_path: Path, towns: list[Town]) -> None:
    (tmp_path / "空").mkdir()
    ran = nianbao("rollup", "收", "空", "-o", "县2025.yaml", cwd=tmp_path)
    assert ran.code == 1
    assert "文件夹 空 里没有可以汇总的报告" in ran.out
    assert (tmp_path / "县2025.yaml").exists()


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (["空"], 3, "空 里没有可以汇总的报告"),
        (["没有"], 1, "没有读出来"),
        (["收", "--roster", "没有.csv"], 3, "没有这个文件"),
        (["收", "--last-year", "没有"], 3, "读不了 没有"),
        (["收", "-o", "县2025.docx"], 2, "-o 后面写 .yaml 文件"),
        (["收", "--workbook", "汇总.csv"], 2, "--workbook 后面写 .xlsx 文件"),
        ([], 2, "文件或文件夹"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, towns: list[Town], argv: list[str], code: int, told: str
) -> None:
    (tmp_path / "空").mkdir()
    before = sorted(tmp_path.rglob("*"))
    ran = nianbao("rollup", *argv, cwd=tmp_path)
    assert ran.code == (3 if argv == ["没有"] else code)
    assert told in ran.out + ran.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_begun_text_is_never_overwritten(tmp_path: Path, towns: list[Town]) -> None:
    argv = ("rollup", "收", "-o", "县2025.yaml")
    assert nianbao(*argv, cwd=tmp_path).code == 0
    (tmp_path / "收" / f"{towns[0].name}2025.yaml").unlink()
    assert nianbao(*argv, cwd=tmp_path).code == 0
    path = tmp_path / "县2025.yaml"
    begun = path.read_text("utf-8").replace("引言: |\n  \n", "引言: |\n  写好了的。\n")
    path.write_text(begun, "utf-8")
    ran = nianbao(*argv, cwd=tmp_path)
    assert ran.code == 3
    assert "县2025.yaml 已经有了，没有动它" in ran.err
    assert path.read_text("utf-8") == begun


def test_progress_is_not_for_a_pipe(tmp_path: Path, towns: list[Town]) -> None:
    ran = in_own_process("rollup", "收", cwd=tmp_path)
    assert ran.returncode == 0
    assert ran.stderr == b""


def test_openpyxl_is_loaded_for_a_workbook_only(tmp_path: Path, towns: list[Town]) -> None:
    import subprocess
    import sys

    program = "import sys; from nianbao.desk import cli; sys.argv = ['x', 'rollup', '收']\n"
    program += "try:\n    cli.main()\nexcept SystemExit:\n    print('openpyxl' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True
    )
    assert ran.stdout.strip().endswith(b"False")
