"""The schema for editors, by a validator that is not ours: it refuses what the reader refuses."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from support import ROOT
from support.forms import CONTRACT, form_texts, mistakes

from nianbao.form import formfile, schema, words
from nianbao.form.words import Place, Value

SCHEMA = ROOT / "docs" / "form.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
TOP, *_ = words.places().values()
OF_ANOTHER_KIND: dict[str, Any] = {
    words.TEXT: ["甲", "乙"],
    words.YES: "对",
    words.COUNT: "三",
    words.PHRASES: [["甲"], ["乙"]],
    words.TEXTS: [["甲"], ["乙"]],
    words.LIST: [["甲"], ["乙"]],
    words.LISTS: {"甲": "乙"},
    words.CHOICE: "绝无此词",
    words.ONE: "绝无此词",
    words.EACH: "绝无此词",
    words.NAMED: "绝无此词",
}
"""What a word does not take that takes such a value alone, or as the first of several."""


def with_their_places(value: Any, place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each mapping of a form, with the place it is."""
    yield place, value
    for word in words.words_of(place):
        if word.name in value:
            for taken in word.takes:
                yield from _below(value[word.name], taken)


def _below(value: Any, taken: Value) -> Iterator[tuple[Place, dict[str, Any]]]:
    if taken.kind == words.NAMED and isinstance(value, dict):
        for named in value.values():
            for inner in taken.named:
                yield from _below(named, inner)
    inside = {words.ONE: [value], words.EACH: value}.get(taken.kind, [])
    for mapping in inside if isinstance(inside, list) else []:
        found = [words.places()[name] for name in taken.places]
        group = [p for p in found if p.words[0].name in mapping and p.words[0].required]
        if isinstance(mapping, dict):
            yield from with_their_places(mapping, (group or found)[0])


def spoilt(spoil: Callable[[Place, dict[str, Any], str], bool]) -> Iterator[tuple[str, Any]]:
    """The contract's form, spoilt once for every word where it first stands."""
    whole = yaml.safe_load(form_texts()[CONTRACT])
    done: set[tuple[str, str]] = set()
    for number, (place, mapping) in enumerate(with_their_places(whole, TOP)):
        for name in mapping:
            if (place.name, name) not in done:
                done.add((place.name, name))
                form = copy.deepcopy(whole)
                _, target = list(with_their_places(form, TOP))[number]
                if spoil(place, target, name):
                    yield f"{place.name}：{name}", form
    assert len(done) > 150


def refused(
    folder: Path, spoil: Callable[[Place, dict[str, Any], str], bool], *, by_reader: int = 1
) -> int:
    """How many spoilt forms there are; the schema refuses each, the reader is asked `by_reader`th.

    A tenth of a second each: what the reader asks for test_words knows whole.
    """
    count = 0
    for count, (what, form) in enumerate(spoilt(spoil), 1):
        assert not VALIDATOR.is_valid(form), what
        if count % by_reader == 0:
            told = mistakes(written(folder / f"x{count}.form.yaml", form))
            assert {f.code for f in told} <= {"F102", "S101", "S102", "S103"}, what
    return count


def written(path: Path, form: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(form, allow_unicode=True, sort_keys=False), "utf-8")
    return path


@pytest.mark.parametrize(("name", "text"), form_texts().items(), ids=list(form_texts()))
def test_a_form_is_valid(name: str, text: str) -> None:
    assert [e.message for e in VALIDATOR.iter_errors(yaml.safe_load(text))] == []


def test_what_is_spoilt_here_is_sound_until_then(tmp_path: Path) -> None:
    whole = yaml.safe_load(form_texts()[CONTRACT])
    formfile.load(written(tmp_path / "x.form.yaml", whole))


def test_a_misspelt_word_fails(tmp_path: Path) -> None:
    def misspell(place: Place, mapping: dict[str, Any], name: str) -> bool:
        mapping[f"{name}呀"] = mapping.pop(name)
        return place.name != "称作"

    assert refused(tmp_path, misspell, by_reader=10) > 150


def test_a_missing_word_that_is_required_fails(tmp_path: Path) -> None:
    def leave_out(place: Place, mapping: dict[str, Any], name: str) -> bool:
        required = {word.name for word in words.words_of(place) if word.required}
        alone = {word for group in place.just_one for word in group}
        del mapping[name]
        return name in required | alone

    assert refused(tmp_path, leave_out, by_reader=4) > 40


def test_a_value_of_another_kind_fails(tmp_path: Path) -> None:
    def replace(place: Place, mapping: dict[str, Any], name: str) -> bool:
        (word,) = [word for word in words.words_of(place) if word.name == name]
        mapping[name] = OF_ANOTHER_KIND[word.takes[0].kind]
        return True

    assert refused(tmp_path, replace, by_reader=10) > 150


@pytest.mark.parametrize(
    ("place", "added"),
    [
        ("勾稽关系、跨年的一项", {"每行": "甲 = 乙", "每列": "甲 = 乙", "率": "甲 / 乙"}),
        ("填", {"选": ["甲", "乙"], "多选": ["甲", "乙"]}),
        ("发布期限", {"次年": [{"至": "1月31日"}], "当年": [{"至": "12月31日"}]}),
    ],
)
def test_of_words_of_which_one_is_written_two_fail(
    tmp_path: Path, place: str, added: dict[str, Any]
) -> None:
    def add(found: Place, mapping: dict[str, Any], name: str) -> bool:
        mapping.update(added)
        return found.name == place

    assert refused(tmp_path, add) > 1


def test_a_word_without_the_one_that_it_stands_beside_fails(tmp_path: Path) -> None:
    def strip(place: Place, mapping: dict[str, Any], name: str) -> bool:
        beside = [word.beside for word in words.words_of(place) if word.name == name]
        mapping.pop(beside[0], None)
        return bool(beside[0])

    assert refused(tmp_path, strip) == 3


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)


def test_the_schema_is_current(golden: Callable[[Path, str], None]) -> None:
    golden(SCHEMA, schema.document())


def test_the_schema_is_regenerated_as_it_says() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "nianbao.form.schema"], capture_output=True, check=True
    )
    assert made.stdout.decode("utf-8") == schema.document()
