"""A table as typed: rows as lists, mappings or 0, numbers and their notes.

Knows every way docs/input.md lets a row, a group and a number be written, and what
each mistake is called. The rows and columns come from the form; what stands
around the table is `reportfile`'s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from nianbao.chinese.characters import hidden, visible
from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit, Finding, Location, finding
from nianbao.form.contract import NOTE
from nianbao.form.form import Table
from nianbao.form.row import Column, Group, Row
from nianbao.report import barerow, rowplace
from nianbao.report.report import Number, OfCell
from nianbao.source import tree
from nianbao.source.keys import Taken, missing, take

_COUNT = re.compile(r"0|[1-9][0-9]*")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MAX_DIGITS = 18
_WIDE_COMMA = re.compile(r"[ \u00a0\u3000]*[，、；][ \u00a0\u3000]*")
_GAP = re.compile(rf"{_WIDE_COMMA.pattern}|[ \t\u00a0\u3000]+")
_NUMBERS = re.compile(rf"[\d０-９.]+(?:(?:{_GAP.pattern})[\d０-９.]+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_UNIT = re.compile(r"(?P<scale>[百千万亿]?)(?P<unit>元整?|件|条|份|次|个|宗|起)$")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MONEY = "元"
_HASH = re.compile(r"(?P<blank>[\u00a0\u3000]+)#.*$")
_BRACKETS = {"（": "）", "(": ")"}
_NO_ANSWER = {"", "/", "\\", "-", "--", "—", "——", "_", "~", "无", "没有", "不适用", "null", "空"}


def read(
    table: Table,
    words: str,
    entry: Taken,
    tell: Callable[[Finding], None],
    said: Callable[[str, Location], str],
) -> tuple[dict[str, Number], Taken | None]:
    """The numbers of a table by cell address, and its 注 where it has one.

    `words` names the table, `tell` takes the findings; `said` gives a note's
    text as it will be printed. Cells that cannot be read are left out.
    """
    reader = _Reader(tell, said)
    if isinstance(entry.value, tree.Mapping) and not entry.value.told:
        entry = replace(entry, value=rowplace.put_right(table.items, entry.value, words, tell))
    reader.level(table.items, entry, words, top=True)
    return reader.numbers, reader.note


def is_blank(node: tree.Node) -> bool:
    if not isinstance(node, tree.Scalar):
        return False
    text = unicodedata.normalize("NFKC", visible(node.text)).strip(BLANKS + "\n")
    return text.lower() in _NO_ANSWER


class _Reader:
    """Fills `numbers` and `note` while going through one table."""

    def __init__(
        self, tell: Callable[[Finding], None], said: Callable[[str, Location], str]
    ) -> None:
        self._tell = tell
        self.at = ""
        """The address of the cell being read, or of the first one of what is."""
        self.said = said
        self.numbers: dict[str, Number] = {}
        self.note: Taken | None = None

    def tell(self, finding: Finding) -> None:
        if self.at and not isinstance(finding.about, OfCell):
            finding = replace(finding, about=OfCell(self.at, finding.location))
        self._tell(finding)

    def level(
        self, items: tuple[Row | Group, ...], entry: Taken, words: str, top: bool = False
    ) -> None:
        """A table or group: a mapping of its rows and groups, or 0."""
        value = entry.value
        if value.told:
            return
        if isinstance(value, tree.Scalar):
            self._all_zero(items, entry, words, value)
            return
        if isinstance(value, tree.Sequence):
            self.tell(
                finding(
                    "S104",
                    f"“{words}”下面要一行一行写，不能写成一个列表。",
                    at=value.location,
                    hint="每行写成“行名: 数”，或者整个写 0",
                )
            )
            return
        allowed: dict[str, Sequence[str]] = {}
        for item in items:
            allowed[item.key] = item.wordings
            if isinstance(item, Group) and item.optional:
                allowed |= {inner.key: inner.wordings for inner in item.items}
        if top:
            allowed[NOTE] = (NOTE,)
        required = [item.key for item in items if not (isinstance(item, Group) and item.optional)]
        known = {item.key: item for item in items}
        taken = take(
            value,
            allowed,
            f"“{words}”里",
            self.tell,
            required=required,
            about=lambda key, place: OfCell(rowplace.first_cell(known[key]), place),
        )
        if top:
            self.note = taken.get(NOTE)
        for item in items:
            if isinstance(item, Group) and item.optional and item.key not in taken:
                for inner in item.items:
                    self._item(inner, taken, entry, words)
                continue
            if isinstance(item, Group) and item.optional:
                for inner in item.items:
                    if inner.key in taken:
                        self.at = rowplace.first_cell(inner)
                        self.tell(
                            finding(
                                "S102",
                                f"“{inner.key}”写了两次，“{item.key}”里也有。",
                                at=taken[inner.key].key.location,
                                hint="留下对的一处，删掉另一处",
                            )
                        )
            self._item(item, taken, entry, words)

    def _item(self, item: Row | Group, taken: dict[str, Taken], parent: Taken, words: str) -> None:
        self.at = rowplace.first_cell(item)
        if item.key not in taken:
            self.tell(missing(item.key, f"“{words}”", parent.key.location))
        elif isinstance(item, Group):
            self.level(item.items, taken[item.key], item.key)
        else:
            self._row(item, taken[item.key])

    def _all_zero(
        self, items: tuple[Row | Group, ...], entry: Taken, words: str, value: tree.Scalar
    ) -> None:
        if value.text.strip(BLANKS) != "0":
            if _meant(value.text.strip(BLANKS), decimal=False) == "0":
                self._malformed(words, value, "半角的 0")
            elif is_blank(value):
                self.tell(
                    finding(
                        "V101",
                        f"“{words}”没有填。",
                        at=entry.key.location,
                        hint="全是零就写 0，否则一行一行填",
                    )
                )
            else:
                self.tell(
                    finding(
                        "S104",
                        f"“{words}”写的是“{value.text.strip()}”，这里只能写 0，或者一行一行写。",
                        at=value.location,
                        hint="每行写成“行名: 数”",
                    )
                )
            return
        for item in items:
            for row in (item,) if isinstance(item, Row) else item.rows():
                self._zero(row, value.location)

    def _zero(self, row: Row, place: Location) -> None:
        for cell in row.cells():
            self.numbers[cell.address] = Number(cell.address, Decimal(0), "0", place)

    def _row(self, row: Row, entry: Taken) -> None:
        value = entry.value
        if value.told:
            return
        if isinstance(value, tree.Sequence):
            self._row_of_list(row, value)
        elif isinstance(value, tree.Mapping):
            self._row_of_mapping(row, entry, value)
        elif len(row.columns) == 1:
            self._cell(row, row.columns[0], value)
        elif value.text.strip(BLANKS) == "0":
            self._zero(row, value.location)
        elif _meant(value.text.strip(BLANKS), decimal=False) == "0":
            self._malformed(row.label, value, "半角的 0")
        elif is_blank(value):
            names = "、".join(column.key for column in row.columns)
            self.tell(
                finding(
                    "V101",
                    f"“{row.label}”没有填{_typed_as(value)}。",
                    at=value.location,
                    hint=f"依次填 {len(row.columns)} 个数（{names}），写成 {_example(row)} 的样子；"
                    "全是零可以只写 0",
                )
            )
        elif len(value.lines) == 1 and not value.spread and barerow.is_row(value.text):
            self._row_of_list(row, tree.Sequence(value.location, list(barerow.numbers(value))))
        else:
            count = len(row.columns)
            self.tell(
                finding(
                    "S104",
                    f"“{row.label}”有 {count} 个数，这里写的是“{shortened(value.text.strip(), 30)}”"
                    f"{_fault(value.text)}。",
                    at=value.location,
                    hint=f"写成 {_example(row)} 的样子，方括号和逗号用半角；全是零可以只写 0",
                    mend=barerow.bracketed(value, count),
                )
            )

    def _row_of_list(self, row: Row, value: tree.Sequence) -> None:
        wanted, given = len(row.columns), len(value.items)
        if any(item.told for item in value.items):
            return
        if wanted != given:
            names = "、".join(column.key for column in row.columns)
            hint = f"依次是：{names}；写成 {_example(row)} 的样子"
            mend = _separated(value, wanted)
            if any(isinstance(i, tree.Scalar) and _WIDE_COMMA.search(i.text) for i in value.items):
                hint = f"数和数之间用半角逗号隔开，写成 {_example(row)} 的样子"
            elif given > wanted:
                hint += "；1,234 要写成 1234，带逗号的括号说明要连数一起用引号括起来"
            self.tell(
                finding(
                    "S105",
                    f"“{row.label}”要 {wanted} 个数，这里有 {given} 个，"
                    f"{'多' if given > wanted else '少'}了 {abs(given - wanted)} 个。",
                    at=value.location,
                    hint=hint,
                    mend=mend,
                )
            )
            return
        for column, item in zip(row.columns, value.items, strict=True):
            self._cell(row, column, item)

    def _row_of_mapping(self, row: Row, entry: Taken, value: tree.Mapping) -> None:
        allowed: dict[str, Sequence[str]] = {c.key: c.wordings for c in row.columns}
        has_total = any(column.is_total for column in row.columns)
        required = [c.key for c in row.columns if c.is_total or not has_total]
        cells = {column.key: row.cell(column).address for column in row.columns}
        taken = take(
            value,
            allowed,
            f"“{row.label}”里",
            self.tell,
            required=required,
            about=lambda key, place: OfCell(cells[key], place),
        )
        strange = len(taken) < len(value.entries)
        glued = strange and any(re.search("[:：]", entry.key.text) for entry in value.entries)
        for column in row.columns:
            self.at = row.cell(column).address
            if column.key in taken:
                self._cell(row, column, taken[column.key].value)
            elif glued:
                continue  # a name with its value in one: told already, and it may be this one
            elif column.is_total or not has_total:
                self.tell(
                    finding(
                        "S106",
                        f"“{row.label}”没有写“{column.key}”。",
                        at=entry.key.location,
                        hint=f"补上“{column.key}: ”和数",
                    )
                )
            elif not strange:  # a key not understood may be meant for this column
                cell = row.cell(column)
                self.numbers[cell.address] = Number(
                    cell.address, Decimal(0), "0", entry.key.location
                )

    def _cell(self, row: Row, column: Column, node: tree.Node) -> None:
        cell = row.cell(column)
        self.at = cell.address
        if node.told:
            return
        if not isinstance(node, tree.Scalar):
            self.tell(
                finding(
                    "S104", f"“{cell.words}”应当是一个数。", at=node.location, hint="没有就填 0"
                )
            )
            return
        text = node.text.strip(BLANKS)
        if is_blank(node):
            self.tell(
                finding(
                    "V101",
                    f"“{cell.words}”没有填数{_typed_as(node)}。",
                    at=node.location,
                    hint="没有就填 0",
                )
            )
            return
        matched = (_DECIMAL if row.decimal else _COUNT).match(text)
        digits = matched[0] if matched else ""
        behind = text[len(digits) :]
        remark = behind.strip(BLANKS)
        if node.spread or not digits or (remark and remark[0] not in _BRACKETS):
            kind = f"金额（单位：{row.unit}）" if row.unit else "金额" if row.decimal else "整数"
            self._malformed(
                cell.words, node, f"一个不小于零的{kind}", decimal=row.decimal, unit=row.unit
            )
        elif remark and not _is_note(remark):
            self.tell(
                finding(
                    "V104",
                    f"“{cell.words}”的数后面“{remark}”不是一个完整的括号说明。",
                    at=node.location,
                    hint="说明写成一对括号，括住的文字不能空，括号后不再有字",
                )
            )
        elif sum(char.isdigit() for char in digits) > _MAX_DIGITS:
            self.tell(
                finding(
                    "V108",
                    f"“{cell.words}”是 {sum(map(str.isdigit, digits))} 位数，太大了。",
                    at=node.location,
                    hint=f"最多 {_MAX_DIGITS} 位；看看是不是两个数连在了一起",
                )
            )
        else:
            printed_note = self.said(remark, node.location)
            self.numbers[cell.address] = Number(
                cell.address, Decimal(digits), digits, node.location, printed_note
            )

    def _malformed(
        self, words: str, node: tree.Scalar, wanted: str, *, decimal: bool = False, unit: str = ""
    ) -> None:
        text = node.text.strip(BLANKS)
        meant = _meant(text, decimal, unit)
        hint = f"您是否想写 {meant}" if meant else "只写阿拉伯数字，没有就填 0"
        if unit and _grouped(text):
            hint = f"这一格的单位是{unit}，换算成{unit}再写，不写逗号"
        self.tell(
            finding(
                "V103" if decimal else "V102",
                f"“{words}”写的是“{shortened(text, 30)}”{_fault(text)}，这里要{wanted}。",
                at=node.location,
                hint=hint,
                mend=() if unit and _grouped(text) else _mend(node, decimal),
            )
        )


def _typed_as(node: tree.Scalar) -> str:
    text = node.text.strip(BLANKS)
    return f"（写的是“{text}”）" if text else ""


def _is_note(text: str) -> bool:
    """True for one pair of brackets around something, to the end of the text."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char in _BRACKETS) - (char in _BRACKETS.values())
        if depth == 0:
            whole = at == len(text) - 1 and char == _BRACKETS[text[0]]
            return whole and bool(text[1:-1].strip(BLANKS))
    return False


