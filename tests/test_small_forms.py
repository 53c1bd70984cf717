"""Forms of other shapes, whole: no table at all, several Word tables, a landscape section.

Each of the folders in tests/forms/ holds a form, its template and an input.
"""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from support import (
    SMALL_FORMS,
    check,
    edit_docx,
    nianbao,
    paragraphs,
    place_of,
    read_form,
    tables,
)

from nianbao.diagnostics import Finding
from nianbao.form.form import Form
from nianbao.sentence import example
from nianbao.word import audit, package, template

GOVERNANCE, SPORT, RESERVOIR, ELDERCARE, PROJECTS, LIBRARY = (
    SMALL_FORMS / name
    for name in ("governance", "sport", "reservoir", "eldercare", "projects", "library")
)
FOLDERS = [GOVERNANCE, SPORT, RESERVOIR, ELDERCARE, PROJECTS, LIBRARY]
TYPED = "<w:p><w:pPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"


def form_of(folder: Path) -> Form:
    (path,) = folder.glob("*.form.yaml")
    return read_form(path)


def filled(folder: Path, target: Path, *edits: tuple[str, str]) -> Path:
    text = (folder / "2025.yaml").read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = target / "2025.yaml"
    path.write_text(text, "utf-8")
    return path


def generated(folder: Path, target: Path) -> Path:
    path = filled(folder, target)
    ran = nianbao("generate", "--templates", folder, path, cwd=target)
    assert (ran.code, ran.err) == (0, "")
    return target / "outputs" / "2025.docx"


def told(folder: Path, target: Path, *edits: tuple[str, str]) -> list[tuple[str, str]]:
    """(code, message) of what is found in the folder's input after `edits`, but a missing year."""
    file = check(filled(folder, target, *edits), "--templates", folder)
    return [(f["code"], f["message"]) for f in file["findings"] if f["code"] != "C001"]


# --- any of them ------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_its_examples_are_read_so_and_its_input_is_sound(folder: Path, tmp_path: Path) -> None:
    assert list(example.misread(form_of(folder))) == []
    assert told(folder, tmp_path) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_is_listed_reviewed_and_begun_anew(folder: Path, tmp_path: Path) -> None:
    path = filled(folder, tmp_path)
    listed = nianbao("forms", "--templates", folder, cwd=tmp_path)
    assert listed.code == 0
    assert form_of(folder).name in listed.out
    assert nianbao("review", "--templates", folder, path, cwd=tmp_path).code == 0
    review = paragraphs(tmp_path / "outputs" / "2025.审阅稿.docx")
    assert review[1:] == paragraphs(generated(folder, tmp_path))
    begun = nianbao("new", "2026", "--from", path, "--templates", folder, cwd=tmp_path)
    assert (begun.code, begun.err) == (0, "")
    started = check(tmp_path / "inputs" / "2026.yaml", "--templates", folder)
    assert {f["code"] for f in started["findings"]} <= {"C001", "N001", "V101", "N201", "V107"}
    assert "N001" in {f["code"] for f in started["findings"]}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_fix_mends_it(folder: Path, tmp_path: Path) -> None:
    path = filled(folder, tmp_path, ("年度: 2025", "年度： 2025"))
    ran = nianbao("fix", "--templates", folder, path, cwd=tmp_path)
    assert ran.code == 0, ran.out
    assert path.read_text("utf-8") == (folder / "2025.yaml").read_text("utf-8")


# --- no table ---------------------------------------------------------------------------


