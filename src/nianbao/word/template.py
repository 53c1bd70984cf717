"""A Word template read: the file on the disk, its parts by lxml, what stands where on its page.

Knows how paragraphs, loops and tables are found in Word's XML, and what is wrong
with a tag by itself. Knows no form (`audit` does), no values, and renders
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from nianbao.chinese.excerpt import shortened
from nianbao.diagnostics import Finding, finding
from nianbao.word import package, trees
from nianbao.word.allowed import MAX_CELLS, MAX_LOOPS
from nianbao.word.layout import (
    BRACES,
    NAME,
    TAG,
    WIDE_BRACES,
    Grid,
    GridCell,
    Item,
    Layout,
    Line,
    Loop,
    has_tag,
)
from nianbao.word.package import DamagedError, Members, main_part
from nianbao.word.packagefile import damaged
from nianbao.word.trees import W, parse_xml

_FOR = re.compile(r"\{%p\s+for\s+([^\W\d]\w*)\s+in\s+([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*%\}")
_END = re.compile(r"\{%p\s+endfor\s*%\}")
_MAX_GRID = 200


def opened(data: bytes, path: Path) -> Members:
    """The members of the template that was read from `path`. Raises Rejected (L101, exit code 3)."""
    members = package.opened(data, path)
    try:
        trees.refuse_unreadable(members)
    except DamagedError as problem:
        raise damaged(path, problem) from problem
    return members


def texts(element: etree._Element) -> str:
    """The text of a paragraph as read: tabs and line breaks included, deletions not."""
    pieces = []
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if node.tag == f"{W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{W}noBreakHyphen":
            pieces.append("\u2011")
        elif (parent := node.getparent()) is not None and parent.tag == f"{W}r":
            pieces.append("\t" if node.tag == f"{W}tab" else "\n")
    return "".join(pieces)


def read(body: etree._Element) -> list[Line | Grid]:
    """The paragraphs and tables of a document body, content controls opened, in order."""
    found: list[Line | Grid] = []
    lines = tables = 0
    for element in blocks(body):
        if element.tag == f"{W}p":
            lines += 1
            ends_section = element.find(f"{W}pPr/{W}sectPr") is not None
            found.append(Line(texts(element), lines, ends_section))
        else:
            tables += 1
            found.append(_grid(element, tables))
    return found


def of(members: Members) -> Layout:
    """The layout of a template, with what is wrong in its tags."""
    findings: list[Finding] = []
    body = parse_xml(members[main_part(members)]).find(f"{W}body")
    if body is not None and sum(1 for _ in body.iter(f"{W}tc")) > MAX_CELLS:
        message = f"模板的表格有 {MAX_CELLS} 格以上，太大了。"
        return Layout((), [finding("L106", message, hint="用自带的模板重做，只改样式")])
    items = _nest(read(body) if body is not None else [], findings)
    return Layout(tuple(items), findings)


@dataclass
class _Opened:
    """A loop while it is read; the whole text has no line."""

    line: Line | None = None
    variable: str = ""
    over: str = ""
    items: list[Item] = field(default_factory=list)


def _nest(flat: list[Line | Grid], findings: list[Finding]) -> list[Item]:
    """The items of a text, those of a loop within it."""
    stack = [_Opened()]
    for item in flat:
        if isinstance(item, Grid):
            stack[-1].items.append(_nested(item, findings))
            continue
        findings += faults_of(item.text, item.where, loops=True)
        text = item.text.strip()
        if item.ends_section and (len(stack) > 1 or _FOR.fullmatch(text)):
            findings.append(
                finding(
                    "L107",
                    f"{item.where}：循环里有分节符，印出来会丢掉或者重复。",
                    hint="在循环的外面另起一段，把分节符移到那里",
                )
            )
        if begun := _FOR.fullmatch(text):
            stack.append(_Opened(item, begun[1], begun[2]))
            if len(stack) == MAX_LOOPS + 2:
                message = f"{item.where}：循环套了 {MAX_LOOPS} 层以上。"
                findings.append(finding("L107", message, hint="循环里最多再套一层循环"))
        elif not _END.fullmatch(text):
            stack[-1].items.append(item)
        elif len(stack) > 1:
            _close(stack)
        else:
            findings.append(
                finding("L107", f"{item.where}：前面没有对应的 {{%p for … %}}。", hint="删掉这一段")
            )
    while len(stack) > 1:
        opened = _close(stack)
        findings.append(
            finding(
                "L107",
                f"{opened.where}：这个循环没有结束。",
                hint="在循环的最后加一段，只写 {%p endfor %}",
            )
        )
    return stack[0].items


def _nested(grid: Grid, findings: list[Finding]) -> Grid:
    """A table with the paragraphs of its cells in their loops."""
    return Grid(tuple(tuple(_within(cell, findings) for cell in row) for row in grid.rows))


def _within(cell: GridCell, findings: list[Finding]) -> GridCell:
    if not has_tag(cell.text):
        return cell
    lines = [item for item in cell.items if isinstance(item, Line)]
    return replace(cell, items=tuple(_nest([*lines], findings)))


def _close(stack: list[_Opened]) -> Line:
    """Put the innermost loop into the one around it; too deep, without what it holds."""
    opened = stack.pop()
    assert opened.line is not None
    held = tuple(opened.items) if len(stack) <= MAX_LOOPS else ()
    stack[-1].items.append(Loop(opened.variable, opened.over, opened.line, held))
    return opened.line


def faults_of(text: str, where: str, *, loops: bool) -> Iterator[Finding]:
    """What is wrong with the tags of one paragraph or cell."""
    for tag in TAG.findall(text):
        if NAME.fullmatch(tag):
            continue
        if loops and (_FOR.fullmatch(tag) or _END.fullmatch(tag)):
            if text.strip() != tag:
                yield finding("L107", f"{where}：循环的标记要独占一段。", hint="把它移到单独的一段")
            continue
        yield finding(
            "L106",
            f"{where}：模板里不能写 {shortened(tag, 40)}。",
            hint="只能写 {{名称}}，和独占一段的 {%p for 项 in 名称 %}、{%p endfor %}",
        )
    if WIDE_BRACES.search(text):
        yield finding(
            "L107",
            f"{where}：“{shortened(text.strip(), 40)}”的花括号是全角的，会照样印出来。",
            hint="切到英文输入法，写成 {{名称}}，两边各两个半角花括号",
        )
    elif BRACES.search(TAG.sub("", text)):
        yield finding(
            "L107", f"{where}：花括号不成对。", hint="占位符写成 {{名称}}，两边各两个半角花括号"
        )


def blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a body, content controls opened, in order."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from blocks(content)


def _grid(table: etree._Element, number: int) -> Grid:
    rows = []
    tops: dict[int, str] = {}
    for y, row in enumerate(table.iter(f"{W}tr")):
        at = number_of(row.find(f"{W}trPr/{W}gridBefore"), 0)
        cells = []
        for x, cell in enumerate(row.iter(f"{W}tc")):
            span = number_of(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            where = f"第 {number} 个表第 {y + 1} 行第 {x + 1} 格"
            held = enumerate(cell.iter(f"{W}p"), 1)
            lines = tuple(Line(texts(p), n, cell=where) for n, p in held)
            text = "\n".join(line.text for line in lines)
            continues = merge is not None and merge.get(f"{W}val") != "restart"
            tops[at] = tops.get(at, text) if continues else text
            cells.append(
                GridCell(
                    text, number, y, x, at, at + span - 1, continues, items=lines, whole=tops[at]
                )
            )
            at += span
        rows.append(tuple(cells))
    return Grid(tuple(rows))


def number_of(element: etree._Element | None, default: int) -> int:
    """The whole number that an element says (w:val), `default` where it says none."""
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value[:9]), _MAX_GRID) if value.isascii() and value.isdigit() else default
