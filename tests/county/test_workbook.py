"""The workbook, opened by openpyxl: its formulas worked out here, its dress looked at.

What LibreOffice makes of the formulas is tests/page/test_rollup.py's.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from support import SMALL_FORMS, nianbao
from support import county as made
from support.county import Town

RAW = "各单位"
SUM = re.compile(r"=(?:ROUND\()?SUM\('各单位'!([A-Z]+)\$(\d+):\1\$(\d+)\)(?:,\d\))?")


@pytest.fixture
def towns(tmp_path: Path) -> list[Town]:
    found = made.towns(4)
    for town in found:
        town.written(tmp_path / "收")
    return found


def written(folder: Path, *argv: object) -> Workbook:
    nianbao("rollup", "收", "--workbook", "汇总.xlsx", *argv, cwd=folder)
    return openpyxl.load_workbook(folder / "汇总.xlsx")


def worked_out(book: Workbook, formula: str) -> Decimal:
    """What a sum of the form's sheets comes to."""
    found = SUM.fullmatch(formula)
    assert found, formula
    rows = range(int(found[2]), int(found[3]) + 1)
    return sum((Decimal(str(book[RAW][f"{found[1]}{row}"].value)) for row in rows), Decimal(0))


def test_every_table_is_a_sheet_of_live_sums(tmp_path: Path, towns: list[Town]) -> None:
    book = written(tmp_path)
    assert book.sheetnames == ["主动公开", "依申请公开", "复议诉讼", RAW, "检查结果", "收件登记"]
    found = [
        worked_out(book, cell.value)
        for page in book.worksheets[:3]
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(found) == 200
    assert found == [*map(made.summed(towns).get, in_drawn_order())]


def in_drawn_order() -> list[str]:
    """The addresses of the form as its tables are read, line by line."""
    rows = [f"b1{c}" for c in "abc"] + [f"b2{c}" for c in "abc"] + [f"b{n}a" for n in (3, 4, 5, 6)]
    rows += [f"c{n}{c}" for n in range(1, 26) for c in "abcdefg"]
    return rows + [f"d{n}{c}" for n in (1, 2, 3) for c in "abcde"]


def test_a_table_is_laid_out_as_on_the_form(tmp_path: Path, towns: list[Town]) -> None:
    page = written(tmp_path)["依申请公开"]
    merged = {str(area) for area in page.merged_cells.ranges}
    texts = {cell.value: cell for row in page.iter_rows() for cell in row if cell.value}
    assert texts["申请人情况"].column_letter == "D"
    assert {"D3:J3", "E4:I4", "A8:A29", "A1:J1"} <= merged
    assert texts["（一）予以公开"].row == 8
    assert page.freeze_panes == "D6"
    assert page.page_setup.fitToWidth == 1
    assert page.print_area == "'依申请公开'!$A$1:$J$30"


def test_each_unit_is_a_row_and_each_kind_a_subtotal(tmp_path: Path, towns: list[Town]) -> None:
    roster = made.roster(tmp_path, towns, ["乡镇", "街道"])
    page = written(tmp_path, "--roster", roster)[RAW]
    column = page.max_column  # 总计 of the last row of the last table
    assert [page.cell(row, 2).value for row in range(5, 11)] == [
        *(town.unit for town in towns),
        "总和",
        "小计：乡镇",
    ]
    assert [page.cell(row, column).value for row in range(5, 9)] == [
        int(town.figures["d3e"]) for town in towns
    ]
    assert page.cell(
        9, column
    ).value == f"=SUM({page.cell(9, column).column_letter}$5:GV$8)".replace(
        "GV", page.cell(9, column).column_letter
    )
    assert "SUMIF($C$5:$C$8,$C10," in page.cell(10, column).value
    assert page.freeze_panes == "F5"
    assert page.print_title_rows == "$1:$4"


def test_who_is_lacking_stands_over_every_table_and_below_the_sums(
    tmp_path: Path, towns: list[Town]
) -> None:
    path = tmp_path / "收" / f"{towns[1].name}2025.yaml"
    text = re.sub(r"(?m)^  行政许可: \d+$", "  行政许可: 1.5", path.read_text("utf-8"))
    path.write_text(text.replace("结转下年度继续办理: [", "结转下年度继续办理: [1"), "utf-8")
    book = written(tmp_path)
    for page in book.worksheets[:3]:
        assert f"退回：{towns[1].name}" in page["A2"].value
    page = book[RAW]
    assert [page.cell(row, 2).value for row in (5, 6, 7, 8)] == [
        *(town.unit for town in (towns[0], *towns[2:])),
        "总和",
    ]
    below = next(r for r in range(9, 20) if page.cell(r, 2).value == towns[1].unit)
    assert page.cell(below, 4).value == "退回"
    coloured = {page.cell(below, c).fill.fgColor.rgb for c in range(6, page.max_column + 1)} - {
        "00000000"
    }
    assert coloured == {"00F8B4B4"}
    total = made.summed([towns[0], *towns[2:]])
    assert worked_out(book, book["复议诉讼"].cell(6, 15).value) == total["d3e"]
    told = [[cell.value for cell in row] for row in book["检查结果"].iter_rows(min_row=3)]
    assert any(row[0] == towns[1].unit and row[2] == "错误" and row[3] == "T101" for row in told)


def test_the_register_tells_every_round(tmp_path: Path, towns: list[Town]) -> None:
    path = towns[2].written(tmp_path / "二轮")
    text = re.sub(r"(?m)^  行政许可: \d+$", "  行政许可: 5", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    book = written(tmp_path, "二轮", "--roster", made.roster(tmp_path, made.towns(5)))
    rows = [[cell.value for cell in row] for row in book["收件登记"].iter_rows(min_row=2)]
    assert rows[0][4:6] == ["第 1 次报来", "第 2 次报来"]
    second = next(row for row in rows if row[0] == towns[2].unit)
    assert second[4:6] == [f"{folder}/{towns[2].name}2025.yaml" for folder in ("收", "二轮")]
    assert "行政许可" in second[6]
    assert rows[-1][3] == "没有交"


def test_a_text_is_never_a_formula(tmp_path: Path, towns: list[Town]) -> None:
    path = tmp_path / "收" / f"{towns[0].name}2025.yaml"
    evil = '=HYPERLINK("http://x","y")'
    text = path.read_text("utf-8").replace(f"单位: {towns[0].unit}", f"单位: '{evil}'")
    path.write_text(text, "utf-8")
    book = written(tmp_path)
    cells = [c for page in book.worksheets for row in page.iter_rows() for c in row]
    named = [cell for cell in cells if cell.value == evil]
    assert named
    assert {cell.data_type for cell in named} == {"s"}


def test_the_same_roll_up_gives_the_same_bytes(tmp_path: Path, towns: list[Town]) -> None:
    written(tmp_path)
    first = (tmp_path / "汇总.xlsx").read_bytes()
    (tmp_path / "汇总.xlsx").unlink()
    written(tmp_path)
    assert (tmp_path / "汇总.xlsx").read_bytes() == first


@pytest.mark.filterwarnings("ignore::EncodingWarning")  # openpyxl's own scratch file
def test_a_workbook_that_was_worked_in_is_set_aside(tmp_path: Path, towns: list[Town]) -> None:
    book = written(tmp_path)
    (tmp_path / "收" / f"{towns[0].name}2025.yaml").unlink()
    written(tmp_path)
    assert not list(tmp_path.glob("*手工改过*"))
    book[RAW]["A1"] = "记下来的话"
    book.save(tmp_path / "汇总.xlsx")
    towns[0].written(tmp_path / "收")
    written(tmp_path)
    kept = openpyxl.load_workbook(tmp_path / "汇总.手工改过.xlsx")
    assert kept[RAW]["A1"].value == "记下来的话"


def test_a_rate_is_a_formula_over_the_sums(tmp_path: Path) -> None:
    (tmp_path / "收").mkdir()
    form = SMALL_FORMS / "training"
    (tmp_path / "收" / "甲.yaml").write_bytes((form / "2025.yaml").read_bytes())
    book = written(tmp_path, "--templates", form)
    cells = [c for row in book.worksheets[0].iter_rows() for c in row]
    (rate, *_) = [c for c in cells if c.number_format == "0.0%"]
    assert re.fullmatch(r"=IFERROR\(ROUND\(\(SUM\(.+\)\)/\(SUM\(.+\)\),3\),\"—\"\)", rate.value)
