"""Names that must differ, however they are typed.

Knows how two names are the same and how that is told (F102, where the second stands).
Knows no name itself.
"""

from __future__ import annotations

from collections.abc import Callable

from nianbao.chinese.wording import plain
from nianbao.diagnostics import Finding, Location, Related, finding

Tell = Callable[[Finding], None]


class Distinct:
    """Names that must differ however they are typed, with the places of the first of each."""

    def __init__(self, tell: Tell, what: str, *, hint: str = "各起各的名") -> None:
        self._tell = tell
        self._what = what
        self._hint = hint
        self._first: dict[str, Location] = {}

    def has(self, name: str) -> bool:
        return (plain(name) or name) in self._first

    def add(self, name: str, place: Location) -> None:
        """Take `name`; tell where it was taken before."""
        first = self._first.setdefault(plain(name) or name, place)
        if name and first is not place:
            self._tell(
                finding(
                    "F102",
                    f"{self._what}“{name}”用了两次，前一次在第 {first.line} 行。",
                    at=place,
                    hint=self._hint,
                    related=[Related(first, f"前一个“{name}”")],
                )
            )
