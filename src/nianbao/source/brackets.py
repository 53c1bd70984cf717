"""What is open where a character stands: brackets in one another, or a quote.

Knows where each was opened and how the one that lacks its end is told. Knows
nothing of lines: whoever reads them opens and closes.
"""

from __future__ import annotations

from dataclasses import replace

from nianbao.diagnostics import Finding, Location, finding
from nianbao.frozen import dataclass

MAX_DEPTH = 20
CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Bracket:
    """`[` or `{`, as it was meant; `told` when its full-width marks are among the findings."""

    char: str
    place: Location
    told: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The quote that a text begins with."""

    char: str
    place: Location

    def lacks_its_end(self) -> Finding:
        return finding(
            "Y105",
            f"从这里开始的引号 {self.char} 没有关上。",
            at=self.place,
            hint=f"在文字末尾补一个 {self.char}",
        )


@dataclass(frozen=True, slots=True)
class Open:
    """The brackets open at a place, the outermost first, and the quote that it stands in."""

    brackets: tuple[Bracket, ...] = ()
    quote: Quote | None = None

    @property
    def inside(self) -> bool:
        return bool(self.brackets or self.quote)

    @property
    def too_deep(self) -> bool:
        return len(self.brackets) > MAX_DEPTH

    def entered(self, bracket: Bracket) -> Open:
        """One bracket deeper, but for those that are too deep already."""
        return self if self.too_deep else Open((*self.brackets, bracket), self.quote)

    def left(self) -> Open:
        return Open(self.brackets[:-1], self.quote)

    def innermost_told(self) -> Open:
        return self.left().entered(replace(self.brackets[-1], told=True))

    def quoted(self, quote: Quote | None) -> Open:
        return Open(self.brackets, quote)

    def unclosed(self) -> Finding | None:
        """The finding for what lacks its end, None where nothing does."""
        if self.quote:
            return self.quote.lacks_its_end()
        if not self.brackets:
            return None
        innermost = self.brackets[-1]
        return finding(
            "Y105",
            f"从这里开始的 {innermost.char} 没有关上。",
            at=innermost.place,
            hint=f"在这一行的末尾补一个 {CLOSING[innermost.char]}",
        )


def too_deep(place: Location) -> Finding:
    return finding(
        "Y107",
        f"从这里起套了超过 {MAX_DEPTH} 层，填报文件没有这么深。",
        at=place,
        hint="检查方括号、花括号和缩进",
    )
