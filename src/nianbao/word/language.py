"""The language that a document says it is in, for spelling and for reading aloud.

Knows where Word keeps it: in the defaults of the styles, in settings, on runs.
Knows no text.
"""

from __future__ import annotations

from lxml import etree

from nianbao.word import opc
from nianbao.word.allowed import STYLES
from nianbao.word.package import Members, main_part
from nianbao.word.trees import W, parse_xml, serialised

_ENGLISH = "en-US"
_WITHIN = (f"{W}docDefaults", f"{W}rPrDefault", f"{W}rPr", f"{W}lang")


def english(members: Members) -> Members:
    """The parts of a template in English, whatever program drew it; en-GB stays en-GB."""
    styles = opc.related(members, main_part(members), STYLES)
    tagged = dict(members)
    for name in opc.in_xml(members):
        if name == styles or (name.startswith("word/") and b"lang" in members[name].lower()):
            root = parse_xml(members[name])
            if name == styles:
                _say_by_default(root)
            for element in root.iter(f"{W}lang", f"{W}themeFontLang"):
                _say(element)
            tagged[name] = serialised(root)
    return tagged


def _say_by_default(styles: etree._Element) -> None:
    within = styles
    for tag in _WITHIN:
        found = within.find(tag)
        if found is None:
            found = etree.Element(tag)
            within.insert(0 if tag == _WITHIN[0] else len(within), found)
        within = found


def _say(element: etree._Element) -> None:
    for attribute in ("val", "eastAsia"):
        if not element.get(f"{W}{attribute}", "").startswith("en"):
            element.set(f"{W}{attribute}", _ENGLISH)
