"""Whose report this is: the unit it speaks of, what it calls itself, where it is found.

Knows how a report names its own subject and when two names can be one unit
(云岭县卫健局, 卫生健康局), and what only an office above can say of its work.
What a kind of unit cannot call itself, and where a report says how the unit is
reached, are the form's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.checks import letterhead, places, sample
from nianbao.chinese.clause import sentence_spans
from nianbao.chinese.wording import folded, plain, squeeze
from nianbao.diagnostics import About, Finding, finding
from nianbao.form.contract import SHORT, TITLE
from nianbao.report.report import Paragraph, Report, Words

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
_COMMITTEE = re.compile("委员会|委会")
_INNER_OFFICE = re.compile(
    r"(?<=[省市州盟县区旗镇乡局委道])[^省市州盟县区旗镇乡局委道]*(?:办|科|股|室|站|中心)$"
)
_CONTACT = re.compile("联系|地址|电话|咨询|询问|邮编|反映")
_CONTACT_OFFICE = re.compile(
    r"(?:请与|请向|可向|联系|咨询|[与向])(?P<unit>[\u4e00-\u9fff]{2,24}?(?:局|委员会))"
)
_BEGINNING = (
    r"^(?:[（(][一二三四五六七八九十]+[）)][^，。]{0,14}。)?(?:\d{4}年(?:度|以?来)?[，,]?)?"
)
_WORKS = (
    r"(?:，|高度|认真|严格|围绕|坚持|深入|积极|扎实|全面|聚焦|紧扣|始终|切实|持续|不断|大力|着力|"
    r"主动|推进|推动|加强|落实|贯彻|依照|根据|按照|共?收到|以)"
)
_OPENING = re.compile(
    _BEGINNING
    + r"(?P<unit>(?![我本全各])[\u4e00-\u9fff]{2,20}?(?:省|市|州|盟|县|区|旗|镇|乡|街道|局|委员会))"
    + rf"(?:人民政府|政府|办事处|党委、?政府)?(?={_WORKS})"
)
_OURS = re.compile(_BEGINNING + rf"(?P<typed>我(?P<kind>省|市|州|盟|县|区|旗))(?={_WORKS})")
_OF_ALL_ABOVE = re.compile(
    r"(?:^|(?<=[，。；：]))(?:组织|推动|推进|统筹|指导|部署|督促|协调|规范|领导|带动){1,3}"
    r"(?P<typed>全(?P<kind>省|市|州|国|区))(?![（(])"
)
_RANK = {"国": 0, "省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3}
_TOWN = 4
_GOVERNMENT = re.compile("(?:省|市|州|盟|县|区|旗)(?:人民政府(?:办公室|办公厅)?)?$")
_ABOVE = re.compile("(?:人民)?政府|党委|门户|网站|网|融媒体|$")
_CLAUSE = re.compile("[^，,；;：:（）()]+")
_ITSELF = re.compile(r"[我本](?:镇|乡|街道|局|委|单位|机关)")
_QUOTES = re.compile("“[^”]{0,200}”|「[^」]{0,200}」|《[^》]{0,200}》")


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


def own_fields(report: Report, last: Report | None) -> Iterator[Finding]:
    """An item at the head of the file that names another unit (N207)."""
    if not report.unit:
        return
    unit = _unit(report)
    asked = report.form.requirements
    typed = {key: report.fields.get(key, "") for key in asked.own_fields}
    own = {SHORT: report.short_name} if asked.official else {}
    for key, text in (own | typed).items():
        name = folded(text)
        above = key != SHORT and _is_above(name, unit)
        if (
            text
            and "\ufffd" not in text
            and (places.another(name, unit) or not (above or _can_be(name, unit, "")))
        ):
            yield _not_ours(report, key, text, report.at(key))


def contact(report: Report, last: Report | None) -> Iterator[Finding]:
    """An office or an address of another unit where the report says how it is reached (N207)."""
    asked = report.form.requirements.contact_in
    for section, paragraph in report.paragraphs():
        if section.name not in asked or not report.unit or sample.holds(report, paragraph):
            continue
        text = folded(paragraph.text)
        for start, end in sentence_spans(text):
            if not _CONTACT.search(text[start:end]):
                continue
            for clause in _CLAUSE.finditer(text, start, end):
                words = _elsewhere(report, paragraph, clause)
                if words:
                    typed = paragraph.text[words.start : words.end]
                    yield _not_ours(report, section.key, typed, words)
                    break


def _elsewhere(report: Report, paragraph: Paragraph, clause: re.Match[str]) -> Words | None:
    """The place or the bureau in a clause that is not the unit's."""
    unit = _unit(report)
    place = places.another(clause[0], unit)
    office = None if _is_a_government(unit) else _CONTACT_OFFICE.search(clause[0])
    span = (place.start, place.end) if place else None
    if not span and office and not _can_be(office["unit"], unit, ""):
        span = office.span("unit")
    if not span:
        return None
    start, end = (clause.start() + at for at in span)
    return None if paragraph.is_bound(start, end) else paragraph.words(start, end)


