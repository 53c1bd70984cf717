"""What a sentence says of the form's cells.

Knows how the topic is carried over the numbers of a sentence and taken up again
in the paragraph, and which phrase (`phrase`) around a number makes it a count of
which cells. What cannot be attached is not read, and why is kept. Knows no
report: whether it is so is for `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from nianbao.chinese.clause import sentences
from nianbao.chinese.numeral import PERCENT, Quantity
from nianbao.chinese.phrase import compiled
from nianbao.form.claim import Claim, Sort, Sum, Topic, in_columns
from nianbao.sentence import comparison, denial, phrase
from nianbao.sentence.course import JOINING, Counted, Course, enter
from nianbao.sentence.phrase import SKIPPED, Phrase, first_of
from nianbao.sentence.said import Said, ShareInText, Statement, Unread
from nianbao.sentence.words import Kind, Stretch, Vocabulary, Word, stretches

MAX_CLAUSES = 200
"""A longer sentence is no sentence, and is not read."""
_BRACKETS = ("（", "(")
_BESIDE = (Kind.INCLUDE, Kind.LIST, Kind.REST)


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
        said = Said(sentence, stretches(sentence, known))
        course = Course(known.year, known.year, spoken=spoken, money=known.claims.money)
        for n, stretch in enumerate(said.stretches):
            course = _numbers(said, n, enter(course, stretch))
            denial.read(said, n, course)
        spoken = course.spoken
        _drop(said, known)
        yield said


def _drop(said: Said, known: Vocabulary) -> None:
    """Drop what is of a topic that the whole sentence is not about, or said twice with two numbers."""
    out = {
        topic.name
        for topic in known.claims.topics
        if topic.sentence_unread
        and compiled(topic.sentence_unread, known.year).stands_in(said.sentence.text)
    }
    values: dict[tuple[str, str], set[Decimal]] = {}
    for stated in said.statements:
        values.setdefault((stated.topic.name, stated.claim.name), set()).add(stated.quantity.value)
    for stated in said.statements:
        several = len(values[stated.topic.name, stated.claim.name]) > 1
        if several or stated.topic.name in out:
            why = "一句里说了两个不同的数" if several else "整句说的是别的口径"
            said.unread.append(Unread(stated.quantity, why))
    dropped = {unread.quantity for unread in said.unread}
    said.statements = [s for s in said.statements if s.quantity not in dropped]
    names = {claim.name for t in known.claims.topics if t.name in out for claim in t.claims}
    said.denied = [denied for denied in said.denied if denied.claim.name not in names]


# --- the numbers of a stretch ------------------------------------------------------


def _numbers(said: Said, at: int, course: Course) -> Course:
    """Read every number of a stretch; a stretch without one may hold words for the next."""
    stretch = said.stretches[at]
    places = [n for n, word in enumerate(stretch.words) if word.quantity]
    if not places:
        return _hold(course, stretch)
    start = 0
    for place, following in zip(places, [*places[1:], len(stretch.words)], strict=True):
        front, back = stretch.words[start:place], stretch.words[place + 1 : following]
        quantity = stretch.words[place].quantity
        assert quantity
        last = following == len(stretch.words)
        course = _number(
            said, stretch, course, quantity=quantity, front=front, back=back, last=last
        )
        start = place + 1
    ends = stretch.words[places[-1] + 1 :]
    return replace(course, held=None, listed=(), before_brackets=_compares(ends))


def _hold(course: Course, stretch: Stretch) -> Course:
    """Keep the owners of a stretch without a number for the stretch that brings it."""
    met = phrase.before(stretch.words)
    if stretch.depth and stretch.before in _BRACKETS:
        return course
    clean = met.owners and not _narrowed(stretch.words, met, course)
    goes_on = course.because and stretch.before == JOINING
    because = goes_on or stretch.words[0].any(Kind.BECAUSE)
    listed = (*course.listed, *met.owners) if clean and met.end is None else ()
    if course.listed and met.end is None and met.owners:
        listed = (*course.listed, *met.owners)
    return replace(
        course,
        held=met if clean else None,
        listed=listed,
        because=because,
        before_brackets=_compares(stretch.words),
    )


def _compares(words: Sequence[Word]) -> bool:
    return bool(words) and words[-1].any(Kind.COMPARED, Kind.BEFORE, Kind.YEAR)


def _number(
    said: Said,
    stretch: Stretch,
    course: Course,
    *,
    quantity: Quantity,
    front: Sequence[Word],
    back: Sequence[Word],
    last: bool,
) -> Course:
    counted = course.counted
    if quantity.unit in course.money:
        return course
    lists = bool(front) and front[0].any(Kind.EACH) and not comparison.changes(front)
    if lists or first_of(front, None, Kind.LIST):
        course = replace(course, in_parts=True, counted=replace(counted, whole=counted.base))
        counted = course.counted
    if first_of(front[1:] if lists else front, None, Kind.EACH):
        course = replace(course, each=True)
    if course.each:
        return _unread(said, course, quantity, "“分别”“各”后面的数对不上各自的词")
    if quantity.unit == PERCENT:
        return _percent(said, stretch, course, quantity=quantity, front=front)
    year = next((w.year for w in reversed(front) if w.any(Kind.YEAR)), None)
    if any(w.any(Kind.NOW) for w in front) and year is None:
        course = replace(course, year=course.this_year)
    here = replace(course, year=year) if year else course
    if _is_before(stretch, here, quantity, front):
        return replace(course, counted=replace(counted, before=quantity))
    reached = any(word.any(Kind.UP_TO) for word in front)
    if comparison.changes(front) and not reached:
        grown = comparison.growth(front, quantity, here)
        if grown and counted.base and grown.quantity.unit == counted.base.unit:
            said.growths.append(grown)
        return replace(course, counted=replace(counted, compared=True))
    start = _starts_from(front)
    if start is not None:
        held = phrase.before(front[:start])
        held = held if held.owners else course.held or held
        return replace(course, held=held, counted=Counted(before=quantity))
    found = _statement(said, stretch, here, quantity=quantity, front=front, back=back, last=last)
    listed = any(isinstance(share, ShareInText) for share in said.shares)
    whole = counted.whole if course.in_parts or listed else None
    if (back and back[0].any(Kind.AMONG)) or (
        len(back) > 1 and back[-1].any(Kind.AMONG) and not last
    ):
        whole = quantity
    keeps = counted.before if reached else None
    if isinstance(found, Statement):
        if year:
            course = replace(course, year=year)
        if _is_included(said, stretch, front, found, counted):
            both = tuple(dict.fromkeys((*said.statements[-1].readings[0], *found.readings[0])))
            whole_of = said.statements[-1]
            said.statements[-1] = replace(whole_of, readings=(*whole_of.readings, both))
        said.statements.append(found)
        return replace(
            course, topic=found.topic, held=None, counted=Counted(quantity, found, keeps, whole)
        )
    course = _set_aside(_unread(said, course, quantity, found), front)
    return replace(course, counted=Counted(quantity, None, keeps, whole))


def _set_aside(course: Course, front: Sequence[Word]) -> Course:
    """The course behind a number that was not read: what it spoke of may go on."""
    met = phrase.before(front)
    elsewhere = first_of(front, course.topic, Kind.ELSEWHERE)
    narrow = first_of(front, course.topic, Kind.NARROW)
    strange = met.end is not None and met.end.any(Kind.TEXT)
    noun = bool(met.owners) and met.owners[0].any(Kind.NOUN, Kind.AGAIN)
    whole = any(
        m.claim and m.claim.sort is Sort.WHOLE and not word.any(Kind.NOUN)
        for word in front
        for m in word.meanings
    )
    decided = met.noun() is not None and any(
        c.sort is Sort.PART for t in [met.noun()] if t for c in phrase.chosen(met, t)
    )
    other = strange and (noun or (whole and not met.owners))
    return replace(
        course,
        elsewhere=elsewhere or course.elsewhere,
        listed_apart=course.listed_apart or bool(narrow),
        topic=None if other or (narrow and decided) else course.topic,
        shut=bool(course.shut or other or (narrow and decided)),
    )


def _starts_from(front: Sequence[Word]) -> int | None:
    """Where 由 stands in 由上年的3件, None where nothing is said to start from the number."""
    for n in reversed(range(len(front))):
        if front[n].any(Kind.FROM):
            return n
        if not front[n].any(*SKIPPED, Kind.BEFORE):
            return None
    return None


def _is_included(
    said: Said, stretch: Stretch, front: Sequence[Word], found: Statement, counted: Counted
) -> bool:
    """True where a number is said to include the next: 甲5件（含乙1件）."""
    last = said.statements[-1] if said.statements else None
    return (
        last is not None
        and last is counted.last
        and first_of(front[:1], None, Kind.INCLUDE, Kind.LIST) is not None
        and last.claim.sort is Sort.PART
        and found.claim.sort is Sort.PART
        and not found.claim.letters
        and last.topic is found.topic
        and len(last.readings[0]) == 1 == len(found.readings[0])
    )


def _unread(said: Said, course: Course, quantity: Quantity, why: str) -> Course:
    said.unread.append(Unread(quantity, why))
    return course


def _is_before(stretch: Stretch, course: Course, quantity: Quantity, front: Sequence[Word]) -> bool:
    """True for last year's number that stands beside a count: （上年40件）, 比2024年（40件）."""
    base = course.counted.base
    if not base or base.unit != quantity.unit or not base.end <= quantity.start:
        return False
    told = front and front[-1].any(Kind.COMPARED, Kind.BEFORE)
    bracketed = stretch.before in _BRACKETS
    alone = all(word.any(Kind.EMPTY, Kind.YEAR, Kind.BEFORE, Kind.COMPARED) for word in front)
    last_year = course.year == course.this_year - 1
    beside = bracketed and alone and (course.before_brackets or (front and (told or last_year)))
    return bool(beside or (told and front[-1].any(Kind.COMPARED) and alone))


