"""The parts 要素 and 印行 of a form file: what stands at the head of an input, what it prints.

Knows the kinds of a field, and how a text with {{names}} is written; what an
author may get wrong in them is told at its line (F102). Knows no part of the
report and fills nothing in.
"""

from __future__ import annotations

import re
from functools import partial

from nianbao.chinese.wording import closest, names_among, names_of
from nianbao.diagnostics import Location
from nianbao.form import declaration
from nianbao.form.contract import NAMEABLE, RESERVED, named_in
from nianbao.form.declaration import Declaration, Distinct, Placed
from nianbao.form.form import Field, FieldKind, PrintedLine
from nianbao.form.kindfile import Ways
from nianbao.source import tree

_BRACES = re.compile(r"[{｛]{2}|[}｝]{2}|\{[%#]|[%#]\}")
_KINDS = {kind.value: kind for kind in FieldKind if kind is not FieldKind.NAMES}


def field(entry: tree.Entry, top: Declaration) -> Field:
    """One entry of 要素: its kind, or the list of those whose names are asked for."""
    key = entry.key.text
    if names_of(key) & names_among(RESERVED):
        top.wrong(f"“{key}”每种表式都有，不用写。", at=entry.key.location, hint="删掉这一行")
    if isinstance(entry.value, tree.Sequence):
        distinct = Distinct(top.tell, f"“{key}”里的名称")
        members = top.placed_of(entry.value, key)
        for member, place in members:
            distinct.add(member, place)
        return Field(key, FieldKind.NAMES, tuple(member for member, _ in members))
    kind = top.text_of(entry.value, key)
    if kind and kind not in _KINDS:
        meant = closest(kind, _KINDS, cutoff=0.5)
        known = f"可以写：{'、'.join(_KINDS)}，或姓名的列表"
        top.wrong(
            f"“{key}”的格式“{kind}”没有这一种。",
            at=entry.value.location,
            hint=f"您是否想写“{meant}”" if meant else known,
        )
    return Field(key, _KINDS.get(kind, FieldKind.DATE))


def line(entry: tree.Entry, top: Declaration, fields: tuple[Field, ...]) -> PrintedLine:
    """One entry of 印行: its parts, with 随 those of a mapping."""
    name = entry.key.text
    if isinstance(entry.value, tree.Mapping):
        reader = partial(_following, name=name, fields=fields)
        return declaration.read(entry.value, f"“{name}”", top.tell, reader) or PrintedLine(name, ())
    return PrintedLine(name, _parts(top.placed_of(entry.value, name), fields, top))


def title(top: Declaration) -> str:
    text = top.text("标题", required=True)
    _names_known(text, top.place("标题"), NAMEABLE, top)
    return text


def ways(top: Declaration) -> Ways:
    """How the form writes its numbers."""
    return Ways(grouped=top.yes("千分位"))


def _following(line: Declaration, *, name: str, fields: tuple[Field, ...]) -> PrintedLine:
    parts = _parts(line.placed("各段", required=True), fields, line)
    follows = line.text("随")
    known = _printable(fields)
    if follows and follows not in known:
        line.wrong(
            f"“要素”里没有“{follows}”。", at=line.place("随"), hint=f"现有的：{'、'.join(known)}"
        )
    return PrintedLine(name, parts, follows or None)


def _parts(parts: Placed, fields: tuple[Field, ...], declared: Declaration) -> tuple[str, ...]:
    for text, place in parts:
        _names_known(text, place, (*NAMEABLE, *_printable(fields)), declared)
    return tuple(text for text, _ in parts)


def _printable(fields: tuple[Field, ...]) -> list[str]:
    """The names of what prints one text: of a field of names, its members."""
    return [
        name
        for field in fields
        for name in ([f"{field.key}.{m}" for m in field.members] or [field.key])
    ]


def _names_known(text: str, place: Location, known: tuple[str, ...], declared: Declaration) -> None:
    """A text that is filled in names only what there is, each name closed."""
    named = named_in(text)
    for name in (name for name in named if name not in known):
        meant = closest(name, known)
        declared.wrong(
            f"“{name}”不是这里可以取的一项。",
            at=place,
            hint=f"您是否想写“{meant}”" if meant else f"可以用：{'、'.join(dict.fromkeys(known))}",
        )
    if len(_BRACES.findall(text)) != 2 * len(named):
        declared.wrong(f"“{text}”里的花括号不成对。", at=place, hint="写成 {{单位}} 的样子")
