"""The head of a document, and the lines printed around its text.

Knows how a form puts its title together and prints its lines, and reads them back:
unit, year, days, names. What it cannot tell stays with the text. Knows no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from nianbao.chinese.wording import BLANKS, folded, names_of, plain
from nianbao.form.contract import SHORT, TITLE, UNIT, YEAR, fill, parse_date
from nianbao.form.form import Field, FieldKind, Form
from nianbao.form.manner import Manner
from nianbao.intake.blocks import Paragraph, Place

_MOST_LINES = 4
"""A title may be set in so many paragraphs."""
_DIGITS = "零一二三四五六七八九"
_YEAR = r"(?:(?:19|20|21)[0-9]{2}|[零一二三四五六七八九]{4})"
_IN_BRACKETS = re.compile(r"^《([^《》]+)》$")
_YEAR_BEHIND = re.compile(rf"[（(]{_YEAR}年度?[）)]$")
_SPLIT = re.compile(rf"[{BLANKS}]*(?:[\u3000\t]|[{BLANKS}]{{2,}})[{BLANKS}]*")
_PLACEHOLDER = re.compile(r"\{\{(.+?)\}\}")


@dataclass
class Head:
    """What a document says of itself, each with its place; `used` are the paragraphs it took."""

    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    title: str = ""

    def put(self, key: str, text: str, place: Place) -> None:
        if text and key not in self.values:
            self.values[key] = text
            self.places[key] = place

    @property
    def year(self) -> int:
        return int(self.values.get(YEAR) or 0)


def of_title(paragraphs: Sequence[Paragraph], form: Form) -> Head:
    """The title of a document, and the unit and the year in it."""
    pattern = _pattern(form.title)
    glue = " " if form.manner.english else ""
    ends = _before_the_parts(paragraphs, form)
    for count in range(1, _MOST_LINES + 1):
        for first in (*reversed(range(ends)), *range(ends, len(paragraphs))):
            lines = paragraphs[first : first + count]
            text = glue.join(line.shown.strip(BLANKS) for line in lines)
            text = text if form.manner.english else _IN_BRACKETS.sub(r"\1", _close(text))
            matched = pattern.fullmatch(folded(text)) if len(text) <= 200 else None
            if matched:
                return _titled(text, matched, lines, form, _count_from(paragraphs, first, count))
    return _loosely(paragraphs, form)


def _before_the_parts(paragraphs: Sequence[Paragraph], form: Form) -> int:
    """How many paragraphs stand before the first that is long, or heads a part."""
    heads = {
        name for s in form.sections if s.headed for word in s.printed for name in names_of(word)
    }
    for at, paragraph in enumerate(paragraphs[:200]):
        text = paragraph.shown
        if len(text) > 120 or (len(text) <= 40 and names_of(text) & heads):
            return at
    return min(len(paragraphs), 200)


def fits(text: str, form: Form) -> bool:
    """True for a title as the form puts it together."""
    return bool(_pattern(form.title).fullmatch(folded(text.strip(BLANKS))))


def _count_from(paragraphs: Sequence[Paragraph], first: int, count: int) -> set[int]:
    return {id(paragraph) for paragraph in paragraphs[first : first + count]}


def _titled(
    text: str, matched: re.Match[str], lines: Sequence[Paragraph], form: Form, used: set[int]
) -> Head:
    head = Head(title=text, used=used)
    groups = matched.groupdict()
    for key, name in ((UNIT, "unit"), (SHORT, "short")):
        if groups.get(name):
            start, end = matched.span(name)
            head.put(key, _without_about(text[start:end]), lines[0].place)
    if groups.get("year"):
        head.put(YEAR, _digits(groups["year"]), lines[-1].place)
    composed = fill(form.title, head.values | {"": ""}, str)
    if composed is None or _bare(composed) != _bare(text):
        head.put(TITLE, text, lines[0].place)
    return head


def _loosely(paragraphs: Sequence[Paragraph], form: Form) -> Head:
    """A title that is put together otherwise: it ends as the form's name does, and has a year."""
    name = plain(form.name)
    for _, group in groupby(paragraphs, key=lambda p: (p.place, p.place == Place() and id(p))):
        lines = list(group)
        text = "".join(line.shown.strip(BLANKS) for line in lines)
        text = _IN_BRACKETS.sub(r"\1", text if form.manner.english else _close(text))
        same = folded(text)
        year = re.search(_YEAR, same)
        behind = _YEAR_BEHIND.search(same)
        body = plain(same[: behind.start()] if behind else same).replace("的", "")
        if len(text) <= 80 and body.endswith(name[-4:]) and (year or body.endswith(name)):
            head = Head(title=text, used={id(line) for line in lines})
            named = same.find(name[:6])
            ends = [at for at in (year.start() if year else -1, named) if at >= 0]
            unit = _without_about(text[: min(ends, default=0)])
            unit = unit or (_between(text, year.end(), form) if year else "")
            head.put(UNIT, unit, lines[0].place)
            head.put(YEAR, _digits(year[0]) if year else "", lines[0].place)
            head.put(TITLE, text, lines[0].place)
            return head
    return Head()


