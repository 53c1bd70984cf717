"""What each clause of a sentence is about.

Knows how a topic is opened, carried over the clauses, ended by another matter
and taken up again later in the paragraph. The words are declared in the form
file (`claim`); what is said of the topic is found by `statement`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.chinese.clause import Clause, Sentence
from nianbao.chinese.phrase import compiled
from nianbao.form.claim import Claims, Topic

JOINING = "、"


def opened_by(text: str, claims: Claims, year: int) -> frozenset[str]:
    """The names of the topics that `text` opens."""
    return frozenset(t.name for t in claims.topics if compiled(t.opens, year).search(text))


def along(
    sentence: Sentence,
    topics: Sequence[Topic],
    closes: tuple[str, ...],
    year: int,
    mentioned: set[str],
) -> list[Topic | None]:
    """The topic of each clause, None where there is none.

    `mentioned` names the topics that the paragraph has opened; those of the
    sentence are added.
    """
    ends = compiled(closes, year)
    found: list[Topic | None] = []
    topic, ended = None, False
    for clause in sentence.clauses:
        end = _last(ends, clause.text)
        ended = end >= 0 or (ended and not stands_apart(clause))
        at, opened = max(
            ((_last(compiled(t.opens, year), clause.text), t) for t in topics),
            key=lambda pair: pair[0],
            default=(-1, None),
        )
        mentioned |= {t.name for t in topics if compiled(t.opens, year).search(clause.text)}
        if at >= 0 and at >= end:
            topic = opened
        elif end >= 0:
            topic = None
        elif not topic and not ended:
            topic = next((t for t in topics if _resumed(t, clause, year, mentioned)), None)
        found.append(topic)
    _look_ahead(sentence, found, ends)
    return found


def stands_apart(clause: Clause) -> bool:
    """True behind a semicolon."""
    return clause.before in ("；", ";")


def _resumed(topic: Topic, clause: Clause, year: int, mentioned: set[str]) -> bool:
    taken_up = compiled(topic.resumes, year).search(clause.text)
    return topic.name in mentioned and taken_up is not None


def _look_ahead(sentence: Sentence, found: list[Topic | None], ends: re.Pattern[str]) -> None:
    """A list's first members are about what its last one opens: 甲、乙和丙的申请."""
    clauses = sentence.clauses
    for index in range(len(clauses) - 2, -1, -1):
        clause, following = clauses[index], clauses[index + 1]
        if not found[index] and not clause.quantity and not ends.search(clause.text):
            found[index] = found[index + 1] if following.before == JOINING else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, or -1."""
    return max((match.end() for match in pattern.finditer(text)), default=-1)
