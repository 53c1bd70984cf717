"""The package conventions of Open XML: parts, what they are and what they point to.

Knows content types and relationships, and that the main part is the one that
the package's own relationships name. Knows the XML of a part is plain: UTF-8 or
UTF-16, no DTD, no entities, of a size and depth that can be read. What a part
may be or point to is `guard`'s to say.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from xml.parsers import expat

from nianbao.word.allowed import (
    KINDS,
    MAIN,
    MAIN_TYPE,
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
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
    """As written."""
    mode: str
    part: str
    """The member that an internal one leads to, whether or not it is there."""
    exact: bool
    """False where the member is called so in other letters, small or capital: not all find it."""

    @property
    def internal(self) -> bool:
        return self.mode == "Internal"


@dataclass(frozen=True, slots=True)
class Declared:
    """[Content_Types].xml: what each part is, in small letters."""

    endings: dict[str, str]
    parts: dict[str, str]

    def of(self, name: str) -> str:
        """The content type of a member, "" for none."""
        own = self.parts.get(name.casefold())
        return own or self.endings.get(name.rpartition(".")[2].casefold(), "")


@dataclass(frozen=True, slots=True)
class Entry:
    """An element right under the first of a part that is a list: content types, relationships."""

    namespace: str
    name: str
    attributes: dict[str, str]
    bare: bool
    """True where nothing stands in it."""


def entries(data: bytes) -> tuple[str, list[Entry]]:
    """The first element of such a part, as {namespace}name, and those under it. Raises ExpatError."""
    first = ""
    found: list[Entry] = []
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, first
        namespace, _, local = name.rpartition(" ")
        if depth == 0:
            first = f"{{{namespace}}}{local}"
        elif depth == 1:
            found.append(Entry(namespace, local, attributes, bare=True))
        elif depth == 2:
            found[-1] = replace(found[-1], bare=False)
        depth += 1

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.Parse(data, True)
    return first, found


def checked(members: Members) -> Members:
    """`members`, each part that is of a kind in XML known to be plain and in UTF-8.

    Raises DamagedError. What no relationship leads to, or is of no known kind, is left unread.
    """
    for needed in (TYPES, RELS):
        if needed not in members:
            raise DamagedError(f"里面没有 {needed}")
    found = dict(members)
    counted = _Counted()
    for name in members:
        if name == TYPES or source_of(name) is not None:
            found[name] = _plain(name, members[name], counted)
    for name in in_xml(found):
        found[name] = _plain(name, members[name], counted)
    main_part(found)
    return found


@dataclass
class _Counted:
    """The elements of a package."""

    elements: int = 0


def _plain(name: str, data: bytes, counted: _Counted) -> bytes:
    """A part in UTF-8, known to be small and simple enough to be read. Raises DamagedError."""
    if len(data) > MAX_XML:
        raise DamagedError(f"里面的 {shown(name)} 有 {MAX_XML // 1_000_000} MB 以上")
    data = _in_utf8(name, data)
    depth = 0

    def begin(element: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        counted.elements += 1
        if counted.elements > MAX_ELEMENTS:
            raise DamagedError(f"里面的 {shown(name)} 太复杂，元素超过了 {MAX_ELEMENTS} 个")
        if depth > MAX_DEPTH:
            raise DamagedError(f"里面的 {shown(name)} 套得太深，超过了 {MAX_DEPTH} 层")
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            raise DamagedError(
                f"里面的 {shown(name)} 有一个 {shown(element.rpartition(' ')[2])} 的属性太多"
            )

    def end(_element: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise DamagedError(f"里面的 {shown(name)} 带有 DTD（文档类型声明）")

    parser = expat.ParserCreate("utf-8", " ")
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise unreadable(name) from problem
    return data


def unreadable(name: str) -> DamagedError:
    return DamagedError(f"里面的 {shown(name)} 读不出来，不是完整的 XML")


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


def declared(members: Members) -> Declared:
    """The content types. Raises DamagedError where two readers could read two things."""
    found = Declared({}, {})
    root, listed = entries(members[TYPES])
    if root != f"{{{TYPES_NAMESPACE}}}Types":
        raise DamagedError(f"{TYPES} 写得不对")
    for entry in listed:
        content_type = entry.attributes.get("ContentType", "").strip().casefold()
        kind = entry.name if entry.namespace == TYPES_NAMESPACE else ""
        if kind == "Default":
            table, key = found.endings, entry.attributes.get("Extension", "").casefold()
        elif kind == "Override":
            table, key = found.parts, overridden(entry)
        else:
            raise DamagedError(f"{TYPES} 里有不认识的 {shown(entry.name)}")
        if not key or not content_type or not entry.bare or key in table:
            raise DamagedError(f"{TYPES} 里 {shown(key)} 写了两次，或者没有写全")
        table[key] = content_type
    return found


def overridden(entry: Entry) -> str:
    """The part, in small letters, that an entry of the content types is about, "" for an ending."""
    return entry.attributes.get("PartName", "").removeprefix("/").casefold()


def relationships_of(source: str) -> str:
    """The member that holds what a part ("" for the package) points to."""
    folder, slash, name = source.rpartition("/")
    return f"{folder}{slash}{_FOLDER}{name}{_ENDING}"


def source_of(name: str) -> str | None:
    """The part whose relationships a member holds; None when it holds none."""
    folder, _, file = name.rpartition("/")
    parents, _, last = folder.rpartition("/")
    if last.casefold() != "_rels" or not file.casefold().endswith(_ENDING):
        return None
    return f"{parents}/{file[: -len(_ENDING)]}".lstrip("/")


def everything(members: Members) -> dict[str, dict[str, Relationship]]:
    """What each part and the package ("") point to, by id. Raises DamagedError."""
    sources = {source_of(name) for name in members} - {None}
    names = {name.casefold(): name for name in members}
    return {
        names.get(source.casefold(), source): _read(members, source, names)
        for source in [*sorted(filter(None, sources)), ""]
    }


def relationships(members: Members, source: str) -> dict[str, Relationship]:
    """What a part ("" for the package) points to, by id. Raises DamagedError."""
    return _read(members, source, {name.casefold(): name for name in members})


def leads_to(members: Members) -> dict[str, list[Relationship]]:
    """The members that the package leads to, step by step, and by what. Raises DamagedError."""
    related = everything(members)
    found: dict[str, list[Relationship]] = {}
    waiting = [""]
    while waiting:
        for relation in related.get(waiting.pop(), {}).values():
            if relation.internal:
                if relation.part not in found:
                    waiting.append(relation.part)
                found.setdefault(relation.part, []).append(relation)
    return found


def in_xml(members: Members) -> list[str]:
    """The members that are XML of a known kind, by what leads to them and what they are said to be.

    These and no others are read, but for content types and relationships.
    """
    types = declared(members)
    return [
        name
        for name, related in leads_to(members).items()
        if name in members
        and any(
            one.type in KINDS
            and KINDS[one.type].roots
            and types.of(name) in KINDS[one.type].content_types
            for one in related
        )
    ]


def _read(members: Members, source: str, names: dict[str, str]) -> dict[str, Relationship]:
    """The relationships of a part; `names` are the members' by their small letters."""
    name = names.get(relationships_of(source).casefold())
    if name is None:
        return {}
    root, listed = entries(members[name])
    if root != f"{{{RELS_NAMESPACE}}}Relationships":
        raise DamagedError(f"里面的 {shown(name)} 写得不对")
    found: dict[str, Relationship] = {}
    for entry in listed:
        known = (entry.namespace, entry.name) == (RELS_NAMESPACE, "Relationship")
        if not known or not entry.bare or set(entry.attributes) - _ATTRIBUTES:
            raise DamagedError(f"里面的 {shown(name)} 有不认识的 {shown(entry.name)}")
        identifier, target = entry.attributes.get("Id", ""), entry.attributes.get("Target", "")
        if not identifier or not target or identifier in found:
            raise DamagedError(f"里面的 {shown(name)} 有两个 {shown(identifier)}，或者没有写全")
        part = _meant(source, target)
        found[identifier] = Relationship(
            source=source,
            id=identifier,
            type=entry.attributes.get("Type", ""),
            target=target,
            mode=entry.attributes.get("TargetMode", "Internal"),
            part=names.get(part.casefold(), part),
            exact=names.get(part.casefold(), part) == part and name == relationships_of(source),
        )
    return found


def _meant(source: str, target: str) -> str:
    """The name of the member that a target means, seen from its source."""
    base = [] if target.startswith("/") else source.split("/")[:-1]
    for step in target.partition("#")[0].split("/"):
        if step == "..":
            base = base[:-1]
        elif step not in ("", "."):
            base.append(step)
    return "/".join(base)


def main_part(members: Members) -> str:
    """The member that is the document: what the package's relationships name. Raises DamagedError."""
    named = [one for one in relationships(members, "").values() if one.type == MAIN]
    if len(named) != 1 or not named[0].internal:
        raise DamagedError(f"{RELS} 没有指明哪一个是正文")
    part = named[0].part
    if part not in members:
        raise DamagedError(f"{RELS} 说正文是 {shown(part)}，里面却没有")
    if declared(members).of(part) != MAIN_TYPE:
        raise DamagedError(f"里面的 {shown(part)} 不是 Word 的正文，或者带有宏")
    return part


def related(members: Members, source: str, kind: str) -> str | None:
    """The member that a part's relationship of this type leads to."""
    read = in_xml(members)
    wanted = (one for one in relationships(members, source).values() if one.type == kind)
    return next((one.part for one in wanted if one.internal and one.part in read), None)
