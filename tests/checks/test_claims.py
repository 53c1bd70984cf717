"""A sentence against the cells that it speaks of."""

from __future__ import annotations

from pathlib import Path

from support import SMALL_FORMS, check


def test_a_sum_from_which_a_cell_is_taken_off_is_told_with_all_its_cells(tmp_path: Path) -> None:
    form = SMALL_FORMS / "training"
    path = tmp_path / "2025.yaml"
    text = (form / "2025.yaml").read_text("utf-8")
    path.write_text(text.replace("未结业10人", "未结业11人"), "utf-8")
    (told,) = [f for f in check(path, "--templates", form)["findings"] if f["severity"] != "note"]
    assert told["code"] == "N101"
    assert len(told["related"]) == 2
