"""What a leader changes in Word: 200 cells and 60 texts, each with what was and what is now.

The document is made by `generate`; it is changed by python-docx, as Word would leave it: within
a run, over several runs, or with revisions on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from intake.begun import NOTE, generated, typed_file, typed_otherwise
from intake.layouts.report import (
    FILES,
    INTRODUCTION,
    OTHER,
    OVERALL,
    PEOPLE,
    PROBLEMS,
    RESULTS,
    SECTIONS,
    SHORT,
    quiet,
    report,
)

Document = Any
Paragraph = Any

BASE = report("changed-in-word", year=2025)
FILE = typed_file(BASE)
QUIET = next(
    town
    for town in (quiet(f"changed-in-word-{n}") for n in range(99))
    if town.figures["c21g"] == town.figures["c22g"] == town.figures["c23g"] == "0"
)
OTHERWISE = typed_otherwise(QUIET)
"""A file whose rows are mappings, bare numbers and single noughts."""

AUTHOR = 'w:id="77" w:author="李" w:date="2026-01-20T10:00:00Z"'
ROWS_OF_TWO = {"b1": 2, "b2": 3, "b3": 6, "b4": 9, "b5": 10, "b6": 13}
COLUMNS = {"b": FILES, "c": PEOPLE, "d": RESULTS}


@dataclass(frozen=True)
class Change:
    """A change, and how a program is told of it."""

    name: str
    names: tuple[str, ...]
    "What its label must contain: of a cell its row and column, else the part or the head's key."
    cell: str | None
    was: str | None
    now: str | None
    edit: Callable[[Document], None]

    def __str__(self) -> str:
        return self.name

    def document(self) -> bytes:
        return edited(self.edit)


def edited(*edits: Callable[[Document], None], file: str = "") -> bytes:
    """The generated document with these changes in it."""
    made = docx.Document(BytesIO(generated(file or FILE)))
    for edit in edits:
        edit(made)
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


# --- ways of typing ------------------------------------------------------------------------


def in_a_run(paragraph: Paragraph, text: str) -> None:
    """The first run says it all, the others are gone."""
    first, *rest = paragraph.runs
    first.text = text
    for run in rest:
        run._r.getparent().remove(run._r)


def in_many_runs(paragraph: Paragraph, text: str) -> None:
    """A run a character, with what Word leaves between them."""
    in_a_run(paragraph, text[:1])
    last = paragraph.runs[0]._r
    for char in text[1:]:
        mark = parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>')
        run = deepcopy(paragraph.runs[0]._r)
        run.find(qn("w:t")).text = char
        last.addnext(mark)
        mark.addnext(run)
        last = run


def with_revisions(paragraph: Paragraph, text: str) -> None:
    """Everything before is deleted, everything now is inserted, both still shown."""
    for run in list(paragraph.runs):
        inserted = deepcopy(run._r)
        for node in run._r.iter(qn("w:t")):
            node.tag = qn("w:delText")
        deleted = parse_xml(f"<w:del {nsdecls('w')} {AUTHOR}/>")
        run._r.addprevious(deleted)
        deleted.append(run._r)
    added = parse_xml(f"<w:ins {nsdecls('w')} {AUTHOR}/>")
    for extra in [node for node in inserted if node.tag not in (qn("w:rPr"), qn("w:t"))]:
        inserted.remove(extra)
    inserted.find(qn("w:t")).text = text
    added.append(inserted)
    paragraph._p.append(added)


WAYS = (in_a_run, in_many_runs, with_revisions)


# --- cells -----------------------------------------------------------------------------------


def place(cell: str) -> tuple[int, int, int]:
    """Table, row and column of the grid, from 0."""
    number, column = int(cell[1:-1]), "abcdefg".index(cell[-1])
    if cell[0] == "b":
        return 0, ROWS_OF_TWO[cell[:-1]], 1 + column
    if cell[0] == "c":
        return 1, 2 + number, 3 + column
    return 2, 3, 5 * (number - 1) + column


def retyped(cell: str, text: str, way: Callable[[Paragraph, str], None]) -> Callable[..., None]:
    def edit(document: Document) -> None:
        table, row, column = place(cell)
        way(document.tables[table].cell(row, column).paragraphs[0], text)

    return edit


def _names(cell: str) -> tuple[str, ...]:
    """The row, and the column where the row has several."""
    row = cell[:-1]
    if len(BASE.row(row)) == 1:
        return (SHORT[row],)
    return SHORT[row], COLUMNS[cell[0]]["abcdefg".index(cell[-1])]


def _cells() -> Iterator[Change]:
    for number, (cell, was) in enumerate(BASE.figures.items()):
        now = f"{was}.5" if cell == "b6a" else str(int(was) + 1 + number % 9)
        if number % 10 == 9:
            now = "0" if was != "0" else "100"
        way = WAYS[number % 3]
        yield Change(cell, _names(cell), cell, was, now, retyped(cell, now, way))


CELLS = list(_cells())
assert len(CELLS) == 200


# --- text ------------------------------------------------------------------------------------------


def _found(document: Document, text: str) -> Paragraph:
    (found,) = [p for p in document.paragraphs if p.text.replace("\n", "") == text]
    return found


def retold(document: Document, was: str, now: str) -> None:
    """One paragraph of a document said otherwise."""
    in_a_run(_found(document, was), now)


def _retold(was: str, now: str, way: Callable[[Paragraph, str], None]) -> Callable[..., None]:
    return lambda document: way(_found(document, was), now)


def _added(after: str, text: str) -> Callable[[Document], None]:
    def edit(document: Document) -> None:
        old = _found(document, after)
        new = deepcopy(old._p)
        old._p.addnext(new)
        in_a_run(docx.text.paragraph.Paragraph(new, old._parent), text)

    return edit


def _removed(text: str, revisions: bool) -> Callable[[Document], None]:
    def edit(document: Document) -> None:
        paragraph = _found(document, text)
        if not revisions:
            paragraph._p.getparent().remove(paragraph._p)
            return
        with_revisions(paragraph, "")
        look = paragraph._p.get_or_add_pPr()
        mark = OxmlElement("w:rPr")
        mark.append(parse_xml(f"<w:del {nsdecls('w')} {AUTHOR}/>"))
        look.append(mark)

    return edit


def _texts() -> Iterator[Change]:
    """Each paragraph of the narrative: a word changed, another after it, itself taken out."""
    paragraphs = [
        (key, t) for key in (INTRODUCTION, OVERALL, PROBLEMS, OTHER) for t in BASE.parts[key]
    ]
    alone = {key for key, texts in BASE.parts.items() if len(texts) == 1}
    for number, (key, was) in enumerate(paragraphs):
        half = was.index("，") if "，" in was else len(was) - 1
        for kind, now in (
            ("word", was[:half] + "认真" + was[half:]),
            ("number", "".join("7" if char == "2" else char for char in was)),
            ("end", was.removesuffix("。") + "；另有说明。"),
        ):
            if now != was:
                way = WAYS[(number + len(kind)) % 3]
                yield Change(f"{kind}-{number}", (key,), None, was, now, _retold(was, now, way))
        more = f"补充第{number + 1}点：已向社会公布。"
        yield Change(f"added-{number}", (key,), None, None, more, _added(was, more))
        if key not in alone:
            removed = _removed(was, revisions=number % 2 == 0)
            yield Change(f"removed-{number}", (key,), None, was, None, removed)


def _head() -> Iterator[Change]:
    """Title, portal line, signatures and the note under table 4."""
    title = "关于" + BASE.title
    yield Change("title", ("标题",), None, BASE.title, title, _retold(BASE.title, title, in_a_run))
    line = "发布时间：2026-01-14 20:48　信息来源：" + BASE.unit.removesuffix("人民政府")
    later = line.replace("01-14 20:48", "01-20 09:05")
    yield Change(
        "published",
        ("发布时间",),
        None,
        "2026-01-14 20:48",
        "2026-01-20 09:05",
        _retold(line, later, in_a_run),
    )
    town = BASE.unit.removesuffix("人民政府")
    moved = line.replace(f"来源：{town}", f"来源：{town}党政办")
    yield Change(
        "source", ("信息来源",), None, town, f"{town}党政办", _retold(line, moved, with_revisions)
    )
    yield Change(
        "heading",
        (OVERALL,),
        None,
        SECTIONS[0],
        "一、总的情况",
        _retold(SECTIONS[0], "一、总的情况", in_a_run),
    )
    signed = "初审：{}　复审：{}　终审：{}".format(*BASE.signed)
    other = signed.replace(BASE.signed[1], "钱二")
    yield Change(
        "signed", ("审签",), None, BASE.signed[1], "钱二", _retold(signed, other, in_many_runs)
    )
    note = f"注：{NOTE}"
    yield Change(
        "note",
        (SECTIONS[3][2:],),
        None,
        NOTE,
        f"{NOTE}未含旧案。",
        _retold(note, f"{note}未含旧案。", in_a_run),
    )


TEXTS = [*_texts(), *_head()]


def report_now(change: Change) -> dict[str, str]:
    """Every figure after a change of a cell."""
    return {**BASE.figures, **({change.cell: change.now or ""} if change.cell else {})}
