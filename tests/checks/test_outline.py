"""Numbers that skip or repeat are told at their place; lists that begin anew are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import with_narrative
from support.cases import BASE, check, written


def told(folder: Path, code: str, text: str, key: str = "总体情况") -> list[str]:
    """The answer keys of `code` for a part that says `text`, without the part's name."""
    found = check(written(folder, with_narrative(BASE, key, text)))["findings"]
    return [f["answer_key"].removeprefix(f"{code} {key} ") for f in found if f["code"] == code]


@pytest.mark.parametrize(
    "text",
    [
        "（一）甲。\n（二）乙。\n（三）丙。",
        "(一)甲\n(二）乙\n（三)丙",
        "（一）甲。\n1.子。\n2.丑。\n（二）乙。\n1.子。\n2.丑。",
        "（一）甲。\n1、子。\n2、丑。\n（二）乙。\n3、寅。\n4、卯。",
        "问题有：\n1.子。\n2.丑。\n措施有：\n1.子。\n2.丑。\n3.寅。",
        "1.甲\n（1）子\n（2）丑\n2.乙\n（1）子",
        "1．甲\n（一）子\n（二）丑\n2．乙\n3．丙",
        "（一）甲。一是子；二是丑；三是寅。\n（二）乙。一是子。",
        "一是甲：一是子，二是丑，三是寅；二是乙；三是丙。",
        "主要是一是甲；二是乙。",
        "一是甲，二是乙，三是丙。\n措施一是丁；二是戊；三是己。",
        "一是甲，二是乙，三是丙。\n首先丁；二是戊；三是己。",
        "首先甲；二是乙。",
        "一是甲。\n二是乙。\n三是丙。\n做法：一是甲，二是乙。",
        "原因之一是人手少，第二是经费紧，统一是关键。",
        "1.5万元以下的也公开。\n2.5万元以上的另行公布。",
        "12345热线全年办件。\n2025年办结。\n30日以内答复。",
        "（九）甲\n".replace("九", "一") + "（二）乙\n（三）丙\n（四）丁\n（五）戊\n（六）己\n"
        "（七）庚\n（八）辛\n（九）壬\n（十）癸\n（十一）子\n（十二）丑",
        "①甲\n②乙\n③丙",
        "第二十条第（八）项的收费按季公布。\n（一）甲\n（二）乙",
        "一、二类事项全部上网。\n（一）甲。\n（二）乙。",
        "1）甲\n2）乙",
        "1.2026年6月前完成培训。\n2.完善制度。",
    ],
)
def test_numbers_in_order_are_silent(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N203", text) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("（一）甲。\n（三）乙。\n（四）丙。", ["（一）/（三）"]),
        ("（一）甲。\n（二）乙。\n（二）丙。\n（三）丁。", ["（二）/（二）"]),
        ("（一）甲。\n（二）乙。\n（二）丙。\n（四）丁。", ["（二）/（二）"]),
        ("（一）甲。\n（一）乙。", ["（一）/（一）"]),
        ("（一）甲。\n1.子。\n3.丑。\n（二）乙。\n1.子。", ["1./3."]),
        ("（一）甲。\n1.子。\n2.丑。\n（三）乙。", ["（一）/（三）"]),
        ("（二）甲。\n（三）乙。", ["（二）"]),
        ("1.甲\n（1）子\n（3）丑\n2.乙", ["（1）/（3）"]),
        ("1、甲\n1、乙\n2、丙", ["1、/1、"]),
        ("工作有：一是甲；三是乙；四是丙。", ["一是/三是"]),
        ("一是甲；二是乙；二是丙。", ["二是/二是"]),
        ("一是甲。\n二是乙。\n四是丙。", ["二是/四是"]),
    ],
)
def test_numbers_that_skip_or_repeat_are_told(tmp_path: Path, text: str, keys: list[str]) -> None:
    assert told(tmp_path, "N203", text) == keys


def test_a_skip_stands_at_the_number(tmp_path: Path) -> None:
    text = with_narrative(BASE, "存在的主要问题及改进情况", "改进：一是每周查看；三是当场更换。")
    (found,) = [f for f in check(written(tmp_path, text))["findings"] if f["code"] == "N203"]
    line = text.split("\n").index("  改进：一是每周查看；三是当场更换。")
    assert (found["line"], found["column"]) == (line + 1, 13)


PARTS = (
    "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
    "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项"
)


@pytest.mark.parametrize(
    "text",
    [
        f"报告由{PARTS}六个部分组成。",
        f"全文包括{PARTS}，共6部分。",
        f"全文由{PARTS.replace('、', '，')}等部分组成。",
        "本报告包括概述、主动公开、依申请公开、行政复议和行政诉讼、问题及改进、其他事项。",
        "全文包括总体情况、行政机关主动公开政府信息情况、行政机关收到和处理政府信息公开申请情况、"
        "因政府信息公开工作被申请行政复议提起行政诉讼情况、政府信息公开工作存在的主要问题及改进情况"
        "和其他需要报告的事项等六项内容。",
        "报告内容分六个部分。",
        "本报告由正文和附表两部分组成。",
        "报告内容涵盖总体进展、主动公开、依申请公开办理、行政复议与行政诉讼、存在问题及改进措施等。",
        "本报告包括各辖区单位的数据，部分内容已在网站公布。",
        "现将主动公开、依申请公开、行政复议等方面的总体情况报告如下。",
        "第五部分列明了主要问题。本报告共有附件两个部分。".replace("两个部分", "两份"),
        "本報告由總體情況、主動公開政府信息情況、收到和處理政府信息公開申請情況、行政複議、行政訴訟情況、"
        "存在的主要問題及改進情況、其他需要報告的事項六個部分組成。",
    ],
)
def test_a_list_of_parts_that_matches_or_is_none(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "N205", text, "引言") == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "全文包括概述、主动公开政府信息情况、依申请公开政府信息情况、复议和诉讼情况、问题和改进措施。",
            "5/6",
        ),
        (f"报告由{PARTS.replace('总体情况、', '')}五个部分组成。", "5/6"),
        (f"报告由{PARTS}七个部分组成。", "7/6"),
        ("报告共分为五个部分，统计期限如下。", "5/6"),
        ("由主动公开、依申请公开、复议诉讼、主要问题等四部分组成。", "4/6"),
    ],
)
def test_a_list_of_parts_that_does_not_match(tmp_path: Path, text: str, key: str) -> None:
    assert told(tmp_path, "N205", text, "引言") == [key]
