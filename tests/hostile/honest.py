"""Templates restyled by an office colleague, as Word, WPS, LibreOffice and python-docx write them.

Each must pass: the report is printed from it, and every number of the input stands in it.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt, RGBColor

from hostile import rawzip
from hostile.parts import (
    CORE,
    DOCUMENT,
    FONTS,
    FOOTER,
    HEAD,
    JPEG,
    MC,
    MS,
    RELS,
    ROOT_RELS,
    SETTINGS,
    STYLES,
    TEMPLATE,
    TYPES,
    W14,
    W15,
    WML,
    WP,
    WPS,
    A,
    Members,
    O,
    R,
    V,
    W,
    add,
    around,
    at_end,
    drawing,
    emf,
    extension,
    field,
    formatted,
    honest,
    in_footer,
    paragraph,
    paragraph_of,
    png,
    relate,
    run_of,
    setting,
    simple_field,
    swap,
    text,
    zipped,
)

Make = Callable[[Members], Members | bytes | None]


@dataclass(frozen=True)
class Template:
    """A template that must pass."""

    name: str
    make: Make

    def data(self) -> bytes:
        members = honest()
        made = self.make(members)
        if isinstance(made, bytes):
            return made
        return zipped(members if made is None else made)


CASES: list[Template] = []


def restyled(make: Make) -> Make:
    CASES.append(Template(make.__name__.replace("_", "-"), make))
    return make


@restyled
def as_it_is_shipped(members: Members) -> bytes:
    return TEMPLATE.read_bytes()


# --- Word -----------------------------------------------------------------------------

_WORD_NAMESPACES = (
    f'xmlns:mc="{MC}" xmlns:o="{O}" xmlns:v="{V}" xmlns:w10="urn:schemas-microsoft-com:office:word" '
    f'xmlns:wp="{WP}" xmlns:w14="{W14}" xmlns:w15="{W15}" '
    f'xmlns:w16cex="{MS}/word/2018/wordml/cex" xmlns:w16cid="{MS}/word/2016/wordml/cid" '
    f'xmlns:w16="{MS}/word/2018/wordml" xmlns:w16se="{MS}/word/2015/wordml/symex" '
    f'xmlns:wp14="{MS}/word/2010/wordprocessingDrawing" xmlns:wps="{WPS}" '
    f'xmlns:wpg="{MS}/word/2010/wordprocessingGroup" '
    'mc:Ignorable="w14 w15 w16se w16cid w16 w16cex wp14"'
)


def _ids(document: str) -> str:
    """Revision and paragraph numbers on paragraphs, rows and runs."""
    count = iter(range(1, 100_000))
    document = re.sub(
        r"<w:p>(?=<)",
        lambda _: (
            f'<w:p w14:paraId="{next(count):08X}" w14:textId="77777777" w:rsidR="00A1B2C3" '
            'w:rsidRDefault="00A1B2C3" w:rsidP="00D4E5F6">'
        ),
        document,
    )
    document = re.sub(
        r"<w:tr>",
        lambda _: (
            f'<w:tr w:rsidR="00A1B2C3" w14:paraId="{next(count):08X}" '
            'w14:textId="77777777" w:rsidTr="00D4E5F6">'
        ),
        document,
    )
    return document.replace("<w:r><w:rPr>", '<w:r w:rsidRPr="00D4E5F6"><w:rPr>')


@restyled
def saved_by_word(members: Members) -> None:
    """Everything that Word adds when it saves a file that it did not make."""
    _word_document(members)
    swap(
        members,
        SETTINGS,
        "<w:decimalSymbol",
        '<w:rsids><w:rsidRoot w:val="00A1B2C3"/><w:rsid w:val="00A1B2C3"/></w:rsids>'
        '<m:mathPr xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        '<m:mathFont m:val="Cambria Math"/><m:brkBin m:val="before"/><m:brkBinSub m:val="--"/>'
        '<m:smallFrac m:val="0"/><m:dispDef/><m:lMargin m:val="0"/><m:rMargin m:val="0"/>'
        '<m:defJc m:val="centerGroup"/><m:wrapIndent m:val="1440"/><m:intLim m:val="subSup"/>'
        '<m:naryLim m:val="undOvr"/></m:mathPr><w:themeFontLang w:val="en-US" '
        'w:eastAsia="zh-CN"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" '
        'w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" '
        'w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
        'w:followedHyperlink="followedHyperlink"/><w:shapeDefaults><o:shapedefaults '
        f'xmlns:o="{O}" xmlns:v="{V}" v:ext="edit" spidmax="1026"/><o:shapelayout xmlns:o="{O}" '
        f'xmlns:v="{V}" v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
        "</w:shapeDefaults><w:decimalSymbol",
    )
    swap(
        members,
        SETTINGS,
        "</w:settings>",
        f'<w14:docId xmlns:w14="{W14}" w14:val="1A2B3C4D"/><w15:chartTrackingRefBased '
        f'xmlns:w15="{W15}"/><w15:docId xmlns:w15="{W15}" '
        'w15:val="{1A2B3C4D-0000-4000-8000-123456789ABC}"/></w:settings>',
    )
    setting(
        members,
        '<w:bordersDoNotSurroundHeader/><w:proofState w:spelling="clean" w:grammar="clean"/>',
        "<w:defaultTabStop",
    )
    theme = (
        f'{HEAD}<a:theme xmlns:a="{A}" name="Office 主题"><a:themeElements><a:clrScheme name="Office">'
        + "".join(
            f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
            for name, value in (
                ("dk1", "000000"),
                ("lt1", "FFFFFF"),
                ("dk2", "44546A"),
                ("lt2", "E7E6E6"),
                *((f"accent{n}", "4472C4") for n in range(1, 7)),
                ("hlink", "0563C1"),
                ("folHlink", "954F72"),
            )
        )
        + '</a:clrScheme><a:fontScheme name="Office"><a:majorFont><a:latin typeface="等线 Light"/>'
        '<a:ea typeface=""/><a:cs typeface=""/><a:font script="Hans" typeface="等线 Light"/>'
        '</a:majorFont><a:minorFont><a:latin typeface="等线"/><a:ea typeface=""/>'
        '<a:cs typeface=""/></a:minorFont></a:fontScheme><a:fmtScheme name="Office">'
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>"
        + '<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
        + "</a:lnStyleLst><a:effectStyleLst>"
        + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
        + f"</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
    add(
        members,
        "word/theme/theme1.xml",
        theme,
        "application/vnd.openxmlformats-officedocument.theme+xml",
    )
    relate(members, "rId30", "theme", "theme/theme1.xml")
    _web_settings(members)
    _app(members, "Microsoft Office Word")
    _core(members, "张三丰")
    swap(
        members,
        STYLES,
        'w:count="376"/>',
        'w:count="376"><w:lsdException w:name="Normal" w:uiPriority="0" w:qFormat="1"/>'
        '<w:lsdException w:name="heading 1" w:uiPriority="9" w:qFormat="1"/></w:latentStyles>',
    )
    swap(members, STYLES, "<w:qFormat/>", '<w:qFormat/><w:rsid w:val="00A1B2C3"/>')


_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def _word_document(members: Members) -> None:
    swap(members, DOCUMENT, "<w:document ", f"<w:document {_WORD_NAMESPACES} ")
    members[DOCUMENT] = _ids(members[DOCUMENT].decode()).encode()


def _web_settings(members: Members) -> None:
    web = f'{HEAD}<w:webSettings xmlns:w="{W}"><w:optimizeForBrowser/><w:allowPNG/></w:webSettings>'
    add(members, "word/webSettings.xml", web, f"{WML}.webSettings+xml")
    relate(members, "rId31", "webSettings", "webSettings.xml")


def _app(members: Members, application: str) -> None:
    vt = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    content = (
        f'{HEAD}<Properties xmlns="{vt.replace("docPropsVTypes", "extended-properties")}" '
        f'xmlns:vt="{vt}"><Template>Normal.dotm</Template><TotalTime>3</TotalTime><Pages>6</Pages>'
        "<Words>300</Words><Characters>1700</Characters>"
        f"<Application>{application}</Application><DocSecurity>0</DocSecurity><Lines>14</Lines>"
        "<Paragraphs>3</Paragraphs><ScaleCrop>false</ScaleCrop><Company></Company>"
        "<LinksUpToDate>false</LinksUpToDate><CharactersWithSpaces>1900</CharactersWithSpaces>"
        "<SharedDoc>false</SharedDoc><HyperlinksChanged>false</HyperlinksChanged>"
        "<AppVersion>16.0000</AppVersion></Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    add(members, "docProps/app.xml", content, kind)
    relate(members, "rId3", "extended-properties", "docProps/app.xml", rels=ROOT_RELS)


def _core(members: Members, person: str) -> None:
    """Word always writes who made a file and who saved it last."""
    swap(
        members,
        CORE,
        "<dc:title>",
        f"<dc:creator>{person}</dc:creator><cp:keywords></cp:keywords><dc:description>"
        f"</dc:description><cp:lastModifiedBy>{person}</cp:lastModifiedBy><cp:revision>7"
        '</cp:revision><dcterms:created xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="dcterms:W3CDTF">'
        "2025-01-02T03:04:00Z</dcterms:created><dc:title>",
    )


@restyled
def split_and_marked_by_word(members: Members) -> None:
    """Placeholders cut into runs by the spelling checker, bookmarks, page breaks as last drawn."""
    run = run_of(members, "{{标题}}")
    swap(
        members,
        DOCUMENT,
        run,
        '<w:bookmarkStart w:id="0" w:name="_Hlk1"/><w:proofErr w:type="gramStart"/>'
        + text("{{标")
        + '<w:proofErr w:type="gramEnd"/>'
        + '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:lastRenderedPageBreak/><w:t>题</w:t>'
        '</w:r><w:proofErr w:type="spellStart"/>' + text("}}") + '<w:bookmarkEnd w:id="0"/>',
    )
    run = run_of(members, "{{c24a}}")
    swap(
        members,
        DOCUMENT,
        run,
        text("{{") + '<w:proofErr w:type="spellStart"/>' + text("c24a") + text("}}"),
    )
    at_end(
        members,
        paragraph(
            runs="<w:r><w:t>附注</w:t><w:noBreakHyphen/><w:softHyphen/><w:tab/><w:t>见上表</w:t>"
            '<w:br/><w:cr/></w:r><w:r><w:br w:type="page"/></w:r>'
        ),
    )


@restyled
def toggles_that_are_off(members: Members) -> None:
    """Word writes `w:vanish` with 0 where a style's hidden text was switched off."""
    formatted(members, "{{c24a}}", '<w:vanish w:val="0"/><w:webHidden w:val="false"/>')
    formatted(members, "{{c24g}}", '<w:b w:val="0"/><w:strike w:val="0"/>')