def _example(row: Row) -> str:
    """How the numbers of a row are typed: as many as it has."""
    numbers = ["3", *("0" for _ in row.columns[1:])]
    if row.columns[-1].is_total:
        numbers[-1] = "3"
    return f"[{', '.join(numbers)}]"


def _grouped(text: str) -> bool:
    """True for a number with commas and no unit: which one was meant is not known."""
    typed = unicodedata.normalize("NFKC", visible(text)).strip("“”‘’\"' ")
    return bool(_THOUSANDS.fullmatch(typed))


def _meant(text: str, decimal: bool, unit: str = "") -> str | None:
    """What a malformed number was probably meant to be, in the cell's `unit`, where it is plain."""
    typed = unicodedata.normalize("NFKC", visible(text)).strip("“”‘’\"' ")
    behind = _UNIT.search(typed)
    number = (typed[: behind.start()] if behind else typed).strip()
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    typed = re.sub(r"^0+(?=\d)", "", number)
    if behind:
        typed = _converted(typed, behind, unit)
    pattern = _DECIMAL if decimal else _COUNT
    return typed if pattern.fullmatch(typed) and typed != text else None


def _converted(number: str, typed_unit: re.Match[str], unit: str) -> str:
    """A number in the unit of its cell, "" where the units are of two kinds."""
    wanted = _UNIT.match(unit)
    money = typed_unit["unit"].startswith(_MONEY)
    if not _DECIMAL.fullmatch(number) or (unit and not wanted) or (money != bool(unit)):
        return ""
    scale = _SCALES[wanted["scale"]] if wanted else 1
    if _SCALES[typed_unit["scale"]] == scale:
        return number
    exact = Decimal(number) * _SCALES[typed_unit["scale"]] / scale
    return f"{exact.normalize():f}"


