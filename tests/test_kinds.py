"""Every kind of cell, from outside: what may be typed, what is printed, what is said of the rest.

By tests/forms/eldercare, whose cells take one of each; how it is begun, reviewed
and converted as a whole, test_small_forms knows.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from support import SMALL_FORMS, check, nianbao, place_of, tables

FOLDER = SMALL_FORMS / "eldercare"
TEXT = (FOLDER / "2025.yaml").read_text("utf-8")

ROWS = {
    line.strip().partition(":")[0]: line
    for line in TEXT.splitlines()
    if line.startswith("  ") and ":" in line
}
"""Lines of the input by the row that they type; of two rows of one name the second."""


def written(target: Path, *edits: tuple[str, str]) -> Path:
    text = TEXT
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = target / "2025.yaml"
    path.write_text(text, "utf-8")
    return path


def typed(row: str, value: str) -> tuple[str, str]:
    """The edit that types another value behind a row's colon."""
    head = ROWS[row].partition(":")[0]
    return ROWS[row], f"{head}: {value}"


def findings(path: Path) -> list[dict]:
    found = check(path, "--templates", FOLDER)["findings"]
    return [finding for finding in found if finding["code"] != "C001"]


def printed(path: Path, *options: str) -> dict[str, str]:
    """What stands right of each label, in the first table and the second."""
    ran = nianbao(
        "generate", "--templates", FOLDER, *options, "-o", "x.docx", path, cwd=path.parent
    )
    assert ran.code == 0, ran.out + ran.err
    cells = [row for table in tables(path.parent / "x.docx") for row in table]
    return {label: value for row in cells for label, value in pairwise(row)}


# --- what may be typed, and what is printed -----------------------------------------------


@pytest.mark.parametrize(
    ("row", "value", "label", "shown"),
    [
        ("机构名称", "无/", "机构名称", "无/"),
        ("机构名称", "一/二（三）", "机构名称", "一/二（三）"),
        ("机构名称", "'- {{单位}} [a]'", "机构名称", "- {{单位}} [a]"),
        ("机构名称", "[青石镇养老院]", "机构名称", "青石镇养老院"),
        ("机构编号", "０４３１２２００１７", "机构编号", "０４３１２２００１７"),
        ("开办日期", "2019年5月1日", "开办日期", "2019年5月1日"),
        ("开办日期", "2019/5/1", "开办日期", "2019年5月1日"),
        ("等级", "三级", "等级", "三级"),
        ("机构性质", "公建民營", "性质", "☐公办　☐民办　☑公建民营"),
        ("机构性质", "“民办”", "性质", "☐公办　☑民办　☐公建民营"),
        ("服务项目", "無", "服务项目", "☐日间照料　☐上门护理　☐康复训练　☐助餐"),
        ("使用率", "—", "使用率", "—"),
        ("使用率", "不统计", "使用率", "不统计"),
        ("使用率", "不統計", "使用率", "不統計"),
        ("使用率", "+0.50%", "使用率", "+0.50%"),
        ("使用率", "40.86%（不含停业期间）", "使用率", "40.86%（不含停业期间）"),
        ("使用率", "0", "使用率", "0.00%"),
        ("增减人数", "+3.5", "增减人数", "+3.5"),
        ("增减人数", "0", "增减人数", "0"),
        ("平均工资", "4100.50", "平均工资（元）", "4100.50"),
        ("是否通过消防验收", "否", "是否通过消防验收", "☐是　☑否"),
        ("服务项目", "无", "服务项目", "☐日间照料　☐上门护理　☐康复训练　☐助餐"),
        ("服务项目", "助餐", "服务项目", "☐日间照料　☐上门护理　☐康复训练　☑助餐"),
        ("服务项目", "[助餐, 康復訓練]", "服务项目", "☐日间照料　☐上门护理　☑康复训练　☑助餐"),
        ("机构网站", "http://www.example.gov.cn/a?b=1&c=2#d", "机构网站", "http://www.example.gov.cn/a?b=1&c=2#d"),
        ("护理费", '[820, "1,230,000.5", 61.5, ""]', "护理费", "820"),
        ("护理费", "{收费人数: 8, 金额: 另计, 占比: 61.5}", "护理费", "8"),
        ("护理费", "0", "护理费", "0"),
        ("收费标准", "0", "0.0", "0.0"),
    ],
)  # fmt: skip
def test_what_may_be_typed_is_printed_so(
    tmp_path: Path, row: str, value: str, label: str, shown: str
) -> None:
    path = written(tmp_path, typed(row, value))
    assert findings(path) == []
    assert printed(path)[label] == shown


