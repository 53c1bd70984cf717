"""The order of the steps, and nothing else.

A file is read, its form chosen, the report filled in and checked against the
form and last year, its answers settled; only then is it rendered and put in
its place. One Session serves a whole batch. What writes a document is imported
only once one is to be written: a check comes without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import checks
from nianbao.chinese.lines import NO_LINES, Lines
from nianbao.chinese.lines import of as lines_of
from nianbao.chinese.wording import Script
from nianbao.desk import lastyear, paper
from nianbao.desk.lastyear import LastYear
from nianbao.desk.outcome import Mended, Outcome, Work, faults_told
from nianbao.desk.shelf import Shelf
from nianbao.diagnostics import Finding, Rejected, Severity, capped, in_order
from nianbao.form.contract import ANSWERS, YEAR
from nianbao.form.dated import in_year
from nianbao.report import answers, identity, reportfile
from nianbao.report.report import Report
from nianbao.source import encoding, inputfile, parsing, tree
from nianbao.source.names import Names

if TYPE_CHECKING:
    from nianbao.desk.documents import Imported
    from nianbao.source import mending

_Whole = tuple[tuple[str, ...], Report, list[Finding]]
"""The lines of a file, its report, and what was wrong in reading it."""
_REMEMBERED = 16
"""Files whose reports are remembered; of more, all are forgotten."""


@dataclass
class Session:
    """One run of the tool; `templates` and `last_year` as given on the command line."""

    templates: Path | None = None
    last_year: Path | None = None
    script: Script | None = None
    strict: bool = False
    keep: bool = True
    last_year_of: Callable[[Report], Path | None] | None = None
    """Which file is last year's, where an upper office has them all: a renamed unit's too."""
    shelf: Shelf = field(init=False)
    _read: dict[tuple[object, ...], _Whole] = field(default_factory=dict)
    _imported: dict[Path, Imported] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.templates, self.keep)

    def check(self, path: Path) -> Outcome:
        """Everything that can be said about the input at `path`; never raises Rejected."""
        outcome = Outcome(path)
        with faults_told(outcome):
            self._examine(outcome)
        if outcome.document:
            from nianbao.desk import documents

            outcome.findings = documents.told(outcome.findings, outcome.document)
            self._compare(outcome, outcome.document)
        outcome.findings = capped(in_order(outcome.findings))
        return outcome

    def generate(self, path: Path, target: Path, *, page: bool = False) -> Outcome:
        """Check the input and, only when it is accepted, write `target`, and its `page` beside it."""
        if paper.is_document(path):
            return self._refused(path, Work.REPORT)
        outcome = self.check(path)
        outcome.work, outcome.page_wanted = Work.REPORT, page
        report = outcome.report
        if not outcome.accepted or report is None:
            return outcome
        from nianbao.desk import delivery
        from nianbao.word import package, render

        with faults_told(outcome):
            compiled = self.shelf.compiled(report.form, report.script)
            document = render.render(compiled, report)
            html = None
            if page:
                from nianbao.desk import webpage

                html = webpage.of(compiled, report, document)
            letter = answers.letter(report.title, outcome.findings, report.answers)
            beside = target.with_name(f"{target.stem}.核实说明.txt")
            portal = target.with_suffix(".html")
            delivery.refuse_unfit(target)
            if html:
                delivery.refuse_unfit(portal)
            if letter:
                delivery.refuse_unfit(beside)
            outcome.findings += delivery.deliver(target, document, package.is_untouched)
            outcome.written = target
            if html:
                from nianbao.portal import markup

                outcome.findings += delivery.deliver(portal, html, markup.is_untouched)
                outcome.page_written = portal
            if letter:
                outcome.findings += delivery.deliver(beside, letter, answers.is_untouched)
                outcome.answers_written = beside
            else:
                delivery.discard(beside, answers.is_untouched)
        return outcome

    def mail(self, path: Path, to: tuple[str, ...]) -> Outcome:
        """Check the input and, only when it is accepted, lay out what is handed in by mail."""
        if paper.is_document(path):
            return self._refused(path, Work.MAIL)
        outcome = self.check(path)
        outcome.work = Work.MAIL
        report = outcome.report
        if not outcome.accepted or report is None:
            return outcome
        from nianbao.desk import delivery, mailing
        from nianbao.word import render

        with faults_told(outcome):
            document = render.render(self.shelf.compiled(report.form, report.script), report)
            letter = answers.letter(report.title, outcome.findings, report.answers)
            parcel = mailing.parcel(report, document, letter, to=to)
            outcome.findings += delivery.deliver_all(parcel.pieces)
            outcome.mailed = parcel.folder
            if not letter:
                delivery.discard(parcel.folder / mailing.ANSWERS, answers.is_untouched)
        return outcome

    def review(self, path: Path, target: Path) -> Outcome:
        """Check the input and write its review copy, with what of it could be read."""
        outcome = self.check(path)
        outcome.work = Work.REVIEW
        if outcome.document:
            from nianbao.desk import annotating

            with faults_told(outcome):
                outcome.findings += annotating.annotate(outcome, target)
                outcome.review_written = target
            return outcome
        if outcome.exit_code == 3:
            return outcome
        from nianbao.desk import delivery
        from nianbao.word import package, reviewcopy

        with faults_told(outcome):
            report = outcome.report
            if report is None or not report.places:
                report = self._remains(outcome)
            if report is None:
                return outcome
            compiled = self.shelf.compiled(report.form, report.script)
            document = reviewcopy.write(compiled, report, outcome.findings)
            outcome.findings += delivery.deliver(target, document, package.is_untouched)
            outcome.review_written = target
        return outcome

    def mend(self, path: Path) -> Mended:
        """Type the file at `path` as it should be, where that can be meant in one way only.

        Raises Rejected (exit code 3) for a file that cannot be read or written, (1) for a form
        or a size that it cannot have.
        """
        import codecs

        from nianbao.desk import delivery
        from nianbao.source import mending

        path = inputfile.other_name(path) or path
        if paper.is_document(path):
            raise Rejected(self._refused(path, Work.FIX).findings, exit_code=1)
        data = inputfile.read_bytes(path)
        decoded = encoding.decode(data)
        mended = Mended(path, decoded.encoding)
        before = decoded.lines
        if before is None or any(finding.blocks for finding in decoded.findings):
            return mended
        after = mending.mended(before, lambda lines: self._look(lines, path), heading=ANSWERS)
        bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        new = bom + after.text.encode("utf-8")
        if new != data:
            delivery.refuse_unfit(path)
            mended.copy = delivery.change(path, data, new)
            mended.changes = tuple(mending.changes(before, after))
        return mended

    def read(self, path: Path) -> tuple[Report, list[Finding]]:
        """The report in a file, as far as it can be read. Raises Rejected for no file or form."""
        path = inputfile.other_name(path) or path
        _, report, findings = self._whole(path, Outcome(path))
        return report, findings

    def understood(self, lines: Lines, path: Path) -> tuple[tree.Node | None, Report]:
        """The lines of an input file as a tree and as a report. Raises Rejected."""
        source = parsing.read_lines(lines, self._names(lines, path))
        report, _ = self._understand(source, path)
        return source.root, report

    def _remains(self, outcome: Outcome) -> Report | None:
        """What can be read of a file that cannot be read as a whole, None where nothing can."""
        from nianbao.desk import remains

        lines = lines_of("\n".join(outcome.lines))
        form = self.shelf.choose(outcome.path, identity.of_lines(lines)).form
        sound = remains.of(lines, reportfile.names(form))
        report, _ = reportfile.read(sound, form, outcome.path, self.script)
        return remains.marked(report) if report.places else None

    def _look(self, lines: Lines, path: Path) -> mending.Read:
        from nianbao.source import mending

        try:
            source = parsing.read_lines(lines, self._names(lines, path))
            report, findings = self._understand(source, path)
            findings += checks.run(report, None)
        except Rejected as rejected:
            return mending.Read(tree.Source(None, ()), tuple(rejected.findings))
        return mending.Read(source, tuple(findings))

    def document(self, path: Path) -> Imported | None:
        """The document at `path` as read; None for an input file. Raises Rejected."""
        return self.imported(path) if paper.is_document(path) else None

    def imported(self, path: Path) -> Imported:
        """The document at `path` as read, once a run. Raises Rejected (exit code 3)."""
        from nianbao.desk import documents

        if path not in self._imported:
            self._imported[path] = documents.imported(path, self.shelf)
        return self._imported[path]

    def _compare(self, outcome: Outcome, document: Imported) -> None:
        """What was changed in a document since it was generated."""
        from nianbao.desk import comparison

        if outcome.report:
            outcome.changed = comparison.since_generated(document, outcome.report)
            outcome.findings += comparison.told(outcome.changed or (), outcome.report)

    def forget(self) -> None:
        """Let go of the documents that were read: a run over hundreds holds one at a time."""
        self._imported.clear()

    def _refused(self, path: Path, work: Work) -> Outcome:
        return Outcome(path, paper.no_input(path), work, exit_code=1)

    def _tree(self, path: Path) -> tree.Source:
        """The file at `path`, read by the names of the form that it speaks of."""
        if paper.is_document(path):
            lines = lines_of(self.imported(path).draft.text)
            return parsing.read_lines(lines, self._names(lines, path))
        decoded = encoding.decode(inputfile.read_bytes(path))
        return parsing.read_decoded(decoded, self._names(decoded.lines or NO_LINES, path))

    def _names(self, lines: Lines, path: Path) -> Names:
        meant = identity.of_lines(lines)
        return reportfile.names(in_year(self.shelf.choose(path, meant).form, meant.year or 0))

    def _understand(self, source: tree.Source, path: Path) -> tuple[Report, list[Finding]]:
        if source.root is None and source.findings:
            raise Rejected(list(source.findings))
        choice = self.shelf.choose(path, identity.of_tree(source.root))
        findings = [*source.findings, *choice.findings]
        try:
            report, told = reportfile.read(source.root, choice.form, path, self.script)
        except Rejected as rejected:
            raise Rejected([*findings, *rejected.findings]) from rejected
        return report, findings + told

    def _examine(self, outcome: Outcome) -> None:
        found = inputfile.other_name(outcome.path)
        renamed = [inputfile.named_otherwise(outcome.path, found)] if found else []
        outcome.path = found or outcome.path
        outcome.lines, report, findings = self._whole(outcome.path, outcome)
        outcome.document = self.document(outcome.path)
        last = self._last_year(report)
        findings += [*renamed, *last.findings]
        if last.why_not:
            findings.append(checks.not_made(last.why_not, report.places.get(YEAR)))
        findings += checks.run(report, last.report)
        outcome.findings = answers.settle(findings, report.answers)
        outcome.report = report
        outcome.exit_code = max(last.exit_code, int(self._rejects(outcome.findings)))
        self.shelf.audit(report.form)

    def _whole(self, path: Path, outcome: Outcome) -> _Whole:
        """A file as read, once until it changes: last year's is often of the same batch.

        `outcome` has the lines also where no more can be read. Raises Rejected.
        """
        stamp = _stamp(path)
        if stamp not in self._read:
            source = self._tree(path)
            outcome.document = self._imported.get(path)
            outcome.lines = source.lines.texts
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[stamp] = (outcome.lines, *self._understand(source, path))
        lines, report, findings = self._read[stamp]
        return lines, report, [*findings]

    def _last_year(self, report: Report) -> LastYear:
        vouched = self.last_year_of(report) if self.last_year_of else None
        if vouched is None:
            return lastyear.of(report, self.last_year, self.read)

        def read(path: Path) -> tuple[Report, list[Finding]]:
            last, findings = self.read(path)
            return replace(last, unit=report.unit), findings

        return lastyear.of(report, vouched, read)

    def _rejects(self, findings: Iterable[Finding]) -> bool:
        return any(
            told.blocks or (self.strict and told.severity is Severity.CONFIRM and not told.answered)
            for told in findings
        )


def _stamp(path: Path) -> tuple[object, ...]:
    """What changes with a file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return (path,)
    return path, found.st_mtime_ns, found.st_size, found.st_ino
