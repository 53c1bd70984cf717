"""A text by its lines: where each begins, and offset and place turned into each other.

Knows the line ends of Windows, Unix and old Macs, and counts lines and columns
from 1, columns in code points. Everyone who needs a line asks here; knows
nothing of what stands in one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from nianbao.diagnostics import Location
from nianbao.frozen import dataclass

_BREAK = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Lines:
    """A text's lines without their ends, the ends ("" at the last), and where each line begins."""

    texts: tuple[str, ...]
    ends: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(line + end for line, end in zip(self.texts, self.ends, strict=True))

    @property
    def end(self) -> Location:
        """The place right behind the text."""
        return Location(len(self.texts), len(self.texts[-1]) + 1)

    def place(self, offset: int) -> Location:
        """The place of the character at index `offset` of the text."""
        line = bisect_right(self.starts, offset)
        return Location(line, offset - self.starts[line - 1] + 1)

    def offset(self, place: Location) -> int:
        """The index in the text of the character at `place`."""
        return self.starts[place.line - 1] + place.column - 1


NO_LINES = Lines((), (), ())
"""Where there is no text at all."""


def of(text: str) -> Lines:
    """The lines of `text`; an empty text has one, empty."""
    pieces = _BREAK.split(text)
    ends = tuple(pieces[1::2])
    starts = accumulate(map(len, pieces), initial=0)
    return Lines(tuple(pieces[::2]), (*ends, ""), tuple(starts)[:-1:2])
