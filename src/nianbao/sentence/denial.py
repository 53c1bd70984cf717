"""What a sentence says there was none of: 未收到申请, 均已办结.

Knows when a number in the same clause, another year or a topic not spoken of
makes such words say something else. The words are declared in the form file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.chinese.clause import Sentence, years_of
from nianbao.chinese.phrase import compiled
from nianbao.form.claim import Denial, Topic


@dataclass(frozen=True, slots=True)
class Denied:
    """text[start:end] says that the denial's cells are 0; `years` are named before it."""

    denial: Denial
    start: int
    end: int
    years: frozenset[int]


def read(
    sentence: Sentence, topics: Sequence[Topic], about: Sequence[Topic | None], year: int
) -> Iterator[Denied]:
    """What the sentence denies; `about` is the topic of each of its clauses."""
    for topic in topics:
        for denial in topic.denials:
            if compiled(denial.unless, year).search(sentence.text):
                continue
            for match in compiled(denial.phrases, year).finditer(sentence.text):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                years = frozenset(said for _, _, said in years_of(sentence.text[: match.end()]))
                found = Denied(denial, start, end, years)
                if _holds(found, sentence, topic, about):
                    yield found


def _holds(found: Denied, sentence: Sentence, topic: Topic, about: Sequence[Topic | None]) -> bool:
    """True where no number gainsays it and its topic is spoken of."""
    here = next((n for n, c in enumerate(sentence.clauses) if c.start < found.end <= c.end), None)
    if here is None or (found.denial.within and about[here] is not topic):
        return False
    quantity = sentence.clauses[here].quantity
    counted = quantity and quantity.value and not found.start <= quantity.start < found.end
    return not counted
