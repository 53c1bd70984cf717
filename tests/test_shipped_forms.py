"""The forms that ship beside the first one: chosen by year and name, begun, checked, compared, mended.

What their samples print is `test_goldens`'; what their pages look like is tests/page.
"""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from support import EXAMPLE, EXAMPLES, TEMPLATES, check, nianbao, place_of, read_form, tables

from nianbao.sentence import example as examples_of

TRIAL, LAW = EXAMPLES / "青石镇2020.yaml", EXAMPLES / "青石镇法治2025.yaml"
LAW_NAME = "法治政府建设年度报告"
EDITIONS = {2019: "2019年试行版", 2020: "2019年试行版", 2021: "2021年版", 2026: "2021年版"}


def changed(source: Path, folder: Path, *edits: tuple[str, str]) -> Path:
    text = source.read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / source.name
    path.write_text(text, "utf-8")
    return path


def told(path: Path) -> list[tuple[str, int, int]]:
    return [
        (f["code"], f["line"], f["column"]) for f in check(path)["findings"] if f["code"] != "C001"
    ]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.form.yaml")), ids=lambda path: path.stem)
def test_its_examples_are_read_so(path: Path) -> None:
    assert list(examples_of.misread(read_form(path))) == []


def test_forms_tells_them_apart(tmp_path: Path) -> None:
    listed = nianbao("forms", cwd=tmp_path).out
    for line in (
        "disclosure-2019  政府信息公开工作年度报告（2019年试行版，国办公开办函〔2019〕60号），2019 至 2020 年度，198 个数",
        "disclosure-2021  政府信息公开工作年度报告（2021年版，国办公开办函〔2021〕30号），2021 年度起，200 个数",
        "lawgov-2019  法治政府建设年度报告（2019年版，厅字〔2019〕28号），2019 年度起，只有文字",
    ):
        assert f"  {line}" in listed


@pytest.mark.parametrize("year", EDITIONS)
def test_the_edition_is_that_of_the_year(tmp_path: Path, year: int) -> None:
    begun = nianbao("new", year, "--unit", "云岭县青石镇人民政府", cwd=tmp_path)
    assert (begun.code, begun.err) == (0, "")
    text = (tmp_path / "inputs" / f"{year}.yaml").read_text("utf-8")
    assert ("  政府集中采购:" in text) == (EDITIONS[year] == "2019年试行版")
    assert ("现行有效件数" in text) == (EDITIONS[year] == "2021年版")


def test_a_form_is_begun_by_its_name(tmp_path: Path) -> None:
    begun = nianbao("new", 2026, "--unit", "青石镇人民政府", "--form", LAW_NAME, cwd=tmp_path)
    assert (begun.code, begun.err) == (0, "")
    path = tmp_path / "inputs" / "2026.yaml"
    assert "\n不足和原因: |\n" in path.read_text("utf-8")
    found = check(path)["findings"]
    assert [f["code"] for f in found if f["severity"] != "note"] == ["N001"] * 5


@pytest.mark.parametrize("sample", [TRIAL, LAW, EXAMPLE], ids=lambda path: path.stem)
def test_a_sample_without_the_forms_name_is_of_the_same_form(tmp_path: Path, sample: Path) -> None:
    text = re.sub(r"(?m)^表式:.*\n", "", sample.read_text("utf-8"))
    path = tmp_path / sample.name
    path.write_text(text, "utf-8")
    assert check(path)["accepted"]


@pytest.mark.parametrize("sample", [TRIAL, LAW], ids=lambda path: path.stem)
def test_slips_of_the_keyboard_are_mended(tmp_path: Path, sample: Path) -> None:
    path = changed(sample, tmp_path, ("\n年度: ", "\n年度： "), ("\n引言: |", "\n引言： |"))
    assert nianbao("fix", path, cwd=tmp_path).code == 0
    assert path.read_text("utf-8") == sample.read_text("utf-8")


@pytest.mark.parametrize(
    ("sample", "said"), [(TRIAL, "對外公開總數量"), (LAW, "推進法治政府建設的主要舉措和成效")]
)
def test_it_converts_to_the_other_script(tmp_path: Path, sample: Path, said: str) -> None:
    ran = nianbao("generate", "--script", "zh-Hant", sample, "-o", "out/", cwd=tmp_path)
    assert ran.code == 0, ran.out
    written = tmp_path / "out" / f"{sample.stem}.docx"
    assert said in whole(written)


