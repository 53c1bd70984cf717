"""How far a line is indented, and on which level it stands.

Knows the levels that the keys above have opened, and what a margin of tabs or
wide blanks was meant for. Knows no form: which key may stand at the left edge
is told by the names that the caller brings.
"""

from __future__ import annotations

import re

from nianbao.chinese.characters import INVISIBLE, called
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Findings, edit
from nianbao.source.names import Names
from nianbao.source.passage import STEP, key_of

KEYED = re.compile(r":(?:[ \t]|$)")
"""The colon that makes a key."""
DASHES = re.compile(r"(?:- +)*")
_MARGIN = re.compile(f"[{BLANKS}{INVISIBLE}]*")
_OPENS = re.compile(r":(?:[ \t]+[&!]\S*)?$")
_WIDTHS = ({"\t": STEP, "\u3000": 2}, {"\t": STEP, "\u3000": 1})
"""How many blanks a character of a margin may stand for."""


def margin_of(line: str) -> str:
    """The blanks and invisible characters that a line begins with."""
    return _MARGIN.match(line)[0]  # type: ignore[index]


def is_odd(margin: str) -> bool:
    """True for a margin that is seen as blanks and is not. (U+FEFF is told where it stands.)"""
    return "\ufeff" not in margin and any(char in BLANKS for char in margin.lstrip(" "))


class Levels:
    """The levels open above a line, each by its blanks."""

    def __init__(self, names: Names | None, findings: Findings) -> None:
        self._names = names
        self._findings = findings
        self._levels, self._opened = [0], False
        self._margins: dict[str, int] = {}

    @property
    def top(self) -> int:
        """The deepest level open."""
        return self._levels[-1]

    @property
    def within(self) -> bool:
        """True where a line may be within a key above."""
        return self._opened or self._levels[-1] > 0

    def odd_margin(self, number: int, margin: str, plain: str) -> None:
        """Tell of a margin that is not blanks; mend it where one level can be meant."""
        at = next(n for n, char in enumerate(margin) if char != " ")
        what = " Tab 键" if margin[at] == "\t" else called(margin[at])
        level = self._meant(margin, key_of(plain))
        self._findings.report(
            "Y103",
            f"行首用了{what}，YAML 只认空格。",
            line=number,
            at=at,
            hint="行首只打半角空格，每深一层多两个",
            mend=[] if level is None else [edit(number, 1, len(margin) + 1, " " * level)],
        )
        if level is not None:
            self._margins[margin] = level
            self.settle(level, opens=plain.endswith(":"))

    def _meant(self, margin: str, key: str) -> int | None:
        """The level that a line with an odd margin was meant for; None when in doubt."""
        seen = {
            sum(width.get(char, 0 if char in INVISIBLE else 1) for char in margin)
            for width in _WIDTHS
        }
        top = self._levels[-1]
        if margin in self._margins and self._margins[margin] in self._levels:
            return self._margins[margin]
        if self._opened:
            deeper = top + STEP if top + STEP in seen else max(seen)
            return deeper if deeper > top else None
        exact = seen & set(self._levels)
        if len(exact) == 1:
            return exact.pop()
        at_top = bool(self._names and self._names.at_top(key))
        possible = [level for level in self._levels if (level == 0) == at_top]
        return possible[0] if self._names and len(possible) == 1 else None

    def around(self, following: int) -> int | None:
        """The level of a row that slipped to the left edge; 0 in doubt, None where none is open.

        `following` is the indentation of the line below.
        """
        top = self._levels[-1]
        if not top and not following:
            return None
        if self._opened and following > top:
            return following
        sure = not self._opened and (following >= top or (not following and len(self._levels) == 2))
        return top if sure else 0

    def settle(self, indent: int, *, opens: bool) -> None:
        while len(self._levels) > 1 and self._levels[-1] > indent:
            self._levels.pop()
        if self._levels[-1] < indent:
            self._levels.append(indent)
        self._opened = opens

    def look(self, number: int, indent: int, plain: str) -> None:
        """Tell of a known key that stands on no level of those above."""
        keyed = KEYED.search(plain)
        if not keyed:
            self._opened = True
            return
        dashes = len(DASHES.match(plain, indent)[0])  # type: ignore[index]
        key, top = plain[indent : keyed.start()], self._levels[-1]
        between = indent < top and indent not in self._levels
        if (
            self._names
            and self._names.known(key)
            and (between or (indent > top and not self._opened))
        ):
            upper = max(level for level in self._levels if level < indent)
            lower = min((level for level in self._levels if level > indent), default=upper)
            meant: int | None = lower
            if between and (upper or self._names.at_top(key)):
                meant = None if upper else 0
            others = f"空 {upper} 格或 {lower} 格" if between else f"空 {top} 格"
            self._findings.report(
                "Y105",
                f"这一行行首空了 {indent} 格，上面的各行{others}，对不齐。",
                line=number,
                at=indent,
                hint="同一组的各行，行首空一样多的格",
                mend=[] if meant is None else [edit(number, 1, indent + 1, " " * meant)],
            )
            return
        self.settle(indent + dashes, opens=bool(_OPENS.search(plain)))
