"""The words of a form file as a JSON Schema, by which an editor completes and underlines them.

Knows how each thing that a word takes is written in YAML. What the words are, `words`
knows; docs/form.schema.json is made by `python -m nianbao.form.schema > docs/form.schema.json`.
What needs more than one place to judge, such as a name that finds no cell, is told by
`nianbao forms`, not here.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import yaml

from nianbao.form.declaration import MAX_TEXT
from nianbao.form.words import (
    CHOICE,
    COUNT,
    EACH,
    LIST,
    LISTS,
    NAMED,
    ONE,
    PHRASES,
    TEXT,
    TEXTS,
    YES,
    Place,
    Value,
    Word,
    places,
    words_of,
)

Schema = dict[str, Any]
_TEXT: Schema = {"type": ["string", "number"], "minLength": 1, "maxLength": MAX_TEXT}
"""A text of digits is a number to an editor."""
_LIST: Schema = {"type": "array", "items": _TEXT, "minItems": 1}
_TEXTS: Schema = {"anyOf": [_TEXT, _LIST]}
_PLAIN: dict[str, Schema] = {
    TEXT: _TEXT,
    YES: {"enum": ["是", "否"]},
    COUNT: {
        "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]
    },
    PHRASES: _TEXTS,
    TEXTS: _TEXTS,
    LIST: _LIST,
    LISTS: {"anyOf": [_TEXT, {"type": "array", "items": _TEXTS, "minItems": 1}]},
}


def schema() -> Schema:
    """A schema of draft 2020-12."""
    top, *others = places().values()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "表式文件",
        "$comment": "python -m nianbao.form.schema > docs/form.schema.json",
        **_mapping(top),
        "$defs": {_key(place.name): _mapping(place) for place in others},
    }


def document() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _mapping(place: Place) -> Schema:
    words = words_of(place)
    made: Schema = {
        "description": place.says,
        "type": "object",
        "properties": {word.name: _described(word) for word in words},
        "additionalProperties": False,
        "required": [word.name for word in words if word.required],
        "dependentRequired": {word.name: [word.beside] for word in words if word.beside},
        "allOf": [
            {way: [{"required": [word]} for word in group]}
            for way, groups in (("oneOf", place.just_one), ("anyOf", place.at_least_one))
            for group in groups
        ],
    }
    return {key: value for key, value in made.items() if value not in ([], {})}


def _described(word: Word) -> Schema:
    return {
        "description": word.does,
        "examples": [yaml.safe_load(word.example)[word.name]],
        **_any([_value(value) for value in word.takes]),
    }


def _value(value: Value) -> Schema:
    if value.kind == CHOICE:
        return {"enum": list(value.options)}
    if value.kind == ONE:
        return _any([_found(name) for name in value.places])
    if value.kind == EACH:
        items = _any([_found(name) for name in value.places])
        return _any([items, {"type": "array", "items": items, "minItems": 1}])
    if value.kind == NAMED:
        return {"type": "object", "additionalProperties": _any([_value(v) for v in value.named])}
    return _PLAIN[value.kind]


def _any(schemas: list[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _found(name: str) -> Schema:
    return {"$ref": f"#/$defs/{_key(name)}"}


def _key(name: str) -> str:
    """The name of a place in plain letters, which every editor finds in a reference."""
    return f"place{list(places()).index(name)}"


if __name__ == "__main__":
    sys.stdout.buffer.write(document().encode("utf-8"))
