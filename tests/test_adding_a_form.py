"""CONTRIBUTING.md, “加一种表式”: each example is typed and drawn as printed there, and run."""

from __future__ import annotations

import os
import re
from pathlib import Path

import docx
import pytest
import yaml
from support import ROOT, check, nianbao, paragraphs, part, tables
from support.drawing import cells, draw, is_table

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHAPTER = CONTRIBUTING.partition("\n## 加一种表式\n")[2].partition("\n## ")[0]
SECTIONS = {
    name.partition("：")[0]: text
    for name, text in re.findall(r"(?ms)^### (.+?)\n(.*?)(?=^### |\Z)", CHAPTER)
}
UNIT = "云岭县青石镇人民政府"
FORM = "lawgov-2019"
TEMPLATES = "我的表式"


def fences(text: str) -> list[str]:
    """What stands in fences, in order."""
    return re.findall(r"(?ms)^```(?:yaml|text|sh)\n(.*?)^```$", text)


TEN_LINES, TYPED, COMMANDS, FILLED, PRINTED = fences(SECTIONS["只有文字"])
PART, HEADING, TABLE, NOTES, FIGURES, SHOWN = fences(SECTIONS["加一张表"])
TIE, BROKEN = fences(SECTIONS["必须相等的数"])
WORDS = {
    chunk.partition("**")[0]: fences(chunk)
    for chunk in re.split(r"(?m)^\*\*", SECTIONS["一个词一张图"])[1:]
}
*_, OF_LINES = WORDS
IN_TABLES = [word for word in WORDS if word != OF_LINES]
OTHERS = ("不足和原因", "第一责任人职责", "下一年度安排")


def narratives() -> list[str]:
    """The title and what is typed for each part, the first part's lines changed for the others."""
    title, *lines = TYPED.splitlines()
    first, *others = yaml.safe_load(TEN_LINES)["部分"]
    typed = "\n".join(lines)
    assert len(lines) == 9
    assert typed.count(first["印作"]) == typed.count(f"in {first['键']} ") == 1
    return [title, typed] + [
        typed.replace(first["印作"], part["印作"]).replace(first["键"], part["键"])
        for part in others
    ]


def at_hand(folder: Path, form: str, pictures: list[str]) -> None:
    """The form and its template, as they are typed and drawn."""
    (folder / TEMPLATES).mkdir(exist_ok=True)
    (folder / TEMPLATES / f"{FORM}.form.yaml").write_text(form, "utf-8")
    document = docx.Document()
    for picture in pictures:
        draw(document, picture)
    document.save(str(folder / TEMPLATES / f"{FORM}.docx"))


def told(folder: Path) -> set[str]:
    found = check(folder / "inputs" / "2025.yaml", "--templates", folder / TEMPLATES)["findings"]
    return {finding["code"] for finding in found}


def generated(folder: Path, text: str) -> Path:
    (folder / "inputs").mkdir(exist_ok=True)
    (folder / "inputs" / "2025.yaml").write_text(text, "utf-8")
    ran = nianbao("generate", "--templates", TEMPLATES, "2025.yaml", cwd=folder)
    assert (ran.code, ran.err) == (0, ""), ran.out
    return folder / "outputs" / "2025.docx"


def of_texts(*more: str) -> str:
    """An input whose first part is filled as printed, the others with a sentence each."""
    others = [f"{part}: 写了{number}件事。" for number, part in enumerate(OTHERS, 1)]
    return "\n".join([f"单位: {UNIT}", "年度: 2025", FILLED, *others, *more, ""])


# --- texts alone ---------------------------------------------------------------------------


def test_the_smallest_form_has_ten_lines_which_are_those_of_the_shipped_one() -> None:
    shipped = (ROOT / "templates" / "docx" / f"{FORM}.form.yaml").read_text("utf-8").splitlines()
    lines = TEN_LINES.splitlines()
    assert len(lines) == 10
    assert [line for line in shipped if line in lines] == lines


def test_the_smallest_form_is_listed_begun_checked_and_printed_as_shown(tmp_path: Path) -> None:
    at_hand(tmp_path, TEN_LINES, narratives())
    commands = [line.split()[1:] for line in COMMANDS.splitlines()]
    assert [words[0] for words in commands] == ["forms", "new", "check", "generate"]
    for words in commands[:3]:
        ran = nianbao(*words, cwd=tmp_path)
        assert (ran.code, ran.err) == (0, ""), ran.out
        assert (
            words[0] != "forms" or "法治政府建设年度报告（2019年版，厅字〔2019〕28号）" in ran.out
        )
    assert told(tmp_path) == {"N001", "C001"}
    begun = (tmp_path / "inputs" / "2025.yaml").read_text("utf-8")
    filled = re.sub(r"(?m)^主要举措和成效: \|\n +$", lambda _: FILLED, begun)
    for other in OTHERS:
        filled = re.sub(rf"(?m)^{other}: \|\n +$", f"{other}: 写了3件事。", filled)
    (tmp_path / "inputs" / "2025.yaml").write_text(filled, "utf-8")
    assert nianbao(*commands[3], cwd=tmp_path).code == 0
    assert told(tmp_path) == {"C001"}
    shown = paragraphs(tmp_path / "outputs" / "2025.docx")
    lines = PRINTED.splitlines()
    assert "".join(shown[0].split("\n")) == lines[0]
    assert shown[1 : len(lines)] == lines[1:]
    assert shown[len(lines) :] == [
        text
        for part in yaml.safe_load(TEN_LINES)["部分"][1:]
        for text in (part["印作"], "写了3件事。")
    ]


