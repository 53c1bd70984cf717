"""How far a line is indented, and on which level it stands.

Knows the levels that the keys above have opened, and what a margin of tabs or
wide blanks was meant for. Knows no form: which key may stand at the left edge
is told by the names that the caller brings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace

from nianbao.chinese.characters import INVISIBLE, called
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, edit, finding
from nianbao.frozen import dataclass
from nianbao.source.reading import Reading
from nianbao.source.typed import KEYED, STEP, Typed, indent_of, key_of

DASHES = re.compile(r"(?:- +)*")
_MARGIN = re.compile(f"[{BLANKS}{INVISIBLE}]*")
_OPENS = re.compile(r":(?:[ \t]+[&!]\S*)?$")
_WIDTHS = ({"\t": STEP, "\u3000": 2}, {"\t": STEP, "\u3000": 1})
"""How many blanks a character of a margin may stand for."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels open above a line, each by its blanks, the left edge first."""

    open: tuple[int, ...] = (0,)
    opened: bool = False
    """True where the line above has its keys below it."""
    margins: Mapping[str, int] = field(default_factory=dict)
    """The level that each margin which is no blanks was taken for."""

    @property
    def top(self) -> int:
        """The deepest level open."""
        return self.open[-1]

    @property
    def within(self) -> bool:
        """True where a line may be within a key above."""
        return self.opened or self.top > 0

    def settled(self, indent: int, *, opens: bool) -> Levels:
        """The levels below a line that stands at `indent`."""
        count = len(self.open)
        while count > 1 and self.open[count - 1] > indent:
            count -= 1
        levels = self.open[:count]
        if levels[-1] < indent:
            levels += (indent,)
        return Levels(levels, opens, self.margins)

    def around(self, following: int) -> int | None:
        """The level of a row that slipped to the left edge; 0 in doubt, None where none is open.

        `following` is the indentation of the line below.
        """
        if not self.top and not following:
            return None
        if self.opened and following > self.top:
            return following
        sure = following >= self.top or (not following and len(self.open) == 2)
        return self.top if sure and not self.opened else 0


def margin_of(line: str) -> str:
    """The blanks and invisible characters that a line begins with."""
    return _MARGIN.match(line)[0]  # type: ignore[index]


def is_odd(margin: str) -> bool:
    """True for a margin that is seen as blanks and is not. (U+FEFF is told where it stands.)"""
    return "\ufeff" not in margin and any(char in BLANKS for char in margin.lstrip(" "))


def straightened(typed: Typed, line: Reading, levels: Levels) -> tuple[Reading, Levels]:
    """A line with blanks for its odd margin: told, and mended where one level can be meant."""
    margin = margin_of(typed.line(line.number))
    blanks = " " * len(margin)
    text, plain = blanks + line.text[len(margin) :], blanks + line.plain[len(margin) :]
    line = replace(line, text=text, plain=plain, indent=indent_of(plain))
    at = next(n for n, char in enumerate(margin) if char != " ")
    what = " Tab 键" if margin[at] == "\t" else called(margin[at])
    level = _meant(typed, line.plain, levels, margin)
    told = finding(
        "Y103",
        f"行首用了{what}，应当用空格。",
        at=Location(line.number, at + 1),
        hint="行首只打半角空格，每深一层多两个",
        mend=[] if level is None else [edit(line.number, 1, len(margin) + 1, " " * level)],
    )
    if level is not None:
        known = replace(levels, margins={**levels.margins, margin: level})
        levels = known.settled(level, opens=line.plain.endswith(":"))
    return line.telling(told), levels


def _meant(typed: Typed, plain: str, levels: Levels, margin: str) -> int | None:
    """The level that a line with an odd margin was meant for; None when in doubt."""
    if levels.margins.get(margin) in levels.open:
        return levels.margins[margin]
    seen = {
        sum(width.get(char, 0 if char in INVISIBLE else 1) for char in margin) for width in _WIDTHS
    }
    if levels.opened:
        deeper = levels.top + STEP if levels.top + STEP in seen else max(seen)
        return deeper if deeper > levels.top else None
    exact = seen & set(levels.open)
    if len(exact) == 1:
        return exact.pop()
    if not typed.names:
        return None
    at_top = typed.names.at_top(key_of(plain))
    possible = [level for level in levels.open if (level == 0) == at_top]
    return possible[0] if len(possible) == 1 else None


def on_its_level(typed: Typed, line: Reading, levels: Levels) -> tuple[Reading, Levels]:
    """A line indented by blanks; a known key on no level of those above is told."""
    if margin_of(typed.line(line.number)).strip(" "):
        return line, levels
    keyed = None if line.open.inside else KEYED.search(line.plain)
    if not keyed:
        return line, Levels(levels.open, True, levels.margins)
    key = line.plain[line.indent : keyed.start()]
    if typed.names and typed.names.known(key) and _is_crooked(line.indent, levels):
        return line.telling(_crooked(line, levels, at_top=typed.names.at_top(key))), levels
    dashes = len(DASHES.match(line.plain, line.indent)[0])  # type: ignore[index]
    opens = bool(_OPENS.search(line.plain))
    if dashes:  # the next item of the list stands where this one does
        levels = levels.settled(line.indent, opens=True)
    return line, levels.settled(line.indent + dashes, opens=opens)


def _is_crooked(indent: int, levels: Levels) -> bool:
    if indent > levels.top:
        return not levels.opened
    return indent not in levels.open


def _crooked(line: Reading, levels: Levels, *, at_top: bool) -> Finding:
    """The finding for a key between the levels above, or deeper than all of them."""
    indent = line.indent
    upper = max(level for level in levels.open if level < indent)
    lower = min((level for level in levels.open if level > indent), default=None)
    between = lower is not None
    meant = 0 if between and at_top else lower or upper
    others = f"空 {upper} 格或 {lower} 格" if between else f"空 {upper} 格"
    in_doubt = between and upper > 0
    return finding(
        "Y105",
        f"这一行行首空了 {indent} 格，上面的各行{others}，对不齐。",
        at=Location(line.number, indent + 1),
        hint="同一组的各行，行首空一样多的格",
        mend=[] if in_doubt else [edit(line.number, 1, indent + 1, " " * meant)],
    )
