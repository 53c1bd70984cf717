"""What the tests share: a folder as a new user has it, the command, and goldens."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="rewrite goldens and README outputs")


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with the repository's inputs and nothing else; templates come from the package."""
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs")
    return tmp_path


@pytest.fixture
def run(workplace: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `nianbao …` in the workplace, as from a console."""

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "nianbao", *words],
            cwd=workplace,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={"PYTHONUTF8": "1", "PATH": ""},
            check=False,
        )

    return command


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a kept one; `pytest --regenerate` rewrites it for review in the diff."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--regenerate"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
