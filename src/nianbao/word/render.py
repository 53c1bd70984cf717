"""A report by its plan, to the bytes of a .docx.

Believes neither the values nor the plan: values are escaped, and from the bytes
that are written every paragraph, cell and property is read back and compared
with what should stand there (`printed`).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from xml.parsers.expat import ExpatError

from nianbao.diagnostics import Rejected, unusable
from nianbao.form.contract import TITLE
from nianbao.form.form import Form
from nianbao.report.report import Report
from nianbao.word import aboard, archive, package, plan, printed, readback, values
from nianbao.word.archive import Packed
from nianbao.word.layout import Line, Loop
from nianbao.word.plan import Kept, Part, Plan
from nianbao.word.printed import Block


def render(ready: Plan, report: Report) -> bytes:
    """The document of `report`. Raises Rejected (W107, exit code 3) rather than lose a value."""
    held = context(ready, report)
    parts = {ready.main.name: _filled(ready.main, held, report)}
    parts |= {
        part.name: _filled(part, _in_a_margin(held, report), report) for part in ready.margins
    }
    parts[ready.aboard] = aboard.written(aboard.of_report(report, _lines(ready, held, report.form)))
    kept = _kept(ready.kept)
    raw = {one.name: data for one, data in kept} | parts
    parts |= package.described(raw, values.properties(report))
    written = {name: archive.packed(name, data) for name, data in parts.items()}
    for lost in _lost(ready, report, written=written, held=held):
        raise broken(report.form, lost, "W107")
    return package.written([*(one for one, _ in kept), *written.values()])


def _lines(ready: Plan, held: dict[str, Any], form: Form) -> str:
    """What is printed outside tables, narratives and notes."""
    names = {line.name for line in form.lines}
    lines = tuple(
        item
        for item in ready.items
        if isinstance(item, Line) or (isinstance(item, Loop) and item.over in names)
    )
    return "\n".join(block.text for block in printed.blocks(lines, held))


def blocks(ready: Plan, report: Report) -> list[Block]:
    """What `render` prints of a report, paragraph by paragraph and table by table."""
    return list(printed.blocks(ready.items, context(ready, report)))


def context(ready: Plan, report: Report) -> dict[str, Any]:
    """What each name of `vocabulary` holds, as plain text, lists and mappings."""
    return values.context(report, ready.items, ready.title_width)


def broken(form: Form, message: str, code: str = "L110") -> Rejected:
    """What keeps a document from being written, whatever was typed."""
    hint = "没有写出文件；请把填报文件和模板发给维护的人"
    return unusable(code, message, hint=hint, file=form.template_path)


@lru_cache(maxsize=16)
def _kept(members: tuple[Kept, ...]) -> tuple[tuple[Packed, bytes], ...]:
    """What every document takes over: as it is written, and as it is read."""
    packed = [Packed(m.name, base64.b64decode(m.content), m.size, m.crc) for m in members]
    return tuple((one, archive.unpacked(one)) for one in packed)


def _in_a_margin(held: dict[str, Any], report: Report) -> dict[str, Any]:
    """What the names hold in a header or footer, where no title is broken into lines."""
    return held | {TITLE: report.title}


def _filled(part: Part, held: Mapping[str, Any], report: Report) -> bytes:
    try:
        return plan.filled(part, held).encode()
    except (LookupError, UnicodeEncodeError) as problem:
        raise _incomplete(part.name, problem, report) from problem


def _lost(
    ready: Plan, report: Report, *, written: Mapping[str, Packed], held: dict[str, Any]
) -> Iterator[str]:
    """What is not printed as it should be, by the bytes that are written."""

    def read(reader: Callable[[bytes], list[str]], name: str) -> list[str]:
        try:
            return reader(archive.unpacked(written[name]))
        except (ExpatError, ValueError) as problem:
            raise _incomplete(name, problem, report) from problem

    if found := printed.lost(ready.items, read(readback.blocks, ready.main.name), held):
        at, text = found
        yield f"印出来的第 {at} 段与填报的不一样，应当是“{text[:40]}”。"
    for part in ready.margins:
        should = [printed.filled(text, _in_a_margin(held, report)) for text in part.texts]
        if read(readback.paragraphs, part.name) != should:
            yield f"印出来的 {part.name} 与填报的不一样。"
    own = values.properties(report)
    told = read(readback.elements, package.PROPERTIES)
    if any(text not in told for text in (own.title, own.author, own.description)):
        yield f"写出来的 {package.PROPERTIES} 与填报的不一样。"


def _incomplete(name: str, problem: Exception, report: Report) -> Rejected:
    return broken(report.form, f"套印出来的 {name} 不完整：{problem}。")
