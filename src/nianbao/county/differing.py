"""What is different in two reports of one unit: was and now.

Knows cells, each by its name, and how many paragraphs are others. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.county.returned import Returned
from nianbao.form.form import Form

_TOLD = 12
"""Of the cells that differ, so many are named."""


def said(was: Returned, now: Returned, form: Form) -> str:
    """The differences in one line, "" where there is none."""
    told = [f"{name} {before} → {after}" for name, before, after in cells(was, now, form)]
    more = f"等 {len(told)} 处" if len(told) > _TOLD else ""
    text = "文字有改动" if was.text != now.text else ""
    return "；".join(filter(None, ("、".join(told[:_TOLD]) + more, text)))


def cells(was: Returned, now: Returned, form: Form) -> Iterator[tuple[str, str, str]]:
    """Each cell that holds something else: its name, what was typed and what is."""
    for cell in form.cells.values():
        many = max(held.added.get(cell.row.address, 0) for held in (was, now))
        turns = [cell.row.turn(n).cell(cell.column) for n in range(1, many + 1)]
        for each in turns if cell.row.added else [cell]:
            before, after = (held.typed.get(each.address, "（没有）") for held in (was, now))
            if before != after:
                yield each.name, before or "（空）", after or "（空）"
