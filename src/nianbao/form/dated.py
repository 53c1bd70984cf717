"""A form as it is in one year: {{年度}} in its printed labels filled in.

Knows where a form may name a year, and that everything else of it is the same
in every year. Reads nothing and knows no report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from nianbao.form.contract import YEARS, fill, named_in
from nianbao.form.form import Form

_AS_WRITTEN = frozenset({"guidance", "key", "name", "address", "letter"})
"""What is no label: what teaches a clerk, and what inputs and templates call things."""


@lru_cache(maxsize=64)
def in_year(form: Form, year: int) -> Form:
    """`form` as it prints in the report of `year`; the form itself where no label names one."""
    if not year or not any(named_in(label) for label in _labels(form)):
        return form
    filled = _Filled(year)
    parts = form.requirements.parts
    return replace(
        form,
        sections=filled.of(form.sections),
        requirements=replace(form.requirements, parts=filled.of(parts)),
        as_declared=form.as_declared or form,
    )


def _labels(form: Form) -> Iterator[str]:
    for section in form.sections:
        yield from section.printed
    for table in form.tables():
        for item in (*table.groups(), *table.rows()):
            yield from item.printed
        for row in table.rows():
            yield row.block
            for column in row.columns:
                yield from (*column.printed, *column.above)


class _Filled:
    """Fills one year into frozen data; what is one thing before is one thing after."""

    def __init__(self, year: int) -> None:
        self._years = {name: str(year + apart) for name, apart in YEARS.items()}
        self._known: dict[int, Any] = {}

    def of(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, tuple):
            return tuple(self.of(item) for item in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        if id(value) not in self._known:
            held = {f.name: getattr(value, f.name) for f in fields(value)}
            filled = {name: self.of(v) for name, v in held.items() if name not in _AS_WRITTEN}
            other = {name: v for name, v in filled.items() if v != held[name]}
            self._known[id(value)] = replace(value, **other) if other else value
        return self._known[id(value)]

    def _text(self, text: str) -> str:
        named = named_in(text)
        if not named or not set(named) <= set(self._years):
            return text
        return fill(text, self._years, str) or text
