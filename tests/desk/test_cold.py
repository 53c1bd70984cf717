"""What may not grow: the modules that a first command loads, the files that a batch reads."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import EXAMPLES, TEMPLATES, TOWN

WATCHED = """
import json, os, sys
opened = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        opened.append(os.fspath(arguments[0]))
sys.addaudithook(watch)
from nianbao.desk import cli
sys.argv = ["nianbao", *sys.argv[2:]]
try:
    cli.main()
except SystemExit as stop:
    code = stop.code
    parsed = 0
    if "nianbao.form.formfile" in sys.modules:
        parsed = sys.modules["nianbao.form.formfile"].read.cache_info().misses
    from nianbao.chinese import wording
    found = {"converters": wording._converter.cache_info().currsize, "code": code, "opened": opened, "modules": sorted(sys.modules), "parsed": parsed}
    open("watched.json", "w", encoding="utf-8").write(json.dumps(found))
"""
READS_FORMS = {
    f"nianbao.form.{reader}"
    for reader in ("formfile", "blockfile", "tiefile", "claimfile", "requirementfile", "kindfile")
}
ELSEWHERE = {
    *("nianbao.desk.starter", "nianbao.desk.newyear", "nianbao.desk.parsed"),
    *("nianbao.desk.listing", "nianbao.desk.importing", "nianbao.desk.documents"),
    *("nianbao.word.reviewcopy", "nianbao.word.audit", "nianbao.source.mending"),
    *("nianbao.intake.reading", "nianbao.portal.markup", "nianbao.word.package", "lxml"),
}
"""What other commands are about."""


@dataclass
class Seen:
    """One run of a command, watched."""

    code: int
    opened: list[str]
    modules: list[str]
    parsed: int
    converters: int
    """So many tables of OpenCC were loaded."""

    def reads_of(self, path: Path) -> int:
        return [(path.parent / each).resolve() for each in self.opened].count(path.resolve())


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two years of a town, its forms beside it and an empty cache folder."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    shutil.copytree(TEMPLATES, tmp_path / "templates" / "docx")
    for year in (2024, 2025):
        shutil.copy(EXAMPLES / f"青石镇{year}.yaml", tmp_path)
    return tmp_path


def seen(office: Path, *arguments: str) -> Seen:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "-", *arguments],
        cwd=office,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == b""
    return Seen(**json.loads((office / "watched.json").read_text("utf-8")))


def test_a_warm_check_loads_neither_readers_of_forms_nor_writers(office: Path) -> None:
    first = seen(office, "check", "青石镇2025.yaml")
    again = seen(office, "check", "青石镇2025.yaml")
    assert (first.code, again.code) == (0, 0)
    assert {*first.modules} >= READS_FORMS
    assert not {*again.modules} & (READS_FORMS | ELSEWHERE)
    foreign = {"docx", "docxtpl", "jinja2", "opencc", "openpyxl", "tempfile"}
    assert not {*again.modules} & foreign
    ours = [name for name in again.modules if name.startswith("nianbao")]
    assert len(ours) <= 140


def test_a_warm_report_reads_no_form(office: Path) -> None:
    seen(office, "generate", "青石镇2025.yaml")
    again = seen(office, "generate", "青石镇2025.yaml")
    assert again.code == 0
    assert not {*again.modules} & READS_FORMS


def test_a_warm_report_in_traditional_loads_what_reads_it_and_no_more(office: Path) -> None:
    shutil.copy(TOWN, office / "inputs.yaml")
    first = seen(office, "generate", "inputs.yaml")
    again = seen(office, "generate", "inputs.yaml")
    assert (first.code, again.code) == (0, 0)
    assert (first.converters, again.converters) == (2, 1)


def test_a_form_of_other_years_is_not_read(office: Path) -> None:
    """disclosure-2019 holds for 2019 and 2020 only."""
    assert seen(office, "check", "青石镇2025.yaml").parsed == 3
    assert len(list((office / "cache" / "nianbao").glob("form-*"))) == 3


def test_a_batch_reads_each_file_once(office: Path) -> None:
    """Last year's file, an input of the batch itself, as well; a form is read once for all."""
    batch = seen(office, "check", "青石镇2024.yaml", "青石镇2025.yaml")
    assert batch.code == 0
    assert {batch.reads_of(office / f"青石镇{year}.yaml") for year in (2024, 2025)} == {1}
    assert batch.parsed == 3
    for path in (office / "templates" / "docx").glob("*.form.yaml"):
        assert batch.reads_of(path) == 1
    drawn = [batch.reads_of(path) for path in (office / "templates" / "docx").glob("*.docx")]
    assert sorted(drawn) == [0, 0, 0, 1]
