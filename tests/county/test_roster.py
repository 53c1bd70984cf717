"""A roster as spreadsheets save it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nianbao.county import roster
from nianbao.county.roster import Member, Roster
from nianbao.diagnostics import Rejected

ROWS = "单位,简称,原名,类别,计入\n云岭县甲镇人民政府,甲镇,云岭县甲乡人民政府,乡镇,是\n云岭县乙局,,,部门,否\n"
READ = (
    Member("云岭县甲镇人民政府", "甲镇", ("云岭县甲乡人民政府",), "乡镇"),
    Member("云岭县乙局", kind="部门", counted=False),
)


def read(folder: Path, data: bytes | str) -> Roster:
    path = folder / "名单.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return roster.read(path)


@pytest.mark.parametrize(
    "data",
    [
        ROWS,
        ROWS.encode("utf-8-sig"),
        ROWS.encode("gb18030"),
        ROWS.encode("utf-16"),
        ROWS.replace(",", ";"),
        ROWS.replace(",", "\t"),
        ROWS.replace(",", "，"),
        ROWS.replace("\n", "\r\n"),
        "\n" + ROWS + ",,,,\n\n",
        "單位,簡稱,原名,類別,計入\n" + ROWS.partition("\n")[2],
        '"单位","简称","原名","类别","计入"\n' + ROWS.partition("\n")[2],
        "序号,单位,联系人,简称,原名,类别,计入\n"
        "1,云岭县甲镇人民政府,张三,甲镇,云岭县甲乡人民政府,乡镇,\n2, 云岭县乙局 ,李四,,,部门,否\n",
    ],
)
def test_a_roster_is_read_however_it_was_saved(tmp_path: Path, data: bytes | str) -> None:
    found = read(tmp_path, data)
    assert found.members == READ
    assert not found.findings


def test_a_unit_is_found_by_any_name_in_either_script(tmp_path: Path) -> None:
    found = read(tmp_path, ROWS)
    for name in ("云岭县甲镇人民政府", "甲镇", "雲嶺縣甲鎮人民政府", "云岭县甲乡人民政府"):
        assert found.member(name) is found.members[0]
    assert found.member("云岭县丙镇人民政府") is None
    assert found.member("") is None


def test_its_own_name_outranks_what_another_was_called_before(tmp_path: Path) -> None:
    found = read(tmp_path, "单位,原名\n甲镇,乙镇\n乙镇,\n")
    assert found.member("乙镇") is found.members[1]


def test_a_unit_without_a_kind_is_of_its_own_kind_where_others_have_one(tmp_path: Path) -> None:
    assert [m.kind for m in read(tmp_path, "单位,类别\n甲镇,乡镇\n乙镇,\n").members] == [
        "乡镇",
        roster.UNSORTED,
    ]
    assert [m.kind for m in read(tmp_path, "单位\n甲镇\n").members] == [""]


@pytest.mark.parametrize(
    ("data", "told", "line"),
    [
        ("单位\n甲镇\n乙镇\n甲镇\n", "“甲镇”写了两次，第 2 行和第 4 行", 4),
        ("单位,计入\n甲镇,不\n", "“计入”写的是“不”，照“是”算", 2),
        ("单位,简称\n,甲镇\n乙镇,\n", "第 2 行没有写单位", 2),
    ],
)
def test_a_slip_in_a_line_is_told_and_the_rest_stands(
    tmp_path: Path, data: str, told: str, line: int
) -> None:
    found = read(tmp_path, data)
    (finding,) = found.findings
    assert told in finding.message
    assert finding.location
    assert finding.location.line == line
    assert found.members


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "是空的"),
        ("甲镇\n乙镇\n", "第一行没有“单位”这一列，写的是：甲镇"),
        ("单位,类别\n", "一个单位也没有"),
        (b"PK\x03\x04xl/workbook", "不是 CSV 文件"),
        (b"\xff\xfe\x00\x01\x02\xd8", "名单"),
        ("单位\n" + '"' + "甲" * 200_000, "引号没有配对"),
    ],
)
def test_what_is_no_roster_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes | str, told: str
) -> None:
    with pytest.raises(Rejected) as refused:
        read(tmp_path, data)
    (finding,) = refused.value.findings
    assert refused.value.exit_code == 3
    assert told in finding.message


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="没有这个文件"):
        roster.read(tmp_path / "没有.csv")
