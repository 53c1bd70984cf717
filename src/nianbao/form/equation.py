"""Sums that must agree: `a + b - c = d`, `a ≤ b`, and the quotient `a / b`.

Knows how such a line is written, what stands between its sides, and how two
sides are compared. Knows nothing of forms: a name is any text, and what it is
worth is asked of the caller. There is no multiplication and no function;
whatever cannot be said so is a named check in `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Generic, TypeVar

from nianbao.frozen import dataclass

_PLUS = re.compile(r"[+＋]")
_SIGN = re.compile(r"[+＋]|(?<=\s)[-－−–](?=\s)")
_RELATION = re.compile(r"[≤≦⩽]|[<＜]\s?[=＝]|[≥≧⩾]|[>＞]\s?[=＝]|[=＝]")
_OVER = re.compile(r"(?<=\s)[/／](?=\s)")
_OTHER = re.compile(r"[<＜>＞≠]")
_NUMBER = re.compile(r"[-+－−＋]?\d+(\.\d+)?$")


Term = TypeVar("Term")


class Relation(Enum):
    """What stands between two sides; the value is how a message writes it."""

    EQUAL = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"
    OVER = "/"
    """The left side divided by the right one, which a third number must equal."""


@dataclass(frozen=True, slots=True)
class Addend:
    """A name or number of a sum as written; `minus` where it is taken off."""

    text: str
    minus: bool = False


@dataclass(frozen=True, slots=True)
class Equation(Generic[Term]):
    """Two sums, each a tuple of terms in the order written; as parsed, a term is an Addend."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Relation = Relation.EQUAL

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
        """Left less right; 0 when the sides are equal."""
        return self.left - self.right

    def holds(self, relation: Relation, tolerance: Decimal = Decimal(0)) -> bool:
        """True where the sides stand so, give or take `tolerance`."""
        if relation is Relation.AT_MOST:
            return self.difference <= tolerance
        if relation is Relation.AT_LEAST:
            return self.difference >= -tolerance
        return abs(self.difference) <= tolerance

    def quotient(self, *, times: int, decimals: int) -> Decimal:
        """Left over right, `times` over, rounded half up (away from 0). Right is not 0."""
        exact = Fraction(self.left) * times * 10**decimals / Fraction(self.right)
        whole = int(abs(exact) + Fraction(1, 2))
        return Decimal(f"{whole if exact > 0 else -whole}E-{decimals}")


def parse_sum(text: str) -> tuple[str, ...]:
    """The names of `a + b + c`. Raises ValueError, in Chinese, on an empty term."""
    names = tuple(name.strip() for name in _PLUS.split(text))
    if not all(names):
        raise ValueError("加号的前后都要有名称")
    return names


def parse_signed(text: str) -> tuple[Addend, ...]:
    """The terms of `a + b - c`; a minus stands between blanks, for a name may hold one.

    Raises ValueError, in Chinese, on an empty term.
    """
    text = f" {text} "
    signs = list(_SIGN.finditer(text))
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(text)]
    taken = [False, *(sign[0] not in "+＋" for sign in signs)]
    names = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    if not all(names):
        raise ValueError("加号、减号的前后都要有名称")
    return tuple(Addend(name, minus) for name, minus in zip(names, taken, strict=True))


def parse(text: str) -> Equation[Addend]:
    """Read `a + b = c + d`, also with ≤ or ≥. Raises ValueError, in Chinese, for anything else."""
    signs = _RELATION.findall(text)
    sides = _RELATION.split(text)
    if len(sides) != 2:
        said = "等式里要有且只有一个等号（=、≤ 或 ≥）"
        raise ValueError(f"{said}，不能写小于、大于" if _OTHER.search(text) else said)
    return Equation(parse_signed(sides[0]), parse_signed(sides[1]), _relation(signs[0]))


def parse_quotient(text: str) -> Equation[Addend]:
    """Read `a + b / c`; the / stands between blanks. Raises ValueError, in Chinese."""
    sides = _OVER.split(f" {text} ")
    if len(sides) != 2:
        raise ValueError("要有且只有一个斜线，前后各空一格")
    return Equation(parse_signed(sides[0]), parse_signed(sides[1]), Relation.OVER)


def parse_condition(text: str) -> tuple[str, Relation, str]:
    """Read `a = word` or `a ≥ 3`. Raises ValueError, in Chinese, when it is neither."""
    signs = _RELATION.findall(text)
    sides = [side.strip() for side in _RELATION.split(text)]
    if len(sides) != 2 or not all(sides):
        raise ValueError("要有且只有一个等号（=、≤ 或 ≥），前后都要写")
    return sides[0], _relation(signs[0]), sides[1]


def number(text: str) -> Decimal | None:
    """The number that is written, None where it is none."""
    if not _NUMBER.match(text):
        return None
    return Decimal(text.translate(str.maketrans("－−＋", "--+")))


def _relation(sign: str) -> Relation:
    if sign[0] in "≤≦⩽<＜":
        return Relation.AT_MOST
    return Relation.AT_LEAST if sign[0] in "≥≧⩾>＞" else Relation.EQUAL


def evaluate(
    equation: Equation[Term], value_of: Callable[[Term], Decimal | None]
) -> Balance | None:
    """Both sides, each term valued by `value_of`, below 0 where it is taken off.

    None where a term has no value.
    """
    sums = []
    for terms in (equation.left, equation.right):
        values = [value_of(term) for term in terms]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        sums.append(sum(known, Decimal(0)))
    return Balance(*sums)


def show(number: Decimal) -> str:
    """A number without exponent or trailing zeros: 3, 0.5, 59237.2449."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_difference(number: Decimal) -> str:
    """A signed number: +1, -0.5."""
    return ("+" if number > 0 else "") + show(number)
