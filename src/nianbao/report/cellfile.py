"""A cell as typed: a number and its note, a text, a day, words that are chosen.

Knows how what each kind of cell takes may be typed (docs/input.md) and what each
mistake is called. What a kind is, `kind` knows; how cells stand in a row, `rowfile`.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from decimal import Decimal

from nianbao.chinese.characters import hidden
from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, finding
from nianbao.form import nothing
from nianbao.form.contract import no_such_day
from nianbao.form.kind import COUNT, MONEY, NONE, Choice, Day, Figure, Meant, Text
from nianbao.form.row import Cell, Row
from nianbao.report import balance, option, slip
from nianbao.report.reading import Reading, is_blank
from nianbao.report.report import Number, OfCell, Report
from nianbao.source import tree

_MAX_DIGITS = 18
_MAX_TEXT = 1000
"""Characters of a text where its form sets no bound."""
_DAY = "写成 2026-01-12 的样子，不写钟点"
_MALFORMED = {COUNT.word: "V102", MONEY.word: "V103"}


class Cells:
    """Reads cells into a report; `at` is the address of the one being read, or the first of many."""

    def __init__(self, report: Report, reading: Reading) -> None:
        self._report = report
        self._reading = reading
        self._asked: list[Cell] = []
        """Cells that are blank and may be so on a condition."""
        self.at = ""

    def tell(self, finding: Finding) -> None:
        if self.at and not isinstance(finding.about, OfCell):
            finding = replace(finding, about=OfCell(self.at, finding.location))
        self._reading.tell(finding)

    def read(self, cell: Cell, node: tree.Node) -> None:
        self.at = cell.address
        if node.told:
            return
        if isinstance(node, tree.Scalar) and self._is_blank(cell, node):
            return
        match cell.kind:
            case Figure() as kind:
                self._figure(cell, kind, node)
            case Text() as kind:
                self._text(cell, kind, node)
            case Day() as kind:
                self._day(cell, kind, node)
            case Choice() as kind:
                self._choice(cell, kind, node)

    def added(self, row: Row, count: int) -> None:
        """A row that the office adds was written so many times."""
        self._report.added[row.address] = count

    def unwritten(self, cell: Cell, place: Location) -> bool:
        """A cell that a shorthand leaves out: 0, or blank; False where it may be neither."""
        if isinstance(cell.kind, Figure):
            self._put(cell, cell.kind.zero, place)
        elif cell.takes.blank.possible:
            self._put_blank(cell, "", place)
        else:
            return False
        return True

    def settle(self) -> None:
        """Tell of the blanks whose condition, now that all cells are read, is not met."""
        conditions = dict(self._report.form.blank_if)
        for cell in self._asked:
            drawn = cell.row.drawn or cell.row
            condition = conditions[drawn.cell(cell.column).address].in_turn(cell.row)
            numbers = self._report.numbers
            known = all(asked.address in numbers for asked in condition.cells)
            if condition.counts:
                known = condition.counts.address in self._report.added
            if known and not balance.is_met(condition, self._report):
                self.at = cell.address
                self._not_filled(cell, "", numbers.pop(cell.address).location)

    # --- what may stand there instead of a value ---------------------------------------

    def _is_blank(self, cell: Cell, node: tree.Scalar) -> bool:
        """True where nothing is typed, or a word for it; what may not be is told."""
        text, blank = node.text.strip(BLANKS + "\n"), cell.takes.blank
        if (not text and blank.possible) or blank.word(text):
            self._put_blank(cell, self._reading.said(text, node.location), node.location)
        elif not text or (isinstance(cell.kind, Figure) and is_blank(node)):
            self._not_filled(cell, text, node.location)
        else:
            return False
        return True

    def _not_filled(self, cell: Cell, text: str, place: Location) -> None:
        self.tell(_not_filled(cell, text, place, self._report.form.rates))

    def _put_blank(self, cell: Cell, typed: str, place: Location) -> None:
        blank = Number(cell.address, Decimal(0), typed, place, blank=True)
        self._report.numbers[cell.address] = blank
        if not typed and not cell.takes.blank.always:
            self._asked.append(cell)

    def _put(self, cell: Cell, meant: Meant, place: Location, note: str = "") -> None:
        """Take what is meant, as it is said and printed in the report's script."""
        said, printed = meant.said, meant.printed
        if meant.own:
            form, script = self._report.form, self._report.script
            said, printed = form.say(said, script), form.say(printed, script)
        number = Number(cell.address, meant.worth, said, place, note)
        if printed != said:
            number = replace(number, face=printed)
        self._report.numbers[cell.address] = number

    # --- a number ----------------------------------------------------------------------

    def _figure(self, cell: Cell, kind: Figure, node: tree.Node) -> None:
        if not isinstance(node, tree.Scalar):
            hint = "没有就填 0"
            self.tell(finding("S104", f"“{cell.words}”应当是一个数。", at=node.location, hint=hint))
            return
        text = node.text.strip(BLANKS)
        digits = kind.leading(text)
        note = text[len(digits) :].strip(BLANKS)
        if text == "0" and len(cell.row.columns) == 1:
            self._put(cell, kind.zero, node.location)
        elif node.spread or not digits or (note and note[0] not in slip.BRACKETS):
            self.malformed(cell.words, node, kind, instead=cell.takes.blank.words)
        elif note and not slip.is_note(note):
            self.tell(
                finding(
                    "V104",
                    f"“{cell.words}”的数后面“{note}”不是一个完整的括号说明。",
                    at=node.location,
                    hint="说明写成一对括号，括住的文字不能空，括号后不再有字",
                )
            )
        elif (length := sum(map(str.isdigit, digits))) > _MAX_DIGITS:
            hint = f"最多 {_MAX_DIGITS} 位；看看是不是两个数连在了一起"
            said = f"“{cell.words}”是 {length} 位数，太大了。"
            self.tell(finding("V108", said, at=node.location, hint=hint))
        else:
            meant = kind.read(digits)
            assert meant
            self._put(cell, meant, node.location, self._reading.said(note, node.location))

    def malformed(
        self,
        words: str,
        node: tree.Scalar,
        kind: Figure,
        wanted: str = "",
        *,
        instead: Sequence[str] = (),
    ) -> None:
        """Tell of what is no number of its kind, nor one of the words that may stand `instead`."""
        text = node.text.strip(BLANKS)
        alike = (word for word in instead if word.casefold() == text.casefold())
        meant = next(alike, None) or slip.meant(text, kind)
        several = kind.unit and slip.grouped(text) and not kind.grouped
        hint = f"您是否想写 {meant}" if meant else "只写阿拉伯数字，没有就填 0"
        if several:
            hint = f"这一格的单位是{kind.unit}，换算成{kind.unit}再写，不写逗号"
        self.tell(
            finding(
                _MALFORMED.get(kind.word, "V109"),
                f"“{words}”写的是“{shortened(text, 30)}”{slip.fault(text, kind)}，"
                f"这里要{wanted or kind.wanted}。",
                at=node.location,
                hint=hint,
                mend=() if several else slip.mend(node, kind),
            )
        )

    # --- a text and a day --------------------------------------------------------------

    def _text(self, cell: Cell, kind: Text, node: tree.Node) -> None:
        line = self._line(cell, node)
        if line is None:
            return
        text = self._reading.said(line.text, line.location)
        if len(text) > _MAX_TEXT:
            what = f"“{cell.words}”"
            self._reading.tell_too_long(what, len(text), most=_MAX_TEXT, place=line.location)
        elif not kind.fits(text):
            said = f"“{cell.words}”有 {len(text)} 个字，应当{kind.length.removeprefix('，')}。"
            hint = "写长一些" if len(text) < kind.fewest else "写短一些"
            self.tell(finding("V111", said, at=line.location, hint=hint))
        elif not kind.matches(text, self._report.year):
            said = f"“{cell.words}”写的是“{shortened(text, 30)}”{hidden(text)}，样子不对。"
            hint = f"照{kind.looks}写，＃ 是数字"
            self.tell(finding("V111", said, at=line.location, hint=hint))
        else:
            self._put(cell, Meant(text, text), line.location)

    def _line(self, cell: Cell, node: tree.Node) -> tree.Line | None:
        """The one line that is typed; None, and told, where it is none."""
        if not isinstance(node, tree.Scalar):
            hint = "只写一行；文字以 [ 或 { 开头的用引号括起来"
            said = f"“{cell.words}”应当是一行文字。"
            self.tell(finding("S104", said, at=node.location, hint=hint))
        elif node.spread or len(node.lines) != 1 or "\n" in node.lines[0].text:
            said = f"“{cell.words}”只能写一行。"
            self.tell(finding("Y109", said, at=node.location, hint="并成一行"))
        elif node.comment:
            self._reading.tell_of_cut(cell.words, node.comment, hint="用半角引号把整行文字括起来")
        else:
            return node.lines[0]
        return None

    def _day(self, cell: Cell, kind: Day, node: tree.Node) -> None:
        text = node.text.strip(BLANKS) if isinstance(node, tree.Scalar) else ""
        meant = kind.read(text)
        if meant:
            self._put(cell, meant, node.location)
            return
        typed = f"写的是“{shortened(text, 30)}”{hidden(text)}，" if text else ""
        self.tell(
            finding(
                "V106",
                f"“{cell.words}”{typed}不是一个日期。",
                at=node.location,
                hint="没有这一天，看看月和日" if no_such_day(text) else _DAY,
                mend=slip.in_ascii(node, kind.read),
            )
        )

    # --- words that are chosen ---------------------------------------------------------

    def _choice(self, cell: Cell, kind: Choice, node: tree.Node) -> None:
        nodes = _words(kind, node)
        texts = [n.text.strip(BLANKS) for n in nodes if isinstance(n, tree.Scalar)]
        meant = kind.read(texts) if len(texts) == len(nodes) else None
        if not nodes:
            self._not_filled(cell, "", node.location)
        elif meant:
            self._put(cell, meant, node.location)
        else:
            listed = isinstance(node, tree.Sequence)
            self.tell(option.not_chosen(cell, kind, nodes, listed=listed))


def _words(kind: Choice, node: tree.Node) -> Sequence[tree.Node]:
    return node.items if kind.several and isinstance(node, tree.Sequence) else [node]


def _not_filled(cell: Cell, text: str, place: Location, rates: Container[str]) -> Finding:
    typed = f"（写的是“{text}”）" if text else ""
    none = "没有"
    match cell.kind:
        case Figure() if nothing.refuses_zero(cell, rates):
            said, ways, none = "没有填数", ["填相除得出的数"], "除数是 0 "
        case Figure():
            said, ways = "没有填数", ["没有就填 0"]
        case Choice(several=True) as kind:
            said, ways = "没有填", [f"写成 {kind.example} 的样子，没有的写{NONE}"]
        case Choice() as kind:
            said, ways = "没有填", [kind.wanted]
        case kind:
            said, ways = "没有填", [f"写{kind.wanted}"]
    blank = cell.takes.blank
    if blank.words:
        ways.append(f"{none}的写 {' 或 '.join(blank.words)}")
    if blank.always:
        ways.append("也可以空着，什么也不写")
    if blank.when:
        ways.append(f"“{blank.when.words}”的时候才可以空着")
    return finding("V101", f"“{cell.words}”{said}{typed}。", at=place, hint="；".join(ways))
