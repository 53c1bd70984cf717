"""The package conventions of Open XML: parts, what they are and what they point to.

Knows content types and relationships, and that the main part is the one that
the package's own relationships name. Knows the XML of a part is plain: UTF-8 or
UTF-16, no DTD, no entities, of a size and depth that can be read. What a part
may be or point to is `guard`'s to say.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree

from nianbao.word.allowed import (
    MAIN,
    MAX_DEPTH,
    MAX_MARKUP,
    MAX_XML,
    RELS_NAMESPACE,
    TYPES_NAMESPACE,
)
from nianbao.word.archive import DamagedError, Members, shown

TYPES, RELS = "[Content_Types].xml", "_rels/.rels"
_FOLDER, _ENDING = "_rels/", ".rels"
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENCODING = re.compile(r"""(<\?xml[^>]*?encoding\s*=\s*)(["'])([\w.\-]+)\2""")
_READ = {"utf-8", "us-ascii", "ascii"}
_ATTRIBUTES = {"Id", "Type", "Target", "TargetMode"}


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part, or the package (source ""), points to."""

    source: str
    id: str
    type: str
    target: str
    """As written; `part` is the member that it means."""
    mode: str

    @property
    def internal(self) -> bool:
        return self.mode == "Internal"

    @property
    def part(self) -> str:
        """The name of the member that an internal relationship leads to."""
        base = [] if self.target.startswith("/") else self.source.split("/")[:-1]
        for step in self.target.split("/"):
            if step == "..":
                base = base[:-1]
            elif step not in ("", "."):
                base.append(step)
        return "/".join(base)


@dataclass(frozen=True, slots=True)
class Declared:
    """[Content_Types].xml: what each part is, in small letters."""

    endings: dict[str, str]
    parts: dict[str, str]

    def of(self, name: str) -> str:
        """The content type of a member, "" for none."""
        own = self.parts.get(name.casefold())
        return own or self.endings.get(name.rpartition(".")[2].casefold(), "")


def parse_xml(data: bytes) -> etree._Element:
    """Strict: no recovery, no entities, no DTD, no network. Raises XMLSyntaxError or ValueError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=False, huge_tree=False
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a DTD is not allowed")
    return root


def checked(members: Members) -> Members:
    """`members`, each part that is XML known to be readable and in UTF-8. Raises DamagedError."""
    for needed in (TYPES, RELS):
        if needed not in members:
            raise DamagedError(f"里面没有 {needed}")
    for name in members:
        meant = {TYPES.casefold(): TYPES, RELS.casefold(): RELS}.get(name.casefold(), name)
        if meant != name:
            raise DamagedError(f"里面的 {shown(name)} 大小写不对，应当是 {meant}")
    found = {}
    markup = 0
    for name, data in members.items():
        if not _looks_like_xml(name, data):
            found[name] = data
            continue
        if len(data) > MAX_XML:
            raise DamagedError(f"里面的 {shown(name)} 有 {MAX_XML // 1_000_000} MB 以上")
        text = _in_utf8(name, data)
        markup += text.count(b"<")
        if markup > MAX_MARKUP:
            raise DamagedError(f"里面的 {shown(name)} 太复杂，元素超过了 {MAX_MARKUP // 2} 个")
        _parsed(name, text)
        found[name] = text
    declared(found)
    main_part(found)
    return found


def _looks_like_xml(name: str, data: bytes) -> bool:
    """True of what is called XML, or begins as XML does."""
    begun = data[:64].removeprefix(codecs.BOM_UTF8).lstrip()
    named = name.casefold().endswith((".xml", _ENDING))
    return named or begun.startswith(b"<") or data.startswith(_BOMS)


def _in_utf8(name: str, data: bytes) -> bytes:
    """A part in UTF-8, whichever of the two permitted encodings it had. Raises DamagedError."""
    wide = data.startswith(_BOMS)
    try:
        text = data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as problem:
        raise DamagedError(f"里面的 {shown(name)} 不是 UTF-8 编码") from problem
    said = _ENCODING.match(text.removeprefix("\ufeff").lstrip()[:200])
    encoding = said[3].casefold() if said else "utf-8"
    if wide and encoding in ("utf-8", "utf-16"):
        return _ENCODING.sub(r"\1\2UTF-8\2", text, count=1).encode()
    if wide or encoding not in _READ:
        raise DamagedError(f"里面的 {shown(name)} 用了 {shown(encoding)} 编码，应当是 UTF-8")
    return data


def _parsed(name: str, data: bytes) -> etree._Element:
    """A part's first element. Raises DamagedError."""
    if b"<!DOCTYPE" in data:
        raise DamagedError(f"里面的 {shown(name)} 带有 DTD（文档类型声明）")
    try:
        root = parse_xml(data)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise DamagedError(f"里面的 {shown(name)} 读不出来，不是完整的 XML") from problem
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise DamagedError(f"里面的 {shown(name)} 套得太深，超过了 {MAX_DEPTH} 层")
    return root


def declared(members: Members) -> Declared:
    """The content types. Raises DamagedError where two readers could read two things."""
    found = Declared({}, {})
    root = parse_xml(members[TYPES])
    if root.tag != f"{{{TYPES_NAMESPACE}}}Types":
        raise DamagedError(f"{TYPES} 写得不对")
    for element in root:
        content_type = element.get("ContentType", "").strip().casefold()
        if element.tag == f"{{{TYPES_NAMESPACE}}}Default":
            table, key = found.endings, element.get("Extension", "").casefold()
        elif element.tag == f"{{{TYPES_NAMESPACE}}}Override":
            table, key = found.parts, element.get("PartName", "").removeprefix("/").casefold()
        else:
            raise DamagedError(f"{TYPES} 里有不认识的 {shown(_local(element))}")
        if not key or not content_type or len(element) or key in table:
            raise DamagedError(f"{TYPES} 里 {shown(key)} 写了两次，或者没有写全")
        table[key] = content_type
    return found


def relationships_of(source: str) -> str:
    """The member that holds what a part ("" for the package) points to."""
    folder, slash, name = source.rpartition("/")
    return f"{folder}{slash}{_FOLDER}{name}{_ENDING}"


def source_of(name: str) -> str | None:
    """The part whose relationships a member holds; None when it holds none."""
    folder, _, file = name.rpartition("/")
    parents, _, last = folder.rpartition("/")
    if last != "_rels" or not file.endswith(_ENDING):
        return None
    return f"{parents}/{file[: -len(_ENDING)]}".lstrip("/")


def relationships(members: Members, source: str) -> dict[str, Relationship]:
    """What a part ("" for the package) points to, by id. Raises DamagedError."""
    name = relationships_of(source)
    if name not in members:
        return {}
    root = parse_xml(members[name])
    if root.tag != f"{{{RELS_NAMESPACE}}}Relationships":
        raise DamagedError(f"里面的 {shown(name)} 写得不对")
    found: dict[str, Relationship] = {}
    for element in root:
        known = element.tag == f"{{{RELS_NAMESPACE}}}Relationship"
        if not known or len(element) or set(element.attrib) - _ATTRIBUTES:
            raise DamagedError(f"里面的 {shown(name)} 有不认识的 {shown(_local(element))}")
        identifier, target = element.get("Id", ""), element.get("Target", "")
        if not identifier or not target or identifier in found:
            raise DamagedError(f"里面的 {shown(name)} 有两个 {shown(identifier)}，或者没有写全")
        found[identifier] = Relationship(
            source=source,
            id=identifier,
            type=element.get("Type", ""),
            target=target,
            mode=element.get("TargetMode", "Internal"),
        )
    return found


def main_part(members: Members) -> str:
    """The member that is the document: what the package's relationships name. Raises DamagedError."""
    named = [one for one in relationships(members, "").values() if one.type == MAIN]
    if len(named) != 1 or not named[0].internal:
        raise DamagedError(f"{RELS} 没有指明哪一个是正文")
    part = named[0].part
    if part not in members:
        raise DamagedError(f"{RELS} 说正文是 {shown(part)}，里面却没有")
    if "wordprocessingml" not in declared(members).of(part):
        raise DamagedError(f"里面的 {shown(part)} 不是 Word 的正文，或者带有宏")
    return part


def related(members: Members, source: str, kind: str) -> str | None:
    """The member that a part's relationship of this type leads to."""
    wanted = (one for one in relationships(members, source).values() if one.type == kind)
    return next((one.part for one in wanted if one.internal and one.part in members), None)


def _local(element: etree._Element) -> str:
    """An element's name without its namespace; of a comment or instruction, what it is."""
    if isinstance(element, etree._Comment):
        return "注释"
    if isinstance(element, etree._ProcessingInstruction):
        return f"处理指令 {element.target!s}"
    return etree.QName(element).localname
