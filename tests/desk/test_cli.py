"""The commands as typed: exit codes, Chinese on the screen, files where they were asked for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import (
    EXAMPLE,
    EXAMPLES,
    SECOND,
    SMALL_FORMS,
    TOWN,
    example,
    in_own_process,
    nianbao,
    paragraphs,
)

BROKEN = EXAMPLES / "青石镇2025-有错.yaml"
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Missing|Invalid|No such|Try|Show this|required|default)\b"
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with inputs/ as an office has it."""
    (tmp_path / "inputs").mkdir()
    shutil.copy(TOWN, tmp_path / "inputs")
    return tmp_path


def test_generate_finds_the_input_and_writes_under_outputs(office: Path) -> None:
    ran = nianbao("2025.yaml", cwd=office, generate=True)
    assert (ran.code, ran.err) == (0, "")
    assert f"√ 已生成 {office / 'outputs' / '2025.docx'}\n" in ran.out
    assert paragraphs(office / "outputs" / "2025.docx")[0].startswith("漵浦縣低莊鎮人民政府")


def test_the_path_as_given_comes_first(office: Path) -> None:
    shutil.copy(EXAMPLE, office / "2025.yaml")
    assert nianbao("generate", "2025.yaml", cwd=office).code == 0
    assert paragraphs(office / "outputs" / "2025.docx")[0].startswith("云岭县")


@pytest.mark.parametrize("ending", [".yaml.txt", ".yml", ".yml.txt"])
@pytest.mark.parametrize("folder", ["inputs", "."])
def test_a_file_under_another_ending_is_found_and_said(
    office: Path, ending: str, folder: str
) -> None:
    (office / "inputs" / "2025.yaml").rename(office / folder / f"2025{ending}")
    ran = nianbao("generate", "2025.yaml", cwd=office)
    assert ran.code == 0
    assert f"没有 2025.yaml，用的是同一个文件夹里的 2025{ending}" in ran.out
    assert (office / "outputs" / "2025.docx").is_file()


def test_an_ending_typed_in_full_is_no_part_of_the_name(office: Path) -> None:
    (office / "inputs" / "2025.yaml").rename(office / "2025.yaml.txt")
    ran = nianbao("generate", "2025.yaml.txt", cwd=office)
    assert ran.code == 0
    assert "W111" not in ran.out
    assert (office / "outputs" / "2025.docx").is_file()


def test_last_year_under_another_ending_is_found_and_said(office: Path) -> None:
    shutil.copy(EXAMPLE, office / "青石镇2025.yaml.txt")
    shutil.copy(EXAMPLES / "青石镇2024.yaml", office / "青石镇2024.yml")
    ran = nianbao("check", "青石镇2025.yaml", cwd=office)
    assert ran.code == 0
    assert "C001" not in ran.out
    assert "青石镇2025.yaml.txt" in ran.out
    assert "青石镇2024.yml" in ran.out


@pytest.mark.parametrize("asked", ["2025", "2025.yml"])
def test_a_well_named_file_is_not_to_be_renamed(office: Path, asked: str) -> None:
    (office / "inputs" / "2025.yaml").rename(office / "2025.yaml")
    ran = nianbao("check", asked, cwd=office)
    assert ran.code == 0
    assert f"没有 {asked}，用的是同一个文件夹里的 2025.yaml" in ran.out
    assert "改名" not in ran.out


def test_the_three_commands_are_one(office: Path) -> None:
    direct = in_own_process("generate", "2025.yaml", cwd=office)
    assert direct.returncode == 0
    first = (office / "outputs" / "2025.docx").read_bytes()
    (office / "outputs" / "2025.docx").unlink()
    assert nianbao("2025.yaml", cwd=office, generate=True).code == 0
    assert (office / "outputs" / "2025.docx").read_bytes() == first


def test_an_output_file_and_an_output_folder(office: Path) -> None:
    assert nianbao("generate", "2025.yaml", "-o", "甲/乙.docx", cwd=office).code == 0
    assert nianbao("generate", "2025.yaml", EXAMPLE, "-o", "丙/", cwd=office).code == 0
    assert (office / "甲" / "乙.docx").is_file()
    assert sorted(path.name for path in (office / "丙").iterdir()) == [
        "2025.docx",
        "青石镇2025.docx",
    ]
    assert not (office / "outputs").exists()


