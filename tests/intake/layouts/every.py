"""All drawings, and an independent reader for each kind of file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import lxml.html
from intake.layouts import (
    Layout,
    features,
    forms,
    heads,
    merges,
    mixed,
    pages,
    saved,
    texts,
    wording,
)
from lxml import etree

MODULES = (merges, wording, features, pages, texts, saved, forms, heads, mixed)
LAYOUTS: list[Layout] = [layout for module in MODULES for layout in module.LAYOUTS]


HIDDEN = ("display:none", "visibility:hidden")
NOT_THE_NUMBER = ("vanish", "strike", "vertAlign")


def texts_in(data: bytes, suffix: str) -> Counter[str]:
    """What is seen in cells, and every word and line beside, by lxml's reader."""
    if suffix == ".docx":
        cells, whole = _in_docx(data)
    elif suffix == ".html":
        cells, whole = _in_html(data)
    else:
        cells, whole = [], decoded(data)
    lines = [plain(line) for line in whole.splitlines()]
    words = [word for line in lines for word in re.split(r"[\s│|、。:]+", line)]
    found = Counter(words)
    for several in (Counter(lines), Counter(plain(cell) for cell in cells)):
        found |= several
    return found


def plain(text: str) -> str:
    """A text without what makes no difference to its meaning: width, blanks around."""
    return unicodedata.normalize("NFKC", text.replace("\u200b", "")).strip()


def decoded(data: bytes) -> str:
    """A file's text as Notepad guesses its encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _in_docx(data: bytes) -> tuple[list[str], str]:
    with ZipFile(BytesIO(data)) as archive:
        (main,) = [n for n in archive.namelist() if n.startswith("word/document")]
        root = etree.fromstring(archive.read(main))
    for run in list(root.iter("{*}r")):
        hidden = [look for look in run.iterfind("{*}rPr/*") if _name(look) in NOT_THE_NUMBER]
        styled = run.find("{*}rPr/{*}rStyle")
        if any("0" not in look.values() for look in hidden) or styled is not None:
            for text in run.iter("{*}t"):
                text.text = ""
    cells = [_told(cell) for cell in root.iter("{*}tc")]
    return cells, _told(root)


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _told(element: etree._Element) -> str:
    """The text of the paragraphs in an element, a line each."""
    signs = {"tab": "\t", "br": "\n"}
    paragraphs = [p for p in element.iter("{*}p") if _name(p) == "p"]
    return "\n".join(
        "".join(
            signs.get(_name(node), node.text or "") for node in p.iter("{*}t", "{*}tab", "{*}br")
        )
        for p in paragraphs
    )


def _in_html(data: bytes) -> tuple[list[str], str]:
    text = decoded(data).replace('<?xml version="1.0" encoding="UTF-8"?>', "")
    root = lxml.html.document_fromstring(text)
    for unseen in root.xpath("//script|//style|//template|//comment()|//del|//sup|//*[@hidden]"):
        unseen.drop_tree()
    for element in list(root.iter()):
        if any(hidden in element.get("style", "").replace(" ", "") for hidden in HIDDEN):
            element.drop_tree()
    for typed in root.iter("input"):
        typed.tail = typed.get("value")
    for end in root.iter("br", "p", "td", "div", "tr", "li"):
        end.tail = "\n" + (end.tail or "")
    return [cell.text_content() for cell in root.iter("td", "th")], root.text_content()
