"""Each of the 190 tied cells guards its ties: changed by one, the report is refused there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import EXAMPLE, EXAMPLES, check, example, nianbao, part, place_of, places

from nianbao.desk.pipeline import Session
from nianbao.form.form import Form
from nianbao.form.row import Cell, Group, Row

REPORT, _ = Session().read(EXAMPLE)
FORM: Form = REPORT.form
TIED = [cell for cell in FORM.cells.values() if cell.address[0] in "cd"]


def listed(items: tuple[Row | Group, ...], change: Cell | None, indent: str = "  ") -> list[str]:
    """A table's rows as lists of numbers, the cell `change` one too many."""
    lines = []
    for item in items:
        if isinstance(item, Group):
            lines += [f"{indent}{item.key}:", *listed(item.items, change, indent + "  ")]
            continue
        typed = [
            str(int(REPORT.numbers[cell.address].value) + (cell == change)) for cell in item.cells()
        ]
        lines.append(f"{indent}{item.key}: [{', '.join(typed)}]")
    return lines


def text_of(change: Cell | None) -> str:
    """The example with tables three and four as lists."""
    text = EXAMPLE.read_text("utf-8")
    _, requests, suits = (section for section in FORM.sections if section.table)
    for section in (requests, suits):
        assert section.table
        start = text.index(f"{section.key}:\n")
        end = text.index("\n\n", start)
        lines = [f"{section.key}:", *listed(section.table.items, change)]
        text = text[:start] + "\n".join(lines) + text[end:]
    return text


def place_in(text: str, cell: Cell) -> tuple[int, int]:
    """Where a cell's number stands in a text of lists."""
    section = next(s for s in FORM.sections if s.table and cell in s.table.cells())
    lines = text.split("\n")
    at = lines.index(f"{section.key}:")
    for name in (*cell.row.groups, cell.row.key):
        at = next(n for n in range(at + 1, len(lines)) if lines[n].strip().startswith(f"{name}:"))
        if name == cell.row.key and cell.row.groups:
            depth = 2 * len(cell.row.groups) + 2
            while not lines[at].startswith(f"{' ' * depth}{name}:"):
                at += 1
    spot = [found.start() for found in re.finditer(r"\d+", lines[at].partition("[")[2])]
    column = lines[at].index("[") + 2 + spot[cell.row.columns.index(cell.column)]
    return at + 1, column


def expected(text: str, cell: Cell) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Where one wrong cell is told: at its row's total; and what else it unbalances, （七）总计."""
    total = next(column for column in cell.row.columns if column.is_total)
    found = place_in(text, cell.row.cell(total))
    in_column = cell.address.startswith("c")
    return {found}, {place_in(text, FORM.cells[f"c24{cell.column.letter}"])} if in_column else set()


def test_every_tied_cell_is_guarded(tmp_path: Path) -> None:
    assert len(TIED) == 190
    tried = part(3, TIED)
    files = {}
    for cell in tried:
        path = tmp_path / f"{cell.address}.yaml"
        path.write_text(text_of(cell), "utf-8")
        files[str(path)] = cell
    ran = nianbao("check", "--format", "json", *files, cwd=tmp_path)
    assert ran.code == 1
    told = json.loads(ran.out)["files"]
    assert len(told) == len(tried)
    for file in told:
        cell = files[file["file"]]
        assert not file["accepted"], cell
        text = Path(file["file"]).read_text("utf-8")
        errors = [f for f in file["findings"] if f["severity"] == "error"]
        (error,) = errors
        at, beside = expected(text, cell)
        assert error["code"] == "T101"
        assert {(error["line"], error["column"])} == at, cell
        others = [r for r in error["related"] if "不平" in r["message"]]
        assert {(r["line"], r["column"]) for r in others} == beside, cell
        assert len(others) == (2 if cell.row.address == "c24" else cell.address[0] == "c")


def test_the_same_report_as_lists_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "lists.yaml"
    path.write_text(text_of(None), "utf-8")
    assert places(check(path), "C001") == []


