"""Files and screens in odd situations, as a user meets them: what is said, and the exit code.

Each through `python -m nianbao` in a process of its own. Written from the documents alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from hostile.outside import OWN_FAULT
from hostile.parts import EXAMPLE, FORM, ROOT, TEMPLATE, honest, swap, zipped

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, modes and signals of POSIX")

Ran = subprocess.CompletedProcess[bytes]

_RAW = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
_BELOW = "\x1b[31m", "\x1b]0;x\x07", "\x9b31m", "\x08\x08", "\r"
"""What a terminal obeys."""


def command(*argv: str | bytes | Path) -> list[str | bytes]:
    return [sys.executable, "-m", "nianbao", *(os.fspath(part) for part in argv)]


def environment() -> dict[str, str]:
    path = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONIOENCODING": "utf-8",
        "LC_ALL": "C.UTF-8",
    }


def run(cwd: Path, *argv: str | bytes | Path, within: list[str] | None = None) -> Ran:
    """One run, both streams read."""
    ran = subprocess.run(
        [*(within or []), *command(*argv)],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    sound(ran)
    return ran


def sound(ran: Ran) -> None:
    """Whatever it was about: no traceback, no fault of our own, nothing a terminal obeys."""
    both = ran.stdout + ran.stderr
    assert b"Traceback" not in both, both.decode()
    assert OWN_FAULT.encode() not in both, both.decode()
    raw = _RAW.search(both)
    assert raw is None, f"{raw.group()!r} in {both.decode()!r}"


def as_anyone() -> list[str]:
    """In front of a command: without root's right to read and write everywhere."""
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with inputs/2025.yaml and templates/docx."""
    (tmp_path / "inputs").mkdir()
    shutil.copy(EXAMPLE, tmp_path / "inputs" / "2025.yaml")
    folder = tmp_path / "templates" / "docx"
    folder.mkdir(parents=True)
    shutil.copy(FORM, folder)
    shutil.copy(TEMPLATE, folder)
    return tmp_path


def rejected(desk: Path) -> None:
    """The input, with a cell left open."""
    path = desk / "inputs" / "2025.yaml"
    text = path.read_text("utf-8")
    assert text.count("行政强制: 0") == 1
    path.write_text(text.replace("行政强制: 0", "行政强制: /"), "utf-8")


# --- what cannot be read ----------------------------------------------------------------------


@pytest.fixture
def locked(desk: Path) -> Iterator[list[Path]]:
    """Paths that nobody may read until the test is over."""
    paths: list[Path] = []
    modes: dict[Path, int] = {}

    class Locked(list[Path]):
        def append(self, path: Path) -> None:
            modes[path] = stat.S_IMODE(path.stat().st_mode)
            path.chmod(0)
            super().append(path)

    paths = Locked()
    yield paths
    for path in reversed(paths):
        path.chmod(modes[path])


@pytest.mark.parametrize("name", ["2025.yaml", "inputs/2025.yaml", "inputs"])
@pytest.mark.parametrize("verb", ["generate", "check", "fix"])
def test_an_inputs_folder_that_cannot_be_read_is_told(
    desk: Path, locked: list[Path], verb: str, name: str
) -> None:
    locked.append(desk / "inputs")
    ran = run(desk, verb, name, within=as_anyone())
    assert ran.returncode == 3, ran.stdout.decode() + ran.stderr.decode()
    said = (ran.stdout + ran.stderr).decode()
    assert "inputs" in said or "2025.yaml" in said
    assert not (desk / "outputs").exists()


def test_an_input_that_cannot_be_read_is_told(desk: Path, locked: list[Path]) -> None:
    locked.append(desk / "inputs" / "2025.yaml")
    ran = run(desk, "generate", "2025.yaml", within=as_anyone())
    assert ran.returncode == 3
    assert "权限" in ran.stdout.decode()


@pytest.mark.parametrize("verb", ["generate", "check"])
@pytest.mark.parametrize("what", ["docx", "form", "template", "above"])
def test_templates_that_cannot_be_read_are_told(
    desk: Path, locked: list[Path], verb: str, what: str
) -> None:
    """The form aboard the program is no excuse: it may be another edition."""
    folder = desk / "templates" / "docx"
    path = {
        "docx": folder,
        "form": folder / FORM.name,
        "template": folder / TEMPLATE.name,
        "above": folder.parent,
    }[what]
    locked.append(path)
    ran = run(desk, verb, "2025.yaml", within=as_anyone())
    assert ran.returncode == 3, ran.stdout.decode()
    assert path.name in ran.stdout.decode() + ran.stderr.decode()


@pytest.mark.parametrize("verb", [["generate", "2025.yaml"], ["forms"], ["new", "2026"]])
def test_a_named_folder_of_templates_that_cannot_be_read_is_told(
    desk: Path, locked: list[Path], verb: list[str]
) -> None:
    named = desk / "其他模板"
    shutil.copytree(desk / "templates" / "docx", named)
    locked.append(named)
    unit = ["--unit", "甲镇人民政府"] if verb[0] == "new" else []
    ran = run(desk, *verb, *unit, "--templates", named, within=as_anyone())
    assert ran.returncode == 3, ran.stdout.decode()
    assert "其他模板" in ran.stdout.decode() + ran.stderr.decode()


@pytest.mark.parametrize("verb", [["generate", "2025.yaml"], ["check", "2025.yaml"], ["forms"]])
@pytest.mark.parametrize("absolute", [False, True], ids=["relative", "absolute"])
def test_a_working_folder_that_was_deleted_is_told(
    desk: Path, verb: list[str], absolute: bool
) -> None:
    gone = desk / "gone"
    gone.mkdir()
    where = [str(desk / "inputs" / name) if absolute else name for name in verb[1:]]
    ran = subprocess.run(
        ["sh", "-c", 'cd "$1" && rmdir "$1" && shift && exec "$@"', "sh", str(gone)]
        + [os.fsdecode(part) for part in command(verb[0], *where)],
        cwd=desk,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    sound(ran)
    said = (ran.stdout + ran.stderr).decode()
    if ran.returncode == 0:  # what needs no folder may well be done without one
        assert verb[0] != "generate"
    else:
        assert ran.returncode == 3, said
        assert "文件夹" in said


# --- screens that take no more ------------------------------------------------------------------


def into_a_closed_pipe(cwd: Path, *argv: str) -> subprocess.CompletedProcess[bytes]:
    """Standard output into a pipe that nobody reads, as in `… | true`."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return subprocess.run(
            command(*argv),
            cwd=cwd,
            env=environment(),
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)


