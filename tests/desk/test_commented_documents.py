"""The review copy of a document that came in: comments at their places, the rest as it was."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.table import _Cell
from support import EXAMPLE, nianbao, paragraphs, tables


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A town's report as Word saves it, one cell of it spoilt and one sentence changed."""
    nianbao("generate", EXAMPLE, "-o", "报来.docx", cwd=tmp_path)
    path = tmp_path / "报来.docx"
    document = docx.Document(str(path))
    cell = licences(document)
    cell.paragraphs[0].runs[0].text = "/"
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("另有上年结转2件", "另有上年结转3件")
    document.save(str(path))
    return path


def licences(document: Document) -> _Cell:
    rows = [row for table in document.tables for row in table.rows]
    return next(row.cells[1] for row in rows if row.cells[0].text == "行政许可")


def commented(element: object) -> list[str]:
    """The numbers of the comments that are referred to within an element."""
    xml = element.xml  # type: ignore[attr-defined]
    return [piece.partition('"')[0] for piece in xml.split('commentReference w:id="')[1:]]


def test_a_comment_stands_at_its_cell_and_its_paragraph(tmp_path: Path, sent: Path) -> None:
    ran = nianbao("review", sent, "-o", "看/", cwd=tmp_path)
    assert ran.code == 1
    copy = docx.Document(str(tmp_path / "看" / "报来.审阅稿.docx"))
    texts = {str(comment.comment_id): comment.text for comment in copy.comments}
    at_cell = [texts[number] for number in commented(licences(copy)._tc)]
    assert "“行政许可”没有填数" in at_cell[0]
    assert len(at_cell) == len(set(at_cell))
    told = [
        texts[number]
        for paragraph in copy.paragraphs
        if "另有上年结转3件" in paragraph.text
        for number in commented(paragraph._p)
    ]
    assert any("N101" in text for text in told)
    assert "编号 V101" in at_cell[0]
    assert "填报文件" not in at_cell[0]


def test_the_rest_of_the_document_is_as_it_was(tmp_path: Path, sent: Path) -> None:
    before = sent.read_bytes()
    nianbao("review", sent, "-o", "看/", cwd=tmp_path)
    copy = tmp_path / "看" / "报来.审阅稿.docx"
    assert paragraphs(copy) == paragraphs(sent)
    assert tables(copy) == tables(sent)
    assert sent.read_bytes() == before


def test_a_page_has_no_comments(tmp_path: Path) -> None:
    nianbao("generate", EXAMPLE, "-o", "报来.docx", "--html", cwd=tmp_path)
    (page,) = tmp_path.glob("*.html")
    before = sorted(tmp_path.rglob("*"))
    nianbao("review", page, "-o", "看/", cwd=tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_goes_back_to_a_unit_is_its_own_document(tmp_path: Path, sent: Path) -> None:
    (tmp_path / "收").mkdir()
    sent.rename(tmp_path / "收" / "报来.docx")
    nianbao("rollup", "收", "--return", "退回", cwd=tmp_path)
    (copy,) = (tmp_path / "退回").glob("*/报来.审阅稿.docx")
    assert any("没有填数" in comment.text for comment in docx.Document(str(copy)).comments)
    assert paragraphs(copy) == paragraphs(tmp_path / "收" / "报来.docx")
