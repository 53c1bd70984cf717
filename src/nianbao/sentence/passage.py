"""A passage sentence by sentence: what each says of the form's cells.

Knows how a topic is carried from number to number and taken up again in the
next sentence, and what a whole sentence makes unfit to be read. Knows no report:
whether it is so is for `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from nianbao.chinese.clause import Sentence, sentences
from nianbao.chinese.phrase import compiled
from nianbao.form.claim import Sum, Topic
from nianbao.sentence import denial, number, phrase, statement, sums, totality
from nianbao.sentence.course import JOINING, OPENING, Course, enter, named
from nianbao.sentence.distribution import one_by_one
from nianbao.sentence.language import Kind
from nianbao.sentence.phrase import Phrase
from nianbao.sentence.place import Place, places
from nianbao.sentence.said import Denied, Misdated, Said, Statement, Told, Unread
from nianbao.sentence.words import Stretch, Vocabulary, Word, stretches

MAX_CLAUSES = 200
"""A longer sentence is no sentence, and is not read."""
_What = tuple[str, str, tuple[Sum, ...]]
_SAYING = (Kind.NOT, Kind.NONE, Kind.ALL)
"""Without one of these, and without a number, a sentence says nothing of a cell."""
_COMPARING = (Kind.SINCE, Kind.NOW, Kind.COMPARED)


def opened_by(text: str, known: Vocabulary) -> tuple[Topic, ...]:
    """The topics that a heading names."""
    return tuple(t for t in known.claims.topics if compiled(t.opens, known.year).stands_in(text))


def read(text: str, known: Vocabulary, about: tuple[Topic, ...]) -> Iterator[Said]:
    """What a paragraph says, sentence by sentence.

    `text` as `wording.folded` gives it; `about` are the topics that its heading,
    or the one above it, has opened.
    """
    spoken = about
    for sentence in sentences(text, known.claims.counting):
        if len(sentence.clauses) > MAX_CLAUSES:
            continue
        cut = tuple(stretches(sentence, known))
        words = [word for stretch in cut for word in stretch.words]
        if any(word.quantity or word.any(*_SAYING) for word in words):
            course = _followed(one_by_one(cut), _begun(words, known, spoken))
            spoken = course.spoken
            yield Said(sentence, cut, _sifted(course.told, sentence, known))
        else:
            for word in words:
                if word.any(Kind.NOUN):
                    spoken = named(spoken, word.topic(Kind.NOUN))
            yield Said(sentence, cut)


def _begun(words: Sequence[Word], known: Vocabulary, spoken: tuple[Topic, ...]) -> Course:
    """The course before the first word, with what the whole sentence says of it."""
    return Course(
        known.year,
        known.year,
        spoken=spoken,
        money=known.claims.money,
        only_year=_only_year(words),
        with_carry=sums.counts_carry(words),
        carried=sums.carried(words),
    )


def _only_year(words: Sequence[Word]) -> Misdated | None:
    """The one year of a sentence that compares none."""
    years = [word for word in words if word.any(Kind.YEAR)]
    if len(years) != 1 or any(word.any(*_COMPARING) for word in words):
        return None
    return Misdated(years[0].year, years[0].start, years[0].end)


def _followed(cut: Sequence[Stretch], course: Course) -> Course:
    """The course behind the last stretch."""
    for n, stretch in enumerate(cut):
        further = cut[n + 1] if n + 1 < len(cut) else None
        goes_on = further is not None and further.before == JOINING and not further.numbers
        course = enter(course, stretch)
        course = _numbers(list(places(stretch, goes_on=goes_on)), stretch, course)
        course = totality.read(cut, n, denial.read(cut, n, course))
    return course


def _numbers(found: Sequence[Place], stretch: Stretch, course: Course) -> Course:
    """The course behind every number of a stretch, which are `found`."""
    if not found:
        return _waiting(course, stretch)
    for place in found:
        course = number.read(place, course)
    return replace(course, held=None, listed=(), before_brackets=_compares(found[-1].back))


def _waiting(course: Course, stretch: Stretch) -> Course:
    """The course behind a stretch without a number: its owners wait for the next that has one."""
    if stretch.depth and stretch.before in OPENING:
        return course
    met = phrase.before(stretch.words)
    course = statement.of_the_rest(met, course)
    clean = bool(met.owners) and not statement.narrowed(stretch.words, met, None)
    plain = met.end is None or met.end.any(Kind.AMONG)
    plain = plain or (met.end is not None and met.end.any(Kind.BECAUSE) and met.noun() is not None)
    listed = (*course.listed, *met.owners) if plain and (clean or course.listed) else ()
    return replace(
        course,
        held=met if clean else None,
        listed=listed if met.owners else (),
        because=_gives_reason(stretch, met, course),
        before_brackets=_compares(stretch.words),
    )


def _gives_reason(stretch: Stretch, met: Phrase, course: Course) -> bool:
    """True where 因 opens a reason that the stretch does not close with what it is the reason of."""
    if course.because and stretch.before == JOINING:
        return True
    return stretch.words[0].any(Kind.BECAUSE) and met.noun() is None


def _compares(words: Sequence[Word]) -> bool:
    return bool(words) and words[-1].any(Kind.COMPARED, Kind.BEFORE, Kind.YEAR)


def _sifted(told: tuple[Told, ...], sentence: Sentence, known: Vocabulary) -> tuple[Told, ...]:
    """`told` without topics that the sentence is not about, and without what is said of two numbers."""
    out = [topic for topic in known.claims.topics if _not_about(topic, told, sentence, known)]
    values: dict[_What, set[Decimal]] = {}
    for one in told:
        if isinstance(one, Statement):
            values.setdefault(_what(one), set()).add(one.quantity.value)
    kept: list[Told] = []
    for one in told:
        if isinstance(one, Statement) and one.topic in out:
            kept.append(Unread(one.quantity, "整句说的是别的口径"))
        elif isinstance(one, Statement) and len(values[_what(one)]) > 1:
            kept.append(Unread(one.quantity, "一句里说了两个不同的数"))
        elif not (isinstance(one, Denied) and any(one.claim in topic.claims for topic in out)):
            kept.append(one)
    return tuple(kept)


def _what(stated: Statement) -> _What:
    return stated.topic.name, stated.claim.name, stated.readings


def _not_about(topic: Topic, told: Sequence[Told], sentence: Sentence, known: Vocabulary) -> bool:
    spoken = any(
        (isinstance(one, Statement) and one.topic is topic)
        or (isinstance(one, Denied) and one.claim in topic.claims)
        for one in told
    )
    unread = topic.sentence_unread
    return spoken and bool(unread) and compiled(unread, known.year).stands_in(sentence.text)
