"""Sums that must agree: `a + b = c + d`.

Knows how such a line is written and how two sides are compared. Knows nothing
of forms: a name is any text, and what it is worth is asked of the caller.
There is no multiplication, no function and no condition; whatever cannot be
said so is a named check in `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

_PLUS = re.compile(r"[+＋]")
_EQUALS = re.compile(r"[=＝]")


Term = TypeVar("Term")


@dataclass(frozen=True, slots=True)
class Equation(Generic[Term]):
    """Two sums, each a tuple of terms in the order written; as parsed, a term is a name."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.left, *self.right)


@dataclass(frozen=True, slots=True)
class Balance:
    """What both sides are worth."""

    left: Decimal
    right: Decimal

    @property
    def difference(self) -> Decimal:
        """Left less right; 0 when the equation holds."""
        return self.left - self.right


def parse_sum(text: str) -> tuple[str, ...]:
    """The names of `a + b + c`. Raises ValueError, in Chinese, on an empty term."""
    names = tuple(name.strip() for name in _PLUS.split(text))
    if not all(names):
        raise ValueError("加号的前后都要有名称")
    return names


def parse(text: str) -> Equation[str]:
    """Read `a + b = c + d`. Raises ValueError, in Chinese, when it is not one equation."""
    sides = _EQUALS.split(text)
    if len(sides) != 2:
        raise ValueError("等式里要有且只有一个等号")
    return Equation(parse_sum(sides[0]), parse_sum(sides[1]))


def evaluate(equation: Equation[Term], value_of: Callable[[Term], Decimal]) -> Balance:
    """Both sides, each term valued by `value_of`."""
    return Balance(
        sum(map(value_of, equation.left), Decimal(0)),
        sum(map(value_of, equation.right), Decimal(0)),
    )


def show(number: Decimal) -> str:
    """A number without exponent or trailing zeros: 3, 0.5, 59237.2449."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_difference(number: Decimal) -> str:
    """A signed number: +1, -0.5."""
    return ("+" if number > 0 else "") + show(number)