def _without_about(unit: str) -> str:
    """A unit without the word that some put between it and what it reports on."""
    bare = unit.strip(BLANKS)
    for about in ("关于", "關於"):
        bare = bare.removeprefix(about).removesuffix(about).strip(BLANKS)
    return bare


def _close(text: str) -> str:
    """A title whose characters stand apart, without the blanks between them."""
    words = text.split()
    return "".join(words) if len(words) > 3 and max(map(len, words)) <= 2 else text


def _between(text: str, start: int, form: Form) -> str:
    """The unit that stands between the year and what the form's title ends with."""
    rest = text[start:].removeprefix("年").removeprefix("度").strip(BLANKS)
    ending = folded(_PLACEHOLDER.split(form.title)[-1]).removeprefix("年")
    same = folded(rest)
    return rest[: -len(ending)].strip(BLANKS) if ending and same.endswith(ending) else ""


def _pattern(title: str) -> re.Pattern[str]:
    """A form's title as a pattern over folded text; blanks between its words do not count."""
    made, seen = "", set[str]()
    own = "[^。：；，>》|]{1,80}?"
    groups = {UNIT: ("unit", own), SHORT: ("short", own), YEAR: ("year", _YEAR)}
    for n, piece in enumerate(_PLACEHOLDER.split(title)):
        name = piece.strip()
        if n % 2 and name in groups and name not in seen:
            group, inside = groups[name]
            seen.add(name)
            made += rf"\s*(?P<{group}>{inside})\s*"
        elif n % 2:
            made += r"\s*.+?\s*"
        else:
            words = r"\s*".join(_either(char) for char in folded(piece) if char not in BLANKS)
            made += words.replace("年", "年度?", 1) if words.startswith("年") else words
    return re.compile(made)


def _either(char: str) -> str:
    """A character, a bracket or a colon in either width."""
    widths = {"（": "[（(]", "）": "[）)]", "：": "[：:]"}
    return widths.get(char, re.escape(char))


def _digits(year: str) -> str:
    return "".join(str(_DIGITS.index(char)) if char in _DIGITS else char for char in year)


def _bare(text: str) -> str:
    return plain("".join(text.split()))


# --- printed lines ---------------------------------------------------------------------


