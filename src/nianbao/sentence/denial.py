"""What a sentence says there was none of: 未收到申请, 均未发生复议.

Knows that a negation belongs to its verb and reaches its objects, through a list
of them, up to the next stop. What stands in between and is not known makes it
say something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.form.claim import Claim, Sort, Topic
from nianbao.sentence.course import JOINING, Course
from nianbao.sentence.language import Kind
from nianbao.sentence.phrase import SKIPPED, Phrase, first_of
from nianbao.sentence.said import Denied
from nianbao.sentence.words import Stretch, Word

PASSED = (*SKIPPED, Kind.AND, Kind.BECAUSE, Kind.GROUND, Kind.ENDS)
"""What may stand between a negation and its objects."""
_OWNING = (Kind.NOUN, Kind.AGAIN, Kind.CLAIM)
_ELSEWHERE = (Kind.NARROW, Kind.ELSEWHERE, Kind.BESIDES, Kind.SINCE)


def read(stretches: Sequence[Stretch], at: int, course: Course) -> Course:
    """The course with what the stretch at index `at` denies."""
    words = stretches[at].words
    for n, word in enumerate(words):
        if word.any(Kind.NOT):
            objects = _objects(stretches, at, n)
        elif word.any(Kind.NONE):
            objects = _subjects(stretches, at, n)
        else:
            continue
        apart = first_of(words[:n], course.topic, *_ELSEWHERE)
        counted = any(w.quantity and w.quantity.value > 1 for w in words[n:])
        if objects and not apart and not counted:
            course = _told(course, [word, *objects], _year(words, course))
    return course


def _year(words: Sequence[Word], course: Course) -> int:
    return next((w.year for w in reversed(words) if w.any(Kind.YEAR)), course.year)


def _told(course: Course, words: Sequence[Word], year: int) -> Course:
    """The course with the denial of these words, the negation among them."""
    claims = list(_claims(words, course))
    if year != course.this_year:
        return course.tell(course.only_year) if claims and course.only_year else course
    start, end = min(w.start for w in words), max(w.end for w in words)
    return course.tell(*(Denied(claim.readings[0], start, end, claim) for claim, _ in claims))


def _objects(stretches: Sequence[Stretch], at: int, n: int) -> list[Word]:
    """The nouns and claims that a negation reaches, [] where it is not plain what it denies."""
    found: list[list[Word]] = [[]]
    for further, stretch in enumerate(stretches[at:]):
        words = stretch.words if further else stretch.words[n + 1 :]
        if further and stretch.before != JOINING:
            break
        joined = bool(further)
        for word in words:
            if word.any(*_OWNING):
                before = found[-1][-1:]
                if before and not joined and word.any(Kind.NOUN) and before[0].any(Kind.NOUN):
                    found.append([])
                found[-1].append(word)
                joined = False
            elif word.any(Kind.AND):
                joined = True
            elif word.any(Kind.OTHER) and joined and any(found):
                return found[-1]
            elif word.quantity and word.quantity.value == 1:
                continue
            elif not word.any(*PASSED):
                return []
    verbs = [w for group in found[:-1] for w in group if w.any(Kind.CLAIM) and not w.any(Kind.NOUN)]
    return [*verbs, *found[-1]]


def _subjects(stretches: Sequence[Stretch], at: int, n: int) -> list[Word]:
    """The nouns before 均未发生, through a list."""
    found: list[Word] = []
    words = stretches[at].words[:n]
    while True:
        for word in reversed(words):
            if word.any(*_OWNING):
                found.append(word)
            elif not word.any(*PASSED):
                return found[::-1] if found and found[-1].any(Kind.NOUN) else []
        if stretches[at].before != JOINING or at == 0:
            return found[::-1]
        at -= 1
        words = stretches[at].words


def _claims(words: Sequence[Word], course: Course) -> Iterator[tuple[Claim, Topic]]:
    """The claims whose cells are 0, each with its topic."""
    nouns = [topic for word in words if (topic := word.topic(Kind.NOUN))]
    for topic in dict.fromkeys(nouns) if nouns else _resumed(words, course):
        own = [(w, claim) for w in words for claim in w.claims(topic)]
        said = [claim for w, claim in own if not w.any(Kind.NOUN)]
        if any(not claim.none for claim in said):
            continue
        carried = [claim for claim in said if claim.sort is not Sort.WHOLE]
        claims = carried or said or [claim for _, claim in own if claim.none]
        yield from ((claim, topic) for claim in dict.fromkeys(claims))


def _resumed(words: Sequence[Word], course: Course) -> list[Topic]:
    """The topic of a denial that names none."""
    again = Phrase(tuple(words)).again()
    topic = course.topic or next((t for t in reversed(course.spoken) if t in again), None)
    if topic is None and not course.shut and course.spoken:
        topic = course.spoken[-1]
    return [topic] if topic else []
