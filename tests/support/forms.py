"""A small form file spoiled in one place, and the mistakes that are told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nianbao.diagnostics import Finding, Rejected
from nianbao.form import formfile
from support import SECOND

TEXT = (SECOND / "enforcement-2023.form.yaml").read_text("utf-8")


def mistakes(path: Path) -> list[Finding]:
    with pytest.raises(Rejected) as rejected:
        formfile.load(path)
    assert rejected.value.exit_code == 3
    assert all(finding.file == path for finding in rejected.value.findings)
    return rejected.value.findings


def spoilt(folder: Path, old: str, new: str) -> Path:
    assert TEXT.count(old) == 1, old
    path = folder / "spoilt.form.yaml"
    path.write_text(TEXT.replace(old, new), "utf-8")
    return path
