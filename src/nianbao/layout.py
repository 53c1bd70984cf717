"""The .docx as placeholders: what stands where, and whether it is all of the form.

Knows paragraphs, loops and table grids of a Word document as text, and audits
a template against its form: every cell placed exactly once, beside and under
the labels the form file prints, no stranger, nothing but names and paragraph
loops. Knows no values and renders nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Union

from lxml import etree

from nianbao.diagnostics import Finding, error
from nianbao.form import Cell, Form, Section
from nianbao.package import DOCUMENT, Members, all_text, parse_xml
from nianbao.reportfile import NOTE, SHORT, TITLE, UNIT, YEAR
from nianbao.wording import closest, squeeze, to_simplified

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STANDALONE, RUNNING, LAST, LEAD, TEXT = "独立标题", "正文", "末段", "题", "文"
"""What a template may ask of a narrative: `段.独立标题` and `段.正文`, of the latter `.题` and `.文`.

A template that asks for `段.末段` too gets the last paragraph there instead of
in `段.正文`: it may be styled to stay with what follows.
"""

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_NAME = re.compile(r"\{\{\s*([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*\}\}")
_FOR = re.compile(r"\{%p\s+for\s+([^\W\d]\w*)\s+in\s+([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*%\}")
_END = re.compile(r"\{%p\s+endfor\s*%\}")
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_SAFE_TARGETS = ("hyperlink",)
_MAX_GRID = 200

Shape = Union[None, "list[Shape]", "dict[str, Shape]"]
"""What a name holds: None for a text, [shape] for a list to loop over, {name: shape} for parts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside tables; `number` counts from 1 as Word's reader would."""

    text: str
    number: int

    @property
    def where(self) -> str:
        shown = self.text if len(self.text) <= 20 else self.text[:20] + "……"
        return f"正文第 {self.number} 段“{shown}”"


@dataclass(frozen=True, slots=True)
class Loop:
    variable: str
    over: str
    line: Line
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as drawn: its text, and the grid columns and rows it covers (from 0)."""

    text: str
    table: int
    row: int
    at: int
    first: int
    last: int
    continues: bool = False
    """A lower part of a vertical merge."""

    @property
    def where(self) -> str:
        return f"第 {self.table} 个表第 {self.row + 1} 行第 {self.at + 1} 格"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `rows` as drawn, one tuple of cells a row."""

    rows: tuple[tuple[GridCell, ...], ...]

    def cells(self) -> Iterator[GridCell]:
        return (cell for row in self.rows for cell in row)

    def labels_of(self, cell: GridCell) -> list[str]:
        """The printed labels left of a cell and above it."""
        left = [
            self._top(other).text
            for other in self.rows[cell.row]
            if other.last < cell.first and not _has_tag(self._top(other).text)
        ]
        above: list[str] = []
        for row in reversed(self.rows[: cell.row]):
            over = [c for c in row if c.first <= cell.last and cell.first <= c.last]
            if any(_has_tag(c.text) or not (c.continues or squeeze(c.text)) for c in over):
                if above:
                    break
            elif len(over) == 1 and not over[0].continues:
                above.append(over[0].text)
        return [text for text in (*left, *above) if squeeze(text)]

    def _top(self, cell: GridCell) -> GridCell:
        for row in reversed(self.rows[: cell.row]):
            if not cell.continues:
                break
            cell = next((c for c in row if c.first == cell.first), cell)
        return cell


Item = Line | Loop | Grid


@dataclass
class Layout:
    """A template's body in reading order."""

    items: tuple[Item, ...]
    findings: list[Finding] = field(default_factory=list)


def vocabulary(form: Form) -> dict[str, Shape]:
    """Every name a template of `form` may use, and what it holds."""
    running: Shape = [{LEAD: None, TEXT: None}]
    narrative: Shape = [{STANDALONE: [None], RUNNING: running, LAST: running}]
    names: dict[str, Shape] = {TITLE: None, UNIT: None, YEAR: None, SHORT: None}
    names |= {declared.key: None for declared in form.fields if not declared.members}
    names |= {line.name: [None] for line in form.lines}
    names |= {s.name: {NOTE: [None]} if s.table else narrative for s in form.sections}
    return names | dict.fromkeys(form.cells, None)


def sets_last_apart(drawn: Layout, name: str) -> bool:
    """True when a template asks for the last paragraph of narrative `name` by itself."""
    return any(
        isinstance(inner, Loop) and inner.over == f"{loop.variable}.{LAST}"
        for loop in drawn.items
        if isinstance(loop, Loop) and loop.over == name
        for inner in loop.items
    )


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
    for element in _blocks(body):
        if element.tag == f"{W}p":
            lines += 1
            found.append(Line(texts(element), lines))
        else:
            tables += 1
            found.append(_grid(element, tables))
    return found


