"""The parts 要素 and 印行 of a form file: what stands at the head of an input, what it prints.

Knows the kinds of a field, and how a text with {{names}} is written; what an
author may get wrong in them is told at its line (F102). Knows no part of the
report and fills nothing in.
"""

from __future__ import annotations

from functools import partial

from nianbao.chinese.wording import closest, names_among, names_of
from nianbao.diagnostics import Location
from nianbao.form import declaration, kindfile
from nianbao.form.contract import NAMEABLE, RESERVED, named_in, names_known
from nianbao.form.declaration import Declaration, Placed
from nianbao.form.distinct import Distinct
from nianbao.form.form import Field, FieldKind, PrintedLine
from nianbao.form.manner import DAY_PARTS, Language, Manner
from nianbao.source import tree

_KINDS = {kind.value: kind for kind in FieldKind if kind is not FieldKind.NAMES}


def field(entry: tree.Entry, top: Declaration) -> Field:
    """One entry of 要素: its kind, the list of those whose names are asked for, or a mapping."""
    key = entry.key.text
    if names_of(key) & names_among(RESERVED):
        top.wrong(f"“{key}”每种表式都有，不用写。", at=entry.key.location, hint="删掉这一行")
    if isinstance(entry.value, tree.Mapping):
        reader = partial(_detailed, key=key)
        bare = Field(key, FieldKind.TEXT)
        return declaration.read(entry.value, f"“{key}”", top.tell, reader) or bare
    if isinstance(entry.value, tree.Sequence):
        return Field(key, FieldKind.NAMES, _members(top.placed_of(entry.value, key), key, top))
    return Field(key, _kind(top.text_of(entry.value, key), key, entry.value.location, top))


def _detailed(declared: Declaration, *, key: str) -> Field:
    members: tuple[str, ...] = ()
    if isinstance(declared.node(kindfile.KIND), tree.Sequence):
        kind, members = FieldKind.NAMES, _members(declared.placed(kindfile.KIND), key, declared)
    else:
        typed = declared.text(kindfile.KIND)
        kind = (
            _kind(typed, key, declared.place(kindfile.KIND), declared) if typed else FieldKind.TEXT
        )
    if kind is not FieldKind.TEXT:
        for word in (kindfile.ONE, kindfile.PATTERN):
            declared.idle(word, "只有“填: 文字”的才有")
    elif declared.has(kindfile.ONE):
        declared.idle(kindfile.PATTERN, f"已经写了“{kindfile.ONE}”")
    return Field(
        key,
        kind,
        members,
        required=declared.yes("必填"),
        pattern=kindfile.pattern(declared),
        options=kindfile.options(declared, kindfile.ONE),
    )


def _members(placed: Placed, key: str, declared: Declaration) -> tuple[str, ...]:
    distinct = Distinct(declared.tell, f"“{key}”里的名称")
    for member, place in placed:
        distinct.add(member, place)
    return tuple(member for member, _ in placed)


def _kind(typed: str, key: str, place: Location, declared: Declaration) -> FieldKind:
    if typed and typed not in _KINDS:
        meant = closest(typed, _KINDS, cutoff=0.5)
        known = f"可以写：{'、'.join(_KINDS)}，或姓名的列表"
        declared.wrong(
            f"“{key}”的格式“{typed}”没有这一种。",
            at=place,
            hint=f"您是否想写“{meant}”" if meant else known,
        )
    return _KINDS.get(typed, FieldKind.DATE)


def manner(top: Declaration) -> Manner:
    """The form's own ways: 语言, 注作, 日期作, 千分位."""
    day = top.text("日期作")
    _names_known(day, top.place("日期作"), DAY_PARTS, top)
    named = named_in(day)
    lost = [part for part in DAY_PARTS if named.count(part) != 1]
    if day and lost and not set(named) - set(DAY_PARTS):
        top.wrong(
            f"“日期作”里的{'、'.join(f'{{{{{part}}}}}' for part in lost)}应当正好写一次。",
            at=top.place("日期作"),
            hint="写成 {{年}}-{{月}}-{{日}} 的样子",
        )
        day = ""
    languages = {language.value: language for language in Language}
    return Manner(
        language=top.choice("语言", languages, Language.CHINESE),
        note=top.verbatim("注作"),
        day=day if named else "",
        grouped=top.yes("千分位"),
    )


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


def _following(line: Declaration, *, name: str, fields: tuple[Field, ...]) -> PrintedLine:
    parts = _parts(line.placed("各段", required=True), fields, line)
    follows = line.text("随")
    known = _printable(fields)
    if follows and follows not in known:
        meant = closest(follows, known, cutoff=0.5)
        hint = f"您是否想写“{meant}”" if meant else f"现有的：{'、'.join(known)}"
        line.wrong(f"“要素”里没有“{follows}”。", at=line.place("随"), hint=hint)
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
    for said, hint in names_known(text, known):
        declared.wrong(said, at=place, hint=hint)
