"""What is kept is used where it is whole and ours, and never changes what is printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from support import SECOND, in_own_process, nianbao

from nianbao.desk import artefact, cachefolder, prepared, shelved
from nianbao.form import formfile
from nianbao.word import audit

FORM, TEMPLATE = "enforcement-2023.form.yaml", "enforcement-2023.docx"


@dataclass
class Yard:
    """A clerk's folder with a form of its own, and a cache folder that nobody has used yet."""

    folder: Path

    @property
    def cache(self) -> Path:
        return self.folder / "cache" / "nianbao"

    @property
    def form(self) -> Path:
        return self.folder / "templates" / "docx" / FORM

    @property
    def template(self) -> Path:
        return self.form.with_name(TEMPLATE)

    def kept(self, kind: str = "form") -> Path:
        """The one file of a kind that is kept."""
        (found,) = self.cache.glob(f"{kind}-*.json")
        return found

    def run(self, *options: str) -> bytes:
        """The report that a run of a new process would print."""
        forget()
        document = self.folder / "outputs" / "2025.docx"
        document.unlink(missing_ok=True)
        ran = nianbao("generate", "2025.yaml", *options, cwd=self.folder)
        assert (ran.code, ran.err) == (0, "")
        return document.read_bytes()


def forget() -> None:
    """As in a process that has read nothing yet."""
    kept = (prepared.verdict, prepared.opened, prepared.compiled)
    for read in (shelved._form, *kept, formfile.read):
        read.cache_clear()


@pytest.fixture
def yard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Yard:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    made = Yard(tmp_path)
    made.form.parent.mkdir(parents=True)
    for name in (FORM, TEMPLATE):
        shutil.copy(SECOND / name, made.form.parent)
    shutil.copy(SECOND / "2025.yaml", tmp_path / "2025.yaml")
    return made


