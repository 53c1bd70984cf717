"""A template compiled, once for each script: from Word's XML to a plan.

Knows which parts of a package are filled and which every document takes over,
and what becomes of a template's own words in Traditional script. Nothing of
Jinja is left in the plan: what a template asks for stands in it as instructions
(`instructions`, `marked`), which `pieces` reads. Knows no report.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from nianbao.chinese.wording import Script, convert
from nianbao.form.form import Form
from nianbao.word import (
    aboard,
    archive,
    instructions,
    language,
    margin,
    marked,
    measure,
    package,
    pieces,
    template,
)
from nianbao.word.instructions import UnfitError
from nianbao.word.layout import NAME, TAG, Grid, GridCell, Item, Layout, Line
from nianbao.word.package import Members, main_part
from nianbao.word.plan import Kept, Part, Plan
from nianbao.word.render import broken
from nianbao.word.trees import W, parse_xml, serialised
from nianbao.word.values import rows

_TEXT_ELEMENT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")
_DESCRIPTION = re.compile(r'(<w:tbl(?:Caption|Description) w:val=")([^"]+)(")')
_LANGUAGE = re.compile(r'(<w:(?:lang|themeFontLang)\b[^>]*w:eastAsia=")zh-CN(")')


def compile_template(form: Form, members: Members, drawn: Layout, script: Script) -> Plan:
    """Compile a template that `audit` has passed. Raises Rejected (exit code 3)."""
    try:
        return _compiled(form, members, items=drawn.items, script=script)
    except UnfitError as problem:
        raise broken(form, f"{problem}。") from problem


def _compiled(form: Form, members: Members, *, items: tuple[Item, ...], script: Script) -> Plan:
    main = main_part(members)
    if form.manner.english:
        members = language.english(members)
    root = parse_xml(members[main])
    margins = dict(margin.parts(members))
    if script is Script.HANT:
        items = tuple(_converted(items))
        members = {
            name: data if name == main else _other_part(name, data)
            for name, data in members.items()
        }
    styles = measure.styles_of(members)
    width = measure.line_width(root, styles)
    _mark_added(root, form)
    filled = [_margin(name, part, script) for name, part in margins.items()]
    body = _part(main, root, script, styles=styles)
    placed, item = aboard.place(members)
    kept = package.without_author(placed)
    for name in (main, *margins, item):
        del kept[name]
    return Plan(
        script=script,
        main=body,
        margins=tuple(filled),
        aboard=item,
        kept=tuple(_kept(name, data) for name, data in kept.items()),
        items=items,
        title_width=width,
    )


def _part(
    name: str, root: etree._Element, script: Script, *, styles: etree._Element | None = None
) -> Part:
    """A part as its pieces, its own words in `script`. Raises UnfitError."""
    source = instructions.jinja(root)
    if script is Script.HANT:
        source = _TEXT_ELEMENT.sub(lambda m: m[1] + _outside_tags(m[2]) + m[3], source)
        source = _DESCRIPTION.sub(lambda m: m[1] + convert(m[2], Script.HANT) + m[3], source)
    try:
        tree = parse_xml(instructions.of(source).encode())
    except (etree.XMLSyntaxError, ValueError) as problem:
        if isinstance(problem, UnfitError):
            raise
        raise UnfitError(f"模板的 {name} 编不成：{problem}") from problem
    figures = marked.marked(tree, styles)
    return Part(name, pieces.of(serialised(tree).decode(), figures))


def _margin(name: str, root: etree._Element, script: Script) -> Part:
    """A header or footer, with what each of its paragraphs says."""
    said = margin.paragraphs(root)
    texts = tuple(map(_outside_tags, said) if script is Script.HANT else said)
    return replace(_part(name, root, script), texts=texts)


def _kept(name: str, data: bytes) -> Kept:
    one = archive.packed(name, data)
    return Kept(name, base64.b64encode(one.content).decode("ascii"), one.size, one.crc)


def _mark_added(root: etree._Element, form: Form) -> None:
    """Note each table row that is printed as often as it was written."""
    added = {row.cells()[0].address for row in rows(form) if row.added}
    for row in list(root.iter(f"{W}tr")):
        tags = (NAME.fullmatch(template.texts(cell).strip()) for cell in row.iter(f"{W}tc"))
        cell = next((tag[1] for tag in tags if tag and tag[1] in added), None)
        if cell:
            instructions.repeated(row, cell)


def _outside_tags(text: str) -> str:
    """`text` in Traditional, its placeholders as they are."""
    tags = [*TAG.findall(text), ""]
    return "".join(
        convert(piece, Script.HANT) + tag for piece, tag in zip(TAG.split(text), tags, strict=True)
    )


def _other_part(name: str, data: bytes) -> bytes:
    if not name.startswith("word/") or not name.endswith(".xml"):
        return data
    text = _LANGUAGE.sub(r"\1zh-HK\2", data.decode("utf-8"))
    return _TEXT_ELEMENT.sub(lambda m: m[1] + convert(m[2], Script.HANT) + m[3], text).encode()


def _converted(items: tuple[Item, ...]) -> Iterator[Item]:
    """The layout's own words in Traditional, so that reading back knows what to expect."""
    for item in items:
        if isinstance(item, Line):
            yield replace(item, text=_outside_tags(item.text))
        elif isinstance(item, Grid):
            yield Grid(tuple(tuple(_converted_cell(cell) for cell in row) for row in item.rows))
        else:
            yield replace(item, items=tuple(_converted(item.items)))


def _converted_cell(cell: GridCell) -> GridCell:
    items = tuple(_converted(cell.items))
    return replace(cell, text=_outside_tags(cell.text), items=items)
