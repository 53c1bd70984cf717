"""A report through its template, to the bytes of a .docx.

Believes neither the values nor the template: values are escaped before, the
result is parsed strictly, and every paragraph and cell is read back and
compared with what should stand there (`printed`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Template as JinjaTemplate
from lxml import etree
from markupsafe import Markup, escape

from nianbao.form.contract import TITLE
from nianbao.form.form import Form
from nianbao.report.report import Report
from nianbao.word import aboard, column, compiled, margin, printed, values
from nianbao.word.compiled import Compiled, broken
from nianbao.word.layout import Line, Loop, W
from nianbao.word.measure import styles_of
from nianbao.word.package import main_part, pack, with_properties
from nianbao.word.printed import Block


def render(ready: Compiled, report: Report) -> bytes:
    """The document of `report`. Raises Rejected (W107, exit code 3) rather than lose a value."""
    held = context(ready, report)
    root = compiled.filled(ready.template, _marked_up(held), " Word 文档", report.form)
    _drop_empty_runs(root)
    _close_gaps(root)
    if lost := printed.lost(ready.layout, root, held):
        at, text = lost
        raise broken(
            report.form, f"印出来的第 {at} 段与填报的不一样，应当是“{text[:40]}”。", "W107"
        )
    members = dict(ready.members)
    for name, (template, texts) in ready.margins.items():
        members[name] = _margin(name, template, texts, held | {TITLE: report.title}, report.form)
    column.narrow(root, styles_of(members))
    members[main_part(members)] = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    members = aboard.carrying(members, aboard.of_report(report, _lines(ready, held, report.form)))
    return pack(with_properties(members, values.properties(report)))


def _lines(ready: Compiled, held: dict[str, Any], form: Form) -> str:
    """What is printed outside tables, narratives and notes."""
    names = {line.name for line in form.lines}
    lines = tuple(
        item
        for item in ready.layout.items
        if isinstance(item, Line) or (isinstance(item, Loop) and item.over in names)
    )
    return "\n".join(block.text for block in printed.blocks(lines, held))


def blocks(ready: Compiled, report: Report) -> list[Block]:
    """What `render` prints of a report, paragraph by paragraph and table by table."""
    return list(printed.blocks(ready.layout.items, context(ready, report)))


def context(ready: Compiled, report: Report) -> dict[str, Any]:
    """What each name of `vocabulary` holds, as plain text, lists and mappings."""
    return values.context(report, ready.layout, ready.title_width)


def _margin(
    name: str,
    template: JinjaTemplate,
    texts: tuple[str, ...],
    held: dict[str, Any],
    form: Form,
) -> bytes:
    """A header or footer, filled and read back. Raises Rejected."""
    root = compiled.filled(template, _marked_up(held), f" {name} ", form)
    _drop_empty_runs(root)
    if margin.paragraphs(root) != [printed.filled(text, held) for text in texts]:
        raise broken(form, f"印出来的 {name} 与填报的不一样。", "W107")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _marked_up(value: Any) -> Any:
    """Plain texts as XML: escaped, tabs and line breaks as Word's own elements."""
    if isinstance(value, str):
        text = str(escape(value))
        for char, element in (("\t", "<w:tab/>"), ("\n", "<w:br/>")):
            text = text.replace(char, f'</w:t>{element}<w:t xml:space="preserve">')
        return Markup(text)
    if isinstance(value, Mapping):
        return {key: _marked_up(inner) for key, inner in value.items()}
    return [_marked_up(inner) for inner in value]


def _drop_empty_runs(root: etree._Element) -> None:
    for element in list(root.iter(f"{W}t")):
        run = element.getparent()
        if element.text or run is None:
            continue
        run.remove(element)
        parent = run.getparent()
        if parent is not None and all(child.tag == f"{W}rPr" for child in run):
            parent.remove(run)


def _close_gaps(root: etree._Element) -> None:
    """Drop the rows of which no cell holds anything, and give other such cells their paragraph."""
    for row in list(root.iter(f"{W}tr")):
        cells = list(row.iter(f"{W}tc"))
        bare = [cell for cell in cells if next(cell.iter(f"{W}p"), None) is None]
        table = row.getparent()
        if cells and len(bare) == len(cells) and table is not None:
            table.remove(row)
            if table.find(f"{W}tr") is None and (around := table.getparent()) is not None:
                around.remove(table)
            continue
        for cell in bare:
            etree.SubElement(cell, f"{W}p")
