"""From YAML to .docx nothing is loaded that was compiled, but what Python and PyYAML bring.

A command is run twice in processes of its own: what the first keeps, the second uses.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import EXAMPLE, TOWN, example

LOADED = """
import sys
sys.argv = ["nianbao", *sys.argv[1:]]
import pathlib
already = {name.partition(".")[0] for name in sys.modules}
from nianbao.desk import cli
try:
    cli.main()
except SystemExit as stop:
    code = stop.code
loaded = {name.partition(".")[0] for name in sys.modules} - already
open("loaded", "w", encoding="utf-8").write(" ".join([str(code), *sorted(loaded)]))
"""
"""What pathlib brings is not counted: until Python 3.12 it loads urllib.parse itself."""
COMPILERS = {"lxml", "docxtpl", "docx", "jinja2", "markupsafe", "urllib"}


def loaded(folder: Path, *arguments: object) -> set[str]:
    """Those of them, and of OpenCC, that a command loads where it has been run before."""
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", LOADED, *map(str, arguments)],
            cwd=folder,
            env={**os.environ, "XDG_CACHE_HOME": str(folder), "LOCALAPPDATA": str(folder)},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert ran.stderr == b""
    code, *names = (folder / "loaded").read_text("utf-8").split()
    assert code == "0", ran.stdout
    return set(names) & {*COMPILERS, "opencc"}


def test_a_simplified_report_loads_neither_a_compiler_nor_opencc(tmp_path: Path) -> None:
    assert not loaded(tmp_path, "generate", EXAMPLE)
    assert (tmp_path / "outputs" / f"{EXAMPLE.stem}.docx").is_file()


def test_a_traditional_report_loads_opencc_besides(tmp_path: Path) -> None:
    """Whose data are found by what loads urllib from Python 3.12 on."""
    assert loaded(tmp_path, "generate", TOWN) - {"urllib"} == {"opencc"}


def test_nor_does_one_whose_document_was_changed_by_hand(tmp_path: Path) -> None:
    assert not loaded(tmp_path, "generate", EXAMPLE)
    written = tmp_path / "outputs" / f"{EXAMPLE.stem}.docx"
    written.write_bytes(written.read_bytes() + b"x")
    assert not loaded(tmp_path, "generate", example(tmp_path, ("初审: 甲", "初审: 丁")))
    assert list(written.parent.glob("*手工改过*.docx"))


@pytest.mark.parametrize(
    "arguments", [("check", EXAMPLE), ("generate", "--html", EXAMPLE)], ids=lambda a: a[-2]
)
def test_nor_does_another_command(tmp_path: Path, arguments: tuple[object, ...]) -> None:
    assert not loaded(tmp_path, *arguments)


def test_nor_does_a_document_that_is_checked(tmp_path: Path) -> None:
    loaded(tmp_path, "generate", EXAMPLE)
    document = tmp_path / "outputs" / f"{EXAMPLE.stem}.docx"
    assert not loaded(tmp_path, "check", document)
