"""`rollup`: what the units sent in, added up and written.

Knows the order of the steps and what is written where. What a unit's state is and what all add
up to is county's; how it is said, `rollupsaid`'s.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nianbao import checks
from nianbao.county import alike, returns, rollup, standing
from nianbao.county import roster as rosters
from nianbao.county.roster import Roster
from nianbao.county.standing import Standing, Standings
from nianbao.desk import annotating, countyfile, delivery, gathering, invocation, paper, targets
from nianbao.desk.gathering import Progress
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Finding, unusable
from nianbao.report.report import Report

INCOMPLETE = "不完整"
_LETTER, _MISSING = "退回说明.txt", "没有报送的单位.txt"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed behind `rollup`."""

    sources: tuple[Path, ...]
    output: Path | None = None
    roster: Path | None = None
    own: Path | None = None
    unit: str = ""
    last_year: Path | None = None
    workbook: Path | None = None
    returned_to: Path | None = None


@dataclass
class RolledUp:
    """What became of it."""

    standings: Standings
    findings: list[Finding] = field(default_factory=list)
    """What is about no one unit."""
    total: Report | None = None
    subtotals: Mapping[str, Report] = field(default_factory=dict)
    ties: list[Finding] = field(default_factory=list)
    """What of the sum does not balance, by its place in the file."""
    written: list[Path] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        if self.total is None:
            return 3
        wrong = any(told.blocks for told in (*self.findings, *self.ties))
        return int(wrong or not self.standings.complete)


def run(wanted: Wanted, session: Session, progress: Progress) -> RolledUp:
    """Everything. Raises Rejected where nothing can be done, or what stands there is not ours."""
    _refuse_taken(wanted)
    roster = rosters.read(targets.located(wanted.roster)) if wanted.roster else None
    gathered = gather(wanted, session, roster, progress)
    standings = standing.of(gathered.returned, roster)
    told = [*gathered.findings, *standings.findings, *alike.found(standings)]
    done = RolledUp(standings, told)
    if standings.form:
        path = _target(wanted.output, standings) or Path(f"{standings.year}.yaml")
        unit = wanted.unit or next((u.member.unit for u in standings.units if _is_own(u)), "")
        done.total = rollup.of(standings, unit=unit, path=path)
        done.subtotals = rollup.by_kind(standings, path=path)
        _write_file(wanted, done)
    if wanted.workbook and standings.form:
        _write_workbook(wanted.workbook, done, session)
    if wanted.returned_to:
        done.written += _return(wanted.returned_to, standings, session, done.findings)
    return done


def gather(
    wanted: Wanted, session: Session, roster: Roster | None, progress: Progress
) -> gathering.Gathered:
    """What came in, checked beside last year's folder where one is named."""
    if wanted.last_year:
        folder = targets.located(wanted.last_year)
        session.last_year_of = gathering.last_years(folder, roster, session)
    return gathering.gather(wanted.sources, session, own=wanted.own, progress=progress)


def lacking(standings: Standings) -> str:
    """Who is not in the sum, by state: the first line of the file and of the workbook."""
    if not standings.wanting:
        return ""
    by_state: dict[str, list[str]] = {}
    for unit in standings.wanting:
        by_state.setdefault(unit.state.said, []).append(unit.name)
    said = "；".join(f"{state}：{'、'.join(names)}" for state, names in by_state.items())
    return f"不完整，缺 {len(standings.wanting)} 个单位的数。{said}。"


def _is_own(unit: Standing) -> bool:
    return bool(unit.returned and unit.returned.own)


# --- the file -----------------------------------------------------------------------


def _incomplete_name(path: Path) -> Path:
    return path.with_name(f"{path.stem}.{INCOMPLETE}{path.suffix}")


def _target(output: Path | None, standings: Standings) -> Path | None:
    """Where the file goes: an incomplete sum's name says what it is."""
    if output is None or standings.complete:
        return output
    return _incomplete_name(output)


