"""What was left standing from a model text or by a program, and what must not be published.

Knows how a blank to be filled in looks (XX, 某某, 年 月 日, 我区（镇）), what a
web page, a chat or a note to oneself leaves behind (<br>, [图片], #待核实), and
identity-card and mobile numbers. Which words offices properly write with a
second in brackets, as 村（社区）, the form declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from nianbao.chinese.wording import folded, names_of
from nianbao.diagnostics import Finding, finding
from nianbao.form import figure
from nianbao.report.report import Report

_BLANKS = (
    re.compile(
        r"(?<![A-Za-z0-9./@:_×╳*＊○◯□-])(?:[Xx]{2,}|[×╳]{2,}|[*＊]{2,}|[○◯□]{2,})(?![A-Za-z0-9./@_-])"
    ),
    re.compile(r"某某|某(?:县|区|镇|乡|街道|局|单位)(?=人民政府|办公室|\d{4}年)"),
    re.compile(r"[（(【\[［][\s　]*[）)】\]］]|《[\s　]*》"),
    re.compile(r"^[|｜丨│]+"),
    re.compile(
        r"[（(【\[［](?:请)?在?(?:此处|这里)[^（()）】\]］]*[）)】\]］]"
        r"|[（(【\[［](?:待(?:补充|填写?|填入|确定|核实|完善|定)|(?:请)?(?:填写?|填入|注明|写明)"
        r"(?:单位|名称|数字|数据|内容|姓名|时间|日期|地址|电话|具体))[^（()）】\]］]{0,6}[）)】\]］]"
        r"|[（(【\[［](?:单位|部门|乡镇|机关|本机关|具体)(?:名称|全称|数字|内容|数据|时间|日期|地址|电话|网址|链接|邮箱)[）)】\]］]"
    ),
    re.compile(r"(?:\d{4}|[\s　_])年[\s　_]{0,9}月[\s　_]{0,9}日|年[\s　_]{1,9}月[\s　_]{0,9}日"),
    re.compile(r"[\u4e00-\u9fff](?:[\s　]{2,}|_+)(?=[件条次个人份起场期篇]|万元)|_{3,}|＿{2,}"),
    re.compile(
        r"[（(【\[][^（()）】\]]{0,20}(?:宋体|黑体|楷体|仿宋|[一二三四五六]号字|字号|加粗|居中|行距|首行缩进)"
        r"[^（()）】\]]{0,20}[）)】\]]"
    ),
    re.compile(
        r"(?:^|(?<=[，。；：、！？）》”\s]))[#＃]{1,3}\s?[\u4e00-\u9fff]{1,20}(?![\u4e00-\u9fff#＃])"
    ),
    re.compile(
        r"</?(?:br|p|div|span|font|strong|b|i|u|a|img|table|tr|td|h\d)(?:\s[^<>]{0,200})?/?>"
        r"|(?:&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|middot);)+|[\[【](?:图片|表情|链接|文件|语音)[\]】]",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?<![A-Za-z])[A-Za-z]:[\\/](?!/)|\\\\)[^\s，。；]{0,200}\.(?:png|jpe?g|gif|bmp|docx?|xlsx?|pdf|wps)"
        r"|(?<![\w./:-])[\w-]{1,60}\.(?:png|jpe?g|gif|bmp)(?![\w.])",
        re.IGNORECASE | re.ASCII,
    ),
)
_ONE_BRACE = re.compile(r"(?<![{｛])[{｛]([^{}｛｝]{1,30})[}｝]{1,2}")
_LEVEL = "省|市|州|盟|县|区|旗|镇|乡|街道|村|社区|居|局|委|办|厅"
_ALTERNATIVE = re.compile(rf"(?:{_LEVEL})[（(](?:{_LEVEL})(?:[、/,，或](?:{_LEVEL}))*[）)]")
_OF_ONESELF = re.compile(r"[我本]$")
_OF_ALL = re.compile(r"(?:各|个|级|有关|相关|所辖)$")
_IDENTITY_CARD = re.compile(r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?<![\d-])1[3-9]\d{9}(?!\d)")


def residue(report: Report, last: Report | None) -> Iterator[Finding]:
    """Blanks and alternatives of a model text (N208)."""
    joint = {_parts(word) for word in report.form.requirements.joint_words}
    for section, paragraph in report.paragraphs():
        text = folded(paragraph.text)
        found = [match.span() for pattern in _BLANKS for match in pattern.finditer(text)]
        found += [
            match.span()
            for match in _ALTERNATIVE.finditer(text)
            if not _is_joint(text, match, joint)
        ]
        found += [m.span() for m in _ONE_BRACE.finditer(text) if _is_a_name(m[1], report)]
        for start, end in outermost(found):
            typed = paragraph.text[start:end]
            if not paragraph.is_bound(start, end) and not _closes(typed, text[:start]):
                yield finding(
                    "N208",
                    f"“{section.label}”里的“{typed}”像是范本里的，或者贴来没有收拾的。",
                    subject=f"{section.key} {' '.join(typed.strip('#＃').split())}",
                    at=paragraph.words(start, end),
                    hint=_remedy(typed),
                )


def _remedy(typed: str) -> str:
    if typed[0] in "{｛":
        return "要从表里取数的，写成 {{名称}} 的样子；不是的，删去括号"
    return "填上本单位的，或者删去"


def _closes(typed: str, before: str) -> bool:
    """True for the </p> of a <p> that is told already."""
    return typed.startswith("</") and f"<{typed[2:].rstrip('>')}" in before


def private_numbers(report: Report, last: Report | None) -> Iterator[Finding]:
    """An identity-card number (N209), told without its middle; a mobile number (N305)."""
    for section, paragraph in report.paragraphs():
        text = folded(paragraph.text)
        for found in _IDENTITY_CARD.finditer(text):
            if _is_identity_card(found[0].upper()):
                shown = f"{found[0][:6]}…{found[0][-4:]}"
                yield finding(
                    "N209",
                    f"“{section.label}”里有身份证号 {shown}。",
                    subject=f"{section.key} {shown}",
                    at=paragraph.words(*found.span()),
                    hint="报告要公开，个人信息要删去",
                )
        for found in _MOBILE.finditer(text):
            yield finding(
                "N305",
                f"“{section.label}”里有手机号 {found[0]}。",
                at=paragraph.words(*found.span()),
                hint="报告要公开，最好写办公电话",
            )


def outermost(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that lie in no other, in order."""
    reached = 0
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end > reached:
            reached = end
            yield start, end


def _is_a_name(typed: str, report: Report) -> bool:
    """True for what {{ }} would take a figure or a name from."""
    if any(names_of(typed) & names_of(own) for own in report.own_names()):
        return True
    try:
        return bool(figure.in_form(typed, report.form))
    except figure.FigureError:
        return False


def _parts(word: str) -> tuple[str, frozenset[str]]:
    """村（居、社区） as 村 and {居, 社区}."""
    before, _, inner = word.replace("(", "（").rstrip("）)").partition("（")
    return before, frozenset(re.split("[、/,，或]", inner))


def _is_joint(text: str, match: re.Match[str], joint: set[tuple[str, frozenset[str]]]) -> bool:
    before = text[max(match.start() - 4, 0) : match.start()]
    if _OF_ONESELF.search(before):
        return False
    return bool(_OF_ALL.search(before)) or _parts(match[0]) in joint


def _is_identity_card(number: str) -> bool:
    """True for a date of birth that is in the calendar and the right check character."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]
