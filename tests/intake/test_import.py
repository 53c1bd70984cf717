"""Documents come back: what `generate` writes is read back to the same data, and the seed's text."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from support import EXAMPLE, TOWN, nianbao
from support.reports import REPORTS, generated

from nianbao.desk.pipeline import Session
from nianbao.report.report import Report

SEED = Path(__file__).with_name("seed.txt")
"""A town's page as its text was pasted, one number a line; the names are made up."""


def meaning(report: Report) -> dict[str, Any]:
    """All that a report prints."""
    return {
        "title": "".join(report.title.split()),
        "unit": report.unit,
        "year": report.year,
        "fields": {key: text for key, text in report.fields.items() if text and key != "简称"},
        "numbers": {a: (n.printed, n.value) for a, n in report.numbers.items()},
        "texts": {k: [p.text for p in ps] for k, ps in report.narratives.items()},
        "notes": {k: [p.text for p in ps] for k, ps in report.notes.items()},
    }


@pytest.mark.parametrize("name", REPORTS)
def test_a_generated_document_comes_back_as_the_same_data(name: str, tmp_path: Path) -> None:
    source, templates = REPORTS[name]
    document = generated(tmp_path, name)
    ran = nianbao("import", document, "-o", "back.yaml", "--templates", templates, cwd=tmp_path)
    assert ran.code == 0, ran.out + ran.err
    before, after = (Session(templates).read(path)[0] for path in (source, tmp_path / "back.yaml"))
    assert meaning(after) == meaning(before)


def test_the_seed_is_read_whole(tmp_path: Path) -> None:
    ran = nianbao("import", SEED, "-o", "seed.yaml", "--format", "json", cwd=tmp_path)
    told = json.loads(ran.out)
    assert ran.code == 0
    assert told["left"] == []
    assert None not in told["cells"].values()
    assert {"b3a": "18", "b4a": "69", "b5a": "0"}.items() <= told["cells"].items()
    file = yaml.load((tmp_path / "seed.yaml").read_text("utf-8"), yaml.BaseLoader)
    assert sum(isinstance(value, str) and "\n" in value for value in file.values()) == 4
    checked = nianbao("check", SEED, "--format", "json", cwd=tmp_path)
    (found,) = json.loads(checked.out)["files"]
    (told_of,) = [f for f in found["findings"] if f["code"] == "N101"]
    assert told_of["line"] is None
    assert told_of["place"] == {"paragraph": 9}


def edited(tmp_path: Path, change: Any) -> Path:
    """The example's document, changed by python-docx."""
    nianbao("generate", EXAMPLE, "-o", "made.docx", cwd=tmp_path)
    document = docx.Document(str(tmp_path / "made.docx"))
    change(document)
    path = tmp_path / "changed.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize("stood", ["/", "—", "", "12 3", "约5", "1（", "三"])
