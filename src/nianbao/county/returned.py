"""A file that came in, as much of it as the upper office keeps.

Knows whose it is, of which year and form, whether it passed, its figures as
typed and the marks by which its passages are known again. Keeps no text and no
place of it, so that three hundred of them take no more memory than thirty.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from nianbao.chinese.wording import plain
from nianbao.diagnostics import Finding, Severity
from nianbao.form.form import Form
from nianbao.form.kind import Figure
from nianbao.form.row import Cell
from nianbao.report.report import Report

_FIGURE = re.compile(r"\d+")
SHORTEST = 30
"""Of a paragraph that is compared: shorter ones are alike everywhere."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One file; `turn` counts the folders that were given, from 0.

    `typed` is by cell address; `passages` holds for each part how long its
    paragraphs are by their marks, `text` one mark for all that is written.
    """

    path: Path
    turn: int = 0
    unit: str = ""
    short: str = ""
    year: int = 0
    form: Form | None = None
    accepted: bool = False
    findings: tuple[Finding, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, int] = field(default_factory=dict)
    passages: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    text: int = 0
    marked: Mapping[str, Severity] = field(default_factory=dict)
    """The cells, by address, that an open finding is about; the gravest of each."""
    own: bool = False
    """The upper office's own."""

    @property
    def is_read(self) -> bool:
        return self.form is not None

    def is_of(self, form: Form | None, year: int) -> bool:
        return self.form is form and self.year == year

    @property
    def to_mend(self) -> tuple[Finding, ...]:
        """What the unit has to change or to answer for."""
        return tuple(
            told
            for told in self.findings
            if told.blocks or (told.severity is Severity.CONFIRM and not told.answered)
        )

    def written(self, cell: Cell) -> tuple[Cell, ...]:
        """A cell, or all that it was written as in added rows."""
        if not cell.row.added:
            return (cell,)
        turns = range(1, self.added.get(cell.row.address, 0) + 1)
        return tuple(cell.row.turn(n).cell(cell.column) for n in turns)

    def worth(self, cell: Cell) -> Decimal:
        """What a sum takes of a cell: 0 where a word stands there, or nothing."""
        return sum((_worth(each, self.typed) for each in self.written(cell)), Decimal(0))

    def agrees(self, other: Returned) -> bool:
        """True of two copies of one report: every figure is the same."""
        return (self.typed, self.added) == (other.typed, other.added)


def of(
    report: Report,
    findings: Sequence[Finding],
    *,
    told: tuple[Finding, ...],
    path: Path,
    turn: int,
) -> Returned:
    """What is kept of a report that could be read; `told` are its findings, each by itself."""
    own = [name for name in (plain(report.unit), plain(report.short_name)) if name]
    texts = [p.text for _, p in report.paragraphs()]
    return Returned(
        path=path,
        turn=turn,
        unit=report.unit,
        short=report.short_name,
        year=report.year,
        form=report.form.as_declared or report.form,
        accepted=not any(each.blocks for each in findings),
        findings=told,
        marked=_marked(findings),
        typed={
            sys.intern(address): sys.intern(number.typed)
            for address, number in report.numbers.items()
        },
        added=dict(report.added),
        passages=_passages(report, own),
        text=zlib.crc32("\n".join(texts).encode("utf-8", "replace")),
    )


def _marked(findings: Sequence[Finding]) -> dict[str, Severity]:
    """Errors outrank what is only asked."""
    found: dict[str, Severity] = {}
    for told in findings:
        address = getattr(told.about, "address", "")
        if address and (told.blocks or (told.severity is Severity.CONFIRM and not told.answered)):
            found[address] = Severity.ERROR if told.blocks else found.get(address, told.severity)
    return found


def _passages(report: Report, own: list[str]) -> dict[str, dict[int, int]]:
    """How long each paragraph is, by what is left of it without figures and the unit's own name."""
    found: dict[str, dict[int, int]] = {}
    for section, paragraph in report.paragraphs():
        text = plain(paragraph.text)
        length = len(text)
        for name in own:
            text = text.replace(name, "")
        text = _FIGURE.sub("0", text)
        if section.headed and length >= SHORTEST:
            found.setdefault(section.name, {})[hash(text)] = length
    return found


def _worth(cell: Cell, typed: Mapping[str, str]) -> Decimal:
    kind = cell.kind
    meant = kind.read(typed.get(cell.address, "")) if isinstance(kind, Figure) else None
    return meant.worth if meant else Decimal(0)
