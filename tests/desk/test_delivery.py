"""A report is replaced whole or not at all, and what was changed by hand is kept."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from support import EXAMPLE, example, nianbao, paragraphs

from nianbao.desk import delivery
from nianbao.diagnostics import Rejected

OLD, NEW = b"old", b"new" * 1000


def yes(data: bytes) -> bool:
    return True


def no(data: bytes) -> bool:
    return False


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "2025.docx"
    path.write_bytes(OLD)
    return path


def refused(target: Path, code: str) -> str:
    with pytest.raises(Rejected) as rejected:
        delivery.place(target, NEW, yes)
    (finding,) = rejected.value.findings
    assert (finding.code, rejected.value.exit_code) == (code, 3)
    assert str(target) in finding.message
    return finding.message


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    target = tmp_path / "甲" / "乙" / "2025.docx"
    assert delivery.place(target, NEW, yes) is None
    assert target.read_bytes() == NEW
    assert os.listdir(target.parent) == ["2025.docx"]


def test_an_old_file_is_replaced_and_keeps_its_mode(target: Path) -> None:
    target.chmod(0o640)
    delivery.place(target, NEW, yes)
    assert target.read_bytes() == NEW
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    target = tmp_path / "2025.docx"
    delivery.place(target, NEW, yes)
    assert target.stat().st_mode == other.stat().st_mode


def test_a_symlink_is_followed(tmp_path: Path, target: Path) -> None:
    link = tmp_path / "links" / "latest.docx"
    link.parent.mkdir()
    link.symlink_to(target)
    delivery.place(link, NEW, yes)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod", "write"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_failing_disk_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    def fail(*args: object) -> None:
        raise OSError(number, os.strerror(number))

    if call == "write":
        monkeypatch.setattr(os, "fdopen", fail)
    else:
        monkeypatch.setattr(os, call, fail)
    message = refused(target, "W105")
    assert (number != errno.ENOSPC) or "磁盘满了" in message
    monkeypatch.undo()
    assert target.read_bytes() == OLD
    assert os.listdir(target.parent) == [target.name]


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_a_kill_leaves_the_old_file(target: Path, call: str) -> None:
    code = (
        "import os, pathlib; from nianbao.desk import delivery\n"
        f"os.{call} = lambda *a: os._exit(9)\n"
        f"delivery.place(pathlib.Path({str(target)!r}), b'new', lambda old: True)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert target.read_bytes() == OLD


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
def test_a_full_disk_leaves_the_old_report(tmp_path: Path) -> None:
    path = example(tmp_path)
    assert nianbao("generate", path, cwd=tmp_path).code == 0
    written = tmp_path / "outputs" / f"{path.stem}.docx"
    before = written.read_bytes()
    example(tmp_path, ("行政许可: 46", "行政许可: 47"))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))\n"
        f"sys.argv = ['nianbao', 'generate', {str(path)!r}]\n"
        "from nianbao.desk.cli import main; main()"
    )
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 3, ran.stderr.decode()
    assert "写不进" in ran.stdout.decode()
    assert written.read_bytes() == before
    assert os.listdir(written.parent) == [written.name]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2025.docx").mkdir()
    assert "是一个文件夹" in refused(tmp_path / "2025.docx", "W102")


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "2025.docx")
    refused(tmp_path / "2025.docx", "W102")


def test_a_read_only_file_is_refused(target: Path) -> None:
    target.chmod(0o444)
    assert "只读" in refused(target, "W103")
    assert target.read_bytes() == OLD


@pytest.mark.parametrize("lock", ["~$2025.docx", "~$25.docx", ".~lock.2025.docx#"])
def test_a_document_that_is_open_is_refused(target: Path, lock: str) -> None:
    target.with_name(lock).touch()
    refused(target, "W104")
    assert target.read_bytes() == OLD


def test_a_path_through_a_file_is_refused(target: Path) -> None:
    refused(target / "2025.docx", "W105")
    refused(target.with_name("长" * 300 + ".docx"), "W105")


@pytest.fixture(params=["names", "one name"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk where a file may have two names, and one where it may not (FAT)."""

    def refuse(*args: object) -> None:
        raise OSError(errno.EPERM, "x")

    if request.param == "one name":
        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("disk")
def test_what_may_not_be_replaced_is_set_aside(target: Path) -> None:
    aside = delivery.place(target, NEW, no)
    assert aside == target.with_name("2025.手工改过.docx")
    assert aside.read_bytes() == OLD
    assert target.read_bytes() == NEW
    target.write_bytes(b"again")
    second = delivery.place(target, OLD, no)
    assert second == target.with_name("2025.手工改过2.docx")
    assert aside.read_bytes() == OLD
    assert second.read_bytes() == b"again"


def test_a_name_so_long_that_its_lock_has_none_is_written(tmp_path: Path) -> None:
    target = tmp_path / f"{'长' * 83}.docx"
    delivery.place(target, NEW, yes)
    assert target.read_bytes() == NEW