def _percent(
    said: Said, stretch: Stretch, course: Course, *, quantity: Quantity, front: Sequence[Word]
) -> Course:
    if comparison.changes(front):
        grown = comparison.growth(front, quantity, course)
        if grown:
            said.growths.append(grown)
        else:
            _unread(said, course, quantity, "看不出是哪个数比上年的")
        return replace(course, counted=replace(course.counted, compared=True))
    told = comparison.share(front, quantity, course, stretch)
    if told:
        said.shares.append(told)
        return course
    return _unread(said, course, quantity, "看不出是哪个数占哪个数")


# --- one count ---------------------------------------------------------------------


def _statement(
    said: Said,
    stretch: Stretch,
    course: Course,
    *,
    quantity: Quantity,
    front: Sequence[Word],
    back: Sequence[Word],
    last: bool,
) -> Statement | str:
    """What a count says, or why it is not read."""
    met = phrase.before(front)
    if course.listed and met.end is None and met.owners and stretch.before == JOINING:
        met = replace(met, owners=(*course.listed, *met.owners), joined=True)
    if not met.owners:
        met = _elsewhere_owned(met, course, front=front, back=back)
    if not met.owners:
        return _together(said, stretch, course, quantity=quantity, front=front) or _why_unowned(met)
    topic = _topic_of(met, course, back=back)
    if topic is None:
        return "前后没有说是哪个主题"
    if quantity.approximate:
        return "是约数"
    if quantity.unit not in topic.units:
        return f"“{quantity.unit}”不是“{topic.name}”的量词"
    why = _narrowed((*front, *(w for w in back if met.behind)), met, course, topic)
    if why:
        return why
    claims = phrase.chosen(met, topic)
    if not claims and not met.behind:
        met = phrase.after(back)
        claims = phrase.chosen(met, topic)
    others = [c for w in met.owners for t in _topics(w) if t is not topic for c in w.claims(t)]
    if not claims:
        return f"“{topic.name}”没有这样的说法"
    if not met.behind and _has_another_object(met, back):
        return f"后面还有“{back[0].text}”"
    claim = claims[0]
    why = _out_of_place(claim, claims, met, course, said)
    if why:
        return why
    if course.year != course.this_year:
        if topic.dated and (claim.sort is Sort.WHOLE or met.noun()):
            denial.misdate(said)
        return f"说的是 {course.year} 年"
    joined = (met.joined or bool(course.listed)) and claim.sort is Sort.PART
    if joined:
        claims = list(dict.fromkeys((*claims, *(c for c in others if c.sort is Sort.PART))))
    readings = _readings(said, claims, joined=joined, course=course)
    name = "、".join(dict.fromkeys(c.name for c in (claims if joined else claims[:1])))
    level = stretch.depth + course.in_parts
    return Statement(claim, topic, name, quantity, readings, level)


