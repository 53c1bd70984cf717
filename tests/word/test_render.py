"""What was typed is what stands in the document: read back by python-docx and docx2python."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx2python import docx2python
from docxtpl import DocxTemplate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from support import (
    DOCUMENT,
    EXAMPLE,
    SECOND,
    TEMPLATE,
    TOWN,
    edit_docx,
    example,
    nianbao,
    own_templates,
    paragraphs,
    read_form,
    tables,
)

from nianbao.chinese.characters import FORBIDDEN_IN_TEXT
from nianbao.chinese.wording import BLANKS, Script
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Rejected
from nianbao.form.form import Form
from nianbao.report.report import Number, Report
from nianbao.word import plan, render
from nianbao.word.compiled import compile_template
from nianbao.word.layout import Layout
from nianbao.word.package import Members
from nianbao.word.plan import Part, Plan

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LAST_LINE = "  本机关{{年度}}年度未收取信息处理费。\n"
HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def generated(folder: Path, path: Path, *options: object) -> Path:
    ran = nianbao("generate", *options, path, cwd=folder)
    assert ran.code == 0, ran.out + ran.err
    return folder / "outputs" / f"{path.stem}.docx"


def compiled(report: Report) -> Plan:
    session = Session()
    members, drawn = session.shelf.template(report.form)
    return compile_template(report.form, members, drawn, report.script)


def as_typed(path: Path) -> list[str]:
    """The lines of a file's narratives that bind no figure, in order."""
    lines, inside = [], False
    for line in path.read_text("utf-8").splitlines():
        if line.endswith(": |"):
            inside = True
        elif line.strip() and not line.startswith("  "):
            inside = False
        elif inside and line.strip() and "{{" not in line:
            lines.append(line.strip())
    return lines


@pytest.mark.parametrize("path", [TOWN, EXAMPLE], ids=lambda path: path.stem)
def test_every_line_becomes_its_own_paragraph(tmp_path: Path, path: Path) -> None:
    printed = iter(paragraphs(generated(tmp_path, path)))
    for line in as_typed(path):
        assert line in printed, line  # consumes: the order counts too


def test_the_page_reads_as_the_form_prints_it(tmp_path: Path) -> None:
    read = docx.Document(str(generated(tmp_path, EXAMPLE)))
    by_style: dict[str, list[str]] = {}
    for paragraph in read.paragraphs:
        assert paragraph.style is not None
        by_style.setdefault(paragraph.style.name or "", []).append(paragraph.text)
    assert by_style["Heading 1"] == HEADINGS
    assert by_style["Heading 2"] == ["（一）存在的主要问题", "（二）改进措施"]
    assert [line.replace("\n", "") for line in by_style["Title"]] == [
        "云岭县青石镇人民政府2025年政府信息公开工作年度报告"
    ]
    assert "模板指令" not in by_style
    text = "\n".join(paragraph.text for paragraph in read.paragraphs)
    assert not any(sign in text for sign in ("{{", "}}", "{%", "%}"))


def test_a_heading_runs_in_with_its_text_in_another_type(tmp_path: Path) -> None:
    read = docx.Document(str(generated(tmp_path, EXAMPLE)))
    (lead,) = [p for p in read.paragraphs if p.text.startswith("（三）政府信息管理。")]
    first, *rest = lead.runs
    assert first.text == "（三）政府信息管理。"
    assert "".join(run.text for run in rest).startswith("建立文件台账")
    assert first.style != rest[0].style
    ordinary = next(p for p in read.paragraphs if p.text.startswith("1.答复文书"))
    assert [run.style for run in ordinary.runs] == [rest[0].style]


def test_200_numbers_stand_in_order(tmp_path: Path) -> None:
    report, _ = Session().read(EXAMPLE)
    wanted = [str(1000 + n) for n in range(200)]
    for (address, number), typed in zip(report.numbers.items(), wanted, strict=True):
        report.numbers[address] = Number(address, Decimal(typed), typed, number.location)
    assert list(report.numbers) == list(report.form.cells)
    path = tmp_path / "numbers.docx"
    path.write_bytes(render.render(compiled(report), report))
    by_docx = [text for table in tables(path) for row in table for text in row if text.isdigit()]
    assert by_docx == wanted
    with docx2python(path, duplicate_merged_cells=False) as other:
        by_other = [
            text
            for table in other.body
            for row in table
            for cell in row
            for text in cell
            if text.isdigit()
        ]
    assert by_other == wanted


