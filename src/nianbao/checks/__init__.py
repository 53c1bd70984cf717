"""What a reviewer checks of a report that could be read.

A check takes the report (and last year's, where there is one) and yields
findings; it never raises and never stops another. `CHECKS` names them all.
What a form's ties and texts must say comes from the form; the words of a form
never stand here. A check that cannot be made says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from nianbao.checks import (
    basis,
    cells,
    commonplaces,
    dates,
    headings,
    identity,
    letterhead,
    mentions,
    narrative,
    omissions,
    outline,
    pasted,
    prose,
    residue,
    sample,
    ties,
    years,
)
from nianbao.diagnostics import MAX_FINDINGS, Finding, Location, Severity, finding
from nianbao.report.report import Report

Check = Callable[[Report, Report | None], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    ties.ties,
    ties.ties_across_years,
    narrative.narrative,
    cells.rows_not_for_the_unit,
    cells.stocks,
    cells.limits,
    years.unchanged,
    years.jumps,
    years.copied,
    dates.year_in_file_name,
    dates.years_in_texts,
    dates.published,
    mentions.mentions,
    mentions.lengths,
    outline.numbering,
    outline.list_of_parts,
    headings.empty_headings,
    headings.repeated_headings,
    basis.basis,
    letterhead.unit_name,
    letterhead.names_filled_in,
    sample.copied_from_sample,
    identity.own_fields,
    identity.own_subject,
    identity.own_level,
    identity.contact,
    identity.opening,
    residue.residue,
    residue.private_numbers,
    omissions.left_out,
    omissions.unpaired,
    pasted.broken_lines,
    commonplaces.commonplaces,
    prose.half_width,
    prose.doubled,
)

OFFICIAL: frozenset[Check] = frozenset(
    {
        outline.numbering,
        headings.empty_headings,
        letterhead.unit_name,
        identity.own_subject,
        identity.opening,
        residue.residue,
    }
)
"""Those that know how Chinese government offices write: made where a form asks (公文)."""


def run(report: Report, last: Report | None) -> list[Finding]:
    """Every check's findings, of each no more than anyone reads.

    A note that stands where a graver finding does says nothing new.
    """
    asked = report.form.requirements.official
    made = [check for check in CHECKS if asked or check not in OFFICIAL]
    found = [f for check in made for f in islice(check(report, last), MAX_FINDINGS + 1)]
    graver = {f.location for f in found if f.severity is not Severity.NOTE and f.location}
    return [f for f in found if f.severity is not Severity.NOTE or f.location not in graver]


def that_block(report: Report) -> list[Finding]:
    """What keeps a report from being compared with: its figures alone, so no text is read."""
    return list(islice(ties.ties(report, None), MAX_FINDINGS + 1))


def not_all(cells: str, edition: str, place: Location | None) -> Finding:
    """What last year's report, of another edition of the form, has no number for (C002)."""
    return finding(
        "C002",
        f"上年的报告是{edition}，没有这些格，没有同上年核对：{cells}。",
        at=place,
        hint="自己同上年对一遍；名称改了、其实是同一格的，在表式文件里加上“也作”",
    )


def not_made(reason: str, place: Location | None) -> Finding:
    """The cross-year checks could not be made (C001); never counts as passed."""
    return finding(
        "C001",
        f"没有同上年核对（衔接、增减、照抄都没有查）：{reason}。",
        at=place,
        hint="把上年的填报文件改好，放在旁边，只差年份；或者用 --last-year 指明",
    )
