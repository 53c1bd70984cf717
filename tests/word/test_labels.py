"""A template's labels held against its form's, in tables of labels and values and of columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import SMALL_FORMS, edit_docx, read_form

from nianbao.diagnostics import Finding
from nianbao.word import audit, package, template

FORM = read_form(SMALL_FORMS / "eldercare" / "eldercare-2025.form.yaml")


def audited(target: Path, change: Callable[[str], str]) -> list[Finding]:
    members = package.read(edit_docx(FORM.template_path, target / "x.docx", document=change))
    return audit.audit(members, template.of(members), FORM)


def put(*pairs: tuple[str, str]) -> Callable[[str], str]:
    def change(xml: str) -> str:
        for old, new in pairs:
            assert xml.count(old) == 1, old
            xml = xml.replace(old, new)
        return xml

    return change


def swapped(one: str, other: str) -> Callable[[str], str]:
    return put((f"{{{{{one}}}}}", "{{!}}"), (f"{{{{{other}}}}}", f"{{{{{one}}}}}"), ("{{!}}", f"{{{{{other}}}}}"))  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("b1a", "b2a"),
        ("b2a", "b4a"),
        ("b6a", "b10a"),
        ("b7a", "b8a"),
        ("b6a", "b8a"),
        ("b13a", "b14a"),
        ("b13a", "b16a"),
        ("f1a", "f1b"),
        ("f1a", "f2a"),
        ("f2a", "f3a"),
        ("b12a", "f1b"),
    ],
)
def test_two_cells_that_changed_places_are_told(tmp_path: Path, one: str, other: str) -> None:
    found = audited(tmp_path, swapped(one, other))
    assert [f.code for f in found] == ["L105", "L105"]
    assert any(f"{{{{{one}}}}}" in f.hint for f in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">机构编号<", ">编号<"),
        (">床位<", ">床铺<"),
        (">总数（张）<", ">总计（张）<"),
        (">消防安全<", ">用电安全<"),
        (">消防安全<", "><"),
        (">收费人数<", ">人数合计<"),
        (">护理费<", ">看护费<"),
    ],
)
def test_a_label_that_is_not_the_forms_is_told(tmp_path: Path, old: str, new: str) -> None:
    found = audited(tmp_path, put((old, new)))
    assert found
    assert {f.code for f in found} == {"L105"}


def test_a_heading_over_a_column_that_has_none_belongs_to_others(tmp_path: Path) -> None:
    assert audited(tmp_path, put((">填报单位<", ">备 用<"))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">栏次<", ">项次<"),
        (">栏次<", "><"),
        (">1<", ">5<"),
        (">3<", ">2<"),
    ],
)
def test_a_row_that_counts_the_columns_is_no_label(tmp_path: Path, old: str, new: str) -> None:
    codes = {f.code for f in audited(tmp_path, put((old, new)))}
    assert codes == ({"L105"} if old in (">1<", ">3<") else set())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("填报单位：{{单位}}（{{年度}}年）", None),
        ("{{填报人}}", None),
        ("{{单伟}}", "L102"),
        ("{{填报行}}", "L106"),
        ("{{单位}}{{b1a}}", "L107"),
        ("{{单位}", "L107"),
    ],
)
def test_a_field_may_stand_in_a_cell(tmp_path: Path, text: str, code: str | None) -> None:
    found = audited(tmp_path, put(("{{单位}}", text)))
    assert {f.code for f in found} == ({code} if code else set())