# --- pictures and shapes -----------------------------------------------------------------


def _picture(members: Members, file: str, data: bytes, kind: str, rid: str) -> str:
    members[f"word/media/{file}"] = data
    extension(members, file.rpartition(".")[2], kind)
    relate(members, rid, "image", f"media/{file}")
    return drawing(rid)


@restyled
def pictures_in_the_text(members: Members) -> None:
    runs = (
        _picture(members, "image1.png", png(), "image/png", "rId40")
        + _picture(members, "image2.jpeg", JPEG, "image/jpeg", "rId41")
        + _picture(members, "image3.emf", emf(), "image/x-emf", "rId42")
    )
    at_end(members, paragraph(runs=runs))


@restyled
def badge_in_the_header(members: Members) -> None:
    members["word/media/image1.png"] = png()
    extension(members, "png", "image/png")
    rels = "word/_rels/header1.xml.rels"
    relate(members, "rId1", "image", "media/image1.png", rels=rels)
    anchored = drawing("rId1")
    anchored = anchored.replace(
        '<wp:inline xmlns:wp="' + WP + '" distT="0" distB="0" distL="0" distR="0">',
        f'<wp:anchor xmlns:wp="{WP}" distT="0" distB="0" distL="114300" distR="114300" '
        'simplePos="0" relativeHeight="251658240" behindDoc="1" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
        '<wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph">'
        "<wp:posOffset>-30480</wp:posOffset></wp:positionV>",
    ).replace("</wp:inline>", "</wp:anchor>")
    anchored = re.sub(
        r"(<wp:extent [^>]*/>)",
        r'\1<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>',
        anchored,
    )
    _header(members, "default", "header1.xml", "rId43", paragraph(runs=anchored))


