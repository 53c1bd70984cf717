"""A form file in a folder: what it is chosen by, and the form, or what is wrong with it.

Knows that a form whose first lines say other years need not be read, that a form once read
is kept (`artefact`), and that of one that cannot be read its lines still tell something.
Knows nothing of which form a report is of (`shelf` does).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from nianbao.chinese.lines import NO_LINES
from nianbao.chinese.wording import names_among, names_of
from nianbao.desk import artefact
from nianbao.diagnostics import Finding, Rejected
from nianbao.form import pair
from nianbao.form.contract import FORM
from nianbao.form.form import Form
from nianbao.frozen import dataclass
from nianbao.report import identity
from nianbao.report.identity import Identity
from nianbao.source.encoding import decode

_YEARS_KEY = "适用年度"
_NAME_LINE = re.compile(rf"(?m)^{FORM}: *[^\s#\"'].*$".encode())
_YEARS_LINE = re.compile(rf"(?m)^{_YEARS_KEY}: *([0-9]{{4}})-([0-9]{{4}})?[ \r]*$".encode())
_PART = re.compile(r"(?:键|印作)[ \t]*[:：][ \t]*([^,，}\]#\r\n]{1,40})")
_YEARS = re.compile(r"(\d{4})\s*[-–—至]\s*(\d{4})?")
_ENDS_IN_YEAR = re.compile(r"(\d{4})$")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A form file: what it is chosen by, and the form or what is wrong with it."""

    id: str
    name: str
    first_year: int
    last_year: int | None
    keys: frozenset[str]
    """What its parts may be called; of a broken one also its rows."""
    form: Form | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_blank(self) -> bool:
        """True for a broken one of which nothing is known but its file's name."""
        return not (self.form or self.name or self.keys)

    def is_called(self, wanted: str) -> bool:
        return bool(names_of(wanted) & (names_of(self.name) | names_of(self.id)))

    def may_be(self, meant: Identity) -> bool:
        """False where its years or its name, as far as it is known, are others."""
        return _in_years(meant.year, self.first_year, self.last_year) and (
            not meant.form or not self.name or self.is_called(meant.form)
        )

    def likeness(self, meant: Identity, typed: frozenset[str]) -> tuple[bool, int, bool]:
        """How much speaks for it, `typed` being the names of the file's keys."""
        called = bool(meant.form and self.is_called(meant.form))
        return called, len(typed & self.keys), bool(self.name)


@dataclass
class FormFile:
    """A form file that is read once somebody asks what stands in it; `keep`: the artefact of it."""

    path: Path
    keep: bool

    @property
    def id(self) -> str:
        return pair.stem_of(self.path)

    @cached_property
    def data(self) -> bytes:
        """The file's bytes. Raises Rejected (exit code 3)."""
        return pair.form_bytes(self.path)

    def may_be_of(self, year: int | None) -> bool:
        """False where its lines say at a glance that it is a form of other years.

        Only for lines that can be read in one way: whatever else is there is for who reads
        the file as a whole.
        """
        try:
            data = self.data
        except Rejected:
            return True
        years = _YEARS_LINE.search(data)
        plain = data.count(_YEARS_KEY.encode()) == 1 and _NAME_LINE.search(data)
        return not (years and plain) or _in_years(
            year, int(years[1]), int(years[2]) if years[2] else None
        )

    @cached_property
    def shelved(self) -> Shelved:
        """What is to be known of it."""
        try:
            form = _form(self.path, self.data, self.keep)
        except Rejected as rejected:
            return self._broken(rejected.findings)
        keys = names_among(word for section in form.sections for word in section.wordings)
        return Shelved(
            id=form.id,
            name=form.name,
            first_year=form.first_year,
            last_year=form.last_year,
            keys=keys,
            form=form,
        )

    def is_of(self, form: Form) -> bool:
        """True where `form` is what this file was read as."""
        return form.path == self.path and self.shelved.form is form

    def _broken(self, findings: list[Finding]) -> Shelved:
        """What its lines tell, though it cannot be read as a form."""
        try:
            lines = decode(self.data).lines or NO_LINES
        except Rejected:
            lines = NO_LINES
        said = {line.key.strip(): line.value for line in identity.lines_at_the_edge(lines)}
        years = _YEARS.fullmatch(said.get(_YEARS_KEY, "").strip())
        years = years or _ENDS_IN_YEAR.search(self.id)
        first, last = (*years.groups(), None)[:2] if years else (None, None)
        return Shelved(
            id=self.id,
            name=said.get(FORM, ""),
            first_year=int(first or 0),
            last_year=int(last) if last else None,
            keys=names_among(_PART.findall(lines.text)),
            findings=tuple(findings),
        )


def _in_years(year: int | None, first: int, last: int | None) -> bool:
    return year is None or (first <= year and (last is None or year <= last))


@lru_cache(maxsize=32)
def _form(path: Path, data: bytes, keep: bool) -> Form:
    """The form in the bytes of a file, one for the process. Raises Rejected (exit code 3)."""

    def made() -> Form:
        from nianbao.form import formfile

        return replace(formfile.read(path, data), path=Path(path.name))

    parts = (path.name.encode("utf-8", "surrogateescape"), data)
    form = artefact.kept(
        "form", parts, made, of=Form, rooms=artefact.READING, types=artefact.FORM, keep=keep
    )
    return replace(form, path=path)