def of(members: Members) -> Layout:
    """The layout of a template, with what is wrong in its tags."""
    root = parse_xml(members[DOCUMENT])
    findings = list(_refuse_active(members, root))
    body = root.find(f"{W}body")
    flat = read(body) if body is not None else []
    items, _ = _nest(iter(flat), findings, None)
    return Layout(tuple(items), findings or list(_hidden(root, flat)))


def audit(layout: Layout, form: Form) -> list[Finding]:
    """Everything that keeps `layout` from printing every value of `form` in its place."""
    findings = list(layout.findings)
    names = vocabulary(form)
    placed: Counter[str] = Counter()
    _audit_items(layout.items, form, names, {}, placed, findings)
    if not findings and not any(placed[address] for address in form.cells):
        hint = "看看是不是拿错了文件；模板里每格写占位符，如 {{" + next(iter(form.cells)) + "}}"
        return [error("L108", f"这不是“{form.name}”的模板，一格数也没有。", hint=hint)]
    for cell in form.cells.values():
        if placed[cell.address] != 1:
            findings.append(_not_once(cell.address, cell.words, placed[cell.address]))
    for path in sorted(_must_print(form, layout)):
        if placed[path] != 1:
            findings.append(_not_once(path, path, placed[path]))
    if not findings:
        findings += _audit_order(layout, form)
    return findings


def _must_print(form: Form, drawn: Layout) -> set[str]:
    """The texts, and the loops whose items have parts, that a template must print once."""
    paths = {TITLE, *(line.name for line in form.lines)}
    for section in form.sections:
        if section.table:
            paths.add(f"{section.name}.{NOTE}")
        else:
            paths |= {section.name, f"{section.name}.{STANDALONE}"}
            for part in (RUNNING, LAST) if sets_last_apart(drawn, section.name) else (RUNNING,):
                running = f"{section.name}.{part}"
                paths |= {running, f"{running}.{LEAD}", f"{running}.{TEXT}"}
    return paths


def _not_once(path: str, words: str, count: int) -> Finding:
    named = f"“{words}”" if words == path else f"“{words}”（{path}）"
    if count:
        return error("L104", f"模板里{named}放了 {count} 次，只能放一次。", hint="删掉多余的占位符")
    typed = f"{{{{{path}}}}}" if "." not in path else f"对“{path}”的占位符"
    return error("L103", f"模板里没有放{named}，这一项会印不出来。", hint=f"在它的位置补上 {typed}")


def _audit_items(
    items: tuple[Item, ...],
    form: Form,
    names: dict[str, Shape],
    scope: dict[str, tuple[str, Shape]],
    placed: Counter[str],
    findings: list[Finding],
) -> None:
    for item in items:
        if isinstance(item, Grid):
            _audit_grid(item, form, placed, findings)
        elif isinstance(item, Line):
            for tag in TAG.findall(item.text):
                found = _NAME.fullmatch(tag)
                if not found:
                    continue
                path, shape = _look_up(found[1], names, scope)
                if path is None:
                    findings.append(_stranger(found[1], item.where, names))
                elif shape is not None:
                    findings.append(
                        error(
                            "L106",
                            f"{item.where}：{found[1]} 不是一段文字，要用循环来印。",
                            hint=f"写成 {{%p for 项 in {found[1]} %}}",
                        )
                    )
                elif path in form.cells:
                    findings.append(
                        error(
                            "L105",
                            f"{item.where}：{path} 是表里“{form.cells[path].words}”的数，"
                            "不能放在表外。",
                            hint="移到表里它的格子",
                        )
                    )
                else:
                    placed[path] += 1
        else:
            path, shape = _look_up(item.over, names, scope)
            if path is None or not isinstance(shape, list):
                findings.append(_stranger(item.over, item.line.where, names))
                continue
            placed[path] += isinstance(shape[0], dict)
            inner = {**scope, item.variable: (path, shape[0])}
            _audit_items(item.items, form, names, inner, placed, findings)


def _look_up(
    dotted: str, names: dict[str, Shape], scope: dict[str, tuple[str, Shape]]
) -> tuple[str | None, Shape]:
    """The path a name stands for (loop variables resolved) and its shape; None when unknown."""
    head, *rest = dotted.split(".")
    if head in scope:
        path, shape = scope[head]
    elif head in names:
        path, shape = head, names[head]
    else:
        return None, None
    for part in rest:
        if not isinstance(shape, dict) or part not in shape:
            return None, None
        path, shape = f"{path}.{part}", shape[part]
    return path, shape


