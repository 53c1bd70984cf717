"""The narratives, each sentence read once and handed to whoever judges it.

Knows which narratives of a form are read, and that a heading opens what the
sentences under it are about. What a sentence says is found by `statement`,
whether it is so by `claims` and `parts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.checks import claims, parts
from nianbao.diagnostics import Finding
from nianbao.form.claim import Topic
from nianbao.report.report import Paragraph, Report
from nianbao.sentence import passage, words
from nianbao.sentence.said import Said


def narrative(report: Report, last: Report | None) -> Iterator[Finding]:
    """What the narratives say, against the tables (N101…) and within a sentence (N104, N105)."""
    for paragraph, sentence in said(report):
        yield from claims.against_cells(report, last, paragraph, sentence)
        yield from parts.part_lists(paragraph, sentence)


def said(report: Report) -> Iterator[tuple[Paragraph, Said]]:
    """Every sentence of the narratives that are read, with its paragraph."""
    declared = report.form.claims
    if not declared.sections:
        return
    known = words.vocabulary(declared, report.year)
    known = words.of_unit(known, *map(report.form.manner.folded, (report.unit, report.short_name)))
    for name in declared.sections:
        about: tuple[Topic, ...] = ()
        for paragraph in report.narratives.get(name, ()):
            if paragraph.heading:
                about = passage.opened_by(report.form.manner.folded(paragraph.heading), known)
            for sentence in passage.read(report.form.manner.folded(paragraph.text), known, about):
                yield paragraph, sentence
