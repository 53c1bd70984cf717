"""Every hostile file of tests/hostile, each through `check` and, if a template, `generate`.

And what keeps the tests honest: the makers make what they claim, the list of what a report may
consist of finds what may not be there, LibreOffice's template passes.
"""

from __future__ import annotations

import io
import os
import zipfile

import docx
import pytest
from hostile import allowed, forms, honest, inputs, judge, packages, parts
from hostile.outside import SUPPORTED, Place
from lxml import etree

measured = pytest.mark.skipif(not SUPPORTED, reason="memory is measured as Linux tells it")


@measured
@pytest.mark.parametrize("case", packages.CASES, ids=lambda case: case.name)
def test_a_hostile_package_is_refused(case: packages.Package, at: Place) -> None:
    assert not judge.package(case, at)


@measured
@pytest.mark.parametrize(
    "case", [c for c in packages.CASES if c.code != packages.EITHER], ids=lambda case: case.name
)
def test_nothing_is_written_from_it(case: packages.Package, at: Place) -> None:
    assert not judge.nothing_written(case, at)


@measured
@pytest.mark.parametrize("case", forms.CASES, ids=lambda case: case.name)
def test_a_hostile_form_is_refused_at_its_line(case: forms.Form, at: Place) -> None:
    assert not judge.form(case, at)


@measured
@pytest.mark.parametrize("case", inputs.CASES, ids=lambda case: case.name)
def test_a_hostile_input_is_refused_or_read(case: inputs.Input, at: Place) -> None:
    assert not judge.input_file(case, at)


@measured
def test_a_template_saved_by_libreoffice_passes(at: Place, plain: object) -> None:
    if honest.soffice() is None:
        problem = (
            "LibreOffice (soffice) is not installed; .ci/run installs libreoffice-writer-nogui"
        )
        if os.environ.get("NIANBAO_CI"):
            pytest.fail(f"NIANBAO_CI is set, but {problem}")
        pytest.skip(problem)
    data = honest.saved_by_libreoffice()
    case = honest.Template("saved-by-libreoffice", lambda members: data)
    assert not judge.honest(case, at, plain)


@measured
def test_people_of_the_core_properties_do_not_travel(at: Place) -> None:
    """Word always writes them, so that they are no reason to refuse: they are not printed."""
    (case,) = [case for case in honest.CASES if case.name == "saved-by-word"]
    at.big.template.write_bytes(case.data())
    run = at.worker.run("generate", at.big.input.name, cwd=at.big.folder)
    assert run.code == 0, run.out
    report = parts.unzipped((at.big.folder / "outputs" / "2025.docx").read_bytes())
    assert not [name for name, content in report.items() if "张三丰".encode() in content]


# --- the makers make what they claim ----------------------------------------------------------

_NO_XML = ("part-that-is-cut-short", "part-with-bytes-that-are-no-text", "member-that-ends-in-xml")
_NOT_OPENED = (  # by python-docx, though the zip and its XML are sound
    *("relationships-in-capitals", "no-main-part", "main-part-", "two-main-parts"),
    *("relationship-to-nothing", "relationship-out-of-the-package", "odd-", "link-to-relative"),
    *("two-content-types", "content-type-", "relationship-within-", "target-mode-"),
    *("picture-from-a-share-without-a-mode", "chunk-of-a-document"),
)


@pytest.mark.parametrize(
    "case", [c for c in packages.CASES if c.code.startswith("L109")], ids=lambda case: case.name
)
def test_a_package_that_carries_something_is_a_sound_document_else(
    case: packages.Package,
) -> None:
    """A reader that is not ours opens it: what is refused is not refused for another mistake."""
    data = case.data()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        members = {name: archive.read(name) for name in archive.namelist()}
    if not case.name.startswith(_NO_XML):
        for name, content in members.items():
            if name.startswith("word/") and name.endswith((".xml", ".rels")):
                if content.startswith((b"\xd0\xcf", b"evil", b"MZ")):
                    continue
                etree.fromstring(content, etree.XMLParser(huge_tree=True))
    assert members != parts.honest()
    if not case.name.startswith(_NOT_OPENED):
        docx.Document(io.BytesIO(data))


@pytest.mark.parametrize("case", honest.CASES, ids=lambda case: case.name)
def test_the_list_has_nothing_against_what_is_honest(case: honest.Template) -> None:
    assert allowed.complaints(case.data()) == []


_UNSEEN = {
    "number-with-an-automatic-number-in-front",
    "numbers-that-depend-on-the-reader",
    "title-as-the-result-of-a-field",
    "numbers-in-white-by-the-style-they-have",
    "row-of-one-twentieth-of-a-point",
    *(case.name for case in packages.CASES if case.name.startswith("number-in-")),
}
"""A report shows these too; only the template's audit can tell."""


@pytest.mark.parametrize(
    "case", [c for c in packages.CASES if c.code.startswith("L109")], ids=lambda case: case.name
)
def test_the_list_finds_what_may_not_be_there(case: packages.Package) -> None:
    """The report of a tool that refused nothing would be found out."""
    assert bool(allowed.complaints(case.data())) == (case.name not in _UNSEEN)
