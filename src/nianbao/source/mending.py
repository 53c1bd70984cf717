"""What a file says, typed as it should be.

Makes the edits that findings carry (each is the only thing that can have been
meant), reads again, and goes on until there are none. Keeps the result only
when it says the same: the same characters but for blanks and punctuation, every
line of narrative and every comment as it was typed. Knows no form and no file:
who asks says how a text is read.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from nianbao.chinese.lines import Lines
from nianbao.chinese.lines import of as lines_of
from nianbao.diagnostics import Edit, Finding
from nianbao.frozen import dataclass
from nianbao.source import proof, tree

_MAX_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it is understood: its tree, and everything found in it."""

    tree: tree.Source
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A line as it was and as it is now, None where there is none; numbered as they are now.

    Lines that were joined or parted are one change, with their breaks.
    """

    line: int
    was: str | None
    now: str | None


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
        now = lines_of(applied(now, edits))
        found = read(now)
    return lines


def changes(before: Lines, after: Lines) -> list[Change]:
    """What was changed, line by line."""
    if len(before.texts) == len(after.texts):
        pairs = zip(before.texts, after.texts, strict=True)
        return [Change(n, was, now) for n, (was, now) in enumerate(pairs, 1) if was != now]
    found = []
    compared = difflib.SequenceMatcher(None, before.texts, after.texts)
    for kind, start, end, first, last in compared.get_opcodes():
        if kind == "equal":
            continue
        old, new = before.texts[start:end], after.texts[first:last]
        if len(old) != len(new) and _words(old) == _words(new):
            found.append(Change(first + 1, "\n".join(old), "\n".join(new)))
        else:
            lines = zip_longest(old, new)
            found += [Change(first + n, was, now) for n, (was, now) in enumerate(lines, 1)]
    return found


def _words(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


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


def applied(lines: Lines, edits: list[Edit]) -> str:
    """The text with every edit made; no two of them may meet."""
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