def test_a_broken_pipe_after_the_report_is_written_is_no_fault(desk: Path) -> None:
    ran = into_a_closed_pipe(desk, "generate", "2025.yaml")
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stderr == b""
    docx.Document(str(desk / "outputs" / "2025.docx"))


def test_a_broken_pipe_does_not_accept_what_is_rejected(desk: Path) -> None:
    rejected(desk)
    ran = into_a_closed_pipe(desk, "generate", "2025.yaml")
    assert ran.returncode == 1, ran.stderr.decode()
    assert ran.stderr == b""
    assert not (desk / "outputs").exists()


_CODES = {
    "written": (["generate", "2025.yaml"], 0),
    "accepted": (["check", "2025.yaml"], 0),
    "usage": (["generate"], 2),
    "no-command": (["nosuchcommand"], 2),
    "missing": (["generate", "nowhere.yaml"], 3),
}


@pytest.mark.parametrize("stream", ["stderr", "both"])
@pytest.mark.parametrize("case", [*_CODES, "rejected"])
def test_a_full_screen_changes_no_exit_code(desk: Path, case: str, stream: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    if case == "rejected":
        rejected(desk)
    argv, code = _CODES.get(case, (["generate", "2025.yaml"], 1))
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            command(*argv),
            cwd=desk,
            env=environment(),
            stdout=full if stream == "both" else subprocess.DEVNULL,
            stderr=full,
            timeout=60,
            check=False,
        )
    # Where nothing at all can be said, that may be the disk's trouble, never the input's.
    assert ran.returncode in ((code,) if stream == "stderr" else (code, 3))
    assert (desk / "outputs" / "2025.docx").exists() == (case == "written")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
@pytest.mark.parametrize("case", [*_CODES, "rejected"])
def test_a_closed_stream_changes_no_exit_code(desk: Path, case: str, closed: str) -> None:
    if case == "rejected":
        rejected(desk)
    argv, code = _CODES.get(case, (["generate", "2025.yaml"], 1))
    ran = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *map(os.fsdecode, command(*argv))],
        cwd=desk,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    sound(ran)
    assert ran.returncode == code, (ran.stdout + ran.stderr).decode()
    assert (desk / "outputs" / "2025.docx").exists() == (case == "written")


# --- Ctrl-C ---------------------------------------------------------------------------------------


