"""Putting a finished file in its place.

Knows how a file is replaced without ever being half there: written beside the
target, flushed, then moved over it; what a killed run left beside it is swept.
A file that was changed by hand since it was generated is set aside under a name
that says so. Knows nothing of what the file holds: the caller says whether what
stands there may be replaced.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import stat
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.diagnostics import Finding, Rejected, finding, reason_of, unusable

_ASIDE, _BEFORE = "手工改过", "改前"
_HOST = f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"
_TEMPORARY = re.compile(rf"\.nianbao-{_HOST}-(\d{{1,9}})-\w+\.tmp")
"""What this machine's runs are writing, each by its process: a shared folder has others' too."""
_LONG_DONE = 24 * 3600


def place(target: Path, data: bytes, replaceable: Callable[[bytes], bool]) -> Path | None:
    """Write `data` to `target`; the path where an old file was set aside, or None.

    Follows symlinks and keeps the file's mode. Raises Rejected (W102 to W105,
    exit code 3) with the old file as it was.
    """
    try:
        real = Path(os.path.realpath(target))
        _look_at(target, real)
        _make(real.parent)
        old = real.read_bytes() if real.exists() else None
        if old == data:
            return None
        mode = stat.S_IMODE(real.stat().st_mode) if old is not None else 0o666 & ~_umask()
        return _replace(real, data, mode, set_aside=old is not None and not replaceable(old))
    except OSError as problem:
        raise _unwritable(target, problem) from problem


def _unwritable(target: Path, problem: OSError) -> Rejected:
    return unusable(
        "W105",
        f"写不进 {target}：{reason_of(problem)}。",
        hint="原来的文件没有动；关掉打开它的程序，或者用 -o 换一个地方",
        file=target,
    )


def _replace(real: Path, data: bytes, mode: int, *, set_aside: bool) -> Path | None:
    """Move the new file in; where the old one went, when it was set aside."""
    _sweep(real.parent)
    prefix = f".nianbao-{_HOST}-{os.getpid()}-"
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=prefix, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        aside = _set_aside(real) if set_aside else None
        try:
            os.replace(name, real)
        except OSError:
            if aside is not None:
                _bring_back(aside, real)
            raise
        return aside
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)


def deliver(target: Path, data: bytes, replaceable: Callable[[bytes], bool]) -> list[Finding]:
    """Place `data`, with a note (W106) where a file that was changed by hand stood there."""
    aside = place(target, data, replaceable)
    if aside is None:
        return []
    return [
        finding(
            "W106",
            f"{target} 生成以后被改动过，原来的那份已改名为 {aside.name}。",
            hint="要保留的改动，请写进填报文件，不要只改生成的文件",
        )
    ]


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to be put in its place; what stands there goes where it is `replaceable`."""

    target: Path
    data: bytes
    replaceable: Callable[[bytes], bool]


def deliver_all(pieces: Sequence[Piece]) -> list[Finding]:
    """Deliver each, none where one cannot be written. Raises Rejected (W102 to W105)."""
    for piece in pieces:
        refuse_unfit(piece.target)
    delivered = (deliver(one.target, one.data, one.replaceable) for one in pieces)
    return [finding for findings in delivered for finding in findings]


def change(path: Path, old: bytes, new: bytes) -> Path:
    """Put `new` for `old`, which stands at `path`; where a copy of it is kept."""
    copy = keep(path, old)
    try:
        place(path, new, lambda standing: standing == old)
    except Rejected:
        copy.unlink(missing_ok=True)
        raise
    return copy


def keep(path: Path, data: bytes) -> Path:
    """A copy of what stands at `path`, under a name that nobody has: 2025.yaml.改前.bak.

    Nobody may read it who may not read the file. Raises Rejected (W105, exit code 3).
    """
    number = 1
    while True:
        copy = path.with_name(f"{path.name}.{_BEFORE}{number if number > 1 else ''}.bak")
        try:
            handle = os.open(
                copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600
            )
            break
        except FileExistsError:
            number += 1
        except OSError as problem:
            raise _unwritable(copy, problem) from problem
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(copy, stat.S_IMODE(path.stat().st_mode))
    except OSError as problem:
        with contextlib.suppress(OSError):
            copy.unlink()
        raise _unwritable(copy, problem) from problem
    return copy


def discard(path: Path, discardable: Callable[[bytes], bool]) -> None:
    """Remove a file that no longer holds, where `discardable` says it is ours and unchanged."""
    with contextlib.suppress(OSError):
        if path.is_file() and discardable(path.read_bytes()):
            path.unlink()


def refuse_unfit(target: Path) -> None:
    """Raise Rejected (W102 to W105, exit code 3) where `target` cannot be written."""
    try:
        _look_at(target, Path(os.path.realpath(target)))
    except OSError as problem:
        raise _unwritable(target, problem) from problem


def _look_at(target: Path, real: Path) -> None:
    if real.is_dir():
        raise unusable(
            "W102",
            f"{target} 是一个文件夹，不能当文件写。",
            hint="写到文件夹里，请在末尾加 /；写成文件，请换一个名字",
            file=target,
        )
    if real.exists():
        if not real.is_file():
            raise unusable(
                "W102", f"{target} 不是普通文件，不能写。", hint="用 -o 换一个地方", file=target
            )
        if not real.stat().st_mode & 0o222 or not os.access(real, os.W_OK):
            raise unusable(
                "W103",
                f"{target} 是只读的，没有改动它。",
                hint="右键“属性”里去掉“只读”，或者用 -o 换一个名字",
                file=target,
            )
    for lock in _locks_of(real):
        if os.path.exists(lock):  # False too where its name is too long
            raise unusable(
                "W104",
                f"{target} 正在别的程序里打开着。",
                hint=f"在 Word 或 WPS 里关掉它；确实没有打开的，删掉 {lock.name}",
                file=target,
            )


def _make(folder: Path) -> None:
    """Make a folder with those above it, however many."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what killed runs of this machine were writing in a folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            written_by = _TEMPORARY.fullmatch(entry.name)
            if written_by and entry.is_file(follow_symlinks=False):
                age = time.time() - entry.stat().st_mtime
                if age > _LONG_DONE or not _runs(int(written_by[1])):
                    os.unlink(entry.path)


def _runs(process: int) -> bool:
    """Whether a process is there, or cannot be asked for."""
    if os.name == "nt":  # where asking would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _locks_of(real: Path) -> list[Path]:
    """The owner files that Word (and WPS) and LibreOffice leave beside an open document."""
    names = [f"~${real.name[n:]}" for n in range(3)] + [f".~lock.{real.name}#"]
    return [real.with_name(name) for name in names]


def _set_aside(real: Path) -> Path | None:
    """Give a file a name that nobody has; None where another run has taken it away."""
    number = 1
    while True:
        suffix = _ASIDE if number == 1 else f"{_ASIDE}{number}"
        aside = real.with_name(f"{real.stem}.{suffix}{real.suffix}")
        try:
            _rename(real, aside)
            return aside
        except FileExistsError:
            number += 1
        except FileNotFoundError:
            return None


def _rename(real: Path, aside: Path) -> None:
    """Add a name to a file, so that a kill leaves no gap before the new one takes the old name.

    Where the disk knows no second names (FAT), the name is reserved and the file moved.
    """
    try:
        os.link(real, aside)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            os.replace(real, aside)
        except OSError:
            aside.unlink()
            raise


def _bring_back(aside: Path, real: Path) -> None:
    if os.path.exists(real) and os.path.samefile(aside, real):
        os.unlink(aside)
    else:
        os.replace(aside, real)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
