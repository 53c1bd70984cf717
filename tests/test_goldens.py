"""The finished samples, read back by python-docx, say what they said before."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.table import Table
from support import ROOT, nianbao


def dump(path: Path) -> str:
    """A document's paragraphs with their styles and its tables row by row, in body order."""
    document = docx.Document(str(path))
    properties = document.core_properties
    lines = [
        f"title={properties.title}",
        f"author={properties.author}",
        f"modified={properties.modified:%Y-%m-%d}",
    ]
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                drawn = {cell._tc: cell.text.replace("\n", "/") for cell in row.cells}
                lines.append("| " + " | ".join(drawn.values()))
        else:
            runs = "‖".join(run.text.replace("\n", "/") for run in block.runs)
            lines.append(f"[{block.style.name}] {runs}")
    return "\n".join(lines) + "\n"


SAMPLES = ["2025", *(f"examples/青石镇{n}" for n in ("2024", "2025", "2020", "法治2025"))]


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_as_reviewed(workplace, golden, name):
    ran = nianbao("generate", f"{name}.yaml", cwd=workplace)
    assert ran.code == 0, ran.out + ran.err
    stem = Path(name).name
    golden(ROOT / "tests/goldens" / f"{stem}.txt", dump(workplace / "outputs" / f"{stem}.docx"))


@pytest.mark.parametrize("stem", ["青石镇2020-有错", "青石镇法治2025-有错"])
def test_faulty_sample_is_told_as_reviewed(workplace, golden, stem):
    ran = nianbao("check", f"inputs/examples/{stem}.yaml", cwd=workplace)
    assert (ran.code, ran.err) == (1, "")
    golden(ROOT / "tests/goldens" / f"{stem}.txt", ran.out)
