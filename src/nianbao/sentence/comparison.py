"""Percentages and changes: 占38.8%, 比上年增加8件, 增长20%.

Knows what a percentage is of and what a change is from: the count in front, the
number in brackets beside it, the words of its own. Knows no cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.chinese.numeral import Quantity
from nianbao.form.claim import Sort, Topic
from nianbao.sentence import phrase
from nianbao.sentence.course import Course
from nianbao.sentence.phrase import SKIPPED, first_of
from nianbao.sentence.said import Growth, GrowthInText, Share, ShareInText
from nianbao.sentence.words import Kind, Stretch, Word

CHANGES = (Kind.MORE, Kind.FEWER)


def changes(front: Sequence[Word]) -> bool:
    """True where the words in front of a number say that it is a change."""
    return bool(front) and any(word.any(Kind.COMPARED, *CHANGES) for word in front)


def growth(
    front: Sequence[Word], quantity: Quantity, course: Course
) -> Growth | GrowthInText | None:
    """The change that a number tells, where it is plain what has changed."""
    counted = course.counted
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


def share(
    front: Sequence[Word], quantity: Quantity, course: Course, stretch: Stretch
) -> Share | ShareInText | None:
    """What a percentage is of, where the words say that it is a share."""
    at = next((n for n in reversed(range(len(front))) if front[n].any(Kind.SHARE)), None)
    alone = not front and (stretch.depth > 0)
    if (at is None and not alone) or quantity.approximate or course.year != course.this_year:
        return None
    whole = front[at + 1 :] if at is not None else ()
    known = (*SKIPPED, Kind.NOUN, Kind.AGAIN, Kind.CLAIM, Kind.AMONG)
    if not all(word.any(*known) for word in whole):
        return None
    own = phrase.before(front[:at] if at is not None else ())
    topic = own.noun() or course.topic or next(reversed(course.spoken), None)
    if own.owners and topic:
        claims = [c for c in phrase.chosen(own, topic) if c.shares]
        if not claims or first_of(front, topic, Kind.NARROW, Kind.ELSEWHERE):
            return None
        readings = claims[0].readings[:1]
        if len(claims) > 1:
            readings = (tuple(dict.fromkeys(c for one in claims for c in one.readings[0])),)
        elif claims[0].letters:
            readings = claims[0].readings
        wholes = (
            claims[0].shares if claims[0].letters or _of_all(whole, topic) else claims[0].shares[:1]
        )
        return Share("、".join(c.name for c in claims), quantity, readings, wholes)
    if own.owners or (own.end and not own.end.any(Kind.LIST)):
        return None
    counted = course.counted
    if counted.last and counted.last.claim.shares:
        shares = counted.last.claim.shares
        many = counted.last.claim.letters or _of_all(whole, counted.last.topic)
        return Share(
            counted.last.name, quantity, counted.last.readings, shares if many else shares[:1]
        )
    part, all_ = counted.base, counted.whole
    if not part or not all_ or not all_.value or part.approximate or all_.approximate:
        return None
    return ShareInText(quantity, part, all_)


def _of_all(whole: Sequence[Word], topic: Topic) -> bool:
    """True where the words say of which whole."""
    return any(
        word.any(Kind.NOUN, Kind.AGAIN)
        or any(claim.sort is Sort.WHOLE for claim in word.claims(topic))
        for word in whole
    )
