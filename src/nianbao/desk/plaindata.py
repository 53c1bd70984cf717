"""Frozen data as JSON, and back: the same objects, shared where they were shared.

Knows dataclasses and enumerations that it is given by name, tuples, sets, decimals, bytes
and what JSON has itself. What it is not given it neither writes nor reads; nothing in a
text is run, and no name in it is looked up but in what was given. Knows nothing of what
the data are.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Types = Sequence[type]
"""The dataclasses and enumerations that data may be made of."""

_PLAIN = frozenset({str, int, float, bool, type(None)})
_BUILT_IN: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "dict": lambda values: dict(zip(values[::2], values[1::2], strict=True)),
    "Decimal": lambda values: Decimal(*values),
    "Path": lambda values: Path(*values),
    "bytes": lambda values: b64decode(values[0], validate=True),
}


class UnfitError(ValueError):
    """Data that are none of the kinds given, or a text that says no such data."""


def written(data: Any, types: Types) -> str:
    """`data` as a text. Raises UnfitError where something in it is not of `types`."""
    writer = _Writer(types)
    root = writer.value(data)
    return json.dumps([writer.kinds, writer.made, root], ensure_ascii=False, separators=(",", ":"))


def read(text: str, types: Types, kind: type[T]) -> T:
    """The data of `kind` that `written` wrote. Raises UnfitError for any other text."""
    try:
        kinds, rows, root = json.loads(text)
        known = {_name(each): each for each in types}
        makers = [_maker(name, names, known) for name, names in kinds]
        made: list[Any] = []
        for maker, *values in rows:
            made.append(makers[maker]([made[v[0]] if type(v) is list else v for v in values]))
        found = made[root[0]] if type(root) is list else root
        if not isinstance(found, kind):
            raise UnfitError(f"no {kind.__name__}")
        return found
    except UnfitError:
        raise
    except Exception as problem:  # whatever stands there instead
        raise UnfitError(str(problem)) from problem


class _Writer:
    """Writes each object once, behind what it holds; another mention of it is its number."""

    def __init__(self, types: Types) -> None:
        self.kinds: list[tuple[str, list[str]]] = []
        self.made: list[list[Any]] = []
        self._types = set(types)
        self._kind_of: dict[str, int] = {}
        self._written: dict[int, tuple[Any, list[int]]] = {}
        """By identity, each with its object, which is kept so that no other gets its identity."""

    def value(self, data: Any) -> Any:
        """What stands for `data` in what holds it: itself, or [its number]."""
        if type(data) in _PLAIN:
            return data
        if id(data) not in self._written:
            name, names, values = self._taken_apart(data)
            row = [self._kind(name, names), *map(self.value, values)]
            self.made.append(row)
            self._written[id(data)] = data, [len(self.made) - 1]
        return self._written[id(data)][1]

    def _taken_apart(self, data: Any) -> tuple[str, list[str], Sequence[Any]]:
        """The name of its type, the names of its fields, and what it holds."""
        kind: type = type(data)
        if kind in self._types:
            if isinstance(data, Enum):
                return _name(kind), [], [data.name]
            names = [field.name for field in fields(data)]
            return _name(kind), names, [getattr(data, name) for name in names]
        if kind is tuple:
            return "tuple", [], data
        if kind is frozenset:
            return "frozenset", [], sorted(data, key=repr)
        if kind is dict:
            return "dict", [], [each for pair in data.items() for each in pair]
        if kind is Decimal:
            return "Decimal", [], [str(data)]
        if isinstance(data, Path):
            return "Path", [], [data.as_posix()]
        if kind is bytes:
            return "bytes", [], [b64encode(data).decode("ascii")]
        raise UnfitError(f"{kind.__name__} is no plain data")

    def _kind(self, name: str, names: list[str]) -> int:
        if name not in self._kind_of:
            self._kind_of[name] = len(self.kinds)
            self.kinds.append((name, names))
        return self._kind_of[name]


def _name(kind: type) -> str:
    """A type by its module and its name: two modules may have a Row."""
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"


def _maker(name: str, names: list[str], known: dict[str, type]) -> Callable[[list[Any]], Any]:
    """How a value of the kind `name` is made of what it holds."""
    if name in _BUILT_IN:
        return _BUILT_IN[name]
    kind: Any = known.get(name)
    if kind is None:
        raise UnfitError(f"{name} is no plain data")
    if issubclass(kind, Enum):
        return lambda values: kind[values[0]]
    if [field.name for field in fields(kind)] != names:
        raise UnfitError(f"{name} has other fields")
    return lambda values: kind(*values)
