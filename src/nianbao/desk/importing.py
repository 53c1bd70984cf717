"""`import`: a document becomes an input file.

Knows where the file goes, that none is overwritten, and what is said of what was
left blank. How a document is read is `documents`'.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao.desk import delivery, documents, invocation, targets
from nianbao.desk.documents import Imported
from nianbao.desk.shelf import Shelf
from nianbao.form.figure import Figures
from nianbao.form.row import Cell
from nianbao.intake import draft
from nianbao.intake.value import is_blank


@dataclass(frozen=True, slots=True)
class Written:
    """An input file written from a document."""

    imported: Imported
    target: Path

    @property
    def exit_code(self) -> int:
        return 0 if self.imported.read.is_whole else 1


def bring(path: Path, target: Path, shelf: Shelf) -> Written:
    """Write what the document at `path` comes to. Raises Rejected (exit code 3)."""
    imported = documents.imported(path, shelf)
    text = draft.of(imported.read, name=path.name).text
    encoding = "utf-8-sig" if os.name == "nt" else "utf-8"
    delivery.place(target, text.replace("\n", os.linesep).encode(encoding), _is_nothing)
    return Written(imported, target)


def _is_nothing(_data: bytes) -> bool:
    """No file that stands there may be taken for ours."""
    return False


def as_json(written: Written, path: Path) -> str:
    """What `import --format json` prints, ASCII-escaped."""
    read = written.imported.read
    cells = {}
    for row in read.every_row():
        for cell in row.cells():
            value = read.seen(cell).value
            cells[cell.address] = value.typed if value else None
    left = [{"label": label, "stood": stood} for label, stood in left_of(written.imported)]
    return json.dumps(
        {
            "file": str(path),
            "written": str(written.target),
            "form": read.form.id,
            "cells": cells,
            "left": left,
        },
        ensure_ascii=True,
        indent=2,
    )


def left_of(imported: Imported) -> Iterator[tuple[str, str]]:
    """What was left blank, by its name, and what could not be placed, each as it stood."""
    read = imported.read
    figures = Figures(read.form.sections)
    for row in read.every_row():
        for cell in row.cells():
            seen = read.seen(cell)
            if seen.value is None:
                yield _name(cell, figures), seen.stood
    for section in read.form.sections:
        if not section.table and not read.texts.get(section.key):
            yield section.key, ""
    yield from ((one.label, one.stood) for one in read.left if not one.address)


def _name(cell: Cell, figures: Figures) -> str:
    drawn = cell.row.drawn
    if drawn is None:
        return figures.name(cell)
    turn = cell.row.key.rpartition(".")[2]
    return figures.name(drawn.cell(cell.column), turn=turn)


def said(written: Written, path: Path) -> Iterator[str]:
    """What a person reads: what was left blank, what was not placed, what to do next."""
    read = written.imported.read
    blank = [(n, s) for n, s in left_of(written.imported)]
    named = {one.stood for one in read.left if not one.address}
    yield from (f"  提示：{remark}。" for remark in read.document.remarks)
    for label, stood in blank:
        text = " ".join(stood.split())[:60]
        if stood in named:
            yield f"  没有放进来：{label}{'：' if label else ''}“{text}”"
        elif is_blank(stood):
            yield f"  留空了：{label}（文档里{f'写的是“{text}”' if text else '没有'}）"
        else:
            yield f"  留空了：{label}（文档里写的是“{text}”，没有读准）"
    name = invocation.as_argument(targets.to_type(written.target))
    again = f"再运行 {invocation.program()} check {name}"
    state = "全部读到了" if written.exit_code == 0 else "没有读准的留空了"
    what = "" if written.exit_code == 0 else "把空着的填好，"
    yield f"{'√' if written.exit_code == 0 else '！'} {path.name} 读成了 {os.path.abspath(written.target)}，{state}；{what}{again}"
