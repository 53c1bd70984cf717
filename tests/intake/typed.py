"""An input file read again by a reader that is not ours: its texts as typed, cell by cell.

Scalars stay the characters that were typed (yaml.BaseLoader); names are told by the contract
(docs/input.md): short or printed, in either script, blanks, quotes and punctuation apart.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from intake.layouts.report import FILES, GROUPS, LABELS, PEOPLE, RESULTS, ROWS, SECTIONS, SHORT
from intake.layouts.wording import AS_PORTALS, TO_TRADITIONAL

BACK = {new: old for table in (AS_PORTALS, TO_TRADITIONAL) for old, new in table.items()}
BACK |= str.maketrans("單標簽佈覆", "单标签布复")
"""Traditional characters of the drawings to Simplified ones."""
COLUMNS = {"b": FILES, "c": PEOPLE, "d": RESULTS}
PARENTS = {
    "不予公开": range(5, 13),
    "无法提供": range(13, 16),
    "不予处理": range(16, 21),
    "其他处理": range(21, 24),
}


def squeezed(text: str) -> str:
    """A text without its blanks, in Simplified characters."""
    return re.sub(r"[\s\u200b]+", "", text).translate(BACK)


def name(text: str) -> str:
    """A name as names are compared."""
    text = re.sub(r"^([一二三四五六七]、|[（(][一二三四五六七][）)]|\d\.)", "", squeezed(text))
    return re.sub(r"[“”\"'‘’、，。：（）(),.:]", "", text)


def read(text: str) -> dict[str, Any]:
    found = yaml.load(text, yaml.BaseLoader)
    return {name(key): value for key, value in found.items()}


def lines(value: Any) -> list[str]:
    """The paragraphs of a part."""
    return [line.strip() for line in (value or "").split("\n") if line.strip()]


def cells(found: dict[str, Any]) -> dict[str, str | None]:
    """Each cell of the disclosure form as typed, None where it is blank or not there."""
    answers: dict[str, str | None] = {}
    for row in (*ROWS, *LABELS, "d1", "d2", "d3"):
        width = 1 if row in ("b3", "b4", "b5", "b6") else len(COLUMNS[row[0]])
        typed = _row(_under(found, _path(row)), COLUMNS[row[0]][:width])
        answers |= {f"{row}{'abcdefg'[n]}": text for n, text in enumerate(typed)}
    return answers


def _path(row: str) -> list[str]:
    """The names that lead to a row."""
    number = int(row[1:])
    if row[0] == "b":
        return [SECTIONS[1], ROWS[row]]
    if row[0] == "d":
        return [SECTIONS[3], *(["行政诉讼"] if number > 1 else []), GROUPS[number - 1]]
    groups = [group for group, rows in PARENTS.items() if number in rows]
    outer = [] if number in (1, 2, 25) else ["本年度办理结果"]
    return [SECTIONS[2], *outer, *groups, SHORT[row]]


def _under(value: Any, path: list[str]) -> Any:
    """What is typed under a path; a 0 on the way stands for all below; a court may be unnamed."""
    for step in path:
        if value == "0":
            return "0"
        if not isinstance(value, dict):
            return None
        keys = {name(key): inside for key, inside in value.items()}
        long = next((name(label) for row, label in LABELS.items() if SHORT[row] == step), "")
        if step == "行政诉讼" and step not in keys:
            continue
        value = keys.get(name(step), keys.get(long))
    return value


def _row(value: Any, columns: tuple[str, ...]) -> list[str | None]:
    if isinstance(value, list):
        return [_number(item) for item in (value + [None] * 9)[: len(columns)]]
    if isinstance(value, dict):
        named = {name(key): item for key, item in value.items()}
        return [_number(named.get(name(column), "0")) for column in columns]
    if value == "0":
        return ["0"] * len(columns)
    if value and len(columns) > 1:
        return _row(re.split(r"[\s、]+", value.strip()), columns)
    return [_number(value)] * len(columns)


def _number(value: Any) -> str | None:
    """A cell without its note."""
    text = re.sub(r"\s*[（(].*[）)]$", "", value or "", flags=re.S)
    return text or None
