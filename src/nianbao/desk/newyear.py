"""A new year begun: by which form, after which file, and where it is written.

Knows that the form is the one asked for, else that of last year's file, else
the one that the other files of the folder use, each in its newest edition for
the year; and that a sample of ours that nobody has touched may make room. How
the new file reads is `starter`'s.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from nianbao.chinese.wording import closest, names_among, names_of
from nianbao.desk import delivery, invocation, paper, starter, targets
from nianbao.desk.pipeline import Session
from nianbao.desk.shelf import CHECKOUT, PACKAGED, Shelf
from nianbao.diagnostics import Finding, Rejected, finding, in_order, unusable
from nianbao.form.form import Form
from nianbao.report import edition
from nianbao.report.identity import Identity
from nianbao.report.report import Report
from nianbao.source import inputfile

SAMPLES = (PACKAGED if PACKAGED.is_dir() else CHECKOUT).parent / "samples.sha256"
"""The samples of an input that come with the program, by what is in them."""


def begin(
    target: Path,
    *,
    year: int,
    unit: str | None,
    source: Path | None,
    wanted: str | None,
    session: Session,
) -> list[Finding]:
    """Write a starter for `year` to `target`; notes on what was carried over from `source`.

    Raises Rejected: W108 (exit code 3) when `target` exists and is no sample of ours, the
    findings of last year's file when that cannot be read, S107 when no form fits.
    """
    taken = os.path.lexists(target)
    sample = taken and _is_sample(target)
    if taken and not sample:
        raise unusable(
            "W108", f"{target} 已经有了，没有动它。", hint="要重新起一份，先把它改名或移走"
        )
    last, notes = _last(source, session) if source else (None, [])
    if last and not (unit or last.unit):
        raise Rejected([_no_unit(source)], exit_code=1)
    used = last.form.name if last else None
    form = _form(year, wanted=wanted, used=used, near=target, shelf=session.shelf)
    if last and last.form.name == form.name:
        last = edition.told_in(last, form)
    text = starter.text(
        form,
        year=year,
        unit=unit or (last.unit if last else ""),
        last=last,
        name=invocation.as_argument(targets.to_type(target)),
        command=invocation.program("generate"),
    )
    encoding = "utf-8-sig" if os.name == "nt" else "utf-8"
    delivery.place(target, text.replace("\n", os.linesep).encode(encoding), _holds_sample)
    if sample:
        message = f"{target} 原来是自带的示例，没有人动过，已经换成新起的这一份。"
        notes.append(finding("W112", message))
    if last and last.year != year - 1:
        message = f"{source} 的年度是 {last.year}，不是 {year - 1}，没有照填上年的数。"
        notes.append(finding("C001", message))
    return notes


def _is_sample(path: Path) -> bool:
    """Whether a file is one of the samples that come with the program, as it came."""
    try:
        return not path.is_symlink() and _holds_sample(inputfile.read_bytes(path))
    except Rejected:
        return False


def _holds_sample(data: bytes) -> bool:
    """The same of what stands in a file; line ends may be those of Windows."""
    digest = hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
    return digest in SAMPLES.read_text("ascii").split()


def _last(path: Path, session: Session) -> tuple[Report, list[Finding]]:
    """Last year's report, with notes on what of a document could not be read."""
    last, findings = session.read(path)
    wrong = [finding for finding in in_order(findings) if finding.blocks]
    if paper.is_document(path):
        read = session.imported(path).read
        blank = sum(1 for r in read.every_row() for c in r.cells() if read.seen(c).value is None)
        said = f"{path.name} 里有 {blank} 格没有读准，没有照填。"
        return last, [finding("W124", said, hint="同文档对照，把空着的填上")] if blank else []
    if wrong:
        raise Rejected(
            [
                finding(
                    "W109",
                    f"{path} 还有错，不能照它起新的一份：{wrong[0].message}",
                    hint=f"先运行 nianbao check {path}，改好再来",
                )
            ]
        )
    return last, []


def _form(year: int, *, wanted: str | None, used: str | None, near: Path, shelf: Shelf) -> Form:
    """The newest edition for `year` of the form `wanted`, else of the one `used` so far.

    Where nothing says which, of the newest form there is, not of whatever other form there
    happens to be for that year.
    """
    name = wanted or used or shelf.used_in(near.parent) or _newest(near, shelf)
    choice = shelf.choose(near, Identity(form=name, year=year))
    if not choice.findings:
        return choice.form
    known = shelf.called(near)
    if wanted and not names_of(wanted) & names_among(known):
        raise _unknown(wanted, known)
    of_it = f"“{name}”" if name else "表式"
    hint = choice.findings[0].hint
    if not (wanted or used):
        hint += "；要起别的，用 --form"
    raise Rejected([finding("S107", f"没有适用于 {year} 年度的{of_it}。", hint=hint)])


def _no_unit(source: Path | None) -> Finding:
    said = f"{source} 里没有读到单位。"
    return finding("V107", said, hint="在 --unit 后面写上单位全称")


def _newest(near: Path, shelf: Shelf) -> str | None:
    """The name of the newest form at hand, None where there is none that can be read."""
    try:
        return shelf.choose(near, Identity()).form.name
    except Rejected:
        return None


def _unknown(wanted: str, known: list[str]) -> Rejected:
    """A --form that is none: a usage error."""
    meant = closest(wanted, known)
    asked = f"您是否想写“{meant}”？" if meant else ""
    hint = f"{asked}现有的表式：{'、'.join(known)}"
    return Rejected([finding("S107", f"没有叫“{wanted}”的表式。", hint=hint)], exit_code=2)
