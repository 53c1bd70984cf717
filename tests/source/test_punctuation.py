"""A line's marks are read from the line and from what is open before it, and from nothing else."""

from __future__ import annotations

import pytest

from nianbao.diagnostics import Location
from nianbao.source import punctuation
from nianbao.source.brackets import MAX_DEPTH, Bracket, Open, Quote
from nianbao.source.names import Names
from nianbao.source.punctuation import MASK
from nianbao.source.typed import Typed

NAMES = Names(
    narratives=frozenset({"引言"}),
    top=frozenset({"引言", "单位"}),
    inner=frozenset({"甲"}),
    opening=frozenset(),
)
LIST = Open((Bracket("[", Location(1, 4)),))
QUOTED = Open(quote=Quote("'", Location(1, 4)))


def read(line: str, opened: Open) -> tuple[str, str, str, list[str]]:
    """Line 2 of a text: for the parser, its structure, what is open behind it, what is told."""
    reading = punctuation.read(Typed(("", line), NAMES), 2, opened)
    inside = "".join(bracket.char for bracket in reading.open.brackets)
    inside += reading.open.quote.char if reading.open.quote else ""
    told = [finding.code for finding in reading.findings]
    return reading.text, reading.plain.replace(MASK, "·"), inside, told


@pytest.mark.parametrize(
    ("line", "text", "plain", "inside", "told"),
    [
        ("甲: 1 # 注", "甲: 1 # 注", "甲: 1", "", []),
        ("甲: 乙#丙", "甲: 乙#丙", "甲: 乙#丙", "", []),
        ("甲:\t1", "甲: 1", "甲: 1", "", []),
        ('甲: "乙 # \\" 丙" # 注', '甲: "乙 # \\" 丙" # 注', "甲: ··········", "", []),
        ("甲: '乙''丙'", "甲: '乙''丙'", "甲: ······", "", []),
        ("甲: 乙 'n' 丙", "甲: 乙 'n' 丙", "甲: 乙 'n' 丙", "", []),
        ("甲: [1, {乙: '2", "甲: [1, {乙: '2", "甲: [1, {乙: ··", "[{'", []),
        ("甲: [1, 2］", "甲: [1, 2]", "甲: [1, 2]", "", ["Y113"]),
        ("甲: ［1，2］", "甲: [1,2]", "甲: [1,2]", "", ["Y113"]),
        ("乙: ［1，2］", "乙: ［1，2］", "乙: ［1，2］", "", []),
        ("甲: [“1”, 2]", '甲: ["1", 2]', "甲: [···, 2]", "", ["Y113"]),
        ("甲: [1, , 2]", "甲: [1, , 2]", "甲: [1, , 2]", "", ["Y105"]),
        ("甲: [?]", "甲: [?]", "甲: [?]", "", ["Y105"]),
        ("\ufeff甲: 1", " 甲: 1", " 甲: 1", "", ["Y102"]),
    ],
)
def test_a_line_with_nothing_open(
    line: str, text: str, plain: str, inside: str, told: list[str]
) -> None:
    assert read(line, Open()) == (text, plain, inside, told)


@pytest.mark.parametrize(
    ("opened", "line", "text", "plain", "inside", "told"),
    [
        (LIST, "1, 2]", "1, 2]", "1, 2]", "", []),
        (LIST, "1，2］", "1，2］", "1，2］", "[", []),
        (QUOTED, "乙: 1", "乙: 1", "····", "'", []),
        (QUOTED, "乙' # 注", "乙' # 注", "··", "", []),
    ],
)
def test_a_line_within_what_is_open(
    opened: Open, line: str, text: str, plain: str, inside: str, told: list[str]
) -> None:
    assert read(line, opened) == (text, plain, inside, told)


def test_a_tab_and_a_dash_stand_as_characters_that_the_text_has_not() -> None:
    typed = Typed(("甲: 乙\t丙", "甲: -", "\ue000"))
    lines = [punctuation.read(typed, number, Open()).text for number in (1, 2)]
    assert lines == ["甲: 乙\ue001丙", "甲: \ue002"]
    assert [typed.stand_ins.undone(line) for line in lines] == ["甲: 乙\t丙", "甲: -"]


def test_what_is_too_deep_is_read_no_further_and_told_once() -> None:
    typed = Typed(("甲: " + "[" * MAX_DEPTH, "[[1]]", "["))
    first = punctuation.read(typed, 1, Open())
    assert (first.findings, first.open.too_deep) == ((), False)
    second = punctuation.read(typed, 2, first.open)
    assert [finding.code for finding in second.findings] == ["Y107"]
    assert (second.text, second.open.too_deep) == ("[[1]]", True)
    third = punctuation.read(typed, 3, second.open)
    assert (third.findings, third.open) == ((), second.open)


def test_full_width_marks_of_one_line_are_mended_as_a_whole_and_once() -> None:
    reading = punctuation.read(Typed(("甲: {'乙'：1，丙：2}: {丁：3}",), NAMES), 1, Open())
    assert [len(finding.mend) for finding in reading.findings] == [4, 0]


def test_what_lacks_its_end_is_told_where_it_begins() -> None:
    told = [opened.unclosed() for opened in (Open(), LIST, QUOTED)]
    assert [finding and (finding.message, finding.location) for finding in told] == [
        None,
        ("从这里开始的 [ 没有关上。", Location(1, 4)),
        ("从这里开始的引号 ' 没有关上。", Location(1, 4)),
    ]
