"""What was changed in Word goes back into the input file, each change at its place.

Knows where a figure, a paragraph or an item of the head was typed, and what may not be
decided here: a figure that the text takes from a table and that reads otherwise in the
one than in the other. A change counts as home only when the file, read again, says it
and everything else as before; what does not come home is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao.desk import comparing, comparison, delivery
from nianbao.desk.comparison import Side
from nianbao.desk.documents import Imported
from nianbao.desk.pipeline import Session
from nianbao.desk.proposal import BOUND, NO_PLACE, InputFile, Proposal, proposals
from nianbao.diagnostics import Rejected, finding
from nianbao.form.contract import UNIT
from nianbao.report.report import Paragraph, Report
from nianbao.source import encoding, inputfile
from nianbao.word import changed
from nianbao.word.changed import Change

_KEPT = ("utf-8", "gb18030")
"""The encodings that a file keeps; another becomes UTF-8, as by `fix`."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came home into the file, and what did not."""

    target: Path
    home: tuple[Change, ...]
    left: tuple[Proposal, ...]
    copy: Path | None = None


def bring(path: Path, target: Path, session: Session) -> Result:
    """Put into the file `target` what the document at `path` says otherwise. Raises Rejected."""
    now = comparing.side(path, session)
    imported = session.document(path)
    if imported is None:
        said = f"{path.name} 是填报文件，不是文档。"
        raise Rejected([finding("W121", said, hint="import 后面写 Word 文件、网页或者文字")])
    data = inputfile.read_bytes(target)
    decoded = encoding.decode(data)
    if decoded.lines is None:
        raise Rejected(list(decoded.findings), exit_code=3)
    before = InputFile(decoded.lines, target, session)
    _refuse_another(before.side, now, imported)
    found = proposals(before, now, imported)
    made = _made(before, now, found)
    copy = None
    if made.home:
        kept = decoded.encoding.lower() in _KEPT
        bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        new = bom + made.text.encode(decoded.encoding if kept else "utf-8")
        delivery.refuse_unfit(target)
        copy = delivery.change(target, data, new)
    home = tuple(one.change for one in made.home)
    return Result(target, home, tuple(made.left), copy)


def _refuse_another(file: Side, now: Side, imported: Imported) -> None:
    """Refuse a document of another year, or of a unit that the file never was."""
    one, other = file.report, now.report
    printed = changed.aboard_of(imported.data)
    units = {other.unit, printed.head.get(UNIT, "") if printed else ""}
    if one.form.name == other.form.name and one.year == other.year and one.unit in units:
        return
    said = f"{now.path.name} 是{other.unit}{other.year}年度的，{file.path.name} 是{one.unit}{one.year}年度的。"
    hint = "看看是不是拿错了文件；另写一份，去掉 --into"
    raise Rejected([finding("W127", said, hint=hint)], exit_code=1)


# --- what holds --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Made:
    text: str
    home: list[Proposal]
    left: list[Proposal]


def _made(file: InputFile, now: Side, proposals: list[Proposal]) -> _Made:
    """The text with every proposal made that holds, and which they are."""
    left = [one for one in proposals if not one.edits]
    able = [one for one in proposals if one.edits]
    trial, broken = _tried(file, now, able)
    if broken:
        bound = _bound_in(broken, trial.report if trial else file.report)
        asked = [replace(one, edits=(), why_not=BOUND) for one in able if one.change.cell in bound]
        able = [one for one in able if one.change.cell not in bound]
        left += asked
        trial, broken = _tried(file, now, able)
    if trial is None or broken:
        able, refused = _one_by_one(file, now, able)
        left += refused
        trial, _ = _tried(file, now, able)
    return _Made(trial.lines.text if trial else file.lines.text, able if trial else [], left)


def _tried(
    file: InputFile, now: Side, able: list[Proposal]
) -> tuple[InputFile | None, list[Change]]:
    """The file with these edits, and what it then says that it should not."""
    if not able:
        return file, []
    try:
        trial = file.with_edits(able)
    except Rejected:
        return None, [one.change for one in able]
    wanted = {_key(one.change) for one in able}
    texts = {(one.change.label, one.change.now) for one in able}
    broken = [
        change
        for change in comparison.differences(file.side, trial.side)
        if _key(change) not in wanted and (change.label, change.now) not in texts
    ]
    still = {_key(change) for change in comparison.differences(trial.side, now)}
    broken += [one.change for one in able if _key(one.change) in still]
    return trial, broken


def _key(change: Change) -> tuple[str, str | None, str | None]:
    return change.label, change.cell, None if change.cell else change.was


def _bound_in(broken: list[Change], report: Report) -> set[str]:
    """The cells that paragraphs take figures from which then read otherwise."""
    texts = {change.now for change in broken} | {change.was for change in broken}
    paragraphs = [p for p in (*_every(report.narratives), *_every(report.notes)) if p.text in texts]
    return {address for p in paragraphs for cells in p.figures for address in cells}


def _every(texts: dict[str, tuple[Paragraph, ...]]) -> Iterator[Paragraph]:
    return (paragraph for paragraphs in texts.values() for paragraph in paragraphs)


def _one_by_one(
    file: InputFile, now: Side, able: list[Proposal]
) -> tuple[list[Proposal], list[Proposal]]:
    """Those that hold alone, and those that do not."""
    good, refused = [], []
    for one in able:
        trial, broken = _tried(file, now, [one])
        if trial and not broken:
            good.append(one)
        else:
            refused.append(replace(one, edits=(), why_not=NO_PLACE))
    trial, broken = _tried(file, now, good)
    if good and (trial is None or broken):
        return [], refused + [replace(one, edits=(), why_not=NO_PLACE) for one in good]
    return good, refused


# --- what is said ------------------------------------------------------------------------


def said(result: Result, path: Path) -> Iterator[str]:
    """What came home, what is still to be decided, and where it was written."""
    for change in result.home:
        yield f"  已改：{comparison.said(change)}"
    for one in result.left:
        yield f"  没有改：{comparison.said(one.change)}（{one.why_not}）"
    name = result.target.name
    if not result.home and not result.left:
        yield f"√ {path.name} 和 {name} 的数和文字都一样，没有要改的"
        return
    kept = f"，原来的留在 {result.copy.name}" if result.copy else ""
    count = f"{len(result.home)} 处已改进 {name}{kept}"
    if result.left:
        yield f"！ {count}；还有 {len(result.left)} 处要您来定：在 {name} 里改好，再检查"
    else:
        yield f"√ {count}"
