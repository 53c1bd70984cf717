"""What arrives by mail can do nothing but be read: refused in words, in time, in memory.

Each case is a run of the command in a process of its own, measured. These are one or a few of
each kind; tests/slow/test_hostile_all.py tries every one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support import part

from hostile import forms, honest, inputs, judge, packages
from hostile.outside import SUPPORTED, Place, Yard, quiet

pytestmark = pytest.mark.skipif(not SUPPORTED, reason="memory is measured as Linux tells it")


def test_the_registries_are_as_large_as_they_should_be() -> None:
    assert len(packages.CASES) >= 110
    assert len(forms.CASES) >= 35
    assert len(inputs.CASES) >= 25
    assert len(honest.CASES) >= 15
    tried = (packages.EVERY_TIME, forms.EVERY_TIME, inputs.EVERY_TIME)
    assert sum(map(len, tried)) >= 160


@pytest.mark.parametrize(
    "case",
    part(6, (c for c in packages.CASES if c.name in packages.EVERY_TIME)),
    ids=lambda c: c.name,
)
def test_a_hostile_package_is_refused(case: packages.Package, at: Place) -> None:
    assert not judge.package(case, at)


@pytest.mark.parametrize(
    "name",
    ["field-ddeauto", "chunk-of-html", "member-name-climbs", "zip-before-another", "change-ins"],
)
def test_nothing_is_written_from_a_hostile_package(name: str, at: Place) -> None:
    (case,) = [case for case in packages.CASES if case.name == name]
    assert not judge.nothing_written(case, at)


@pytest.mark.parametrize(
    "case", part(6, (c for c in forms.CASES if c.name in forms.EVERY_TIME)), ids=lambda c: c.name
)
def test_a_hostile_form_is_refused_at_its_line(case: forms.Form, at: Place) -> None:
    assert not judge.form(case, at)


@pytest.mark.parametrize(
    "case", part(6, (c for c in inputs.CASES if c.name in inputs.EVERY_TIME)), ids=lambda c: c.name
)
def test_a_hostile_input_is_refused_or_read(case: inputs.Input, at: Place) -> None:
    assert not judge.input_file(case, at)


@pytest.mark.parametrize("case", part(4, honest.CASES), ids=lambda c: c.name)
def test_a_restyled_template_passes(case: honest.Template, at: Place, plain: object) -> None:
    assert not judge.honest(case, at, plain)


# --- what is no file ------------------------------------------------------------------------


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _random(path: Path) -> None:
    path.symlink_to("/dev/urandom")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def _folder(path: Path) -> None:
    path.mkdir()


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def _itself(path: Path) -> None:
    path.symlink_to(path.name)


PLANTED = [_fifo, _zeros, _random, _sparse, _folder, _nowhere, _itself]


def _answer(
    at: Place, yard: Yard, path: Path, plant: Callable[[Path], None]
) -> tuple[list[str], str]:
    """Complaints, and all that was said."""
    path.unlink()
    plant(path)
    run = at.worker.run("check", "--format", "json", yard.input.name, cwd=yard.folder)
    complaints = quiet(run)
    if run.code not in (1, 3):
        return [*complaints, f"exit code {run.code}"], ""
    errors = [f for f in run.findings() if f["severity"] == "error"]
    return complaints, " ".join(f"{f['message']} {f.get('file', '')}" for f in errors)


_EACH = pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))


@_EACH
def test_a_template_that_is_no_regular_file_is_told(
    at: Place, plant: Callable[[Path], None]
) -> None:
    complaints, said = _answer(at, at.small, at.small.template, plant)
    assert not complaints
    assert at.small.template.name in said


@_EACH
def test_a_form_that_is_no_regular_file_is_told(at: Place, plant: Callable[[Path], None]) -> None:
    """The program has no form of that kind aboard, so that nothing can stand in for it."""
    complaints, said = _answer(at, at.big, at.big.form, plant)
    assert not complaints
    assert at.big.form.name in said


@_EACH
def test_an_input_that_is_no_regular_file_is_told(at: Place, plant: Callable[[Path], None]) -> None:
    complaints, said = _answer(at, at.small, at.small.input, plant)
    assert not complaints
    assert said
