"""What can be said about an input: a finding, how grave it is and where it stands.

Knows nothing of YAML, forms or Word; how grave a code is, the catalogue says. A
finding is data; `console` and `reviewcopy` turn it into text. What a user did
wrong is always a finding: `Rejected` carries findings up to whoever must stop.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from nianbao.catalog import severity_of
from nianbao.frozen import dataclass

MAX_FINDINGS = 300
"""More than this in one file is no report; nobody reads on, and reading on takes time."""

_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "超过了允许的文件大小",
    errno.EROFS: "磁盘是只读的",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "路径里有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是一个文件夹",
    errno.EACCES: "没有权限，或者正在别的程序里打开着",
    errno.EPERM: "没有权限，或者正在别的程序里打开着",
}


class Severity(StrEnum):
    """How grave a finding is (docs/design.md, “Errors block; the rest does not”)."""

    ERROR = "error"
    CONFIRM = "confirm"
    NOTE = "note"


class Standing(StrEnum):
    """What a finding amounts to, gravest first; the value is the word a person reads."""

    ERROR = "错误"
    CONFIRM = "核实"
    NOTE = "提示"
    ANSWERED = "已说明"
    NOT_MADE = "未做"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text file; line and column count from 1, columns in code points."""

    line: int
    column: int

    @property
    def location(self) -> Location:
        """A place is about itself."""
        return self


class About(Protocol):
    """What a finding is about: a place of the input, or something that knows where it was typed."""

    @property
    def location(self) -> Location | None: ...


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of; `file` only where it is not the input."""

    location: Location | None
    message: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in place of what stands from `start` up to `end` in the input.

    A line break in `text` is "\\n", whatever the file's own; one of the file's is
    replaced by an edit that ends at the next line's first column.
    """

    start: Location
    end: Location
    text: str


def edit(line: int, start: int, end: int, text: str) -> Edit:
    """An edit within one line; columns from 1, `end` the first one kept."""
    return Edit(Location(line, start), Location(line, end), text)


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect: a stable code, one Chinese sentence, what it is about and what to type instead.

    `mend` is what `fix` does about it, where it can have been meant in one way only.
    `subject` is set on findings that may be answered in 核实说明: place and
    both values; `answer_key` is what the user pastes.
    """

    code: str
    severity: Severity
    message: str
    about: About | None = None
    hint: str = ""
    related: tuple[Related, ...] = ()
    subject: str = ""
    answered: bool = False
    file: Path | None = None
    mend: tuple[Edit, ...] = ()

    @property
    def location(self) -> Location | None:
        """Where in the input what it is about was typed."""
        return self.about.location if self.about else None

    @property
    def answer_key(self) -> str | None:
        return f"{self.code} {self.subject}" if self.subject else None

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def standing(self) -> Standing:
        """Its severity, unless it is answered or tells of a check not made (codes C0…)."""
        if self.answered:
            return Standing.ANSWERED
        if self.code.startswith("C0"):
            return Standing.NOT_MADE
        return Standing[self.severity.name]


def finding(
    code: str,
    message: str,
    *,
    at: About | None = None,
    hint: str = "",
    related: Iterable[Related] = (),
    subject: str = "",
    file: Path | None = None,
    mend: Iterable[Edit] = (),
) -> Finding:
    """A finding about `at`, as grave as the catalogue says of its code."""
    return Finding(
        code,
        Severity[Standing(severity_of(code)).name],
        message,
        about=at,
        hint=hint,
        related=tuple(related),
        subject=subject,
        file=file,
        mend=tuple(mend),
    )


@dataclass
class Rejected(Exception):  # noqa: N818 - docs/design.md names it
    """The work cannot go on; the findings say why.

    `exit_code` is the process's (docs/commands.md, “Exit codes”): 1 the input was rejected, 3 a
    file, template or disk problem.
    """

    findings: list[Finding] = field(default_factory=list)
    exit_code: int = 1

    def __str__(self) -> str:
        return "；".join(finding.message for finding in self.findings)


def capped(findings: list[Finding]) -> list[Finding]:
    """At most MAX_FINDINGS of `findings`, with a last one that says so."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    more = len(findings) - MAX_FINDINGS
    message = f"问题太多，后面至少还有 {more} 处没有列出。"
    said = finding("Y111", message, hint="先改好列出的，再检查一次")
    return [*findings[:MAX_FINDINGS], said]


class Findings(list[Finding]):
    """What is found in one text: after MAX_FINDINGS there is only one more."""

    @property
    def full(self) -> bool:
        return len(self) > MAX_FINDINGS

    def report(
        self,
        code: str,
        message: str,
        *,
        line: int,
        at: int,
        hint: str,
        mend: Iterable[Edit] = (),
    ) -> None:
        """Add a finding at column index `at` (from 0) of a line (from 1)."""
        if not self.full:
            self.append(finding(code, message, at=Location(line, at + 1), hint=hint, mend=mend))


def unusable(code: str, message: str, *, hint: str = "", file: Path | None = None) -> Rejected:
    """The rejection for a file, template or disk problem (exit code 3)."""
    return Rejected([finding(code, message, hint=hint, file=file)], exit_code=3)


def reason_of(problem: OSError) -> str:
    """Why the system refused a file, in Chinese."""
    return _REASONS.get(problem.errno or 0, problem.strerror or type(problem).__name__)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings sorted by place; those without a place come first."""
    nowhere = Location(0, 0)
    return sorted(
        findings,
        key=lambda f: (
            f.file is not None,
            str(f.file or ""),
            f.location or nowhere,
            f.code,
            f.message,
        ),
    )


def grouped(findings: Iterable[Finding]) -> list[tuple[Standing, list[Finding]]]:
    """Findings by standing, gravest first, each group sorted by place."""
    ordered = in_order(findings)
    groups = [(standing, [f for f in ordered if f.standing is standing]) for standing in Standing]
    return [(standing, group) for standing, group in groups if group]


def counted(findings: Iterable[Finding]) -> str:
    """How many there are of each standing: “5 处错误、1 处提示，1 项检查未做”, "" without any."""
    sizes = {standing: len(group) for standing, group in grouped(findings)}
    not_made = sizes.pop(Standing.NOT_MADE, 0)
    parts = ["、".join(f"{size} 处{standing}" for standing, size in sizes.items())]
    parts.append(f"{not_made} 项检查未做" if not_made else "")
    return "，".join(filter(None, parts))
