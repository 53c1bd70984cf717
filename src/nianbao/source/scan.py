"""An input file's lines as typed, before the YAML parser sees them.

Reads line by line: what each comes to depends on the line and on what stands
above it, and on nothing else. What a Chinese input method, the Tab key or a
pasted paragraph puts where YAML wants ASCII and even indentation is told, and
put as it was meant where one reading is left, so that both of PyYAML's parsers
read the same. Knows no form: the names that may be used are brought by the caller.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from nianbao.chinese.lines import Lines
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import MAX_FINDINGS, Finding, Location, finding
from nianbao.frozen import dataclass
from nianbao.source import (
    alike,
    comments,
    indentation,
    misplaced,
    narrative,
    pastedanswers,
    punctuation,
    stray,
    unkeyed,
)
from nianbao.source.brackets import Open, Quote
from nianbao.source.indentation import Levels
from nianbao.source.names import Names
from nianbao.source.narrative import Begun
from nianbao.source.passage import Passage
from nianbao.source.reading import Reading
from nianbao.source.typed import COLON, KEYED, Typed

MAX_LINE = 20_000
"""Characters of a line; nobody types more in one paragraph."""


class Run(Enum):
    """Lines of one kind, one below the other, told of at the first of them."""

    NONE = auto()
    TEXT = auto()
    DASHES = auto()


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a line, as far as what the line means depends on it."""

    open: Open
    levels: Levels
    text: Passage
    """The last `|` text that began; lines above its first are told as part of its key's."""
    value: int = -1
    """How far the key is indented whose value may go on in the line; -1 where none may."""
    opens: bool = False
    """True where nothing stands behind that key."""
    run: Run = Run.NONE
    moved_to: int = 0
    """The last line that the mend of a key out of its place moves."""
    given_up: bool = False
    """A bracket or quote lacks its end, or a key its place: a parser would go astray."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A text as far as it was read: up to its end, or to where there was too much to say."""

    typed: Typed
    parseable: str
    """As many lines as the text, each as long but for the blanks before a narrative's."""
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    told: frozenset[Location]
    open: Open
    """What is open behind the last line."""
    given_up: bool

    def long_quote(self, number: int) -> Quote | None:
        """The quote that runs over lines into the line `number`, or from it."""
        around = self.readings[max(0, number - 2) : number]
        return next((reading.open.quote for reading in around if reading.open.quote), None)


def scan(lines: Lines, names: Names | None = None) -> Scan:
    """One pass over the lines."""
    typed, above = Typed(lines.texts, names), Above(Open(), Levels(), Passage())
    pasted = pastedanswers.astray(typed)
    readings: list[Reading] = []
    findings: list[Finding] = []
    for number in range(1, len(lines.texts) + 1):
        if number in pasted and not above.open.inside:
            reading = Reading(number, "", above.open).telling(*filter(None, (pasted[number],)))
        else:
            reading, above = _read(typed, number, above)
        readings.append(reading)
        findings += reading.findings
        if len(findings) > MAX_FINDINGS:
            break
    return Scan(
        typed,
        "".join(reading.text + lines.ends[reading.number - 1] for reading in readings),
        tuple(readings),
        tuple(alike.together(findings[: MAX_FINDINGS + 1])),
        frozenset().union(*(reading.told for reading in readings)),
        above.open,
        above.given_up,
    )


Read = tuple[Reading, Above]
"""What a line comes to, and what then stands above the next."""


def _read(typed: Typed, number: int, above: Above) -> Read:
    line, in_text = typed.line(number), number in above.text
    body = line.lstrip(BLANKS)
    if number < above.text.first:
        return Reading(number, " " * len(line), above.open), above
    if not body:
        return Reading(number, "" if in_text else " " * len(line), above.open), above
    if not in_text and line.lstrip(" ").startswith("#"):
        return Reading(number, line.replace("\t", " "), above.open), above
    if not in_text and not above.open.inside and body.startswith("＃"):
        at = len(line) - len(body)
        told = (comments.wide(number, at),)
        return Reading(number, " " * at + "#" + body[1:], above.open, findings=told), above
    if len(line) > MAX_LINE:
        return Reading(number, line, above.open, findings=(_too_long(line, number),)), above
    if in_text:
        return _of_text(typed, number, above)
    return _of_yaml(typed, number, above)


def _too_long(line: str, number: int) -> Finding:
    return finding(
        "Y107",
        f"这一行有 {len(line):,} 个字，超过上限 {MAX_LINE:,} 个。",
        at=Location(number, MAX_LINE + 1),
        hint="正文写在“名称: |”的下面，一段一行",
    )


def _of_text(typed: Typed, number: int, above: Above) -> Read:
    """Leading tabs of a narrative line are blanks; U+3000 is one that YAML does not count."""
    line, indent = typed.line(number), above.text.indent
    content = line.lstrip(BLANKS)
    blanks = line[: len(line) - len(content)].lstrip(" ").replace("\t", "\u3000")
    reading = Reading(number, " " * indent + blanks + content, above.open, margin=indent)
    if misplaced.belongs_at_the_edge(typed, number):
        return _indented_key(typed, reading, above)
    return reading, above


def _indented_key(typed: Typed, line: Reading, above: Above) -> Read:
    """A key of the left edge that stands indented: the parser would take it for something else."""
    told = misplaced.indented(typed, line.number, moved_to=above.moved_to)
    moved_to = max([above.moved_to, *(edit.start.line for edit in told.mend[1:])])
    return line.telling(told), replace(above, moved_to=moved_to, given_up=True)


