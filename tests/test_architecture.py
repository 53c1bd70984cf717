"""Each module knows only those above it, and no code knows the words of a form."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from support import ROOT, SMALL_FORMS, SOURCES, TEMPLATES, read_form

from nianbao import catalog
from nianbao.form.form import Form, Table
from nianbao.form.row import Group, Row

ROOMS: dict[str, tuple[str, ...]] = {
    "chinese": ("lines", "excerpt", "wording", "characters", "numeral", "clause", "phrase"),
    "source": (
        "encoding",
        "names",
        "standins",
        "typed",
        "brackets",
        "reading",
        "marks",
        "comments",
        "punctuation",
        "indentation",
        "misplaced",
        "passage",
        "narrative",
        "stray",
        "unkeyed",
        "pastedanswers",
        "alike",
        "scan",
        "complaint",
        "tree",
        "builder",
        "parsing",
        "inputfile",
        "keys",
        "proof",
        "mending",
    ),
    "form": (
        "contract",
        "manner",
        "equation",
        "claim",
        "requirement",
        "kind",
        "row",
        "nothing",
        "condition",
        "tie",
        "form",
        "traditional",
        "dated",
        "figure",
        "edition",
        "reach",
        "occurrence",
        "words",
        "distinct",
        "misspelt",
        "declaration",
        "kindfile",
        "headfile",
        "blockfile",
        "tiefile",
        "blankfile",
        "claimfile",
        "requirementfile",
        "pair",
        "formfile",
        "schema",
    ),
    "sentence": (
        "language",
        "office",
        "words",
        "phrase",
        "said",
        "course",
        "distribution",
        "place",
        "comparison",
        "sums",
        "statement",
        "number",
        "denial",
        "totality",
        "passage",
        "money",
        "reading",
        "example",
    ),
    "report": (
        "report",
        "page",
        "balance",
        "edition",
        "bound",
        "identity",
        "reading",
        "barerow",
        "rowplace",
        "slip",
        "option",
        "cellfile",
        "rowfile",
        "addedfile",
        "subtotalfile",
        "tablefile",
        "headfile",
        "narrativefile",
        "answersfile",
        "reportfile",
        "answers",
    ),
    "checks": (),
    "word": (
        "allowed",
        "archive",
        "opc",
        "packagefile",
        "package",
        "layout",
        "title",
        "column",
        "values",
        "plan",
        "printed",
        "readback",
        "aboard",
        "changed",
        "render",
        "edition",
        "anchor",
        "trees",
        "template",
        "language",
        "labels",
        "measure",
        "vocabulary",
        "field",
        "seen",
        "faint",
        "guard",
        "margin",
        "audit",
        "instructions",
        "marked",
        "pieces",
        "compiled",
        "commenting",
        "annotated",
        "reviewcopy",
    ),
    "portal": ("heads", "dress", "markup", "readback"),
    "intake": (
        "endings",
        "blocks",
        "numbering",
        "wordfile",
        "docx",
        "page",
        "pasted",
        "opening",
        "labels",
        "value",
        "match",
        "listing",
        "parts",
        "head",
        "reading",
        "draft",
    ),
    "county": (
        "roster",
        "returned",
        "differing",
        "standing",
        "rollup",
        "alike",
        "returns",
        "trace",
        "sheet",
        "ledger",
        "square",
        "tablesheet",
        "rawsheet",
        "lists",
        "workbook",
    ),
    "desk": (
        "delivery",
        "plaindata",
        "cachefolder",
        "artefact",
        "shelved",
        "prepared",
        "shelf",
        "paper",
        "documents",
        "outcome",
        "comparison",
        "lastyear",
        "remains",
        "webpage",
        "mailing",
        "annotating",
        "pipeline",
        "targets",
        "invocation",
        "importing",
        "comparing",
        "proposal",
        "writeback",
        "starter",
        "newyear",
        "parsed",
        "altered",
        "record",
        "console",
        "listing",
        "inbox",
        "gathering",
        "countyfile",
        "rollingup",
        "forunits",
        "rollupsaid",
        "countycommands",
        "usage",
        "cli",
    ),
}
"""Each room's modules, each importing only those before it; checks are each other's equals."""

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "chinese": (),
    "source": ("chinese",),
    "form": ("source", "chinese"),
    "sentence": ("form", "chinese"),
    "report": ("form", "source", "chinese"),
    "checks": ("report", "sentence", "form", "chinese"),
    "word": ("report", "form", "chinese"),
    "portal": ("report", "form", "chinese"),
    "intake": ("word", "form", "chinese"),
    "county": ("word", "checks", "report", "form", "source", "chinese"),
    "desk": (
        "county",
        "intake",
        "portal",
        "word",
        "checks",
        "report",
        "sentence",
        "form",
        "source",
        "chinese",
    ),
}
"""The arrows between rooms; the root (diagnostics, catalog) is anyone's."""

