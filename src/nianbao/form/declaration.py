"""A mapping of a form file, its keys asked for one by one.

Knows what a form's author may get wrong whatever the key is about: it is not
there, or twice, or nobody asks for it; its value is not of the kind asked for;
it has no effect where it stands. Each is told at its line (S101 to S103, F102).
Knows no key itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from nianbao.chinese.phrase import fault_of
from nianbao.chinese.wording import closest, names_of, plain
from nianbao.diagnostics import Finding, Location, Related, finding
from nianbao.form.contract import YEARS, names_known
from nianbao.source import tree
from nianbao.source.keys import missing, take

Tell = Callable[[Finding], None]
Value = TypeVar("Value")
MAX_TEXT = 1000
"""Characters of one text; the longest that is shipped has 139."""
_ALIKE = 0.5
"""Half of a word says which of two or three was meant."""
Placed = tuple[tuple[str, Location], ...]
"""Texts, each with its place."""


def read(
    node: tree.Node, within: str, tell: Tell, reader: Callable[[Declaration], Value]
) -> Value | None:
    """What `reader` makes of a mapping; the keys that it did not ask for are told."""
    if not isinstance(node, tree.Mapping):
        hint = "一项一行，冒号后面空一格"
        tell(wrong(f"{within}应当写成“名称: 内容”。", at=node.location, hint=hint))
        return None
    declared = Declaration(node, within, tell)
    value = reader(declared)
    declared.end()
    return value


def wrong(message: str, *, at: Location, hint: str = "") -> Finding:
    return finding("F102", message, at=at, hint=hint)


class Declaration:
    """One mapping; `within` says in Chinese where we are, `tell` takes what is found."""

    def __init__(self, node: tree.Mapping, within: str, tell: Tell) -> None:
        self.location = node.location
        self.tell = tell
        self._within = within
        self._node = node
        self._entries: dict[str, tree.Entry] = {}
        for entry in node.entries:
            for name in names_of(entry.key.text):
                self._entries.setdefault(name, entry)
        self._asked: dict[str, bool] = {}
        """Every key asked for, in order, and whether it must be there."""

    def wrong(self, message: str, *, at: Location, hint: str = "") -> None:
        self.tell(wrong(message, at=at, hint=hint))

    def has(self, key: str) -> bool:
        return self._entry(key) is not None

    def place(self, key: str) -> Location:
        """Where the value of `key` stands; where it should, if it is not there."""
        entry = self._entry(key)
        return entry.value.location if entry else self.location

    def node(self, key: str) -> tree.Node | None:
        """What stands under `key`, for one that may be of several kinds."""
        return self._ask(key, required=False)

    def text(self, key: str, *, required: bool = False) -> str:
        """One line of text, "" where there is none."""
        node = self._ask(key, required)
        return self.text_of(node, key) if node else ""

    def verbatim(self, key: str) -> str:
        """The same with the blanks at its ends."""
        text, entry = self.text(key), self._entry(key)
        return entry.value.text if text and entry and isinstance(entry.value, tree.Scalar) else ""

    def text_of(self, node: tree.Node, what: str) -> str:
        text = node.text.strip() if isinstance(node, tree.Scalar) and not node.spread else ""
        if not text or "\n" in text:
            self.wrong(
                f"“{what}”应当是一行文字。", at=node.location, hint=f"写成“{what}: 文字”，只写一行"
            )
            return ""
        if len(text) > MAX_TEXT:
            said = f"“{what}”有 {len(text):,} 个字，最多 {MAX_TEXT:,} 个字。"
            self.wrong(said, at=node.location, hint="看看是不是粘贴错了，改短一些")
            return ""
        return text

    def label(self, key: str) -> str:
        """One line as it is printed: it may name years."""
        text = self.text(key)
        self._names_years(text, self.place(key))
        return text

    def labels(self, key: str) -> tuple[str, ...]:
        placed = self.placed(key)
        for text, place in placed:
            self._names_years(text, place)
        return tuple(text for text, _ in placed)

    def _names_years(self, text: str, place: Location) -> None:
        for said, hint in names_known(text, YEARS):
            self.wrong(said, at=place, hint=hint)

    def choice(self, key: str, options: Mapping[str, Value], default: Value) -> Value:
        """What the word typed stands for; `default` where there is none."""
        typed = self.text(key)
        if typed and typed not in options:
            meant = closest(typed, options, cutoff=_ALIKE)
            words = "、".join(options)
            self.wrong(
                f"“{key}”写的是“{typed}”，没有这一种。",
                at=self.place(key),
                hint=f"您是否想写“{meant}”" if meant else f"只能写：{words}",
            )
        return options.get(typed, default)

    def yes(self, key: str) -> bool:
        return self.choice(key, {"是": True, "否": False}, default=False)

    def count(self, key: str) -> int | None:
        typed = self.text(key)
        if typed and not (typed.isascii() and typed.isdigit()):
            self.wrong(
                f"“{key}”写的是“{typed}”，应当是一个数。",
                at=self.place(key),
                hint="写阿拉伯数字，如 2",
            )
            return None
        return int(typed) if typed else None

    def items(self, key: str, *, required: bool = False) -> list[tree.Node]:
        """The items of a list, or a text by itself."""
        node = self._ask(key, required)
        return self.items_of(node, key) if node else []

    def items_of(self, node: tree.Node, what: str) -> list[tree.Node]:
        if isinstance(node, tree.Scalar):
            return [node]
        if isinstance(node, tree.Sequence) and node.items:
            return node.items
        self.wrong(
            f"“{what}”应当是一个列表，里面至少有一项。",
            at=node.location,
            hint="写成 [甲, 乙]，或每项一行、以“- ”开头",
        )
        return []

    def placed(self, key: str, *, required: bool = False) -> Placed:
        """The texts of a list, or a single one, each with its place."""
        node = self._ask(key, required)
        return self.placed_of(node, key) if node else ()

    def placed_of(self, node: tree.Node, what: str) -> Placed:
        found = [(self.text_of(n, what), n.location) for n in self.items_of(node, what)]
        return tuple((text, place) for text, place in found if text)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        return tuple(text for text, _ in self.placed(key, required=required))

    def phrases(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of phrases, or a single one; those that cannot be read are told and left out."""
        sound = []
        for text, place in self.placed(key, required=required):
            fault = fault_of(text)
            if fault:
                self.wrong(f"“{text}”{fault[0]}。", at=place, hint=fault[1])
            else:
                sound.append(text)
        return tuple(sound)

    def each(
        self,
        key: str,
        reader: Callable[[Declaration], Value],
        *,
        required: bool = False,
        most: int | None = None,
    ) -> tuple[Value, ...]:
        """What `reader` makes of each mapping of a list, `most` of them at the most."""
        nodes = self.items(key, required=required)[:most]
        found = [read(node, f"“{key}”的一项", self.tell, reader) for node in nodes]
        return tuple(value for value in found if value is not None)

    def nested(
        self, key: str, reader: Callable[[Declaration], Value], *, required: bool = False
    ) -> Value | None:
        """What `reader` makes of the mapping under `key`."""
        node = self._ask(key, required)
        return read(node, f"“{key}”", self.tell, reader) if node else None

    def named(self, key: str) -> list[tree.Entry]:
        """The entries of a mapping whose keys are the author's own, each once."""
        node = self._ask(key, required=False)
        if node is None:
            return []
        if not isinstance(node, tree.Mapping):
            self.wrong(
                f"“{key}”应当写成“名称: 内容”。", at=node.location, hint="一项一行，冒号后面空一格"
            )
            return []
        distinct = Distinct(self.tell, f"“{key}”的名称")
        for entry in node.entries:
            distinct.add(entry.key.text, entry.key.location)
        return node.entries

    def idle(self, key: str, why: str) -> None:
        """`key` is known, but has no effect here."""
        self._ask(key, required=False)
        entry = self._entry(key)
        if entry:
            self.wrong(f"“{key}”写在这里没有用：{why}。", at=entry.key.location, hint="删掉这一行")

    def old(self, key: str, instead: str) -> None:
        """`key` is a word of an older notation: `instead` says what to write."""
        self._ask(key, required=False)
        entry = self._entry(key)
        if entry:
            at = entry.key.location
            self.wrong(f"“{key}”是以前的写法，现在不用了。", at=at, hint=instead)

    def end(self) -> None:
        """Tell of the keys that were not asked for, and of those that are not there."""
        needed = [key for key, need in self._asked.items() if need]
        absent = [key for key in needed if not self.has(key) and not self._slip(key)]
        asked = {id(self._entry(key)) for key in self._asked}
        strange = [e.key.text for e in self._node.entries if id(e) not in asked]
        alone = len(absent) == len(strange) == 1 == len(absent[0]) == len(strange[0])

        def unknown(told: Finding) -> None:
            """Of two words of one character each the one was typed for the other: 启 for 起."""
            self.tell(replace(told, hint=f"您是否想写“{absent[0]}”") if alone else told)

        known = {key: (key,) for key in self._asked}
        take(self._node, known, self._within, unknown, alike=_ALIKE)
        misspelt = {closest(typed, absent) for typed in strange} if not alone else set(absent)
        for key in absent:
            if key not in misspelt:
                self.tell(missing(key, self._within, self.location))

    def _entry(self, key: str) -> tree.Entry | None:
        return next((self._entries[n] for n in names_of(key) if n in self._entries), None)

    def _slip(self, key: str) -> tree.Entry | None:
        """The entry of a key that is missing but for one character: 部份 for 部分."""
        near = [
            entry
            for entry in self._node.entries
            if len(entry.key.text) == len(key) > 1
            and sum(one != other for one, other in zip(entry.key.text, key, strict=True)) == 1
            and entry.key.text not in self._asked
        ]
        return near[0] if len(near) == 1 else None

    def _ask(self, key: str, required: bool) -> tree.Node | None:
        self._asked[key] = required or self._asked.get(key, False)
        entry = self._entry(key) or (self._slip(key) if required else None)
        return entry.value if entry else None


class Distinct:
    """Names that must differ however they are typed, with the places of the first of each."""

    def __init__(self, tell: Tell, what: str, *, hint: str = "各起各的名") -> None:
        self._tell = tell
        self._what = what
        self._hint = hint
        self._first: dict[str, Location] = {}

    def has(self, name: str) -> bool:
        return (plain(name) or name) in self._first

    def add(self, name: str, place: Location) -> None:
        """Take `name`; tell where it was taken before."""
        first = self._first.setdefault(plain(name) or name, place)
        if name and first is not place:
            self._tell(
                finding(
                    "F102",
                    f"{self._what}“{name}”用了两次，前一次在第 {first.line} 行。",
                    at=place,
                    hint=self._hint,
                    related=[Related(first, f"前一个“{name}”")],
                )
            )
