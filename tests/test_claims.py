"""Labelled sentences and reports: every finding expected comes, and no other (tests/claims)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from claims import score
from support import CI, ROOT, part

PAGE = ROOT / "docs" / "review.md"
TABLE = re.compile(r"(?<=<!-- 成绩 -->\n).*?(?=<!-- 止 -->)", re.DOTALL)

pytestmark = pytest.mark.xdist_group("claims")
"""One process judges them all, each once."""


def test_every_label_is_met(subtests: pytest.Subtests) -> None:
    """The labels held out, and those in doubt, count for the score alone."""
    for entry in part(20, score.entries()):
        verdict = score.verdict(entry)
        with subtests.test(entry.name):
            assert not verdict.errors, "the entry itself is unsound"
            if entry.held_out or entry.doubtful:
                continue
            assert not verdict.missed
            assert not verdict.surplus
            for expected, found in verdict.met:
                if expected.cell:
                    assert score.names_cell(found, expected.cell), found.message


def test_the_bases_are_silent(tmp_path: Path) -> None:
    for kind in ("镇", "小", "局", "县"):
        for prose, tables, year in (("文", "今年", 2025), ("上年文", "去年", 2024)):
            text = score.input_file(kind, prose, tables, year, {})
            entry = score.Entry(kind, {f"平禾{year}.yaml": text}, ())
            assert score.examined(entry, tmp_path) == ([], [])


def test_every_row_an_entry_changes_is_one_of_the_form() -> None:
    """A misspelt row would leave the base's number standing, and the label wrong."""
    known = set(re.findall(r"([^\s:]+):", "\n".join(score.filled({}))))
    for path in score.FOLDER.glob("*.yaml"):
        if path.stem != "base":
            for entry in score.yaml.safe_load(path.read_text("utf-8")):
                named = {*entry.get("表", {}), *entry.get("上年", {}).get("表", {})}
                assert {name.split(".")[-1] for name in named} <= known, entry["说明"]


def test_the_suite_is_large_and_half_of_it_is_sound() -> None:
    claims = [entry for entry in score.entries() if not entry.name.startswith("reports")]
    silent = [entry for entry in claims if not entry.expected]
    assert len(claims) >= 150
    assert 2 * len(silent) >= len(claims)
    assert len({entry.name for entry in score.entries()}) == len(score.entries())
    assert {e.code for entry in claims for e in entry.expected} == score.JUDGED


@pytest.mark.skipif(not CI, reason="judges every entry: .ci/run does")
def test_the_score_in_the_docs_is_the_score(golden: Callable[[Path, str], None]) -> None:
    text = PAGE.read_text("utf-8")
    said = score.page()
    assert TABLE.search(text)
    golden(PAGE, TABLE.sub(lambda _: f"\n{said}\n", text))
