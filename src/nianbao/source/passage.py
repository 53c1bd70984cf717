"""How far a narrative goes when its indentation does not say.

Text pasted from Word or WeChat stands at the left edge, or unevenly, below its
`名称: |`. Knows how to tell such a line from the next key by the names that the
caller brings, and what must be typed to make one text of it. Knows no form;
without names only a line that has no colon is taken for text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.chinese.wording import BLANKS, names_of
from nianbao.diagnostics import Edit, edit
from nianbao.source.names import Names

STEP = 2
"""Blanks a level, where nothing says otherwise."""

_KEY = re.compile(r"(?P<key>[^：:]{1,40}?)[ \t]*(?P<colon>[：:])(?P<rest>.*)$")
_ROW_VALUE = re.compile(r"[ \t\u3000]*(?:[\[{［｛].*|[\d０-９]+)[ \t\u3000]*$")
_BARRED = re.compile(r"[ \t\u00a0\u3000]*(?:[|｜丨]|>[+-]?$)")
_FLOW = re.compile(r"[ \t\u00a0\u3000]*(?:\{(?!\{)|[\[［｛])")
"""A list or mapping; `{{` is a bound figure."""
_NOTHING = re.compile(r"0?[ \t]*(?:[ \t]#.*)?$")
_ENDED = re.compile(
    r"[。！？；：…!?;:.）)”」』]$|^[（(]?[一二三四五六七八九十\d]+[）)、.．][^，。]{0,30}$"
)
"""A line that is a paragraph of its own: a sentence's end, or a numbered heading."""
_COMMENT = re.compile(r"(?:^|[ \t])#")
BAR_BELOW = re.compile(r"[：:][ \t\u00a0\u3000]*[|>｜丨][+-]?$")
_QUOTES = ("'", '"', "“")


@dataclass(frozen=True, slots=True)
class Passage:
    """The lines of one text, from `first` up to `end`, meant to begin with `indent` blanks.

    `crooked` are those that stand further left than the first line of the text, or at the edge.
    """

    first: int
    end: int
    indent: int
    crooked: tuple[int, ...] = ()

    def mend(self, lines: list[str]) -> Iterator[Edit]:
        """Blanks before the lines that lack them, and none too many before the first."""
        opening = True
        for number in range(self.first, self.end):
            if lines[number - 1].strip(BLANKS):
                margin = indent_of(lines[number - 1])
                if margin < self.indent:
                    yield edit(number, 1, 1, " " * (self.indent - margin))
                elif opening and margin > self.indent:
                    yield edit(number, self.indent + 1, margin + 1, "")
                opening = False


def key_of(line: str) -> str:
    """What stands before the first colon of a line, which is empty where there is none."""
    key, colon, _ = line.replace("：", ":").partition(":")
    return key.strip(BLANKS) if colon else ""


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_misplaced(lines: list[str], number: int, names: Names | None) -> bool:
    """True for an indented line that is plainly a key of the left edge, by what follows it.

    A narrative's has its `|`; one with keys below has them in the line or below it, or is 0.
    """
    body = lines[number - 1].strip(BLANKS)
    key = _KEY.match(body)
    if not names or not key or body == lines[number - 1].rstrip(BLANKS):
        return False
    if names.narrative(key["key"]):
        return bool(_BARRED.match(key["rest"]))
    if not names.opens(key["key"]) or names_of(key["key"]) & names.inner:
        return False
    rest = key["rest"].strip(BLANKS)
    flow = bool(_FLOW.match(rest))
    if flow or key["colon"] == "：" or not _NOTHING.match(rest):
        return flow
    return rest.startswith("0") or _has_keys_below(lines, number, names)


def _has_keys_below(lines: list[str], number: int, names: Names) -> bool:
    """True when the line below is a key, and deeper or one that is known inside a table."""
    for line in lines[number:]:
        body = line.strip(BLANKS)
        if body and not body.startswith("#"):
            key = _KEY.match(body)
            deeper = indent_of(line) > indent_of(lines[number - 1])
            return bool(key) and (deeper or bool(names_of(key_of(line)) & names.inner))
    return False


def to_the_edge(lines: list[str], number: int, names: Names | None) -> tuple[Edit, ...]:
    """What puts a misplaced key, and what stands deeper below it, at the left edge.

    Nothing where more lines follow as deep as the key that are neither its own nor keys.
    """
    line = lines[number - 1]
    margin = len(line) - len(line.lstrip(BLANKS))
    change = edit(number, 1, margin + 1, "")
    if BAR_BELOW.search(line.rstrip(BLANKS)):
        return (change,)
    own = list(_deeper(lines, number, indent_of(line)))
    after = max(own, default=number) + 1
    while after <= len(lines) and not lines[after - 1].strip(BLANKS):
        after += 1
    indented = after <= len(lines) and lines[after - 1][0] in BLANKS
    if indented and not is_misplaced(lines, after, names):
        return ()
    deep = own if margin >= STEP and line[:margin] == " " * margin else []
    return (change, *(edit(below, 1, margin + 1, "") for below in deep))


