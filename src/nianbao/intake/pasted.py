"""The text of a document as pasted into Notepad, as blocks: a line is a paragraph.

Knows ends of lines and blank ones, nothing else.
"""

from __future__ import annotations

from nianbao.chinese.lines import of as lines_of
from nianbao.chinese.wording import BLANKS
from nianbao.intake.blocks import Document, Paragraph, Place

MAX_LINES = 50_000


def read(text: str) -> Document:
    """The lines of a text, the empty ones left out."""
    document = Document()
    for line in lines_of(text).texts[:MAX_LINES]:
        if line.strip(BLANKS):
            place = Place(paragraph=len(document.blocks) + 1)
            document.blocks.append(Paragraph(line.rstrip(BLANKS), place))
    return document
