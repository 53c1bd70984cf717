"""The writing itself: punctuation typed half-width, a word typed twice.

Knows Chinese punctuation and the words that are doubled on purpose (研究研究)
or meet at a boundary (公开 + 公开栏); knows no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.chinese.wording import folded
from nianbao.diagnostics import Finding, finding
from nianbao.form.form import Section
from nianbao.report.report import Paragraph, Report

_HAN = "\u3400-\u9fff"
_HALF_WIDTH = re.compile(rf"(?<=[{_HAN}）》”])[,;:?!()](?=[{_HAN}（《“])")
_DOUBLED = re.compile(rf"([{_HAN}])(?!\1)([{_HAN}])\1\2")
_ON_PURPOSE = re.compile(
    "[一逐][^一]|研究|商量|讨论|学习|了解|考虑|调研|锻炼|打扫|整理|收拾|休息|交流|沟通|介绍|"
    "多少|许多|好多|很多|比较|哗啦|叮咚|嘀嗒"
)
_BEGINS_A_COMPOUND = {
    "公开": "栏指目专平制条工申属办区内渠方事信情窗期流程力标领范时度年处规政法说",
    "信息": "员中化处公管发平专科安技系资采报更内审条服",
    "政府": "网门信工公采部办机购投规文常令职投",
    "服务": "中站点窗大平热员指事对于流项能型",
    "管理": "员局办制平系人工机条科规服",
    "工作": "人领专机报方要台制计部会组队流规安职动",
    "处理": "费决结情意办流",
    "行政": "村区许处强复诉机执审管规法",
    "发展": "中规改局战报计",
    "建设": "局项工用单中规标",
    "中心": "校镇城村卫小学",
    "社区": "居工服卫党书",
    "人员": "名情信",
    "平台": "建管",
    "办理": "情结流",
    "答复": "书文意",
    "申请": "人表书事情",
    "政务": "公服新信",
    "监督": "检管员局所电",
    "教育": "局体培",
    "安全": "生监管",
    "环境": "保卫整",
    "执法": "队人局",
    "网站": "管建",
}


def half_width(report: Report, last: Report | None) -> Iterator[Finding]:
    """Half-width punctuation between Chinese characters (N303): one note a part."""
    for section in report.form.sections:
        found = [
            (paragraph, mark)
            for paragraph in report.narratives.get(section.name, ())
            for mark in _HALF_WIDTH.finditer(paragraph.text)
        ]
        if found:
            paragraph, mark = found[0]
            yield finding(
                "N303",
                f"“{section.label}”的汉字中间有 {len(found)} 个半角标点，第一个是“{mark[0]}”。",
                at=paragraph.words(*mark.span()),
                hint="换成全角的，；：？！（）",
            )


def doubled(report: Report, last: Report | None) -> Iterator[Finding]:
    """A word of two characters written twice running (N304)."""
    for section, paragraph in report.paragraphs():
        text = folded(paragraph.text)
        for found in _DOUBLED.finditer(text):
            if not paragraph.is_bound(*found.span()) and not _meant(text, found):
                yield _typed_twice(section, paragraph, found)


def _meant(text: str, found: re.Match[str]) -> bool:
    word = found[0][:2]
    behind = text[found.end() : found.end() + 1]
    return bool(_ON_PURPOSE.match(word)) or bool(
        behind and behind in _BEGINS_A_COMPOUND.get(word, "")
    )


def _typed_twice(section: Section, paragraph: Paragraph, found: re.Match[str]) -> Finding:
    return finding(
        "N304",
        f"“{section.label}”里“{paragraph.text[found.start() : found.end()]}”像是重复了两个字。",
        at=paragraph.words(*found.span()),
        hint="多打的，删去一个",
    )
