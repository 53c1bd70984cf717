"""What the tests share: a folder as a new user has it, and goldens."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT

_CACHE = tempfile.mkdtemp(prefix="nianbao-cache-")
atexit.register(shutil.rmtree, _CACHE, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """A cache folder of this worker's own, empty when it begins: nobody's cache is touched."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        os.environ[name] = _CACHE
    os.environ.pop("NIANBAO_NO_CACHE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="rewrite goldens and README outputs")


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with the repository's inputs and nothing else; templates come from the package."""
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs")
    return tmp_path


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a kept one; `pytest --regenerate` rewrites it for review in the diff."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--regenerate"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