def opening(report: Report, last: Report | None) -> Iterator[Finding]:
    """A paragraph that begins with the work of another unit, or of a level above (N207)."""
    if not report.unit:
        return
    unit = _unit(report)
    rank = places.own_rank(unit)
    for section, paragraph in report.paragraphs():
        text = folded(paragraph.text)
        found = _OPENING.match(text)
        if found and not paragraph.is_bound(*found.span("unit")):
            name = found["unit"]
            bureau = name.endswith(("局", "委员会")) and not _is_a_government(unit)
            if places.another(name, unit) or (bureau and not _can_be(name, unit, "")):
                words = paragraph.words(*found.span("unit"))
                yield _not_ours(report, section.key, paragraph.text[words.start : words.end], words)
        for above in (_OURS.match(text), *_OF_ALL_ABOVE.finditer(text)):
            if not above or rank is None or _RANK[above["kind"]] >= rank:
                continue
            start, end = paragraph.sentence_at(above.start("typed"))
            if _ITSELF.search(text[start:end]):
                continue
            words = paragraph.words(*above.span("typed"))
            typed = paragraph.text[words.start : words.end]
            yield finding(
                "N207",
                f"“{section.label}”把“{typed}”的工作写成本单位的，而本报告的单位是“{report.unit}”。",
                subject=f"{section.key} {typed}",
                at=words,
                hint="照上级的稿子抄来的，改写成本单位做的事",
            )


def _not_ours(report: Report, where: str, typed: str, place: About) -> Finding:
    return finding(
        "N207",
        f"“{where}”里写的是“{typed}”，本报告的单位是“{report.unit}”。",
        subject=f"{where} {squeeze(typed)}",
        at=place,
        hint="照别处抄来的，改成本单位的",
    )


def _is_above(name: str, unit: str) -> bool:
    """True where `name` is of a place that `unit` lies in: the county of a town."""
    found = places.named(name)
    ours = places.named(unit)
    within = ours[:-1] if places.own_rank(unit) == _TOWN else ours
    return (
        bool(found)
        and any(found[-1].name.endswith(place.name) for place in within)
        and bool(_ABOVE.match(name[found[-1].end :]))
    )


def _unit(report: Report) -> str:
    """The unit's whole name, to compare others with."""
    return plain(letterhead.whole_name(report.unit))


def _is_a_government(unit: str) -> bool:
    """True for a county or city itself: other offices of its own answer for it."""
    return places.own_rank(unit) != _TOWN and bool(_GOVERNMENT.search(unit))


def _another(
    report: Report, typed: str, found: re.Match[str], place: About, where: str
) -> Iterator[Finding]:
    start, end = found.span("unit")
    if not _can_be(found["unit"], _unit(report), plain(report.short_name)):
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
    name, own = (_COMMITTEE.sub("委", of.replace("办公室", "办")) for of in (name, own))
    own = _OFFICE.sub("", own)
    return any(
        _within(own, called) or (called[-1:] == own[-1:] and _within(called, own))
        for called in {_OFFICE.sub("", name), _OFFICE.sub("", _INNER_OFFICE.sub("", name))}
    )


def _within(short: str, whole: str) -> bool:
    """True where the characters of `short` stand in `whole` in the same order."""
    rest = iter(whole)
    return all(char in rest for char in short)
