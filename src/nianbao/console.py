"""Findings as Chinese text or JSON; nothing else prints.

Knows how an outcome is told to a person (places as 第 3 行, hints, what to
paste) and to a program (input.md, “check --format json”). Only characters that
GBK has; what a user typed and the console cannot show is replaced, never fatal.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from nianbao.diagnostics import Finding, Related, Severity
from nianbao.form import Form
from nianbao.pipeline import Outcome

_WORDS = {Severity.ERROR: "错误", Severity.CONFIRM: "核实", Severity.NOTE: "提示"}
_MAX_RELATED = 6


def prepare() -> None:
    """Make both streams survive characters that their encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def say(text: str) -> None:
    print(text)


def complain(text: str) -> None:
    print(text, file=sys.stderr)


def tell(outcome: Outcome) -> None:
    """One input's findings and its verdict."""
    if outcome.findings:
        say(f"{outcome.path}")
    for finding in outcome.findings:
        _tell_finding(finding)
    counts = Counter("已说明" if f.answered else _WORDS[f.severity] for f in outcome.findings)
    summary = "、".join(
        f"{counts[word]} 处{word}" for word in (*_WORDS.values(), "已说明") if counts[word]
    )
    if outcome.written:
        say(f"√ 已生成 {outcome.written}" + (f"（{summary}）" if summary else ""))
        if outcome.answers_written:
            say(f"√ 核实说明已另存 {outcome.answers_written}，请一并报送")
        if not outcome.accepted:
            say("× 但是核实说明没有写成，原因见上面的错误")
    elif outcome.accepted:
        say(f"√ {outcome.path} 检查通过" + (f"（{summary}）" if summary else ""))
    else:
        verdict = "没有写出文件" if outcome.exit_code == 3 else "没有通过，没有写出文件"
        say(f"× {outcome.path} {verdict}：{summary}")


def as_json(outcomes: Iterable[Outcome]) -> str:
    """The document that `check --format json` prints, ASCII-escaped."""
    files = [
        {
            "file": str(outcome.path),
            "accepted": outcome.accepted,
            "findings": [_finding(f) for f in outcome.findings],
        }
        for outcome in outcomes
    ]
    return json.dumps({"files": files}, ensure_ascii=True, indent=2)


def list_forms(folders: Iterable[tuple[Path, list[Form]]]) -> None:
    for folder, forms in folders:
        say(f"{folder}")
        for form in sorted(forms, key=lambda form: form.id):
            cells = len(form.cells)
            say(
                f"  {form.id}  {form.name}（{form.edition}，{form.document_number}），"
                f"{form.years}，{cells} 个数"
            )


def _tell_finding(finding: Finding) -> None:
    word = "已说明" if finding.answered else _WORDS[finding.severity]
    place = ""
    if finding.file:
        place = f"{finding.file} "
    if finding.location:
        place += f"第 {finding.location.line} 行第 {finding.location.column} 列 "
    say(f"  {place}{word} {finding.code}：{finding.message}")
    if finding.hint and not finding.answered:
        say(f"      怎么办：{finding.hint}")
    if finding.answer_key and not finding.answered:
        say("      确实没有错的，在“核实说明:”下面加这一行，冒号后写明原因：")
        say(f"        {finding.answer_key}: ")
    shown = finding.related[:_MAX_RELATED]
    if shown and not finding.answered:
        more = "等" if len(finding.related) > len(shown) else ""
        say("      涉及：" + "；".join(map(_place_of, shown)) + more)


def _place_of(related: Related) -> str:
    file = f"{related.file.name} " if related.file else ""
    line = f"第 {related.location.line} 行 " if related.location else ""
    return f"{file}{line}{related.message}"


def _finding(finding: Finding) -> dict[str, object]:
    described: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "line": finding.location.line if finding.location else None,
        "column": finding.location.column if finding.location else None,
        "hint": finding.hint,
        "answer_key": finding.answer_key,
        "answered": finding.answered,
        "related": [_related(related) for related in finding.related],
    }
    if finding.file:
        described["file"] = str(finding.file)
    return described


def _related(related: Related) -> dict[str, object]:
    described: dict[str, object] = {
        "line": related.location.line if related.location else None,
        "column": related.location.column if related.location else None,
        "message": related.message,
    }
    if related.file:
        described["file"] = str(related.file)
    return described
