"""A form's examples are read as what they are examples of, or that is told at their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import FORM, SECOND, nianbao, place_of, read_form
from support.forms import spoilt

from nianbao.form import formfile
from nianbao.sentence import example

FORMS = [FORM, SECOND / "enforcement-2023.form.yaml"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_example_is_read_so(path: Path) -> None:
    form = read_form(path)
    assert all([c for c in t.claims if c.examples] for t in form.claims.topics)
    assert list(example.misread(form)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("例: [全年检查中日常巡查96次]", "例: [全年检查中日常巡查]", "“全年日常巡查”。"),
        ("例: [全年检查中日常巡查96次]", "例: [开展检查，专项抽查13次]", "读成了“全年专项抽查”"),
        ("例: [全年检查中日常巡查96次]", "例: [接到投诉，日常巡查96次]", "“全年日常巡查”。"),
        ("例: [没有开展专项抽查]", "例: [开展专项抽查]", "“全年专项抽查”。"),
    ],
)
def test_one_that_is_not_is_told_at_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = spoilt(tmp_path, old, new)
    (found,) = example.misread(formfile.load(path))
    assert (found.code, found.file) == ("F102", path)
    assert said in found.message
    assert found.hint
    line, column = place_of(path, new)
    assert found.location
    assert (found.location.line, found.location.column) == (line, column + len("例: ["))


def test_money_that_is_none_is_told(tmp_path: Path) -> None:
    text = FORM.read_text("utf-8")
    path = tmp_path / "spoilt.form.yaml"
    path.write_text(text.replace("例: [收取信息处理费200元]", "例: [收取信息处理费200件]"), "utf-8")
    (found,) = example.misread(formfile.load(path))
    assert found.location
    assert found.location.line == place_of(path, "200件")[0]
    assert "“收费”" in found.message


def test_the_forms_command_tells_it(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "例: [没有开展专项抽查]", "例: [开展专项抽查]")
    ran = nianbao("forms", "--templates", tmp_path, cwd=tmp_path)
    line, column = place_of(path, "开展专项抽查]")
    assert ran.code == 3
    assert f"{path} 第 {line} 行第 {column} 列 错误 F102：例“开展专项抽查”" in ran.out
