"""What a form declares of its narratives: its examples are read so, its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import FORM, SECOND, place_of, read_form
from support.forms import mistakes, spoilt

from nianbao.chinese.phrase import compiled
from nianbao.chinese.wording import folded
from nianbao.form.form import Form
from nianbao.sentence import statement
from nianbao.sentence.statement import Said

FORMS = {path.stem: read_form(path) for path in (FORM, SECOND / "enforcement-2023.form.yaml")}
EXAMPLES = [
    (form, topic.name, claim.name, example)
    for form in FORMS
    for topic in FORMS[form].claims.topics
    for claim in topic.claims
    for example in claim.examples
]
DENIALS = [
    (form, topic.name, example)
    for form in FORMS
    for topic in FORMS[form].claims.topics
    for denial in topic.denials
    for example in denial.examples
]
FEES = [
    (form, example) for form in FORMS for f in FORMS[form].claims.fees for example in f.examples
]


def said(form: Form, text: str) -> list[Said]:
    return list(statement.read(folded(text), form.claims, 2025, frozenset()))


@pytest.mark.parametrize(("form", "topic", "claim", "example"), EXAMPLES)
def test_an_example_is_read_as_its_claim(form: str, topic: str, claim: str, example: str) -> None:
    read = [s.name for sentence in said(FORMS[form], example) for s in sentence.statements]
    assert claim in "、".join(read).split("、")


@pytest.mark.parametrize(("form", "topic", "example"), DENIALS)
def test_an_example_is_read_as_its_denial(form: str, topic: str, example: str) -> None:
    assert [d for sentence in said(FORMS[form], example) for d in sentence.denied]


@pytest.mark.parametrize(("form", "example"), FEES)
def test_an_example_is_read_as_money_charged(form: str, example: str) -> None:
    (sentence,) = said(FORMS[form], example)
    (fee,) = (f for f in FORMS[form].claims.fees if example in f.examples)
    assert compiled(fee.phrases, 2025).search(sentence.sentence.text)
    assert not compiled(fee.unread, 2025).search(sentence.sentence.text)
    assert [c.quantity.unit for c in sentence.sentence.clauses if c.quantity] == ["元"]


def test_every_topic_has_an_example() -> None:
    for name, form in FORMS.items():
        assert {t.name for t in form.claims.topics} == {t for f, t, _, _ in EXAMPLES if f == name}


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("表: [食品领域 + 市容领域], 例", "表: [食品领域 + 市貌领域], 例", "市貌领域"),
        ("列: [罚款]", "列: [罚金]", "罚金"),
        ("列: [罚款]", "列: [专项抽查]", "列: [专项抽查]"),
        ("词: [日常巡查]", "词: [日常（巡查]", "日常（巡查"),
        ("词: [日常巡查], ", "", "名: 全年日常巡查"),
        ("部分: [执法概述]", "部分: [执法概况]", "执法概况"),
        ("应为零: [全年.专项抽查]", "应为零: [全年]", "应为零: [全年]"),
        ("续: [巡查, 抽查]", "接: [巡查, 抽查]", "接: [巡查"),
    ],
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, old: str, new: str, at: str) -> None:
    path = spoilt(tmp_path, old, new)
    places = [found.location.line for found in mistakes(path) if found.location]
    assert place_of(path, at)[0] in places
