"""A template must print every value of its form in its place, and do nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import (
    DOCUMENT,
    EXAMPLE,
    FORM,
    TEMPLATE,
    edit_docx,
    nianbao,
    own_templates,
    read_form,
    tables,
)

from nianbao.diagnostics import Finding
from nianbao.word import audit, package, template

Change = Callable[[str], str]

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
PLACE = re.compile(r"^(第 \d 个表第 \d+ 行第 \d+ 格|正文第 \d+ 段“)")
FORM_READ = read_form()


def audited(members: package.Members) -> list[Finding]:
    return audit.audit(members, template.of(members), FORM_READ)


def changed(folder: Path, **changes: Change) -> list[Finding]:
    """What the audit finds in the real template after `changes`."""
    return audited(package.read(edit_docx(TEMPLATE, folder / "template.docx", **changes)))


def swap(one: str, other: str) -> Change:
    def change(xml: str) -> str:
        assert xml.count(one) == xml.count(other) == 1
        return xml.replace(one, "\0").replace(other, one).replace("\0", other)

    return change


def put(old: str, new: str) -> Change:
    def change(xml: str) -> str:
        assert xml.count(old) == 1, f"{old} stands {xml.count(old)} times"
        return xml.replace(old, new)

    return change


def before_section(xml_piece: str) -> Change:
    """`xml_piece` as the last thing of the body, before its page setup."""
    return lambda xml: xml[: xml.rindex("<w:sectPr")] + xml_piece + xml[xml.rindex("<w:sectPr") :]


def test_the_real_template_is_sound() -> None:
    assert audited(package.read(TEMPLATE)) == []


def where(address: str) -> str:
    """A placeholder's place as python-docx counts it."""
    for number, table in enumerate(tables(TEMPLATE), 1):
        for y, row in enumerate(table, 1):
            for x, text in enumerate(row, 1):
                if text == f"{{{{{address}}}}}":
                    return f"第 {number} 个表第 {y} 行第 {x} 格"
    raise AssertionError(address)


@pytest.mark.parametrize(
    ("one", "other"),
    [("b1a", "b1b"), ("b3a", "b4a"), ("c1a", "c1b"), ("c5g", "c6g"), ("c3b", "c24b"),
     ("c2f", "c2g"), ("d1a", "d2a"), ("d2e", "d3e"), ("b4a", "d1c")],
)  # fmt: skip
def test_two_exchanged_placeholders_are_told_in_both_cells(
    tmp_path: Path, one: str, other: str
) -> None:
    found = changed(tmp_path, document=swap(f"{{{{{one}}}}}", f"{{{{{other}}}}}"))
    assert [finding.code for finding in found] == ["L105", "L105"]
    told = {(f.message.partition("：")[0], f.hint.partition("（")[0]) for f in found}
    assert told == {
        (where(one), f"这一格应当是 {{{{{one}}}}}"),
        (where(other), f"这一格应当是 {{{{{other}}}}}"),
    }


