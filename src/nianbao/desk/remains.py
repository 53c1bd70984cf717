"""What can be read of a file that cannot be read as a whole.

Knows that the parts of a file begin at its left edge, and that one can be left
out without moving the others. Knows neither what is wrong nor which form it is.
"""

from __future__ import annotations

from dataclasses import replace

from nianbao.chinese.lines import Lines
from nianbao.chinese.lines import of as lines_of
from nianbao.diagnostics import Finding, Location
from nianbao.report import identity
from nianbao.report.report import Paragraph, Report
from nianbao.source import parsing, tree
from nianbao.source.names import Names

_MAX_ROUNDS = 20
_UNREAD = "（没有读出来）"


def of(lines: Lines, names: Names) -> tree.Node | None:
    """The tree without the parts that keep the rest from being read, None where nothing is left."""
    for _ in range(_MAX_ROUNDS):
        source = parsing.read_lines(lines, names)
        wrong = {line for told in source.findings if told.blocks for line in _spoken_of(told)}
        if source.root or not wrong:
            return source.root
        lines = _without(lines, wrong)
    return None


def marked(report: Report) -> Report:
    """`report` saying where a narrative is missing; no place of it is one of the file."""
    nowhere = Location(0, 0)
    unread = (Paragraph("", _UNREAD, nowhere),)
    texts = [section.name for section in report.form.sections if not section.table]
    narratives = {name: report.narratives.get(name) or unread for name in texts}
    return replace(report, narratives=narratives, places={})


def _spoken_of(told: Finding) -> set[int]:
    """Where a finding stands and what its mend would change: it may be told for many lines."""
    lines = {change.start.line for change in told.mend}
    return lines | ({told.location.line} if told.location else set())


def _without(lines: Lines, wrong: set[int]) -> Lines:
    """The lines with every part emptied that one of the lines `wrong` stands in."""
    starts = [1, *(line.location.line for line in identity.lines_at_the_edge(lines))]
    parts = zip(starts, [*starts[1:], len(lines.texts) + 1], strict=True)
    spoilt = {
        line
        for start, end in parts
        if any(start <= line < end for line in wrong)
        for line in range(start, end)
    }
    texts = ("" if line in spoilt else text for line, text in enumerate(lines.texts, 1))
    return lines_of("\n".join(texts))
