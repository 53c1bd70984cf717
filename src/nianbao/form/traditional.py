"""A form's own words in Traditional, to be kept with it.

Knows which of them a report prints around what was typed: converting a dozen of them takes
OpenCC, whose phrases take longer to load than the rest of a report. What is not here is
converted when it is printed (`Form.say`).
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.chinese.wording import Script, convert
from nianbao.form.contract import words_in
from nianbao.form.form import Form
from nianbao.form.kind import Choice


def words(form: Form) -> dict[str, str]:
    """The words that a report of `form` prints, each with the same in Traditional."""
    return {each: convert(each, Script.HANT) for each in dict.fromkeys(_printed(form))}


def _printed(form: Form) -> Iterator[str]:
    yield from words_in(form.title)
    for line in form.lines:
        for part in line.parts:
            yield from words_in(part)
    yield form.manner.before_a_note
    for field in form.fields:
        yield from field.options
    for cell in form.cells.values():
        if isinstance(cell.kind, Choice):
            yield from cell.kind.options
