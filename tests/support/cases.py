"""A case: one change to a sound file, with what is found in it (tests/cases, test_cases.py)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nianbao import catalog
from nianbao.desk import record
from nianbao.desk.pipeline import Session
from support import ROOT

FOLDER = ROOT / "tests" / "cases"
BASE = (FOLDER / "base.yaml").read_text("utf-8")
LAST_YEAR = (FOLDER / "base-2024.yaml").read_text("utf-8")

SESSIONS = {strict: Session(strict=strict) for strict in (False, True)}
"""Shared, so that forms are read and templates audited once."""

Place = tuple[str, int | None, int | None]


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    file: str
    expected: list[Place]
    mended: str

    def __str__(self) -> str:
        return self.name

    @property
    def asks(self) -> bool:
        entries = [catalog.find(code) for code, _, _ in self.expected]
        return any(entry and entry.severity == "核实" for entry in entries)


def changed(old: str, new: str) -> str:
    """base.yaml with the whole lines `old`, which stand there once, replaced by `new`.

    A line …… stands for any lines in between.
    """
    whole = f"\n{BASE}"
    for before, after in zip(old.split("……\n"), new.split("……\n"), strict=True):
        lines, instead = (t.rstrip("\n") and t.rstrip("\n") + "\n" for t in (before, after))
        assert whole.count(f"\n{lines}") == 1, f"not once in base.yaml: {lines!r}"
        whole = whole.replace(f"\n{lines}", f"\n{instead}")
    return whole[1:]


def written(folder: Path, text: str | bytes, name: str = "2025.yaml") -> Path:
    """The file in `folder`, last year's beside it."""
    (folder / "2024.yaml").write_text(LAST_YEAR, "utf-8")
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


def check(path: Path, *, strict: bool = False, session: Session | None = None) -> dict[str, Any]:
    """The file as `check --format json` tells it."""
    outcome = (session or SESSIONS[strict]).check(path)
    (file,) = json.loads(record.as_json([outcome]))["files"]
    described: dict[str, Any] = file
    return described


def found(file: dict[str, Any], *notes: str) -> list[Place]:
    return [
        (f["code"], f["line"], f["column"])
        for f in file["findings"]
        if f["severity"] != "note" or f["code"] in notes
    ]


def _read(path: Path) -> Case:
    data = yaml.safe_load(path.read_text("utf-8"))
    text = changed(data["原文"], data["改为"])
    expected = [(code, line, column) for code, line, column in data["结果"]]
    assert data["说明"]
    after = data.get("改正后", data["改为"])
    mended = changed(data["原文"], data["原文"] if after == "原文" else after)
    return Case(path.stem, text, data.get("文件名", "2025.yaml"), expected, mended)


CASES = [_read(path) for path in sorted(FOLDER.glob("*.yaml")) if not path.stem.startswith("base")]
