"""Findings as Chinese text; nothing else prints.

Knows how an outcome is told to a person (in the order of work, the line quoted,
hints, what to paste, last what happened and what to do next) and how the reader
types the program's name. Only characters that GBK has; what a user typed and the console cannot show,
or a terminal would obey, is replaced, never fatal. Colours only where they are
sure to be understood. A reader who has gone away is no fault.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from nianbao.chinese import excerpt
from nianbao.desk import invocation, targets
from nianbao.desk.outcome import Mended, Outcome, Work
from nianbao.diagnostics import Finding, Location, Related, Standing, counted, grouped
from nianbao.frozen import dataclass
from nianbao.source.encoding import UTF8

if TYPE_CHECKING:
    from nianbao.desk.documents import Imported

_HEADINGS = {
    Standing.ERROR: "错误 {} 处，改好才能生成：",
    Standing.CONFIRM: "核实 {} 处，要改正，或者写明原因：",
    Standing.NOTE: "提示 {} 处，供参考：",
    Standing.ANSWERED: "已说明 {} 处，说明随报告一起报送：",
}
_COLOURS = {
    Standing.ERROR: "1;31",
    Standing.CONFIRM: "1;33",
    Standing.NOTE: "36",
    Standing.ANSWERED: "32",
}
"""SGR parameters (ECMA-48)."""
_UNDONE = {
    Work.REPORT: "没有写出文件",
    Work.MAIL: "没有写出要报送的",
    Work.REVIEW: "没有写出审阅稿",
}
_STOP_READING = "WFY"
"""The families of codes whose errors keep the rest from being read: they come first."""
_WIDTH = 78
_MAX_RELATED = 6
_COMMAND = re.compile(rf"(?<![\w./\\-]){invocation.NAME}(?= [a-z])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Painted:
    """Words in the colour of a standing."""

    text: str
    standing: Standing


def prepare() -> None:
    """Make both streams survive characters that their encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def say(*parts: str | Painted) -> None:
    """One line. Raises OSError where it cannot be written, though somebody reads."""
    try:
        print("".join(map(_shown, parts)))
    except BrokenPipeError:
        hang_up(sys.stdout)


def say_all(text: str) -> None:
    """Every line of a text of our own."""
    for line in text.split("\n"):
        say(line)


def say_in_colours(lines: Iterable[tuple[str, Standing | None]]) -> None:
    """Lines, each in the colour of a standing where it has one."""
    for line, standing in lines:
        say(Painted(_typed(line), standing) if standing in _COLOURS else _typed(line))


def progress(done: int, of: int, path: Path) -> None:
    """How far a long run has come; on a terminal only, in one line that is wiped at the end."""
    if sys.stderr is None or not sys.stderr.isatty():
        return
    said = f"{done + 1}/{of} {path.name}" if done < of else ""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"\r\033[K{_shown(said)[: _WIDTH // 2]}")
        sys.stderr.flush()


def flush() -> None:
    """Raises OSError where what was said cannot be written, though somebody reads."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        hang_up(sys.stdout)


def hang_up(stream: TextIO) -> None:
    """Let what is still to be written to a stream go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def complain(*lines: str) -> None:
    """On standard error; where that takes nothing, the exit code has to do."""
    try:
        for line in lines:
            print(_shown(line), file=sys.stderr)
    except OSError:
        hang_up(sys.stderr)


def complain_of(findings: Iterable[Finding]) -> None:
    """What stopped a command that is about no input file."""
    for finding in findings:
        place = (
            f"{finding.file} 第 {finding.location.line} 行："
            if finding.file and finding.location
            else ""
        )
        hint = f"{finding.hint}。" if finding.hint else ""
        complain(_typed(f"× {place}{finding.message}{hint}"))


def complain_of_usage(mistake: str, command: str) -> None:
    """A mistake in a command line, and where to read how it is typed."""
    complain(_typed(f"× 用法不对：{mistake}"), _typed(f"  详细用法：{command} --help"))


