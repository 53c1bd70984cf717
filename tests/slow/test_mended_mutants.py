"""`fix` on thousands of spoilt files: every letter, digit and comment stays, and twice is once."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import mutants
import pytest
from sizes import ALL, LEAST_MENDED, MENDED_EACH

from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Rejected

KINDS = [kind for kind in mutants.KINDS if kind != "bytes"]


def letters(text: str) -> str:
    return "".join(
        char for char in unicodedata.normalize("NFKC", text) if char.isalnum() and char not in "丨"
    ).replace("核实说明", "")


def comments(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    said = ["#" + line[1:] for line in lines if line.startswith(("#", "＃"))]
    return [line for line in said if "核实说明:" not in line]


def mend(session: Session, path: Path) -> bool:
    try:
        return session.mend(path).copy is not None
    except Rejected:
        return False


def mended(kind: str, numbers: range, folder: Path) -> int:
    """How many of some mutants were mended; each says afterwards what it said before."""
    session, count = Session(), 0
    for number in numbers:
        original, data = mutants.mutant(kind, number)
        path = folder / original.name
        path.write_bytes(data)
        if not mend(session, path):
            assert path.read_bytes() == data, f"{kind}-{number}"
            continue
        count += 1
        after = path.read_text("utf-8-sig")
        try:
            before = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            continue  # another encoding: what it says is the other tests' to hold
        assert letters(before) == letters(after), f"{kind}-{number}"
        assert comments(before) == comments(after), f"{kind}-{number}"
        assert not mend(session, path), f"{kind}-{number} twice"
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_every_mended_mutant_says_what_was_typed(kind: str, tmp_path: Path) -> None:
    assert mended(kind, range(MENDED_EACH), tmp_path) >= LEAST_MENDED


def test_there_are_enough_of_them() -> None:
    assert ALL.mended_each * len(KINDS) >= 4_000
