"""What a sentence says was all there is: 均已办结 leaves nothing carried over.

Knows that “all” is all of what has just been counted, and that what is excepted
or set aside before makes it all of something else. Knows no report.
"""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.form.claim import Claim, Sort, Topic
from nianbao.sentence.course import Course
from nianbao.sentence.denial import PASSED
from nianbao.sentence.language import Kind
from nianbao.sentence.phrase import SKIPPED, first_of
from nianbao.sentence.said import Denied, Statement
from nianbao.sentence.words import Stretch, Word

_APART = (Kind.REST, Kind.BESIDES, Kind.EACH)


def read(stretches: Sequence[Stretch], at: int, course: Course) -> Course:
    """The course with what “all” in the stretch at index `at` leaves no room for."""
    words = stretches[at].words
    n = next((n for n, word in enumerate(words) if word.any(Kind.ALL)), None)
    if n is None or course.year != course.this_year or course.shut:
        return course
    topic = course.topic or next(reversed(course.spoken), None)
    verb = _verb(words[n + 1 :])
    if topic is None or verb is None:
        return course
    claim = next((claim for claim in verb.claims(topic) if claim.none_if_all), None)
    if claim is None or first_of(words[:n], topic, *_APART, Kind.NARROW, Kind.ELSEWHERE):
        return course
    if any(_sets_apart(word) for stretch in stretches[: at + 1] for word in stretch.words):
        return course
    at_verb = words.index(verb)
    of_two = any(word.any(Kind.AND) for word in words[at_verb + 1 : at_verb + 2])
    if of_two and claim.sort is Sort.PART:
        return course
    between = words[n + 1 : at_verb]
    return _told(course, claim, topic, words[: n + 1], between, verb)


def _verb(behind: Sequence[Word]) -> Word | None:
    """The word that says what all of it is, where nothing unknown stands before it."""
    if any(word.quantity for word in behind):
        return None
    found = next((word for word in behind if not word.any(*PASSED) or word.any(Kind.CLAIM)), None)
    return found if found and found.any(Kind.CLAIM) else None


def _told(
    course: Course,
    claim: Claim,
    topic: Topic,
    up_to_all: Sequence[Word],
    between: Sequence[Word],
    verb: Word,
) -> Course:
    if course.counted.last is None and course.counted.base is not None:
        return course
    counts = [stated for stated in course.statements if stated.topic is topic]
    whole = next((s for s in reversed(counts) if s.claim.sort is not Sort.CARRY), None)
    if (counts and whole is None) or (whole and whole.claim is claim):
        return course
    if whole is None and _says_how(up_to_all[:-1], between):
        return course
    return course.tell(_denied(claim, up_to_all[-1], verb, whole))


def _denied(claim: Claim, all_: Word, verb: Word, whole: Statement | None) -> Denied:
    return Denied(claim.none_if_all, all_.start, verb.end, claim, whole)


def _sets_apart(word: Word) -> bool:
    return word.any(*_APART) and not word.any(Kind.ELSEWHERE, Kind.NARROW)


def _says_how(before: Sequence[Word], between: Sequence[Word]) -> bool:
    """True for 申请均依法答复: how they are answered, not that they have been."""
    bare = bool(before) and all(word.any(Kind.NOUN, Kind.AGAIN, *SKIPPED) for word in before)
    return bare and not any("已" in word.text for word in between)
