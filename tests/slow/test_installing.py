"""What is needed installs without a compiler: the index has a wheel for each Python and system.

Tried by .ci/long alone, since it asks the package index.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from support import ROOT

PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
SYSTEMS = {
    "Windows": ("win_amd64",),
    "Linux": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "macOS": ("macosx_11_0_arm64", "macosx_10_13_universal2"),
    "macOS on Intel": ("macosx_11_0_x86_64", "macosx_10_13_x86_64", "macosx_10_13_universal2"),
}
"""The platforms of wheels that each installs."""
NEEDED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]


@pytest.mark.skipif("NIANBAO_LONG" not in os.environ, reason=".ci/long asks the package index")
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_all_that_is_needed_has_a_wheel(tmp_path: Path, python: str, system: str) -> None:
    platforms = [word for one in SYSTEMS[system] for word in ("--platform", one)]
    command = ("download", "--quiet", "--disable-pip-version-check", "--only-binary=:all:")
    ran = subprocess.run(
        [sys.executable, "-m", "pip", *command, "--python-version", python, *platforms, *NEEDED],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert len(list(tmp_path.glob("*.whl"))) > len(NEEDED)
