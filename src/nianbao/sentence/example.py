"""Whether a form's examples are read as what they are examples of.

Knows no report and no number. It reads every example, which takes longer than
loading the form: asked for when a form is looked at, not when one is used.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.chinese.clause import years_of
from nianbao.diagnostics import Finding, finding
from nianbao.form.claim import Claim, Example
from nianbao.form.form import Form
from nianbao.sentence import passage, words
from nianbao.sentence.money import charged
from nianbao.sentence.said import Said


def misread(form: Form) -> Iterator[Finding]:
    """Each example under 叙述核对 that says something else, at its line in the form file (F102)."""
    for topic in form.claims.topics:
        for claim in topic.claims:
            for example in claim.examples:
                if not any(_says(said, claim) for said in _said(form, example)):
                    yield _misread(form, example, f"“{topic.name}”的说法“{claim.name}”")
    for fee in form.claims.fees:
        for example in fee.examples:
            if not any(
                charged(said, fee, _year(form, example), money=form.claims.money)
                for said in _said(form, example)
            ):
                yield _misread(form, example, "“收费”")


def _said(form: Form, example: Example) -> list[Said]:
    known = words.vocabulary(form.claims, _year(form, example))
    return list(passage.read(form.manner.folded(example.text), known, ()))


def _year(form: Form, example: Example) -> int:
    """The year of the report that an example would stand in: the latest that it names."""
    return max(
        (year for *_, year in years_of(form.manner.folded(example.text))), default=form.first_year
    )


def _says(said: Said, claim: Claim) -> bool:
    """True where it is a count of the claim, or says that there is none."""
    return any(claim.name in stated.name.split("、") for stated in said.statements) or any(
        denied.claim is claim for denied in said.denied
    )


def _misread(form: Form, example: Example, declared: str) -> Finding:
    names = [stated.name for said in _said(form, example) for stated in said.statements]
    instead = f"，读成了“{'”“'.join(names)}”" if names else ""
    return finding(
        "F102",
        f"例“{example.text}”没有读成{declared}{instead}。",
        at=example.place,
        hint="改例子，或者改“词”“起”“限定”“别事”“量词”；怎样读的，看 nianbao explain --sentence",
        file=form.path,
    )
