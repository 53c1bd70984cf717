"""What `nianbao import` made of a drawing, against what a careful reader makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from intake import typed
from intake.layouts import Layout
from intake.layouts.every import plain
from intake.layouts.report import CELLS, SHORT, TABLE_OF, Report
from intake.typed import squeezed
from support import SMALL_FORMS, Ran, nianbao

FORMS = {
    "政府信息公开工作年度报告": "disclosure",
    "法治政府建设年度报告": "lawgov",
    "政府网站工作年度报表": "website",
}


class Imported(NamedTuple):
    """What the command left: its exit code, its JSON, the file's text."""

    ran: Ran
    told: dict[str, Any]
    text: str


def imported(layout: Layout, folder: Path) -> tuple[Report, Imported]:
    report, data = layout.drawn()
    source = folder / f"{layout.name}{layout.suffix}"
    source.write_bytes(data)
    out = folder / "out.yaml"
    forms = ["--templates", SMALL_FORMS / report.templates] if report.templates else []
    ran = nianbao("import", source, "-o", out, "--format", "json", *forms, cwd=folder)
    text = out.read_text("utf-8") if out.exists() else ""
    return report, Imported(ran, json.loads(ran.out) if ran.out.strip() else {}, text)


def faults(layout: Layout, folder: Path) -> list[str]:
    """Each thing that was read otherwise than a careful reader may, in a line."""
    report, got = imported(layout, folder)
    if got.ran.code == 3:
        return [] if report.may_be_refused else [f"refused: {got.ran.out}{got.ran.err}"]
    if got.ran.code not in (0, 1):
        return [f"exit code {got.ran.code}: {got.ran.err[-300:]}"]
    return [
        *_cells(report, got),
        *_left(report, got),
        *_head(report, got),
        *_parts(report, got, blanks=layout.suffix == ".docx"),
        *_kept(report, got),
    ]


def _cells(report: Report, got: Imported) -> Iterator[str]:
    answers = got.told["cells"]
    if list(answers) != list(report.figures):
        yield f"cells are not the form's: {sorted(set(answers) ^ set(report.figures))[:9]}"
    for cell, reads in report.reads.items():
        answer = answers.get(cell)
        if answer not in reads and (answer is None or plain(answer).replace(",", "") not in reads):
            kind = "left blank" if answer is None else "WRONG"
            stood = report.printed[cell]
            yield f"{kind} {cell}: stood {stood!r}, got {answer!r}, may be {sorted(map(str, reads))}"
    if report.templates or report.names or list(report.figures) != list(CELLS):
        return
    for cell, text in typed.cells(typed.read(got.text)).items():
        told = answers.get(cell)
        if (text is None) != (told is None) or (text and text not in report.reads[cell]):
            yield f"WRONG in the file {cell}: typed {text!r}, told {told!r}"


def _left(report: Report, got: Imported) -> Iterator[str]:
    left = [(squeezed(e["label"]), squeezed(e["stood"] or "")) for e in got.told["left"]]
    blank = [cell for cell in report.figures if got.told["cells"].get(cell) is None]
    known = not report.templates and got.ran.code == 1 and all(_wanted(report, got))
    if (blank and got.ran.code == 0) or (known and not blank):
        yield f"exit code {got.ran.code} with {len(blank)} cells blank"
    for cell in blank:
        row = cell[:-1] if report.names or cell in CELLS else "b1"
        names = [report.names[row]] if report.names else [SHORT[row], TABLE_OF[row[0]]]
        stood = squeezed(report.stood.get(cell, report.printed[cell]))
        told = [text for label, text in left if any(squeezed(n) in label for n in names)]
        if not told:
            yield f"blank {cell} is not in left"
        elif not any(stood in text for _, text in left):
            yield f"blank {cell}: left does not say that {stood!r} stood there, but {told[:3]}"
        elif stood not in squeezed(got.text):
            yield f"blank {cell}: the file does not say that {stood!r} stood there"


def _wanted(report: Report, got: Imported) -> Iterator[bool]:
    """Whether each part and key that a file must have is in it."""
    file = typed.read(got.text)
    for key in ("单位", "年度", *report.parts):
        yield bool((file.get(typed.name(key)) or "").strip())


def _head(report: Report, got: Imported) -> Iterator[str]:
    file = typed.read(got.text)
    title = f"{report.unit}{report.year}年{report.form}"
    wanted = {"单位": report.unit, "年度": str(report.year)}
    if squeezed(plain(report.title)) != squeezed(title) and not report.names:
        wanted["标题"] = report.title
    for key, value in wanted.items():
        found = (file.get(key) or "").strip()
        if squeezed(found) != squeezed(value) and not (key in report.loose and not found):
            yield f"{key}: {found!r} for {value!r}"
    if not got.told["form"].startswith(FORMS.get(report.form, report.templates)):
        yield f"form: {got.told['form']!r} for {report.form!r}"


def _parts(report: Report, got: Imported, *, blanks: bool) -> Iterator[str]:
    """The paragraphs of each part, in their order; more only if the document had more."""
    file = typed.read(got.text)
    for key, wanted in report.parts.items():
        found = typed.lines(file.get(typed.name(key)))
        if key in report.loose:
            continue
        same = [text if blanks else squeezed(text) for text in found]
        rest = iter(same)
        for text in wanted:
            if (text.strip() if blanks else squeezed(text)) not in rest:
                yield f"{key}: {text!r} is not there, or not in its place; {found[-2:]}"
                break
        extra = squeezed("".join(report.extra))
        for text in found:
            own = any(squeezed(text) == squeezed(line) for line in wanted)
            if not own and squeezed(text) not in extra and not _in(report.extra, text):
                yield f"{key}: {text!r} is not of this part"


def _in(extra: list[str], text: str) -> bool:
    return any(squeezed(one) in squeezed(text) for one in extra)


def _kept(report: Report, got: Imported) -> Iterator[str]:
    told = squeezed(got.text + "".join(f"{e['label']}{e['stood']}" for e in got.told["left"]))
    for text in report.extra:
        if squeezed(text) not in told:
            yield f"lost: {text!r}"
