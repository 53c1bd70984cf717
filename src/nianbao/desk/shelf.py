"""The forms at hand: where they are looked for, which one a report is of.

Knows the folders, nearest first, and that a form is chosen by its name, its
years and its parts. A form file that cannot be read stays on the shelf as
broken, with as much as its lines tell of it: it stops only the reports that
can be of no other form. A shelf reads each file once; what its bytes come to is
kept for the process, so that the next run begins where the last one ended.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from nianbao.chinese.lines import NO_LINES
from nianbao.chinese.wording import Script, names_among, names_of
from nianbao.diagnostics import Finding, Rejected, finding, reason_of, unusable
from nianbao.form import formfile
from nianbao.form.contract import FORM
from nianbao.form.form import Form
from nianbao.report import identity
from nianbao.report.identity import Identity
from nianbao.source import inputfile
from nianbao.source.encoding import decode
from nianbao.word import audit, package, template
from nianbao.word.compiled import compile_template
from nianbao.word.layout import Layout
from nianbao.word.plan import Plan

PACKAGED = Path(__file__).parents[1] / "templates" / "docx"
CHECKOUT = Path(__file__).parents[3] / "templates" / "docx"

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
        year, last = meant.year, self.last_year
        in_years = year is None or (self.first_year <= year and (last is None or year <= last))
        return in_years and (not meant.form or not self.name or self.is_called(meant.form))

    def likeness(self, meant: Identity, typed: frozenset[str]) -> tuple[bool, int, bool]:
        """How much speaks for it, `typed` being the names of the file's keys."""
        called = bool(meant.form and self.is_called(meant.form))
        return called, len(typed & self.keys), bool(self.name)


@dataclass(frozen=True, slots=True)
class Choice:
    """The form to read a report by; where none fits, a finding (S107) and one that stands in."""

    form: Form
    findings: tuple[Finding, ...] = ()


@dataclass
class Shelf:
    """The forms of one run; `templates` as given on the command line."""

    templates: Path | None = None
    _shelved: dict[Path, list[Shelved]] = field(default_factory=dict)
    _templates: dict[Path, bytes] = field(default_factory=dict)

    def folders(self, near: Path) -> Iterator[tuple[Path, list[Shelved]]]:
        """The folders that forms are looked for in, nearest to `near` first, with their forms."""
        for folder in dict.fromkeys(_folders(near, self.templates)):
            if folder not in self._shelved:
                self._shelved[folder] = [_shelved(path) for path in formfile.find(folder)]
            yield folder, self._shelved[folder]

    def choose(self, near: Path, meant: Identity) -> Choice:
        """The form of a report. Raises Rejected (exit code 3) when it can only be a broken one."""
        best = self._best(near, meant)
        if best and best.form:
            if not meant.form and self._is_of_other_years(near, meant, best):
                return self._stand_in(near, meant)
            return Choice(best.form)
        if best:
            raise Rejected(list(best.findings), exit_code=3)
        return self._stand_in(near, meant)

    def called(self, near: Path) -> list[str]:
        """The names of the forms at hand, each once."""
        named = (each.name for _, shelved in self.folders(near) for each in shelved)
        return list(dict.fromkeys(filter(None, named)))

    def used_in(self, folder: Path) -> str | None:
        """The form that most input files of a folder are of, the latest's where as many are."""
        used = Counter[str]()
        for path in sorted(folder.glob("*.yaml"), reverse=True):
            if path.is_file() and not path.name.endswith(formfile.SUFFIX):
                used.update(filter(None, [self._form_of(path)]))
        return used.most_common(1)[0][0] if used else None

    def template(self, form: Form) -> tuple[package.Members, Layout]:
        """A form's template, read and audited. Raises Rejected (exit code 3)."""
        return _audited(form.as_declared or form, self._drawn(form))

    def compiled(self, form: Form, script: Script) -> Plan:
        """The same, ready to be filled. Raises Rejected (exit code 3)."""
        return _compiled(form.as_declared or form, self._drawn(form), script)

    def _drawn(self, form: Form) -> bytes:
        path = form.template_path
        if path not in self._templates:
            self._templates[path] = package.read_bytes(path)
        return self._templates[path]

    def _best(self, near: Path, meant: Identity) -> Shelved | None:
        """The nearest form that fits; behind a broken one, a form that more speaks for.

        What is broken is broken: a copy of it farther away does not stand in for it,
        but tells what it is called and what its parts are.
        """
        typed = names_among(meant.keys)
        best: Shelved | None = None
        broken: dict[str, Shelved] = {}
        for _, shelved in self.folders(near):
            copies = [
                replace(broken[each.id], name=each.name, keys=each.keys)
                for each in shelved
                if each.id in broken and broken[each.id].is_blank and each.may_be(meant)
            ]
            here = _newest([each for each in shelved if each.id not in broken], meant, typed)
            for each in [*([here] if here else []), *copies]:
                if (
                    best is None
                    or each.likeness(meant, typed)[:2] > best.likeness(meant, typed)[:2]
                ):
                    best = each
            broken |= {each.id: each for each in shelved if not each.form}
            if best and best.form and not any(each.is_blank for each in broken.values()):
                break
        return best

    def _is_of_other_years(self, near: Path, meant: Identity, best: Shelved) -> bool:
        """True where nothing speaks for the best form of the year, and something for another."""
        typed = names_among(meant.keys)
        if any(best.likeness(meant, typed)[:2]):
            return False
        known = (each for _, shelved in self.folders(near) for each in shelved)
        return any(any(each.likeness(meant, typed)[:2]) for each in known)

    def _stand_in(self, near: Path, meant: Identity) -> Choice:
        """Where no form fits, the one that most speaks for, to read on by."""
        typed = names_among(meant.keys)
        known = [
            (each.likeness(meant, typed), each.form)
            for _, shelved in self.folders(near)
            for each in shelved
            if each.form
        ]
        if not known:
            raise unusable(
                "F103", "找不到任何表式文件（*.form.yaml）。", hint="表式文件放在 templates/docx 里"
            )
        _, likest = max(known, key=lambda pair: (pair[0], pair[1].first_year))
        return Choice(likest, (_no_form(meant, [form for _, form in known]),))

    def _form_of(self, path: Path) -> str | None:
        """The name of the form that an input file is plainly of."""
        try:
            meant = identity.of_lines(decode(inputfile.read_bytes(path)).lines or NO_LINES)
        except Rejected:
            return None
        best, typed = self._best(path, meant), names_among(meant.keys)
        return best.name if best and any(best.likeness(meant, typed)[:2]) else None