@pytest.mark.usefixtures("disk")
def test_setting_aside_is_undone_when_the_last_step_fails(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def fail(source: str | Path, to: Path) -> None:
        if to == target and str(source).endswith(".tmp"):
            raise OSError(errno.EIO, "x")
        replace(source, to)

    monkeypatch.setattr(os, "replace", fail)
    assert "W105" in refused_aside(target)
    monkeypatch.undo()
    assert target.read_bytes() == OLD
    assert os.listdir(target.parent) == [target.name]


def refused_aside(target: Path) -> list[str]:
    with pytest.raises(Rejected) as rejected:
        delivery.place(target, NEW, no)
    return [finding.code for finding in rejected.value.findings]


def test_a_kill_while_setting_aside_leaves_the_old_file_in_its_place(target: Path) -> None:
    code = (
        "import os, pathlib; from nianbao.desk import delivery\n"
        "os.replace = lambda *a: os._exit(9)\n"
        f"delivery.place(pathlib.Path({str(target)!r}), b'new', lambda old: False)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert target.read_bytes() == OLD
    assert target.with_name("2025.手工改过.docx").read_bytes() == OLD


def test_setting_aside_is_undone_when_the_disk_fails(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise OSError(errno.EIO, "x")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(Rejected):
        delivery.place(target, NEW, no)
    monkeypatch.undo()
    assert target.read_bytes() == OLD
    assert os.listdir(target.parent) == [target.name]


# --- from outside ---------------------------------------------------------------------


def test_an_unchanged_report_is_replaced(tmp_path: Path) -> None:
    path = example(tmp_path)
    assert nianbao("generate", path, cwd=tmp_path).code == 0
    example(tmp_path, ("简称: 青石镇", "简称: 青石"))
    ran = nianbao("generate", path, cwd=tmp_path)
    assert ran.code == 0
    assert "W106" not in ran.out
    assert os.listdir(tmp_path / "outputs") == [f"{path.stem}.docx"]
    assert any(
        "青石围绕" in line for line in paragraphs(tmp_path / "outputs" / f"{path.stem}.docx")
    )


def test_a_report_changed_by_hand_is_set_aside_and_told(tmp_path: Path) -> None:
    assert nianbao("generate", EXAMPLE, cwd=tmp_path).code == 0
    written = tmp_path / "outputs" / "青石镇2025.docx"
    fresh = written.read_bytes()
    opened = docx.Document(str(written))
    opened.paragraphs[2].add_run("手写")
    opened.save(str(written))
    ran = nianbao("generate", EXAMPLE, cwd=tmp_path)
    assert ran.code == 0
    assert "W106" in ran.out
    assert "青石镇2025.手工改过.docx" in ran.out
    assert written.read_bytes() == fresh
    aside = written.with_name("青石镇2025.手工改过.docx")
    assert any("手写" in line for line in paragraphs(aside))


def test_a_rejected_input_leaves_the_earlier_report(tmp_path: Path) -> None:
    path = example(tmp_path)
    assert nianbao("generate", path, cwd=tmp_path).code == 0
    written = tmp_path / "outputs" / f"{path.stem}.docx"
    before = written.stat()
    example(tmp_path, ("行政许可: 46", "行政许可: 四十六"))
    assert nianbao("generate", path, cwd=tmp_path).code == 1
    assert written.stat() == before


@pytest.mark.parametrize("fault", ["folder", "read-only", "open", "through a file"])
def test_an_output_that_cannot_be_written_is_told(tmp_path: Path, fault: str) -> None:
    target = tmp_path / "out" / "2025.docx"
    target.parent.mkdir()
    if fault == "folder":
        target.mkdir()
    elif fault == "read-only":
        target.write_bytes(OLD)
        target.chmod(0o444)
    elif fault == "open":
        target.write_bytes(OLD)
        target.with_name("~$25.docx").touch()
    else:
        shutil.rmtree(target.parent)
        target.parent.write_bytes(OLD)
    ran = nianbao("generate", EXAMPLE, "-o", target, cwd=tmp_path)
    assert ran.code == 3
    assert str(target) in ran.out
    if fault in ("read-only", "open"):
        assert target.read_bytes() == OLD


def test_two_runs_at_once_lose_no_document_changed_by_hand(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from nianbao.desk import delivery

    for number in range(30):
        target = tmp_path / f"{number}.docx"
        target.write_bytes(b"by hand")

        def place(content: bytes, target: Path = target) -> None:
            delivery.place(target, content, lambda old: old != b"by hand")

        with ThreadPoolExecutor(2) as runs:
            list(runs.map(place, (b"one", b"two")))
        kept = [path.read_bytes() for path in tmp_path.glob(f"{number}.*")]
        assert b"by hand" in kept
        assert target.read_bytes() in (b"one", b"two")
