"""Disks that are full, read-only or slow, and runs that are killed: the report there was is whole.

All through the command as a user runs it. A small disk is mounted, so this wants root; where that
is not permitted the test is skipped, and with NIANBAO_CI set it fails.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from sizes import KILLS, SIDE_BY_SIDE
from support import EXAMPLE, edit_docx, in_own_process, nianbao, numbers

_OLD, _NEW = "行政强制: 0", "行政强制: 7"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with this year's file; outputs/2025.docx is the report of an earlier version."""
    text = EXAMPLE.read_text("utf-8")
    path = tmp_path / "2025.yaml"
    path.write_text(text, "utf-8")
    assert nianbao("generate", path, cwd=tmp_path).code == 0
    path.write_text(text.replace(_OLD, _NEW), "utf-8")
    return tmp_path


@pytest.fixture
def old(inputs: Path) -> bytes:
    return (inputs / "outputs" / "2025.docx").read_bytes()


@pytest.fixture
def new(inputs: Path) -> bytes:
    """What this year's file makes, written elsewhere."""
    target = inputs / "new" / "2025.docx"
    assert nianbao("generate", "-o", target, "2025.yaml", cwd=inputs).code == 0
    data = target.read_bytes()
    assert "7" in numbers(target)
    shutil.rmtree(target.parent)
    return data


def refused(cwd: Path, *argv: object, within: list[str] | None = None) -> str:
    """What `generate` says when it cannot write: exit code 3, Chinese sentences, nothing else."""
    command = [*(within or []), sys.executable, "-m", "nianbao", "generate", *map(str, argv)]
    ran = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = ran.stdout.decode()
    assert ran.returncode == 3, said
    assert ran.stderr == b""
    assert "没有写出文件：1 处错误" in said
    assert "√" not in said
    return said


# --- a small disk ---------------------------------------------------------------------


def _mount(*argv: object) -> None:
    ran = subprocess.run(["mount", *map(str, argv)], capture_output=True, check=False)
    if ran.returncode:
        problem = f"mount {' '.join(map(str, argv))}: {ran.stderr.decode().strip()}"
        if os.environ.get("NIANBAO_CI"):
            pytest.fail(f"NIANBAO_CI is set, but {problem}")
        pytest.skip(problem)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", "size=64k,nr_inodes=100", "tmpfs", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, spare: int) -> None:
    """Fill a disk up to `spare` bytes."""
    full = disk / "full"
    with full.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 1024)
        except OSError:
            pass
    os.truncate(full, max(full.stat().st_size - spare, 0))


@pytest.mark.parametrize("spare", [0, 4096, 8192])
def test_a_full_disk_keeps_the_old_report(inputs: Path, old: bytes, disk: Path, spare: int) -> None:
    target = disk / "2025.docx"
    target.write_bytes(old)
    fill(disk, spare)
    said = refused(inputs, "-o", target, "2025.yaml")
    assert f"错误 W105：写不进 {target}：磁盘满了。" in said
    assert "原来的文件没有动" in said
    assert target.read_bytes() == old
    assert sorted(os.listdir(disk)) == ["2025.docx", "full"]


def test_a_full_disk_gets_no_half_report(inputs: Path, disk: Path) -> None:
    fill(disk, 4096)
    assert "磁盘满了" in refused(inputs, "-o", f"{disk}/甲/", "2025.yaml")
    assert [path.name for path in disk.rglob("*") if path.is_file()] == ["full"]


def test_a_full_disk_keeps_a_report_changed_by_hand_in_its_place(inputs: Path, disk: Path) -> None:
    target = edit_docx(
        inputs / "outputs" / "2025.docx",
        disk / "2025.docx",
        document=lambda xml: xml.replace("青石镇", "青石鎮", 1),
    )
    by_hand = target.read_bytes()
    fill(disk, 4096)
    assert "磁盘满了" in refused(inputs, "-o", target, "2025.yaml")
    assert target.read_bytes() == by_hand
    assert sorted(os.listdir(disk)) == ["2025.docx", "full"]


def test_a_read_only_disk_keeps_the_old_report(inputs: Path, old: bytes, disk: Path) -> None:
    target = disk / "2025.docx"
    target.write_bytes(old)
    _mount("-o", "remount,ro", disk)
    said = refused(inputs, "-o", target, "2025.yaml")
    assert "W103" in said or "磁盘是只读的" in said
    assert "磁盘是只读的" in refused(inputs, "-o", disk / "2026.docx", "2025.yaml")
    assert target.read_bytes() == old
    assert os.listdir(disk) == ["2025.docx"]


# --- places that cannot be written ---------------------------------------------------------


def as_anyone() -> list[str]:
    """In front of a command: without root's right to write everywhere."""
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


def test_a_read_only_folder_keeps_the_old_report(inputs: Path, old: bytes) -> None:
    folder = inputs / "outputs"
    folder.chmod(0o555)
    try:
        said = refused(inputs, "2025.yaml", within=as_anyone())
        assert "错误 W105：写不进 outputs/2025.docx：没有权限" in said
        assert "没有权限" in refused(inputs, "-o", "outputs/下/", "2025.yaml", within=as_anyone())
    finally:
        folder.chmod(0o755)
    assert (folder / "2025.docx").read_bytes() == old
    assert os.listdir(folder) == ["2025.docx"]


def test_a_read_only_report_is_kept(inputs: Path, old: bytes) -> None:
    target = inputs / "outputs" / "2025.docx"
    target.chmod(0o444)
    assert "W103：outputs/2025.docx 是只读的，没有改动它。" in refused(inputs, "2025.yaml")
    assert target.read_bytes() == old


