"""A word that is chosen wrong: what is wrong with it, and what was probably meant.

Knows how words that a form offers are misspelt, doubled and written in a row. Reads
no cell: `cellfile` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.chinese.characters import hidden
from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS, closest, plain
from nianbao.diagnostics import Edit, Finding, finding
from nianbao.form.kind import NONE, Choice
from nianbao.form.row import Cell
from nianbao.source import tree

_APART = re.compile(rf"[{BLANKS}]*[、，,；;][{BLANKS}]*|[{BLANKS}]+")


def not_chosen(cell: Cell, kind: Choice, nodes: Sequence[tree.Node], *, listed: bool) -> Finding:
    """What is said of the first word that is none of the options, or is there twice."""
    seen: set[str] = set()
    for node in nodes:
        text = node.text.strip(BLANKS) if isinstance(node, tree.Scalar) else ""
        option = kind.option(text)
        if option is None or option in seen:
            break
        seen.add(option)
    wrong = f"“{cell.words}”写的是“{shortened(text, 30)}”{hidden(text)}"
    if option:
        return finding(
            "V110", f"“{cell.words}”里“{text}”写了两次。", at=node.location, hint="留下一个"
        )
    if kind.several and plain(text) == plain(NONE):
        hint = f"一个也没有的只写{NONE}，不和别的一起写"
        return finding("V110", f"{wrong}，又写了别的。", at=node.location, hint=hint)
    several = _APART.split(text)
    if kind.several and len(several) > 1 and kind.read(several):
        return finding(
            "V110",
            f"{wrong}，几个词要写成一个列表。",
            at=node.location,
            hint=f"写成 [{', '.join(several)}] 的样子",
            mend=_listed(node, several, within=listed),
        )
    alike = closest(text, kind.options, cutoff=0.5) if text else None
    hint = f"您是否想写“{alike}”" if alike else f"照这几个词写：{'、'.join(kind.options)}"
    said = f"{wrong}，这里要{kind.wanted}。"
    if not text:
        said, hint = f"“{cell.words}”不能写成一组。", f"{kind.wanted}，如 {kind.example}"
    return finding("V110", said, at=node.location, hint=hint)


def _listed(node: tree.Node, words: Sequence[str], *, within: bool) -> list[Edit]:
    """The words as a list, or as more items of the list that they stand `within`."""
    if not isinstance(node, tree.Scalar) or len(node.lines) != 1 or node.block:
        return []
    line, items = node.lines[0], ", ".join(words)
    return [line.replaced(0, len(line.text), items if within else f"[{items}]")]
