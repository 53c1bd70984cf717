"""政府网站工作年度报表 from outside: a table of labels and values that the tool ships with.

Every tie of it can break and hold, every kind of cell refuses what is none, and the
first form's reports stay what they were beside it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pytest
from support import (
    EXAMPLE,
    EXAMPLES,
    TEMPLATES,
    check,
    nianbao,
    paragraphs,
    place_of,
    read_form,
    tables,
)

from nianbao.form.kind import Blank

INPUT = EXAMPLES / "云岭县网站2025.yaml"
FAULTY = EXAMPLES / "云岭县网站2025-有错.yaml"
NAME = "政府网站工作年度报表"
FORM = TEMPLATES / "website-2018.form.yaml"
SIGNED = [
    "单位负责人：甲\t审核人：乙\t填报人：丙",
    "联系电话：0700-5550166\t填报日期：2026年1月12日",
]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return Path(shutil.copy(INPUT, tmp_path))


def changed(path: Path, *edits: tuple[str, str]) -> Path:
    text = path.read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


def told(path: Path) -> list[tuple[str, str, str]]:
    """(code, severity, message) of what is found, but that there is no last year."""
    found = check(path)["findings"]
    return [(f["code"], f["severity"], f["message"]) for f in found if f["code"] != "C001"]


def generated(path: Path, *options: object) -> Path:
    ran = nianbao("generate", *options, path, cwd=path.parent)
    assert (ran.code, ran.err) == (0, ""), ran.out
    return path.parent / "outputs" / f"{path.stem}.docx"


# --- the document -----------------------------------------------------------------------


def test_every_value_stands_beside_its_labels(filled: Path) -> None:
    written = generated(filled)
    lines = paragraphs(written)
    assert lines == [f"{NAME}（2025年度）", "填报单位：云岭县人民政府办公室", *SIGNED]
    ((*rows, last),) = tables(written)
    assert len(rows) == 52
    squeezed = [[re.sub(r"\s", "", text) for text in row] for row in rows]
    for wanted in (
        ["网站类型", "☑政府门户网站☐部门网站"],
        ["ICP备案号", "云ICP备00000001号-1", "公安机关备案号", "云公网安备99000002000001号"],
        ["信息发布（单位：条）", "总数", "6842"],
        ["解读回应", "解读信息发布", "总数（单位：条）", "96"],
        ["办事服务", "办件量（单位：件）", "法人办件量", "16335"],
        ["互动交流", "留言办理", "平均办理时间（单位：天）", "2.5"],
        ["移动新媒体", "微博", "名称", "无"],
        ["移动新媒体", "微信", "订阅数（单位：个）", "20648"],
        ["移动新媒体", "是否有移动新媒体", "☑是☐否"],
    ):
        assert wanted in squeezed
    assert last == [
        "创新发展",
        "☑搜索即服务\u3000☐多语言版本\u3000☑无障碍浏览\u3000☐千人千网\u3000☐其他",
    ]


def test_it_is_drawn_for_word_and_wps_alike() -> None:
    (table,) = docx.Document(str(FORM.with_name("website-2018.docx"))).tables
    grid = [int(column.w) for column in table._tbl.tblGrid.gridCol_lst]
    across = [sum(int(cell.width) for cell in row.tc_lst) for row in table._tbl.tr_lst]
    assert set(across) == {sum(grid)}
    properties = [row.trPr.xml for row in table._tbl.tr_lst]
    assert all("w:cantSplit" in xml for xml in properties)
    centred = [cell.tcPr.xml for row in table._tbl.tr_lst for cell in row.tc_lst]
    assert all('w:vAlign w:val="center"' in xml for xml in centred)


def test_in_traditional_the_choices_are_too(filled: Path) -> None:
    ((*_, last),) = tables(generated(filled, "--script", "zh-Hant"))
    assert last[1].startswith("☑搜索即服務\u3000☐多語言版本")


# --- what is refused --------------------------------------------------------------------


def test_the_faulty_sample_is_told_whole() -> None:
    found = check(FAULTY)["findings"]
    at = {
        "V111": "990000001",
        "T102": "6824",
        "V110": "√",
        "V302": "填报日期",
        "V101": "订阅数",
    }
    places = {f["code"]: (f["line"], f["column"]) for f in reversed(found)}
    assert {code: places[code] for code in at} == {
        code: place_of(FAULTY, typed) for code, typed in at.items()
    }
    assert [(f["code"], f["severity"]) for f in found if f["code"] != "C001"] == [
        ("V302", "note"),
        ("V111", "error"),
        ("T102", "error"),
        ("T102", "error"),
        ("T102", "confirm"),
        ("V110", "error"),
        ("V101", "error"),
        ("V110", "error"),
    ]
    (answer,) = [f["answer_key"] for f in found if f["severity"] == "confirm"]
    assert answer == "T102 办结留言数量 590/514"


TIES = [
    ("总数: 6842", "总数: 6843", "信息发布（单位：条）·总数", "error"),
    ("解读产品数量: 33", "解读产品数量: 34", "总数（单位：条）", "error"),
    ("自然人办件量: 31925", "自然人办件量: 0", "办件量（单位：件）·总数", "error"),
    ("理政务服务事项数量: 1159", "理政务服务事项数量: 1407", "可全程在线办理", "error"),
    ("独立用户访问总量: 386214", "独立用户访问总量: 1925508", "独立用户访问总量", "confirm"),
    ("新开设数量: 4", "新开设数量: 19", "新开设数量", "confirm"),
    ("办结留言数量: 509", "办结留言数量: 515", "办结留言数量", "confirm"),
    ("公开答复数量: 472", "公开答复数量: 510", "公开答复数量", "confirm"),
    ("公布调查结果期数: 26", "公布调查结果期数: 27", "公布调查结果期数", "confirm"),
    ("答复网民提问数量: 41", "答复网民提问数量: 59", "答复网民提问数量", "confirm"),
    ("问题整改数量: 9", "问题整改数量: 10", "问题整改数量", "confirm"),
]


@pytest.mark.parametrize(
    ("old", "new", "named", "severity"), TIES, ids=[new for _, new, *_ in TIES]
)
def test_each_tie_can_break(filled: Path, old: str, new: str, named: str, severity: str) -> None:
    ((code, how_grave, message),) = told(changed(filled, (old, new)))
    assert (code, how_grave) == ("T102", severity)
    assert message.startswith(f"“{named}")


def test_it_has_no_other_ties() -> None:
    (table,) = read_form(FORM).tables()
    conditional = [tie for tie in table.ties if tie.condition]
    assert len(table.ties) - len(conditional) == len(TIES)


NO_MEDIA = (
    ("是否有移动新媒体: 是", "是否有移动新媒体: 否"),
    ("名称: 无\n      信息发布量: 0\n      关注量: 0", "名称:\n      信息发布量:\n      关注量:"),
    (
        "名称: 云岭发布\n      信息发布量: 1327\n      订阅数: 20648\n    其他: 云岭发布（短视频号）",
        "名称:\n      信息发布量:\n      订阅数:\n    其他:",
    ),
)


def test_without_media_their_cells_stay_blank(filled: Path) -> None:
    assert told(changed(filled, *NO_MEDIA)) == []
    (rows,) = tables(generated(filled))
    assert [row[-1] for row in rows[-8:-1]] == [""] * 7


def test_with_media_no_cell_of_theirs_stays_blank(filled: Path) -> None:
    found = told(changed(filled, *NO_MEDIA[1:]))
    assert [code for code, *_ in found] == ["V101"] * 6
    assert "“微博·名称”" in found[0][2]


def test_without_media_there_are_no_readers_of_theirs(filled: Path) -> None:
    ((code, severity, message),) = told(changed(filled, NO_MEDIA[0]))
    assert (code, severity) == ("T102", "error")
    assert "“是否有移动新媒体 = 否”" in message


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("网站类型: 政府门户网站", "网站类型: 门户", "V110"),
        ("云ICP备00000001号-1", "00000001", "V111"),
        ("云公网安备 99000002000001号", "云ICP备00000001号", "V111"),
        ("平均办理时间: 2.5", "平均办理时间: 约3天", "V109"),
        ("联系电话: 0700-5550166", "联系电话:", "V107"),
        ("填报日期: 2026-01-12", "填报日期: 2026-02-30", "V106"),
        ("审核人: 乙\n", "", "S103"),
        ("    新开设数量: 4\n", "", "S103"),
        ("单位: 云岭县人民政府办公室", "单位: 云岭县", "S202"),
    ],
)
def test_what_is_none_is_refused(filled: Path, old: str, new: str, code: str) -> None:
    ((found, *_),) = told(changed(filled, (old, new)))
    assert found == code


def test_a_number_that_an_office_has_not_got_is_said_so(filled: Path) -> None:
    edits = ("云ICP备00000001号-1", "无"), ("云公网安备 99000002000001号", "无")
    assert told(changed(filled, *edits)) == []


def test_slips_of_the_keyboard_are_mended(filled: Path) -> None:
    sound = filled.read_text("utf-8")
    changed(
        filled, ("收到留言数量: 514", "收到留言数量：５１４"), ("[搜索即服务, ", "[搜索即服务，")
    )
    ran = nianbao("fix", filled, cwd=filled.parent)
    assert ran.code == 0, ran.out
    assert filled.read_text("utf-8") == sound


# --- which form, and a new one ------------------------------------------------------------


@pytest.mark.parametrize("named", [True, False])
def test_it_is_chosen_by_its_name_or_its_part(filled: Path, named: bool) -> None:
    if not named:
        changed(filled, (f"表式: {NAME}\n", ""))
    assert told(filled) == []
    assert NAME in docx.Document(str(generated(filled))).core_properties.title


def test_the_first_form_is_chosen_as_before(tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    assert told(path) == []
    found = told(changed(path, ("年度: 2025", "年度: 2018")))
    assert [message for code, _, message in found if code == "S107"] == [
        "没有适用于 2018 年度的表式。"
    ]


def test_forms_lists_it(tmp_path: Path) -> None:
    ran = nianbao("forms", cwd=tmp_path)
    assert ran.code == 0
    assert f"website-2018  {NAME}（2018年版，国办函〔2018〕12号），2018 年度起" in ran.out


def test_a_starter_teaches_each_kind(tmp_path: Path) -> None:
    unit = "云岭县人民政府办公室"
    ran = nianbao("new", "2025", "--form", NAME, "--unit", unit, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    started = tmp_path / "inputs" / "2025.yaml"
    text = started.read_text("utf-8")
    for taught in (
        "填报日期:      # 2026-01-12",
        "网站类型:      # 写 政府门户网站、部门网站 里的一个",
        "写成“…ICP备＃号-＃”或“…ICP备＃号”的样子（＃ 是数字），没有的写 无\n  ICP备案号:",
        "    总数:      # 条",
        "是否发布服务事项目录:      # 写是或者否",
        "平均办理时间:      # 一个不小于零的数（单位：天），如 3.5",
        "没有的写无，如 [搜索即服务]",
    ):
        assert taught in text
    found = check(started)["findings"]
    assert {f["code"] for f in found} == {"C001", "V101", "V107"}
    cells = read_form(FORM).cells
    needed = [
        cell for cell in cells.values() if cell.takes.blank in (Blank(), Blank(words=("无",)))
    ]
    assert len([f for f in found if f["code"] == "V101"]) == len(needed) == 47


def test_a_new_year_keeps_who_signs_and_what_the_site_is(filled: Path) -> None:
    ran = nianbao("new", "2026", "--from", filled, cwd=filled.parent)
    assert (ran.code, ran.err) == (0, "")
    text = (filled.parent / "inputs" / "2026.yaml").read_text("utf-8")
    for kept in (
        "单位负责人: 甲",
        "联系电话: 0700-5550166",
        "  首页网址: https://www.yunling.example",
        "  网站类型: 政府门户网站",
        "  政府网站标识码: 9900000001",
        "  公安机关备案号: 云公网安备 99000002000001号",
        "      名称: 云岭发布",
        "    总数:      # 条",
    ):
        assert f"\n{kept}\n" in text


def test_a_review_copy_stands_beside_its_cells(filled: Path) -> None:
    changed(filled, ("总数: 6842", "总数: 6824"))
    assert nianbao("review", filled, cwd=filled.parent).code == 1
    copy = docx.Document(str(filled.parent / "outputs" / f"{filled.stem}.审阅稿.docx"))
    (comment,) = [c for c in copy.comments if "T102" in c.text]
    marked = copy.element.xpath(f"//w:tc[.//w:commentReference[@w:id='{comment.comment_id}']]")
    assert "".join(marked[0].xpath(".//w:t/text()")) == "6824"
