"""Findings as Chinese text or JSON; nothing else prints.

Knows how an outcome is told to a person (grouped by standing, the line quoted,
hints, what to paste) and to a program (docs/commands.md, “check --format json”). Only
characters that GBK has; what a user typed and the console cannot show is
replaced, never fatal. Colours only where they are sure to be understood.
"""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from nianbao.chinese import excerpt
from nianbao.desk.outcome import Mended, Outcome
from nianbao.desk.shelf import Shelved
from nianbao.diagnostics import Finding, Location, Related, Standing, counted, grouped
from nianbao.form.form import Form
from nianbao.sentence import example
from nianbao.source.encoding import UTF8

_HEADINGS = {
    Standing.ERROR: "错误 {} 处，改好才能生成：",
    Standing.CONFIRM: "核实 {} 处，要改正，或者写明原因：",
    Standing.NOTE: "提示 {} 处，供参考：",
    Standing.ANSWERED: "已说明 {} 处，说明随报告一起报送：",
    Standing.NOT_MADE: "没有做的检查 {} 项：",
}
_COLOURS = {
    Standing.ERROR: "1;31",
    Standing.CONFIRM: "1;33",
    Standing.NOTE: "36",
    Standing.ANSWERED: "32",
    Standing.NOT_MADE: "36",
}
"""SGR parameters (ECMA-48)."""
_WIDTH = 78
_MAX_RELATED = 6


def prepare() -> None:
    """Make both streams survive characters that their encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def say(text: str) -> None:
    print(text)


def flush() -> None:
    """Raises OSError where what was said cannot be written."""
    if sys.stdout is not None:
        sys.stdout.flush()


def complain(text: str) -> None:
    print(text, file=sys.stderr)


def complain_of(findings: Iterable[Finding]) -> None:
    """What stopped a command that is about no input file."""
    for finding in findings:
        place = (
            f"{finding.file} 第 {finding.location.line} 行："
            if finding.file and finding.location
            else ""
        )
        hint = f"{finding.hint}。" if finding.hint else ""
        complain(f"× {place}{finding.message}{hint}")


def report(outcomes: list[Outcome]) -> int:
    """Every input's findings, and of several how many passed; the exit code."""
    for outcome in outcomes:
        tell(outcome)
    if len(outcomes) > 1:
        passed = sum(outcome.accepted for outcome in outcomes)
        say(f"共 {len(outcomes)} 个填报文件，通过 {passed} 个，退回 {len(outcomes) - passed} 个")
    return max(outcome.exit_code for outcome in outcomes)


def tell(outcome: Outcome) -> None:
    """One input's findings and its verdict."""
    if outcome.findings:
        say(f"{outcome.path}")
    keys: set[str] = set()
    for standing, group in grouped(outcome.findings):
        say("\n" + _painted(_HEADINGS[standing].format(len(group)), standing))
        for finding in group:
            _tell_finding(finding, outcome.lines, keys)
    if outcome.findings:
        say("")
    _tell_verdict(outcome, counted(outcome.findings))


def _tell_verdict(outcome: Outcome, summary: str) -> None:
    counts = f"（{summary}）" if summary else ""
    if outcome.written:
        say(f"√ 已生成 {outcome.written}{counts}")
        if outcome.answers_written:
            say(f"√ 核实说明已另存 {outcome.answers_written}，请一并报送")
        if not outcome.accepted:
            say("× 但是核实说明没有写成，原因见上面的错误")
    elif outcome.accepted:
        say(f"√ {outcome.path} 检查通过{counts}")
    elif outcome.review_written:
        say(f"× {outcome.path} 没有通过：{summary}")
    else:
        verdict = "没有写出文件" if outcome.exit_code == 3 else "没有通过，没有写出文件"
        say(f"× {outcome.path} {verdict}：{summary}")
    if outcome.review_written:
        where = "，以上各条都在批注里" if outcome.findings else "，没有要批注的"
        say(f"√ 审阅稿已写到 {outcome.review_written}{where}；它不能拿去报送")


