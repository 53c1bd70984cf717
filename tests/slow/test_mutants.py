"""Spoiled copies of real inputs through the whole of `check`.

Whatever was typed: no fault of our own, an answer within two seconds, every refusal at a place of
the file; and of what is accepted every character is found again in what was read (`typed`).
"""

from __future__ import annotations

import codecs
import contextlib
import faulthandler
import hashlib
import io
import json
import multiprocessing
import re
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import mutants
import pytest
import typed
from sizes import LEAST_ACCEPTED, LEAST_DIFFERENT, MUTANTS_EACH, SECONDS
from support import example

from nianbao.desk import console, pipeline, record
from nianbao.desk.outcome import Outcome
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Location, finding
from nianbao.report import narrativefile, reportfile
from nianbao.report.report import Paragraph
from nianbao.source import parsing, tree

_CHUNK = 100
HANGS = 600
"""Seconds by the clock: a busy machine may let a file wait; what it may cost is SECONDS."""


def complaints(data: bytes, outcome: Outcome) -> list[str]:
    """What is wrong with the answer that `check` gave to a file."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        console.tell(outcome)
    (told,) = json.loads(record.as_json([outcome]))["files"]
    errors = [f for f in told["findings"] if f["severity"] == "error" and "file" not in f]
    found = [f["message"] for f in errors if f["code"] == "W110"]
    if told["accepted"] == bool(errors):
        found.append("accepted with errors, or refused without")
    readings = _readings(data)
    for place in [*errors, *(r for f in errors for r in f["related"] if "file" not in r)]:
        line, column = place["line"], place["column"]
        if not line or not column or not any(_holds(lines, line, column) for lines in readings):
            found.append(f"at {line}:{column}, outside the file: {place['message']}")
    if told["accepted"]:
        assert outcome.report is not None
        found += typed.lost(typed.decoded(data), parsing.read(data).root, outcome.report)
    return found


def _readings(data: bytes) -> list[list[str]]:
    """The lines of a file, in every way that broken bytes may be counted as characters."""
    encodings = ["utf-8-sig", "gb18030"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        with contextlib.suppress(UnicodeDecodeError):
            data.decode("utf-8")
            encodings = ["utf-8-sig"]
    texts = [data.decode(encoding, "replace") for encoding in encodings]
    return [re.split(r"\r\n|\r|\n", text) for text in texts]


def _holds(lines: list[str], line: int, column: int) -> bool:
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


class Examined(NamedTuple):
    """What came of a chunk of mutants."""

    kind: str
    accepted: int
    digests: set[bytes]
    complaints: list[str]


def _examine(task: tuple[str, int, Path]) -> Examined:
    kind, first, folder = task
    session, accepted, digests, found = Session(), 0, set(), []
    for number in range(first, first + _CHUNK):
        original, data = mutants.mutant(kind, number)
        path = folder / original.stem / original.name
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
            for beside in original.parent.glob("*2024.yaml"):
                shutil.copy(beside, path.parent)
        path.write_bytes(data)
        faulthandler.dump_traceback_later(HANGS, exit=True)
        started = time.process_time()
        outcome = session.check(path)
        took = time.process_time() - started
        faulthandler.cancel_dump_traceback_later()
        accepted += outcome.accepted
        digests.add(hashlib.sha256(data).digest())
        wrong = complaints(data, outcome)
        if took > SECONDS:
            wrong.append(f"took {took:.1f} s")
        found += [f"{kind}-{number}: {complaint}" for complaint in wrong]
    return Examined(kind, accepted, digests, found)


def test_no_mutant_escapes_or_loses_a_character(tmp_path: Path) -> None:
    tasks = [
        (kind, first, tmp_path / f"{kind}-{first}")
        for kind in mutants.KINDS
        for first in range(0, MUTANTS_EACH, _CHUNK)
    ]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        results = list(pool.map(_examine, tasks))
    found = [complaint for result in results for complaint in result.complaints]
    print()
    for kind in mutants.KINDS:
        accepted = sum(result.accepted for result in results if result.kind == kind)
        print(f"{kind}: {MUTANTS_EACH} mutants, {accepted} accepted")
    different = len(set().union(*(result.digests for result in results)))
    print(f"{different} of them differ")
    assert not found, f"{len(found)} complaints:\n" + "\n".join(found[:40])
    assert sum(result.accepted for result in results) >= LEAST_ACCEPTED
    assert different >= LEAST_DIFFERENT


# --- the judge can fail ---------------------------------------------------------------


def judged(path: Path) -> list[str]:
    return complaints(path.read_bytes(), Session().check(path))


@pytest.mark.parametrize("original", mutants.ORIGINALS, ids=lambda path: path.stem)
def test_the_judge_has_nothing_against_the_originals(original: Path) -> None:
    assert judged(original) == []


def test_the_judge_sees_a_paragraph_that_loses_a_character(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = narrativefile.paragraph

    def shortened(*args: Any) -> Paragraph:
        made = whole(*args)
        return replace(made, heading=made.heading.removesuffix("施"))

    monkeypatch.setattr(narrativefile, "paragraph", shortened)
    assert judged(example(tmp_path)) == ["'（二）改进措施' is not in the report"]


def test_the_judge_sees_a_number_that_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reportfile.read

    def forgetful(*args: object) -> object:
        report, findings = read(*args)  # type: ignore[arg-type]
        address = next(a for a, number in report.numbers.items() if number.typed == "46")
        report.numbers[address] = report.numbers["c11a"]
        return report, findings

    monkeypatch.setattr(pipeline.reportfile, "read", forgetful)
    assert judged(example(tmp_path)) == ["'46' is not in the report"]


@pytest.mark.parametrize(
    ("typed_as", "swallowed"),
    [
        ("法院维持", "法院 #维持"),
        ("编写。", "编写。\u200b"),
        ("行政处罚: 26", "行政处罚: 26（甲）"),
    ],
)
def test_the_judge_sees_text_that_the_reader_swallows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed_as: str, swallowed: str
) -> None:
    """A reader that takes other text for a comment, or drops what cannot be seen."""
    path = example(tmp_path, (typed_as, swallowed))
    assert judged(path) == []
    read = parsing.read

    def losing(data: bytes, *names: object) -> tree.Source:
        return read(data.replace(swallowed.encode(), typed_as.encode()), *names)  # type: ignore[arg-type]

    monkeypatch.setattr(parsing, "read", losing)
    assert any("typed" in complaint for complaint in judged(path))


def test_the_judge_sees_a_refusal_without_a_place_and_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = example(tmp_path)
    outcome = Session().check(path)
    outcome.findings.append(finding("V101", "没有填。"))
    outcome.findings.append(finding("V101", "没有填。", at=Location(999, 1)))
    assert len(complaints(path.read_bytes(), outcome)) == 3
    monkeypatch.setattr(reportfile, "read", None)
    assert any("程序自己出错了" in complaint for complaint in judged(path))