def test_a_placeholder_that_is_gone_is_missed_and_nothing_else() -> None:
    whole = package.read(TEMPLATE)
    document = whole[DOCUMENT].decode()
    for address, cell in list(FORM_READ.cells.items())[::7]:
        members = {**whole, DOCUMENT: document.replace(f"{{{{{address}}}}}", "").encode()}
        (found,) = audited(members)
        assert found.code == "L103"
        assert f"“{cell.words}”（{address}）" in found.message
        assert f"{{{{{address}}}}}" in found.hint


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (put("{{b1b}}", "{{b1a}}"), "L104", None),
        (put("{{b1b}}", "{{b1x}}"), "L102", where("b1b")),
        (put("{{b1b}}", "{{b1b}}件"), "L107", where("b1b")),
        (put("{{b1b}}", "{{b1b}}{{b1c}}"), "L107", where("b1b")),
        (put("{{b1b}}", "{% if b1b %}"), "L106", where("b1b")),
        (put("{{b1b}}", "{{ b1b.__class__ }}"), "L102", where("b1b")),
        (put("{{b1b}}", "{{ [].append }}"), "L106", where("b1b")),
        (put("{{b1b}}", "{%tr for 行 in 引言 %}"), "L106", where("b1b")),
        (put("{{b1b}}", "{%p for 行 in 引言 %}"), "L106", where("b1b")),
        (put("{{b1b}}", "{{r b1b}}"), "L106", where("b1b")),
        (put("{{b1b}}", "{# 说明 #}"), "L106", where("b1b")),
        (put("{{b1b}}", "{% raw %}"), "L106", where("b1b")),
        (put("{{b1b}}", "{{ b1b|upper }}"), "L106", where("b1b")),
        (put("{{b1b}}", "{{ b1b() }}"), "L106", where("b1b")),
        (put("{{b1b}}", "{{ 1*9 }}"), "L106", where("b1b")),
        (put("{{b1b}}", "{{ b1b"), "L107", where("b1b")),
        (put("{{b1b}}", "b1b }}"), "L107", where("b1b")),
        (put("{{标题}}", "{{题目}}"), "L102", "正文第 1 段“{{题目}}”"),
        (put("{{标题}}", "{{标题.upper}}"), "L102", "正文第 1 段“{{标题.upper}}”"),
        (put("{{标题}}", "{{引言}}"), "L106", "正文第 1 段“{{引言}}”"),
        (put("{{标题}}", "{{标题}}{{b1a}}"), "L105", "正文第 1 段"),
        (put("{{标题}}", "{{标题}}{%p endfor %}"), "L107", "正文第 1 段"),
        (put("{%p for 行 in 发布行 %}", "{%p for 行 in 发布 %}"), "L102", "正文第 2 段"),
        (put("{%p for 行 in 发布行 %}", "{% for 行 in 发布行 %}"), "L106", "正文第 2 段"),
        (put("{%p for 行 in 发布行 %}", "{%p for 行 in range(9) %}"), "L106", "正文第 2 段"),
        (put("{%p for 行 in 发布行 %}", "甲"), "L107", "正文第 4 段"),
        (before_section(PARAGRAPH.format("{%p endfor %}")), "L107", "正文第 "),
        (before_section(PARAGRAPH.format("{{x.__class__}}")), "L102", "正文第 "),
        (before_section(PARAGRAPH.format("{%p if 标题 %}")), "L106", "正文第 "),
        (put("一、总体情况", "一、整体情况"), "L108", None),
        (swap("五、存在的主要问题及改进情况", "六、其他需要报告的事项"), "L108", None),
        (swap("{%p for 段 in 总体情况 %}", "{%p for 段 in 存在问题 %}"), "L108", None),
        (put("{%p for 段 in 总体情况 %}", "{%p for 段 in 引言 %}"), "L10[34]", None),
    ],
)
def test_a_fault_is_told_where_word_shows_it(
    tmp_path: Path, change: Change, code: str, place: str | None
) -> None:
    found = changed(tmp_path, document=change)
    assert any(
        re.fullmatch(code, finding.code) and finding.message.startswith(place or "")
        for finding in found
    ), found
    for finding in found:
        assert finding.message.endswith("。")
        assert finding.hint
        if finding.code in ("L102", "L105", "L106", "L107"):
            assert PLACE.match(finding.message)


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ("1.属于国家秘密", "1.属于国家机密", [f"c5{x}" for x in "abcdefg"]),
        ("现行有效件数", "现行有效", ["b1c", "b2c"]),
        ("（四）无法提供", "（四）不能提供", [f"c{n}{x}" for n in (13, 14, 15) for x in "abcdefg"]),
        ("第二十条第（五）项", "第二十条第（六）项", ["b3a"]),
    ],
)
def test_a_misspelt_label_is_told_for_its_cells(
    tmp_path: Path, old: str, new: str, cells: list[str]
) -> None:
    found = changed(tmp_path, document=lambda xml: xml.replace(f">{old}<", f">{new}<", 1))
    assert {finding.code for finding in found} == {"L105"}
    assert {f.message.partition("：")[0] for f in found} == {where(cell) for cell in cells}
    assert all(new in finding.message for finding in found)


