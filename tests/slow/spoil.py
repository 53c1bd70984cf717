"""Templates and forms spoiled at random, with a preference for what may not be there.

`PYTHONPATH=tests python tests/slow/spoil.py template-17 >x.docx` (or form-17) writes one of them:
each is made from its own name alone, so that a complaint names what to run again.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from functools import cache

from hostile import honest, parts, rawzip
from hostile.outside import plain_form
from hostile.parts import DOCUMENT, MC, W14, Members, O, R, V, W
from lxml import etree

_W = f"{{{W}}}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@cache
def _originals() -> tuple[bytes, ...]:
    return tuple(case.data() for case in honest.CASES)


def template(number: int) -> bytes:
    """One spoiled template; the same one every time."""
    chance = random.Random(f"template-{number}")
    original = _originals()[chance.randrange(len(_originals())) if chance.random() < 0.6 else 0]
    members = parts.unzipped(original)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        chance.choice(_MEMBERS)(members, chance)
    data = parts.zipped(members)
    if chance.random() < 0.08:
        data = chance.choice(_ZIPS)(data, members, chance)
    return data


# --- elements ------------------------------------------------------------------------------

_FIELDS = (
    *(" DDEAUTO c:\\\\x y ", " DDE x y ", ' INCLUDEPICTURE "http://198.51.100.7/x.png" '),
    *(
        ' INCLUDETEXT "\\\\\\\\h\\\\s" ',
        " LINK Excel.Sheet x ",
        " MACROBUTTON Run 甲 ",
        " AUTOTEXT 甲 ",
    ),
    *(" MERGEFIELD 甲 ", " USERNAME ", " DOCVARIABLE 甲 ", " =1+1 ", ' HYPERLINK "file:///C:/x" '),
    *(" PAGE ", " NUMPAGES ", ' DATE \\@ "yyyy" ', " STYLEREF 甲 ", " REF _x ", " TOC \\o ", " X "),
)
_BLOCKS = (
    '<w:altChunk r:id="rId1"/>',
    '<w:p><w:subDoc r:id="rId1"/></w:p>',
    "<w:p><w:r><w:object/></w:r></w:p>",
    '<w:p><w:ins w:id="1" w:author="甲"><w:r><w:t>乙</w:t></w:r></w:ins></w:p>',
    '<w:p><w:del w:id="1" w:author="甲"><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>',
    "<w:p><w:r><w:t>999</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>｛｛标题｝｝</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{{c24a}}</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{%p for 甲 in 总体情况 %}</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "<w:customXml w:uri='urn:x' w:element='x'><w:p/></w:customXml>",
    f'<w:p><w:r><w:pict><v:shape xmlns:v="{V}"><v:imagedata src="http://198.51.100.7/x"/></v:shape>'
    "</w:pict></w:r></w:p>",
    f'<w:p><w:r><w:pict><o:OLEObject xmlns:o="{O}" r:id="rId1"/></w:pict></w:r></w:p>',
)
_RUNS = (
    '<w:commentReference w:id="0"/>',
    '<w:permStart w:id="1" w:ed="a@b"/>',
    "<w:contentPart r:id='rId1'/>",
    "<w:instrText> DDEAUTO x y </w:instrText>",
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="end"/>',
    '<w:sym w:font="Wingdings" w:char="F039"/>',
    "<w:surprise/>",
    '<script xmlns="urn:x"/>',
    "<w:delText>9</w:delText>",
    "<w:t>9</w:t>",
)
_FORMATS = (
    "<w:vanish/>",
    '<w:rPrChange w:id="1" w:author="甲"><w:rPr/></w:rPrChange>',
    '<w:pPrChange w:id="1" w:author="甲"><w:pPr/></w:pPrChange>',
    "<w:specVanish/>",
    "<w:hidden/>",
    '<w:sz w:val="²"/>',
    '<w:ind w:left="28mm"/>',
    '<w:numPr><w:numId w:val="1"/></w:numPr>',
)
_WRAPPERS = (
    '<w:ins w:id="1" w:author="甲">|</w:ins>',
    '<w:del w:id="1" w:author="甲">|</w:del>',
    '<w:moveTo w:id="1" w:author="甲">|</w:moveTo>',
    '<w:fldSimple w:instr=" DDEAUTO x y ">|</w:fldSimple>',
    '<w:fldSimple w:instr=" PAGE ">|</w:fldSimple>',
    '<w:hyperlink w:anchor="x">|</w:hyperlink>',
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{x}"/></w:sdtPr>'
    "<w:sdtContent>|</w:sdtContent></w:sdt>",
    "<w:sdt><w:sdtPr/><w:sdtContent>|</w:sdtContent></w:sdt>",
    "<w:smartTag w:uri='urn:x' w:element='x'>|</w:smartTag>",
    "<w:customXml w:uri='urn:x' w:element='x'>|</w:customXml>",
    '<w:bdo w:val="rtl">|</w:bdo>',
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="w14" xmlns:w14="{W14}"/>'
    "<mc:Fallback>|</mc:Fallback></mc:AlternateContent>",
    '<z:z xmlns:z="urn:z">|</z:z>',
)
_SETTINGS = (
    '<w:docVars><w:docVar w:name="甲" w:val="乙"/></w:docVars>',
    '<w:attachedTemplate r:id="rId1"/>',
    '<w:mailMerge><w:mainDocumentType w:val="email"/></w:mailMerge>',
    '<w:attachedSchema w:val="urn:x"/>',
    '<w:saveThroughXslt r:id="rId1"/>',
)
_VALUES = (
    *("", "0", "-1", "²", "28mm", "22pt", "9" * 5000, "true", "x", "http://198.51.100.7/"),
    *("file:///C:/x", "javascript:x", "rId1", "External", "external", "{{标题}}", "DDEAUTO x y"),
)
_TAGS = (
    *("p", "r", "t", "tc", "tr", "tbl", "sdt", "sdtContent", "ins", "del", "object", "altChunk"),
    *("control", "fldSimple", "instrText", "subDoc", "vanish", "hyperlink", "surprise", "body"),
)


def _xml(members: Members, chance: random.Random) -> tuple[str, etree._Element] | None:
    """A part, mostly the document, and its tree."""
    names = sorted(name for name in members if name.endswith((".xml", ".rels")))
    main = [name for name in names if re.fullmatch(r"word/document2?\.xml", name)]
    name = chance.choice(main if main and chance.random() < 0.6 else names)
    try:
        return name, etree.fromstring(members[name], _PARSER)
    except etree.XMLSyntaxError:
        return None


def _element(xml: str) -> etree._Element:
    return etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{R}">{xml}</x>', _PARSER)[0]


def _field(chance: random.Random) -> str:
    code = chance.choice(_FIELDS)
    if chance.random() < 0.3:
        escaped = code.replace('"', "&quot;")
        return f'<w:p><w:fldSimple w:instr="{escaped}"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    cut = chance.randrange(len(code))
    pieces = (code[:cut], code[cut:]) if chance.random() < 0.5 else (code,)
    return f"<w:p>{parts.field(*pieces)}</w:p>"


def _insert(members: Members, chance: random.Random) -> None:
    if (found := _xml(members, chance)) is None:
        return
    name, root = found
    if name.endswith("settings.xml"):
        new = chance.choice(_SETTINGS)
        places = [root]
    else:
        kind = chance.randrange(4)
        new = (
            _field(chance),
            chance.choice(_BLOCKS),
            chance.choice(_RUNS),
            chance.choice(_FORMATS),
        )[kind]
        tags = (("body", "tc", "ftr"), ("body", "tc", "ftr"), ("r", "p"), ("rPr", "pPr", "trPr"))[
            kind
        ]
        places = list(root.iter(*(_W + tag for tag in tags))) or [root]
    place = chance.choice(places)
    place.insert(chance.randrange(len(place) + 1), _element(new))
    members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _change(change: Callable[[etree._Element, random.Random], None]) -> _Spoil:
    """Something done to one element of a part."""

    def spoil(members: Members, chance: random.Random) -> None:
        if (found := _xml(members, chance)) is None:
            return
        name, root = found
        inner = [element for element in root.iter(etree.Element) if element is not root]
        if inner:
            change(chance.choice(inner), chance)
            members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return spoil


_Spoil = Callable[[Members, random.Random], None]


def _rename(element: etree._Element, chance: random.Random) -> None:
    element.tag = chance.choice((f"{_W}{chance.choice(_TAGS)}", "{urn:x}y", f"{{{MC}}}Choice"))


def _reassign(element: etree._Element, chance: random.Random) -> None:
    name = chance.choice([*map(str, element.attrib), f"{_W}val", f"{{{R}}}id", "href"])
    element.set(name, chance.choice(_VALUES))


def _lose(element: etree._Element, chance: random.Random) -> None:
    above = element.getparent()
    assert above is not None
    above.remove(element)


def _repeat(element: etree._Element, chance: random.Random) -> None:
    element.addnext(etree.fromstring(etree.tostring(element, with_tail=False), _PARSER))


def _move(element: etree._Element, chance: random.Random) -> None:
    above = element.getparent()
    assert above is not None
    places = [e for e in element.getroottree().iter(etree.Element) if e not in element.iter()]
    place = chance.choice(places)
    place.insert(chance.randrange(len(place) + 1), element)


def _wrap(element: etree._Element, chance: random.Random) -> None:
    wrapper = _element(chance.choice(_WRAPPERS).replace("|", '<w:p w:rsidR="0HERE"/>'))
    (hole,) = [e for e in wrapper.iter(f"{_W}p") if e.get(f"{_W}rsidR") == "0HERE"]
    element.addnext(wrapper)
    inside = hole.getparent()
    assert inside is not None
    inside.replace(hole, element)


def _retell(element: etree._Element, chance: random.Random) -> None:
    texts = [e for e in element.getroottree().iter(f"{_W}t", f"{_W}instrText") if e.text]
    if texts:
        told = chance.choice(texts)
        text = told.text or ""
        cut = chance.randrange(len(text) + 1)
        told.text = chance.choice(
            (
                text[:cut] + chance.choice("{}｛｝%9 甲") + text[cut:],
                text[:cut] + text[cut + 1 :],
                text.replace("{{", "｛｛"),
                chance.choice(_FIELDS),
            )
        )


# --- members ----------------------------------------------------------------------------------

_NAMES = (
    *("word/evil.vbs", "word/evil.hta", "word/evil.lnk", "../evil.txt", "/etc/evil", r"C:\evil"),
    *("word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/DOCUMENT.XML", "con.xml"),
    *("word/comments.xml", "word/people.xml", "customXml/item1.xml", "word/activeX/activeX1.xml"),
    *("customUI/customUI.xml", "word/extra.xml", "docMetadata/LabelInfo.xml", "word/x.htm"),
    *("word/_rels/footer2.xml.RELS", "word/media/x.png", "docProps/custom.xml", "word/x.dotm"),
)
_CONTENTS = (
    b"x",
    b"",
    b"MZ\x90\0",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    b"<html><script>1</script></html>",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    parts.png(),
)
_TYPES = (
    *("application/xml", "image/png", "text/html", "application/vnd.ms-office.vbaProject"),
    *("application/vnd.ms-office.activeX+xml", f"{parts.WML}.comments+xml", "", "x"),
    *(f"{parts.WML}.footer+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
)
_KINDS = (
    *("image", "hyperlink", "oleObject", "package", "aFChunk", "attachedTemplate", "subDocument"),
    *("comments", "footer", "header", "theme", "customXml", "control", "frame", "officeDocument"),
    *(f"{parts.MS}/2006/relationships/vbaProject", "http://example.org/x"),
)
_TARGETS = (
    *("http://198.51.100.7/x.png", "file:///C:/x", "javascript:x", "../../x", "styles.xml"),
    *("https://example.gov.cn/", "mailto:a@example.gov.cn", "footer2.xml", "/word/x.htm", "x.htm"),
    *(r"\\198.51.100.7\s\x", "media/x.png", "vbaProject.bin", "nothing.xml"),
)
_MODES = ("", "External", "external", "External ", "Internal", "EXTERNAL")


def _add_member(members: Members, chance: random.Random) -> None:
    members[chance.choice(_NAMES)] = chance.choice(_CONTENTS)


def _add_type(members: Members, chance: random.Random) -> None:
    name = chance.choice([*members, *_NAMES]).replace('"', "").replace("&", "")
    entry = f'<Override PartName="/{name}" ContentType="{chance.choice(_TYPES)}"/>'
    _append(members, "[Content_Types].xml", entry, "</Types>")


def _add_relationship(members: Members, chance: random.Random) -> None:
    rels = [name for name in members if name.endswith(".rels")]
    kind = chance.choice(_KINDS)
    kind = kind if "://" in kind else f"{R}/{kind}"
    mode = chance.choice(_MODES)
    entry = f'<Relationship Id="rId{chance.randrange(1, 99)}" Type="{kind}" Target="' + (
        f'{chance.choice(_TARGETS)}"' + (f' TargetMode="{mode}"' if mode else "") + "/>"
    )
    if rels:
        _append(members, chance.choice(sorted(rels)), entry, "</Relationships>")


def _append(members: Members, name: str, entry: str, end: str) -> None:
    if name in members:
        members[name] = members[name].replace(end.encode(), (entry + end).encode(), 1)


def _rename_member(members: Members, chance: random.Random) -> None:
    name = chance.choice(sorted(members))
    new = chance.choice((name.upper(), name.swapcase(), f"{name}.x", f"../{name}", f"x/{name}"))
    members[new] = members.pop(name)


def _lose_member(members: Members, chance: random.Random) -> None:
    members.pop(chance.choice(sorted(members)), None)


def _swap_members(members: Members, chance: random.Random) -> None:
    one, other = chance.choice(sorted(members)), chance.choice(sorted(members))
    members[one], members[other] = members[other], members[one]


def _reencode(members: Members, chance: random.Random) -> None:
    name = chance.choice(sorted(members))
    encoding = chance.choice(("utf-16", "gb18030", "utf-8-sig", "utf-32"))
    try:
        content = members[name].decode("utf-8").replace("UTF-8", encoding.upper(), 1)
        members[name] = content.encode(encoding)
    except UnicodeError:
        return


def _bytes(members: Members, chance: random.Random) -> None:
    name = chance.choice([*sorted(members), DOCUMENT])
    data = members.get(name, b"")
    if data:
        at = chance.randrange(len(data))
        new = chance.choice(
            (b"", b"<", b"&", b"]]>", b"<!DOCTYPE x>", b"\0", b"\xff", b"&#0;", b" ")
        )
        members[name] = data[:at] + new + data[at + chance.choice((0, 1, 5)) :]


_MEMBERS: tuple[_Spoil, ...] = (
    *(_insert,) * 6,
    *(_change(_wrap),) * 4,
    *(_change(_retell),) * 2,
    *map(_change, (_rename, _reassign, _reassign, _lose, _repeat, _move)),
    *(_add_relationship, _add_relationship, _add_member, _add_type),
    *(_rename_member, _lose_member, _swap_members, _reencode, _bytes),
)


# --- zips -------------------------------------------------------------------------------------


def _flip(data: bytes, members: Members, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, members: Members, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _in_front(data: bytes, members: Members, chance: random.Random) -> bytes:
    return chance.choice((b"MZ", b"\0" * 100, data)) + data


def _behind(data: bytes, members: Members, chance: random.Random) -> bytes:
    return data + chance.choice((b"MZ", b"\0" * 100, b"PK\x05\x06"))


def _lie(data: bytes, members: Members, chance: random.Random) -> bytes:
    entries = rawzip.entries(members)
    entry = chance.choice(entries)
    field = chance.choice(
        ("size", "crc", "method", "local_size", "local_method", "flags", "claimed")
    )
    setattr(entry, field, chance.choice((0, 1, 8, 10, 12, 0xFFFF, 0x7FFFFFFF)) & 0xFFFF)
    return rawzip.written(entries)


_ZIPS = (_flip, _flip, _cut, _in_front, _behind, _lie)


# --- forms ------------------------------------------------------------------------------------

_TYPED = "：，［］｛｝“”（）〔〕…＃|—－０９甲乙 \t:,[]{}|>-#&*!%@`\"'\\?~/0179²"
_HOSTILE = (
    *("（甲）" * 60, "甲…乙…丙…丁…戊…己…庚", "＃甲＃乙＃丙＃"),
    *("{{单位", "｛｛单位｝｝", "{{7*7}}", "{% for x in y %}", "{{单位.__class__}}", "{{标题}}"),
    *("9" * 5000, "-1", "²", "1e999", "2月30日", "2023-2022", "13月1日", "0x10", "1_000"),
    *("&a 甲", "*a", "<<: *a", "!!python/name:os.system", "!x 甲", "---", "...", "%YAML 1.2"),
    *(
        "[" * 300,
        "{甲: " * 300,
        '"\\e[31m"',
        '"\\0"',
        "../x",
        "__class__",
        "null",
        "[]",
        "{}",
        '""',
    ),
    *("甲 + 乙 = 丙", "甲 = ", "+ + +", "是", "否", "〔甲|", "（甲", "甲" * 3000),
)


@cache
def _forms() -> tuple[str, ...]:
    whole = parts.FORM.read_text("utf-8")
    return whole, plain_form(), parts.SMALL_FORM.read_text("utf-8")


def form(number: int) -> tuple[bool, bytes]:
    """Whether it was the small form, and one spoiled form; the same one every time."""
    chance = random.Random(f"form-{number}")
    small = chance.random() < 0.6
    text = _forms()[2] if small else _forms()[chance.random() < 0.7]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        text = chance.choice(_LINES)(text, chance)
    return small, text.encode("utf-8", "surrogatepass")


def _line(lines: list[str], chance: random.Random) -> int:
    return chance.randrange(len(lines))


def _on_lines(spoil: Callable[[list[str], int, random.Random], None]) -> _SpoilText:
    def spoiled(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        spoil(lines, _line(lines, chance), chance)
        return "\n".join(lines)

    return spoiled


_SpoilText = Callable[[str, random.Random], str]


def _drop(lines: list[str], at: int, chance: random.Random) -> None:
    del lines[at : at + chance.choice((1, 1, 3))]


def _double(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(at, lines[at])


def _shift(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = chance.choice(("  " + lines[at], lines[at][2:], "\t" + lines[at]))


def _exchange(lines: list[str], at: int, chance: random.Random) -> None:
    other = _line(lines, chance)
    lines[at], lines[other] = lines[other], lines[at]


def _revalue(lines: list[str], at: int, chance: random.Random) -> None:
    """The value behind a colon becomes something hostile."""
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon or ': '}{chance.choice(_HOSTILE)}"


def _intrude(lines: list[str], at: int, chance: random.Random) -> None:
    """A word within a line becomes something hostile."""
    words = list(re.finditer(r"[\w＃（）…〔〕|]+", lines[at]))
    if words:
        word = chance.choice(words)
        new = chance.choice(_HOSTILE)
        new = new if chance.random() < 0.5 else f'"{new}"'
        lines[at] = lines[at][: word.start()] + new + lines[at][word.end() :]


def _type(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_TYPED) + text[at + chance.choice((0, 1)) :]


def _cut_text(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text))]


_LINES: tuple[_SpoilText, ...] = (
    *map(_on_lines, (_drop, _double, _shift, _exchange)),
    *(_on_lines(_revalue),) * 4,
    *(_on_lines(_intrude),) * 5,
    *(_type,) * 3,
    _cut_text,
)


if __name__ == "__main__":
    _kind, _, _number = sys.argv[1].partition("-")
    sys.stdout.buffer.write(
        template(int(_number)) if _kind == "template" else form(int(_number))[1]
    )
