"""A template compiled, once for each script: Word's XML as Jinja source.

Knows how docxtpl turns a part into such source (`patch_xml`), which few nodes it
may hold, and the one environment, sandboxed and strict, that compiles it; what
becomes of a template's own words in Traditional script. Knows no report.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2 import Template as JinjaTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from nianbao.chinese.wording import Script, convert
from nianbao.diagnostics import Rejected, unusable
from nianbao.form.form import Form
from nianbao.word import language, layout, margin, title
from nianbao.word.layout import NAME, TAG, Grid, GridCell, Item, Layout, Line, W
from nianbao.word.package import Members, main_part, parse_xml
from nianbao.word.values import ADDED, rows

_TEXT_ELEMENT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")
_DESCRIPTION = re.compile(r'(<w:tbl(?:Caption|Description) w:val=")([^"]+)(")')
_LANGUAGE = re.compile(r'(<w:(?:lang|themeFontLang)\b[^>]*w:eastAsia=")zh-CN(")')
_REPEATED = re.compile(r"<\?nianbao (?P<cell>\w+)\?>(?P<row>.*?)<\?nianbao \?>", re.DOTALL)
_ALLOWED_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template of one form in one script, ready to be filled any number of times."""

    template: JinjaTemplate
    members: Members
    layout: Layout
    margins: Mapping[str, tuple[JinjaTemplate, tuple[str, ...]]]
    """The headers and footers that are filled, each with the texts of its paragraphs."""
    script: Script
    title_width: float
    """How many full-width characters a line of the title holds."""


def compile_template(form: Form, members: Members, drawn: Layout, script: Script) -> Compiled:
    """Compile a template that `audit` has passed. Raises Rejected (exit code 3)."""
    main = main_part(members)
    if form.manner.english:
        members = language.english(members)
    root = parse_xml(members[main])
    _mark_added(root, {row.cells()[0].address for row in rows(form) if row.added})
    source = _source(root, script)
    margins = dict(margin.parts(members))
    if script is Script.HANT:
        drawn = Layout(tuple(_converted(drawn.items)), drawn.findings)
        members = {
            name: data if name == main else _other_part(name, data)
            for name, data in members.items()
        }
    filled = {
        name: (_compiled(_source(part, script), form), _texts(part, script))
        for name, part in margins.items()
    }
    template, width = _compiled(source, form), title.line_width(root, members)
    return Compiled(template, members, drawn, filled, script, width)


def filled(
    template: JinjaTemplate, values: Mapping[str, Any], what: str, form: Form
) -> etree._Element:
    """`what` of a document with its values in place. Raises Rejected where that is no XML."""
    try:
        return parse_xml(template.render(values).encode())
    except (TemplateError, etree.XMLSyntaxError, ValueError) as problem:
        raise broken(form, f"套印出来的{what}不完整：{problem}。") from problem


def broken(form: Form, message: str, code: str = "L110") -> Rejected:
    """What keeps a document from being written, whatever was typed."""
    hint = "没有写出文件；请把填报文件和模板发给维护的人"
    return unusable(code, message, hint=hint, file=form.template_path)


def _source(root: etree._Element, script: Script) -> str:
    """The XML of a part as Jinja source, its own words in `script`."""
    for element in root.iter(f"{W}t"):
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    source: str = DocxTemplate(io.BytesIO()).patch_xml(etree.tostring(root, encoding="unicode"))
    source = _REPEATED.sub(_looped, source)
    if script is Script.HANT:
        source = _TEXT_ELEMENT.sub(lambda m: m[1] + _outside_tags(m[2]) + m[3], source)
        source = _DESCRIPTION.sub(lambda m: m[1] + convert(m[2], Script.HANT) + m[3], source)
    return source


def _texts(part: etree._Element, script: Script) -> tuple[str, ...]:
    said = margin.paragraphs(part)
    return tuple(map(_outside_tags, said) if script is Script.HANT else said)


def _compiled(source: str, form: Form) -> JinjaTemplate:
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True
    )
    try:
        tree = environment.parse(source)
        stranger = next((n for n in _walk(tree) if not isinstance(n, _ALLOWED_NODES)), None)
        if stranger is not None:
            raise broken(form, f"模板里有不允许的写法（{type(stranger).__name__}）。")
        return environment.from_string(source)
    except TemplateError as problem:
        raise broken(form, f"模板读不懂：{problem}。") from problem


def _mark_added(root: etree._Element, added: Set[str]) -> None:
    """Put an instruction before and behind each table row that is printed as often as written."""
    for row in list(root.iter(f"{W}tr")):
        tags = (NAME.fullmatch(layout.texts(cell).strip()) for cell in row.iter(f"{W}tc"))
        cell = next((tag[1] for tag in tags if tag and tag[1] in added), None)
        if cell:
            row.addprevious(etree.ProcessingInstruction("nianbao", cell))
            row.addnext(etree.ProcessingInstruction("nianbao"))


def _looped(row: re.Match[str]) -> str:
    """A marked row as a loop over what was written in it."""
    item = f"{ADDED}_{row['cell']}"
    inner = NAME.sub(lambda tag: f"{{{{{item}.{tag[1]}}}}}", row["row"])
    return f"{{% for {item} in {ADDED}.{row['cell']} %}}{inner}{{% endfor %}}"


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


def _walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _walk(child)
