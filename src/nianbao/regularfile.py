"""A regular file on the disk, opened once and read up to a size.

Knows pipes, devices and files that are larger than they may be, so that reading
one ends. Knows nothing of what stands in a file, and says nothing to a user.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
"""Such that opening a pipe or a device ends."""


class NotRegularError(OSError):
    """A pipe, a device or the like."""


class TooLargeError(OSError):
    """More bytes than are read; `size` is what is known of it."""

    def __init__(self, size: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG))
        self.size = size


def read(path: Path, most: int) -> bytes:
    """The bytes of the file at `path`, at most `most`. Raises OSError."""
    with open(os.open(path, FLAGS), "rb") as file:
        found = os.fstat(file.fileno())
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise NotRegularError(errno.EINVAL, "not a regular file", str(path))
        data = file.read(most + 1) if found.st_size <= most else b""
        if len(data) > most or found.st_size > most:
            raise TooLargeError(max(len(data), found.st_size))
        return data
