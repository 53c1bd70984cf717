"""Which file stands for which unit.

Knows that all that count are of one form and one year, that a later folder
replaces an earlier one's report, that two copies of one report are one and two
that differ are none, and in what state each unit is. Reads nothing and adds
nothing up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from nianbao.chinese.wording import plain
from nianbao.county import differing
from nianbao.county.returned import Returned
from nianbao.county.roster import Member, Roster
from nianbao.diagnostics import Finding, finding
from nianbao.form.form import Form

OWN = "本级"
"""The kind of the upper office's own report."""


class State(StrEnum):
    """What became of a unit, as `rollup --format json` says it."""

    IN = "in"
    CHECKED = "checked"
    REJECTED = "rejected"
    UNREAD = "unread"
    MISSING = "missing"
    TWICE = "twice"

    @property
    def said(self) -> str:
        return _SAID[self]

    @property
    def is_wanting(self) -> bool:
        """True where a sum lacks a unit in this state."""
        return self not in (State.IN, State.CHECKED)


_SAID = {
    State.IN: "已加",
    State.CHECKED: "只核对",
    State.REJECTED: "退回",
    State.UNREAD: "没有读出来",
    State.MISSING: "没有交",
    State.TWICE: "两份数不同",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit, the state that it is in, and the file that stands for it.

    `findings` are told of it besides those in its file; `turns` is what it sent
    in, turn by turn. Whoever is not `listed` on the roster is not added.
    """

    member: Member
    state: State
    returned: Returned | None = None
    findings: tuple[Finding, ...] = ()
    turns: tuple[Returned, ...] = ()
    listed: bool = True
    other: Returned | None = None
    """The second report where there are two."""

    @property
    def name(self) -> str:
        """How a list names it."""
        short = self.returned.short if self.returned else ""
        return self.member.short or short or self.member.unit

    @property
    def is_wanting(self) -> bool:
        return self.state.is_wanting and self.listed and self.member.counted


@dataclass(frozen=True, slots=True)
class Standings:
    """All units, in the order of the roster, of one form and one year."""

    units: tuple[Standing, ...]
    form: Form | None = None
    year: int = 0
    findings: tuple[Finding, ...] = field(default=())
    """What is told of the roster, and of files that are of another form or year."""

    @property
    def added(self) -> tuple[Standing, ...]:
        return tuple(unit for unit in self.units if unit.state is State.IN)

    @property
    def wanting(self) -> tuple[Standing, ...]:
        return tuple(unit for unit in self.units if unit.is_wanting)

    @property
    def complete(self) -> bool:
        return bool(self.added) and not self.wanting

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of those that are added, in their order; () where there is none."""
        kinds = tuple(dict.fromkeys(unit.member.kind for unit in self.added))
        return kinds if set(kinds) - {"", OWN} else ()


@dataclass(frozen=True, slots=True)
class _Meant:
    """What the reports must be of."""

    form: Form | None
    year: int

    def holds(self, each: Returned) -> bool:
        return not each.is_read or each.is_of(self.form, self.year)


def of(returned: Sequence[Returned], roster: Roster | None) -> Standings:
    """The state of every unit of the roster and of every other that sent something in."""
    meant = _common(returned)
    told = list(roster.findings) if roster else []
    files: dict[Member, list[Returned]] = {m: [] for m in (roster.members if roster else ())}
    strangers: dict[str, Member] = {}
    for each in returned:
        files.setdefault(_whose(each, roster, strangers), []).append(each)
    units = []
    for member, sent in files.items():
        told += [_of_another(each, meant) for each in sent if not meant.holds(each)]
        unit = _standing(member, sent, meant, roster=roster)
        if unit:
            units.append(unit)
    units.sort(key=lambda unit: unit.member.kind == OWN)
    return Standings(tuple(units), meant.form, meant.year, tuple(told))


def _common(returned: Sequence[Returned]) -> _Meant:
    """The form and the year of most reports, those of the upper office's own where it has one."""
    read = [each for each in returned if each.form]
    own = [each for each in read if each.own] or read
    count = Counter((each.form, each.year) for each in own)
    if not count:
        return _Meant(None, 0)
    return _Meant(*max(count, key=lambda key: (count[key], key[1])))


def _whose(each: Returned, roster: Roster | None, strangers: dict[str, Member]) -> Member:
    """The unit that sent a file: the one that stands in it, else the one its path speaks of."""
    known = roster.member(each.unit) if roster else None
    if roster and not each.unit and not each.own:
        known = roster.spoken_of([each.path.name, each.path.parent.name])
    if known:
        return known
    named = Member(each.unit or each.path.name, kind=OWN if each.own else "")
    return strangers.setdefault(plain(named.unit) or named.unit, named)


def _standing(
    member: Member, sent: Sequence[Returned], meant: _Meant, *, roster: Roster | None
) -> Standing | None:
    """The unit by what it sent; None for one off the roster that sent nothing of this year."""
    listed = not roster or member in roster.members or any(e.own or not e.unit for e in sent)
    turns = _by_turn([each for each in sent if meant.holds(each)])
    if not turns and sent:
        return Standing(member, State.UNREAD, sent[-1], turns=(sent[-1],)) if listed else None
    if not turns:
        return Standing(member, State.MISSING)
    findings: list[Finding] = []
    chosen = [_one_of(files, findings) for files in turns]
    now = chosen[-1]
    findings += [_replaced(member, *pair, form=meant.form) for pair in pairwise(chosen)]
    if roster and now.unit:
        findings += _about_its_name(member, now, roster, listed=listed)
    state = _state(member, now, listed=listed)
    other = next((e for e in turns[-1] if e.is_read and not e.agrees(now)), None)
    if other and meant.form:
        state = State.TWICE
        findings.append(_twice(member, now, other, meant.form))
    return Standing(member, state, now, tuple(findings), tuple(chosen), listed, other)


def _about_its_name(
    member: Member, now: Returned, roster: Roster, *, listed: bool
) -> Iterator[Finding]:
    """A unit that is not on the roster, or whose report bears the name that it had before."""
    if not listed:
        meant = roster.meant_by(now.unit)
        hint = f"名单里有“{meant}”，名称写错了的，改正" if meant else "该加的，写进名单"
        message = f"名单里没有“{now.unit}”（{now.path}），只核对，没有加。"
        yield finding("H104", message, hint=hint, file=now.path)
    elif plain(now.unit) not in (plain(member.unit), plain(member.short)):
        message = f"{now.path} 写的是原名“{now.unit}”，名单里现在叫“{member.unit}”。"
        yield finding("H108", message, hint="请单位改成现在的名称", file=now.path)


def _state(member: Member, now: Returned, *, listed: bool) -> State:
    if not now.is_read:
        return State.UNREAD
    if not now.accepted:
        return State.REJECTED
    return State.IN if listed and member.counted else State.CHECKED


def _by_turn(sent: Sequence[Returned]) -> list[list[Returned]]:
    turns: dict[int, list[Returned]] = {}
    for each in sent:
        turns.setdefault(each.turn, []).append(each)
    return [turns[number] for number in sorted(turns)]


def _one_of(files: Sequence[Returned], findings: list[Finding]) -> Returned:
    """The file of one turn that stands for all of them: one that was read, best one that passed."""
    best = max(files, key=lambda each: (each.is_read, each.accepted))
    for other in files:
        if other is not best and (not other.is_read or other.agrees(best)):
            same = "数都一样" if other.is_read else "它没有读出来"
            message = f"{best.path} 之外还有 {other.path}，{same}，只算前一份。"
            findings.append(finding("H106", message, file=other.path))
    return best


def _of_another(each: Returned, meant: _Meant) -> Finding:
    """What is told of a report of another form or year: it is left aside."""
    own, wanted = (form.name if form else "" for form in (each.form, meant.form))
    if each.year != meant.year:
        what = f" {each.year} 年度的，这次汇总的是 {meant.year} 年度"
    else:
        what = f"另一种表式（{own}），这次汇总的是{wanted}"
    message = f"{each.path}（{each.unit}）是{what}，没有用它。"
    return finding("H105", message, hint="放错了的，换成这一年的", file=each.path)


def _twice(member: Member, now: Returned, other: Returned, form: Form) -> Finding:
    said = differing.said(now, other, form)
    message = f"{member.unit}在同一个文件夹里有两份，数不同：{now.path} 和 {other.path}，{said}。"
    hint = "问清楚哪一份是对的，移走另一份；都没有加进去"
    return finding("H103", message, hint=hint, file=now.path)


def _replaced(member: Member, was: Returned, now: Returned, *, form: Form | None) -> Finding:
    said = differing.said(was, now, form) if form and was.is_read and now.is_read else ""
    changed = f"改了：{said}" if said else "没有改动" if was.is_read and now.is_read else ""
    message = f"{member.unit}的报告，{now.path} 顶替了 {was.path}"
    message += f"，{changed}。" if changed else "。"
    return finding("H107", message, file=now.path)
