"""The order of the steps, and nothing else.

A file is read, its form found, the report filled in and checked against the
form and last year, its answers settled; only then is it rendered and put in
its place. One Session serves a whole batch: forms are read and templates
compiled once.
"""

from __future__ import annotations

import codecs
import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from nianbao import checks
from nianbao.chinese.lines import Lines
from nianbao.chinese.wording import Script, plain
from nianbao.desk import delivery
from nianbao.diagnostics import Finding, Rejected, Severity, capped, finding, in_order, unusable
from nianbao.form import formfile
from nianbao.form.contract import YEAR
from nianbao.form.form import Form
from nianbao.report import answers, reportfile
from nianbao.report.report import Report
from nianbao.source import encoding, inputfile, mending, parsing, tree
from nianbao.source.names import Names
from nianbao.word import audit, layout, package, render, reviewcopy

PACKAGED = Path(__file__).parents[1] / "templates" / "docx"
CHECKOUT = Path(__file__).parents[3] / "templates" / "docx"


@dataclass(slots=True)
class Outcome:
    """What became of one input file."""

    path: Path
    findings: list[Finding] = field(default_factory=list)
    report: Report | None = None
    exit_code: int = 0
    lines: tuple[str, ...] = ()
    """The input as typed, line by line."""
    written: Path | None = None
    answers_written: Path | None = None
    review_written: Path | None = None

    @property
    def accepted(self) -> bool:
        return self.exit_code == 0


@dataclass(slots=True)
class Mended:
    """What `fix` did to one file: nothing, where no copy was kept."""

    path: Path
    encoding: str
    copy: Path | None = None
    difference: str = ""


