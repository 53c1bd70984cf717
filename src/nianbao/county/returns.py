"""What is said to a unit whose report goes back, ready to be pasted into a message.

Knows how a finding reads to someone who has neither this tool nor its screen:
what is wrong, where, why, and what to type; what was answered is said to be.
Writes no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao import catalog
from nianbao.county import differing
from nianbao.county.standing import Standing, Standings, State
from nianbao.diagnostics import Finding, grouped
from nianbao.diagnostics import Standing as Gravity


def is_due(unit: Standing) -> bool:
    """True where a unit has something to mend, or to send once more."""
    if unit.returned is None or unit.returned.own:
        return False
    return unit.state in (State.UNREAD, State.TWICE) or bool(unit.returned.to_mend)


def letter(unit: Standing, standings: Standings, copy: str) -> str:
    """What a unit is told; `copy` is the name of the commented copy sent along, "" without one."""
    assert unit.returned
    name = standings.form.name if standings.form else ""
    lines = [f"{unit.member.unit}：", _opening(unit, f"{standings.year}年{name}"), ""]
    if unit.other and standings.form:
        differ = differing.said(unit.returned, unit.other, standings.form)
        files = f"{unit.returned.path.name} 和 {unit.other.path.name}"
        lines += [f"两份是 {files}，不同的：{differ}。", ""]
    number = 0
    for gravity, group in grouped(unit.returned.findings):
        if gravity in (Gravity.ERROR, Gravity.CONFIRM):
            for told in group:
                number += 1
                lines += [*_asked(number, told), ""]
    answered = [told for told in unit.returned.findings if told.answered]
    if answered:
        lines += ["下面的已经说明，不用再改：", *(f"· {told.message}" for told in answered), ""]
    if copy:
        lines.append(f"每一处的批注在附件 {copy} 里（它不能拿来报送）。")
    twice = unit.state is State.TWICE and not unit.returned.to_mend
    lines.append("" if twice else "改好后，请重新报来。")
    return "\n".join(lines).rstrip() + "\n"


def missing(standings: Standings) -> str:
    """Who has sent nothing, "" where nobody is missing."""
    units = [unit for unit in standings.units if unit.state is State.MISSING]
    if not units:
        return ""
    name = standings.form.name if standings.form else "报告"
    year = f"{standings.year}年" if standings.year else ""
    lines = [f"还没有报送{year}{name}的，有 {len(units)} 个单位："]
    lines += [f"{number}. {unit.member.unit}" for number, unit in enumerate(units, 1)]
    return "\n".join([*lines, "", "请尽快报来。"]) + "\n"


def _opening(unit: Standing, report: str) -> str:
    assert unit.returned
    if unit.state is State.UNREAD:
        return f"你单位报来的 {unit.returned.path.name} 读不出来，请照下面的办法重新报来。"
    if unit.state is State.TWICE:
        return f"你单位的{report}收到两份，数不一样，请说明哪一份是对的，都还没有用。"
    errors = sum(told.blocks for told in unit.returned.to_mend)
    asked = len(unit.returned.to_mend) - errors
    counted = [f"{errors} 处要改正"] if errors else []
    counted += [f"{asked} 处要核实"] if asked else []
    return f"你单位报来的{report}，有 {'、'.join(counted)}。"


def _asked(number: int, told: Finding) -> Iterator[str]:
    place = ""
    if told.location and not told.file:
        place = f"（第 {told.location.line} 行第 {told.location.column} 列）"
    yield f"{number}. {told.message}{place}"
    yield from _why(told)
    if told.hint:
        yield f"   怎么办：{told.hint}。"
    if told.answer_key:
        yield f"   确实没有错的，写明原因，照这一行报来：{told.answer_key}: 原因"


def _why(told: Finding) -> Iterable[str]:
    entry = catalog.find(told.code)
    return [f"   为什么：{entry.why}"] if entry else []
