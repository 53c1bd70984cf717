"""A document read by one form: the head, each cell, each part, and what was left.

Knows in which order a document is looked at and when a value is taken: where one
place was found for it and what stood there is what its cell takes. Writes nothing
(`draft` does).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao.chinese.wording import BLANKS
from nianbao.form.contract import NOTE, UNIT, YEAR
from nianbao.form.dated import in_year
from nianbao.form.form import Form
from nianbao.form.row import Cell, Row
from nianbao.intake import head, listing, parts, value
from nianbao.intake.blocks import Block, Document, Paragraph, Place, Table
from nianbao.intake.head import Head, Lines
from nianbao.intake.labels import Vocabulary
from nianbao.intake.match import TWICE, Found, Matcher, Stood
from nianbao.intake.parts import HEAD, UNKNOWN, Left, Parts
from nianbao.intake.value import Value

_STRUCK = "有删除线"
_CLOSING = 12
"""Lines at the end among which those that the form prints are looked for."""
_CONTENTS = ("目录", "目錄")
_NUMBER_OF_PAGE = re.compile(
    r"[—–-]+\s*[0-9]{1,3}\s*[—–-]+|第\s*[0-9]{1,3}\s*页(?:\s*共\s*[0-9]{1,3}\s*页)?"
)
_OF_A_PAGE = re.compile(
    r"(?:[【\[]?(?:打印|关闭|分享|字体|字号|浏览|阅读|点击|访问|返回|上一篇|下一篇|扫一扫|责任编辑|编辑|"
    r"索引号|索引號|主办|承办|版权|备案|网站标识码|您现在的位置|当前位置|首页|附件[:：]|相关链接|无障碍)"
    r"|[—–-]\s*[0-9]{1,3}\s*[—–-]$|第\s*[0-9]{1,3}\s*页)"
)
"""What pages have around a text."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a form's template prints besides: its fixed texts, and lines that name an item."""

    furniture: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell of the form in a document: its value, None where that is not certain."""

    value: Value | None = None
    stood: str = ""
    place: Place | None = None
    doubt: str = ""


@dataclass
class Read:
    """A document as one form has it."""

    form: Form
    head: Head
    document: Document
    cells: dict[str, Seen] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, Place] = field(default_factory=dict)
    texts: dict[str, list[Paragraph]] = field(default_factory=dict)
    """By the key of the part."""
    notes: dict[str, list[Paragraph]] = field(default_factory=dict)
    headings: dict[str, Place] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    doubled: set[str] = field(default_factory=set)
    """The parts that stand in the document more than once."""

    def every_row(self) -> Iterator[Row]:
        """Every row of the form, one that the office adds as often as it stands."""
        for table in self.form.tables():
            for row in table.rows():
                yield from self.turns_of(row) if row.added else (row,)

    def turns_of(self, row: Row) -> tuple[Row, ...]:
        return tuple(row.turn(n) for n in range(1, self.turns.get(row.address, 0) + 1))

    def seen(self, cell: Cell) -> Seen:
        return self.cells.get(cell.address, Seen())

    @property
    def is_whole(self) -> bool:
        """True where every cell, every part and what every report has was read."""
        cells = (cell for row in self.every_row() for cell in row.cells())
        texts = (s.key for s in self.form.sections if not s.table)
        added = (row.address for t in self.form.tables() for row in t.rows() if row.added)
        required = [UNIT, YEAR, *(f.key for f in self.form.fields if f.required)]
        return (
            all(self.seen(cell).value for cell in cells)
            and all(self.texts.get(key) for key in texts)
            and all(address in self.turns for address in added)
            and all(key in self.head.values for key in required)
        )

    @property
    def is_nothing(self) -> bool:
        """True where no cell and no part was found."""
        return not any(seen.value for seen in self.cells.values()) and not any(
            self.texts.get(section.key) for section in self.form.sections if section.headed
        )


def read(document: Document, form: Form, printed: Printed) -> Read:
    """A document as `form` has it, in the year that its title says."""
    titled = head.of_title(document.lines(), form)
    form = in_year(form, titled.year)
    words = Vocabulary(form, printed.furniture)
    sorted_ = parts.of(document.blocks, words, titled.used)
    found = Read(form, titled, document)
    found.left += [Left(label, stood) for label, stood in document.aside]
    found.left += sorted_.left
    found.doubled = {form.sections[part].key for part in sorted_.doubled if part >= 0}
    for part, heading in sorted_.headings.items():
        if part >= 0:
            found.headings[form.sections[part].key] = heading.place
    _read_tables(sorted_, words, found)
    lines = Lines(form, printed.patterns)
    _read_texts(sorted_, words, lines, found)
    return found


# --- tables ----------------------------------------------------------------------------


def _read_tables(sorted_: Parts, words: Vocabulary, found: Read) -> None:
    matcher = Matcher(words)
    taken: set[int] = set()
    above: Paragraph | None = None
    for part, block in sorted_.blocks:
        if isinstance(block, Paragraph):
            above = block
            continue
        under = part if part >= 0 and words.sections[part].table else None
        caption = _caption(above, under, words)
        if matcher.take(block, under, caption):
            taken.add(id(block))
            if above and caption is not None:
                taken.add(id(above))
        above = None
    for part, section in enumerate(words.sections):
        inside = [(at, b) for at, b in sorted_.blocks if at == part]
        if section.table and not any(id(block) in taken for _, block in inside):
            run = [block for _, block in inside if isinstance(block, Paragraph)]
            taken |= listing.match(run, part, words, matcher.found)
    sorted_.blocks = [(at, block) for at, block in sorted_.blocks if id(block) not in taken]
    _settle(matcher.found, words, found)


def _caption(above: Paragraph | None, part: int | None, words: Vocabulary) -> int | None:
    """The row whose label is all that a paragraph above a table says."""
    if above is None or part is None:
        return None
    rows = [r for r in words.sense(above.shown.strip(BLANKS)).rows if words.section_of[r] == part]
    return rows[0] if len(rows) == 1 else None


def _settle(placed: Found, words: Vocabulary, found: Read) -> None:
    """Take each value that is certain; leave the rest with what stood there."""
    found.turns, found.rows = dict(placed.turns), placed.rows
    every = {cell.address: cell for row in found.every_row() for cell in row.cells()}
    for address, cell in every.items():
        stood = placed.cells.get(address, [])
        if stood:
            found.cells[address] = _seen(cell, stood)
            if found.cells[address].value is None and not value.is_blank(stood[0].text):
                texts = "、".join(dict.fromkeys(one.text for one in stood))
                found.left.append(Left(cell.words, texts, stood[0].place, address))
    for part, label, one in placed.unplaced:
        own = one.text.strip() == found.head.values.get(UNIT)
        if not (own or words.is_furniture(one.text) or words.is_only_furniture(label)):
            named = words.sections[part].key if part >= 0 else ""
            where = "·".join(filter(None, (named, " ".join(label.split()))))
            found.left.append(Left(where, one.text, one.place))


def _seen(cell: Cell, stood: list[Stood]) -> Seen:
    first = stood[0]
    if len({one.text for one in stood}) > 1:
        return Seen(None, "、".join(one.text for one in stood), first.place, TWICE)
    if any(one.doubt for one in stood):
        return Seen(None, first.text, first.place, next(o.doubt for o in stood if o.doubt))
    return Seen(value.read(cell, first.text), first.text, first.place)


# --- texts -----------------------------------------------------------------------------


def _read_texts(sorted_: Parts, words: Vocabulary, printed: Lines, found: Read) -> None:
    _closing_lines(sorted_, printed, found)
    opening = next((s.key for s in words.sections if not s.headed and not s.table), None)
    for part, block in sorted_.blocks:
        if isinstance(block, Table):
            found.left += _of_table(block, words)
            continue
        text = block.shown.strip(BLANKS)
        if words.is_furniture(text) or not text or _is_repeated(text, part, found):
            continue
        if part == HEAD and (_is_no_text(text, words) or id(block) in sorted_.ahead):
            if printed.read(block, found.head):
                continue
            found.left.append(Left("", text, block.place))
            continue
        if part == HEAD and printed.chosen(block, found.head):
            continue
        if part == HEAD and (printed.read(block, found.head) or opening is None):
            if not found.head.used or id(block) not in found.head.used:
                _leave_unread(block, printed, found)
            continue
        section = words.sections[part] if part >= 0 else None
        if part == UNKNOWN:
            found.left.append(Left("表式里没有的部分", block.shown.strip(BLANKS), block.place))
        elif section and section.table:
            _below_a_table(block, part, words, found)
        else:
            key = section.key if section else opening
            if key:
                _take(found.texts.setdefault(key, []), block, key, found)


def _leave_unread(block: Paragraph, printed: Lines, found: Read) -> None:
    if not printed.read(block, Head()):
        found.left.append(Left("", block.shown.strip(BLANKS), block.place))


def _take(texts: list[Paragraph], block: Paragraph, key: str, found: Read) -> None:
    """A paragraph of a text; what is struck out is none."""
    if _NUMBER_OF_PAGE.fullmatch(block.shown.strip(BLANKS)):
        found.left.append(Left("页码", block.shown.strip(BLANKS), block.place))
    elif block.doubt == _STRUCK:
        found.left.append(Left(f"{key}（{_STRUCK}）", block.shown.strip(BLANKS), block.place))
    elif block.shown.strip(BLANKS):
        texts.append(block)


def _below_a_table(block: Paragraph, part: int, words: Vocabulary, found: Read) -> None:
    """A note under a table, or what is none."""
    key = words.sections[part].key
    text = block.shown.strip(BLANKS)
    begins = found.form.manner.before_a_note.strip().rstrip("：:") or NOTE
    if text.startswith((begins, NOTE, "註")) or found.notes.get(key):
        if text.startswith((begins, NOTE, "註")) and found.notes.get(key):
            key = _next_noted(part, words, found) or key
        found.notes.setdefault(key, []).append(block)
    else:
        found.left.append(Left(key, text, block.place))


def _next_noted(part: int, words: Vocabulary, found: Read) -> str | None:
    """The next part whose table stands under the same heading and that has no note yet."""
    for section in words.sections[part + 1 :]:
        if section.key in found.headings or not section.table:
            return None
        if section.key not in found.notes:
            return section.key
    return None


def _closing_lines(sorted_: Parts, printed: Lines, found: Read) -> None:
    """Take the lines at the end that the form prints there, and leave what stands behind them."""
    blocks = sorted_.blocks
    lines = [n for n, (_, b) in enumerate(blocks) if isinstance(b, Paragraph)]
    signed = next((n for n in lines[-_CLOSING:] if _closes(blocks[n], printed, found)), None)
    if signed is not None:
        behind = [block for _, block in blocks[signed + 1 :]]
        del blocks[signed:]
        for block in behind:
            if isinstance(block, Table):
                found.left += _of_table(block, Vocabulary(found.form))
            elif not printed.read(block, found.head) and not printed.closes(block, found.head):
                found.left.append(Left("", block.shown.strip(BLANKS), block.place))
    while blocks:
        part, block = blocks[-1]
        if not isinstance(block, Paragraph) or (part == HEAD and not found.cells):
            return
        if _OF_A_PAGE.match(block.shown.strip(BLANKS)):
            found.left.append(Left("", block.shown.strip(BLANKS), block.place))
        elif not printed.read(block, found.head) and not printed.closes(block, found.head):
            return
        blocks.pop()


def _closes(one: tuple[int, Block], printed: Lines, found: Read) -> bool:
    """True for a line that begins with the words of one that the form prints; its values taken."""
    part, block = one
    late = isinstance(block, Paragraph) and (part != HEAD or bool(found.cells))
    return late and isinstance(block, Paragraph) and printed.read(block, found.head)


def _is_repeated(text: str, part: int, found: Read) -> bool:
    """True for the title once more, as on a cover."""
    same = "".join(text.split()) == "".join(found.head.title.split())
    return part == HEAD and bool(found.head.title) and same


def _is_no_text(text: str, words: Vocabulary) -> bool:
    """True for what heads a table of contents, names a part in a menu, or is a page's own."""
    bare = "".join(text.split())
    return bare in _CONTENTS or bool(words.sense(text).parts) or bool(_OF_A_PAGE.match(text))


def _of_table(table: Table, words: Vocabulary) -> Iterator[Left]:
    """What stands in a table that is none of the form's."""
    for cell in table.cells:
        if cell.text and not words.is_furniture(cell.text) and not value.is_blank(cell.text):
            yield Left("表式里没有的表", cell.text, cell.place)
