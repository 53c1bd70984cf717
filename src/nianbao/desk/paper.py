"""Which files are documents, by their names, and what is said where only an input file will do.

Knows that a text with the keys of an input file is one. Reads no document
(`documents` does, which is loaded only for one).
"""

from __future__ import annotations

import os
from pathlib import Path

from nianbao.diagnostics import Finding, Rejected, finding
from nianbao.intake.endings import FOREIGN, READ
from nianbao.report import identity
from nianbao.source import encoding, inputfile


def is_document(path: Path) -> bool:
    """True for what is read as a document, or looks like one; a text that is an input is none."""
    ending = path.suffix.lower()
    if path.name.lower().endswith((".yaml.txt", ".yml.txt")):
        return False
    if ending == ".txt":
        return not _is_input(path)
    return ending in READ or ending in FOREIGN


def beside(path: Path) -> Path | None:
    """The document of the same name where there is no input file at `path`."""
    stem = inputfile.bare_name(path)
    names = (path.with_name(stem + ending) for ending in READ)
    return next((name for name in names if os.path.isfile(name)), None)


def no_input(path: Path) -> list[Finding]:
    """What is said where only an input file will do."""
    hint = f"先运行 nianbao import {path.name}，读成填报文件，再用那一份"
    return [finding("W121", f"{path.name} 是文档，不是填报文件。", hint=hint)]


def _is_input(path: Path) -> bool:
    """True for a text with the keys of an input file at its left edge."""
    try:
        lines = encoding.decode(inputfile.read_bytes(path)).lines
    except Rejected:
        return False
    return lines is not None and identity.of_lines(lines).year is not None
