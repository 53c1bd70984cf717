"""Which of a form's own words a text of a document is.

Knows every wording that a form has for its parts, groups, rows and columns, folded
as keys are, with what stands in brackets left out where nothing hangs on it, and
slips of the pen that can mean one label only. Knows no table.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from nianbao.chinese.wording import names_of, plain
from nianbao.form.form import Form, Section
from nianbao.form.row import Cell, Row

_BRACKETED = re.compile(r"\([^()]*\)")
_MEASURED = re.compile(r"[万亿%]|元|千|百")
_TELLING = set(
    "不未无非没一二三四五六七八九十两上下前后本去今明内外新旧正负增减万亿千百元%有是否合总小"
    "0123456789"
)
"""Characters that make another label of one: no slip of the pen."""
_COUNTED = re.compile(
    r"[\s(（【\[]*(?:[\u2460-\u2473\u2474-\u249b\u3220-\u3229]|[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,4}|[A-Za-z])"
    r"(?:[)）】\]]?[、.．,，:：\s]+|[)）】\]])|\s*[\u2460-\u2473\u2474-\u249b\u3220-\u3229]\s*"
)
"""A number of any kind in front of a label."""
_ALIKE = 0.75
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Sense:
    """What a text means in a form: rows by number, groups by path, columns of rows, headings."""

    rows: tuple[int, ...] = ()
    groups: frozenset[tuple[str, ...]] = frozenset()
    columns: frozenset[tuple[int, str]] = frozenset()
    """(row, letter) of every column that is called so."""
    above: bool = False
    """A heading over columns, or a block's."""
    parts: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.groups or self.columns or self.above or self.parts)


NOTHING = Sense()


@dataclass
class _Gathered:
    rows: list[int] = field(default_factory=list)
    groups: set[tuple[str, ...]] = field(default_factory=set)
    columns: set[tuple[int, str]] = field(default_factory=set)
    above: bool = False
    parts: list[int] = field(default_factory=list)


