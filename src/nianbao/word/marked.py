"""A part of a template with its instructions, made ready to be cut into pieces.

Knows what becomes of texts, runs, cells, rows and tables when a value is empty,
and which paragraphs of a table are figures of one column; says it by further
instructions around them. Knows no form, no report and nothing of Jinja.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from nianbao.word import column
from nianbao.word.instructions import END, LOOP, SLOT, TARGET, UnfitError, instruction
from nianbao.word.measure import half_points, twips
from nianbao.word.plan import Slot
from nianbao.word.template import number_of, texts
from nianbao.word.trees import W

TEXT, RUN, CELL, BLANK, ROW, TABLE = "text", "run", "cell", "blank", "row", "table"
FIGURE, FACE = "figure", "face"
_MARGIN = 108
"""Twips that Word leaves beside the text of a cell when a table does not say."""
_WITHIN = (f"{W}t", f"{W}r", f"{W}p")
"""Where no loop may be."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A paragraph of a cell that is a number, or may become one."""

    parts: tuple[str | Slot, ...]
    column: int
    digits: int
    """For how many it has room."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a part."""

    style: str = ""
    """That of a column that is set narrow; without one there are no figures."""
    all: list[Figure] = field(default_factory=list)


def marked(root: etree._Element, styles: etree._Element | None) -> Figures:
    """Put the instructions into a part, and tell its figures. Raises UnfitError."""
    depths = _depths(root)
    _drop_empty(root)
    figures = _figures(root, styles) if styles is not None else Figures()
    cells = {cell for cell in root.iter(f"{W}tc") if _all_repeated(cell, f"{W}p", depths)}
    rows = {row for row in root.iter(f"{W}tr") if _consists(row, cells)}
    for table in list(root.iter(f"{W}tbl")):
        if all(row in rows or depths[row] > depths[table] for row in table.iter(f"{W}tr")):
            _around(table, TABLE)
    for row in rows:
        _around(row, ROW, str(sum(1 for _ in row.iter(f"{W}tc"))))
    for cell in cells:
        _around(cell, CELL)
        cell.append(instruction(BLANK))
    for text in [one for one in root.iter(f"{W}t") if slots(one)]:
        text.attrib.clear()
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        _around(text, TEXT)
    for run in [one for one in root.iter(f"{W}r") if _may_vanish(one)]:
        _around(run, RUN)
    return figures


def slots(element: etree._Element) -> list[etree._ProcessingInstruction]:
    return [one for one in _instructions(element) if kind_of(one) == SLOT]


def kind_of(one: etree._ProcessingInstruction) -> str:
    return str(one.text or "").partition(" ")[0]


def _instructions(element: etree._Element) -> Iterator[etree._ProcessingInstruction]:
    for one in element.iter(etree.ProcessingInstruction):
        if isinstance(one, etree._ProcessingInstruction) and one.target == TARGET:
            yield one


def _around(element: etree._Element, *words: str) -> None:
    element.addprevious(instruction(*words))
    element.addnext(instruction(END))


def _depths(root: etree._Element) -> dict[etree._Element, int]:
    """In how many loops each element stands. Raises UnfitError for what stands elsewhere."""
    found: dict[etree._Element, int] = {}
    around: list[etree._Element | None] = []
    for element in root.iter():
        if not isinstance(element, etree._ProcessingInstruction):
            found[element] = len(around)
        elif element.target == TARGET:
            parent = element.getparent()
            kind = kind_of(element)
            if kind == SLOT and (parent is None or parent.tag != f"{W}t"):
                raise UnfitError("模板里有一个占位符不在文字里")
            if kind == LOOP:
                if parent is None or parent.tag in _WITHIN:
                    raise UnfitError("模板里有一个循环写在一段里面")
                around.append(parent)
            elif kind == END and around.pop() is not parent:
                raise UnfitError("模板里有一个循环，开头和结尾不在同一处")
    return found


def _drop_empty(root: etree._Element) -> None:
    """Drop the texts that say nothing, with the runs that hold nothing else."""
    for text in list(root.iter(f"{W}t")):
        run = text.getparent()
        if text.text or len(text) or run is None:
            continue
        run.remove(text)
        parent = run.getparent()
        if parent is not None and all(child.tag == f"{W}rPr" for child in run):
            parent.remove(run)