def test_a_row_of_several_kinds_is_printed_cell_by_cell(tmp_path: Path) -> None:
    path = written(tmp_path, typed("护理费", '["1,820", "1,230,000.5（另有补贴）", -61.5, ""]'))
    assert findings(path) == []
    printed(path)
    assert tables(tmp_path / "x.docx")[1][2:] == [
        ["护理费", "1,820", "1,230,000.5（另有补贴）", "-61.5", ""],
        ["膳食费", "1120", "另计", "38.5", ""],
        ["", "1.5", "2.0", "3.0", "0.0"],
    ]


def test_a_cell_may_be_blank_on_its_condition(tmp_path: Path) -> None:
    blank = typed("验收日期", "")
    path = written(tmp_path, typed("是否通过消防验收", "否"), blank)
    assert findings(path) == []
    assert printed(path)["验收日期"] == ""
    unread = written(tmp_path, typed("是否通过消防验收", "没有"), blank)
    assert [f["code"] for f in findings(unread)] == ["V110"]


def test_texts_choices_and_words_for_nothing_are_converted(tmp_path: Path) -> None:
    path = written(tmp_path, typed("等级", "一级"), typed("使用率", "不统计"))
    shown = printed(path, "--script", "zh-Hant")
    assert shown["機構名稱"] == "青石鎮養老院（二期）< & >"
    assert shown["等級"] == "一級"
    assert shown["性質"] == "☑公辦　☐民辦　☐公建民營"
    assert shown["使用率"] == "不統計"
    assert shown["服務項目"] == "☑日間照料　☐上門護理　☐康復訓練　☑助餐"


