"""Where a long title breaks: within no word, and with no blank at a line's end or beginning."""

from __future__ import annotations

import pytest

from nianbao.word import title


@pytest.mark.parametrize(
    ("unit", "rest", "lines"),
    [
        (
            "Bureau of Widgets",
            " FOIA Report for Fiscal Year 2024",
            ["Bureau of Widgets", "FOIA Report for Fiscal Year 2024"],
        ),
        (
            "Office of the Inspector General for Widgets",
            " FOIA Report",
            ["Office of the Inspector", "General for Widgets", "FOIA Report"],
        ),
        ("云岭县青石镇人民政府", "2025年政府信息公开工作报告", None),
    ],
)
def test_it_breaks_at_a_blank(unit: str, rest: str, lines: list[str] | None) -> None:
    broken = title.balanced(unit + rest, unit, 16.5).split("\n")
    assert broken == (lines or [unit, rest])
