"""What a person sees: groups, quoted lines, colours only on a terminal, one sentence at the end."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from support import EXAMPLE, EXAMPLES, example, in_own_process, nianbao, place_of

BROKEN = EXAMPLES / "青石镇2025-有错.yaml"
LAST = EXAMPLES / "青石镇2024.yaml"


def headings(text: str) -> list[str]:
    return re.findall(r"^(\S+ .*)：$", text, re.M)


def marked(text: str, code: str) -> tuple[str, str]:
    """The quoted line under a finding, and its part from the mark on."""
    found = re.search(rf"{code}：.*\n *\d+ \| (?P<line>.*)\n *\| (?P<mark> *)\^\n", text)
    assert found, text
    width = 0
    for at, char in enumerate(found["line"]):
        if width == len(found["mark"]):
            return found["line"], found["line"][at:]
        width += 1 + ("\u2e80" <= char <= "\uffef")
    return found["line"], ""


def test_findings_are_grouped_gravest_first_with_their_counts(tmp_path: Path) -> None:
    path = example(
        tmp_path,
        ("  规章:           [0, 0, 0]\n", "  规章: [3, 0, 3]\n"),
        ("  行政许可: 46\n", "  行政许可: 四十六\n"),
    )
    with path.open("a", encoding="utf-8") as file:
        file.write("核实说明:\n  N999 不知哪一条: 甲\n")
    out = nianbao("check", path, cwd=tmp_path).out
    assert [heading.split()[0] for heading in headings(out)] == ["错误", "核实", "提示"]
    calm, verdict = out.splitlines()[-2:]
    assert calm.startswith("未做 C001：没有同上年核对")
    assert verdict.endswith("没有通过：1 处错误、1 处核实、1 处提示；改好错误再检查一次")
    key = re.search(r"^ +(V201 .*): $", out, re.M)
    assert key
    path.write_text(path.read_text("utf-8") + f"  {key[1]}: 代县政府报送\n", "utf-8")
    out = nianbao("check", path, cwd=tmp_path).out
    assert [heading.split()[0] for heading in headings(out)] == [
        "错误",
        "提示",
        "已说明",
    ]
    assert "已说明 V201" in out


def test_the_line_is_quoted_with_a_mark_under_the_place(tmp_path: Path) -> None:
    out = nianbao("check", BROKEN, cwd=tmp_path).out
    assert marked(out, "V101") == ("  行政强制: /", "/")
    line, from_mark = marked(out, "N002")
    assert line.startswith("...")
    assert from_mark.startswith("{{本年新增}}件")
    assert marked(out, "T101")[1] == "2]"


def test_a_file_that_does_not_parse_is_quoted_too(tmp_path: Path) -> None:
    path = tmp_path / "2025.yaml"
    path.write_text("单位: 青石镇\n年度: [2025\n", "utf-8")
    out = nianbao("check", path, cwd=tmp_path).out
    assert re.search(r"^ +\d \| .*\n +\| +\^$", out, re.M)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_the_finding_counts_them(tmp_path: Path, ending: str) -> None:
    path = example(tmp_path, ("  行政许可: 46\n", "  行政许可: 四十六\n"))
    line, _ = place_of(path, "四十六")
    path.write_bytes(path.read_text("utf-8").replace("\n", ending).encode())
    out = nianbao("check", path, cwd=tmp_path).out
    assert f"      {line} |   行政许可: 四十六\n" in out


@pytest.mark.parametrize(
    ("encoding", "shown", "before"),
    [("utf-8", "“𠮷”", 2 + 1 + 2 + 1), ("gbk", "“?”", 2 + 2 + 1 + 2)],
)
def test_a_chinese_console_draws_quotes_wide_and_lacks_rare_characters(
    tmp_path: Path, encoding: str, shown: str, before: int
) -> None:
    path = example(tmp_path, ("  （一）主动公开。全年在", "  “𠮷”{{乱}}全年在"))
    ran = in_own_process("check", path, cwd=tmp_path, PYTHONIOENCODING=encoding)
    found = re.search(
        r"N002：.*\n +\d+ \|   (.*?)\{\{乱\}\}全年在.*\n +\| ( +)\^\n", ran.stdout.decode(encoding)
    )
    assert found
    assert (found[1], len(found[2])) == (shown, before)


def test_no_escape_goes_to_a_file_or_a_pipe(tmp_path: Path) -> None:
    ran = in_own_process("check", BROKEN, EXAMPLE, cwd=tmp_path, WT_SESSION="1")
    assert b"\x1b" not in ran.stdout + ran.stderr


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_on_a_terminal(tmp_path: Path, environment: dict[str, str], coloured: bool) -> None:
    out = on_a_terminal(
        "check", BROKEN, cwd=tmp_path, **{"TERM": "xterm", "NO_COLOR": "", **environment}
    )
    assert ("\x1b[1;31m错误 T101\x1b[0m：" in out) == coloured
    assert ("\x1b" in out) == coloured
    plain = nianbao("check", BROKEN, cwd=tmp_path).out
    assert re.sub(r"\x1b\[[\d;]*m", "", out).replace("\r\n", "\n") == plain


def on_a_terminal(*argv: object, cwd: Path, **environment: str) -> str:
    """What the command writes to a pseudo-terminal."""
    ours, theirs = os.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "nianbao", *map(str, argv)],
            cwd=cwd,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        data = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                data += os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
        process.wait(timeout=30)
        return data.decode()
    finally:
        os.close(ours)


def test_a_finding_elsewhere_quotes_nothing_of_the_input(tmp_path: Path) -> None:
    out = nianbao("check", EXAMPLE, "--last-year", "没有.yaml", cwd=tmp_path).out
    assert " | " not in out
    assert out.splitlines()[-1].startswith("× ")


def test_an_accepted_file_without_findings_is_one_sentence(tmp_path: Path) -> None:
    out = nianbao("check", EXAMPLE, "--last-year", LAST, cwd=tmp_path).out
    assert out == f"√ {EXAMPLE} 检查通过\n"


def test_what_stops_reading_comes_before_what_was_read(tmp_path: Path) -> None:
    path = example(
        tmp_path,
        ("  规章:           [0, 0, 0]\n", "  规章: [甲, 0, 0]\n"),
        ("其他需要报告的事项: |\n  ", "其他需要报告的事项: |\n"),
    )
    out = nianbao("check", path, cwd=tmp_path).out
    told = re.findall(r"错误 (\w)\d+：", out)
    assert told == sorted(told, reverse=True)
    assert set(told) >= {"Y", "V"}
    assert re.search(rf"\n一次改好：\S*nianbao fix {path}\n$", out)


def test_open_questions_are_the_last_word(tmp_path: Path) -> None:
    path = example(tmp_path, ("  规章:           [0, 0, 0]\n", "  规章: [3, 0, 3]\n"))
    last = nianbao("generate", path, cwd=tmp_path).out.splitlines()[-1]
    written = tmp_path / "outputs" / f"{path.stem}.docx"
    assert last == f"√ 已生成 {written}；还有 1 处要核实，改正或写明原因再报送"
    assert "没有写出" not in nianbao("fix", path, cwd=tmp_path).out


def test_the_program_is_named_as_it_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / ".venv" / "bin" / "nianbao"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))
    monkeypatch.setenv("PATH", "")
    typed = os.path.join(".venv", "bin", "nianbao")
    assert f"；{typed} explain 列出全部" in nianbao("explain", "X999", cwd=tmp_path).err
    monkeypatch.setenv("PATH", str(program.parent))
    assert "；nianbao explain 列出全部" in nianbao("explain", "X999", cwd=tmp_path).err
