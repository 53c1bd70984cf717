"""The keys of a form file that nobody asked for, and those that are not there.

Knows how a word is typed a hair wrong, and that a word may stand in the wrong place: one
mistake, told once, with what to write (S101, S103). Knows no key itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nianbao.chinese.wording import closest, names_of
from nianbao.diagnostics import Finding, Location
from nianbao.form import words
from nianbao.form.distinct import Tell
from nianbao.source import tree
from nianbao.source.keys import missing, take

ALIKE = 0.5
"""Half of a word says which of two or three was meant."""


def slip(node: tree.Mapping, key: str, asked: Mapping[str, bool]) -> tree.Entry | None:
    """The entry of a key that is missing but for one character: 部份 for 部分."""
    near = [
        entry
        for entry in node.entries
        if len(entry.key.text) == len(key) > 1
        and sum(one != other for one, other in zip(entry.key.text, key, strict=True)) == 1
        and entry.key.text not in asked
    ]
    return near[0] if len(near) == 1 else None


def tell_of(
    node: tree.Mapping, asked: Mapping[str, bool], within: str, tell: Tell, *, at: Location
) -> None:
    """Tell of the entries whose key is none of those `asked`, and of those that must be there."""
    typed = {name: entry for entry in reversed(node.entries) for name in names_of(entry.key.text)}
    found = {key: next((typed[n] for n in names_of(key) if n in typed), None) for key in asked}
    known = {id(entry) for entry in found.values()}
    absent = [
        key for key, need in asked.items() if need and not found[key] and not slip(node, key, asked)
    ]
    strange = [entry.key.text for entry in node.entries if id(entry) not in known]
    alone = len(absent) == len(strange) == 1 == len(absent[0]) == len(strange[0])

    def unknown(told: Finding) -> None:
        """Of two words of one character each the one was typed for the other: 启 for 起."""
        tell(replace(told, hint=f"您是否想写“{absent[0]}”") if alone else told)

    take(node, {key: (key,) for key in asked}, within, unknown, alike=ALIKE, otherwise=_where)
    misspelt = {closest(typed, absent) for typed in strange} if not alone else set(absent)
    for key in absent:
        if key not in misspelt:
            tell(missing(key, within, at))


def _where(word: str) -> str:
    """What to do with a word that nobody asked for: where it may stand, where there is one so called."""
    places = [f"“{name}”" for name in words.places_of(word)]
    if places:
        return f"“{word}”写在{'、'.join(places)}里"
    return "删掉它；可以写的词在 docs/form-words.md 里"
