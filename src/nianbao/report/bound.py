"""Narrative lines as paragraphs.

Knows second-level headings and bound figures (docs/input.md, “Narrative”): a line
that begins （一） is a heading up to its first 。, and `{{name}}` is a number of
the tables. Knows no name itself: what one is worth is asked of the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nianbao.diagnostics import Location
from nianbao.form import equation
from nianbao.form.figure import FigureError
from nianbao.frozen import dataclass
from nianbao.report.report import UNREAD, Paragraph
from nianbao.source.tree import Line

_OPEN = re.compile(r"[{｛]{2,}")
_CLOSE = re.compile(r"[}｝]{2}")
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]+[）)]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a figure that stands at index `at` of the printed text."""

    code: str
    message: str
    hint: str
    at: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A line with its bound figures printed; `columns` and `bound` as in Paragraph.

    `names` holds what was added up in each of `bound`, () where nothing was found.
    """

    text: str
    columns: tuple[int, ...]
    bound: tuple[tuple[int, int], ...]
    faults: tuple[Fault, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()


def paragraph(
    text: str,
    location: Location,
    columns: tuple[int, ...] = (),
    bound: tuple[tuple[int, int], ...] = (),
) -> Paragraph:
    """Split a run-in heading from its text; without a 。 the whole line is the heading."""
    if not _SECOND_LEVEL.match(text):
        return Paragraph("", text, location, columns, bound)
    heading, stop, body = text.partition("。")
    return Paragraph(heading + stop, body, location, columns, bound)


def bind(line: Line, worth: Callable[[tuple[str, ...]], str]) -> Printed:
    """`line` with its bound figures printed.

    `worth` gives the text of the names that are added and raises FigureError;
    a name that cannot be resolved (N002) or is not closed (N003) is a fault.
    """
    printed, at = "", 0
    columns: list[int] = []
    bound: list[tuple[int, int]] = []
    faults: list[Fault] = []
    found: list[tuple[str, ...]] = []

    def copy(upto: int) -> str:
        columns.extend(line.place(n).column for n in range(at, upto))
        return line.text[at:upto]

    while opened := _OPEN.search(line.text, at):
        start = opened.end() - 2  # a third brace in front of two is text
        closed = _CLOSE.search(line.text, opened.end())
        again = _OPEN.search(line.text, opened.end())
        printed += copy(start)
        at = start
        if not closed or (again and again.start() < closed.start()) or len(opened[0]) > 3:
            faults.append(_unclosed(len(opened[0]), len(printed)))
            printed += copy(opened.end())
            at = opened.end()
            continue
        name = line.text[opened.end() : closed.start()]
        figure = UNREAD
        names: tuple[str, ...] = ()
        try:
            names = equation.parse_sum(name)
            figure = worth(names)
        except ValueError as problem:
            names = ()
            faults.append(_unfound(name, problem, len(printed)))
        found.append(names)
        bound.append((len(printed), len(printed) + len(figure)))
        columns.extend([line.place(start).column] * len(figure))
        printed += figure
        at = closed.end()
    printed += copy(len(line.text))
    return Printed(printed, tuple(columns), tuple(bound), tuple(faults), tuple(found))


def _unclosed(braces: int, at: int) -> Fault:
    if braces > 3:
        return Fault("N003", "这里的花括号打多了。", "两边各两个就够，写成 {{年度}}", at)
    return Fault("N003", "这里的 {{ 没有用 }} 关上。", "在名称后面补 }}，如 {{年度}}", at)


def _unfound(name: str, problem: ValueError, at: int) -> Fault:
    said = f"{{{{{name}}}}} 取不到数：{str(problem).rstrip('。')}。"
    hint = problem.hint if isinstance(problem, FigureError) else "照表里的名称写，如 {{年度}}"
    return Fault("N002", said, hint, at)
