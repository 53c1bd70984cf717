"""What a sentence can say of cells, as data: counts, percentages, changes, denials.

Knows no words and no numbers of a report: what is said is found by `statement`,
whether it is so by `checks`.
"""

from __future__ import annotations

from nianbao.chinese.clause import Sentence
from nianbao.chinese.numeral import Quantity
from nianbao.form.claim import Claim, Sum, Topic
from nianbao.frozen import dataclass
from nianbao.sentence.words import Stretch


@dataclass(frozen=True, slots=True)
class Statement:
    """A count said of cells: it should equal the sum of one of `readings`."""

    claim: Claim
    topic: Topic
    name: str
    quantity: Quantity
    readings: tuple[Sum, ...]
    level: int = 0
    """How many brackets and part lists are around."""


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage: one of `parts` out of one of `wholes`."""

    name: str
    quantity: Quantity
    parts: tuple[Sum, ...]
    wholes: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class ShareInText:
    """A percentage that can be worked out where it stands: `part` of `whole`."""

    quantity: Quantity
    part: Quantity
    whole: Quantity


@dataclass(frozen=True, slots=True)
class Growth:
    """By how much one of `readings` changed from last year; `sign` +1 or -1."""

    name: str
    quantity: Quantity
    sign: int
    readings: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class GrowthInText:
    """A change that can be worked out where it stands, from `before` to `now`."""

    quantity: Quantity
    sign: int
    now: Quantity
    before: Quantity


@dataclass(frozen=True, slots=True)
class Denied:
    """text[start:end] says that `zero` is 0; of all that `of` counts, where there is one."""

    zero: Sum
    start: int
    end: int
    claim: Claim
    of: Statement | None = None


@dataclass(frozen=True, slots=True)
class Misdated:
    """text[start:end] is another year in a count of this year."""

    year: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that is held against nothing, and why."""

    quantity: Quantity
    why: str


Told = Statement | Share | ShareInText | Growth | GrowthInText | Denied | Misdated | Unread
"""What one number or one denial says."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence says, in order; places are indexes of the paragraph."""

    sentence: Sentence
    stretches: tuple[Stretch, ...] = ()
    told: tuple[Told, ...] = ()

    @property
    def statements(self) -> list[Statement]:
        return [one for one in self.told if isinstance(one, Statement)]

    @property
    def shares(self) -> list[Share | ShareInText]:
        return [one for one in self.told if isinstance(one, Share | ShareInText)]

    @property
    def growths(self) -> list[Growth | GrowthInText]:
        return [one for one in self.told if isinstance(one, Growth | GrowthInText)]

    @property
    def denied(self) -> list[Denied]:
        return [one for one in self.told if isinstance(one, Denied)]

    @property
    def misdated(self) -> list[Misdated]:
        return [one for one in self.told if isinstance(one, Misdated)]

    @property
    def unread(self) -> list[Unread]:
        return [one for one in self.told if isinstance(one, Unread)]
