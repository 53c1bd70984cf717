"""The parts of a document, by their headings in the form's words.

Knows what a heading looks like, also one that stands in a table, is misspelt or runs
on into the text; that a table of contents is no text. A heading of no part
begins what belongs to none. Knows no cell.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from nianbao.chinese.wording import BLANKS, folded, plain
from nianbao.intake import value
from nianbao.intake.blocks import NOWHERE, Block, Cell, Paragraph, Place, Table
from nianbao.intake.labels import Vocabulary

_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十]{1,3}(?=[、.．])")
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_OF_CONTENTS = re.compile(r"(?:[.…·\t\s]{2,}|\t)\s*[0-9]{1,3}$")
_LONGEST = 60
"""Characters of a heading."""
_ENDS = "。；;！？"
UNKNOWN = -2
"""The part of a heading that the form does not have."""
HEAD = -1


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be placed: the words it stood by, what it was, where."""

    label: str
    stood: str
    place: Place = NOWHERE
    address: str = ""


@dataclass
class Parts:
    """What stands under each heading, HEAD and UNKNOWN among them."""

    blocks: list[tuple[int, Block]] = field(default_factory=list)
    headings: dict[int, Paragraph] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    ahead: set[int] = field(default_factory=set)
    """What stands before the title."""
    doubled: set[int] = field(default_factory=set)
    """The parts that stand in the document more than once."""

    def paragraphs(self, part: int) -> list[Paragraph]:
        return [b for at, b in self.blocks if at == part and isinstance(b, Paragraph)]


def of(blocks: Iterable[Block], words: Vocabulary, title: set[int]) -> Parts:
    """The parts of a document, without its title."""
    whole = [block for block in _flat(blocks, words) if not _is_empty(block)]
    ahead = next((n for n, block in enumerate(whole) if id(block) in title), 0)
    flat = [block for block in whole if id(block) not in title]
    found = Parts()
    headings = _headings(flat, words, ahead, found.doubled)
    found.ahead = {id(block) for block in flat[:ahead]}
    part = HEAD
    for at, block in enumerate(flat):
        if at in headings:
            part, rest = headings[at]
            assert isinstance(block, Paragraph)
            found.headings.setdefault(part, block)
            if rest:
                found.blocks.append((part, replace(block, text=rest, number="")))
            elif part == UNKNOWN:
                found.blocks.append((part, block))
        elif isinstance(block, Paragraph) and _is_contents(block, words):
            found.left.append(Left("目录", block.shown.strip(), block.place))
        else:
            found.blocks.append((part, block))
    return found


