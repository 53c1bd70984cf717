"""The input contract: keys, rows, numbers, notes and head items, each mistake at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import EXAMPLE, TOWN, check, example, nianbao, paragraphs, place_of, places, tables

from nianbao.desk.pipeline import Session


def errors(path: Path) -> list[tuple[str, int, int]]:
    return [
        (f["code"], f["line"], f["column"])
        for f in check(path)["findings"]
        if f["severity"] == "error"
    ]


def cells(path: Path) -> dict[str, str]:
    report, findings = Session().read(path)
    assert not [f for f in findings if f.blocks], findings
    return {address: report.numbers[address].printed for address in report.form.cells}


@pytest.mark.parametrize("path", [TOWN, EXAMPLE], ids=lambda path: path.stem)
def test_the_samples_are_sound(path: Path) -> None:
    assert not [f for f in check(path)["findings"] if f["severity"] == "error"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "行政复议:           [1, 1, 0, 0, 2]",
            "（一）行政复议: {总计: 2, 结果纠正: 1, 结果维持: 1}",
        ),
        (
            "  结转下年度继续办理: {自然人: 1, 总计: 1}",
            "  结转下年度继续办理: [1, 0, 0, 0, 0, 0, 1]",
        ),
        ("  规章:           [0, 0, 0]", "  规章: 0"),
        (
            "  规章:           [0, 0, 0]",
            "  規章: {现行有效件数: 0, 本年制发件数: 0, 本年废止件数: 0}",
        ),
        ("      危及“三安全一稳定”: 0", "      3.危及三安全一稳定: 0"),
        ("  行政许可: 46", "  行政許可: '46'"),
        ("  行政许可: 46", "  行政许可: [46]"),
        (
            "  行政诉讼:\n    未经复议直接起诉: 0\n    复议后起诉:  ",
            "  未经复议直接起诉: 0\n  复议后起诉:",
        ),
        ("年度: 2025", "年度: 2025年"),
        ("政府信息公开行政复议、行政诉讼情况:", "四、政府信息公开行政复议、行政诉讼情况:"),
        ("    无法提供:\n", "    （四）无法提供:   # 三行\n"),
    ],
)
def test_one_content_may_be_written_in_several_ways(tmp_path: Path, old: str, new: str) -> None:
    assert cells(example(tmp_path, (old, new))) == cells(EXAMPLE)


def test_zero_stands_for_a_row_a_group_and_a_table(tmp_path: Path) -> None:
    text = TOWN.read_text("utf-8")
    start = text.index("收到和處理政府信息公開申請情況:")
    end = text.index("# ── 四、")
    path = tmp_path / "2025.yaml"
    path.write_text(f"{text[:start]}收到和处理政府信息公开申请情况: 0\n{text[end:]}", "utf-8")
    assert cells(path) == cells(TOWN)
    grouped = """收到和处理政府信息公开申请情况:
  本年新收: 0
  上年结转: 0
  本年度办理结果:
    予以公开: 0
    部分公开: 0
    不予公开: 0
    无法提供: 0
    不予处理: 0
    其他处理: 0
    总计: 0
  结转下年度继续办理: 0