def _of_yaml(typed: Typed, number: int, above: Above) -> Read:
    if not above.open.inside:
        return _structural(typed, number, above)
    if _begins_anew(typed, number, above.open):
        unclosed = None if above.open.too_deep else comments.unclosed(above.open, typed.lines)
        line, below = _structural(typed, number, replace(above, open=Open(), given_up=True))
        told = (unclosed, *line.findings) if unclosed else line.findings
        return replace(line, findings=told), below
    line = punctuation.read(typed, number, above.open)
    return line, replace(above, open=line.open)


def _begins_anew(typed: Typed, number: int, opened: Open) -> bool:
    """True where a known key begins a line inside a bracket or quote: that lacks its end."""
    line = typed.line(number)
    if not KEYED.search(line) or not typed.knows(line):
        return False
    above = typed.line(number - 1).rstrip(BLANKS)[-1:]
    goes_on = above in ("", *",，、[{:：［｛") or line.lstrip(BLANKS)[0] in ",，、"
    return bool(opened.quote) or not goes_on


# --- a line that begins a key, an item or a plain text --------------------------------


def _structural(typed: Typed, number: int, above: Above) -> Read:
    line = punctuation.read(typed, number, above.open, structural=True)
    run, above = above.run, replace(above, open=line.open, run=Run.NONE)
    odd = indentation.is_odd(indentation.margin_of(typed.line(number)))
    if odd:
        line, levels = indentation.straightened(typed, line, above.levels)
        above = replace(above, levels=levels, value=-1, opens=False)
    line = comments.cut(line)
    line = unkeyed.row(typed, line) or unkeyed.name(typed, line) or line
    slipped = misplaced.slipped(typed, line, above.levels)
    if slipped:
        line, levels = slipped
        return line, replace(above, levels=levels, value=-1, given_up=True)
    if not odd:
        line, above = _on_its_level(typed, line, above)
    begun = narrative.begun(typed, line)
    if begun:
        return _beginning(line, begun, above)
    return (line, above) if odd else _placed(typed, line, above, run=run)


def _beginning(line: Reading, begun: Begun, above: Above) -> Read:
    """A line and the text that it begins."""
    told = (*line.told, *begun.told)
    line = replace(line, text=begun.text, as_block=begun.as_block, told=told)
    return line.telling(*begun.findings), replace(above, text=begun.passage, value=-1, opens=False)


def _on_its_level(typed: Typed, line: Reading, above: Above) -> Read:
    if not line.open.inside and misplaced.belongs_at_the_edge(typed, line.number):
        line, above = _indented_key(typed, replace(line, indent=0), above)
        levels = above.levels.settled(0, opens=line.plain.endswith(":"))
    else:
        line, levels = indentation.on_its_level(typed, line, above.levels)
    return line, replace(above, levels=levels)


def _placed(typed: Typed, line: Reading, above: Above, *, run: Run) -> Read:
    """A line that begins no text: a key, what goes on from the one above, or neither."""
    if not line.open.inside and stray.hides_its_colon(typed, line.plain):
        return _wrongly_keyed(typed, line, above)
    if KEYED.search(line.plain):
        as_block, opens = narrative.typed_otherwise(typed, line), line.plain.endswith(":")
        line = replace(line, as_block=as_block) if as_block else line
        return line, replace(above, value=line.indent, opens=opens)
    goes_on = 0 <= above.value < line.indent
    alone = unkeyed.numbers_alone(typed, line) if above.levels.within else None
    if alone and not (above.opens and run is Run.DASHES):
        told = () if run is Run.TEXT else (alone,)
        return _no_key(typed, line.telling(*told), replace(above, run=Run.TEXT))
    if line.open.inside or stray.may_be_yaml(line.plain):
        return line, above if goes_on else replace(above, value=-1)
    if stray.is_answer(typed, line.plain):
        return _no_key(typed, line.telling(stray.wrong_colon(typed, line)), above)
    if goes_on and not (above.opens and stray.is_row_like(line.plain)):
        return _going_on(typed, line, above, run=run)
    is_text = stray.is_text(typed, line.plain)
    if not is_text and COLON.search(line.plain):
        return _wrongly_keyed(typed, line, above)
    told = () if run is Run.TEXT else (stray.text(typed, line),)
    above = replace(above, run=Run.TEXT) if is_text else above
    return _no_key(typed, line.telling(*told), above)


def _going_on(typed: Typed, line: Reading, above: Above, *, run: Run) -> Read:
    """A text below its name or over several lines, told where it is read; or a list's dashes."""
    first = above.opens and run is not Run.DASHES
    told = stray.glued_dashes(typed, line) if first else None
    if told:
        line = replace(line.telling(told), told=(Location(line.number, line.indent + 1),))
    return line, replace(above, run=Run.DASHES) if stray.is_glued_dash(line) else above


def _wrongly_keyed(typed: Typed, line: Reading, above: Above) -> Read:
    """A key with another colon: told, and read on as if it had its own where that is sure."""
    told = stray.wrong_colon(typed, line)
    read = stray.with_colon(line) if told.mend else None
    if read is None:
        return _no_key(typed, line.telling(told), above)
    opens = read.plain.endswith(":")
    above = replace(above, levels=above.levels.settled(line.indent, opens=opens))
    text = narrative.begun(typed, read)
    if text:
        return _beginning(read.telling(told), text, above)
    return read.telling(told), replace(above, value=line.indent, opens=opens)


def _no_key(typed: Typed, line: Reading, above: Above) -> Read:
    """A line in no key's place; what is deeper below it may be its own."""
    above = replace(above, levels=above.levels.settled(line.indent, opens=True))
    if not misplaced.BAR_BELOW.search(line.plain):
        return line, above
    text, told = narrative.below(typed, line.number, line.indent)
    return line.telling(*told), replace(above, text=text)
