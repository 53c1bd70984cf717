"""How long a first command takes, beside a bare docxtpl script, as ratios.

    python benchmarks/cold.py [rounds]

Every round starts each command once in a process of its own, in turn, so that a machine
that is slow for a while is slow for all of them; what is printed is the median of the
ratios within a round, of wall and of processor time, with the quartiles, and the peak of
memory. Needs the program's own dependencies and a POSIX system (wait4).
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
BARE = """
import re, zipfile
from docxtpl import DocxTemplate

class Part(dict):
    __getattr__ = dict.get

values = {name: "12" for name in open("names.txt", encoding="utf-8").read().split()}
text = Part(题="（一）依法公开。", 文="全年收到申请3件。" * 8)
said = [Part(独立标题=["（一）依法公开"], 正文=[text] * 3, 末段=[text])]
values |= {"引言": said, "总体情况": said, "存在问题": said, "其他事项": said}
values |= {name: Part(注=["按件数。"]) for name in ("主动公开", "依申请公开", "复议诉讼")}
values |= {name: ["云岭县青石镇"] for name in ("发布行", "署名行", "日期行", "审签行")}
template = DocxTemplate("disclosure-2021.docx")
template.render(values)
template.save("bare.docx")
"""
"""What somebody writes who has the figures and the template, and checks nothing."""


def prepared(folder: Path) -> None:
    """A clerk's folder, and beside it the script's."""
    shutil.copytree(ROOT / "inputs", folder / "inputs")
    shutil.copy(ROOT / "inputs" / "examples" / "青石镇2025.yaml", folder / "inputs")
    (folder / "bare.py").write_text(BARE, "utf-8")
    template = ROOT / "templates" / "docx" / "disclosure-2021.docx"
    shutil.copy(template, folder)
    with zipfile.ZipFile(template) as package:
        document = package.read("word/document.xml").decode()
    tags = re.findall(r"\{\{(\w+)\}\}", re.sub("<[^>]+>", "", document))
    (folder / "names.txt").write_text(" ".join(tags), "utf-8")


def ran(arguments: list[str], folder: Path, **settings: str) -> tuple[float, float, float]:
    """Seconds of wall and of processor time, and MiB at the peak."""
    begun = time.perf_counter()
    child = os.fork()
    if not child:
        os.chdir(folder)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.execve(sys.executable, [sys.executable, *arguments], os.environ | settings)
    _, _, used = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared(folder)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        kept = {"XDG_CACHE_HOME": str(folder / "cache")}
        nianbao = ["-m", "nianbao"]
        commands: dict[str, tuple[list[str], dict[str, str]]] = {
            "docxtpl": (["bare.py"], {}),
            "python": (["-c", "pass"], {}),
            "yaml+click": (["-c", "import yaml, click"], {}),
            "check": ([*nianbao, "check", "青石镇2025.yaml"], kept),
            "generate": ([*nianbao, "generate", "青石镇2025.yaml"], kept),
            "generate, Traditional": ([*nianbao, "generate", "2025.yaml"], kept),
            "check, no cache": ([*nianbao, "check", "青石镇2025.yaml"], {"NIANBAO_NO_CACHE": "1"}),
            "generate, no cache": (
                [*nianbao, "generate", "青石镇2025.yaml"],
                {"NIANBAO_NO_CACHE": "1"},
            ),
        }
        for arguments, settings in commands.values():
            ran(arguments, folder, **settings)
        taken: dict[str, list[tuple[float, float, float]]] = {each: [] for each in commands}
        for _ in range(rounds):
            for each, (arguments, settings) in commands.items():
                taken[each].append(ran(arguments, folder, **settings))
    print(f"{'':24}{'wall':>7}{'ratio':>7}{'quartiles':>13}{'processor':>11}{'ratio':>7}{'MiB':>7}")
    for each, measured in taken.items():
        ratios = [
            [mine[n] / bare[n] for mine, bare in zip(measured, taken["docxtpl"], strict=True)]
            for n in (0, 1)
        ]
        low, _, high = statistics.quantiles(ratios[0], n=4)
        wall, processor, memory = (statistics.median(m[n] for m in measured) for n in range(3))
        print(
            f"{each:24}{wall:7.3f}{statistics.median(ratios[0]):7.2f}{low:7.2f}{high:6.2f}"
            f"{processor:11.3f}{statistics.median(ratios[1]):7.2f}{memory:7.1f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
