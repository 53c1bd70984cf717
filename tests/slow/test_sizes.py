"""The page that states how much is tried states what is tried."""

from __future__ import annotations

import mutants
import sizes
from support import ROOT


def test_the_docs_state_the_sizes() -> None:
    assert len(mutants.KINDS) == 4
    text = (ROOT / "docs" / "robustness.md").read_text("utf-8")
    assert sizes.table() in text, "python tests/slow/sizes.py prints the table"
