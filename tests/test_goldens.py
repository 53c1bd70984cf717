"""The finished samples, read back by python-docx, say what they said before."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from conftest import ROOT
from docx.table import Table


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


@pytest.mark.parametrize("name", ["2025", "examples/青石镇2024", "examples/青石镇2025"])
def test_sample_is_as_reviewed(run, workplace, golden, name):
    result = run("generate", f"{name}.yaml")
    assert result.returncode == 0, result.stdout + result.stderr
    stem = Path(name).name
    golden(ROOT / "tests/goldens" / f"{stem}.txt", dump(workplace / "outputs" / f"{stem}.docx"))
