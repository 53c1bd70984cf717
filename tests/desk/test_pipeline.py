"""One file's trouble stays its own: the letter beside a report, the rest of a batch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import EXAMPLE, EXAMPLES, nianbao

ANSWERED = "\n核实说明:\n  N001 其他需要报告的事项: 没有别的事项\n"


def answered(folder: Path) -> Path:
    """The example with an empty last part and its answer."""
    text, count = re.subn(
        r"(其他需要报告的事项: \|\n)(?:  .*\n)+", r"\1\n", EXAMPLE.read_text("utf-8")
    )
    assert count == 1
    path = folder / "2025.yaml"
    path.write_text(text + ANSWERED, "utf-8")
    return path


@pytest.mark.parametrize("obstacle", ["folder", "read-only"])
def test_nothing_is_written_when_the_letter_cannot_be(tmp_path: Path, obstacle: str) -> None:
    path = answered(tmp_path)
    letter = tmp_path / "outputs" / "2025.核实说明.txt"
    letter.parent.mkdir()
    if obstacle == "folder":
        letter.mkdir()
    else:
        letter.write_text("旧的", "utf-8")
        letter.chmod(0o444)
    ran = nianbao("generate", path, cwd=tmp_path)
    assert ran.code == 3
    assert not (tmp_path / "outputs" / "2025.docx").exists()
    assert "√" not in ran.out


def test_the_letter_goes_when_its_answers_go(tmp_path: Path) -> None:
    path = answered(tmp_path)
    letter = tmp_path / "outputs" / "2025.核实说明.txt"
    assert nianbao("generate", path, cwd=tmp_path).code == 0
    assert "说明：没有别的事项" in letter.read_text("utf-8-sig")
    path.write_text(path.read_text("utf-8").replace(ANSWERED, ""), "utf-8")
    assert nianbao("generate", path, cwd=tmp_path).code == 0
    assert not letter.exists()


def test_a_letter_of_somebody_else_stays(tmp_path: Path) -> None:
    letter = tmp_path / "outputs" / "青石镇2025.核实说明.txt"
    letter.parent.mkdir()
    letter.write_text("手写的说明", "utf-8")
    assert nianbao("generate", EXAMPLE, cwd=tmp_path).code == 0
    assert letter.read_text("utf-8") == "手写的说明"


def test_a_fault_in_one_file_does_not_stop_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nianbao.word import render

    real = render.render

    def fail_once(compiled, report):
        if report.year == 2024:
            raise ZeroDivisionError
        return real(compiled, report)

    monkeypatch.setattr(render, "render", fail_once)
    ran = nianbao("generate", EXAMPLES / "青石镇2024.yaml", EXAMPLE, cwd=tmp_path)
    assert ran.code == 3
    assert "W110" in ran.out
    assert (tmp_path / "outputs" / "青石镇2025.docx").exists()


def test_names_too_long_for_the_system_are_told(tmp_path: Path) -> None:
    ran = nianbao("generate", f"{'长' * 200}.yaml", cwd=tmp_path)
    assert (ran.code, "文件名太长" in ran.out) == (3, True)
    ran = nianbao("generate", EXAMPLE, "-o", f"{'长' * 200}.docx", cwd=tmp_path)
    assert (ran.code, "文件名太长" in ran.out) == (3, True)
