"""Each module knows only those above it, and no code knows the words of a form."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from support import FORM, SECOND, SOURCES, read_form

from nianbao.form import Form, Group, Row, Table

ORDER = [
    "diagnostics",
    "catalog",
    "excerpt",
    "wording",
    "equation",
    "encoding",
    "characters",
    "passage",
    "indentation",
    "punctuation",
    "scan",
    "complaint",
    "source",
    "inputfile",
    "keys",
    "numeral",
    "clause",
    "phrase",
    "claim",
    "subject",
    "denial",
    "statement",
    "requirement",
    "form",
    "figure",
    "declaration",
    "claimfile",
    "requirementfile",
    "formfile",
    "report",
    "narrative",
    "tablefile",
    "reportfile",
    "checks",
    "answers",
    "package",
    "layout",
    "audit",
    "render",
    "anchor",
    "reviewcopy",
    "delivery",
    "mending",
    "pipeline",
    "starter",
    "console",
    "cli",
]

CHECKS = sorted((SOURCES / "checks").glob("*.py"))
"""A package that takes one place in the order."""
MODULES = sorted(path for path in SOURCES.glob("*.py") if not path.stem.startswith("__")) + CHECKS


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(top-level package, module of ours or "") of each import in a file, lazy ones too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                top, _, rest = name.name.partition(".")
                yield top, rest
        elif isinstance(node, ast.ImportFrom):
            top, _, rest = (node.module or "").partition(".")
            if top == "nianbao" and not rest:
                for name in node.names:
                    yield top, name.name
            else:
                yield top, rest


def place_of(path: Path) -> str:
    """A module's name in the order; that of its package for one of several."""
    return "checks" if path in CHECKS else path.stem


def test_every_module_has_its_place_in_the_order() -> None:
    assert sorted({place_of(path) for path in MODULES}) == sorted(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_only_those_above_it(path: Path) -> None:
    own = {rest.partition(".")[0] for top, rest in imports(path) if top == "nianbao" and rest}
    own -= {"checks"} if path in CHECKS else set()
    assert own <= set(ORDER[: ORDER.index(place_of(path))])


@pytest.mark.parametrize(
    ("library", "module"),
    [
        ("docxtpl", "render"),
        ("jinja2", "render"),
        ("opencc", "wording"),
        ("click", "cli"),
        ("docx", "reviewcopy"),
    ],
)
def test_a_library_has_one_importer(library: str, module: str) -> None:
    assert {path.stem for path in MODULES if library in dict(imports(path))} == {module}


def test_only_console_prints() -> None:
    for path in MODULES:
        calls = [
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        ]
        writers = {"print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write"}
        assert path.stem == "console" or not writers & set(calls), path.stem


def test_the_ties_alone_are_errors() -> None:
    """`checks.that_block` asks no other check."""
    makers = {
        path.stem
        for path in CHECKS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("error", "unusable")
    }
    assert makers == {"ties"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_opens_with_what_it_knows(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert len(said.split()) >= 12
    assert said.endswith((".", ")"))


def words_of(form: Form) -> set[str]:
    """Every label of a form, and its keys of four characters and more."""
    words = {form.name, form.document_number}
    for section in form.sections:
        words |= {section.key, section.label, section.name}
        if section.table:
            words |= set(words_of_table(section.table))
    words |= {line.name for line in form.lines}
    return {word for word in words if len(word) >= 4} | {
        label for section in form.sections if section.table for label in labels_of(section.table)
    }


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


FORMS = [FORM, SECOND / "enforcement-2023.form.yaml"]


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_code_knows_a_word_of_a_form(path: Path, form: Path) -> None:
    words = words_of(read_form(form))
    assert len(words) > 8
    found = {word for piece in code_of(path) for word in words if word in piece}
    assert not found


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_comment_leans_on_a_word_of_a_form(path: Path, form: Path) -> None:
    words = {word for word in words_of(read_form(form)) if len(word) >= 4}
    tokens = tokenize.tokenize(BytesIO(path.read_bytes()).readline)
    spoken = [t.string for t in tokens if t.type in (tokenize.COMMENT, tokenize.STRING)]
    assert not {word for piece in spoken for word in words if word in piece}
