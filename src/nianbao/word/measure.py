"""Lengths and type sizes as a Word file states them, in twips and half points.

Knows that a length may name its unit, and where the size of a paragraph's type
is looked for: at its runs, then at its style and those it is based on. Knows
nothing of what is measured, or why.
"""

from __future__ import annotations

import re
from itertools import dropwhile

from lxml import etree

from nianbao.form.contract import TITLE
from nianbao.word import opc
from nianbao.word.allowed import STYLES
from nianbao.word.layout import TAG
from nianbao.word.package import Members, main_part
from nianbao.word.template import texts
from nianbao.word.trees import W, parse_xml

_LENGTH = re.compile(r"(-?[0-9]{1,7}(?:\.[0-9]{1,7})?)(|pt|mm|cm|in|pc|pi)")
_IN_TWIPS = {
    "": 1,
    "pt": 20,
    "mm": 1440 / 25.4,
    "cm": 1440 / 2.54,
    "in": 1440,
    "pc": 240,
    "pi": 240,
}
UNLIMITED = 1_000_000
"""The width of a line where a template does not say."""
_USUAL = 21
"""Half points of type where a template does not say."""


def twips(value: str | None, default: float) -> float:
    """A length in twips, whether or not it names its unit; `default` for what is none."""
    found = _LENGTH.fullmatch(value or "")
    return float(found[1]) * _IN_TWIPS[found[2]] if found else default


def styles_of(members: Members) -> etree._Element:
    """The styles part of a document, empty where it has none."""
    part = opc.related(members, main_part(members), STYLES)
    return parse_xml(members[part] if part else b"<none/>")


def half_points(paragraph: etree._Element, styles: etree._Element) -> float:
    """The size of a paragraph's type: its own, or that of `styles`."""
    own = paragraph.find(f".//{W}rPr/{W}sz")
    if own is not None:
        return _size_of(own)
    by_id = {s.get(f"{W}styleId"): s for s in styles.iter(f"{W}style")}
    link = paragraph.find(f"{W}pPr/{W}pStyle")
    for _ in range(len(by_id)):
        style = by_id.get(link.get(f"{W}val")) if link is not None else None
        if style is None:
            break
        size = style.find(f"{W}rPr/{W}sz")
        if size is not None:
            return _size_of(size)
        link = style.find(f"{W}basedOn")
    return _USUAL


def _size_of(element: etree._Element) -> float:
    """A type size in half points, which pt and the like are not."""
    value = element.get(f"{W}val", "")
    size = twips(value, _USUAL) / (1 if value.isdigit() else 10)
    return size if size > 0 else _USUAL


def line_width(root: etree._Element, styles: etree._Element) -> float:
    """The text block's width over the size of the type the title stands in."""
    paragraph = next(
        (p for p in root.iter(f"{W}p") if TAG.findall(texts(p)) == [f"{{{{{TITLE}}}}}"]),
        None,
    )
    section = _section_of(paragraph, root) if paragraph is not None else None
    size = section.find(f"{W}pgSz") if section is not None else None
    margin = section.find(f"{W}pgMar") if section is not None else None
    if size is None or margin is None or paragraph is None:
        return UNLIMITED
    room = twips(size.get(f"{W}w"), 0) - sum(
        twips(margin.get(f"{W}{side}"), 0) for side in ("left", "right")
    )
    return room / 10 / half_points(paragraph, styles) if room > 0 else UNLIMITED


def _section_of(paragraph: etree._Element, root: etree._Element) -> etree._Element | None:
    """The page setup that holds for a paragraph: the first that ends with it or behind it."""
    elements = iter(root.iter(f"{W}p", f"{W}sectPr"))
    behind = dropwhile(lambda element: element is not paragraph, elements)
    return next((element for element in behind if element.tag == f"{W}sectPr"), None)
