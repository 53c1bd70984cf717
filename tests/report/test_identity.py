"""The lines at the left edge tell of a file what its tree tells, and more when there is no tree."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from support import EXAMPLES, SECOND, TOWN, parsed, part
from support.cases import BASE, CASES, Case

from nianbao.chinese import lines
from nianbao.chinese.lines import NO_LINES
from nianbao.diagnostics import Location
from nianbao.report import identity
from nianbao.report.identity import Identity
from nianbao.source import parsing
from nianbao.source.encoding import decode


def of_text(text: str) -> Identity:
    return identity.of_lines(lines.of(text))


FILES = [TOWN, SECOND / "2025.yaml", *sorted(EXAMPLES.glob("*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_ways_tell_the_same(path: Path) -> None:
    text = path.read_text("utf-8")
    assert of_text(text) == identity.of_tree(parsed(text).root)


@pytest.mark.parametrize("case", part(6, CASES), ids=str)
def test_both_ways_tell_the_same_year_and_form(case: Case) -> None:
    """Where the text can be parsed; of a key typed twice each takes its own, of a tag one."""
    read, root = of_text(case.text), parsing.read_text(case.text).root
    if root is not None and not {code for code, *_ in case.expected} & {"S102", "Y106"}:
        typed = identity.of_tree(root)
        assert (read.form, read.year) == (typed.form, typed.year)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("年度: 2025", "年度：2025"),
        ("年度: 2025", "年度:2025"),
        ("年度: 2025", "年度: 2025年   # 上一年"),
        ("年度: 2025", '"年度": "2025"'),
        ("规章: 0", "规章: [0"),
        ("规章: 0", "\t规章: 0"),
        ("引言: |\n", "引言:\n"),
    ],
)
def test_a_damaged_file_is_known_by_its_lines(old: str, new: str) -> None:
    assert BASE.count(old) == 1
    found = of_text(BASE.replace(old, new))
    assert found.year == 2025
    assert {"单位", "总体情况", "审签"} <= set(found.keys)


def test_any_encoding_and_line_end_will_do() -> None:
    for data in (BASE.encode("gb18030"), BASE.encode("utf-16"), BASE.encode("utf-8-sig")):
        assert identity.of_lines(decode(data).lines or NO_LINES) == of_text(BASE)
    assert of_text(BASE.replace("\n", "\r\n")) == of_text(BASE)


def test_a_file_indented_as_a_whole_is_read_at_its_own_edge() -> None:
    moved = "".join(f"  {line}\n" if line else "\n" for line in BASE.split("\n"))
    found, sound = of_text(moved), of_text(BASE)
    assert (found.year, found.keys) == (sound.year, sound.keys)


def test_a_form_is_told_with_its_place() -> None:
    assert of_text("# 说明: 甲\n\n表式:  甲报告  # 乙\n年度: 九\n引言: |\n  年度: 1\n") == (
        Identity("甲报告", Location(3, 6), None, Location(4, 5), ("表式", "年度", "引言"))
    )
    assert of_text("表式: # 没写\n").form is None


@pytest.mark.parametrize("text", ["", "\n", "- 甲\n", "{年度: 2025}\n", "年度", "：甲\n"])
def test_what_has_no_keys_tells_nothing(text: str) -> None:
    assert of_text(text) == Identity()


def test_a_year_is_four_digits() -> None:
    assert [identity.year_in(typed) for typed in ("2025", "2025年", "2025 年")] == [2025] * 3
    assert [identity.year_in(typed) for typed in ("", "２０２５", "25", "2025年度", "1825")] == (
        [None] * 5
    )


@pytest.mark.parametrize(
    "text",
    [
        "甲:" + " " * 1_000_000 + "乙",
        " " * 1_000_000 + "甲: 1",
        "甲" * 1_000_000,
        "".join(f"甲{n}: 1\n" for n in range(100_000)),
        "年度:\r" * 300_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_large_text_is_known_fast(text: str) -> None:
    started = time.process_time()
    of_text(text)
    assert time.process_time() - started < 1
