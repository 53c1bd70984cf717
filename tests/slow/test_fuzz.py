"""Mutated files: never a crash, both parsers agree, and what is accepted is printed as typed.

The numbers that a file states are read here by PyYAML's own loader and the rules of the contract,
not by the tool; those that the document shows, by python-docx.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import docx
import pytest
import yaml
from support import EXAMPLE, read_form

from nianbao.desk.pipeline import Session
from nianbao.source import parsing

TEXT = EXAMPLE.read_text("utf-8")
TYPED = "\t :,，：、[]【】{}|>-#&*!%@`\"'“”？?\n0173a无。（）()\u3000\u00a0\r\ufeff~/"


def mutants(seed: int, count: int, start: int = 0) -> list[str]:
    """`count` copies of the example with one to three characters inserted, replaced or deleted."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        text = TEXT
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(start, len(text))
            char = chance.choice(TYPED)
            keep = chance.choice((0, 0, 1))
            text = text[:at] + (char if chance.random() < 0.7 else "") + text[at + 1 - keep :]
        made.append(text)
    return made


def test_both_parsers_agree_and_nothing_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    differing = []
    sound = 0
    for text in mutants(1, 1500):
        trees = []
        for parser in (yaml.CSafeLoader, yaml.SafeLoader):
            monkeypatch.setattr(parsing, "_PARSER", parser)
            trees.append(parsing.read_text(text))
        one, other = trees
        sound += not one.findings
        if bool(one.findings) != bool(other.findings) or (not one.findings and one != other):
            differing.append(text)
    assert sound > 100
    assert not differing, repr(differing[0])


def chinese(key: str) -> str:
    return re.sub("[^\u4e00-\u9fff]", "", key)


def bare(value: object) -> object:
    """Mappings with their keys reduced to Chinese characters."""
    if isinstance(value, dict):
        return {chinese(key): bare(inner) for key, inner in value.items()}
    return value


def stated(text: str) -> list[str]:
    """The 200 numbers of an accepted file, in printed order."""
    data = bare(yaml.load(text.replace("\t", " "), Loader=yaml.BaseLoader))
    numbers = []
    for section in read_form().sections:
        if section.table:
            for row in section.table.rows():
                value = data[chinese(section.key)]
                for key in (*row.groups, row.key):
                    value = value if isinstance(value, str) else value[chinese(key)]
                columns = [column.key for column in row.columns]
                if isinstance(value, str):
                    cells = [value] * len(columns)
                elif isinstance(value, dict):
                    cells = [value.get(column, "0") for column in columns]
                else:
                    cells = value
                numbers += [cell.strip() for cell in cells]
    return numbers


def printed(path: Path) -> list[str]:
    """The cells of a document that begin with a digit and are no label, merged ones once."""
    numbers = []
    for table in docx.Document(str(path)).tables:
        for row in table.rows:
            cells = {cell._tc: cell.text for cell in row.cells}
            numbers += [t for t in cells.values() if re.match(r"\d+(?!\.\D|\d)", t)]
    return numbers


def test_what_is_accepted_is_printed_as_typed(tmp_path: Path) -> None:
    session = Session()
    target = tmp_path / "made.docx"
    path = tmp_path / "青石镇2025.yaml"
    tables = TEXT.index("主动公开政府信息情况:")
    accepted = 0
    for text in mutants(2, 600, start=tables):
        path.write_text(text, "utf-8", newline="")
        outcome = session.generate(path, target)
        assert outcome.exit_code in (0, 1), outcome.findings
        if outcome.exit_code == 0:
            accepted += 1
            wanted = stated(text)
            assert len(wanted) == 200
            assert printed(target) == [cell.replace(" ", "") for cell in wanted], text
    assert accepted > 30
