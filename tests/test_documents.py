"""What docs/ says is so: its examples are run, and whatever is cited from it stands there.

What is decided and not there yet is marked （还没有做）; a mark that has been
outrun by the code is a failure here.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import ROOT, check, nianbao, read_form

from nianbao import catalog
from nianbao.form import declaration, formfile
from nianbao.form.declaration import Declaration
from nianbao.sentence import example

DOCS = ROOT / "docs"
INPUT = ROOT / "docs/input.md"
COMMANDS = ROOT / "docs/commands.md"
LANGUAGE = ROOT / "docs/form-language.md"
CHECKS = ROOT / "docs/checks.md"
FINDINGS = ROOT / "docs/findings.md"
CONTRACT = (INPUT, COMMANDS, LANGUAGE, CHECKS)
MARK = "（还没有做"
CITED = re.compile(r"[A-Za-z0-9_./-]+\.md\b")
SECTION = re.compile(r"([A-Za-z0-9_./-]+\.md), “([^”]+)”")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HOME = "/home/年报"
"""What the documents call the folder that the commands are run in."""
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def texts() -> Iterator[tuple[str, str]]:
    """Every source and test by its path, with paths that are put together (`/`) written as one."""
    for folder in (ROOT / "src", ROOT / "tests"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".yaml", ".md"):
                text = path.read_text("utf-8").replace('" / "', "/")
                yield path.relative_to(ROOT).as_posix(), re.sub(r"\s+", " ", text)


def fences_removed(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The headings of a page as GitHub's links name them."""
    headings = HEADING.findall(fences_removed(path.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- what cites, and what is cited --------------------------------------------------


def test_a_document_that_is_cited_is_a_path_from_the_root() -> None:
    missing = {
        (where, cited)
        for where, text in texts()
        for cited in CITED.findall(text)
        if not (ROOT / cited).is_file()
    }
    assert not missing


def test_a_section_that_is_cited_is_a_heading() -> None:
    missing = {
        (where, cited, section)
        for where, text in texts()
        for cited, section in SECTION.findall(text)
        if (ROOT / cited).is_file()
        and not any(section in h for h in HEADING.findall((ROOT / cited).read_text("utf-8")))
    }
    assert not missing


@pytest.mark.parametrize(
    "page", [*sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("*.md"))], ids=lambda page: page.stem
)
def test_a_link_leads_somewhere(page: Path) -> None:
    for path, anchor in re.findall(r"\]\(([^)#:]*)#?([^)]*)\)", page.read_text("utf-8")):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), anchor


# --- the marks ----------------------------------------------------------------------


@pytest.mark.parametrize("page", CONTRACT, ids=lambda page: page.stem)
def test_there_is_one_mark_and_the_page_explains_it(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "标着（还没有做）的，是已经定下、程序还不会的；做好了，就去掉这几个字。" in text
    assert text.count("还没有做") == text.count(MARK)


def marked(page: Path) -> set[str]:
    """What a page says is not there yet: words and options right before a mark."""
    found = re.findall(rf"`([^`]+)`{MARK}", page.read_text("utf-8"))
    return {word for text in found for word in re.split(r"[ :]", text)[:1]}


# --- the form language ----------------------------------------------------------------


@pytest.fixture(scope="module")
def own_form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples of the form language, which are one form file in pieces."""
    path = tmp_path_factory.mktemp("forms") / "library-2024.form.yaml"
    path.write_text("".join(YAML.findall(LANGUAGE.read_text("utf-8"))), "utf-8")
    return path


@pytest.fixture
def accepted_keys(own_form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every key that a reader of form files asks for, but for the names of its own parts."""
    asked: set[str] = set()

    class Noting(Declaration):
        def end(self) -> None:
            if self._within != "“称作”":
                asked.update(self._asked)
            super().end()

    monkeypatch.setattr(declaration, "Declaration", Noting)
    formfile.load(Path(shutil.copy(own_form, tmp_path)))
    return asked


def test_every_key_of_a_form_file_is_described(accepted_keys: set[str]) -> None:
    assert {"适用年度", "存量", "可不写", "每行", "随", "整句不读", "称作"} <= accepted_keys
    text = LANGUAGE.read_text("utf-8")
    assert not {key for key in accepted_keys if f"`{key}`" not in text}
    assert not accepted_keys & marked(LANGUAGE)


def test_the_examples_of_the_form_language_are_a_form_and_use_every_key(
    own_form: Path, accepted_keys: set[str]
) -> None:
    assert len(read_form(own_form).cells) > 0
    text = own_form.read_text("utf-8")
    assert not {key for key in accepted_keys if not re.search(rf"(?<!\w){key}: ?", text)}


def test_the_sentences_of_the_form_language_are_read_so(own_form: Path) -> None:
    form = read_form(own_form)
    assert len([e for t in form.claims.topics for c in t.claims for e in c.examples]) > 3
    assert list(example.misread(form)) == []


# --- the commands -----------------------------------------------------------------------


def test_every_command_and_option_is_described(tmp_path: Path) -> None:
    text = COMMANDS.read_text("utf-8")
    sections = dict(re.findall(r"^## ([a-z]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    listed = nianbao("--help", cwd=tmp_path).out.partition("\n命令")[2]
    commands = re.findall(r"^ +([a-z]+) ", listed, re.MULTILINE)
    assert len(commands) > 5
    assert not set(commands) - set(sections)
    options = {"--help"}
    for command in commands:
        own = nianbao(command, "--help", cwd=tmp_path).out
        names = set(re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", own, re.MULTILINE)) - {"--output"}
        options |= names
        assert not {name for name in names - {"--help"} if name not in sections[command]}
    assert not (options | set(commands)) & marked(COMMANDS)


def test_the_console_says_what_the_commands_print(
    workplace: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))  # found there: no folder said

    def rerun(block: re.Match[str]) -> str:
        told = []
        for command in re.findall(r"^\$ nianbao (.+)$", block[0], re.MULTILINE):
            ran = nianbao(*command.split(), cwd=workplace)
            said = (ran.out + ran.err).replace(str(workplace), HOME)
            told.append(f"$ nianbao {command}\n{said}")
        return "".join(told)

    text = COMMANDS.read_text("utf-8")
    assert len(CONSOLE.findall(text)) > 3
    golden(COMMANDS, CONSOLE.sub(rerun, text))


# --- the input and the findings -----------------------------------------------------------


def test_the_example_of_an_input_has_no_error(tmp_path: Path) -> None:
    path = tmp_path / "2025.yaml"
    path.write_text(YAML.findall(INPUT.read_text("utf-8"))[0], "utf-8")
    assert not [f for f in check(path)["findings"] if f["severity"] == "error"]


def test_every_code_is_described_and_every_code_described_is_one() -> None:
    codes = {entry.code for entry in catalog.entries()}
    pages = {page: page.read_text("utf-8") for page in sorted(DOCS.glob("*.md"))}
    listed = pages[CHECKS] + pages[FINDINGS]
    assert not {code for code in codes if code not in listed}
    assert not {c for c in codes if re.match("N[1-3]|[TC]|V2", c) and c not in pages[CHECKS]}
    for page, text in pages.items():
        named = set(re.findall(r"\b[YSVTNCLFW]\d{3}\b", fences_removed(text)))
        assert not named - codes, page
