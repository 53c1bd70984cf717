"""Stocks, fees and numbers of two years: what is asked about, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import with_line, with_narrative
from support.cases import BASE, LAST_YEAR, check, written


def keys(path: Path, *codes: str) -> list[str]:
    return [f["answer_key"] for f in check(path)["findings"] if f["code"] in codes]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("[2, 1, 9]", None),
        ("[0, 0, 0]", None),
        ("[0, 4, 0]", None),
        ("[5, 0, 5]", None),
        ('["5（其中修订2件）", 6, 5]', None),
        ("[2, 1, 0]", "V202 行政规范性文件 2/1/0"),
        ('["2（其中修订1件）", 0, 0]', "V202 行政规范性文件 2/0/0"),
        ("[5, 1, 3]", "V203 行政规范性文件 5/3"),
        ("[2, 2, 0]", "V203 行政规范性文件 2/0"),
    ],
)
def test_what_is_left_of_a_stock(tmp_path: Path, row: str, key: str | None) -> None:
    path = written(tmp_path, with_line(BASE, "行政规范性文件", row))
    assert keys(path, "V202", "V203") == [key] * bool(key)


@pytest.mark.parametrize(
    ("unit", "before", "fee", "asked"),
    [
        ("云岭县白水镇人民政府", "0.5", "99.99", False),
        ("云岭县白水镇人民政府", "9.9", "100", True),
        ("云岭县白水镇人民政府", "10", "100", False),
        ("云岭县白水镇人民政府", "0", "100", True),
        ("云岭县白水镇人民政府", "186.2", "190.457379", False),
        ("雲嶺縣白水鎮人民政府", "0.5", "6000", True),
        ("云岭县石桥乡人民政府", "0.5", "326.5", True),
        ("云岭县东河街道办事处", "0.5", "326.5", True),
        ("云岭县财政局", "0.5", "59237.2449", False),
        ("云岭县人民政府", "0.5", "59237.2449", False),
    ],
)
def test_a_fee_ten_times_last_years(
    tmp_path: Path, unit: str, before: str, fee: str, asked: bool
) -> None:
    path = written(tmp_path, with_line(with_line(BASE, "单位", unit), "行政事业性收费", fee))
    last = with_line(with_line(LAST_YEAR, "单位", unit), "行政事业性收费", before)
    (tmp_path / "2024.yaml").write_text(last, "utf-8")
    assert keys(path, "V204") == [f"V204 行政事业性收费 {fee}"] * asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("全年行政事业性收费6000元。", True),
        ("全年行政事业性收费6000万元。", False),
        ("全年补贴群众6000元，行政事业性收费按规定公示。", True),
        ("全年补贴群众6000元。", False),
    ],
)
def test_a_fee_that_the_text_counts_in_yuan(tmp_path: Path, text: str, asked: bool) -> None:
    file = with_narrative(with_line(BASE, "行政事业性收费", "6000"), "其他需要报告的事项", text)
    path = written(tmp_path, file)
    (tmp_path / "2024.yaml").unlink()
    assert keys(path, "V204") == ["V204 行政事业性收费 6000"] * asked


@pytest.mark.parametrize(
    ("licences", "penalties", "last", "asked"),
    [
        (31, 10, (31, 10), True),
        (31, 12, (31, 10), False),
        (0, 10, (0, 10), False),
        (31, 0, (31, 0), False),
        (10, 31, (31, 10), False),
    ],
)
def test_both_the_same_as_last_year(
    tmp_path: Path, licences: int, penalties: int, last: tuple[int, int], asked: bool
) -> None:
    path = written(tmp_path, with_line(BASE, "行政许可", str(licences)))
    path.write_text(with_line(path.read_text("utf-8"), "行政处罚", str(penalties)), "utf-8")
    before = with_line(with_line(LAST_YEAR, "行政许可", str(last[0])), "行政处罚", str(last[1]))
    (tmp_path / "2024.yaml").write_text(before, "utf-8")
    assert keys(path, "C103") == [f"C103 行政许可 {licences}、行政处罚 {penalties}"] * asked


@pytest.mark.parametrize(
    ("last", "now", "asked"),
    [
        (18, 180, True),
        (180, 18, True),
        (2, 20, True),
        (1, 19, False),
        (18, 179, False),
        (0, 500, False),
        (500, 0, False),
        (35, 35, False),
    ],
)
def test_a_count_ten_times_the_other(tmp_path: Path, last: int, now: int, asked: bool) -> None:
    path = written(tmp_path, with_line(BASE, "行政许可", str(now)))
    (tmp_path / "2024.yaml").write_text(with_line(LAST_YEAR, "行政许可", str(last)), "utf-8")
    assert keys(path, "C104") == [f"C104 行政许可 {last}/{now}"] * asked


def test_a_row_is_told_once_at_its_total(tmp_path: Path) -> None:
    rows = {"本年新收": "[60, 20, 0, 0, 10, 0, 90]", "予以公开": "[57, 19, 0, 0, 9, 0, 85]"}
    text = BASE
    for row, numbers in rows.items():
        text = with_line(text, row, numbers)
    assert keys(written(tmp_path, text), "C104") == [
        "C104 总计·本年新收 6/90",
        "C104 总计·予以公开 4/85",
    ]


def test_a_fee_is_no_count(tmp_path: Path) -> None:
    path = written(tmp_path, with_line(BASE, "行政事业性收费", "60.5"))
    assert keys(path, "C104") == []


COPIED = "公开栏由包村干部每月查看一次，发现过期的内容当场更换，并拍照留存备查。"
FRESH = "今年新设检索入口，方便老年人查找惠农补贴，用语也作了修改，减少了生僻的说法。"


@pytest.mark.parametrize(
    ("now", "last", "share"),
    [
        (COPIED, COPIED, "有 1 段和上年的一字不差，占这一部分的 100%"),
        (f"{COPIED}\n{FRESH}", COPIED, "有 1 段和上年的一字不差，占这一部分的 48%"),
        (COPIED.replace("，", ","), COPIED, "有 1 段和上年的一字不差，占这一部分的 100%"),
        (COPIED, COPIED.replace("每月", "每周"), None),
        (FRESH, COPIED, None),
        ("没有变化。", "没有变化。", None),
    ],
)
def test_paragraphs_of_last_year(tmp_path: Path, now: str, last: str, share: str | None) -> None:
    key = "总体情况"
    path = written(tmp_path, with_narrative(BASE, key, now))
    (tmp_path / "2024.yaml").write_text(with_narrative(LAST_YEAR, key, last), "utf-8")
    told = [f["message"] for f in check(path)["findings"] if f["code"] == "C105"]
    assert told == ([f"“一、总体情况”{share}。"] if share else [])


def test_the_introduction_may_be_last_years(tmp_path: Path) -> None:
    text = f"{COPIED}地址：河西路，电话：0700-5550188，统计期限为1月1日至12月31日。"
    path = written(tmp_path, with_narrative(BASE, "引言", text))
    (tmp_path / "2024.yaml").write_text(with_narrative(LAST_YEAR, "引言", text), "utf-8")
    assert not [f for f in check(path)["findings"] if f["code"] == "C105"]
