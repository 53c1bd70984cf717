"""The names by which a key is told from a line of text.

Knows where in a file a name may stand and how a misspelt one is recognised.
Holds no name itself: they are brought by whoever knows the form.
"""

from __future__ import annotations

import difflib
from functools import lru_cache

from nianbao.chinese.wording import names_of
from nianbao.frozen import dataclass

_LONGEST = 200
"""Characters of a key; more are no name, and take time to compare."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names an input may use, each as `wording.names_of` gives it."""

    narratives: frozenset[str]
    top: frozenset[str]
    """Those at the left edge, the narratives among them."""
    inner: frozenset[str]
    opening: frozenset[str]
    """Those at the left edge that have keys of their own below."""
    answers: str = ""
    """The one under which answers stand."""

    def narrative(self, key: str) -> bool:
        return bool(_meant(key) & self.narratives)

    def at_top(self, key: str) -> bool:
        return bool(_meant(key) & self.top)

    def within(self, key: str) -> bool:
        return bool(_meant(key) & self.inner)

    def known(self, key: str) -> bool:
        return self.at_top(key) or self.within(key)

    def opens(self, key: str) -> bool:
        return bool(_meant(key) & self.opening)

    def nearly_top(self, key: str) -> bool:
        """True for a misspelt name: as long, give or take a character, and mostly the same."""
        return len(key) <= 20 and _resembles(key, self.top)


def _meant(key: str) -> frozenset[str]:
    return names_of(key) if len(key) <= _LONGEST else frozenset()


@lru_cache(maxsize=4096)
def _resembles(key: str, names: frozenset[str]) -> bool:
    return any(
        abs(len(typed) - len(name)) <= 1
        and difflib.SequenceMatcher(None, typed, name).ratio() >= 0.6
        for typed in names_of(key)
        for name in names
    )
