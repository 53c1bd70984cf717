"""What lies in a folder that reports are sent to.

Knows which files can be reports and which lie beside them (locks, review
copies, letters, last copies), that the documents made from an input file are
that file again, and that a folder may lead back to itself. Opens no file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao.desk import mailing, targets
from nianbao.diagnostics import reason_of, unusable
from nianbao.form.pair import SUFFIX
from nianbao.source.inputfile import bare_name

INPUTS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
"""What the name of an input file ends in."""
_READ = (*INPUTS, ".docx", ".html", ".htm", ".txt")
_TOLD = (".doc", ".wps", ".pdf", ".docm", ".rtf", ".odt")
"""What is no report that can be read, and is sent as one."""
_BY_RANK = (*_READ, *_TOLD)
"""Of files with one name the first is the report."""
LETTER = "核实说明"
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Inbox:
    """The files that may be reports, in order, and the others, which nobody looks at."""

    files: tuple[Path, ...]
    others: tuple[Path, ...] = ()


def of(folder: Path) -> Inbox:
    """What lies in a folder and in those within it. Raises Rejected (W101, exit code 3)."""
    files: list[Path] = []
    others: list[Path] = []
    for inner, names in _walk(folder, seen=set(), depth=0):
        by_name: dict[str, list[Path]] = {}
        for name in names:
            path = inner / name
            if _rank(path) is None:
                others.append(path)
            else:
                by_name.setdefault(_stem(path), []).append(path)
        files += [min(paths, key=_ordered) for paths in by_name.values()]
    return Inbox(tuple(files), tuple(others))


def _walk(folder: Path, *, seen: set[str], depth: int) -> Iterator[tuple[Path, list[str]]]:
    """Each folder once, with its files that are not hidden, in order."""
    real = os.path.realpath(folder)
    if real in seen or depth > _DEEPEST:
        return
    seen.add(real)
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir()) for entry in entries)
    except OSError as problem:
        if depth:
            return
        hint = "检查文件夹的名称"
        raise unusable("W101", f"读不了 {folder}：{reason_of(problem)}。", hint=hint) from problem
    shown = [(name, inner) for name, inner in found if not _is_beside(name)]
    yield folder, [name for name, inner in shown if not inner]
    for name, inner in shown:
        if inner:
            yield from _walk(folder / name, seen=seen, depth=depth + 1)


def _is_beside(name: str) -> bool:
    """True for what lies beside reports: hidden, a lock, a review copy, a letter, a mail's text, a last copy."""
    path = Path(name)
    return (
        name.startswith((".", "~"))
        or name.endswith((".bak", ".tmp", SUFFIX))
        or name.casefold() in ("thumbs.db", "desktop.ini")
        or targets.is_review(path)
        or (path.suffix.lower() == ".txt" and path.stem.endswith(LETTER))
        or (path.suffix.lower() == ".txt" and path.stem.startswith(mailing.TEXT))
    )


def _stem(path: Path) -> str:
    return bare_name(path) if _rank(path) in range(len(INPUTS)) else path.stem


def _rank(path: Path) -> int | None:
    name = path.name.lower()
    found = [n for n, ending in enumerate(_BY_RANK) if name.endswith(ending)]
    return max(found, key=lambda n: len(_BY_RANK[n])) if found else None


def _ordered(path: Path) -> int:
    rank = _rank(path)
    return len(_BY_RANK) if rank is None else rank
