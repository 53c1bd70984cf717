"""A count as a statement: which cells it speaks of, or why it is not read.

Knows how the phrase around a number (`phrase`) and what the sentence has come to
(`course`) make it a count of a claim of a topic. Knows no report: whether it is
so is for `checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.form.claim import Claim, Sort, Topic
from nianbao.sentence import phrase, sums
from nianbao.sentence.course import JOINING, Course
from nianbao.sentence.language import Kind
from nianbao.sentence.phrase import SKIPPED, Phrase, first_of
from nianbao.sentence.place import Place
from nianbao.sentence.said import Misdated, Statement
from nianbao.sentence.words import Word

_OPENING = (
    Kind.LIST,
    Kind.BESIDES,
    Kind.REST,
    Kind.INCLUDE,
    Kind.EACH,
    Kind.BECAUSE,
    Kind.UP_TO,
)


def of(place: Place, course: Course) -> Statement | Misdated | str:
    """What a count says, or why it is not read."""
    met = _owned(place, course)
    if not met.owners:
        return sums.together(place, course) or _why_unowned(met)
    topic = _topic(met, course, place.back)
    if topic is None:
        return "前后没有说是哪个主题"
    if place.quantity.approximate:
        return "是约数"
    if place.quantity.unit not in topic.units:
        return f"“{place.quantity.unit}”不是“{topic.name}”的量词"
    why = narrowed((*place.front, *(place.back if met.behind else ())), met, topic)
    why = why or _head(met, topic)
    if why:
        return why
    claims = phrase.chosen(met, topic) or _of_the_whole(met, course, topic)
    if not claims and not met.behind:
        met = phrase.after(place.back)
        claims = phrase.chosen(met, topic)
    if not claims:
        return f"“{topic.name}”没有这样的说法"
    if met.behind and place.goes_on and not met.noun():
        return "后面并着的不止一样"
    return _another_object(met, place.back) or _here(place, course, met, topic, claims)


def of_the_rest(met: Phrase, course: Course) -> Course:
    """The course where words without a number say what a rest just counted is: 尚有4件，留到下年."""
    counted, topic = course.counted, course.topic
    if not counted.rest or not counted.base or topic is None or met.end:
        return course
    claim = next((c for c in phrase.chosen(met, topic) if c.sort is Sort.CARRY), None)
    if claim is None or counted.base.unit not in topic.units or counted.base.approximate:
        return course
    told = Statement(claim, topic, claim.name, counted.base, claim.readings)
    kept = tuple(one for one in course.told if getattr(one, "quantity", None) is not counted.base)
    counted = replace(counted, last=told, rest=False)
    return replace(course, told=(*kept, told), counted=counted)


def _here(
    place: Place, course: Course, met: Phrase, topic: Topic, claims: list[Claim]
) -> Statement | Misdated | str:
    """The statement of these claims at this point of the sentence."""
    claim = claims[0]
    joined = (met.joined or bool(course.listed)) and claim.sort is Sort.PART
    if joined:
        claims = list(dict.fromkeys((*claims, *_parts_elsewhere(met, topic))))
    name = "、".join(dict.fromkeys(c.name for c in (claims if joined else claims[:1])))
    readings = sums.of(claims, course, joined=joined)
    level = place.stretch.depth + course.in_parts
    stated = Statement(claim, topic, name, place.quantity, readings, level)
    why = _out_of_place(stated, claims, met, place=place, course=course)
    if not why and course.year != course.this_year:
        dated = topic.dated and (claim.sort is Sort.WHOLE or met.noun())
        return (dated and course.only_year) or f"说的是 {course.year} 年"
    return why or stated


# --- whose number it is ------------------------------------------------------------


def _owned(place: Place, course: Course) -> Phrase:
    """The phrase that owns a number: in front, behind, or waiting for it."""
    met = phrase.before(place.front)
    joining = place.stretch.before == JOINING
    if course.listed and met.end is None and met.owners and joining:
        return replace(met, owners=(*course.listed, *met.owners), joined=True)
    if met.owners or (met.end and not met.end.any(*_OPENING)):
        return met
    if met.end and met.end.any(Kind.UP_TO):
        return course.held or met
    behind = phrase.after(place.back)
    if behind.owners:
        return behind
    fits = all(word.any(*SKIPPED) and not word.any(Kind.ACT) for word in place.front)
    fits = fits and not place.back
    return replace(course.held, end=None) if course.held and fits else met


def _why_unowned(met: Phrase) -> str:
    if met.end is None:
        return "前后没有说是什么"
    return f"前面是“{met.end.text}”（{met.end.meanings[0].kind}）"


def _topic(met: Phrase, course: Course, back: Sequence[Word]) -> Topic | None:
    """What the number is about: by its noun, by the sentence so far, by the paragraph."""
    noun = met.noun()
    if noun:
        return noun
    object_ = next((w for w in back if not w.any(*SKIPPED)), None) if not met.behind else None
    if object_ and object_.any(Kind.NOUN):
        return object_.topic(Kind.NOUN)
    again = met.again() or (object_.topics(Kind.AGAIN) if object_ else [])
    for topic in (course.topic, *reversed(course.spoken)):
        if topic in again:
            return topic
    if course.topic or course.shut:
        return course.topic
    return next((t for t in reversed(course.spoken) if _goes_on(t, met, course)), None)


def _goes_on(topic: Topic, met: Phrase, course: Course) -> bool:
    """True where a topic of a sentence before goes on without its noun."""
    claims = phrase.chosen(met, topic)
    if not claims or claims[0].sort in (Sort.PART, Sort.CARRY):
        other = course.counted.base is not None and course.counted.last is None
        return bool(claims) and not other
    plain = met.end is None or not met.end.any(Kind.TEXT)
    return topic is course.spoken[-1] and plain


def _head(met: Phrase, topic: Topic) -> str:
    """Why a noun only says of what another is: 甲的申请."""
    last = met.owners[-1]
    noun = next((word for word in met.owners if word.topic(Kind.NOUN) is topic), None)
    other = (
        last.any(Kind.AGAIN) and not last.any(Kind.NOUN) and topic not in last.topics(Kind.AGAIN)
    )
    return (
        f"说的是“{noun.text}”的“{last.text}”" if noun and other and noun.end == last.start else ""
    )


def _of_the_whole(met: Phrase, course: Course, topic: Topic) -> list[Claim]:
    """What is said of the whole is said of its part, and of what is counted beside it: 印发文件286份，其中这一种9份."""
    beside = met.end is None and course.counted.base is not None
    said = course.counted.verbs if met.noun() and (course.in_parts or beside) else ()
    return [claim for claim in said if claim in topic.claims and claim.sort is Sort.PLAIN]


def _parts_elsewhere(met: Phrase, topic: Topic) -> list[Claim]:
    """The parts of other topics that stand in the same phrase."""
    meanings = [m for word in met.owners for m in word.meanings if m.topic is not topic]
    return [m.claim for m in meanings if m.claim and m.claim.sort is Sort.PART]


# --- why it is not read ------------------------------------------------------------


def narrowed(words: Sequence[Word], met: Phrase, topic: Topic | None) -> str:
    """Why only a part is meant, or something else; "" where nothing says so."""
    sorts = {claim.sort for claim in phrase.chosen(met, topic)} if topic else set()
    found = first_of(words, topic, Kind.ELSEWHERE, Kind.NOT, Kind.BEFORE, Kind.SINCE)
    if not found and not (Sort.CARRY in sorts and met.behind):
        found = first_of(_unowned(words, met, topic), topic, Kind.NARROW)
    found = found or _carried(met, topic)
    if found:
        return f"有“{found.text}”（{found.meanings[0].kind}）"
    if met.end is None or not met.owners:
        return ""
    if met.end.any(Kind.REST) and Sort.WHOLE in sorts:
        return f"有“{met.end.text}”"
    agent = any(word.any(Kind.FROM) for word in words[: _index(words, met.end)])
    if met.end.any(Kind.TEXT) and agent and Sort.WHOLE in sorts:
        return f"是由“{met.end.text}”做的"
    if met.open_ and _is_thing(met.owners[0], topic):
        return f"“{met.end.text}”没有认出，同“{met.owners[0].text}”并着"
    unknown = met.end.any(Kind.TEXT, Kind.NARROW) and not met.behind
    if unknown and (
        _is_thing(met.owners[0], topic) or (Sort.WHOLE in sorts and _says_which(words, met))
    ):
        return f"“{met.end.text}”没有认出，限定了“{met.owners[0].text}”"
    return ""


def _says_which(words: Sequence[Word], met: Phrase) -> bool:
    """True where a verb only tells one noun from another: 重新办的那几件."""
    verb, *rest = met.owners
    noun = next((word for word in rest if word.any(Kind.NOUN, Kind.AGAIN)), None)
    between = [word for word in words if noun and verb.end <= word.start < noun.start]
    return bool(between) and between[-1].text == "的"


def _unowned(words: Sequence[Word], met: Phrase, topic: Topic | None) -> Sequence[Word]:
    """The words that may narrow a number: no claim that it is of, no list of all the ways (等渠道)."""
    ends = max((n + 1 for n, word in enumerate(words) if word.any(Kind.ENDS)), default=0)
    own = [w for w in met.owners if topic and w.claims(topic)]
    return [word for word in words[ends:] if not any(word is one for one in own)]


def _index(words: Sequence[Word], sought: Word) -> int:
    return next((n for n, word in enumerate(words) if word is sought), 0)


def _carried(met: Phrase, topic: Topic | None) -> Word | None:
    """A word that says of a noun that it is carried over, which this topic does not count."""
    for word in met.owners if topic and met.noun() is topic else ():
        carries = [m.topic for m in word.meanings if m.claim and m.claim.sort is Sort.CARRY]
        if carries and topic not in carries:
            return word
    return None


def _is_thing(word: Word, topic: Topic | None) -> bool:
    """True for a noun or a part: an unknown word in front of it says which."""
    return word.any(Kind.NOUN, Kind.AGAIN) or any(
        m.claim and m.claim.sort is Sort.PART and m.topic in (None, topic) for m in word.meanings
    )


def _another_object(met: Phrase, back: Sequence[Word]) -> str:
    """Why a number counts a thing of another name: 收到5件来信, 0件申请的部门."""
    texts = [n for n, word in enumerate(back) if word.any(Kind.TEXT, Kind.ELSEWHERE)]
    if texts and texts[0] > 1 and back[texts[0] - 1].text == "的":
        return f"后面还有“{back[texts[0]].text}”"
    if met.behind or met.noun() or met.again() or not back:
        return ""
    return f"后面还有“{back[0].text}”" if back[0].any(Kind.TEXT, Kind.OTHER) else ""


def _out_of_place(
    stated: Statement, claims: list[Claim], met: Phrase, *, place: Place, course: Course
) -> str:
    """Why a count cannot be one here."""
    apart = course.elsewhere or course.beside
    if apart:
        return f"前面说的是“{apart.text}”"
    if course.listed_apart:
        return "和前一项一样，只是一部分"
    if stated.claim.sort is Sort.WHOLE:
        return _no_whole(claims, met, course)
    depth = place.stretch.depth
    return _no_part(stated, met, course, depth) if stated.claim.sort is Sort.PART else ""


def _no_part(stated: Statement, met: Phrase, course: Course, depth: int) -> str:
    """Why a part is not one of all there is."""
    reason = met.end is not None and met.end.any(Kind.GROUND) and not met.noun()
    if (course.because and not stated.claim.letters) or reason:
        return "前面说了原因，只是其中一部分"
    if met.noun() or met.again():
        return ""
    if course.apart and course.apart.holds(stated.claim, depth):
        return "前面的数没有读，看不出是不是它的一部分"
    before = [one for one in course.statements if one.topic is stated.topic]
    if before and all(one.claim.sort is Sort.CARRY for one in before):
        return "前面数的是结转的，看不出是不是它的一部分"
    if before and all(one.quantity.unit != stated.quantity.unit for one in before):
        return "量词和前面的不一样"
    return ""


def _no_whole(claims: list[Claim], met: Phrase, course: Course) -> str:
    """Why a count of all there is is none here."""
    unknown = met.end is not None and met.end.any(Kind.TEXT)
    if course.in_parts:
        noun = any(word.any(Kind.NOUN) and word.any(Kind.CLAIM) for word in met.owners)
        again = any(one.claim in claims for one in course.statements)
        if unknown or again or (noun and len(met.owners) == 1):
            return "是“其中”的一部分"
    if met.behind and met.end and unknown:
        return f"“{met.end.text}”没有认出"
    reason = course.because and course.counted.last is None
    return "前面说了原因，只是其中一部分" if reason else ""
