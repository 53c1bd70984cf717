"""A narrative's lines become paragraphs; their headings and bound figures are the contract's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import check, example, nianbao, paragraphs, place_of

from nianbao.diagnostics import Location
from nianbao.report.bound import Fault, bind, paragraph
from nianbao.source.tree import Line

HERE = Location(7, 3)
LAST_LINE = "  本机关{{年度}}年度未收取信息处理费。"


def bound(text: str) -> tuple[str, tuple[Fault, ...]]:
    printed = bind(Line(text, HERE), "+".join)
    return printed.text, printed.faults


@pytest.mark.parametrize(
    ("text", "heading", "body"),
    [
        ("（一）主动公开。全年公开。共3条。", "（一）主动公开。", "全年公开。共3条。"),
        ("(十二)监督保障。好。", "(十二)监督保障。", "好。"),
        ("（一）存在的主要问题", "（一）存在的主要问题", ""),
        ("（1）普通。一段。", "", "（1）普通。一段。"),
        ("1.普通。一段。", "", "1.普通。一段。"),
        ("普通（一）段。", "", "普通（一）段。"),
        ("一、普通。", "", "一、普通。"),
    ],
)
def test_a_second_level_heading_runs_up_to_its_stop(text: str, heading: str, body: str) -> None:
    split = paragraph(text, HERE)
    assert (split.heading, split.body) == (heading, body)


@given(st.text(alphabet="（）()一二1。甲{ }", max_size=20))
def test_splitting_loses_no_character(text: str) -> None:
    assert paragraph(text, HERE).text == text


@given(st.text(max_size=30).filter(lambda t: "{{" not in t and "｛" not in t))
def test_text_without_double_braces_is_untouched(text: str) -> None:
    assert bound(text) == (text, ())


def test_full_width_braces_count_and_plus_adds() -> None:
    assert bound("甲｛｛乙 + 丙｝｝丁{{ 戊 }}") == ("甲乙+丙丁戊", ())


def test_every_printed_character_knows_where_it_was_typed() -> None:
    printed = bind(Line("甲{{乙丙}}丁{{戊", HERE), "+".join)
    split = paragraph(printed.text, HERE, printed.columns, printed.bound)
    assert split.text == "甲乙丙丁{{戊"
    assert [split.place(n).column for n in range(7)] == [3, 4, 4, 10, 11, 12, 13]
    assert [n for n in range(7) if split.is_bound(n, n + 1)] == [1, 2]


def test_an_unclosed_figure_is_told_at_its_braces() -> None:
    printed, told = bound("甲{{乙}}丙{{丁")
    assert printed == "甲乙丙{{丁"
    assert [(f.code, f.at) for f in told] == [("N003", 3)]


def test_an_empty_name_is_told_at_its_braces() -> None:
    _, told = bound("甲{{}}乙{{丙+}}")
    assert [(f.code, f.at) for f in told] == [("N002", 1), ("N002", 3)]


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("年度", "2025"),
        ("单位", "云岭县青石镇人民政府"),
        ("简称", "青石镇"),
        ("本年新收", "19"),
        ("本年新收.自然人", "12"),
        ("收到.本年新收", None),
        ("一、本年新收政府信息公开申请数量", "19"),
        ("行政许可", "46"),
        ("行政事业性收费", "3.25"),
        ("行政规范性文件.本年制发件数", "5"),
        ("行政规范性文件", None),
        ("不予公开", "4"),
        ("不予公开.重复申请", None),
        ("不予处理.重复申请.自然人", "1"),
        ("本年度办理结果.总计", "20"),
        ("本年度办理结果.总计.商业企业", "4"),
        ("本年度办理结果", "20"),
        ("总计", "20"),
        ("其他", "0"),
        ("其他处理.其他", "0"),
        ("行政诉讼", "1"),
        ("行政復議.結果維持", "1"),
        ("予以公开 + 部分公开 + 行政许可", "57"),
        ("天气", None),
        ("本年新收.自然人.总计", None),
    ],
)
def test_a_bound_figure_prints_its_number(tmp_path: Path, name: str, printed: str | None) -> None:
    line = f"  共{{{{{name}}}}}件。"
    path = example(tmp_path, (LAST_LINE, line))
    if printed is None:
        (told,) = [f for f in check(path)["findings"] if f["severity"] == "error"]
        row, column = place_of(path, line.strip())
        assert (told["code"], told["line"], told["column"]) == ("N002", row, column + 1)
        assert told["hint"]
    else:
        ran = nianbao("generate", path, cwd=tmp_path)
        assert ran.code == 0, ran.out
        assert f"共{printed}件。" in paragraphs(tmp_path / "outputs" / "青石镇2025.docx")


def test_a_figure_prints_without_its_note(tmp_path: Path) -> None:
    nianbao("generate", example(tmp_path), cwd=tmp_path)
    text = "\n".join(paragraphs(tmp_path / "outputs" / "青石镇2025.docx"))
    assert "制发行政规范性文件5件，废止1件" in text


def test_a_figure_of_a_short_name_that_is_not_given_is_told(tmp_path: Path) -> None:
    path = example(tmp_path, ("简称: 青石镇\n", ""))
    told = [f for f in check(path)["findings"] if f["severity"] == "error"]
    assert [f["code"] for f in told] == ["N002"]