def _flat(blocks: Iterable[Block], words: Vocabulary) -> Iterator[Block]:
    """The blocks; of a table what is drawn as one and is text, as paragraphs."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from _opened(block, words)


def _opened(table: Table, words: Vocabulary) -> Iterator[Block]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    kept: list[Cell] = []
    for row in sorted(rows):
        alone = [cell for cell in rows[row] if cell.text]
        across = not any(c.row < row <= c.last_row and c.text for c in kept)
        if len(alone) == 1 and alone[0].rows == 1 and across and _is_text(alone[0], table, words):
            if kept:
                yield replace(table, cells=tuple(kept))
                kept = []
            yield from alone[0].paragraphs
        else:
            kept += rows[row]
    if kept:
        yield replace(table, cells=tuple(kept))


def _is_text(cell: Cell, table: Table, words: Vocabulary) -> bool:
    """True for the only cell of a row that holds a heading or sentences."""
    text = cell.text
    sense = words.sense(text.replace("\n", ""))
    if sense.rows or sense.groups or sense.columns or sense.above:
        return bool(sense.parts) and not (sense.rows or sense.columns or sense.groups)
    if sense.parts or table.width == 1:
        return not value.is_figure(text)
    if words.is_furniture(text):
        return False
    return cell.columns == table.width and (len(text) > _LONGEST or text[-1] in _ENDS)


def _is_empty(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.shown.strip(BLANKS + "\n") and not block.doubt


def _headings(
    flat: list[Block], words: Vocabulary, ahead: int, doubled: set[int]
) -> dict[int, tuple[int, str]]:
    """The blocks that head a part, with the text that runs on behind."""
    found: dict[int, tuple[int, str]] = {}
    strange: list[tuple[int, str]] = []
    deeper: list[tuple[int, str]] = []
    for at, block in enumerate(flat):
        if not isinstance(block, Paragraph):
            continue
        text = block.shown.strip(BLANKS)
        if _SECOND_LEVEL.match(text):
            if (part := _printed_so(text, words)) is not None:
                found[at] = (part, "")
            elif len(text) <= _LONGEST and text[-1:] not in _ENDS:
                deeper.append((at, text))
            continue
        if len(text) <= _LONGEST and text[-1:] not in _ENDS:
            sense = words.sense(text)
            if sense.parts:
                found[at] = (sense.parts[0], "")
            elif _FIRST_LEVEL.match(text):
                strange.append((at, text))
            continue
        run_in = _run_in(text, words)
        if run_in:
            found[at] = run_in
    later = {part for at, (part, _) in found.items() if at >= ahead}
    for at in [at for at in found if at < ahead and found[at][0] in later]:
        del found[at]
    _without_menus(found)
    _without_repeats(found, flat, doubled)
    known = {part for part, _ in found.values()}
    for at, text in deeper:
        named = words.exact(text).parts
        if named and named[0] not in known:
            known.add(named[0])
            found[at] = (named[0], "")
    for at, text in strange:
        part = _meant(text, words, known)
        if part is not None:
            known.add(part)
            found[at] = (part, "")
    return found


def _printed_so(text: str, words: Vocabulary) -> int | None:
    """The part whose own label is printed with such a number."""
    return next(
        (n for n, section in enumerate(words.sections) if folded(section.label) == folded(text)),
        None,
    )


def _without_menus(found: dict[int, tuple[int, str]]) -> None:
    """Leave out headings in a row that all come again: a menu, a table of contents."""
    order = sorted(found)
    start = 0
    for n in range(1, len(order) + 1):
        if n < len(order) and order[n] == order[n - 1] + 1 and not found[order[n - 1]][1]:
            continue
        run = order[start:n]
        later = {found[at][0] for at in order[n:]}
        if len(run) > 2 and {found[at][0] for at in run} <= later:
            for at in run:
                del found[at]
        start = n


def _without_repeats(
    found: dict[int, tuple[int, str]], flat: list[Block], doubled: set[int]
) -> None:
    """Leave, of the headings of one part, the first that anything stands under."""
    taken: set[int] = set()
    order = sorted(found)
    for n, at in enumerate(order):
        part, rest = found[at]
        after = order[n + 1] if n + 1 < len(order) else len(flat)
        holds = rest or after > at + 1
        again = any(found[later][0] == part for later in order[n + 1 :] if later in found)
        if part in taken:
            doubled |= {part} if holds else set()
            del found[at]
        elif holds or not again:
            taken.add(part)
        else:
            del found[at]


def _run_in(text: str, words: Vocabulary) -> tuple[int, str] | None:
    """The part whose numbered heading a paragraph begins with, and the text behind it."""
    same = folded(text)
    for number, section in enumerate(words.sections):
        label = folded(section.label)
        if section.headed and _FIRST_LEVEL.match(label) and same.startswith(label):
            behind = text[len(label) :]
            if behind[:1] in ("。", "：", ":", *BLANKS):
                return number, behind[1:].strip(BLANKS)
    return None


def _meant(text: str, words: Vocabulary, known: set[int]) -> int | None:
    """The part that a strange heading stands for: by number and likeness, else UNKNOWN.

    None where it heads nothing: its number is that of a part that is there.
    """
    number = _FIRST_LEVEL.match(text)
    assert number
    for at, section in enumerate(words.sections):
        own = _FIRST_LEVEL.match(folded(section.label)) if section.headed else None
        if own and own[0] == folded(number[0]):
            if at in known:
                return None
            typed, printed = plain(text[number.end() :]), plain(section.label[own.end() :])
            alike = difflib.SequenceMatcher(None, typed, printed).ratio() >= 0.5
            return at if alike else UNKNOWN
    return UNKNOWN if known else None


def _is_contents(paragraph: Paragraph, words: Vocabulary) -> bool:
    """True for a line of a table of contents."""
    text = paragraph.shown.strip(BLANKS)
    bare = _OF_CONTENTS.sub("", text)
    return bare != text and bool(words.sense(bare).parts)