def no_more(monkeypatch: pytest.MonkeyPatch, *things: tuple[Any, str]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("made again")

    for owner, name in things:
        monkeypatch.setattr(owner, name, fail)


class Counter:
    """Calls what it stands for, and counts."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self.real, self.calls = real, 0

    def __call__(self, *arguments: Any) -> Any:
        self.calls += 1
        return self.real(*arguments)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """How often this form file was read as a form."""
    counted = Counter(formfile.read.__wrapped__)

    def read(path: Path, data: bytes) -> Any:
        return counted(path, data) if path.name == FORM else counted.real(path, data)

    read.cache_clear = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setattr(formfile, "read", read)
    return counted


def test_the_second_run_reads_no_form_and_audits_no_template(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = yard.run()
    assert yard.kept("verdict").stat().st_size > 0
    forget()
    with monkeypatch.context() as patch:
        no_more(patch, (audit, "audit"), (formfile, "_Reader"))
        assert yard.run() == first


# --- changed, damaged ---------------------------------------------------------------


def test_a_form_that_changed_is_read_anew(yard: Yard) -> None:
    yard.run()
    text = yard.form.read_text("utf-8")
    yard.form.write_text(text + "# 改过\n", "utf-8")
    yard.run()
    assert len(list(yard.cache.glob("form-*.json"))) == 2
    yard.form.write_text(text.replace("适用年度: 2023-", "适用年度: 近年"), "utf-8")
    forget()
    assert nianbao("check", "2025.yaml", cwd=yard.folder).code == 3


def test_a_template_that_changed_is_audited_anew(yard: Yard) -> None:
    yard.run()
    yard.template.write_bytes(yard.template.read_bytes()[:-100])
    forget()
    ran = nianbao("check", "2025.yaml", cwd=yard.folder)
    assert (ran.code, "L101" in ran.out) == (3, True)
    yard.template.unlink()
    forget()
    ran = nianbao("check", "2025.yaml", cwd=yard.folder)
    assert (ran.code, "L101" in ran.out) == (3, True)


def test_what_is_wrong_with_a_template_is_told_by_every_run(yard: Yard) -> None:
    shutil.copy(SECOND.parent / "training" / "training-2025.docx", yard.template)
    said = []
    for _ in range(2):
        forget()
        said.append(nianbao("check", "2025.yaml", cwd=yard.folder))
    assert said[0].code == 3
    assert said[0].out.count(TEMPLATE) > 1
    assert said[0] == said[1]


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "only the digest": lambda data: data.partition(b"\n")[0] + b"\n",
    "one bit": flipped,
    "zeros": lambda data: bytes(len(data)),
    "something else": lambda data: b"PK\x03\x04",
    "of another kind": lambda data: artefact.packed("text", ()),
}


@pytest.mark.parametrize("kind", ["form", "verdict"])
@pytest.mark.parametrize("damage", DAMAGE, ids=str)
def test_what_is_damaged_is_made_again(yard: Yard, damage: str, kind: str) -> None:
    first = yard.run()
    whole = yard.kept(kind).read_bytes()
    yard.kept(kind).write_bytes(DAMAGE[damage](whole))
    assert yard.run() == first
    assert yard.kept(kind).read_bytes() == whole


def test_what_another_program_made_is_not_used(
    yard: Yard, monkeypatch: pytest.MonkeyPatch, readings: Counter
) -> None:
    yard.run()
    yard.run()
    assert readings.calls == 1
    monkeypatch.setattr(artefact, "_sources_of", lambda room: b"another")
    yard.run()
    assert readings.calls == 2


def test_every_source_that_makes_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "nianbao"
    shutil.copytree(artefact._SOURCES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(artefact, "_SOURCES", copy)

    def name() -> str:
        artefact._sources_of.cache_clear()
        return artefact.name_of("form", [b"x"], artefact.READING)

    names = [name()]
    for source in ("form/tiefile.py", "source/scan.py", "chinese/phrase.py"):
        text = (copy / source).read_text("utf-8")
        (copy / source).write_text(text.replace("True", "Tru3", 1), "utf-8")
        names.append(name())
    artefact._sources_of.cache_clear()
    assert len(set(names)) == 4


# --- other people --------------------------------------------------------------------


def forged(yard: Yard) -> bytes:
    """A kept form as somebody would like it: its digest is right, its title is not."""
    form = formfile.load(yard.form)
    return artefact.packed(replace(form, path=Path(FORM), title="冒充的标题"), artefact.FORM)


def open_file(yard: Yard) -> None:
    yard.kept().chmod(0o666)


def open_folder(yard: Yard) -> None:
    yard.cache.chmod(0o777)


def linked_file(yard: Yard) -> None:
    elsewhere = yard.folder / "elsewhere.json"
    shutil.move(yard.kept(), elsewhere)
    (yard.cache / elsewhere.name).unlink(missing_ok=True)
    name = artefact.name_of("form", [FORM.encode(), yard.form.read_bytes()], artefact.READING)
    (yard.cache / name).symlink_to(elsewhere)


def linked_folder(yard: Yard) -> None:
    elsewhere = yard.folder / "elsewhere"
    shutil.move(yard.cache, elsewhere)
    yard.cache.symlink_to(elsewhere)


@pytest.mark.skipif(os.name == "nt", reason="modes and links are POSIX's")
@pytest.mark.parametrize("left", [open_file, open_folder, linked_file, linked_folder])
def test_what_others_may_have_written_is_not_used(yard: Yard, left: Callable[[Yard], None]) -> None:
    first = yard.run()
    yard.kept().write_bytes(forged(yard))
    assert yard.run() != first, "a forgery in our own folder would be believed"
    left(yard)
    assert yard.run() == first


@pytest.mark.skipif(os.name == "nt", reason="owners are POSIX's")
def test_what_belongs_to_somebody_else_is_not_used(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = yard.run()
    yard.kept().write_bytes(forged(yard))
    before = {path: path.read_bytes() for path in yard.cache.iterdir()}
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert yard.run() == first
    assert {path: path.read_bytes() for path in yard.cache.iterdir()} == before


# --- nowhere to keep it ----------------------------------------------------------------


@pytest.mark.parametrize("place", ["the folder is a file", "its parent is", "a fifo"])
def test_where_nothing_can_be_kept_it_is_done_without(yard: Yard, place: str) -> None:
    first = yard.run()
    shutil.rmtree(yard.cache.parent)
    if place == "the folder is a file":
        yard.cache.parent.mkdir()
        yard.cache.write_text("x", "utf-8")
    elif place == "its parent is":
        yard.cache.parent.write_text("x", "utf-8")
    else:
        yard.run()
        kept = yard.kept()
        kept.unlink()
        os.mkfifo(kept)
    assert yard.run() == first


def test_a_full_disk_leaves_nothing_half_there(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    first = yard.run()
    shutil.rmtree(yard.cache)
    real = os.replace

    def full(source: Any, target: Any) -> None:
        if str(target).endswith(".json"):
            raise OSError(28, "no space")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    assert yard.run() == first
    assert list(yard.cache.iterdir()) == []


def test_without_a_home_there_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("LOCALAPPDATA", "")
    monkeypatch.setenv("HOME", "")
    assert cachefolder.folder() is None


# --- forbidden --------------------------------------------------------------------------


def test_no_cache_neither_writes_nor_reads(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    first = yard.run("--no-cache")
    assert not yard.cache.exists()
    monkeypatch.setenv("NIANBAO_NO_CACHE", "1")
    assert yard.run() == first
    assert not yard.cache.exists()
    monkeypatch.delenv("NIANBAO_NO_CACHE")
    yard.run()
    yard.kept().write_bytes(forged(yard))
    assert yard.run("--no-cache") == first
    monkeypatch.setenv("NIANBAO_NO_CACHE", "1")
    assert yard.run() == first


@pytest.mark.parametrize("command", ["check", "review", "fix", "forms"])
def test_every_command_takes_it(yard: Yard, command: str) -> None:
    file = () if command == "forms" else ("2025.yaml",)
    assert nianbao(command, "--no-cache", *file, cwd=yard.folder).code == 0
    assert not yard.cache.exists()


# --- what comes with the program -----------------------------------------------------------


def test_what_comes_with_the_program_is_used_even_so(
    yard: Yard, monkeypatch: pytest.MonkeyPatch, readings: Counter
) -> None:
    first = yard.run()
    shutil.move(yard.cache, yard.folder / "packaged")
    monkeypatch.setattr(artefact, "PACKAGED", yard.folder / "packaged")
    assert yard.run("--no-cache") == first
    assert yard.run() == first
    assert readings.calls == 1
    assert not yard.cache.exists()


# --- many runs ---------------------------------------------------------------------------


def test_runs_at_once_do_not_disturb_each_other(yard: Yard) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "nianbao", "generate", "2025.yaml", "-o", f"{n}.docx"],
            cwd=yard.folder,
            stdout=subprocess.DEVNULL,
        )
        for n in range(4)
    ]
    assert [run.wait(timeout=120) for run in started] == [0] * 4
    assert len({(yard.folder / f"{n}.docx").read_bytes() for n in range(4)}) == 1
    assert not list(yard.cache.glob(".*"))
    assert yard.run() == (yard.folder / "0.docx").read_bytes()


def test_only_so_many_are_kept(yard: Yard) -> None:
    yard.cache.mkdir(parents=True, mode=0o700)
    for n in range(80):
        old = yard.cache / f"form-{n}.json"
        old.write_text("x", "utf-8")
        os.utime(old, (n, n))
    yard.run()
    assert len(list(yard.cache.iterdir())) == cachefolder._KEPT
    assert yard.kept("verdict").exists()


def test_nothing_of_a_report_is_kept(yard: Yard) -> None:
    in_own_process("check", "2025.yaml", cwd=yard.folder)
    kept = b"".join(path.read_bytes() for path in yard.cache.iterdir()).decode()
    typed = (yard.folder / "2025.yaml").read_text("utf-8")
    (unit,) = re.findall(r"(?m)^单位: (.*)$", typed)
    assert unit not in kept
    assert str(yard.folder) not in kept
