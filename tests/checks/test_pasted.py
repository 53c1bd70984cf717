"""Lines pasted from a printed page are told as one passage, with what joins them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import with_narrative
from support.cases import BASE, SESSIONS, written

from nianbao.chinese import lines
from nianbao.diagnostics import Finding

KEY = "其他需要报告的事项"
PASTED = """\
本年度没有收取信息处理费。全镇二十三个村（社区）都
设立了公开栏，由包村干部按月查看，过期的内容当场
更换，没有其他需要报告的事项。"""


def told(folder: Path, text: str) -> tuple[str, list[Finding]]:
    typed = with_narrative(BASE, KEY, text)
    found = SESSIONS[False].check(written(folder, typed)).findings
    return typed, [finding for finding in found if finding.code == "N215"]


def mended(typed: str, finding: Finding) -> str:
    read = lines.of(typed)
    for edit in sorted(finding.mend, key=lambda edit: edit.start, reverse=True):
        typed = typed[: read.offset(edit.start)] + edit.text + typed[read.offset(edit.end) :]
    return typed


def test_the_passage_is_told_once_and_can_be_joined(tmp_path: Path) -> None:
    typed, (finding,) = told(tmp_path, PASTED)
    joined = PASTED.replace("\n", "")
    assert mended(typed, finding) == with_narrative(BASE, KEY, joined)
    assert told(tmp_path, joined)[1] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "过期的内容当场\n",
            "过期的内容当场\n更换并且拍照留存，群众有疑问的当场解释清楚。\n再就是",
        ),
        ("包村干部按月查看，过期的内容当场", "包村干部按月查看{{行政许可}}次，过期{{行政许可}}"),
        ("全镇二十三个村（社区）都\n设", "全镇各村（社区）建成网上ABC\nDEF"),
    ],
    ids=["a line ends a sentence", "a figure ends a line", "letters meet"],
)
def test_it_is_not_joined_where_that_is_no_one_thing(tmp_path: Path, old: str, new: str) -> None:
    _, (finding,) = told(tmp_path, PASTED.replace(old, new))
    assert finding.mend == ()


@pytest.mark.parametrize(
    "text",
    [
        PASTED.replace("\n", "。\n"),
        PASTED.replace("\n", "；\n"),
        "1." + PASTED.replace("\n", "\n2.", 1).replace("\n更", "\n3.更"),
        PASTED.replace("\n", "\n\n"),
        "没有收取信息处理费\n没有其他事项\n全年平稳",
        PASTED.replace("\n", "") + "\n" + PASTED.replace("\n", ""),
    ],
    ids=["sentences", "clauses", "numbered", "apart", "short", "whole paragraphs"],
)
def test_lines_that_are_paragraphs_are_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text)[1] == []
