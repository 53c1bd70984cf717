"""Blanks of a model text and private numbers are told; what offices properly write is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import with_narrative
from support.cases import BASE, check, written

KEY = "其他需要报告的事项"
CARD = "999999199001011238"
"""No such district; the check character is right."""


def told(folder: Path, code: str, text: str) -> list[str | None]:
    """The answer keys of `code` for a text, without the part's name; None for a note."""
    file = with_narrative(BASE, KEY, f"{text}没有收取信息处理费。")
    found = [f for f in check(written(folder, file))["findings"] if f["code"] == code]
    return [f["answer_key"] and f["answer_key"].removeprefix(f"{code} {KEY} ") for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "各村（社区）设立公开栏，村（居）民代表参加评议。",
        "全市各县（市、区）和乡（镇）同步推进。",
        "各区（镇）管理机构报送数据，12个镇（区）已完成。",
        "各办（中心）落实责任，相关部门（单位）配合。",
        "各縣（市、區）、鎮（街道）均已公開。",
        "网址http://xxgk.yunling.gov.cn，邮箱xx@yunling.gov.cn。",
        "电话0700-555××××已停用，规格为3×8。",
        "请申请人（填写申请表）后提交，也可（补充材料）再办。",
        "填写年月日不全的，一次告知。",
        "2025年1月12日发布，共12 件。",
        "完善“（三审三校）”制度（详见附件）。",
        "收到〔2025〕12号文件后即办。",
        "Excel表格和XML数据均可下载，XL号制服信息已公示。",
        "某些内容、某一事项的公开程度不够。",
    ],
)
def test_no_residue(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N208", text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("促进全区（镇）公开水平提升。", "区（镇）"),
        ("促進全區(鎮)公開水平提升。", "區(鎮)"),
        ("我县（市、区）公开水平提升。", "县（市、区）"),
        ("在XX平台发布。", "XX"),
        ("在××镇发布。", "××"),
        ("某某局负责。", "某某"),
        ("由（此处填写单位名称）负责。", "（此处填写单位名称）"),
        ("由（单位名称）负责。", "（单位名称）"),
        ("共（待补充）件。", "（待补充）"),
        ("共发布（ ）条。", "（ ）"),
        ("截至2025年  月  日。", "2025年 月 日"),
        ("共发布___条。", "布___"),
    ],
)
def test_residue(tmp_path: Path, text: str, left: str) -> None:
    assert told(tmp_path, "N208", text) == [left]


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD[:-1]}7",
        f"{CARD[:6]}19901331{CARD[14:]}",
        f"1{CARD}",
        f"{CARD[:14]}****",
        "统一社会信用代码11431299006543210K",
        "公告编号202506180023",
    ],
)
def test_no_identity_card(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N209", f"误登{text}，已撤下。") == []


def test_an_identity_card_is_not_repeated_in_full(tmp_path: Path) -> None:
    for typed in (CARD, "".join(chr(ord(digit) + 0xFEE0) for digit in CARD)):
        assert told(tmp_path, "N209", f"误登{typed}，已撤下。") == ["999999…1238"]


def test_a_check_character_may_be_x(tmp_path: Path) -> None:
    assert told(tmp_path, "N209", "误登99999919900102018X，已撤下。") == []
    assert told(tmp_path, "N209", "误登99999919900101018X，已撤下。") == ["999999…018X"]


@pytest.mark.parametrize(
    "text", ["0700-5550188", "12345", "139****0000", "订单213900000000", "1390000000"]
)
def test_no_mobile(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N305", f"电话{text}。") == []


@pytest.mark.parametrize("text", ["13900000000", "１３９００００００００"])
def test_a_mobile(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N305", f"电话{text}。") == [None]
