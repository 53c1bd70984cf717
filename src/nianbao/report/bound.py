"""Narrative lines as paragraphs.

Knows second-level headings and bound figures (input.md, “Narrative”): a line
that begins （一） is a heading up to its first 。, and `{{name}}` is a number of
the tables. Knows no name itself: what one is worth is asked of the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from nianbao.diagnostics import Finding, Location, error
from nianbao.form import equation
from nianbao.form.figure import FigureError
from nianbao.report.report import UNREAD, Paragraph
from nianbao.source.tree import Line

_OPEN = re.compile(r"[{｛]{2,}")
_CLOSE = re.compile(r"[}｝]{2}")
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]+[）)]")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line with its bound figures printed; `columns` and `bound` as in Paragraph."""

    text: str
    columns: tuple[int, ...]
    bound: tuple[tuple[int, int], ...]


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


def bind(
    line: Line, worth: Callable[[tuple[str, ...]], str], report: Callable[[Finding], None]
) -> Printed:
    """`line` with its bound figures printed.

    `worth` gives the text of the names that are added and raises FigureError;
    a name that cannot be resolved (N002) or is not closed (N003) is reported
    at its braces.
    """
    printed, at = "", 0
    columns: list[int] = []
    bound: list[tuple[int, int]] = []

    def copy(upto: int) -> str:
        columns.extend(line.place(n).column for n in range(at, upto))
        return line.text[at:upto]

    while opened := _OPEN.search(line.text, at):
        start = opened.end() - 2  # a third brace in front of two is text
        place = line.place(start)
        closed = _CLOSE.search(line.text, opened.end())
        again = _OPEN.search(line.text, opened.end())
        if not closed or (again and again.start() < closed.start()) or len(opened[0]) > 3:
            message, hint = "这里的 {{ 没有用 }} 关上。", "在名称后面补 }}，如 {{年度}}"
            if len(opened[0]) > 3:
                message, hint = "这里的花括号打多了。", "两边各两个就够，写成 {{年度}}"
            report(error("N003", message, place, hint))
            printed += copy(opened.end())
            at = opened.end()
            continue
        printed += copy(start)
        name = line.text[opened.end() : closed.start()]
        figure = UNREAD
        try:
            figure = worth(equation.parse_sum(name))
        except FigureError as problem:
            report(error("N002", f"{{{{{name}}}}} 取不到数：{problem}", place, problem.hint))
        except ValueError as problem:
            report(
                error(
                    "N002",
                    f"{{{{{name}}}}} 取不到数：{problem}。",
                    place,
                    "照表里的名称写，如 {{年度}}",
                )
            )
        bound.append((len(printed), len(printed) + len(figure)))
        columns.extend([place.column] * len(figure))
        printed += figure
        at = closed.end()
    printed += copy(len(line.text))
    return Printed(printed, tuple(columns), tuple(bound))
