"""Text pasted from a page that broke its lines: a paragraph for every line of print.

Knows that printed lines are of one width, break in mid-sentence and go on
without a number. Joins them only where no line but the last ends a sentence:
elsewhere a paragraph may have ended there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nianbao.checks import outline
from nianbao.chinese.wording import folded
from nianbao.diagnostics import Edit, Finding, Location, finding
from nianbao.report.report import Paragraph, Report

_NARROWEST, _WIDEST, _APART = 20, 45, 3
_LONGEST = 100
"""Lines that are read as one passage."""
_STOPS = re.compile("[。！？；：!?;:…][”’）」』]*$")
_MID_CLAUSE = re.compile("[，、（《“]$")


def broken_lines(report: Report, last: Report | None) -> Iterator[Finding]:
    """A passage broken in mid-sentence line by line (N215), once a passage."""
    for section in report.form.sections:
        for lines in _passages(report.narratives.get(section.name, ())):
            stopped = any(_STOPS.search(line.text) for line in lines[:-1])
            first, end = lines[0], lines[-1]
            yield finding(
                "N215",
                f"“{section.label}”从第 {first.location.line} 行到第 {end.location.line} 行，"
                "一句话断成了几行，会印成好几段。",
                subject=f"{section.key} {first.text[:8]}",
                at=first.words(0, len(first.text)),
                hint="把断开的几行接成一行；另起一行就是另起一段",
                mend=() if stopped else _joined(lines),
            )


def _passages(paragraphs: Sequence[Paragraph]) -> Iterator[Sequence[Paragraph]]:
    """Runs of lines of one width, the last of them shorter, that break sentences."""
    n = 0
    while n < len(paragraphs):
        if _STOPS.search(paragraphs[n].text):
            n += 1
            continue
        end, width = n + 1, len(paragraphs[n].text)
        while end < min(len(paragraphs), n + _LONGEST) and _goes_on(paragraphs, end, width):
            width = max(width, len(paragraphs[end].text))
            end += 1
        lines = paragraphs[n:end]
        broken = [line for line in lines[:-1] if not _STOPS.search(line.text)]
        surely = any(_MID_CLAUSE.search(line.text) for line in broken)
        if 3 * len(broken) >= 2 * (len(lines) - 1) and len(broken) >= (1 if surely else 2):
            yield lines
            n = end
        else:
            n += 1


def _goes_on(paragraphs: Sequence[Paragraph], at: int, width: int) -> bool:
    """True where the line `at` can be the next printed line of a passage so wide."""
    before, line = paragraphs[at - 1], paragraphs[at]
    return (
        _NARROWEST <= len(before.text) <= _WIDEST
        and width - len(before.text) <= _APART
        and len(line.text) <= width + _APART
        and line.location.line == before.location.line + 1
        and outline.numbered(folded(line.text)) is None
    )


def _joined(lines: Sequence[Paragraph]) -> tuple[Edit, ...]:
    """What joins the lines; nothing where a figure hides where one ends, or Latin words may meet."""
    edits = []
    for line, following in pairwise(lines):
        last = len(line.text) - 1
        meets = line.text[last] + following.text[0]
        if line.is_bound(last, last + 1) or (meets.isascii() and meets.isalpha()):
            return ()
        place = line.place(last)
        edits.append(Edit(Location(place.line, place.column + 1), following.place(0), ""))
    return tuple(edits)