def whole(path: Path) -> str:
    document = docx.Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join([*texts, *(text for table in tables(path) for row in table for text in row)])


# --- the trial edition ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("[12, -2, 38]", "[12, -2.5, 38]", "V109", "-2.5"),
        ("[12, -2, 38]", "[12, 减2, 38]", "V109", "减2"),
        ("[12, -2, 38]", "[-12, -2, 38]", "V102", "-12"),
        ("[6, 128.6]", "[6, -128.6]", "V109", "-128.6"),
        ("[6, 128.6]", "[6, 128, 6]", "S105", "[6, 128, 6]"),
        ("[3, 3, 11]", "[3, 3]", "S105", "[3, 3]"),
        ("  其他对外管理服务事项: [45, 6, 1260]\n", "", "S103", "主动公开政府信息情况:\n"),
        ("[3, 3, 11]", "[3, 13, 11]", "T101", "13, 11]"),
        ("办结7件", "办结8件", "N101", "8件，结转"),
        ("作出行政许可38件", "作出行政许可39件", "N101", "39件"),
        ("〔2019〕60号", "〔2021〕30号", "N206", "国办公开办函〔2021〕30号"),
    ],
)
def test_what_is_wrong_in_a_trial_report_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, code: str, at: str
) -> None:
    path = changed(TRIAL, tmp_path, (old, new))
    assert told(path) == [(code, *place_of(path, at))]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("减2", "-2"), ("减少2", "-2"), ("增2", "2"), ("−2", "-2"), ("-02", "-2")],
)
def test_a_change_in_words_is_told_with_what_to_type(
    tmp_path: Path, typed: str, meant: str
) -> None:
    path = changed(TRIAL, tmp_path, ("[12, -2, 38]", f"[12, {typed}, 38]"))
    (found,) = (f for f in check(path)["findings"] if f["code"] == "V109")
    assert found["hint"] == f"您是否想写 {meant}"


def test_a_trial_report_is_compared_with_one_of_its_own_edition(tmp_path: Path) -> None:
    """What there was last year with what was added or taken away is what there was this year."""
    changed(TRIAL, tmp_path, ("年度: 2020", "年度: 2019"), ("统计期限为2020", "统计期限为2019"))
    (tmp_path / TRIAL.name).rename(tmp_path / "青石镇2019.yaml")
    path = changed(TRIAL, tmp_path)
    wanted = [place_of(path, at) for at in ("12, -2", "45, 6", "3, -1")]
    assert [(line, column) for code, line, column in told(path) if code == "C101"] == wanted


def test_the_first_year_of_2021s_edition_is_compared_with_the_trial_one(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8").replace("2025", "2021").replace("2026", "2022")
    path = tmp_path / "青石镇2021.yaml"
    path.write_text(text, "utf-8")
    changed(TRIAL, tmp_path)
    found = check(path)["findings"]
    line, column = place_of(path, "[1, 1, 0, 0, 0, 0, 2]\n  本年度")
    assert [(f["line"], f["column"]) for f in found if f["code"] == "C101"] == [
        (line, column + len("[1, ")),
        (line, column + len("[1, 1, 0, 0, 0, 0, ")),
    ]
    (share,) = (f for f in found if f["code"] == "C102")
    assert "本年是 46，上年是 38" in share["message"]
    (rest,) = (f for f in found if f["code"] == "C002")
    for name in ("现行有效件数·行政规范性文件", "行政事业性收费", "3.其他"):
        assert name in rest["message"]
    for name in ("行政许可", "本年制发件数", "结果维持", "予以公开"):
        assert name not in rest["message"]


# --- the report on government under law --------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("32份", "{{合同}}份", "N002", "{{合同}}"),
        ("（四）普及", "（五）普及", "N203", "五）普及"),
        ("2026-03-20", "2026-04-01", "V302", "发布时间"),
        ("2026-03-20", "2025-03-20", "V205", "发布时间"),
        ("\n下一年度安排: |", "\n明年安排: |", "S101", "明年安排"),
    ],
)
def test_what_is_wrong_in_a_report_of_texts_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, code: str, at: str
) -> None:
    path = changed(LAW, tmp_path, (old, new))
    assert (code, *place_of(path, at)) in told(path)
