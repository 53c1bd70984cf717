"""The part 块 of a form file: the blocks, columns, rows and groups of its tables.

Knows their keys and what an author may get wrong in them (F102, at its line):
an address used twice, two columns or rows of one key side by side, a word that
has no effect where it stands. Knows no tie and no report.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import partial

from nianbao.chinese.wording import closest, names_among, names_of
from nianbao.form import kindfile
from nianbao.form.contract import NOTE
from nianbao.form.declaration import Declaration
from nianbao.form.distinct import Distinct, Tell
from nianbao.form.kind import COUNT, MONEY, Choice, Kind, Text
from nianbao.form.kindfile import MONEY_OR_COUNT, Said
from nianbao.form.manner import Manner
from nianbao.form.row import Added, Column, Group, Item, Limit, Row, Stock, rows_of, told_apart
from nianbao.frozen import dataclass

_LETTER = re.compile(r"[a-z]$")
_ADDRESS = re.compile(r"[a-z]\d{1,3}$")
_NUMBER = re.compile(r"\d+(\.\d+)?$", re.ASCII)
_UNPRINTED = {"不印": True}
_BEGUN, _REPEATED = "起稿", {"留空": False, "照上年": True}
_OF_GROUPS = ("可不写", "行")
_ASKED = ("不为零须核实", "达到须核实")
_OF_ROWS = ("格", MONEY_OR_COUNT, *kindfile.WORDS, "起稿", "合计", "行名", *_ASKED)


@dataclass(frozen=True, slots=True)
class _Around:
    """What a row has from the block and the groups that it stands in."""

    siblings: Distinct
    totals: Distinct
    block: str
    columns: tuple[Column, ...]
    said: tuple[Said, ...]
    """What each column says of its cells."""
    stock: Stock | None
    blank: bool
    groups: tuple[str, ...] = ()
    group_labels: tuple[str, ...] = ()

    @property
    def taken(self) -> tuple[str, ...]:
        """What else may stand beside the row in an input."""
        return () if self.groups else (NOTE,)

    def within(self, siblings: Distinct, totals: Distinct, *, group: str, label: str) -> _Around:
        return replace(
            self,
            siblings=siblings,
            totals=totals,
            groups=(*self.groups, group),
            group_labels=(*self.group_labels, label),
        )


MOST_ADDED = 1000
"""Rows that an office may add: what a table of paper may hold."""
_ONE_TOTAL = "留下一个，别的删掉“合计: 是”"
_COLUMNS = 27
"""Of a block: as many as there are letters, and one that is told to have none."""


class BlockReader:
    """Reads the blocks of every table of one form, whose rows' addresses all differ."""

    def __init__(self, tell: Tell, manner: Manner) -> None:
        self._tell = tell
        self._manner = manner
        self._addresses = Distinct(tell, "行的“格”")

    def items(self, part: Declaration) -> tuple[Item, ...]:
        """The rows and groups of one part, block after block."""
        blank = starts_blank(part)
        siblings = Distinct(self._tell, "这张表里，行的“键”")
        read = partial(self._block, siblings=siblings, blank=blank)
        return told_apart(tuple(item for items in part.each("块", read) for item in items))

    def _block(self, block: Declaration, *, siblings: Distinct, blank: bool) -> tuple[Item, ...]:
        letters = Distinct(self._tell, "列的“格”")
        keys = Distinct(self._tell, "这一块里，列的“键”")
        totals = Distinct(self._tell, "这一块里，列的", hint=_ONE_TOTAL)
        read = partial(self._column, letters=letters, keys=keys, totals=totals)
        declared = block.each("列", read, required=True, most=_COLUMNS)
        columns = tuple(column for column, _ in declared)
        around = _Around(
            siblings=siblings,
            totals=Distinct(self._tell, "这一块里，行的", hint=_ONE_TOTAL),
            block=block.label("印作"),
            columns=columns,
            said=tuple(said for _, said in declared),
            stock=block.nested("存量", partial(_stock, columns=columns)),
            blank=blank,
        )
        items = block.each("行", partial(self._item, around=around), required=True)
        items = _with_added(items, block)
        rows = tuple(rows_of(items))
        for n, said in enumerate(around.said):
            kindfile.tell_of_idle(said, [row.takes[n] for row in rows])
        if around.stock:
            kinds = (cell.kind for row in rows for cell in row.stock_cells())
            strange = next((kind for kind in kinds if not kind.numeric), None)
            if strange:
                block.idle("存量", f"这里填的是{strange.word}，不是数")
        return items

    def _column(
        self, column: Declaration, *, letters: Distinct, keys: Distinct, totals: Distinct
    ) -> tuple[Column, Said]:
        key = key_of(column, keys)
        letter = column.text("格", required=True)
        if letter and not _LETTER.match(letter):
            said = f"列的“格”写的是“{letter}”，应当是一个小写字母。"
            column.wrong(said, at=column.place("格"), hint="如 a")
        letters.add(letter, column.place("格"))
        if column.yes("合计"):
            totals.add("合计", column.place("合计"))
        unprinted = column.choice("列名", _UNPRINTED, default=False)
        if unprinted:
            why = "列名都不印，上面没有大标题；印着的标题写成这一列的“印作”，不写“列名”"
            column.idle("上", why)
        made = Column(
            key=key,
            label=column.label("印作") or key,
            also=column.labels("也作"),
            above=column.labels("上"),
            letter=letter,
            is_total=column.yes("合计"),
            unprinted=unprinted,
        )
        return made, kindfile.read(column, self._manner)

    def _item(self, item: Declaration, around: _Around) -> Item:
        if item.has("组"):
            return self._group(item, around)
        return self._row(item, around)

    def _group(self, group: Declaration, around: _Around) -> Group:
        key = key_of(group, around.siblings, word="组", taken=around.taken)
        label = group.label("印作") or key
        group.idle("键", "已经写了“组”")
        for word in _OF_ROWS:
            group.idle(word, "组没有自己的格，写在它的行上")
        siblings = Distinct(self._tell, f"“{key}”里，行的“键”")
        totals = Distinct(self._tell, f"“{key}”里，行的", hint=_ONE_TOTAL)
        within = around.within(siblings, totals, group=key, label=label)
        return Group(
            key=key,
            label=label,
            also=group.labels("也作"),
            groups=around.groups,
            items=group.each("行", partial(self._item, around=within), required=True),
            optional=group.yes("可不写"),
        )

    def _row(self, row: Declaration, around: _Around) -> Row:
        key = key_of(row, around.siblings, taken=around.taken)
        for word in _OF_GROUPS:
            row.idle(word, "只有“组”才有，组的名称写在“组”上，不写“键”")
        if row.yes("合计"):
            around.totals.add("合计", row.place("合计"))
        said = self._of_row(row)
        takes = tuple(kindfile.taken(said, column, self._manner) for column in around.said)
        kindfile.tell_of_idle(said, takes)
        if takes and not any(taken.kind.numeric for taken in takes):
            for word in _ASKED:
                row.idle(word, f"这里填的是{takes[0].kind.word}，不是数")
        repeats = row.choice(_BEGUN, _REPEATED, default=None)
        if repeats and not (len(takes) == 1 and _is_one_text(takes[0].kind)):
            row.idle(_BEGUN, "照上年的，只能是一格文字，或者几个里选一个的一格")
        return Row(
            key=key,
            label=row.label("印作") or key,
            also=row.labels("也作"),
            groups=around.groups,
            group_labels=around.group_labels,
            block=around.block,
            address=self._address(row),
            columns=around.columns,
            takes=takes,
            unit=said.words.get(kindfile.UNIT, ""),
            starts_blank=repeats is not None or around.blank,
            repeats=bool(repeats),
            is_total=row.yes("合计"),
            unprinted=row.choice("行名", _UNPRINTED, default=False),
            zero_for=row.endings("不为零须核实"),
            limit=row.nested("达到须核实", _limit),
            stock=around.stock,
        )

    def _of_row(self, row: Declaration) -> Said:
        """What a row says of its cells; 数 is the older word for two of the kinds."""
        said = kindfile.read(row, self._manner)
        if row.has(kindfile.KIND):
            row.idle(MONEY_OR_COUNT, f"已经写了“{kindfile.KIND}”")
            return said
        kinds = {COUNT.word: COUNT, MONEY.word: MONEY}
        kind = row.choice(MONEY_OR_COUNT, kinds, default=None)
        return replace(said, kind=kind) if kind else said

    def _address(self, row: Declaration) -> str:
        address = row.text("格", required=True)
        if address and not _ADDRESS.match(address):
            said = f"行的“格”写的是“{address}”，应当是一个小写字母加行号。"
            row.wrong(said, at=row.place("格"), hint="如 c24")
        self._addresses.add(address, row.place("格"))
        return address


