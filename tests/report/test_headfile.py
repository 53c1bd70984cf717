"""The items at the head as typed and as printed. (Each mistake in a whole file: test_reportfile.)"""

from __future__ import annotations

from pathlib import Path

import pytest
from support import codes, parsed, read_form

from nianbao.chinese.wording import Script
from nianbao.report import headfile
from nianbao.report.reading import Reading
from nianbao.report.report import Report
from nianbao.source import tree
from nianbao.source.keys import Taken

SOUND = "单位: 某镇人民政府\n年度: 2025\n"


def read(typed: str, script: Script | None = None) -> tuple[Report, list[str]]:
    root = parsed(typed).root
    assert isinstance(root, tree.Mapping)
    taken = {entry.key.text: Taken(entry.key, entry.value) for entry in root.entries}
    report, reading = Report(read_form(), Path("2025.yaml"), script or Script.HANS), Reading(script)
    headfile.read(taken, report, reading)
    return report, codes(reading.findings)


def test_a_title_is_put_together_in_the_reports_script() -> None:
    report, told = read(SOUND)
    assert (report.title, told) == ("某镇人民政府2025年政府信息公开工作年度报告", [])
    report, _ = read(SOUND, Script.HANT)
    assert report.title == "某鎮人民政府2025年政府信息公開工作年度報告"


def test_a_typed_title_stands() -> None:
    report, told = read(f"{SOUND}标题: 某镇年报\n")
    assert (report.title, told) == ("某镇年报", [])


def test_a_day_is_printed_as_one_and_a_moment_as_typed() -> None:
    report, told = read(f"{SOUND}成文日期: 2026.1.2\n发布时间: 2026-01-02 09:30\n")
    assert told == []
    assert report.fields["成文日期"] == "2026年1月2日"
    assert report.fields["发布时间"] == "2026-01-02 09:30"


def test_names_are_never_converted() -> None:
    report, told = read(f"{SOUND}审签: {{初审: 范后里, 终审: ''}}\n", Script.HANT)
    assert told == []
    assert (report.fields["审签.初审"], report.fields["审签.终审"]) == ("范后里", "")
    assert "审签.复审" not in report.fields


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("单位:\n年度: 2025\n", ["V107"]),
        ("单位: 甲\n年度:\n", ["V107"]),
        ("单位: [甲]\n年度: 2025\n", ["S104"]),
        ("单位: 甲\n  乙\n年度: 2025\n", ["Y109"]),
        ("单位: “甲”\n年度: 2025\n", ["Y113"]),
        ("单位: 甲\n年度: 二〇二五\n", ["V105"]),
        (f"{SOUND}成文日期: 2026-01-02 09:30\n", ["V106"]),
        (f"{SOUND}发布时间: 2026-02-30\n", ["V106"]),
        (f"{SOUND}审签: 甲\n", ["S104"]),
        (f"{SOUND}审签:\n", []),
        (f"{SOUND}简称:\n", []),
    ],
)
def test_each_mistake_is_told_once(typed: str, told: list[str]) -> None:
    assert read(typed)[1] == told
