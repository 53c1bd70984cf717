"""The proof sees harm that a mend could do, and lets pass what does none."""

from __future__ import annotations

import pytest

from nianbao.chinese import lines
from nianbao.source import parsing, proof

TEXT = "正文: |\n  甲乙，丙。\n  丁戊。\n数: [12, 3]\n"


def holds(before: str, after: str, heading: str = "") -> bool:
    root = parsing.read_text(after).root
    return proof.holds(lines.of(before), lines.of(after), root, heading=heading)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, TEXT.replace("12", "1,2")),
        (TEXT, TEXT.replace("12, 3", "1, 23")),
        (TEXT, TEXT.replace("丁", "戊丁").replace("戊戊", "戊")),
        (TEXT, TEXT.replace("，", "、")),
        (TEXT, TEXT.replace("  丁戊", "  # 丁戊")),
        ("正文: ｜甲。\n", "正文: |\n  ｜甲。\n"),
        ("正文:\n  ｜\n  甲。\n", "正文: |\n  ｜\n  甲。\n"),
        ("数: 3。25\n", "数: 3.25\n"),
        ("# 甲\n数: 1\n", "甲:\n数: 1\n"),
    ],
)
def test_harm_is_seen(before: str, after: str) -> None:
    assert not holds(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, TEXT),
        (TEXT.replace("丙。\n  丁", "丙\n  丁"), TEXT.replace("丙。\n  丁", "丙丁")),
        (TEXT.replace(": ", "："), TEXT),
        (TEXT.replace("[12, 3]", "［１２，３］"), TEXT),
        ("正文: ｜甲。\n", "正文: |\n  甲。\n"),
        ("数: 1,234\n", "数: 1234\n"),
    ],
)
def test_what_says_the_same_is_kept(before: str, after: str) -> None:
    assert holds(before, after)


def test_only_the_heading_may_be_new() -> None:
    before, after = "数: 1\nN101 甲 1/2: 乙\n", "数: 1\n说明:\n  N101 甲 1/2: 乙\n"
    assert holds(before, after, heading="说明")
    assert not holds(before, after)
    assert holds(before.replace("N101", "# 说明:\nN101"), after, heading="说明")
