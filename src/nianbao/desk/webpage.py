"""The portal page of a report, held against its document before either is written.

Knows which page goes with which document, and that a page says what the document
says, figure by figure, or is not written. Knows neither HTML nor Word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import nianbao
from nianbao.chinese.excerpt import shortened
from nianbao.diagnostics import Rejected, unusable
from nianbao.portal import markup, readback
from nianbao.portal.readback import Figure
from nianbao.report.report import Report
from nianbao.word import edition
from nianbao.word.plan import Plan

_HINT = "没有写出文件；请把填报文件和模板发给维护的人"


def of(ready: Plan, report: Report, document: bytes) -> bytes:
    """The page of a report that was printed as `document`. Raises Rejected (W107, exit code 3)."""
    page = markup.write(
        edition.of(ready, report),
        title=report.title,
        language="en" if report.form.manner.english else report.script.value,
        program=f"nianbao {nianbao.__version__}",
    )
    read = readback.read(page.decode())
    expected = edition.seen(document, report.title)
    at = readback.first_difference(read.texts, expected)
    if at is not None:
        said = expected[at - 1] if at <= len(expected) else ""
        wanted = f"应当是“{shortened(said)}”" if isinstance(said, str) else "应当是 Word 里的那个表"
        raise _lost(report, f"网页的第 {at} 段和 Word 的不一样，{wanted}。")
    found, typed = Counter(map(_told, read.figures)), Counter(map(_told, _figures(report)))
    if found != typed:
        cells, _, text = next(iter((typed - found) + (found - typed)))
        raise _lost(report, f"网页里的数和填报的不一样：{cells} 的“{shortened(text)}”。")
    return page


def _figures(report: Report) -> Iterator[Figure]:
    """Every figure that is printed, in the tables and in the texts."""
    for row in report.rows():
        for cell in row.cells():
            number = report.numbers[cell.address]
            yield Figure(cell.address, number.typed, number.face or number.typed)
    for texts in (*report.narratives.values(), *report.notes.values()):
        for paragraph in texts:
            for (start, end), cells in zip(paragraph.bound, paragraph.figures, strict=False):
                if cells:
                    said = paragraph.text[start:end]
                    yield Figure("+".join(cells), said, said)


def _told(figure: Figure) -> tuple[str, str, str]:
    """A figure to compare; what parts thousands is printed and no part of a value."""
    return figure.cells, figure.value.replace(",", ""), figure.text


def _lost(report: Report, message: str) -> Rejected:
    return unusable("W107", message, hint=_HINT, file=report.form.template_path)