# --- what may not ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "value", "code", "said", "hint"),
    [
        ("机构名称", "", "V101", "“机构名称”没有填。", "写一行文字，至少 2 个字，最多 30 个字"),
        ("机构名称", "甲", "V111", "有 1 个字，应当至少 2 个字，最多 30 个字", "写长一些"),
        ("机构名称", "长" * 31, "V111", "有 31 个字，应当至少 2 个字，最多 30 个字", "写短一些"),
        ("机构名称", "养老院 # 二期", "Y110", "“机构名称”这一行里空格后面的 #", "引号"),
        ("机构名称", '"甲院\\n乙院"', "Y109", "“机构名称”只能写一行", "并成一行"),
        ("机构名称", "[甲院, 乙院]", "S105", "“机构名称”要 1 项，这里有 2 个", "[文字]"),
        ("机构编号", "043122001", "V111", "“机构编号”有 9 个字，应当正好 10 个字", "写长一些"),
        ("机构编号", "湘A31220017", "V111", "“湘A31220017”，样子不对", "照“＃”写"),
        ("开办日期", "2019-02-30", "V106", "“开办日期”写的是“2019-02-30”，不是一个日期", "没有这一天"),
        ("开办日期", "2019-05-01 9:00", "V106", "不是一个日期", "不写钟点"),
        ("开办日期", "", "V101", "“开办日期”没有填", "写一个日期"),
        ("等级", "二", "V110", "写的是“二”，这里要写 一级、二级、三级 里的一个", "您是否想写“二级”"),
        ("等级", "特级", "V110", "一级、二级、三级", "您是否想写“"),
        ("等级", "[[一级]]", "V110", "不能写成一组", "如 一级"),
        ("机构性质", "", "V101", "“性质”没有填", "写 公办、民办、公建民营 里的一个"),
        ("使用率", "", "V101", "“使用率”没有填数", "没有的写 — 或 不统计"),
        ("使用率", "/", "V101", "“使用率”没有填数（写的是“/”）", "没有的写 — 或 不统计"),
        ("使用率", "40.86", "V109", "（后面少了百分号），这里要一个百分数", "您是否想写 40.86%"),
        ("使用率", "40.8%", "V109", "（小数的位数不对），这里要一个百分数，正好 2 位小数", "40.80%"),
        ("使用率", "是", "V109", "写的是“是”，这里要一个百分数", "只写阿拉伯数字"),
        ("增减人数", "少3", "V109", "这里要一个数，可以是负的（单位：人）", "只写阿拉伯数字"),
        ("增减人数", "−3", "V109", "写的是“−3”", "您是否想写 -3"),
        ("平均工资", "-4100.50", "V109", "（不能小于零）", "只写阿拉伯数字"),
        ("平均工资", "4100.5", "V109", "（小数的位数不对）", "您是否想写 4100.50"),
        ("平均工资", "41,00.50", "V109", "写的是“41,00.50”", "只写阿拉伯数字"),
        ("护理型", "是", "V102", "“护理型（张）”写的是“是”，这里要一个不小于零的整数", "没有就填 0"),
        ("护理型", "8.5", "V102", "这里要一个不小于零的整数", "只写阿拉伯数字"),
        ("护理型", "", "V101", "“护理型（张）”没有填数", "没有就填 0"),
        ("是否通过消防验收", "有", "V110", "写的是“有”，这里要写是或者否", "照这几个词写：是、否"),
        ("是否通过消防验收", "1", "V110", "写的是“1”，这里要写是或者否", "是、否"),
        ("验收日期", "", "V101", "“验收日期”没有填", "“是否通过消防验收 = 否”的时候才可以空着"),
        ("服务项目", "", "V101", "“服务项目”没有填", "没有的写无"),
        ("服务项目", "[]", "V101", "“服务项目”没有填", "没有的写无"),
        ("服务项目", "[助餐, 助洗]", "V110", "写的是“助洗”", "您是否想写“助餐”"),
        ("服务项目", "[助餐, 助餐]", "V110", "里“助餐”写了两次", "留下一个"),
        ("服务项目", "[助餐, 無]", "V110", "写的是“無”，又写了别的", "只写无"),
        ("服务项目", "[助餐, 无]", "V110", "写的是“无”，又写了别的", "只写无"),
        ("服务项目", "助餐、日间照料", "V110", "几个词要写成一个列表", "[助餐, 日间照料]"),
        ("护理费", "[820, 61.5, 无]", "S105", "要 4 项，这里有 3 个，少了 1 个", "人数、金额、占比、备注"),
        ("护理费", "[820, 1,230, 61.5, 无]", "S105", "多了 1 个", "1,234 要用引号括起来"),
        ("护理费", "[820, 另记, 61.5, 无]", "V109", "写的是“另记”", ""),
        ("护理费", "[820, 5, 61.5%, 无]", "V109", "（后面多了百分号）", "您是否想写 61.5"),
        ("护理费", '["", 5, 61.5, 无]', "V101", "“收费人数·护理费”没有填数", "没有就填 0"),
        ("护理费", "{人数: 8, 占比: 1}", "S106", "“护理费”没有写“金额”", "补上"),
        ("护理费", "{人数: 8, 金额: 1,230.5, 占比: 1}", "V109", "没有引号的“1,230.5”，逗号把它分成", '写成 金额: "1,230.5"'),
        ("护理费", "{人数: 8, 金额: 5, 占比: -1,230}", "V109", "没有引号的“-1,230”，逗号把它分成", '写成 占比: "-1,230"'),
        ("护理费", "{人数: 8, 金额: 5, 占比: 1, 备注: 第 #1 批}", "Y110", "会把后面的字都去掉，} 也在里面", "用半角引号括起来"),
        ("护理费", "一二三", "S104", "“护理费”有 4 项，这里写的是“一二三”", "[3, 3.5, 40.5, 文字]"),
        ("收费标准", "[1.5, 2, 3.0, 0.0]", "V109", "（小数的位数不对）", "您是否想写 2.0"),
        ("收费标准", "[0, 2.0, 3.0, 0.0]", "V109", "（小数的位数不对）", "您是否想写 0.0"),
    ],
)  # fmt: skip
def test_what_may_not_be_typed_is_told_in_its_place(
    tmp_path: Path, row: str, value: str, code: str, said: str, hint: str
) -> None:
    path = written(tmp_path, ("{{开办日期}}", "五月"), typed(row, value))
    (found,) = [f for f in findings(path) if f["code"] != "N002"]
    assert found["code"] == code
    assert said in found["message"]
    assert hint in found["hint"]
    (line,) = (
        n
        for n, text in enumerate(path.read_text("utf-8").splitlines(), 1)
        if text == typed(row, value)[1]
    )
    assert found["line"] == line  # fmt: skip