def _with_added(items: tuple[Item, ...], block: Declaration) -> tuple[Item, ...]:
    """The items of a block, of which the office may write the only one as often as it needs."""
    told = block.has("可加行") and Added(0, MOST_ADDED)
    added = (
        block.nested("可加行", _added, example="{至少: 0, 至多: 50}，多少行都可以的写 {}") or told
    )
    if not added:
        return items
    match items:
        case (Row() as row,):
            if row.is_total:
                hint = "合计写成另一块里的一行"
                block.wrong(
                    f"“{row.key}”可以加行，不能是合计。", at=block.place("可加行"), hint=hint
                )
            return (replace(row, added=added),)
    hint = "把别的行写到另一块里"
    block.wrong("有“可加行”的一块里只能有一行，不能有组。", at=block.place("可加行"), hint=hint)
    return items


def _added(added: Declaration) -> Added | None:
    fewest, most = added.count("至少"), added.count("至多")
    most = MOST_ADDED if most is None else most
    if most > MOST_ADDED or most == 0 or most < (fewest or 0):
        hint = f"写一个数，从“至少”到 {MOST_ADDED:,}"
        added.wrong(f"“至多”是 {most:,}，不行。", at=added.place("至多"), hint=hint)
        return None
    return Added(fewest or 0, most)


