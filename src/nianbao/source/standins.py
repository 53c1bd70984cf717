"""Characters that a text has not, put where YAML's two parsers would differ.

Knows for which three they stand and how a parsed text gets its own back. Reads
no line: where one is put is decided by whoever does.
"""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.frozen import dataclass

_PRIVATE = (*range(0xE000, 0xF8FF), *range(0xF0000, 0xFFFFD))


@dataclass(frozen=True, slots=True)
class StandIns:
    """For a tab inside a plain text, for a `-` that is a value, for a U+FEFF within quotes."""

    tab: str
    dash: str
    mark: str

    def undone(self, text: str) -> str:
        """A parsed text as it was typed."""
        own = text.replace(self.tab, "\t").replace(self.dash, "-")
        return own.replace(self.mark, "\ufeff")


def for_lines(lines: Iterable[str]) -> StandIns:
    taken = set().union(*lines)
    free = (char for char in map(chr, _PRIVATE) if char not in taken)
    return StandIns(next(free), next(free), next(free))
