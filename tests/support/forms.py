"""Form files: all there are, a small one spoiled in one place, and the mistakes told of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nianbao.diagnostics import Finding, Rejected
from nianbao.form import formfile
from support import ROOT, SECOND, SMALL_FORMS, TEMPLATES

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


CONTRACT = "docs/form-language.md"


def form_texts() -> dict[str, str]:
    """The text of every form by its path: those shipped, those of the tests, the contract's own."""
    paths = [*TEMPLATES.glob("*.form.yaml"), *SMALL_FORMS.glob("*/*.form.yaml")]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(paths)}
    pieces = re.findall(r"(?ms)^```yaml\n(.*?)^```$", (ROOT / CONTRACT).read_text("utf-8"))
    return {**texts, CONTRACT: "".join(pieces)}
