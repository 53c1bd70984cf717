"""A template that is damaged, hostile or of another kind is refused in one sentence."""

from __future__ import annotations

import io
import shutil
import struct
import warnings
import zipfile
from pathlib import Path

import docx
import pytest
from support import EXAMPLE, TEMPLATE, nianbao, own_templates, write_zip

from nianbao.diagnostics import Rejected
from nianbao.word import package


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(TEMPLATE) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refused(path: Path) -> str:
    with pytest.raises(Rejected) as rejected:
        package.read(path)
    (finding,) = rejected.value.findings
    assert (finding.code, finding.file, rejected.value.exit_code) == ("L101", path, 3)
    assert finding.hint
    return finding.message


def zipped(path: Path, content: dict[str, bytes]) -> Path:
    write_zip(path, content)
    return path


def test_the_template_is_read_whole() -> None:
    assert package.read(TEMPLATE) == members()


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.docx", {**members(), "word/x.bin": b"\0" * 61_000_000})
    assert path.stat().st_size < 1_000_000
    assert "已损坏" in refused(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.docx", {**members(), "word/x.bin": b"\0" * 5_000_000})
    data = path.read_bytes()
    assert data.count(struct.pack("<I", 5_000_000)) == 2
    path.write_bytes(data.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10)))
    assert "已损坏" in refused(path)


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    many = {f"word/{n}.xml": b"<x/>" for n in range(501)}
    assert "已损坏" in refused(zipped(tmp_path / "t.docx", {**members(), **many}))


def test_a_file_of_20_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(TEMPLATE.read_bytes() + b"\0" * 20_000_000)
    assert "已损坏" in refused(path)


@pytest.mark.parametrize("name", ["旧.doc", "加密.docx"])
def test_the_old_format_and_an_encrypted_file_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "旧格式（.doc），或者加了密码" in refused(path)


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(TEMPLATE.read_bytes())
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flag] |= 1
            at = data.find(mark, at + 1)
    path = tmp_path / "t.docx"
    path.write_bytes(data)
    assert "已损坏" in refused(path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7",
        "正文".encode(),
        TEMPLATE.read_bytes()[:5000],
        TEMPLATE.read_bytes()[500:],
    ],
    ids=["empty", "magic", "pdf", "text", "head", "tail"],
)
def test_what_is_no_document_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(data)
    assert "已损坏，或者不是 Word 文档" in refused(path)


def test_each_damaged_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    """Every thousandth byte of the template flipped: read as it was, or refused."""
    whole, original = members(), TEMPLATE.read_bytes()
    path = tmp_path / "t.docx"
    survived = 0
    for at in range(0, len(original), max(1, len(original) // 40)):
        data = bytearray(original)
        data[at] ^= 0xFF
        path.write_bytes(data)
        try:
            read = package.read(path)
        except Rejected:
            continue
        survived += 1
        assert list(read.values()) == list(whole.values())
    assert survived < 10


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_document_without_a_needed_part_is_refused(tmp_path: Path, name: str) -> None:
    content = members()
    del content[name]
    assert "已损坏" in refused(zipped(tmp_path / "t.docx", content))


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-20],
        lambda data: data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1),
        lambda data: (
            data.decode()
            .replace("UTF-8", "UTF-16", 1)
            .replace("?>", "?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1)
            .encode("utf-16")
        ),
        lambda data: data.replace(b">", b">&nosuch;", 2),
    ],
    ids=["cut", "dtd", "dtd in utf-16", "entity"],
)
def test_a_part_that_is_no_plain_xml_is_refused(tmp_path: Path, name: str, spoil: object) -> None:
    assert callable(spoil)
    content = members()
    content[name] = spoil(content[name])
    assert "已损坏" in refused(zipped(tmp_path / "t.docx", content))


def test_a_member_twice_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.docx", members())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("word/document.xml", b"<x/>")
    assert "已损坏" in refused(path)


def test_a_missing_template_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "找不到" in refused(tmp_path / "t.docx")
    (tmp_path / "d.docx").mkdir()
    assert "打不开" in refused(tmp_path / "d.docx")


@pytest.mark.parametrize("fault", ["missing", "folder", "doc", "cut", "other document"])
def test_the_command_names_the_template_and_writes_nothing(tmp_path: Path, fault: str) -> None:
    folder = own_templates(tmp_path)
    target = folder / TEMPLATE.name
    whole = target.read_bytes()
    target.unlink()
    if fault == "folder":
        target.mkdir()
    elif fault == "doc":
        target.write_bytes(b"\xd0\xcf\x11\xe0" + whole)
    elif fault == "cut":
        target.write_bytes(whole[:3000])
    elif fault == "other document":
        docx.Document().save(str(target))
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    ran = nianbao("generate", path, cwd=tmp_path)
    assert ran.code == 3
    assert TEMPLATE.name in ran.out
    assert "Traceback" not in ran.out + ran.err
    assert not (tmp_path / "outputs").exists()


# --- what tells a hand-made change -----------------------------------------------------


def test_a_document_is_untouched_until_someone_saves_it(tmp_path: Path) -> None:
    assert nianbao("generate", EXAMPLE, cwd=tmp_path).code == 0
    path = tmp_path / "outputs" / "青石镇2025.docx"
    assert package.is_untouched(path.read_bytes())
    opened = docx.Document(str(path))
    opened.paragraphs[3].add_run("改")
    saved = io.BytesIO()
    opened.save(saved)
    assert not package.is_untouched(saved.getvalue())
    assert not package.is_untouched(TEMPLATE.read_bytes())
    assert not package.is_untouched(b"")


def test_packing_sorts_and_dates_alike() -> None:
    content = members()
    backwards = dict(reversed(content.items()))
    assert package.pack(content) == package.pack(backwards)
    assert package.unpack(package.pack(content)) == content


def test_what_a_list_of_parts_has_besides_stays_behind(tmp_path: Path) -> None:
    spoilt = members()
    types = spoilt["[Content_Types].xml"].decode("utf-8")
    strange = types.replace("<Default ", '<Default xmlns:w="http://example.org/w" w:val="x" ', 1)
    assert strange != types
    spoilt["[Content_Types].xml"] = strange.encode()
    write_zip(own_templates(tmp_path) / TEMPLATE.name, spoilt)
    ran = nianbao(
        "generate", EXAMPLE, "-o", "x.docx", "--templates", "templates/docx", cwd=tmp_path
    )
    assert ran.code == 0, ran.out
    assert len(docx.Document(str(tmp_path / "x.docx")).tables) == 3
