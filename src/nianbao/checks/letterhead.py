"""The head of the file: is the unit called by its whole name, is every name filled in.

Knows what kinds of office Chinese places have, and how their names are
misspelt. That the names are the right unit's is for `identity`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.chinese.wording import folded
from nianbao.diagnostics import Finding, finding
from nianbao.form.contract import UNIT
from nianbao.form.form import FieldKind
from nianbao.report.report import Report

_GOVERNMENT, _SUB_OFFICE = "人民政府", "办事处"
_PLACE_ONLY = re.compile(r"[\u4e00-\u9fff]{2,}(?:省|市|州|盟|县|区|旗|镇|乡|街道)$")
_BETWEEN = re.compile("[省市州盟县区旗镇乡道](?P<tail>[^省市州盟县区旗镇乡道]{3,4})$")


def unit_name(report: Report, last: Report | None) -> Iterator[Finding]:
    """A unit without its kind, 云岭县白水镇, or with the kind misspelt (S202)."""
    unit, right = report.unit, whole_name(report.unit)
    if right == unit:
        return
    kind = right[-len(_GOVERNMENT) :] if right.endswith(_GOVERNMENT) else _SUB_OFFICE
    said = f"后面没有“{kind}”" if right.startswith(unit) else f"末尾的“{kind}”写错了"
    yield finding(
        "S202",
        f"{UNIT}写的是“{unit}”，{said}。",
        subject=f"{UNIT} {unit}",
        at=report.at(UNIT),
        hint=f"写全称：{right}",
    )


def whole_name(unit: str) -> str:
    """`unit` with the kind of office that it lacks, or has misspelt."""
    text = folded(unit)
    kind = _SUB_OFFICE if "街道" in text else _GOVERNMENT
    if _PLACE_ONLY.fullmatch(text):
        return unit + kind
    tail = _BETWEEN.search(text)
    if tail and _misspells(tail["tail"], kind):
        return unit[: tail.start("tail")] + kind
    return unit


def names_filled_in(report: Report, last: Report | None) -> Iterator[Finding]:
    """A name left empty (S203), or all of them."""
    for declared in report.form.fields:
        if declared.kind is not FieldKind.NAMES:
            continue
        given = {m: report.fields.get(f"{declared.key}.{m}") for m in declared.members}
        none = not any(given.values())
        empty = [member for member, name in given.items() if name == ""]
        if empty:
            yield finding(
                "S203",
                f"“{declared.key}”的{'、'.join(empty)}没有写姓名，印出来就少这一项。",
                subject=f"{declared.key} {'、'.join(empty)}",
                at=report.at(declared.key),
                hint=f"写上姓名；不用的，连同名称一起删去{f'，都不用就删去“{declared.key}”这一行' * none}",
            )


def _misspells(typed: str, right: str) -> bool:
    """True for one character wrong or left out."""
    if len(typed) == len(right):
        return sum(a != b for a, b in zip(typed, right, strict=True)) == 1
    return typed in {right[:n] + right[n + 1 :] for n in range(len(right))}
