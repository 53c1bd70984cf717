"""A roll-up as it is said: on a screen, and to another program.

Knows the order in which a county officer reads it (who is in, who is not and
why, what changed, what was written) and the document that `--format json`
prints (docs/commands.md, “rollup --format json”). Prints nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from nianbao.county import rollup
from nianbao.county.standing import Standing, State
from nianbao.county.trace import Trace
from nianbao.desk.forunits import Begun
from nianbao.desk.rollingup import RolledUp, lacking
from nianbao.diagnostics import Finding, counted
from nianbao.diagnostics import Standing as Gravity
from nianbao.form.equation import show

Line = tuple[str, Gravity | None]
"""A line, and the colour that it is said in."""
_MOST = 10
"""Findings of one unit that are said; all are in what goes back and in the workbook."""


def as_json(done: RolledUp) -> str:
    cells = dict(rollup.cells(done.total)) if done.total else {}
    units = [
        {
            "unit": unit.member.unit,
            "kind": unit.member.kind or None,
            "file": str(unit.returned.path) if unit.returned else None,
            "state": unit.state.value,
        }
        for unit in done.standings.units
    ]
    document = {"complete": done.standings.complete, "units": units, "cells": cells}
    return json.dumps(document, ensure_ascii=True, indent=2)


def lines(done: RolledUp) -> Iterator[Line]:
    """Everything that a person is told."""
    for unit in done.standings.units:
        yield from _unit(unit)
    for told in done.findings:
        yield from _finding(told, "")
    for told in done.ties:
        yield f"总和 {told.message}", Gravity.ERROR
    yield "", None
    yield _summary(done), None if done.standings.complete else Gravity.ERROR
    if done.standings.wanting:
        yield f"× {lacking(done.standings)}", Gravity.ERROR
    for path in done.written[:_MOST]:
        yield f"√ 已写到 {path}", None
    if len(done.written) > _MOST:
        yield f"√ 另外还写了 {len(done.written) - _MOST} 个文件", None


def _unit(unit: Standing) -> Iterator[Line]:
    """A unit about which there is something to say."""
    held = unit.returned
    to_mend = held.to_mend if held else ()
    if not (unit.state.is_wanting or to_mend or unit.findings):
        return
    colour = Gravity.ERROR if unit.is_wanting else Gravity.CONFIRM if to_mend else None
    mark = "×" if unit.state.is_wanting else "√"
    where = f"　{held.path}" if held else ""
    many = f"：{counted(to_mend)}" if to_mend else ""
    yield f"{mark} {unit.member.unit}　{unit.state.said}{many}{where}", colour
    shown = to_mend if unit.state is not State.UNREAD or not held else held.findings
    for told in shown[:_MOST]:
        yield from _finding(told, "    ")
    if len(shown) > _MOST:
        yield f"    ……另有 {len(shown) - _MOST} 处", None
    for told in unit.findings:
        yield from _finding(told, "    ")


def _finding(told: Finding, indent: str) -> Iterator[Line]:
    place = f"第 {told.location.line} 行第 {told.location.column} 列 " if told.location else ""
    place = f"{told.file} {place}" if told.file and told.location else place
    yield f"{indent}{place}{told.standing} {told.code}：{told.message}", told.standing
    if told.hint:
        yield f"{indent}    怎么办：{told.hint}", None


def _summary(done: RolledUp) -> str:
    states = [unit.state for unit in done.standings.units]
    said = "，".join(f"{state.said} {states.count(state)} 个" for state in State if state in states)
    mark = "√" if done.standings.complete else "×"
    return f"{mark} 共 {len(states)} 个单位：{said}"


def of_trace(trace: Trace, kinds: tuple[str, ...], wanting: str) -> Iterator[Line]:
    """Each unit's part of a figure, subtotals by kind, the sum."""
    named = "、".join(cell.words for cell in trace.cells[:3])
    more = f"等 {len(trace.cells)} 格相加" if len(trace.cells) > 3 else ""
    yield f"{trace.name}（{named}{more}）", None
    for part in trace.parts:
        unit = part.unit
        shown = part.shown or f"（{unit.state.said}）"
        where = f"　{unit.returned.path}" if unit.returned else ""
        yield f"  {shown:>10}  {unit.member.unit}{where}", None
    for kind, count, total in trace.subtotals(kinds):
        yield f"  {show(total):>10}  小计：{kind}（{count} 个单位）", None
    count = sum(part.worth is not None for part in trace.parts)
    yield f"  {show(trace.total):>10}  总和（{count} 个单位）", None
    if wanting:
        yield f"× {wanting}", Gravity.ERROR


def of_begun(begun: list[Begun], folder: Path) -> Iterator[Line]:
    """What is wrong with a unit's file, then how many were begun, with last year's or without."""
    for each in begun:
        if each.findings:
            yield f"{each.member.unit}　{each.target}", None
        for told in each.findings:
            yield from _finding(told, "    ")
    written = [each for each in begun if each.written]
    bare = sum(each.source is None for each in written)
    said = f"，其中 {bare} 份没有上年的报告可照" if bare else ""
    colour = None if len(written) == len(begun) else Gravity.ERROR
    mark = "√" if len(written) == len(begun) else "×"
    yield f"{mark} 共 {len(begun)} 个单位，已起 {len(written)} 份，在 {folder}{said}", colour
