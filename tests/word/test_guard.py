"""What is not on the allow-list is refused, with its part and place, and what is on it is not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hostile import parts
from hostile.parts import DOCUMENT, FOOTER, RELS, SETTINGS, TYPES, Members
from lxml import etree

from nianbao.diagnostics import Finding
from nianbao.word import allowed, archive, field, guard, opc, seen
from nianbao.word.archive import DamagedError

Edit = Callable[[Members], object]


def carried(edit: Edit) -> list[Finding]:
    members = parts.honest()
    edit(members)
    return list(guard.carried(opc.checked(members)))


def code(*pieces: str) -> Edit:
    return lambda members: parts.at_end(members, parts.paragraph(runs=parts.field(*pieces)))


def test_the_shipped_template_carries_nothing() -> None:
    assert carried(lambda members: None) == []


def test_every_kind_of_part_is_named_once() -> None:
    types = [one for kind in allowed.KINDS.values() for one in kind.content_types]
    assert all(one == one.lower() for one in types)
    assert all(kind.roots or kind.endings != {"xml"} for kind in allowed.KINDS.values())


@pytest.mark.parametrize("name", sorted(allowed.FIELDS - {"HYPERLINK"}))
def test_a_field_on_the_list_passes(name: str) -> None:
    assert carried(code(f" {name} \\* MERGEFORMAT ")) == []
    assert carried(code(f"{name.lower()}\\h")) == []


@pytest.mark.parametrize(
    "pieces",
    [
        (" DDEAUTO x y ",),
        (" DDE", "AUTO x y "),
        ("\u3000\tddeauto x",),
        ("",),
        (" =1+1 ",),
        (" PAGEX ",),
        (" 页码 ",),
    ],
)
def test_any_other_field_is_told_at_its_paragraph(pieces: tuple[str, ...]) -> None:
    (found,) = carried(code(*pieces))
    assert found.code == "L109"
    assert re.search(r"word/document\.xml 里，正文第 \d+ 段“1”有域 ", found.message)
    assert "用自带的模板重做，只改样式" in found.hint


@pytest.mark.parametrize(
    ("arguments", "good"),
    [
        ('"https://www.example.gov.cn/a?b=1"', True),
        ('"mailto:a@example.gov.cn"', True),
        ('\\l "_Toc1" \\h', True),
        ('"http://example.gov.cn" \\o "打开" \\t "_blank"', True),
        ('"file:///C:/x.exe"', False),
        ("\\\\\\\\198.51.100.7\\\\x", False),
        ('"javascript:alert(1)"', False),
        ("“javascript:alert(1)”", False),
        ('"http://a" "file:///x"', False),
        ('\\s "x"', False),
        ('"unclosed', False),
    ],
)
def test_a_link_leads_to_the_web_a_mailbox_or_a_bookmark(arguments: str, good: bool) -> None:
    assert (carried(code(f" HYPERLINK {arguments} ")) == []) is good


@pytest.mark.parametrize(
    "runs",
    [
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r><w:instrText> PAGE </w:instrText></w:r>",
        parts.field(" PAGE ", parts.field(" NUMPAGES ")),
        parts.field(" PAGE ", "<w:r><w:t>5</w:t></w:r>"),
    ],
    ids=["open", "end", "separate", "code outside", "within a code", "text in a code"],
)
def test_a_field_out_of_shape_is_told(runs: str) -> None:
    root = etree.fromstring(f'<w:p xmlns:w="{parts.W}">{runs}</w:p>')
    assert field.read(root).faults


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda m: parts.add(m, "word/x.bin", b"x"), "word/x.bin"),
        (lambda m: parts.relate(m, "rId9", "aFChunk", "styles.xml"), "aFChunk"),
        (lambda m: parts.relate(m, "rId9", "image", "http://x/y.png", "External"), "http://x"),
        (lambda m: parts.relate(m, "rId9", "image", "http://x/y.png", "external"), "http://x"),
        (lambda m: parts.relate(m, "rId9", "header", "nothing.xml"), "里面却没有它"),
        (lambda m: parts.extension(m, "bin", "application/vnd.ms-office.vbaProject"), TYPES),
        (lambda m: parts.setting(m, "<w:docVars/>"), f"{SETTINGS} 里有文档变量"),
        (lambda m: parts.at_end(m, "<w:altChunk/>"), "后面有嵌入的文件（altChunk）"),
        (lambda m: parts.in_footer(m, "<w:ins/>"), f"{FOOTER} 里有修订痕迹（ins）"),
        (lambda m: parts.around(m, "{{c24a}}", "<w:bdo>", "</w:bdo>"), "第 2 个表第 27 行第 3 格"),
        (lambda m: parts.at_end(m, '<w:p w:x="1" r:href="rId1"/>'), "r:href"),
        (lambda m: parts.swap(m, DOCUMENT, "<w:body>", "<?x y?><w:body>"), "处理指令"),
    ],
)
def test_a_stranger_is_told_where_it_stands(edit: Edit, said: str) -> None:
    found = carried(edit)
    assert found
    assert any(said in finding.message for finding in found)
    assert all("用自带的模板重做，只改样式" in finding.hint for finding in found)


# --- parts as the conventions have them ------------------------------------------------


def test_the_main_part_is_what_the_package_names() -> None:
    members = parts.honest()
    assert opc.main_part(members) == DOCUMENT
    parts.swap(members, parts.ROOT_RELS, "word/document.xml", "/WORD/./Document.xml#x")
    assert opc.main_part(members) == DOCUMENT
    parts.swap(members, parts.ROOT_RELS, "/WORD/./Document.xml#x", "word/styles.xml")
    with pytest.raises(DamagedError, match="不是 Word 的正文"):
        opc.main_part(members)


def test_a_part_in_utf_16_is_read_and_in_gb18030_refused() -> None:
    members = parts.honest()
    styles = members[parts.STYLES].decode()
    members[parts.STYLES] = styles.replace("UTF-8", "UTF-16", 1).encode("utf-16")
    assert opc.checked(members)[parts.STYLES].decode() == styles
    members[parts.STYLES] = styles.replace("UTF-8", "GB18030", 1).encode("gb18030")
    with pytest.raises(DamagedError, match=r"word/styles\.xml"):
        opc.checked(members)


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        ("<w:p>" * allowed.MAX_DEPTH + "</w:p>" * allowed.MAX_DEPTH, "套得太深"),
        ("<w:p/>" * allowed.MAX_ELEMENTS, "太复杂"),
        ("<w:p " + " ".join(f'w:a{n}="1"' for n in range(61)) + "/>", "属性太多"),
        ("&lt;" * (allowed.MAX_XML // 4), "8 MB 以上"),
    ],
    ids=["depth", "elements", "attributes", "size"],
)
def test_the_caps_on_xml_are_said(xml: str, why: str) -> None:
    members = parts.honest()
    parts.at_end(members, xml)
    with pytest.raises(DamagedError, match=why):
        opc.checked(members)


@pytest.mark.parametrize("name", [TYPES, RELS, parts.STYLES, parts.CORE])
def test_a_dtd_is_refused_in_every_part(name: str) -> None:
    members = parts.honest()
    parts.swap(members, name, "?>", "?><!DOCTYPE x>")
    with pytest.raises(DamagedError, match="DTD"):
        opc.checked(members)


def test_shown_names_are_short_and_printable() -> None:
    assert archive.shown("a\x1b[31m" + "b" * 100).isprintable()


# --- what is seen ---------------------------------------------------------------------------


def faults(document: str, styles: str = "") -> list[str]:
    root = etree.fromstring(f'<w:body xmlns:w="{parts.W}">{document}</w:body>')
    known = etree.fromstring(f'<w:styles xmlns:w="{parts.W}">{styles}</w:styles>')
    return [fault.what for fault in seen.unseen(root, seen.styles(known))]


RUN = "<w:r><w:rPr>{}</w:rPr><w:t>{{{{c1a}}}}</w:t></w:r>"
STYLE = '<w:style w:type="character" w:styleId="{}"><w:basedOn w:val="{}"/>{}</w:style>'


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="1"/>', True),
        ("<w:specVanish/>", True),
        ("<w:webHidden/>", True),
        ('<w:vanish w:val="0"/>', False),
        ('<w:webHidden w:val="false"/>', False),
        ('<w:rStyle w:val="Heir"/>', True),
        ('<w:rStyle w:val="Plain"/>', False),
    ],
)
def test_hidden_text_is_told_also_by_its_style(properties: str, hidden: bool) -> None:
    styles = (
        STYLE.format("Hidden", "", "<w:rPr><w:vanish/></w:rPr>")
        + STYLE.format("Heir", "Hidden", "")
        + STYLE.format("Plain", "Heirless", "")
    )
    told = faults(f"<w:p>{RUN.format(properties)}</w:p>", styles)
    assert (told != []) is hidden
    assert all("隐藏" in what for what in told)


def test_an_empty_paragraph_may_have_a_hidden_mark() -> None:
    assert faults("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>") == []
    assert faults(f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{RUN.format('')}</w:p>") != []


@pytest.mark.parametrize(
    "cell",
    [
        f"<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>{RUN.format('')}</w:p>",
        f"<w:p><w:r><w:sym w:char='F039'/></w:r>{RUN.format('')}</w:p>",
        f"<w:p><w:fldSimple w:instr='PAGE'>{RUN.format('')}</w:fldSimple></w:p>",
        f"<w:tcPr><w:vMerge/></w:tcPr><w:p>{RUN.format('')}</w:p>",
    ],
    ids=["number", "symbol", "field", "merged"],
)
def test_a_cell_prints_its_number_and_nothing_beside_it(cell: str) -> None:
    assert faults(f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>")
