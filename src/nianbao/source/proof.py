"""That a mended text says what was typed: the proof, whatever mends were made.

Knows what must hold between two texts: the same letters and digits in their
order, every number one that was typed, every paragraph the characters of its
lines and none of the syntax, every comment a comment still. Knows no mend and
no form; the one heading that a mend may put is brought by whoever asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nianbao.chinese.characters import SOFT_BREAKS, visible
from nianbao.chinese.lines import Lines
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Location
from nianbao.source import tree

_BARS = "|>丨│"
"""What is typed for `|`, counted with the punctuation whatever Unicode says."""
_MARKS = "|｜丨│>"
_OPENS_TEXT = re.compile(rf"[:：][{BLANKS}]*[{_MARKS}]?[+-]?$")
"""What a paragraph may stand behind on its line."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_UNSEEN = f"\ufeff\ufffd{SOFT_BREAKS}"
_HASHES = ("#", "＃")


def holds(before: Lines, after: Lines, root: tree.Node | None, *, heading: str = "") -> bool:
    """True when `after`, which `root` was read from, says the same as `before`.

    A line `heading:` may have been put, or have been a comment.
    """
    old, new = before.texts, after.texts
    if heading:
        old, new = _without_heading(old, new, heading)
    typed, said = _Ink(old), _Ink(new)
    return (
        typed.letters == said.letters
        and _comments(old) == _comments(new)
        and all(
            _is_paragraph(line, typed, said) if block else _keeps_numbers(line, typed, said)
            for line, block in _lines(root)
        )
    )


class _Ink:
    """What no mend may touch: all but width, blanks, punctuation and what cannot be seen."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.places: list[tuple[int, int]] = []
        letters: list[str] = []
        for number, line in enumerate(texts, 1):
            for at, char in enumerate(line):
                for letter in _ink(char):
                    letters.append(letter)
                    self.places.append((number, at))
        self.letters = "".join(letters)
        self.indexes = {place: n for n, place in reversed(list(enumerate(self.places)))}


@lru_cache(maxsize=8192)
def _ink(char: str) -> str:
    return "".join(
        c
        for c in unicodedata.normalize("NFKC", char)
        if unicodedata.category(c)[0] not in "PZC" and c not in _BARS
    )


def _without_heading(
    old: tuple[str, ...], new: tuple[str, ...], heading: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both texts without the heading that only the second has, and its comment in the first."""
    put = [n for n, line in enumerate(new) if line.strip(BLANKS) == f"{heading}:"]
    had = [n for n, line in enumerate(old) if line.strip(BLANKS) in (f"{heading}:", f"{heading}：")]
    if len(put) != len(had) + 1:
        return old, new
    commented = [n for n, line in enumerate(old) if uncommented(line) == heading]
    still = [n for n, line in enumerate(new) if uncommented(line) == heading]
    if len(commented) == len(still) + 1:
        old = _blanked(old, next(n for n in commented if n not in still))
    return old, _blanked(new, put[-1])


def uncommented(line: str) -> str:
    """What stands behind the `#` of a comment, without its colon; "" for any other line."""
    body = line.strip(BLANKS)
    return body.strip("#＃" + BLANKS).rstrip(":：" + BLANKS) if body.startswith(_HASHES) else ""


def _blanked(texts: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*texts[:at], "", *texts[at + 1 :])


def _comments(texts: Sequence[str]) -> list[str]:
    said = (line.strip(BLANKS) for line in texts)
    return ["#" + line[1:] for line in said if line.startswith(_HASHES)]


def _lines(root: tree.Node | None) -> Iterator[tuple[tree.Line, bool]]:
    """Every line of every text, and whether it is one of a `|` text."""
    waiting = [root] if root else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, tree.Mapping):
            waiting += [entry.value for entry in node.entries]
        elif isinstance(node, tree.Sequence):
            waiting += node.items
        else:
            yield from ((line, node.block) for line in node.lines)


def _is_paragraph(line: tree.Line, typed: _Ink, said: _Ink) -> bool:
    """True when a paragraph is what was typed in a line, or in lines that were broken."""
    inked = [at for at, char in enumerate(line.text) if _ink(char)]
    if not inked:
        whole = {text.strip(BLANKS) for text in typed.texts}
        return bool(line.text.strip(_MARKS + BLANKS)) and line.text in whole
    first, last = (said.indexes.get(_key(line.place(inked[n]))) for n in (0, -1))
    if first is None or last is None:
        return False
    (start, left), (end, right) = typed.places[first], typed.places[last]
    left, right = left - inked[0], right + len(line.text) - inked[-1]
    if left < 0:
        return False
    pieces = [
        text[left if number == start else 0 : right if number == end else len(text)].strip(BLANKS)
        for number, text in enumerate(typed.texts[start - 1 : end], start)
    ]
    head = typed.texts[start - 1][:left].strip(BLANKS)
    rest = typed.texts[end - 1][right:].strip(BLANKS)
    return (
        _bare("".join(pieces)) == _bare(line.text)
        and (not head or head[-1] in SOFT_BREAKS or bool(_OPENS_TEXT.search(head)))
        and (not rest or rest[0] in SOFT_BREAKS)
    )


def _key(place: Location) -> tuple[int, int]:
    return place.line, place.column - 1


def _bare(text: str) -> str:
    """A text without what a mend may take out of it."""
    return "".join(char for char in text if char not in _UNSEEN)


def _keeps_numbers(line: tree.Line, typed: _Ink, said: _Ink) -> bool:
    return all(_was_typed(found, line, typed, said) for found in _NUMBER.finditer(line.text))


def _was_typed(found: re.Match[str], line: tree.Line, typed: _Ink, said: _Ink) -> bool:
    """True when a number is a whole one that was typed, in whatever width."""
    first = said.indexes.get(_key(line.place(found.start())))
    last = said.indexes.get(_key(line.place(found.end() - 1)))
    if first is None or last is None:
        return False
    (start, left), (end, right) = typed.places[first], typed.places[last]
    text = unicodedata.normalize("NFKC", visible(typed.texts[start - 1][left : right + 1]))
    grouped = bool(_GROUPED.fullmatch(text)) and text.replace(",", "") == found[0]
    return (
        start == end and (text == found[0] or grouped) and _stands_alone(typed, start, left, right)
    )


def _stands_alone(typed: _Ink, number: int, left: int, right: int) -> bool:
    """True when no digit or point goes on from what stands from `left` to `right` in a line."""
    line = typed.texts[number - 1]
    before = unicodedata.normalize("NFKC", visible(line[:left])[-2:])
    behind = unicodedata.normalize("NFKC", visible(line[right + 1 :])[:2])
    return not re.search(r"(?:[0-9]|[0-9]\.)$", before) and not re.match(r"[0-9]|\.[0-9]", behind)
