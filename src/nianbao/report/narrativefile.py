"""Narratives and the notes under tables as typed, line by line into paragraphs.

Knows how a text may be typed (docs/input.md, “正文”) and what a name in {{ }}
is worth in one report. How a paragraph is made of a line is `bound`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from nianbao.chinese.wording import names_of
from nianbao.diagnostics import finding
from nianbao.form import figure
from nianbao.form.contract import NOTE, SHORT, SUBTOTALS
from nianbao.form.equation import show
from nianbao.form.form import Section
from nianbao.form.row import Cell
from nianbao.report.bound import bind, paragraph
from nianbao.report.reading import Reading
from nianbao.report.report import UNREAD, OfKey, Paragraph, Report
from nianbao.source import tree
from nianbao.source.keys import Taken

MAX_PRINTED = 20_000
"""Characters of a paragraph as printed, names filled in."""
_NUMBERED = re.compile(r"[.．]\s*(\d{1,6})\s*[.．]")


@dataclass(frozen=True, slots=True)
class Worth:
    """What names added up in {{ }} are worth in one report. Looked up once each."""

    report: Report
    figures: figure.Figures
    found: dict[str, tuple[Cell, ...]] = field(default_factory=dict)

    def __call__(self, names: tuple[str, ...]) -> str:
        """What is printed for them. Raises FigureError."""
        if any(_kind_in(name, self.report) for name in names):
            of_kinds = (_of_kind(name, self.figures, self.report) for name in names)
            return show(sum(of_kinds, Decimal(0)))
        if len(names) == 1:
            own = _own(names[0], self.report)
            if own is not None:
                return own
            row = self.figures.counted(names[0])
            if row:
                return str(self.report.added.get(row.address, UNREAD))
        for name in names:
            if name not in self.found:
                self.found[name] = _cells(name, self.figures, self.report)
        return _shown(tuple(cell for name in names for cell in self.found[name]), self.report)

    def addresses(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The cells that they add up, once they were asked for."""
        return tuple(cell.address for name in names for cell in self.found.get(name, ()))


def worth_in(report: Report) -> Worth:
    return Worth(report, figure.of_form(report.form))


def _kind_in(name: str, report: Report) -> str | None:
    """The kind of units that a name begins with, before its first dot."""
    typed, _ = figure.parted(name)
    return next((kind for kind in report.subtotals if names_of(kind) & names_of(typed)), None)


def _of_kind(name: str, figures: figure.Figures, report: Report) -> Decimal:
    """What the units of one kind come to. Raises FigureError."""
    kind = _kind_in(name, report)
    if kind is None:
        said = f"“{name}”前面没有写类别。"
        raise figure.FigureError(said, f"写成 {next(iter(report.subtotals))}.{name}")
    total = report.subtotals[kind].sum(figures.cells(figure.parted(name)[1]))
    if total is None:
        raise figure.FigureError(f"“{SUBTOTALS}”里没有“{name}”。", f"在“{kind}”下面补上这一行")
    return total


def _cells(name: str, figures: figure.Figures, report: Report) -> tuple[Cell, ...]:
    """The cells that a name adds up; 各行 is said or not, and a number tells which added row."""
    cells = figures.of_every(name)
    numbered = _NUMBERED.search(name)
    if not numbered or not cells or not cells[0].row.added:
        return cells
    (cell,) = cells
    count = report.added.get(cell.row.address)
    number = int(numbered[1])
    if count is not None and not 1 <= number <= count:
        raise figure.FigureError(f"“{cell.row.key}”有 {count} 行，没有第 {number} 行。", "改行号")
    return (cell.row.turn(number).cell(cell.column),)


def _shown(cells: tuple[Cell, ...], report: Report) -> str:
    """What the cells print in a sentence. Raises FigureError where that is nothing."""
    several = len(cells) > 1 or any(cell.row.added for cell in cells)
    strange = next((cell for cell in cells if several and not cell.kind.summed), None)
    if strange:
        said = f"“{strange.words}”填的是{strange.kind.word}，不能相加。"
        hint = f"写第几行的，如 {strange.row.key}.1.{strange.column.key}"
        raise figure.FigureError(said, hint if strange.row.added else "一格一格地取")
    number = report.numbers.get(cells[0].address) if not several else None
    if number and number.blank and not number.typed:
        raise figure.FigureError(f"“{cells[0].words}”空着。", "填上，或者不取它")
    return report.show(cells) or UNREAD