def report(outcomes: list[Outcome]) -> int:
    """Every input's findings, and of several how many passed; the exit code."""
    for outcome in outcomes:
        tell(outcome)
    if len(outcomes) > 1:
        passed = sum(outcome.accepted for outcome in outcomes)
        say(f"共 {len(outcomes)} 个填报文件，通过 {passed} 个，退回 {len(outcomes) - passed} 个")
    return max(outcome.exit_code for outcome in outcomes)


def tell(outcome: Outcome) -> None:
    """One input's findings in the order of work, what was not checked, and the verdict."""
    groups = dict(grouped(outcome.findings))
    not_made = groups.pop(Standing.NOT_MADE, [])
    if groups:
        say(f"{outcome.path}")
    keys: set[str] = set()
    for standing, group in groups.items():
        say()
        say(Painted(_HEADINGS[standing].format(len(group)), standing))
        for finding in sorted(group, key=lambda told: told.code[0] not in _STOP_READING):
            tell_finding(finding, outcome.lines, keys, outcome.document)
    if groups:
        say()
    for finding in not_made:
        say(f"{finding.standing} {finding.code}：{_typed(finding.message)}")
    for line in _verdict(outcome, groups):
        say(line)


def _verdict(outcome: Outcome, groups: dict[Standing, list[Finding]]) -> Iterator[str | Painted]:
    """What happened and what to do next."""
    if outcome.page_written:
        yield f"√ 网页已写到 {_whole(outcome.page_written)}，文字和数同 Word 核对过"
    if outcome.answers_written:
        yield f"√ 核实说明已另存 {_whole(outcome.answers_written)}，请一并报送"
    open_ones = len(groups.get(Standing.CONFIRM, ()))
    if outcome.accepted:
        told = [
            f
            for standing, group in groups.items()
            if standing is not Standing.CONFIRM
            for f in group
        ]
        besides = f"（{counted(told)}）" if told else ""
        happened = f"√ {_happened(outcome)}{besides}"
        if open_ones:
            still = f"；还有 {open_ones} 处要核实，改正或写明原因再报送"
            yield Painted(happened + still, Standing.CONFIRM)
        elif outcome.work is Work.STARTER:
            name = invocation.as_argument(targets.to_type(outcome.path))
            yield f"{happened}；空着的填好，再运行 {invocation.program()} check {name}"
        else:
            yield happened
    else:
        summary = counted(f for group in groups.values() for f in group)
        yield Painted(
            f"× {_failed(outcome)}：{summary}；{_remedy(outcome, groups)}", Standing.ERROR
        )
    if outcome.review_written:
        where = "，以上各条都在批注里" if outcome.findings else "，没有要批注的"
        yield f"√ 审阅稿已写到 {_whole(outcome.review_written)}{where}；它不能拿去报送"
    if outcome.work is not Work.FIX and any(finding.mend for finding in outcome.findings):
        name = invocation.as_argument(targets.to_type(outcome.path))
        yield f"一次改好：{invocation.program()} fix {name}"


def _happened(outcome: Outcome) -> str:
    if outcome.written:
        return f"已生成 {_whole(outcome.written)}"
    if outcome.mailed:
        return (
            f"要报送的都放进了 {_whole(outcome.mailed)}；"
            "打开里面的 .eml 就可以发，或者把邮件正文贴进邮件，附上 Word"
        )
    return f"{outcome.path} 检查通过"


def _failed(outcome: Outcome) -> str:
    if outcome.written:
        what = "网页" if outcome.page_wanted and not outcome.page_written else "核实说明"
        return f"已生成 {_whole(outcome.written)}，但是{what}没有写成"
    done = _UNDONE.get(outcome.work, "")
    if outcome.review_written:
        done = ""
    if outcome.exit_code == 3:
        return f"{outcome.path} {done or '没有查成'}"
    return f"{outcome.path} 没有通过{'，' + done if done else ''}"


def _remedy(outcome: Outcome, groups: dict[Standing, list[Finding]]) -> str:
    if outcome.exit_code == 3:
        return "原因见上面"
    again = {Work.REPORT: "再生成", Work.MAIL: "再运行"}.get(outcome.work, "再检查一次")
    return f"改好错误{again}" if Standing.ERROR in groups else f"改正或写明原因{again}"


