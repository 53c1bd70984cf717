"""A sentence cut into words: what the form declares, what any Chinese sentence has, and the rest.

Knows the kinds of words and which spans of a sentence they are, the longest
first; what no one declares stays a piece of text. Numbers keep their counting
word. Knows neither cells nor what the words say together (`phrase`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from nianbao.chinese.clause import Sentence, years_of
from nianbao.chinese.numeral import Quantity, quantities
from nianbao.chinese.phrase import Phrases
from nianbao.form.claim import Claim, Claims, Topic
from nianbao.frozen import dataclass
from nianbao.sentence import office
from nianbao.sentence.language import ANY_SENTENCE, Kind


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a word may be."""

    kind: Kind
    topic: Topic | None = None
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """text[start:end] of the paragraph, with all that it may be; `quantity` of a number."""

    text: str
    start: int
    end: int
    meanings: tuple[Meaning, ...]
    kinds: frozenset[Kind]
    quantity: Quantity | None = None
    year: int = 0

    def any(self, *kinds: Kind) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def topic(self, kind: Kind) -> Topic | None:
        """The topic that the word is a noun of."""
        if kind not in self.kinds:
            return None
        return next((m.topic for m in self.meanings if m.kind is kind), None)

    def topics(self, kind: Kind) -> list[Topic]:
        return [m.topic for m in self.meanings if m.kind is kind and m.topic]

    def claims(self, topic: Topic) -> list[Claim]:
        return [m.claim for m in self.meanings if m.claim and m.topic is topic]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words between two stops; `before` is the stop in front, `depth` counts brackets."""

    words: tuple[Word, ...]
    before: str
    depth: int

    @property
    def numbers(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if word.quantity)


class _Meant(dict[tuple[int, ...], tuple[tuple[Meaning, ...], frozenset[Kind]]]):
    """What a word means that is several phrases at once, with the kinds of that."""

    def __init__(self, meanings: Sequence[Meaning]) -> None:
        self.meanings = meanings

    def __missing__(self, which: tuple[int, ...]) -> tuple[tuple[Meaning, ...], frozenset[Kind]]:
        meanings = tuple(self.meanings[n] for n in which)
        self[which] = meanings, frozenset(meaning.kind for meaning in meanings)
        return self[which]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word that a form's sentences may have, in a report of one year."""

    claims: Claims
    year: int
    phrases: Phrases
    meant: _Meant
    """By the phrases that a word is."""
    begin: frozenset[str]
    """The characters that anything but an unknown word or a number begins with."""
    own: tuple[str, ...] = ()
    """What the report's own unit is called."""


_STOPS = "，,、；;：:（）()〔〕[]【】。！？!?"
_OPENING, _CLOSING = "（(〔[【", "）)〕]】"
_SILENT = "“”‘’\"' 　\u00a0"
_TEXT = (Meaning(Kind.TEXT),)
_NUMBER = (Meaning(Kind.NUMBER),)
_YEAR = (Meaning(Kind.YEAR),)
_STOP = (Meaning(Kind.STOP),)
_OWN = (Meaning(Kind.OWN),)
_OFFICE = (Meaning(Kind.OFFICE), Meaning(Kind.ELSEWHERE))
_TEXT_KINDS, _NUMBER_KINDS = frozenset({Kind.TEXT}), frozenset({Kind.NUMBER})
_YEAR_KINDS, _STOP_KINDS = frozenset({Kind.YEAR}), frozenset({Kind.STOP})
_OWN_KINDS, _OFFICE_KINDS = frozenset({Kind.OWN}), frozenset({Kind.OFFICE, Kind.ELSEWHERE})


@lru_cache(maxsize=32)
def vocabulary(claims: Claims, year: int) -> Vocabulary:
    """The words of a form's 叙述核对 beside those of any sentence."""
    declared = list(_declared(claims))
    phrases = Phrases([phrase for phrase, _ in declared], year)
    begin = phrases.first.union(_STOPS, _SILENT)
    return Vocabulary(claims, year, phrases, _Meant([meaning for _, meaning in declared]), begin)


def of_unit(known: Vocabulary, *names: str) -> Vocabulary:
    """The same words in the report of a unit of these names."""
    return replace(known, own=office.own(*names))


def _declared(claims: Claims) -> Iterator[tuple[str, Meaning]]:
    kinds = {
        Kind.OTHER: claims.other,
        Kind.ELSEWHERE: claims.elsewhere,
        Kind.NARROW: claims.narrows,
        Kind.ACT: claims.acts,
        Kind.EMPTY: claims.empty,
        Kind.OWN: claims.own,
        Kind.SHARE: claims.share,
        **ANY_SENTENCE,
    }
    for kind, phrases in kinds.items():
        yield from ((phrase, Meaning(kind)) for phrase in phrases)
    for topic in claims.topics:
        yield from ((phrase, Meaning(Kind.NOUN, topic)) for phrase in topic.opens)
        yield from ((phrase, Meaning(Kind.AGAIN, topic)) for phrase in topic.resumes)
        yield from ((phrase, Meaning(Kind.NARROW, topic)) for phrase in topic.narrows)
        for claim in topic.claims:
            yield from ((p, Meaning(Kind.CLAIM, topic, claim)) for p in claim.phrases)


