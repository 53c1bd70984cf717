"""The data aboard outlive LibreOffice, which saves a document as .docx in a way of its own."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from support.reports import generated

from nianbao.word import aboard, package

NAMES = ("青石镇2025", "2025", "projects-2025", "library-2025")


def data_of(path: Path) -> aboard.Printed | None:
    with zipfile.ZipFile(path) as archive:
        return aboard.of_members({name: archive.read(name) for name in archive.namelist()})


def test_the_data_aboard_are_the_same_after_libreoffice(
    tmp_path: Path, convert: Callable[[Iterable[Path], str], dict[str, Path]]
) -> None:
    written = {}
    for name in NAMES:
        (tmp_path / name).mkdir()
        path = generated(tmp_path / name, name)
        written[name] = path.rename(tmp_path / f"{name}.docx")
    saved = convert(written.values(), "docx")
    for name, path in written.items():
        assert not package.is_untouched(saved[name].read_bytes())
        assert data_of(saved[name]) == data_of(path)
        assert data_of(path) is not None