class Lines:
    """The lines that a form prints around its text, known by their words."""

    def __init__(self, form: Form, patterns: Iterable[str]) -> None:
        self.form = form
        self.fields = {declared.key: declared for declared in form.fields}
        self.words: dict[str, str] = {}
        self.bare: set[str] = set()
        parts = [part for line in form.lines for part in line.parts]
        for pattern in (*parts, *patterns):
            self._learn(pattern)
        keys = sorted(self.words, key=len, reverse=True)
        self.known = re.compile("|".join(map(re.escape, keys))) if keys else None

    def _learn(self, pattern: str) -> None:
        pieces = _PLACEHOLDER.split(pattern)
        for before, name in zip(pieces[::2], pieces[1::2], strict=False):
            if not self._is_ours(name.strip()):
                continue
            word = _colons(folded(before.strip(BLANKS)))
            if word:
                self.words.setdefault(word, name.strip())
            elif before == pieces[0]:
                self.bare.add(name.strip())

    def _is_ours(self, name: str) -> bool:
        return name in (UNIT, SHORT) or name.partition(".")[0] in self.fields

    def read(self, paragraph: Paragraph, head: Head) -> bool:
        """Take the values of a line that begins with a word of one; whether it is such."""
        text = paragraph.shown.strip(BLANKS)
        same = _colons(folded(text))
        found = list(self.known.finditer(same)) if self.known else []
        if not found or found[0].start() or len(text) > 300:
            return False
        ends = [one.start() for one in found[1:]] + [len(text)]
        for one, end in zip(found, ends, strict=True):
            said = text[one.end() : end].strip(BLANKS)
            first, *rest = _SPLIT.split(said)
            keys = [self._bare_key(chunk, head) for chunk in rest]
            if all(keys):
                said = first
                for key, chunk in zip(keys, rest, strict=True):
                    self._put(key or "", chunk, paragraph.place, head)
            self._put(self.words[one[0]], said, paragraph.place, head)
        return True

    def chosen(self, paragraph: Paragraph, head: Head) -> bool:
        """Take a line that is one of the words an item may be."""
        text = paragraph.shown.strip(BLANKS)
        for key, declared in self.fields.items():
            if any(plain(option) == plain(text) for option in declared.options):
                self._put(key, text, paragraph.place, head)
                return True
        return False

    def closes(self, paragraph: Paragraph, head: Head) -> bool:
        """Take a line at the end that is the unit's name or a day, as far as the form prints such."""
        chunks = [chunk for chunk in _SPLIT.split(paragraph.shown.strip(BLANKS)) if chunk]
        taken: list[tuple[str, str]] = []
        for chunk in chunks or [""]:
            key = self._bare_key(chunk, head)
            if key is None:
                return False
            taken.append((key, chunk))
        for key, chunk in taken:
            self._put(key, chunk, paragraph.place, head)
        return True

    def _bare_key(self, chunk: str, head: Head) -> str | None:
        unit = head.values.get(UNIT)
        day = day_in(chunk, self.form.manner)
        if UNIT in self.bare and unit and plain(unit) == plain(chunk):
            return UNIT
        if UNIT in self.bare and not unit and not day:
            return UNIT if len(chunk) <= 40 and chunk[-1:] not in "。；：" else None
        for key in self.bare:
            declared = self.fields.get(key)
            if day and declared and declared.kind is not FieldKind.TEXT:
                return key
        return None

    def _put(self, name: str, said: str, place: Place, head: Head) -> None:
        declared = self.fields.get(name.partition(".")[0])
        head.put(name, typed(declared, said, self.form.manner) if declared else said, place)


def typed(declared: Field, said: str, manner: Manner) -> str:
    """A field as an input file has it."""
    if declared.kind is FieldKind.DATE:
        day = day_in(said, manner)
        return day.isoformat() if day else said
    if declared.kind is FieldKind.MOMENT:
        same = folded(said)
        if parse_date(same) is None and (day := day_in(said, manner)):
            return day.isoformat()
        return same
    return said


def day_in(text: str, manner: Manner) -> date | None:
    """The day that a text is, in digits, in Chinese or as the form prints one."""
    same = "".join(folded(text).split())
    if day := parse_date(same):
        return day
    matched = re.fullmatch(
        rf"({_YEAR})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)日", same
    )
    if matched:
        month, number = (_spoken(matched[2]), _spoken(matched[3]))
        return parse_date(f"{_digits(matched[1])}-{month}-{number}")
    year = re.search(r"(?:19|20|21)[0-9]{2}", same)
    if year and len(same) <= 40:
        first = date(int(year[0]), 1, 1)
        for after in range(366):
            day = first + timedelta(days=after)
            if "".join(folded(manner.printed(day)).split()) == same:
                return day
    return None


def _spoken(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.index(text) if len(text) == 1 else 0
    return (_DIGITS.index(tens[:1]) if tens else 1) * 10 + (_DIGITS.index(ones[:1]) if ones else 0)


def _colons(text: str) -> str:
    return text.replace(":", "：")
