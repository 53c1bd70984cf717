"""The forms at hand: where they are looked for, which one a report is of.

Knows the folders, nearest first, and that a form is chosen by its name, its
years and its parts. A form file that cannot be read stays on the shelf as
broken, with as much as its lines tell of it: it stops only the reports that
can be of no other form. A shelf reads each file once, and only those that a report
may be of; what its bytes come to is kept (`artefact`), so that the next run begins
where the last one ended.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.chinese.lines import NO_LINES
from nianbao.chinese.wording import Script, closest, names_among, names_of, script_of
from nianbao.desk import prepared
from nianbao.desk.shelved import FormFile, Shelved
from nianbao.diagnostics import Finding, Rejected, finding, reason_of, unusable
from nianbao.form import pair
from nianbao.form.form import Form
from nianbao.frozen import dataclass
from nianbao.report import identity
from nianbao.report.identity import Identity
from nianbao.source import inputfile
from nianbao.source.encoding import decode

if TYPE_CHECKING:
    from nianbao.word.layout import Layout
    from nianbao.word.package import Members
    from nianbao.word.plan import Plan

PACKAGED = Path(__file__).parents[1] / "templates" / "docx"
CHECKOUT = Path(__file__).parents[3] / "templates" / "docx"


@dataclass(frozen=True, slots=True)
class Choice:
    """The form to read a report by; where none fits, a finding (S107) and one that stands in."""

    form: Form
    findings: tuple[Finding, ...] = ()


@dataclass
class Shelf:
    """The forms of one run; `templates` as given on the command line.

    With `keep`, what their files come to is kept for the runs that follow.
    """

    templates: Path | None = None
    keep: bool = True
    _files: dict[Path, list[FormFile]] = field(default_factory=dict)
    _near: dict[Path, tuple[Path, ...]] = field(default_factory=dict)
    _templates: dict[Path, bytes] = field(default_factory=dict)

    def folders(self, near: Path) -> Iterator[tuple[Path, list[Shelved]]]:
        """The folders that forms are looked for in, nearest to `near` first, with their forms."""
        for folder in self._folders(near):
            yield folder, [each.shelved for each in self._files[folder]]

    def _folders(self, near: Path) -> Iterator[Path]:
        if near.parent not in self._near:
            self._near[near.parent] = tuple(dict.fromkeys(_folders(near, self.templates)))
        for folder in self._near[near.parent]:
            if folder not in self._files:
                self._files[folder] = [FormFile(path, self.keep) for path in pair.find(folder)]
            yield folder

    def choose(self, near: Path, meant: Identity) -> Choice:
        """The form of a report. Raises Rejected (exit code 3) when it can only be a broken one."""
        best = self._best(near, meant)
        if best and best.form:
            if not meant.form and self._is_of_other_years(near, meant, best):
                return self._stand_in(near, meant)
            if script_of(meant.keys) is Script.HANT:
                self.learn_traditional(best.form)
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
            if path.is_file() and not path.name.endswith(pair.SUFFIX):
                used.update(filter(None, [self._form_of(path)]))
        return used.most_common(1)[0][0] if used else None

    def audit(self, form: Form) -> None:
        """Look at a form's template. Raises Rejected (exit code 3) where something is wrong."""
        form = form.as_declared or form
        template = self._drawn(form)
        wrong = prepared.verdict(form, template, self._declared(form), self.keep)
        if wrong:
            raise Rejected([replace(f, file=form.template_path) for f in wrong], exit_code=3)

    def template(self, form: Form) -> tuple[Members, Layout]:
        """A form's template, read and audited. Raises Rejected (exit code 3)."""
        self.audit(form)
        return prepared.opened(form.as_declared or form, self._drawn(form))

    def compiled(self, form: Form, script: Script) -> Plan:
        """The same, ready to be filled. Raises Rejected (exit code 3)."""
        self.audit(form)
        form = form.as_declared or form
        return prepared.compiled(
            form, self._drawn(form), script, declared=self._declared(form), keep=self.keep
        )

    def learn_traditional(self, form: Form) -> None:
        """Have a form's own words in Traditional at hand, for a report whose keys are."""
        if not form.traditional:
            known = prepared.in_traditional(form, self._declared(form), self.keep)
            form.traditional.update(known)

    def _drawn(self, form: Form) -> bytes:
        from nianbao.word import packagefile

        path = form.template_path
        if path not in self._templates:
            self._templates[path] = packagefile.read_bytes(path)
        return self._templates[path]

    def _declared(self, form: Form) -> bytes:
        """The bytes of the form's file, b"" where the form is not as it was read."""
        files = self._files.get(form.path.parent, ())
        return next((each.data for each in files if each.is_of(form)), b"")

    def _best(self, near: Path, meant: Identity) -> Shelved | None:
        """The nearest form that fits; behind a broken one, a form that more speaks for.

        What is broken is broken: a copy of it farther away does not stand in for it,
        but tells what it is called and what its parts are.
        """
        typed = names_among(meant.keys)
        best: Shelved | None = None
        broken: dict[str, Shelved] = {}
        passed_over: list[FormFile] = []
        for folder in self._folders(near):
            looked_at = [each for each in self._files[folder] if each.may_be_of(meant.year)]
            ids = {each.id for each in looked_at}
            copied = [each.shelved for each in passed_over if each.id in ids]
            broken |= {each.id: each for each in copied if not each.form}
            passed_over += [each for each in self._files[folder] if each not in looked_at]
            shelved = [each.shelved for each in looked_at]
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
        speaks, likest = max(known, key=lambda pair: (pair[0], pair[1].first_year))
        told = _no_form(meant, [form for _, form in known])
        if meant.form and meant.keys and not any(speaks[:2]):
            raise Rejected([told], exit_code=1)
        return Choice(likest, (told,))

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
    from nianbao.word import packagefile

    try:
        packagefile.read_bytes(form.template_path)
    except Rejected as rejected:
        return tuple(rejected.findings)
    return ()


def _newest(shelved: list[Shelved], meant: Identity, typed: frozenset[str]) -> Shelved | None:
    """The newest edition of the form that most speaks for; a broken one only where it must be."""
    fitting = [each for each in shelved if each.may_be(meant)]
    if not fitting:
        return None
    likest = max(fitting, key=lambda each: (each.likeness(meant, typed), each.form is not None))
    editions = [each for each in fitting if each.name == likest.name]
    dated = meant.year is not None
    return max(editions, key=lambda each: (dated or bool(each.form), each.first_year, each.id))


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
        return pair.find(folder)
    except PermissionError as problem:
        wrong = f"放表式和模板的文件夹 {folder} 打不开：{reason_of(problem)}。"
        raise unusable("F103", wrong, hint="让管理电脑的人给这个文件夹加上读的权限") from problem
    except OSError:
        return []


def _no_form(meant: Identity, known: list[Form]) -> Finding:
    listed = "、".join(dict.fromkeys(f"{form.name}（{form.years}）" for form in known))
    message, at = f"没有适用于 {meant.year} 年度的表式。", meant.year_location
    like = None
    names = (names_of(form.name) | names_of(form.id) for form in known)
    if meant.form and not any(names_of(meant.form) & own for own in names):
        message, at = f"没有叫“{meant.form}”的表式。", meant.form_location
        like = closest(meant.form, [form.name for form in known])
    asked = f"您是否想写“{like}”？" if like else ""
    return finding("S107", message, at=at, hint=f"{asked}现有的表式：{listed}")
