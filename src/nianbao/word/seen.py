"""What of a Word text a reader does not see, or sees otherwise than it is written.

Knows hidden text, also by its style, and what prints beside or in place of a
placeholder: a field's result, an automatic number, a symbol. Knows nothing of
forms and packages; what is written where is `layout`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from nianbao.word import field
from nianbao.word.allowed import WORD
from nianbao.word.field import Fault

_W = f"{{{WORD}}}"
_OFF = ("0", "false", "off", "none")
_HIDING = (f"{_W}vanish", f"{_W}specVanish")
_FIELDS = (f"{_W}fldSimple", f"{_W}fldChar")
_STYLED = (f"{_W}pStyle", f"{_W}rStyle", f"{_W}tblStyle")
_PRINTING = tuple(
    f"{_W}{name}"
    for name in (
        *("sym", "drawing", "pict", "footnoteReference", "endnoteReference", "ptab"),
        *("fldSimple", "fldChar", "noBreakHyphen", "softHyphen"),
    )
)
_BRACES = "{}｛｝"


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles that hide text and those that put a number in front, their heirs included."""

    hiding: frozenset[str]
    numbering: frozenset[str]
    hides_everything: bool
    """True when the defaults do."""


def styles(root: etree._Element | None) -> Styles:
    """What word/styles.xml says of it; None where there is none."""
    if root is None:
        return Styles(frozenset(), frozenset(), hides_everything=False)
    parents: dict[str, str] = {}
    hiding, numbering, defaults = set(), set(), set()
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        based = style.find(f"{_W}basedOn")
        parents[name] = based.get(f"{_W}val", "") if based is not None else ""
        if _hides(style):
            hiding.add(name)
        if style.find(f"{_W}pPr/{_W}numPr") is not None:
            numbering.add(name)
        if style.get(f"{_W}default", "0") not in _OFF:
            defaults.add(name)
    hiding = _with_heirs(hiding, parents)
    whole = next(root.iter(f"{_W}docDefaults"), None)
    return Styles(
        frozenset(hiding),
        frozenset(_with_heirs(numbering, parents)),
        hides_everything=bool(hiding & defaults) or (whole is not None and _hides(whole)),
    )


def _with_heirs(names: set[str], parents: dict[str, str]) -> set[str]:
    children: dict[str, list[str]] = {}
    for name, parent in parents.items():
        children.setdefault(parent, []).append(name)
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += children.get(name, [])
    return found


def unseen(root: etree._Element, known: Styles) -> Iterator[Fault]:
    """What is hidden in a part, or is written as a placeholder and prints as something else."""
    for element in root.iter(*_HIDING):
        if _is_on(element) and not _of_an_empty_mark(element):
            yield Fault(element, "隐藏的文字（vanish）")
    if known.hides_everything:
        yield Fault(root, "隐藏的文字（默认的样式带有 vanish）")
    for element in root.iter(f"{_W}trPr"):
        if element.find(f"{_W}hidden") is not None:
            yield Fault(element, "隐藏的一行（hidden）")
    for element in root.iter(*_STYLED):
        name = element.get(f"{_W}val", "")
        if name in known.hiding:
            yield Fault(element, f"隐藏的文字（样式 {name} 带有 vanish）")
    within = field.read(root).within
    for paragraph in root.iter(f"{_W}p"):
        yield from _placeholder(paragraph, known, within)
    for cell in root.iter(f"{_W}tc"):
        if _continues(cell) and any(_braced(text) for text in cell.iter(f"{_W}t")):
            yield Fault(cell, "并进上面一格的占位符，印不出来")


def fields_in_cells(root: etree._Element) -> Iterator[Fault]:
    """Fields in the tables of the main text, where each character is to be the one that is read."""
    for cell in root.iter(f"{_W}tc"):
        if any(next(one.iter(*_FIELDS), None) is not None for one in cell.iter(f"{_W}p")):
            yield Fault(cell, "表格里的域")


def _placeholder(
    paragraph: etree._Element, known: Styles, within: set[etree._Element]
) -> Iterator[Fault]:
    """What is wrong with a paragraph that has a placeholder."""
    pieces = [text for text in paragraph.iter(f"{_W}t") if _own(text, paragraph)]
    braced = [text for text in pieces if _braced(text)]
    if not braced:
        return
    first, last = pieces.index(braced[0]), pieces.index(braced[-1])
    said = "".join(text.text or "" for text in pieces[first : last + 1])
    for text in pieces[first : last + 1]:
        if text in within:
            yield Fault(text, f"占位符 {said[:30]} 写在域里，会被域的结果盖掉")
            return
    for text in pieces[first : last + 1]:
        run = text.getparent()
        web = run.find(f"{_W}rPr/{_W}webHidden") if run is not None else None
        if web is not None and _is_on(web):
            yield Fault(text, "隐藏的文字（webHidden）")
            return
    if next(paragraph.iterancestors(f"{_W}tc"), None) is None:
        return
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr")
    if style is not None and numbered is None and style.get(f"{_W}val") in known.numbering:
        numbered = style
    if numbered is not None and not _switched_off(numbered):
        yield Fault(numbered, "占位符前面的自动编号（numPr）")
    for element in paragraph.iter(*_PRINTING):
        yield Fault(element, f"和占位符印在一起的 {etree.QName(element).localname}")


def _own(text: etree._Element, paragraph: etree._Element) -> bool:
    """True when the nearest paragraph around a text is this one."""
    return next(text.iterancestors(f"{_W}p"), None) is paragraph


def _braced(text: etree._Element) -> bool:
    return any(char in _BRACES for char in text.text or "")


def _continues(cell: etree._Element) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _hides(element: etree._Element) -> bool:
    return any(_is_on(one) for one in element.iter(*_HIDING))


def _is_on(element: etree._Element) -> bool:
    return element.get(f"{_W}val", "1") not in _OFF


def _switched_off(numbered: etree._Element) -> bool:
    number = numbered.find(f"{_W}numId")
    return number is not None and number.get(f"{_W}val") == "0"


def _of_an_empty_mark(element: etree._Element) -> bool:
    """True of the mark of a paragraph that says nothing: Word hides some behind tables."""
    properties = element.getparent()
    around = properties.getparent() if properties is not None else None
    paragraph = around.getparent() if around is not None else None
    return (
        around is not None
        and around.tag == f"{_W}pPr"
        and paragraph is not None
        and next(paragraph.iter(f"{_W}r"), None) is None
    )