def _header(members: Members, kind: str, file: str, rid: str, blocks: str) -> None:
    content = f'{HEAD}<w:hdr xmlns:w="{W}" xmlns:r="{R}">{blocks}</w:hdr>'
    add(members, f"word/{file}", content, f"{WML}.header+xml")
    relate(members, rid, "header", file)
    document = members[DOCUMENT].decode()
    at = document.rindex('<w:footerReference w:type="even"')
    reference = f'<w:headerReference w:type="{kind}" r:id="{rid}"/>'
    members[DOCUMENT] = (document[:at] + reference + document[at:]).encode()


@restyled
def shapes_of_word_2010(members: Members) -> None:
    """A red line under the title: a drawing for new readers, VML for old ones."""
    drawn = (
        f'<w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="5600000" cy="0"/><wp:effectExtent l="0" t="19050" r="0" b="19050"/>'
        '<wp:docPr id="8" name="直接连接符 8"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{WPS}"><wps:wsp xmlns:wps="{WPS}">'
        '<wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5600000" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="28575"><a:solidFill>'
        '<a:srgbClr val="FF0000"/></a:solidFill><a:round/></a:ln></wps:spPr><wps:bodyPr/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = (
        f'<w:pict><v:line xmlns:v="{V}" xmlns:o="{O}" id="直接连接符 8" o:spid="_x0000_s1026" '
        'style="width:441pt;height:0" from="0,0" to="441pt,0" strokecolor="red" '
        'strokeweight="2.25pt"><v:stroke joinstyle="miter"/><o:lock v:ext="edit" '
        'shapetype="f"/></v:line></w:pict>'
    )
    alternatives = (
        f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:wps="{WPS}" Requires="wps">'
        f"{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    title = paragraph_of(members, "{{标题}}")
    swap(members, DOCUMENT, title, title + paragraph(runs=alternatives))


@restyled
def picture_in_vml(members: Members) -> None:
    """As Word 2007 and WPS keep old pictures: v:shapetype, v:shape, v:imagedata within."""
    _picture(members, "image1.png", png(), "image/png", "rId40")
    at_end(
        members,
        paragraph(
            runs=f'<w:r><w:pict><v:shapetype xmlns:v="{V}" xmlns:o="{O}" id="_x0000_t75" '
            'coordsize="21600,21600" o:spt="75" o:preferrelative="t" path="m@4@5l@4@11@9@11@9@5xe" '
            'filled="f" stroked="f"><v:stroke joinstyle="miter"/><v:formulas><v:f '
            'eqn="if lineDrawn pixelLineWidth 0"/></v:formulas><v:path o:extrusionok="f" '
            'gradientshapeok="t" o:connecttype="rect"/><o:lock v:ext="edit" aspectratio="t"/>'
            f'</v:shapetype><v:shape xmlns:v="{V}" xmlns:o="{O}" id="_x0000_i1025" '
            'type="#_x0000_t75" style="width:28pt;height:28pt"><v:imagedata r:id="rId40" '
            'o:title="logo"/></v:shape></w:pict></w:r>'
        ),
    )


# --- fields and links ----------------------------------------------------------------------


@restyled
def page_numbers_of_every_kind(members: Members) -> None:
    in_footer(
        members,
        text("第")
        + field(" PAGE  \\* MERGEFORMAT ")
        + text("页 共")
        + field(" NUMPAGES ")
        + text("页，本节")
        + simple_field(" SECTIONPAGES ")
        + text("页"),
    )


@restyled
def table_of_contents(members: Members) -> None:
    entry = (
        '<w:hyperlink w:anchor="_Toc1" w:history="1">'
        + text("一、总体情况目录项")
        + "<w:r><w:rPr><w:webHidden/></w:rPr><w:tab/></w:r>"
        + field(" PAGEREF _Toc1 \\h ").replace(
            "<w:r><w:fldChar", "<w:r><w:rPr><w:webHidden/></w:rPr><w:fldChar"
        )
        + "</w:hyperlink>"
    )
    contents = (
        '<w:sdt><w:sdtPr><w:id w:val="-123"/><w:docPartObj><w:docPartGallery '
        'w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtEndPr/>'
        "<w:sdtContent>"
        + paragraph("目录")
        + paragraph(runs=field(' TOC \\o "1-3" \\h \\z \\u ', result=entry))
        + "</w:sdtContent></w:sdt>"
    )
    title = paragraph_of(members, "{{标题}}")
    swap(members, DOCUMENT, title, title + contents)
    heading = run_of(members, "一、总体情况")
    swap(
        members,
        DOCUMENT,
        heading,
        f'<w:bookmarkStart w:id="1" w:name="_Toc1"/>{heading}<w:bookmarkEnd w:id="1"/>',
    )


@restyled
def date_and_references_in_the_header(members: Members) -> None:
    runs = (
        field(' DATE \\@ "yyyy年M月d日" ', result="2026年1月2日")
        + field(' STYLEREF "heading 1" ', result="一、总体情况")
        + simple_field(" REF _Ref1 \\h ", "总体情况")
    )
    _header(members, "default", "header1.xml", "rId44", paragraph(runs=runs))
    heading = run_of(members, "一、总体情况")
    swap(
        members,
        DOCUMENT,
        heading,
        f'<w:bookmarkStart w:id="1" w:name="_Ref1"/>{heading}<w:bookmarkEnd w:id="1"/>',
    )


@restyled
def links_to_a_site_and_a_mailbox(members: Members) -> None:
    relate(members, "rId45", "hyperlink", "https://www.example.gov.cn/col/1.html?a=1", "External")
    relate(members, "rId46", "hyperlink", "mailto:office@example.gov.cn", "External")
    relate(members, "rId47", "hyperlink", "http://example.gov.cn/", "External")
    links = "".join(
        f'<w:hyperlink r:id="{rid}" w:history="1" w:tooltip="打开">{text(said)}</w:hyperlink>'
        for rid, said in (("rId45", "网站"), ("rId46", "邮箱"), ("rId47", "旧网站"))
    )
    at_end(
        members,
        paragraph(runs=links + field(' HYPERLINK "http://example.gov.cn/x" ', result="另一处")),
    )


# --- structure ---------------------------------------------------------------------------------


@restyled
def footnotes_and_endnotes(members: Members) -> None:
    for kind, rid in (("footnote", "rId48"), ("endnote", "rId49")):
        separators = "".join(
            f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:{kind}>'
            for name, number, mark in (
                ("separator", -1, "separator"),
                ("continuationSeparator", 0, "continuationSeparator"),
            )
        )
        note = (
            f'<w:{kind} w:id="1"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f"<w:{kind}Ref/></w:r>{text(' 统计口径见条例。')}</w:p></w:{kind}>"
        )
        content = f'{HEAD}<w:{kind}s xmlns:w="{W}">{separators}{note}</w:{kind}s>'
        add(members, f"word/{kind}s.xml", content, f"{WML}.{kind}s+xml")
        relate(members, rid, f"{kind}s", f"{kind}s.xml")
    at_end(
        members,
        paragraph(
            "附注",
            runs='<w:r><w:footnoteReference w:id="1"/></w:r>'
            '<w:r><w:endnoteReference w:id="1"/></w:r>',
        ),
    )
    setting(
        members,
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:endnotePr><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>',
        "<w:compat>",
    )


@restyled
def a_landscape_section(members: Members) -> None:
    """Table three on pages that lie: a section in front of its heading, one behind the table."""
    page = (
        '<w:pgSz w:w="{w}" w:h="{h}"{o}/><w:pgMar w:top="1587" w:right="1474" w:bottom="1474" '
        'w:left="1587" w:header="851" w:footer="992" w:gutter="0"/><w:cols w:space="425"/>'
        '<w:docGrid w:type="lines" w:linePitch="312"/>'
    )
    upright = page.format(w=11906, h=16838, o="")
    lying = page.format(w=16838, h=11906, o=' w:orient="landscape"')
    heading = paragraph_of(members, "三、收到和处理政府信息公开申请情况")
    before = f"<w:p><w:pPr><w:sectPr>{upright}</w:sectPr></w:pPr></w:p>"
    swap(members, DOCUMENT, heading, before + heading)
    heading = paragraph_of(members, "四、政府信息公开行政复议、行政诉讼情况")
    before = f'<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/>{lying}</w:sectPr></w:pPr></w:p>'
    swap(members, DOCUMENT, heading, before + heading)


@restyled
def content_controls(members: Members) -> None:
    """Around a loop's paragraphs, around a run, around nothing that is printed."""
    document = members[DOCUMENT].decode()
    start = document.index(paragraph_of(members, "{%p for 行 in 发布行 %}"))
    end = document.index(paragraph_of(members, "一、总体情况"))
    before = (
        '<w:sdt><w:sdtPr><w:alias w:val="开头"/><w:tag w:val="head"/><w:id w:val="77"/>'
        '<w:lock w:val="sdtLocked"/><w:placeholder><w:docPart w:val="DefaultPlaceholder_1"/>'
        '</w:placeholder><w15:appearance xmlns:w15="' + W15 + '" w15:val="hidden"/></w:sdtPr>'
        "<w:sdtContent>"
    )
    behind = "</w:sdtContent></w:sdt>"
    members[DOCUMENT] = (
        document[:start] + before + document[start:end] + behind + document[end:]
    ).encode()
    around(
        members,
        "{{标题}}",
        '<w:sdt><w:sdtPr><w:alias w:val="标题"/><w:id w:val="78"/><w:text/></w:sdtPr><w:sdtContent>',
        behind,
    )


@restyled
def first_and_even_pages(members: Members) -> None:
    for kind, number in (("default", 1), ("first", 2), ("even", 3)):
        _header(
            members,
            kind,
            f"header{number}.xml",
            f"rId5{number}",
            paragraph(f"年度报告 {kind}", properties='<w:jc w:val="center"/>'),
        )
    add(members, "word/footer3.xml", members[FOOTER], f"{WML}.footer+xml")
    relate(members, "rId54", "footer", "footer3.xml")
    swap(
        members,
        DOCUMENT,
        '<w:footerReference w:type="even"',
        '<w:footerReference w:type="first" r:id="rId54"/><w:footerReference w:type="even"',
    )
    document = members[DOCUMENT].decode()
    at = document.rindex("<w:docGrid")
    members[DOCUMENT] = (document[:at] + "<w:titlePg/>" + document[at:]).encode()


@restyled
def effects_of_word_2010_and_2013(members: Members) -> None:
    swap(members, DOCUMENT, "<w:document ", f"<w:document {_WORD_NAMESPACES} ")
    formatted(
        members,
        "{{标题}}",
        '<w14:textOutline w14:w="0"><w14:noFill/></w14:textOutline>'
        '<w14:ligatures w14:val="none"/><w14:numForm w14:val="default"/>',
    )
    heading = paragraph_of(members, "一、总体情况")
    folded = heading.replace("</w:pPr>", '<w15:collapsed w:val="0"/></w:pPr>', 1)
    folded = folded.replace("<w:p>", '<w:p w14:paraId="12345678" w14:textId="77777777">', 1)
    swap(members, DOCUMENT, heading, folded)


@restyled
def lists_with_numbers(members: Members) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}" w:tplc="0409001{n}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{420 * (n + 1)}" w:hanging="420"/></w:pPr></w:lvl>'
        for n, (kind, shown) in enumerate(
            (("chineseCountingThousand", "（%1）"), ("decimal", "%2."), ("bullet", "●"))
        )
    )
    numbering = (
        f'{HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        '<w:nsid w:val="1A2B3C4D"/><w:multiLevelType w:val="hybridMultilevel"/>'
        f'<w:tmpl w:val="5E6F7A8B"/>{levels}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    add(members, "word/numbering.xml", numbering, f"{WML}.numbering+xml")
    relate(members, "rId55", "numbering", "numbering.xml")
    at_end(
        members,
        paragraph(
            "附件清单",
            properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        ),
    )


@restyled
def tables_drawn_anew(members: Members) -> None:
    """Lines, shading and bands as the table tools set them."""
    swap(
        members,
        DOCUMENT,
        '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>',
        '<w:tcBorders><w:top w:val="double" w:sz="6" w:space="0" w:color="C00000" '
        'w:themeColor="accent1"/></w:tcBorders><w:shd w:val="pct5" w:color="auto" '
        'w:fill="FFF2CC"/>',
    )
    swap(
        members,
        DOCUMENT,
        "<w:trPr>",
        '<w:tblPrEx><w:tblCellMar><w:left w:w="10" w:type="dxa"/></w:tblCellMar></w:tblPrEx>'
        "<w:trPr>",
    )
    swap(
        members,
        STYLES,
        "</w:styles>",
        '<w:style w:type="table" w:customStyle="1" w:styleId="Banded"><w:name w:val="带状"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/>'
        '<w:tblStyleColBandSize w:val="1"/></w:tblPr><w:tblStylePr w:type="band1Horz"><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/></w:tcPr></w:tblStylePr></w:style>'
        "</w:styles>",
    )


@restyled
def white_numbers_on_a_dark_ground(members: Members) -> None:
    """A row as some offices set their totals."""
    document = members[DOCUMENT].decode()
    at = document.index("{{c24a}}")
    cell = document.rindex("</w:tcPr>", 0, at)
    run = document.rindex("<w:rPr>", 0, at)
    members[DOCUMENT] = (
        f'{document[:cell]}<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
        f'{document[cell : run + 7]}<w:color w:val="FFFFFF"/>{document[run + 7 :]}'
    ).encode()


# --- packages as other programs write them --------------------------------------------------------


@restyled
def main_part_under_another_name(members: Members) -> Members:
    """Word on the web calls it document2.xml: it is found through _rels/.rels."""
    swap(members, ROOT_RELS, "word/document.xml", "word/document2.xml")
    swap(members, TYPES, "/word/document.xml", "/word/document2.xml")
    names = {DOCUMENT: "word/document2.xml", RELS: "word/_rels/document2.xml.rels"}
    return {names.get(name, name): data for name, data in members.items()}


@restyled
def targets_from_the_root(members: Members) -> None:
    """Some programs write every target with a slash in front, and relationships with a prefix."""
    swap(members, ROOT_RELS, 'Target="word/', 'Target="/word/')
    swap(members, ROOT_RELS, 'Target="docProps/', 'Target="/docProps/')
    rels = members[RELS].decode()
    rels = rels.replace('Target="', 'Target="/word/')
    rels = rels.replace("<Relationship ", "<p:Relationship ").replace(
        "<Relationships xmlns=", "<p:Relationships xmlns:p="
    )
    members[RELS] = rels.replace("</Relationships>", "</p:Relationships>").encode()


@restyled
def written_as_a_stream(members: Members) -> bytes:
    """Sizes behind the data, not compressed, content types last, a byte order mark in the XML."""
    order = sorted(members, key=lambda name: name == TYPES)
    members[FONTS] = b"\xef\xbb\xbf" + members[FONTS]

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for name in order:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), members[name])
    return pipe.getvalue()


