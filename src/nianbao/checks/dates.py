"""The years and dates of a report: its file's name, its texts, when it was published.

Knows how a year is written, in digits or in Chinese, and which other years a
report may well name. Goes by what is written in the file, never by the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nianbao.chinese.clause import SENTENCE_ENDS
from nianbao.chinese.wording import folded
from nianbao.diagnostics import About, Finding, Related, finding
from nianbao.form.contract import TITLE, YEAR
from nianbao.form.form import Section
from nianbao.report.report import Paragraph, Report

_DIGITS = "零一二三四五六七八九"
_CHINESE_YEAR = re.compile(r"[一二][零〇○Oo九][零〇○Oo一二三四五六七八九]{2}(?=年)")
_BETWEEN = r"\s{0,3}(?:零时|0时|起|始|开始|起始|以来)?\s?[,，]?\s?(?:至|到|—+|-+|–|－|~|～)\s{0,3}"
_PERIOD = re.compile(
    r"(?<!\d)(?P<first>\d{4})\s*年\s*(?:1\s*月\s*1|一月一|元月1)\s*日"
    + _BETWEEN
    + r"(?:当年|本年|同年|"
    r"(?P<last>\d{4})\s*年)?\s*(?:12\s*月\s*31|十二月三十一)"
)
_CLOSING = re.compile(
    r"截[至止](?:到|日期?|时间|时点)?[为是]?\s*(?P<first>\d{4})\s*年\s*12\s*月\s*31"
)
_NAMED = re.compile(
    r"统计(?:数据|期限|时限|时段)[^，。；\d与较比同]{0,8}(?P<first>\d{4})\s*年(?:度|全年|1月?[-—至到]12月)"
)
_OWN_REPORT = re.compile(
    r"(?:^|(?<=[，。；：,;:]))\s?[现特兹](?:将|公布|发布|编制|向社会)[^，。；\d]{0,40}(?P<first>\d{4})\s*年"
    r"[^，。；]{0,30}(?:报告|年报)"
)
_MALFORMED = re.compile(
    r"(?<![\d.])(?:(?:19|20)\d{3,4}(?=年)|2[1-9]\d{2}(?=年(?!历史|前|来|的))"
    r"|20\d(?=年(?:度|\s*\d{1,2}\s*月|[,，]|$)))"
)
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?=年)")
_CLAUSE_ENDS = f"{SENTENCE_ENDS}；;，,：:"
_QUOTED = re.compile(
    r"《[^》]{0,200}》|〈[^〉]{0,200}〉|“[^”]{0,200}”|‘[^’]{0,200}’|「[^」]{0,200}」|〔[^〕]{0,200}〕"
)
_STATISTICS_OF, _OWN = "统计期限", "本报告"
_STATISTICS = re.compile("统计|数据|期限|时限|时段")
_COMPARES_OR_CITES = re.compile(
    "同比|环比|比上|比去|比前|较|上年|去年|前年|上一年|历年|往年|近年|"
    "年报|年度报告|工作报告|决算|预算|审计|要点|考核|评估|清理|规划|计划|五年|十四五|十五五|"
    "届|历史|结转|转结|遗留|转入|明年|下年|下一|来年"
)
_MADE_THEN = re.compile(
    r"年(?:度|底|初|末|\d{1,2}月(?:\d{1,2}日)?)?(?:前|起|以前|以后|后|之前|正式|首次|新)*"
    r"(?:前|起|以前|以后|印发|修订|修正|颁布|施行|实施|出台|成立|组建|设立|建成|启用|开通|上线|"
    r"生效|失效|通过|换届|启动|(?:发布|公布|制定|制发|废止)的)"
)
_SET_AGAINST = re.compile("相比|对比|比较|同比")
_BESIDE = re.compile(r"(?:比|较|与|同|和|跟|即)\s*$")
_PLANNED = re.compile("将|拟|力争|继续|进一步|准备|发布|公布|公开")
_RANGE = re.compile(r"\d{4}年?\s*(?:至|到|—+|-+|–|－|~|～|、|和|及|与)\s*$")
_RANGE_ON = re.compile(r"年?度?\s*(?:至|到|—+|-+|–|－|~|～|、|和|及|与)\s*\d{4}")


def year_in_file_name(report: Report, last: Report | None) -> Iterator[Finding]:
    """A year in the input's name other than 年度 (S201): last year's file, copied."""
    years = set(re.findall(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)", report.path.stem))
    if report.year and years and str(report.year) not in years:
        named = "、".join(sorted(years))
        yield finding(
            "S201",
            f"文件名里的年份是 {named}，年度写的是 {report.year}。",
            subject=f"{YEAR} {named}/{report.year}",
            at=report.at(YEAR),
            hint="改文件名，或者改年度",
        )


def years_in_texts(report: Report, last: Report | None) -> Iterator[Finding]:
    """The period of another year (N210), the report of one, a malformed year (N204); others (N301)."""
    if not report.year:
        return
    titled = _YEAR.search(_in_digits(folded(report.title)))
    if titled and TITLE in report.places and int(titled[0]) != report.year:
        typed = report.title[slice(*titled.span())]
        yield _wrong_year(report, TITLE, _OWN, typed, report.at(TITLE))
    for section, paragraph in report.paragraphs():
        text = _in_digits(folded(paragraph.text))
        wrong = {found.start(): (found[0], "") for found in _MALFORMED.finditer(text)}
        wrong |= dict(_years_of_another(report, section, text))
        for at, (year, of) in sorted(wrong.items()):
            if not paragraph.is_bound(at, at + len(year)):
                typed = paragraph.text[at : at + len(year)]
                yield _wrong_year(
                    report, section.key, of, typed, paragraph.words(at, at + len(year))
                )
        if section.name not in report.form.requirements.other_years_in:
            yield from _other_years(report, section, paragraph, text, set(wrong))


def published(report: Report, last: Report | None) -> Iterator[Finding]:
    """The days that are not in the year it is due (V205), in the wrong order (V206), or later than due (V302)."""
    asked = report.form.requirements
    keys = [key for key in (asked.published, asked.signed) if key]
    days = {key: report.days[key] for key in keys if key in report.days}
    if not report.year:
        return
    due = report.year + asked.due_after
    in_time = {key: day for key, day in days.items() if day.year == due}
    wrong = [key for key in days if key not in in_time]
    if wrong:
        said = "、".join(f"{key}是 {days[key]}" for key in wrong)
        yield finding(
            "V205",
            f"{said}，{report.year} 年度的报告应当在 {due} 年编成、发布。",
            subject=f"{wrong[0]} {days[wrong[0]]}",
            at=report.at(wrong[0]),
            hint="改日期，或者改年度",
            related=[Related(report.at(key).location, f"{key} {days[key]}") for key in wrong[1:]],
        )
    if len(in_time) == len(keys) == 2 and in_time[asked.signed] > in_time[asked.published]:
        signed, day = in_time[asked.signed], in_time[asked.published]
        yield finding(
            "V206",
            f"{asked.signed}是 {signed}，比{asked.published} {day} 还晚。",
            subject=f"{asked.signed} {signed}/{day}",
            at=report.at(asked.signed),
            hint="改写错的一个日期",
            related=[Related(report.at(asked.published).location, f"{asked.published} {day}")],
        )
    if asked.published in in_time:
        yield from _late(report, asked.published, in_time[asked.published])


def _late(report: Report, key: str, day: date) -> Iterator[Finding]:
    for due in report.form.requirements.due:
        if not due.units or report.unit_ends_in(due.units):
            late = (day - date(day.year, due.month, due.day)).days
            if late > 0:
                yield finding(
                    "V302",
                    f"{key}是 {day}，比规定的 {due.month} 月 {due.day} 日晚了 {late} 天。",
                    at=report.at(key),
                    hint="日期写错的，改过来",
                )
            return


def _in_digits(text: str) -> str:
    """`text` with 二零二五 before 年 as 2025, length kept."""

    def digits(year: re.Match[str]) -> str:
        return "".join(str(max(_DIGITS.find(char), 0)) for char in year[0])

    return _CHINESE_YEAR.sub(digits, text)


def _years_of_another(
    report: Report, section: Section, text: str
) -> Iterator[tuple[int, tuple[str, str]]]:
    """(index, (year, whose)) of each year of the statistics or the report that is not its own."""
    asked = report.form.requirements
    at_home = section.name in asked.period_in
    periods = [*_PERIOD.finditer(text), *_NAMED.finditer(text)]
    periods += _CLOSING.finditer(text) if at_home else ()
    for period in periods:
        sentence = _around(SENTENCE_ENDS, text, period.start())
        if at_home or (_STATISTICS.search(sentence) and not _SET_AGAINST.search(sentence)):
            for name, year in period.groupdict().items():
                if year and int(year) != report.year:
                    yield period.start(name), (year, _STATISTICS_OF)
    for made in _OWN_REPORT.finditer(text) if section.name not in asked.other_years_in else ():
        if int(made["first"]) != report.year:
            yield made.start("first"), (made["first"], _OWN)


def _wrong_year(report: Report, where: str, of: str, typed: str, place: About) -> Finding:
    """The year that `of` (the period, the report) should not have; "" for no year at all."""
    if of == _STATISTICS_OF:
        return finding(
            "N210",
            f"“{where}”里{of}的年份是 {typed}，年度是 {report.year}。",
            at=place,
            hint=f"改成 {report.year}",
        )
    said = f"{of}的年份是 {typed}，年度是 {report.year}" if of else f"“{typed}年”不是一个年份"
    return finding(
        "N204",
        f"“{where}”里{said}。",
        subject=f"{where} {typed}/{report.year}",
        at=place,
        hint=f"改成 {report.year}",
    )


def _other_years(
    report: Report, section: Section, paragraph: Paragraph, text: str, told: set[int]
) -> Iterator[Finding]:
    """A note on each other year that nothing in its sentence explains, once a paragraph."""
    unquoted = _QUOTED.sub(lambda quoted: "“" * len(quoted[0]), text)
    seen = {str(report.year)}
    for found in _YEAR.finditer(unquoted):
        at = found.start()
        if found[0] in seen or at in told or paragraph.is_bound(at, found.end()):
            continue
        if not _explained(text, found, report.year):
            seen.add(found[0])
            yield finding(
                "N301",
                f"“{section.label}”里写了 {found[0]} 年，年度是 {report.year}。",
                at=paragraph.words(at, found.end()),
                hint="看看是不是照抄了别的年份",
            )


def _explained(text: str, year: re.Match[str], own: int) -> bool:
    """True where the words around say why this year is named: a comparison, a document, a plan."""
    at, end = year.span()
    before = text[max(at - 12, 0) : at]
    return bool(
        _MADE_THEN.match(text, end)
        or _RANGE.search(before)
        or _RANGE_ON.match(text, end)
        or _BESIDE.search(before)
        or _SET_AGAINST.search(_around(SENTENCE_ENDS, text, at))
        or f"{own}年" in _around(SENTENCE_ENDS, text, at)
        or _COMPARES_OR_CITES.search(_around(_CLAUSE_ENDS, text, at))
        or (int(year[0]) > own and _PLANNED.search(_around(SENTENCE_ENDS, text, at)))
    )


def _around(stops: str, text: str, at: int) -> str:
    """The sentence or clause that holds the character at `at`, no more than 100 either way."""
    before = re.split(f"[{stops}]", text[max(at - 100, 0) : at])[-1]
    return before + re.split(f"[{stops}]", text[at : at + 100])[0]
