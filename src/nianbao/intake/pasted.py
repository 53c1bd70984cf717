"""The text of a document as pasted into Notepad, as blocks: a line is a paragraph.

Knows ends of lines, blank ones, and tables that are drawn with bars; nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.chinese.lines import of as lines_of
from nianbao.chinese.wording import BLANKS
from nianbao.intake.blocks import Document, Drawn, Paragraph, Place, grid, opened
from nianbao.word.allowed import MAX_COLUMNS

MAX_LINES = 50_000
_SHEET = 3
"""So many lines of a sheet are a table."""
_BAR = re.compile("[|│┃║｜]")
_RULE = re.compile(r"[\s|│┃║｜+\-—─━═:┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╟╫╢╓╥╖╙╨╜]+")


def read(text: str) -> Document:
    """The lines of a text, the empty ones left out, those drawn as a table as one."""
    document = Document()
    rows: list[tuple[int, list[Drawn]]] = []
    paragraphs = tables = 0
    lines = (*lines_of(text).texts[:MAX_LINES], "")
    sheet = _of_a_sheet(lines)
    for at, line in enumerate(lines):
        drawn = _tabbed(line) if at in sheet else _cells(line)
        if drawn or (rows and line.strip(BLANKS) and _RULE.fullmatch(line)):
            rows += [(0, drawn)] if drawn else []
            continue
        if rows:
            tables += 1
            document.blocks += opened(grid(rows, tables, widest=MAX_COLUMNS))
            rows = []
        if line.strip(BLANKS) and not _is_rule(line):
            paragraphs += 1
            document.blocks.append(Paragraph(line.rstrip(" \r"), Place(paragraph=paragraphs)))
    return document


def _of_a_sheet(lines: Sequence[str]) -> set[int]:
    """The lines of sheets: every cell has its column, so all in a row have as many tabs."""
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and "\t" in lines[end]:
            end += 1
        if len({line.count("\t") for line in lines[start:end]}) > 1:
            return set()  # merged cells are left out: no line tells where its cells stand
        if end - start >= _SHEET:
            found |= set(range(start, end))
        start = end + 1
    return found


def _tabbed(line: str) -> list[Drawn]:
    return [Drawn((Paragraph(piece.strip(BLANKS)),)) for piece in line.split("\t")]


def _is_rule(line: str) -> bool:
    """True for the lines above and below a table that is drawn."""
    return bool(_RULE.fullmatch(line)) and any(char in line for char in "┌┬┐└┴┘├┼─━═+")


def _cells(line: str) -> list[Drawn]:
    """The cells of a line with bars between, none where it has no two."""
    bare = line.strip(BLANKS)
    if len(_BAR.findall(bare)) < 2 or _RULE.fullmatch(bare):
        return []
    pieces = _BAR.split(bare)
    pieces = pieces[1:] if not pieces[0].strip(BLANKS) else pieces
    pieces = pieces[:-1] if pieces and not pieces[-1].strip(BLANKS) else pieces
    return [Drawn((Paragraph(piece.strip(BLANKS)),)) for piece in pieces]
