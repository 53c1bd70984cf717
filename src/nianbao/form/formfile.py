"""A form file (`<form>.form.yaml`) as a Form.

Knows the keys that a form's author writes and every mistake they can make:
each is a finding with its line, coded F. Finds the form files of a folder and
picks the edition for a year. Knows nothing of the reports that use the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from nianbao.chinese.wording import names_among, names_of
from nianbao.diagnostics import Finding, Location, Rejected, finding, reason_of, unusable
from nianbao.form import claimfile, equation, requirementfile
from nianbao.form.claim import Claims
from nianbao.form.contract import NAMEABLE, RESERVED, named_in
from nianbao.form.declaration import Declarations
from nianbao.form.figure import FigureError, rows_named
from nianbao.form.form import (
    LAST_YEAR,
    Cell,
    Column,
    Field,
    FieldKind,
    Form,
    Group,
    Limit,
    PrintedLine,
    Row,
    Section,
    Stock,
    Table,
    Term,
    Tie,
)
from nianbao.form.requirement import Requirements
from nianbao.source import parsing, tree
from nianbao.source.keys import Taken

SUFFIX = ".form.yaml"
_YEARS = re.compile(r"(\d{4})\s*[-–—至]\s*(\d{4})?$")
_LETTER = re.compile(r"[a-z]$")
_ADDRESS = re.compile(r"[a-z]\d{1,3}$")


def find(folder: Path) -> list[Path]:
    """The form files of a folder, by name."""
    found = (path for path in folder.glob(f"*{SUFFIX}") if path.is_file())
    return sorted(path for path in found if not path.name.startswith("."))


def newest(
    forms: Iterable[Form], year: int | None, wanted: str | None, keys: Iterable[str] = ()
) -> Form | None:
    """The newest edition valid for `year` (any, when not known) of the form called `wanted`.

    `wanted` is a form's name or id; None takes the form that has most of `keys`.
    """
    names = names_of(wanted) if wanted else frozenset()
    fitting = [
        form
        for form in forms
        if (year is None or form.valid_for(year))
        and (not wanted or names & (names_of(form.name) | names_of(form.id)))
    ]
    if not fitting:
        return None
    typed = names_among(keys)
    meant = max(fitting, key=lambda form: len(typed & _keys_of(form))).name
    editions = [form for form in fitting if form.name == meant]
    return max(editions, key=lambda form: (form.first_year, form.id))


def _keys_of(form: Form) -> frozenset[str]:
    return names_among(word for section in form.sections for word in section.wordings)


def load(path: Path) -> Form:
    """Read a form file. Raises Rejected (exit code 3) with all its mistakes."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise unusable("F101", f"表式文件打不开：{reason_of(problem)}。", file=path) from problem
    read = parsing.read(data)
    reader = _Reader([finding for finding in read.findings if finding.blocks])
    form = None
    if isinstance(read.root, tree.Mapping):
        form = reader.form(read.root, path)
    elif not reader.findings:
        reader.report(finding("F101", "表式文件应当是“名称: 内容”的格式。", at=Location(1, 1)))
    if reader.findings or form is None:
        raise Rejected([replace(finding, file=path) for finding in reader.findings], exit_code=3)
    return form


@dataclass(frozen=True, slots=True)
class _Around:
    """What a row has from the block and the groups that it stands in."""

    block: str
    columns: tuple[Column, ...]
    stock: Stock | None
    blank: bool
    groups: tuple[str, ...] = ()
    group_labels: tuple[str, ...] = ()

    def within(self, group: str, label: str) -> _Around:
        return replace(self, groups=(*self.groups, group), group_labels=(*self.group_labels, label))