def undrawn(form: Form) -> tuple[Finding, ...]:
    """Why a form's template cannot be read at all, as where it is missing."""
    try:
        package.read_bytes(form.template_path)
    except Rejected as rejected:
        return tuple(rejected.findings)
    return ()


@lru_cache(maxsize=16)
def _audited(form: Form, data: bytes) -> tuple[package.Members, Layout]:
    """A template by its bytes, which are looked at once a process. Raises Rejected."""
    members = template.opened(data, form.template_path)
    drawn = template.of(members)
    wrong = audit.audit(members, drawn, form)
    if wrong:
        raise Rejected([replace(f, file=form.template_path) for f in wrong], exit_code=3)
    return members, drawn


@lru_cache(maxsize=16)
def _compiled(form: Form, data: bytes, script: Script) -> Plan:
    return compile_template(form, *_audited(form, data), script)


def _newest(shelved: list[Shelved], meant: Identity, typed: frozenset[str]) -> Shelved | None:
    """The newest edition of the form that most speaks for; a broken one only where it must be."""
    fitting = [each for each in shelved if each.may_be(meant)]
    if not fitting:
        return None
    likest = max(fitting, key=lambda each: (each.likeness(meant, typed), each.form is not None))
    editions = [each for each in fitting if each.name == likest.name]
    dated = meant.year is not None
    return max(editions, key=lambda each: (dated or bool(each.form), each.first_year, each.id))


def _shelved(path: Path) -> Shelved:
    try:
        form = formfile.load(path)
    except Rejected as rejected:
        return _broken(path, rejected.findings)
    keys = names_among(word for section in form.sections for word in section.wordings)
    return Shelved(
        id=form.id,
        name=form.name,
        first_year=form.first_year,
        last_year=form.last_year,
        keys=keys,
        form=form,
    )


def _broken(path: Path, findings: list[Finding]) -> Shelved:
    """What the lines of a form file tell, though it cannot be read as a form."""
    stem = path.name.removesuffix(formfile.SUFFIX)
    try:
        lines = decode(inputfile.read_bytes(path)).lines or NO_LINES
    except Rejected:
        lines = NO_LINES
    said = {line.key.strip(): line.value for line in identity.lines_at_the_edge(lines)}
    years = _YEARS.fullmatch(said.get("适用年度", "").strip()) or _ENDS_IN_YEAR.search(stem)
    first, last = (*years.groups(), None)[:2] if years else (None, None)
    return Shelved(
        id=stem,
        name=said.get(FORM, ""),
        first_year=int(first or 0),
        last_year=int(last) if last else None,
        keys=names_among(_PART.findall(lines.text)),
        findings=tuple(findings),
    )


def _folders(near: Path, templates: Path | None) -> Iterator[Path]:
    if templates is not None:
        hint = "--templates 后面写放表式和模板的文件夹"
        if not _forms_in(templates):
            there = os.path.isdir(templates)
            wrong = f"{templates} 里没有表式文件（*.form.yaml）。"
            wrong = wrong if there else f"没有 {templates} 这个文件夹。"
            raise unusable("F103", wrong, hint=hint)
        yield templates.resolve()
    for parent in near.resolve().parents:
        folder = parent / "templates" / "docx"
        if _forms_in(folder):
            yield folder
            break
    yield PACKAGED if PACKAGED.is_dir() else CHECKOUT


def _forms_in(folder: Path) -> list[Path]:
    """The form files of a folder, none where it is no folder. Raises Rejected (exit code 3)."""
    try:
        return formfile.find(folder)
    except PermissionError as problem:
        wrong = f"放表式和模板的文件夹 {folder} 打不开：{reason_of(problem)}。"
        raise unusable("F103", wrong, hint="让管理电脑的人给这个文件夹加上读的权限") from problem
    except OSError:
        return []


def _no_form(meant: Identity, known: list[Form]) -> Finding:
    listed = "、".join(dict.fromkeys(f"{form.name}（{form.years}）" for form in known))
    message, at = f"没有适用于 {meant.year} 年度的表式。", meant.year_location
    names = (names_of(form.name) | names_of(form.id) for form in known)
    if meant.form and not any(names_of(meant.form) & own for own in names):
        message, at = f"没有叫“{meant.form}”的表式。", meant.form_location
    return finding("S107", message, at=at, hint=f"现有的表式：{listed}")