def test_a_cell_is_told_where_it_stands_in_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, typed("护理费", "[820, 5, 六, 超过了十个字的一条备注]"))
    found = findings(path)
    assert [(f["code"], (f["line"], f["column"])) for f in found] == [
        ("V109", place_of(path, "六")),
        ("V111", place_of(path, "超过了")),
    ]


def test_a_group_or_a_table_of_texts_is_not_0(tmp_path: Path) -> None:
    head = TEXT[: TEXT.index("  消防安全:")]
    rest = TEXT[TEXT.index("  服务项目:") :]
    path = tmp_path / "2025.yaml"
    path.write_text(head + "  消防安全: 0\n" + rest, "utf-8")
    (found,) = findings(path)
    assert found["code"] == "S104"
    assert "“是否通过消防验收”不是数" in found["message"]


# --- fix -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "before", "after"),
    [
        ("增减人数", "－3", "-3"),
        ("使用率", "４０．８６％", "40.86%"),
        ("使用率", "“40.86%”", "40.86%"),
        ("开办日期", "２０１９-５-１", "2019-5-1"),
        ("服务项目", "助餐、日间照料", "[助餐, 日间照料]"),
        ("护理费", "[820, 5, 61.5％, 无]", "[820, 5, 61.5, 无]"),
        ("总数", "１，１２０", "1120"),
        ("使用率", "40.86", None),
        ("等级", "二", None),
        ("机构编号", "043122001", None),
    ],
)
def test_fix_mends_what_can_be_meant_in_one_way(
    tmp_path: Path, row: str, before: str, after: str | None
) -> None:
    path = written(tmp_path, typed(row, before))
    typed_text = path.read_text("utf-8")
    nianbao("fix", "--templates", FOLDER, path, cwd=tmp_path)
    wanted = typed_text.replace(f"{row}: {before}", f"{row}: {after}") if after else typed_text
    assert path.read_text("utf-8") == wanted


# --- a file begun anew -----------------------------------------------------------------------


def test_a_new_file_teaches_each_kind(tmp_path: Path) -> None:
    ran = nianbao("new", "2026", "--templates", FOLDER, "--unit", "云岭县养老院", cwd=tmp_path)
    assert ran.code == 0
    text = (tmp_path / "inputs" / "2026.yaml").read_text("utf-8")
    for line in (
        "  # 一行文字，至少 2 个字，最多 30 个字\n  机构名称:\n",
        "  开办日期:      # 一个日期，如 2026-01-12\n",
        "  等级:      # 写 一级、二级、三级 里的一个\n",
        "    使用率:      # 一个百分数，正好 2 位小数，如 40.55%，没有的写 — 或 不统计\n",
        "    是否通过消防验收:      # 写是或者否\n",
        "    验收日期:      # 一个日期，如 2026-01-12，“是否通过消防验收 = 否”的时候可以空着\n",
        "  # 各列依次是：人数, 金额, 占比, 备注\n",
        "备注：一行文字，最多 10 个字，可以空着\n",
        "  护理费: 0\n",
    ):
        assert line in text
