"""A Word package held against the allow-list: what it carries that may not be there.

Knows how parts, relationships, elements, attributes and fields of a package are
judged, and says of each that is not known to be harmless in which part and at
which place it stands. Strips nothing: what is printed is what was looked at.
Knows no form and no placeholder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from lxml import etree

from nianbao.chinese.excerpt import shortened
from nianbao.diagnostics import Finding, finding
from nianbao.word import field, opc, template
from nianbao.word.allowed import (
    ADDRESS,
    ATTRIBUTE_NAMESPACES,
    COMPATIBILITY,
    CUSTOM_PROPERTIES,
    ELEMENTS,
    FETCHING,
    HYPERLINK,
    KINDS,
    LINKS,
    MAX_COLUMNS,
    REFERENCES,
    RELS_TYPE,
    STRICT,
    UNUSED_TYPES,
    WORD,
    WORDS,
)
from nianbao.word.archive import Members, shown
from nianbao.word.field import Fault
from nianbao.word.opc import TYPES, Relationship
from nianbao.word.trees import parse_xml

_W = f"{{{WORD}}}"
_MC = f"{{{COMPATIBILITY}}}"
_SPANS = (f"{_W}gridSpan", f"{_W}gridBefore", f"{_W}gridAfter")
_DRAWN = (f"{_W}drawing", f"{_W}pict")
_AGAIN = "用自带的模板重做，只改样式"
_KNOWN_TYPES = UNUSED_TYPES | {one for kind in KINDS.values() for one in kind.content_types}
_BOOKMARK = "#"
_PROPERTIES = "docprops/"
_DELETE = "在 Word 里删掉它，再保存"


def carried(members: Members) -> Iterator[Finding]:
    """Everything in a package that is not on the allow-list."""
    types = opc.declared(members)
    main = opc.main_part(members)
    everything = opc.everything(members)
    reached = opc.leads_to(members)
    yield from _strangers(types)
    for source, related in everything.items():
        if source and source not in members:
            name = opc.relationships_of(source)
            yield _refused(f"模板的 {shown(name)} 属于 {shown(source)}，里面却没有它")
        for relation in related.values():
            yield from _relationship(relation, members)
    for name, data in members.items():
        if name == TYPES:
            continue
        if opc.source_of(name) is not None:
            if types.of(name) != RELS_TYPE:
                yield _refused(f"模板的 {shown(name)} 说自己是 {shown(types.of(name))}，不能用")
            continue
        led = reached.get(name, [])
        if not led:
            yield _refused(f"模板里夹带了 {shown(name)}，没有哪一处用到它")
        wrong = list(chain.from_iterable(_part(name, data, one, types) for one in led))
        yield from wrong
        known = [KINDS[one.type] for one in led if one.type in KINDS]
        if wrong or not any(kind.roots for kind in known):
            continue
        root = parse_xml(data)
        if all(kind.discarded for kind in known):
            yield from _custom_properties(name, root)
        else:
            if name.casefold().startswith(_PROPERTIES):
                yield _refused(f"模板的 {shown(name)} 不是属性，却放在属性的地方")
            place = Places(name, root, main=name == main)
            yield from _content(root, everything.get(name, {}), place)


# --- parts and relationships ---------------------------------------------------------


def _strangers(types: opc.Declared) -> Iterator[Finding]:
    """Content types that no part of a report has."""
    for key, content_type in chain(types.endings.items(), types.parts.items()):
        if content_type not in _KNOWN_TYPES:
            yield _refused(f"模板的 {TYPES} 里，{shown(key)} 是 {shown(content_type)}，不能用")


def _relationship(relation: Relationship, members: Members) -> Iterator[Finding]:
    where = shown(opc.relationships_of(relation.source))
    target = shown(relation.target)
    short = relation.type.rpartition("/")[2]
    if relation.type.startswith(STRICT):
        yield _refused(
            f"模板的 {where} 是“Strict Open XML”格式的（{shown(short)}，{target}），读不了",
            "在 Word 里另存为普通的“Word 文档（.docx）”",
        )
    elif relation.type == HYPERLINK:
        inside = relation.target.startswith(_BOOKMARK)
        if relation.mode != "External" or not (inside or ADDRESS.fullmatch(relation.target)):
            yield _refused(
                f"模板的 {where} 里有一个链接指向“{target}”（hyperlink），"
                "链接只能指向网页（http、https）和邮箱（mailto）",
                "在 Word 里取消这个链接，再保存",
            )
    elif relation.type not in KINDS:
        kind = relation.type.removeprefix(f"{LINKS}/")
        yield _refused(f"模板的 {where} 引用了“{target}”（{shown(kind)}），不能用")
    elif not relation.internal:
        yield _refused(
            f"模板的 {where} 引用了外面的文件“{target}”（{shown(short)}），不能用",
            "在 Word 里断开链接，再保存",
        )
    elif relation.part not in members:
        yield _refused(f"模板的 {where} 引用了“{target}”（{shown(short)}），里面却没有它")
    elif not relation.exact:
        said = f"模板的 {where} 引用的“{target}”（{shown(short)}），大小写和里面的文件不一样"
        yield _refused(said, "用 Word 打开，另存为 .docx")


def _part(name: str, data: bytes, relation: Relationship, types: opc.Declared) -> Iterator[Finding]:
    """What is wrong with a part that this relationship leads to."""
    allowed = KINDS.get(relation.type)
    if allowed is None:
        return
    short = relation.type.rpartition("/")[2]
    by = f"{shown(opc.relationships_of(relation.source))} 引用的 {shown(name)}（{short}）"
    content_type = types.of(name)
    if content_type not in allowed.content_types:
        yield _refused(f"模板的 {by}是 {shown(content_type) or '不知道什么'}，不能用")
    elif name.rpartition(".")[2].casefold() not in allowed.endings:
        yield _refused(f"模板的 {by}的后缀不能用")
    elif allowed.magic and not data.startswith(allowed.magic):
        yield _refused(f"模板的 {by}不是图片（png、jpeg、emf），却说自己是")
    elif allowed.roots and parse_xml(data).tag not in allowed.roots:
        yield _refused(f"模板的 {by}里面不是它该有的内容")


def _content(
    root: etree._Element, related: Mapping[str, Relationship], place: Places
) -> Iterator[Finding]:
    for element in root.iter():
        yield from _element(element, related, place)
    for instruction in _around(root):
        yield _refused(f"{place.of(root)}有处理指令 {shown(instruction)}，不能用")
    for fault in field.read(root).faults:
        yield _refused(f"{place.of(fault.at)}有{shown(fault.what)}，不能用", _DELETE)


def _around(root: etree._Element) -> Iterator[str]:
    """Processing instructions before and behind a part's first element."""
    for sibling in chain(root.itersiblings(preceding=True), root.itersiblings()):
        if isinstance(sibling, etree._ProcessingInstruction):
            yield str(sibling.target)


