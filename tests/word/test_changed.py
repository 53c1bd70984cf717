"""What was changed since a document was generated, each with its name, was and now."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from support import EXAMPLE, SMALL_FORMS, TEMPLATES, read_form
from support.reports import generated

from nianbao.form.figure import Figures, in_form
from nianbao.word import aboard, archive
from nianbao.word.aboard import Printed
from nianbao.word.changed import Change, changes

PART = "总体情况"
FORMS = [*sorted(TEMPLATES.glob("*.form.yaml")), *sorted(SMALL_FORMS.glob("*/*.form.yaml"))]


@pytest.fixture
def document(tmp_path: Path) -> bytes:
    return generated(tmp_path, EXAMPLE.stem).read_bytes()


def data(document: bytes) -> Printed:
    found = aboard.of_members(archive.read(document))
    assert found is not None
    return found


def told(document: bytes, seen: Printed) -> list[tuple[str, str | None, str | None, str | None]]:
    found = changes(document, seen, read_form())
    assert found is not None
    return [(one.label, one.cell, one.was, one.now) for one in found]


def test_nothing_where_it_was_only_saved_again(document: bytes) -> None:
    was = data(document)
    spaced = {key: tuple(f" {text}\u3000" for text in texts) for key, texts in was.parts.items()}
    broken = {**was.head, "标题": was.head["标题"].replace("2025", "\n2025")}
    saved = io.BytesIO()
    docx.Document(io.BytesIO(document)).save(saved)
    assert told(saved.getvalue(), replace(was, parts=spaced, head=broken)) == []


def test_every_cell_is_named_as_between_braces(document: bytes) -> None:
    was = data(document)
    form = read_form()
    for address, text in was.cells.items():
        (one,) = told(document, replace(was, cells={**was.cells, address: "77"}))
        assert one[1:] == (address, text, "77")
        assert [cell.address for cell in in_form(one[0], form)] == [address]


def test_a_number_a_note_and_an_emptied_cell(document: bytes) -> None:
    was = data(document)
    seen = {**was.cells, "b3a": "19", "c1a": ""}
    assert told(document, replace(was, cells=seen)) == [
        ("行政许可", "b3a", was.cells["b3a"], "19"),
        ("本年新收.自然人", "c1a", was.cells["c1a"], ""),
    ]


def test_paragraphs_changed_added_and_taken_out(document: bytes) -> None:
    was = data(document)
    first, second, third, *rest = was.parts[PART]
    cases = [
        ((first, second + "改", third, *rest), [(second, second + "改")]),
        ((first, "新的一段", second, third, *rest), [(None, "新的一段")]),
        ((first, third, *rest), [(second, None)]),
        ((), [(text, None) for text in was.parts[PART]]),
    ]
    for now, expected in cases:
        found = told(document, replace(was, parts={**was.parts, PART: now}))
        assert found == [(PART, None, *pair) for pair in expected]


def test_an_item_of_the_head(document: bytes) -> None:
    was = data(document)
    now = {**was.head, "标题": "另一个标题", "成文日期": ""}
    assert told(document, replace(was, head=now)) == [
        ("标题", None, was.head["标题"], "另一个标题"),
        *([("成文日期", None, was.head["成文日期"], "")] if "成文日期" in was.head else []),
    ]


def test_what_was_not_looked_at_is_not_told(document: bytes) -> None:
    assert told(document, Printed()) == []


def test_the_turn_of_an_added_row_is_in_its_name(tmp_path: Path) -> None:
    document = generated(tmp_path, "projects-2025").read_bytes()
    form = read_form(SMALL_FORMS / "projects" / "projects-2025.form.yaml")
    was = data(document)
    address = next(address for address in was.cells if "[2]" in address)
    found = changes(document, replace(was, cells={**was.cells, address: "另一个"}), form)
    assert found is not None
    (one,) = found
    assert ".2." in one.label
    assert one == Change(one.label, address, was.cells[address], "另一个")


def test_a_document_without_data_is_none() -> None:
    empty = io.BytesIO()
    docx.Document().save(empty)
    assert changes(empty.getvalue(), Printed(), read_form()) is None
    assert changes(b"PK no document", Printed(), read_form()) is None


def test_many_paragraphs_take_linear_time(document: bytes) -> None:
    was = data(document)
    many = tuple(f"{n} 段" for n in range(50_000))
    begun = time.perf_counter()
    found = told(document, replace(was, parts={**was.parts, PART: many}))
    assert time.perf_counter() - begun < 5
    assert [one[3] for one in found if one[3]] == list(many)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_cell_of_every_form_has_a_name_that_finds_it(path: Path) -> None:
    form = read_form(path)
    figures = Figures(form.sections)
    for cell in form.cells.values():
        assert figures.cells(figures.name(cell)) == (cell,)