def _stranger(name: str, where: str, names: dict[str, Shape]) -> Finding:
    meant = closest(name.split(".")[0], names)
    hint = f"您是否想写 {meant}" if meant and meant != name else "照表式文件里的名称写"
    return error("L102", f"{where}：没有“{name}”这个名称。", hint=hint)


def _audit_grid(grid: Grid, form: Form, placed: Counter[str], findings: list[Finding]) -> None:
    for cell in grid.cells():
        if not _has_tag(cell.text):
            continue
        found = _NAME.fullmatch(cell.text.strip())
        if not found:
            findings.append(
                error(
                    "L107",
                    f"{cell.where}：“{cell.text.strip()}”不是单独一个占位符。",
                    hint="数的格子里只留一个占位符，如 {{c1a}}",
                )
            )
            continue
        address = found[1]
        target = form.cells.get(address)
        if target is None:
            findings.append(_stranger(address, cell.where, dict.fromkeys(form.cells)))
            continue
        placed[address] += 1
        labels = grid.labels_of(cell)
        if not _agree(target, labels):
            shown = "、".join(text.replace("\n", "") for text in labels) or "（没有）"
            meant = [c for c in form.cells.values() if _agree(c, labels)]
            hint = (
                f"这一格应当是 {{{{{meant[0].address}}}}}（{meant[0].words}）"
                if len(meant) == 1
                else "对照表式文件，改这一格的占位符，或者改印的标签"
            )
            findings.append(
                error(
                    "L105",
                    f"{cell.where}：{address} 是“{target.words}”的数，"
                    f"这一格旁边和上面印的却是“{shown}”。",
                    hint=hint,
                )
            )


def _agree(cell: Cell, labels: list[str]) -> bool:
    """True when the printed labels are the cell's, in any order."""
    said = [_plain(text) for text in labels]
    for wordings in cell.labels:
        match = next((text for text in said if text in {_plain(w) for w in wordings}), None)
        if match is None:
            return False
        said.remove(match)
    return not said


def _plain(text: str) -> str:
    return to_simplified(squeeze(text)) if not text.isascii() else squeeze(text)


def _audit_order(layout: Layout, form: Form) -> Iterator[Finding]:
    """Headings and contents in the order of the form (L108)."""
    wanted = [
        mark
        for s in form.sections
        for mark in ((f"标题“{s.label}”",) if s.headed else ()) + (f"“{s.label}”的内容",)
    ]
    headings = {
        _plain(words): section
        for section in form.sections
        if section.headed
        for words in section.printed
    }
    seen: list[str] = []
    for item in layout.items:
        if isinstance(item, Line) and _plain(item.text) in headings:
            seen.append(f"标题“{headings[_plain(item.text)].label}”")
        section = _section_of(item, form)
        if section and f"“{section.label}”的内容" not in seen:
            seen.append(f"“{section.label}”的内容")
    if seen != wanted:
        absent = [mark for mark in wanted if mark not in seen]
        if absent:
            yield error("L108", f"模板里没有印{'、'.join(absent)}。", hint="照表式文件的“印作”补上")
        else:
            at = next(n for n, mark in enumerate(seen) if n >= len(wanted) or mark != wanted[n])
            yield error(
                "L108",
                f"模板里{seen[at]}的位置不对。",
                hint="各部分的次序是：" + "，".join(s.label for s in form.sections),
            )


def _section_of(item: Item, form: Form) -> Section | None:
    if isinstance(item, Loop):
        return next((s for s in form.sections if item.over == s.name and not s.table), None)
    if isinstance(item, Grid):
        tags = [m[1] for c in item.cells() if (m := _NAME.fullmatch(c.text.strip()))]
        return next(
            (
                s
                for s in form.sections
                if s.table and tags and any(cell.address == tags[0] for cell in s.table.cells())
            ),
            None,
        )
    return None


def _nest(
    flat: Iterator[Line | Grid], findings: list[Finding], opened: Line | None
) -> tuple[list[Item], bool]:
    """Items up to the loop's end, loops nested; and whether the end was found."""
    items: list[Item] = []
    for item in flat:
        if isinstance(item, Grid):
            for cell in item.cells():
                findings += _tags_of(cell.text, cell.where, loops=False)
            items.append(item)
            continue
        findings += _tags_of(item.text, item.where, loops=True)
        text = item.text.strip()
        if begun := _FOR.fullmatch(text):
            inner, ended = _nest(flat, findings, item)
            if not ended:
                findings.append(
                    error(
                        "L107",
                        f"{item.where}：这个循环没有结束。",
                        hint="在循环的最后加一段，只写 {%p endfor %}",
                    )
                )
            items.append(Loop(begun[1], begun[2], item, tuple(inner)))
        elif _END.fullmatch(text):
            if opened:
                return items, True
            findings.append(
                error("L107", f"{item.where}：前面没有对应的 {{%p for … %}}。", hint="删掉这一段")
            )
        else:
            items.append(item)
    return items, False