def test_one_wrong_cell_is_told_once_and_two_are_not(tmp_path: Path) -> None:
    """The ties that one cell unbalances are one finding; with two wrong cells none is guessed."""
    old = "    总计: [12, 4, 1, 1, 2, 0, 20]"
    path = example(tmp_path, (old, old.replace("20]", "21]")))
    (told,) = [f for f in check(path)["findings"] if f["severity"] == "error"]
    assert told["code"] == "T101"
    assert told["message"].endswith("；“总计”也因此不平。")
    path = example(tmp_path, (old, "    总计: [13, 5, 1, 1, 2, 0, 20]"))
    errors = [f["code"] for f in check(path)["findings"] if f["severity"] == "error"]
    assert errors == ["T102", "T102", "T102", "T102", "T101"]


def test_the_repair_names_the_cell_that_was_changed(tmp_path: Path) -> None:
    for address in ("c5a", "c24c", "c13g", "c1d"):
        cell = FORM.cells[address]
        path = tmp_path / "2025.yaml"
        path.write_text(text_of(cell), "utf-8")
        hints = {f["hint"] for f in check(path)["findings"] if f["severity"] == "error"}
        typed = int(REPORT.numbers[address].value)
        assert len(hints) == 1
        assert f"{cell.words} 由 {typed + 1} 改为 {typed}" in hints.pop(), address


def test_ties_hold_in_each_way_of_writing_a_row(tmp_path: Path) -> None:
    path = example(tmp_path, ("属于国家秘密: 0", "属于国家秘密: {自然人: 1, 总计: 0}"))
    line, column = place_of(path, "0}\n      其他法律")
    total, _ = place_of(path, "    总计: [12")
    (error,) = [f for f in check(path)["findings"] if f["severity"] == "error"]
    assert (error["code"], error["line"], error["column"]) == ("T101", line, column)
    assert (total, 10) in {(r["line"], r["column"]) for r in error["related"]}
    path = example(tmp_path, ("复议后起诉:       {结果维持: 1, 总计: 1}", "复议后起诉: {总计: 1}"))
    assert [code for code, *_ in places(check(path), "C001")] == ["T101"]
    assert places(check(path), "C001")[0][1:] == place_of(path, "1}\n  注:")


def test_a_shorthand_total_is_found_at_its_zero(tmp_path: Path) -> None:
    path = example(tmp_path, ("    总计: [12, 4, 1, 1, 2, 0, 20]", "    总计: 0"))
    line, column = place_of(path, "    总计: 0")
    assert set(places(check(path), "C001", "N101")) == {("T102", line, column + 8)}


def test_zero_printed_for_ten_plus_one_is_refused_and_both_lines_are_told(tmp_path: Path) -> None:
    path = example(
        tmp_path,
        ("予以公开: [4, 2, 1, 1, 0, 0, 8]", "予以公开: [10, 1, 0, 0, 0, 0, 0]"),
        ("本年新收: [12, 3, 1, 1, 2, 0, 19]", "本年新收: [18, 2, 0, 0, 2, 0, 22]"),
        ("    总计: [12, 4, 1, 1, 2, 0, 20]", "    总计: [18, 3, 0, 0, 2, 0, 23]"),
    )
    row, _ = place_of(path, "予以公开: [10")
    total, _ = place_of(path, "    总计: [18")
    ran = nianbao("generate", path, cwd=tmp_path)
    assert ran.code == 1
    assert not (tmp_path / "outputs").exists()
    errors = [f for f in check(path)["findings"] if f["severity"] == "error"]
    (by_row,) = errors
    assert (by_row["code"], by_row["line"]) == ("T101", row)
    assert total in {related["line"] for related in by_row["related"]}
    assert (
        "自然人 10 + 商业企业 1（其余各项为 0）= 11，总计 0，多了 11（差 +11）" in by_row["message"]
    )
    assert "总计·（一）予以公开 由 0 改为 11" in by_row["hint"]
    by_column, *cells = by_row["related"]
    assert by_column["line"] == total
    assert {r["message"] for r in cells} == {
        "自然人·（一）予以公开 10",
        "商业企业·（一）予以公开 1",
    }
    assert all(r["line"] == row and "file" not in r for r in cells)


