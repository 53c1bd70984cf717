"""One number: the course behind it, with what it tells.

Knows what a number can be, and in which order that is asked: money, one of
several behind 分别, a percentage, last year's, a change, a count. Knows no cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.chinese.numeral import PERCENT, Quantity
from nianbao.form.claim import Claim, Sort, Topic
from nianbao.sentence import comparison, phrase, statement, sums
from nianbao.sentence.course import Apart, Counted, Course, into_parts
from nianbao.sentence.language import Kind
from nianbao.sentence.phrase import Phrase, first_of
from nianbao.sentence.place import Place
from nianbao.sentence.said import Misdated, ShareInText, Statement, Unread
from nianbao.sentence.words import Word


def read(place: Place, course: Course) -> Course:
    """The course behind a number."""
    if place.quantity.unit in course.money:
        return course
    course = _into_parts(place, course)
    if course.each:
        return course.tell(Unread(place.quantity, "“分别”“各”后面的数对不上各自的词"))
    if place.quantity.unit == PERCENT:
        return comparison.of_percent(place, course)
    course, here = _in_year(place, course)
    if comparison.is_before(place, here):
        return replace(course, counted=replace(course.counted, before=place.quantity))
    reached = any(word.any(Kind.UP_TO) for word in place.front)
    if comparison.changes(place.front) and not reached:
        told = comparison.of_change(place, here)
        return replace(told, year=course.year)
    start = comparison.starts_from(place.front)
    if start is not None:
        held = phrase.before(place.front[:start])
        held = held if held.owners else course.held or held
        return replace(course, held=held, counted=Counted(before=place.quantity))
    return _counted(place, course, here, before=course.counted.before if reached else None)


def _into_parts(place: Place, course: Course) -> Course:
    """The course where 其中, 包括, 分别 or 各 stands in front of a number."""
    front = place.front
    lists = bool(front) and front[0].any(Kind.EACH) and not comparison.changes(front)
    if lists or first_of(front, None, Kind.LIST):
        course = into_parts(course)
    if first_of(front[1:] if lists else front, None, Kind.EACH):
        course = replace(course, each=True)
    return course


def _in_year(place: Place, course: Course) -> tuple[Course, Course]:
    """The course, and the course in the year that the number is of."""
    year = next((word.year for word in reversed(place.front) if word.any(Kind.YEAR)), 0)
    if year:
        return course, replace(course, year=year)
    if any(word.any(Kind.NOW) for word in place.front):
        course = replace(course, year=course.this_year)
    return course, course


def _counted(place: Place, course: Course, here: Course, before: Quantity | None) -> Course:
    """The course behind a count; `here` is in its year, `before` the same a year ago."""
    if _names_anew(place, course):
        several = course.counted.last is not None and "、" in course.counted.last.name
        course, here = _without_last(course), _without_last(here)
        if several:
            return course.tell(Unread(place.quantity, "前面的总数说的不止一样"))
    found = statement.of(place, here)
    whole = _whole(place, course)
    verbs = course.counted.verbs if course.in_parts else _verbs(place)
    if not isinstance(found, Statement):
        rest = first_of(place.front, None, Kind.REST) is not None
        told = found if isinstance(found, Misdated) else Unread(place.quantity, found)
        course = _set_aside(course.tell(told), place)
        return replace(course, counted=Counted(place.quantity, None, before, whole, verbs, rest))
    course = replace(course, told=sums.including(course.told, place, found))
    whole_again = found.claim.sort is Sort.WHOLE or found.claim.sort is Sort.PLAIN
    return replace(
        course.tell(found),
        year=here.year,
        topic=found.topic,
        apart=None if whole_again else course.apart,
        row=course.row if found.claim.letters else found,
        held=None,
        counted=Counted(place.quantity, found, before, whole, verbs),
    )


def _names_anew(place: Place, course: Course) -> bool:
    """True where the count in front was of more: 争议14件，其中这一类的6件."""
    met, last = phrase.before(place.front), course.counted.last
    if not course.in_parts or last is None or met.noun():
        return False
    return any(w.claims(last.topic) for w in met.owners if last.topic in w.topics(Kind.AGAIN))


def _without_last(course: Course) -> Course:
    """The course with its last count taken back."""
    last = course.counted.last
    assert last
    why = "后面说了其中哪些才是"
    told = tuple(Unread(one.quantity, why) if one is last else one for one in course.told)
    return replace(course, told=told, counted=replace(course.counted, last=None))


def _verbs(place: Place) -> tuple[Claim, ...]:
    """What the words in front of a number say of it, where it is not only a part."""
    if first_of(place.front, None, Kind.NARROW, Kind.ELSEWHERE):
        return ()
    words = [word for word in place.front if not word.any(Kind.NOUN)]
    return tuple(m.claim for word in words for m in word.meanings if m.claim)


def _whole(place: Place, course: Course) -> Quantity | None:
    """What the number, or the next, is a part of."""
    back = place.back
    named = any(word.any(Kind.NOUN, Kind.AGAIN) for word in back)
    among = bool(back) and back[-1].any(Kind.AMONG) and (named or not place.last)
    if among or (back and back[0].any(Kind.AMONG)):
        return place.quantity
    listed = any(isinstance(one, ShareInText) for one in course.told)
    return course.counted.whole if course.in_parts or listed else None


def _set_aside(course: Course, place: Place) -> Course:
    """The course behind a number that was not read: what it spoke of may go on."""
    front = place.front
    met = phrase.before(front)
    narrow = first_of(front, course.topic, Kind.NARROW)
    ends = _is_another_matter(met, front) or (narrow is not None and _is_part(met, met.noun()))
    return replace(
        course,
        elsewhere=_other_cause(met, front) or course.elsewhere,
        beside=first_of(front, course.topic, Kind.ELSEWHERE) or course.beside,
        apart=_apart(place, met, course, narrow is not None),
        listed_apart=course.listed_apart or narrow is not None or _spreads(met),
        topic=None if ends else course.topic,
        shut=course.shut or ends,
    )


def _apart(place: Place, met: Phrase, course: Course, narrow: bool) -> Apart | None:
    """The count that was not read, where a word says of which part it is."""
    if not narrow and not _says_which(met, place.front):
        return course.apart
    topic = met.noun() or course.topic
    part = (
        next((c for c in phrase.chosen(met, topic) if c.sort is Sort.PART), None) if topic else None
    )
    spreads = narrow or met.owners[:1] == () or met.owners[0].any(Kind.NOUN, Kind.AGAIN)
    return Apart(place.stretch.depth, None if spreads else part)


def _is_another_matter(met: Phrase, front: Sequence[Word]) -> bool:
    """True where an unknown word makes the thing another: 党内的文件."""
    if not _is_strange(met):
        return False
    if met.owners:
        return _is_another_thing(met)
    verbs = [m for word in front if not word.any(Kind.NOUN) for m in word.meanings]
    return any(m.claim and m.claim.sort is Sort.WHOLE for m in verbs)


def _spreads(met: Phrase) -> bool:
    """True where what tells a thing apart is of the rest of its list too: 党内的文件9件、其他文件8件."""
    qualified = met.end is not None and met.end.any(Kind.TEXT, Kind.NARROW)
    return qualified and bool(met.owners) and met.owners[0].any(Kind.NOUN, Kind.AGAIN)


def _is_another_thing(met: Phrase) -> bool:
    return _is_strange(met) and bool(met.owners) and met.owners[0].any(Kind.NOUN, Kind.AGAIN)


def _is_strange(met: Phrase) -> bool:
    """True where an unknown word ends the phrase."""
    return met.end is not None and met.end.any(Kind.TEXT)


def _other_cause(met: Phrase, front: Sequence[Word]) -> Word | None:
    """The unknown words of a cause: 因征收引起的争议."""
    caused = bool(front) and front[0].any(Kind.BECAUSE) and met.noun() is not None
    return met.end if caused and _is_strange(met) else None


def _says_which(met: Phrase, front: Sequence[Word]) -> bool:
    """True where an unknown word stands by what it tells apart: 企业提交的6件, 征收类争议9件."""
    return _is_strange(met) and any(
        word.any(Kind.NOUN, Kind.AGAIN)
        or any(m.claim and m.claim.sort is Sort.PART for m in word.meanings)
        for word in front
    )


def _is_part(met: Phrase, topic: Topic | None) -> bool:
    return topic is not None and any(c.sort is Sort.PART for c in phrase.chosen(met, topic))
