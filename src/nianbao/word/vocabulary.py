"""The names that a template of a form may use, what each holds and how it is typed.

Knows which of them must be printed, and the loops that print a narrative, a
line or a note. Knows no values; whether a template uses them so is `audit`'s.
"""

from __future__ import annotations

from typing import Union

from nianbao.form.contract import NOTE, SHORT, TITLE, UNIT, YEARS
from nianbao.form.form import Form
from nianbao.word.layout import (
    LAST,
    LEAD,
    RUNNING,
    STANDALONE,
    TEXT,
    Item,
    Layout,
    Loop,
    sets_last_apart,
)

Shape = Union[None, "list[Shape]", "dict[str, Shape]"]
"""What a name holds: None for a text, [shape] for a list to loop over, {name: shape} for parts."""

_PARAGRAPH, _HEADING, _BODY, _LINE, _NOTE = "段", "题", "文", "行", "注"
"""What the items of a loop are called where a template has not named them."""


def vocabulary(form: Form) -> dict[str, Shape]:
    """Every name a template of `form` may use, and what it holds."""
    running: Shape = [{LEAD: None, TEXT: None}]
    narrative: Shape = [{STANDALONE: [None], RUNNING: running, LAST: running}]
    names: dict[str, Shape] = {TITLE: None, UNIT: None, SHORT: None, **dict.fromkeys(YEARS)}
    names |= {declared.key: None for declared in form.fields if not declared.members}
    names |= {line.name: [None] for line in form.lines}
    names |= {s.name: {NOTE: [None]} if s.table else narrative for s in form.sections}
    return names | dict.fromkeys(form.cells, None)


def heads(form: Form) -> dict[str, Shape]:
    """The names that a header or a footer may use: those of one text that is no number."""
    names = vocabulary(form)
    return {name: None for name, shape in names.items() if shape is None and name not in form.cells}


def must_print(form: Form, drawn: Layout) -> list[str]:
    """The texts, and the loops, that a template must print once; what is inside one behind it."""
    paths = [*form.cells, TITLE, *(line.name for line in form.lines)]
    for section in form.sections:
        if section.table:
            paths.append(f"{section.name}.{NOTE}")
        else:
            paths += [section.name, f"{section.name}.{STANDALONE}"]
            for part in (
                (RUNNING, LAST) if sets_last_apart(drawn.items, section.name) else (RUNNING,)
            ):
                running = f"{section.name}.{part}"
                paths += [running, f"{running}.{LEAD}", f"{running}.{TEXT}"]
    return paths


def typed(path: str, form: Form, drawn: Layout) -> str:
    """What to type to print what is at `path`, with the names that the template gives already."""
    lines = _paragraphs(path, form, drawn)
    if len(lines) == 1:
        return f" {lines[0]}"
    return f"这 {len(lines)} 段（一行是一段）：{' / '.join(lines)}"


def _paragraphs(path: str, form: Form, drawn: Layout) -> list[str]:
    name, *inner = path.split(".")
    paragraph, within = _called(drawn.items, name, _PARAGRAPH)
    match inner:
        case []:
            return _whole(name, form)
        case [part] if part == NOTE:
            return _loop(_NOTE, path, f"{{{{{_NOTE}}}}}")
        case [part] if part == STANDALONE:
            return _loop(_HEADING, f"{paragraph}.{part}", f"{{{{{_HEADING}}}}}")
        case [part]:
            body = f"{{{{{_BODY}.{LEAD}}}}}{{{{{_BODY}.{TEXT}}}}}"
            return _loop(_BODY, f"{paragraph}.{part}", body)
        case _:
            body, _ = _called(within, f"{paragraph}.{inner[0]}", _BODY)
            return [f"{{{{{body}.{inner[1]}}}}}"]


def _whole(name: str, form: Form) -> list[str]:
    """A name by itself: a text, a line, a narrative, or what stands under a table."""
    if any(line.name == name for line in form.lines):
        return _loop(_LINE, name, f"{{{{{_LINE}}}}}")
    section = next((section for section in form.sections if section.name == name), None)
    if section is None:
        return [f"{{{{{name}}}}}"]
    nothing = Layout(())
    if section.table:
        return _paragraphs(f"{name}.{NOTE}", form, nothing)
    parts = (f"{name}.{STANDALONE}", f"{name}.{RUNNING}")
    inner = [line for path in parts for line in _paragraphs(path, form, nothing)]
    return _loop(_PARAGRAPH, name, *inner)


def _loop(variable: str, over: str, *inner: str) -> list[str]:
    return [f"{{%p for {variable} in {over} %}}", *inner, "{%p endfor %}"]


def _called(items: tuple[Item, ...], over: str, default: str) -> tuple[str, tuple[Item, ...]]:
    """What the loop over `over` calls each item, and what stands in it."""
    loops = (item for item in items if isinstance(item, Loop) and item.over == over)
    found = next(loops, None)
    return (found.variable, found.items) if found else (default, ())
