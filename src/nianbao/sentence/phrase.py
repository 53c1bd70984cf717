"""The noun phrase and the verb that a number belongs to.

Knows how to walk from a number to the left, and where nothing is there to the
right, over the words that may stand between, up to the first that may not: what
has been met on the way owns the number, and what ended the way says why it may
not be read. Knows neither the words before in the paragraph nor any cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.form.claim import Claim, Sort, Topic
from nianbao.frozen import dataclass
from nianbao.sentence.language import Kind
from nianbao.sentence.words import Word

SKIPPED = (Kind.EMPTY, Kind.OWN, Kind.NOW, Kind.TOTAL, Kind.YEAR, Kind.ALL, Kind.ACT)
_OWNING = (Kind.NOUN, Kind.AGAIN, Kind.CLAIM)
_FAR = 16
"""A number in front may stand so many characters before its words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What owns a number: its words, in order, and the word that ended the way to them."""

    owners: tuple[Word, ...] = ()
    end: Word | None = None
    behind: bool = False
    """The words stand behind their number."""
    joined: bool = False
    """和 stands between two of them."""
    open_: bool = False
    """和 stands between the first of them and something that is none."""

    def noun(self) -> Topic | None:
        """The topic of the last noun."""
        found = [word.topic(Kind.NOUN) for word in self.owners if word.any(Kind.NOUN)]
        return found[-1] if found else None

    def again(self) -> list[Topic]:
        """The topics that the last word takes up again."""
        found = [word.topics(Kind.AGAIN) for word in self.owners if word.any(Kind.AGAIN)]
        return found[-1] if found else []


def before(words: Sequence[Word]) -> Phrase:
    """The phrase that ends where `words` end, at a number."""
    owners: list[Word] = []
    joined = open_ = False
    for n, word in reversed(list(enumerate(words))):
        if word.any(Kind.AND) and owners:
            acts = n + 1 < len(words) and words[n + 1].any(Kind.ACT)
            joined, open_ = joined or not acts, not acts
        elif word.any(*_OWNING):
            owners.append(word)
            open_ = False
        elif not word.any(*SKIPPED) or (owners and _ends(word, words[n - 1 : n])):
            return Phrase(tuple(reversed(owners)), word, joined=joined, open_=open_)
    return Phrase(tuple(reversed(owners)), joined=joined)


def _ends(word: Word, before: Sequence[Word]) -> bool:
    """True for a verb that 并 does not join with another: 制定并公开."""
    return word.any(Kind.ACT) and not any(one.any(Kind.AND) for one in before)


def after(words: Sequence[Word]) -> Phrase:
    """The phrase that begins where `words` begin, behind a number."""
    owners: list[Word] = []
    joined = False
    passed = 0
    for word in words:
        if word.any(Kind.AND) and owners:
            joined = True
        elif word.any(*_OWNING):
            owners.append(word)
        elif (
            word.any(Kind.TEXT, Kind.NARROW, Kind.BECAUSE)
            and not owners
            and passed + len(word.text) <= _FAR
        ):
            passed += len(word.text)
        elif not word.any(*SKIPPED) or (word.any(Kind.ALL) and _has_noun(owners)):
            return Phrase(tuple(owners), word, behind=True, joined=joined)
    return Phrase(tuple(owners), behind=True, joined=joined)


def _has_noun(owners: Sequence[Word]) -> bool:
    return any(owner.any(Kind.NOUN) for owner in owners)


def chosen(phrase: Phrase, topic: Topic) -> list[Claim]:
    """The claims of a phrase, the narrowest sort alone: a category before all there is."""
    own = [(word, claim) for word in phrase.owners for claim in word.claims(topic)]
    verbal = [claim for word, claim in own if not word.any(Kind.NOUN)]
    claims = list(dict.fromkeys(verbal or [claim for _, claim in own]))
    for sort in (Sort.CARRY, Sort.PART, Sort.PLAIN):
        if any(claim.sort is sort for claim in claims):
            return [claim for claim in claims if claim.sort is sort]
    return claims


def first_of(words: Sequence[Word], topic: Topic | None, *kinds: Kind) -> Word | None:
    """The first of `words` that is of one of `kinds`, for any topic or for this one."""
    return next(
        (
            word
            for word in words
            for meaning in word.meanings
            if meaning.kind in kinds and meaning.topic in (None, topic)
        ),
        None,
    )
