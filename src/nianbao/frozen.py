"""Dataclasses that are frozen to whoever reads them, and cost little.

Knows that the standard library writes and compiles six functions for each frozen
dataclass, at every start, and pays for each field of each object: an eighth of the time of
a first command went into that. Here only `__init__` is compiled, and assigns as any class
does; equality, hash and text are shared. That nothing is changed behind a reader's back is
the type checker's to hold, which takes this for the standard library's own decorator.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(kind: type | None = None, /, **options: bool) -> Any:
        """As `dataclasses.dataclass`; what is frozen, and has no order, is made cheaply."""
        if kind is not None:
            return dataclasses.dataclass(kind, **options)
        if not options.get("frozen") or options.get("order"):
            return dataclasses.dataclass(**options)
        return lambda kind: _made(kind, **options)


def _made(kind: Any, *, frozen: bool, slots: bool = False, eq: bool = True) -> Any:
    kind = dataclasses.dataclass(slots=slots, eq=False, repr=False)(kind)
    kind.__repr__ = _said
    names = [field.name for field in dataclasses.fields(kind)]
    if eq and names:
        _compared_by(kind, attrgetter(*names))
    return kind


def _compared_by(kind: Any, values: attrgetter[Any]) -> None:
    """Make two objects of one class equal where what they hold is."""

    def equal(self: Any, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or values(self) == values(other)

    def hashed(self: Any) -> int:
        return hash(values(self))

    kind.__eq__, kind.__hash__ = equal, hashed


def _said(self: Any) -> str:
    held = ", ".join(
        f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self)
    )
    return f"{type(self).__qualname__}({held})"
