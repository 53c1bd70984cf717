"""`import` on the drawings: no number is wrong, nothing is lost, what is unsure is left blank."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from intake.faults import faults
from intake.layouts import Layout
from intake.layouts.every import LAYOUTS
from support import part

OPEN = Path(__file__).with_name("open.txt").read_text("utf-8").split()
"""Drawings that are not read as they should be yet: found, told, not mended."""


def marked(layout: Layout) -> ParameterSet:
    open_ = pytest.mark.xfail(reason="not mended", strict=False)
    return pytest.param(layout, marks=open_ if layout.name in OPEN else (), id=str(layout))


@pytest.mark.parametrize("layout", [marked(layout) for layout in part(30, LAYOUTS)])
def test_a_drawing_is_read_as_a_careful_reader_reads_it(layout: Layout, tmp_path: Path) -> None:
    assert faults(layout, tmp_path) == []
