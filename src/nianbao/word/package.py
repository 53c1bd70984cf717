"""A .docx as its members: read once and whole, written the same every time.

Knows the file on the disk, the parts that describe a document (properties, content
types, relationships) and the fingerprint that tells whether a document was
changed since it was generated. Knows nothing of what the pages say; what a zip
and a part may be is `archive`'s and `opc`'s.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nianbao.word import archive, opc
from nianbao.word.allowed import CORE, MAIN, RELS_NAMESPACE, TYPES_NAMESPACE
from nianbao.word.archive import DamagedError, Members, Packed
from nianbao.word.opc import RELS, TYPES, main_part
from nianbao.word.packagefile import damaged, read_bytes

__all__ = ["DamagedError", "Members", "main_part"]

PROPERTIES = "docProps/core.xml"
_APP, _CUSTOM = "docProps/app.xml", "docProps/custom.xml"
_FINGERPRINT = "nianbao.fingerprint"
_DECLARED = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
"""As lxml writes it, which wrote these parts until now: the same input, the same bytes."""

_KNOWN = ("Extension", "PartName", "ContentType", "Id", "Type", "Target", "TargetMode")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PART_TYPES = {
    PROPERTIES: (
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


def read(path: Path) -> Members:
    """The members of the .docx at `path`. Raises Rejected (L101, exit code 3)."""
    return opened(read_bytes(path), path)


def opened(data: bytes, path: Path) -> Members:
    """The members of the .docx that was read from `path`. Raises Rejected (L101, exit code 3)."""
    try:
        return unpack(data)
    except DamagedError as problem:
        raise damaged(path, problem) from problem


def unpack(data: bytes) -> Members:
    """The members of a .docx, every part that is XML known to be plain. Raises DamagedError."""
    return opc.checked(archive.read(data))


def pack(members: Members) -> bytes:
    """The zip of `members`: sorted, dated 1980, so that the same members give the same bytes."""
    return written(archive.packed(name, data) for name, data in members.items())


def written(members: Iterable[Packed]) -> bytes:
    """The same of members that are packed already."""
    return archive.write(sorted(members, key=lambda one: (one.name != TYPES, one.name)))


def with_properties(members: Members, properties: Properties) -> Members:
    """`members` with the document's own properties, and nothing of the template's author."""
    anonymous = without_author(members)
    return {**anonymous, **described(anonymous, properties)}


def without_author(members: Members) -> Members:
    """`members` without what describes the template, ready for the properties of a document."""
    gone = _of_the_author(members)
    kept = {name: data for name, data in members.items() if name not in gone}
    kept[TYPES] = _declare_types(kept[TYPES], gone)
    kept[RELS] = _declare_relationships(kept[RELS])
    return kept


def described(members: Mapping[str, bytes], properties: Properties) -> Members:
    """The parts that tell what a document of `members` is, and their fingerprint."""
    day = f"{properties.dated.isoformat()}T00:00:00Z"
    title, author = escaped(properties.title), escaped(properties.author)
    core = _xml(
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title>"
        f"<dc:creator>{author}</dc:creator>"
        f"<dc:description>{escaped(properties.description)}</dc:description>"
        f"<dc:language>{properties.language}</dc:language>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        "</cp:coreProperties>"
    )
    app = _xml(
        f'<Properties xmlns="{_OFFICE}/extended-properties">'
        f"<Application>{properties.program}</Application>"
        f"<AppVersion>{_app_version(properties.version)}</AppVersion></Properties>"
    )
    own = {PROPERTIES: core, _APP: app}
    return {**own, _CUSTOM: _fingerprint({**members, **own})}


def escaped(text: str) -> str:
    """`text` as it stands in XML."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    )


def is_untouched(data: bytes) -> bool:
    """True when `data` is a document of ours that nobody changed since it was generated."""
    try:
        members = archive.read(data)
    except DamagedError:
        return False
    return members.get(_CUSTOM) == _fingerprint(members)


def _fingerprint(members: Mapping[str, bytes]) -> bytes:
    """The part that holds the digest of all the others."""
    return _xml(
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{_FINGERPRINT}">'
        f"<vt:lpwstr>{_digest(members)}</vt:lpwstr></property></Properties>"
    )


def _digest(members: Mapping[str, bytes]) -> str:
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
    names = {name.casefold() for name in gone}
    _, listed = opc.entries(data)
    kept = [
        (entry.name, entry.attributes)
        for entry in listed
        if (part := opc.overridden(entry)) not in names and not part.startswith("docprops/")
    ]
    own = [
        ("Override", {"PartName": f"/{part}", "ContentType": content_type})
        for part, (content_type, _) in _PART_TYPES.items()
    ]
    return _listed("Types", TYPES_NAMESPACE, [*kept, *own])


def _declare_relationships(data: bytes) -> bytes:
    _, listed = opc.entries(data)
    kept = [(one.name, one.attributes) for one in listed if one.attributes.get("Type") == MAIN]
    own = [
        ("Relationship", {"Id": f"nianbao{number}", "Type": kind, "Target": part})
        for number, (part, (_, kind)) in enumerate(_PART_TYPES.items(), 1)
    ]
    return _listed("Relationships", RELS_NAMESPACE, [*kept, *own])


def _listed(first: str, namespace: str, entries: list[tuple[str, dict[str, str]]]) -> bytes:
    """A part that is a list of elements."""
    inner = "".join(f"<{name}{_attributes(said)}/>" for name, said in entries)
    return f'{_DECLARED}<{first} xmlns="{namespace}">{inner}</{first}>'.encode()


def _attributes(said: dict[str, str]) -> str:
    """The attributes that OPC knows there; what a template has besides stays behind."""
    return "".join(f' {name}="{quoted(value)}"' for name, value in said.items() if name in _KNOWN)


def quoted(value: str) -> str:
    """`value` as it stands in an attribute of XML."""
    text = escaped(value).replace('"', "&quot;")
    return text.replace("\t", "&#9;").replace("\n", "&#10;")


def _app_version(version: str) -> str:
    """Open XML wants XX.YYYY: 0.1.0 becomes 0.0100."""
    major, minor, patch = [*re.findall(r"\d+", version), "0", "0"][:3]
    return f"{int(major)}.{int(minor):02d}{int(patch):02d}"


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()