def _custom_properties(name: str, root: etree._Element) -> Iterator[Finding]:
    """Properties that somebody gave a document: labels, people."""
    for element in root:
        given = element.get("name") if isinstance(element.tag, str) else None
        if given is not None and given not in CUSTOM_PROPERTIES:
            yield _refused(
                f"模板的 {name} 里有自定义属性“{shown(given)}”，不能用",
                "在 Word 的“文件—信息—属性—高级属性—自定义”里删掉它，再保存",
            )


# --- elements and attributes ------------------------------------------------------------


class Places:
    """Where an element of a part stands, as an office colleague counts."""

    def __init__(self, name: str, root: etree._Element, *, main: bool) -> None:
        self._name = shown(name)
        body = root.find(f"{_W}body") if main else None
        self._body = body
        self._numbers: dict[etree._Element, str] | None = None

    def of(self, element: etree._Element) -> str:
        """The start of a sentence: the part, and in the main one the paragraph or cell."""
        where = self._in_the_text(element) if self._body is not None else ""
        return f"模板的 {self._name} 里，{where}" if where else f"模板的 {self._name} 里"

    def _in_the_text(self, element: etree._Element) -> str:
        if self._numbers is None:
            self._numbers = {}
            lines = tables = 0
            for block in template.blocks(self._body) if self._body is not None else ():
                if block.tag == f"{_W}tbl":
                    tables += 1
                    self._numbers[block] = f"第 {tables} 个表"
                else:
                    lines += 1
                    said = shortened(template.texts(block).strip())
                    self._numbers[block] = f"正文第 {lines} 段{f'“{shown(said)}”' if said else ''}"
        inner = ""
        for around in chain([element], element.iterancestors()):
            if around in self._numbers:
                return self._numbers[around] + inner
            if around.tag == f"{_W}tc":
                inner = f"第 {_at(around)} 格"
            elif around.tag == f"{_W}tr":
                inner = f"第 {_at(around)} 行{inner}"
        before, behind = element.itersiblings(preceding=True), element.itersiblings()
        previous = next((one for one in before if one in self._numbers), None)
        if previous is not None:
            return f"{self._numbers[previous]}后面"
        after = next((self._numbers[one] for one in behind if one in self._numbers), "")
        return f"{after}前面" if after else ""


