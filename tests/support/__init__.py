"""What the tests share: the command as a user runs it, and readers that are not ours."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from unittest.mock import patch

import docx

from nianbao.desk import cli
from nianbao.diagnostics import Finding
from nianbao.form import formfile
from nianbao.form.form import Form
from nianbao.source import parsing, tree

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "nianbao"
TEMPLATES = ROOT / "templates" / "docx"
FORM = TEMPLATES / "disclosure-2021.form.yaml"
TEMPLATE = TEMPLATES / "disclosure-2021.docx"
TOWN = ROOT / "inputs" / "2025.yaml"
EXAMPLES = ROOT / "inputs" / "examples"
EXAMPLE = EXAMPLES / "青石镇2025.yaml"
DOCUMENT = "word/document.xml"
"""The main part of our own templates and reports."""
SMALL_FORMS = ROOT / "tests" / "forms"
SECOND = SMALL_FORMS / "enforcement"


Tried = TypeVar("Tried")
CI = bool(os.environ.get("NIANBAO_CI"))


def part(of: int, things: Iterable[Tried]) -> list[Tried]:
    """Every `of`th of what .ci/run tries as a whole; the README's test command is to be short."""
    return list(things)[:: 1 if CI else of]


class Ran(NamedTuple):
    """What a command left: its exit code and both streams."""

    code: int
    out: str
    err: str


def nianbao(*argv: object, cwd: Path, generate: bool = False) -> Ran:
    """Run `nianbao …` in this process, in the folder `cwd`."""
    out, err = io.StringIO(), io.StringIO()
    code: Any = 0
    with (
        contextlib.chdir(cwd),
        patch.object(sys, "argv", ["x", *map(str, argv)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            (cli.generate_main if generate else cli.main)()
        except SystemExit as stop:
            code = stop.code
    return Ran(code, out.getvalue(), err.getvalue())


def in_own_process(
    *argv: object, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m nianbao …` as a user does; both streams as bytes."""
    return subprocess.run(
        [sys.executable, "-m", "nianbao", *map(str, argv)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def check(path: Path, *options: object) -> dict[str, Any]:
    """One input as `check --format json` sees it."""
    ran = nianbao("check", "--format", "json", *options, path, cwd=path.parent)
    assert ran.err == ""
    (file,) = json.loads(ran.out)["files"]
    assert file["accepted"] == (ran.code == 0)
    found: dict[str, Any] = file
    return found


def places(file: dict[str, Any], *but: str) -> list[tuple[str, int | None, int | None]]:
    """(code, line, column) of every finding whose code is not among `but`."""
    return [(f["code"], f["line"], f["column"]) for f in file["findings"] if f["code"] not in but]


@cache
def read_form(path: Path = FORM) -> Form:
    return formfile.load(path)


def example(folder: Path, *edits: tuple[str, str]) -> Path:
    """A copy of the example town's file in `folder`, each (old, new) replaced exactly once."""
    text = EXAMPLE.read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {EXAMPLE.name}"
        text = text.replace(old, new)
    path = folder / EXAMPLE.name
    path.write_text(text, "utf-8")
    return path


def place_of(path: Path, typed: str) -> tuple[int, int]:
    """Line and column (from 1) of the only place where `typed` stands in a file."""
    text = path.read_text("utf-8")
    assert text.count(typed) == 1, f"{typed!r} stands {text.count(typed)} times"
    before = text[: text.index(typed)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def codes(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def parsed(text: str) -> tree.Source:
    return parsing.read(text.encode("utf-8"))


# --- documents -----------------------------------------------------------------


def paragraphs(path: Path) -> list[str]:
    """The paragraphs outside tables, by python-docx."""
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def tables(path: Path) -> list[list[list[str]]]:
    """Each table's rows of cells, a merged cell told once a row, by python-docx."""
    found = []
    for table in docx.Document(str(path)).tables:
        rows = []
        for row in table.rows:
            cells: list[Any] = []
            for cell in row.cells:
                if not cells or cells[-1]._tc is not cell._tc:
                    cells.append(cell)
            rows.append([cell.text for cell in cells])
        found.append(rows)
    return found


def numbers(path: Path) -> list[str]:
    """Every cell that begins with a digit and no label's dot, in reading order."""
    return [
        text
        for table in tables(path)
        for row in table
        for text in row
        if (text[:1].isdigit() and text[1:2] != ".") or text.replace(".", "").isdigit()
    ]


def edit_docx(original: Path, target: Path, **changes: Callable[[str], str]) -> Path:
    """A copy of a .docx; `changes` by member name, `document` for word/document.xml."""
    with zipfile.ZipFile(original) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        member = "word/document.xml" if name == "document" else name
        before = members.get(member, b"").decode("utf-8")
        after = change(before)
        assert after != before, "the edit changes nothing"
        members[member] = after.encode("utf-8")
    write_zip(target, members)
    return target


def write_zip(target: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def own_templates(folder: Path) -> Path:
    """A copy of templates/docx that a test may spoil."""
    return Path(shutil.copytree(TEMPLATES, folder / "templates" / "docx"))


# --- texts -----------------------------------------------------------------------


def with_narrative(file: str, key: str, text: str) -> str:
    """An input file with the narrative under `key` replaced by `text`, lines without indent."""
    block = f"{key}: |\n" + "".join(f"  {line}\n" for line in text.split("\n"))
    replaced, count = re.subn(rf"(?m)^{key}: \|\n(?:  .*\n)+", lambda _: block, file)
    assert count == 1, key
    return replaced


def with_line(file: str, key: str, text: str) -> str:
    """An input file with the one line that begins with `key` saying `text`."""
    replaced, count = re.subn(rf"(?m)^( *{key}:).*$", lambda line: f"{line[1]} {text}", file)
    assert count == 1, key
    return replaced
