"""Words as a form file declares them, found in a text.

Knows the small way of writing that spares an author a regular expression:
（度） may be there or not, （收|接） one of several or none, 〔收|接〕 one of
them must be; … is up to 24 characters that are neither a stop nor a digit, ＃ a
number; {{年度}}, {{上年度}}, {{下年度}} are the report's years. Everything else stands for
itself. Reads text as `wording.folded` gives it. Knows no word of any form.

Nothing goes back in the text: all phrases are followed at once, as the states
of an automaton that is built as far as texts need it. A text takes time
proportional to its length, a phrase to its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import lru_cache
from itertools import product

from nianbao.chinese.wording import folded
from nianbao.frozen import dataclass

_PIECE = re.compile(
    r"[（〔](?P<choice>[^（）〔〕]*)[）〕]|(?P<gap>…+)|(?P<number>＃)|\{\{(?P<year>上年度|年度|下年度)\}\}|."
)
_YEARS = {"上年度": -1, "年度": 0, "下年度": 1}
_BRACKETS = "可有可无的写成（度），几个里选一个的写成〔收到|接到〕，不能套"
_DIGITS = frozenset("0123456789")
_NUMERALS = frozenset("一二两三四五六七八九十百千万零")
_NO_GAP = frozenset("，,；;：:。！？0123456789")
_GAP = 24
_LONGEST_NUMBER = 18
_MOST = (("字", ".", 400), ("括号", "[（〔]", 16), ("“…”", "…+", 3), ("“＃”", "＃", 3))
"""Of each so many in a phrase: more is no word that a clerk writes."""
_MAX_STATES = 20_000
"""A longer memory is forgotten."""


def ways(text: str) -> Iterator[str]:
    """What a sound phrase may be written as, its … and ＃ left; the fullest choices first."""
    pieces = [_written(found) for found in _PIECE.finditer(text)]
    return ("".join(way) for way in product(*pieces))


def _written(found: re.Match[str]) -> tuple[str, ...]:
    choices = tuple((found["choice"] or "").split("|"))
    if found["choice"] is None:
        return (f"{{{{{found['year']}}}}}" if found["year"] else found[0],)
    return (*choices, "") if found[0][0] == "（" else choices


def fault_of(text: str) -> tuple[str, str] | None:
    """What is wrong with a phrase and what to write instead; None for a sound one."""
    rest = re.sub(r"（[^（）〔〕]+）|〔[^（）〔〕]+〕", "x", text)
    if not text or re.search("[（）〔〕|]", rest) or re.search(r"[（〔|]\||\|[）〕]", text):
        return "里的括号不成对，或者括号里是空的", _BRACKETS
    if not re.sub(r"（[^（）〔〕]+）|…|\s", "", text):
        return "里没有一个非有不可的字，什么话都对得上", "写上一定会有的字"
    if "{{" in re.sub(r"\{\{(?:上年度|年度|下年度)\}\}", "", text):
        return "里的 {{ }} 不是年份", "只能写 {{年度}}、{{上年度}}、{{下年度}}"
    if folded(text) != text:
        return "里有繁体字或者全角的数字、字母，永远对不上", f"写成“{folded(text)}”"
    for what, sign, most in _MOST:
        if len(re.findall(sign, text)) > most:
            return f"里的{what}太多，最多 {most} 个", "分成几个短一些的词来写"
    return None


@dataclass(frozen=True, slots=True)
class Found:
    """text[start:end] is one of the phrases; `which` are their places in the list."""

    start: int
    end: int
    which: tuple[int, ...]


@dataclass(slots=True, eq=False)
class _Node:
    """A place in a phrase: what may come next, and whether it ends there (-1: it does not)."""

    char: str = ""
    kind: Callable[[str], bool] | None = None
    after: tuple[_Node, ...] = ()
    """Where a character that fits leads; without one, where it leads by itself."""
    ends: int = -1


@dataclass(slots=True, eq=False)
class _State:
    """Places in many phrases at once; `known` is where a character leads, as far as asked."""

    nodes: frozenset[_Node]
    which: tuple[int, ...]
    by_char: dict[str, list[_Node]] = field(default_factory=dict)
    by_kind: list[_Node] = field(default_factory=list)
    known: dict[str, _State | None] = field(default_factory=dict)


class Phrases:
    """All of `phrases`, followed together."""

    def __init__(self, phrases: Iterable[str], year: int) -> None:
        self._start = tuple(_node_of(phrase, n, year) for n, phrase in enumerate(phrases))
        self._states: dict[frozenset[_Node], _State] = {}
        self._first = self._state(self._start)
        self.first = _first_of(self._first)
        """The characters that a phrase may begin with."""

    def __len__(self) -> int:
        """How many states texts have needed so far."""
        return len(self._states)

    def longest(self, text: str, at: int, *, within: int | None = None) -> Found | None:
        """The longest phrase that begins at index `at`, and ends at `within` or before."""
        state: _State | None = self._first
        end = at
        which: tuple[int, ...] = ()
        for n in range(at, len(text) if within is None else within):
            assert state
            char = text[n]
            state = state.known[char] if char in state.known else self._step(state, char)
            if state is None:
                break
            if state.which:
                end, which = n + 1, state.which
        return Found(at, end, which) if which else None

    def stands_in(self, text: str) -> bool:
        """True where one of the phrases stands anywhere in `text`."""
        state = self._first
        for char in text:
            following = self._step(state, char, afresh=True)
            if following is None:
                break
            if following.which:
                return True
            state = following
        return False

    def search(self, text: str) -> Found | None:
        """The first of the phrases in `text`, the longest that begins there."""
        if not self.stands_in(text):
            return None
        return next(found for at in range(len(text)) if (found := self.longest(text, at)))

    def is_all_of(self, text: str) -> bool:
        """True where `text` is one of the phrases and nothing else."""
        found = self.longest(text, 0)
        return found is not None and found.end == len(text)

    def _step(self, state: _State, char: str, *, afresh: bool = False) -> _State | None:
        key = char + "^" if afresh else char
        if key in state.known:
            return state.known[key]
        nodes = [n for node in state.by_char.get(char, ()) for n in node.after]
        for node in state.by_kind:
            if node.kind and node.kind(char):
                nodes += node.after
        if afresh:
            nodes += self._start
        state.known[key] = self._state(nodes) if nodes else None
        return state.known[key]

    def _state(self, nodes: Iterable[_Node]) -> _State:
        reached = _reached(nodes)
        if reached not in self._states:
            if len(self._states) >= _MAX_STATES:
                self._states.clear()
                self._first.known.clear()
            self._states[reached] = _state_of(reached)
        return self._states[reached]


@lru_cache(maxsize=512)
def compiled(phrases: tuple[str, ...], year: int) -> Phrases:
    """All of `phrases`, in a report of `year`."""
    return Phrases(phrases, year)


def _reached(nodes: Iterable[_Node]) -> frozenset[_Node]:
    """`nodes` and where they lead by themselves."""
    waiting, reached = list(nodes), set()
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            if not node.char and node.kind is None:
                waiting += node.after
    return frozenset(reached)


def _state_of(nodes: frozenset[_Node]) -> _State:
    state = _State(nodes, tuple(sorted({node.ends for node in nodes if node.ends >= 0})))
    for node in nodes:
        if node.char:
            state.by_char.setdefault(node.char, []).append(node)
        elif node.kind:
            state.by_kind.append(node)
    return state


def _first_of(state: _State) -> frozenset[str]:
    kinds = [node.kind for node in state.by_kind if node.kind]
    numbers = (char for char in _DIGITS | _NUMERALS if any(kind(char) for kind in kinds))
    return frozenset((*state.by_char, *numbers))


def _node_of(phrase: str, number: int, year: int) -> _Node:
    """Where a phrase begins, built from its end."""
    node = _Node(ends=number)
    for piece in reversed(list(_PIECE.finditer(phrase))):
        node = _before(piece, node, year)
    return node


def _before(piece: re.Match[str], node: _Node, year: int) -> _Node:
    """Where `piece` begins, when `node` is where it ends."""
    if piece["choice"] is not None:
        ways = [_spelt(word, node, year) for word in piece["choice"].split("|")]
        return _Node(after=(*ways, node) if piece[0][0] == "（" else tuple(ways))
    if piece["gap"]:
        for _ in range(_GAP):
            node = _Node(after=(_Node(kind=_fills_a_gap, after=(node,)), node))
        return node
    if piece["number"]:
        return _Node(after=(_many(_DIGITS.__contains__, node), _many(_NUMERALS.__contains__, node)))
    if piece["year"]:
        return _spelt(str(year + _YEARS[piece["year"]]), node, year)
    return _Node(char=piece[0], after=(node,))


def _spelt(word: str, node: _Node, year: int) -> _Node:
    for piece in reversed(list(_PIECE.finditer(word))):
        node = _before(piece, node, year)
    return node


def _many(kind: Callable[[str], bool], node: _Node) -> _Node:
    """One or more characters of a kind, as many as a number has."""
    rest = node
    for _ in range(_LONGEST_NUMBER - 1):
        rest = _Node(after=(_Node(kind=kind, after=(rest,)), node))
    return _Node(kind=kind, after=(rest,))


def _fills_a_gap(char: str) -> bool:
    return char not in _NO_GAP