def show_mended(mended: Mended) -> None:
    """What `fix` changed, line by line, and where the file as it was is kept."""
    if mended.copy is None:
        say(f"√ {mended.path} 没有可以代为改正的写法，没有动它")
        return
    from nianbao.desk import altered

    for line in altered.said(mended.changes):
        say(line)
    if mended.encoding != UTF8:
        say(f"编码从 {mended.encoding} 改成了 {UTF8}")
    elif not mended.changes:
        say("只改了换行，文字没有变")
    say(f"√ 已改正 {mended.path}，原来的留在 {mended.copy.name}")


def _shown(part: str | Painted) -> str:
    if isinstance(part, str):
        return excerpt.visible(part)
    text = excerpt.visible(part.text)
    return f"\033[{_COLOURS[part.standing]}m{text}\033[0m" if _has_colours() else text


def _typed(text: str) -> str:
    """A sentence with its commands as this reader can type them."""
    return _COMMAND.sub(lambda _: invocation.program(), text)


def _whole(path: Path) -> str:
    return os.path.abspath(path)


def _has_colours() -> bool:
    """A terminal, colours not declined (no-color.org); on Windows only one known to take them."""
    known = os.name != "nt" or any(map(os.environ.get, ("WT_SESSION", "ANSICON", "ConEmuANSI")))
    declined = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return known and not declined and sys.stdout is not None and sys.stdout.isatty()


def tell_finding(
    finding: Finding,
    lines: tuple[str, ...],
    keys: set[str],
    document: Imported | None = None,
) -> None:
    """One finding; `keys` are those already printed, which answer this one too."""
    place = ""
    if finding.file:
        place = f"{finding.file} "
    own = document if document and not finding.file else None
    if own:
        found = own.place(finding)
        words = own.words_of(found) if found else ""
        place += f"{words} " if words else ""
    elif finding.location:
        place += f"第 {finding.location.line} 行第 {finding.location.column} 列 "
    named = Painted(f"{finding.standing} {finding.code}", finding.standing)
    say(f"  {place}", named, f"：{_typed(finding.message)}")
    if finding.answered:
        return
    if not (finding.file or own) and finding.location and finding.location.line <= len(lines):
        _quote(finding, finding.location, lines)
    if finding.hint:
        say(f"      怎么办：{_typed(finding.hint)}")
    if finding.answer_key in keys:
        say(f"      确实没有错的，和上面的 {finding.answer_key} 一并说明，不用再加一行")
    elif finding.answer_key:
        keys.add(finding.answer_key)
        say("      确实没有错的，在“核实说明:”下面加这一行，冒号后写明原因：")
        say(f"        {finding.answer_key}: ")
    shown = finding.related[:_MAX_RELATED]
    if shown:
        more = "等" if len(finding.related) > len(shown) else ""
        say("      涉及：" + "；".join(_place_of(each, own) for each in shown) + more)


def _quote(finding: Finding, place: Location, lines: tuple[str, ...]) -> None:
    """The line as typed, as far as the console can show it, and a mark under the place."""
    encoding = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    line = lines[place.line - 1].encode(encoding, "replace").decode(encoding)
    ambiguous = 2 if encoding.startswith(("gb", "big5", "cp950")) else 1
    margin = f"{place.line:>8} | "
    quoted, mark = excerpt.quote(line, place.column, _WIDTH - len(margin), ambiguous)
    say(margin + quoted)
    say(" " * (len(margin) - 2) + "| " + mark[:-1], Painted(mark[-1:], finding.standing))


def _place_of(related: Related, document: Imported | None = None) -> str:
    file = f"{related.file.name} " if related.file else ""
    if document and not related.file:
        found = document.draft.place(related.location) if related.location else None
        words = document.words_of(found) if found else ""
        return f"{words} {related.message}".strip()
    line = f"第 {related.location.line} 行 " if related.location else ""
    return f"{file}{line}{related.message}"
