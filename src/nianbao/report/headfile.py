"""The items at the head of a file: 单位, 简称, 年度, 标题 and those of the form.

Knows what one line of text, a year, a day and a list of names look like as
typed (docs/input.md), and how a title is put together where none is typed.
Knows no form's words: those come from the Form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.chinese.characters import hidden
from nianbao.chinese.wording import closest
from nianbao.diagnostics import Finding, Location, finding
from nianbao.form.contract import SHORT, TITLE, UNIT, YEAR, fill, no_such_day, parse_date
from nianbao.form.form import Field, FieldKind
from nianbao.form.kind import Choice, Text
from nianbao.report.identity import year_in
from nianbao.report.reading import Reading, is_blank
from nianbao.report.report import Report
from nianbao.report.slip import in_ascii
from nianbao.source import tree
from nianbao.source.keys import Taken, take

MAX_NAME = 200
"""Characters of what stands at the head of a file: a name, a title, a day."""
_WIDE_QUOTED = re.compile(r"“[^“”\"\\]+”|‘[^‘’\"\\]+’")
_HOUR = re.compile("[:：]")


def read(taken: dict[str, Taken], report: Report, reading: Reading) -> None:
    """Fill the head of `report` from the entries of the file."""
    report.unit = _printed(UNIT, taken, reading, required=True)
    report.short_name = _printed(SHORT, taken, reading)
    report.year = _year(taken, reading)
    for declared in report.form.fields:
        if declared.key == SHORT:
            report.fields[SHORT] = report.short_name
        elif declared.key in taken and declared.kind is FieldKind.NAMES:
            report.fields |= _names(declared, taken[declared.key].value, reading)
        elif declared.key in taken:
            report.fields[declared.key] = _field(declared, taken, report, reading=reading)
    report.title = _printed(TITLE, taken, reading) or _title(report, reading)


def _year(taken: dict[str, Taken], reading: Reading) -> int:
    """The year, 0 where it cannot be read."""
    typed = _line(YEAR, taken, reading, required=True)
    if typed is None:
        return 0
    year = year_in(typed.text)
    if year is None:
        reading.tell(
            finding(
                "V105",
                f"年度写的是“{typed.text}”{hidden(typed.text)}，应当是四位数。",
                at=taken[YEAR].value.location,
                hint="写成 年度: 2025",
                mend=in_ascii(taken[YEAR].value, year_in),
            )
        )
    return year or 0


def _title(report: Report, reading: Reading) -> str:
    """The title as the form puts it together."""

    def say(words: str) -> str:
        return report.form.say(words, report.script)

    own = report.own_names()
    title = fill(report.form.title, own, say)
    if not title and report.unit and report.year:
        needed = "、".join(key for key, text in own.items() if not text)
        message, hint = f"标题拼不出来，缺“{needed}”。", "补上，或者直接写“标题: ”"
        reading.tell(finding("V107", message, at=Location(1, 1), hint=hint))
    return title or ""


def _names(declared: Field, value: tree.Node, reading: Reading) -> dict[str, str]:
    """The names in a mapping such as {初审: 甲}, each as 审签.初审; never converted."""
    if value.told:
        return {}
    if is_blank(value):
        if declared.required:
            reading.tell(_not_filled(declared.key, value.location))
        return {f"{declared.key}.{member}": "" for member in declared.members}
    if not isinstance(value, tree.Mapping):
        shown = ", ".join(f"{member}: 某某" for member in declared.members)
        reading.tell(
            finding(
                "S104",
                f"“{declared.key}”要分别写{'、'.join(declared.members)}。",
                at=value.location,
                hint=f"写成 {{{shown}}}",
            )
        )
        return {}
    members: dict[str, Sequence[str]] = {member: (member,) for member in declared.members}
    inner = take(value, members, f"“{declared.key}”里", reading.tell)
    lines = {member: _line(member, inner, reading) for member in inner}
    return {f"{declared.key}.{member}": line.text if line else "" for member, line in lines.items()}


def _field(declared: Field, taken: dict[str, Taken], report: Report, *, reading: Reading) -> str:
    """A text, or a day or moment as it will be printed."""
    typed = _printed(declared.key, taken, reading, required=declared.required)
    if declared.kind is FieldKind.TEXT:
        place = taken[declared.key].value.location
        return _chosen(declared, typed, place, report=report, reading=reading)
    day = parse_date(typed)
    if declared.kind is FieldKind.DATE and _HOUR.search(typed):
        day = None  # a printed date would lose it
    if typed and day is None:
        reading.tell(
            finding(
                "V106",
                f"“{declared.key}”写的是“{typed}”{hidden(typed)}，不是一个日期。",
                at=taken[declared.key].value.location,
                hint="没有这一天，看看月和日" if no_such_day(typed) else "写成 2026-01-12 的样子",
                mend=in_ascii(taken[declared.key].value, parse_date),
            )
        )
    if day:
        report.days[declared.key] = day
    if day and declared.kind is FieldKind.DATE:
        return report.form.manner.printed(day)
    return typed


def _chosen(
    declared: Field, typed: str, place: Location, *, report: Report, reading: Reading
) -> str:
    """A text as declared: one of the words that there are (V110), or of the pattern (V111)."""
    said = f"“{declared.key}”写的是“{typed}”{hidden(typed)}"
    if not typed:
        return ""
    if declared.options:
        option = Choice(declared.options).option(typed)
        if option:
            return report.form.say(option, report.script)
        known = "、".join(declared.options)
        alike = closest(typed, declared.options, cutoff=0.5)
        hint = f"您是否想写“{alike}”" if alike else f"照这几个词写：{known}"
        reading.tell(finding("V110", f"{said}，这里要写 {known} 里的一个。", at=place, hint=hint))
    elif not Text(pattern=declared.pattern).matches(typed, report.year):
        hint = f"照“{declared.pattern}”写，＃ 是数字"
        reading.tell(finding("V111", f"{said}，样子不对。", at=place, hint=hint))
    return typed


def _printed(key: str, taken: dict[str, Taken], reading: Reading, *, required: bool = False) -> str:
    """A text of one line as it will be printed, "" when absent or wrong."""
    line = _line(key, taken, reading, required=required)
    return reading.said(line.text, line.location) if line else ""


def _line(
    key: str, taken: dict[str, Taken], reading: Reading, *, required: bool = False
) -> tree.Line | None:
    """A text of one line as typed; None when absent, empty or wrong."""
    if key not in taken or taken[key].value.told:
        return None
    value = taken[key].value
    if not isinstance(value, tree.Scalar):
        reading.tell(
            finding(
                "S104",
                f"“{key}”应当是一行文字。",
                at=value.location,
                hint=f"写成“{key}: 文字”；文字以 [ 或 {{ 开头的用引号括起来",
            )
        )
        return None
    if value.spread or len(value.lines) > 1 or "\n" in value.text.strip("\n"):
        at = value.location
        reading.tell(finding("Y109", f"“{key}”只能写一行。", at=at, hint="并成一行"))
        return None
    if not value.lines:
        if required:
            reading.tell(_not_filled(key, taken[key].key.location))
        return None
    line = value.lines[0]
    if len(line.text) > MAX_NAME:
        reading.tell_too_long(f"“{key}”", len(line.text), most=MAX_NAME, place=line.location)
        return None
    if key in (UNIT, SHORT) and _WIDE_QUOTED.fullmatch(line.text):
        reading.tell(_quoted(key, line))
    return line


def _not_filled(key: str, place: Location) -> Finding:
    return finding("V107", f"“{key}”没有填。", at=place, hint=f"在“{key}:”后面写上")


def _quoted(key: str, line: tree.Line) -> Finding:
    last = len(line.text)
    return finding(
        "Y113",
        f"“{key}”的两边用了中文引号，会原样印出来。",
        at=line.location,
        hint='去掉两边的引号，或者换成半角的 "',
        mend=[line.replaced(0, 1, '"'), line.replaced(last - 1, last, '"')],
    )
