"""How one sentence is read: by the form of a file and for its year, else by the form at hand.

Knows where to find form and year; what the sentence says is told by
`sentence.reading`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nianbao.chinese.clause import years_of
from nianbao.chinese.wording import folded
from nianbao.desk import targets
from nianbao.desk.pipeline import Session
from nianbao.desk.shelf import Shelf
from nianbao.diagnostics import Rejected, unusable
from nianbao.form.form import Form
from nianbao.sentence import reading


def lines_of(
    sentence: str, path: Path | None, templates: Path | None, *, keep: bool
) -> Iterator[str]:
    """What there is to say of a sentence of the report at `path`. Raises Rejected for no form."""
    if path:
        report, findings = Session(templates, keep=keep).read(targets.located(path))
        no_form = [told for told in findings if told.code == "S107"]
        if no_form:
            raise Rejected(no_form, exit_code=1)
        names = (report.unit, report.short_name)
        return reading.lines_of(sentence, report.form, report.year, *names)
    year = max((year for *_, year in years_of(folded(sentence))), default=0)
    form = _at_hand(Shelf(templates, keep), year)
    return reading.lines_of(sentence, form, year or form.first_year)


def _at_hand(shelf: Shelf, year: int) -> Form:
    """The form of the nearest folder that reads sentences: that of a year, else the latest."""
    for _, shelved in shelf.folders(targets.INPUTS / "x"):
        read = [one.form for one in shelved if one.form and one.form.claims.topics]
        meant = [form for form in read if form.valid_for(year)] or read
        if meant:
            return max(meant, key=lambda form: form.first_year)
    raise unusable("F101", "没有读得了正文的表式。", hint="把填报文件写在后面")
