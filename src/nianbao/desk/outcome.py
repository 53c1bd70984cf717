"""What became of one input file: its findings, what was written, the exit code.

Knows how a fault on the way becomes a finding, so that one file's trouble stays
its own. Knows neither the steps nor how they are told.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.diagnostics import Finding, Rejected, finding, in_order
from nianbao.report.report import Report

if TYPE_CHECKING:
    from nianbao.desk.documents import Imported
    from nianbao.source.mending import Change
    from nianbao.word import changed


class Work(Enum):
    """What was to be done with a file: what is said at the end depends on it."""

    CHECK = auto()
    REPORT = auto()
    MAIL = auto()
    REVIEW = auto()
    FIX = auto()
    STARTER = auto()


@dataclass(slots=True)
class Outcome:
    """What became of one input file."""

    path: Path
    findings: list[Finding] = field(default_factory=list)
    work: Work = Work.CHECK
    report: Report | None = None
    document: Imported | None = None
    """The input, where that is a document: findings are of its draft."""
    changed: tuple[changed.Change, ...] | None = None
    """What was changed in a document since it was generated; None with no data aboard."""
    exit_code: int = 0
    lines: tuple[str, ...] = ()
    """The input as typed, line by line."""
    written: Path | None = None
    page_wanted: bool = False
    page_written: Path | None = None
    answers_written: Path | None = None
    review_written: Path | None = None
    mailed: Path | None = None
    """The folder with all that is handed in."""

    @property
    def accepted(self) -> bool:
        return self.exit_code == 0


@dataclass(slots=True)
class Mended:
    """What `fix` did to one file: nothing, where no copy was kept."""

    path: Path
    encoding: str
    copy: Path | None = None
    changes: tuple[Change, ...] = ()


@contextlib.contextmanager
def faults_told(outcome: Outcome) -> Iterator[None]:
    """What goes wrong on the way becomes findings of `outcome`; nothing is raised."""
    try:
        yield
    except Rejected as rejected:
        outcome.findings = in_order([*outcome.findings, *rejected.findings])
        outcome.exit_code = max(outcome.exit_code, rejected.exit_code)
    except Exception as problem:
        outcome.findings.append(_own_fault(problem))
        outcome.exit_code = 3


def _own_fault(problem: Exception) -> Finding:
    return finding(
        "W110",
        f"程序自己出错了（{type(problem).__name__}：{problem}）。",
        hint="请把填报文件和这句话发给维护的人",
    )
