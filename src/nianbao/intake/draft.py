"""The draft of an input file that a document comes to, and where each line of it came from.

Knows how an input file is typed (docs/input.md). What was not read is left blank, a
comment saying what stood there; `as_it_stood` writes it as it was instead, for the
checks to speak of. Knows no document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao.chinese.characters import visible
from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS, Script, convert, script_of
from nianbao.diagnostics import Location
from nianbao.form.contract import FORM, NOTE, TITLE, UNIT, YEAR
from nianbao.form.form import FieldKind, Section
from nianbao.form.row import Cell, Group, Item, Row
from nianbao.intake.blocks import Paragraph, Place
from nianbao.intake.reading import Read, Seen

_PLAIN = re.compile(r"[^\W_][^:：#,\[\]{}&*!|>'\"%@`\\]*")
_FIGURE = re.compile(
    r"[-+]?[0-9][0-9.]*%?|[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?", re.ASCII
)
_SHOWN = 60
_NOTHING = '""'


@dataclass
class Draft:
    """An input file's text; `places` say where in the document what stands in it stood."""

    text: str = ""
    places: dict[Location, Place] = field(default_factory=dict)
    lines: dict[int, Place] = field(default_factory=dict)
    """The same by line, where nothing closer is known."""

    def place(self, at: Location) -> Place | None:
        return self.places.get(at) or self.lines.get(at.line)


def of(read: Read, *, name: str = "", as_it_stood: bool = False) -> Draft:
    """The draft of what was read of the document `name`."""
    return _Writer(read, as_it_stood=as_it_stood).whole(name)


