"""甲、乙分别为3件、5件 as it would be said one by one: 甲为3件、乙为5件.

Knows that as many numbers follow as things were named, joined alike; where they
are not as many, the stretches are left as they are. Knows no cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.sentence.course import JOINING
from nianbao.sentence.language import Kind
from nianbao.sentence.words import Stretch, Word

_APIECE = "各"
"""各3件 is one number for each."""
_NAMES = (Kind.NOUN, Kind.AGAIN, Kind.CLAIM)


def one_by_one(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of a sentence, each thing beside its own number."""
    found: list[Stretch] = []
    at = 0
    while at < len(stretches):
        told = _told(found, stretches, at)
        if told is None:
            found.append(stretches[at])
            at += 1
        else:
            back, one_by_one_, at = told
            found[len(found) - back :] = one_by_one_
    return found


def _told(
    before: Sequence[Stretch], stretches: Sequence[Stretch], at: int
) -> tuple[int, list[Stretch], int] | None:
    """How many stretches before are taken in, what stands instead, and where it goes on."""
    stretch = stretches[at]
    cut = next((n for n, word in enumerate(stretch.words) if _shares_out(word)), None)
    if cut is None:
        return None
    back, things = _things(before, stretch, cut)
    tail, numbers, further = _numbers(stretches, at, cut)
    if len(things) != len(numbers) or len(things) < 2:
        return None
    first = before[len(before) - back] if back else stretch
    made = [
        Stretch((*thing, *tail, *number), JOINING if n else first.before, stretch.depth)
        for n, (thing, number) in enumerate(zip(things, numbers, strict=True))
    ]
    return back, made, further


def _shares_out(word: Word) -> bool:
    return word.any(Kind.EACH) and word.text != _APIECE


def _things(
    before: Sequence[Stretch], stretch: Stretch, cut: int
) -> tuple[int, list[tuple[Word, ...]]]:
    """What is named in front, through a list; [] where something in it names nothing."""
    listed = [stretch.words[:cut]]
    joined, back = stretch, 0
    while joined.before == JOINING and back < len(before):
        joined = before[len(before) - 1 - back]
        if joined.numbers or joined.depth != stretch.depth:
            return back, []
        back += 1
        listed.insert(0, joined.words)
    things = [thing for words in listed for thing in _between(words)]
    named = all(any(word.any(*_NAMES) for word in thing) for thing in things)
    return back, things if named else []


def _between(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """The words between one 和 and the next."""
    start = 0
    for n, word in enumerate(words):
        if word.any(Kind.AND):
            yield tuple(words[start:n])
            start = n + 1
    yield tuple(words[start:])


def _numbers(
    stretches: Sequence[Stretch], at: int, cut: int
) -> tuple[tuple[Word, ...], list[tuple[Word, ...]], int]:
    """The words before the first number, each number with what follows it, and where they end."""
    words = stretches[at].words[cut + 1 :]
    first = next((n for n, word in enumerate(words) if word.quantity), len(words))
    tail, words = words[:first], words[first:]
    found: list[tuple[Word, ...]] = []
    while words and words[0].quantity:
        found += _between(words)
        at += 1
        goes_on = at < len(stretches) and stretches[at].before == JOINING
        words = stretches[at].words if goes_on else ()
    plain = all(number and number[0].quantity and _single(number) for number in found)
    return tail, found if plain else [], at


def _single(number: Sequence[Word]) -> bool:
    return not any(word.quantity for word in number[1:])
