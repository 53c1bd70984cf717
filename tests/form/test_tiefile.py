"""What the author of a form may get wrong in its ties is told at its line, with what to write."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from support import SMALL_FORMS, place_of
from support.forms import mistakes

from nianbao.diagnostics import Finding
from nianbao.form import formfile, tiefile
from nianbao.form.form import Form
from nianbao.form.tie import Along, Tie

TEXT = (SMALL_FORMS / "training" / "training-2025.form.yaml").read_text("utf-8")
SUM = "每列: 电工 + Full-Time = 两工种"
LIMIT = "每行: 结业 ≤ 报名"
RATE = "率: 结业 / 报名"
CASH = "每列: 上年结余 + 本年拨款 - 本年支出 = 年末结余"
ACROSS = "每行: 补贴金额.补贴栏 ≤ 经费.本年支出.金额 - 0.5"
LAST = "每行: 本年增/减 = 报名 - 上年度.报名"


def written(folder: Path, old: str, new: str) -> Path:
    assert TEXT.count(old) == 1, old
    path = folder / "training.form.yaml"
    path.write_text(TEXT.replace(old, new), "utf-8")
    return path


def told(folder: Path, old: str, new: str) -> tuple[Path, list[Finding]]:
    path = written(folder, old, new)
    return path, mistakes(path)


def loaded(folder: Path, old: str, new: str) -> Form:
    return formfile.load(written(folder, old, new))


def called(form: Form, name: str) -> list[Tie]:
    return [tie for table in form.tables() for tie in table.ties if tie.name == name]


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        # the equation
        (LIMIT, "每行: 结业 < 报名", "不能写小于、大于", "甲 ≤ 乙"),
        (LIMIT, "每行: 结业 ≤ 报名 ≤ 结业", "有且只有一个等号", "甲 ≤ 乙"),
        (LIMIT, "每行: 结业 + ≤ 报名", "前后都要有名称", "甲 + 乙 = 丙"),
        (CASH, CASH.replace("本年拨款 -", "本年拨款 - -"), "前后都要有名称", "甲 + 乙 = 丙"),
        # it names itself
        (LIMIT, "每行: 结业 = 结业", "“结业（人）”同它自己比，永远对得上", "不同的名称"),
        (LIMIT, "每行: 结业 ≤ 结业（人）", "同它自己比，永远对得上", "不同的名称"),
        (SUM, "每列: 电工 + 两工种 = Full-Time + 两工种", "“两工种”写了两次", "只写一次"),
        (ACROSS, "每行: 补贴金额.补贴栏 ≤ 补贴.补贴金额.补贴栏", "同它自己比", "不同的名称"),
        # a name that finds nothing, or two things
        (LIMIT, "每行: 结业 ≤ 报了名", "没有“报了名”这一列", "您是否想写“报名”"),
        (LIMIT, "每行: 结业 ≤ 电工", "没有“电工”这一列", "是行名的，写“每列”"),
        (SUM, "每列: 结业 + Full-Time = 两工种", "没有“结业”", "是列名的，写“每行”"),
        (SUM, "每列: 电 工 人 + Full-Time = 两工种", "没有“电 工 人”", "您是否想写“电工”"),
        (
            SUM,
            "每列: 电工-Full-Time = 两工种",
            "没有“电工-Full-Time”",
            "减号前后各空一格：电工 - Full-Time",
        ),
        (
            CASH,
            CASH.replace("本年拨款 -", "本年拨款 -  本年支出 +").replace(
                "+ 本年支出", "+ 上年结余"
            ),
            "写了两次",
            "只写一次",
        ),
        (
            CASH,
            CASH.replace(" - 本年支出", "-本年支出"),
            "没有“本年拨款-本年支出”",
            "减号前后各空一格：本年拨款 - 本年支出",
        ),
        (
            ACROSS,
            "每行: 补贴金额.补贴栏 ≤ 经费.本年开支.金额",
            "“培训经费”里没有“本年开支”",
            "您是否想写“本年支出”",
        ),
        (
            ACROSS,
            "每行: 补贴金额.补贴栏 ≤ 培训班.两工种.毕业",
            "“两工种”没有“毕业”这一列",
            "您是否想写“结业”",
        ),
        (
            ACROSS,
            "每行: 补贴金额.补贴栏 ≤ 培训班.两工种",
            "不是一格",
            "写上列名，如 培训班.两工种.报名",
        ),
        (ACROSS, "每行: 补贴金额.补贴栏 ≤ 开支.本年支出.金额", "没有“开支.本年支出.金额”", ""),
        # 落在
        ("落在: 结业率", "落在: 结业", "自己就在“率”里", "写填着这个率的那一格"),
        ("落在: 结业\n", "落在: 结业率\n", "不是等式里本年的一项", "等式里的一个名称"),
        ("落在: 年末结余", "落在: 年未结余", "没有“年未结余”", "您是否想写“年末结余”"),
        ("落在: 本年增/减", "落在: 上年度.报名", "指的是本年的一格", "删掉“上年度.”"),
        # 率
        (RATE, "率: 结业/报名", "有且只有一个斜线，前后各空一格", "甲 / 乙"),
        (RATE, "率: 结业 / 报名 / 电工", "有且只有一个斜线", "甲 / 乙"),
        (RATE, f"{RATE}\n        {LIMIT}", "写了 2 样", "写其中一样"),
        (RATE, "率: 结业 / 结业（人）", "“结业（人）”除以它自己", "不同的名称"),
        (RATE, "率: 结业 / 报了名", "没有“报了名”这一列", "您是否想写“报名”"),
        (RATE, "率: 结业 / 上年度.报名", "有上年的数", "写在“跨年”下"),
        (f"{RATE}\n        落在: 结业率", RATE, "缺少“落在”", ""),
        # 若
        ("若: 补贴对象 = 学员", "若: 补贴对象 = 学 生", "没有“学 生”可选", "您是否想写“学员”"),
        ("若: 是否发放补贴 = 否", "若: 是否发放补贴 = 不", "没有“不”可选", "可以写：是、否"),
        ("若: 是否发放补贴 = 否", "若: 是否发放补贴 ≤ 否", "不能比大小", "是否发放补贴 = 是"),
        (
            "若: 是否发放补贴 = 否",
            "若: 是否发补贴 = 否",
            "没有“是否发补贴”",
            "您是否想写“是否发放补贴”",
        ),
        ("若: 是否发放补贴 = 否", "若: 是否发放补贴", "有且只有一个等号", "名称 = 是"),
        ("若: 是否发放补贴 = 否", "若: 补贴人数 = 无", "不能同“无”比", "补贴人数 ≥ 1"),
        ("若: 是否发放补贴 = 否", "若: 上年度.补贴人数 = 0", "指的是本年的一格", "删掉“上年度.”"),
        # 容差, 轻重
        ("容差: 0.01", "容差: 一分", "写的是“一分”，应当是一个不小于 0 的数", "如 0.01"),
        ("容差: 0.01", "容差: 1%", "写的是“1%”", "如 0.01"),
        ("容差: 0.01", "容差: -1", "写的是“-1”", "如 0.01"),
        ("轻重: 核实", "轻重: 和实", "没有这一种", "您是否想写“核实”"),
        (
            "        落在: 上年结余\n",
            "        落在: 上年结余\n        轻重: 错误\n",
            "“轻重”写的是“错误”，没有这一种",
            "只能写：核实、提示；不写就是核实",
        ),
        (
            f"{LIMIT}\n        落在: 结业\n",
            f"{LIMIT}\n        落在: 结业\n        轻重: 错误\n",
            "“轻重”写的是“错误”，没有这一种",
            "只能写：核实、提示；不写就是错误",
        ),
        # what cannot be added
        (
            LIMIT,
            "每行: 结业率 ≤ 报名",
            "“结业率·电工”填的是百分比，不能相加",
            "计数、小数、增减、金额",
        ),
        (
            ACROSS,
            "每行: 补贴金额.补贴栏 ≥ 是否发放补贴.补贴栏",
            "“是否发放补贴”填的是是否，不能相加",
            "计数、小数、增减、金额",
        ),
        (
            "每列: 补贴金额 = 0",
            "每列: 补贴金额 = 补贴对象",
            "“补贴对象”填的是多选",
            "计数、小数、增减、金额",
        ),
        ("落在: 人均支出", "落在: 补贴.补贴对象.补贴栏", "不是一个数", "写填着这个率的那一格"),
        # the wrong list
        (LIMIT, "每行: 结业 ≤ 上年度.报名", "写错了地方：有上年的数", "写在“跨年”下"),
        (LAST, "每行: 本年增/减 = 报名 - 结业", "写错了地方：没有上年的数", "写在“跨年”下"),
    ],
)
def test_a_mistake_is_told_with_what_to_write(
    tmp_path: Path, old: str, new: str, message: str, hint: str
) -> None:
    path, (*found,) = told(tmp_path, old, new)
    lines = (TEXT.replace(old, new)).split("\n")
    first = TEXT[: TEXT.index(old)].count("\n") + 1
    near = range(first - 2, first + new.count("\n") + 2)
    matching = [f for f in found if message in f.message and hint in f.hint]
    assert matching, [(f.message, f.hint) for f in found]
    assert all(f.location and f.location.line in near for f in matching)
    assert all(f.location and f.location.column <= len(lines[f.location.line - 1]) for f in found)
    assert len(found) == 1, [(f.message, f.hint) for f in found]
    assert path


def test_the_same_tie_twice_is_told(tmp_path: Path) -> None:
    """However it is called, wherever it is told, and whichever side stands first."""
    again = (
        "        落在: 两工种\n      - {名: 又一条, 每列: 两工种 = Full-Time + 电工, 落在: 电工}\n"
    )
    old = f"{SUM}\n        落在: 两工种\n"
    path, (one,) = told(tmp_path, old, f"{SUM}\n{again}")
    line, _ = place_of(path, SUM)
    assert one.message == f"这条勾稽关系和第 {line} 行的一样。"
    assert one.location
    assert one.location.line == line + 2
    assert one.hint == "留下一条，删掉另一条"
    for differs in ("容差: 1", "若: 两工种 ≥ 1"):
        other = again.replace(", 落在: 电工}", f", 落在: 电工, {differs}}}")
        assert loaded(tmp_path, old, f"{SUM}\n{other}")


@pytest.mark.parametrize("wanted", ["60%", "60％", "60", "60.5 %"])
def test_a_share_is_held_against_a_percentage(tmp_path: Path, wanted: str) -> None:
    form = loaded(tmp_path, LIMIT, f"{LIMIT}\n        若: 结业率 ≥ {wanted}")
    (tie, *_) = called(form, "结业的不超过报名的")
    assert tie.condition
    assert tie.condition.wanted == Decimal(wanted.rstrip("%％ "))


def test_a_count_is_held_against_no_percentage(tmp_path: Path) -> None:
    _, (one,) = told(tmp_path, LIMIT, f"{LIMIT}\n        若: 报名 ≥ 60%")
    assert "“报名”填的是数，不能同“60%”比" in one.message


def test_a_word_for_added_rows_is_asked_for(tmp_path: Path) -> None:
    text = (SMALL_FORMS / "projects" / "projects-2025.form.yaml").read_text("utf-8")
    path = tmp_path / "projects.form.yaml"
    for right, wrong in (("行数", "行树"), ("各行", "每行")):
        tie = f"      - {{名: 甲, 每列: {wrong} ≥ 项目合计, 落在: 项目合计}}\n"
        path.write_text(text.replace("    勾稽关系:\n", f"    勾稽关系:\n{tie}"), "utf-8")
        assert f"您是否想写“{right}”" in [f.hint for f in mistakes(path)]


def test_a_mistake_stands_at_its_word(tmp_path: Path) -> None:
    for old, new, at in (
        (LIMIT, "每行: 结业 ≤ 报了名", "结业 ≤ 报了名"),
        ("容差: 0.01", "容差: 一分", "一分"),
        ("若: 是否发放补贴 = 否", "若: 是否发放补贴 = 没", "是否发放补贴 = 没"),
        ("落在: 年末结余", "落在: 年未结余", "年未结余"),
    ):
        path, (one,) = told(tmp_path, old, new)
        assert one.location
        assert (one.location.line, one.location.column) == place_of(path, at)


def test_a_name_that_two_parts_have_wants_its_part(tmp_path: Path) -> None:
    text = TEXT.replace("键: 其中贫困学员", "键: 本年支出")
    text = text.replace("每列: 其中贫困学员 ≤ 补贴人数", "每列: 本年支出 ≤ 补贴人数")
    text = text.replace("落在: 其中贫困学员", "落在: 本年支出")
    path = tmp_path / "two.form.yaml"
    path.write_text(text, "utf-8")
    assert called(formfile.load(path), "贫困学员不超过补贴人数")[0].at.row.address == "r4"
    wider = text.replace("[培训班.两工种.结业]", "[本年支出]")
    path.write_text(wider, "utf-8")
    (one,) = mistakes(path)
    assert "“本年支出”可以指好几处：培训经费.本年支出、补贴.本年支出" in one.message
    assert "部分名" in one.hint
    path.write_text(wider.replace("[本年支出]", "[经费.本年支出]"), "utf-8")
    formfile.load(path)


# --- what is read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        ("每行: 结业 <= 报名", 3),
        ("每行: 结业 ＜＝ 报名", 3),
        ("每行: 报名 >= 结业", 3),
        ("每行: 结业 ≤ 100", 3),
        ("每行: 结业 + 1 - 1 ≤ 报名", 3),
        ("每行: 结业 ≤ 两工种.报名", 3),
        ("每行: 电工.结业 ≤ 电工.报名", 1),
        ("每行: 结业 ≤ 报名 + 补贴.补贴人数.补贴栏", 3),
    ],
)
def test_a_tie_occurs_where_its_names_are(tmp_path: Path, new: str, lines: int) -> None:
    at = "电工.结业" if "电工.结业" in new else "结业"
    old = f"{LIMIT}\n        落在: 结业\n"
    form = loaded(tmp_path, old, f"{new}\n        落在: {at}\n")
    ties = called(form, "结业的不超过报名的")
    assert len(ties) == lines
    assert {tie.along for tie in ties} == {Along.CELLS if lines == 1 else Along.ROW}


def test_the_row_that_all_are_held_against_is_passed_over(tmp_path: Path) -> None:
    old = f"{LIMIT}\n        落在: 结业\n"
    form = loaded(tmp_path, old, "每行: 报名 ≤ 培训班.两工种.报名\n        落在: 报名\n")
    ties = called(form, "结业的不超过报名的")
    assert [tie.at.row.key for tie in ties] == ["电工", "Full-Time"]


def test_a_column_that_has_no_sum_is_passed_over(tmp_path: Path) -> None:
    form = loaded(tmp_path, LIMIT, LIMIT)
    ties = called(form, "两个工种之和等于两工种")
    assert [tie.at.column.letter for tie in ties] == ["a", "b", "c"]


def test_a_rate_goes_along_columns_where_it_cannot_along_rows(tmp_path: Path) -> None:
    form = loaded(tmp_path, "率: 本年支出 / 培训班.两工种.结业", "率: 本年支出 - 1 / 本年拨款 + 1")
    (tie,) = called(form, "人均支出是支出除以结业的人")
    assert (tie.along, len(tie.sides.left), len(tie.sides.right)) == (Along.COLUMN, 2, 2)


def test_a_number_that_is_a_name_is_the_name(tmp_path: Path) -> None:
    path = tmp_path / "years.form.yaml"
    text = TEXT.replace("键: 报名, 印作: 报名（人）", "键: '2024', 印作: 报名（人）")
    text = text.replace("报名 - 上年度.报名", "2024 - 上年度.2024").replace(
        "两工种.报名 -", "两工种.2024 -"
    )
    text = text.replace("结业 ≤ 报名", "结业 ≤ 2024").replace("结业 / 报名", "结业 / 2024")
    path.write_text(text, "utf-8")
    (tie, *_) = called(formfile.load(path), "结业的不超过报名的")
    assert [cell.address for cell in tie.sides.right[0].cells] == ["p1a"]


# --- in bounded time --------------------------------------------------------------------------

ROWS, LETTERS = 400, "abcdefghijklmnopqrstuvwxy"


def large(ties: str) -> str:
    """A form of 10,000 cells."""
    head = TEXT[: TEXT.index("部分:\n")]
    columns = "".join(f"          - {{键: 列{x}, 格: {x}}}\n" for x in LETTERS)
    rows = "".join(
        f"          - {{键: 行{n}, 格: {'abcdefgh'[n // 100]}{n % 100 + 1}}}\n" for n in range(ROWS)
    )
    return f"{head}部分:\n  - 键: 大表\n    块:\n      - 列:\n{columns}        行:\n{rows}    勾稽关系:\n{ties}"


def test_ten_thousand_cells_are_tied_in_time(tmp_path: Path) -> None:
    path = tmp_path / "large.form.yaml"
    across = " + ".join(f"列{x}" for x in LETTERS[:-1])
    down = " + ".join(f"行{n}" for n in range(150))
    path.write_text(
        large(
            f"      - {{名: 甲, 每行: {across} = 列y, 落在: 列y}}\n"
            f"      - {{名: 乙, 每列: {down} ≤ 行399, 落在: 行399}}\n"
        ),
        "utf-8",
    )
    form = formfile.load(path)
    assert len(form.cells) == 10_000
    assert len(called(form, "甲")) == ROWS
    assert len(called(form, "乙")) == len(LETTERS)


def test_too_many_ties_are_told_and_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "large.form.yaml"
    across = " + ".join(f"列{x}" for x in LETTERS[:-1])
    ties = (
        f"      - {{名: 甲, 每行: {across} = 列y, 落在: 列y, 容差: {n}}}\n" for n in range(2000)
    )
    path.write_text(large("".join(ties)), "utf-8")
    (one,) = mistakes(path)
    assert f"{tiefile.MAX_TIED:,}" in one.message


def test_names_that_find_nothing_are_told_no_more_than_anyone_reads(tmp_path: Path) -> None:
    path = tmp_path / "large.form.yaml"
    wrong = "".join(
        f"      - {{名: 甲, 每列: 行 {n} 号 + 列{n} = 第{n}行, 落在: 行1}}\n" for n in range(3000)
    )
    path.write_text(large(wrong), "utf-8")
    assert len(mistakes(path)) == 301