SPREADSHEET = ("square", "tablesheet", "rawsheet", "lists", "workbook")
"""Who knows openpyxl: nobody imports them but for --workbook."""

BY_LXML = (
    *("trees", "template", "language", "measure", "field", "seen", "faint", "guard", "margin"),
    *("audit", "instructions", "marked", "compiled"),
)
"""What looks a template over or compiles it; what runs for each report reads by expat."""

READERS = {
    "report.addedfile",
    "report.answersfile",
    "report.bound",
    "report.cellfile",
    "report.headfile",
    "report.identity",
    "report.narrativefile",
    "report.reportfile",
    "report.rowfile",
    "report.slip",
    "report.subtotalfile",
    "report.tablefile",
    "form.declaration",
    "form.formfile",
    "form.blankfile",
    "form.headfile",
    "form.kindfile",
    "form.blockfile",
    "form.tiefile",
    "form.claimfile",
    "form.requirementfile",
}
"""Who reads YAML: neither a check nor a page may ask them."""

ROOT_MODULES = ("catalog", "diagnostics", "frozen", "regularfile")
MODULES = sorted(path for path in SOURCES.rglob("*.py") if path.name != "__main__.py")


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(top-level package, module of ours or "") of each import in a file, lazy ones too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                top, _, rest = name.name.partition(".")
                yield top, rest
        elif isinstance(node, ast.ImportFrom):
            top, _, rest = (node.module or "").partition(".")
            inside = SOURCES / rest.replace(".", "/")
            if top == "nianbao" and inside.is_dir():
                for name in node.names:
                    yield top, f"{rest}.{name.name}" if rest else name.name
            else:
                yield top, rest


def name_of(path: Path) -> str:
    """A module as others import it: source.tree, diagnostics."""
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts)


def ours(path: Path) -> set[str]:
    return {rest for top, rest in imports(path) if top == "nianbao" and rest}


def test_every_module_has_its_room() -> None:
    found = {name_of(path) for path in MODULES} - {"__init__"}
    declared = {f"{room}.{module}" for room, modules in ROOMS.items() for module in modules}
    declared |= {f"{room}.__init__" for room in ROOMS} | set(ROOT_MODULES)
    assert {name for name in found if not name.startswith("checks.")} == declared - {
        "checks.__init__"
    }


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down_only(path: Path) -> None:
    room, _, module = name_of(path).partition(".")
    for name in ours(path):
        other, _, theirs = name.partition(".")
        if other in ROOT_MODULES or other.startswith("__"):
            continue
        assert room in ROOMS, f"the root imports {name}"
        if other != room:
            assert other in MAY_IMPORT[room], name
        elif room != "checks":
            order = ROOMS[room]
            assert order.index(theirs) < order.index(module), name