class _Reader(Declarations):
    """Reads the parts of a form."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self._addresses_seen: dict[str, Location] = {}

    def form(self, root: tree.Mapping, path: Path) -> Form:
        taken = self.mapping(
            root, "表式 版次 依据 适用年度 标题 要素 印行 部分 叙述核对 写法要求", "表式文件"
        )
        top = Location(1, 1)
        name = self.value(taken, "表式", top)
        typed = self.value(taken, "适用年度", top)
        years = _YEARS.match(typed)
        if typed and not years:
            self.wrong(
                f"“适用年度”写的是“{typed}”，看不出是哪几年。",
                taken["适用年度"].value.location,
                "写成 2021-（自该年起）或 2017-2020",
            )
        fields = self._fields(taken)
        self.needed(("部分",), taken, "表式文件", top)
        sections = tuple(map(self._section, self.items(taken, "部分")))
        claims = (
            claimfile.read(taken["叙述核对"].value, sections, self.findings)
            if "叙述核对" in taken
            else Claims()
        )
        requirements = (
            requirementfile.read(taken["写法要求"].value, sections, fields, self.findings)
            if "写法要求" in taken
            else Requirements()
        )
        lines = self._lines(taken)
        title = self.value(taken, "标题", top)
        self._names_differ(fields, lines, sections, top)
        self._names_known(title, fields, lines, top)
        return Form(
            id=path.name.removesuffix(SUFFIX),
            path=path,
            name=name,
            edition=self.value(taken, "版次"),
            document_number=self.value(taken, "依据"),
            first_year=int(years[1]) if years else 0,
            last_year=int(years[2]) if years and years[2] else None,
            title=title,
            fields=fields,
            lines=lines,
            sections=sections,
            claims=claims,
            requirements=requirements,
        )

    def _names_differ(
        self,
        fields: tuple[Field, ...],
        lines: tuple[PrintedLine, ...],
        sections: tuple[Section, ...],
        place: Location,
    ) -> None:
        """Whatever a template or an input may name has one name of its own."""
        named = [(field.key, "“要素”的") for field in fields]
        named += [(line.name, "“印行”的") for line in lines]
        named += [(s.name, "模板名") for s in sections]
        named += [
            (address, "“格”")
            for s in sections
            if s.table
            for address in {cell.address for cell in s.table.cells()}
        ]
        named += [(key, "各种表式都有的") for key in RESERVED]
        self._unique(named, place)
        self._unique([(s.key, "部分的键") for s in sections], place)

    def _names_known(
        self, title: str, fields: tuple[Field, ...], lines: tuple[PrintedLine, ...], place: Location
    ) -> None:
        """The title and the printed lines name only what there is."""
        known = {*NAMEABLE, *(field.key for field in fields)}
        known |= {f"{field.key}.{member}" for field in fields for member in field.members}
        used = [title, *(part for line in lines for part in line.parts)]
        used += [f"{{{{{line.follows}}}}}" for line in lines if line.follows]
        for found in (name for text in used for name in named_in(text)):
            if found not in known:
                self.wrong(
                    f"“标题”或“印行”里的“{found}”不是这份表式的一项。",
                    place,
                    f"可以用：{'、'.join(sorted(known))}",
                )

    def _fields(self, taken: dict[str, Taken]) -> tuple[Field, ...]:
        fields = []
        if "要素" in taken and isinstance(taken["要素"].value, tree.Mapping):
            for entry in taken["要素"].value.entries:
                key = entry.key.text
                if key in RESERVED:
                    self.wrong(f"“{key}”每种表式都有，不用写。", entry.key.location, "删掉这一行")
                elif isinstance(entry.value, tree.Sequence):
                    members = tuple(self.text(node, key) for node in entry.value.items)
                    fields.append(Field(key, FieldKind.NAMES, members))
                else:
                    kind = self.text(entry.value, key)
                    kinds = [k.value for k in FieldKind if k is not FieldKind.NAMES]
                    if kind in kinds:
                        fields.append(Field(key, FieldKind(kind)))
                    else:
                        self.wrong(
                            f"“{key}”的格式“{kind}”没有这一种。",
                            entry.value.location,
                            f"可以写：{'、'.join(kinds)}，或姓名的列表",
                        )
        elif "要素" in taken:
            self.wrong("“要素”应当写成“名称: 格式”。", taken["要素"].value.location)
        return tuple(fields)

    def _lines(self, taken: dict[str, Taken]) -> tuple[PrintedLine, ...]:
        lines = []
        if "印行" in taken and isinstance(taken["印行"].value, tree.Mapping):
            for entry in taken["印行"].value.entries:
                if isinstance(entry.value, tree.Sequence):
                    parts = tuple(self.text(node, entry.key.text) for node in entry.value.items)
                    lines.append(PrintedLine(entry.key.text, parts))
                else:
                    inner = self.mapping(entry.value, "各段 随", entry.key.text)
                    lines.append(
                        PrintedLine(
                            entry.key.text,
                            self.texts(inner, "各段"),
                            self.value(inner, "随") or None,
                        )
                    )
        elif "印行" in taken:
            self.wrong("“印行”应当写成“名称: [各段]”。", taken["印行"].value.location)
        return tuple(lines)

    def _section(self, node: tree.Node) -> Section:
        taken = self.mapping(node, "键 印作 也作 模板名 说明 起稿 块 勾稽关系 跨年", "“部分”的一项")
        key = self.value(taken, "键", node.location)
        heading = self.value(taken, "印作")
        also = self.texts(taken, "也作")
        name = self.value(taken, "模板名") or key
        if not name.isidentifier():
            self.wrong(
                f"“{name}”不能作模板里的名称。",
                node.location,
                "加一行“模板名: ”，只用汉字、字母和数字",
            )
        table = None
        if "块" in taken:
            table = self._table(taken, blank=self.value(taken, "起稿") == "留空")
        return Section(
            key, heading or key, also, bool(heading), name, self.value(taken, "说明"), table
        )

    def _table(self, taken: dict[str, Taken], blank: bool) -> Table:
        items: list[Row | Group] = []
        for node in self.items(taken, "块"):
            block = self.mapping(node, "印作 列 存量 行", "“块”的一项")
            columns = tuple(filter(None, (self._column(n) for n in self.items(block, "列"))))
            self._unique([(column.letter, "列的“格”") for column in columns], node.location)
            label = self.value(block, "印作")
            self.needed(("列", "行"), block, "“块”的一项", node.location)
            stock = self._stock(block["存量"].value, columns) if "存量" in block else None
            around = _Around(label, columns, stock, blank)
            items += [self._item(row, around) for row in self.items(block, "行")]
        table = Table(tuple(items), ())
        ties = [
            tie
            for key in ("勾稽关系", "跨年")
            for node in self.items(taken, key)
            for tie in self._ties(node, table, crosses_years=key == "跨年")
        ]
        return Table(table.items, tuple(ties))

    def _column(self, node: tree.Node) -> Column | None:
        taken = self.mapping(node, "键 印作 也作 上 格 合计", "“列”的一项")
        key = self.value(taken, "键", node.location)
        letter = self.value(taken, "格", node.location)
        if letter and not _LETTER.match(letter):
            self.wrong(f"列的“格”写的是“{letter}”，应当是一个小写字母。", node.location, "如 a")
        label = self.value(taken, "印作") or key
        return Column(
            key,
            label,
            self.texts(taken, "也作"),
            self.texts(taken, "上"),
            letter,
            self.yes(taken, "合计"),
        )

    def _stock(self, node: tree.Node, columns: tuple[Column, ...]) -> Stock | None:
        """The three columns of 存量, by their names."""
        taken = self.mapping(node, "进 出 存", "“存量”")
        found = []
        for key in ("进", "出", "存"):
            name = self.value(taken, key, node.location)
            column = next((c for c in columns if names_of(name) & names_among(c.wordings)), None)
            if column:
                found.append(column)
            elif name:
                known = "、".join(c.key for c in columns)
                self.wrong(f"没有“{name}”这一列。", taken[key].value.location, f"现有的：{known}")
        return Stock(*found) if len(found) == 3 else None

    def _limit(self, node: tree.Node) -> Limit | None:
        taken = self.mapping(node, "数 单位", "“达到须核实”")
        number = self.value(taken, "数", node.location)
        if number and not re.fullmatch(r"\d+(\.\d+)?", number, re.ASCII):
            place = taken["数"].value.location
            self.wrong(f"“达到须核实”的“数”写的是“{number}”，应当是一个数。", place, "如 100")
        elif number:
            return Limit(Decimal(number), self.texts(taken, "单位"))
        return None

    def _item(self, node: tree.Node, around: _Around) -> Row | Group:
        taken = self.mapping(
            node,
            "键 组 印作 也作 格 数 单位 起稿 合计 不为零须核实 达到须核实 可不写 行",
            "“行”的一项",
        )
        key = self.value(taken, "组" if "组" in taken else "键", node.location)
        label = self.value(taken, "印作") or key
        also = self.texts(taken, "也作")
        if "组" in taken:
            within = around.within(key, label)
            items = tuple(self._item(row, within) for row in self.items(taken, "行"))
            return Group(key, label, also, around.groups, items, self.yes(taken, "可不写"))
        address = self.value(taken, "格", node.location)
        if address and not _ADDRESS.match(address):
            self.wrong(
                f"行的“格”写的是“{address}”，应当是一个小写字母加行号。", node.location, "如 c24"
            )
        self._once(address, node.location)
        number = self.value(taken, "数") or "计数"
        if number not in ("计数", "金额"):
            self.wrong(f"“数”写的是“{number}”，没有这一种。", node.location, "写 计数 或 金额")
        return Row(
            key,
            label,
            also,
            around.groups,
            around.group_labels,
            around.block,
            address,
            around.columns,
            number == "金额",
            self.value(taken, "单位"),
            around.blank or self.value(taken, "起稿") == "留空",
            self.yes(taken, "合计"),
            self.texts(taken, "不为零须核实"),
            self._limit(taken["达到须核实"].value) if "达到须核实" in taken else None,
            around.stock,
        )

    def _once(self, address: str, place: Location) -> None:
        if address in self._addresses_seen:
            self.wrong(
                f"“{address}”用了两次，前一次在第 {self._addresses_seen[address].line} 行。",
                place,
                "每一行的“格”各不相同",
            )
        self._addresses_seen[address] = place

    def _unique(self, named: list[tuple[str, str]], place: Location) -> None:
        seen: set[str] = set()
        for name, what in named:
            if name in seen:
                self.wrong(f"{what}“{name}”用了两次。", place, "各起各的名")
            seen.add(name)

    def _ties(self, node: tree.Node, table: Table, crosses_years: bool) -> list[Tie]:
        """One declared tie, once for every row or column that has all its names."""
        taken = self.mapping(node, "名 每行 每列 落在", "一条勾稽关系")
        name = self.value(taken, "名", node.location)
        in_row = "每行" in taken
        if in_row and "每列" in taken:
            self.wrong(f"勾稽关系“{name}”又写了“每行”又写了“每列”。", node.location, "分成两条写")
            return []
        text = self.value(taken, "每行" if in_row else "每列", node.location)
        if not text:
            return []
        place = taken["每行" if in_row else "每列"].value.location
        try:
            parsed = equation.parse(text)
            at = self.value(taken, "落在", node.location)
            if not at:
                return []
            ties = []
            for label, cells_of in _along(table, in_row):
                left = _terms(parsed.left, cells_of, in_row)
                right = _terms(parsed.right, cells_of, in_row)
                spot = _terms((at,), cells_of, in_row)
                if left and right and spot:
                    sides = equation.Equation(left, right)
                    if not any(spot[0].cells[0] in term.cells for term in sides.terms):
                        raise ValueError("“落在”的不是等式里的一项")
                    ties.append(Tie(name, in_row, label, sides, spot[0].cells[0]))
        except (ValueError, FigureError) as problem:
            self.wrong(f"勾稽关系“{name}”：{problem}", place)
            return []
        if not ties:
            self.wrong(
                f"勾稽关系“{name}”里的名称在这张表里对不上任何一{'行' if in_row else '列'}。",
                place,
                "照“键”写，重名的在前面加组名和点",
            )
        elif any(tie.crosses_years for tie in ties) != crosses_years:
            self.wrong(
                f"勾稽关系“{name}”写错了地方。",
                place,
                f"带“{LAST_YEAR}.”的写在“跨年”下，不带的写在“勾稽关系”下",
            )
            return []
        return ties


def _along(table: Table, in_row: bool) -> list[tuple[str, Callable[[str], tuple[Cell, ...]]]]:
    """Each row (or column) by its label, with what a name of a tie stands for along it."""
    if in_row:
        return [(row.label, partial(_cells_in_row, row)) for row in table.rows()]
    labels = {column.letter: column.label for row in table.rows() for column in row.columns}
    return [(label, partial(_cells_in_column, table, letter)) for letter, label in labels.items()]


def _cells_in_row(row: Row, name: str) -> tuple[Cell, ...]:
    return tuple(row.cell(c) for c in row.columns if names_of(name) & names_among(c.wordings))


def _cells_in_column(table: Table, letter: str, name: str) -> tuple[Cell, ...]:
    """One cell for every row meant by `name`; none unless all of them have the column."""
    rows = rows_named(name, (table,))
    cells = tuple(cell for row in rows for cell in row.cells() if cell.column.letter == letter)
    return cells if len(cells) == len(rows) else ()


def _terms(
    names: tuple[str, ...], cells_of: Callable[[str], tuple[Cell, ...]], in_row: bool
) -> tuple[Term, ...]:
    """The terms of one side; empty when a name finds nothing along this row or column."""
    terms = []
    for name in names:
        bare = name.removeprefix(f"{LAST_YEAR}.")
        cells = cells_of(bare)
        if not cells:
            return ()
        if in_row:
            words = cells[0].column.label
        else:
            words = cells[0].row.label if len(cells) == 1 else cells[0].row.group_labels[-1]
        terms.append(Term(words, cells, bare != name))
    return tuple(terms)
