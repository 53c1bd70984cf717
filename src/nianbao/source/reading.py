"""One line as far as it is read, and what stands above the next.

Knows what a line's reader hands to the parser, to the user and to whoever reads
on. Both are values; who works them out is told in `scan`.
"""

from __future__ import annotations

from dataclasses import replace

from nianbao.diagnostics import Edit, Finding, Location
from nianbao.frozen import dataclass
from nianbao.source.brackets import Open


@dataclass(frozen=True, slots=True)
class Reading:
    """A line for the parser, and what was found in it."""

    number: int
    text: str
    open: Open
    """What is open behind the line."""
    plain: str = ""
    """The line with quotes masked and its comment taken off, where it has any structure."""
    indent: int = 0
    findings: tuple[Finding, ...] = ()
    told: tuple[Location, ...] = ()
    """Where a value begins whose mistake is among the findings."""
    as_block: tuple[Edit, ...] = ()
    """What makes a `|` text of the narrative that begins here otherwise."""
    margin: int | None = None
    """The blanks that a line of a `|` text begins with or should; None for any other."""
    grown: tuple[int, int] = (0, 0)
    """From which column index on the text has how many characters more than were typed."""
    structural: bool = False
    """True where the line begins a key, an item or a plain text."""

    def telling(self, *findings: Finding) -> Reading:
        return replace(self, findings=self.findings + findings) if findings else self
