"""The part 叙述核对 of a form file as Claims.

Knows its keys and what an author may get wrong in them: a phrase that cannot
be read, a name that finds no cell (F102, at its line).
"""

from __future__ import annotations

from nianbao.chinese.wording import names_among, names_of
from nianbao.diagnostics import Finding, Location
from nianbao.form import equation, figure
from nianbao.form.claim import Claim, Claims, Denial, Fee, Sum, Topic, in_columns
from nianbao.form.declaration import Declarations
from nianbao.form.form import Section
from nianbao.source import tree
from nianbao.source.keys import Taken


def read(node: tree.Node, sections: tuple[Section, ...], findings: list[Finding]) -> Claims:
    """The claims in `node`, for a form of these sections; mistakes go to `findings`."""
    return _Reader(sections, findings).claims(node)


class _Reader(Declarations):
    """Reads each key of 叙述核对 for one form."""

    def __init__(self, sections: tuple[Section, ...], findings: list[Finding]) -> None:
        super().__init__(findings)
        self.sections = sections
        self.tables = tuple(section.table for section in sections if section.table)
        self.units: tuple[str, ...] = ()

    def claims(self, node: tree.Node) -> Claims:
        taken = self.mapping(node, "部分 量词 止 不读 可隔 主题 收费", "“叙述核对”")
        self.units = self.texts(taken, "量词")
        return Claims(
            sections=self._sections(taken),
            closes=self.phrases(taken, "止"),
            unread=self.phrases(taken, "不读"),
            between=self.phrases(taken, "可隔"),
            topics=tuple(map(self.topic, self.items(taken, "主题"))),
            fees=tuple(map(self.fee, self.items(taken, "收费"))),
        )

    def _sections(self, taken: dict[str, Taken]) -> tuple[str, ...]:
        found = []
        for key in self.texts(taken, "部分"):
            meant = [s for s in self.sections if not s.table and names_of(key) & names_of(s.key)]
            if not meant:
                known = "、".join(s.key for s in self.sections if not s.table)
                place = taken["部分"].value.location
                self.wrong(f"没有“{key}”这一段正文。", place, f"可以写：{known}")
            found += [section.name for section in meant]
        return tuple(found)

    def topic(self, node: tree.Node) -> Topic:
        taken = self.mapping(
            node, "名 起 续 不读 整句不读 量词 只说本年 说法 不应有", "“主题”的一项"
        )
        return Topic(
            name=self.value(taken, "名", node.location),
            opens=self.phrases(taken, "起", node.location),
            resumes=self.phrases(taken, "续"),
            unread=self.phrases(taken, "不读"),
            sentence_unread=self.phrases(taken, "整句不读"),
            units=self.texts(taken, "量词") or self.units,
            dated=self.yes(taken, "只说本年"),
            claims=tuple(map(self.claim, self.items(taken, "说法"))),
            denials=tuple(map(self.denial, self.items(taken, "不应有"))),
        )

    def claim(self, node: tree.Node) -> Claim:
        taken = self.mapping(
            node, "名 词 表 列 提到 又可 占 不读 紧接 可相加 其中后不读 结转 例", "“说法”的一项"
        )
        readings = self.sums(taken, "表", node.location)
        letters = self.letters(taken, readings)
        return Claim(
            name=self.value(taken, "名", node.location),
            phrases=self.phrases(taken, "词", node.location),
            readings=tuple(in_columns(cells, letters) for cells in readings),
            mentioned=self.phrases(taken, "提到"),
            more=self.sums(taken, "又可"),
            letters=letters,
            shares=self.sums(taken, "占"),
            unread=self.phrases(taken, "不读"),
            close=self.yes(taken, "紧接"),
            joins=self.yes(taken, "可相加"),
            whole=self.yes(taken, "其中后不读"),
            carry=self.yes(taken, "结转"),
            examples=self.texts(taken, "例"),
        )

    def denial(self, node: tree.Node) -> Denial:
        taken = self.mapping(node, "词 应为零 须在主题内 除非提到 例", "“不应有”的一项")
        return Denial(
            phrases=self.phrases(taken, "词", node.location),
            zero=tuple(dict.fromkeys(sum(self.sums(taken, "应为零", node.location), ()))),
            within=self.yes(taken, "须在主题内"),
            unless=self.phrases(taken, "除非提到"),
            examples=self.texts(taken, "例"),
        )

    def fee(self, node: tree.Node) -> Fee:
        taken = self.mapping(node, "词 表 不读 例", "“收费”的一项")
        return Fee(
            phrases=self.phrases(taken, "词", node.location),
            cells=sum(self.sums(taken, "表", node.location), ()),
            unread=self.phrases(taken, "不读"),
            examples=self.texts(taken, "例"),
        )

    def letters(self, taken: dict[str, Taken], rows: tuple[Sum, ...]) -> tuple[str, ...]:
        """The letters of the columns under 列, in the table of `rows`."""
        spoken = {cell[:-1] for cells in rows for cell in cells}
        found = []
        for key in self.texts(taken, "列"):
            meant = {
                column.letter
                for table in self.tables
                for row in table.rows()
                for column in row.columns
                if row.address in spoken and names_of(key) & names_among(column.wordings)
            }
            if len(meant) != 1:
                place = taken["列"].value.location
                self.wrong(
                    f"“表”里的行没有“{key}”这一列，或者不止一列叫这个。", place, "照“列”的“键”写"
                )
            found += sorted(meant)
        return tuple(found)

    def sums(
        self, taken: dict[str, Taken], key: str, required: Location | None = None
    ) -> tuple[Sum, ...]:
        """Each text of a list as the cells it adds up."""
        if key not in taken:
            self.value(taken, key, required)
            return ()
        place = taken[key].value.location
        found = []
        for text in self.texts(taken, key):
            try:
                names = equation.parse_sum(text) if text else ()
                cells = [c for name in names for c in figure.resolve(name, self.tables)]
            except ValueError as problem:
                hint = problem.hint if isinstance(problem, figure.FigureError) else ""
                self.wrong(f"“{text}”取不到数：{str(problem).rstrip('。')}。", place, hint)
                continue
            found.append(tuple(cell.address for cell in cells))
        return tuple(found)