"""
    path.write_text(text[:start] + grouped + text[end:], "utf-8")
    assert cells(path) == cells(TOWN)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "V101"),
        ("/", "V101"),
        ("-", "V101"),
        ("—", "V101"),
        ("无", "V101"),
        ("~", "V101"),
        ("1,234", "V102"),
        ("-3", "V102"),
        ("2.5", "V102"),
        ("2.0", "V102"),
        ("046", "V102"),
        ("00", "V102"),
        ("+46", "V102"),
        ("４６", "V102"),
        ("四十六", "V102"),
        ("46件", "V102"),
        ("4 6", "V102"),
        ("1e3", "V102"),
        ("0x10", "V102"),
        ("46（", "V104"),
        ("46（）", "V104"),
        ("“", "V102"),
        ("（", "V102"),
        ("46（ ）", "V104"),
        ("46（甲）乙", "V104"),
        ("46（甲）（乙）", "V104"),
        ("9999999999999999999", "V108"),
        ("[46, 1]", "S105"),
        ("{数: 46}", "S101"),
    ],
)
def test_what_is_no_count_is_refused_at_its_cell(tmp_path: Path, typed: str, code: str) -> None:
    path = example(tmp_path, ("  行政许可: 46\n", f"  行政许可: {typed}\n"))
    line, column = place_of(path, "  行政许可:")
    found = errors(path)
    assert code in [finding[0] for finding in found]
    assert {finding[1] for finding in found} == {line}
    if code[0] == "V" and typed:
        assert found == [(code, line, column + len("  行政许可: "))]


@pytest.mark.parametrize("typed", ["3.25", "0", "59237.2449", "3.250", "0.5"])
def test_an_amount_is_printed_as_typed(tmp_path: Path, typed: str) -> None:
    path = example(tmp_path, ("行政事业性收费: 3.25", f"行政事业性收费: {typed}"))
    assert nianbao("generate", path, cwd=tmp_path).code == 0
    assert tables(tmp_path / "outputs" / f"{path.stem}.docx")[0][-1][-1] == typed


@pytest.mark.parametrize("typed", ["3.", ".5", "03.5", "-1.5", "3万元"])
def test_what_is_no_amount_is_refused(tmp_path: Path, typed: str) -> None:
    path = example(tmp_path, ("行政事业性收费: 3.25", f"行政事业性收费: {typed}"))
    assert [finding[0] for finding in errors(path)] == ["V103"]


@pytest.mark.parametrize("note", ["（其中修订2件）", "(其中修订2件)", "（甲（乙））", "（<&{%）"])
def test_a_note_is_printed_behind_its_number(tmp_path: Path, note: str) -> None:
    path = example(tmp_path, ("5（其中修订2件）", f"5{note}"))
    assert nianbao("generate", path, cwd=tmp_path).code == 0
    assert f"5{note}" in tables(tmp_path / "outputs" / f"{path.stem}.docx")[0][3]


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("[12, 3, 1, 1, 2, 0, 19]", "[12, 3, 1, 1, 2, 0, 0, 19]", "S105", "[12, 3"),
        ("[12, 3, 1, 1, 2, 0, 19]", "[12, 3, 1, 1, 2, 0]", "S105", "[12, 3"),
        ("{自然人: 1, 总计: 1}\n\n", "{自然人: 1}\n\n", "S106", "结转下年度继续办理: {"),
        ("{自然人: 1, 总计: 1}\n\n", "1\n\n", "S104", "1\n\n政府信息公开行政复议"),
        ("  行政强制: 0\n", "", "S103", "主动公开政府信息情况:"),
        ("      重复申请: {自然人: 1, 总计: 1}\n", "", "S103", "不予处理:"),
        ("简称: 青石镇\n", "简称: 青石镇\n简 称: 青石\n", "S102", "简 称: 青石"),
        ("  行政许可: 46\n", "  行政许可: 46\n  行政許可: 46\n", "S102", "行政許可: 46"),
        ("  行政许可: 46\n", "  行政许可: 46\n  行政征收: 0\n", "S101", "行政征收: 0"),
        ("年度: 2025\n", "年度: 二〇二五\n", "V105", "二〇二五"),
        ("年度: 2025\n", "年度: 2018\n", "S107", "2018\n"),
        ("年度: 2025\n", "年度: 2025\n表式: 别的年报\n", "S107", "别的年报"),
        ("2026-01-12\n", "2026-02-30\n", "V106", "2026-02-30"),
        ("2026-01-16 09:30", "2026-01-16 25:30", "V106", "2026-01-16 25:30"),
        ("单位: 云岭县青石镇人民政府", "单位: ''", "V107", "单位: ''"),
        ("审签: {初审: 甲", "审签: {初稿: 甲", "S101", "初稿"),
        ("引言: |\n", "引言: >\n", "Y109", ">\n"),
        ("  本机关{{年度}}年度未收取信息处理费。", "  甲\x02", "Y102", "\x02"),
        ("其他需要报告的事项: |\n  本机关{{年度}}", "其他需要报告的事项: 甲 #乙", "Y110", "#乙"),
    ],
)
def test_each_mistake_stands_at_its_place(
    tmp_path: Path, old: str, new: str, code: str, at: str
) -> None:
    path = example(tmp_path, (old, new))
    found = errors(path)
    assert code in [finding[0] for finding in found]
    assert (code, *place_of(path, at)) in found


def test_a_missing_part_is_told_at_the_top(tmp_path: Path) -> None:
    path = tmp_path / "2025.yaml"
    path.write_text("简称: 甲\n", "utf-8")
    file = check(path)
    missing = [f for f in file["findings"] if f["code"] == "S103"]
    assert len(missing) == 9  # 单位, 年度, 引言 and the six parts
    assert {(f["line"], f["column"]) for f in missing} == {(1, 1)}


def test_an_empty_narrative_asks_and_does_not_block(tmp_path: Path) -> None:
    path = example(tmp_path, ("  本机关{{年度}}年度未收取信息处理费。\n", ""))
    file = check(path, "--last-year", EXAMPLE.with_name("青石镇2024.yaml"))
    assert file["accepted"]
    asked = [f for f in file["findings"] if f["code"] == "N001"]
    assert [(f["severity"], f["answer_key"]) for f in asked] == [
        ("confirm", "N001 其他需要报告的事项")
    ]
    assert not check(path, "--strict")["accepted"]


def test_everything_wrong_is_told_in_one_run_in_order(tmp_path: Path) -> None:
    path = example(
        tmp_path,
        ("  行政许可: 46", "  行政许可: /"),
        ("  行政强制: 0", "  行政强治: 0"),
        ("[12, 4, 1, 1, 2, 0, 20]", "[12, 4, 1, 1, 2, 0, 21]"),
        ("{{年度}}年度未收取", "{{年份}}年度未收取"),
    )
    found = [f for f in check(path)["findings"] if f["severity"] == "error"]
    assert {f["code"] for f in found} >= {"V101", "S101", "T101", "N002"}
    lines = [f["line"] for f in found]
    assert lines == sorted(lines)
    hint = next(f["hint"] for f in found if f["code"] == "S101")
    assert hint == "您是否想写“行政强制”"


def test_script_converts_the_text_but_never_the_signers(tmp_path: Path) -> None:
    path = example(tmp_path, ("{初审: 甲,", "{初审: 范后里,"))
    ran = nianbao("generate", "--script", "zh-Hant", path, cwd=tmp_path)
    assert ran.code == 0
    assert "V301" in ran.out
    printed = paragraphs(tmp_path / "outputs" / f"{path.stem}.docx")
    assert printed[0].startswith("雲嶺縣青石鎮人民政府")
    assert any(
        line.startswith("初審：范后里\u3000復審：乙") or "范后里" in line for line in printed
    )
    assert "V301" not in {code for code, *_ in places(check(path))}
