"""Fields of a Word text: what their codes are, and what stands within one.

Knows complex and simple fields, nested and split over runs and paragraphs, and
which codes may be written. Knows nothing of the package, of placeholders or of
where on a page a field stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from nianbao.word.allowed import ADDRESS, FIELDS, WORD

_W = f"{{{WORD}}}"
_NAME = re.compile(r'\s*([A-Za-z]+)(?=[\s\\"“]|$)')
_ARGUMENT = re.compile(r'\\[A-Za-z*@#!]|"(?:[^"\\]|\\.)*"|“[^”]*”|[^\s"“\\]+|\\.|["“]', re.DOTALL)
_CODE = (f"{_W}instrText", f"{_W}delInstrText")
_AROUND = frozenset(
    f"{_W}{name}" for name in ("p", "hyperlink", "fldSimple", "sdtContent", "smartTag", "ins")
)
"""What a simple field may stand in; elsewhere one reader shows it and another does not."""
_WITHIN_A_CODE = (f"{_W}t", f"{_W}delText", f"{_W}tab", f"{_W}br", f"{_W}sym", f"{_W}cr")


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that may not be there: the element where it shows, and what is wrong, in Chinese."""

    at: etree._Element
    what: str


@dataclass
class _Open:
    """A field while it is read."""

    at: etree._Element
    pieces: list[str] = field(default_factory=list)
    shows: bool = False
    """True from where its result begins."""


@dataclass
class Fields:
    """What is known of the fields of one part."""

    faults: list[Fault]
    within: set[etree._Element]
    """The elements that print and stand in a field: in its code, or in its result."""


def read(root: etree._Element) -> Fields:
    """The fields of a part, in document order."""
    found = Fields([], set())
    stack: list[_Open] = []
    simple: list[etree._Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == f"{_W}fldSimple":
            if event == "start":
                simple.append(element)
                around = element.getparent()
                if around is None or around.tag not in _AROUND:
                    found.faults.append(Fault(element, "域写在段落的外面"))
                found.faults += _judged(element, element.get(f"{_W}instr", ""))
            else:
                simple.pop()
        elif event == "end":
            continue
        elif element.tag == f"{_W}fldChar":
            found.faults += _turned(element, stack)
        elif element.tag in _CODE:
            found.faults += _coded(element, stack)
        elif element.tag in _WITHIN_A_CODE:
            if stack or simple:
                found.within.add(element)
            if stack and not all(one.shows for one in stack):
                found.faults.append(Fault(element, "域代码里夹着别的文字"))
    found.faults += [Fault(one.at, "有一个域没有结束") for one in stack]
    return found


def _turned(element: etree._Element, stack: list[_Open]) -> Iterator[Fault]:
    """A field begins, shows its result or ends."""
    kind = element.get(f"{_W}fldCharType", "")
    if kind == "begin":
        if stack and not stack[-1].shows:
            yield Fault(element, "一个域的代码里套着另一个域")
        stack.append(_Open(element))
    elif kind == "separate" and stack and not stack[-1].shows:
        stack[-1].shows = True
    elif kind == "end" and stack:
        one = stack.pop()
        yield from _judged(one.at, "".join(one.pieces))
    else:
        yield Fault(element, "有一个域没有开头，或者写得不对")


def _coded(element: etree._Element, stack: list[_Open]) -> Iterator[Fault]:
    if stack and not stack[-1].shows:
        stack[-1].pieces.append(element.text or "")
    else:
        yield from _judged(element, element.text or "")
        yield Fault(element, "域代码写在域的外面")


def _judged(at: etree._Element, code: str) -> Iterator[Fault]:
    """What is wrong with a field of this code."""
    name = _NAME.match(code)
    said = " ".join(code.split()) or "（空的）"
    if not name or name[1].upper() not in FIELDS:
        yield Fault(at, f"域 {said}")
    elif name[1].upper() == "HYPERLINK" and not _leads_somewhere_good(code[name.end() :]):
        yield Fault(at, f"链接 {said}")


def _leads_somewhere_good(arguments: str) -> bool:
    """True when a HYPERLINK field leads to a bookmark, a web page or a mailbox."""
    takes = False
    for piece in _ARGUMENT.findall(arguments):
        if piece.startswith("\\"):
            if piece[1:].lower() not in ("l", "o", "t", "h", "n", "m"):
                return False
            takes = piece[1:].lower() in ("l", "o", "t")
        elif takes:
            takes = False
        elif not ADDRESS.fullmatch(piece.strip('"“”')):
            return False
    return True
