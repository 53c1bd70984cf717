"""What a sentence says of the form's cells: counts, percentages, denials.

Knows how a subject is carried over the clauses of a sentence, which words
belong to which number, and where a sentence speaks of another year or of a
part; the words themselves are declared in the form file (`claim`). What is not
plain is not read. Knows no report: whether it is so is for `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from nianbao.chinese.clause import Clause, Sentence, sentences, years_of
from nianbao.chinese.numeral import PERCENT, Quantity
from nianbao.chinese.phrase import compiled
from nianbao.form.claim import Claim, Claims, Sum, Topic, in_columns
from nianbao.sentence import denial, subject
from nianbao.sentence.denial import Denied
from nianbao.sentence.subject import JOINING, stands_apart

PARTS = "其中"
MAX_CLAUSES = 200
"""A longer sentence is no sentence, and is not read."""
_COMPARED = re.compile(r"同比|环比|[较比](?:上|去|前|往|[0-9])|相比|与(?:上|去)年")
_SINCE_A_MONTH = "环比"
_SINCE = re.compile(r"以来|年起|自从|连续|[今本上去]一?年(?!度?报告)")
_GREW = re.compile(r"增长|上升|增加|提高|提升|增幅")
_SHRANK = re.compile(r"下降|减少|降低|降幅|减幅")
_SHARE = re.compile(
    r"占(?:比|比例|全年|全部|总|数|量|件|申请|办理|办结|答复|处理|结果|的|了|为|本年|年度)*[ ]*$"
)
_OF_REQUESTS = re.compile(r"占.*(?:申请|新收|收到|受理)")
_RESPECTIVELY = re.compile(r"分别|各(?!类|种|项|级|乡|镇|街|村|部|单|科|股|处|室|县|区|市|位|界)")
_ONLY_TOTAL = re.compile(r"(?:[总合]?计|[总一]?共|有|为|达|到|[ ])*$")
_CHANGED = re.compile(
    r"(?:同比|环比|[较比与](?:上|去)一?年度?(?:同期)?(?:相比)?)?净?(?:增加|增长|上升|减少|下降)了?"
)
_FROM = re.compile(r"[由从](?:[上去]一?年度?的?)?$")
_UP_TO = re.compile(r"(?:增加|增长|上升|提高|下降|减少|降低|降)[到至为]")
_BECAUSE = re.compile(r"因(?![此而为地时])|由于")
_INCLUDING = re.compile(rf"{PARTS}|含|包括|包含")
_ALTOGETHER = re.compile(r"全年|本年|[合共总]计")
_CONJUNCTION = re.compile(r"以及|和|及|与|或")
_PLAIN_PART = re.compile(r"(?:.*其中)?[：:]?(?:作出|办理|实施|有|为|是|因.*)?")
"""What may stand before such words in a part; more would narrow them down."""
_FAR = 16
"""A number in front may stand so many characters before its words."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A count said of cells: it should equal the sum of one of `readings`."""

    claim: Claim
    name: str
    clause: int
    quantity: Quantity
    readings: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage: one of `parts` out of one of `wholes`."""

    name: str
    quantity: Quantity
    parts: tuple[Sum, ...]
    wholes: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """A percentage by which one of `readings` changed from last year; `sign` +1 or -1."""

    name: str
    quantity: Quantity
    sign: int
    readings: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Misdated:
    """text[start:end] is another year in a count of this year."""

    year: int
    start: int
    end: int


@dataclass(slots=True)
class Said:
    """What one sentence says; places are indexes of the paragraph."""

    sentence: Sentence
    statements: list[Statement] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)
    denied: list[Denied] = field(default_factory=list)
    misdated: list[Misdated] = field(default_factory=list)


def read(text: str, claims: Claims, year: int, about: frozenset[str]) -> Iterator[Said]:
    """What a paragraph says, sentence by sentence.

    `text` as `wording.folded` gives it; `about` names the topics that its
    heading, or the one above it, has opened.
    """
    mentioned = set(about)
    for sentence in sentences(text):
        if len(sentence.clauses) > MAX_CLAUSES:
            continue
        yield _Reader(sentence, claims, year, mentioned).read()


class _Reader:
    """Goes through the clauses of one sentence; `mentioned` outlives it."""

    def __init__(self, sentence: Sentence, claims: Claims, year: int, mentioned: set[str]) -> None:
        self.said = Said(sentence)
        self.claims = claims
        self.year = year
        self.mentioned = mentioned
        self.topics = [t for t in claims.topics if not self.has(t.sentence_unread, sentence.text)]
        self.spoken_year = year
        self.in_parts = self.part_counted = self.enumerated = False
        self.joined: list[Claim] = []
        self.divided: set[str] = set()
        self.held: tuple[Topic, Claim] | None = None
        self.last: Statement | None = None
        self.narrowed = self.because = self.started = False

    def has(self, phrases: tuple[str, ...], text: str) -> bool:
        return compiled(phrases, self.year).search(text) is not None

    def read(self) -> Said:
        sentence, clauses = self.said.sentence, self.said.sentence.clauses
        topics = subject.along(sentence, self.topics, self.claims.closes, self.year, self.mentioned)
        for denied in denial.read(sentence, self.topics, topics, self.year):
            self._denied(denied)
        for index, (clause, topic) in enumerate(zip(clauses, topics, strict=True)):
            if _RESPECTIVELY.search(clause.text):
                break
            self._clause(index, clause, topic)
        self._drop_divided()
        return self.said

    def _denied(self, denied: Denied) -> None:
        """Keep a denial of this year; one of another year alone is misdated."""
        if denied.years <= {self.year}:
            self.said.denied.append(denied)
        elif not denied.denial.within and not _SINCE.search(self.said.sentence.text):
            for topic in self.topics:
                if denied.denial in topic.denials:
                    self._misdate(topic)

    def _drop_divided(self) -> None:
        """One thing said twice with two numbers is a breakdown, and none of them the whole."""
        values: dict[str, set[Decimal]] = {}
        for stated in self.said.statements:
            values.setdefault(stated.claim.name, set()).add(stated.quantity.value)
        self.said.statements = [
            stated for stated in self.said.statements if len(values[stated.claim.name]) == 1
        ]

    # --- one clause -------------------------------------------------------------

    def _clause(self, index: int, clause: Clause, topic: Topic | None) -> None:
        if PARTS in clause.text:
            self.in_parts, self.part_counted = True, False
        elif self.part_counted and clause.before not in ("", JOINING):
            self.in_parts = False
        found = self._claimed(topic, clause) if topic else []
        self._date(clause, [match for _, match in found])
        if stands_apart(clause):
            self.narrowed = self.because = False
        if self._is_start(clause):
            self._start_from(topic, clause)
        elif clause.quantity is None:
            self._hold(topic, [claim for claim, _ in found], clause)
        elif clause.quantity.unit == PERCENT:
            self._percentage(index, clause, [claim for claim, _ in found])
        else:
            self.part_counted = self.in_parts
            self.enumerated = False
            self._count(index, clause, topic, found)
            self.joined, self.held, self.started = [], None, False

    def _claimed(self, topic: Topic, clause: Clause) -> list[tuple[Claim, re.Match[str]]]:
        """The claims whose words stand in the clause, in the order declared."""
        found = [
            (claim, match) for claim in topic.claims if (match := self._match(claim, topic, clause))
        ]
        return [
            (claim, match)
            for claim, match in found
            if not any(_within(match, other) for _, other in found)
        ]

    def _match(self, claim: Claim, topic: Topic, clause: Clause) -> re.Match[str] | None:
        pattern = compiled(claim.phrases, self.year)
        matches = pattern.finditer(clause.text)
        if self.has(claim.unread, clause.text):
            return None
        if not claim.close or clause.quantity is None:
            return next(matches, None)
        joins = tuple(p for c in topic.claims if c.joins and claim.joins for p in c.phrases)
        quantity = clause.quantity
        return next((m for m in matches if self._is_close(m, clause, quantity, joins)), None)

    def _is_close(
        self, match: re.Match[str], clause: Clause, quantity: Quantity, joins: tuple[str, ...]
    ) -> bool:
        """True where only fillers, or others that it is joined with, stand before the number."""
        start, end = quantity.start - clause.start, quantity.end - clause.start
        if match.start() >= end:
            return match.start() - end <= _FAR
        if self.in_parts and not _PLAIN_PART.fullmatch(clause.text[: match.start()]):
            return False
        between = self._without_fillers(clause.text[match.end() : start], joins)
        return match.end() <= start and not _CONJUNCTION.sub("", between).strip(" ：:")

    def _without_fillers(self, text: str, others: tuple[str, ...] = ()) -> str:
        return compiled((*self.claims.between, *others), self.year).sub("", text)

    def _date(self, clause: Clause, matches: list[re.Match[str]]) -> None:
        for start, _, year in years_of(clause.text):
            if not any(match.start() <= start < match.end() for match in matches):
                self.spoken_year = year

    def _hold(self, topic: Topic | None, found: list[Claim], clause: Clause) -> None:
        """Keep the claims of a clause without a number for the clause that brings it.

        A carry-over in brackets leaves what is held; other claims there end it.
        """
        if clause.depth and (found or _INCLUDING.match(clause.text)):
            self.held = self.held if found and all(claim.carry for claim in found) else None
            self.joined = []
            return
        if not clause.depth:
            self.because = bool(_BECAUSE.match(clause.text))
        if topic and found and not self._unread(topic, clause):
            joinable = [claim for claim in found if claim.joins]
            self.joined = [*self.joined, *joinable] if clause.before == JOINING else joinable
            self.held = topic, next((claim for claim in found if not claim.letters), found[0])
        else:
            self.joined = []

    def _start_from(self, topic: Topic | None, clause: Clause) -> None:
        """Keep the claims of 由上年的3件 for the number that they rose or fell to."""
        bare = replace(clause, quantity=None)
        self._hold(topic, [claim for claim, _ in self._claimed(topic, bare)] if topic else [], bare)
        self.started = True

    def _is_start(self, clause: Clause) -> bool:
        quantity = clause.quantity
        return bool(quantity and quantity.unit != PERCENT and _FROM.search(clause.front))

    def _unread(self, topic: Topic, clause: Clause) -> bool:
        return (
            self.has(self.claims.unread, clause.text)
            or self.has(topic.unread, clause.text)
            or bool(_COMPARED.search(clause.text))
        )

    # --- counts -----------------------------------------------------------------

    def _count(
        self,
        index: int,
        clause: Clause,
        topic: Topic | None,
        found: list[tuple[Claim, re.Match[str]]],
    ) -> None:
        quantity = clause.quantity
        if not quantity or not topic or quantity.unit not in topic.units:
            return
        if any(d.start <= quantity.start < d.end for d in self.said.denied):
            return
        front = clause.front
        if _CHANGED.fullmatch(front) and not found:
            return
        reached = self.started and bool(_UP_TO.fullmatch(front))
        if quantity.approximate or not (reached or self._of_all(topic, clause, found)):
            self.last = None
            return
        readings: tuple[Sum, ...] = ()
        found = self._without_enumerated(clause, found)
        if found:
            claim = found[0][0]
            readings = self._readings(claim, [c for c, _ in found], clause)
        elif self.held and self.held[0] is topic and (reached or self._completes(clause, quantity)):
            claim = self.held[1]
            readings = self._readings(claim, [claim], clause)
        if not readings or (self.in_parts and self._is_part(claim)) or claim.name in self.divided:
            self.last = None if found else self.last
            return
        if self.spoken_year != self.year:
            if claim.whole:
                self._misdate(topic)
            self.last = None
            return
        statement = Statement(
            claim, self._name(claim, [c for c, _ in found]), index, quantity, readings
        )
        if self.last and self._is_included(statement, clause):
            both = _together([self.last.claim, claim])
            self.said.statements[-1] = replace(self.last, readings=(*self.last.readings, both))
        self.said.statements.append(statement)
        self.last = statement

    def _of_all(
        self, topic: Topic, clause: Clause, found: list[tuple[Claim, re.Match[str]]]
    ) -> bool:
        """False where the clause speaks of a share, as do those behind it up to a semicolon."""
        if self._unread(topic, clause):
            self.narrowed |= bool(found) and not clause.depth and not _COMPARED.search(clause.text)
            return False
        if self.because and any(claim.shares or claim.whole for claim, _ in found):
            return False
        return not self.narrowed or bool(_ALTOGETHER.search(clause.text))

    def _is_included(self, statement: Statement, clause: Clause) -> bool:
        """True where a number is said to include the next: 甲5件（含乙1件）."""
        return (
            self.last is self.said.statements[-1]
            and self.last.clause == statement.clause - 1
            and self.last.claim.joins
            and statement.claim.joins
            and bool(_INCLUDING.match(clause.text))
        )

    def _without_enumerated(
        self, clause: Clause, found: list[tuple[Claim, re.Match[str]]]
    ) -> list[tuple[Claim, re.Match[str]]]:
        """`found` without columns that are only listed: 公民、法人和其他组织提出的."""
        columns = [claim for claim, _ in found if claim.letters]
        listed = clause.before == JOINING and any(claim.letters for claim in self.joined)
        if len(columns) < 2 and not listed:
            return found
        self.enumerated = True
        return [(claim, match) for claim, match in found if not claim.letters]

    def _completes(self, clause: Clause, quantity: Quantity) -> bool:
        """True where the clause brings only the number of the words held."""
        return self.enumerated or _is_total(clause, quantity)

    def _is_part(self, claim: Claim) -> bool:
        """True behind 其中 for words that speak of a share of what they, or others, have said."""
        again = claim.whole or any(claim is s.claim for s in self.said.statements)
        self.divided |= {claim.name} if again else set()
        return again

    def _readings(self, claim: Claim, found: list[Claim], clause: Clause) -> tuple[Sum, ...]:
        readings = claim.readings
        if self.has(claim.mentioned, self.said.sentence.text):
            readings += claim.more
        if claim.letters:
            rows = self.last.readings if self.last and not self.last.claim.letters else ()
            return (*readings, *(in_columns(cells, claim.letters) for cells in rows))
        beside = [other for other in found if other.joins and other is not claim]
        if claim.joins and beside:
            return (_together([claim, *beside]),)
        if claim.joins and self.joined and clause.before == JOINING:
            return (_together([*self.joined, claim]), *readings)
        return readings

    def _name(self, claim: Claim, found: list[Claim]) -> str:
        names = [claim.name, *(c.name for c in found if c.joins and c is not claim)]
        return "、".join(names) if claim.joins else claim.name

    def _misdate(self, topic: Topic) -> None:
        sentence = self.said.sentence
        years = list(years_of(sentence.text))
        if topic.dated and len(years) == 1 and not _COMPARED.search(sentence.text):
            start, end, year = years[0]
            self.said.misdated.append(Misdated(year, sentence.start + start, sentence.start + end))

    # --- percentages ------------------------------------------------------------

    def _percentage(self, index: int, clause: Clause, found: list[Claim]) -> None:
        quantity = clause.quantity
        if not quantity or quantity.approximate or self.spoken_year != self.year:
            return
        said, last = self.said, self.last
        if _SINCE_A_MONTH in clause.text:
            return
        grew, shrank = _GREW.search(clause.text), _SHRANK.search(clause.text)
        if grew or shrank:
            if last and self._compared_since(last, clause):
                sign = 1 if grew else -1
                said.growths.append(Growth(last.name, quantity, sign, last.readings))
            return
        before = clause.front
        in_brackets = clause.before and clause.depth and not before.strip()
        if not (_SHARE.search(self._without_fillers(before)) or in_brackets):
            return
        own = [claim for claim in found if claim.shares]
        if own:
            readings = self._readings(own[0], own, clause)
            shares, name = own[0].shares, self._name(own[0], own)
        elif last and last.claim.shares and index - last.clause == 1:
            readings, shares, name = last.readings, last.claim.shares, last.name
        else:
            return
        wholes = shares if _OF_REQUESTS.search(before) else shares[:1]
        said.shares.append(Share(name, quantity, readings, wholes))

    def _compared_since(self, last: Statement, clause: Clause) -> bool:
        start = self.said.sentence.start
        since = self.said.sentence.text[last.quantity.end - start : clause.end - start]
        return bool(_COMPARED.search(since)) and not re.search("[；;]", since)


def _within(match: re.Match[str], other: re.Match[str]) -> bool:
    """True where `other` covers `match` and more."""
    covers = other.start() <= match.start() and match.end() <= other.end()
    return covers and len(other[0]) > len(match[0])


def _is_total(clause: Clause, quantity: Quantity) -> bool:
    """True where nothing but 共 stands before the number, and nothing behind it."""
    return bool(_ONLY_TOTAL.match(clause.front)) and clause.end == quantity.end


def _together(claims: list[Claim]) -> Sum:
    return tuple(dict.fromkeys(cell for claim in claims for cell in claim.readings[0]))
