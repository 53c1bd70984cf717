"""核实说明 as typed: what an office has answered, each under the key it copied.

Knows how an answer may be typed (docs/input.md) and what each mistake is
called. What the answers are for is `answers`' to find out.
"""

from __future__ import annotations

from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, finding
from nianbao.form.contract import ANSWERS
from nianbao.report.reading import Reading, is_blank
from nianbao.report.report import Answer
from nianbao.source import tree
from nianbao.source.keys import Taken


def read(entry: Taken, reading: Reading) -> tuple[Answer, ...]:
    """The answers that can be understood; what is wrong with the others is told."""
    value = entry.value
    if is_blank(value):
        return ()
    if not isinstance(value, tree.Mapping):
        reading.tell(
            finding(
                "S104",
                f"“{ANSWERS}”应当每条一行，写成“编号 位置 数: 说明”。",
                at=value.location,
                hint="把检查结果里给出的那一行照抄过来，冒号后写说明",
            )
        )
        return ()
    answers: dict[str, Answer] = {}
    for item in value.entries:
        key, place = item.key.text.strip(BLANKS), item.key.location
        if key in answers:
            reading.tell(_doubled(key, place, first=answers[key].location))
        elif words := _words(key, item, reading):
            answers[key] = Answer(key, words, place)
    return tuple(answers.values())


def _words(key: str, item: tree.Entry, reading: Reading) -> str:
    """What stands under `key`, "" where that is no answer."""
    words = item.value
    if not isinstance(words, tree.Scalar) or not any(map(str.isalnum, words.text)):
        at = item.key.location
        reading.tell(finding("S108", f"“{key}”后面没有写说明。", at=at, hint="在冒号后写上原因"))
        return ""
    if words.spread or (not words.block and "\n" in words.text):
        reading.tell(
            finding(
                "Y109",
                f"“{key}”的说明写了几行，却没有用 |。",
                at=words.location,
                hint="并成一行，或者在冒号后写 |，说明另起一行、行首多空两格",
            )
        )
        return ""
    if words.comment:
        reading.tell_of_cut(key, words.comment)
    return reading.said("\n".join(line.text for line in words.lines), words.location)


def _doubled(key: str, place: Location, *, first: Location) -> Finding:
    return finding(
        "S102",
        f"“{key}”写了两次，前一次在第 {first.line} 行。",
        at=place,
        hint="留下一处，删掉另一处",
    )
