"""What a sentence says there was none of, or nothing but: 未收到申请, 均已答复.

Knows that a negation belongs to its verb and reaches its objects, through a
list of them, up to the next stop; and that “all” is all of what has just been
counted. What stands in between and is not known makes it say something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.form.claim import Claim, Sort, Topic
from nianbao.sentence.course import JOINING, Course
from nianbao.sentence.phrase import SKIPPED, Phrase, first_of
from nianbao.sentence.said import Denied, Misdated, Said
from nianbao.sentence.words import Kind, Stretch, Word

_PASSED = (*SKIPPED, Kind.AND, Kind.BECAUSE, Kind.ENDS)
_OWNING = (Kind.NOUN, Kind.AGAIN, Kind.CLAIM)
_PARTLY = (Kind.REST, Kind.BESIDES, Kind.NARROW, Kind.ELSEWHERE, Kind.EACH)


def read(said: Said, at: int, course: Course) -> None:
    """Keep what the stretch at index `at` denies."""
    stretch = said.stretches[at]
    words = stretch.words
    year = next((w.year for w in reversed(words) if w.any(Kind.YEAR)), course.year)
    for n, word in enumerate(words):
        if word.any(Kind.NOT):
            objects = _objects(said, at, n)
            found = list(_denied(objects, course))
        elif word.any(Kind.NONE):
            objects = _subjects(said, at, n)
            found = list(_denied(objects, course))
        else:
            continue
        if first_of(words[:n], course.topic, Kind.NARROW, Kind.ELSEWHERE, Kind.BESIDES, Kind.SINCE):
            continue
        if not found or _counted_behind(words[n:]):
            continue
        start = min(word.start, *(w.start for w in objects))
        end = max(word.end, *(w.end for w in objects))
        _keep(said, found, start, end, year, course)
    _all(said, at, course)


def _keep(
    said: Said, claims: list[tuple[Claim, Topic]], start: int, end: int, year: int, course: Course
) -> None:
    offset = said.sentence.start
    if year == course.this_year:
        said.denied += [
            Denied(claim.readings[0], offset + start, offset + end, claim) for claim, _ in claims
        ]
    else:
        misdate(said)


def misdate(said: Said) -> None:
    """Keep the year of a sentence that counts another year as if it were this one."""
    words = [word for stretch in said.stretches for word in stretch.words]
    years = [word for word in words if word.any(Kind.YEAR)]
    other = (Kind.SINCE, Kind.NOW, Kind.COMPARED)
    if len(years) == 1 and not any(word.any(*other) for word in words):
        start = said.sentence.start + years[0].start
        said.misdated.append(Misdated(years[0].year, start, start + len(years[0].text)))


def _objects(said: Said, at: int, n: int) -> list[Word]:
    """The nouns and claims that a negation reaches, [] where it is not plain what it denies."""
    found: list[list[Word]] = [[]]
    stretches = said.stretches[at:]
    for further, stretch in enumerate(stretches):
        words = stretch.words[n + 1 :] if not further else stretch.words
        if further and stretch.before != JOINING:
            break
        joined = bool(further)
        for word in words:
            if word.any(*_OWNING):
                if (
                    found[-1]
                    and not joined
                    and word.any(Kind.NOUN)
                    and found[-1][-1].any(Kind.NOUN)
                ):
                    found.append([])
                found[-1].append(word)
                joined = False
            elif word.any(Kind.AND):
                joined = True
            elif word.any(Kind.OTHER) and joined and any(found):
                return list(found[-1])
            elif word.quantity and not word.quantity.value - 1:
                continue
            elif not word.any(*_PASSED):
                return []
    verbs = [w for group in found[:-1] for w in group if w.any(Kind.CLAIM) and not w.any(Kind.NOUN)]
    return [*verbs, *found[-1]]


def _subjects(said: Said, at: int, n: int) -> list[Word]:
    """The nouns before 均未发生, through a list."""
    found: list[Word] = []
    words = said.stretches[at].words[:n]
    while True:
        for word in reversed(words):
            if word.any(*_OWNING):
                found.append(word)
            elif not word.any(*_PASSED):
                return found[::-1] if found and found[-1].any(Kind.NOUN) else []
        if said.stretches[at].before != JOINING or at == 0:
            return found[::-1]
        at -= 1
        words = said.stretches[at].words


def _denied(objects: Sequence[Word], course: Course) -> Iterator[tuple[Claim, Topic]]:
    """The claims whose cells are 0, each with its topic."""
    nouns = [w for w in objects if w.any(Kind.NOUN)]
    topics = list(dict.fromkeys(t for w in nouns if (t := w.topic(Kind.NOUN))))
    if not topics:
        again = Phrase(tuple(objects)).again()
        topic = course.topic or (again if again in course.spoken else None)
        if topic is None and not course.shut and course.spoken:
            topic = course.spoken[-1]
        topics = [topic] if topic else []
    for topic in topics:
        own = [(w, claim) for w in objects for claim in w.claims(topic)]
        said = [claim for w, claim in own if not w.any(Kind.NOUN)]
        if any(not claim.none for claim in said):
            continue
        carried = [claim for claim in said if claim.sort is not Sort.WHOLE]
        claims = carried or said or [claim for w, claim in own if claim.none]
        yield from ((claim, topic) for claim in dict.fromkeys(claims))


def _counted_behind(words: Sequence[Word]) -> bool:
    return any(word.quantity and word.quantity.value > 1 for word in words)


def _all(said: Said, at: int, course: Course) -> None:
    """Keep what 均已办结 and the like leave no room for."""
    words = said.stretches[at].words
    n = next((n for n, word in enumerate(words) if word.any(Kind.ALL)), None)
    if n is None or course.year != course.this_year:
        return
    behind = words[n + 1 :]
    met = next((w for w in behind if w.any(Kind.CLAIM)), None)
    passed = behind[: behind.index(met)] if met else ()
    if met is None or not all(word.any(*_PASSED) for word in passed):
        return
    if any(word.quantity for word in behind):
        return
    topic = _topic_of_all(words[:n], course)
    if topic is None or first_of(words[:n], topic, *_PARTLY):
        return
    claims = [claim for claim in met.claims(topic) if claim.none_if_all]
    if not claims or (course.counted.last is None and course.counted.base is not None):
        return
    if any(
        word.any(*_PARTLY)
        for stretch in _level(said, at)
        for word in stretch.words
        if not word.any(Kind.ELSEWHERE, Kind.NARROW)
    ):
        return
    stated = [s for s in said.statements if s.topic is topic]
    whole = next((s for s in reversed(stated) if s.claim.sort is not Sort.CARRY), None)
    if stated and whole is None:
        return
    if whole is None and _says_how(words[:n], passed):
        return
    offset = said.sentence.start
    claim = claims[0]
    if whole and whole.claim is claim:
        return
    said.denied.append(
        Denied(claim.none_if_all, offset + words[n].start, offset + met.end, claim, whole)
    )


def _says_how(before: Sequence[Word], passed: Sequence[Word]) -> bool:
    """True for 申请均依法答复: how they are answered, not that they have been."""
    bare = bool(before) and all(word.any(Kind.NOUN, Kind.AGAIN, *SKIPPED) for word in before)
    return bare and not any("已" in word.text for word in passed)


def _topic_of_all(words: Sequence[Word], course: Course) -> Topic | None:
    if course.shut:
        return None
    return course.topic or (course.spoken[-1] if course.spoken else None)


def _level(said: Said, at: int) -> list[Stretch]:
    """The stretches of the sentence up to this one."""
    return said.stretches[: at + 1]
