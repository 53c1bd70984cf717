"""Which entry of a mapping is meant.

Knows the contract's way of comparing keys (`wording.names_of`) and the three
mistakes a key can be: unknown, doubled, missing. Knows no key itself: the
caller brings the names it will take.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from nianbao.chinese.wording import closest, names_of
from nianbao.diagnostics import About, Edit, Finding, Location, Related, finding
from nianbao.frozen import dataclass
from nianbao.source import tree

_PAIR = re.compile(
    r"(?P<name>[^:：，、]+?)[ \u00a0\u3000]*(?P<colon>[:：][ \u00a0\u3000]*)"
    r"[^:：，、]+?(?P<comma>[ \u00a0\u3000]*[，、][ \u00a0\u3000]*|$)"
)
"""A name and a value with the colon and comma of a Chinese input method, or without a blank."""
_SEPARATE = "名称后面用半角冒号，再空一格；几项之间用半角逗号"
_OWN = "名称照填报文件里原来的写；这一行是自己加的，删掉它，或者在行首加 #"
_AGAIN = 3
"""So many keys written again one behind the other are a whole pasted twice."""
_FEW = 8
"""Keys that a hint may list."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry by the key it was meant for, with the key as typed."""

    key: tree.Scalar
    value: tree.Node


def take(
    mapping: tree.Mapping,
    allowed: Mapping[str, Sequence[str]],
    within: str,
    report: Callable[[Finding], None],
    *,
    required: Iterable[str] = (),
    alike: float = 0.6,
    about: Callable[[str, Location], About] = lambda key, place: place,
    otherwise: Callable[[str], str] = lambda typed: _OWN,
) -> dict[str, Taken]:
    """The entries of `mapping` by canonical key.

    `allowed` gives, for each canonical key, every wording it may be typed in;
    `within` says in Chinese where we are. Unknown (S101) and doubled (S102)
    keys are reported and left out, but for an unknown one that must be a slip for one of the
    `required`: that is told once, `about` what was meant, and read as that. Keys that
    are few and short are `alike` with less in common. `otherwise` says what to do with one that
    is like none of many.
    """
    by_name = {
        name: key for key, wordings in allowed.items() for w in wordings for name in names_of(w)
    }
    taken: dict[str, Taken] = {}
    unknown: list[tree.Entry] = []
    doubled: list[tuple[int, tree.Entry, str]] = []
    for n, entry in enumerate(mapping.entries):
        names = sorted(names_of(entry.key.text))
        key = next((by_name[name] for name in names if name in by_name), None)
        if key is None:
            unknown.append(entry)
        elif key in taken:
            doubled.append((n, entry, key))
        else:
            taken[key] = Taken(entry.key, entry.value)
    for told in _pasted(doubled, taken) or (
        _doubled(entry, key, taken[key].key.location) for _, entry, key in doubled
    ):
        report(told)
    glued = [(entry, mend) for entry in unknown if (mend := _separated(entry, by_name))]
    if glued:
        report(_not_separated(glued, within))
    for entry in unknown:
        if any(entry is told for told, _ in glued):
            continue
        absent = [key for key in required if key not in taken]
        meant = _slip_for(entry.key.text, absent, alone=len(unknown) == 1 == len(absent))
        hint = (
            f"您是否想写“{meant}”" if meant else _hint(entry.key.text, allowed, taken, alike=alike)
        )
        hint = hint or otherwise(entry.key.text)
        said = f"{within}没有“{entry.key.text}”这一项。"
        place = entry.key.location
        report(finding("S101", said, at=about(meant, place) if meant else place, hint=hint))
        if meant:
            taken[meant] = Taken(entry.key, entry.value)
    return taken


def _slip_for(typed: str, absent: Sequence[str], *, alone: bool) -> str | None:
    """The absent key that an unknown one was meant for: nearly the same, or half where `alone`."""
    if any(colon in typed for colon in ":："):
        return None
    return closest(typed, absent, cutoff=0.5 if alone else 0.6)


def _hint(typed: str, allowed: Iterable[str], taken: Container[str], *, alike: float) -> str:
    """What may have been meant by a key that is not known; "" where nothing may."""
    if any(colon in typed for colon in ":："):
        return _SEPARATE
    meant = closest(typed, (key for key in allowed if key not in taken), cutoff=alike)
    if meant:
        return f"您是否想写“{meant}”"
    return "这里可以写的有：" + "、".join(allowed) if len(list(allowed)) <= _FEW else ""


def _doubled(entry: tree.Entry, key: str, first: Location) -> Finding:
    return finding(
        "S102",
        f"“{key}”写了两次，前一次在第 {first.line} 行。",
        at=entry.key.location,
        hint="留下对的一处，删掉另一处",
        related=[Related(first, f"前一个“{key}”")],
    )


def _pasted(
    doubled: Sequence[tuple[int, tree.Entry, str]], taken: Mapping[str, Taken]
) -> list[Finding]:
    """The one finding for many keys written again right behind one another; else nothing."""
    if len(doubled) < _AGAIN or doubled[-1][0] - doubled[0][0] >= len(doubled):
        return []
    _, entry, key = doubled[0]
    first, line = taken[key].key.location, entry.key.location.line
    return [
        finding(
            "S102",
            f"从第 {line} 行起，“{key}”等 {len(doubled)} 项又写了一次，像是两份贴在了一起。",
            at=entry.key.location,
            hint="留下对的一份，删掉另一份",
            related=[Related(first, f"前一个“{key}”")],
        )
    ]


def _separated(entry: tree.Entry, known: Mapping[str, str]) -> list[Edit]:
    """What makes `名称：1，名称：2` entries of their own; nothing where a name is not known."""
    if len(entry.key.lines) != 1 or not isinstance(entry.value, tree.Scalar) or entry.value.text:
        return []
    line = entry.key.lines[0]
    pairs = list(_PAIR.finditer(line.text))
    if "".join(pair[0] for pair in pairs) != line.text:
        return []
    mend: list[Edit] = []
    for found in pairs:
        if not any(name in known for name in names_of(found["name"])):
            return []
        mend.append(line.replaced(*found.span("colon"), ": "))
        if found["comma"]:
            mend.append(line.replaced(*found.span("comma"), ", "))
    return mend


def _not_separated(glued: Sequence[tuple[tree.Entry, list[Edit]]], within: str) -> Finding:
    """The finding for every `名称:数` of one mapping that YAML takes for a name."""
    first = glued[0][0].key
    count = f"等 {len(glued)} 项" if len(glued) > 1 else ""
    return finding(
        "S101",
        f"{within}“{first.text}”{count}没有分成名称和数。",
        at=first.location,
        hint=_SEPARATE,
        mend=[change for _, mend in glued for change in mend],
    )


def missing(key: str, within: str, place: Location) -> Finding:
    """The finding for a required key that is not there (S103)."""
    return finding("S103", f"{within}缺少“{key}”。", at=place, hint=f"补上一行“{key}: ”")