def _refuse_taken(wanted: Wanted) -> None:
    """Raise Rejected (W108, exit code 3) for a file that somebody has written in since."""
    for path in (wanted.output, wanted.output and _incomplete_name(wanted.output)):
        if path and os.path.lexists(path):
            delivery.refuse_unfit(path)
            if not countyfile.is_untouched(path.read_bytes()):
                hint = "里面有写好的文字，不能盖掉；-o 换一个名字，或者先把它移走"
                raise unusable("W108", f"{path} 已经有了，没有动它。", hint=hint)


def _write_file(wanted: Wanted, done: RolledUp) -> None:
    total = done.total
    assert total
    target = _target(wanted.output, done.standings)
    text = countyfile.text(
        total,
        done.subtotals,
        wanting=lacking(done.standings),
        name=invocation.as_argument(targets.to_type(total.path)),
        command=invocation.program("generate"),
    )
    done.ties = checks.that_block(countyfile.read_back(text, total))
    if not (wanted.output and target):
        return
    encoding = "utf-8-sig" if os.name == "nt" else "utf-8"
    data = text.replace("\n", os.linesep).encode(encoding)
    done.findings += delivery.deliver(target, data, countyfile.is_untouched)
    done.written.append(target)
    other = wanted.output if target != wanted.output else _incomplete_name(wanted.output)
    delivery.discard(other, countyfile.is_untouched)


# --- the workbook -------------------------------------------------------------------


def _write_workbook(target: Path, done: RolledUp, session: Session) -> None:
    from nianbao.county import workbook

    form = done.standings.form
    assert form
    assert done.total
    _, drawn = session.shelf.template(form)
    data = workbook.write(
        done.standings,
        done.total,
        drawn,
        lacking=lacking(done.standings),
        findings=done.findings,
        ties=done.ties,
    )
    done.findings += delivery.deliver(target, data, workbook.is_untouched)
    done.written.append(target)


# --- what goes back -----------------------------------------------------------------


def _return(
    folder: Path, standings: Standings, session: Session, findings: list[Finding]
) -> Iterator[Path]:
    """A folder for each unit that has something to mend, and who is missing."""
    names = _folder_names(standings)
    for number, unit in enumerate(standings.units):
        if returns.is_due(unit) and unit.returned:
            place = folder / names[number]
            commented = unit.returned.is_read and unit.returned.to_mend
            path = unit.returned.path
            copy = _review(path, place, session, findings) if commented else None
            text = returns.letter(unit, standings, copy.name if copy else "")
            yield from filter(None, (copy, _put(place / _LETTER, text, findings)))
    text = returns.missing(standings)
    if text:
        yield _put(folder / _MISSING, text, findings)


def _folder_names(standings: Standings) -> list[str]:
    """A folder's name for each unit, no two the same."""
    names: list[str] = []
    for unit in standings.units:
        name = gathering.file_name(unit.name)
        while name in names:
            name += "_"
        names.append(name)
    return names


def _review(path: Path, folder: Path, session: Session, findings: list[Finding]) -> Path | None:
    """The commented copy, None where there can be none: a page has no comments."""
    target = folder / targets.review_name(path)
    if not paper.is_document(path):
        outcome = session.review(path, target)
        findings += [told for told in outcome.findings if told.code == "W106"]
        return outcome.review_written
    outcome = session.check(path)
    session.forget()
    if outcome.report:
        outcome.findings = gathering.with_letter(outcome, outcome.report)
    copy = annotating.copy_of(outcome)
    if copy:
        findings += delivery.deliver(target, copy, lambda old: False)
    return target if copy else None


def _put(target: Path, text: str, findings: list[Finding]) -> Path:
    """A text for Windows; what another run wrote there is kept under another name."""
    data = text.replace("\n", "\r\n").encode("utf-8-sig")
    try:
        if target.is_file() and (old := target.read_bytes()) != data:
            delivery.keep(target, old)
    except OSError:
        pass
    delivery.place(target, data, lambda _: True)
    return target