def _topics(word: Word) -> list[Topic]:
    return list(dict.fromkeys(m.topic for m in word.meanings if m.topic))


def _why_unowned(met: Phrase) -> str:
    if met.end is None:
        return "前后没有说是什么"
    return f"前面是“{met.end.text}”（{met.end.meanings[0].kind}）"


def _elsewhere_owned(
    met: Phrase, course: Course, *, front: Sequence[Word], back: Sequence[Word]
) -> Phrase:
    """The owner behind a number that has none in front, or the one that waits for it."""
    opening = (
        Kind.LIST,
        Kind.BESIDES,
        Kind.REST,
        Kind.INCLUDE,
        Kind.EACH,
        Kind.BECAUSE,
        Kind.UP_TO,
    )
    if met.end and not met.end.any(*opening):
        return met
    if met.end and met.end.any(Kind.UP_TO):
        return course.held or met
    behind = phrase.after(back)
    if behind.owners:
        return behind
    fits = all(word.any(*SKIPPED) for word in front) and not back
    return replace(course.held, end=None) if course.held and fits else met


def _topic_of(met: Phrase, course: Course, *, back: Sequence[Word]) -> Topic | None:
    """What the number is about: by its noun, by the sentence so far, by the paragraph."""
    noun = met.noun()
    if noun:
        return noun
    object_ = next((w for w in back if not w.any(*SKIPPED)), None) if not met.behind else None
    if object_ and object_.any(Kind.NOUN):
        return object_.topic(Kind.NOUN)
    again = met.again() or (object_.topic(Kind.AGAIN) if object_ else None)
    if again and (again is course.topic or again in course.spoken):
        return again
    if course.topic:
        return course.topic
    if course.shut:
        return None
    for topic in reversed(course.spoken):
        claims = phrase.chosen(met, topic)
        if claims and (
            claims[0].sort in (Sort.PART, Sort.CARRY)
            or (topic is course.spoken[-1] and (met.end is None or not met.end.any(Kind.TEXT)))
        ):
            return topic
    return None


