"""Findings of one cause on many lines, told once.

Knows that findings are alike whose sentences differ only in what they quote
first, and how many of them one sentence stands for. Knows nothing of the causes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from nianbao.diagnostics import Finding, Related

_FEWEST = 4
"""Findings that are told as one; so many can still be read one by one."""
_SHOWN = 3
_QUOTED = re.compile(r"^“[^”]*”+")


def together(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order, those of one cause at the first of them."""
    groups: dict[tuple[str, str, bool], list[Finding]] = {}
    for told in findings:
        alike = (told.code, _QUOTED.sub("", told.message), bool(told.mend))
        groups.setdefault(alike, []).append(told)
    joined = []
    for (_, cause, mended), group in groups.items():
        joined += [_as_one(group, cause)] if mended and len(group) >= _FEWEST else group
    return joined


def _as_one(group: list[Finding], cause: str) -> Finding:
    first = group[0]
    shown = [told.location for told in group[:_SHOWN] if told.location]
    lines = "、".join(str(place.line) for place in shown)
    quoted = _QUOTED.match(first.message)
    return replace(
        first,
        message=f"{quoted[0] if quoted else ''}{cause.rstrip('。')}；"
        f"这样的一共 {len(group)} 处，在第 {lines} 行等。",
        hint=f"{first.hint}；nianbao fix 可以一次改好",
        related=tuple(Related(place, "同样的写法") for place in shown[1:]),
        mend=tuple(edit for told in group for edit in told.mend),
    )
