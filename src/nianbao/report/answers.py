"""核实说明: which findings an office has answered.

Knows that an answer is given under the key a finding prints and lapses when
the numbers in that key change. Knows nothing of what the findings are about.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace

from nianbao.chinese.lines import of as lines_of
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Finding, Location, Severity, finding
from nianbao.form.contract import ANSWERS
from nianbao.report.report import Answer

_MARK = "校验："
_HEADED = re.compile(rf"[{BLANKS}]*{ANSWERS}[:：]?$")
_KEYED = re.compile(r"编号[:：](.+)")
_GIVEN = re.compile(r"说明[:：](.*)")
_TYPED = re.compile(r"([A-Z]\d{3}(?: .*?)?)[:：](.*)")


def settle(findings: list[Finding], answers: tuple[Answer, ...]) -> list[Finding]:
    """`findings` with the answered ones marked, and a note (S109) for every answer without one.

    A bare code answers while only one finding, told once or more often, has it.
    """
    asked = {(f.code, f.answer_key) for f in findings if f.severity is Severity.CONFIRM}
    count = Counter(code for code, _ in asked)
    wrong = {f.code for f in findings if f.blocks}
    given = {answer.key for answer in answers}
    settled, used = [], set()
    for told in findings:
        key = told.answer_key
        if told.severity is Severity.CONFIRM:
            if key not in given and count[told.code] == 1:
                key = told.code
            if key in given:
                used.add(key)
                told = replace(told, answered=True)
        settled.append(told)
    unused = (answer for answer in answers if answer.key not in used)
    return settled + [_unmatched(answer, count[answer.key], wrong) for answer in unused]


def _unmatched(answer: Answer, several: int, wrong: set[str]) -> Finding:
    """The note (S109) on an answer that settles nothing: `several` share its code, or it is wrong."""
    message = f"核实说明“{answer.key}”没有对上任何一条检查结果。"
    hint = "数改过了就不再对得上；还要说明的，照检查结果里给出的那一行重抄，否则删掉"
    if several > 1:
        message = f"有 {several} 条检查结果都是 {answer.key}，这条核实说明不知道是给哪一条的。"
        hint = "照检查结果里给出的那一行写全：编号、位置和数"
    elif wrong & set(answer.key.split()[:1]):
        message = f"核实说明“{answer.key}”说的是一处错误，错误不能用说明代替。"
        hint = "改正那一处，删掉这一行"
    return finding("S109", message, at=answer.location, hint=hint)


def given_for(finding: Finding, answers: tuple[Answer, ...]) -> str:
    """What was answered to a finding, under its key or its bare code."""
    words = {answer.key: answer.text for answer in answers}
    return words.get(finding.answer_key or "") or words[finding.code]


def letter(title: str, findings: list[Finding], answers: tuple[Answer, ...]) -> bytes | None:
    """The answered findings as a text to mail along (UTF-8 with BOM, CRLF); None without any.

    Its last line is a checksum that tells whether it was changed since.
    """
    answered = [finding for finding in findings if finding.answered]
    if not answered:
        return None
    lines = [f"{title} 核实说明", ""]
    for number, told in enumerate(answered, 1):
        said = given_for(told, answers)
        lines += [
            f"{number}. {told.message}",
            f"   编号：{told.answer_key}",
            "   说明：" + said.replace("\n", "\r\n         "),
            "",
        ]
    body = "\r\n".join(lines)
    return f"\ufeff{body}{_MARK}{_checksum(body)}\r\n".encode()


def given_in(text: str) -> tuple[str, tuple[Answer, ...]]:
    """What a letter is of, and the answers in it: as `letter` writes them, or a key and words a line."""
    title, answers, key = "", dict[str, Answer](), ""
    for number, line in enumerate(lines_of(text).texts, 1):
        said = line.strip(BLANKS)
        if not title and _HEADED.search(said):
            title = _HEADED.sub("", said)
        elif keyed := _KEYED.match(said):
            key = keyed[1].strip(BLANKS)
        elif key and (given := _GIVEN.match(said)):
            answers.setdefault(key, Answer(key, given[1].strip(BLANKS), Location(number, 1)))
        elif typed := _TYPED.match(said):
            key = typed[1].strip(BLANKS)
            answers.setdefault(key, Answer(key, typed[2].strip(BLANKS), Location(number, 1)))
        elif key in answers and said and not said.startswith((_MARK, f"{len(answers) + 1}.")):
            before = answers[key]
            answers[key] = replace(before, text=f"{before.text}\n{said}".strip())
        else:
            key = ""
    return title, tuple(answer for answer in answers.values() if answer.text)


def is_untouched(data: bytes) -> bool:
    """True for a letter of ours that nobody changed since it was written."""
    body, mark, checksum = data.decode("utf-8-sig", errors="replace").rpartition(_MARK)
    return bool(mark) and checksum.strip() == _checksum(body)


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]
