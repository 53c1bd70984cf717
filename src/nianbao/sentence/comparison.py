"""Percentages and changes: 占38.8%, 比上年增加8件, 增长20%.

Knows what a percentage is of and what a change is from: the count in front, the
number in brackets beside it, the words of its own. Knows no cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.chinese.numeral import Quantity
from nianbao.form.claim import Claim, Sort, Topic
from nianbao.sentence import phrase
from nianbao.sentence.course import OPENING, Counted, Course
from nianbao.sentence.language import Kind
from nianbao.sentence.phrase import SKIPPED, first_of
from nianbao.sentence.place import Place
from nianbao.sentence.said import Growth, GrowthInText, Share, ShareInText, Unread
from nianbao.sentence.words import Word

CHANGES = (Kind.MORE, Kind.FEWER)
_WHOLE = (*SKIPPED, Kind.NOUN, Kind.AGAIN, Kind.CLAIM, Kind.AMONG)
"""What may stand between 占 and its percentage."""


def of_percent(place: Place, course: Course) -> Course:
    """The course behind a percentage."""
    if changes(place.front):
        told = growth(place, course) or Unread(place.quantity, "看不出是哪个数比上年的")
        course = course.tell(told)
        return replace(course, counted=replace(course.counted, compared=True))
    return course.tell(share(place, course) or Unread(place.quantity, "看不出是哪个数占哪个数"))


def of_change(place: Place, course: Course) -> Course:
    """The course behind a number by which something has changed."""
    base, grown = course.counted.base, growth(place, course)
    if grown and base and grown.quantity.unit == base.unit:
        course = course.tell(grown)
    return replace(course, counted=replace(course.counted, compared=True))


def is_before(place: Place, course: Course) -> bool:
    """True for last year's number that stands beside a count: （上年40件）, 比2024年（40件）."""
    base, front = course.counted.base, place.front
    if not base or base.unit != place.quantity.unit or not base.end <= place.quantity.start:
        return False
    if not all(word.any(Kind.EMPTY, Kind.YEAR, Kind.BEFORE, Kind.COMPARED) for word in front):
        return False
    if first_of(front, None, Kind.COMPARED, Kind.BEFORE):
        return True
    last_year = bool(front) and course.year == course.this_year - 1
    return place.stretch.before in OPENING and (course.before_brackets or last_year)


def starts_from(front: Sequence[Word]) -> int | None:
    """Where 由 stands in 由上年的3件, None where nothing is said to start from the number."""
    for n in reversed(range(len(front))):
        if front[n].any(Kind.FROM):
            return n
        if not front[n].any(*SKIPPED, Kind.BEFORE):
            return None
    return None


def changes(front: Sequence[Word]) -> bool:
    """True where the words in front of a number say that it is a change."""
    return bool(front) and any(word.any(Kind.COMPARED, *CHANGES) for word in front)


def growth(place: Place, course: Course) -> Growth | GrowthInText | None:
    """The change that a number tells, where it is plain what has changed."""
    counted, front, quantity = course.counted, place.front, place.quantity
    sign = next((1 if w.any(Kind.MORE) else -1 for w in reversed(front) if w.any(*CHANGES)), 0)
    said_since = first_of(front, None, Kind.COMPARED) or counted.compared or counted.before
    astray = first_of(front, None, Kind.NARROW, Kind.ELSEWHERE, Kind.TEXT, Kind.OTHER)
    if not sign or not said_since or astray or not counted.base or quantity.approximate:
        return None
    if counted.before and counted.before.value:
        return GrowthInText(quantity, sign, counted.base, counted.before)
    if counted.last and course.year == course.this_year:
        return Growth(counted.last.name, quantity, sign, counted.last.readings)
    return None


def share(place: Place, course: Course) -> Share | ShareInText | None:
    """What a percentage is of, where the words say that it is a share."""
    front, quantity = place.front, place.quantity
    at = next((n for n in reversed(range(len(front))) if front[n].any(Kind.SHARE)), None)
    alone = not front and place.stretch.depth > 0
    if (at is None and not alone) or quantity.approximate or course.year != course.this_year:
        return None
    whole = front[at + 1 :] if at is not None else ()
    if not all(word.any(*_WHOLE) for word in whole):
        return None
    own = phrase.before(front[:at] if at is not None else ())
    topic = own.noun() or course.topic or next(reversed(course.spoken), None)
    if own.owners and topic:
        if first_of(front, topic, Kind.NARROW, Kind.ELSEWHERE):
            return None
        return _of_claims(phrase.chosen(own, topic), quantity, all_=_of_all(whole, topic))
    if own.owners or (own.end and not own.end.any(Kind.LIST)):
        return None
    last = course.counted.last
    if last and last.claim.shares:
        many = last.claim.letters or _of_all(whole, last.topic)
        wholes = last.claim.shares if many else last.claim.shares[:1]
        return Share(last.name, quantity, last.readings, wholes)
    return _in_text(quantity, course.counted)


def _of_claims(claims: Sequence[Claim], quantity: Quantity, *, all_: bool) -> Share | None:
    """The share of claims named in front of a percentage; `all_` where it is said of what."""
    claims = [claim for claim in claims if claim.shares]
    if not claims:
        return None
    first = claims[0]
    readings = first.readings if first.letters else first.readings[:1]
    if len(claims) > 1:
        readings = (tuple(dict.fromkeys(c for one in claims for c in one.readings[0])),)
    wholes = first.shares if first.letters or all_ else first.shares[:1]
    return Share("、".join(c.name for c in claims), quantity, readings, wholes)


def _in_text(quantity: Quantity, counted: Counted) -> ShareInText | None:
    """The share of the number in front in what it is a part of, as the text has both."""
    part, whole = counted.base, counted.whole
    if not part or not whole or not whole.value or part.approximate or whole.approximate:
        return None
    return ShareInText(quantity, part, whole)


def _of_all(whole: Sequence[Word], topic: Topic) -> bool:
    """True where the words say of which whole."""
    return any(
        word.any(Kind.NOUN, Kind.AGAIN)
        or any(claim.sort is Sort.WHOLE for claim in word.claims(topic))
        for word in whole
    )
