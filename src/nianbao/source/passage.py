"""How far a narrative goes when its indentation does not say.

Text pasted from Word or WeChat stands at the left edge, or unevenly, below its
`名称: |`. Knows how to tell such a line from the next key by the names that the
caller brings, and what must be typed to make one text of it. Knows no form;
without names only a line that has no colon is taken for text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit, edit
from nianbao.frozen import dataclass
from nianbao.source.misplaced import belongs_at_the_edge
from nianbao.source.typed import KEY, STEP, Typed

_ROW_VALUE = re.compile(r"[ \t\u3000]*(?:[\[{［｛].*|[\d０-９]+)[ \t\u3000]*$")
_VALUE = re.compile(r"[ \t]*(?:[|>｜]|[\[{].*[\]}]$)")
_ENDED = re.compile(
    r"[。！？；：…!?;:.）)”」』]$|^[（(]?[一二三四五六七八九十\d]+[）)、.．][^，。]{0,30}$"
)
"""A line that is a paragraph of its own: a sentence's end, or a numbered heading."""
_COMMENT = re.compile(r"(?:^|[ \t])#")
_QUOTES = ("'", '"', "“")
_BARS = ("|", "｜", "丨", "│")


@dataclass(frozen=True, slots=True)
class Passage:
    """The lines of one text, from `first` up to `end`, meant to begin with `indent` blanks.

    `crooked` are those that stand further left than the first line of the text, or at the edge.
    """

    first: int = 0
    end: int = 0
    indent: int = 0
    crooked: tuple[int, ...] = ()

    def __contains__(self, number: int) -> bool:
        return self.first <= number < self.end

    def mend(self, typed: Typed) -> Iterator[Edit]:
        """Blanks before the lines that lack them, and none too many before the first."""
        opening = True
        for number, margin in typed.below(self.first - 1):
            if number not in self:
                return
            if margin < self.indent:
                yield edit(number, 1, 1, " " * (self.indent - margin))
            elif opening and margin > self.indent:
                yield edit(number, self.indent + 1, margin + 1, "")
            opening = False


def below(typed: Typed, key_line: int, key_indent: int) -> Passage:
    """The text below the key at `key_line` (from 1), with `|` or with nothing behind it."""
    margins = dict(_of_text(typed, key_line, key_indent))
    first = next(iter(margins.values()), 0)
    least = first if first > key_indent else key_indent + 1
    crooked = tuple(number for number, margin in margins.items() if margin < least)
    deeper = [margin for margin in margins.values() if margin > key_indent]
    indent = min(deeper) if deeper else key_indent + STEP
    return Passage(key_line + 1, max(margins, default=key_line) + 1, indent, crooked)


def _of_text(typed: Typed, key_line: int, key_indent: int) -> Iterator[tuple[int, int]]:
    """The lines below a key that are its text, and how far each is indented."""
    key = KEY.match(typed.line(key_line).strip(BLANKS))
    open_ended = bool(typed.names and key and typed.names.narrative(key["key"]))
    first: int | None = None
    for number, indent in typed.below(key_line):
        if indent <= key_indent and _ends(typed, number, open_ended=open_ended):
            return
        first = indent if first is None else first
        if indent < first and belongs_at_the_edge(typed, number):
            return
        yield number, indent


def _ends(typed: Typed, number: int, *, open_ended: bool) -> bool:
    """True when a line that is no deeper than the key above is no more of its text."""
    body = typed.line(number).strip(BLANKS)
    if body.startswith(("#", "＃", "---", "...")) or (not open_ended and body.startswith("- ")):
        return True
    key = KEY.match(body)
    if not key:
        return _is_lone_name(typed, number)
    if not typed.names or not open_ended:
        return key.end("key") <= 30
    name, names = key["key"], typed.names
    if names.at_top(name) or _VALUE.match(key["rest"]) or names.nearly_top(name):
        return True
    return names.known(name) and bool(_ROW_VALUE.match(key["rest"]))


def _is_lone_name(typed: Typed, number: int) -> bool:
    """True for the name of a part that lacks its colon, has lines below, and is given nowhere else."""
    line = typed.line(number)
    name = line.rstrip(BLANKS + "".join(_BARS))
    if line[0] in BLANKS or not typed.names or not typed.names.at_top(name):
        return False
    return typed.opens(number) and not typed.given(name)


def declared(typed: Typed, key_line: int, indent: int) -> Passage:
    """The text below a `|2`, which says how far it is indented."""
    below = (number for number, margin in typed.below(key_line) if margin < indent)
    return Passage(key_line + 1, next(below, len(typed.lines) + 1), indent)


def as_block(
    typed: Typed, key_line: int, *, at: int, indent: int, bar: str = " |"
) -> tuple[Edit, ...]:
    """What makes a `|` text of one that begins behind column index `at` of its key's line.

    Nothing where that would change what was meant: quotes, a ` #`, or lines of which one may
    go on in the next. `bar` is "" where the `|` is typed.
    """
    line = typed.line(key_line)
    behind = line[at:].strip(BLANKS)
    below = list(typed.deeper(key_line, indent))
    if behind[:1] in _QUOTES or not _are_paragraphs([behind, *map(typed.line, below)]):
        return ()
    start = len(line[:at].rstrip(BLANKS)) + 1
    end = len(line) - len(line[at:].lstrip(BLANKS)) + 1
    margin = indent + STEP
    return (
        edit(key_line, start, end, f"{bar}\n{' ' * margin}"),
        *Passage(key_line + 1, max(below, default=key_line) + 1, margin).mend(typed),
    )


def bar_moved(typed: Typed, key_line: int, *, colon: int, at: int, indent: int) -> tuple[Edit, ...]:
    """What puts ` |` behind the colon, and below it the text from column index `at` on."""
    moved = as_block(typed, key_line, at=at, indent=indent)
    if not moved:
        return ()
    put = moved[0]
    return (edit(key_line, colon + 1, put.end.column, put.text), *moved[1:])


def with_bar(typed: Typed, key_line: int, indent: int, change: Edit) -> tuple[Edit, ...]:
    """`change`, which puts the `|`, where the lines below a key are paragraphs as they stand."""
    below = [typed.line(n).strip(BLANKS) for n in typed.deeper(key_line, indent)]
    sound = below and below[0][:1] not in _QUOTES and _are_paragraphs(below)
    return (change,) if sound else ()


def _are_paragraphs(lines: list[str]) -> bool:
    """True when no line may go on in the next, and none would lose or gain by a `#`."""
    said = [line.strip(BLANKS) for line in lines]
    sound = not any(_COMMENT.search(line) or line.startswith(_BARS) for line in said)
    return sound and all(map(_ENDED.search, said[:-1]))
