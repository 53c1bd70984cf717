"""A .docx as its members: read with caps, written the same every time.

Knows the zip, the package parts that describe a document (properties, content
types, relationships) and the fingerprint that tells whether a document was
changed since it was generated. Knows nothing of what the pages say.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from nianbao.diagnostics import Rejected, reason_of, unusable

DOCUMENT = "word/document.xml"

_MAX_BYTES = 20_000_000
_MAX_UNPACKED = 60_000_000
_MAX_MEMBERS = 500
_TYPES, _RELS = "[Content_Types].xml", "_rels/.rels"
_CORE, _APP, _CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_XML = (".xml", ".rels")
_FINGERPRINT = "nianbao.fingerprint"

_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PART_TYPES = {
    _CORE: (
        "application/vnd.openxmlformats-package.core-properties+xml",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
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

Members = dict[str, bytes]


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


def parse_xml(data: bytes) -> etree._Element:
    """Strict: no recovery, no entities, no DTD, no network. Raises XMLSyntaxError or ValueError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=False, huge_tree=False
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a DTD is not allowed")
    return root


def all_text(element: etree._Element) -> str:
    """Every character of text inside an element."""
    return "".join(str(piece) for piece in element.itertext())


def read(path: Path) -> Members:
    """The members of the .docx at `path`. Raises Rejected (L101, exit code 3)."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else b""
    except FileNotFoundError as problem:
        raise _refused(path, "找不到", "模板要和表式文件同名、放在一起") from problem
    except OSError as problem:
        raise _refused(
            path, f"打不开（{reason_of(problem)}）", "看看它是不是一个文件、有没有权限"
        ) from problem
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(
            path, "是旧格式（.doc），或者加了密码", "用 Word 打开，去掉密码，另存为 .docx"
        )
    try:
        return unpack(data)
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        zlib.error,
    ) as problem:
        raise _refused(path, "已损坏，或者不是 Word 文档", "从原来的地方重新拷一份") from problem


def unpack(data: bytes) -> Members:
    """The members of a .docx. Raises ValueError, KeyError or what zipfile and lxml raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > _MAX_MEMBERS or sum(i.file_size for i in infos) > _MAX_UNPACKED:
            raise ValueError("too large")
        names = [info.filename for info in infos]
        if len(set(names)) != len(names):
            raise ValueError("doubled member")
        members = {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    for name in {DOCUMENT, _TYPES, _RELS}.union(n for n in members if n.endswith(_XML)):
        parse_xml(members[name])
    return members


def pack(members: Members) -> bytes:
    """The zip of `members`: sorted, dated 1980, so that the same members give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(members, key=lambda name: (name != _TYPES, name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, members[name])
    return out.getvalue()


def with_properties(members: Members, properties: Properties) -> Members:
    """`members` with the document's own properties, and nothing of the template's author."""
    described = {
        name: data for name, data in members.items() if not name.startswith("docProps/thumbnail")
    }
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
    described[_TYPES] = _declare_types(described[_TYPES])
    described[_RELS] = _declare_relationships(described[_RELS])
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
    except Exception:  # whatever is wrong with it, it is not as we wrote it
        return False
    return text == _digest(members)


def _digest(members: Members) -> str:
    digest = hashlib.sha256()
    for name in sorted(set(members) - {_CUSTOM}):
        digest.update(f"{name}\0{len(members[name])}\0".encode())
        digest.update(members[name])
    return digest.hexdigest()


def _declare_types(data: bytes) -> bytes:
    root = parse_xml(data)
    for override in root.findall(f"{{{_TYPES_NS}}}Override"):
        if override.get("PartName", "").startswith("/docProps/"):
            root.remove(override)
    for part, (content_type, _) in _PART_TYPES.items():
        etree.SubElement(
            root, f"{{{_TYPES_NS}}}Override", PartName=f"/{part}", ContentType=content_type
        )
    return _serialised(root)


def _declare_relationships(data: bytes) -> bytes:
    root = parse_xml(data)
    for relation in root.findall(f"{{{_RELS_NS}}}Relationship"):
        if relation.get("Target", "").lstrip("/").startswith("docProps/"):
            root.remove(relation)
    for number, (part, (_, kind)) in enumerate(_PART_TYPES.items(), 1):
        etree.SubElement(
            root, f"{{{_RELS_NS}}}Relationship", Id=f"nianbao{number}", Type=kind, Target=part
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


def _refused(path: Path, what: str, hint: str) -> Rejected:
    return unusable("L101", f"模板 {path.name} {what}。", hint=hint, file=path)
