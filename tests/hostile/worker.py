"""Runs `python -m nianbao …` again and again, each time in a process of its own, and measures it.

Started by `outside`; a request is a line of JSON on standard input, an answer one on standard
output. The command is loaded once here, through its own entry, so that what is measured in a fork
is what the files cost: its own processor time, and how far its memory grew beyond this process's.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import runpy
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

_PAGE = os.sysconf("SC_PAGE_SIZE")
_SPARE = 600 << 20
"""Of address space, beyond what is there: a net under the limit that is measured."""


def _memory() -> tuple[int, int]:
    """Bytes of address space and of memory that this process has."""
    size, resident = Path("/proc/self/statm").read_text("ascii").split()[:2]
    return int(size) * _PAGE, int(resident) * _PAGE


def _run(argv: list[str]) -> int:
    sys.argv = ["nianbao", *argv]
    try:
        runpy.run_module("nianbao", run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        if isinstance(stop.code, int):
            return stop.code
        return 0 if stop.code is None else 1
    return 0


def _child(request: dict[str, Any], out: int, err: int) -> NoReturn:
    status = 99
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(request["cwd"])
        limit = _memory()[0] + _SPARE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        seconds = request["seconds"]
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        status = _run(request["argv"])
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status & 0xFF)


def _used(pid: int) -> tuple[str, int]:
    """A process's state, and the ticks of the processor it has had."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return fields[0], int(fields[11]) + int(fields[12])
    return "", 0


def _wait(pid: int, idle: float, wall: float) -> tuple[int, resource.struct_rusage, bool]:
    """Until the child ends; it is ended when it sleeps for `idle` seconds, or after `wall`.

    A busy machine may let it wait for the processor as long as it likes.
    """
    begun = slept_since = time.monotonic()
    had, ended = -1, False
    while True:
        found, status, used = os.wait4(pid, os.WNOHANG)
        if found:
            return status, used, ended
        now = time.monotonic()
        state, ticks = _used(pid)
        if state != "S" or ticks != had:
            slept_since, had = now, ticks
        if now - slept_since > idle or now - begun > wall:
            os.kill(pid, signal.SIGKILL)
            ended = True
        signal.sigtimedwait({signal.SIGCHLD}, 0.25)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        before = _memory()[1]
        begun = time.monotonic()
        pid = os.fork()
        if not pid:
            _child(request, out.fileno(), err.fileno())
        status, used, ended = _wait(pid, request["idle"], request["wall"])
        wall = time.monotonic() - begun
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read(4_000_000).decode("utf-8", "backslashreplace"))
    died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return {
        "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else -died,
        "out": said[0],
        "err": said[1],
        "cpu": used.ru_utime + used.ru_stime,
        "wall": wall,
        "grown": max(0, used.ru_maxrss * 1024 - before),
        "ended": ended,
    }


def main() -> None:
    """Warm up with the commands of the first line, then answer the others."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    first = json.loads(sys.stdin.readline())
    os.chdir(first["cwd"])
    for argv in first["commands"]:
        if _run(argv):
            raise SystemExit(f"the honest command {argv} fails")
    sys.stdout.flush()
    print("ready", file=channel, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=channel, flush=True)


if __name__ == "__main__":
    main()