def test_labels_are_printed_in_the_script_of_the_report(tmp_path: Path) -> None:
    path = generated(tmp_path, TOWN)
    printed = paragraphs(path)
    for heading in ("一、總體情況", "三、收到和處理政府信息公開申請情況", "六、其他需要報告的事項"):
        assert heading in printed
    labels = {text for table in tables(path) for row in table for text in row}
    assert {"行政許可", "（一）予以公開", "結果維持", "3.危及“三安全一穩定”"} <= labels
    assert not {"行政许可", "（一）予以公开", "结果维持"} & labels
    hans = generated(tmp_path, TOWN, "--script", "zh-Hans")
    assert paragraphs(hans)[0].startswith("溆浦县低庄镇人民政府")
    assert "（一）予以公开" in {text for table in tables(hans) for row in table for text in row}


NASTY = [
    "<w:p>甲</w:p> & &amp; &lt; ]]> <!-- --> <?xml?> \"'",
    "{ } }} {% raw %} {%p endfor %} {# 甲 #} {_{ 单位 }_} {%{ ${x} #{x}",
    "甲\t乙  丙\u3000丁\u00a0\u200b戊\u2011己\u00ad庚",
    "𠮷𪚥㐂䶮龘\U000f0000\ue000👨‍👩‍👧ﾊﾝ①㍿é\u0301",
    "1. （1） ※ 、。 \\n \\t %s {0} {{年度}}年",
]


def test_rare_text_comes_out_word_for_word(tmp_path: Path) -> None:
    path = example(tmp_path, (LAST_LINE, "".join(f"  {line}\n" for line in NASTY)))
    printed = paragraphs(generated(tmp_path, path))
    at = printed.index(HEADINGS[-1]) + 1
    wanted = [line.replace("{{年度}}", "2025") for line in NASTY]
    assert printed[at : at + len(wanted)] == wanted


def test_rare_text_comes_out_of_every_item(tmp_path: Path) -> None:
    odd = "<甲 & 乙>　{%丙%} 𠮷"
    path = example(
        tmp_path,
        ("单位: 云岭县青石镇人民政府", f"单位: '{odd}'"),
        ("信息来源: 云岭县青石镇", f"信息来源: '{odd}源'"),
        ("青石镇人民路1号，电话：0700-5550100", "河西路8号，电话：0700-5550188"),
        ("{初审: 甲,", f"{{初审: '{odd}签',"),
        ("5（其中修订2件）", f"5（{odd}）"),
        ("注: 行政复议、行政诉讼数量含上年度结转数量。", f"注: '{odd}注'"),
    )
    document = generated(tmp_path, path)
    text = "\n".join(paragraphs(document))
    for wanted in (f"{odd}源", f"初审：{odd}签", f"注：{odd}注"):
        assert wanted in text
    assert text.replace("\n", "").startswith(f"{odd}2025年政府信息公开工作年度报告")
    assert tables(document)[0][3][1] == f"5（{odd}）"
    properties = docx.Document(str(document)).core_properties
    assert properties.author == odd


lines = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
    | st.sampled_from("<>&{}%#_\t \"'（）一。"),
    min_size=1,
    max_size=40,
).filter(
    lambda text: not FORBIDDEN_IN_TEXT.search(text) and text.strip(BLANKS) and "{{" not in text
    and "｛" not in text
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(lines, min_size=1, max_size=5))
def test_any_text_comes_out_word_for_word(tmp_path: Path, typed: list[str]) -> None:
    text = (SECOND / "2025.yaml").read_text("utf-8")
    start, end = text.index("执法概述: |\n"), text.index("检查次数:")
    body = "".join(f"  {line.lstrip(' ')}\n" for line in typed)
    path = tmp_path / "2025.yaml"
    path.write_text(f"{text[:start]}执法概述: |\n{body}{text[end:]}", "utf-8")
    target = tmp_path / "2025.docx"
    outcome = Session(templates=SECOND).generate(path, target)
    assert outcome.written, outcome.findings
    printed = paragraphs(target)
    at = printed.index("一、执法概述") + 1 if "一、执法概述" in printed else 2
    assert printed[at : at + len(typed)] == [line.strip(BLANKS) for line in typed]


# --- docxtpl as an oracle --------------------------------------------------------


