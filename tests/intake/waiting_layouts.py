"""`import` on every drawing: no number is wrong, nothing is lost, what is unsure is left blank."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake.faults import faults
from intake.layouts import Layout
from intake.layouts.every import LAYOUTS


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_a_drawing_is_read_as_a_careful_reader_reads_it(layout: Layout, tmp_path: Path) -> None:
    assert faults(layout, tmp_path) == []
