"""What a file says, typed as it should be.

Makes the edits that findings carry (each is the only thing that can have been
meant), reads again, and goes on until there are none. Keeps the result only
when it says the same: the same characters but for blanks and punctuation, every
line of narrative and every comment as it was typed. Knows no form and no file:
who asks says how a text is read.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nianbao.chinese.lines import Lines
from nianbao.chinese.lines import of as lines_of
from nianbao.diagnostics import Edit, Finding
from nianbao.source import proof, tree

_MAX_ROUNDS = 200
_HUNK = re.compile(r"^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@$")


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it is understood: its tree, and everything found in it."""

    tree: tree.Source
    findings: tuple[Finding, ...]


def mended(lines: Lines, read: Callable[[Lines], Read], *, heading: str = "") -> Lines:
    """The text with every mend made; as it was where the result would not say the same.

    `heading` is the one key that a mend may put, or take out of a comment.
    Reads it once, and once more each time that it has changed it.
    """
    now, found = lines, read(lines)
    for _ in range(_MAX_ROUNDS):
        edits = list(_compatible(finding.mend for finding in found.findings))
        if not edits:
            same = now is lines or proof.holds(lines, now, found.tree.root, heading=heading)
            return now if same else lines
        now = lines_of(_applied(now, edits))
        found = read(now)
    return lines


def difference(before: Lines, after: Lines, name: str) -> str:
    """A unified diff of two texts of the file `name`, "" where their lines are the same."""
    old, new = f"改前 {name}", f"改后 {name}"
    said = difflib.unified_diff(before.texts, after.texts, old, new, n=1, lineterm="")
    return "\n".join(_HUNK.sub(r"@@ 改前第 \1 行 改后第 \2 行 @@", line) for line in said)


def _compatible(mends: Iterable[tuple[Edit, ...]]) -> Iterator[Edit]:
    """The edits of as many mends as do not meet; the others come next time."""
    taken: defaultdict[int, list[Edit]] = defaultdict(list)
    for mend in mends:
        if not any(_meet(edit, other) for edit in mend for n in _ends(edit) for other in taken[n]):
            for edit in mend:
                for number in _ends(edit):
                    taken[number].append(edit)
            yield from mend


def _ends(edit: Edit) -> set[int]:
    return {edit.start.line, edit.end.line}


def _meet(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _applied(lines: Lines, edits: list[Edit]) -> str:
    text, newline = lines.text, _newline(lines)
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[done : lines.offset(edit.start)], edit.text.replace("\n", newline)]
        done = lines.offset(edit.end)
    return "".join(pieces) + text[done:]


def _newline(lines: Lines) -> str:
    """How most lines of a text end; a lone return only where nothing else is."""
    kinds = Counter(lines.ends)
    return max(("\n", "\r\n", "\r"), key=lambda end: (end != "\r" and kinds[end] > 0, kinds[end]))
