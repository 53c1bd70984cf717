"""Last year's report: which file it is, and whether this year's may be compared with it.

Knows the file beside this year's, the one named by --last-year, and each reason
why there is nothing to compare with; a report of another edition of the form is told in
this one's cells. A fault in last year's file is that file's
own: it never rejects this year's.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from nianbao import checks
from nianbao.chinese.wording import plain
from nianbao.desk import paper
from nianbao.diagnostics import Finding, Rejected, in_order
from nianbao.form.contract import YEAR
from nianbao.frozen import dataclass
from nianbao.report import edition
from nianbao.report.report import Report
from nianbao.source import inputfile

Read = Callable[[Path], tuple[Report, list[Finding]]]


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's report, or None and the reason why it cannot be compared with."""

    report: Report | None = None
    why_not: str = ""
    findings: tuple[Finding, ...] = ()
    """What is told of the file itself: that it has another name, or cannot be opened."""
    exit_code: int = 0


def of(report: Report, named: Path | None, read: Read) -> LastYear:
    """Last year's report to `report`: in the file `named`, else beside it."""
    if not report.year:
        return LastYear(why_not="不知道本年是哪一年")
    path = named or inputfile.of_last_year(report.path, report.year)
    if path is None:
        return LastYear(why_not=f"文件名里没有 {report.year}，不知道上年的填报文件叫什么")
    found = inputfile.other_name(path)
    told = (inputfile.named_otherwise(path, found),) if found else ()
    path = found or path
    if named is None and not os.path.isfile(path):
        path = paper.beside(path) or path
    if named is None and not os.path.isfile(path):
        return LastYear(why_not=f"旁边没有上年的填报文件 {path.name}", findings=told)
    try:
        last, findings = read(path)
        findings += checks.that_block(last)
    except Rejected as rejected:
        if named is not None and rejected.exit_code == 3:
            told = (*told, *rejected.findings)
            return LastYear(why_not="上年的填报文件打不开", findings=told, exit_code=3)
        first = _first_wrong(rejected.findings) or rejected.findings[0]
        return LastYear(why_not=_faulty(path, first), findings=told)
    wrong = _first_wrong(findings)
    why_not = _faulty(path, wrong) if wrong else _incomparable(last, report)
    if why_not:
        return LastYear(None, why_not, told)
    other = last.form
    last = edition.told_in(last, report.form)
    missing = edition.without_counterpart(last) if other.id != report.form.id else ""
    if missing:
        told = (*told, checks.not_all(missing, other.edition, report.places.get(YEAR)))
    return LastYear(last, "", told)


def _first_wrong(findings: list[Finding]) -> Finding | None:
    return next((told for told in in_order(findings) if told.blocks), None)


def _faulty(path: Path, wrong: Finding) -> str:
    form = f"的表式 {wrong.file.name} " if wrong.file else ""
    own = paper.is_document(path)
    line = f"第 {wrong.location.line} 行：" if wrong.location and not own else ""
    what = "文档" if own else "填报文件"
    return f"上年的{what} {path.name} {form}有错（{line}{wrong.message.rstrip('。')}）"


def _incomparable(last: Report, report: Report) -> str:
    """Why the two cannot be compared, "" where they can."""
    name = last.path.name
    if last.year != report.year - 1:
        return f"{name} 的年度是 {last.year}，不是 {report.year - 1}"
    if last.form.id != report.form.id and plain(last.form.name) != plain(report.form.name):
        return f"{name} 用的是另一种表式（{last.form.name}），不能逐格核对"
    if plain(last.unit) != plain(report.unit):
        return f"{name} 的单位是“{last.unit}”，与本年不同"
    return ""
