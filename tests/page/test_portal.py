"""The portal page of every declared form before axe-core: whoever hears it finds their way."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.reports import REPORTS, generated

from page.conftest import missing

AXE = Path(__file__).with_name("axe.js")
ASKED = {"td-has-header", "td-headers-attr", "scope-attr-valid", "empty-table-header"}
"""Rules about tables that must have been tried."""

Found = dict[str, dict[str, list[tuple[str, list[str]]]]]


@pytest.fixture(scope="session")
def axe(tool: Callable[[str], str]) -> Callable[..., Found]:
    node = tool("node")
    for module in ("axe-core", "jsdom"):
        found = subprocess.run([node, "-e", f"require.resolve('{module}')"], capture_output=True)
        if found.returncode:
            missing(f"the npm module {module} (on NODE_PATH)")

    def run(*pages: Path) -> Found:
        done = subprocess.run(
            [node, str(AXE), *map(str, pages)], capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        read: Any = json.loads(done.stdout)
        return {Path(path).stem: told for path, told in read.items()}

    return run


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("portal")
    found = []
    for name in REPORTS:
        page = generated(folder, name, "--html").with_suffix(".html")
        found.append(page.rename(folder / f"{name}.html"))
    return found


def test_no_page_violates_a_rule(axe: Callable[..., Found], pages: list[Path]) -> None:
    found = axe(*pages)
    assert set(found) == set(REPORTS)
    assert {name: told["violations"] for name, told in found.items() if told["violations"]} == {}
    tried = {rule for told in found.values() for rule, _ in told["passes"]}
    assert tried >= ASKED


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (' lang="zh-Hans"', "", "html-has-lang"),
        ('headers="t1', 'headers="t9', "td-headers-attr"),
        ('scope="row"', 'scope="rwo"', "scope-attr-valid"),
        ("<title>云岭县", "<title></title><meta name='", "document-title"),
        ("<h2", "<h4", "heading-order"),
    ],
)
def test_a_page_that_is_spoilt_does(
    axe: Callable[..., Found], pages: list[Path], tmp_path: Path, old: str, new: str, rule: str
) -> None:
    text = pages[0].read_text("utf-8")
    assert old in text
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(text.replace(old, new), "utf-8")
    assert rule in {name for name, _ in axe(spoilt)["spoilt"]["violations"]}
