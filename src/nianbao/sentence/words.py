"""A sentence cut into words: what the form declares, what any Chinese sentence has, and the rest.

Knows the kinds of words and which spans of a sentence they are, the longest
first; what no one declares stays a piece of text. Numbers keep their counting
word. Knows neither cells nor what the words say together (`phrase`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from nianbao.chinese.clause import Sentence, years_of
from nianbao.chinese.numeral import Quantity, quantities
from nianbao.chinese.phrase import Phrases
from nianbao.form.claim import Claim, Claims, Topic
from nianbao.frozen import dataclass


class Kind(StrEnum):
    """What a word is; its value is what a reader is told."""

    NOUN = "主题"
    AGAIN = "续"
    CLAIM = "说法"
    OTHER = "别事"
    ELSEWHERE = "别处"
    NARROW = "限定"
    ACT = "动词"
    EMPTY = "虚词"
    SHARE = "占"
    NOT = "否定"
    NONE = "没有"
    ALL = "全部"
    LIST = "其中"
    INCLUDE = "含"
    BESIDES = "除外"
    REST = "其余"
    EACH = "分别"
    COMPARED = "比较"
    BEFORE = "上年"
    NOW = "本年"
    MORE = "增加"
    FEWER = "减少"
    UP_TO = "到"
    FROM = "由"
    TOTAL = "合计"
    AND = "和"
    ENDS = "等"
    AMONG = "中"
    SINCE = "以来"
    BECAUSE = "因"
    GROUND = "为由"
    YEAR = "年份"
    NUMBER = "数"
    STOP = "标点"
    TEXT = "没有认出"


ANY_SENTENCE: dict[Kind, tuple[str, ...]] = {
    Kind.NOT: ("（并|从|尚|暂|也|均）未（曾）", "（并|从|暂|也）没有", "（尚|暂|也）无", "不存在"),
    Kind.NONE: (
        "〔均|都〕〔未|没有|无〕〔发生|引发|产生|出现〕",
        "（均|都）为〔零|0〕",
    ),
    Kind.ALL: ("均", "都", "（已）全部", "皆", "一律", "全数"),
    Kind.LIST: ("其中", "（主要|具体）〔包括|包含|涵盖〕", "（内容）包括", "具体〔为|是|有〕"),
    Kind.INCLUDE: ("（不）含", "连同", "（再）加上", "叠加", "加"),
    Kind.BESIDES: ("除（了|去）",),
    Kind.REST: ("其余（的）", "剩余（的）", "余下（的）", "另（有|外）", "还有", "尚有", "此外"),
    Kind.EACH: ("分别（为|是）", "各"),
    Kind.COMPARED: (
        "〔同|环〕比（去年|上年）",
        "〔较|比|同|与〕〔上|去|前|往〕（一）年（度）（同期）（相）（比）（较）",
        "〔较|比|与〕{{上年度}}年（度）（同期）（相）（比）",
        "相比",
    ),
    Kind.BEFORE: ("〔上|去|前〕（一）年（度）（同期|同比）", "往年", "历年"),
    Kind.NOW: ("今年", "本年（度）", "全年", "年内", "{{年度}}年（度）", "一年来", "今年以来"),
    Kind.MORE: ("（净）〔增长|增加|上升|提高|提升|增幅|增〕（了|为）", "多"),
    Kind.FEWER: ("（净）〔下降|减少|降低|降幅|减幅|减〕（了|为）", "少"),
    Kind.UP_TO: ("〔增加|增长|上升|提高|提升|增|升|下降|减少|降低|降〕〔到|至|为〕",),
    Kind.FROM: ("由", "从"),
    Kind.TOTAL: ("〔总|共|合|累〕计（为）", "（一|总）共（有|计）"),
    Kind.AND: ("和", "及", "与", "以及", "或", "或者", "并"),
    Kind.ENDS: ("等", "等〔原因|理由|情形|情况|方式|途径|渠道|形式|类型|方面|内容|事项〕"),
    Kind.AMONG: ("中", "里"),
    Kind.SINCE: ("以来", "年起", "自从", "连续"),
    Kind.BECAUSE: ("因", "由于"),
    Kind.GROUND: ("为由",),
}
"""Words of the language, whatever a report is about."""


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


_STOPS = "，,、；;：:（）()〔〕[]【】。！？!?"
_OPENING, _CLOSING = "（(〔[【", "）)〕]】"
_SILENT = "“”‘’\"' 　\u00a0"
_TEXT = (Meaning(Kind.TEXT),)
_NUMBER = (Meaning(Kind.NUMBER),)
_YEAR = (Meaning(Kind.YEAR),)
_STOP = (Meaning(Kind.STOP),)
_TEXT_KINDS, _NUMBER_KINDS = frozenset({Kind.TEXT}), frozenset({Kind.NUMBER})
_YEAR_KINDS, _STOP_KINDS = frozenset({Kind.YEAR}), frozenset({Kind.STOP})


@lru_cache(maxsize=32)
def vocabulary(claims: Claims, year: int) -> Vocabulary:
    """The words of a form's 叙述核对 beside those of any sentence."""
    declared = list(_declared(claims))
    phrases = Phrases([phrase for phrase, _ in declared], year)
    begin = phrases.first.union(_STOPS, _SILENT)
    return Vocabulary(claims, year, phrases, _Meant([meaning for _, meaning in declared]), begin)


def _declared(claims: Claims) -> Iterator[tuple[str, Meaning]]:
    kinds = {
        Kind.OTHER: claims.other,
        Kind.ELSEWHERE: claims.elsewhere,
        Kind.NARROW: claims.narrows,
        Kind.ACT: claims.acts,
        Kind.EMPTY: claims.empty,
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
    )
    words: list[Word] = []
    at = text_from = 0
    while at < len(text):
        if text[at] not in known.begin and at not in marks.numbers and at not in marks.years:
            at += 1
            continue
        word = _word_at(text, at, known, marks=marks, offset=offset)
        if word is None and text[at] not in _SILENT:
            at += 1
            continue
        if text_from < at:
            words.append(_unknown(text, text_from, at, offset))
        if word:
            words.append(word)
        at = text_from = word.end - offset if word else at + 1
    if text_from < len(text):
        words.append(_unknown(text, text_from, len(text), offset))
    return words


@dataclass(frozen=True, slots=True)
class _Marks:
    """The numbers and years of a text by their beginnings, and the places inside a number."""

    numbers: dict[int, Quantity]
    inside: set[int]
    years: dict[int, tuple[int, int]]

    def begins(self, at: int) -> int:
        """Where the number begins that index `at` is inside of."""
        while at in self.inside:
            at -= 1
        return at


def _word_at(text: str, at: int, known: Vocabulary, *, marks: _Marks, offset: int) -> Word | None:
    """The word that begins at index `at`, None where none does."""
    found = known.phrases.longest(text, at)
    if found and found.end in marks.inside:
        found = known.phrases.longest(text, at, within=marks.begins(found.end))
    if found and not _splits_number(text, found.end):
        meanings, kinds = known.meant[found.which]
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


def _unknown(text: str, start: int, end: int, offset: int) -> Word:
    return Word(text[start:end], start + offset, end + offset, _TEXT, _TEXT_KINDS)


def _splits_number(text: str, at: int) -> bool:
    """True where `at` lies between two digits."""
    return text[at - 1 : at].isdigit() and text[at : at + 1].isdigit()
