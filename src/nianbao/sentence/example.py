"""Whether a form's examples are read as what they are examples of.

Knows no report and no number. It reads every example, which takes longer than
loading the form: asked for when a form is looked at, not when one is used.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.chinese.clause import years_of
from nianbao.chinese.phrase import compiled
from nianbao.chinese.wording import folded
from nianbao.diagnostics import Finding, finding
from nianbao.form.claim import YUAN, Claim, Denial, Example, Fee
from nianbao.form.form import Form
from nianbao.sentence import statement
from nianbao.sentence.statement import Said


def misread(form: Form) -> Iterator[Finding]:
    """Each example under 叙述核对 that says something else, at its line in the form file (F102)."""
    for topic in form.claims.topics:
        for claim in topic.claims:
            for example in claim.examples:
                if not any(_states(said, claim) for said in _said(form, example)):
                    yield _misread(form, example, f"“{topic.name}”的说法“{claim.name}”")
        for denial in topic.denials:
            for example in denial.examples:
                if not any(_denies(said, denial) for said in _said(form, example)):
                    yield _misread(form, example, f"“{topic.name}”的“不应有”")
    for fee in form.claims.fees:
        for example in fee.examples:
            if not any(_charges(said, fee, _year(form, example)) for said in _said(form, example)):
                yield _misread(form, example, "“收费”")


def _said(form: Form, example: Example) -> list[Said]:
    text = folded(example.text)
    return list(statement.read(text, form.claims, _year(form, example), frozenset()))


def _year(form: Form, example: Example) -> int:
    """The year of the report that an example would stand in: the latest that it names."""
    return max((year for *_, year in years_of(folded(example.text))), default=form.first_year)


def _states(said: Said, claim: Claim) -> bool:
    return any(claim.name in stated.name.split("、") for stated in said.statements)


def _denies(said: Said, denial: Denial) -> bool:
    return any(denied.denial is denial for denied in said.denied)


def _charges(said: Said, fee: Fee, year: int) -> bool:
    sentence = said.sentence
    money = [c for c in sentence.clauses if c.quantity and c.quantity.unit in YUAN]
    spoken = compiled(fee.phrases, year).search(sentence.text)
    return bool(money and spoken and not compiled(fee.unread, year).search(sentence.text))


def _misread(form: Form, example: Example, declared: str) -> Finding:
    names = [stated.name for said in _said(form, example) for stated in said.statements]
    instead = f"，读成了“{'”“'.join(names)}”" if names else ""
    return finding(
        "F102",
        f"例“{example.text}”没有读成{declared}{instead}。",
        at=example.place,
        hint="改例子，或者改“词”“起”“止”“不读”“量词”",
        file=form.path,
    )
