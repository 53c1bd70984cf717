"""Documents before judges that are not ours: the Open XML SDK, pandoc, docx2python, LibreOffice.

Every document of the page checks and forty stranger ones must be free of errors and give back
the 200 numbers that were filled in, in order.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support import DOCUMENT

import nianbao
from nianbao.word import labels, layout, package, template, trees
from nianbao.word.trees import W
from page import cases
from page.conftest import generate, missing

TEMPLATE = cases.ROOT / "templates" / "docx" / "disclosure-2021.docx"
NUMBER = re.compile(r"\d+(\.\d+)?(（.*）)?")
PROBE = "zhangsan-probe"


def squeezed(text):
    return re.sub(r"\s", "", text)


def filled_in(report):
    """The 200 numbers of a report in printed order."""
    return [squeezed(report.numbers[address].printed) for address in report.form.cells]


def numbers_among(texts):
    return [text for text in map(squeezed, texts) if NUMBER.fullmatch(text)]


def each(work, items):
    """`work` of every item, on every core."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, items))


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_open_xml_sdk_finds_no_error(documents, tool):
    validator = tool("ooxml-validator")
    paths = [TEMPLATE, *documents.values()]
    assert len(paths) > 40

    def judged(path):
        done = run(validator, str(path))
        try:
            return json.loads(done.stdout)
        except ValueError:
            pytest.fail(done.stdout + done.stderr)

    verdicts = each(judged, paths)
    assert [Path(verdict["file"]) for verdict in verdicts] == paths
    assert not [verdict for verdict in verdicts if not verdict["ok"] or verdict["errors"]]


def test_the_open_xml_sdk_would_find_an_error(documents, tool, tmp_path):
    broken = package.unpack(documents["sample"].read_bytes())
    broken[DOCUMENT] = broken[DOCUMENT].replace(b"<w:tblGrid>", b"<w:grid>", 1)
    broken[DOCUMENT] = broken[DOCUMENT].replace(b"</w:tblGrid>", b"</w:grid>", 1)
    path = tmp_path / "broken.docx"
    path.write_bytes(package.pack(broken))
    verdict = json.loads(run(tool("ooxml-validator"), str(path)).stdout)
    assert not verdict["ok"]
    assert verdict["errors"]


def test_cells_end_in_a_paragraph_and_spans_and_widths_add_up_to_the_grid(documents):
    for path in [TEMPLATE, *documents.values()]:
        root = body(path)
        tables = root.findall(f"{W}tbl")
        assert len(tables) == 3, path.name
        for table in tables:
            grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
            for row in table.iter(f"{W}tr"):
                at = 0
                for cell in row.iter(f"{W}tc"):
                    assert cell[-1].tag == f"{W}p", path.name
                    span = cell.find(f"{W}tcPr/{W}gridSpan")
                    columns = int(span.get(f"{W}val")) if span is not None else 1
                    width = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
                    assert width == sum(grid[at : at + columns]), path.name
                    at += columns
                assert at == len(grid), path.name


def test_pandoc_reads_the_numbers_back(documents, reports, tool):
    pandoc = tool("pandoc")

    def read(path):
        return json.loads(run(pandoc, "-f", "docx", "-t", "json", str(path)).stdout)["blocks"]

    for name, blocks in zip(documents, each(read, documents.values()), strict=True):
        cells = [
            pandoc_text(cell)
            for block in blocks
            if block["t"] == "Table"
            for cell in pandoc_cells(block["c"])
        ]
        assert numbers_among(cells) == filled_in(reports[name]), name


def pandoc_cells(table):
    """Every cell of a pandoc table: head, bodies, foot."""
    _, _, _, head, bodies, foot = table
    rows = head[1] + [row for body in bodies for row in body[2] + body[3]] + foot[1]
    return [cell[4] for row in rows for cell in row[1]]


def pandoc_text(node):
    if isinstance(node, list):
        return "".join(map(pandoc_text, node))
    if not isinstance(node, dict):
        return ""
    if node["t"] == "Str":
        return node["c"]
    if node["t"] == "Quoted":
        kind, inner = node["c"]
        left, right = "“”" if kind["t"] == "DoubleQuote" else "‘’"
        return left + pandoc_text(inner) + right
    return pandoc_text([part for part in node.get("c", []) if isinstance(part, list | dict)])


def test_docx2python_reads_the_numbers_back(documents, reports):
    try:
        from docx2python import docx2python
    except ImportError:
        missing("docx2python")
    for name, path in documents.items():
        with docx2python(path, html=False, duplicate_merged_cells=False) as read:
            cells = [
                "".join(paragraphs)
                for table in read.body
                if len(table) > 1
                for row in table
                for paragraphs in row
            ]
        assert numbers_among(cells) == filled_in(reports[name]), name


def test_a_round_trip_through_libreoffice_keeps_every_number_under_its_labels(
    documents, reports, convert
):
    names = [name for name in documents if not name.startswith(("foot-", "end-", "lines-"))]
    came_back = convert([documents[name] for name in names], "docx")
    for name in names:
        before, after = labelled(documents[name]), labelled(came_back[name])
        assert [number for number, _ in after] == filled_in(reports[name]), name
        assert after == before, name


def labelled(path):
    """Every number of a document with the labels left of it and above it."""
    return [
        (squeezed(cell.text), tuple(map(squeezed, (*around.near, *around.headings))))
        for grid in template.read(body(path))
        if isinstance(grid, layout.Grid)
        for columns in [labels.Columns(grid, labels.Known())]
        for cell in grid.cells()
        if NUMBER.fullmatch(squeezed(cell.text))
        for around in [labels.of(columns, cell)]
    ]


def body(path):
    return trees.parse_xml(package.unpack(path.read_bytes())[DOCUMENT]).find(f"{W}body")


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_report_gives_the_same_bytes(seed, page_cases, documents, tmp_path):
    again = generate(page_cases, tmp_path, PYTHONHASHSEED=seed, TZ="Pacific/Kiritimati")
    for name, path in again.items():
        assert path.read_bytes() == documents[name].read_bytes(), name


def test_a_document_tells_its_maker_and_nothing_of_the_machine(reports, page_cases, tmp_path):
    environment = dict.fromkeys(("USER", "LOGNAME", "USERNAME", "COMPUTERNAME"), PROBE)
    made = generate(page_cases[:2], tmp_path, HOME=f"/tmp/{PROBE}", **environment)
    for name, path in made.items():
        form = reports[name].form
        with zipfile.ZipFile(path) as archive:
            members = {info.filename: archive.read(info).decode() for info in archive.infolist()}
        told = members["docProps/core.xml"] + members["docProps/app.xml"]
        for wanted in ("nianbao", nianbao.__version__, form.id, form.edition, reports[name].title):
            assert wanted in told, wanted
        assert socket.gethostname() not in told
        strange = (PROBE, str(tmp_path), str(cases.ROOT), "/tmp", "/home")
        for member, text in members.items():
            assert not [word for word in strange if word in text], member
