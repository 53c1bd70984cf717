"""What was changed in Word is named, compared and brought home, each to its place."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from intake import changes, typed
from intake.changes import (
    BASE,
    FILE,
    OTHERWISE,
    QUIET,
    WAYS,
    Change,
    edited,
    report_now,
    retold,
    retyped,
)
from intake.typed import squeezed
from support import EXAMPLE, EXAMPLES, Ran, nianbao, part

CELLS, TEXTS = part(50, changes.CELLS), part(10, changes.TEXTS)
CHANGES = [*CELLS, *TEXTS]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "年报2025.yaml").write_text(FILE, "utf-8")
    (tmp_path / "before.docx").write_bytes(edited())
    return tmp_path


def written(folder: Path, change: Change) -> Path:
    path = folder / "after.docx"
    path.write_bytes(change.document())
    return path


def changed(path: Path) -> list[dict[str, Any]]:
    ran = nianbao("check", path, "--format", "json", cwd=path.parent)
    (file,) = json.loads(ran.out)["files"]
    found: list[dict[str, Any]] = file["changed"]
    return found


def test_nothing_was_changed(folder: Path) -> None:
    assert changed(folder / "before.docx") == []


@pytest.mark.parametrize("change", CELLS, ids=str)
def test_a_changed_cell_is_named(change: Change, folder: Path) -> None:
    (told,) = changed(written(folder, change))
    assert (told["cell"], told["was"], told["now"]) == (change.cell, change.was, change.now)
    assert all(squeezed(name) in squeezed(told["label"]) for name in change.names), told["label"]


@pytest.mark.parametrize("change", TEXTS, ids=str)
def test_a_changed_text_is_named(change: Change, folder: Path) -> None:
    (told,) = changed(written(folder, change))
    assert told["cell"] is None
    for side, text in (("was", change.was), ("now", change.now)):
        assert (told[side] is None) == (text is None)
        assert squeezed(text or "") in squeezed(told[side] or "")
    assert any(squeezed(name) in squeezed(told["label"]) for name in change.names), told["label"]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_two_documents_are_compared(change: Change, folder: Path) -> None:
    ran = nianbao("compare", "before.docx", written(folder, change), cwd=folder)
    assert ran.code == 1
    said = squeezed(ran.out + ran.err)
    assert all(squeezed(text) in said for text in (change.was, change.now) if text)


def test_a_document_is_the_same_as_itself_and_as_its_file(folder: Path) -> None:
    for other in ("before.docx", "年报2025.yaml"):
        ran = nianbao("compare", "before.docx", other, cwd=folder)
        assert ran.code == 0, ran.out + ran.err


def moved(before: str, after: str) -> list[str]:
    """The lines taken out and put in."""
    found = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in found if line[:1] in "+-"]


@pytest.mark.parametrize("change", CELLS, ids=str)
def test_a_changed_cell_comes_home_and_nothing_moves(change: Change, folder: Path) -> None:
    target = folder / "年报2025.yaml"
    ran = nianbao("import", written(folder, change), "--into", target, cwd=folder)
    assert ran.code == 0, ran.out + ran.err
    after = target.read_text("utf-8")
    assert typed.cells(typed.read(after)) == report_now(change)
    assert [line[0] for line in moved(FILE, after)] == ["-", "+"]


@pytest.mark.parametrize("cell", part(10, list(QUIET.figures)[::3]))
def test_a_changed_cell_comes_home_to_a_row_typed_otherwise(cell: str, folder: Path) -> None:
    """Bare numbers, a mapping, one nought for a row or a group."""
    target, after = folder / "别样2025.yaml", folder / "after.docx"
    target.write_text(OTHERWISE, "utf-8")
    now = str(int(QUIET.figures[cell]) + 3)
    after.write_bytes(edited(retyped(cell, now, WAYS[len(cell) % 3]), file=OTHERWISE))
    ran = nianbao("import", after, "--into", target, cwd=folder)
    assert ran.code == 0, ran.out + ran.err
    text = target.read_text("utf-8")
    assert typed.cells(typed.read(text)) == {**QUIET.figures, cell: now}
    assert [line[0] for line in moved(OTHERWISE, text)].count("-") == 1


@pytest.mark.parametrize("change", TEXTS, ids=str)
def test_a_changed_text_comes_home_and_nothing_moves(change: Change, folder: Path) -> None:
    target = folder / "年报2025.yaml"
    ran = nianbao("import", written(folder, change), "--into", target, cwd=folder)
    after = target.read_text("utf-8")
    if change.name == "heading":  # the form's own words: nowhere in the file, so it is said
        assert (after, ran.code) == (FILE, 1)
        assert change.now in ran.out + ran.err
        return
    assert ran.code == 0, ran.out + ran.err
    assert typed.cells(typed.read(after)) == report_now(change)
    lines = moved(FILE, after)
    assert len(lines) <= 2
    if change.was:
        assert change.was not in squeezed("".join(line for line in lines if line[0] == "+")) or (
            change.now and change.was in change.now
        )
    if change.now:
        assert change.now in "".join(line for line in lines if line[0] == "+")


# --- a figure bound in the text --------------------------------------------------------------

BOUND = FILE.replace(f"申请{BASE.figures['c1g']}件，均按期登记", "申请{{本年新收}}件，均按期登记")


def into_bound(folder: Path, change: tuple[str, str]) -> tuple[Ran, str]:
    """A text of the generated document changed, and brought into the file that binds a figure."""
    assert "{{本年新收}}" in BOUND
    target = folder / "绑定2025.yaml"
    target.write_text(BOUND, "utf-8")
    (was,) = [text for text in BASE.parts["总体情况"] if change[0] in text]
    after = folder / "after.docx"
    now = was.replace(*change)
    after.write_bytes(edited(lambda document: retold(document, was, now)))
    ran = nianbao("import", after, "--into", target, cwd=folder)
    return ran, target.read_text("utf-8")


def test_a_changed_figure_that_is_bound_is_asked_for(folder: Path) -> None:
    figure = BASE.figures["c1g"]
    ran, text = into_bound(folder, (f"申请{figure}件", "申请8888件"))
    assert ran.code == 1
    assert "8888" in ran.out + ran.err
    assert text == BOUND


def test_words_beside_a_bound_figure_come_home_and_it_stays_bound(folder: Path) -> None:
    ran, text = into_bound(folder, ("均按期登记", "均已按期登记"))
    assert ran.code == 0, ran.out + ran.err
    assert text == BOUND.replace("均按期登记", "均已按期登记")


# --- a Traditional report --------------------------------------------------------------------------


def test_a_traditional_document_is_as_its_file(tmp_path: Path) -> None:
    """The headings are the form's own in either script."""
    (tmp_path / "2025.yaml").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert nianbao("generate", "2025.yaml", cwd=tmp_path).code == 0
    assert changed(tmp_path / "outputs" / "2025.docx") == []
    ran = nianbao("compare", "2025.yaml", "outputs/2025.docx", cwd=tmp_path)
    assert ran.code == 0, ran.out + ran.err


def test_a_document_of_another_year_does_not_come_in(folder: Path) -> None:
    later = folder / "2026.yaml"
    later.write_text(FILE.replace("2025", "2026"), "utf-8")
    before = later.read_bytes()
    ran = nianbao("import", "before.docx", "--into", later, cwd=folder)
    assert (ran.code, "2026年度的" in ran.out + ran.err) == (1, True)
    assert later.read_bytes() == before


def test_reports_of_two_forms_are_not_compared(folder: Path) -> None:
    law = EXAMPLES / "青石镇法治2025.yaml"
    ran = nianbao("compare", law, "before.docx", cwd=folder)
    assert (ran.code, "不是同一种表式" in ran.out + ran.err) == (1, True)