def stretches(sentence: Sentence, known: Vocabulary) -> list[Stretch]:
    """The sentence cut at its stops, each piece cut into words; places are the paragraph's."""
    numbers = [clause.quantity for clause in sentence.clauses if clause.quantity]
    found: list[Stretch] = []
    words: list[Word] = []
    before, depth = "", 0
    for word in cut(sentence.text, known, numbers=numbers, offset=sentence.start):
        if word.any(Kind.STOP):
            if words:
                found.append(Stretch(tuple(words), before, depth))
            words, before = [], word.text
            depth = max(0, depth + (word.text in _OPENING) - (word.text in _CLOSING))
        else:
            words.append(word)
    return [*found, Stretch(tuple(words), before, depth)] if words else found


def cut(
    text: str, known: Vocabulary, *, numbers: Sequence[Quantity] | None = None, offset: int = 0
) -> list[Word]:
    """Every word of a text, in order; `numbers` are its own, and places, `offset` further on."""
    found = quantities(text, known.claims.counting) if numbers is None else numbers
    marks = _Marks(
        {quantity.start - offset: quantity for quantity in found},
        {n for q in found for n in range(q.start + 1 - offset, q.end - offset)},
        {start: (end, year) for start, end, year in years_of(text)},
        dict(office.places_of(known.own, text)),
    )
    words: list[Word] = []
    at = text_from = 0
    while at < len(text):
        if text[at] not in known.begin and not marks.begin(at):
            at += 1
            continue
        word = _word_at(text, at, known, marks=marks, offset=offset)
        if word is None and text[at] not in _SILENT:
            at += 1
            continue
        if text_from < at:
            words.append(_unknown(text, text_from, at, known=known, offset=offset))
        if word:
            words.append(word)
        at = text_from = word.end - offset if word else at + 1
    if text_from < len(text):
        words.append(_unknown(text, text_from, len(text), known=known, offset=offset))
    return words


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a text has by its beginnings, words aside, and the places inside a number."""

    numbers: dict[int, Quantity]
    inside: set[int]
    years: dict[int, tuple[int, int]]
    own: dict[int, int]
    """The names of the report's own unit."""

    def begin(self, at: int) -> bool:
        return at in self.numbers or at in self.years or at in self.own

    def begins(self, at: int) -> int:
        """Where the number begins that index `at` is inside of."""
        while at in self.inside:
            at -= 1
        return at


def _word_at(text: str, at: int, known: Vocabulary, *, marks: _Marks, offset: int) -> Word | None:
    """The word that begins at index `at`, None where none does."""
    if at in marks.own:
        return _own(text, at, marks.own[at], offset)
    found = known.phrases.longest(text, at)
    if found and found.end in marks.inside:
        found = known.phrases.longest(text, at, within=marks.begins(found.end))
    if found and not _splits_number(text, found.end):
        meanings, kinds = known.meant[found.which]
        if Kind.ELSEWHERE in kinds and office.is_part_of(text[at : found.end], known.own):
            return _own(text, at, found.end, offset)
        return Word(text[at : found.end], at + offset, found.end + offset, meanings, kinds)
    if at in marks.numbers:
        quantity = marks.numbers[at]
        typed = text[at : quantity.end - offset]
        return Word(typed, quantity.start, quantity.end, _NUMBER, _NUMBER_KINDS, quantity)
    if at in marks.years:
        end, year = marks.years[at]
        return Word(text[at:end], at + offset, end + offset, _YEAR, _YEAR_KINDS, year=year)
    if text[at] in _STOPS:
        return Word(text[at], at + offset, at + 1 + offset, _STOP, _STOP_KINDS)
    return None


def _own(text: str, start: int, end: int, offset: int) -> Word:
    return Word(text[start:end], start + offset, end + offset, _OWN, _OWN_KINDS)


def _unknown(text: str, start: int, end: int, *, known: Vocabulary, offset: int) -> Word:
    """A word that no one declares, which may name an office by its ending."""
    typed = text[start:end]
    named = office.end_of(typed, known.claims.offices)
    if not named:
        return Word(typed, start + offset, end + offset, _TEXT, _TEXT_KINDS)
    if office.is_part_of(typed, known.own):
        return _own(text, start, end, offset)
    if office.is_part_of(typed[:named], known.own):
        return Word(typed, start + offset, end + offset, _TEXT, _TEXT_KINDS)
    return Word(typed, start + offset, end + offset, _OFFICE, _OFFICE_KINDS)


def _splits_number(text: str, at: int) -> bool:
    """True where `at` lies between two digits."""
    return text[at - 1 : at].isdigit() and text[at : at + 1].isdigit()
