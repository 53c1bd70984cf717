"""A file is opened once, as a regular one, and read up to a size."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from nianbao import regularfile


def test_a_file_is_read_up_to_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert regularfile.read(path, 5) == b"12345"
    with pytest.raises(regularfile.TooLargeError) as caught:
        regularfile.read(path, 4)
    assert caught.value.size == 5


def test_a_sparse_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    with pytest.raises(regularfile.TooLargeError):
        regularfile.read(path, 1000)


def test_what_is_absent_or_a_folder_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        regularfile.read(tmp_path / "a", 5)
    with pytest.raises(OSError, match=r"directory|denied"):
        regularfile.read(tmp_path, 5)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_and_a_device_do_not_hold_the_reader(tmp_path: Path) -> None:
    pipe = tmp_path / "a"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(regularfile.NotRegularError):
            regularfile.read(path, 5)
