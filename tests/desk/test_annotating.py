"""`review` of a document: comments in a copy of that very document, which says what it said."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from intake.changes import BASE, CELLS, FILE, edited, retold
from intake.layouts import Layout
from intake.layouts.every import LAYOUTS
from support import nianbao, part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD = part(12, [each for each in LAYOUTS if each.suffix == ".docx"])


def reviewed(folder: Path, data: bytes) -> Path:
    (folder / "报来.docx").write_bytes(data)
    ran = nianbao("review", "报来.docx", cwd=folder)
    assert "程序自己出错了" not in ran.out + ran.err
    return folder / "outputs" / "报来.审阅稿.docx"


def main_part(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data)).element


def said(data: bytes) -> list[tuple[str, str]]:
    """Every character and every element that prints, comments' own marks left out."""
    return [
        (element.tag, element.text or "")
        for element in main_part(data).iter(f"{W}t", f"{W}delText", f"{W}tbl", f"{W}p", f"{W}br")
    ]


def joined(data: bytes) -> str:
    return "".join(text or "¶" for _, text in said(data))


def commented(data: bytes, wanted: str) -> str:
    """The text that the comment with `wanted` in it is about."""
    comments = docx.Document(io.BytesIO(data)).comments
    (number,) = [c.comment_id for c in comments if wanted in c.text]
    root, inside, found = main_part(data), False, []
    for element in root.iter():
        if element.get(f"{W}id") == str(number) and element.tag.startswith(f"{W}commentRange"):
            inside = element.tag.endswith("Start")
        elif inside and element.tag == f"{W}t":
            found.append(element.text)
    return "".join(found)


def test_a_comment_stands_at_the_cell(tmp_path: Path) -> None:
    change = next(each for each in CELLS if each.cell == "c1g")
    data = change.document()
    copy = reviewed(tmp_path, data).read_bytes()
    assert joined(copy) == joined(data)
    assert commented(copy, "T101") == change.now


def test_a_comment_stands_at_the_sentence(tmp_path: Path) -> None:
    was = next(text for text in BASE.parts["总体情况"] if BASE.figures["c1g"] in text)
    now = was.replace(f"申请{BASE.figures['c1g']}件", "申请8888件")
    data = edited(lambda document: retold(document, was, now))
    copy = reviewed(tmp_path, data).read_bytes()
    assert joined(copy) == joined(data)
    about = commented(copy, "N101")
    assert "8888" in about
    assert about in now


@pytest.mark.parametrize("layout", WORD, ids=str)
def test_whoever_drew_it_it_says_what_it_said(layout: Layout, tmp_path: Path) -> None:
    _, data = layout.drawn()
    copy = reviewed(tmp_path, data)
    if copy.exists():
        after = copy.read_bytes()
        assert joined(after) == joined(data)
        marks = main_part(after).iter(f"{W}commentReference")
        assert len(list(marks)) >= len(list(docx.Document(io.BytesIO(after)).comments)) > 0


def test_the_same_document_gives_the_same_copy(tmp_path: Path) -> None:
    data = edited()
    first = reviewed(tmp_path, data).read_bytes()
    assert reviewed(tmp_path, data).read_bytes() == first


def test_a_text_takes_no_comments(tmp_path: Path) -> None:
    (tmp_path / "2025.yaml").write_text(FILE, "utf-8")
    (tmp_path / "报来.html").write_text(
        f"<h1>{BASE.title}</h1><p>一、总体情况</p><p>无</p>", "utf-8"
    )
    ran = nianbao("review", "报来.html", cwd=tmp_path)
    assert ran.code == 3
    assert "另存为 .docx" in ran.out + ran.err
    assert not (tmp_path / "outputs").exists()