def _fault(text: str) -> str:
    """What is wrong with a number, in brackets, where there is a name for it."""
    if hidden(text):
        return hidden(text)
    typed = unicodedata.normalize("NFKC", visible(text))
    for fault, applies in (
        ("两边的引号是中文的", text.startswith(("“", "‘", "”"))),
        ("不能用千位逗号", _THOUSANDS.match(typed)),
        ("不能用科学记数法", re.fullmatch(r"[\d.]+[eE][+-]?\d+", typed)),
        ("不能小于零", re.match(r"[-−]\s*\d", typed)),
        ("前面多了 0", re.fullmatch(r"0+\d+", typed)),
        ("后面多了单位", re.match(r"\d", typed) and _UNIT.search(typed)),
        ("“#”前面不是半角空格", _HASH.search(text)),
        ("数字是全角的", text != typed and re.match(r"\d", typed)),
        ("数里不能有空格", re.fullmatch(r"\d+(?:[ \u3000]+\d+)+", typed)),
    ):
        if applies:
            return f"（{fault}）"
    return ""


def _mend(node: tree.Scalar, decimal: bool) -> list[Edit]:
    """The same number in ASCII without separators, quotes and invisible characters, if it is one.

    Its note is left as typed; a unit, a sign, a leading zero may mean something else.
    """
    if len(node.lines) != 1 or node.spread:
        return []
    line = node.lines[0]
    text = line.text
    start, end = 0, len(text)
    mend = []
    comment = _HASH.search(text)
    if comment:
        mend = [line.replaced(*comment.span("blank"), " ")]
        end = comment.start()
        text = text[:end]
    if not comment and len(text) > 2 and text[0] in "“”‘’" and text[-1] in "“”‘’":
        mend = [line.replaced(end - 1, end, "")]
        end -= 1
    tail = next((at for at in range(start, end) if text[at] in _BRACKETS), end)
    number = unicodedata.normalize("NFKC", visible(text[:tail])).strip(BLANKS + "“”‘’")
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    pattern = _DECIMAL if decimal else _COUNT
    if not pattern.fullmatch(number) or (tail < end and not _is_note(text[tail:end])):
        return []
    return [line.replaced(start, tail, number), *mend]


def _separated(row: tree.Sequence, wanted: int) -> list[Edit]:
    """What makes `[1，2、3]` a list of `wanted` numbers, where it makes just so many."""
    mend, count = [], 0
    for item in row.items:
        if not isinstance(item, tree.Scalar) or len(item.lines) != 1 or item.spread:
            return []
        line = item.lines[0]
        if _NUMBERS.fullmatch(line.text):
            commas = list(_GAP.finditer(line.text))
            mend += [line.replaced(*comma.span(), ", ") for comma in commas]
            count += len(commas)
        count += 1
    return mend if count == wanted else []
