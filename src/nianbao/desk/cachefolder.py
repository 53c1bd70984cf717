"""The user's cache folder: what may be lost, and what nobody else may have written.

Knows where the system keeps such files, whom a folder and a file there must belong to
before they are used, and how one is replaced while others read it. Everything here may
fail, and then there is nothing; nothing is told, nothing raised. Knows nothing of what
the files hold.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from nianbao import regularfile

_FORBIDDING = "NIANBAO_NO_CACHE"
_MOST = 16_000_000
_KEPT = 64
"""Files in the folder; of more, those written longest ago go."""
_FLAGS = regularfile.FLAGS | getattr(os, "O_NOFOLLOW", 0)


def folder() -> Path | None:
    """Where our files are kept, None where the environment forbids it or says of no place."""
    if os.environ.get(_FORBIDDING):
        return None
    name, below = ("XDG_CACHE_HOME", ""), ("HOME", ".cache")
    if os.name == "nt":
        name = below = ("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        below = ("HOME", "Library/Caches")
    for variable, folder in (name, below):
        if os.path.isabs(named := os.environ.get(variable, "")):
            return Path(named, folder, "nianbao")
    return None


def read(name: str) -> bytes | None:
    """The file `name`, where it and the folder are this user's alone."""
    inside = folder()
    try:
        if inside is None or not _is_ours(os.lstat(inside)):
            return None
        with open(os.open(inside / name, _FLAGS), "rb") as file:
            found = os.fstat(file.fileno())
            return file.read() if _is_ours(found) and found.st_size <= _MOST else None
    except OSError:
        return None


def write(name: str, data: bytes) -> None:
    """Put a file `name` in the folder, in one move, if that can be."""
    inside = folder()
    if inside is None or len(data) > _MOST:
        return
    beside = inside / f".{name}.{os.getpid()}.tmp"
    try:
        os.makedirs(inside.parent, exist_ok=True)
        if not os.path.lexists(inside):
            os.mkdir(inside, 0o700)
        if not _is_ours(os.lstat(inside)):
            return
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        try:
            with open(os.open(beside, flags, 0o600), "wb") as file:
                file.write(data)
            os.replace(beside, inside / name)
        except OSError:
            os.unlink(beside)
        _thin_out(inside)
    except OSError:
        return


def _is_ours(found: os.stat_result) -> bool:
    """True where it belongs to this user, and nobody else may write it.

    On Windows the folder lies in the user's own profile, which is closed to others.
    """
    if os.name == "nt":
        return not stat.S_ISLNK(found.st_mode)
    kind = stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)
    return kind and found.st_uid == os.geteuid() and not found.st_mode & 0o022


def _thin_out(inside: Path) -> None:
    """Remove what was written longest ago, where there are more files than are kept."""
    with os.scandir(inside) as entries:
        files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
    if len(files) > _KEPT:
        files.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime, reverse=True)
        for entry in files[_KEPT:]:
            os.unlink(entry.path)
