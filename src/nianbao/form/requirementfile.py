"""The part 写法要求 of a form file as Requirements.

Knows its keys and what an author may get wrong in them (F102, at its line): a
phrase that cannot be read, a section, row or field that the form has not, an
example that does not hold what it is an example of, a limit that limits nothing.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from nianbao.chinese.phrase import compiled
from nianbao.chinese.wording import closest, folded, names_among, names_of
from nianbao.diagnostics import Location
from nianbao.form.declaration import Declaration
from nianbao.form.distinct import Distinct
from nianbao.form.figure import FigureError, Figures
from nianbao.form.form import Field, FieldKind, Section
from nianbao.form.requirement import (
    Due,
    Length,
    Mention,
    Misquotation,
    OwnName,
    PartList,
    Requirements,
    Sample,
)
from nianbao.source import tree

_DAY = re.compile(r"(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])日$")
_OWN_YEAR, _NEXT_YEAR = "当年", "次年"
_COMMON_YEAR = 2025
"""A day that the report is due is one of every year."""


def read(
    declared: Declaration,
    *,
    sections: tuple[Section, ...],
    fields: tuple[Field, ...],
    doubtful: bool = False,
) -> Requirements:
    """What 写法要求 asks of a form of these parts and fields, `doubtful` as in `claimfile`."""
    texts = tuple(section for section in sections if not section.table)
    figures = Figures(sections)
    once = Distinct(declared.tell, "“字数”的“部分”")
    published, signed, due, after = declared.nested("发布期限", partial(_due, fields=fields)) or (
        "",
        "",
        (),
        1,
    )
    mentions = declared.each("必写", partial(_mention, texts=texts))
    _told_with_a_point(declared, mentions)
    return Requirements(
        mentions=mentions,
        lengths=declared.each("字数", partial(_length, texts=texts, once=once)),
        parts=declared.nested("各部分", partial(_parts, sections=sections, texts=texts)),
        cited=declared.text("文号"),
        period_in=_sections(declared, "统计期限", texts),
        other_years_in=_sections(declared, "可提别年", texts),
        own_names=declared.each("不自称", _own_name),
        joint_words=declared.texts("并称"),
        own_fields=_fields(declared, "本单位", fields),
        contact_in=_sections(declared, "联系方式", texts),
        samples=declared.each("样稿", _sample),
        misquotations=declared.each("误引", _misquotation),
        figureless=declared.phrases("漏数"),
        commonplaces=declared.phrases("套话"),
        official=declared.yes("公文"),
        published=published,
        signed=signed,
        due=due,
        due_after=after,
        unchanged=tuple(
            _cells(n, figures, declared, doubtful=doubtful) for n in declared.items("照旧须核实")
        ),
    )


def _mention(declared: Declaration, *, texts: tuple[Section, ...]) -> Mention:
    mention = Mention(
        section=_section(declared, texts),
        point=declared.text("要点", required=True),
        words=declared.phrases("写到", required=True),
        when=declared.phrases("若有"),
        units=declared.endings("单位"),
        told_with=declared.text("同报"),
    )
    example = declared.text("例")
    if mention.words and example and not compiled(mention.words, 0).stands_in(folded(example)):
        declared.wrong(
            f"“{mention.point}”的例子里没有“写到”的任何一个词。",
            at=declared.place("例"),
            hint="改例子，或者在“写到”里添上例子里的说法",
        )
    return mention


def _length(declared: Declaration, *, texts: tuple[Section, ...], once: Distinct) -> Length:
    length = Length(
        section=_section(declared, texts),
        least=declared.count("至少"),
        most=declared.count("至多"),
    )
    once.add(length.section, declared.place("部分"))
    if not declared.has("至少") and not declared.has("至多"):
        declared.wrong(
            "“字数”没有写多少。", at=declared.location, hint="写上“至少”或者“至多”，如 至多: 1000"
        )
    if length.least is not None and length.most is not None and length.least > length.most:
        declared.wrong(
            f"“至少”{length.least} 比“至多”{length.most} 还多。",
            at=declared.place("至少"),
            hint="看看是不是写反了",
        )
    return length


def _parts(
    declared: Declaration, *, sections: tuple[Section, ...], texts: tuple[Section, ...]
) -> PartList:
    def called(names: Declaration) -> tuple[tuple[str, tuple[str, ...]], ...]:
        headed = (section for section in sections if section.headed)
        return tuple((s.label, names.phrases(s.key, required=True)) for s in headed)

    listed_in = _section(declared, texts, key="列在")
    return PartList(listed_in, declared.nested("称作", called, required=True) or ())


def _own_name(declared: Declaration) -> OwnName:
    return OwnName(
        units=declared.endings("单位", required=True), never=declared.texts("不称", required=True)
    )


def _sample(declared: Declaration) -> Sample:
    return Sample(declared.text("单位", required=True), declared.texts("字样", required=True))


def _misquotation(declared: Declaration) -> Misquotation:
    return Misquotation(
        typed=declared.text("写成", required=True), right=declared.text("应为", required=True)
    )


def _told_with_a_point(declared: Declaration, mentions: tuple[Mention, ...]) -> None:
    """Tell of a point that is to be told with one that its section has not."""
    points = {(mention.section, mention.point) for mention in mentions}
    for mention in mentions:
        if mention.told_with and (mention.section, mention.told_with) not in points:
            declared.wrong(
                f"“{mention.point}”要同“{mention.told_with}”一起报，这一部分没有这个要点。",
                at=declared.place("必写"),
                hint="“同报”写同一部分的另一个要点",
            )


def _due(
    declared: Declaration, *, fields: tuple[Field, ...]
) -> tuple[str, str, tuple[Due, ...], int]:
    published, signed = declared.text("要素", required=True), declared.text("不早于")
    dated = [f.key for f in fields if f.kind in (FieldKind.DATE, FieldKind.MOMENT)]
    for key, name in (("要素", published), ("不早于", signed)):
        if name and name not in dated:
            _unknown_field(declared, name, declared.place(key), "叫“{}”的日期或时刻", dated)
    within = declared.has(_OWN_YEAR)
    due = declared.each(_OWN_YEAR if within else _NEXT_YEAR, _day, required=True)
    if within:
        declared.idle(_NEXT_YEAR, f"已经写了“{_OWN_YEAR}”")
    everyone = next((n for n, (day, _) in enumerate(due) if day and not day.units), len(due))
    for _, place in due[everyone + 1 :]:
        declared.wrong("前面一项对谁都合用，轮不到这一项。", at=place, hint="不写“单位”的放在最后")
    return published, signed, tuple(day for day, _ in due if day), int(not within)


def _fields(declared: Declaration, key: str, fields: tuple[Field, ...]) -> tuple[str, ...]:
    """The fields at the head of the file that a list names."""
    known = [field.key for field in fields]
    named = list(declared.placed(key))
    for name, place in named:
        if name not in known:
            _unknown_field(declared, name, place, "“{}”", known)
    return tuple(name for name, _ in named if name in known)


def _unknown_field(
    declared: Declaration, name: str, place: Location, what: str, known: list[str]
) -> None:
    meant = closest(name, known)
    declared.wrong(
        f"“要素”里没有{what.format(name)}。",
        at=place,
        hint=f"您是否想写“{meant}”" if meant else f"现有的：{'、'.join(known) or '一项也没有'}",
    )


def _day(declared: Declaration) -> tuple[Due | None, Location]:
    typed = declared.text("至", required=True)
    units = declared.endings("单位")
    day = _DAY.match(typed)
    try:
        due = date(_COMMON_YEAR, int(day[1]), int(day[2])) if day else None
    except ValueError:
        due = None
    if typed and not due:
        declared.wrong(
            f"“至”写的是“{typed}”，不是几月几日。", at=declared.place("至"), hint="写成 1月31日"
        )
    return Due(units, month=due.month, day=due.day) if due else None, declared.location


def _cells(
    node: tree.Node, figures: Figures, declared: Declaration, *, doubtful: bool
) -> tuple[str, ...]:
    """The addresses that a list of names stands for."""
    cells: list[str] = []
    for text, place in declared.placed_of(node, "照旧须核实"):
        try:
            cells += [cell.address for cell in figures.cells(text)]
        except FigureError as problem:
            if not doubtful:
                declared.wrong(f"“照旧须核实”：{problem}", at=place, hint=problem.hint)
    return tuple(cells)


def _sections(declared: Declaration, key: str, texts: tuple[Section, ...]) -> tuple[str, ...]:
    found = [_called(name, place, texts, declared) for name, place in declared.placed(key)]
    return tuple(filter(None, found))


def _section(declared: Declaration, texts: tuple[Section, ...], *, key: str = "部分") -> str:
    name = declared.text(key, required=True)
    return _called(name, declared.place(key), texts, declared) if name else ""


def _called(name: str, place: Location, texts: tuple[Section, ...], declared: Declaration) -> str:
    """The template's name of the narrative called so; "" for none."""
    for section in texts:
        if names_of(name) & names_among(section.wordings):
            return section.name
    known = [section.key for section in texts]
    meant = closest(name, known)
    declared.wrong(
        f"没有叫“{name}”的文字部分。",
        at=place,
        hint=f"您是否想写“{meant}”" if meant else f"现有的：{'、'.join(known)}",
    )
    return ""
