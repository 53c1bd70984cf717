"""Two editions of one form: which cell of the one is which of the other.

Knows that cells are matched by their names, whatever their addresses: part, groups, row
and column, each however it is worded; and that a cell has no counterpart where the names
could mean two, the units differ or no number stands there. Knows no report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from nianbao.chinese.wording import names_among, names_of
from nianbao.form.form import Form
from nianbao.form.kind import Figure, Kind
from nianbao.form.row import Cell, Column, Row
from nianbao.frozen import dataclass

_Names = frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """A row with what its part and the groups around it are called."""

    row: Row
    part: _Names
    groups: tuple[_Names, ...]


def counterparts(form: Form, other: Form) -> Iterator[tuple[Cell, Cell]]:
    """The cells of `form`, each with the one of `other` that is the same."""
    for here, there in _rows(form, other):
        if (here.row.added is None) == (there.row.added is None):
            yield from _cells(here.row, there.row)


def sections(form: Form, other: Form) -> Mapping[str, str]:
    """For parts of `form`, by the template's name, that of the part of `other` that is the same."""
    found = {}
    for section in form.sections:
        names = names_of(section.key)
        there = [s for s in other.sections if names & names_of(s.key)]
        names = names_among(section.wordings)
        there = there or [s for s in other.sections if names & names_among(s.wordings)]
        if len(there) == 1:
            found[section.name] = there[0].name
    return found


def _rows(form: Form, other: Form) -> Iterator[tuple[_Placed, _Placed]]:
    """The rows that are the same: those named most alike first, each only once."""
    called = defaultdict(list)
    for placed in _placed(other):
        for name in names_among(placed.row.wordings):
            called[name].append(placed)
    wanted, taken = list(_placed(form)), set[_Placed]()
    for same_part, same_groups in ((True, True), (False, True), (True, False), (False, False)):
        pairs = []
        for here in wanted:
            alike = {p for name in names_among(here.row.wordings) for p in called[name]} - taken
            fitting = [
                there
                for there in alike
                if (not same_part or here.part & there.part)
                and _agree(here.groups, there.groups, exactly=same_groups)
            ]
            there = _only(here, fitting)
            if there:
                pairs.append((here, there))
        claims = Counter(there for _, there in pairs)
        sure = [(here, there) for here, there in pairs if claims[there] == 1]
        yield from sure
        matched = {here for here, _ in sure}
        wanted = [here for here in wanted if here not in matched]
        taken |= {there for _, there in sure}


def _only(here: _Placed, fitting: Sequence[_Placed]) -> _Placed | None:
    """The one row that is meant, by its short name where several are worded alike."""
    if len(fitting) > 1:
        fitting = [p for p in fitting if names_of(p.row.key) & names_of(here.row.key)]
    return fitting[0] if len(fitting) == 1 else None


def _agree(one: tuple[_Names, ...], other: tuple[_Names, ...], *, exactly: bool) -> bool:
    """True where the groups are the same; or, unless `exactly`, where one only has more of them."""
    if len(one) > len(other):
        one, other = other, one
    if exactly and len(one) != len(other):
        return False
    rest = iter(other)
    return all(any(names & there for there in rest) for names in one)


def _cells(here: Row, there: Row) -> Iterator[tuple[Cell, Cell]]:
    for cell in here.cells():
        found = _column(cell.column, here, there)
        across = there.cell(found) if found else None
        if across and _comparable(cell.kind, across.kind):
            yield cell, across


def _comparable(here: Kind, there: Kind) -> bool:
    """True of two numbers in one unit, as far as a unit is said."""
    if not (isinstance(here, Figure) and isinstance(there, Figure)):
        return False
    units = {here.unit, there.unit} - {""}
    return here.percent == there.percent and len(units) < 2


def _column(column: Column, here: Row, there: Row) -> Column | None:
    """The same column of another row; the only one of each needs no common name."""
    if len(here.columns) == len(there.columns) == 1:
        return there.columns[0]
    by_key = [c for c in there.columns if names_of(c.key) & names_of(column.key)]
    names = names_among(column.wordings)
    found = by_key or [c for c in there.columns if names & names_among(c.wordings)]
    return found[0] if len(found) == 1 else None


def _placed(form: Form) -> Iterator[_Placed]:
    for section in form.sections:
        part = names_among((*section.wordings, section.name))
        for row in section.table.rows() if section.table else ():
            pairs = zip(row.groups, row.group_labels, strict=True)
            yield _Placed(row, part, tuple(names_among(pair) for pair in pairs))