def _listen() -> None:
    """A process begun in the background is deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(desk: Path, moment: int, *argv: str) -> tuple[int, str]:
    """Exit code and what was said; the signal comes when `moment` of our modules are loaded.

    The interpreter itself tells of each module when it is done with it.
    """
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "nianbao", *argv],
        cwd=desk,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_listen,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    said, ours = [], 0
    for line in process.stderr:
        if not line.startswith(b"import time:"):
            said.append(line)
        elif b" nianbao." in line:
            ours += 1
            if ours == moment:
                process.send_signal(signal.SIGINT)
    said.append(process.stdout.read())
    process.stdout.close()
    process.stderr.close()
    return process.wait(60), b"".join(said).decode()


@pytest.mark.parametrize("moment", [1, 2, 3, 5, 8, 13, 21, 34])
def test_ctrl_c_in_the_first_moments_leaves_no_traceback(desk: Path, moment: int) -> None:
    code, said = interrupted(desk, moment, "generate", "2025.yaml")
    assert "Traceback" not in said
    assert OWN_FAULT not in said
    if code == 0:
        assert (desk / "outputs" / "2025.docx").exists()
    else:
        assert code in (130, -signal.SIGINT, 1, 3), said


@pytest.mark.parametrize("number", range(12))
def test_ctrl_c_later_leaves_no_traceback_and_no_half_report(desk: Path, number: int) -> None:
    inputs = []
    for copy in range(12):
        path = desk / f"镇{copy}-2025.yaml"
        shutil.copy(EXAMPLE, path)
        inputs.append(path.name)
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "nianbao", "generate", *inputs],
        cwd=desk,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=_listen,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if b" nianbao." in line:
            break
    time.sleep(0.1 + 0.15 * number)
    process.send_signal(signal.SIGINT)
    lines = [line for line in process.stderr if not line.startswith(b"import time:")]
    process.stderr.close()
    process.wait(60)
    assert b"Traceback" not in b"".join(lines)
    outputs = desk / "outputs"
    for path in outputs.iterdir() if outputs.exists() else ():
        assert path.suffix == ".docx", "a temporary file is left"
        docx.Document(str(path))


# --- what may not be written over ------------------------------------------------------------------

_SOURCES = {
    "template": "templates/docx/disclosure-2021.docx",
    "form": "templates/docx/disclosure-2021.form.yaml",
    "input": "inputs/2025.yaml",
}


@pytest.mark.parametrize("way", ["plain", "roundabout", "absolute", "symlink", "hard-link"])
@pytest.mark.parametrize("source", _SOURCES)
@pytest.mark.parametrize("verb", ["generate", "review"])
def test_a_target_that_is_a_source_is_refused(desk: Path, verb: str, source: str, way: str) -> None:
    path = desk / _SOURCES[source]
    before, beside = path.read_bytes(), sorted(os.listdir(path.parent))
    target: Path | str = path.relative_to(desk)
    if way == "roundabout":
        target = f"inputs/../{target}"
    elif way == "absolute":
        target = path
    elif way == "symlink":
        (desk / "新.docx").symlink_to(path)
        target = "新.docx"
    elif way == "hard-link":
        (desk / "新.docx").hardlink_to(path)
        target = "新.docx"
    ran = run(desk, verb, "2025.yaml", "-o", str(target))
    if way == "hard-link" and ran.returncode == 0:
        assert path.read_bytes() == before  # the new file took the other name: nothing is lost
        return
    assert ran.returncode in (2, 3), ran.stdout.decode()
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == beside


def test_a_folder_as_target_may_not_hit_the_template(desk: Path) -> None:
    """`-o templates/docx/` with an input of the template's own name."""
    shutil.copy(EXAMPLE, desk / "disclosure-2021.yaml")
    before = (desk / _SOURCES["template"]).read_bytes()
    ran = run(desk, "generate", "disclosure-2021.yaml", "-o", "templates/docx/")
    assert (desk / _SOURCES["template"]).read_bytes() == before
    assert ran.returncode in (2, 3), ran.stdout.decode()


def test_a_device_as_target_is_refused_and_stays(desk: Path) -> None:
    """As root, who could replace it: a device of our own, not the machine's."""
    device = desk / "null"
    made = subprocess.run(["mknod", str(device), "c", "1", "3"], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no device can be made here")
    ran = run(desk, "generate", "2025.yaml", "-o", device)
    assert stat.S_ISCHR(device.lstat().st_mode)
    assert ran.returncode == 3
    assert "W102" in ran.stdout.decode()


# --- fix, and what is left behind -------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_fix_keeps_the_mode_in_the_file_and_in_its_copy(desk: Path, mode: int) -> None:
    path = desk / "inputs" / "2025.yaml"
    text = path.read_text("utf-8").replace("\n年度: 2025\n", "\n年度：2025\n")
    path.write_text(text, "utf-8")
    path.chmod(mode)
    ran = run(desk, "fix", "2025.yaml")
    assert ran.returncode == 0, ran.stdout.decode()
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    assert len(modes) == 2, modes
    assert set(modes.values()) == {mode}, {name: oct(value) for name, value in modes.items()}
    assert any(p.read_text("utf-8") == text for p in path.parent.iterdir())


def temporary(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".nianbao-")]