@restyled
def written_in_another_hand(members: Members) -> bytes:
    """Line breaks between elements, single quotes, no standalone, comments, names not in UTF-8."""
    settings = members[SETTINGS].decode()
    settings = settings.replace("><w:", ">\r\n  <w:").replace(' standalone="yes"', "")
    settings = settings.replace('<w:zoom w:percent="100"/>', "<w:zoom w:percent='100'/><!-- 甲 -->")
    members[SETTINGS] = settings.encode()
    members[TYPES] = members[TYPES].replace(b"><", b">\n<")
    entries = rawzip.entries(members)
    for entry in entries:
        entry.flags = 0
    return rawzip.written(entries)


@restyled
def saved_by_wps(members: Members) -> None:
    """WPS always writes its build among the custom properties and an item of its own."""
    _word_document(members)
    vt = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for pid, name, value in (
            (2, "KSOProductBuildVer", "2052-12.1.0.18608"),
            (3, "ICV", "0123456789ABCDEF0123456789ABCDEF_12"),
        )
    )
    add(
        members,
        "docProps/custom.xml",
        f'{HEAD}<Properties xmlns="{custom}" xmlns:vt="{vt}">{properties}</Properties>',
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    )
    relate(members, "rId4", "custom-properties", "docProps/custom.xml", rels=ROOT_RELS)
    _app(members, "WPS Office_12.1.0.18608_F1E327BC-269C-435d-A152-05C5408002CA")
    wps = "http://www.wps.cn/officeDocument/2013/wpsCustomData"
    add(
        members,
        "customXml/item1.xml",
        f'{HEAD}<s:customData xmlns="{wps}" xmlns:s="{wps}"><extobjs/></s:customData>',
    )
    item = (
        f'{HEAD}<ds:datastoreItem ds:itemID="{{B1977F7D-205B-4081-913C-38D41E755F92}}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{wps}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    add(members, "customXml/itemProps1.xml", item, kind)
    relate(members, "rId56", "customXml", "../customXml/item1.xml")
    rels = "customXml/_rels/item1.xml.rels"
    relate(members, "rId1", "customXmlProps", "itemProps1.xml", rels=rels)


@restyled
def restyled_with_python_docx(members: Members) -> bytes:
    """Fonts, sizes, margins, a header and a picture, through another program's interface."""
    document = docx.Document(str(TEMPLATE))
    document.styles["Normal"].font.size = Pt(15)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0xC0, 0, 0)
    section = document.sections[-1]
    section.left_margin = Cm(2.6)
    section.header.paragraphs[0].text = "政府信息公开"
    document.paragraphs[0].paragraph_format.space_after = Pt(20)
    document.add_picture(io.BytesIO(png()), width=Cm(1))
    section.different_first_page_header_footer = True
    assert section.orientation == WD_ORIENT.PORTRAIT
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


# --- LibreOffice -----------------------------------------------------------------------------------


def soffice() -> str | None:
    """LibreOffice's own command, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def saved_by_libreoffice() -> bytes:
    """The template, opened and saved again."""
    command = soffice()
    assert command, "LibreOffice (soffice) is not installed"
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            [
                command,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                f"{folder}/out",
                str(TEMPLATE),
            ],
            env={**os.environ, "HOME": folder},
            capture_output=True,
            timeout=180,
            check=False,
        )
        made = Path(folder) / "out" / TEMPLATE.name
        assert made.exists(), ran.stderr.decode(errors="replace")
        return made.read_bytes()
