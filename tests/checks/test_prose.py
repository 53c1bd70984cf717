"""Half-width punctuation and doubled words are noted; numbers, addresses, boundaries are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import place_of, with_narrative
from support.cases import BASE, check, written

KEY = "其他需要报告的事项"


def told(folder: Path, code: str, text: str) -> list[str]:
    file = with_narrative(BASE, KEY, f"{text}没有收取信息处理费。")
    return [f["message"] for f in check(written(folder, file))["findings"] if f["code"] == code]


@pytest.mark.parametrize(
    "text",
    [
        "公开及时，内容准确。",
        "会议15:30开始，用水1,200吨，增长3.5%。",
        "网址www.yunling.gov.cn，见a,b两项。",
        "执行Word(2019)格式。",
        "“互联网+政务服务”平台。",
    ],
)
def test_full_width_or_between_letters(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N303", text) == []


def test_half_width_marks_are_counted_once_a_part(tmp_path: Path) -> None:
    text = "公开及时,内容准确;群众(村民)满意。"
    (message,) = told(tmp_path, "N303", text)
    assert message == "“六、其他需要报告的事项”的汉字中间有 4 个半角标点，第一个是“,”。"
    path = tmp_path / "2025.yaml"
    (found,) = [f for f in check(path)["findings"] if f["code"] == "N303"]
    assert (found["line"], found["column"]) == place_of(path, ",内容准确")


@pytest.mark.parametrize(
    "text",
    [
        "事事有回音，件件有着落，星星点点的信息也不放过。",
        "一项一项核对，一件一件办理，逐条逐条过。",
        "政务公开公开栏，政务信息信息员，县人民政府政府网站。",
        "主动公开公开目录，便民服务服务中心。",
        "大家研究研究再定。",
        "公开工作工作机制健全。",
    ],
)
def test_words_doubled_on_purpose_or_at_a_boundary(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N304", text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("公布资金资金使用情况。", "资金资金"),
        ("推进公开工作工作，努力保障知情权。", "工作工作"),
        ("公佈資金資金使用情況。", "資金資金"),
        ("加强加强管理。", "加强加强"),
    ],
)
def test_a_word_typed_twice(tmp_path: Path, text: str, word: str) -> None:
    assert told(tmp_path, "N304", text) == [f"“六、其他需要报告的事项”里“{word}”像是重复了两个字。"]
