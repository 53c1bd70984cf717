"""Documents that LibreOffice saved: drawn here, opened and written again by soffice.

Only in .ci/run: soffice takes its time to start.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache, partial
from pathlib import Path

from intake.layouts import Collection, ooxml, pages
from intake.layouts.features import by_python_docx
from intake.layouts.grid import pieces, row_of, rows, three, two
from intake.layouts.report import Report, report
from support import CI

LAYOUTS = Collection()
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
WORD = "docx:MS Word 2007 XML"
PAGE = "html:HTML (StarWriter)"


def _styled(r: Report) -> bytes:
    return ooxml.with_styles(pieces(r))


def _plain(r: Report) -> bytes:
    return by_python_docx(pieces(r), headings=False)


def _split(r: Report) -> bytes:
    grid = three(r)
    cut = row_of(grid, "c9a")
    return ooxml.simple(pieces(r, two, [grid[:cut], rows(grid, 0, 1, 2, *range(cut, 28))]))


def _page(r: Report) -> bytes:
    return pages.saved(r, pages.article(pieces(r)))


SOURCES = {
    "libreoffice-docx-styled": (".docx", _styled, (WORD,)),
    "libreoffice-docx-python-docx": (".docx", _plain, (WORD,)),
    "libreoffice-docx-split": (".docx", _split, (WORD,)),
    "libreoffice-by-way-of-odt": (".docx", _styled, ("odt", WORD)),
    "libreoffice-page-from-docx": (".docx", _styled, (PAGE,)),
    "libreoffice-docx-from-page": (".html", _page, (WORD,)),
    "libreoffice-text-from-docx": (".docx", _styled, ("txt:Text (encoded):UTF8",)),
}


@cache
def _converted() -> dict[str, bytes]:
    """All of them, each step of a kind in one start of soffice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps: dict[str, list[str]] = {}
        for drawing, (suffix, draw, kinds) in SOURCES.items():
            (folder / f"{drawing}{suffix}").write_bytes(draw(report(drawing)))
            steps[drawing] = list(kinds)
        at = {drawing: folder / f"{drawing}{SOURCES[drawing][0]}" for drawing in SOURCES}
        for number in range(2):
            for kind in {kinds[number] for kinds in steps.values() if len(kinds) > number}:
                mine = [d for d, kinds in steps.items() if kinds[number : number + 1] == [kind]]
                out = folder / f"{number}-{kind.partition(':')[0]}"
                _convert(kind, [at[d] for d in mine], out, folder)
                at |= {d: out / f"{d}.{kind.partition(':')[0]}" for d in mine}
        return {drawing: path.read_bytes() for drawing, path in at.items()}


def _convert(kind: str, sources: list[Path], out: Path, profile: Path) -> None:
    inside = ["--infilter=HTML (StarWriter)"] if sources[0].suffix == ".html" else []
    by_kind = [s for s in sources if s.suffix == sources[0].suffix]
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation=file://{profile}/profile",
            "--headless",
            *inside,
            "--convert-to",
            kind,
            "--outdir",
            str(out),
            *map(str, by_kind),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    rest = [s for s in sources if s not in by_kind]
    if rest:
        _convert(kind, rest, out, profile)


if SOFFICE and CI:
    for _name, (_, _, _kinds) in SOURCES.items():
        LAYOUTS.drawing(_name, f".{_kinds[-1].partition(':')[0]}", report)(
            partial(lambda r, name: _converted()[name], name=_name)
        )
