"""A name of a form finds its cells, and the official form is the one that was issued."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import SECOND, read_form

from nianbao.form import figure
from nianbao.form.figure import FigureError, Figures
from nianbao.form.form import Form, Table
from nianbao.form.row import Row


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form()


def test_the_official_form_has_its_200_cells_in_printed_order(form: Form) -> None:
    assert [len(list(table.cells())) for table in form.tables()] == [10, 175, 15]
    assert len(form.cells) == 200
    addresses = [f"c{row}{column}" for row in range(1, 26) for column in "abcdefg"]
    assert [address for address in form.cells if address[0] == "c"] == addresses


def test_its_ties_cover_190_cells(form: Form) -> None:
    tied = {
        cell.address
        for table in form.tables()
        for tie in table.ties
        if not tie.crosses_years
        for term in tie.sides.terms
        for cell in term.cells
    }
    assert tied == {address for address in form.cells if address[0] in "cd"}
    assert len(tied) == 190


def test_its_columns_balance_in_every_applicant(form: Form) -> None:
    _, requests, _ = form.tables()
    within = [tie for tie in requests.ties if not tie.crosses_years]
    rows = [tie for tie in within if tie.in_row]
    columns = [tie for tie in within if not tie.in_row]
    assert (len(rows), len(columns)) == (25, 14)
    assert {tie.at.address for tie in rows} == {f"c{n}g" for n in range(1, 26)}
    assert {tie.at.address for tie in columns} == {f"c24{letter}" for letter in "abcdefg"}
    sums = [tie for tie in columns if len(tie.sides.left) == 6]
    for tie in sums:
        rows_added = [cell.row.address for term in tie.sides.left for cell in term.cells]
        assert rows_added == [f"c{n}" for n in range(3, 24)]


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        ("本年新收", ["c1g"]),
        ("本年新收.其他", ["c1f"]),
        ("不予公开", [f"c{n}g" for n in range(5, 13)]),
        ("（三）不予公开", [f"c{n}g" for n in range(5, 13)]),
        ("其他处理.其他", ["c23g"]),
        ("其他处理.其他.其他", ["c23f"]),
        ("本年度办理结果.总计", ["c24g"]),
        ("总计", ["c24g"]),
        ("其他", ["c23g"]),
        ("行政诉讼", ["d2e", "d3e"]),
        ("行政诉讼.复议后起诉.尚未审结", ["d3d"]),
        ("複議後起訴", ["d3e"]),
        ("规章.现行有效件数", ["b1c"]),
        ("行政强制", ["b5a"]),
        ("行政強制.本年處理決定數量", ["b5a"]),
        ("1.属于国家秘密", ["c5g"]),
    ],
)
def test_a_name_finds_its_cells(form: Form, name: str, addresses: list[str]) -> None:
    assert [cell.address for cell in figure.in_form(name, form)] == addresses


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("规章", "没有合计"),
        ("自然人", "表里没有"),
        ("天气", "表里没有"),
        ("不予公开.本年新收", "没有“本年新收”这一行"),
        ("本年新收.个体户", "没有“个体户”这一列"),
        (".", "不是一个名称"),
        ("", "不是一个名称"),
    ],
)
def test_a_name_that_finds_nothing_says_so(form: Form, name: str, said: str) -> None:
    with pytest.raises(FigureError, match=said) as refused:
        figure.in_form(name, form)
    assert refused.value.hint


def test_a_name_that_finds_several_lists_them() -> None:
    (section, *_) = (
        s for s in read_form(SECOND / "enforcement-2023.form.yaml").sections if s.table
    )
    assert section.table
    row = section.table.items[0]
    assert isinstance(row, Row)
    twice = Table((replace(row, columns=row.columns[:1]), replace(row, address="m9")), ())
    with pytest.raises(FigureError, match="可以指好几处") as refused:
        Figures([replace(section, table=twice)]).cells("上半年")
    assert "组名" in refused.value.hint


def test_every_cell_is_found_by_its_full_name(form: Form) -> None:
    for cell in form.cells.values():
        name = ".".join((*cell.row.groups, cell.row.key, cell.column.key))
        assert figure.in_form(name, form) == (cell,), name


def test_a_row_without_a_total_needs_its_column_in_any_form() -> None:
    second = read_form(SECOND / "enforcement-2023.form.yaml")
    with pytest.raises(FigureError, match="没有合计"):
        figure.in_form("上半年", second)
    assert [cell.address for cell in figure.in_form("上半年.专项抽查", second)] == ["m1b"]
    assert [cell.address for cell in figure.in_form("市容领域", second)] == ["n2z"]


def test_a_name_may_hold_dots_of_its_own() -> None:
    (section, *_) = (
        s for s in read_form(SECOND / "enforcement-2023.form.yaml").sections if s.table
    )
    assert section.table
    row = section.table.items[0]
    assert isinstance(row, Row)
    own = replace(row, key="Misc. items", columns=row.columns[:1], takes=row.takes[:1])
    other = replace(section, table=Table((own, replace(row, key="items", address="m9")), ()))
    figures = Figures([other])
    assert [cell.address for cell in figures.cells("Misc. items")] == ["m1a"]
    assert figures.cell("items.专项抽查").address == "m9b"
