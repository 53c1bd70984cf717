"""A narrative as typed, line by line. (Whole files and every N00…: test_cases.)"""

from __future__ import annotations

from pathlib import Path

import pytest
from support import codes, parsed, read_form

from nianbao.chinese.wording import Script
from nianbao.form.figure import FigureError
from nianbao.report import narrativefile
from nianbao.report.reading import Reading
from nianbao.report.report import Paragraph, Report
from nianbao.source import tree
from nianbao.source.keys import Taken

NARRATIVE = next(section for section in read_form().sections if not section.table)
TABLE = next(section for section in read_form().sections if section.table)


def report(**values: object) -> Report:
    filled = Report(read_form(), Path("2025.yaml"), Script.HANS)
    for name, value in values.items():
        setattr(filled, name, value)
    return filled


def taken(typed: str) -> Taken:
    root = parsed(f"甲:{typed}").root
    assert isinstance(root, tree.Mapping)
    return Taken(root.entries[0].key, root.entries[0].value)


def read(typed: str) -> tuple[list[Paragraph] | None, list[str]]:
    reading = Reading()
    worth = narrativefile.worth_in(report(unit="某镇", year=2025))
    lines = narrativefile.read(NARRATIVE, taken(typed), worth, reading=reading)
    return lines, codes(reading.findings)


def test_each_line_is_a_paragraph_of_the_templates_loop() -> None:
    lines, told = read(" |\n  （一）公开。{{年度}}年，\n\n  \u3000{{单位}}照常。\n")
    assert told == []
    assert lines
    assert [(line.heading, line.body, line.turn) for line in lines] == [
        ("（一）公开。", "2025年，", 0),
        ("", "某镇照常。", 1),
    ]
    assert {line.over for line in lines} == {NARRATIVE.name}


@pytest.mark.parametrize(
    ("typed", "lines", "code"),
    [
        (" |\n", [], "N001"),
        ("", [], "N001"),
        (" [甲]", None, "S104"),
        ("\n  甲\n  乙\n", None, "Y109"),
        (" >\n  甲\n", None, "Y109"),
    ],
)
def test_what_is_no_text_is_told(typed: str, lines: list[Paragraph] | None, code: str) -> None:
    assert read(typed) == (lines, [code])


def test_a_figure_that_finds_nothing_is_told_and_the_rest_is_read() -> None:
    lines, told = read(" 甲{{没有的}}乙")
    assert told == ["N002"]
    assert lines
    assert lines[0].text == "甲？乙"


def test_a_note_begins_with_its_word_once() -> None:
    def note(typed: str, before: str = "注：") -> list[str]:
        worth = narrativefile.worth_in(report())
        lines = narrativefile.read_note(
            TABLE, taken(typed), worth, before=before, reading=Reading()
        )
        assert {line.over for line in lines} <= {f"{TABLE.name}.注"}
        return [line.text for line in lines]

    assert note(" 含结转。") == ["注：含结转。"]
    assert note(" 注：含结转。") == ["注：含结转。"]
    assert note(" |\n  甲。\n  乙。\n") == ["注：甲。", "乙。"]
    assert note(" By year.", "Note: ") == ["Note: By year."]
    assert note(" 'Note: By year.'", "Note: ") == ["Note: By year."]


def test_a_short_name_that_is_not_typed_cannot_be_named() -> None:
    with pytest.raises(FigureError, match="没有填“简称”"):
        narrativefile.worth_in(report(unit="某镇"))(("简称",))
    assert narrativefile.worth_in(report(short_name="低庄"))(("簡稱",)) == "低庄"
    assert narrativefile.worth_in(report())(("单位",)) == "？"