def read(
    section: Section, entry: Taken, worth: Worth, *, reading: Reading
) -> list[Paragraph] | None:
    """The paragraphs of a narrative; None when they cannot be read as text."""
    paragraphs = _paragraphs(section.key, entry, over=section.name, worth=worth, reading=reading)
    if paragraphs == []:
        reading.tell(
            finding(
                "N001",
                f"“{section.label}”一个字也没有写。",
                at=OfKey(section.key, entry.key.location),
                hint=section.guidance or "写上内容",
                subject=section.key,
            )
        )
    return paragraphs


def read_note(
    section: Section, entry: Taken, worth: Worth, *, before: str, reading: Reading
) -> list[Paragraph]:
    """The lines printed under a table, the first one after `before` (注：)."""
    over = f"{section.name}.{NOTE}"
    lines = _paragraphs(NOTE, entry, over=over, worth=worth, reading=reading) or []
    begins = before.strip().rstrip("：:") or before
    return [
        _behind("" if line.turn or line.text.startswith(begins) else before, line) for line in lines
    ]


def _behind(before: str, line: Paragraph) -> Paragraph:
    """A line under a table, all of it text, behind what is printed in front of it."""
    moved = tuple((start + len(before), end + len(before)) for start, end in line.bound)
    body = before + line.text
    return replace(line, heading="", body=body, columns=(), bound=moved)


def _paragraphs(
    key: str, entry: Taken, *, over: str, worth: Worth, reading: Reading
) -> list[Paragraph] | None:
    """The paragraphs that the template's loop `over` prints."""
    value = entry.value
    if value.told:
        return None
    if not isinstance(value, tree.Scalar):
        reading.tell(
            finding(
                "S104",
                f"“{key}”应当是文字。",
                at=value.location,
                hint=f"写成“{key}: |”，正文另起一行、行首空两格",
            )
        )
        return None
    if value.spread or (not value.block and "\n" in value.text):
        reading.tell(
            finding(
                "Y109",
                f"“{key}”的正文写了几行，却没有用半角的 |，分段会丢掉。",
                at=value.location,
                hint=f"写成“{key}: |”（半角冒号、空格、半角竖线），正文另起一行、行首空两格",
                mend=value.as_block,
            )
        )
        return None
    if value.comment and key != NOTE:
        reading.tell_of_cut(key, value.comment)
        if not value.lines:
            return None
    return [
        _paragraph(line, over=over, turn=turn, worth=worth, reading=reading)
        for turn, line in enumerate(value.lines)
    ]


def _paragraph(
    line: tree.Line, *, over: str, turn: int, worth: Worth, reading: Reading
) -> Paragraph:
    printed = bind(line, worth)
    if (length := len(printed.text)) > MAX_PRINTED:
        reading.tell_too_long("印出来的这一段", length, most=MAX_PRINTED, place=line.location)
        return replace(paragraph(line.text, line.location), over=over, turn=turn)
    text = reading.said(printed.text, line.location)
    made = paragraph(text, line.location, printed.columns, printed.bound)
    figures = tuple(map(worth.addresses, printed.names))
    made = replace(made, over=over, turn=turn, figures=figures)
    for fault in printed.faults:
        at = made.words(fault.at, fault.at + 1)
        reading.tell(finding(fault.code, fault.message, at=at, hint=fault.hint))
    return made


def _own(name: str, report: Report) -> str | None:
    """What every report has under a name (年度, 单位, 简称); None where it is none of these."""
    for key, text in report.own_names().items():
        if names_of(key) & names_of(name):
            if not text and key == SHORT:
                raise figure.FigureError("没有填“简称”。", "在文件开头补上“简称: ”")
            return text or UNREAD
    return None
