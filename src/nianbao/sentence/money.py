"""Money that a sentence says was charged.

Knows that words which make it something else (a tariff, a refund) count only in
the stretches that hold the fee's name or the money. Which words count money, the
form declares (金额作). Knows no cell.
"""

from __future__ import annotations

from nianbao.chinese.numeral import Quantity
from nianbao.chinese.phrase import compiled
from nianbao.form.claim import Fee
from nianbao.sentence.said import Said


def charged(said: Said, fee: Fee, year: int, *, money: tuple[str, ...]) -> Quantity | None:
    """The first sum above 0 behind the fee's name; None where none was charged."""
    spoken, unread = compiled(fee.phrases, year), compiled(fee.unread, year)
    named = False
    for clause in said.sentence.clauses:
        if spoken.stands_in(clause.text):
            named = True
            if unread.stands_in(clause.text):
                return None
        quantity = clause.quantity
        if not named or not quantity or quantity.unit not in money or unread.stands_in(clause.text):
            continue
        if quantity.value and not quantity.approximate:
            return quantity
    return None