def below(lines: list[str], key_line: int, key_indent: int, names: Names | None) -> Passage:
    """The text below the key at `key_line` (from 1), with `|` or with nothing behind it."""
    key = _KEY.match(lines[key_line - 1].strip(BLANKS))
    open_ended = names is not None and key is not None and names.narrative(key["key"])
    margins: dict[int, int] = {}
    for number in range(key_line + 1, len(lines) + 1):
        line = lines[number - 1]
        if line.strip(BLANKS):
            if indent_of(line) <= key_indent and _ends(line, names, open_ended):
                break
            shallower = margins and indent_of(line) < next(iter(margins.values()))
            if shallower and is_misplaced(lines, number, names):
                break
            margins[number] = indent_of(line)
    deeper = [margin for margin in margins.values() if margin > key_indent]
    first = next(iter(margins.values()), 0)
    least = first if first > key_indent else key_indent + 1
    crooked = tuple(number for number, margin in margins.items() if margin < least)
    indent = min(deeper) if deeper else key_indent + STEP
    return Passage(key_line + 1, max(margins, default=key_line) + 1, indent, crooked)


def declared(lines: list[str], key_line: int, indent: int) -> Passage:
    """The text below a `|2`, which says how far it is indented."""
    end = key_line + 1
    while end <= len(lines) and (
        not lines[end - 1].strip(BLANKS) or indent_of(lines[end - 1]) >= indent
    ):
        end += 1
    return Passage(key_line + 1, end, indent)


def as_block(
    lines: list[str], key_line: int, at: int, indent: int, *, bar: str = " |"
) -> tuple[Edit, ...]:
    """What makes a `|` text of one that begins behind column index `at` of its key's line.

    Nothing where that would change what was meant: quotes, a ` #`, or lines of which one may
    go on in the next. `bar` is "" where the `|` is typed.
    """
    line = lines[key_line - 1]
    typed = line[at:].strip(BLANKS)
    below = list(_deeper(lines, key_line, indent))
    if typed[:1] in _QUOTES or not _are_paragraphs([typed, *(lines[n - 1] for n in below)]):
        return ()
    start = len(line[:at].rstrip(BLANKS)) + 1
    end = len(line) - len(line[at:].lstrip(BLANKS)) + 1
    margin = indent + STEP
    return (
        edit(key_line, start, end, f"{bar}\n{' ' * margin}"),
        *Passage(key_line + 1, max(below, default=key_line) + 1, margin).mend(lines),
    )


def with_bar(lines: list[str], key_line: int, indent: int, change: Edit) -> tuple[Edit, ...]:
    """`change`, which puts the `|`, where the lines below a key are paragraphs as they stand."""
    below = [lines[n - 1].strip(BLANKS) for n in _deeper(lines, key_line, indent)]
    sound = below and below[0][:1] not in _QUOTES and _are_paragraphs(below)
    return (change,) if sound else ()


def _are_paragraphs(lines: list[str]) -> bool:
    """True when no line may go on in the next, and none would lose or gain by a `#`."""
    said = [line.strip(BLANKS) for line in lines]
    return all(map(_ENDED.search, said[:-1])) and not any(map(_COMMENT.search, said))


def _deeper(lines: list[str], key_line: int, indent: int) -> Iterator[int]:
    """The lines below that are indented more than their key."""
    for number in range(key_line + 1, len(lines) + 1):
        line = lines[number - 1]
        if line.strip(BLANKS):
            if indent_of(line) <= indent:
                return
            yield number


def _ends(line: str, names: Names | None, open_ended: bool) -> bool:
    """True when a line that is no deeper than the key above is no more of its text."""
    body = line.strip(BLANKS)
    if body.startswith(("#", "＃", "---", "...")) or (not open_ended and body.startswith("- ")):
        return True
    key = _KEY.match(body)
    if not key:
        return False
    if names is None or not open_ended:
        return key.end("key") <= 30
    if names.at_top(key["key"]):
        return True
    if re.match(r"[ \t]*(?:[|>｜]|[\[{].*[\]}]$)", key["rest"]) or names.nearly_top(key["key"]):
        return True
    return names.known(key["key"]) and bool(_ROW_VALUE.match(key["rest"]))
