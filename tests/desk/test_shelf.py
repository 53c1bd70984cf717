"""A report's form is found by its name, years and parts; a broken one stops its own reports only."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support import EXAMPLE, FORM, SECOND, TEMPLATES, check, nianbao, part, read_form
from support.cases import CASES, Case, found, written
from support.cases import check as check_case
from support.forms import TEXT

from nianbao.desk import shelf
from nianbao.desk.pipeline import Session
from nianbao.desk.shelf import Shelf
from nianbao.desk.shelved import Shelved
from nianbao.diagnostics import Rejected
from nianbao.form import formfile
from nianbao.report.identity import Identity

SECOND_FORM = SECOND / "enforcement-2023.form.yaml"
CLASHING = {
    "检查次数": "行政许可",
    "案件去向": "本年新收",
    "执法概述": "电话",
    "市容领域": "重复申请",
}
"""Parts of the second form called as rows, and as words of the text, of the first."""

read_by_names = [n for n, case in enumerate(CASES) if case.name[0] in "YS"]
sample = [case for n, case in enumerate(CASES) if n in read_by_names or n % 5 == 0]


def folder_of(parent: Path, **texts: str) -> Path:
    """A folder of forms: each text under its name, the shipped form and both templates."""
    folder = parent / "templates" / "docx"
    folder.mkdir(parents=True)
    for path in (*TEMPLATES.glob("disclosure*"), *SECOND.glob("enforcement*.docx")):
        shutil.copy(path, folder)
    for name, text in texts.items():
        (folder / f"{name}.form.yaml").write_text(text, "utf-8")
    return folder


def clashing() -> str:
    text = TEXT
    for old, new in CLASHING.items():
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def beside_a_clashing_form(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = folder_of(tmp_path_factory.mktemp("forms"), clashing=clashing())
    assert all(each.form for _, shelved in Shelf(folder).folders(folder) for each in shelved)
    return Session(templates=folder)


@pytest.mark.parametrize("case", part(10, sample), ids=str)
def test_what_other_forms_call_their_rows_changes_nothing(
    case: Case, tmp_path: Path, beside_a_clashing_form: Session
) -> None:
    path = written(tmp_path, case.text, case.file)
    file = check_case(path, session=beside_a_clashing_form)
    assert found(file, *(code for code, _, _ in case.expected)) == case.expected
    beside_a_clashing_form.mend(path)
    assert path.read_bytes().decode("utf-8", "surrogatepass") == case.mended


# --- which form -------------------------------------------------------------------


def shelved(name: str, first: int, last: int | None = None, *, broken: bool = False) -> Shelved:
    form = replace(read_form(), id=name, first_year=first, last_year=last)
    found = Shelved(
        id=name,
        name=form.name,
        first_year=first,
        last_year=last,
        keys=frozenset({"引言"}),
        form=form,
    )
    return replace(found, form=None) if broken else found


def newest(forms: list[Shelved], year: int | None, wanted: str | None = None) -> str | None:
    best = shelf._newest(forms, Identity(form=wanted, year=year), frozenset())
    return best.id if best else None


def test_the_newest_edition_for_the_year_is_taken() -> None:
    forms = [shelved("new", 2026), shelved("old", 2017, 2020), shelved("first", 2021)]
    chosen = {year: newest(forms, year) for year in (2016, 2017, 2020, 2021, 2025, 2026, 2030)}
    assert chosen == {
        2016: None,
        2017: "old",
        2020: "old",
        2021: "first",
        2025: "first",
        2026: "new",
        2030: "new",
    }
    assert newest(forms, None) == "new"
    assert newest(forms, 2025, "政府信息公開工作年度報告") == "first"
    assert newest(forms, 2025, "别的报告") is None


def test_a_broken_edition_is_no_reason_to_take_an_older_one() -> None:
    forms = [shelved("first", 2021), shelved("broken", 2026, broken=True)]
    assert newest(forms, 2025) == "first"
    assert newest(forms, 2026) == "broken"
    assert newest(forms, None) == "first"


def test_without_a_fitting_form_the_likest_stands_in(tmp_path: Path) -> None:
    """A file of the first form that names an unknown one is not read as the second, newer one."""
    folder = folder_of(tmp_path, newer=TEXT.replace("适用年度: 2023-", "适用年度: 2024-"))
    meant = Identity(form="别的报告", keys=("引言", "总体情况"))
    choice = Shelf(folder).choose(tmp_path / "2025.yaml", meant)
    assert choice.form.id == "disclosure-2021"
    assert [told.code for told in choice.findings] == ["S107"]
    assert "您是否" not in choice.findings[0].hint


def test_what_is_like_no_form_is_read_by_none(tmp_path: Path) -> None:
    """Its parts are not told to be unknown to a form that it is not of."""
    meant = Identity(form="河道年报", year=2025, keys=("巡查", "概况"))
    with pytest.raises(Rejected) as rejected:
        Shelf(folder_of(tmp_path)).choose(tmp_path / "2025.yaml", meant)
    assert [told.code for told in rejected.value.findings] == ["S107"]
    assert rejected.value.exit_code == 1


def test_a_form_called_a_hair_wrong_is_asked_about(tmp_path: Path) -> None:
    meant = Identity(form="政府信息公开工作年度報表", year=2025)
    (told,) = Shelf(folder_of(tmp_path)).choose(tmp_path / "2025.yaml", meant).findings
    assert told.hint.startswith("您是否想写“政府信息公开工作年度报告”？现有的表式：")


# --- broken ones ------------------------------------------------------------------

BREAKS = {
    "a mistake": ("落在: 全年", "落: 全年"),
    "no YAML": ("要素:\n", "要素: [\n"),
    "no years": ("适用年度: 2023-", "适用年度: 近年"),
    "no name": ("表式: 行政执法统计年报\n", ""),
}


@pytest.fixture(params=BREAKS, ids=str)
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the second form broken beside the first, and an input of each."""
    old, new = BREAKS[request.param]
    assert TEXT.count(old) == 1
    folder_of(tmp_path, **{"enforcement-2023": TEXT.replace(old, new)})
    for name, path in (("一", EXAMPLE), ("二", SECOND / "2025.yaml")):
        shutil.copy(path, tmp_path / f"{name}2025.yaml")
    return tmp_path


