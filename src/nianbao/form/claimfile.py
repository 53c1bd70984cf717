"""The part 叙述核对 of a form file as Claims.

Knows its keys and what an author may get wrong in them: a phrase that cannot
be read, a name that finds no cell, money of no known unit (F102, at its line).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nianbao.chinese.wording import names_among, names_of
from nianbao.diagnostics import Location
from nianbao.form import equation, figure
from nianbao.form.claim import (
    LESS,
    YUAN,
    Claim,
    Claims,
    Example,
    Fee,
    Sort,
    Sum,
    Topic,
    in_columns,
)
from nianbao.form.declaration import Declaration, Placed
from nianbao.form.form import Section
from nianbao.form.reach import refuse_numbered

_WORDS = {
    "other": "别事",
    "elsewhere": "别处",
    "narrows": "限定",
    "acts": "动词",
    "empty": "虚词",
    "own": "自称",
}
_OLD_TOP = {
    "止": "这些词写到“词”下面的“别事”",
    "不读": "说一部分的写到“词”下面的“限定”，说别的单位、别的时候的写到“别处”",
    "可隔": "这些词写到“词”下面的“虚词”，动词写到“动词”",
}
_OLD_TOPIC = {
    **_OLD_TOP,
    "不读": "改成“限定”",
    "不应有": "删掉：在说法上写“可说无: 是”，说全都是它的写“均则无: [别的各格]”",
}
_OLD_CLAIM = {
    **_OLD_TOPIC,
    "提到": "删掉：句子里写着含结转的，自己会看“又可”",
    "不读": "删掉：读成别的意思的，写成更长的词，放在“限定”里",
    "紧接": "删掉：词和数要挨着，本来就是这样",
    "可相加": "改成“是: 分类”",
    "其中后不读": "改成“是: 总数”",
    "结转": "改成“是: 结转”",
}


def read(declared: Declaration, *, sections: tuple[Section, ...], doubtful: bool = False) -> Claims:
    """The claims in 叙述核对, for a form of these sections.

    `doubtful`: their names are not their own yet, and one that finds nothing is not told.
    """
    return _Reader(sections, doubtful=doubtful).claims(declared)


class _Reader:
    """Reads each key of 叙述核对 for one form."""

    def __init__(self, sections: tuple[Section, ...], *, doubtful: bool) -> None:
        self.sections = sections
        self.doubtful = doubtful
        self.figures = figure.Figures(sections)
        tables = (section.table for section in sections if section.table)
        self.cells = {cell.address: cell for table in tables for cell in table.cells()}
        self.units: tuple[str, ...] = ()
        self.money = tuple(YUAN)
        self.named: dict[str, tuple[Sum, ...]] = {}
        self.opens: dict[str, tuple[str, ...]] = {}

    def claims(self, declared: Declaration) -> Claims:
        _refuse_old_words(declared, {**_OLD_CLAIM, **_OLD_TOP})
        self.units = declared.texts("量词")
        self.money = declared.texts("金额作") or self.money
        for entry in declared.named("和"):
            placed = declared.placed_of(entry.value, entry.key.text)
            self.named[entry.key.text] = self.meant(placed, declared)
        words = declared.nested("词", _words) or {}
        return Claims(
            sections=self._sections(declared),
            share=declared.phrases("占作"),
            money=self.money,
            topics=declared.each("主题", self.topic),
            fees=declared.each("收费", self.fee),
            **words,
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
        _refuse_old_words(declared, _OLD_TOPIC)
        name, opens = declared.text("名", required=True), declared.phrases("起", required=True)
        self.opens = {name: opens}
        return Topic(
            name=name,
            opens=opens,
            resumes=declared.phrases("续"),
            narrows=declared.phrases("限定"),
            sentence_unread=declared.phrases("整句不读"),
            units=declared.texts("量词") or self.units,
            dated=declared.yes("只说本年"),
            claims=declared.each("说法", self.claim),
        )

    def claim(self, declared: Declaration) -> Claim:
        _refuse_old_words(declared, _OLD_CLAIM)
        readings = self.sums(declared, "表", required=True)
        letters = self.letters(declared, readings)
        in_letters = tuple(in_columns(cells, letters) for cells in readings)
        if letters:
            for cells in in_letters:
                self._summed(cells, "、".join(declared.texts("列")), declared.place("列"), declared)
        name = declared.text("名", required=True)
        return Claim(
            name=name,
            phrases=declared.phrases("词") or self.opens.get(name) or ((name,) if name else ()),
            readings=in_letters,
            sort=declared.choice("是", {sort.value: sort for sort in Sort if sort}, Sort.PLAIN),
            more=self.sums(declared, "又可"),
            letters=letters,
            shares=self.sums(declared, "占"),
            none=declared.yes("可说无"),
            none_if_all=tuple(dict.fromkeys(sum(self.sums(declared, "均则无"), ()))),
            of_all=self.sums(declared, "均指"),
            examples=_examples(declared),
        )

    def fee(self, declared: Declaration) -> Fee:
        cells = sum(self.sums(declared, "表", required=True), ())
        units = {self.cells[cell].row.key: self.cells[cell].unit for cell in cells}
        for key, unit in units.items():
            if not unit or (unit not in YUAN and set(self.money) <= set(YUAN)):
                fault = f"的单位是“{unit}”" if unit else "没有写“单位”"
                declared.wrong(
                    f"“{key}”{fault}，正文里的钱同它没法比。",
                    at=declared.place("表"),
                    hint=f"在这一行或者这一列上写“单位: ”和{'、'.join(YUAN)}中的一个",
                )
        return Fee(
            phrases=declared.phrases("词", required=True),
            cells=cells,
            unread=declared.phrases("不读"),
            examples=_examples(declared),
        )

    def letters(self, declared: Declaration, rows: tuple[Sum, ...]) -> tuple[str, ...]:
        """The letters of the columns under 列, in the table of `rows`."""
        spoken = {self.cells[cell.lstrip(LESS)].row for cells in rows for cell in cells}
        columns = {column for row in spoken for column in row.columns}
        found = []
        for key, place in declared.placed("列"):
            meant = {c.letter for c in columns if names_of(key) & names_among(c.wordings)}
            if len(meant) != 1 and rows and not self.doubtful:
                declared.wrong(
                    f"“表”里的行没有“{key}”这一列，或者不止一列叫这个。",
                    at=place,
                    hint="照“列”的“键”写",
                )
            found += sorted(meant)
        return tuple(found)

    def sums(self, declared: Declaration, key: str, *, required: bool = False) -> tuple[Sum, ...]:
        """Each text of a list as the cells it adds up."""
        return self.meant(declared.placed(key, required=required), declared)

    def meant(self, placed: Placed, declared: Declaration) -> tuple[Sum, ...]:
        """The sums of a list of texts; the name of several stands for them all."""
        found: list[Sum] = []
        for text, place in placed:
            found += self.named.get(text) or (self.cells_of(text, place, declared),)
        return tuple(cells for cells in found if cells)

    def cells_of(self, text: str, place: Location, declared: Declaration) -> Sum:
        """The cells of a sum; () where a name finds none, which is told."""
        found: list[str] = []
        try:
            for addend in equation.parse_signed(text):
                known = self.named.get(addend.text)
                cells = known[0] if known else self.addresses(addend.text)
                found += [(LESS if addend.minus else "") + cell for cell in cells]
        except ValueError as problem:
            hint = problem.hint if isinstance(problem, figure.FigureError) else ""
            said = f"“{text}”取不到数：{str(problem).rstrip('。')}。"
            if not (self.doubtful and hint):
                declared.wrong(said, at=place, hint=hint)
            return ()
        return tuple(found) if self._summed(found, text, place, declared) else ()

    def _summed(
        self, addresses: Iterable[str], text: str, place: Location, declared: Declaration
    ) -> bool:
        """False, and told, where one of the cells of `text` is nothing that a sum takes."""
        cells = (self.cells.get(address.removeprefix(LESS)) for address in addresses)
        unfit = next((cell for cell in cells if cell and not cell.kind.summed), None)
        if unfit:
            said = f"“{text}”取不到数：“{unfit.words}”填的是{unfit.kind.word}。"
            declared.wrong(said, at=place, hint="写计数、小数、增减、金额的格")
        return unfit is None

    def addresses(self, name: str) -> Sum:
        cells = self.figures.of_every(name) if not self.figures.counted(name) else ()
        if not cells:
            said = f"“{name}”是加了几行，不是表里的格"
            raise figure.FigureError(said, "写表里填着它的那一格")
        refuse_numbered(name, cells[0], f"写 键.{figure.EVERY}.列，是各行之和")
        return tuple(cell.address for cell in cells)


def _words(declared: Declaration) -> dict[str, tuple[str, ...]]:
    found = {name: declared.phrases(key) for name, key in _WORDS.items()}
    return {**found, "offices": declared.texts("机关")}


def _refuse_old_words(declared: Declaration, words: Mapping[str, str]) -> None:
    """Tell what to write for a word of the notation before."""
    for word, instead in words.items():
        if declared.has(word):
            declared.old(word, instead)


def _examples(declared: Declaration) -> tuple[Example, ...]:
    return tuple(Example(text, place) for text, place in declared.placed("例"))
