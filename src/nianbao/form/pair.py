"""A form file with its template: two files of one stem in one folder.

Knows how the files are called, which forms a folder has, and how the bytes of one are
read, with what is said of a file that cannot be. Knows nothing of what stands in them.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from nianbao import regularfile
from nianbao.diagnostics import Rejected, reason_of, unusable
from nianbao.source.parsing import MAX_BYTES, too_large

SUFFIX = ".form.yaml"


def stem_of(path: Path) -> str:
    """The name that the form file at `path` shares with its template: the form's id."""
    return path.name.removesuffix(SUFFIX)


def find(folder: Path) -> list[Path]:
    """The form files of a folder, by name. Raises OSError where it cannot be looked into."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
    return [folder / name for name in names if not name.startswith(".")]


def form_bytes(path: Path) -> bytes:
    """The form file at `path` as it lies there. Raises Rejected (exit code 3)."""
    try:
        return regularfile.read(path, MAX_BYTES)
    except regularfile.TooLargeError as problem:
        raise Rejected([replace(too_large(problem.size), file=path)], exit_code=3) from problem
    except regularfile.NotRegularError as problem:
        message = "表式文件打不开：这不是一个普通文件。"
        raise unusable("F101", message, hint="从原来的地方重新拷一份", file=path) from problem
    except OSError as problem:
        raise unusable("F101", f"表式文件打不开：{reason_of(problem)}。", file=path) from problem