def _is_one_text(kind: Kind) -> bool:
    """True of what is typed as one word or line, which may stay the same for years."""
    return isinstance(kind, Text) or (isinstance(kind, Choice) and not kind.several)


def starts_blank(declared: Declaration) -> bool:
    return declared.choice(_BEGUN, {"留空": True}, default=False)


def key_of(
    declared: Declaration, siblings: Distinct, *, word: str = "键", taken: tuple[str, ...] = ()
) -> str:
    """The short name that an input calls a thing by; it differs from its siblings' and `taken`."""
    key, place = declared.text(word, required=True), declared.place(word)
    if key and not names_of(key):
        hint = "写一个短名，印出来的字写在“印作”里"
        declared.wrong(f"“{key}”里没有一个字，填报文件里认不出来。", at=place, hint=hint)
    if names_of(key) & names_among(taken):
        declared.wrong(f"填报文件里“{key}”另有意思。", at=place, hint="换一个名称")
    siblings.add(key, place)
    return key


def _stock(stock: Declaration, *, columns: tuple[Column, ...]) -> Stock | None:
    """The three columns of 存量, by their names."""
    distinct = Distinct(stock.tell, "“存量”的列")
    found: dict[str, Column] = {}
    for key in ("进", "出", "存"):
        name = stock.text(key, required=True)
        distinct.add(name, stock.place(key))
        column = next((c for c in columns if names_of(name) & names_among(c.wordings)), None)
        if column:
            found[key] = column
        elif name:
            meant = closest(name, [c.key for c in columns])
            known = f"现有的：{'、'.join(c.key for c in columns)}"
            hint = f"您是否想写“{meant}”" if meant else known
            stock.wrong(f"这一块没有“{name}”这一列。", at=stock.place(key), hint=hint)
    if len(found) < 3:
        return None
    return Stock(gained=found["进"], lost=found["出"], left=found["存"])


def _limit(limit: Declaration) -> Limit | None:
    number = limit.text("数", required=True)
    units = limit.endings("单位", required=True)
    if number and not _NUMBER.match(number):
        said = f"“数”写的是“{number}”，应当是一个数。"
        limit.wrong(said, at=limit.place("数"), hint="如 100")
        return None
    return Limit(Decimal(number), units) if number else None
