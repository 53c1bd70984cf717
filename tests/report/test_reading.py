"""Findings end at a limit, and a conversion is told once, at the first text that it changed."""

from __future__ import annotations

import pytest
from support import codes

from nianbao.chinese.wording import Script
from nianbao.diagnostics import MAX_FINDINGS, Location, Rejected, finding
from nianbao.report.reading import Reading


def test_text_stays_as_typed_without_a_script() -> None:
    reading = Reading()
    assert reading.said("總體", Location(1, 1)) == "總體"
    reading.tell_of_conversion()
    assert reading.findings == []


def test_a_conversion_is_told_where_it_first_changed_a_text() -> None:
    reading = Reading(Script.HANS)
    typed = [("总体", 1), ("總體", 2), ("報告", 3)]
    assert [reading.said(text, Location(line, 1)) for text, line in typed] == [
        "总体",
        "总体",
        "报告",
    ]
    reading.tell_of_conversion()
    assert [(told.code, told.location) for told in reading.findings] == [("V301", Location(2, 1))]


def test_a_conversion_that_changed_nothing_is_not_told() -> None:
    reading = Reading(Script.HANT)
    reading.said("甲乙", Location(1, 1))
    reading.tell_of_conversion()
    assert reading.findings == []


def test_too_many_findings_end_the_reading() -> None:
    reading = Reading()
    for _ in range(MAX_FINDINGS):
        reading.tell_of_cut("甲", Location(1, 1))
    with pytest.raises(Rejected) as rejected:
        reading.tell(finding("S108", "甲。", at=Location(2, 1)))
    assert codes(rejected.value.findings)[-2:] == ["Y110", "S108"]
