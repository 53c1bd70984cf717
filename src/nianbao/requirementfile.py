"""The part 写法要求 of a form file as Requirements.

Knows its keys and what an author may get wrong in them (F102, at its line): a
phrase that cannot be read, a section, row or field that the form has not, an
example that does not hold what it is an example of.
"""

from __future__ import annotations

import re

from nianbao import source
from nianbao.declaration import Declarations
from nianbao.diagnostics import Location
from nianbao.figure import FigureError, resolve
from nianbao.form import Field, Section
from nianbao.keys import Taken, missing
from nianbao.phrase import compiled, is_phrase
from nianbao.requirement import Due, Length, Mention, OwnName, PartList, Requirements
from nianbao.wording import folded, names_among, names_of

_DAY = re.compile(r"(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])日$")


def read(
    node: source.Node,
    sections: tuple[Section, ...],
    fields: tuple[Field, ...],
    declarations: Declarations,
) -> Requirements:
    """The requirements in `node`, for a form of these parts; mistakes go to `declarations`."""
    return _Reader(sections, fields, declarations).read(node)


class _Reader:
    """Reads each key of 写法要求 for one form."""

    def __init__(
        self, sections: tuple[Section, ...], fields: tuple[Field, ...], declarations: Declarations
    ) -> None:
        self.sections = sections
        self.fields = fields
        self.declarations = declarations

    def read(self, node: source.Node) -> Requirements:
        file = self.declarations
        taken = file.mapping(
            node,
            "必写 字数 各部分 文号 统计期限 可提别年 不自称 并称 发布期限 照旧须核实",
            "“写法要求”",
        )
        published, due = self._due(taken["发布期限"].value) if "发布期限" in taken else ("", ())
        return Requirements(
            mentions=tuple(self._mention(item) for item in file.items(taken, "必写")),
            lengths=tuple(self._length(item) for item in file.items(taken, "字数")),
            parts=self._parts(taken["各部分"].value) if "各部分" in taken else None,
            cited=file.value(taken, "文号"),
            period_in=tuple(self._section(n) for n in file.items(taken, "统计期限")),
            other_years_in=tuple(self._section(n) for n in file.items(taken, "可提别年")),
            own_names=tuple(self._own_name(item) for item in file.items(taken, "不自称")),
            joint_words=file.texts(taken, "并称"),
            published=published,
            due=due,
            unchanged=tuple(self._cells(item) for item in file.items(taken, "照旧须核实")),
        )

    def _mention(self, node: source.Node) -> Mention:
        file = self.declarations
        taken = file.mapping(node, "部分 要点 写到 若有 单位 例", "“必写”的一项")
        self._needed(("部分", "要点", "写到"), taken, "“必写”的一项", node.location)
        words = self._phrases(taken, "写到")
        if words and "例" in taken:
            said = file.value(taken, "例")
            if not compiled(words, 0).search(folded(said)):
                file.wrong(
                    f"“{file.value(taken, '要点')}”的例子里没有“写到”的任何一个词。",
                    taken["例"].value.location,
                    "改例子，或者在“写到”里添上例子里的说法",
                )
        return Mention(
            self._section(taken["部分"].value) if "部分" in taken else "",
            file.value(taken, "要点"),
            words,
            self._phrases(taken, "若有"),
            file.texts(taken, "单位"),
        )

    def _length(self, node: source.Node) -> Length:
        taken = self.declarations.mapping(node, "部分 至少 至多", "“字数”的一项")
        self._needed(("部分",), taken, "“字数”的一项", node.location)
        section = self._section(taken["部分"].value) if "部分" in taken else ""
        return Length(section, self._count(taken, "至少"), self._count(taken, "至多"))

    def _parts(self, node: source.Node) -> PartList | None:
        file = self.declarations
        taken = file.mapping(node, "列在 称作", "“各部分”")
        self._needed(("列在", "称作"), taken, "“各部分”", node.location)
        if "列在" not in taken or "称作" not in taken:
            return None
        called = taken["称作"].value
        headed = [section for section in self.sections if section.headed]
        inner = file.mapping(called, "\n".join(section.key for section in headed), "“称作”")
        self._needed(tuple(section.key for section in headed), inner, "“称作”", called.location)
        return PartList(
            self._section(taken["列在"].value),
            tuple((section.label, self._phrases(inner, section.key)) for section in headed),
        )

    def _own_name(self, node: source.Node) -> OwnName:
        taken = self.declarations.mapping(node, "单位 不称", "“不自称”的一项")
        self._needed(("单位", "不称"), taken, "“不自称”的一项", node.location)
        return OwnName(
            self.declarations.texts(taken, "单位"), self.declarations.texts(taken, "不称")
        )

    def _due(self, node: source.Node) -> tuple[str, tuple[Due, ...]]:
        file = self.declarations
        taken = file.mapping(node, "要素 次年", "“发布期限”")
        self._needed(("要素", "次年"), taken, "“发布期限”", node.location)
        published = file.value(taken, "要素")
        if published and published not in {field.key for field in self.fields}:
            known = "、".join(field.key for field in self.fields)
            file.wrong(
                f"“要素”里没有“{published}”。", taken["要素"].value.location, f"现有的：{known}"
            )
        due = []
        for item in file.items(taken, "次年"):
            inner = file.mapping(item, "单位 至", "“次年”的一项")
            day = _DAY.match(file.value(inner, "至", item.location))
            if day:
                due.append(Due(file.texts(inner, "单位"), int(day[1]), int(day[2])))
            elif "至" in inner:
                file.wrong("“至”看不懂。", inner["至"].value.location, "写成 1月31日")
        return published, tuple(due)

    def _cells(self, node: source.Node) -> tuple[str, ...]:
        """The addresses that a list of names stands for."""
        tables = tuple(section.table for section in self.sections if section.table)
        names = node.items if isinstance(node, source.Sequence) else [node]
        cells = []
        for name in names:
            text = self.declarations.text(name, "照旧须核实")
            try:
                cells += [cell.address for cell in resolve(text, tables)] if text else []
            except FigureError as problem:
                self.declarations.wrong(f"“照旧须核实”：{problem}", name.location, problem.hint)
        return tuple(cells)

    def _section(self, node: source.Node) -> str:
        """The name of the narrative that `node` calls by its key or label; "" for none."""
        text = self.declarations.text(node, "部分")
        for section in self.sections:
            if not section.table and names_of(text) & names_among(section.wordings):
                return section.name
        if text:
            known = "、".join(s.key for s in self.sections if not s.table)
            self.declarations.wrong(
                f"没有叫“{text}”的文字部分。", node.location, f"现有的：{known}"
            )
        return ""

    def _phrases(self, taken: dict[str, Taken], key: str) -> tuple[str, ...]:
        words = self.declarations.texts(taken, key)
        for word in words:
            if word and not is_phrase(word):
                self.declarations.wrong(
                    f"“{word}”看不懂。",
                    taken[key].value.location,
                    "（度）是可有可无，〔甲|乙〕是任选其一，括号要成对、不能套",
                )
        return tuple(word for word in words if is_phrase(word))

    def _count(self, taken: dict[str, Taken], key: str) -> int | None:
        text = self.declarations.value(taken, key)
        if text and not (text.isascii() and text.isdigit()):
            self.declarations.wrong(f"“{key}”要写一个数。", taken[key].value.location, "如 1000")
            return None
        return int(text) if text else None

    def _needed(
        self, keys: tuple[str, ...], taken: dict[str, Taken], within: str, place: Location
    ) -> None:
        for key in keys:
            if key not in taken:
                self.declarations.report(missing(key, within, place))
