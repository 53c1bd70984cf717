"""What came in, read file by file.

Knows that each folder is a turn of its own and files side by side are one, that
each file is checked as `check` checks it and let go of before the next, and that
answers to a document lie in a letter beside it. What it all comes to is county's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nianbao.chinese.lines import of as lines_of
from nianbao.chinese.wording import names_of, plain
from nianbao.county import returned
from nianbao.county.returned import Returned
from nianbao.county.roster import Roster
from nianbao.desk import inbox, targets
from nianbao.desk.outcome import Outcome
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Finding, Rejected, finding, unusable
from nianbao.form.contract import UNIT
from nianbao.report import answers, identity
from nianbao.report.report import Answer, Report
from nianbao.source import encoding, inputfile

Progress = Callable[[int, int, Path], None]
"""Told of each file: how many were read, of how many, which one."""


@dataclass
class Gathered:
    """All that came in; `findings` are about what is no report."""

    returned: list[Returned] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def gather(
    sources: Sequence[Path], session: Session, *, own: Path | None, progress: Progress
) -> Gathered:
    """Every file of the folders and files given. Raises Rejected (H109, exit code 3) for none."""
    gathered = Gathered()
    files = list(_files(sources, gathered.findings))
    if not files:
        raise unusable(
            "H109",
            f"{'、'.join(map(str, sources))} 里没有可以汇总的报告。",
            hint="看看是不是写错了文件夹",
        )
    own_path = targets.located(own) if own else None
    real = os.path.realpath(own_path) if own_path else ""
    files = [(turn, path) for turn, path in files if os.path.realpath(path) != real]
    count = len(files) + bool(own_path)
    for number, (turn, path) in enumerate(files):
        progress(number, count, path)
        gathered.returned.append(read(path, session, turn=turn))
    if own_path:
        progress(len(files), count, own_path)
        gathered.returned.append(replace(read(own_path, session, turn=0), own=True))
    progress(count, count, Path())
    return gathered


def _files(sources: Sequence[Path], findings: list[Finding]) -> Iterator[tuple[int, Path]]:
    """Each file with its turn; files that are given side by side are one turn."""
    turn = -1
    in_folder = True
    for source in map(targets.located, sources):
        if not os.path.isdir(source):
            turn += in_folder
            in_folder = False
            yield turn, source
            continue
        turn += 1
        in_folder = True
        lies = inbox.of(source)
        if not lies.files:
            message = f"文件夹 {source} 里没有可以汇总的报告。"
            findings.append(finding("H109", message, hint="看看是不是写错了文件夹"))
        if lies.others:
            named = "、".join(path.name for path in lies.others[:10])
            more = f"等 {len(lies.others)} 个" if len(lies.others) > 10 else ""
            findings.append(
                finding("H112", f"{source} 里还有不是报告的文件，没有看：{named}{more}。")
            )
        yield from ((turn, path) for path in lies.files)


def read(path: Path, session: Session, *, turn: int) -> Returned:
    """One file, checked; of what cannot be read, whose it may be."""
    outcome = session.check(path)
    session.forget()
    report = outcome.report
    if report is None or outcome.exit_code == 3:
        found = tuple(placed(told, outcome) for told in outcome.findings)
        return Returned(outcome.path, turn, unit=_unit_said(outcome), findings=found)
    findings = with_letter(outcome, report)
    return returned.of(
        report,
        findings,
        told=tuple(placed(told, outcome) for told in findings),
        path=outcome.path,
        turn=turn,
    )


def placed(told: Finding, outcome: Outcome) -> Finding:
    """A finding by itself: of a document, the words for its place stand in front of it."""
    document = outcome.document
    if document is None or told.file:
        return replace(told, about=told.location)
    place = document.place(told)
    words = document.words_of(place) if place else ""
    message = f"{words}：{told.message}" if words else told.message
    return replace(told, about=None, message=message)


def _unit_said(outcome: Outcome) -> str:
    """The unit that a file names, though the rest cannot be read."""
    lines = identity.lines_at_the_edge(lines_of("\n".join(outcome.lines)))
    return next((line.value for line in lines if names_of(line.key) & names_of(UNIT)), "")


def with_letter(outcome: Outcome, report: Report) -> list[Finding]:
    """The findings of a document, those settled that the letter beside it answers."""
    if report.answers or outcome.path.name.lower().endswith(inbox.INPUTS):
        return outcome.findings
    for letter in _letters(outcome.path):
        given = _given(letter, report, alone=letter.stem != inbox.LETTER)
        if given:
            settled = answers.settle(outcome.findings, given)
            told = {id(finding) for finding in outcome.findings}
            return [
                each if id(each) in told or each.answered else replace(each, file=letter)
                for each in settled
            ]
    return outcome.findings


def _letters(path: Path) -> Iterator[Path]:
    """The letter of this document by its name, else one that lies beside all."""
    for name in (f"{path.stem}.{inbox.LETTER}.txt", f"{inbox.LETTER}.txt"):
        if os.path.isfile(path.with_name(name)):
            yield path.with_name(name)


def _given(letter: Path, report: Report, *, alone: bool) -> tuple[Answer, ...]:
    """The answers in a letter that is this report's by its name, its title, or for want of others."""
    try:
        lines = encoding.decode(inputfile.read_bytes(letter)).lines
    except Rejected:
        return ()
    title, given = answers.given_in(lines.text) if lines else ("", ())
    if not alone and title and plain(report.unit) not in plain(title):
        return ()
    if not alone and not title and len(inbox.of(letter.parent).files) > 1:
        return ()
    return given


def file_name(text: str) -> str:
    """`text` as Windows takes it in a file's name."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", text).strip(". ")
    return name[:80] or "没有名称"


def reports(folder: Path, session: Session) -> Iterator[tuple[Path, Report]]:
    """The reports of a folder that can be read, one at a time."""
    for path in inbox.of(folder).files:
        try:
            report, _ = session.read(path)
        except Rejected:
            continue
        session.forget()
        yield path, report


def last_years(
    folder: Path, roster: Roster | None, session: Session
) -> Callable[[Report], Path | None]:
    """Which file of a folder is last year's of a report: what is written inside decides."""

    def called(unit: str) -> str:
        member = roster.member(unit) if roster else None
        return plain(member.unit if member else unit)

    found: dict[tuple[str, int], Path] = {}
    for path, report in reports(folder, session):
        found.setdefault((called(report.unit), report.year), path)
    return lambda report: found.get((called(report.unit), report.year - 1))
