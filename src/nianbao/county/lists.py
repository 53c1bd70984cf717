"""The two lists of the workbook: every finding, and the register of what came in.

Knows what an officer filters by. Knows no figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.county.square import COLOURS, RED, fill_list
from nianbao.county.standing import Standing, Standings
from nianbao.diagnostics import Finding, grouped
from nianbao.diagnostics import Standing as Gravity


def findings(page: Worksheet, standings: Standings, others: Sequence[Finding]) -> None:
    headings = ("单位", "情形", "轻重", "编号", "说的是", "怎么办", "文件")
    rows: list[tuple[tuple[str, ...], PatternFill | None]] = []
    for unit in standings.units:
        held = unit.returned
        found = [*unit.findings, *(held.findings if held else ())]
        for gravity, group in grouped(found):
            if gravity is not Gravity.NOT_MADE:
                rows += [_told(unit.member.unit, unit.state.said, each, unit) for each in group]
        if not held:
            rows.append(((unit.member.unit, unit.state.said, "", "", "", "", ""), RED))
    rows += [_told("", "", each, None) for each in others]
    fill_list(page, "检查结果", headings, rows, widths=(26, 12, 8, 8, 70, 46, 26))
    page.auto_filter.ref = f"A2:{get_column_letter(len(headings))}{max(len(rows) + 2, 3)}"


def _told(
    name: str, state: str, told: Finding, unit: Standing | None
) -> tuple[tuple[str, ...], PatternFill | None]:
    held = unit.returned if unit else None
    file = told.file or (held.path if held else None)
    place = f"第 {told.location.line} 行：" if told.location and not told.file else ""
    fill = None if told.answered else COLOURS.get(told.severity)
    said = f"{place}{told.message}"
    shown = (name, state, told.standing.value, told.code, said, told.hint, str(file or ""))
    return shown, fill


def register(page: Worksheet, standings: Standings) -> None:
    most = max((len(unit.turns) for unit in standings.units), default=0) or 1
    turns = tuple(f"第 {number} 次报来" for number in range(1, most + 1))
    headings = ("单位", "简称", "类别", "情形", *turns, "说明")
    rows = []
    for unit in standings.units:
        files = [str(each.path) for each in unit.turns] + [""] * (most - len(unit.turns))
        changed = "；".join(told.message for told in unit.findings)
        member = unit.member
        told = (member.unit, member.short, member.kind, unit.state.said, *files, changed)
        rows.append((told, RED if unit.is_wanting else None))
    widths = (28, 12, 10, 14, *(30 for _ in turns), 60)
    fill_list(page, "收件登记", headings, rows, widths=widths)
