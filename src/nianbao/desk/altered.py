"""What `fix` changed, in words: which lines, and from what to what.

Knows how a changed line is said to somebody who reads no diff: 第 12 行：“：”改成“:”.
Prints nothing (`console` does).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from nianbao.chinese import excerpt
from nianbao.source.mending import Change

_SHOWN = 3
_BLANKS = {" ": "空格", "\t": " Tab ", "\u3000": "全角空格"}


def said(changes: Iterable[Change]) -> Iterator[str]:
    """A sentence for each kind of change, with the lines that it was made in."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for change in changes:
        alike[_changed(change)].append(change.line)
    for words, lines in alike.items():
        yield f"第 {_listed(lines)}：{words.strip()}"


def _listed(lines: list[int]) -> str:
    """The first of the lines, and how many they are."""
    shown = "、".join(map(str, lines[:_SHOWN]))
    return f"{shown} 行等，共 {len(lines)} 行" if len(lines) > _SHOWN else f"{shown} 行"


def _changed(change: Change) -> str:
    """The difference of two lines from its first character to its last."""
    if change.was is None or change.now is None:
        verb = "去掉" if change.now is None else "加上"
        return f"{verb}{_spelled(change.was or change.now or '')}"
    was, now = change.was.count("\n") + 1, change.now.count("\n") + 1
    if was != now:
        return f"原来的 {was} 行接成了 {now} 行" if now < was else f"原来的 {was} 行分成了 {now} 行"
    start = _alike(change.was, change.now)
    old, new = change.was[start:], change.now[start:]
    end = _alike(old[::-1], new[::-1])
    old, new = old[: len(old) - end], new[: len(new) - end]
    if not old or not new:
        return f"{'加上' if not old else '去掉'}{_spelled(old or new)}"
    return f"{_spelled(old)}改成{_spelled(new)}"


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _spelled(text: str) -> str:
    """A text in quotes; blanks by their names."""
    kind = text[:1]
    if kind in _BLANKS and text == kind * len(text):
        return f" {len(text)} 个{_BLANKS[kind]}"
    return f"“{excerpt.shortened(text.strip() or text)}”" if text else "空行"