class _Writer:
    def __init__(self, read: Read, *, as_it_stood: bool) -> None:
        self.read = read
        self.as_it_stood = as_it_stood
        self.lines: list[str] = []
        self.draft = Draft()
        unit = read.head.values.get(UNIT, "")
        texts = [p.shown for paragraphs in read.texts.values() for p in paragraphs]
        hant = not as_it_stood and script_of([unit, *texts]) is Script.HANT
        self.script = Script.HANT if hant else Script.HANS

    def whole(self, name: str) -> Draft:
        if not self.as_it_stood:
            self._line(self._say(f"# 从 {_comment(name)} 读来。" if name else "# 从文档读来。"))
            self._line(
                self._say("# 没有读准的留空，那一行的说明里写着原来是什么；填上以后再检查。")
            )
        self._head()
        for section in self.read.form.sections:
            self._line("")
            if section.table:
                self._table(section)
            else:
                self._text(section)
        self._names()
        if not self.as_it_stood:
            self._left()
        self.draft.text = "\n".join(self.lines) + "\n"
        return self.draft

    # --- lines ---------------------------------------------------------------------------

    def _line(self, text: str, place: Place | None = None) -> None:
        self.lines.append(text)
        if place:
            self.draft.lines[len(self.lines)] = place

    def _say(self, text: str) -> str:
        return convert(text, self.script) if self.script is Script.HANT else text

    def _key(self, text: str) -> str:
        return scalar(self._say(text))

    # --- the head and the end ------------------------------------------------------------

    def _head(self) -> None:
        form, values = self.read.form, self.read.head.values
        self._line(f"{self._key(FORM)}: {self._key(form.name)}")
        for key in (UNIT, YEAR):
            self._value(key, values.get(key, ""), always=True)
        self._value(TITLE, values.get(TITLE, ""))
        for declared in form.fields:
            if declared.kind is not FieldKind.NAMES:
                self._value(declared.key, values.get(declared.key, ""), always=declared.required)

    def _value(self, key: str, text: str, *, always: bool = False) -> None:
        if text or always:
            comment = "" if text or self.as_it_stood else self._say("      # 文档里没有读到")
            self._line(
                f"{self._key(key)}: {scalar(text)}".rstrip() + comment,
                self.read.head.places.get(key),
            )

    def _names(self) -> None:
        values = self.read.head.values
        for declared in self.read.form.fields:
            if declared.kind is FieldKind.NAMES:
                names = {m: values.get(f"{declared.key}.{m}", "") for m in declared.members}
                if any(names.values()):
                    inner = ", ".join(f"{self._key(m)}: {scalar(n)}" for m, n in names.items() if n)
                    place = self.read.head.places.get(f"{declared.key}.{declared.members[0]}")
                    self._line("")
                    self._line(f"{self._key(declared.key)}: {{{inner}}}", place)

    def _left(self) -> None:
        left = [one for one in self.read.left if not one.address]
        if left:
            self._line("")
            self._line(self._say("# 文档里还有下面这些，没有放进来的地方："))
        for one in left:
            label = f"{_comment(one.label)}：" if one.label else ""
            self._line(f"#   {label}{_comment(one.stood)}")

    # --- texts ---------------------------------------------------------------------------

    def _text(self, section: Section) -> None:
        paragraphs = self.read.texts.get(section.key, [])
        heading = self.read.headings.get(section.key)
        if not paragraphs and not self.as_it_stood:
            self._line(self._say("# 文档里没有读到这一部分"))
        self._line(f"{self._key(section.key)}: |", heading)
        self._paragraphs(paragraphs, "  ")

    def _paragraphs(self, paragraphs: list[Paragraph], indent: str, before: str = "") -> None:
        for at, paragraph in enumerate(paragraphs):
            text = paragraph.shown.strip(BLANKS)
            if at == 0 and before and text.startswith(before):
                text = text.removeprefix(before).lstrip("：: ").strip(BLANKS) or text
            self._line(f"{indent}{written(text)}", paragraph.place)
        if not paragraphs:
            self._line(indent)

    # --- tables --------------------------------------------------------------------------

    def _table(self, section: Section) -> None:
        assert section.table
        self._line(f"{self._key(section.key)}:", self.read.headings.get(section.key))
        self._items(section.table.items, "  ")
        notes = self.read.notes.get(section.key)
        if notes:
            self._line(f"  {self._key(NOTE)}: |", notes[0].place)
            before = self.read.form.manner.before_a_note.strip().rstrip("：:")
            self._paragraphs(notes, "    ", before)

    def _items(self, items: tuple[Item, ...], indent: str) -> None:
        above: tuple[str, ...] = ()
        for item in _bare(items):
            if isinstance(item, Group):
                self._line(f"{indent}{self._key(item.key)}:", self._place_of(item))
                self._items(item.items, indent + "  ")
                above = ()
                continue
            columns = tuple(column.key for column in item.columns)
            if len(columns) > 1 and columns != above and not self.as_it_stood:
                self._line(f"{indent}# {self._say(', '.join(columns))}")
                above = columns
            if item.added:
                self._added(item, indent)
            else:
                self._row(item, indent, self._key(item.key) + ": ")

    def _place_of(self, group: Group) -> Place | None:
        rows = (self.read.rows.get(row.address) for row in group.rows())
        return next(filter(None, rows), None)

    def _added(self, row: Row, indent: str) -> None:
        turns = self.read.turns_of(row)
        missing = row.address not in self.read.turns
        self._line(f"{indent}{self._key(row.key)}:{'' if turns or missing else ' []'}")
        for turn in turns:
            self._row(turn, f"{indent}  ", "- ")

    def _row(self, row: Row, indent: str, key: str) -> None:
        """A row: a list where all of it was read, else names, the others still to be typed."""
        cells = row.cells()
        seen = [self.read.seen(cell) for cell in cells]
        whole = all(one.value for one in seen) or self.as_it_stood
        comments = [] if self.as_it_stood else list(map(self._doubt, cells, seen))
        comment = "；".join(filter(None, comments))
        single = len(cells) == 1 and key != "- "
        row_place = self.read.rows.get(row.address)
        if single and comment:
            text = f"{indent}{key}".rstrip()
            self._line(f"{text}      # {self._say(comment)}", seen[0].place or row_place)
            return
        named = not single and (not whole or key == "- ")
        line = indent + key + ("" if single else "{" if named else "[")
        for at, (cell, one) in enumerate(zip(cells, seen, strict=True)):
            if at:
                line += ", "
            if named:
                line += f"{self._key(cell.column.key)}: "
            if one.place:
                self.draft.places[Location(len(self.lines) + 1, len(line) + 1)] = one.place
            line += self._typed(cell, one, single=single)
        line = line.rstrip() + ("" if single else "}" if named else "]")
        if comment:
            line += f"      # {self._say(comment)}"
        self._line(line, row_place or next((one.place for one in seen if one.place), None))

    def _typed(self, cell: Cell, seen: Seen, *, single: bool) -> str:
        """What is typed in a cell, nothing or what stood there where that was not read."""
        if seen.value is None:
            if not self.as_it_stood:
                return ""
            stood = " ".join(seen.stood.split())
            return scalar(stood, within=not single) if stood and not seen.doubt else _NOTHING
        if seen.value.words is not None:
            words = ", ".join(self._say_choice(word) for word in seen.value.words)
            return f"[{words}]" if len(seen.value.words) > 1 else words
        text = seen.value.typed + seen.value.note
        return scalar(text, within=not single) or ("" if single else _NOTHING)

    def _say_choice(self, word: str) -> str:
        return scalar(word, within=True)

    def _doubt(self, cell: Cell, seen: Seen) -> str:
        """What is said of a cell that was not read."""
        if seen.value is not None:
            return ""
        words = f"“{cell.column.label}”" if len(cell.row.columns) > 1 else ""
        if seen.place is None:
            return f"{words}文档里没有找到"
        stood = _comment(seen.stood)
        said = f"原来是“{stood}”" if stood else "原来空着"
        return f"{words}{said}" + (f"，{seen.doubt}" if seen.doubt else "")


def _bare(items: tuple[Item, ...]) -> Iterator[Item]:
    """The items, those of a group that may be left out in its place."""
    for item in items:
        if isinstance(item, Group) and item.optional:
            yield from _bare(item.items)
        else:
            yield item


def scalar(text: str, *, within: bool = False) -> str:
    """A text as a value of an input file; `within` brackets."""
    if not text:
        return ""
    text = written(text)
    if _FIGURE.fullmatch(text) or (_PLAIN.fullmatch(text) and text == text.strip(BLANKS)):
        return text
    return "'" + text.replace("'", "''") + "'"


def written(text: str) -> str:
    """A text as one line that names nothing: two braces would ask for a figure."""
    line = re.sub(r"[\n\r\x85\u2028\u2029]+", " ", text)
    return re.sub(r"([{｛])(?=[{｛])", "\\1 ", line)


def _comment(text: str) -> str:
    return shortened(visible(" ".join(text.split())), _SHOWN)