@pytest.mark.parametrize(
    ("old", "new", "key", "at"),
    [
        ("[1, 1, 0, 0, 0, 0, 2]\n  本年度", None, None, None),
        ('"5（其中修订2件）", 1, 12]', '"5（其中修订2件）", 1, 13]', "13/14", "13]"),
    ],
)
def test_ties_with_last_year_ask(
    tmp_path: Path, old: str, new: str | None, key: str | None, at: str | None
) -> None:
    (tmp_path / "青石镇2024.yaml").write_bytes((EXAMPLES / "青石镇2024.yaml").read_bytes())
    if new is None:
        assert places(check(example(tmp_path))) == []
        return
    path = example(tmp_path, (old, new))
    file = check(path)
    assert file["accepted"]
    (asked,) = file["findings"]
    assert (asked["code"], asked["severity"]) == ("C101", "confirm")
    assert asked["answer_key"] == f"C101 现行有效件数·行政规范性文件 {key}"
    assert (asked["line"], asked["column"]) == place_of(path, at or "")
    last = [r for r in asked["related"] if "file" in r]
    assert [Path(r["file"]).name for r in last] == ["青石镇2024.yaml"]
    assert not check(path, "--strict")["accepted"]


def test_what_was_carried_forward_is_brought_forward(tmp_path: Path) -> None:
    text = (EXAMPLES / "青石镇2024.yaml").read_text("utf-8")
    (tmp_path / "青石镇2024.yaml").write_text(text, "utf-8")
    path = example(
        tmp_path,
        ("上年结转: [1, 1, 0, 0, 0, 0, 2]", "上年结转: [2, 0, 0, 0, 0, 0, 2]"),
        ("本年新收: [12, 3, 1, 1, 2, 0, 19]", "本年新收: [11, 4, 1, 1, 2, 0, 19]"),
    )
    asked = [f for f in check(path)["findings"] if f["code"] == "C101"]
    assert [f["answer_key"] for f in asked] == [
        "C101 自然人·上年结转 1/2",
        "C101 商业企业·上年结转 1/0",
    ]


@pytest.mark.parametrize("name", ["absent", "broken", "wrong year", "other unit"])
def test_checks_that_cannot_be_made_say_so(tmp_path: Path, name: str) -> None:
    last = (EXAMPLES / "青石镇2024.yaml").read_text("utf-8")
    last = {
        "absent": "",
        "broken": last.replace("行政许可: 40", "行政许可: 无"),
        "wrong year": last.replace("年度: 2024", "年度: 2023"),
        "other unit": last.replace("单位: 云岭县青石镇", "单位: 云岭县白石镇"),
    }[name]
    if last:
        (tmp_path / "青石镇2024.yaml").write_text(last, "utf-8")
    file = check(example(tmp_path))
    assert file["accepted"]
    assert [(f["code"], f["severity"]) for f in file["findings"]] == [("C001", "note")]
    assert "没有同上年核对" in file["findings"][0]["message"]


def test_a_named_file_of_another_unit_is_not_compared_with(tmp_path: Path) -> None:
    last = (EXAMPLES / "青石镇2024.yaml").read_text("utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(last.replace("单位: 云岭县青石镇", "单位: 云岭县白石镇"), "utf-8")
    (found,) = check(example(tmp_path), "--last-year", other)["findings"]
    assert found["code"] == "C001"
    assert "other.yaml 的单位是“云岭县白石镇人民政府”" in found["message"]


def test_a_copied_file_that_kept_last_years_name_asks(tmp_path: Path) -> None:
    path = example(tmp_path).rename(tmp_path / "青石镇2026.yaml")
    asked = [f for f in check(path)["findings"] if f["severity"] == "confirm"]
    assert [(f["code"], f["answer_key"]) for f in asked] == [("S201", "S201 年度 2026/2025")]