@pytest.mark.parametrize(
    "change",
    [
        put("本年废止件数", "本年废止件数（包括自然失效和不再按规范性文件管理）"),
        put("1.属于国家秘密", "1．屬於國家秘密"),
        put("{{b1b}}", "{{ b1b }}"),
        put("{{b1b}}", '{{b1</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>b}}'),
        put("{{标题}}", "{</w:t></w:r><w:r><w:t>{标</w:t></w:r><w:r><w:t>题}}"),
        before_section(PARAGRAPH.format("附：单位 {{单位}}，{{年度}}年")),
    ],
)
def test_an_offices_own_hand_is_left_alone(tmp_path: Path, change: Change) -> None:
    folder = own_templates(tmp_path)
    edit_docx(TEMPLATE, folder / TEMPLATE.name, document=change)
    ran = nianbao("generate", "--templates", folder, EXAMPLE, cwd=tmp_path)
    assert ran.code == 0, ran.out
    assert tables(tmp_path / "outputs" / "青石镇2025.docx")[0][2][1:] == ["0", "0", "0"]


RELATION = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}" TargetMode="External"/></Relationships>'
)
RELS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    ("member", "change", "code"),
    [
        ("document", put("{{标题}}</w:t></w:r>", '{{标题}}</w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>加</w:t></w:r></w:ins>'), "L109"),
        ("document", put("{{标题}}</w:t></w:r>", '{{标题}}</w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>减</w:delText></w:r></w:del>'), "L109"),
        (RELS, put("</Relationships>", RELATION.format("image", "http://example.com/x.png")), "L109"),
        (RELS, put("</Relationships>", RELATION.format("attachedTemplate", "file:///x.dotm")), "L109"),
        ("word/vbaProject.bin", lambda _: "x", "L109"),
        ("word/embeddings/oleObject1.bin", lambda _: "x", "L109"),
        ("word/activeX/activeX1.xml", lambda _: "<x/>", "L109"),
        ("word/footer1.xml", put("— <", "{{b1a}}<"), "L102"),
        ("word/footer1.xml", put("— <", "{% if 单位 %}<"), "L106"),
        ("document", put("{{标题}}</w:t></w:r>", "{{标题}}</w:t></w:r><w:r><w:pict><w:txbxContent>" + PARAGRAPH.format("{{单位}}") + "</w:txbxContent></w:pict></w:r>"), "L106"),
        ("document", put("{{标题}}</w:t>", "{{标题}}</w:t><w:instrText>{{单位}}</w:instrText>"), "L106"),
        ("document", put("{{标题}}</w:t></w:r>", '{{标题}}</w:t></w:r><w:bookmarkStart w:id="9" w:name="{{单位.upper}}"/><w:bookmarkEnd w:id="9"/>'), "L106"),
        ("document", before_section("<w:customXml>" + PARAGRAPH.format("{{单位}}") + "</w:customXml>"), "L106"),
    ],
    ids=["insertion", "deletion", "image", "attached", "macros", "ole", "activex", "footer",
         "footer code", "text box", "field code", "attribute", "custom xml"],
)  # fmt: skip
def test_what_a_template_must_not_carry_is_told(
    tmp_path: Path, member: str, change: Change, code: str
) -> None:
    found = changed(tmp_path, **{member: change})
    assert code in [finding.code for finding in found]


def test_a_link_for_readers_is_allowed(tmp_path: Path) -> None:
    link = put("</Relationships>", RELATION.format("hyperlink", "https://example.com"))
    assert changed(tmp_path, **{RELS: link}) == []


def test_a_spoilt_template_stops_the_command(tmp_path: Path) -> None:
    folder = own_templates(tmp_path)
    edit_docx(TEMPLATE, folder / TEMPLATE.name, document=swap("{{b1a}}", "{{b1b}}"))
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    ran = nianbao("generate", path, cwd=tmp_path)
    assert ran.code == 3
    assert f"{where('b1a')}：b1b 是“本年废止件数·规章”的数" in ran.out
    assert TEMPLATE.name in ran.out
    assert not (tmp_path / "outputs").exists()
    assert FORM.name in {file.name for file in folder.iterdir()}
