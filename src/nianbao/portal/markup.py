"""A page as HTML: what stands where, each figure as data, nothing that runs or fetches.

Knows which elements say what a heading, a table's caption and its heads are, and
the fingerprint that tells whether a page was changed since it was written. What
an element looks like is `dress`'s, which label heads which value `heads`'s.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape

from nianbao.form.contract import NOTE
from nianbao.portal import heads
from nianbao.portal.dress import DRESS, SHEET
from nianbao.portal.heads import Heads, Place
from nianbao.report.page import HEADING, PART, TITLE, Box, Line, Page, Run, Table

_LEVELS = {TITLE: "title", PART: "part", HEADING: "heading"}
_INNER = re.compile(r"[\t\n]|  ")
_MARK = re.compile(rb'(<meta name="nianbao\.fingerprint" content=")([0-9a-f]{64})(">)')
_UNMARKED = "0" * 64
_ROOMY = 10
"""So many columns of a table have room for a heading of three characters on paper."""


def write(page: Page, *, title: str, language: str, program: str) -> bytes:
    """The page in UTF-8. `language` is a tag of BCP 47."""
    body = "\n".join(_blocks(page))
    lang = escape(language)
    text = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="generator" content="{escape(program)}">\n'
        f'<meta name="nianbao.fingerprint" content="{_UNMARKED}">\n'
        f"<style>{SHEET}</style>\n</head>\n<body>\n"
        f'<main lang="{lang}"{_style("main")}>\n{body}\n</main>\n</body>\n</html>\n'
    )
    data = text.encode()
    return data.replace(_UNMARKED.encode(), _digest(data).encode(), 1)


def is_untouched(data: bytes) -> bool:
    """True for a page of ours that nobody changed since it was written."""
    found = _MARK.search(data)
    if not found:
        return False
    return found[2].decode() == _digest(_MARK.sub(rf"\g<1>{_UNMARKED}\3".encode(), data, count=1))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _blocks(page: Page) -> Iterator[str]:
    """The page in order; what is printed over a table, from its heading on, is its caption."""
    level = tables = headings = 0
    named = ""
    waiting: list[str] = []
    for block, role in zip(page, _roles(page), strict=True):
        if isinstance(block, Table):
            tables += 1
            yield _table(block, f"t{tables}", waiting, named)
            waiting = []
            continue
        if block.level or block.over:
            yield from waiting
            waiting = []
        if block.level:
            level = min(block.level, level + 1)
            headings += 1
            named = f"h{headings}"
            waiting = [_line(block, f"h{level}", role, identity=named)]
        elif block.over:
            yield _line(block, "p", role)
        else:
            waiting.append(_line(block, "p", role))
    yield from waiting


def _roles(page: Page) -> list[str]:
    """What each block is dressed as: a line of the form's own by what stands before and behind."""
    own = [isinstance(block, Line) and not (block.level or block.over) for block in page]
    others = [n for n, is_own in enumerate(own) if not is_own]
    begun = next((n for n in others if not _is_title(page[n])), len(page))
    roles: list[str] = []
    over_table = False
    for number, block in reversed([*enumerate(page)]):
        if isinstance(block, Table):
            over_table = True
            roles.append("table")
        elif own[number]:
            role = "over" if over_table else "note"
            role = "behind" if number > max(others, default=0) else role
            roles.append("before" if number < begun else role)
        else:
            over_table = False
            note = block.over.endswith(f".{NOTE}")
            roles.append(_LEVELS.get(block.level, "note" if note else "text"))
    return roles[::-1]


def _is_title(block: Line | Table) -> bool:
    return isinstance(block, Line) and block.level == TITLE


def _line(line: Line, element: str, role: str, *, identity: str = "") -> str:
    kept = bool(_INNER.search(line.text))
    named = f' id="{identity}"' if identity else ""
    return f"<{element}{named}{_style(role, kept=kept)}>{_runs(line.runs)}</{element}>"


def _runs(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.cells:
        text = f'<data value="{escape(run.value)}" data-cell="{"+".join(run.cells)}">{text}</data>'
    return f"<strong{_style('lead')}>{text}</strong>" if run.leads else text


def _table(table: Table, name: str, caption: list[str], named: str) -> str:
    read = heads.read(table)
    rows = list(_rows(table, read, name))
    again = any(at[0] >= read.top for at in read.columns)
    shown = ' style="display:table-row-group"' if again else ""
    top = [f"<thead{shown}>", *rows[: read.top], "</thead>"] if read.top else []
    label = f' aria-labelledby="{named}"' if named and not caption else ""
    said = f"<caption{_style('caption')}>{''.join(caption)}</caption>" if caption else ""
    body = ["<tbody>", *rows[read.top :], "</tbody>"]
    return "\n".join([f"<table{label}{_style('table')}>{said}", *top, *body, "</table>"])


def _rows(table: Table, read: Heads, name: str) -> Iterator[str]:
    width = table.width
    reach = [-1] * width  # the last row that what was drawn in a column covers
    for number, row in enumerate(table.rows):
        cells: list[str] = []
        begins = {box.first: box for box in row}
        for column, covered in enumerate(reach):
            if (box := begins.get(column)) is not None:
                cells.append(_box(box, read, name, roomy=width <= _ROOMY))
                reach[box.first : box.last + 1] = [box.bottom] * (box.last + 1 - box.first)
            elif covered < number:
                cells.append("<td></td>")
        yield f"<tr>{''.join(cells)}</tr>"


def _box(box: Box, read: Heads, name: str, *, roomy: bool) -> str:
    at = heads.place(box)
    scope = "row" if at in read.rows else "col" if at in read.columns else ""
    element = "th" if scope else "td"
    kept = bool(_INNER.search(box.text.replace("\n", "")))
    said = [f"<{element}"]
    if scope:
        said.append(f' id="{_identity(name, at)}" scope="{scope}"')
    elif read.of.get(at):
        said.append(f' headers="{" ".join(_identity(name, head) for head in read.of[at])}"')
    for attribute, span in (
        ("rowspan", box.bottom - box.top + 1),
        ("colspan", box.last - box.first + 1),
    ):
        said.append(f' {attribute}="{span}"' if span > 1 else "")
    role = "column" if scope == "col" and roomy else element
    said.append(f"{_style(role, kept=kept)}>")
    if len(box.lines) == 1:
        said.append(_runs(box.lines[0].runs))
    else:
        said += [f"<p{_style('box')}>{_runs(line.runs)}</p>" for line in box.lines]
    return "".join([*said, f"</{element}>"])


def _identity(table: str, at: Place) -> str:
    return f"{table}-{at[0] + 1}-{at[1] + 1}"


def _style(role: str, *, kept: bool = False) -> str:
    dress = f"{DRESS[role]};{DRESS['kept']}" if kept else DRESS[role]
    return f' style="{escape(dress)}"'
