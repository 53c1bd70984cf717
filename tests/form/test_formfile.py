"""A form author's mistakes are findings with their lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import SECOND, SMALL_FORMS, nianbao, place_of
from support.forms import TEXT, mistakes, spoilt

from nianbao.form import formfile


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("格: m2", "格: m1", "F102", "{键: 下半年, 格: m1}"),
        ("格: m2", "格: 2", "F102", "{键: 下半年, 格: 2}"),
        ("{键: 专项抽查, 格: b}", "{键: 专项抽查, 格: a}", "F102", "{键: 专项抽查, 格: a}"),
        ("{键: 专项抽查, 格: b}", "{键: 专项抽查, 格: B}", "F102", "{键: 专项抽查, 格: B}"),
        ("{键: 专项抽查, 格: b}", "{键: 专项抽查}", "S103", "{键: 专项抽查}"),
        ("    起稿: 留空", "    初稿: 留空", "S101", "初稿: 留空"),
        ("上半年 + 下半年 = 全年", "上半年 + 下个半年 = 全年", "F102", "上半年 + 下个半年"),
        ("上半年 + 下半年 = 全年", "上半年 + 下半年", "F102", "上半年 + 下半年\n"),
        ("罚款 + 警告 + 移送 = 小计", "罚款 + 拘留 = 小计", "F102", "罚款 + 拘留"),
        ("罚款 + 警告 + 移送 = 小计", "上年度.罚款 = 罚款", "F102", "上年度.罚款"),
        ("适用年度: 2023-", "适用年度: 近年", "F102", "近年"),
        ("填报日期: 日期", "填报日期: 星期", "F102", "星期"),
        ("填报日期: 日期", "单位: 文字", "F102", "单位: 文字"),
        ("    模板名: 检查\n", "    模板名: 检 查\n", "F102", "模板名: 检 查"),
        (
            "    模板名: 检查\n",
            "    模板名: 去向\n",
            "F102",
            "去向\n    块:\n      - 列:\n          - {键: 罚",
        ),
        ("表式: 行政执法统计年报\n", "", "S103", None),
        ("签字: [统计, 负责]", "签字: {统计: 负责}", "S101", "{统计: 负责}"),
        ("落在: 小计", "落在: 大计", "F102", "落在: 大计"),
        ("落在: 全年", "落: 全年", "S101", "落: 全年"),
        ("  - 键: 执法概述", "  - 键: &x 执法概述", "Y106", "&x"),
    ],
)
def test_a_mistake_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, at: str | None
) -> None:
    path = spoilt(tmp_path, old, new)
    found = mistakes(path)
    line = place_of(path, at)[0] if at else 1
    assert (code, line) in [(f.code, f.location.line) for f in found if f.location], found


ROW = "{键: 下半年, 格: m2}"
SECOND_COLUMN = "{键: 专项抽查, 格: b}"


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        # a value that a word does not take
        ("格: m3, 合计: 是", "格: m3, 合计: 对", "格: m3, 合计: 对"),
        ("起稿: 留空", "起稿: 空着", "起稿: 空着"),
        (ROW, "{键: 下半年, 格: m2, 起稿: 空}", "起稿: 空}"),
        (ROW, "{键: 下半年, 格: m2, 数: 小数}", "数: 小数"),
        (ROW, "{组: 后半年, 可不写: 可, 行: [{键: 下半年, 格: m2}]}", "可不写: 可"),
        ("填报日期: 日期", "填报日期: 日历", "填报日期: 日历"),
        # what must be there
        ("版次: 2023年试行版\n", "", None),
        ("依据: 云岭府办〔2023〕9号\n", "", None),
        ("依据: 云岭府办〔2023〕9号\n", "依据:\n", "依据:\n"),
        ("数: 1000, 单位: [执法队]", "数: 1000", "数: 1000"),
        ("数: 1000, 单位: [执法队]", "数: 1000, 单位: []", "单位: []"),
        ("        每列: 上半年 + 下半年 = 全年\n", "", "名: 两个半年"),
        ("签字: [统计, 负责]", "签字: []", "签字: []"),
        # two of one name side by side
        (ROW, "{键: 上 半年, 格: m2}", "{键: 上 半年, 格: m2}"),
        (SECOND_COLUMN, "{键: 日常巡查, 格: b}", "{键: 日常巡查, 格: b}"),
        ("键: 案件去向", "键: 檢查次數", "键: 檢查次數"),
        ("键: 案件去向", "键: 签字", "键: 签字\n"),
        ("[统计, 负责]", "[统计, 统计]", "[统计, 统计]"),
        ("  签字: [统计, 负责]", "  签字: [统计, 负责]\n  签字: 文字", "签字: 文字"),
        ("  签字行:", "  落款行:", '落款行: ["统计'),
        ("  签字行:", "  签 字 行:", "签 字 行:"),
        ("    模板名: 检查\n", "    模板名: m3a\n", "模板名: m3a"),
        ("    模板名: 检查\n", "    模板名: 标题\n", "模板名: 标题"),
        # what an input could not tell apart or find
        ("键: 案件去向", "键: 年度", "键: 年度"),
        (ROW, "{键: 注, 格: m2}", "{键: 注, 格: m2}"),
        (ROW, "{键: ——, 格: m2}", "{键: ——, 格: m2}"),
        # two parts printed as one
        ("印作: 三、案件去向", "印作: 二、检查次数", "案件去向\n    印作"),
        # a word without effect
        ("    模板名: 概述\n", "    模板名: 概述\n    起稿: 留空\n", "模板名: 概述\n    起稿"),
        (
            "    模板名: 概述\n",
            "    模板名: 概述\n    勾稽关系: [{名: 甲, 每行: 乙 = 丙, 落在: 丙}]\n",
            "勾稽关系: [{",
        ),
        (ROW, "{键: 下半年, 格: m2, 可不写: 是}", "可不写: 是"),
        (ROW, "{组: 后半年, 合计: 是, 行: [{键: 下半年, 格: m2}]}", "组: 后半年"),
        (ROW, "{组: 后半年, 键: 后半, 行: [{键: 下半年, 格: m2}]}", "组: 后半年"),
        (ROW, "{组: 后半年, 行: []}", "组: 后半年"),
        ("印作: 全年合计", "印作: 全年合计, 也作: []", "也作: []"),
        # a name that finds nothing
        ("随: 填报日期", "随: 填报日", "随: 填报日}"),
        ("随: 填报日期", "随: 签字", "随: 签字}"),
        ('"{{填报日期}}"]', '"{{填表日期}}"]', "{{填表日期}}"),
        ("负责：{{签字.负责}}", "负责：{{签字}}", "{{签字}}"),
        ("负责：{{签字.负责}}", "负责：{{签字.负责}", "{{签字.负责}"),
        ('标题: "{{单位}}', '标题: "{{单位名}}', "{{单位名}}"),
        ('标题: "{{单位}}', '标题: "{{填报日期}}', '标题: "{{填报'),
        ("适用年度: 2023-", "适用年度: 2023-2020", "2023-2020"),
        # a tie that can never fail, or is told at no cell of its own
        ("上半年 + 下半年 = 全年", "上半年 + 全年 = 上半年 + 全年", "上半年 + 全年 ="),
        ("        落在: 全年", "        落在: 上年度.全年", "落在: 上年度.全年"),
        ("        落在: 全年", "        落在: 上 下 半年", "落在: 上 下"),
    ],
)
def test_what_used_to_load_in_silence_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, at: str | None
) -> None:
    path = spoilt(tmp_path, old, new)
    found = mistakes(path)
    line = place_of(path, at)[0] + at.removesuffix("\n").count("\n") if at else 1
    assert line in [f.location.line for f in found if f.location], found
    assert all(f.message.endswith("。") and f.hint for f in found)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("起稿: 留空", "起稿: 留白", "您是否想写“留空”"),
        (ROW, "{键: 下半年, 格: m2, 数: 金客}", "您是否想写“金额”"),
        ("填报日期: 日期", "填报日期: 日曰", "您是否想写“日期”"),
        ("罚款 + 警告 + 移送 = 小计", "罚款 + 警示告 + 移送 = 小计", "您是否想写“警告”"),
        ("上半年 + 下半年 = 全年", "上半年 + 下个半年 = 全年", "您是否想写“下半年”"),
        ('"{{填报日期}}"]', '"{{填表日期}}"]', "您是否想写“填报日期”"),
        ("    模板名: 检查\n", "    摸板名: 检查\n", "您是否想写“模板名”"),
        ("起: [办结案件, 查处]", "启: [办结案件, 查处]", "您是否想写“起”"),
        ("随: 填报日期", "随: 填报日其", "您是否想写“填报日期”"),
        ('"{{填报日期}}"]', '"{{填报日其}}"]', "您是否想写“填报日期”"),
        ("印作: 全年合计", "印做: 全年合计", "您是否想写“印作”"),
        ("上半年 + 下半年 = 全年", "上半年 + 下半年 = 今年", "您是否想写“全年”"),
        ("适用年度: 2023-\n", "适用年度: 2023-\n公文: 是\n", "“公文”写在“写法要求”里"),
        (
            "表式: 行政执法统计年报\n",
            "表式: 行政执法统计年报\n绝无此词: 是\n",
            "删掉它；可以写的词在 docs/form-words.md 里",
        ),
        ("部分:\n  - 键: 执法概述", "部份:\n  - 键: 执法概述", "您是否想写“部分”"),
        ("格: m3, 合计: 是", "格: m3, 合计: 真", "只能写：是、否"),
    ],
)
def test_a_word_a_hair_wrong_is_asked_about(tmp_path: Path, old: str, new: str, meant: str) -> None:
    assert meant in [f.hint for f in mistakes(spoilt(tmp_path, old, new))]


def test_a_required_key_misspelt_is_told_once(tmp_path: Path) -> None:
    (found,) = mistakes(spoilt(tmp_path, "适用年度: 2023-", "试用年度: 2023-"))
    assert (found.code, found.hint) == ("S101", "您是否想写“适用年度”")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (ROW, "{键: 上半年, 格: m2}", "“上半年”用了两次"),
        (SECOND_COLUMN, "{键: 日常巡查, 格: b}", "“日常巡查”用了两次"),
        ("键: 移送, 格: c", "键: 警告, 格: c", "“警告”用了两次"),
        ("部分:\n  - 键: 执法概述", "部份:\n  - 键: 执法概述", "没有“部份”这一项"),
        ("    模板名: 去向\n", "    模板名: 检查\n", "“检查”用了两次"),
        ("起: [办结案件, 查处]", "启: [办结案件, 查处]", "没有“启”这一项"),
        ("    模板名: 概述\n", "  - 键: 执法概述\n    模板名: 概述\n", "“执法概述”用了两次"),
        ("填报日期: 日期\n", "填报日期: 日期\n  单位: 文字\n", "“单位”每种表式都有"),
        (ROW, "{键: 下半年, 格: m2, 合计: 是}", "行的“合计”用了两次"),
        ("键: 移送, 格: c", "键: 移送, 格: c, 合计: 是", "列的“合计”用了两次"),
    ],
)
def test_one_mistake_is_one_finding(tmp_path: Path, old: str, new: str, said: str) -> None:
    (found,) = mistakes(spoilt(tmp_path, old, new))
    assert said in found.message


def test_no_is_an_answer_and_one_key_may_stand_in_two_groups(tmp_path: Path) -> None:
    halves = "{组: %s, 行: [{键: 一季度, 格: %s}, {键: 二季度, 格: %s}]}"
    text = TEXT.replace("合计: 是}", "合计: 否}", 1)
    old = "          - {键: 上半年, 格: m1}\n          - {键: 下半年, 格: m2}\n"
    assert text.count(old) == 1
    groups = (halves % ("上半年", "m1", "m2"), halves % ("下半年", "m4", "m5"))
    path = tmp_path / "sound.form.yaml"
    path.write_text(text.replace(old, "".join(f"          - {g}\n" for g in groups)), "utf-8")
    table = next(iter(formfile.load(path).tables()))
    assert not any(row.is_total for row in table.rows())
    tie = next(tie for tie in table.ties if not tie.in_row)
    assert [term.words for term in tie.sides.left] == ["上半年", "下半年"]


def test_a_tie_of_two_years_in_the_wrong_list_is_told(tmp_path: Path) -> None:
    old = "  - 键: 案件去向\n    印作: 三、案件去向\n    模板名: 去向\n"
    path = spoilt(
        tmp_path,
        old,
        old + "    跨年:\n      - {名: 同年, 每行: 罚款 = 警告, 落在: 警告}\n",
    )
    (found,) = mistakes(path)
    assert found.code == "F102"
    assert "写错了地方" in found.message


def test_a_tie_stands_at_one_of_its_own_cells(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "每行: 罚款 + 警告 + 移送 = 小计", "每行: 罚款 = 警告")
    (found,) = mistakes(path)
    assert (found.code, found.location and found.location.line) == (
        "F102",
        place_of(path, "落在: 小计")[0],
    )


def test_all_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "spoilt.form.yaml"
    path.write_text(TEXT.replace("m2", "m1").replace("n2", "n1").replace("2023-", "今后"), "utf-8")
    assert [f.code for f in mistakes(path)].count("F102") == 3


def test_a_broken_form_file_stops_the_command_with_its_lines(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "格: m2", "格: m1")
    ran = nianbao("check", SECOND / "2025.yaml", "--templates", tmp_path, cwd=tmp_path)
    assert ran.code == 3
    assert f"第 {place_of(path, '{键: 下半年, 格: m1}')[0]} 行" in ran.out
    assert "spoilt.form.yaml" in ran.out


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"- a\n", b"x"])
def test_what_is_no_form_file_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.form.yaml"
    path.write_bytes(data)
    assert mistakes(path)


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        (ROW, "{键: 下半年, 印作: {{年度}}下半年, 格: m2}", "“{{年度}}下半年”里有花括号", '写成 "{{年度}}下半年"'),
        (ROW, "{键: 下半年, 印作: 至{{年度}}, 格: m2}", "“至{{年度}}”里有花括号", '写成 "至{{年度}}"'),
        (ROW, "{键: 下半年, 印作: {{年度}}, 格: m2}", "“{{年度}}”里有花括号", '写成 "{{年度}}"'),
        (ROW, "{键: 下半年, 也作: [甲, {{年度}}乙], 格: m2}", "“{{年度}}乙”里有花括号", '写成 "{{年度}}乙"'),
        ("{各段: [", "{各段: [{{单位}}, ", "“{{单位}}”里有花括号", '写成 "{{单位}}"'),
        ('标题: "{{单位}}{{年度}}年行政执法统计年报"', "标题: {{单位}}{{年度}}年年报", "“{{单位}}{{年度}}年年报”里有花括号", '写成 "{{单位}}'),
        (ROW, "{键: 下半年, 格: m2, 不为零须核实: 是}", "“不为零须核实”写的是“是”", "如 [镇, 街道]"),
        (ROW, "{键: 下半年, 格: m2, 不为零须核实: [镇，街道]}", "只有一项“镇，街道”", "写成 不为零须核实: [镇, 街道]"),
        ("数: 1000, 单位: [执法队]", "数: 1000, 单位: 是", "“单位”写的是“是”", "如 [镇, 街道]"),
    ],
)  # fmt: skip
def test_one_slip_is_one_finding(
    tmp_path: Path, old: str, new: str, message: str, hint: str
) -> None:
    path = spoilt(tmp_path, old, new)
    (one,) = mistakes(path)
    assert message in one.message
    assert hint in one.hint
    assert one.location
    line = path.read_text("utf-8").split("\n")[one.location.line - 1]
    assert line[one.location.column - 1 :].startswith(("{{", "至", "是", "镇"))


def test_added_rows_said_with_yes_are_one_mistake(tmp_path: Path) -> None:
    """Not one more for each tie over them."""
    text = (SMALL_FORMS / "projects" / "projects-2025.form.yaml").read_text("utf-8")
    path = tmp_path / "projects.form.yaml"
    for value in ("是", "[至少, 至多]"):
        path.write_text(re.sub(r"可加行: \{.*\}", f"可加行: {value}", text, count=1), "utf-8")
        (one,) = mistakes(path)
        assert one.hint == "写成 {至少: 0, 至多: 50}，多少行都可以的写 {}"


def test_a_list_of_one_may_be_that_one(tmp_path: Path) -> None:
    """Of texts and of mappings alike."""
    plain = "[{键: 上半年, 格: m1}]"
    text = TEXT[: TEXT.index("叙述核对:")].split("    块:\n")[0] + (
        f"    块:\n      列: {{键: 次数, 格: a}}\n      行: {plain}\n"
        "    跨年: {名: 接得上, 每行: 上年度.次数 ≤ 次数, 落在: 次数}\n"
    )
    path = tmp_path / "short.form.yaml"
    path.write_text(text, "utf-8")
    listed = formfile.load(path)
    path.write_text(text.replace(plain, plain.strip("[]")), "utf-8")
    assert formfile.load(path).cells.keys() == listed.cells.keys() == {"m1a"}
    (tie,) = formfile.load(path).sections[-1].table.ties
    assert tie.name == "接得上"


def test_a_word_without_effect_in_braces_is_taken_out_by_itself(tmp_path: Path) -> None:
    for new, what in (
        ("{键: 下半年, 格: m2, 可不写: 是}", "“可不写”这一项"),
        ("\n            键: 下半年\n            格: m2\n            可不写: 是", "这一行"),
    ):
        (one,) = mistakes(spoilt(tmp_path, ROW, new))
        assert one.hint == f"删掉{what}"
