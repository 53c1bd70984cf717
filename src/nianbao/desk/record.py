"""The findings as a program reads them (docs/commands.md, “check --format json”).

Knows the names and the shape of that document; says nothing to a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from nianbao.desk.outcome import Outcome
from nianbao.diagnostics import Finding, Related


def as_json(outcomes: Iterable[Outcome]) -> str:
    """The document that `check --format json` prints, ASCII-escaped."""
    files = [
        {
            "file": str(outcome.path),
            "accepted": outcome.accepted,
            "findings": [_finding(f) for f in outcome.findings],
        }
        for outcome in outcomes
    ]
    return json.dumps({"files": files}, ensure_ascii=True, indent=2)


def _finding(finding: Finding) -> dict[str, object]:
    described: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "line": finding.location.line if finding.location else None,
        "column": finding.location.column if finding.location else None,
        "hint": finding.hint,
        "answer_key": finding.answer_key,
        "answered": finding.answered,
        "related": [_related(related) for related in finding.related],
    }
    if finding.file:
        described["file"] = str(finding.file)
    return described


def _related(related: Related) -> dict[str, object]:
    described: dict[str, object] = {
        "line": related.location.line if related.location else None,
        "column": related.location.column if related.location else None,
        "message": related.message,
    }
    if related.file:
        described["file"] = str(related.file)
    return described
