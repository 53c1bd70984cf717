"""Where a sentence has come to: what it is about, what it last counted, in which year.

Knows which words begin a topic, end it, and set it aside for a while. Frozen: a
step further is another course. Knows no cell and reads no number.
"""

from __future__ import annotations

from dataclasses import replace

from nianbao.chinese.numeral import Quantity
from nianbao.form.claim import Claim, Topic
from nianbao.frozen import dataclass
from nianbao.sentence.language import Kind
from nianbao.sentence.phrase import SKIPPED, Phrase
from nianbao.sentence.said import Misdated, Statement, Told
from nianbao.sentence.words import Stretch, Word

JOINING = "、"
OPENING, CLOSING = ("（", "("), ("）", ")")
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
    verbs: tuple[Claim, ...] = ()
    """What is said of `base`, or of what it is a part of, by a word that is no noun."""
    rest: bool = False
    """尚有 or 其余 stands in front of `base`."""
    compared: bool = False
    """The number just passed told how far `base` has changed."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A count that was not read, `depth` brackets deep, and the parts that may stand beside it."""

    depth: int
    beside: Claim | None = None
    """What the count would have been, had it not been for a word in front; None for a whole."""

    def holds(self, part: Claim, depth: int) -> bool:
        """True where a part may hang from it: 甲提交的6件，同意3件."""
        alike = self.beside and bool(self.beside.letters) == bool(part.letters)
        return not alike or depth > self.depth


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
    beside: Word | None = None
    """Another office or time that a count was of, up to a semicolon or the report's own office."""
    in_parts: bool = False
    each: bool = False
    """分别 has been said: numbers no longer follow their words."""
    because: bool = False
    held: Phrase | None = None
    """Owners that wait for their number in the next stretch."""
    outer: Phrase | None = None
    """Owners in front of the brackets that wait for a number behind them."""
    listed: tuple[Word, ...] = ()
    """Owners before 、 that wait for the last of their list."""
    before_brackets: bool = False
    """The stretch just passed ended with a year or a comparison."""
    apart: Apart | None = None
    """A count that was not read: what hangs from it is not either."""
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
            beside=None,
            in_parts=False,
            each=False,
            because=False,
            apart=None,
            held=None,
        )
    if stretch.before in OPENING:
        course = replace(course, outer=course.held)
    elif stretch.before in CLOSING:
        course = replace(course, held=course.outer, outer=None)
    if course.apart and stretch.depth < course.apart.depth:
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
        if word.any(Kind.NOW) and (course.elsewhere or course.beside):
            course = replace(course, elsewhere=None, beside=None)
        elif word.any(Kind.OWN) and course.beside:
            course = replace(course, beside=None)
        elif word.any(Kind.SINCE):
            course = replace(course, elsewhere=word)
        elif word.any(Kind.LIST) and not numbers:
            course = into_parts(course)
    among = stretch.words[-1].any(Kind.AMONG) and not numbers
    apart = next((w for w in stretch.words if among and w.any(Kind.ELSEWHERE)), None)
    if apart:
        course = replace(course, beside=apart)
    years = [word.year for word in stretch.words if word.any(Kind.YEAR)]
    if years and all(word.any(*SKIPPED) for word in stretch.words):
        course = replace(course, year=years[-1])
    elsewhere = next((w for w in stretch.words if w.any(Kind.ELSEWHERE)), None)
    if elsewhere and all(_only_says_where(word) for word in stretch.words):
        course = replace(course, elsewhere=elsewhere)
    return course


def into_parts(course: Course) -> Course:
    """The course where a list of parts opens, of the count just before."""
    counted = replace(course.counted, whole=course.counted.base)
    apart = replace(course.apart, beside=None) if course.apart else None
    return replace(course, in_parts=True, counted=counted, apart=apart)


def _only_says_where(word: Word) -> bool:
    if word.any(Kind.TEXT):
        return word.text.isdigit()
    return word.any(Kind.ELSEWHERE, *SKIPPED) and not word.any(Kind.OFFICE)


def named(spoken: tuple[Topic, ...], topic: Topic | None) -> tuple[Topic, ...]:
    """The topics that have been named, when this one is named again."""
    return (*(one for one in spoken if one is not topic), topic) if topic else spoken
