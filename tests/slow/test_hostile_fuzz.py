"""Templates and forms spoiled at random: an answer in time, and nothing printed that may not be.

Each runs in a process of its own, measured. What is accepted is printed, and the report walked
through with a list of what it may consist of that is not the tool's own (`hostile.allowed`).
"""

from __future__ import annotations

import re
import shutil
from typing import Any

import pytest
import spoil
from hostile import judge
from hostile.outside import SUPPORTED, Place, quiet
from hostile.parts import W
from sizes import HOSTILE_FORMS, HOSTILE_TEMPLATES

pytestmark = pytest.mark.skipif(not SUPPORTED, reason="memory is measured as Linux tells it")

_CHUNK = 100


def _numbers(document: Any) -> list[str]:
    """The tables' cells that begin with a digit and are no label, in order."""
    cells = document.element.body.iter(f"{{{W}}}tc")
    texts = ["".join(text.text or "" for text in cell.iter(f"{{{W}}}t")) for cell in cells]
    return [text for text in texts if re.match(r"\d+(?!\.\D|\d)", text)]


@pytest.mark.parametrize("first", range(0, HOSTILE_TEMPLATES, _CHUNK))
def test_no_spoiled_template_prints_what_may_not_be(first: int, at: Place, plain: object) -> None:
    found, accepted = [], 0
    yard = at.big
    target = yard.folder / "outputs" / "2025.docx"
    for number in range(first, min(first + _CHUNK, HOSTILE_TEMPLATES)):
        yard.template.write_bytes(spoil.template(number))
        run = at.worker.run("generate", yard.input.name, cwd=yard.folder)
        complaints = quiet(run)
        if run.code not in (0, 3):
            complaints.append(f"exit code {run.code}")
        if target.exists():
            said, document = judge.opened(target)
            complaints += said
            accepted += 1
            if run.code:
                complaints.append("it wrote a report all the same")
            elif document is not None and _numbers(document) != _numbers(plain):
                complaints.append("other numbers are seen")
        elif run.code == 0:
            complaints.append("no report")
        shutil.rmtree(target.parent, ignore_errors=True)
        found += [f"template-{number}: {complaint}" for complaint in complaints]
    print(f"templates {first} to {first + _CHUNK}: {accepted} accepted")
    assert not found, f"{len(found)} complaints:\n" + "\n".join(found[:40])


@pytest.mark.parametrize("first", range(0, HOSTILE_FORMS, _CHUNK))
def test_no_spoiled_form_is_a_fault_of_our_own(first: int, at: Place) -> None:
    found, accepted = [], 0
    for number in range(first, min(first + _CHUNK, HOSTILE_FORMS)):
        small, data = spoil.form(number)
        yard = at.small if small else at.big
        yard.form.write_bytes(data)
        run = at.worker.run("check", "--format", "json", yard.input.name, cwd=yard.folder)
        complaints = quiet(run)
        if run.code not in (0, 1, 3):
            complaints.append(f"exit code {run.code}")
        else:
            complaints += _misplaced(run.findings(), yard.form.name, data)
        accepted += run.code == 0
        found += [f"form-{number}: {complaint}" for complaint in complaints]
    print(f"forms {first} to {first + _CHUNK}: {accepted} accepted")
    assert not found, f"{len(found)} complaints:\n" + "\n".join(found[:40])


def _misplaced(findings: list[dict[str, object]], name: str, data: bytes) -> list[str]:
    """Findings in the form at lines that it does not have."""
    lines = len(re.split(rb"\r\n|\r|\n", data))
    told = [f for f in findings if str(f.get("file", "")).endswith(name) and f["line"] is not None]
    return [
        f"at line {f['line']} of {lines}" for f in told if not 1 <= int(str(f["line"])) <= lines
    ]


def test_the_spoiled_differ() -> None:
    assert len({spoil.template(number) for number in range(60)}) > 55
    assert len({spoil.form(number) for number in range(300)}) > 270
    assert spoil.template(7) == spoil.template(7)
    assert spoil.form(7) == spoil.form(7)
