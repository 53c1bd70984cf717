"""`new --roster`: a begun file for each unit that an upper office asks for a report.

Knows which of last year's reports is whose, by what is written inside, and that
one unit's trouble stays its own. How a file is begun is `newyear`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao.chinese.wording import plain
from nianbao.county import roster as rosters
from nianbao.county.roster import Member, Roster
from nianbao.desk import gathering, newyear, targets
from nianbao.desk.gathering import Progress
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Finding, Rejected


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of one unit's file: where it is, after which report, what is told."""

    member: Member
    target: Path
    source: Path | None
    findings: tuple[Finding, ...] = ()
    exit_code: int = 0
    written: bool = True


def begin(
    roster: Path,
    folder: Path,
    *,
    year: int,
    source: Path | None,
    wanted: str | None,
    session: Session,
    progress: Progress,
) -> list[Begun]:
    """A file in `folder` for each unit of the roster. Raises Rejected for a roster that is none."""
    known = rosters.read(targets.located(roster))
    last, form = _last(targets.located(source), known, year, session) if source else ({}, None)
    names = list(_names(known.members, year))
    begun = []
    for number, (member, name) in enumerate(zip(known.members, names, strict=True)):
        target = folder / name
        progress(number, len(names), target)
        begun.append(
            _one(
                member, target, last.get(member), year=year, wanted=wanted or form, session=session
            )
        )
    progress(len(names), len(names), folder)
    if known.findings:
        told = (*known.findings, *begun[0].findings)
        begun[0] = replace(begun[0], findings=told, exit_code=max(1, begun[0].exit_code))
    return begun


def _one(
    member: Member,
    target: Path,
    source: Path | None,
    *,
    year: int,
    wanted: str | None,
    session: Session,
) -> Begun:
    def attempt(source: Path | None) -> list[Finding]:
        return newyear.begin(
            target, year=year, unit=member.unit, source=source, wanted=wanted, session=session
        )

    try:
        return Begun(member, target, source, tuple(attempt(source)))
    except Rejected as rejected:
        told = tuple(rejected.findings)
        if source is None or any(each.code != "W109" for each in told):
            return Begun(member, target, source, told, rejected.exit_code, written=False)
    try:
        return Begun(member, target, None, (*told, *attempt(None)), 1)
    except Rejected as rejected:
        told = tuple(rejected.findings)
        return Begun(member, target, None, told, rejected.exit_code, written=False)


def _last(
    folder: Path, roster: Roster, year: int, session: Session
) -> tuple[dict[Member, Path], str | None]:
    """Each unit's report of the year before, else its latest, and the form that they are of."""
    found: dict[Member, tuple[int, Path]] = {}
    form = None
    for path, report in gathering.reports(folder, session):
        member = roster.member(report.unit)
        if member and report.year < year and report.year > found.get(member, (0, path))[0]:
            found[member] = (report.year, path)
            form = report.form.name
    return {member: path for member, (_, path) in found.items()}, form


def _names(members: tuple[Member, ...], year: int) -> Iterator[str]:
    """A file's name for each unit, no two the same."""
    taken = set[str]()
    for member in members:
        name = gathering.file_name(member.called)
        name = gathering.file_name(member.unit) if plain(name) in taken else name
        taken.add(plain(name))
        yield f"{name}{year}.yaml"
