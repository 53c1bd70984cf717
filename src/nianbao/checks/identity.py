"""Whose report this is: the unit it speaks of, what it calls itself, the format it cites.

Knows how a report names its own subject and when two names can be one unit
(云岭县卫健局, 卫生健康局). What a kind of unit cannot call itself and which
document is cited are the form's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.chinese.wording import folded, plain, squeeze
from nianbao.diagnostics import About, Finding, finding
from nianbao.form.contract import TITLE
from nianbao.report.report import Report

_NAME = r"(?P<unit>[^，。；：、,;:《》“”\d]{2,30}?)"
_MADE = re.compile(
    r"(?:公布|发布|编制(?:形成|完成)?(?:并公布|并发布)?|形成|[现特兹]将)了?\s*《?"
    + _NAME
    + r"\s*\d{4}\s*年度?(?P<what>[^，。；《》]{0,30}?(?:报告|年报))"
)
_MADE_BY = re.compile(
    r"本(?:年度|年)?(?:报告|年报)由"
    + _NAME
    + r"(?=(?:负责|牵头|组织|统一|具体)*(?:编制|编写|编撰|编报|公布|发布)"
    r"|按照|根据|依据|依照|结合)"
)
_TITLED = re.compile(r"^(?:关于)?" + _NAME + r"(?:关于)?\s*\d{4}\s*年")
_SELF = re.compile(r"^(?:关于|我|本|全|该)+")
_UNIT_LIKE = re.compile(
    r"(?:[省市州盟县区旗镇乡局委厅处院会队所站社府部]|街道|中心|办公室|办公厅|办事处|大队|支队|学校|公司)$"
)
_SEVERAL = re.compile("各|所属|下属|有关|及|等|部门")
_NO_NAME = re.compile(
    r"^(?:各?级|本级|机关|单位|部门|地方|有关)*(?:人民)?(?:政府|机关|单位|部门)?$"
)
_OFFICE = re.compile(r"(?:(?:人民)?政府(?:办|办公厅)?|办事处)$")
_INNER_OFFICE = re.compile(
    r"(?<=[省市州盟县区旗镇乡局委道])[^省市州盟县区旗镇乡局委道]*(?:办|科|股|室|站|中心)$"
)
_CLOSING = r"[》〉」』”\"]{0,3}"
_CITATION = re.compile(
    _CLOSING
    + r"(?:[（(](?:试行|\d{4}年?版)[）)])?"
    + _CLOSING
    + "(?:的通知)?"
    + _CLOSING
    + r"\s?[（(【\[]"
    r"(?P<cited>[^《》。；;]{0,80})"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,12}\s?[〔\[【（(［]\s?\d{2,4}\s?[〕\]】）)］]\s?第?\s?\d+\s?号"
)
_QUOTES = re.compile("“[^”]{0,200}”|「[^」]{0,200}」|《[^》]{0,200}》")


def format_cited(report: Report, last: Report | None) -> Iterator[Finding]:
    """The number behind the format's name is not the form's (N206)."""
    named, right = report.form.requirements.cited, report.form.document_number
    if not named or not right:
        return
    for section, paragraph in report.paragraphs():
        text = folded(paragraph.text)
        for found in re.finditer(re.escape(named), text):
            cited = _CITATION.match(text, found.end())
            numbers = list(_NUMBER.finditer(cited["cited"])) if cited else []
            if not cited or not numbers or numbers[0].start() > 3:
                continue
            if not any(plain(right) in plain(number[0]) for number in numbers):
                at = cited.start("cited") + numbers[0].start()
                typed = paragraph.text[at : at + len(numbers[0][0])]
                yield finding(
                    "N206",
                    f"“{section.label}”引的{named}是“{typed}”，这份表式的文号是“{right}”。",
                    subject=f"{section.key} {''.join(typed.split())}",
                    at=paragraph.words(at, at + len(typed)),
                    hint=f"改成 {right}",
                )


def own_subject(report: Report, last: Report | None) -> Iterator[Finding]:
    """The report speaks of itself as another unit's (N207)."""
    if not report.unit:
        return
    title = _TITLED.match(folded(report.title))
    if title and TITLE in report.places:
        yield from _another(report, report.title, title, report.at(TITLE), TITLE)
    for section, paragraph in report.paragraphs():
        text = folded(paragraph.text)
        for pattern in (_MADE, _MADE_BY):
            for found in pattern.finditer(text):
                if pattern is _MADE and not _is_this(found["what"], report):
                    continue
                start = found.start("unit")
                if not paragraph.is_bound(*found.span("unit")):
                    place = paragraph.words(start, found.end("unit"))
                    yield from _another(report, paragraph.text, found, place, section.key)


def own_level(report: Report, last: Report | None) -> Iterator[Finding]:
    """What a unit of this kind cannot call itself, 我局 in a town (N207): once a word."""
    never = {
        word
        for own_name in report.form.requirements.own_names
        if report.unit_ends_in(own_name.units)
        for word in own_name.never
    }
    told: set[str] = set()
    for section, paragraph in report.paragraphs():
        text = _QUOTES.sub(lambda quoted: "“" * len(quoted[0]), folded(paragraph.text))
        for word in sorted(never - told):
            found = re.search(
                rf"(?<![自])我{word}(?![限部面长镇])|(?<![\u4e00-\u9fff])本{word}(?![限部面长])",
                text,
            )
            if found and not paragraph.is_bound(*found.span()):
                told.add(word)
                typed = paragraph.text[found.start() : found.end()]
                yield finding(
                    "N207",
                    f"“{section.label}”里自称“{typed}”，而本报告的单位是“{report.unit}”。",
                    subject=f"{section.key} {typed}",
                    at=paragraph.words(*found.span()),
                    hint="改成本单位的自称",
                )


def _another(
    report: Report, typed: str, found: re.Match[str], place: About, where: str
) -> Iterator[Finding]:
    start, end = found.span("unit")
    if not _can_be(found["unit"], plain(report.unit), plain(report.short_name)):
        name = typed[start:end].strip()
        yield finding(
            "N207",
            f"这里说是“{name}”的报告，单位写的是“{report.unit}”。",
            subject=f"{where} {squeeze(name)}",
            at=place,
            hint="照别处抄来的，改成本单位的名称",
        )


def _can_be(named: str, unit: str, short: str) -> bool:
    """True unless `named` is plainly another unit than `unit`."""
    name = _SELF.sub("", plain(named))
    if _NO_NAME.match(name) or _SEVERAL.search(name) or not _UNIT_LIKE.search(name):
        return True
    return any(own and _same(name, own) for own in (unit, short))


def _is_this(what: str, report: Report) -> bool:
    """True where `what` is the name of this report, or short for it."""
    return len(what) > 4 and _within(plain(what), plain(report.form.name))


def _same(name: str, own: str) -> bool:
    """True where `name` can stand for `own`: short for it, longer, or an office within it."""
    name, own = name.replace("办公室", "办"), own.replace("办公室", "办")
    own = _OFFICE.sub("", own)
    return any(
        _within(own, called) or (called[-1:] == own[-1:] and _within(called, own))
        for called in {_OFFICE.sub("", name), _OFFICE.sub("", _INNER_OFFICE.sub("", name))}
    )


def _within(short: str, whole: str) -> bool:
    """True where the characters of `short` stand in `whole` in the same order."""
    rest = iter(whole)
    return all(char in rest for char in short)
