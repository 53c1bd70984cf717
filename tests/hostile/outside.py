"""The command, looked at from outside: what it says, leaves, takes; and a yard to plant files in."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hostile.parts import EXAMPLE, FORM, ROOT, SMALL_FORM, SMALL_INPUT, SMALL_TEMPLATE, TEMPLATE

SECONDS = 2.0
"""Of the processor, beyond what starting takes."""
MEGABYTES = 200
IDLE, WALL = 4.0, 120.0
"""A run that sleeps so long waits for what never comes, and is ended; so is one that lasts."""
OWN_FAULT = "程序自己出错了"
SUPPORTED = sys.platform == "linux"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Run:
    """What one run said and took."""

    code: int
    out: str
    err: str
    cpu: float
    wall: float
    grown: int
    ended: bool

    def findings(self) -> list[dict[str, Any]]:
        """Of `check --format json` with one file."""
        (file,) = json.loads(self.out)["files"]
        assert file["accepted"] == (self.code == 0)
        found: list[dict[str, Any]] = file["findings"]
        return found


class Worker:
    """The measuring process; `run` asks it for one run."""

    def __init__(self, honest: Path, folder: Path) -> None:
        path = os.pathsep.join(filter(None, [str(_library(folder)), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("worker.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={
                **os.environ,
                "PYTHONPATH": path,
                "PYTHONIOENCODING": "utf-8",
                "XDG_CACHE_HOME": str(folder / "cache"),
            },
        )
        commands = [
            ["check", "--format", "json", "2025.yaml"],
            ["generate", "2025.yaml"],
            ["forms"],
        ]
        self._ask({"cwd": str(honest), "commands": commands})
        assert self._answer() == "ready\n", "nianbao does not run"

    def _ask(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def run(self, *argv: object, cwd: Path, seconds: int = 3, idle: float = IDLE) -> Run:
        """One run, ended after so many seconds of the processor, or of sleep."""
        request = {"cwd": str(cwd), "argv": [*map(str, argv)]}
        self._ask({**request, "seconds": seconds, "idle": idle, "wall": WALL})
        return Run(**json.loads(self._answer()))

    def close(self) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(10)


def _library(folder: Path) -> Path:
    """The program as a wheel lays it out, but with the small form aboard.

    The shipped form lies in the yards; a second copy would be read for every run.
    """
    package = folder / "lib" / "nianbao"
    shutil.copytree(ROOT / "src" / "nianbao", package, ignore=shutil.ignore_patterns("__pycache__"))
    aboard = package / "templates" / "docx"
    aboard.mkdir(parents=True, exist_ok=True)
    for path in (SMALL_FORM, SMALL_TEMPLATE):
        shutil.copy(path, aboard)
    return package.parent


class Yard:
    """A folder with an input, and templates/docx that a test may spoil.

    The big form is the shipped one without what it says of prose, so that a run takes a third of
    the time; where prose matters, `whole` puts it back.
    """

    def __init__(self, folder: Path, form: Path, template: Path, data: Path) -> None:
        self.folder = folder
        self.templates = folder / "templates" / "docx"
        self.templates.mkdir(parents=True)
        self.form = self.templates / form.name
        self.template = self.templates / template.name
        self.input = folder / "2025.yaml"
        self._honest = {
            self.form: form.read_bytes(),
            self.template: template.read_bytes(),
            self.input: data.read_bytes(),
        }
        self.reset()

    def reset(self) -> None:
        """Everything as it was."""
        keep = {*self._honest, self.templates, self.templates.parent}
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path not in keep or path.is_symlink():
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o755)
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
        for path, data in self._honest.items():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif not path.is_file() or path.is_symlink():
                path.unlink(missing_ok=True)
            path.write_bytes(data)

    def files(self) -> dict[str, int]:
        """Every file and its length: what a run must leave as it was."""
        return {
            str(path.relative_to(self.folder)): path.lstat().st_size
            for path in sorted(self.folder.rglob("*"))
            if not path.is_dir()
        }


def plain_form() -> str:
    """The shipped form without what it says of prose."""
    whole = FORM.read_text("utf-8")
    return whole[: whole.index("# 正文里的数和表里的数")]


class Place(NamedTuple):
    """A worker, and three yards: with the shipped form cut and whole, and with the small one."""

    worker: Worker
    big: Yard
    whole: Yard
    small: Yard


@contextlib.contextmanager
def place(folder: Path) -> Iterator[Place]:
    (folder / "plain").mkdir(parents=True)
    plain = folder / "plain" / FORM.name
    plain.write_text(plain_form(), "utf-8")
    big = Yard(folder / "big", plain, TEMPLATE, EXAMPLE)
    whole = Yard(folder / "whole", FORM, TEMPLATE, EXAMPLE)
    small = Yard(folder / "small", SMALL_FORM, SMALL_TEMPLATE, SMALL_INPUT)
    worker = Worker(whole.folder, folder)
    whole.reset()
    try:
        yield Place(worker, big, whole, small)
    finally:
        worker.close()


def quiet(run: Run) -> list[str]:
    """What is wrong with a run, whatever it was about."""
    complaints = []
    if run.ended:
        complaints.append("did not end")
    if run.code < 0:
        complaints.append(f"died of signal {-run.code}")
    if run.cpu > SECONDS:
        complaints.append(f"took {run.cpu:.1f} s of the processor")
    if run.grown > MEGABYTES << 20:
        complaints.append(f"grew by {run.grown >> 20} MB")
    said = run.out + run.err
    if "Traceback" in said:
        complaints.append("a traceback: " + run.err.strip().rpartition("\n")[2][:200])
    if OWN_FAULT in said or "W110" in said:
        complaints.append(f"says {OWN_FAULT}")
    if control := _CONTROL.search(said):
        complaints.append(f"prints {control.group()!r}")
    if len(run.out) > 400_000:
        complaints.append(f"says {len(run.out)} characters")
    if run.err:
        complaints.append("writes to stderr: " + run.err[:200])
    return complaints


def holds(said: str, words: str) -> bool:
    """Whether one of the words, separated by |, is said, in whatever case."""
    return any(word.casefold() in said.casefold() for word in words.split("|"))
