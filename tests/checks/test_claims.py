"""A sentence against the cells that it speaks of."""

from __future__ import annotations

from pathlib import Path

from support import EXAMPLES, SMALL_FORMS, check


def test_a_sum_from_which_a_cell_is_taken_off_is_told_with_all_its_cells(tmp_path: Path) -> None:
    form = SMALL_FORMS / "training"
    path = tmp_path / "2025.yaml"
    text = (form / "2025.yaml").read_text("utf-8")
    path.write_text(text.replace("未结业10人", "未结业11人"), "utf-8")
    (told,) = [f for f in check(path, "--templates", form)["findings"] if f["severity"] != "note"]
    assert told["code"] == "N101"
    assert len(told["related"]) == 2


def test_a_share_of_what_could_not_be_read_is_not_told(tmp_path: Path) -> None:
    whole = (EXAMPLES / "青石镇2024.yaml").read_text("utf-8")
    assert "予以公开6件，占50%" in whole
    unread = whole.replace("予以公开: [4,", "予以公开: ？[4,")
    assert unread != whole
    path = tmp_path / "2024.yaml"
    path.write_text(unread, "utf-8")
    codes = {f["code"] for f in check(path)["findings"]}
    assert "W110" not in codes
    assert "N102" not in codes
