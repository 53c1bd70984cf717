"""The honest template's members, and small edits of them as a mail sender could make them."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORM = ROOT / "templates" / "docx" / "disclosure-2021.form.yaml"
TEMPLATE = FORM.with_name("disclosure-2021.docx")
SMALL_FORM = ROOT / "tests" / "forms" / "enforcement" / "enforcement-2023.form.yaml"
SMALL_TEMPLATE = SMALL_FORM.with_name("enforcement-2023.docx")
SMALL_INPUT = SMALL_FORM.with_name("2025.yaml")
EXAMPLE = ROOT / "inputs" / "examples" / "青石镇2025.yaml"

Members = dict[str, bytes]

TYPES = "[Content_Types].xml"
ROOT_RELS = "_rels/.rels"
DOCUMENT = "word/document.xml"
RELS = "word/_rels/document.xml.rels"
STYLES = "word/styles.xml"
SETTINGS = "word/settings.xml"
FONTS = "word/fontTable.xml"
FOOTER = "word/footer2.xml"
CORE = "docProps/core.xml"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
MS = "http://schemas.microsoft.com/office"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@cache
def _honest() -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(TEMPLATE) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def honest() -> Members:
    """A fresh copy of the shipped template's members."""
    return dict(_honest())


def zipped(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 2, 3, 4, 6)), data, method)
    return held.getvalue()


def unzipped(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- edits ------------------------------------------------------------------------------


def swap(members: Members, name: str, old: str, new: str, count: int = 1) -> None:
    """Replace `old` in a part, `count` times, of the places where it must stand."""
    text = members[name].decode("utf-8")
    assert text.count(old) >= count, f"{old!r} stands {text.count(old)} times in {name}"
    members[name] = text.replace(old, new, count).encode("utf-8")


def at_end(members: Members, xml: str) -> None:
    """Put block-level XML in front of the last section's properties."""
    text = members[DOCUMENT].decode("utf-8")
    at = text.rindex("<w:sectPr")
    members[DOCUMENT] = (text[:at] + xml + text[at:]).encode("utf-8")


def in_footer(members: Members, runs: str) -> None:
    text = members[FOOTER].decode("utf-8")
    at = text.rindex("</w:p>")
    members[FOOTER] = (text[:at] + runs + text[at:]).encode("utf-8")


def run_of(members: Members, typed: str) -> str:
    """The one run of the document that says `typed`."""
    text = members[DOCUMENT].decode("utf-8")
    (run,) = re.findall(rf"<w:r>(?:(?!</w:r>).)*{re.escape(typed)}</w:t></w:r>", text)
    return str(run)


def paragraph_of(members: Members, typed: str) -> str:
    """The one paragraph of the document in which `typed` stands."""
    text = members[DOCUMENT].decode("utf-8")
    (paragraph,) = re.findall(
        rf"<w:p>(?:(?!</w:p>).)*{re.escape(typed)}(?:(?!</w:p>).)*</w:p>", text
    )
    return str(paragraph)


def around(members: Members, typed: str, before: str, behind: str) -> None:
    """Wrap the run that says `typed`."""
    run = run_of(members, typed)
    swap(members, DOCUMENT, run, before + run + behind)


def formatted(members: Members, typed: str, properties: str) -> None:
    """Add run properties to the run that says `typed`."""
    run = run_of(members, typed)
    swap(members, DOCUMENT, run, run.replace("</w:rPr>", properties + "</w:rPr>", 1))


def text(said: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r>'


def paragraph(said: str = "", runs: str = "", properties: str = "") -> str:
    ppr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{ppr}{runs}{text(said) if said else ''}</w:p>"


def field(*code: str, result: str = "1") -> str:
    """The runs of a complex field, one instrText for each piece of its code that is no run."""
    pieces = "".join(
        piece
        if piece.startswith("<w:r>")
        else f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in code
    )
    shown = result if result.startswith("<") else text(result)
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + pieces
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + shown
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def simple_field(code: str, result: str = "1") -> str:
    return f'<w:fldSimple w:instr="{code}">{text(result)}</w:fldSimple>'


def add(members: Members, name: str, data: bytes | str, content_type: str = "") -> None:
    """A new member; with its content type if there is one."""
    members[name] = data.encode("utf-8") if isinstance(data, str) else data
    if content_type:
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        swap(members, TYPES, "</Types>", override + "</Types>")


def extension(members: Members, ending: str, content_type: str) -> None:
    entry = f'<Default Extension="{ending}" ContentType="{content_type}"/>'
    swap(members, TYPES, "</Types>", entry + "</Types>")


def relate(
    members: Members,
    identifier: str,
    kind: str,
    target: str,
    mode: str = "",
    rels: str = RELS,
) -> None:
    """A relationship; `kind` without a scheme is one of the office document's own."""
    if "://" not in kind:
        kind = f"{R}/{kind}"
    mode = f' TargetMode="{mode}"' if mode else ""
    entry = f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"{mode}/>'
    if rels not in members:
        empty = f'{HEAD}<Relationships xmlns="{PACKAGE_RELS}"></Relationships>'
        members[rels] = empty.encode()
    swap(members, rels, "</Relationships>", entry + "</Relationships>")


def setting(members: Members, xml: str, before: str = "<w:decimalSymbol") -> None:
    swap(members, SETTINGS, before, xml + before)


# --- pictures ------------------------------------------------------------------------------

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ"
    "c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAA"
    "AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVf/Z"
)


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    rows = b"".join(b"\0" + b"\xc0\x10\x10" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def emf() -> bytes:
    """An enhanced metafile with a header and an end."""
    header = struct.pack(
        "<II8iIIIIHHIIIii2i",
        *(1, 108, 0, 0, 10, 10, 0, 0, 1000, 1000, 0x464D4520, 0x10000, 128, 2, 1, 0, 0, 0, 0),
        *(1920, 1080, 508, 286),
    ) + struct.pack("<III", 0, 0, 0)
    header = header[:108].ljust(108, b"\0")
    return header + struct.pack("<IIIII", 14, 20, 0, 16, 20)


def drawing(rid: str, inner: str = "", blip: str = "") -> str:
    """A run with an inline picture; `blip` in place of the embedded one's attributes."""
    held = blip or f'r:embed="{rid}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="360000" cy="360000"/><wp:docPr id="{int(rid[3:])}" name="图片 7">'
        f"{inner}</wp:docPr>"
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}">'
        '<pic:nvPicPr><pic:cNvPr id="7" name="logo"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill><a:blip {held}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
