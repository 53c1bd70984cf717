"""Review copies before judges that are not ours: sound for Word, and LibreOffice keeps the comments."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import docx
import pytest

from page import cases
from page.conftest import missing

EXAMPLES = cases.ROOT / "inputs" / "examples"
ALMOST_NOTHING = "单位: 青石镇人民政府\n年度: 二〇二五\n总体情况: |\n  本年新收{{本年新收}}件。\n"


@pytest.fixture(scope="session")
def copies(tmp_path_factory):
    """Review copies of a faulty file, of one with almost nothing, and of a Traditional one."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "空.yaml").write_text(ALMOST_NOTHING, "utf-8")
    town = (cases.ROOT / "inputs" / "2025.yaml").read_text("utf-8")
    (folder / "繁.yaml").write_text(re.sub(r"\[0, 0, 0, 0, 0, 0, 0\]", "[1, 0, 0]", town), "utf-8")
    inputs = [EXAMPLES / "青石镇2025-有错.yaml", folder / "空.yaml", folder / "繁.yaml"]
    made = []
    for path in inputs:
        command = [sys.executable, "-m", "nianbao", "review", str(path)]
        done = subprocess.run(command, cwd=folder, capture_output=True, env=os.environ, check=False)
        assert done.returncode == 1, done.stdout.decode() + done.stderr.decode()
        made.append(folder / "outputs" / f"{path.stem}.审阅稿.docx")
    return made


def test_the_open_xml_sdk_finds_no_error(copies, tool):
    for path in copies:
        done = subprocess.run(
            [tool("ooxml-validator"), str(path)], capture_output=True, text=True, check=False
        )
        verdict = json.loads(done.stdout)
        assert (verdict["ok"], verdict["errors"]) == (True, []), path.name


def test_libreoffice_keeps_every_comment(copies, convert):
    came_back = convert(copies, "docx")
    for path in copies:
        before, after = (
            sorted(comment.text for comment in docx.Document(str(file)).comments)
            for file in (path, came_back[path.stem])
        )
        assert len(before) > 3
        assert [text.split() for text in after] == [text.split() for text in before]


def test_every_page_says_what_it_is(copies, convert):
    try:
        import pdfplumber
    except ImportError:
        missing("pdfplumber")
    for path, pdf in convert(copies, "pdf").items():
        warning = "不得報送" if path.startswith("繁") else "不得报送"
        with pdfplumber.open(pdf) as opened:
            pages = [page.extract_text() for page in opened.pages]
        assert len(pages) >= 3
        assert all(warning in text for text in pages), path
