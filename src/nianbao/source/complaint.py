"""What a YAML parser complains of, in our words.

Knows where a parser stops and what was probably typed there; a parser's marks
are used, never its wording. Says nothing of what the scan has said already.
Knows no form, and reads nothing itself.
"""

from __future__ import annotations

import re

import yaml

from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, finding
from nianbao.source.scan import Scan

_BRACKET = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\[\]{}]")


def explain(problem: yaml.YAMLError, scan: Scan) -> list[Finding]:
    """The parser's complaint in our words; nothing where the scan has already said it."""
    unclosed = scan.marks.unclosed()
    if unclosed:
        return [unclosed]
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    line = min(mark.line if mark else 0, len(scan.lines) - 1)
    while line and not scan.lines[line].strip(BLANKS):
        line -= 1
    place = Location(line + 1, (mark.column if mark and mark.line == line else 0) + 1)
    near = [number for number in scan.structural if number <= line + 1][-2:]
    said = {finding.location.line for finding in scan.findings if finding.location}
    if said & {line, line + 1, *near}:
        return []
    quote = scan.marks.long_quote(line + 1)
    if quote:
        return [quote]
    return [_about_line(line, place, scan)]


def _surplus(line: str) -> int | None:
    """Where a list or mapping that has ended is closed once more."""
    begun = re.search(r":[ \t]+(?=[\[{])", line)
    depth = 0
    for found in _BRACKET.finditer(line, begun.end()) if begun else ():
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return found.start()
    return None


def _about_line(line: int, place: Location, scan: Scan) -> Finding:
    """What was probably typed wrong in the line at index `line`; `place` where nothing is known."""
    raw, mend = scan.lines[line], scan.blocks.get(line + 1, ())
    second = re.search(r":[ \t]++(?![\[{]).*?(:)(?:[ \t]|$)", raw)
    if second and raw.lstrip(" ")[:1] not in "[{":
        return finding(
            "Y105",
            "这一行的文字里又有一个半角冒号加空格，YAML 会当成另一个名称。",
            at=Location(line + 1, second.start(1) + 1),
            hint="改成中文冒号，或者把正文写在“名称: |”的下一行、行首空两格",
            mend=mend,
        )
    surplus = _surplus(raw)
    if surplus is not None:
        return finding(
            "Y105",
            f"这一行多了一个 {raw[surplus]}，前面没有同它成对的括号。",
            at=Location(line + 1, surplus + 1),
            hint="删掉多的那一个",
        )
    value = re.search(r":[ \t]+([%@`*&!\[{}\]]|-(?=[ \t]))", raw)
    if value:
        return finding(
            "Y105",
            f"这一行的文字以 {value[1]} 开头，YAML 读不懂。",
            at=Location(line + 1, value.start(1) + 1),
            hint="把正文写在“名称: |”的下一行、行首空两格；数的列表检查括号是否成对",
            mend=mend,
        )
    return finding(
        "Y105",
        f"这一行 YAML 读不懂：“{shortened(raw.strip(BLANKS))}”。",
        at=place,
        hint="检查这一行和上一行：冒号后有没有空格、缩进齐不齐、括号和引号成不成对",
    )
