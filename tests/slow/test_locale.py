"""The command on a computer that speaks GBK, as a Chinese Windows console does.

The locale is a real one, made here by localedef; without its sources (the package `locales`) the
tests are skipped, and with NIANBAO_CI set they fail. `.ci/run` runs the default suite in it.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from support import EXAMPLE, EXAMPLES, example, numbers

WRONG = EXAMPLES / "青石镇2025-有错.yaml"


@pytest.fixture(scope="module")
def gbk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process in zh_CN.GBK."""
    folder = tmp_path_factory.mktemp("locale")
    made = subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "GBK", folder / "zh_CN.GBK"],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        problem = f"localedef: {made.stderr.decode().strip()}"
        if os.environ.get("NIANBAO_CI"):
            pytest.fail(f"NIANBAO_CI is set, but {problem}")
        pytest.skip(problem)
    plain = {k: v for k, v in os.environ.items() if k not in ("PYTHONUTF8", "PYTHONIOENCODING")}
    environment = {**plain, "LOCPATH": str(folder), "LC_ALL": "zh_CN.GBK", "NO_COLOR": "1"}
    program = "import locale, sys; print(locale.getencoding(), sys.getfilesystemencoding())"
    spoken = subprocess.check_output([sys.executable, "-c", program], env=environment)
    assert spoken == b"GBK gbk\n"
    return environment


@pytest.fixture
def utf8() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def run(
    environment: dict[str, str], cwd: Path, *argv: str | bytes, to: str = "pipe"
) -> tuple[int, bytes]:
    """Exit code and output of the command, its output going to a pipe, a file or a terminal."""
    command = [sys.executable, "-m", "nianbao", *argv]
    if to == "pipe":
        ran = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, timeout=60, check=False
        )
        assert ran.stderr == b""
        return ran.returncode, ran.stdout
    if to == "file":
        with (cwd / "said.txt").open("wb") as file:
            code = subprocess.call(command, cwd=cwd, env=environment, stdout=file, timeout=60)
        return code, (cwd / "said.txt").read_bytes()
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while chunk := _read(ours):
        said += chunk
    os.close(ours)
    return process.wait(60), said.replace(b"\r\n", b"\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux: the other end is closed
        return b""


@pytest.mark.parametrize("to", ["pipe", "file", "terminal"])
def test_messages_are_gbk(
    gbk: dict[str, str], utf8: dict[str, str], tmp_path: Path, to: str
) -> None:
    (tmp_path / "2025.yaml").write_bytes(WRONG.read_bytes())
    code, said = run(gbk, tmp_path, "generate", "2025.yaml", to=to)
    _, expected = run(utf8, tmp_path, "generate", "2025.yaml")
    assert code == 1
    assert said.decode("gbk") == expected.decode("utf-8")
    assert "4 处错误" in said.decode("gbk")


@pytest.mark.parametrize("to", ["pipe", "file", "terminal"])
def test_json_is_ascii_and_the_same(
    gbk: dict[str, str], utf8: dict[str, str], tmp_path: Path, to: str
) -> None:
    (tmp_path / "2025.yaml").write_bytes(WRONG.read_bytes())
    code, said = run(gbk, tmp_path, "check", "--format", "json", "2025.yaml", to=to)
    assert (code, said) == run(utf8, tmp_path, "check", "--format", "json", "2025.yaml")
    assert code == 1
    found = {f["code"] for f in json.loads(said.decode("ascii"))["files"][0]["findings"]}
    assert {"N002", "V101", "T101", "S101", "N101"} <= found


def test_a_report_with_a_chinese_name_is_written_under_that_name(
    gbk: dict[str, str], tmp_path: Path
) -> None:
    name = "青石镇2025".encode("gbk")
    with open(os.fsencode(tmp_path) + b"/" + name + b".yaml", "wb") as file:
        file.write(EXAMPLE.read_bytes())
    code, said = run(gbk, tmp_path, "generate", name + b".yaml")
    assert code == 0
    assert "outputs/青石镇2025.docx" in said.decode("gbk").partition("√ 已生成 ")[2]
    assert os.listdir(os.fsencode(tmp_path / "outputs")) == [name + b".docx"]


def test_a_name_the_locale_cannot_read_is_no_crash(gbk: dict[str, str], tmp_path: Path) -> None:
    """A file from a UTF-8 disk: its name's bytes are no GBK."""
    path = example(tmp_path).rename(tmp_path / "低庄镇𠮷2025.yaml")
    code, said = run(gbk, tmp_path, "generate", os.fsencode(path.name))
    assert code == 0
    assert b"\xa1\xcc \xd2\xd1\xc9\xfa\xb3\xc9 " in said  # √ 已生成
    assert len(numbers(tmp_path / "outputs" / "低庄镇𠮷2025.docx")) == 200
    code, said = run(gbk, tmp_path, "check", "--format", "json", os.fsencode(path.name))
    assert code == 0
    assert said.isascii()


@pytest.mark.parametrize("to", ["pipe", "terminal"])
def test_a_character_that_gbk_lacks_is_replaced(
    gbk: dict[str, str], tmp_path: Path, to: str
) -> None:
    path = example(tmp_path, ("行政强制: 0", "行政强制: 𠮷件"))
    code, said = run(gbk, tmp_path, "generate", path.rename(tmp_path / "2025.yaml").name, to=to)
    assert code == 1
    assert "“行政强制”写的是“?件”" in said.decode("gbk")


def test_a_new_file_is_utf8(gbk: dict[str, str], tmp_path: Path) -> None:
    code, said = run(gbk, tmp_path, "new", "2026", "--unit", "云岭县青石镇人民政府".encode("gbk"))
    assert code == 0, said.decode("gbk")
    assert "单位: 云岭县青石镇人民政府" in (tmp_path / "inputs" / "2026.yaml").read_text("utf-8")


@pytest.mark.parametrize("argv", [("explain",), ("explain", "T101"), ("forms",), ("--help",)])
def test_every_word_of_ours_is_gbk(
    gbk: dict[str, str], utf8: dict[str, str], tmp_path: Path, argv: tuple[str, ...]
) -> None:
    code, said = run(gbk, tmp_path, *argv)
    assert (code, said.decode("gbk").encode()) == run(utf8, tmp_path, *argv)
    assert code == 0


def test_a_usage_error_is_gbk(gbk: dict[str, str], tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "nianbao", "generate"],
        cwd=tmp_path,
        env=gbk,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.decode("gbk").startswith("× 用法不对：少写了 填报文件…。")
