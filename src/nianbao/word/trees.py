"""XML as a tree of lxml's, for whoever looks a template over or compiles it.

Knows how a part is parsed strictly, and how lxml names Word's elements. Refuses
to know where a part comes from; what runs for each report reads by expat.
"""

from __future__ import annotations

from lxml import etree

from nianbao.word import opc
from nianbao.word.allowed import WORD
from nianbao.word.archive import Members

W = f"{{{WORD}}}"


def parse_xml(data: bytes) -> etree._Element:
    """Strict: no recovery, no entities, no DTD, no network. Raises XMLSyntaxError or ValueError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=False, huge_tree=False
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a DTD is not allowed")
    return root


def serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def all_text(element: etree._Element) -> str:
    """Every character of text inside an element."""
    return "".join(str(piece) for piece in element.itertext())


def refuse_unreadable(members: Members) -> None:
    """Raise DamagedError for a part in XML that lxml would not read, though expat did."""
    for name in opc.in_xml(members):
        try:
            parse_xml(members[name])
        except (etree.XMLSyntaxError, ValueError) as problem:
            raise opc.unreadable(name) from problem
