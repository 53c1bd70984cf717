"""核实说明 as typed. (What its entries answer, and each mistake in a whole file: test_answers.)"""

from __future__ import annotations

import pytest
from support import codes, parsed

from nianbao.report import answersfile
from nianbao.report.reading import Reading
from nianbao.report.report import Answer
from nianbao.source import tree
from nianbao.source.keys import Taken


def read(typed: str) -> tuple[tuple[Answer, ...], list[str]]:
    root = parsed(f"核实说明:{typed}").root
    assert isinstance(root, tree.Mapping)
    (entry,) = root.entries
    reading = Reading()
    return answersfile.read(Taken(entry.key, entry.value), reading), codes(reading.findings)


def test_each_entry_is_an_answer_under_its_key() -> None:
    answers, told = read("\n  N001 引言: 没有\n  C101 甲 1/2: |\n    漏计\n\n    已改\n")
    assert told == []
    assert [(answer.key, answer.text, answer.location.line) for answer in answers] == [
        ("N001 引言", "没有", 2),
        ("C101 甲 1/2", "漏计\n已改", 3),
    ]


@pytest.mark.parametrize("typed", ["", " 无", " ''"])
def test_nothing_is_no_answer(typed: str) -> None:
    assert read(typed) == ((), [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (" 都对\n", "S104"),
        ("\n  - N001: 没有\n", "S104"),
        ("\n  N001:\n", "S108"),
        ("\n  N001: ……\n", "S108"),
        ("\n  N001: [没有]\n", "S108"),
        ("\n  N001: 没有\n    别的\n", "Y109"),
    ],
)
def test_what_is_no_answer_is_told_and_left_out(typed: str, code: str) -> None:
    assert read(typed) == ((), [code])


def test_of_two_with_one_key_the_first_stands() -> None:
    answers, told = read("\n  N001: 甲\n  N001: 乙\n")
    assert ([answer.text for answer in answers], told) == (["甲"], ["S102"])
