"""The places that a name of an office goes through: county, town; which is above which.

Knows how Chinese places are called (云岭县, 白水镇), that a text may leave the
upper ones out, and which words end as a place does and are none (各乡镇, 社区).
Knows no unit and no form.
"""

from __future__ import annotations

import re

from nianbao.frozen import dataclass

_KINDS = {
    "省": 1,
    "市": 2,
    "州": 2,
    "盟": 2,
    "县": 3,
    "区": 3,
    "旗": 3,
    "镇": 4,
    "乡": 4,
    "街道": 4,
}
_TOWNSHIP = 4
_PLACE = re.compile(rf"[\u4e00-\u9fff]{{2,9}}?(?P<kind>{'|'.join(_KINDS)})(?!级)")
_NO_NAME = re.compile(
    "[各本我该此每全乡城集村建与向由到在至为是和及录往入请系问访从对](?:镇|乡|街道|县|市|区|省|州|旗)$|[和、]县$|[超门夜上股集]市$|"
    "(?:开发|工业|园|社|小|新|片|景|山|功能|示范|度假|管理|服务|办公|产业|校|库|厂|矿|林|牧|住宅|"
    "生活|保护|试验|地|辖|街|郊)区$"
)
_BEFORE = re.compile(
    "^.*(?:请与|请向|可向|联系|咨询|地址|位于|设在|来自|登录|访问|[与向由])(?=[\u4e00-\u9fff]{2})"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text at [start, end); `rank` 1 for a province … 4 for a town."""

    name: str
    kind: str
    start: int
    end: int

    @property
    def rank(self) -> int:
        return _KINDS[self.kind]

    def is_of_the_kind_of(self, other: Place) -> bool:
        """Towns are compared with towns; of those above, only what is called alike."""
        return self.kind == other.kind or self.rank == other.rank == _TOWNSHIP


def named(text: str) -> list[Place]:
    """The places in `text`, as `wording.folded` gives it, in order."""
    found = []
    for match in _PLACE.finditer(text):
        name = _BEFORE.sub("", match[0])
        if len(name) > len(match["kind"]) and not _NO_NAME.search(name):
            start = match.end() - len(name)
            found.append(Place(name, match["kind"], start, match.end()))
    return found


def own_rank(unit: str) -> int | None:
    """The rank of the place that an office is of: 3 for 云岭县水利局; None where none is named."""
    found = named(unit)
    return found[-1].rank if found else None


def another(text: str, unit: str) -> Place | None:
    """The first place in `text` that is plainly not the one of its kind that `unit` is of."""
    found = named(text)
    for own in named(unit):
        alike = [place for place in found if place.is_of_the_kind_of(own)]
        if alike and not any(_is(place, own) for place in alike):
            return alike[0]
    return None


def is_one_place(unit: str, other: str) -> bool:
    """True where two offices are of the same place; either may leave the upper ones out."""
    ours, theirs = named(unit)[::-1], named(other)[::-1]
    return bool(ours and theirs) and all(map(_is, ours, theirs))


def _is(place: Place, own: Place) -> bool:
    return place.name.endswith(own.name) or own.name.endswith(place.name)
