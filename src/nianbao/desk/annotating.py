"""The review of a document: its findings as comments in a copy of that very document.

Knows which paragraph of the document a finding is about, and which words of it. How a
comment is put there is `annotated`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from nianbao.chinese.wording import Script
from nianbao.desk import delivery
from nianbao.desk.documents import Imported
from nianbao.desk.outcome import Outcome
from nianbao.diagnostics import Finding, Rejected, finding, grouped
from nianbao.form.contract import TITLE
from nianbao.intake.blocks import Block, Paragraph, Place
from nianbao.report.report import Report, Words
from nianbao.word import annotated, commenting
from nianbao.word.annotated import Comment


def annotate(outcome: Outcome, target: Path) -> list[Finding]:
    """Write the copy; what is to be said of it. Raises Rejected (W121) where there can be none."""
    copy = copy_of(outcome)
    if copy is None:
        assert outcome.document
        raise _refused(outcome.document, "不是 Word 文件（.docx），写不进批注")
    return delivery.deliver(target, copy, lambda standing: standing == copy)


def copy_of(outcome: Outcome) -> bytes | None:
    """The commented copy of a document; None for a page or a text. Raises Rejected (W121)."""
    document = outcome.document
    if document is None or document.path.suffix.lower() != ".docx":
        return None
    report = outcome.report or Report(document.read.form, document.path, Script.HANS)
    try:
        return annotated.write(document.data, comments(outcome.findings, report, document))
    except annotated.UnfitError as problem:
        raise _refused(document, "写不进批注") from problem


def _refused(document: Imported, why: str) -> Rejected:
    hint = "用 Word 或者 WPS 打开，另存为 .docx，再试一次"
    return Rejected([finding("W121", f"{document.path.name} {why}。", hint=hint)], exit_code=3)


def comments(findings: list[Finding], report: Report, document: Imported) -> list[Comment]:
    """A comment for each finding, numbered in the order of the document."""
    places = _paragraphs(document)
    ordered = [told for _, group in grouped(findings) for told in group]
    placed = [(_paragraph(told, places, document), told) for told in ordered]
    placed.sort(key=lambda one: one[0].element)
    found = []
    for number, (paragraph, told) in enumerate(placed, 1):
        text = commenting.said(number, told, report, of_document=True)
        found.append(Comment(text, max(paragraph.element, 0), _words(told, paragraph)))
    return found


def _paragraphs(document: Imported) -> dict[Place, Paragraph]:
    """The first paragraph at each place of a document."""
    found: dict[Place, Paragraph] = {}
    for paragraph in _every(document.read.document.blocks):
        found.setdefault(paragraph.place, paragraph)
    return found


def _every(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from _every(inner for cell in block.cells for inner in cell.blocks)


def _paragraph(told: Finding, places: dict[Place, Paragraph], document: Imported) -> Paragraph:
    """Where a finding is put; the document's beginning where it has no place."""
    place = None if told.file else document.place(told)
    title = document.read.head.places.get(TITLE)
    return places.get(place or Place()) or places.get(title or Place()) or Paragraph("")


def _words(told: Finding, paragraph: Paragraph) -> str:
    """The sentence that a finding is about, where it stands so in the paragraph."""
    if not isinstance(told.about, Words):
        return ""
    about = told.about
    start, end = about.paragraph.sentence_at(about.start)
    sentence = about.paragraph.text[start:end]
    return sentence if sentence in paragraph.text else ""
