"""The part 叙述核对 of a form file as Claims.

Knows its keys and what an author may get wrong in them: a phrase that cannot
be read, a name that finds no cell, money of no known unit (F102, at its line).
"""

from __future__ import annotations

from nianbao.chinese.wording import names_among, names_of
from nianbao.form import equation, figure
from nianbao.form.claim import (
    YUAN,
    Claim,
    Claims,
    Denial,
    Example,
    Fee,
    Sum,
    Topic,
    in_columns,
)
from nianbao.form.declaration import Declaration
from nianbao.form.form import Section
from nianbao.form.row import Cell


def read(declared: Declaration, *, sections: tuple[Section, ...]) -> Claims:
    """The claims in 叙述核对, for a form of these sections."""
    return _Reader(sections).claims(declared)


class _Reader:
    """Reads each key of 叙述核对 for one form."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self.sections = sections
        self.tables = tuple(section.table for section in sections if section.table)
        self.cells = {cell.address: cell for table in self.tables for cell in table.cells()}
        self.units: tuple[str, ...] = ()

    def claims(self, declared: Declaration) -> Claims:
        self.units = declared.texts("量词")
        return Claims(
            sections=self._sections(declared),
            closes=declared.phrases("止"),
            unread=declared.phrases("不读"),
            between=declared.phrases("可隔"),
            topics=declared.each("主题", self.topic),
            fees=declared.each("收费", self.fee),
        )

    def _sections(self, declared: Declaration) -> tuple[str, ...]:
        found = []
        for key, place in declared.placed("部分"):
            meant = [s for s in self.sections if not s.table and names_of(key) & names_of(s.key)]
            if not meant:
                known = "、".join(s.key for s in self.sections if not s.table)
                declared.wrong(f"没有“{key}”这一段正文。", at=place, hint=f"可以写：{known}")
            found += [section.name for section in meant]
        return tuple(found)

    def topic(self, declared: Declaration) -> Topic:
        return Topic(
            name=declared.text("名", required=True),
            opens=declared.phrases("起", required=True),
            resumes=declared.phrases("续"),
            unread=declared.phrases("不读"),
            sentence_unread=declared.phrases("整句不读"),
            units=declared.texts("量词") or self.units,
            dated=declared.yes("只说本年"),
            claims=declared.each("说法", self.claim),
            denials=declared.each("不应有", self.denial),
        )

    def claim(self, declared: Declaration) -> Claim:
        readings = self.sums(declared, "表", required=True)
        letters = self.letters(declared, readings)
        return Claim(
            name=declared.text("名", required=True),
            phrases=declared.phrases("词", required=True),
            readings=tuple(in_columns(cells, letters) for cells in readings),
            mentioned=declared.phrases("提到"),
            more=self.sums(declared, "又可"),
            letters=letters,
            shares=self.sums(declared, "占"),
            unread=declared.phrases("不读"),
            close=declared.yes("紧接"),
            joins=declared.yes("可相加"),
            whole=declared.yes("其中后不读"),
            carry=declared.yes("结转"),
            examples=_examples(declared),
        )

    def denial(self, declared: Declaration) -> Denial:
        return Denial(
            phrases=declared.phrases("词", required=True),
            zero=tuple(dict.fromkeys(sum(self.sums(declared, "应为零", required=True), ()))),
            within=declared.yes("须在主题内"),
            unless=declared.phrases("除非提到"),
            examples=_examples(declared),
        )

    def fee(self, declared: Declaration) -> Fee:
        cells = sum(self.sums(declared, "表", required=True), ())
        for row in dict.fromkeys(self.cells[cell].row for cell in cells):
            if row.unit not in YUAN:
                fault = f"的单位是“{row.unit}”" if row.unit else "没有写“单位”"
                declared.wrong(
                    f"“{row.key}”{fault}，正文里的钱同它没法比。",
                    at=declared.place("表"),
                    hint=f"在这一行上写“单位: ”和{'、'.join(YUAN)}中的一个",
                )
        return Fee(
            phrases=declared.phrases("词", required=True),
            cells=cells,
            unread=declared.phrases("不读"),
            examples=_examples(declared),
        )

    def letters(self, declared: Declaration, rows: tuple[Sum, ...]) -> tuple[str, ...]:
        """The letters of the columns under 列, in the table of `rows`."""
        spoken = {self.cells[cell].row for cells in rows for cell in cells}
        columns = {column for row in spoken for column in row.columns}
        found = []
        for key, place in declared.placed("列"):
            meant = {c.letter for c in columns if names_of(key) & names_among(c.wordings)}
            if len(meant) != 1 and rows:
                declared.wrong(
                    f"“表”里的行没有“{key}”这一列，或者不止一列叫这个。",
                    at=place,
                    hint="照“列”的“键”写",
                )
            found += sorted(meant)
        return tuple(found)

    def sums(self, declared: Declaration, key: str, *, required: bool = False) -> tuple[Sum, ...]:
        """Each text of a list as the cells it adds up."""
        found = []
        for text, place in declared.placed(key, required=required):
            cells: list[Cell] = []
            try:
                for name in equation.parse_sum(text):
                    cells += figure.resolve(name, self.tables)
            except ValueError as problem:
                hint = problem.hint if isinstance(problem, figure.FigureError) else ""
                said = f"“{text}”取不到数：{str(problem).rstrip('。')}。"
                declared.wrong(said, at=place, hint=hint)
                continue
            found.append(tuple(cell.address for cell in cells))
        return tuple(found)


def _examples(declared: Declaration) -> tuple[Example, ...]:
    return tuple(Example(text, place) for text, place in declared.placed("例"))
