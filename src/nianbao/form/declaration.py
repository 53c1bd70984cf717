"""A mapping of a form file, its keys asked for one by one.

Knows what a form's author may get wrong whatever the key is about: it is not
there, or twice, or nobody asks for it; its value is not of the kind asked for;
it has no effect where it stands. Each is told at its line (S101 to S103, F102).
Knows no key itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from nianbao.chinese.phrase import fault_of
from nianbao.chinese.wording import closest, names_of
from nianbao.diagnostics import Finding, Location, finding
from nianbao.form import misspelt
from nianbao.form.contract import YEARS, names_known
from nianbao.form.distinct import Distinct, Tell
from nianbao.form.misspelt import ALIKE
from nianbao.source import tree

Value = TypeVar("Value")
MAX_TEXT = 1000
"""Characters of one text; the longest that is shipped has 139."""
_YES = {"是": True, "否": False}
COMMA = re.compile(r"[ \u3000]*[，、][ \u3000]*")
"""What an input method puts between the items of a list."""
Placed = tuple[tuple[str, Location], ...]
"""Texts, each with its place."""


def read(
    node: tree.Node,
    within: str,
    tell: Tell,
    reader: Callable[[Declaration], Value],
    *,
    example: str = "",
) -> Value | None:
    """What `reader` makes of a mapping; the keys that it did not ask for are told."""
    if not isinstance(node, tree.Mapping):
        hint = f"写成 {example}" if example else "一项一行，冒号后面空一格"
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
        if node.told:
            return ""
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

    def choice(
        self, key: str, options: Mapping[str, Value], default: Value, *, unsaid: str = ""
    ) -> Value:
        """What the word typed stands for; `default`, called `unsaid`, where there is none."""
        typed = self.text(key)
        if typed and typed not in options:
            meant = closest(typed, options, cutoff=ALIKE)
            listed = "、".join(options) + (f"；不写就是{unsaid}" if unsaid else "")
            self.wrong(
                f"“{key}”写的是“{typed}”，没有这一种。",
                at=self.place(key),
                hint=f"您是否想写“{meant}”" if meant else f"只能写：{listed}",
            )
        return options.get(typed, default)

    def yes(self, key: str) -> bool:
        return self.choice(key, _YES, default=False)

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
        """The items of a list, or the only one by itself."""
        node = self._ask(key, required)
        return self.items_of(node, key) if node else []

    def items_of(self, node: tree.Node, what: str) -> list[tree.Node]:
        if isinstance(node, tree.Sequence) and node.items:
            return node.items
        if isinstance(node, tree.Scalar) or (isinstance(node, tree.Mapping) and node.entries):
            return [node]
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

    def words(self, key: str, *, required: bool = False) -> Placed:
        """The same for words in which there is no comma."""
        placed = self.placed(key, required=required)
        told = next(((text, place) for text, place in placed if COMMA.search(text)), None)
        if told and len(placed) == 1:
            parts = ", ".join(part for part in COMMA.split(told[0]) if part)
            self.wrong(
                f"“{key}”里只有一项“{told[0]}”，里面的逗号、顿号不是半角的，分不开。",
                at=told[1],
                hint=f"写成 {key}: [{parts}]",
            )
        return placed

    def endings(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """How the names of units end, of which something is asked."""
        placed = self.words(key, required=required)
        for text, place in placed:
            if text in _YES:
                said = f"“{key}”写的是“{text}”，应当写单位名称的结尾。"
                self.wrong(said, at=place, hint="如 [镇, 街道]，名称这样结尾的单位才查")
        return tuple(text for text, _ in placed)

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
        self,
        key: str,
        reader: Callable[[Declaration], Value],
        *,
        required: bool = False,
        example: str = "",
    ) -> Value | None:
        """What `reader` makes of the mapping under `key`, which is written like `example`."""
        node = self._ask(key, required)
        return read(node, f"“{key}”", self.tell, reader, example=example) if node else None

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
            what = "这一行" if self._is_block else f"“{key}”这一项"
            said = f"“{key}”写在这里没有用：{why}。"
            self.wrong(said, at=entry.key.location, hint=f"删掉{what}")

    def old(self, key: str, instead: str) -> None:
        """`key` is a word of an older notation: `instead` says what to write."""
        self._ask(key, required=False)
        entry = self._entry(key)
        if entry:
            at = entry.key.location
            self.wrong(f"“{key}”是以前的写法，现在不用了。", at=at, hint=instead)

    def end(self) -> None:
        """Tell of the keys that were not asked for, and of those that are not there."""
        misspelt.tell_of(self._node, self._asked, self._within, self.tell, at=self.location)

    def _entry(self, key: str) -> tree.Entry | None:
        return next((self._entries[n] for n in names_of(key) if n in self._entries), None)

    @property
    def _is_block(self) -> bool:
        """True for entries below one another, without braces."""
        return self._node.location.column == self._node.entries[0].key.location.column

    def _ask(self, key: str, required: bool) -> tree.Node | None:
        self._asked[key] = required or self._asked.get(key, False)
        entry = self._entry(key) or (
            misspelt.slip(self._node, key, self._asked) if required else None
        )
        return entry.value if entry else None
