"""Keys that stand where they cannot be meant: indented in a text, or slipped out of a table.

Knows by what follows a key whether it belongs at the left edge, and by the
levels above whether a row has left its table. Without names nothing is out of
its place.
"""

from __future__ import annotations

import re
from itertools import islice

from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit, Finding, Location, edit, finding
from nianbao.source.indentation import Levels
from nianbao.source.names import Names
from nianbao.source.reading import Reading
from nianbao.source.typed import KEY, STEP, Typed, indent_of, key_of

BAR_BELOW = re.compile(r"[：:][ \t\u00a0\u3000]*[|>｜丨][+-]?$")

_BARRED = re.compile(r"[ \t\u00a0\u3000]*(?:[|｜丨]|>[+-]?$)")
_FLOW = re.compile(r"[ \t\u00a0\u3000]*(?:\{(?!\{)|[\[［｛])")
"""A list or mapping; `{{` is a bound figure."""
_NOTHING = re.compile(r"0?[ \t]*(?:[ \t]#.*)?$")


def belongs_at_the_edge(typed: Typed, number: int) -> bool:
    """True for an indented line that is plainly a key of the left edge, by what follows it.

    A narrative's has its `|`; one with keys below has them in the line or below it, or is 0.
    """
    line = typed.line(number)
    if not typed.names or line[:1] not in BLANKS:
        return False
    key = KEY.match(line.strip(BLANKS))
    if not key:
        return False
    if typed.names.narrative(key["key"]):
        return bool(_BARRED.match(key["rest"]))
    opens = typed.names.opens(key["key"]) and not typed.names.within(key["key"])
    return opens and _opens_here(typed, number, key, typed.names)


def _opens_here(typed: Typed, number: int, key: re.Match[str], names: Names) -> bool:
    """True where what a key opens stands behind it or below, or is 0."""
    rest = key["rest"].strip(BLANKS)
    if _FLOW.match(rest):
        return True
    if key["colon"] == "：" or not _NOTHING.match(rest):
        return False
    return rest.startswith("0") or _has_keys_below(typed, number, names)


def _has_keys_below(typed: Typed, number: int, names: Names) -> bool:
    """True when the line below is a key, and deeper or one that is known inside a table."""
    for below, indent in typed.below(number):
        line = typed.line(below)
        body = line.strip(BLANKS)
        if not body.startswith("#"):
            deeper = indent > indent_of(typed.line(number))
            return bool(KEY.match(body)) and (deeper or names.within(key_of(line)))
    return False


def indented(typed: Typed, number: int, *, moved_to: int) -> Finding:
    """The finding for a key of the left edge that stands indented.

    One that the mend of a key above moves already, up to line `moved_to`, has none of its own.
    """
    line = typed.line(number)
    margin, key = len(line) - len(line.lstrip(BLANKS)), key_of(line)
    mended = number > moved_to and not typed.at_edge(key)
    return finding(
        "Y105",
        f"“{key}”前面空了 {margin} 格，会当成上面那一项里的内容。",
        at=Location(number, margin + 1),
        hint="名称要顶格写，删掉行首的空格；下面属于它的各行，行首空两格",
        mend=_to_the_edge(typed, number) if mended else (),
    )


def _to_the_edge(typed: Typed, number: int) -> tuple[Edit, ...]:
    """What puts a misplaced key, and what stands deeper below it, at the left edge.

    Nothing where more lines follow as deep as the key that are neither its own nor keys.
    """
    line = typed.line(number)
    margin = len(line) - len(line.lstrip(BLANKS))
    change = edit(number, 1, margin + 1, "")
    if BAR_BELOW.search(line.rstrip(BLANKS)):
        return (change,)
    own = tuple(typed.deeper(number, indent_of(line)))
    after = next(islice(typed.below(own[-1] if own else number), 1), (0, 0))[0]
    indented = after and typed.line(after)[0] in BLANKS
    if indented and not belongs_at_the_edge(typed, after):
        return ()
    deep = own if margin >= STEP and line[:margin] == " " * margin else ()
    return (change, *(edit(below, 1, margin + 1, "") for below in deep))


def slipped(typed: Typed, line: Reading, levels: Levels) -> tuple[Reading, Levels] | None:
    """A row of a table, or the like, that stands at the left edge; None where it is none."""
    if line.open.inside or not levels.within or not typed.is_row(line.plain):
        return None
    around = levels.around(typed.next_indent(line.number))
    if around is None:
        return None
    told = finding(
        "Y105",
        f"“{key_of(line.plain)}”是上面那一项里的一行，行首却没有空格，和上下各行对不齐。",
        at=Location(line.number, 1),
        hint=f"行首空 {around} 格" if around else "行首空的格数，和同一组的各行一样多",
        mend=[edit(line.number, 1, 1, " " * around)] if around else (),
    )
    opens = line.plain.endswith(":")
    return line.telling(told), levels.settled(around or levels.top, opens=opens)