@dataclass
class Session:
    """One run of the tool; `templates` and `last_year` as given on the command line."""

    templates: Path | None = None
    last_year: Path | None = None
    script: Script | None = None
    strict: bool = False
    _forms: dict[Path, list[Form]] = field(default_factory=dict)
    _layouts: dict[Path, tuple[package.Members, layout.Layout]] = field(default_factory=dict)
    _compiled: dict[tuple[Path, Script], render.Compiled] = field(default_factory=dict)

    def check(self, path: Path) -> Outcome:
        """Everything that can be said about the input at `path`; never raises Rejected."""
        outcome = Outcome(path)
        try:
            self._examine(outcome)
        except Rejected as rejected:
            outcome.findings += rejected.findings
            outcome.exit_code = max(outcome.exit_code, rejected.exit_code)
        except Exception as problem:
            outcome.findings.append(_own_fault(problem))
            outcome.exit_code = 3
        outcome.findings = capped(in_order(outcome.findings))
        return outcome

    def generate(self, path: Path, target: Path) -> Outcome:
        """Check the input and, only when it is accepted, write `target`."""
        outcome = self.check(path)
        report = outcome.report
        if not outcome.accepted or report is None:
            return outcome
        with _faults_told(outcome):
            document = render.render(self._compile(report.form, report.script), report)
            letter = answers.letter(report.title, outcome.findings, report.answers)
            beside = target.with_name(f"{target.stem}.核实说明.txt")
            delivery.refuse_unfit(target)
            if letter:
                delivery.refuse_unfit(beside)
            outcome.findings += _place(target, document, package.is_untouched)
            outcome.written = target
            if letter:
                outcome.findings += _place(beside, letter, answers.is_untouched)
                outcome.answers_written = beside
            else:
                delivery.discard(beside, answers.is_untouched)
        return outcome

    def review(self, path: Path, target: Path) -> Outcome:
        """Check the input and write its review copy, unless nothing of it could be read."""
        outcome = self.check(path)
        report = outcome.report
        if outcome.exit_code == 3 or report is None or not report.places:
            return outcome
        with _faults_told(outcome):
            compiled = self._compile(report.form, report.script)
            document = reviewcopy.write(compiled, report, outcome.findings)
            outcome.findings += _place(target, document, package.is_untouched)
            outcome.review_written = target
        return outcome

    def mend(self, path: Path) -> Mended:
        """Type the file at `path` as it should be, where that can be meant in one way only.

        Raises Rejected (exit code 3) for a file that cannot be read or written, (1) for a form
        or a size that it cannot have.
        """
        path = inputfile.other_name(path) or path
        data = inputfile.read_bytes(path)
        decoded = encoding.decode(data)
        mended = Mended(path, decoded.encoding)
        before = decoded.lines
        if before is None or any(finding.blocks for finding in decoded.findings):
            return mended
        after = mending.mended(before, lambda lines: self._look(lines, path))
        bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        new = bom + after.text.encode("utf-8")
        if new == data:
            return mended
        delivery.refuse_unfit(path)
        mended.copy = delivery.keep(path, data)
        try:
            delivery.place(path, new, lambda old: old == data)
        except Rejected:
            mended.copy.unlink(missing_ok=True)
            raise
        mended.difference = mending.difference(before, after, path.name)
        return mended

    def _look(self, lines: Lines, path: Path) -> mending.Read:
        try:
            read = parsing.read_lines(lines, self._names(path))
            _, findings = self._understand(read, path)
        except Rejected as rejected:
            return mending.Read(tree.Source(None, ()), tuple(rejected.findings))
        return mending.Read(read, tuple(findings))

    def forms(self, near: Path) -> Iterator[tuple[Path, list[Form]]]:
        """The folders that forms are looked for in, nearest first, with their forms."""
        seen: set[Path] = set()
        for folder in _folders(near, self.templates):
            if folder not in seen:
                seen.add(folder)
                if folder not in self._forms:
                    self._forms[folder] = [formfile.load(p) for p in formfile.find(folder)]
                yield folder, self._forms[folder]

    def read(self, path: Path) -> tuple[Report, list[Finding]]:
        """The report in a file, as far as it can be read. Raises Rejected for no file or form."""
        path = inputfile.other_name(path) or path
        return self._understand(self._tree(inputfile.read_bytes(path), path), path)

    def _tree(self, data: bytes, path: Path) -> tree.Source:
        """The bytes of the file at `path`, read by the names of every form that is near it."""
        return parsing.read(data, self._names(path))

    def _names(self, path: Path) -> Names:
        return reportfile.names(form for _, forms in self.forms(path) for form in forms)

    def _understand(self, read: tree.Source, path: Path) -> tuple[Report, list[Finding]]:
        identity = reportfile.identify(read.root)
        findings = list(read.findings)
        form = self._choose(path, identity, findings)
        if read.root is None and findings:
            raise Rejected(findings)
        try:
            report, told = reportfile.read(read.root, form, path, self.script)
        except Rejected as rejected:
            raise Rejected([*findings, *rejected.findings]) from rejected
        return report, findings + told

    def _examine(self, outcome: Outcome) -> None:
        found = inputfile.other_name(outcome.path)
        renamed = [inputfile.named_otherwise(outcome.path, found)] if found else []
        outcome.path = found or outcome.path
        read = self._tree(inputfile.read_bytes(outcome.path), outcome.path)
        outcome.lines = read.lines.texts
        report, findings = self._understand(read, outcome.path)
        findings += renamed
        try:
            last, why_not = self._last_year(report, findings)
        except Rejected as rejected:
            findings += rejected.findings
            outcome.exit_code = rejected.exit_code
            last, why_not = None, "上年的填报文件打不开"
        if why_not:
            findings.append(checks.not_made(why_not, report.places.get(YEAR)))
        findings += checks.run(report, last)
        outcome.findings = answers.settle(findings, report.answers)
        outcome.report = report
        if any(
            f.blocks or (self.strict and f.severity is Severity.CONFIRM and not f.answered)
            for f in outcome.findings
        ):
            outcome.exit_code = max(outcome.exit_code, 1)
        self._layout(report.form)

    def _choose(self, path: Path, identity: reportfile.Identity, findings: list[Finding]) -> Form:
        """The form of a report; when none fits, that is a finding and the newest stands in."""
        known: list[Form] = []
        for _, forms in self.forms(path):
            found = formfile.newest(forms, identity.year, identity.form, identity.keys)
            if found:
                return found
            known += forms
        if not known:
            raise unusable(
                "F103", "找不到任何表式文件（*.form.yaml）。", hint="表式文件放在 templates/docx 里"
            )
        findings.append(_no_form(identity, known))
        return max(known, key=lambda form: (form.name == identity.form, form.first_year))

    def _last_year(self, report: Report, told: list[Finding]) -> tuple[Report | None, str]:
        """Last year's report, or None and the reason why it cannot be compared with.

        A file taken under another name is told. Raises Rejected (exit code 3) when --last-year
        names a file that cannot be opened.
        """
        if not report.year:
            return None, "不知道本年是哪一年"
        path = self.last_year or inputfile.of_last_year(report.path, report.year)
        if path is None:
            return None, f"文件名里没有 {report.year}，不知道上年的填报文件叫什么"
        found = inputfile.other_name(path)
        if found:
            told.append(inputfile.named_otherwise(path, found))
            path = found
        if self.last_year is None and not os.path.isfile(path):
            return None, f"旁边没有上年的填报文件 {path.name}"
        try:
            last, findings = self.read(path)
            findings += checks.that_block(last)
        except Rejected as rejected:
            if self.last_year is not None and rejected.exit_code == 3:
                raise
            last, findings = None, rejected.findings
        wrong = next((f for f in in_order(findings) if f.blocks), None)
        if last is None or wrong:
            wrong = wrong or findings[0]
            line = f"第 {wrong.location.line} 行：" if wrong.location else ""
            return None, f"上年的填报文件 {path.name} 有错（{line}{wrong.message.rstrip('。')}）"
        if last.year != report.year - 1:
            return None, f"{path.name} 的年度是 {last.year}，不是 {report.year - 1}"
        if last.form.id != report.form.id:
            return None, f"{path.name} 用的是另一种表式（{last.form.id}），不能逐格核对"
        if plain(last.unit) != plain(report.unit):
            return None, f"{path.name} 的单位是“{last.unit}”，与本年不同"
        return last, ""

    def _layout(self, form: Form) -> tuple[package.Members, layout.Layout]:
        """A form's template, read and audited. Raises Rejected (exit code 3)."""
        path = form.template_path
        if path not in self._layouts:
            members = package.read(path)
            drawn = layout.of(members)
            wrong = audit.audit(members, drawn, form)
            if wrong:
                raise Rejected([replace(finding, file=path) for finding in wrong], exit_code=3)
            self._layouts[path] = members, drawn
        return self._layouts[path]

    def _compile(self, form: Form, script: Script) -> render.Compiled:
        key = (form.template_path, script)
        if key not in self._compiled:
            self._compiled[key] = render.compile_template(form, *self._layout(form), script)
        return self._compiled[key]