def test_a_folder_in_the_place_of_the_report_is_kept(inputs: Path) -> None:
    target = inputs / "outputs" / "甲.docx"
    target.mkdir()
    (target / "乙").write_text("丙", "utf-8")
    said = refused(inputs, "-o", target, "2025.yaml")
    assert f"错误 W102：{target} 是一个文件夹，不能当文件写。" in said
    assert (target / "乙").read_text("utf-8") == "丙"


@pytest.mark.parametrize("name", ["长" * 84 + ".docx", "长" * 90 + "/2025.docx", "长/" * 1500])
def test_a_name_too_long_is_told(inputs: Path, old: bytes, name: str) -> None:
    said = refused(inputs, "-o", name, "2025.yaml")
    assert "错误 W105：写不进 " in said
    assert "：文件名太长。" in said
    assert sorted(os.listdir(inputs)) == ["2025.yaml", "outputs"]
    assert (inputs / "outputs" / "2025.docx").read_bytes() == old


def test_a_name_that_just_fits_is_written(inputs: Path, new: bytes) -> None:
    target = inputs / f"{'长' * 83}.docx"
    ran = in_own_process(
        "generate", "-o", target, "2025.yaml", cwd=inputs, PYTHONIOENCODING="utf-8"
    )
    assert ran.returncode == 0, ran.stdout.decode()
    assert target.read_bytes() == new


def test_a_symlink_is_followed_and_stays(inputs: Path, new: bytes) -> None:
    link = inputs / "outputs" / "latest.docx"
    link.symlink_to("2025.docx")
    assert in_own_process("generate", "-o", link, "2025.yaml", cwd=inputs).returncode == 0
    assert link.readlink() == Path("2025.docx")
    assert (inputs / "outputs" / "2025.docx").read_bytes() == new
    assert sorted(os.listdir(link.parent)) == ["2025.docx", "latest.docx"]


def test_a_symlink_to_nothing_is_written_through(inputs: Path, new: bytes) -> None:
    link = inputs / "link.docx"
    link.symlink_to("甲/2025.docx")
    assert in_own_process("generate", "-o", link, "2025.yaml", cwd=inputs).returncode == 0
    assert link.is_symlink()
    assert (inputs / "甲" / "2025.docx").read_bytes() == new


# --- killed, and two at once -------------------------------------------------------------------


def started(cwd: Path, *argv: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "nianbao", "generate", *map(str, argv)],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_while_writing(run: subprocess.Popen[bytes], folder: Path, later: float) -> None:
    """SIGKILL `later` seconds after the first new name stands in `folder`, or at the end."""
    before = set(os.listdir(folder))
    while run.poll() is None and set(os.listdir(folder)) <= before:
        pass
    until = time.perf_counter() + later
    while time.perf_counter() < until:
        pass
    run.send_signal(signal.SIGKILL)
    run.wait()


def test_a_kill_leaves_the_old_report_or_the_new_one(inputs: Path, old: bytes, new: bytes) -> None:
    """At any moment, while the file is written, and with a report there that was changed by hand."""
    chance = random.Random(5)
    folder = inputs / "outputs"
    target = folder / "2025.docx"
    by_hand = edit_docx(
        target, inputs / "hand.docx", document=lambda xml: xml.replace("青石镇", "青石鎮", 1)
    ).read_bytes()
    begun = time.perf_counter()
    assert in_own_process("generate", "2025.yaml", cwd=inputs).returncode == 0
    whole_run = time.perf_counter() - begun
    outcomes = dict.fromkeys(("old", "new", "set aside", "temporary files"), 0)
    for number in range(KILLS):
        shutil.rmtree(folder)
        folder.mkdir()
        there = (old, old, by_hand)[number % 3]
        target.write_bytes(there)
        run = started(inputs, "2025.yaml")
        if number % 3 == 0:
            time.sleep(chance.uniform(0, whole_run * 1.1))
            run.kill()
            run.wait()
        else:
            kill_while_writing(run, folder, chance.choice((0, chance.uniform(0, 0.003))))
        left = {path.name: path.read_bytes() for path in folder.iterdir()}
        temporary = [
            name for name in left if name.startswith(".nianbao-") and name.endswith(".tmp")
        ]
        documents = {name: data for name, data in left.items() if name not in temporary}
        assert set(documents.values()) <= {there, new}, f"kill {number}: {sorted(left)}"
        assert documents["2025.docx"] in (there, new), f"kill {number}: {sorted(left)}"
        assert there is old or by_hand in documents.values()
        outcomes["temporary files"] += len(temporary)
        outcomes["set aside"] += len(documents) > 1
        outcomes["new" if documents["2025.docx"] == new else "old"] += 1
    print(f"\n{KILLS} kills:", ", ".join(f"{count} {what}" for what, count in outcomes.items()))
    assert outcomes["old"] > KILLS // 4
    assert in_own_process("generate", "2025.yaml", cwd=inputs).returncode == 0
    assert target.read_bytes() == new


def test_two_runs_at_once_leave_one_whole_report(inputs: Path, old: bytes, new: bytes) -> None:
    folder = inputs / "outputs"
    target = folder / "2025.docx"
    other = inputs / "other.yaml"
    other.write_text(EXAMPLE.read_text("utf-8").replace(_OLD, "行政强制: 9"), "utf-8")
    assert nianbao("generate", "-o", inputs / "9.docx", other, cwd=inputs).code == 0
    nine = (inputs / "9.docx").read_bytes()
    for number in range(SIDE_BY_SIDE):
        shutil.rmtree(folder)
        if number % 2:
            folder.mkdir()
            target.write_bytes(old)
        runs = [started(inputs, "-o", target, path) for path in ("2025.yaml", "other.yaml")]
        assert [run.wait(60) for run in runs] == [0, 0]
        assert target.read_bytes() in (new, nine)
        assert os.listdir(folder) == ["2025.docx"]
    docx.Document(str(target))
