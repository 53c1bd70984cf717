"""How a sentence is read, told to who doubts it: its words, its numbers, why one is not read.

Knows how to say all that in lines of text. Knows a report's cells by their names
only; whether what is said is so is for `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.form.claim import LESS, Sum
from nianbao.form.equation import show
from nianbao.form.form import Form
from nianbao.sentence import passage, words
from nianbao.sentence.language import Kind
from nianbao.sentence.said import (
    Growth,
    GrowthInText,
    Said,
    ShareInText,
)
from nianbao.sentence.words import Stretch, Word


def lines_of(text: str, form: Form, year: int, *names: str) -> Iterator[str]:
    """The reading of a text, in a report of `year` by a unit of these names."""
    known = words.of_unit(words.vocabulary(form.claims, year), *map(form.manner.folded, names))
    for said in passage.read(form.manner.folded(text), known, ()):
        yield f"词：{''.join(_stretch(stretch) for stretch in said.stretches)}"
        yield from _numbers(said, form, text)


def _stretch(stretch: Stretch) -> str:
    return stretch.before + "".join(f"〔{word.text} {_kinds(word)}〕" for word in stretch.words)


def _kinds(word: Word) -> str:
    kinds = dict.fromkeys(
        f"{m.kind}·{m.claim.name}" if m.claim else str(m.kind) for m in word.meanings
    )
    named = [kind for kind in kinds if Kind.CLAIM in kind] or list(kinds)
    return "／".join(named)


def _numbers(said: Said, form: Form, text: str) -> Iterator[str]:
    for stated in said.statements:
        typed = text[stated.quantity.start : stated.quantity.end]
        held = " 或者 ".join(_cells(cells, form) for cells in stated.readings)
        yield f"{typed}：说的是“{stated.name}”（{stated.topic.name}），应当等于 {held}。"
    for share in said.shares:
        typed = text[share.quantity.start : share.quantity.end]
        if isinstance(share, ShareInText):
            yield f"{typed}：应当是 {show(share.part.value)} 除以 {show(share.whole.value)}。"
        else:
            parts, wholes = _cells(share.parts[0], form), _cells(share.wholes[0], form)
            yield f"{typed}：说的是“{share.name}”的占比，应当是 {parts} 除以 {wholes}。"
    for growth in said.growths:
        typed = text[growth.quantity.start : growth.quantity.end]
        yield f"{typed}：{_change(growth)}。"
    for denied in said.denied:
        typed = text[denied.start : denied.end]
        yield f"{typed}：应当是 0 的有 {'、'.join(form.cells[c].words for c in denied.zero)}。"
    for misdated in said.misdated:
        yield f"{text[misdated.start : misdated.end]}：说的是 {misdated.year} 年的数。"
    for unread in said.unread:
        typed = text[unread.quantity.start : unread.quantity.end]
        yield f"{typed}：不读，{unread.why}。"


def _change(growth: Growth | GrowthInText) -> str:
    way = "增加" if growth.sign > 0 else "减少"
    if isinstance(growth, GrowthInText):
        return f"{way}的幅度，应当由 {show(growth.before.value)} 到 {show(growth.now.value)}"
    return f"说的是“{growth.name}”比上年{way}了多少，同上年的文件核对"


def _cells(cells: Sum, form: Form) -> str:
    """A sum by the names of its cells, the first three of many."""
    named = [
        f"{'减 ' if cell.startswith(LESS) else ''}{form.cells[cell.lstrip(LESS)].words}"
        for cell in cells
    ]
    if len(named) == 1:
        return named[0]
    return f"（{' + '.join(named[:3])}{f' …… 共 {len(named)} 格' if len(named) > 3 else ''}）"