def test_what_a_killed_run_left_is_swept_by_the_next(desk: Path) -> None:
    outputs = desk / "outputs"
    outputs.mkdir()
    for _ in range(60):
        process = subprocess.Popen(
            command("generate", "2025.yaml"),
            cwd=desk,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None and not temporary(outputs):
            pass
        process.kill()
        process.wait()
        if temporary(outputs):
            break
    else:
        pytest.skip("no run was killed while it was writing")
    assert run(desk, "generate", "2025.yaml").returncode == 0
    assert sorted(os.listdir(outputs)) == ["2025.docx"]


def test_only_files_that_a_run_left_are_swept(desk: Path) -> None:
    """A folder of that name, a link to elsewhere, and other hidden files stay."""
    outputs = desk / "outputs"
    (outputs / ".nianbao-甲.tmp").mkdir(parents=True)
    (outputs / ".nianbao-甲.tmp" / "账").write_text("乙", "utf-8")
    kept = desk / "账.txt"
    kept.write_text("丙", "utf-8")
    (outputs / ".nianbao-乙.tmp").symlink_to(kept)
    (outputs / ".nianbao-丙.txt").write_text("丁", "utf-8")
    assert run(desk, "generate", "2025.yaml").returncode == 0
    assert (outputs / ".nianbao-甲.tmp" / "账").read_text("utf-8") == "乙"
    assert kept.read_text("utf-8") == "丙"
    assert (outputs / ".nianbao-丙.txt").exists()


# --- what a terminal would obey -----------------------------------------------------------------------


@pytest.mark.parametrize("control", _BELOW, ids=repr)
@pytest.mark.parametrize(
    "argv",
    [
        ["generate", "坏{}.yaml"],
        ["check", "坏{}.yaml"],
        ["check", "--format", "json", "坏{}.yaml"],
        ["generate", "2025.yaml", "-o", "坏{}/"],
        ["generate", "2025.yaml", "-o", "坏{}"],
        ["generate", "2025.yaml", "--templates", "坏{}"],
        ["generate", "2025.yaml", "--last-year", "坏{}.yaml"],
        ["new", "2026", "--unit", "坏{}镇人民政府"],
        ["new", "坏{}"],
        ["explain", "坏{}"],
        ["check", "--format", "坏{}", "2025.yaml"],
        ["坏{}"],
        ["generate", "--坏{}"],
        ["generate", "2025.yaml", "--script", "坏{}"],
    ],
    ids=" ".join,
)
def test_a_name_on_the_command_line_is_never_printed_raw(
    desk: Path, argv: list[str], control: str
) -> None:
    ran = run(desk, *(part.format(control) for part in argv))
    assert ran.returncode in (0, 1, 2, 3)


@pytest.mark.parametrize("control", _BELOW, ids=repr)
def test_a_file_of_such_a_name_is_never_printed_raw(desk: Path, control: str) -> None:
    name = f"镇{control}2025.yaml"
    rejected(desk)
    shutil.move(desk / "inputs" / "2025.yaml", desk / name)
    assert run(desk, "generate", name).returncode == 1
    assert run(desk, "fix", name).returncode in (0, 1)
    told = run(desk, "check", "--format", "json", name)
    (file,) = json.loads(told.stdout)["files"]
    assert file["file"] == name
    folder = desk / "templates" / "docx"
    (folder / f"坏{control}.form.yaml").write_text("甲: [", "utf-8")
    assert run(desk, "forms").returncode == 3


def test_a_line_break_in_a_name_forges_no_line(desk: Path) -> None:
    name = "甲\n√ 已生成 outputs/乙.docx\n.yaml"
    for verb in ("generate", "check", "fix"):
        said = run(desk, verb, name)
        lines = (said.stdout + said.stderr).decode().splitlines()
        assert said.returncode == 3
        assert not [line for line in lines if line.startswith("√")]


@pytest.mark.parametrize(
    "typed",
    [r'"\e[31m镇"', r'"镇\x9b31m"', r'"\a镇"', r'"镇\x08\x08"', r'"镇\r覆"'],
)
@pytest.mark.parametrize("key", ["单位", "简称", "标题", "年度", "行政许可", "键"])
@pytest.mark.parametrize("verb", ["check", "fix"])
def test_a_typed_text_is_never_printed_raw(desk: Path, verb: str, key: str, typed: str) -> None:
    path = desk / "inputs" / "2025.yaml"
    text = path.read_text("utf-8")
    if key == "键":
        text += f"{typed}: 1\n"
    elif key == "标题":
        text += f"标题: {typed}\n"
    else:
        text, count = re.subn(rf"(?m)^( *{key}):.*$", lambda m: f"{m[1]}: {typed}", text, count=1)
        assert count == 1
    path.write_text(text, "utf-8")
    assert run(desk, verb, "2025.yaml").returncode == 1


@pytest.mark.parametrize("place", ["word/document.xml", "word/footer2.xml"])
def test_a_text_of_the_template_is_never_printed_raw(desk: Path, place: str) -> None:
    """XML takes the controls from U+0080 on."""
    members = honest()
    at = "</w:p></w:ftr>" if "footer" in place else "<w:sectPr>"
    run_xml = "<w:r><w:t>{{甲\x9b31m乙}}</w:t></w:r>"
    swap(members, place, at, run_xml + at if "footer" in place else f"<w:p>{run_xml}</w:p>{at}")
    (desk / "templates" / "docx" / TEMPLATE.name).write_bytes(zipped(members))
    assert run(desk, "generate", "2025.yaml").returncode == 3


def test_a_member_of_such_a_name_is_never_printed_raw(desk: Path) -> None:
    members = honest()
    members["word/\x1b[31mevil.xml"] = b"<x/>"
    (desk / "templates" / "docx" / TEMPLATE.name).write_bytes(zipped(members))
    assert run(desk, "generate", "2025.yaml").returncode == 3


# --- arguments that are hardly any ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "argv",
    [
        [b"new", b"2026", b"--unit", b"\xff\xfe\x80"],
        [b"new", b"2026", b"--unit", b"\xb0\xd7\xcb\xae\xd5\xf2"],
        [b"check", b"\xff\xfe.yaml"],
        [b"check", b"--format", b"json", b"\xff\xfe.yaml"],
        [b"generate", b"2025.yaml", b"-o", b"\xff\xfe.docx"],
        [b"generate", b"2025.yaml", b"--templates", b"\xff\xfe"],
        [b"explain", b"\xff"],
        [b"\xff"],
    ],
    ids=repr,
)
def test_bytes_that_are_no_text_are_answered(desk: Path, argv: list[bytes]) -> None:
    assert run(desk, *argv).returncode in (0, 1, 2, 3)


