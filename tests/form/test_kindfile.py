"""填 and the words that go with it: what an author may get wrong is told at its line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from support import SMALL_FORMS

from nianbao.diagnostics import Rejected
from nianbao.form import formfile
from nianbao.form.form import Form

WHOLE = (SMALL_FORMS / "eldercare" / "eldercare-2025.form.yaml").read_text("utf-8")


def with_line(target: Path, old: str, new: str) -> Path:
    assert WHOLE.count(old) == 1, old
    path = target / "x-2025.form.yaml"
    path.write_text(WHOLE.replace(old, new), "utf-8")
    return path


def read(target: Path, old: str, new: str) -> Form:
    return formfile.load(with_line(target, old, new))


@pytest.mark.parametrize(
    ("old", "new", "said", "hint"),
    [
        ("格: b3, 填: 日期}", "格: b3, 填: 日朝}", "“填”写的是“日朝”，没有这一种", "您是否想写“日期”"),
        ("格: b3, 填: 日期}", "格: b3, 填: 人民币}", "“填”写的是“人民币”，没有这一种", "只能写：计数、小数"),
        ("格: b3, 填: 日期}", "格: b3, 填: 金额}", "没有这一种", "写“填: 小数”，或者在行上写“数: 金额”"),
        ("格: b3, 填: 日期}", "格: b3, 填: [甲, 乙]}", "“填”不能直接写一个列表", "{选: [甲, 乙]}"),
        ("填: {选: [公办, 民办, 公建民营]}", "填: {选: [公办]}", "“选”里只有一个词", "多选"),
        ("填: {选: [公办, 民办, 公建民营]}", "填: {印: 字}", "“选”和“多选”两样都没有写", "{选: [甲, 乙]}"),
        ("填: {选: [公办, 民办, 公建民营]}", "填: {选: [甲, 乙], 多选: [甲, 乙]}", "两样都写了", "{多选: [甲, 乙]}"),
        ("填: {选: [公办, 民办, 公建民营]}", "填: {选: [公办, 公办]}", "“选”里的词“公办”用了两次", "各起各的名"),
        ("填: {选: [公办, 民办, 公建民营]}", "填: {先: [公办, 民办]}", "“选”和“多选”两样都没有写", ""),
        ("填: {选: [公办, 民办, 公建民营]}", "填: {选: [公办，民办、公建民营]}", "“选”里只有一项“公办，民办、公建民营”", "写成 选: [公办, 民办, 公建民营]"),
        ("格: b3, 填: 日期}", "格: b3, 填: 日期, 可空: [—，无]}", "“可空”里只有一项“—，无”", "写成 可空: [—, 无]"),
        ("康复训练, 助餐]", "康复训练, 无]", "“多选”里不能有“无”", "删掉这一项"),
        ("印: 字}", "印: 子}", "“印”写的是“子”，没有这一种", "只能写：字"),
        ("字数: 10, 样式: ＃", "字数: 十, 样式: ＃", "“字数”写的是“十”，应当是一个数", "写阿拉伯数字，如 2"),
        ("字数: {至多: 10}", "字数: {}", "“至少”和“至多”都没有写", "{至少: 2, 至多: 20}"),
        ("字数: {至少: 2, 至多: 30}", "字数: {至少: 30, 至多: 2}", "什么字数都对不上", "写得比“至少”大"),
        ("样式: ＃", "样式: （＃", "里的括号不成对", ""),
        ("使用率, 格: b9, 填: 百分比, 小数位: 2", "使用率, 格: b9, 填: 百分比, 小数位: 20", "“小数位”写的是 20，最多 6 位", "如 2"),
        ("格: b6}", "格: b6, 小数位: 2}", "“小数位”写在这里没有用：这里填的是计数", "有小数的写“填: 小数”"),
        ("列名: 不印, 格: a}", "列名: 不印, 上: [甲], 格: a}", "“上”写在这里没有用：列名都不印", "删掉"),
        ("格: b6}", "格: b6, 样式: ＃}", "“样式”写在这里没有用：这里填的是计数", "删掉它，或者改“填”"),
        ("格: b3, 填: 日期}", "格: b3, 填: 日期, 单位: 天}", "“单位”写在这里没有用：这里填的是日期", "删掉它"),
        ("{键: 人数, 印作: 收费人数, 格: a}", "{键: 人数, 印作: 收费人数, 格: a, 印: 字}", "“印”写在这里没有用：这里填的是计数、小数", "删掉它"),
        ("格: b3, 填: 日期}", "格: b3, 填: 日期, 数: 金额}", "“数”写在这里没有用：已经写了“填”", "删掉“数”这一项"),
        ("可空: [—, 不统计]", "可空: 可以", "“可空”写的是“可以”，没有这一种", "只能写：是、否"),
        ("可空: [—, 不统计]", "可空: [—, —]", "“可空”里的词“—”用了两次", "各起各的名"),
        ("格: b13, 填: 是否", "格: b13, 填: 是否, 可空: [是]", "“可空”里的“是”本来就可以填", "如 —"),
        ("格: b6}", "格: b6, 可空: [0, 无]}", "“可空”里的“0”本来就可以填", "如 —"),
        ("可空: [—, 不统计]", "可空: []", "“可空”应当是一个列表，里面至少有一项", "[甲, 乙]"),
        ("可空: {若: 是否通过消防验收 = 否}", "可空: {若: 是否通过消防验收}", "“若”要有且只有一个等号", "名称 = 是"),
        ("可空: {若: 是否通过消防验收 = 否}", "可空: {若: 是否通过消防验收 = 没有}", "里没有“没有”可选", "是、否"),
        ("可空: {若: 是否通过消防验收 = 否}", "可空: {若: 是否通过消防验售 = 否}", "消防验售", "您是否想写“是否通过消防验收”"),
        ("可空: {若: 是否通过消防验收 = 否}", "可空: {若: 验收日期 = 否}", "“验收日期”填的是日期，不能作条件", "用是否"),
        ("可空: {若: 是否通过消防验收 = 否}", "可空: {如: 是否通过消防验收 = 否}", "“可空”没有“如”这一项", "您是否想写“若”"),
        ("列名: 不印, 格: a", "列名: 不写, 格: a", "“列名”写的是“不写”，没有这一种", "不印"),
        ("格: b3, 填: 日期}", "格: b3, 填: 日期, 起稿: 照上年}", "“起稿”写在这里没有用：照上年的，只能是一格文字", "删掉“起稿”这一项"),
        ("格: b3, 填: 日期}", "格: b3, 填: 日期, 起稿: 照抄}", "“起稿”写的是“照抄”，没有这一种", "留空、照上年"),
        ("行名: 不印", "行名: 否", "“行名”写的是“否”，没有这一种", "只能写：不印"),
        ("千分位: 是", "千分位: 有", "“千分位”写的是“有”，没有这一种", "只能写：是、否"),
        ("格: b3, 填: 日期}", "格: b3, 填: 日期, 不为零须核实: [院]}", "“不为零须核实”写在这里没有用：这里填的是日期，不是数", "删掉"),
        ("        行:\n          - {键: 护理费", "        存量: {进: 人数, 出: 金额, 存: 备注}\n        行:\n          - {键: 护理费", "“存量”写在这里没有用：这里填的是文字，不是数", "删掉"),
        ("- 组: 床位\n", "- 组: 床位\n            填: 文字\n", "“填”写在这里没有用：组没有自己的格", "删掉这一行"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, said: str, hint: str
) -> None:
    path = with_line(tmp_path, old, new)
    with pytest.raises(Rejected) as rejected:
        formfile.load(path)
    found = [f for f in rejected.value.findings if said in f.message]
    assert len(found) == 1, [f.message for f in rejected.value.findings]
    assert hint in found[0].hint
    changed = path.read_text("utf-8")
    first = changed[: changed.index(new)].count("\n") + 1
    assert found[0].location
    assert first <= found[0].location.line <= first + new.count("\n")


def test_a_rows_word_goes_before_its_columns_word_for_word(tmp_path: Path) -> None:
    form = read(tmp_path, "{键: 膳食费, 格: f2}", "{键: 膳食费, 格: f2, 可空: 否, 字数: 3}")
    note, beside = form.cells["f1d"].takes, form.cells["f2d"].takes
    assert (note.kind.word, note.blank.always) == ("文字", True)
    assert (beside.kind.word, beside.blank.always) == ("文字", False)
    assert (beside.kind.fewest, beside.kind.most) == (3, 3)
    assert not form.cells["f2b"].takes.blank.words
    assert form.cells["f1b"].takes.blank.words == ("另计",)


def test_a_rows_kind_takes_the_place_of_its_columns(tmp_path: Path) -> None:
    form = read(tmp_path, "{键: 膳食费, 格: f2}", "{键: 膳食费, 格: f2, 数: 金额}")
    assert {form.cells[f"f2{letter}"].kind.word for letter in "abcd"} == {"金额"}
    assert form.cells["f3a"].kind.word == "小数"
    assert form.cells["f1a"].kind.word == "计数"


def test_a_thousand_conditions_are_read_in_time_and_a_circle_is_told_once(tmp_path: Path) -> None:
    last = "{键: 机构网站, 格: b16"
    rows = "".join(
        f"          - {{键: 问{n}, 格: {'stuvwxyz'[n // 200]}{n % 200}, 填: 是否, "
        f"可空: {{若: 问{(n + 1) % 1000} = 否}}}}\n"
        for n in range(1000)
    )
    line = next(line for line in WHOLE.splitlines(keepends=True) if last in line)
    path = with_line(tmp_path, line, rows + line)
    began = time.process_time()
    with pytest.raises(Rejected) as rejected:
        formfile.load(path)
    assert time.process_time() - began < 3
    assert [f.message for f in rejected.value.findings] == [
        "“问0”能不能空着，要看“问1”，转了一圈又要看它自己。"
    ]


def test_cells_that_ask_about_one_another_are_told(tmp_path: Path) -> None:
    yes_no = "格: b13, 填: 是否"
    path = with_line(tmp_path, yes_no, f"{yes_no}, 可空: {{若: 等级 = 一级}}")
    text = path.read_text("utf-8").replace("格: b4,", "格: b4, 可空: {若: 是否通过消防验收 = 是},")
    path.write_text(text, "utf-8")
    with pytest.raises(Rejected) as rejected:
        formfile.load(path)
    said = [f.message for f in rejected.value.findings]
    assert said == [
        "“等级”能不能空着，要看“是否通过消防验收”，转了一圈又要看它自己。",
    ]