def _all_repeated(element: etree._Element, tag: str, depths: dict[etree._Element, int]) -> bool:
    """True where whatever of this kind stands in an element is within a loop of its own."""
    return all(depths[one] > depths[element] for one in element.iter(tag))


def _consists(row: etree._Element, cells: set[etree._Element]) -> bool:
    held = list(row.iter(f"{W}tc"))
    return bool(held) and all(cell in cells for cell in held)


def _may_vanish(run: etree._Element) -> bool:
    """True for a run that holds texts with slots, and nothing that is always there."""
    texts_in = [child for child in run if child.tag == f"{W}t"]
    others = [child for child in run if child.tag not in (f"{W}t", f"{W}rPr")]
    return (
        bool(texts_in)
        and all(isinstance(other, etree._ProcessingInstruction) for other in others)
        and not any(text.text or any(one.tail for one in text) for text in texts_in)
    )


# --- figures -------------------------------------------------------------------------


def _figures(root: etree._Element, styles: etree._Element) -> Figures:
    """The paragraphs of tables that may hold a number, marked with where their type is named."""
    style = _narrow(styles)
    if style is None:
        return Figures()
    figures = Figures(style)
    columns: dict[tuple[etree._Element, int, int], int] = {}
    standing: dict[etree._Element, tuple[int, float]] = {}
    for table in root.iter(f"{W}tbl"):
        for (at, behind), paragraph, room in _paragraphs(table):
            number = columns.setdefault((table, at, behind), len(columns))
            standing[paragraph] = number, room  # of a table in a table: the inner one's
    for paragraph, (number, room) in standing.items():
        digits = column.room_for(room, half_points(paragraph, styles))
        figures.all.append(Figure(_parts(paragraph), number, digits))
        _around(paragraph, FIGURE, str(len(figures.all) - 1))
        for run in paragraph.iter(f"{W}r"):
            _name_face(run)
    return figures


def _narrow(styles: etree._Element) -> str | None:
    """The id of the style that a template keeps for narrow columns."""
    return next(
        (
            style.get(f"{W}styleId")
            for style in styles.iter(f"{W}style")
            if (name := style.find(f"{W}name")) is not None and name.get(f"{W}val") == column.NARROW
        ),
        None,
    )


def _paragraphs(
    table: etree._Element,
) -> Iterator[tuple[tuple[int, int], etree._Element, float]]:
    """Each paragraph that may hold a number: its first grid column, the one behind, the room."""
    widths = [twips(one.get(f"{W}w"), 0) for one in table.findall(f"{W}tblGrid/{W}gridCol")]
    margins = sum(
        twips(side.get(f"{W}w"), _MARGIN) if side is not None else _MARGIN
        for side in (table.find(f"{W}tblPr/{W}tblCellMar/{W}{name}") for name in ("left", "right"))
    )
    for row in table.iter(f"{W}tr"):
        at = 0
        for cell in row.iter(f"{W}tc"):
            behind = at + number_of(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            for paragraph in cell.findall(f"{W}p"):
                nested = next(paragraph.iter(f"{W}txbxContent"), None) is not None
                if not nested and (slots(paragraph) or column.digits_of(texts(paragraph))):
                    yield (at, behind), paragraph, sum(widths[at:behind]) - margins
            at = behind


def _parts(paragraph: etree._Element) -> tuple[str | Slot, ...]:
    """What a paragraph says, as `template.texts` has it, with its slots."""
    if not slots(paragraph):
        return (texts(paragraph),)
    parts: list[str | Slot] = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if node.tag != f"{W}t":
            parts.append(texts(node))
            continue
        parts.append(node.text or "")
        for one in slots(node):
            parts += [slot_of(str(one.text)), one.tail or ""]
    return tuple(part for part in parts if part)


@cache
def slot_of(said: str) -> Slot:
    """The slot that an instruction asks for."""
    return Slot(said.partition(" ")[2])


def _name_face(run: etree._Element) -> None:
    """Note where a run would name the narrow style: those that name another keep it."""
    own = run.find(f"{W}rPr")
    if own is None:
        run.insert(0, instruction(FACE, "run"))
    elif not len(own):
        own.addprevious(instruction(FACE, "empty"))
        run.remove(own)
    elif own.find(f"{W}rStyle") is None:
        own.insert(0, instruction(FACE, "own"))
