"""Three hundred documents, twenty of them broken in ten ways, in two rounds; memory stays flat."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from support import county as made
from support import nianbao
from support.county import Town

COUNT, BROKEN = 300, 20
MEASURED = """
import resource, sys
from nianbao.desk import cli
sys.argv = ["nianbao", *sys.argv[1:]]
try:
    cli.main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


def _no_zip(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(2000))


def _text_in(table: int, row: int, cell: int, text: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        document = docx.Document(str(path))
        square = document.tables[table].rows[row].cells[cell]
        square.paragraphs[0].runs[0].text = text
        document.save(str(path))

    return change


def _no_unit(path: Path) -> None:
    document = docx.Document(str(path))
    for paragraph in document.paragraphs[:3]:
        for run in paragraph.runs:
            run.text = ""
    document.save(str(path))


def _no_tables(path: Path) -> None:
    document = docx.Document(str(path))
    for table in document.tables:
        table._tbl.getparent().remove(table._tbl)
    document.save(str(path))


WAYS = [
    _empty,
    _cut,
    _no_zip,
    _text_in(1, 4, 9, "99999"),
    _text_in(1, 4, 4, ""),
    _text_in(0, 6, 1, "/"),
    _text_in(2, 3, 4, "十二"),
    _text_in(1, 26, 9, "7 8"),
    _no_unit,
    _no_tables,
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Town]]:
    """The documents in 一轮/, the first twenty broken; the first ten again, sound, in 二轮/."""
    folder = tmp_path_factory.mktemp("county")
    towns = made.towns(COUNT)
    for town in towns:
        town.written(folder / "填报")
    files = [f"填报/{town.name}2025.yaml" for town in towns]
    assert nianbao("generate", *files, "-o", "一轮/", cwd=folder).code == 0
    assert nianbao("generate", *files[:10], "-o", "二轮/", cwd=folder).code == 0
    for number in range(BROKEN):
        WAYS[number % len(WAYS)](folder / "一轮" / f"{towns[number].name}2025.docx")
    return folder, towns


def rolled(folder: Path, *argv: str) -> tuple[int, dict[str, object], int]:
    """The exit code, what was printed, and the memory that it took in KB."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, "rollup", *argv, "--format", "json"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    (memory,) = re.findall(rb"^\d+$", ran.stderr.strip())
    return ran.returncode, json.loads(ran.stdout), int(memory)


def test_every_sum_equals_an_independent_one(county: tuple[Path, list[Town]]) -> None:
    folder, towns = county
    roster = made.roster(folder, towns, ["乡镇", "街道"])
    argv = ("一轮", "--roster", str(roster), "--workbook", "汇总.xlsx", "--return", "退回")
    code, document, _ = rolled(folder, *argv)
    assert code == 1
    states = [unit["state"] for unit in document["units"]]  # type: ignore[index,union-attr]
    assert states[BROKEN:] == ["in"] * (COUNT - BROKEN)
    assert not {*states[:BROKEN]} - {"rejected", "unread"}
    assert cells(document) == made.summed(towns[BROKEN:])
    letters = list((folder / "退回").glob("*/退回说明.txt"))
    assert len(letters) == BROKEN
    book = openpyxl.load_workbook(folder / "汇总.xlsx")
    assert "缺 20 个单位" in book.worksheets[0]["A2"].value


def test_a_second_round_mends_the_first(county: tuple[Path, list[Town]]) -> None:
    folder, towns = county
    roster = made.roster(folder, towns)
    code, document, _ = rolled(folder, "一轮", "二轮", "--roster", str(roster), "-o", "县.yaml")
    assert code == 1
    assert cells(document) == made.summed([*towns[:10], *towns[BROKEN:]])


def test_memory_does_not_grow_with_the_files(county: tuple[Path, list[Town]]) -> None:
    folder, towns = county
    few = [f"一轮/{town.name}2025.docx" for town in towns[BROKEN : BROKEN + 30]]
    many = [f"一轮/{town.name}2025.docx" for town in towns[BROKEN:]]
    _, _, thirty = rolled(folder, *few)
    _, _, hundreds = rolled(folder, *many)
    print(f"{thirty:,} KB for 30 documents, {hundreds:,} KB for {len(many)}")
    assert hundreds < 1.25 * thirty


def cells(document: dict[str, object]) -> dict[str, Decimal]:
    found = document["cells"]
    assert isinstance(found, dict)
    return {address: Decimal(text) for address, text in found.items()}