def test_an_editor_finds_the_schema_by_the_line_that_is_shown(tmp_path: Path) -> None:
    (line,) = re.findall(r"`(# yaml-language-server: .+?)`", CHAPTER)
    schema = ROOT / TEMPLATES / line.partition("$schema=")[2]
    assert Path(os.path.normpath(schema)) == ROOT / "docs" / "form.schema.json"
    at_hand(tmp_path, f"{line}\n{TEN_LINES}", narratives())
    assert nianbao("forms", "--templates", TEMPLATES, cwd=tmp_path).code == 0


# --- a table -----------------------------------------------------------------------------


def with_table(folder: Path, *more: str) -> None:
    at_hand(folder, "".join([TEN_LINES, PART, *more]), [*narratives(), HEADING, TABLE, NOTES])


def test_the_table_is_printed_as_shown(tmp_path: Path) -> None:
    with_table(tmp_path)
    assert nianbao("forms", "--templates", TEMPLATES, cwd=tmp_path).code == 0
    written = generated(tmp_path, of_texts(FIGURES))
    assert told(tmp_path) == {"C001"}
    assert tables(written) == [cells(SHOWN)]
    assert paragraphs(written)[-2:] == ["五、行政执法情况", "注：金额按入库数。"]
    assert "“注：金额按入库数。”" in SECTIONS["加一张表"]


def test_a_tie_is_told_as_shown(tmp_path: Path) -> None:
    with_table(tmp_path, TIE)
    generated(tmp_path, of_texts(FIGURES))
    path = tmp_path / "inputs" / "2025.yaml"
    assert FIGURES.count("[2, 0]") == 1
    path.write_text(of_texts(FIGURES.replace("[2, 0]", "[20, 0]")), "utf-8")
    ran = nianbao("check", "--templates", TEMPLATES, "2025.yaml", cwd=tmp_path)
    assert ran.code == 1
    assert BROKEN.strip() in ran.out
    assert told(tmp_path) == {"C001", "T102"}


# --- each word -----------------------------------------------------------------------------


def pictured(folder: Path, blocks: str, picture: str) -> None:
    """A form of one table, with the blocks of a word and the table drawn for it."""
    head = TEN_LINES.partition("部分:")[0]
    indented = "".join(f"      {line}\n" for line in blocks.splitlines())
    form = f"{head}部分:\n  - 键: 一览\n    印作: 一、一览\n    块:\n{indented}"
    notes = NOTES.replace("行政执法", "一览")
    at_hand(folder, form, ["{{标题}} ← 标题", "一、一览 ← 标题 1", picture, notes])


@pytest.mark.parametrize("word", part(3, IN_TABLES))
def test_the_picture_of_a_word_is_its_template(tmp_path: Path, word: str) -> None:
    blocks, picture, *_ = WORDS[word]
    assert is_table(picture)
    pictured(tmp_path, blocks, picture)
    begun = ("new", "2025", "--unit", UNIT, "--templates", TEMPLATES)
    assert nianbao(*begun, cwd=tmp_path).code == 0
    assert not {code for code in told(tmp_path) if code[0] in "LF"}
    label = re.search(r"│ ([^│{ ]+)", picture)
    assert label
    pictured(tmp_path, blocks, picture.replace(label[1], "某" * len(label[1]), 1))
    assert {code for code in told(tmp_path) if code[0] in "LF"}


@pytest.mark.parametrize("word", [word for word in IN_TABLES if len(WORDS[word]) > 2])
def test_what_is_typed_is_printed_as_shown(tmp_path: Path, word: str) -> None:
    blocks, picture, typed, shown = WORDS[word]
    pictured(tmp_path, blocks, picture)
    rows = "".join(f"  {line}\n" for line in typed.splitlines())
    written = generated(tmp_path, f"单位: {UNIT}\n年度: 2025\n一览:\n{rows}")
    assert tables(written) == [cells(shown)]


def test_a_printed_line_is_printed_as_shown(tmp_path: Path) -> None:
    declared, typed, shown = WORDS[OF_LINES][:3]
    at_hand(tmp_path, TEN_LINES.replace("部分:", f"{declared}部分:"), [*narratives(), typed])
    written = generated(tmp_path, of_texts("成文日期: 2026-01-12"))
    assert "`成文日期: 2026-01-12`" in SECTIONS["一个词一张图"]
    assert paragraphs(written)[-1] == shown.strip("\n")
    assert paragraphs(generated(tmp_path, of_texts()))[-1] == UNIT


def test_every_section_is_run() -> None:
    assert set(SECTIONS) == {"只有文字", "加一张表", "必须相等的数", "一个词一张图"}
    assert len(IN_TABLES) == 6
