"""Data are read as they were written, shared where they were shared, and nothing else is read."""

from __future__ import annotations

import json
import typing
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from support import SMALL_FORMS, TEMPLATES, read_form

from nianbao.desk import artefact, plaindata
from nianbao.form.form import Form

FORMS = [*sorted(TEMPLATES.glob("*.form.yaml")), *sorted(SMALL_FORMS.glob("*/*.form.yaml"))]


class Colour(Enum):
    RED = "红"


@dataclass(frozen=True, eq=False)
class Leaf:
    name: str


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    best: Leaf
    rest: Any = None


TYPES = (Colour, Leaf, Tree)


def again(data: Any) -> Any:
    return plaindata.read(plaindata.written(data, TYPES), TYPES, type(data))


def test_each_kind_of_data_comes_back() -> None:
    data = (
        *('字\u2028\n\\"', "", 0, -3, True, False, None, 1.5, Decimal("1.50"), Decimal("-0")),
        *(Colour.RED, b"\x00\xff", frozenset({"甲", "乙"}), {"k": (1,), 2: "v"}, Path("a/b"), ()),
    )
    found = again(data)
    assert found == data
    assert [type(each) for each in found][:-2] == [type(each) for each in data][:-2]
    assert str(found[8]) == "1.50"


def test_what_was_one_is_one() -> None:
    leaf = Leaf("甲")
    found = again(Tree((leaf, Leaf("甲")), leaf))
    assert found.best is found.leaves[0]
    assert found.best is not found.leaves[1]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_form_comes_back(path: Path) -> None:
    form = replace(read_form(path), path=Path(path.name))
    text = plaindata.written(form, artefact.FORM)
    found = plaindata.read(text, artefact.FORM, Form)
    assert plaindata.written(found, artefact.FORM) == text
    assert repr(found) == repr(form)
    for table in found.tables():
        rows = {id(row) for row in table.rows()}
        assert {id(t.at.row) for t in table.ties if t.at.address in found.cells} <= {
            id(row) for each in found.tables() for row in each.rows()
        }
        assert all(id(cell.row) in rows for cell in table.cells())


def reachable(kind: Any, found: set[type]) -> set[type]:
    """Every dataclass and enumeration that the fields of `kind` may hold."""
    for inner in typing.get_args(kind):
        reachable(inner, found)
    plain = typing.get_origin(kind) or kind
    if isinstance(plain, type) and plain not in found:
        if issubclass(plain, Enum):
            found.add(plain)
        elif is_dataclass(plain):
            found.add(plain)
            hints = typing.get_type_hints(plain)
            for field in fields(plain):
                reachable(hints[field.name], found)
    return found


def test_all_that_a_form_may_be_made_of_is_allowed() -> None:
    assert reachable(Form, set()) <= set(artefact.FORM)


@pytest.mark.parametrize("data", [object(), [1], {1, 2}, Path, len, ValueError("x")])
def test_what_is_no_plain_data_is_not_written(data: Any) -> None:
    with pytest.raises(plaindata.UnfitError):
        plaindata.written((data,), TYPES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "null",
        "[[],[],[0]]",
        '[[["tuple",[]]],[[0,[0]]],[0]]',
        '[[["Path",[]]],[[1,"x"]],[0]]',
        '[[["eval",[]]],[[0,"1"]],[0]]',
        '[[["os.system",[]]],[[0,"true"]],[0]]',
        '[[["test_plaindata.Leaf",["name","more"]]],[[0,"x","y"]],[0]]',
        '[[["test_plaindata.Leaf",["name"]]],[[0]],[0]]',
        '[[["test_plaindata.Leaf",["name"]]],[[0,"x"]],[0]]',
        '[[["test_plaindata.Colour",[]]],[[0,"__class__"]],[0]]',
        '[[["Decimal",[]]],[[0,"x"]],[0]]',
        '[[["bytes",[]]],[[0,"?"]],[0]]',
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(plaindata.UnfitError):
        plaindata.read(text, TYPES, Tree)


def test_a_type_of_other_fields_is_refused() -> None:
    kinds, rows, root = json.loads(plaindata.written(Leaf("甲"), TYPES))
    kinds[0][1] = ["called"]
    with pytest.raises(plaindata.UnfitError):
        plaindata.read(json.dumps([kinds, rows, root]), TYPES, Leaf)