def test_the_map_shows_every_room_and_every_file() -> None:
    """CONTRIBUTING.md: the rooms in a table, a list of its files for each."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for path in MODULES:
        room, _, module = name_of(path).rpartition(".")
        if module != "__init__" and room:
            (shown,) = re.findall(rf"(?ms)^\*\*{room}\*\*(.*?)(?=^\*\*|^表的)", text)
            assert f"`{module}`" in shown, path
    assert [room for room in re.findall(r"(?m)^\| `(\w+)` \|", text) if room in ROOMS] == list(
        ROOMS
    )


@pytest.mark.parametrize("room", ["checks", "word"])
def test_neither_a_check_nor_a_page_reads_yaml(room: str) -> None:
    for path in MODULES:
        if name_of(path).startswith(f"{room}."):
            assert not ours(path) & READERS
            assert not {name for name in ours(path) if name.startswith("source.")}
            assert "yaml" not in dict(imports(path))


@pytest.mark.parametrize(
    ("library", "modules"),
    [
        ("docxtpl", {"word.instructions"}),
        ("jinja2", {"word.instructions"}),
        ("opencc", {"chinese.wording"}),
        ("click", {"desk.cli", "desk.countycommands", "desk.targets", "desk.usage"}),
        ("docx", {"word.annotated", "word.commenting", "word.reviewcopy"}),
        ("lxml", {f"word.{name}" for name in BY_LXML}),
        ("openpyxl", {f"county.{name}" for name in SPREADSHEET}),
    ],
)
def test_a_library_is_imported_where_it_belongs(library: str, modules: set[str]) -> None:
    assert {name_of(path) for path in MODULES if library in dict(imports(path))} == modules


def test_one_module_looks_for_the_ends_of_lines() -> None:
    text = {name_of(path): path.read_text("utf-8") for path in MODULES}
    found = {name for name, code in text.items() if "\\r\\n|" in code or ".splitlines(" in code}
    assert found == {"chinese.lines"}


def test_only_console_prints() -> None:
    for path in MODULES:
        calls = [
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        ]
        writers = {"print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write"}
        assert name_of(path) == "desk.console" or not writers & set(calls), path.stem


def test_the_ties_and_two_checks_of_the_text_are_errors() -> None:
    """`checks.that_block` asks the ties alone: a text keeps no figures from being compared."""
    errors = {entry.code for entry in catalog.entries() if entry.severity == "错误"}
    makers = {
        name_of(path)
        for path in MODULES
        if name_of(path).startswith("checks.") and errors & set(code_of(path))
    }
    assert makers == {"checks.ties", "checks.dates", "checks.sample"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_what_it_knows(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert len(said.split()) >= 12
    assert said.endswith((".", ")"))


ORDINARY = {"名称", "总数", "类别", "小计"}
"""Labels of an official form that are also what the tool calls a name, a total, a roster's kind."""


def words_of(form: Form) -> set[str]:
    """Every label of a form, and its keys of four characters and more."""
    words = {form.name, form.document_number}
    for section in form.sections:
        words |= {section.key, section.label, section.name}
        if section.table:
            words |= set(words_of_table(section.table))
    words |= {line.name for line in form.lines}
    tables = [section.table for section in form.sections if section.table]
    labels = {label for table in tables for label in labels_of(table)}
    return {word for word in words if len(word) >= 4} | (labels - ORDINARY)


def words_of_table(table: Table) -> Iterator[str]:
    for item in (*table.groups(), *table.rows()):
        yield from item.wordings
    for row in table.rows():
        for column in row.columns:
            yield from (*column.wordings, *column.above)
    yield from (tie.name for tie in table.ties)


def labels_of(table: Table) -> Iterator[str]:
    for item in (*table.groups(), *table.rows()):
        yield item.label
        if isinstance(item, Row):
            yield from (column.label for column in item.columns)
        assert isinstance(item, Group | Row)


@cache
def code_of(path: Path) -> list[str]:
    """The string literals of a file that are no docstrings, and its names."""
    pieces = []
    tree = ast.parse(path.read_text("utf-8"))
    documented = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    bare = {n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)} | documented
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in bare:
            pieces.append(node.value)
        elif isinstance(node, ast.Name):
            pieces.append(node.id)
    return pieces


FORMS = [*sorted(TEMPLATES.glob("*.form.yaml")), *sorted(SMALL_FORMS.glob("*/*.form.yaml"))]


@cache
def words_of_file(form: Path) -> set[str]:
    return words_of(read_form(form))


@cache
def spoken_in(path: Path) -> list[str]:
    tokens = tokenize.tokenize(BytesIO(path.read_bytes()).readline)
    return [t.string for t in tokens if t.type in (tokenize.COMMENT, tokenize.STRING)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_code_knows_a_word_of_a_form(path: Path) -> None:
    code = "\n".join(code_of(path))
    for form in FORMS:
        words = words_of_file(form)
        assert len(words) > 8
        assert not {word for word in words if word in code}, form.stem


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_comment_leans_on_a_word_of_a_form(path: Path) -> None:
    said = "\n".join(spoken_in(path))
    for form in FORMS:
        words = {word for word in words_of_file(form) if len(word) >= 4}
        assert not {word for word in words if word in said}, form.stem