def test_what_is_not_certain_is_left_blank_and_quoted(stood: str, tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.tables[0].rows[6].cells[1].text = stood

    path = edited(tmp_path, change)
    ran = nianbao("import", path, "-o", "out.yaml", "--format", "json", cwd=tmp_path)
    told = json.loads(ran.out)
    assert ran.code == 1
    assert [cell for cell, value in told["cells"].items() if value is None] == ["b3a"]
    assert told["left"][0]["stood"].strip() == stood
    (line,) = [
        line
        for line in (tmp_path / "out.yaml").read_text("utf-8").split("\n")
        if "行政许可:" in line
    ]
    assert stood in line.partition("#")[2]
    assert line.partition("#")[0].strip() == "行政许可:"


def test_a_finding_of_a_document_says_where(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.tables[1].rows[26].cells[3].text = "77"

    path = edited(tmp_path, change)
    ran = nianbao("check", path, "--format", "json", cwd=tmp_path)
    (file,) = json.loads(ran.out)["files"]
    wrong = next(f for f in file["findings"] if f["code"] == "T101")
    assert (wrong["line"], wrong["column"]) == (None, None)
    assert wrong["place"] == {"table": 2, "row": 27, "column": 10}
    assert all("place" in related for related in wrong["related"])
    assert [(c["cell"], c["now"]) for c in file["changed"]] == [("c24a", "77")]
    assert "表三“（七）总计”这一行“总计”" in nianbao("check", path, cwd=tmp_path).out


def test_an_existing_file_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "2024.yaml").write_text("mine", "utf-8")
    ran = nianbao("import", SEED, "-o", "2024.yaml", cwd=tmp_path)
    assert ran.code == 2
    assert (tmp_path / "2024.yaml").read_text("utf-8") == "mine"


def test_last_years_document_serves_this_year(tmp_path: Path) -> None:
    old = EXAMPLE.with_name("青石镇2024.yaml")
    nianbao("generate", old, "-o", "青石镇2024.docx", cwd=tmp_path)
    (tmp_path / "青石镇2025.yaml").write_bytes(EXAMPLE.read_bytes())
    assert "C001" not in nianbao("check", "青石镇2025.yaml", cwd=tmp_path).out
    ran = nianbao("new", 2025, "--from", "青石镇2024.docx", "-o", "new.yaml", cwd=tmp_path)
    wanted = nianbao("new", 2025, "--from", old, "-o", "wanted.yaml", cwd=tmp_path)
    assert (ran.code, wanted.code) == (0, 0)
    begun, asked = (
        [line for line in (tmp_path / name).read_text("utf-8").split("\n") if line[:1] != "#"]
        for name in ("new.yaml", "wanted.yaml")
    )
    assert [line for line in begun if "上年结转" in line] == [
        line for line in asked if "上年结转" in line
    ]


def test_a_folder_counts_a_document_with_its_input_once(tmp_path: Path) -> None:
    folder = tmp_path / "收件"
    folder.mkdir()
    (folder / "2025.yaml").write_bytes(TOWN.read_bytes())
    nianbao("generate", folder / "2025.yaml", "-o", folder / "2025.docx", cwd=tmp_path)
    (folder / "~$2025.docx").write_bytes(b"lock")
    (folder / "核实说明.txt").write_text("x", "utf-8")
    ran = nianbao("check", folder, "--format", "json", cwd=tmp_path)
    (file,) = json.loads(ran.out)["files"]
    assert file["file"].endswith("2025.yaml")


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 80_000_000)
    return out.getvalue()


def with_main(tmp_path: Path, main: bytes) -> bytes:
    nianbao("generate", EXAMPLE, "-o", "made.docx", cwd=tmp_path)
    out = BytesIO()
    with zipfile.ZipFile(tmp_path / "made.docx") as made, zipfile.ZipFile(out, "w") as archive:
        for name in made.namelist():
            archive.writestr(name, main if name == "word/document.xml" else made.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"", "不是 Word 文档"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"0" * 99, "加了密码"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"0" * 99, "另存为 .docx"),
        ("a.wps", b"wps", "另存为 .docx"),
        ("a.pdf", b"%PDF-1.4", "PDF"),
        ("~$a.docx", b"lock", "锁文件"),
        ("a.docx", bomb(), "读不出来"),
        ("a.html", "<p>今天天气不错</p>".encode(), "不是认得的报告"),
        ("a.txt", "\ufeff".encode(), "是空的"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(
    name: str, data: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    ran = nianbao("import", name, "-o", "out.yaml", cwd=tmp_path)
    assert ran.code == 3
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out.yaml").exists()


def test_external_entities_are_refused_at_the_declaration(tmp_path: Path) -> None:
    main = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    (tmp_path / "a.docx").write_bytes(with_main(tmp_path, main))
    ran = nianbao("check", "a.docx", cwd=tmp_path)
    assert ran.code == 3
    assert "DTD" in ran.out


def test_two_reports_in_one_document_are_refused(tmp_path: Path) -> None:
    text = SEED.read_text("utf-8")
    (tmp_path / "two.txt").write_text(text + "\n" + text.replace("2025", "2024"), "utf-8")
    ran = nianbao("import", "two.txt", "-o", "out.yaml", cwd=tmp_path)
    assert ran.code == 3
    assert "不止一份报告" in ran.err


def test_a_document_is_not_generated_and_not_mended(tmp_path: Path) -> None:
    nianbao("generate", EXAMPLE, "-o", "a.docx", cwd=tmp_path)
    for command in ("generate", "fix"):
        ran = nianbao(command, "a.docx", cwd=tmp_path)
        assert ran.code == 1
        assert "nianbao import a.docx" in ran.out
