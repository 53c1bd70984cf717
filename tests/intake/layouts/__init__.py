"""Reports as real offices draw them, each with what a careful reader makes of it.

Whoever wrote these has not read the reader that they try. A drawing is a function from a Report
(a unit's figures and text, made from the drawing's name) to the bytes of a document; while it
draws, it tells the Report what it printed otherwise than the figures stand, and how that may be
read. LAYOUTS holds all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake.layouts.report import Report


@dataclass(frozen=True)
class Layout:
    """A drawing by its name; `suffix` is the file's, `make` the report it is drawn from."""

    name: str
    suffix: str
    make: Callable[[str], Report]
    draw: Callable[[Report], bytes]

    def __str__(self) -> str:
        return self.name

    def drawn(self) -> tuple[Report, bytes]:
        return _drawn(self)


@cache
def _drawn(layout: Layout) -> tuple[Report, bytes]:
    report = layout.make(layout.name)
    return report, layout.draw(report)


class Collection(list[Layout]):
    """The drawings of one module, each put in by its decorator."""

    def drawing(
        self, name: str, suffix: str, make: Callable[[str], Report]
    ) -> Callable[[Callable[[Report], bytes]], Callable[[Report], bytes]]:
        def put(draw: Callable[[Report], bytes]) -> Callable[[Report], bytes]:
            self.append(Layout(name, suffix, make, draw))
            return draw

        return put
