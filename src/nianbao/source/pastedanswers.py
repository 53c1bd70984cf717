"""Answers pasted as a finding prints them, where they stand in no 核实说明.

Knows what the key of an answer looks like, where the heading over it stands or
is commented out, and what puts a pasted line in its place. Which heading that
is, the names say that the caller brings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nianbao.chinese.wording import BLANKS, names_of
from nianbao.diagnostics import Edit, Finding, Location, edit, finding
from nianbao.source.typed import STEP, Typed

_ANSWER = re.compile(
    r"(?P<key>[A-Z]\d{3} [^：:]+?)(?P<colon>[：:])(?P<gap>[ \t\u00a0\u3000]*)(?=\S)"
)


_LONGEST = 20
"""Characters that a heading has at most, blanks and quotes included."""


@dataclass(slots=True)
class _Run:
    """Answers one below the other, and what stands above them."""

    lines: list[int]
    heading: int
    """The line of the heading right above them; 0 where there is none."""
    commented: bool
    """True where that heading is a comment."""


def astray(typed: Typed) -> Mapping[int, Finding | None]:
    """Each pasted answer that stands in no place of its own, told at the first of a run."""
    if not typed.names or not typed.names.answers:
        return {}
    heading = typed.names.answers
    runs = list(_runs(typed, heading))
    has_heading = any(_is_heading(line, heading) for line in typed.lines)
    found: dict[int, Finding | None] = {}
    for run in runs:
        found |= dict.fromkeys(run.lines)
        found[run.lines[0]] = _told(typed, run, heading, has_heading=has_heading)
    return found


def _runs(typed: Typed, heading: str) -> Iterator[_Run]:
    run: _Run | None = None
    above, commented = 0, False
    for number, line in enumerate(typed.lines, 1):
        body = line.strip(BLANKS)
        if not body:
            continue
        if body.startswith(("#", "＃")):
            if _is_commented(body, heading) and (commented or not above):
                above, commented = number, True
                run = None
            continue
        if _is_heading(line, heading):
            above, commented, run = number, False, None
        elif not _ANSWER.match(body):
            if not (above and not commented and line[0] in BLANKS):
                above, commented, run = 0, False, None
        elif not above or commented or line[0] != " " or line[: -len(body)].strip(" "):
            if run is None:
                run = _Run([], above, commented)
                yield run
            run.lines.append(number)


def _is_heading(line: str, heading: str) -> bool:
    """True for the key alone on its line, in either script, with or without a comment behind."""
    key, _, rest = line.replace("：", ":").partition(":")
    alone = line[:1] not in f"{BLANKS}#＃" and rest.strip(BLANKS)[:1] in ("", "#")
    return alone and _is_named(key, heading)


def _is_commented(line: str, heading: str) -> bool:
    return _is_named(line.strip("#＃：:" + BLANKS), heading)


def _is_named(key: str, heading: str) -> bool:
    return len(key) <= _LONGEST and bool(names_of(key) & names_of(heading))


def _told(typed: Typed, run: _Run, heading: str, *, has_heading: bool) -> Finding:
    first = run.lines[0]
    line = typed.line(first)
    key = _ANSWER.match(line.strip(BLANKS))["key"]  # type: ignore[index]
    more = f"，连同下面共 {len(run.lines)} 条" if len(run.lines) > 1 else ""
    under = run.heading and not run.commented
    fault = "行首没有空格" if under else f"上面没有“{heading}:”这一行"
    return finding(
        "Y105",
        f"“{key}”是一条{heading}，{fault}，读不进去{more}。",
        at=Location(first, len(line) - len(line.lstrip(BLANKS)) + 1),
        hint=f"文件末尾写一行“{heading}:”（顶格，前面没有 #），下面一条一行，行首空两格",
        mend=_mend(typed, run, heading, has_heading=has_heading),
    )


def _mend(typed: Typed, run: _Run, heading: str, *, has_heading: bool) -> tuple[Edit, ...]:
    """The heading and the blanks that are missing; nothing where the heading stands elsewhere."""
    lines = [change for number in run.lines for change in _indented(typed, number)]
    if run.heading and not run.commented:
        return tuple(lines)
    if has_heading or _goes_on(typed, run):
        return ()
    if run.heading:
        above = typed.line(run.heading)
        return (edit(run.heading, 1, len(above) + 1, f"{heading}:"), *lines)
    if _stands_at_the_end(typed, run):
        first = lines[0]
        return (Edit(first.start, first.end, f"{heading}:\n{first.text}"), *lines[1:])
    return ()


def _goes_on(typed: Typed, run: _Run) -> bool:
    """True when a deeper line follows that would become part of the last answer."""
    below = next((typed.line(number) for number, _ in typed.below(run.lines[-1])), "")
    body = below.strip(BLANKS)
    return below[:1] == " " and not body.startswith(("#", "＃")) and not _ANSWER.match(body)


def _indented(typed: Typed, number: int) -> Iterator[Edit]:
    line = typed.line(number)
    margin = len(line) - len(line.lstrip(BLANKS))
    yield edit(number, 1, margin + 1, " " * STEP)
    found = _ANSWER.match(line, margin)
    if found and (found["colon"], found["gap"][:1]) != (":", " "):
        yield edit(number, found.start("colon") + 1, found.end("gap") + 1, ": ")


def _stands_at_the_end(typed: Typed, run: _Run) -> bool:
    """True when nothing but comments and other answers follows the first of them."""
    return all(
        not body or body.startswith(("#", "＃")) or bool(_ANSWER.match(body))
        for body in (line.strip(BLANKS) for line in typed.lines[run.lines[0] - 1 :])
    )