def show_mended(mended: Mended) -> None:
    """What `fix` changed, line by line, and where the file as it was is kept."""
    if mended.copy is None:
        say(f"√ {mended.path} 没有可以代为改正的写法，没有动它")
        return
    if mended.difference:
        say(mended.difference)
    if mended.encoding != UTF8:
        say(f"编码从 {mended.encoding} 改成了 {UTF8}")
    elif not mended.difference:
        say("只改了换行，文字没有变")
    say(f"√ 已改正 {mended.path}，原来的留在 {mended.copy.name}")


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


def list_forms(folders: Iterable[tuple[Path, list[Shelved]]]) -> int:
    """Each folder's forms, a broken one with all that is wrong with it; the exit code."""
    code = 0
    for folder, shelved in folders:
        say(f"{folder}")
        for each in sorted(shelved, key=lambda each: each.id):
            if each.form:
                say(f"  {_described(each.form)}")
                wrong = tuple(example.misread(each.form))
            else:
                say(f"  {each.id}  × 用不了，要改好：")
                wrong = each.findings
            for told in wrong:
                code = 3
                _tell_finding(told, lines=(), keys=set())
    return code


def _described(form: Form) -> str:
    return (
        f"{form.id}  {form.name}（{form.edition}，{form.document_number}），"
        f"{form.years}，{len(form.cells)} 个数"
    )


def _painted(text: str, standing: Standing) -> str:
    return f"\033[{_COLOURS[standing]}m{text}\033[0m" if _has_colours() else text


def _has_colours() -> bool:
    """A terminal, colours not declined (no-color.org); on Windows only one known to take them."""
    known = os.name != "nt" or any(map(os.environ.get, ("WT_SESSION", "ANSICON", "ConEmuANSI")))
    declined = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return known and not declined and sys.stdout is not None and sys.stdout.isatty()


def _tell_finding(finding: Finding, lines: tuple[str, ...], keys: set[str]) -> None:
    """One finding; `keys` are those already printed, which answer this one too."""
    place = ""
    if finding.file:
        place = f"{finding.file} "
    if finding.location:
        place += f"第 {finding.location.line} 行第 {finding.location.column} 列 "
    named = _painted(f"{finding.standing} {finding.code}", finding.standing)
    say(f"  {place}{named}：{finding.message}")
    if finding.answered:
        return
    quotable = finding.standing is not Standing.NOT_MADE and not finding.file
    if quotable and finding.location and finding.location.line <= len(lines):
        _quote(finding, finding.location, lines)
    if finding.hint:
        say(f"      怎么办：{finding.hint}")
    if finding.answer_key in keys:
        say(f"      确实没有错的，和上面的 {finding.answer_key} 一并说明，不用再加一行")
    elif finding.answer_key:
        keys.add(finding.answer_key)
        say("      确实没有错的，在“核实说明:”下面加这一行，冒号后写明原因：")
        say(f"        {finding.answer_key}: ")
    shown = finding.related[:_MAX_RELATED]
    if shown:
        more = "等" if len(finding.related) > len(shown) else ""
        say("      涉及：" + "；".join(map(_place_of, shown)) + more)


def _quote(finding: Finding, place: Location, lines: tuple[str, ...]) -> None:
    """The line as typed, as far as the console can show it, and a mark under the place."""
    encoding = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    line = lines[place.line - 1].encode(encoding, "replace").decode(encoding)
    ambiguous = 2 if encoding.startswith(("gb", "big5", "cp950")) else 1
    margin = f"{place.line:>8} | "
    quoted, mark = excerpt.quote(line, place.column, _WIDTH - len(margin), ambiguous)
    say(margin + quoted)
    caret = _painted("^", finding.standing)
    say(" " * (len(margin) - 2) + "| " + mark.replace("^", caret))


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
