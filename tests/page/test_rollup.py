"""The workbook after LibreOffice has worked its formulas out: every sum is the towns' own.

Thirty towns, some of which are not added; what LibreOffice saves is read by openpyxl and csv.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support import SMALL_FORMS, nianbao
from support import county as made

Convert = Callable[[Iterable[Path], str], dict[str, Path]]


def drawn() -> list[str]:
    """The addresses of the form as its sheets are read, line by line."""
    found = [f"b{row}{c}" for row in (1, 2) for c in "abc"] + [f"b{n}a" for n in (3, 4, 5, 6)]
    found += [f"c{n}{c}" for n in range(1, 26) for c in "abcdefg"]
    return found + [f"d{n}{c}" for n in (1, 2, 3) for c in "abcde"]


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[made.Town]]:
    """The folder of a roll-up, and the towns that are in its sum."""
    folder = tmp_path_factory.mktemp("county")
    towns = made.towns(30)
    for town in towns[:-1]:
        town.written(folder / "收")
    spoilt = folder / "收" / f"{towns[7].name}2025.yaml"
    spoilt.write_text(spoilt.read_text("utf-8").replace("行政许可: ", "行政许可: /"), "utf-8")
    roster = made.roster(folder, towns, ["乡镇", "街道", "部门"])
    ran = nianbao("rollup", "收", "--roster", roster, "--workbook", "hz.xlsx", cwd=folder)
    assert ran.code == 1
    return folder, [town for n, town in enumerate(towns[:-1]) if n != 7]


def test_every_sum_is_the_towns_own(
    thirty: tuple[Path, list[made.Town]], convert: Convert, tmp_path: Path
) -> None:
    folder, towns = thirty
    total = made.summed(towns)
    saved = convert([folder / "hz.xlsx"], "xlsx")["hz"]
    formulas = openpyxl.load_workbook(folder / "hz.xlsx")
    worked_out = openpyxl.load_workbook(saved, data_only=True)
    found = [
        Decimal(str(worked_out[page.title][cell.coordinate].value))
        for page in formulas.worksheets[:3]
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert found == [total[address] for address in drawn()]


def test_every_subtotal_is_too(
    thirty: tuple[Path, list[made.Town]], convert: Convert, tmp_path: Path
) -> None:
    folder, towns = thirty
    saved = convert([folder / "hz.xlsx"], "xlsx")["hz"]
    page = openpyxl.load_workbook(saved, data_only=True)["各单位"]
    rows = {page.cell(row, 2).value: row for row in range(5, page.max_row + 1)}
    all_towns = made.towns(30)
    for number, kind in enumerate(("乡镇", "街道", "部门")):
        own = made.summed(t for t in towns if all_towns.index(t) % 3 == number)
        row = rows[f"小计：{kind}"]
        found = [Decimal(str(page.cell(row, c).value)) for c in range(6, page.max_column + 1)]
        assert found == [own[address] for address in drawn()]


def test_a_rate_is_the_quotient_of_the_sums(tmp_path: Path, convert: Convert) -> None:
    form = SMALL_FORMS / "training"
    text = (form / "2025.yaml").read_text("utf-8")
    (tmp_path / "收").mkdir()
    (tmp_path / "收" / "甲.yaml").write_text(text, "utf-8")
    other = text.replace("云岭县人力", "河口县人力").replace("，培训结业30人，培训未结业10人", "")
    other = other.replace("[30, -2, 24, 80.0%]", "[10, -1, 5, 50.0%]")
    other = other.replace("[40, 8, 30, 75.00%]", "[20, 9, 11, 55.00%]").replace("0.72", "1.95")
    (tmp_path / "收" / "乙.yaml").write_text(other.replace("人数: 20", "人数: 10"), "utf-8")
    argv = ("rollup", "收", "--workbook", "l.xlsx", "--templates", form, "--format", "json")
    assert nianbao(*argv, cwd=tmp_path).code == 0
    saved = convert([tmp_path / "l.xlsx"], "csv")["l"]
    rows = [row for row in csv.reader(saved.read_text("utf-8").splitlines()) if any(row)]
    assert any(row[-4:] == ["40", "-3", "29", "72.5%"] for row in rows), rows
    assert any(row[-4:] == ["60", "17", "41", "68.33%"] for row in rows), rows
