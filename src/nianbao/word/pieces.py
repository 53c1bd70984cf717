"""A part with all its instructions, cut into the pieces of a plan.

Knows what each instruction stands for. Knows no tree: it reads what one is
written as.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from nianbao.word import marked, plan
from nianbao.word.instructions import END, LOOP, SLOT, TARGET
from nianbao.word.marked import Figures, slot_of
from nianbao.word.package import quoted
from nianbao.word.plan import Piece

_INSTRUCTION = re.compile(rf"<\?{TARGET} ([^?]*)\?>")
_OPEN, _CLOSE = re.compile(r"<w:t [^>]*>"), "</w:t>"


def of(xml: str, figures: Figures) -> tuple[Piece, ...]:
    """The pieces of a part as it is written with its instructions."""
    return tuple(_Cutting(iter(_INSTRUCTION.split(xml)), figures).until_end())


@dataclass(frozen=True, slots=True)
class _Cutting:
    """What is left to be cut: in turn what stands there as it is, and what an instruction says."""

    words: Iterator[str]
    figures: Figures

    def until_end(self) -> list[Any]:
        """The pieces of what has been opened last."""
        found: list[Any] = []
        for literal in self.words:
            found += [literal] if literal else []
            said = next(self.words, END)
            if said == END:
                break
            found.append(self._piece(said))
        return found

    def _piece(self, said: str) -> object:
        kind, *words = said.split(" ")
        if kind == SLOT:
            return slot_of(said)
        if kind == marked.FACE:
            return _face(words[0], self.figures.style)
        if kind == marked.BLANK:
            return None
        held = tuple(self.until_end())
        if kind == LOOP:
            return plan.Repeated(words[0], words[1], held)
        if kind == marked.FIGURE:
            one = self.figures.all[int(words[0])]
            return plan.Figure(one.parts, one.column, one.digits, held)
        if kind == marked.ROW:
            return plan.Row(int(words[0]), held)
        return _KINDS[kind](held)


@cache
def _face(what: str, style: str) -> plan.Face:
    """Where a run names its type; one object for all that are alike."""
    named = f'<w:rStyle w:val="{quoted(style)}"/>'
    whole = f"<w:rPr>{named}</w:rPr>"
    drawn, narrow = {"own": ("", named), "run": ("", whole), "empty": ("<w:rPr/>", whole)}[what]
    return plan.Face(drawn, narrow)


def _text(held: tuple[Any, ...]) -> plan.Text:
    """A text without its tags, which the plan writes anew."""
    first, *between, last = held
    parts = (_OPEN.sub("", first, count=1), *between, last.removesuffix(_CLOSE))
    return plan.Text(tuple(part for part in parts if part))


_KINDS: dict[str, Callable[[tuple[Any, ...]], object]] = {
    marked.TEXT: _text,
    marked.RUN: plan.Run,
    marked.CELL: lambda held: plan.Cell(held[:-2], held[-1]),
    marked.TABLE: plan.Table,
}
"""What is made of what stands between an instruction and its end."""
