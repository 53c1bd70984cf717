"""The data that a document carries: read by ElementTree, held against the printed page."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from support import EXAMPLE, example, nianbao, paragraphs, tables, with_line, write_zip
from support.reports import REPORTS, generated

from nianbao.desk.pipeline import Session
from nianbao.word import aboard, guard, package

ITEM = "customXml/item1.xml"
_NS = "{urn:nianbao:printed:1}"


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def held(path: Path, kind: str) -> list[tuple[str, str]]:
    root = ElementTree.fromstring(members(path)[ITEM])
    return [(e.attrib["key"], e.text or "") for e in root.iter(f"{_NS}{kind}")]


@pytest.mark.parametrize("name", REPORTS)
def test_all_that_is_printed_is_aboard_and_nothing_else(tmp_path: Path, name: str) -> None:
    path = generated(tmp_path, name)
    report, _ = Session(templates=REPORTS[name][1]).read(REPORTS[name][0])
    cells = [text for table in tables(path) for row in table for text in row]
    lines = paragraphs(path)
    assert dict(held(path, "cell")) == {a: n.printed for a, n in report.numbers.items()}
    assert all(text in cells for _, text in held(path, "cell"))
    texts = [text for _, text in held(path, "text")]
    notes = [p.text for notes in report.notes.values() for p in notes]
    assert sorted(texts) == sorted([*(p.text for _, p in report.paragraphs()), *notes])
    assert all(text in lines for text in texts)
    printed = "\n".join([*lines, *cells])
    for key, text in held(path, "head"):
        assert "".join(text.split()) in "".join(printed.split()), key


def test_no_answer_and_no_unprinted_item_is_aboard(tmp_path: Path) -> None:
    source = example(tmp_path)
    text = with_line(source.read_text("utf-8"), "简称", "不印的简称")
    text = text.replace("{{简称}}", "本镇").replace("审签:", "# 审签:")
    source.write_text(text + "\n核实说明:\n  N999 某处 1/2: 只给上级看的话\n", "utf-8")
    assert nianbao("generate", source, cwd=tmp_path).code == 0
    data = members(tmp_path / "outputs" / f"{source.stem}.docx")[ITEM].decode()
    assert "不印的简称" not in data
    assert "只给上级看的话" not in data
    assert "核实说明" not in data


def test_a_document_says_what_the_part_is_as_open_xml_has_it(tmp_path: Path) -> None:
    held = members(generated(tmp_path, EXAMPLE.stem))
    types = held["[Content_Types].xml"].decode()
    assert f'PartName="/{ITEM}" ContentType="application/xml"' in types
    assert 'PartName="/customXml/itemProps1.xml"' in types
    related = held["word/_rels/document.xml.rels"].decode()
    assert 'Target="../customXml/item1.xml"' in related
    assert 'Target="itemProps1.xml"' in held["customXml/_rels/item1.xml.rels"].decode()
    assert "urn:nianbao:printed:1" in held["customXml/itemProps1.xml"].decode()


def test_it_outlives_being_saved_by_another_program(tmp_path: Path) -> None:
    path = generated(tmp_path, EXAMPLE.stem)
    saved = io.BytesIO()
    docx.Document(str(path)).save(saved)
    (tmp_path / "saved.docx").write_bytes(saved.getvalue())
    assert not package.is_untouched(saved.getvalue())
    assert aboard.of_members(members(tmp_path / "saved.docx")) == aboard.of_members(members(path))
    assert aboard.of_members(members(path)) is not None


def test_a_document_taken_as_a_template_passes_and_is_given_data_of_its_own(tmp_path: Path) -> None:
    path = generated(tmp_path, EXAMPLE.stem)
    before = members(path)
    assert not list(guard.carried(before))
    placed, item = aboard.place(before)
    again = {**placed, item: aboard.written(aboard.Printed(form="other", cells={"a1": "1"}))}
    assert set(again) == set(before)
    found = aboard.of_members(again)
    assert found is not None
    assert (found.form, dict(found.cells)) == ("other", {"a1": "1"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r">(\d+)</cell>", r">7\1</cell>"),
        (r"</text>", "x</text>"),
        (r"<printed ", '<!DOCTYPE x [<!ENTITY y "z">]><printed '),
        (r'<cell key="b1a">', '<cell key="b1b">0</cell><cell key="b1a">'),
        (r"</printed>", "<more/></printed>"),
        (r"</printed>", ""),
        (r"<cell ", "<cell><cell "),
    ],
)
def test_what_is_no_longer_whole_is_not_believed(tmp_path: Path, old: str, new: str) -> None:
    held = members(generated(tmp_path, EXAMPLE.stem))
    spoilt = re.sub(old, new, held[ITEM].decode(), count=1)
    assert spoilt != held[ITEM].decode()
    assert aboard.of_members({**held, ITEM: spoilt.encode()}) is None


def test_two_parts_are_not_believed_and_other_parts_do_not_matter(tmp_path: Path) -> None:
    held = members(generated(tmp_path, EXAMPLE.stem))
    assert aboard.of_members({**held, "customXml/item2.xml": held[ITEM]}) is None
    other = {**held, "customXml/item2.xml": b'<x xmlns="urn:nianbao:printed:1"/>'}
    assert aboard.of_members(other) == aboard.of_members(held)


def test_a_bomb_in_its_place_is_left_unread(tmp_path: Path) -> None:
    held = members(generated(tmp_path, EXAMPLE.stem))
    deep = b'<printed xmlns="urn:nianbao:printed:1">' + b"<cell>" * 600_000
    assert aboard.of_members({**held, ITEM: deep}) is None
    write_zip(tmp_path / "x.docx", {**held, ITEM: deep})