def test_a_batch_writes_the_good_and_returns_the_worst(office: Path) -> None:
    ran = nianbao("generate", "2025.yaml", BROKEN, EXAMPLE, cwd=office)
    assert ran.code == 1
    assert sorted(path.name for path in (office / "outputs").iterdir()) == [
        "2025.docx",
        "青石镇2025.docx",
    ]
    assert "共 3 个填报文件，通过 2 个，退回 1 个" in ran.out
    ran = nianbao("generate", "2025.yaml", BROKEN, "没有.yaml", cwd=office)
    assert ran.code == 3
    assert "读不了 没有.yaml：没有这个文件" in ran.out


def test_two_inputs_with_one_target_write_nothing(office: Path) -> None:
    (office / "other").mkdir()
    shutil.copy(TOWN, office / "other")
    ran = nianbao("generate", "2025.yaml", "other/2025.yaml", cwd=office)
    assert ran.code == 2
    assert "同一个" in ran.err
    assert not (office / "outputs").exists()


@pytest.mark.parametrize(
    "argv",
    [
        ["generate"],
        ["generate", "2025.yaml", "--nosuch"],
        ["generate", "2025.yaml", "-o"],
        ["generate", "2025.yaml", "-o", "x.pdf"],
        ["generate", "2025.yaml", EXAMPLE, "-o", "x.docx"],
        ["generate", "2025.yaml", EXAMPLE, "--last-year", TOWN],
        ["generate", "2025.yaml", "--script", "zh"],
        ["check"],
        ["review"],
        ["review", "2025.yaml", "-o", "x.docx"],
        ["check", "2025.yaml", "--format", "xml"],
        ["explain", "Z999"],
        ["explain", "T101", "T102"],
        ["new"],
        ["new", "明年"],
        ["new", "2026"],
        ["nosuch"],
        ["forms", "x"],
    ],
    ids=lambda argv: " ".join(map(str, argv))[:40],
)
def test_a_usage_error_is_told_in_chinese(office: Path, argv: list[str]) -> None:
    ran = nianbao(*argv, cwd=office)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("× 用法不对：")
    assert not ENGLISH.search(ran.err), ran.err
    assert not (office / "outputs").exists()


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        ["generate", "--help"],
        ["check", "--help"],
        ["review", "--help"],
        ["new", "--help"],
        ["forms", "--help"],
    ],
)
def test_help_is_chinese(tmp_path: Path, argv: list[str]) -> None:
    ran = nianbao(*argv, cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("用法：")
    assert "选项" in ran.out
    assert not ENGLISH.search(ran.out), ran.out


def test_without_a_command_it_says_what_there_is(tmp_path: Path) -> None:
    ran = nianbao(cwd=tmp_path)
    assert ran.code == 2
    assert not ENGLISH.search(ran.out + ran.err)
    for command in ("generate", "check", "review", "new", "explain", "forms"):
        assert command in ran.out + ran.err


def test_the_version_is_told(tmp_path: Path) -> None:
    assert re.fullmatch(r"nianbao \d+\.\d+\.\d+\n", nianbao("--version", cwd=tmp_path).out)


@pytest.mark.parametrize(
    ("path", "code"), [(TOWN, 0), (EXAMPLE, 0), (BROKEN, 1), (Path("没有.yaml"), 3)]
)
def test_check_returns_what_generate_would(tmp_path: Path, path: Path, code: int) -> None:
    assert nianbao("check", path, cwd=tmp_path).code == code
    assert nianbao("generate", path, cwd=tmp_path).code == code


def test_check_writes_nothing(office: Path) -> None:
    before = sorted(office.rglob("*"))
    nianbao("check", "2025.yaml", BROKEN, cwd=office)
    assert sorted(office.rglob("*")) == before


def test_findings_stand_with_their_line_and_remedy(tmp_path: Path) -> None:
    ran = nianbao("check", BROKEN, cwd=tmp_path)
    assert ran.err == ""
    assert "第 30 行第 9 列 错误 V101：“行政强制”没有填数（写的是“/”）。" in ran.out
    assert "您是否想写“信访举报投诉类申请”" in ran.out
    groups = re.split(r"^(?=\S.*：$)", ran.out, flags=re.M)[1:]
    assert [group.split()[0] for group in groups] == ["错误", "核实"]
    for group in groups:
        lines = [int(n) for n in re.findall(r"^  第 (\d+) 行", group, re.M)]
        assert lines == sorted(lines) != []
    assert "未做 C001：" in groups[-1]


def test_the_json_is_the_contract(office: Path) -> None:
    ran = nianbao("check", "--format", "json", "2025.yaml", BROKEN, "没有.yaml", cwd=office)
    assert (ran.code, ran.err) == (3, "")
    assert ran.out.isascii()
    told = json.loads(ran.out)
    assert set(told) == {"files"}
    good, bad, missing = told["files"]
    assert [Path(f["file"]).name for f in told["files"]] == ["2025.yaml", BROKEN.name, "没有.yaml"]
    assert [f["accepted"] for f in told["files"]] == [True, False, False]
    assert [f["code"] for f in good["findings"]] == ["C001"]
    assert good["findings"][0]["severity"] == "note"
    assert missing["findings"]
    for file in told["files"]:
        for finding in file["findings"]:
            assert {"code", "severity", "message", "line", "column", "hint", "answer_key",
                    "answered", "related"} <= set(finding)  # fmt: skip
            assert finding["severity"] in ("error", "confirm", "note")
            assert isinstance(finding["answered"], bool)
            assert (finding["line"] is None) == (finding["column"] is None)
            for place in finding["related"]:
                assert {"line", "column", "message"} <= set(place)
    tie = next(f for f in bad["findings"] if f["code"] == "T101")
    assert (tie["line"], tie["column"]) == (52, 40)
    assert [r["line"] for r in tie["related"]] == [65, 52, 52]


def test_json_of_a_template_fault_names_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    shutil.copy(SECOND / "enforcement-2023.form.yaml", folder)
    ran = nianbao(
        "check", "--format", "json", "--templates", folder, SECOND / "2025.yaml", cwd=tmp_path
    )
    assert ran.code == 3
    (file,) = json.loads(ran.out)["files"]
    (fault,) = [f for f in file["findings"] if f["severity"] == "error"]
    assert (fault["code"], fault["line"]) == ("L101", None)
    assert Path(fault["file"]).name == "enforcement-2023.docx"
    assert not file["accepted"]


def test_last_year_may_be_named(tmp_path: Path) -> None:
    path = example(tmp_path)
    last = EXAMPLES / "青石镇2024.yaml"
    assert "C001" in nianbao("check", path, cwd=tmp_path).out
    assert "C001" not in nianbao("check", path, "--last-year", last, cwd=tmp_path).out
    ran = nianbao("check", path, "--last-year", "没有.yaml", cwd=tmp_path)
    assert ran.code == 3
    assert "没有.yaml" in ran.out


@pytest.mark.parametrize("kind", ["sparse", "fifo", "device", "folder"])
def test_what_is_no_input_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    """In a process that may use half a gigabyte and ten seconds."""
    path = tmp_path / "2025.yaml"
    if kind == "sparse":
        with path.open("wb") as file:
            file.truncate(3_000_000_000)
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    else:
        path.mkdir()
    limited = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29));"
        "sys.argv[0] = 'nianbao'; runpy.run_module('nianbao', run_name='__main__')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", limited, "check", path],
        capture_output=True,
        timeout=10,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.returncode == (1 if kind == "sparse" else 3), ran.stderr
    said = {"sparse": "3,000,000,000 字节", "folder": "文件夹"}.get(kind, "不是一个普通文件")
    assert said in ran.stdout


