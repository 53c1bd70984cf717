"""A .docx as its members: read once and whole, written the same every time.

Knows the file on the disk, the parts that describe a document (properties, content
types, relationships) and the fingerprint that tells whether a document was
changed since it was generated. Knows nothing of what the pages say; what a zip
and a part may be is `archive`'s and `opc`'s.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from nianbao import regularfile
from nianbao.diagnostics import Rejected, reason_of, unusable
from nianbao.word import archive, opc
from nianbao.word.allowed import CORE, MAIN, MAX_PACKED, RELS_NAMESPACE, TYPES_NAMESPACE
from nianbao.word.archive import DamagedError, Members
from nianbao.word.opc import RELS, TYPES, main_part, parse_xml

__all__ = ["DamagedError", "Members", "main_part", "parse_xml"]

_CORE, _APP, _CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FINGERPRINT = "nianbao.fingerprint"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PART_TYPES = {
    _CORE: (
        "application/vnd.openxmlformats-package.core-properties+xml",
        CORE,
    ),
    _APP: (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        f"{_OFFICE}/relationships/extended-properties",
    ),
    _CUSTOM: (
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        f"{_OFFICE}/relationships/custom-properties",
    ),
}


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document tells of itself; `dated` stands for created and modified (UTC midnight)."""

    title: str
    author: str
    language: str
    description: str
    program: str
    version: str
    dated: date


def all_text(element: etree._Element) -> str:
    """Every character of text inside an element."""
    return "".join(str(piece) for piece in element.itertext())


def read(path: Path) -> Members:
    """The members of the .docx at `path`. Raises Rejected (L101, exit code 3)."""
    return opened(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """The .docx at `path` as it lies there. Raises Rejected (L101, exit code 3)."""
    try:
        data = regularfile.read(path, MAX_PACKED)
    except FileNotFoundError as problem:
        raise _refused(path, "找不到", "模板要和表式文件同名、放在一起") from problem
    except regularfile.TooLargeError as problem:
        raise _damaged(path, archive.too_large(problem.size)) from problem
    except regularfile.NotRegularError as problem:
        hint = "换成一个 Word 文档，和表式文件同名、放在一起"
        raise _refused(path, "打不开（这不是一个普通文件）", hint) from problem
    except OSError as problem:
        raise _refused(
            path, f"打不开（{reason_of(problem)}）", "看看它是不是一个文件、有没有权限"
        ) from problem
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(
            path, "是旧格式（.doc），或者加了密码", "用 Word 打开，去掉密码，另存为 .docx"
        )
    return data


def opened(data: bytes, path: Path) -> Members:
    """The members of the .docx that was read from `path`. Raises Rejected (L101, exit code 3)."""
    try:
        return unpack(data)
    except DamagedError as problem:
        raise _damaged(path, problem) from problem


def unpack(data: bytes) -> Members:
    """The members of a .docx, every part that is XML known to be plain. Raises DamagedError."""
    return opc.checked(archive.read(data))


def pack(members: Members) -> bytes:
    """The zip of `members`: sorted, dated 1980, so that the same members give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(members, key=lambda name: (name != TYPES, name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, members[name])
    return out.getvalue()


def with_properties(members: Members, properties: Properties) -> Members:
    """`members` with the document's own properties, and nothing of the template's author."""
    gone = _of_the_author(members)
    described = {name: data for name, data in members.items() if name not in gone}
    day = f"{properties.dated.isoformat()}T00:00:00Z"
    described[_CORE] = _xml(
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title>"
        f"<dc:creator>{escape(properties.author)}</dc:creator>"
        f"<dc:description>{escape(properties.description)}</dc:description>"
        f"<dc:language>{properties.language}</dc:language>"
        f"<cp:lastModifiedBy>{escape(properties.author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        "</cp:coreProperties>"
    )
    described[_APP] = _xml(
        f'<Properties xmlns="{_OFFICE}/extended-properties">'
        f"<Application>{properties.program}</Application>"
        f"<AppVersion>{_app_version(properties.version)}</AppVersion></Properties>"
    )
    described[_CUSTOM] = b""
    described[TYPES] = _declare_types(described[TYPES], gone)
    described[RELS] = _declare_relationships(described[RELS])
    described[_CUSTOM] = _xml(
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{_FINGERPRINT}">'
        f"<vt:lpwstr>{_digest(described)}</vt:lpwstr></property></Properties>"
    )
    return described


def is_untouched(data: bytes) -> bool:
    """True when `data` is a document of ours that nobody changed since it was generated."""
    try:
        members = unpack(data)
        text = all_text(parse_xml(members[_CUSTOM]))
    except (DamagedError, KeyError):
        return False
    return text == _digest(members)


def _digest(members: Members) -> str:
    digest = hashlib.sha256()
    for name in sorted(set(members) - {_CUSTOM}):
        digest.update(f"{name}\0{len(members[name])}\0".encode())
        digest.update(members[name])
    return digest.hexdigest()


def _of_the_author(members: Members) -> set[str]:
    """The members that describe the template and its author, and what these point to."""
    described = {
        relation.part
        for relation in opc.relationships(members, "").values()
        if relation.type != MAIN
    }
    ours = {name for name in members if name.casefold().startswith("docprops/")}
    return described | ours | {opc.relationships_of(name) for name in described}


def _declare_types(data: bytes, gone: set[str]) -> bytes:
    root = parse_xml(data)
    names = {name.casefold() for name in gone}
    for override in root.findall(f"{{{TYPES_NAMESPACE}}}Override"):
        name = override.get("PartName", "").removeprefix("/").casefold()
        if name in names or name.startswith("docprops/"):
            root.remove(override)
    for part, (content_type, _) in _PART_TYPES.items():
        etree.SubElement(
            root, f"{{{TYPES_NAMESPACE}}}Override", PartName=f"/{part}", ContentType=content_type
        )
    return _serialised(root)


def _declare_relationships(data: bytes) -> bytes:
    root = parse_xml(data)
    for relation in root.findall(f"{{{RELS_NAMESPACE}}}Relationship"):
        if relation.get("Type") != MAIN:
            root.remove(relation)
    for number, (part, (_, kind)) in enumerate(_PART_TYPES.items(), 1):
        etree.SubElement(
            root,
            f"{{{RELS_NAMESPACE}}}Relationship",
            Id=f"nianbao{number}",
            Type=kind,
            Target=part,
        )
    return _serialised(root)


def _app_version(version: str) -> str:
    """Open XML wants XX.YYYY: 0.1.0 becomes 0.0100."""
    major, minor, patch = [*re.findall(r"\d+", version), "0", "0"][:3]
    return f"{int(major)}.{int(minor):02d}{int(patch):02d}"


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _damaged(path: Path, problem: DamagedError) -> Rejected:
    hint = "从原来的地方重新拷一份；还不行，用自带的模板重做，只改样式"
    return _refused(path, f"已损坏，或者不是 Word 文档：{problem}", hint)


def _refused(path: Path, what: str, hint: str) -> Rejected:
    return unusable("L101", f"模板 {path.name} {what}。", hint=hint, file=path)
