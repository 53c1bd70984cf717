"""Rows typed in another group than their own, put where they belong.

Knows that a table's rows stand in groups and each has one place: a row that is unknown where
it was typed and missing in just one other group was meant there. Tells of each; what a row
holds, `tablefile` knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from nianbao.chinese.wording import names_among, names_of
from nianbao.diagnostics import Edit, Finding, edit, finding
from nianbao.form.contract import NOTE
from nianbao.form.row import Group, Item, Row
from nianbao.frozen import dataclass
from nianbao.report.report import OfCell
from nianbao.source import tree

Items = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Level:
    """One group as typed, or the whole table: what it is called, and what may stand in it."""

    name: str
    mapping: tree.Mapping
    items: dict[str, Item]
    """By each of the names that they may be typed in."""
    typed: frozenset[str]

    def item(self, typed: str) -> Item | None:
        return next((self.items[n] for n in names_of(typed) if n in self.items), None)

    def lacks(self, typed: str) -> bool:
        """True when `typed` names an item of this level that is not typed in it."""
        item = self.item(typed)
        return item is not None and self.typed.isdisjoint(names_among(item.wordings))


def put_right(
    items: Items, table: tree.Mapping, name: str, tell: Callable[[Finding], None]
) -> tree.Mapping:
    """The table with every row in its group, as far as one can be meant."""
    levels = list(_levels(items, table, name))
    note = names_of(NOTE)
    moved: dict[int, tree.Mapping] = {}
    for level in levels:
        for entry in level.mapping.entries:
            if level.item(entry.key.text) or names_of(entry.key.text) & note:
                continue
            homes = [other for other in levels if other.lacks(entry.key.text)]
            if len(homes) == 1:
                moved[id(entry)] = homes[0].mapping
                tell(_told(entry, level, homes[0]))
    return _with_moved(table, moved, levels) if moved else table


def first_cell(item: Item) -> str:
    """The address of the first cell of a row or group."""
    row = item if isinstance(item, Row) else next(item.rows())
    return row.cells()[0].address


def _levels(items: Items, mapping: tree.Mapping, name: str) -> Iterator[_Level]:
    loose = [row for item in items if _is_optional(item) for row in item.items]  # type: ignore[union-attr]
    by_name: dict[str, Item] = {}
    for item in (*items, *loose):
        for one in names_among(item.wordings):
            by_name.setdefault(one, item)
    level = _Level(name, mapping, by_name, names_among(e.key.text for e in mapping.entries))
    yield level
    for entry in mapping.entries:
        item = level.item(entry.key.text)
        if isinstance(item, Group) and isinstance(entry.value, tree.Mapping):
            yield from _levels(item.items, entry.value, item.key)


def _is_optional(item: Item) -> bool:
    return isinstance(item, Group) and item.optional


def _told(entry: tree.Entry, here: _Level, home: _Level) -> Finding:
    key, margin = entry.key.text, _margin(home.mapping)
    meant = home.item(key)
    deeper = f"，行首空 {margin} 格" if _is_block(home.mapping) else ""
    return finding(
        "S101",
        f"“{key}”写在了“{here.name}”里，它是“{home.name}”里的一行。",
        at=OfCell(first_cell(meant), entry.key.location) if meant else entry.key.location,
        hint=f"移到“{home.name}”下面，和那里的各行对齐{deeper}",
        mend=_mend(entry, here.mapping, home.mapping),
    )


def _mend(entry: tree.Entry, here: tree.Mapping, home: tree.Mapping) -> list[Edit]:
    """The right margin, where the row stands next to its group and is one line."""
    beside = _is_first_behind(entry, here, home) or _is_last_within(entry, here, home)
    key = entry.key.location
    if not beside or not (_is_block(here) and _is_block(home)) or _end(entry.value) != key.line:
        return []
    return [edit(key.line, 1, key.column, " " * _margin(home))]


def _is_first_behind(entry: tree.Entry, here: tree.Mapping, home: tree.Mapping) -> bool:
    """True when `entry` follows right on the group that is its home."""
    at = here.entries.index(entry)
    return at > 0 and here.entries[at - 1].value is home


def _is_last_within(entry: tree.Entry, here: tree.Mapping, home: tree.Mapping) -> bool:
    """True when `entry` ends the group that stands in its home."""
    return here.entries[-1] is entry and any(other.value is here for other in home.entries)


def _is_block(mapping: tree.Mapping) -> bool:
    """True for rows below one another, without braces."""
    return bool(mapping.entries) and mapping.location == mapping.entries[0].key.location


def _margin(mapping: tree.Mapping) -> int:
    return mapping.location.column - 1


def _end(node: tree.Node) -> int:
    """The last line on which something of `node` begins; 0 for a text over several lines."""
    if isinstance(node, tree.Scalar):
        return 0 if node.spread or node.block else node.location.line
    inner = node.items if isinstance(node, tree.Sequence) else [e.value for e in node.entries]
    return max((_end(one) for one in inner), default=node.location.line)


def _with_moved(
    mapping: tree.Mapping, moved: dict[int, tree.Mapping], levels: list[_Level]
) -> tree.Mapping:
    come = [
        entry
        for level in levels
        for entry in level.mapping.entries
        if moved.get(id(entry)) is mapping
    ]
    kept = [entry for entry in mapping.entries if id(entry) not in moved]
    return replace(
        mapping,
        entries=[
            replace(entry, value=_with_moved(entry.value, moved, levels))
            if isinstance(entry.value, tree.Mapping)
            else entry
            for entry in (*kept, *come)
        ],
    )
