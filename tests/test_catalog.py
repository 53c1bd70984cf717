"""Every code that can be told is explained, its samples are true, and docs/findings.md is current."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from support import ROOT, SOURCES, nianbao
from support.cases import changed, check, written

from nianbao import catalog

WITHOUT_SAMPLES = {
    *("Y101", "Y111", "Y112", "Y114", "C001", "C002", "N302", "T103", "T104"),
    *("V109", "V110", "V111", "V301"),
}
"""A file's bytes, too many findings, another form, an option, another file, a thousand words."""

every_entry = pytest.mark.parametrize("entry", catalog.entries(), ids=lambda entry: entry.code)
sampled = pytest.mark.parametrize(
    "entry", [e for e in catalog.entries() if e.failing], ids=lambda entry: entry.code
)


def test_what_the_sources_tell_is_what_the_catalog_explains() -> None:
    told = {
        code
        for path in SOURCES.rglob("*.py")
        for code in re.findall(r'"([A-Z]\d{3})"', path.read_text("utf-8"))
    }
    assert told == {entry.code for entry in catalog.entries()}


@every_entry
def test_an_entry_is_complete_and_can_be_shown(entry: catalog.Entry) -> None:
    assert re.fullmatch(r"[A-Z]\d{3}", entry.code)
    assert entry.code[0] in catalog.FAMILIES
    assert entry.severity in ("错误", "核实", "提示")
    assert entry.title
    assert not entry.title.endswith("。")
    assert entry.why.endswith("。")
    assert entry.remedy.endswith("。")
    catalog.explain(entry).encode("gbk")


@every_entry
def test_only_known_keys_stand_in_a_file(entry: catalog.Entry) -> None:
    text = (SOURCES / "codes" / f"{entry.code}.yaml").read_text("utf-8")
    assert set(yaml.safe_load(text)) <= {"级别", "标题", "为什么", "怎么办", "不行", "可以"}


def test_whatever_shows_in_a_line_of_an_input_has_samples() -> None:
    inputs = {e.code for e in catalog.entries() if e.code[0] in "YSVTNC"}
    assert {e.code for e in catalog.entries() if e.failing and e.passing} == (
        inputs - WITHOUT_SAMPLES
    )


@sampled
def test_the_sample_fails_and_the_mended_one_is_part_of_a_sound_file(
    entry: catalog.Entry, tmp_path: Path
) -> None:
    """`changed` holds that the mended lines stand in base.yaml, which has no finding."""
    file = check(written(tmp_path, changed(entry.passing, entry.failing)))
    assert entry.code in {finding["code"] for finding in file["findings"]}


@every_entry
def test_explain_prints_it(entry: catalog.Entry, tmp_path: Path) -> None:
    for typed in (entry.code, entry.code.lower()):
        ran = nianbao("explain", typed, cwd=tmp_path)
        assert ran.code == 0
        assert entry.title in ran.out.splitlines()[0]
        assert entry.remedy in ran.out


def test_explain_without_a_code_lists_all(tmp_path: Path) -> None:
    listed = nianbao("explain", cwd=tmp_path).out.splitlines()
    assert listed == [f"{entry.code}  {entry.title}" for entry in catalog.entries()]


def test_explain_of_no_code_is_a_usage_error(tmp_path: Path) -> None:
    assert nianbao("explain", "X999", cwd=tmp_path).code == 2


def test_the_docs_say_what_explain_says() -> None:
    text = catalog.document()
    for entry in catalog.entries():
        section = re.split(r"^##+ ", text.partition(f"\n### {entry.code}\n")[2], flags=re.M)[0]
        plain = re.sub(r"\\(.)", r"\1", section)
        assert plain.count(entry.title) == 1
        assert entry.why in plain
        assert entry.remedy in plain
        assert section.count("```yaml") == bool(entry.failing) + bool(entry.passing)


def test_the_list_of_findings_is_current(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "findings.md", catalog.document())


def test_the_list_is_regenerated_as_its_head_says() -> None:
    ran = subprocess.run([sys.executable, "-m", "nianbao.catalog"], capture_output=True, check=True)
    assert ran.stdout.decode("utf-8") == catalog.document()


def test_every_chinese_word_of_the_sources_can_be_shown() -> None:
    for path in SOURCES.rglob("*.py"):
        for text in re.findall(r'"[^"\n]*[\u4e00-\u9fff][^"\n]*"', path.read_text("utf-8")):
            text.encode("gbk")
