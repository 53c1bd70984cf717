"""docxtpl as an oracle: on generated data a plan prints what docxtpl makes of the template.

Compared after canonicalisation: docxtpl leaves empty texts, runs, rows and cells
where a value is empty, and knows neither narrow columns nor a document's language.
Rows that an office adds docxtpl does not know: there the template is what our
compiler hands to Jinja, which prints it.
"""

from __future__ import annotations

import dataclasses
import io
import random
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from lxml import etree
from support import EXAMPLE, EXAMPLES, SMALL_FORMS, part

from nianbao.chinese.wording import Script
from nianbao.desk import plaindata
from nianbao.desk.pipeline import Session
from nianbao.form.contract import TITLE
from nianbao.report.report import Report
from nianbao.word import column, compiled, instructions, package, plan, render
from nianbao.word.plan import Plan
from nianbao.word.trees import parse_xml
from nianbao.word.values import ADDED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
INPUTS = [
    EXAMPLE,
    *(EXAMPLES / f"{name}.yaml" for name in ("青石镇2020", "青石镇法治2025", "云岭县网站2025")),
    *sorted(SMALL_FORMS.glob("*/20*.yaml")),
]
TEXTS = (
    *("", "", "0", "7", "46", "123456789", "12345678.25", "-3", "46（其中2件）", "—", "甲"),
    *("<w:p>甲</w:p> & &amp; ]]> <!-- --> <?xml?> \"'", "{{单位}} {% for %} {#注#}", " 甲  乙 "),
    *("𠮷👨‍👩‍👧﷽é\u200b", "云岭县青石镇人民政府" * 9, "\\n \\1 \\g<0>", "\u3000（一）依法。"),
)
"""Without tabs and breaks, of which docxtpl makes runs of their own."""
TRIES = len(part(4, range(40)))


@cache
def ready(path: Path) -> tuple[Plan, Report]:
    templates = path.parent if SMALL_FORMS in path.parents else None
    session = Session(templates=templates, script=Script.HANS)
    report, _ = session.read(path)
    return session.shelf.compiled(report.form, report.script), report


def generated(value: Any, chance: random.Random) -> Any:
    """Other texts in the same places, and lists of other lengths."""
    if isinstance(value, str):
        return chance.choice(TEXTS)
    if isinstance(value, dict):
        return {key: generated(inner, chance) for key, inner in value.items()}
    return [
        generated(chance.choice(value), chance)
        for _ in range(chance.choice((0, 1, 1, 3)) if value else 0)
    ]


def of_docxtpl(held: dict[str, Any], report: Report) -> dict[str, bytes]:
    """The members of what docxtpl saves, the properties of the document filled too."""
    oracle = DocxTemplate(report.form.template_path)
    oracle.init_docx()
    oracle.docx.core_properties.title = f"{{{{{TITLE}}}}}"
    oracle.docx.core_properties.author = "{{单位}}"
    oracle.render(held, autoescape=True)
    saved = io.BytesIO()
    oracle.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def of_jinja(held: dict[str, Any], report: Report) -> bytes:
    """The main part as Jinja prints what the compiler reads."""
    members = package.read(report.form.template_path)
    root = parse_xml(members[package.main_part(members)])
    compiled._mark_added(root, report.form)
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(instructions.jinja(root)).render(held).encode()


def canonical(xml: bytes, narrow: str | None) -> bytes:
    root = etree.fromstring(xml)
    for text in list(root.iter(f"{W}t")):
        text.attrib.pop(SPACE, None)
        run = text.getparent()
        if not text.text and run is not None:
            run.remove(text)
            around = run.getparent()
            if around is not None and all(child.tag == f"{W}rPr" for child in run):
                around.remove(run)
    for element in [*root.iter(f"{W}rStyle"), *root.iter(f"{W}lang")]:
        own = element.getparent()
        if own is not None and (element.tag == f"{W}lang" or element.get(f"{W}val") == narrow):
            own.remove(element)
    for row in list(root.iter(f"{W}tr")):
        table = row.getparent()
        if table is not None and next(row.iter(f"{W}p"), None) is None:
            table.remove(row)
    for table in list(root.iter(f"{W}tbl")):
        around = table.getparent()
        if around is not None and next(table.iter(f"{W}tr"), None) is None:
            around.remove(table)
    for cell in root.iter(f"{W}tc"):
        if next(cell.iter(f"{W}p"), None) is None:
            etree.SubElement(cell, f"{W}p")
    for own in [own for own in root.iter(f"{W}rPr") if not len(own)]:
        around = own.getparent()
        assert around is not None
        around.remove(own)
    return etree.tostring(root, method="c14n")


def narrow_style(report: Report) -> str | None:
    styles = docx.Document(str(report.form.template_path)).styles
    return next((one.style_id for one in styles if one.name == column.NARROW), None)


@pytest.mark.parametrize(
    "path", part(3, INPUTS), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_plan_prints_what_docxtpl_does(path: Path) -> None:
    prepared, report = ready(path)
    narrow = narrow_style(report)
    typed = render.context(prepared, report) | {TITLE: report.title}
    for number in range(TRIES):
        held = generated(typed, random.Random(number)) if number else typed
        if typed[ADDED]:
            theirs = {prepared.main.name: of_jinja(held, report)}
            margins: tuple[plan.Part, ...] = ()
        else:
            theirs, margins = of_docxtpl(held, report), prepared.margins
        for one in (prepared.main, *margins):
            ours = plan.filled(one, held).encode()
            assert canonical(ours, narrow) == canonical(theirs[one.name], narrow), (
                number,
                one.name,
            )


def test_there_is_a_form_with_filled_margins_and_one_with_added_rows() -> None:
    prepared = [ready(path) for path in INPUTS]
    assert any(one.margins for one, _ in prepared)
    assert any(render.context(*one)[ADDED] for one in prepared)


@pytest.mark.parametrize(
    "path", part(3, INPUTS), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_the_properties_are_those_that_docxtpl_fills(path: Path) -> None:
    prepared, report = ready(path)
    held = render.context(prepared, report) | {TITLE: report.title}
    theirs = of_docxtpl({**held, **dict.fromkeys(report.form.cells, "")}, report)
    properties = [
        docx.Document(io.BytesIO(data)).core_properties
        for data in (render.render(prepared, report), package.pack(theirs))
    ]
    assert properties[0].title == properties[1].title == report.title
    assert properties[0].author == properties[1].author == report.unit


@pytest.mark.parametrize(
    "path", part(3, INPUTS), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_plan_is_plain_data(path: Path) -> None:
    prepared, report = ready(path)
    assert {type(one) for one in everything(prepared)} <= {
        *plan.TYPES,
        tuple,
        str,
        int,
        float,
        bool,
    }
    text = plaindata.written(prepared, plan.TYPES)
    again = plaindata.read(text, plan.TYPES, Plan)
    assert again == prepared
    assert render.render(again, report) == render.render(prepared, report)


def everything(value: Any) -> Iterator[Any]:
    yield value
    if dataclasses.is_dataclass(value):
        inner = tuple(getattr(value, field.name) for field in dataclasses.fields(value))
        for one in inner:
            yield from everything(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from everything(one)


def test_a_name_without_a_value_is_no_empty_text() -> None:
    asked = plan.Part("x", (plan.Text((plan.Slot("单位.甲"),)),))
    for held in ({}, {"单位": "甲"}, {"单位": {"乙": ""}}, {"单位": {"甲": ["乙"]}}):
        with pytest.raises(LookupError):
            plan.filled(asked, held)