def test_templates_that_are_none_are_told(office: Path) -> None:
    for folder in ("没有", "inputs"):
        ran = nianbao("generate", "2025.yaml", "--templates", folder, cwd=office)
        assert ran.code == 3
        assert "F103" in ran.out
        assert not (office / "outputs").exists()


def test_a_folder_with_nothing_but_a_file_is_enough(tmp_path: Path) -> None:
    path = example(tmp_path)
    assert nianbao("generate", path.name, cwd=tmp_path).code == 0


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437"])
def test_any_console_survives(tmp_path: Path, encoding: str) -> None:
    odd = "𠮷👨é漵"
    path = example(tmp_path, ("  行政许可: 46\n", f"  {odd}: 46\n"))
    ran = in_own_process("check", path, cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stdout + ran.stderr
    assert b"S101" in ran.stdout
    if encoding == "gbk":
        text = ran.stdout.decode("gbk")
        assert "错误 S101：“主动公开政府信息情况”里没有" in text
        assert "× " in text
    ran = in_own_process("generate", TOWN, cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert ran.returncode == 0
    assert (tmp_path / "outputs" / "2025.docx").is_file()


def test_the_tools_own_words_are_in_gbk(tmp_path: Path) -> None:
    said = [
        nianbao("check", BROKEN, TOWN, cwd=tmp_path).out,
        nianbao("generate", EXAMPLE, cwd=tmp_path).out,
        nianbao("generate", cwd=tmp_path).err,
        nianbao("review", BROKEN, cwd=tmp_path).out,
        nianbao("forms", cwd=tmp_path).out,
        nianbao("--help", cwd=tmp_path).out,
    ]
    for text in said:
        assert text.encode("gbk").decode("gbk") == text


def test_json_is_ascii_on_any_console(tmp_path: Path) -> None:
    ran = in_own_process("check", "--format", "json", BROKEN, cwd=tmp_path, PYTHONIOENCODING="gbk")
    assert ran.returncode == 1
    assert json.loads(ran.stdout.decode("ascii"))["files"][0]["accepted"] is False


def test_a_fault_of_the_program_shows_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise ZeroDivisionError("甲")

    monkeypatch.setattr("nianbao.desk.pipeline.checks.run", fail)
    ran = nianbao("generate", EXAMPLE, cwd=tmp_path)
    assert ran.code == 3
    assert "Traceback" not in ran.out + ran.err
    assert "ZeroDivisionError" in ran.out
    assert not (tmp_path / "outputs").exists()


def test_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A full disk behind a redirection; a standard output that was closed is no error."""
    command = [sys.executable, "-m", "nianbao", "check", str(BROKEN)]
    utf8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=utf8, check=False)
    assert ran.returncode == 3
    assert ran.stderr.decode() == "× 屏幕上的话没有写出来：磁盘满了。\n"
    shell = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *command], capture_output=True, check=False
    )
    assert (shell.returncode, shell.stderr) == (1, b"")


def test_how_a_sentence_is_read_is_explained(workplace: Path) -> None:
    said = "全年共收到政府信息公开申请48件，接听县长热线电话359件。"
    ran = nianbao("explain", "--sentence", said, cwd=workplace)
    assert (ran.code, ran.err) == (0, "")
    counted, other = (line for line in ran.out.splitlines() if line.startswith(("48件", "359件")))
    assert "应当等于" in counted
    assert "应当等于" not in other
    with_file = nianbao("explain", "--sentence", said, "examples/青石镇2025.yaml", cwd=workplace)
    assert with_file.code == 0
    assert counted in with_file.out


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("告知不掌握相关信息3件的政府信息公开申请", True),
        ("2019年告知不掌握相关信息3件的政府信息公开申请", False),
    ],
)
def test_a_sentence_without_a_file_is_read_by_the_form_of_its_year(
    workplace: Path, said: str, read: bool
) -> None:
    ran = nianbao("explain", "--sentence", said, cwd=workplace)
    assert ("说法·本机关不掌握相关政府信息" in ran.out) is read


def test_a_sentence_is_read_by_the_form_of_its_file_or_not_at_all(workplace: Path) -> None:
    folder = SMALL_FORMS / "library"
    said = ("explain", "--sentence", "The library received 12 readers.", folder / "2025.yaml")
    read = nianbao(*said, "--templates", folder, cwd=workplace)
    assert (read.code, read.err) == (0, "")
    other = workplace / "other.yaml"
    other.write_text("表式: 没有的年报\n单位: 甲局\n年度: 2025\n", "utf-8")
    unread = nianbao(*said[:3], other, cwd=workplace)
    assert unread.code == 1
    assert "没有叫“没有的年报”的表式" in unread.err
    assert unread.out == ""
