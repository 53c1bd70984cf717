"""核实说明: which findings an office has answered.

Knows that an answer is given under the key a finding prints and lapses when
the numbers in that key change. Knows nothing of what the findings are about.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from nianbao.diagnostics import Finding, Severity, note
from nianbao.report import Answer


def settle(findings: list[Finding], answers: tuple[Answer, ...]) -> list[Finding]:
    """`findings` with the answered ones marked, and a note (S109) for every answer without one.

    A bare code answers while only one finding has it.
    """
    count = Counter(f.code for f in findings if f.severity is Severity.CONFIRM)
    given = {answer.key for answer in answers}
    settled, used = [], set()
    for finding in findings:
        if finding.severity is Severity.CONFIRM:
            keys = {finding.answer_key}
            if count[finding.code] == 1:
                keys.add(finding.code)
            used |= keys & given
            finding = replace(finding, answered=bool(keys & given))
        settled.append(finding)
    for answer in answers:
        if answer.key not in used:
            settled.append(
                note(
                    "S109",
                    f"核实说明“{answer.key}”没有对上任何一条检查结果。",
                    answer.location,
                    "数改过了就不再对得上；还要说明的，照检查结果里给出的那一行重抄，否则删掉",
                )
            )
    return settled


def answer_to(finding: Finding, answers: tuple[Answer, ...]) -> Answer | None:
    """The answer an answered finding was given."""
    if not finding.answered:
        return None
    return next(a for a in answers if a.key in (finding.answer_key, finding.code))
