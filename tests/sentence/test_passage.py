"""A number is read by the phrase that owns it; what cannot be attached is not read, and why."""

from __future__ import annotations

import pytest
from support import FORM, read_form

from nianbao.sentence import passage, reading, words
from nianbao.sentence.said import GrowthInText, Said, ShareInText

KNOWN = words.vocabulary(read_form(FORM).claims, 2025)


def said(text: str) -> Said:
    (found,) = passage.read(text, KNOWN, ())
    return found


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("收到政府信息公开申请3件，上年结转1件", {"本年新收": 3, "上年结转": 1}),
        ("全年收到2件政府信息公开申请", {"本年新收": 2}),
        ("受理公民、法人和其他组织提出的政府信息公开申请5件", {"受理": 5}),
        ("收到邮寄的政府信息公开申请3件，共办结8件", {"答复办结": 8}),
        ("政府信息公开申请中予以公开和部分公开9件", {"予以公开、部分公开": 9}),
        ("政府信息公开申请中，4件结转办理到下年", {}),
        ("收到政府信息公开申请7件，其中10件已按时按规完成答复", {"本年新收": 7, "答复办结": 10}),
        ("收到政府信息公开申请8件，来信9件，答复9件", {"本年新收": 8}),
        ("县直部门收到政府信息公开申请8件，办结7件", {}),
        ("制定党内规范性文件3件", {}),
        ("征收补偿类行政诉讼43件", {}),
        ("不予行政处罚案件1件", {}),
        ("予以公开、部分公开分别为1件、2件", {}),
        ("收到政府信息公开申请近5件", {}),
        ("印发文件286份，其中行政规范性文件9份", {"行政规范性文件本年制发": 9}),
        ("收到政府信息公开申请（含平台申请31件）共48件", {"本年新收": 48}),
        ("有6家企业向我局申请公开信息48件", {"政府信息公开申请": 48}),
        ("尚有4件政府信息公开申请未到期限，结转至2026年办理", {"结转下年度继续办理": 4}),
        ("通过网络、信函等渠道收到政府信息公开申请48件", {"本年新收": 48}),
    ],
)
def test_what_a_number_counts(text: str, counts: dict[str, int]) -> None:
    assert {s.name: int(s.quantity.value) for s in said(text).statements} == counts


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("未收到政府信息公开申请", ["本年新收"]),
        ("未发生因依申请公开引起的行政诉讼", ["行政诉讼"]),
        ("没有行政复议、行政诉讼", ["行政复议", "行政诉讼"]),
        ("未收到政府信息公开申请人的投诉", []),
        ("没有因答复程序违法导致败诉的行政诉讼案件", []),
        ("一季度未收到政府信息公开申请", []),
        ("收到政府信息公开申请3件，均已答复", ["答复办结"]),
        ("上年结转的5件政府信息公开申请均已办结", []),
        ("除4件结转下年度外，其余政府信息公开申请均已办结", []),
    ],
)
def test_what_is_denied(text: str, denied: list[str]) -> None:
    assert [one.claim.name for one in said(text).denied] == denied


def test_shares_and_changes_that_can_be_worked_out_where_they_stand() -> None:
    (share,) = said("收到申请240件，其中网上168件，占70.0%").shares
    assert isinstance(share, ShareInText)
    assert (share.part.value, share.whole.value) == (168, 240)
    (growth,) = said("接待1260人次，比上年（1050人次）增长20%").growths
    assert isinstance(growth, GrowthInText)
    assert (growth.now.value, growth.before.value, growth.sign) == (1260, 1050, 1)


def test_another_year_alone_is_told() -> None:
    assert [m.year for m in said("2024年，我局共收到政府信息公开申请48件").misdated] == [2024]
    assert not said("2024年收到政府信息公开申请40件，2025年收到48件").misdated


def test_how_a_sentence_is_read_is_told() -> None:
    lines = "\n".join(reading.lines_of("制定党内规范性文件3件", read_form(FORM), 2025))
    assert "〔党内 限定〕" in lines
    assert "3件：不读，" in lines


def test_ten_times_the_text_takes_ten_times_the_words() -> None:
    text = "收到政府信息公开申请"
    assert len(words.cut(text * 100, KNOWN)) == 100 * len(words.cut(text, KNOWN))
