"""The program's name as its reader types it.

Knows whether the shell finds the program by its name, and in which folder it
lies where not. Knows no command and prints nothing.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from pathlib import Path

NAME = "nianbao"


def program(name: str = NAME) -> str:
    """A name of the program; with its folder where the shell would not find it."""
    beside = Path(sys.executable).with_name(name)
    if shutil.which(name) or not shutil.which(beside):
        return name
    with contextlib.suppress(ValueError):  # it lies elsewhere
        beside = beside.relative_to(Path.cwd())
    return as_argument(str(beside))


def as_argument(text: str) -> str:
    return f'"{text}"' if " " in text else text
