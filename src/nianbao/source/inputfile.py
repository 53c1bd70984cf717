"""An input file on the disk: what it may be called, and its bytes.

Knows the endings that Windows hides (2025.yaml.txt), how last year's file is
called beside this year's, and why a file cannot be read. Knows nothing of what
stands in one.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from nianbao import regularfile
from nianbao.diagnostics import Finding, Rejected, finding, reason_of, unusable
from nianbao.source.parsing import MAX_BYTES, too_large

_ENDINGS = (".yaml", ".yaml.txt", ".yml", ".yml.txt")
"""What an input's name may end in, likeliest first; Windows hides the last part."""


def read_bytes(path: Path) -> bytes:
    """The bytes of an input, at most MAX_BYTES of them, whatever stands at `path`.

    Raises Rejected: W101 (exit code 3) for what is no readable file, Y107 (1) for a larger one.
    """
    try:
        return regularfile.read(path, MAX_BYTES)
    except regularfile.TooLargeError as problem:
        raise Rejected([too_large(problem.size)]) from problem
    except regularfile.NotRegularError as problem:
        hint = "把填报文件存成 .yaml 文件，再写它的文件名"
        raise unusable("W101", f"读不了 {path}：这不是一个普通文件。", hint=hint) from problem
    except (OSError, ValueError) as problem:
        raise _unreadable(path, problem) from problem


def _unreadable(path: Path, problem: OSError | ValueError) -> Rejected:
    reason = reason_of(problem) if isinstance(problem, OSError) else "文件名里有不能用的字符"
    folder = path.parent
    near = sorted(p.name for p in folder.glob("*.yaml"))[:5] if os.path.isdir(folder) else []
    hint = f"这个文件夹里有：{'、'.join(near)}" if near else "检查文件名和所在的文件夹"
    return unusable("W101", f"读不了 {path}：{reason}。", hint=hint)


def other_name(path: Path) -> Path | None:
    """The file under another ending where there is none at `path`: 2025.yaml.txt, 2025.yml."""
    if not path.name or os.path.lexists(path):
        return None
    stem = bare_name(path)
    others = (path.with_name(stem + ending) for ending in _ENDINGS)
    return next((other for other in others if os.path.isfile(other)), None)


def bare_name(path: Path) -> str:
    """The name without what an input's name ends in: 2025 of 2025.yaml.txt."""
    ending = next((e for e in _ENDINGS if path.name.lower().endswith(e)), path.suffix)
    return path.name[: len(path.name) - len(ending)]


def named_otherwise(path: Path, found: Path) -> Finding:
    name = bare_name(path) + _ENDINGS[0]
    rename = f"把它改名为 {name}；看不到后缀的，先在文件夹的“查看”里打开“文件扩展名”"
    return finding(
        "W111",
        f"没有 {path.name}，用的是同一个文件夹里的 {found.name}。",
        hint="" if found.name == name else rename,
    )


def of_last_year(path: Path, year: int) -> Path | None:
    """Last year's file by name: 低庄镇2025.yaml to 低庄镇2024.yaml."""
    stem = bare_name(path)
    last, count = re.subn(rf"(?<!\d){year}(?!\d)", str(year - 1), stem)
    return path.with_name(path.name.replace(stem, last, 1)) if count else None
