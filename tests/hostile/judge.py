"""What is wrong with the answer to a hostile or an honest file, in sentences for a test to print."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx

from hostile import allowed, forms, inputs, packages
from hostile.honest import Template
from hostile.outside import Place, Run, Yard, holds, quiet
from hostile.parts import W

_PLACE = re.compile(r"第\s*\d+\s*[段个张表行格列节处]")
_UNOPENED = "python-docx does not open it"
"""It knows no names that differ in case."""
_OF_PLACEHOLDERS = ("L102", "L103", "L104", "L105", "L106", "L107", "L108")


def _found(run: Run, complaints: list[str]) -> list[dict[str, Any]]:
    """The errors of a `check --format json`."""
    try:
        return [finding for finding in run.findings() if finding["severity"] == "error"]
    except (ValueError, KeyError, AssertionError) as error:
        complaints.append(f"no JSON of one file: {error!r}")
        return []


def _told(errors: list[dict[str, Any]]) -> str:
    told = [f"{f['code']} {f['line']}: {f['message'][:160]}" for f in errors[:3]]
    return "; it said " + ("nothing" if not told else " / ".join(told))


def _coded(errors: list[dict[str, Any]], codes: str) -> list[dict[str, Any]]:
    return [f for f in errors if any(f["code"].startswith(code) for code in codes.split("|"))]


def _refused(
    run: Run, code: int, codes: str, *where: Path
) -> tuple[list[str], list[dict[str, Any]]]:
    """Complaints so far, and the errors of a fitting code in one of the files `where`.

    A finding that names no file lies in the input.
    """
    complaints = quiet(run)
    if run.code < 0 or run.ended:
        return complaints, []
    errors = _found(run, complaints)
    if run.code != code:
        complaints.append(f"exit code {run.code}, not {code}")
    fitting = _coded(errors, codes)
    names = {path.name for path in where}
    there = [f for f in fitting if Path(f.get("file") or "2025.yaml").name in names]
    if not fitting:
        complaints.append(f"no {codes}{_told(errors)}")
    elif not there:
        complaints.append(f"no finding in {' or '.join(names)}{_told(errors)}")
    fitting = there
    if fitting and not any(finding["hint"] for finding in fitting):
        complaints.append("it does not say what to do")
    if len(errors) > 310:
        complaints.append(f"{len(errors)} findings")
    return complaints, fitting


def package(case: packages.Package, place: Place) -> list[str]:
    """A hostile template: refused, with its part, place and a word."""
    yard = place.big
    yard.template.write_bytes(case.data())
    before = yard.files()
    run = place.worker.run("check", "--format", "json", yard.input.name, cwd=yard.folder)
    if case.code == packages.EITHER:
        complaints = quiet(run)
        if run.code == 0:
            complaints += [said for said in printed(place)[0] if not said.startswith(_UNOPENED)]
        elif run.code > 0:
            complaints += _refused(run, 3, "L", yard.template)[0]
        return complaints
    complaints, fitting = _refused(run, 3, case.code, yard.template)
    if fitting:
        fitting = [finding for finding in fitting if _says(finding, case)] or fitting
        if not _says(fitting[0], case):
            wanted = " and ".join(filter(None, [case.part, case.word, "a place" * case.placed]))
            complaints.append(f"no sentence with {wanted}{_told(fitting)}")
    if yard.files() != before:
        complaints.append("it left files")
    return complaints


def _says(finding: dict[str, Any], case: packages.Package) -> bool:
    """Whether a sentence has all that the case asks for.

    A mistake with placeholders is told by its place on the page, which needs no part's name.
    """
    said = finding["message"]
    at_place = _PLACE.search(said) is not None
    part = holds(said, case.part) or (at_place and finding["code"] in _OF_PLACEHOLDERS)
    return part and holds(said, case.word) and (at_place or not case.placed)


def nothing_written(case: packages.Package, place: Place) -> list[str]:
    """The same template through `generate`: said on the screen, and no report."""
    yard = place.big
    yard.template.write_bytes(case.data())
    before = yard.files()
    run = place.worker.run("generate", yard.input.name, cwd=yard.folder)
    complaints = quiet(run)
    if run.code != 3:
        complaints.append(f"exit code {run.code}")
    if yard.template.name not in run.out:
        complaints.append("the template is not named")
    if yard.files() != before:
        complaints.append("it left files")
    return complaints


def form(case: forms.Form, place: Place) -> list[str]:
    """A hostile form: refused at its line."""
    yard = place.big if case.base == forms.BIG else place.small
    yard.form.write_bytes(case.data())
    run = place.worker.run("check", "--format", "json", yard.input.name, cwd=yard.folder)
    if case.code == forms.EITHER:
        return quiet(run) + ([] if run.code in (0, 3) else [f"exit code {run.code}"])
    complaints, fitting = _refused(run, 3, case.code, yard.form, yard.template)
    return complaints + _at_line(fitting, case.place(), case.word)


def input_file(case: inputs.Input, place: Place) -> list[str]:
    """A hostile input: refused at its line, or read and printed."""
    yard = place.whole
    yard.input.write_bytes(case.data())
    run = place.worker.run("check", "--format", "json", yard.input.name, cwd=yard.folder)
    if case.code == inputs.EITHER:
        return quiet(run) + ([] if run.code in (0, 1) else [f"exit code {run.code}"])
    if case.code != inputs.READ:
        complaints, fitting = _refused(run, 1, case.code, yard.input)
        return complaints + _at_line(fitting, case.place(), case.word)
    complaints = quiet(run)
    if run.code:
        complaints.append(f"exit code {run.code}{_told(_found(run, complaints))}")
    elif case.printed:
        said, document = printed(place, yard)
        complaints += said
        if document and case.printed not in "\n".join(paragraphs(document)):
            complaints.append(f"{case.printed!r} is not printed")
    return complaints


def _at_line(fitting: list[dict[str, Any]], line: int, words: str) -> list[str]:
    complaints = []
    there = [finding for finding in fitting if not line or finding["line"] == line]
    if fitting and not there:
        complaints.append(f"not at line {line}{_told(fitting)}")
    if there and not any(holds(finding["message"], words) for finding in there):
        complaints.append(f"no sentence with {words}{_told(there)}")
    return complaints


def printed(place: Place, yard: Yard | None = None) -> tuple[list[str], Any]:
    """What is wrong with the report that is printed; and the report, by python-docx."""
    yard = yard or place.big
    target = yard.folder / "outputs" / "2025.docx"
    run = place.worker.run("generate", yard.input.name, cwd=yard.folder)
    complaints = quiet(run)
    if run.code or not target.exists():
        return [*complaints, f"no report, exit code {run.code}: {run.out[:300]}"], None
    said, document = opened(target)
    target.unlink()
    return complaints + said, document


def opened(report: Path) -> tuple[list[str], Any]:
    """What a report holds that may not be there; and the report, by python-docx."""
    data = report.read_bytes()
    complaints = [f"the report has {complaint}" for complaint in allowed.complaints(data)]
    try:
        return complaints, docx.Document(io.BytesIO(data))
    except Exception as error:
        return [*complaints, f"{_UNOPENED}: {error!r}"], None


_P, _T, _TBL = (f"{{{W}}}{name}" for name in ("p", "t", "tbl"))


def cells(document: Any) -> list[list[list[str]]]:
    """The texts of the tables' cells, as python-docx reads them."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def paragraphs(document: Any) -> list[str]:
    """The texts outside tables, those in content controls too."""
    return [
        "".join(text.text or "" for text in paragraph.iter(_T))
        for paragraph in document.element.body.iter(_P)
        if not any(above.tag == _TBL for above in paragraph.iterancestors())
    ]


def honest(case: Template, place: Place, plain: Any) -> list[str]:
    """A restyled template: printed, with all that the `plain` report says."""
    place.big.template.write_bytes(case.data())
    complaints, document = printed(place)
    if document is not None:
        if cells(document) != cells(plain):
            complaints.append("the tables say something else")
        said = paragraphs(document)
        lost = [text for text in paragraphs(plain) if text not in said]
        complaints += [f"not printed: {text[:40]}" for text in lost[:3]]
    return complaints