class Vocabulary:
    """The words of one form; `furniture` is what its template prints besides."""

    def __init__(self, form: Form, furniture: Iterable[str] = ()) -> None:
        self.form = form
        self.sections: tuple[Section, ...] = form.sections
        self.rows: list[Row] = []
        self.section_of: list[int] = []
        fixed = {plain(text) for text in furniture} - {""}
        self.furniture = {text for text in fixed if not text.isdigit()}
        self._known: dict[str, Sense] = {}
        self._words: defaultdict[str, _Gathered] = defaultdict(_Gathered)
        for number, section in enumerate(form.sections):
            for name in _names(section.printed if section.headed else ()):
                self._words[name].parts.append(number)
            for name in _names((section.key,) if section.headed else ()):
                if number not in self._words[name].parts:
                    self._words[name].parts.append(number)
            if section.table:
                self._take(number, section)
        self._senses = {
            name: Sense(
                tuple(g.rows), frozenset(g.groups), frozenset(g.columns), g.above, tuple(g.parts)
            )
            for name, g in self._words.items()
        }
        self._longest = max(map(len, self._senses), default=0)

    def sense(self, text: str) -> Sense:
        """What a text means, NOTHING where it is none of the form's words."""
        if text not in self._known:
            self._known[text] = self._sense(text)
        return self._known[text]

    def exact(self, text: str) -> Sense:
        """The same without slips."""
        return next((self._senses[n] for n in names_of(text) if n in self._senses), NOTHING)

    def cell(self, row: int, letter: str) -> Cell:
        drawn = self.rows[row]
        return drawn.cell(next(c for c in drawn.columns if c.letter == letter))

    def is_furniture(self, text: str) -> bool:
        """True for what every such document has printed, filled or not."""
        return plain(text) in self.furniture

    def is_only_furniture(self, text: str) -> bool:
        """True for what is printed and names nothing: the number of a column, a corner."""
        return self.is_furniture(text) and not self.sense(text)

    def same(self, label: str, text: str) -> bool:
        return bool(names_of(label) & names_of(text))

    def _take(self, number: int, section: Section) -> None:
        assert section.table
        for group in section.table.groups():
            for name in _names(group.wordings):
                self._words[name].groups.add((*group.groups, group.key))
        for row in section.table.rows():
            index = len(self.rows)
            self.rows.append(row)
            self.section_of.append(number)
            if not row.unprinted:
                for name in _names(_with_groups(row)):
                    self._words[name].rows.append(index)
            for column in row.columns:
                for name in _names(column.wordings) if not column.unprinted else ():
                    self._words[name].columns.add((index, column.letter))
                for name in _names(column.above):
                    self._words[name].above = True
            for name in _names((row.block,)):
                self._words[name].above = True

    def _sense(self, text: str) -> Sense:
        if not text.strip() or len(text) > _LONGEST:
            return NOTHING
        counted = _COUNTED.sub("", text, count=1) if _COUNTED.match(text) else text
        for name in (*names_of(text), *names_of(counted)):
            if name in self._senses:
                return self._senses[name]
        wide = unicodedata.normalize("NFKC", text)
        short = _BRACKETED.sub("", wide)
        if short != wide and not _MEASURED.search("".join(_BRACKETED.findall(wide))):
            for name in names_of(short):
                if name in self._senses:
                    return self._senses[name]
        return self._compound(text) or self._slip(counted) or self._slip(text)

    def _compound(self, text: str) -> Sense:
        """What a text means that is put together of labels, the last one within the others."""
        whole = plain(text)
        pieces = self._pieces(whole) if len(whole) <= _LONGEST else []
        if len(pieces) < 2:
            return NOTHING
        *around, last = (self._senses[piece] for piece in pieces)
        groups = frozenset(group for sense in around for group in sense.groups)
        named = {row for sense in around for row in sense.rows}
        rows = [r for r in last.rows if self.rows[r].groups in groups] or list(last.rows)
        columns = frozenset(one for one in last.columns if one[0] in named)
        if named and columns:
            return Sense(
                tuple(sorted(r for r in named if any(c[0] == r for c in columns))), columns=columns
            )
        if groups and last.rows:
            return Sense(tuple(rows))
        if any(sense.above for sense in around) and last.columns:
            return Sense(columns=last.columns)
        return NOTHING

    def _pieces(self, whole: str) -> list[str]:
        """The fewest labels that make up a text, [] where none do."""
        best: list[list[str] | None] = [[], *[None] * len(whole)]
        for end in range(1, len(whole) + 1):
            for start in range(max(0, end - self._longest), end):
                before = best[start]
                if before is not None and whole[start:end] in self._senses and len(before) < 4:
                    now = best[end]
                    if now is None or len(before) + 1 < len(now):
                        best[end] = [*before, whole[start:end]]
        return best[-1] or []

    def _slip(self, text: str) -> Sense:
        """The only label that a text may be a slip for."""
        typed = sorted(names_of(text), key=len)
        if not typed or len(typed[0]) < 3 or plain(text).isdigit():
            return NOTHING
        found: set[str] = set()
        for name in typed:
            near = difflib.get_close_matches(name, self._senses, n=4, cutoff=_ALIKE)
            found |= {one for one in near if _same_but_for_a_slip(name, one)}
        senses = {self._senses[name] for name in found}
        return senses.pop() if len(senses) == 1 else NOTHING


def _same_but_for_a_slip(typed: str, name: str) -> bool:
    """True where what differs makes no other label of it."""
    if not typed or abs(len(typed) - len(name)) > max(1, len(name) // 4):
        return False
    matcher = difflib.SequenceMatcher(None, typed, name, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        old, new = _telling(typed[a:b]), _telling(name[c:d])
        if kind == "replace" and b - a == d - c:
            if old and new and old != new:
                return False
        elif kind != "equal" and old != new:
            return False
    return True


def _telling(text: str) -> Counter[str]:
    return Counter(char for char in text if char in _TELLING)


def _with_groups(row: Row) -> list[str]:
    """A row's wordings, also behind the label of its group."""
    words = list(row.wordings)
    if row.group_labels:
        words += [row.group_labels[-1] + word for word in row.printed]
    return words


def _names(wordings: Iterable[str]) -> set[str]:
    return {name for wording in wordings if wording for name in names_of(wording)}