def _narrowed(
    words: Sequence[Word], met: Phrase, course: Course, topic: Topic | None = None
) -> str:
    """Why only a part is meant, or something else; "" where nothing says so."""
    carried = topic and any(c.sort is Sort.CARRY for c in phrase.chosen(met, topic))
    kinds = (Kind.ELSEWHERE, Kind.NOT, Kind.BEFORE, Kind.SINCE)
    found = first_of(words, topic, *kinds, *(() if carried and met.behind else (Kind.NARROW,)))
    if found:
        return f"有“{found.text}”（{found.meanings[0].kind}）"
    whole = topic and any(c.sort is Sort.WHOLE for c in phrase.chosen(met, topic))
    if met.end and met.end.any(Kind.REST) and whole:
        return f"有“{met.end.text}”"
    if met.end and met.end.any(Kind.TEXT) and not met.behind and met.owners:
        first = met.owners[0]
        if first.any(Kind.NOUN, Kind.AGAIN) or any(
            m.claim and m.claim.sort is Sort.PART and m.topic in (None, topic)
            for m in first.meanings
        ):
            return f"“{met.end.text}”没有认出，限定了“{first.text}”"
    return ""


def _has_another_object(met: Phrase, back: Sequence[Word]) -> bool:
    """True where a verb's number counts a thing of another name: 收到5件来信."""
    if met.noun() or met.again() or not back:
        return False
    return back[0].any(Kind.TEXT, Kind.OTHER)


