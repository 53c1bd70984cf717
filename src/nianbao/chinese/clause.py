"""A paragraph as sentences, and a sentence as clauses of one number each.

Knows Chinese punctuation and where a clause ends that has none: behind its
number, when another follows. What stands in 《》 is a title and is blanked.
Every place is an index of the text given. Knows nothing of what is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from nianbao.chinese.numeral import Quantity, of_chinese, quantities
from nianbao.frozen import dataclass

BLANKED = "＊"
_YEAR = re.compile(
    r"(?<![0-9])([0-9]{4}|[零一二三四五六七八九]{4})年"
    r"|(?i:\b(?:(?:in|during) (?:(?:fiscal|calendar) year )?|(?:fiscal|calendar) year |FY ?))"
    r"((?:19|20)[0-9]{2})(?=[,;.:)](?![0-9])| (?i:the|we|our|it|there|this|and|to|than|a|an)\b|$)"
)
"""A year, and one in English where what follows shows that it counts nothing."""
_TITLE = re.compile(r"《[^《》]*》")
SENTENCE_ENDS = "。！？!?"
_FULL_STOP = re.compile(
    r"(?<![ .][A-Z])(?<!\b(?:No|Mr|Ms|Dr|St))(?<!\b(?:Mrs|etc))\.(?=[\s”’\"')]|$)"
)
"""In English: no point within a number, behind an initial or a word that it shortens."""
_SENTENCE = re.compile(f"[^{SENTENCE_ENDS}]*[{SENTENCE_ENDS}]*[”’）」』]*")
_GOES_ON = re.compile(r"。\s*其中")
"""A list of parts that belongs to the sentence before."""
_SEPARATORS = "，,、；;：:（）()〔〕[]【】" + SENTENCE_ENDS
_OPENING, _CLOSING = "（(〔[【", "）)〕]】"


@dataclass(frozen=True, slots=True)
class Clause:
    """text[start:end] of the paragraph, with at most one number.

    `before` is the punctuation in front, "" where the number of the clause
    before ended it; `depth` counts the brackets around.
    """

    text: str
    start: int
    before: str
    depth: int
    quantity: Quantity | None

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def front(self) -> str:
        """What stands before its number; all of it where it has none."""
        return self.text[: self.quantity.start - self.start] if self.quantity else self.text


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    start: int
    clauses: tuple[Clause, ...]


def with_full_stops(text: str) -> str:
    """An English text with 。 for its full stops, character for character."""
    return _FULL_STOP.sub("。", text)


def blanked(text: str) -> str:
    """`text` with its titles blanked, character for character."""
    return _TITLE.sub(lambda title: BLANKED * len(title[0]), text)


def sentences(text: str, words: frozenset[str] = frozenset()) -> Iterator[Sentence]:
    """The sentences of a paragraph, as `wording.folded` gives it; `words` count in it too."""
    text = blanked(text)
    found = list(quantities(text, words))
    inside = {n for q in found for n in range(q.start, q.end)}
    clauses: list[Clause] = []
    start = begun = depth = 0
    before = ""
    for at, char in enumerate(text + "。"):
        if char not in _SEPARATORS or at in inside:
            continue
        clauses += _split(text, start, at, before, depth, found)
        depth = max(0, depth + (char in _OPENING) - (char in _CLOSING))
        start, before = at + 1, char
        if char in SENTENCE_ENDS and not _GOES_ON.match(text, at):
            if clauses:
                yield Sentence(text[begun:at], begun, tuple(clauses))
            clauses, begun, before, depth = [], at + 1, "", 0


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends, its stop and closing quotes included."""
    return (found.span() for found in _SENTENCE.finditer(text) if found[0])


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """The span of the sentence that holds the character at index `at`."""
    return next(((start, end) for start, end in sentence_spans(text) if end > at), (0, len(text)))


def years_of(text: str) -> Iterator[tuple[int, int, int]]:
    """Every year of four digits in `text`, as its start, its end and the year."""
    for found in _YEAR.finditer(text):
        digits = found[1] or found[2]
        yield (
            found.start(),
            found.end(),
            int(digits) if digits.isdigit() else of_chinese(digits) or 0,
        )


def _split(
    text: str, start: int, end: int, before: str, depth: int, found: list[Quantity]
) -> Iterator[Clause]:
    """The clauses of a stretch without punctuation, one a number."""
    first = bisect_left(found, start, key=lambda quantity: quantity.start)
    last = bisect_right(found, end, key=lambda quantity: quantity.end)
    here = found[first:last]
    for quantity in here[:-1]:
        yield Clause(text[start : quantity.end], start, before, depth, quantity)
        start, before = quantity.end, ""
    if text[start:end].strip():
        yield Clause(text[start:end], start, before, depth, here[-1] if here else None)