def canonical(xml: bytes) -> bytes:
    """A document without what carries no text: blanks kept, empty texts and runs."""
    root = etree.fromstring(xml)
    for element in list(root.iter(f"{W}t")):
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        run = element.getparent()
        assert run is not None
        if not element.text:
            run.remove(element)
            if all(child.tag == f"{W}rPr" for child in run):
                parent = run.getparent()
                assert parent is not None
                parent.remove(run)
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("path", [TOWN, EXAMPLE], ids=lambda path: path.stem)
def test_docxtpl_makes_the_same_of_ordinary_text(path: Path) -> None:
    script = Script.HANS
    report, _ = Session(script=script).read(path)
    ready = compiled(report)
    values = render.context(ready, report)
    oracle = DocxTemplate(TEMPLATE)
    oracle.render(values, autoescape=True)
    theirs, ours = io.BytesIO(), io.BytesIO(render.render(ready, report))
    oracle.save(theirs)
    with zipfile.ZipFile(theirs) as one, zipfile.ZipFile(ours) as other:
        assert canonical(other.read(DOCUMENT)) == canonical(one.read(DOCUMENT))


# --- bytes and properties ----------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.docx", tmp_path / "b" / "c.docx"
    for target in (first, second):
        assert nianbao("generate", EXAMPLE, "-o", target, cwd=tmp_path).code == 0
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        infos = archive.infolist()
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        names = [info.filename for info in infos]
        assert names == ["[Content_Types].xml", *sorted(set(names) - {"[Content_Types].xml"})]


def test_the_document_tells_what_it_is(tmp_path: Path) -> None:
    properties = docx.Document(str(generated(tmp_path, EXAMPLE))).core_properties
    assert properties.title == "云岭县青石镇人民政府2025年政府信息公开工作年度报告"
    assert properties.author == properties.last_modified_by == "云岭县青石镇人民政府"
    assert properties.created is not None
    assert properties.modified is not None
    assert properties.created.replace(tzinfo=None) == datetime(2026, 1, 12)
    assert properties.modified.replace(tzinfo=None) == datetime(2026, 1, 12)
    assert properties.language == "zh-CN"
    hant = docx.Document(str(generated(tmp_path, TOWN))).core_properties
    assert hant.language == "zh-HK"
    assert hant.created is not None
    assert hant.created.replace(tzinfo=None) == datetime(2026, 1, 14)


# --- title and optional lines --------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    ["青石镇", "云岭县青石镇人民政府", "云岭县" * 9 + "人民政府办公室", "甲" * 80],
)
def test_a_long_title_is_broken_into_lines_that_fit(tmp_path: Path, unit: str) -> None:
    path = example(
        tmp_path,
        ("单位: 云岭县青石镇人民政府", f"单位: {unit}"),
        ("青石镇人民路1号，电话：0700-5550100", "河西路8号，电话：0700-5550188"),
    )
    title = paragraphs(generated(tmp_path, path))[0]
    assert title.replace("\n", "") == f"{unit}2025年政府信息公开工作年度报告"
    rows = title.split("\n")
    widths = [sum(0.5 if char.isascii() else 1 for char in row) for row in rows]
    assert max(widths) <= 20.2  # 156 mm of 22 pt type
    assert "2025年政府信息公开工作年度报告" in rows or len(rows) == 1


def test_a_title_of_ones_own_is_printed(tmp_path: Path) -> None:
    path = example(tmp_path, ("年度: 2025\n", "年度: 2025\n标题: 青石镇2025年年报\n"))
    assert paragraphs(generated(tmp_path, path))[0] == "青石镇2025年年报"


def test_absent_lines_leave_no_paragraph(tmp_path: Path) -> None:
    whole = paragraphs(generated(tmp_path, example(tmp_path)))
    assert whole[1] == "发布时间：2026-01-16 09:30\u3000信息来源：云岭县青石镇"
    assert whole[-3:] == [
        "云岭县青石镇人民政府",
        "2026年1月12日",
        "初审：甲\u3000复审：乙\u3000终审：丙",
    ]
    bare = example(
        tmp_path,
        ("发布时间: 2026-01-16 09:30\n信息来源: 云岭县青石镇\n成文日期: 2026-01-12\n", ""),
        ("\n审签: {初审: 甲, 复审: 乙, 终审: 丙}\n", ""),
        ("  注: 行政复议、行政诉讼数量含上年度结转数量。\n", ""),
    )
    without = paragraphs(generated(tmp_path, bare))
    note = "注：行政复议、行政诉讼数量含上年度结转数量。"
    assert without == [line for line in [whole[0], *whole[2:-3]] if line != note]