def _tags_of(text: str, where: str, *, loops: bool) -> Iterator[Finding]:
    """What is wrong with the tags of one paragraph or cell."""
    for tag in TAG.findall(text):
        if _NAME.fullmatch(tag):
            continue
        if loops and (_FOR.fullmatch(tag) or _END.fullmatch(tag)):
            if text.strip() != tag:
                yield error("L107", f"{where}：循环的标记要独占一段。", hint="把它移到单独的一段")
            continue
        yield error(
            "L106",
            f"{where}：模板里不能写 {tag}。",
            hint="只能写 {{名称}}，和独占一段的 {%p for 项 in 名称 %}、{%p endfor %}",
        )
    if _BRACES.search(TAG.sub("", text)):
        yield error(
            "L107", f"{where}：花括号不成对。", hint="占位符写成 {{名称}}，两边各两个半角花括号"
        )


def _refuse_active(members: Members, root: etree._Element) -> Iterator[Finding]:
    """What a template that arrives by mail must not carry, and tags outside the body."""
    for name in members:
        if (
            name.lower().endswith(("vbaproject.bin", ".exe", ".js"))
            or "/embeddings/" in name
            or "/activeX/" in name
        ):
            yield error(
                "L109", f"模板里夹带了 {name}，不能用。", hint="另存为不带宏和嵌入对象的 .docx"
            )
        if name.endswith(".rels"):
            for relation in parse_xml(members[name]):
                kind = relation.get("Type", "").rpartition("/")[2]
                if relation.get("TargetMode") == "External" and kind not in _SAFE_TARGETS:
                    yield error(
                        "L109",
                        f"模板引用了外面的文件“{relation.get('Target')}”，不能用。",
                        hint="在 Word 里断开链接，再保存",
                    )
        elif name.endswith(".xml") and name != DOCUMENT and name.startswith("word/"):
            text = all_text(parse_xml(members[name]))
            if TAG.search(text):
                yield error(
                    "L106",
                    f"模板的 {name} 里有占位符，占位符只能写在正文里。",
                    hint="页眉、页脚、脚注里只写固定的文字",
                )
    if next(root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"), None) is not None:
        yield error(
            "L109",
            "模板里有修订痕迹，印出来会混在一起。",
            hint="在 Word 的“审阅”里接受全部修订，再保存",
        )
    if any(_BRACES.search(all_text(box)) for box in root.iter(f"{W}txbxContent")):
        yield error("L106", "模板的文本框里有占位符，占位符只能写在正文和表格里。", hint="移到正文")


def _hidden(root: etree._Element, flat: list[Line | Grid]) -> Iterator[Finding]:
    """Tags that Jinja would run and no reader sees: in field codes, attributes, custom XML."""
    seen = Counter(
        tag
        for item in flat
        for text in ([item.text] if isinstance(item, Line) else [c.text for c in item.cells()])
        for tag in TAG.findall(text)
    )
    written = Counter(TAG.findall(all_text(root)))
    for element in root.iter():
        written.update(tag for v in element.attrib.values() for tag in TAG.findall(str(v)))
    for tag in written - seen:
        yield error(
            "L106",
            f"模板里有一处看不见的占位符 {tag}（在域代码、属性或自定义 XML 里）。",
            hint="占位符只能写在正文和表格看得见的文字里；把这一处删掉重打",
        )


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _blocks(content)


def _grid(table: etree._Element, number: int) -> Grid:
    rows = []
    for y, row in enumerate(table.iter(f"{W}tr")):
        at = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        cells = []
        for x, cell in enumerate(row.iter(f"{W}tc")):
            span = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            text = "\n".join(texts(p) for p in cell.iter(f"{W}p"))
            cells.append(
                GridCell(
                    text,
                    number,
                    y,
                    x,
                    at,
                    at + span - 1,
                    merge is not None and merge.get(f"{W}val") != "restart",
                )
            )
            at += span
        rows.append(tuple(cells))
    return Grid(tuple(rows))


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value), _MAX_GRID) if value.isdigit() else default


def _has_tag(text: str) -> bool:
    return bool(_BRACES.search(text))
