"""Documents through the command line, and their pages through LibreOffice, made once a run.

A tool that is missing skips the tests that need it, and says so; with NIANBAO_CI set it fails.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from nianbao.chinese.wording import Script
from nianbao.desk.pipeline import Session
from nianbao.report.report import Report
from page import cases, printed

FONTS = Path(__file__).with_name("fonts.conf")
STANDINS = (
    "FandolFang",
    "FandolKai",
    "FandolHei",
    "FandolSong",
    "cwTeXFangSong",
    "UKai",
    "Liberation Serif",
)


@dataclass(frozen=True)
class Opened:
    """A report, its document, and the pages it is printed on."""

    name: str
    report: Report
    path: Path
    pages: list[printed.Page]


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it where everything should be there."""
    if os.environ.get("NIANBAO_CI"):
        pytest.fail(f"NIANBAO_CI is set, but {what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """The path of a program by its name."""

    def find(name: str) -> str:
        return shutil.which(name) or missing(name)

    return find


def generate(made: Iterable[cases.Case], folder: Path, **environment: str) -> dict[str, Path]:
    """Every case's document by name; cases with the same options in one command."""
    made = list(made)
    found = {}
    for options in dict.fromkeys(case.options for case in made):
        batch = [case for case in made if case.options == options]
        into = folder / "".join(options).strip("-")
        inputs = [str(case.path) for case in batch]
        command = [sys.executable, "-m", "nianbao", "generate", *inputs, *options, "-o", f"{into}/"]
        done = subprocess.run(
            command,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        for case in batch:
            found[case.name] = (into / f"{case.path.stem}.docx").rename(
                folder / f"{case.name}.docx"
            )
    return found


@pytest.fixture(scope="session")
def page_cases(tmp_path_factory: pytest.TempPathFactory) -> list[cases.Case]:
    return cases.kept() + cases.long_ones(tmp_path_factory.mktemp("long"))


@pytest.fixture(scope="session")
def all_cases(
    page_cases: list[cases.Case], tmp_path_factory: pytest.TempPathFactory
) -> list[cases.Case]:
    return page_cases + cases.strange_ones(tmp_path_factory.mktemp("strange"))


@pytest.fixture(scope="session")
def documents(
    all_cases: list[cases.Case], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The .docx of every case by name."""
    return generate(all_cases, tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="session")
def convert(
    tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Iterable[Path], str], dict[str, Path]]:
    """LibreOffice with its own profile and none but the stand-in fonts: files by stem."""
    soffice, listing = tool("soffice"), tool("fc-list")
    home = tmp_path_factory.mktemp("office")
    environment = os.environ | {
        "FONTCONFIG_FILE": str(FONTS),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    fonts = subprocess.run(
        [listing, ":", "family"], env=environment, capture_output=True, text=True, check=True
    ).stdout
    for font in STANDINS:
        if font not in fonts:
            missing(f"the font {font}")

    def to(paths: Iterable[Path], kind: str) -> dict[str, Path]:
        out = tmp_path_factory.mktemp(kind)
        sources = [str(path) for path in paths]
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        done = subprocess.run(
            [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(out), *sources],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        made = {path.stem: path for path in out.iterdir()}
        assert len(made) == len(sources), done.stdout + done.stderr
        return made

    return to


@pytest.fixture(scope="session")
def reports(all_cases: list[cases.Case]) -> dict[str, Report]:
    """What was filled in, of every case by name."""
    found = {}
    for case in all_cases:
        script = Script(case.options[-1]) if case.options else None
        report = Session(script=script).check(case.path).report
        assert report is not None
        found[case.name] = report
    return found


@pytest.fixture(scope="session")
def opened(
    page_cases: list[cases.Case],
    reports: dict[str, Report],
    documents: dict[str, Path],
    convert: Callable[[Iterable[Path], str], dict[str, Path]],
) -> dict[str, Opened]:
    """Every page case by name: what was filled in, the .docx and its pages."""
    if importlib.util.find_spec("pdfplumber") is None:
        missing("pdfplumber (pip install '.[page]')")
    names = [case.name for case in page_cases]
    pdfs = convert([documents[name] for name in names], "pdf")
    return {
        name: Opened(name, reports[name], documents[name], printed.read(pdfs[name]))
        for name in names
    }