@pytest.mark.parametrize(
    "unit",
    [
        *("", " ", "\u200b", "a\nb", "../../x", "x/y"),
        pytest.param("甲" * 30_000, id="long"),
    ],
)
def test_a_unit_that_is_hardly_any_is_answered(desk: Path, unit: str) -> None:
    before = sorted(p for p in desk.rglob("*") if p.is_file())
    ran = run(desk, "new", "2026", "--unit", unit)
    assert ran.returncode in (0, 1, 2, 3)
    after = {p for p in desk.rglob("*") if p.is_file()} - set(before)
    assert all(p.parent == desk / "inputs" for p in after)


@pytest.mark.parametrize("depth", [300, 1200, 2000])
def test_a_target_many_folders_deep_is_written_or_told(desk: Path, depth: int) -> None:
    begun = time.monotonic()
    try:
        ran = run(desk, "generate", "2025.yaml", "-o", "a/" * depth + "x.docx")
        assert ran.returncode in (0, 3), ran.stdout.decode()
        assert ran.returncode == 0 or "W105" in ran.stdout.decode()
        assert time.monotonic() - begun < 30
    finally:
        subprocess.run(["rm", "-rf", str(desk / "a")], check=True)


@pytest.mark.parametrize("mark", ["...", "---"])
def test_a_mark_of_yaml_is_told_at_its_own_line(desk: Path, mark: str) -> None:
    """In an input and in a form; in the middle, and at the end with something behind it."""
    for path, before in (
        (desk / "inputs" / "2025.yaml", "\n总体情况: |"),
        (desk / "templates" / "docx" / FORM.name, "\n部分:\n"),
    ):
        whole = path.read_text("utf-8")
        for spoiled in (whole.replace(before, f"\n{mark}{before}", 1), f"{whole}{mark}\n甲: 1\n"):
            path.write_text(spoiled, "utf-8")
            line = spoiled.split("\n").index(mark) + 1
            told = json.loads(run(desk, "check", "--format", "json", "2025.yaml").stdout)
            findings = told["files"][0]["findings"]
            lines = [f["line"] for f in findings if f["code"] == "Y105"]
            assert line in lines, f"{mark} at line {line} of {path.name}: {findings[:3]}"
        path.write_text(whole, "utf-8")
