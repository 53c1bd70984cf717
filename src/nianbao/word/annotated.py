"""Comments in a copy of a document that somebody else wrote.

Knows how a comment is put around a paragraph or around words in it without a character
of the document being changed. Where a comment belongs is told by whoever read it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from nianbao.word import archive, commenting, package, template
from nianbao.word.trees import W

_WITHOUT = (f"{W}pPr", f"{W}rPr")


class UnfitError(ValueError):
    """A document that no comment can be put into."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What is said of a paragraph, and of which words; `paragraph` counts those of the main part."""

    text: str
    paragraph: int = 0
    words: str = ""


def write(data: bytes, comments: Iterable[Comment]) -> bytes:
    """A copy of a .docx with comments in it. Raises UnfitError."""
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError) as problem:
        raise UnfitError(str(problem)) from problem
    commenting.add_styles(document)
    paragraphs: list[Any] = list(document.element.iter(f"{W}p"))
    if not paragraphs:
        raise UnfitError("no paragraph")
    for each in comments:
        element = paragraphs[each.paragraph if each.paragraph < len(paragraphs) else 0]
        comment = document.part._comments_part.comments.add_comment(
            each.text, commenting.AUTHOR, commenting.INITIALS
        )
        del comment._comment_elm.attrib[f"{W}date"]  # the same input gives the same bytes
        _put(element, comment.comment_id, each.words)
    saved = io.BytesIO()
    document.save(saved)
    return package.pack(archive.read(saved.getvalue()))  # the clock left out


def _put(element: Any, number: int, words: str) -> None:
    """Mark the words of a paragraph, all of it where they are not in runs of its own."""
    paragraph = Paragraph(element, None)  # type: ignore[arg-type]  # its part is not asked for
    runs = _runs(paragraph, words) if words else []
    start, end = (_mark(name, number) for name in ("commentRangeStart", "commentRangeEnd"))
    reference = OxmlElement("w:r")
    look = OxmlElement("w:rPr")
    style = OxmlElement("w:rStyle")
    style.set(qn("w:val"), "CommentReference")
    look.append(style)
    reference.append(look)
    reference.append(_mark("commentReference", number))
    if runs:
        runs[0]._r.addprevious(start)
        runs[-1]._r.addnext(end)
        end.addnext(reference)
        return
    first = next((child for child in element if child.tag not in _WITHOUT), None)
    if first is None:
        element.append(start)
    else:
        first.addprevious(start)
    element.append(end)
    element.append(reference)


def _mark(name: str, number: int) -> Any:
    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:id"), str(number))
    return mark


def _runs(paragraph: Paragraph, words: str) -> list[Any]:
    """The paragraph's own runs that hold `words`, parted where these begin and end."""
    whole = "".join(template.texts(run._r) for run in paragraph.runs)
    first = whole.find(words)
    if first < 0:
        return []
    last = first + len(words)
    for edge in (first, last):
        commenting.split(paragraph, edge)
    within, at = [], 0
    for run in paragraph.runs:
        length = len(template.texts(run._r))
        if at < last and at + length > first:
            within.append(run)
        at += length
    return within
