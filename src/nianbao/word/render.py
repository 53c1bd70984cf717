"""A report through its template, to the bytes of a .docx.

Knows how a template is compiled (once) and filled, and believes neither: the
values are escaped before, the result is parsed strictly and every paragraph
and cell is read back and compared with what should stand there. The only
importer of docxtpl, which turns Word's XML into Jinja source (`patch_xml`);
the one environment that compiles it is sandboxed and strict.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2 import Template as JinjaTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

import nianbao
from nianbao.chinese.wording import Script, convert
from nianbao.diagnostics import Rejected, unusable
from nianbao.form.contract import NOTE, TITLE, YEARS, fill
from nianbao.form.form import FieldKind, Form, PrintedLine
from nianbao.form.row import Row
from nianbao.report.report import Paragraph, Report
from nianbao.word import column, language, layout, margin, title
from nianbao.word.layout import (
    LAST,
    LEAD,
    NAME,
    RUNNING,
    STANDALONE,
    TAG,
    TEXT,
    Grid,
    GridCell,
    Item,
    Layout,
    Line,
    Loop,
    W,
)
from nianbao.word.measure import styles_of
from nianbao.word.package import (
    Members,
    Properties,
    main_part,
    pack,
    parse_xml,
    with_properties,
)

_LANGUAGES = {Script.HANS: "zh-CN", Script.HANT: "zh-HK"}
_TEXT_ELEMENT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")
_DESCRIPTION = re.compile(r'(<w:tbl(?:Caption|Description) w:val=")([^"]+)(")')
_LANGUAGE = re.compile(r'(<w:(?:lang|themeFontLang)\b[^>]*w:eastAsia=")zh-CN(")')
ADDED = "_added"
"""Of the values, those that no template names: what each added row prints, by its first cell."""
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
class Block:
    """A printed paragraph or table: as drawn, and the outermost loop and turn it came from."""

    drawn: Line | Grid
    values: Mapping[str, Any]
    over: str = ""
    turn: int = 0

    @property
    def text(self) -> str:
        """What should stand there."""
        if isinstance(self.drawn, Line):
            return _filled(self.drawn.text, self.values)
        rows = self.rows(self.drawn)
        return "\n".join("\t".join(_held(cell, values) for cell in row) for row, values in rows)

    def rows(self, grid: Grid) -> Iterator[tuple[tuple[GridCell, ...], Mapping[str, Any]]]:
        """The rows of a table as they are printed: one that is added as often as it was written."""
        for row in grid.rows:
            tags = (tag[1] for cell in row if (tag := NAME.fullmatch(cell.text.strip())))
            turns = next(
                (t for tag in tags if (t := self.values[ADDED].get(tag)) is not None), None
            )
            for turn in [{}] if turns is None else turns:
                yield row, {**self.values, **turn}


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
    _mark_added(root, {row.cells()[0].address for row in _rows(form) if row.added})
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
            raise _broken(form, f"模板里有不允许的写法（{type(stranger).__name__}）。")
        return environment.from_string(source)
    except TemplateError as problem:
        raise _broken(form, f"模板读不懂：{problem}。") from problem


def render(compiled: Compiled, report: Report) -> bytes:
    """The document of `report`. Raises Rejected (W107, exit code 3) rather than lose a value."""
    values = context(report, compiled)
    try:
        xml = compiled.template.render(_marked_up(values))
        root = parse_xml(xml.encode())
    except (TemplateError, etree.XMLSyntaxError, ValueError) as problem:
        raise _broken(report.form, f"套印出来的不是完整的 Word 文档：{problem}。") from problem
    _drop_empty_runs(root)
    _close_gaps(root)
    _read_back(compiled.layout, root, values, report.form)
    members = dict(compiled.members)
    for name, (template, texts) in compiled.margins.items():
        members[name] = _margin(name, template, texts, values | {TITLE: report.title}, report.form)
    column.narrow(root, styles_of(members))
    members[main_part(members)] = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return pack(with_properties(members, properties(report)))


def _margin(
    name: str,
    template: JinjaTemplate,
    texts: tuple[str, ...],
    values: dict[str, Any],
    form: Form,
) -> bytes:
    """A header or footer, filled and read back. Raises Rejected."""
    try:
        root = parse_xml(template.render(_marked_up(values)).encode())
    except (TemplateError, etree.XMLSyntaxError, ValueError) as problem:
        raise _broken(form, f"套印出来的 {name} 不完整：{problem}。") from problem
    _drop_empty_runs(root)
    expected = [_filled(text, values) for text in texts]
    if margin.paragraphs(root) != expected:
        raise _broken(form, f"印出来的 {name} 与填报的不一样。", "W107")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _filled(text: str, values: Mapping[str, Any]) -> str:
    return TAG.sub(lambda tag: str(_value(tag[0][2:-2].strip(), values)), text)


def context(report: Report, compiled: Compiled) -> dict[str, Any]:
    """What each name of `vocabulary` holds, as plain text, lists and mappings."""
    years = {name: str(report.year + apart) for name, apart in YEARS.items()}
    values: dict[str, Any] = {
        ADDED: {},
        **(years if report.year else dict.fromkeys(years, "")),
        **report.own_names(),
        TITLE: title.balanced(report.title, report.unit, compiled.title_width),
    }
    values |= {
        field.key: report.fields.get(field.key, "")
        for field in report.form.fields
        if not field.members
    }
    values |= {line.name: _line(line, report) for line in report.form.lines}
    for section in report.form.sections:
        if section.table:
            values[section.name] = {NOTE: [p.text for p in report.notes[section.name]]}
        else:
            values[section.name] = [_parts(p) for p in report.narratives[section.name]]
            if values[section.name] and layout.sets_last_apart(compiled.layout, section.name):
                last = values[section.name][-1]
                last[RUNNING], last[LAST] = [], last[RUNNING]
    for row in _rows(report.form):
        if row.added:
            turns = [_turn(row, turn, report) for turn in report.turns(row)]
            values[ADDED][row.cells()[0].address] = turns
        else:
            values |= {c.address: report.numbers[c.address].printed for c in row.cells()}
    return values


def _rows(form: Form) -> Iterator[Row]:
    return (row for table in form.tables() for row in table.rows())


def _turn(row: Row, turn: Row, report: Report) -> dict[str, str]:
    """What an added row prints one time, by the addresses that its template has."""
    return {
        drawn.address: report.numbers[written.address].printed
        for drawn, written in zip(row.cells(), turn.cells(), strict=True)
    }


def blocks(compiled: Compiled, report: Report) -> list[Block]:
    """What `render` prints of a report, paragraph by paragraph and table by table."""
    return list(_printed(compiled.layout.items, context(report, compiled)))


def _parts(paragraph: Paragraph) -> dict[str, Any]:
    if paragraph.heading and not paragraph.body:
        return {STANDALONE: [paragraph.heading], RUNNING: [], LAST: []}
    running = [{LEAD: paragraph.heading, TEXT: paragraph.body}]
    return {STANDALONE: [], RUNNING: running, LAST: []}


def _line(line: PrintedLine, report: Report) -> list[str]:
    values = report.fields | report.own_names()
    if line.follows and not values.get(line.follows):
        return []

    def say(words: str) -> str:
        return convert(words, Script.HANT) if report.script is Script.HANT else words

    parts = [part for pattern in line.parts if (part := fill(pattern, values, say))]
    return ["\u3000".join(parts)] if parts else []


def properties(report: Report) -> Properties:
    """What a document of `report` tells of itself."""
    days = [
        report.days.get(field.key)
        for kind in (FieldKind.DATE, FieldKind.MOMENT)
        for field in report.form.fields
        if field.kind is kind
    ]
    form = report.form
    return Properties(
        title=report.title,
        author=report.unit,
        language="en" if form.manner.english else _LANGUAGES[report.script],
        description=f"nianbao {nianbao.__version__} · {form.id} · {form.name}（{form.edition}）",
        program="nianbao",
        version=nianbao.__version__,
        dated=next((day for day in days if day), date(report.year or 1980, 12, 31)),
    )


# --- compiling ------------------------------------------------------------------


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


# --- filling ----------------------------------------------------------------------


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


def _read_back(drawn: Layout, root: etree._Element, values: dict[str, Any], form: Form) -> None:
    """Compare the rendered document with what its layout and the values say."""
    body = root.find(f"{W}body")
    printed = [_shown(item) for item in layout.read(body)] if body is not None else []
    expected = [block.text for block in _printed(drawn.items, values)]
    if printed == expected:
        return
    at = next(
        (n for n, pair in enumerate(zip(printed, expected, strict=False)) if pair[0] != pair[1]),
        min(len(printed), len(expected)),
    )
    lost = expected[at] if at < len(expected) else printed[at]
    raise _broken(form, f"印出来的第 {at + 1} 段与填报的不一样，应当是“{lost[:40]}”。", "W107")


def _shown(item: Line | Grid) -> str:
    if isinstance(item, Line):
        return item.text
    return "\n".join("\t".join(cell.text for cell in row) for row in item.rows)


def _held(cell: GridCell, values: Mapping[str, Any]) -> str:
    return "\n".join(block.text for block in _printed(cell.items, values))


def _without_gaps(grid: Grid, values: Mapping[str, Any]) -> Grid:
    """A table without the rows that hold absent lines and nothing else."""
    rows = (row for row in grid.rows if any(not _is_absent(cell, values) for cell in row))
    return Grid(tuple(tuple(replace(cell, row=n) for cell in row) for n, row in enumerate(rows)))


def _is_absent(cell: GridCell, values: Mapping[str, Any]) -> bool:
    return bool(cell.items) and next(_printed(cell.items, values), None) is None


def _printed(items: tuple[Item, ...], values: Mapping[str, Any]) -> Iterator[Block]:
    for item in items:
        if not isinstance(item, Loop):
            drawn = _without_gaps(item, values) if isinstance(item, Grid) else item
            if isinstance(drawn, Line) or drawn.rows:
                yield Block(drawn, values)
            continue
        for turn, value in enumerate(_value(item.over, values)):
            for block in _printed(item.items, {**values, item.variable: value}):
                yield replace(block, over=item.over, turn=turn)


def _value(path: str, values: Mapping[str, Any]) -> Any:
    found: Any = values
    for part in path.split("."):
        found = found[part]
    return found


def _broken(form: Form, message: str, code: str = "L110") -> Rejected:
    hint = "没有写出文件；请把填报文件和模板发给维护的人"
    return unusable(code, message, hint=hint, file=form.template_path)