@pytest.mark.parametrize("named", [True, False])
def test_a_broken_form_stops_its_own_reports_only(broken: Path, named: bool) -> None:
    if not named:
        for path in broken.glob("*.yaml"):
            path.write_text(re.sub(r"(?m)^表式:.*\n", "", path.read_text("utf-8")), "utf-8")
    assert check(broken / "一2025.yaml")["accepted"]
    ran = nianbao("generate", "二2025.yaml", "一2025.yaml", cwd=broken)
    assert ran.code == 3
    assert (broken / "outputs" / "一2025.docx").is_file()
    assert not (broken / "outputs" / "二2025.docx").exists()


def test_what_is_wrong_with_the_form_is_told_with_file_and_line(broken: Path) -> None:
    told = check(broken / "二2025.yaml")["findings"]
    assert told
    for finding in told:
        assert finding["file"].endswith("enforcement-2023.form.yaml")
        assert finding["line"]


def test_forms_lists_the_good_and_the_broken(broken: Path) -> None:
    ran = nianbao("forms", cwd=broken)
    assert ran.code == 3
    assert "disclosure-2021  政府信息公开工作年度报告（2021年版" in ran.out
    assert "enforcement-2023  × 用不了，要改好：" in ran.out
    assert re.search(r"enforcement-2023\.form\.yaml 第 \d+ 行第 \d+ 列 错误 [A-Z]\d{3}：", ran.out)
    assert ran.out.encode("gbk")
    with pytest.raises(Rejected) as rejected:
        formfile.load(broken / "templates" / "docx" / "enforcement-2023.form.yaml")
    assert all(told.message in ran.out for told in rejected.value.findings)


@pytest.mark.parametrize("found", [None, b"\xd0\xcf\x11\xe0"])
def test_forms_tells_of_a_template_that_is_missing(tmp_path: Path, found: bytes | None) -> None:
    (tmp_path / "enforcement-2023.form.yaml").write_text(TEXT, "utf-8")
    if found:
        (tmp_path / "enforcement-2023.docx").write_bytes(found)
    ran = nianbao("forms", "--templates", tmp_path, cwd=tmp_path)
    assert ran.code == 3
    assert re.search(r"enforcement-2023\.docx 错误 L101：", ran.out)


def test_a_report_that_cannot_be_parsed_is_told_of_its_own_form(broken: Path) -> None:
    """Its lines at the left edge tell which form it is of."""
    for name, code in (("一", 1), ("二", 3)):
        path = broken / f"{name}2025.yaml"
        path.write_text(path.read_text("utf-8") + "甲: [1\n", "utf-8")
        assert nianbao("check", path, cwd=broken).code == code


def test_a_broken_copy_of_the_shipped_form_is_not_passed_over(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    text = FORM.read_text("utf-8").replace("适用年度:", "适用的年度:", 1)
    (folder / FORM.name).write_text(text, "utf-8")
    shutil.copy(EXAMPLE, tmp_path / "2025.yaml")
    assert nianbao("check", "2025.yaml", cwd=tmp_path).code == 3


def test_a_broken_form_nearby_leaves_the_packaged_ones(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"enforcement-2023": TEXT.replace("落在: 全年", "落: 全年")})
    for path in folder.glob("disclosure*"):
        path.unlink()
    text = re.sub(r"(?m)^表式:.*\n", "", EXAMPLE.read_text("utf-8"))
    (tmp_path / "2025.yaml").write_text(text, "utf-8")
    assert check(tmp_path / "2025.yaml")["accepted"]


def test_an_unreadable_form_file_is_listed(tmp_path: Path) -> None:
    (folder_of(tmp_path) / "odd.form.yaml").write_bytes(b"\xff\xfe\x00")
    shutil.copy(EXAMPLE, tmp_path / "2025.yaml")
    assert check(tmp_path / "2025.yaml")["accepted"]
    ran = nianbao("forms", cwd=tmp_path)
    assert (ran.code, "odd  × 用不了" in ran.out) == (3, True)


# --- the form that a folder uses ------------------------------------------------------


def test_the_form_of_a_folder_is_that_of_most_of_its_files(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"enforcement-2023": TEXT})
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    at_hand = Shelf(folder)
    assert at_hand.used_in(inputs) is None
    (inputs / "名单.yaml").write_text("甲: 乙\n", "utf-8")
    (inputs / "坏.yaml").write_bytes(b"PK\x03\x04")
    (inputs / "夹.yaml").mkdir()
    assert at_hand.used_in(inputs) is None
    second = re.sub(r"(?m)^表式:.*\n", "", (SECOND / "2025.yaml").read_text("utf-8"))
    (inputs / "2023.yaml").write_text(second.replace("2025", "2023"), "utf-8")
    assert at_hand.used_in(inputs) == "行政执法统计年报"
    shutil.copy(EXAMPLE, inputs / "2022.yaml")
    assert at_hand.used_in(inputs) == "行政执法统计年报"
    shutil.copy(EXAMPLE, inputs / "2024.yaml")
    assert at_hand.used_in(inputs) == "政府信息公开工作年度报告"
