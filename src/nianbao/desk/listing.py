"""The forms at hand, as a list.

Knows what is told of a form in a line, and that of one that is of no use all that is
wrong with it is told, its examples and its template looked at. Prints by `console`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nianbao.desk import console
from nianbao.desk.shelf import undrawn
from nianbao.desk.shelved import Shelved
from nianbao.form.form import Form
from nianbao.sentence import example


def of(folders: Iterable[tuple[Path, list[Shelved]]]) -> int:
    """Each folder's forms, a broken one with all that is wrong with it; the exit code."""
    code = 0
    for folder, shelved in folders:
        console.say(f"{folder}")
        for each in sorted(shelved, key=lambda each: each.id):
            if each.form:
                console.say(f"  {_described(each.form)}")
                wrong = (*example.misread(each.form), *undrawn(each.form))
            else:
                console.say(f"  {each.id}  × 用不了，要改好：")
                wrong = each.findings
            for told in wrong:
                code = 3
                console.tell_finding(told, lines=(), keys=set())
    return code


def _described(form: Form) -> str:
    return (
        f"{form.id}  {form.name}（{form.edition}，{form.document_number}），"
        f"{form.years}，{_to_fill(form)}"
    )


def _to_fill(form: Form) -> str:
    if not form.cells:
        return "只有文字"
    numbers = all(cell.kind.numeric for cell in form.cells.values())
    return f"{len(form.cells)} {'个数' if numbers else '格'}"