def test_a_report_of_texts_alone_is_read_back_whole(tmp_path: Path) -> None:
    written = generated(GOVERNANCE, tmp_path)
    assert tables(written) == []
    assert paragraphs(written) == [
        "云岭县青石镇人民政府\n2025年基层治理年度报告",
        "本报告写的是2025年1月1日至12月31日的工作。",
        "一、主要做法",
        "2025年，青石镇把全镇分成40个网格，调解纠纷30起。",
        "（一）网格。每个网格有一名网格员。",
        "（二）议事",
        "村里的事由村民议事会商量。",
        "二、不足之处",
        "议事会开得不够经常，要加强组织。",
        "三、下年安排",
        "每季度开一次议事会。",
        "云岭县青石镇人民政府\u30002026年1月20日",
        "起草：甲\u3000签发：乙",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("，调解纠纷30起", "", "N201"),
        ("把全镇分成40个网格，调解", "把全镇分成{{网格}}个网格，调解", "N002"),
        ("下年安排: |\n  每季度开一次议事会。\n", "", "S103"),
        ("（二）议事", "（三）议事", "N203"),
        ("{{年度}}年1月1日至", "2024年1月1日至", "N210"),
        ("2026-01-20", "2026-02-20", "V302"),
    ],
)
def test_a_report_of_texts_alone_is_checked(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert [found for found, _ in told(GOVERNANCE, tmp_path, (old, new))] == [code]


def test_a_figure_of_a_form_without_tables_cannot_be_taken(tmp_path: Path) -> None:
    path = filled(GOVERNANCE, tmp_path, ("40个", "{{网格}}个"))
    (found,) = (
        f for f in check(path, "--templates", GOVERNANCE)["findings"] if f["code"] == "N002"
    )
    assert (found["line"], found["column"]) == place_of(path, "{{网格}}")
    assert "这份表式没有表" in found["message"]


def test_a_template_of_another_form_is_told(tmp_path: Path) -> None:
    shutil.copy(GOVERNANCE / "governance-2022.form.yaml", tmp_path)
    shutil.copy(RESERVOIR / "reservoir-2023.docx", tmp_path / "governance-2022.docx")
    found = audited(form_of(GOVERNANCE), tmp_path / "governance-2022.docx")
    assert {f.code for f in found} == {"L102", "L103"}
    bare = edit_docx(
        GOVERNANCE / "governance-2022.docx",
        tmp_path / "bare.docx",
        document=lambda xml: re.sub("[{]%p.*?%[}]|{{.*?}}", "", xml),
    )
    (only,) = audited(form_of(GOVERNANCE), bare)
    assert only.code == "L108"
    assert "{%p for 行 in 落款行 %} / {{行}} / {%p endfor %}" in only.hint


# --- what a template wants is told so that it can be typed ---------------------------------


def audited(form: Form, path: Path) -> list[Finding]:
    members = package.read(path)
    return audit.audit(members, template.of(members), form)


def paragraph(text: str) -> str:
    return TYPED.format(text)


def loop(variable: str, over: str, *inner: str) -> str:
    return "".join(
        [
            paragraph(f"{{%p for {variable} in {over} %}}"),
            *inner,
            paragraph("{%p endfor %}"),
        ]
    )


HEADS = loop(
    "题",
    "段.独立标题",
    '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>{{题}}</w:t></w:r></w:p>',
)
TEXTS = loop("文", "段.正文", paragraph("{{文.题}}{{文.文}}"))


@pytest.mark.parametrize(
    ("folder", "before", "wanted", "after"),
    [
        (GOVERNANCE, "", loop("段", "主要做法", HEADS, TEXTS), ""),
        (GOVERNANCE, paragraph("{%p for 段 in 主要做法 %}"), HEADS, ""),
        (GOVERNANCE, paragraph("{%p for 段 in 主要做法 %}") + HEADS, TEXTS, ""),
        (
            GOVERNANCE,
            paragraph("{%p for 段 in 主要做法 %}") + HEADS + paragraph("{%p for 文 in 段.正文 %}"),
            paragraph("{{文.题}}{{文.文}}"),
            "",
        ),
        (GOVERNANCE, "", loop("行", "落款行", paragraph("{{行}}")), ""),
        (SPORT, "", loop("注", "经费.注", paragraph("{{注}}")), ""),
        (SPORT, '<w:tcW w:w="3000" w:type="dxa"/></w:tcPr>', paragraph("{{u1b}}"), ""),
    ],
)
def test_what_is_wanting_can_be_typed_from_the_hint(
    tmp_path: Path, folder: Path, before: str, wanted: str, after: str
) -> None:
    form = form_of(folder)
    template = form.template_path

    def without(xml: str) -> str:
        assert xml.count(before + wanted + after) == 1
        return xml.replace(before + wanted + after, before + "<w:p/>" + after)

    spoilt = edit_docx(template, tmp_path / "spoilt.docx", document=without)
    found = audited(form, spoilt)
    assert {f.code for f in found} == {"L103"}
    typed = "".join(
        paragraph(line)
        for f in found
        for line in f.hint.rpartition("补上")[2].rpartition("：")[2].strip().split(" / ")
    )

    def typed_in(xml: str) -> str:
        return xml.replace(before + "<w:p/>" + after, before + typed + after, 1)

    mended = edit_docx(spoilt, tmp_path / "mended.docx", document=typed_in)
    assert audited(form, mended) == []


def test_a_hint_goes_by_the_names_that_the_template_gives(tmp_path: Path) -> None:
    form = form_of(GOVERNANCE)

    def renamed(xml: str) -> str:
        whole = loop("段", "主要做法", HEADS, TEXTS)
        assert xml.count(whole) == 1
        return xml.replace(whole, loop("甲", "主要做法", HEADS.replace("段.", "甲.")))

    (found,) = audited(form, edit_docx(form.template_path, tmp_path / "x.docx", document=renamed))
    assert found.code == "L103"
    assert "{%p for 文 in 甲.正文 %} / {{文.题}}{{文.文}} / {%p endfor %}" in found.hint


def test_a_narrative_is_not_a_text(tmp_path: Path) -> None:
    form = form_of(GOVERNANCE)
    path = edit_docx(
        form.template_path,
        tmp_path / "x.docx",
        document=lambda xml: xml.replace(
            loop("行", "签发行", paragraph("{{行}}")), paragraph("{{签发行}}")
        ),
    )
    found = audited(form, path)
    assert [f.code for f in found] == ["L106", "L103"]
    assert all("{%p for 行 in 签发行 %} / {{行}} / {%p endfor %}" in f.hint for f in found)


def test_what_is_in_a_turn_of_a_loop_is_told(tmp_path: Path) -> None:
    form = form_of(GOVERNANCE)
    path = edit_docx(
        form.template_path,
        tmp_path / "x.docx",
        document=lambda xml: xml.replace("{{文.题}}{{文.文}}", "{{文.题}}{{文.文}}{{文}}", 1),
    )
    (found,) = audited(form, path)
    assert (found.code, found.hint) == ("L106", "写它里面的一项：文.题、文.文")


# --- several tables ---------------------------------------------------------------------


def test_blocks_and_parts_stand_in_the_tables_that_are_drawn(tmp_path: Path) -> None:
    written = generated(SPORT, tmp_path)
    assert tables(written) == [
        [
            ["", "本年新建（个）", "本年停用（个）", "年末数（个）"],
            ["足球场", "2", "0", "5"],
            ["篮球场", "1", "1", "9"],
        ],
        [
            ["", "面积（平方米）", "开放天数"],
            ["游泳馆", "1200.5", "300"],
            ["球类馆", "800", "350"],
            ["室内合计", "2000.5", "650"],
        ],
        [
            ["活动"],
            ["", "比赛场数", "人数"],
            ["比赛", "12", "640"],
            ["培训", "8", "200"],
            ["经费"],
            ["", "财政拨款", "社会捐助"],
            ["维修费", "3.2", "0"],
        ],
    ]
    assert paragraphs(written)[-3:] == ["注：面积按建筑面积计。", "三、活动和经费", "2026年1月9日"]


def test_a_tie_names_the_columns_of_its_own_block(tmp_path: Path) -> None:
    assert told(SPORT, tmp_path, ("[2000.5, 650]", "[2000, 651]")) == [
        (
            "T102",
            "“面积（平方米）”这一列不平（两个馆之和等于室内合计）："
            "游泳馆 1200.5 + 球类馆 800 = 2000.5，室内合计 2000，多了 0.5（差 +0.5）。",
        ),
        (
            "T102",
            "“开放天数”这一列不平（两个馆之和等于室内合计）："
            "游泳馆 300 + 球类馆 350 = 650，室内合计 651，少了 1（差 -1）。",
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("其中新建2个", "其中新建3个", "N101"),
        ("其中新建2个。", "其中新建2个。维修费3000元。", None),
        ("维修费: [3.2, 0]", "维修费: 0", None),
        ("篮球场: [1, 1, 9]", "篮球场: [2, 1, 0]", "V202"),
        ("比赛: [12, 640]", "比赛: [12.5, 640]", "V102"),
        ("面积按建筑面积计。", '"{{开放}}次"', "N002"),
    ],
)
def test_its_numbers_are_checked(tmp_path: Path, old: str, new: str, code: str | None) -> None:
    assert [found for found, _ in told(SPORT, tmp_path, (old, new))] == ([code] if code else [])


def test_money_is_held_against_a_row_that_is_0(tmp_path: Path) -> None:
    edits = (("维修费: [3.2, 0]", "维修费: 0"), ("其中新建2个。", "其中新建2个。维修费3000元。"))
    ((code, message),) = told(SPORT, tmp_path, *edits)
    assert code == "N106"
    assert "0 万元" in message


def test_headings_of_parts_that_share_a_table_stand_before_it(tmp_path: Path) -> None:
    form = form_of(SPORT)
    (*others, money) = form.sections
    headed = replace(money, label="四、经费", headed=True)
    form = replace(form, sections=(*others, headed))
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    first, second = heading.format("三、活动和经费"), heading.format("四、经费")
    for drawn, codes in ((first + second, []), (second + first, ["L108"])):
        path = edit_docx(
            form.template_path,
            tmp_path / "x.docx",
            document=lambda xml, drawn=drawn: xml.replace(first, drawn),
        )
        assert [f.code for f in audited(form, path)] == codes


# --- a landscape section ------------------------------------------------------------------


def test_a_landscape_section_stays_one(tmp_path: Path) -> None:
    written = generated(RESERVOIR, tmp_path)
    upright, turned = docx.Document(str(written)).sections
    assert (upright.orientation, turned.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert [type(block).__name__ for block in upright.iter_inner_content()] == ["Paragraph"] * 4
    assert "Table" in [type(block).__name__ for block in turned.iter_inner_content()]
    assert tables(written)[0][2:] == [
        ["东山水库", "1", "3", "6", "0", "10"],
        ["西河水库", "0", "2", "2", "0", "4"],
        ["两库合计", "1", "5", "8", "0", "14"],
    ]


def test_the_title_is_as_wide_as_the_section_it_stands_in(tmp_path: Path) -> None:
    title = "云岭县水利局2025年度小型水库运行年报"
    assert paragraphs(generated(RESERVOIR, tmp_path))[0] == title.replace("局2025", "局\n2025")


@pytest.mark.parametrize("at", ["{%p endfor %}", "{%p for 段 in 运行 %}", "{{文.题}}{{文.文}}"])
def test_a_section_that_would_be_lost_in_a_loop_is_told(tmp_path: Path, at: str) -> None:
    form = form_of(RESERVOIR)

    def moved(xml: str) -> str:
        (setup,) = re.findall(r"<w:p><w:pPr>(<w:sectPr>.*?</w:sectPr>)</w:pPr></w:p>", xml)
        return xml.replace(paragraph(at), paragraph(at).replace("</w:pPr>", f"{setup}</w:pPr>"), 1)

    found = audited(form, edit_docx(form.template_path, tmp_path / "x.docx", document=moved))
    assert [f.code for f in found] == ["L107"]
    assert "分节符" in found[0].message


def test_a_broken_tie_is_refused(tmp_path: Path) -> None:
    path = filled(RESERVOIR, tmp_path, ("[1, 3, 6, 0, 10]", "[1, 3, 6, 0, 11]"))
    file = check(path, "--templates", RESERVOIR)
    (told,) = [f for f in file["findings"] if f["code"] != "C001"]
    assert (told["code"], told["line"], told["column"]) == ("T101", *place_of(path, "11]"))
    total = place_of(path, "14]")
    assert total in [(related["line"], related["column"]) for related in told["related"]]


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415478da63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
"""A picture of one white dot."""


def test_a_picture_and_a_table_of_contents_pass_through_as_drawn(tmp_path: Path) -> None:
    home = Path(shutil.copytree(GOVERNANCE, tmp_path / "form"))
    (template,) = home.glob("*.docx")
    drawn = docx.Document(str(template))
    drawn.add_picture(io.BytesIO(PIXEL))
    paragraph = drawn.add_paragraph()
    for kind, text in (("begin", ""), ("", 'TOC \\o "1-3" \\h'), ("separate", ""), ("end", "")):
        run = paragraph.add_run()._r
        inner = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            inner.set(qn("w:fldCharType"), kind)
        inner.text = text or None
        run.append(inner)
    drawn.save(str(template))
    out = docx.Document(str(generated(home, tmp_path)))
    (shape,) = out.inline_shapes
    held = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
    assert out.part.related_parts[held].blob == PIXEL
    assert [e.text for e in out.element.iter(qn("w:instrText"))] == ['TOC \\o "1-3" \\h']
    kinds = [e.get(qn("w:fldCharType")) for e in out.element.iter(qn("w:fldChar"))]
    assert kinds[-3:] == ["begin", "separate", "end"]
