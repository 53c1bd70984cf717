"""Rows that the office adds, from outside: typed, printed in order, told in their places.

By tests/forms/projects, which has two such tables, one with a total below.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from support import SMALL_FORMS, check, edit_docx, nianbao, place_of, read_form, tables

from nianbao.diagnostics import Rejected
from nianbao.form import formfile
from nianbao.word import audit, package, template

FOLDER = SMALL_FORMS / "projects"
FORM = FOLDER / "projects-2025.form.yaml"
TEXT = (FOLDER / "2025.yaml").read_text("utf-8")
BRIDGE = TEXT[TEXT.index("    - {名称: 青石") : TEXT.index("    - 名称: 河西路")]
ROWS = TEXT[TEXT.index("  项目:\n") : TEXT.index("  全部项目:")]
ADDED = ROWS.removeprefix("  项目:\n")


def written(target: Path, rows: str, more: Callable[[str], str] = str) -> Path:
    """The input with other rows, and totals that are theirs where they are sound."""
    path = target / "2025.yaml"
    text = more(TEXT.replace(ROWS, rows))
    planned = sum(Decimal(n) for n in re.findall(r"计划: ([0-9.]+)", rows))
    done = sum(Decimal(n) for n in re.findall(r"完成: ([0-9.]+)", rows))
    text = text.replace("[2100.00, 1200.50]", f"[{planned:.2f}, {done:.2f}]")
    text = text.replace("项目数目: 3", f"项目数目: {rows.count('名称')}")
    path.write_text(text, "utf-8")
    return path


def findings(path: Path) -> list[dict]:
    found = check(path, "--templates", FOLDER)["findings"]
    return [finding for finding in found if finding["code"] != "C001"]


def printed(path: Path, *options: str) -> list[list[str]]:
    """The rows of the first table, without its heading and its totals."""
    ran = nianbao(
        "generate", "--templates", FOLDER, *options, "-o", "x.docx", path, cwd=path.parent
    )
    assert ran.code == 0, ran.out + ran.err
    return tables(path.parent / "x.docx")[0][1:-2]


@pytest.mark.parametrize(
    "text", ["大桥、引道", "大桥，引道", "大桥：引道", "大桥【一】", "【一】大桥", "大桥（续）"]
)
def test_a_text_between_braces_keeps_its_own_marks(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, ROWS.replace("名称: 青石大桥", f"名称: {text}"))
    before = path.read_bytes()
    assert nianbao("fix", "--templates", FOLDER, path, cwd=tmp_path).code == 0
    assert path.read_bytes() == before
    assert printed(path)[0][0] == text


def test_the_marks_between_texts_are_told_and_mended(tmp_path: Path) -> None:
    wide = BRIDGE.replace(", ", "，").replace(": ", "：")
    path = written(tmp_path, ROWS)
    path.write_text(path.read_text("utf-8").replace(BRIDGE, wide), "utf-8")
    assert "Y113" in {told["code"] for told in findings(path)}
    nianbao("fix", "--templates", FOLDER, path, cwd=tmp_path)
    assert not findings(path)


def test_they_are_printed_in_the_order_typed(tmp_path: Path) -> None:
    assert printed(written(tmp_path, ROWS)) == [
        ["青石大桥", "续建", "1200.00", "1180.50", "☑是　☐否", "2025年11月30日"],
        ["河西路 <二期>", "新建", "800.50", "—", "☐是　☑否", ""],
        ["文化站", "新建", "99.50", "20.00", "☐是　☑否", ""],
    ]


@pytest.mark.parametrize("typed", ["  项目: []\n"])
def test_there_may_be_none(tmp_path: Path, typed: str) -> None:
    path = written(tmp_path, typed)
    assert findings(path) == []
    assert printed(path) == []


def test_as_many_as_there_may_be(tmp_path: Path) -> None:
    path = written(tmp_path, "  项目:\n" + BRIDGE * 50)
    assert findings(path) == []
    assert (
        printed(path)
        == [["青石大桥", "续建", "1200.00", "1180.50", "☑是　☐否", "2025年11月30日"]] * 50
    )


def test_a_figure_of_a_column_is_the_sum_of_its_rows(tmp_path: Path) -> None:
    path = written(tmp_path, ROWS, lambda text: text.replace("{{全部项目.完成}}", "{{项目.计划}}"))
    printed(path)
    shown = [p.text for p in docx.Document(str(tmp_path / "x.docx")).paragraphs]
    assert "2025年完成投资2100万元。" in shown


def test_a_sentence_may_fetch_their_number(tmp_path: Path) -> None:
    path = written(tmp_path, ROWS, lambda text: text.replace("{{全部项目.完成}}", "{{项目.行数}}"))
    printed(path)
    shown = [p.text for p in docx.Document(str(tmp_path / "x.docx")).paragraphs]
    assert "2025年完成投资3万元。" in shown


@pytest.mark.parametrize(("rows", "told"), [(ROWS, ["T102"]), ("  项目: []\n", [])])
def test_their_number_may_be_a_condition(tmp_path: Path, rows: str, told: list[str]) -> None:
    tie = "        每列: 各行 = 全部项目\n"
    form = FORM.read_text("utf-8")
    assert form.count(tie) == 1
    (tmp_path / FORM.name).write_text(form.replace(tie, f"{tie}        若: 行数 ≥ 1\n"), "utf-8")
    shutil.copy(FOLDER / "projects-2025.docx", tmp_path)
    path = written(tmp_path, rows)
    path.write_text(path.read_text("utf-8").replace("全部项目: [", "全部项目: [9"), "utf-8")
    found = check(path, "--templates", tmp_path)["findings"]
    assert [f["code"] for f in found if f["code"] in ("T102", "F102")] == told
    assert not {f["code"] for f in found} & {"F101", "F102", "W110"}


def test_they_are_converted(tmp_path: Path) -> None:
    rows = printed(written(tmp_path, ROWS), "--script", "zh-Hant")
    assert rows[1][:2] == ["河西路 <二期>", "新建"]
    assert rows[0][1] == "續建"


@pytest.mark.parametrize(
    ("typed", "code", "said", "hint"),
    [
        ("  项目:\n", "V101", "“项目”没有填", "一行也没有的写 []"),
        ("  项目: 无\n", "V101", "“项目”没有填", "- {名称: 文字, 类别: 新建"),
        ("  项目: 0\n", "S104", "“项目”下面应当是一个列表，这里写的是“0”", "一行也没有的写 []"),
        ("  项目: 三个\n", "S104", "“项目”下面应当是一个列表，这里写的是“三个”", "- {名称: 文字"),
        ("  项目: {名称: 青石大桥}\n", "S104", "“项目”下面应当是一个列表", "前面写“- ”"),
        ("  项目:\n" + BRIDGE * 51, "S105", "“项目”写了 51 行，最多 50 行", "多的删掉"),
        pytest.param(
            "  项目:\n" + BRIDGE * 1_200,
            *("S105", "“项目”写了 1,200 行，最多 50 行", "多的删掉"),
            id="1200",
        ),
        ("  项目:\n    - {名称: 甲桥}\n", "S106", "“项目第 1 行”没有写“类别”", "补上"),
    ],
)
def test_what_is_no_list_of_so_many_rows_is_told(
    tmp_path: Path, typed: str, code: str, said: str, hint: str
) -> None:
    found = findings(written(tmp_path, typed))
    assert {f["code"] for f in found} == {code}
    assert any(said in f["message"] and hint in f["hint"] for f in found)
    assert len(found) == (4 if code == "S106" else 1)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("完成: 20.00", "完成: 20.0", "V109", "“完成投资（万元）·项目第 3 行”写的是“20.0”"),
        ("完成: 20.00", "完成: ''", "V101", "“完成投资（万元）·项目第 3 行”没有填数"),
        ("名称: 河西路 <二期>", "名称: 河", "V111", "“项目名称·项目第 2 行”有 1 个字"),
        ("类别: 续建", "类别: 重建", "V110", "“类别·项目第 1 行”写的是“重建”"),
        ("类别: 续建", "类型: 续建", "S101", "“项目第 1 行”里没有“类型”"),
        ("完工日期: 2025-11-30", "完工日期: ''", "V101", "“完工日期·项目第 1 行”没有填"),
        ("完工日期: 2025-11-30", "完工日期: 十一月", "V106", "“完工日期·项目第 1 行”"),
    ],
)
def test_a_cell_is_told_by_its_row(
    tmp_path: Path, old: str, new: str, code: str, said: str
) -> None:
    assert ADDED.count(old) == 1
    path = written(tmp_path, ROWS.replace(old, new))
    (found,) = findings(path)
    assert found["code"] == code
    assert said in found["message"]
    line, column = place_of(path, new)
    assert found["line"] == line
    assert column <= found["column"] <= column + len(new)
    review = nianbao("review", "--templates", FOLDER, path, cwd=tmp_path)
    assert review.code == 1, json.dumps(found, ensure_ascii=False)
    copy = docx.Document(str(tmp_path / "outputs" / "2025.审阅稿.docx"))
    assert any(said in comment.text for comment in copy.comments)


def test_a_table_that_must_have_rows_is_not_0(tmp_path: Path) -> None:
    rows = TEXT[TEXT.index("获奖情况:") :]
    path = written(tmp_path, ROWS, lambda text: text.replace(rows, "获奖情况: 0\n"))
    (found,) = findings(path)
    assert (found["code"], "“获奖”写了 0 行，至少 1 行" in found["message"]) == ("S105", True)


# --- in ties and in texts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        (
            "[2100.00, 1200.50]",
            "[2100.00, 1200.00]",
            "T102",
            "“完成投资（万元）”这一列不平（各项目之和等于全部项目）："
            "项目各行 1200.5，全部项目 1200，多了 0.5（差 +0.5）。",
        ),
        ("项目数目: 3", "项目数目: 4", "T102", "项目行数 3，项目数目 4，少了 1（差 -1）。"),
        (
            "计划: 99.50, 完成: 20.00",
            "计划: 19.50, 完成: 100.00",
            "T101",
            "“项目第 3 行”这一行不合（完成的不超过计划）",
        ),
        (
            "完成: 1180.50",
            "完成: 8.50",
            "T101",
            "“项目第 1 行”这一行不合（完工的至少完成十万元）：“是否完工 = 是”时，",
        ),
    ],
)
def test_ties_go_row_by_row_and_over_all_rows(
    tmp_path: Path, old: str, new: str, code: str, said: str
) -> None:
    path = written(tmp_path, ROWS.replace(old, new))
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    found = findings(path)
    assert any(f["code"] == code and said in f["message"] for f in found), found
    rows = [f for f in found if f["code"] == "T101"]
    assert len(rows) == (code == "T101")


def test_without_rows_their_sum_is_0(tmp_path: Path) -> None:
    path = tmp_path / "2025.yaml"
    path.write_text(TEXT.replace(ROWS, "  项目: []\n"), "utf-8")
    assert [f["code"] for f in findings(path)] == ["T102", "T102", "T102"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("项目.2.计划", "2025年完成投资800.50万元。"),
        ("项目.2.名称", "2025年完成投资河西路 <二期>万元。"),
        ("项目.1.完工日期", "2025年完成投资2025年11月30日万元。"),
        ("项目.各行.计划", "2025年完成投资2100万元。"),
        ("项目.1.计划 + 项目.3.计划", "2025年完成投资1299.5万元。"),
    ],
)
def test_a_text_takes_what_stands_in_them(tmp_path: Path, name: str, said: str) -> None:
    path = written(tmp_path, ROWS, lambda text: text.replace("全部项目.完成", name))
    assert findings(path) == []
    printed(path)
    assert said in [p.text for p in docx.Document(str(tmp_path / "x.docx")).paragraphs]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("项目.4.计划", "“项目”有 3 行，没有第 4 行"),
        ("项目.0.计划", "“项目”有 3 行，没有第 0 行"),
        ("项目.名称", "“项目名称·项目”填的是文字，不能相加"),
        ("项目.2.完工日期", "“完工日期·项目第 2 行”空着"),
    ],
)
def test_a_text_cannot_take_what_is_not_there(tmp_path: Path, name: str, said: str) -> None:
    path = written(tmp_path, ROWS, lambda text: text.replace("全部项目.完成", name))
    (found,) = findings(path)
    assert found["code"] == "N002"
    assert said in found["message"]


# --- what the author may get wrong --------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("可加行: {至少: 0, 至多: 50}", "可加行: 是", "“可加行”应当写成“名称: 内容”"),
        ("可加行: {至少: 0, 至多: 50}", "可加行: {至少: 5, 至多: 2}", "“至多”是 2，不行"),
        ("可加行: {至少: 0, 至多: 50}", "可加行: {至多: 100000}", "“至多”是 100,000，不行"),
        ("可加行: {至少: 0, 至多: 50}", "可加行: {最多: 50}", "没有“最多”这一项"),
        ("格: p1}", "格: p1}\n          - {键: 别的, 格: p3}", "有“可加行”的一块里只能有一行"),
        ("格: p1}", "格: p1, 合计: 是}", "“项目”可以加行，不能是合计"),
        ("每列: 各行 = 全部项目", "每列: 项目.2.计划 = 全部项目", "写表式的时候还没有第几行"),
        ("每列: 项目.行数 =", "每列: 全部项目.行数 =", "“全部项目”不能加行"),
        ("每行: 完成 ≤ 计划", "每行: 各行 ≤ 计划", "“各行”有好几列，不知道指哪一列"),
    ],
)
def test_a_mistake_of_the_author_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FORM.read_text("utf-8")
    assert text.count(old) == 1
    path = tmp_path / "x-2025.form.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(Rejected) as rejected:
        formfile.load(path)
    assert said in rejected.value.findings[0].message


def audited(target: Path, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    def change(xml: str) -> str:
        for old, new in pairs:
            assert xml.count(old) == 1, old
            xml = xml.replace(old, new)
        return xml

    form = read_form(FORM)
    members = package.read(edit_docx(form.template_path, target / "x.docx", document=change))
    return [(f.code, f.message) for f in audit.audit(members, template.of(members), form)]


def test_the_row_is_drawn_by_itself(tmp_path: Path) -> None:
    swapped = ("{{p1f}}", "{{!}}"), ("{{p2d}}", "{{p1f}}"), ("{{!}}", "{{p2d}}")
    found = audited(tmp_path, *swapped)
    assert ("L107", True) in {(code, "要单独画成一行" in said) for code, said in found}


def test_a_table_of_nothing_but_added_rows_is_told(tmp_path: Path) -> None:
    heading = ">奖项<", ">奖数<"
    xml = package.read(FORM.with_name("projects-2025.docx"))["word/document.xml"].decode()
    start = xml.rindex("<w:tr>", 0, xml.index(heading[0]))
    end = xml.index("</w:tr>", start) + len("</w:tr>")
    found = audited(tmp_path, (xml[start:end], ""))
    assert any("表里却没有别的行" in said for _, said in found)
