"""The part 写法要求 of a form file as Requirements.

Knows its keys and what an author may get wrong in them (F102, at its line): a
phrase that cannot be read, a section, row or field that the form has not, an
example that does not hold what it is an example of.
"""

from __future__ import annotations

import re

from nianbao.chinese.phrase import compiled
from nianbao.chinese.wording import folded, names_among, names_of
from nianbao.diagnostics import Finding
from nianbao.form.declaration import Declarations
from nianbao.form.figure import FigureError, resolve
from nianbao.form.form import Field, Section
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
from nianbao.source.keys import Taken

_DAY = re.compile(r"(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])日$")


def read(
    node: tree.Node,
    sections: tuple[Section, ...],
    fields: tuple[Field, ...],
    findings: list[Finding],
) -> Requirements:
    """The requirements in `node`, for a form of these parts; mistakes go to `findings`."""
    return _Reader(sections, fields, findings).read(node)


class _Reader(Declarations):
    """Reads each key of 写法要求 for one form."""

    def __init__(
        self, sections: tuple[Section, ...], fields: tuple[Field, ...], findings: list[Finding]
    ) -> None:
        super().__init__(findings)
        self.sections = sections
        self.fields = fields

    def read(self, node: tree.Node) -> Requirements:
        taken = self.mapping(
            node,
            "必写 字数 各部分 文号 误引 统计期限 可提别年 不自称 本单位 联系方式 样稿 并称 漏数 套话"
            " 发布期限 照旧须核实",
            "“写法要求”",
        )
        published, signed, due = (
            self._due(taken["发布期限"].value) if "发布期限" in taken else ("", "", ())
        )
        return Requirements(
            mentions=tuple(self._mention(item) for item in self.items(taken, "必写")),
            lengths=tuple(self._length(item) for item in self.items(taken, "字数")),
            parts=self._parts(taken["各部分"].value) if "各部分" in taken else None,
            cited=self.value(taken, "文号"),
            period_in=tuple(self._section(n) for n in self.items(taken, "统计期限")),
            other_years_in=tuple(self._section(n) for n in self.items(taken, "可提别年")),
            own_names=tuple(self._own_name(item) for item in self.items(taken, "不自称")),
            joint_words=self.texts(taken, "并称"),
            own_fields=tuple(self._field(n) for n in self.items(taken, "本单位")),
            contact_in=tuple(self._section(n) for n in self.items(taken, "联系方式")),
            samples=tuple(self._sample(item) for item in self.items(taken, "样稿")),
            misquotations=tuple(self._misquotation(item) for item in self.items(taken, "误引")),
            figureless=self.phrases(taken, "漏数"),
            commonplaces=self.phrases(taken, "套话"),
            published=published,
            signed=signed,
            due=due,
            unchanged=tuple(self._cells(item) for item in self.items(taken, "照旧须核实")),
        )

    def _mention(self, node: tree.Node) -> Mention:
        taken = self.mapping(node, "部分 要点 写到 若有 单位 同报 例", "“必写”的一项")
        self.needed(("部分", "要点", "写到"), taken, "“必写”的一项", node.location)
        words = self.phrases(taken, "写到")
        if words and "例" in taken:
            said = self.value(taken, "例")
            if not compiled(words, 0).search(folded(said)):
                self.wrong(
                    f"“{self.value(taken, '要点')}”的例子里没有“写到”的任何一个词。",
                    taken["例"].value.location,
                    "改例子，或者在“写到”里添上例子里的说法",
                )
        return Mention(
            self._section(taken["部分"].value) if "部分" in taken else "",
            self.value(taken, "要点"),
            words,
            self.phrases(taken, "若有"),
            self.texts(taken, "单位"),
            self.value(taken, "同报"),
        )

    def _length(self, node: tree.Node) -> Length:
        taken = self.mapping(node, "部分 至少 至多", "“字数”的一项")
        self.needed(("部分",), taken, "“字数”的一项", node.location)
        section = self._section(taken["部分"].value) if "部分" in taken else ""
        return Length(section, self._count(taken, "至少"), self._count(taken, "至多"))

    def _parts(self, node: tree.Node) -> PartList | None:
        taken = self.mapping(node, "列在 称作", "“各部分”")
        self.needed(("列在", "称作"), taken, "“各部分”", node.location)
        if "列在" not in taken or "称作" not in taken:
            return None
        called = taken["称作"].value
        headed = [section for section in self.sections if section.headed]
        inner = self.mapping(called, "\n".join(section.key for section in headed), "“称作”")
        self.needed(tuple(section.key for section in headed), inner, "“称作”", called.location)
        return PartList(
            self._section(taken["列在"].value),
            tuple((section.label, self.phrases(inner, section.key)) for section in headed),
        )

    def _own_name(self, node: tree.Node) -> OwnName:
        taken = self.mapping(node, "单位 不称", "“不自称”的一项")
        self.needed(("单位", "不称"), taken, "“不自称”的一项", node.location)
        return OwnName(self.texts(taken, "单位"), self.texts(taken, "不称"))

    def _sample(self, node: tree.Node) -> Sample:
        taken = self.mapping(node, "单位 字样", "“样稿”的一项")
        self.needed(("单位", "字样"), taken, "“样稿”的一项", node.location)
        return Sample(self.value(taken, "单位"), self.texts(taken, "字样"))

    def _misquotation(self, node: tree.Node) -> Misquotation:
        taken = self.mapping(node, "写成 应为", "“误引”的一项")
        self.needed(("写成", "应为"), taken, "“误引”的一项", node.location)
        return Misquotation(self.value(taken, "写成"), self.value(taken, "应为"))

    def _due(self, node: tree.Node) -> tuple[str, str, tuple[Due, ...]]:
        taken = self.mapping(node, "要素 不早于 次年", "“发布期限”")
        self.needed(("要素", "次年"), taken, "“发布期限”", node.location)
        published, signed = (
            self._field(taken[key].value) if key in taken else "" for key in ("要素", "不早于")
        )
        due = []
        for item in self.items(taken, "次年"):
            inner = self.mapping(item, "单位 至", "“次年”的一项")
            typed = self.value(inner, "至", item.location)
            day = _DAY.match(typed)
            if day:
                due.append(Due(self.texts(inner, "单位"), int(day[1]), int(day[2])))
            elif typed:
                place = inner["至"].value.location
                self.wrong(f"“至”写的是“{typed}”，不是几月几日。", place, "写成 1月31日")
        return published, signed, tuple(due)

    def _field(self, node: tree.Node) -> str:
        """The field at the head of the file that `node` names."""
        key = self.text(node, "要素")
        if key and key not in {field.key for field in self.fields}:
            known = "、".join(field.key for field in self.fields)
            self.wrong(f"“要素”里没有“{key}”。", node.location, f"现有的：{known}")
        return key

    def _cells(self, node: tree.Node) -> tuple[str, ...]:
        """The addresses that a list of names stands for."""
        tables = tuple(section.table for section in self.sections if section.table)
        names = node.items if isinstance(node, tree.Sequence) else [node]
        cells = []
        for name in names:
            text = self.text(name, "照旧须核实")
            try:
                cells += [cell.address for cell in resolve(text, tables)] if text else []
            except FigureError as problem:
                self.wrong(f"“照旧须核实”：{problem}", name.location, problem.hint)
        return tuple(cells)

    def _section(self, node: tree.Node) -> str:
        """The name of the narrative that `node` calls by its key or label; "" for none."""
        text = self.text(node, "部分")
        for section in self.sections:
            if not section.table and names_of(text) & names_among(section.wordings):
                return section.name
        if text:
            known = "、".join(s.key for s in self.sections if not s.table)
            self.wrong(f"没有叫“{text}”的文字部分。", node.location, f"现有的：{known}")
        return ""

    def _count(self, taken: dict[str, Taken], key: str) -> int | None:
        text = self.value(taken, key)
        if text and not (text.isascii() and text.isdigit()):
            place = taken[key].value.location
            self.wrong(f"“{key}”写的是“{text}”，应当是一个数。", place, "如 1000")
            return None
        return int(text) if text else None
