"""Who is to send a report: the roster, a table saved as CSV.

Knows the five columns that a roster may have, the separators and encodings that
spreadsheets write, and by which names a unit is known. A slip in a line is told
and the rest stands; a table without the one column that it must have is none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from nianbao.chinese.wording import BLANKS, closest, names_of, plain
from nianbao.diagnostics import Finding, Location, Rejected, finding, unusable
from nianbao.form.contract import SHORT, UNIT
from nianbao.source import encoding, inputfile

FORMER, KIND, COUNTED = "原名", "类别", "计入"
UNSORTED = "未分类"
"""The kind of a unit without one, where others have one."""
COLUMNS = (UNIT, SHORT, FORMER, KIND, COUNTED)
YES, NO = "是", "否"
_SEPARATORS = (",", ";", "\t", "，", "；")
_BETWEEN_NAMES = str.maketrans(dict.fromkeys("、；;/／|", "\n"))
_SAVE = "在 Excel 或 WPS 里另存为 CSV，再写它的文件名"


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of the roster; `counted` False where it is only checked."""

    unit: str
    short: str = ""
    former: tuple[str, ...] = ()
    kind: str = ""
    counted: bool = True

    @property
    def called(self) -> str:
        """How a list names it."""
        return self.short or self.unit

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.unit, self.short, *self.former)))


@dataclass(frozen=True)
class Roster:
    """The units in the order of the table, and what is wrong with it."""

    path: Path
    members: tuple[Member, ...]
    findings: tuple[Finding, ...] = field(default=())

    @cached_property
    def _by_name(self) -> dict[str, Member]:
        """A unit's own name outranks what another one was called before."""
        by_rank = [(m.unit, m) for m in self.members]
        by_rank += [(m.short, m) for m in self.members]
        by_rank += [(name, m) for m in self.members for name in m.former]
        found: dict[str, Member] = {}
        for name, member in by_rank:
            found.setdefault(plain(name), member)
        found.pop("", None)
        return found

    def member(self, unit: str) -> Member | None:
        """The unit of that name: its full one, its short one, or a former one."""
        return self._by_name.get(plain(unit))

    def meant_by(self, unit: str) -> str | None:
        """The unit of which a name is most likely a slip."""
        return closest(unit, [member.unit for member in self.members], cutoff=0.85)

    def spoken_of(self, words: Sequence[str]) -> Member | None:
        """The one unit whose name stands in one of `words` (of a path, the nearest first)."""
        for word in map(plain, words):
            found = {m.unit: m for m in self.members for n in m.names if plain(n) in word}
            if len(found) == 1:
                return next(iter(found.values()))
        return None


def read(path: Path) -> Roster:
    """The roster at `path`. Raises Rejected (H101, exit code 3) for what is none."""
    try:
        decoded = encoding.decode(inputfile.read_bytes(path))
    except Rejected as rejected:
        raise unusable("H101", f"名单 {path} 读不了：{rejected.findings[0].message}") from rejected
    if decoded.lines is None or any(told.blocks for told in decoded.findings):
        raise unusable("H101", f"名单 {path} 不是 CSV 文件。", hint=_SAVE)
    lines = decoded.lines.texts
    header = next((n for n, line in enumerate(lines) if line.strip(BLANKS + ",;")), None)
    if header is None:
        raise unusable("H101", f"名单 {path} 是空的。", hint=f"第一行写 {','.join(COLUMNS)}")
    separator = max(_SEPARATORS, key=lines[header].count)
    table = csv.reader(lines[header:], delimiter=separator)
    try:
        rows = [(header + table.line_num, row) for row in table]
    except csv.Error as problem:
        raise unusable("H101", f"名单 {path} 的引号没有配对。", hint=_SAVE) from problem
    columns = _columns(rows[0][1])
    if UNIT not in columns:
        message = f"名单 {path} 的第一行没有“{UNIT}”这一列，写的是：{'、'.join(rows[0][1])}。"
        hint = f"第一行写列名：{','.join(COLUMNS)}，后四列可以不要"
        raise unusable("H101", message, hint=hint)
    findings: list[Finding] = []
    members = tuple(_members(rows[1:], columns, path, findings=findings))
    if not members:
        raise unusable("H101", f"名单 {path} 里一个单位也没有。", hint="一行写一个单位")
    if any(member.kind for member in members):
        members = tuple(replace(m, kind=m.kind or UNSORTED) for m in members)
    return Roster(path, members, tuple(findings))


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands that is known."""
    names = {name: column for column in COLUMNS for name in names_of(column)}
    found: dict[str, int] = {}
    for at, typed in enumerate(header):
        column = next((names[name] for name in names_of(typed) if name in names), None)
        if column:
            found.setdefault(column, at)
    return found


def _members(
    rows: Sequence[tuple[int, list[str]]],
    columns: dict[str, int],
    path: Path,
    *,
    findings: list[Finding],
) -> Iterator[Member]:
    seen: dict[str, int] = {}

    def tell(line: int, message: str, hint: str) -> None:
        place = Location(line, 1)
        findings.append(finding("H102", message, at=place, hint=hint, file=path))

    for line, row in rows:
        typed = {c: row[at].strip(BLANKS) for c, at in columns.items() if at < len(row)}
        if not any(typed.values()):
            continue
        unit = typed.get(UNIT, "")
        if not unit:
            tell(
                line, f"名单第 {line} 行没有写单位，没有用这一行。", "补上单位全称，或者删掉这一行"
            )
            continue
        if plain(unit) in seen:
            message = (
                f"名单里“{unit}”写了两次，第 {seen[plain(unit)]} 行和第 {line} 行，照前一行的。"
            )
            tell(line, message, "删掉多的一行；是另一个单位的，改正它的名称")
            continue
        seen[plain(unit)] = line
        counted = typed.get(COUNTED, "") or YES
        if plain(counted) not in (YES, NO):
            message = f"名单第 {line} 行“{COUNTED}”写的是“{counted}”，照“{YES}”算。"
            tell(line, message, f"写{YES}或者{NO}；空着就是{YES}")
        former = typed.get(FORMER, "").translate(_BETWEEN_NAMES).split("\n")
        yield Member(
            unit=unit,
            short=typed.get(SHORT, ""),
            former=tuple(filter(None, (name.strip(BLANKS) for name in former))),
            kind=typed.get(KIND, ""),
            counted=plain(counted) != NO,
        )
