"""A Word document as blocks: what a reader of it sees.

Knows merged cells, tables within tables, text boxes, content controls, tracked
changes (read as accepted), lists that Word numbers, hidden text and fields'
results. What makes a number uncertain — struck out, raised, a picture in its
place — is a doubt of its paragraph. Knows no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from nianbao.intake import numbering, wordfile
from nianbao.intake.blocks import PICTURE, Block, Document, Drawn, Paragraph, Place, grid, opened
from nianbao.intake.numbering import Numbering, W
from nianbao.word.allowed import MAX_CELLS, MAX_COLUMNS, MAX_DEPTH
from nianbao.word.archive import DamagedError

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off", "none")
_THROUGH = {f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink")}
_THROUGH |= {f"{W}{name}" for name in ("fldSimple", "dir", "bdo", "sdtContent", "rubyBase")}
_GONE = {f"{W}{name}" for name in ("del", "moveFrom")}
_CHANGED = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_SYMBOLS = {
    0xF052: "☑",
    0xF0FE: "☑",
    0xF0FD: "☑",
    0xF0A8: "☐",
    0xF06F: "☐",
    0xF0A3: "☐",
    0xF0FC: "√",
    0xF0FB: "×",
}
"""Wingdings' boxes and marks."""
_RAISED = {ord(d): s for d, s in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
TRACKED = "里面有修订，按接受修订以后的读"
HIDDEN = "里面有隐藏的文字，没有读"
TEXT_BOX = "里面有文本框，框里的字放在它所在的那一段后面"


def read(data: bytes) -> Document:
    """The blocks of a .docx. Raises DamagedError."""
    parts = wordfile.read(data)
    body = parts.main.find(f"{W}body")
    if body is None:
        raise DamagedError("里面没有正文")
    if sum(1 for _ in body.iter(f"{W}tc")) > MAX_CELLS:
        raise DamagedError(f"里面的表格有 {MAX_CELLS:,} 格以上")
    reader = _Reader(numbering.of(parts.numbering), _styles(parts.styles))
    for block in reader.blocks(body, 0):
        reader.document.blocks += opened(block) if not isinstance(block, Paragraph) else [block]
    for notes in parts.footnotes:
        reader.aside(notes)
    return reader.document


@dataclass(frozen=True, slots=True)
class _Style:
    based: str = ""
    list: str | None = None
    level: int = 0
    hides: bool | None = None


@dataclass
class _Run:
    """What is gathered of one paragraph."""

    pieces: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    """Of each field that is open: whether its result has begun."""
    boxes: list[Element] = field(default_factory=list)


@dataclass
class _Reader:
    numbering: Numbering
    styles: dict[str, _Style]
    document: Document = field(default_factory=Document)
    tables: int = 0
    counted: int = 0

    def blocks(self, parent: Element, depth: int, *, outside: bool = True) -> Iterator[Block]:
        """The paragraphs and tables in an element; `outside` of tables paragraphs count."""
        if depth > MAX_DEPTH:
            raise DamagedError("里面套得太深")
        for child in _read_of(parent):
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth, outside=outside)
            elif child.tag == f"{W}tbl":
                yield self._table(child, depth)
            elif child.tag in _THROUGH or child.tag == f"{W}sdt":
                self._note_change(child)
                yield from self.blocks(child, depth + 1, outside=outside)
            elif child.tag in _GONE:
                self.document.remark(TRACKED)

    def aside(self, notes: Element) -> None:
        """The notes at the foot of pages, by the words in them."""
        for note in notes:
            if note.get(f"{W}type") in (None, "normal"):
                text = "".join(each.text or "" for each in note.iter(f"{W}t")).strip()
                if text:
                    self.document.aside.append(("脚注", text))

    # --- a paragraph -------------------------------------------------------------------

    def _paragraph(self, element: Element, depth: int, *, outside: bool) -> Iterator[Paragraph]:
        run = _Run()
        properties = element.find(f"{W}pPr")
        style = self._style_of(properties, "pStyle")
        self._content(element, run, depth, hidden=self._hides(style))
        text = "".join(run.pieces)
        number = self._number(properties, style) if text.strip() or run.doubts else ""
        place = Place()
        if outside and (text.strip() or number):
            self.counted += 1
            place = Place(paragraph=self.counted)
        lines = text.split("\n") if outside else [text]
        for at, line in enumerate(lines):
            doubt = run.doubts[0] if run.doubts else ""
            yield Paragraph(line, place, doubt, "" if at else number)
        for box in run.boxes:
            self.document.remark(TEXT_BOX)
            for block in self.blocks(box, depth + 1, outside=False):
                if isinstance(block, Paragraph):
                    yield Paragraph(block.text, place, block.doubt, block.number)
                else:
                    yield from _flat(block)

    def _content(self, parent: Element, run: _Run, depth: int, *, hidden: bool) -> None:
        if depth > MAX_DEPTH:
            raise DamagedError("里面套得太深")
        for child in _read_of(parent):
            if child.tag == f"{W}r":
                self._run(child, run, depth, hidden=hidden)
            elif child.tag in _THROUGH or child.tag in (f"{W}sdt", f"{W}ruby"):
                self._note_change(child)
                self._content(child, run, depth + 1, hidden=hidden)
            elif child.tag in _GONE:
                self.document.remark(TRACKED)
            elif child.tag.endswith("}oMath") or child.tag.endswith("}oMathPara"):
                run.pieces.append("".join(child.itertext()))

    def _run(self, element: Element, run: _Run, depth: int, *, hidden: bool) -> None:
        properties = element.find(f"{W}rPr")
        style = self._style_of(properties, "rStyle")
        own = _switch(properties, "vanish")
        hidden = own if own is not None else hidden or self._hides(style)
        if _switch(properties, "webHidden"):
            hidden = True
        pieces: list[str] = []
        for child in _read_of(element):
            name = child.tag.removeprefix(W)
            if name == "fldChar":
                _turn_field(run, child.get(f"{W}fldCharType", ""))
            elif child.tag in _PICTURES:
                boxes = list(child.iter(f"{W}txbxContent"))
                run.boxes += boxes
                if not boxes:
                    run.doubts.append(PICTURE)
            elif child.tag == f"{W}ruby":
                self._content(child, run, depth + 1, hidden=hidden)
            else:
                pieces.append(_printed(child, name))
        text = "".join(pieces)
        if hidden and text.strip():
            self.document.remark(HIDDEN)
        if hidden or not all(run.fields) or not text:
            return
        if (raised := _value(properties, "vertAlign")) in ("superscript", "subscript"):
            text = text.translate(_RAISED)
            if raised == "subscript":
                run.doubts.append("有下标")
        if _switch(properties, "strike") or _switch(properties, "dstrike"):
            run.doubts.append("有删除线")
        run.pieces.append(text)

    def _note_change(self, element: Element) -> None:
        if element.tag in _CHANGED:
            self.document.remark(TRACKED)

    def _style_of(self, properties: Element | None, kind: str) -> str:
        return _value(properties, kind) if properties is not None else ""

    def _chain(self, name: str) -> Iterator[_Style]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            name = self.styles[name].based

    def _hides(self, name: str) -> bool:
        return next((s.hides for s in self._chain(name) if s.hides is not None), False)

    def _number(self, properties: Element | None, style: str) -> str:
        """What Word puts in front of a paragraph."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is not None:
            listed, level = _value(own, "numId"), _value(own, "ilvl")
            if listed:
                return self.numbering.next(listed, int(level) if level.isdigit() else 0)
        for each in self._chain(style):
            if each.list is not None:
                return self.numbering.next(each.list, each.level)
        return ""

    # --- a table -----------------------------------------------------------------------

    def _table(self, element: Element, depth: int) -> Block:
        self.tables += 1
        number = self.tables
        rows = [self._row(row, depth) for row in _descend(element, f"{W}tr", self.document)]
        return grid(rows, number, widest=MAX_COLUMNS)

    def _row(self, row: Element, depth: int) -> tuple[int, list[Drawn]]:
        before = _count(row.find(f"{W}trPr"), "gridBefore", 0)
        cells: list[Drawn] = []
        for cell in _descend(row, f"{W}tc", self.document):
            properties = cell.find(f"{W}tcPr")
            blocks = tuple(self.blocks(cell, depth + 1, outside=False))
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            across = properties.find(f"{W}hMerge") if properties is not None else None
            continues = merge is not None and merge.get(f"{W}val") != "restart"
            columns = _count(properties, "gridSpan", 1)
            if across is not None and across.get(f"{W}val") != "restart" and cells:
                last = cells[-1]
                held = (*last.blocks, *blocks)
                cells[-1] = Drawn(held, last.columns + columns, last.rows, last.continues)
                continue
            cells.append(Drawn(blocks, columns, 1, continues))
        return before, cells


def _read_of(parent: Element) -> Iterator[Element]:
    """The children, of alternatives the first one only."""
    for child in parent:
        if child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            taken = choice if choice is not None else child.find(f"{_MC}Fallback")
            if taken is not None:
                yield from _read_of(taken)
        else:
            yield child


def _descend(parent: Element, wanted: str, document: Document) -> Iterator[Element]:
    """The rows of a table or the cells of a row, content controls opened; none that was deleted."""
    for child in parent:
        if child.tag == wanted:
            properties = child.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                document.remark(TRACKED)
            elif properties is not None and properties.find(f"{W}hidden") is not None:
                document.remark(HIDDEN)
            else:
                if properties is not None and properties.find(f"{W}ins") is not None:
                    document.remark(TRACKED)
                yield child
        elif child.tag in _THROUGH or child.tag == f"{W}sdt":
            yield from _descend(child, wanted, document)


def _flat(block: Block) -> Iterator[Paragraph]:
    """The paragraphs of a table in a text box."""
    if isinstance(block, Paragraph):
        yield block
    else:
        for cell in block.cells:
            for inner in cell.blocks:
                yield from _flat(inner)


def _turn_field(run: _Run, kind: str) -> None:
    if kind == "begin":
        run.fields.append(False)
    elif run.fields and kind == "separate":
        run.fields[-1] = True
    elif run.fields and kind == "end":
        run.fields.pop()


def _printed(element: Element, name: str) -> str:
    """What one element of a run prints."""
    match name:
        case "t":
            return re.sub(r"[\n\r\t\x85\u2028\u2029]+", " ", element.text or "")
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "" if element.get(f"{W}type") in ("page", "column") else "\n"
        case "noBreakHyphen":
            return "-"
        case "sym":
            return _SYMBOLS.get(_hexadecimal(element.get(f"{W}char", "")), "\ufffd")
    return ""


def _styles(root: Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        paragraph, run = style.find(f"{W}pPr"), style.find(f"{W}rPr")
        listed = paragraph.find(f"{W}numPr") if paragraph is not None else None
        level = _value(listed, "ilvl") if listed is not None else ""
        found[style.get(f"{W}styleId", "")] = _Style(
            _value(style, "basedOn"),
            (_value(listed, "numId") or None) if listed is not None else None,
            int(level) if level.isdigit() else 0,
            _switch(run, "vanish"),
        )
    return found


def _value(parent: Element | None, name: str) -> str:
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child.get(f"{W}val", "") if child is not None else ""


def _switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where nothing is said of it."""
    child = properties.find(f"{W}{name}") if properties is not None else None
    return None if child is None else child.get(f"{W}val", "1") not in _OFF


def _count(properties: Element | None, name: str, default: int) -> int:
    text = _value(properties, name)
    return min(int(text[:4]), MAX_COLUMNS) if text.isascii() and text.isdigit() else default


def _hexadecimal(text: str) -> int:
    return int(text, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", text) else 0