def _out_of_place(
    claim: Claim, claims: list[Claim], met: Phrase, course: Course, said: Said
) -> str:
    """Why a count of all there is cannot be one here."""
    last = course.counted.last
    if course.elsewhere:
        return f"前面说的是“{course.elsewhere.text}”"
    if course.listed_apart:
        return "和前一项一样，只是一部分"
    if claim.sort is not Sort.WHOLE:
        if course.because and claim.sort is Sort.PART and not claim.letters:
            return "前面说了原因，只是其中一部分"
        return ""
    if course.in_parts:
        noun = any(word.any(Kind.NOUN) and word.any(Kind.CLAIM) for word in met.owners)
        text = met.end is not None and met.end.any(Kind.TEXT)
        again = any(s.claim in claims for s in said.statements)
        if text or again or (noun and len(met.owners) == 1):
            return "是“其中”的一部分"
    if met.behind and met.end is not None and met.end.any(Kind.TEXT):
        return f"“{met.end.text}”没有认出"
    if course.because and last is None:
        return "前面说了原因，只是其中一部分"
    return ""


def _readings(said: Said, claims: list[Claim], *, joined: bool, course: Course) -> tuple[Sum, ...]:
    if joined and len(claims) > 1:
        return (tuple(dict.fromkeys(cell for claim in claims for cell in claim.readings[0])),)
    readings = tuple(dict.fromkeys(r for claim in claims for r in claim.readings))
    if any(claim.more for claim in claims) and _includes_carry(said):
        readings += tuple(r for claim in claims for r in claim.more)
    last = course.counted.last
    if claims[0].letters and last and not last.claim.letters:
        rows = tuple(in_columns(cells, claims[0].letters) for cells in last.readings)
        readings += rows
    return readings


def _includes_carry(said: Said) -> bool:
    """True where the sentence says that a carry-over is counted in."""
    words = [word for stretch in said.stretches for word in stretch.words]
    verbs = [w for w in words if not w.any(Kind.NOUN) and w.any(Kind.CLAIM, *_BESIDE, Kind.ALL)]
    return any(
        (_carries(behind) and word.any(*_BESIDE)) or (_carries(word) and behind.any(Kind.ALL))
        for word, behind in pairwise(verbs)
    )


def _carries(word: Word) -> bool:
    return any(m.claim and m.claim.sort is Sort.CARRY for m in word.meanings)


def _together(
    said: Said, stretch: Stretch, course: Course, *, quantity: Quantity, front: Sequence[Word]
) -> Statement | None:
    """合计 behind counts that have just been read."""
    if not any(word.any(Kind.TOTAL) for word in front) or course.counted.last is None:
        return None
    added = [s for s in said.statements if s.level == stretch.depth][-2:]
    if len(added) < 2 or added[-1] is not course.counted.last or quantity.approximate:
        return None
    if quantity.unit != added[0].quantity.unit:
        return None
    cells = tuple(dict.fromkeys(cell for s in added for cell in s.readings[0]))
    name = "、".join(s.name for s in added)
    claim = replace(added[0].claim, name=f"{name}合起来", shares=())
    return Statement(claim, added[0].topic, claim.name, quantity, (cells,))
