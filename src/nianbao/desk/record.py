"""The findings as a program reads them (docs/commands.md, “check --format json”).

Knows the names and the shape of that document; says nothing to a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from nianbao.desk.outcome import Outcome
from nianbao.diagnostics import Finding, Location, Related

if TYPE_CHECKING:
    from nianbao.desk.documents import Imported
from nianbao.intake.blocks import Place


def as_json(outcomes: Iterable[Outcome]) -> str:
    """The document that `check --format json` prints, ASCII-escaped."""
    files = [
        {
            "file": str(outcome.path),
            "accepted": outcome.accepted,
            "findings": [_finding(f, outcome.document) for f in outcome.findings],
            **(_changed(outcome) if outcome.document else {}),
        }
        for outcome in outcomes
    ]
    return json.dumps({"files": files}, ensure_ascii=True, indent=2)


def _finding(finding: Finding, document: Imported | None) -> dict[str, object]:
    own = document if document and not finding.file else None
    described: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        **_located(finding.location if not own else None),
        "hint": finding.hint,
        "answer_key": finding.answer_key,
        "answered": finding.answered,
        "related": [_related(related, document) for related in finding.related],
    }
    if own:
        described["place"] = _place(own.place(finding))
    if finding.file:
        described["file"] = str(finding.file)
    return described


def _changed(outcome: Outcome) -> dict[str, object]:
    """What was changed in a document since it was generated, null where that is not known."""
    found = outcome.changed
    return {"changed": None if found is None else [asdict(change) for change in found]}


def _related(related: Related, document: Imported | None) -> dict[str, object]:
    own = document if document and not related.file else None
    described: dict[str, object] = {
        **_located(related.location if not own else None),
        "message": related.message,
    }
    if own:
        described["place"] = _place(own.draft.place(related.location) if related.location else None)
    if related.file:
        described["file"] = str(related.file)
    return described


def _located(location: Location | None) -> dict[str, object]:
    return {
        "line": location.line if location else None,
        "column": location.column if location else None,
    }


def _place(place: Place | None) -> dict[str, int] | None:
    """A place in a document, as docs/commands.md has it."""
    if place is None:
        return None
    if place.paragraph:
        return {"paragraph": place.paragraph}
    if place.table:
        return {"table": place.table, "row": place.row, "column": place.column}
    return None
