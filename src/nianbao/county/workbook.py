"""The roll-up as a spreadsheet, for an officer who works in Excel.

Knows which sheets there are (each table of the form, the raw figures, the
findings, the register of what came in) and how the file is packed, the same each
time. Changes no figure: what was rejected stands below the sums, as it came.
"""

from __future__ import annotations

import hashlib
import io
import warnings
import zipfile
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook

from nianbao.county import ledger, lists, rawsheet, sheet, tablesheet
from nianbao.county.standing import Standings
from nianbao.diagnostics import Finding
from nianbao.report.report import Report
from nianbao.word.layout import Layout


def write(
    standings: Standings,
    total: Report,
    drawn: Layout,
    *,
    lacking: str,
    findings: Sequence[Finding],
    ties: Sequence[Finding],
) -> bytes:
    """The whole workbook. The same roll-up gives the same bytes."""
    book = Workbook()
    book.remove(book.active)
    raw = ledger.of(standings)
    for drawn_sheet in sheet.of(drawn, total):
        tablesheet.write(
            book.create_sheet(drawn_sheet.name), drawn_sheet, raw, total, lacking=lacking
        )
    rawsheet.write(book.create_sheet(ledger.NAME), raw, lacking=lacking)
    lists.findings(book.create_sheet("检查结果"), standings, [*findings, *ties])
    lists.register(book.create_sheet("收件登记"), standings)
    book.properties.creator = book.properties.lastModifiedBy = "nianbao"
    book.properties.title = f"{standings.year}年汇总"
    saved = io.BytesIO()
    with warnings.catch_warnings():  # openpyxl names a scratch file by opening it as text
        warnings.simplefilter("ignore", EncodingWarning)
        book.save(saved)
    return _packed(saved.getvalue(), datetime(standings.year or 1980, 12, 31))


def is_untouched(data: bytes) -> bool:
    """True for a workbook of ours that no program has saved since."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
            return archive.comment == _digest(members)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False


def _packed(data: bytes, day: datetime) -> bytes:
    """The same members without the hour at which they were written."""
    stamp = f"{day:%Y-%m-%dT00:00:00Z}".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = members["docProps/core.xml"]
    for element in (b"created", b"modified"):
        begin = core.index(b">", core.index(b"<dcterms:" + element)) + 1
        core = core[:begin] + stamp + core[core.index(b"<", begin) :]
    members["docProps/core.xml"] = core
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name), member, zipfile.ZIP_DEFLATED)
        archive.comment = _digest(members)
    return packed.getvalue()


def _digest(members: dict[str, bytes]) -> bytes:
    digest = hashlib.sha256()
    for name in sorted(members):
        digest.update(f"{name}\0{len(members[name])}\0".encode() + members[name])
    return f"nianbao {digest.hexdigest()}".encode()
