"""The package of a .docx as intake needs it: its parts as XML, whoever wrote them.

Knows that the main part is the one that the package's relationships name, in
either edition of the standard, and that a part is plain XML of a bounded size: a DTD
is refused at its first character. Refuses what is no .docx, saying what to do.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, XMLParser

from nianbao.word import archive
from nianbao.word.allowed import MAX_ELEMENTS, MAX_XML
from nianbao.word.archive import DamagedError, Members

_RELS = re.compile(r"/(?:relationships|metadata)/([A-Za-z]+)$")
_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a document that hold what it says."""

    main: Element
    numbering: Element | None
    styles: Element | None
    footnotes: tuple[Element, ...]


def read(data: bytes) -> Parts:
    """The parts of a .docx. Raises DamagedError."""
    members = archive.read(data)
    main = _related(members, "").get("officeDocument")
    if main is None or main not in members:
        raise DamagedError("里面没有指明哪一个是正文")
    beside = _related(members, main)

    def part(kind: str) -> Element | None:
        name = beside.get(kind)
        return _xml(name, members[name]) if name in members and name is not None else None

    notes = (part(kind) for kind in ("footnotes", "endnotes"))
    return Parts(
        plain(_xml(main, members[main])),
        _plain_or_none(part("numbering")),
        _plain_or_none(part("styles")),
        tuple(plain(note) for note in notes if note is not None),
    )


_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def plain(root: Element) -> Element:
    """A part in the names of the edition that most write."""
    if root.tag.startswith(_STRICT):
        for element in root.iter():
            element.tag = element.tag.replace(_STRICT, f"{{{_TRANSITIONAL}}}")
            for name in [name for name in element.attrib if name.startswith(_STRICT)]:
                element.attrib[name.replace(_STRICT, f"{{{_TRANSITIONAL}}}")] = element.attrib[name]
    return root


def _plain_or_none(root: Element | None) -> Element | None:
    return None if root is None else plain(root)


def _related(members: Members, source: str) -> dict[str, str]:
    """What a part ("" for the package) points to within the package, by the kind of relation."""
    folder, _, name = source.rpartition("/")
    held = posixpath.join(folder, "_rels", f"{name}.rels")
    names = {each.casefold(): each for each in members}
    found: dict[str, str] = {}
    rels = names.get(held.casefold())
    if rels is None:
        return found
    for each in _xml(rels, members[rels]):
        kind = _RELS.search(each.get("Type", ""))
        target = each.get("Target", "")
        if kind and each.get("TargetMode", "Internal") == "Internal":
            path = target if target.startswith("/") else posixpath.join("/", folder, target)
            inside = posixpath.normpath(path).lstrip("/")
            found.setdefault(kind[1], names.get(inside.casefold(), inside))
    return found


def _xml(name: str, data: bytes) -> Element:
    """The root of a part. Raises DamagedError."""
    if len(data) > MAX_XML:
        raise DamagedError(f"里面的 {archive.shown(name)} 有 {MAX_XML // 1_000_000} MB 以上")
    if data.startswith(_BOMS):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError as problem:
            raise DamagedError(f"里面的 {archive.shown(name)} 读不出来") from problem
    if b"<!DOCTYPE" in data:
        raise DamagedError(f"里面的 {archive.shown(name)} 带有 DTD（文档类型声明）")
    if data.count(b"<") > 2 * MAX_ELEMENTS:
        raise DamagedError(f"里面的 {archive.shown(name)} 太复杂，元素超过了 {MAX_ELEMENTS} 个")
    parser = XMLParser(encoding="utf-8")
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, ValueError) as problem:
        raise DamagedError(f"里面的 {archive.shown(name)} 读不出来，不是完整的 XML") from problem
    return root
