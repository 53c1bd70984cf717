"""Where a sentence has come to: what it is about, what it last counted, in which year.

Knows which words begin a topic, end it, and set it aside for a while. Frozen: a
step further is another course. Knows no cell and reads no number.
"""

from __future__ import annotations

from dataclasses import replace

from nianbao.chinese.numeral import Quantity
from nianbao.form.claim import Topic
from nianbao.frozen import dataclass
from nianbao.sentence.phrase import SKIPPED, Phrase
from nianbao.sentence.said import Misdated, Statement, Told
from nianbao.sentence.words import Kind, Stretch, Word

JOINING = "、"
APART = ("；", ";", "。")


@dataclass(frozen=True, slots=True)
class Counted:
    """The last count, what it says where it is read, and what it is compared with."""

    base: Quantity | None = None
    last: Statement | None = None
    before: Quantity | None = None
    """The same a year ago, as the text has it."""
    whole: Quantity | None = None
    """What `base` is a part of."""
    compared: bool = False
    """The number just passed told how far `base` has changed."""


@dataclass(frozen=True, slots=True)
class Course:
    """`spoken` are the topics that the paragraph has named, the latest last."""

    year: int
    this_year: int
    topic: Topic | None = None
    spoken: tuple[Topic, ...] = ()
    money: tuple[str, ...] = ()
    """The words that count money, and nothing that a topic is about."""
    shut: bool = False
    """Another matter has ended the topic, up to a semicolon."""
    elsewhere: Word | None = None
    """Another office, time or cause that is spoken of, up to a semicolon or the next cause."""
    in_parts: bool = False
    each: bool = False
    """分别 has been said: numbers no longer follow their words."""
    because: bool = False
    held: Phrase | None = None
    """Owners that wait for their number in the next stretch."""
    listed: tuple[Word, ...] = ()
    """Owners before 、 that wait for the last of their list."""
    before_brackets: bool = False
    """The stretch just passed ended with a year or a comparison."""
    apart: int | None = None
    """How deep in brackets a count stands that was not read: what hangs from it is not either."""
    row: Statement | None = None
    """The last count that is not one of a column."""
    listed_apart: bool = False
    """The item before 、 was not read for a word that the rest of its list shares."""
    counted: Counted = Counted()
    only_year: Misdated | None = None
    """The one year of a sentence that compares none."""
    with_carry: bool = False
    """The sentence says that a carry-over is counted in."""
    carried: frozenset[str] = frozenset()
    """The cells of every carry-over that the sentence speaks of."""
    told: tuple[Told, ...] = ()

    def tell(self, *told: Told) -> Course:
        return replace(self, told=(*self.told, *(one for one in told if one not in self.told)))

    @property
    def statements(self) -> list[Statement]:
        return [one for one in self.told if isinstance(one, Statement)]


def enter(course: Course, stretch: Stretch) -> Course:
    """The course at the beginning of a stretch."""
    if stretch.before in APART:
        course = replace(
            course,
            shut=False,
            elsewhere=None,
            in_parts=False,
            each=False,
            because=False,
            apart=None,
            held=None,
        )
    if course.apart is not None and stretch.depth < course.apart:
        course = replace(course, apart=None)
    if stretch.before != JOINING and (course.listed or course.listed_apart):
        course = replace(course, listed=(), listed_apart=False)
    numbers = any(word.quantity for word in stretch.words)
    goes_on = course.because and stretch.before == JOINING
    reason = (goes_on or stretch.words[0].any(Kind.BECAUSE)) and not numbers
    if course.elsewhere and stretch.words[0].any(Kind.BECAUSE):
        course = replace(course, elsewhere=None)
    for word in stretch.words:
        noun = word.topic(Kind.NOUN)
        if noun and (noun is not course.topic or course.shut):
            course = replace(course, topic=noun, spoken=named(course.spoken, noun), shut=False)
        elif word.any(Kind.OTHER) and not noun and not reason:
            course = replace(course, topic=None, shut=True)
        if word.any(Kind.NOW) and course.elsewhere:
            course = replace(course, elsewhere=None)
        elif word.any(Kind.SINCE):
            course = replace(course, elsewhere=word)
        elif word.any(Kind.LIST) and not numbers:
            counted = replace(course.counted, whole=course.counted.base)
            course = replace(course, in_parts=True, counted=counted)
    years = [word.year for word in stretch.words if word.any(Kind.YEAR)]
    if years and all(word.any(*SKIPPED) for word in stretch.words):
        course = replace(course, year=years[-1])
    elsewhere = next((w for w in stretch.words if w.any(Kind.ELSEWHERE)), None)
    if elsewhere and all(_only_says_where(word) for word in stretch.words):
        course = replace(course, elsewhere=elsewhere)
    return course


def _only_says_where(word: Word) -> bool:
    return word.any(Kind.ELSEWHERE, *SKIPPED) or (word.any(Kind.TEXT) and word.text.isdigit())


def named(spoken: tuple[Topic, ...], topic: Topic | None) -> tuple[Topic, ...]:
    """The topics that have been named, when this one is named again."""
    return (*(one for one in spoken if one is not topic), topic) if topic else spoken