def _at(element: etree._Element) -> int:
    """The number of a row or cell among its like."""
    return 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))


def _element(
    element: etree._Element, related: Mapping[str, Relationship], place: Places
) -> Iterator[Finding]:
    if isinstance(element, etree._Comment):
        return
    if not isinstance(element.tag, str):
        yield _refused(f"{place.of(element)}有处理指令，不能用")
        return
    name = etree.QName(element)
    if element.tag not in ELEMENTS:
        said = WORDS.get(name.localname)
        what = f"{said}（{shown(name.localname)}）" if said else f"不认识的 {shown(name.localname)}"
        if name.namespace != WORD:
            what += f"（{shown(name.namespace or '没有命名空间')}）"
        yield _refused(f"{place.of(element)}有{what}，不能用", _HINTS.get(said or "", _DELETE))
    elif element.tag == f"{_MC}AlternateContent" and not _only_drawn(element):
        yield _refused(
            f"{place.of(element)}有因软件而异的文字（AlternateContent），不能用", _DELETE
        )
    if element.tag in _SPANS and not _is_a_span(element.get(f"{_W}val", "")):
        said = shown(element.get(f"{_W}val", ""))
        yield _refused(f"{place.of(element)}有一格跨的列数“{said}”写得不对（{name.localname}）")
    for key, value in element.attrib.items():
        attribute = etree.QName(key)
        yield from _attribute(element, attribute, str(value), related, place)


_HINTS = {
    "修订痕迹": "在 Word 的“审阅”里接受全部修订，再保存",
    "批注": "在 Word 的“审阅”里删除文档中的所有批注，再保存",
}


def _is_a_span(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 4 and int(value) <= MAX_COLUMNS


def _only_drawn(element: etree._Element) -> bool:
    """True when each of the alternatives is a drawing within a run."""
    parent = element.getparent()
    return (
        parent is not None
        and parent.tag == f"{_W}r"
        and all(inner.tag in _DRAWN for choice in element for inner in choice)
    )


def _attribute(
    element: etree._Element,
    attribute: etree.QName,
    value: str,
    related: Mapping[str, Relationship],
    place: Places,
) -> Iterator[Finding]:
    namespace, name = attribute.namespace or "", attribute.localname
    on = etree.QName(element).localname
    if namespace == LINKS:
        wanted = REFERENCES.get((on, name))
        relation = related.get(value)
        if wanted is None:
            yield _refused(f"{place.of(element)}有一处引用（{on} 的 r:{shown(name)}），不能用")
        elif relation is None or relation.type != wanted:
            said = f"{on} 的 r:{name}=“{shown(value)}”"
            yield _refused(f"{place.of(element)}有一处引用没有着落（{said}）")
    elif namespace == COMPATIBILITY and name != "Ignorable":
        yield _refused(f"{place.of(element)}有不认识的 {shown(name)}（{on}），不能用")
    elif namespace not in ATTRIBUTE_NAMESPACES:
        yield _refused(f"{place.of(element)}有不认识的 {shown(name)}（{shown(namespace)}），不能用")
    elif name in FETCHING and value:
        yield _refused(
            f"{place.of(element)}有一处指向别处（{on} 的 {name}=“{shown(value)}”），不能用", _DELETE
        )
    elif name == "style" and any(word in value.casefold() for word in ("url(", "behavior")):
        yield _refused(f"{place.of(element)}有一处样子指向别处（{on}），不能用", _DELETE)


def told(fault: Fault, place: Places) -> Finding:
    """What is said of what a reader does not see as it is written."""
    return _refused(f"{place.of(fault.at)}有{shown(fault.what)}，印出来和核对的会不一样", _DELETE)


def _refused(sentence: str, hint: str = "") -> Finding:
    advice = f"{hint}；删不掉的，{_AGAIN}" if hint else _AGAIN
    return finding("L109", f"{sentence}。", hint=advice)