def test_absent_parts_of_a_line_leave_no_gap(tmp_path: Path) -> None:
    path = example(
        tmp_path,
        ("发布时间: 2026-01-16 09:30\n", ""),
        ("{初审: 甲, 复审: 乙, 终审: 丙}", "{初审: 甲, 复审: , 终审: 丙}"),
    )
    printed = paragraphs(generated(tmp_path, path))
    assert printed[1] == "信息来源：云岭县青石镇"
    assert printed[-1] == "初审：甲\u3000终审：丙"


def test_an_empty_narrative_leaves_no_paragraph(tmp_path: Path) -> None:
    path = example(tmp_path, (LAST_LINE, ""))
    printed = paragraphs(generated(tmp_path, path))
    assert printed[printed.index(HEADINGS[-1]) + 1] == "云岭县青石镇人民政府"


def test_a_note_of_several_lines_is_printed_under_its_table(tmp_path: Path) -> None:
    old = "  注: 行政复议、行政诉讼数量含上年度结转数量。\n"
    path = example(tmp_path, (old, "  注: |\n    第一条。\n    第二条，共{{行政复议}}件。\n"))
    printed = paragraphs(generated(tmp_path, path))
    at = printed.index(HEADINGS[3])
    assert printed[at + 1 : at + 3] == ["注：第一条。", "第二条，共2件。"]


# --- nothing is believed ---------------------------------------------------------------


def lose_a_table(root: etree._Element) -> None:
    table = next(root.iter(f"{W}tbl"))
    parent = table.getparent()
    assert parent is not None
    parent.remove(table)


def first_text(root: etree._Element, wanted: str) -> etree._Element:
    return next(e for e in root.iter(f"{W}t") if e.text == wanted)


def change_a_number(root: etree._Element) -> None:
    first_text(root, "46").text = "47"


def lose_a_character(root: etree._Element) -> None:
    first_text(root, "云岭县青石镇人民政府").text = "云岭县青石人民政府"


def double_a_paragraph(root: etree._Element) -> None:
    body = root.find(f"{W}body")
    assert body is not None
    body.insert(1, etree.fromstring(etree.tostring(body[0])))


@pytest.mark.parametrize(
    "damage", [lose_a_table, change_a_number, lose_a_character, double_a_paragraph]
)
def test_a_value_lost_in_rendering_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[etree._Element], None]
) -> None:
    filled = plan.filled

    def damaged(part: Part, held: Mapping[str, Any]) -> str:
        root = etree.fromstring(filled(part, held).encode())
        if part.name == DOCUMENT:
            damage(root)
        return etree.tostring(root, encoding="unicode")

    monkeypatch.setattr(plan, "filled", damaged)
    ran = nianbao("generate", EXAMPLE, cwd=tmp_path)
    assert ran.code == 3
    assert "W107" in ran.out
    assert not (tmp_path / "outputs").exists()


def test_a_value_that_is_no_xml_is_refused(tmp_path: Path) -> None:
    report, _ = Session().read(EXAMPLE)
    report.unit = report.title = "甲\x00乙"
    with pytest.raises(Rejected) as refused:
        render.render(compiled(report), report)
    assert refused.value.exit_code == 3


def printed(form: Form, members: Members, drawn: Layout, report: Report) -> bytes:
    return render.render(compile_template(form, members, drawn, Script.HANS), report)


def test_a_template_of_code_is_never_run(tmp_path: Path) -> None:
    """Past the audit too: only names, attributes and loops compile, and the sandbox runs them."""
    form = read_form()
    report, _ = Session().read(EXAMPLE)
    _, drawn = Session().shelf.template(form)
    for code in ("{{ [].append }}", "{% set x = 1 %}", "{{ 1 + 1 }}", "{{ 单位() }}", "{% raw %}"):
        path = edit_docx(
            TEMPLATE,
            tmp_path / "t.docx",
            document=lambda xml, code=code: xml.replace("{{标题}}", code),  # type: ignore[misc]
        )
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        with pytest.raises(Rejected) as refused:
            printed(form, members, drawn, report)
        assert refused.value.exit_code == 3, code


def test_a_template_without_a_style_part_still_prints(tmp_path: Path) -> None:
    folder = own_templates(tmp_path)
    target = folder / TEMPLATE.name
    with zipfile.ZipFile(TEMPLATE) as archive:
        members = {n: archive.read(n) for n in archive.namelist() if n != "word/styles.xml"}
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        members[name] = re.sub(rb"<[^<]*styles\.xml[^<]*/>", b"", members[name])
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert nianbao("generate", "--templates", folder, EXAMPLE, cwd=tmp_path).code == 0