@contextlib.contextmanager
def _faults_told(outcome: Outcome) -> Iterator[None]:
    """What goes wrong on the way to a written file becomes findings of `outcome`."""
    try:
        yield
    except Rejected as rejected:
        outcome.findings = in_order([*outcome.findings, *rejected.findings])
        outcome.exit_code = rejected.exit_code
    except Exception as problem:
        outcome.findings.append(_own_fault(problem))
        outcome.exit_code = 3


def _folders(near: Path, templates: Path | None) -> Iterator[Path]:
    if templates is not None:
        if not templates.is_dir():
            raise unusable(
                "F103",
                f"没有 {templates} 这个文件夹。",
                hint="--templates 后面写放表式和模板的文件夹",
            )
        if not formfile.find(templates):
            raise unusable(
                "F103",
                f"{templates} 里没有表式文件（*.form.yaml）。",
                hint="--templates 后面写放表式和模板的文件夹",
            )
        yield templates.resolve()
    for parent in near.resolve().parents:
        folder = parent / "templates" / "docx"
        if folder.is_dir() and formfile.find(folder):
            yield folder
            break
    yield PACKAGED if PACKAGED.is_dir() else CHECKOUT


def _no_form(identity: reportfile.Identity, known: list[Form]) -> Finding:
    listed = "、".join(dict.fromkeys(f"{form.name}（{form.years}）" for form in known))
    if identity.form and not any(
        formfile.newest([form], form.first_year, identity.form) for form in known
    ):
        return finding(
            "S107",
            f"没有叫“{identity.form}”的表式。",
            at=identity.form_location,
            hint=f"现有的表式：{listed}",
        )
    return finding(
        "S107",
        f"没有适用于 {identity.year} 年度的表式。",
        at=identity.year_location,
        hint=f"现有的表式：{listed}",
    )


def _place(target: Path, data: bytes, replaceable: Callable[[bytes], bool]) -> list[Finding]:
    """Deliver `data`, with a note where a file that was changed by hand stood in its place."""
    aside = delivery.place(target, data, replaceable)
    if aside is None:
        return []
    return [
        finding(
            "W106",
            f"{target} 生成以后被改动过，原来的那份已改名为 {aside.name}。",
            hint="要保留的改动，请写进填报文件，不要只改生成的文件",
        )
    ]


def _own_fault(problem: Exception) -> Finding:
    return finding(
        "W110",
        f"程序自己出错了（{type(problem).__name__}：{problem}）。",
        hint="请把填报文件和这句话发给维护的人",
    )
