"""What the README prints is what the commands print, and its commands are the ones CI runs."""

from __future__ import annotations

import re

from support import ROOT, in_own_process

README = ROOT / "README.md"
HOME = "/home/年报"
"""What stands in the README for the folder of whoever reads it."""
CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)


def test_console_blocks_are_real(workplace, golden):
    text = README.read_text(encoding="utf-8")
    blocks = list(CONSOLE.finditer(text))
    assert len(blocks) == 2
    codes = []
    for block in blocks:
        ran = in_own_process(*block["command"].split(), cwd=workplace, PYTHONIOENCODING="utf-8")
        codes.append(ran.returncode)
        assert ran.stderr == b""
        said = ran.stdout.decode().replace(str(workplace), HOME)
        real = f"```console\n$ {block['command']}\n{said}```"
        text = text.replace(block[0], real)
    assert codes == [0, 1]
    golden(README, text)


def test_it_stays_short_and_its_links_lead_somewhere():
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    links = re.findall(r"\]\(([^)#]+)", text) + re.findall(r'src="([^"]+)"', text)
    assert len(links) >= 6
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing


def test_drag_and_drop_script_is_ascii_with_windows_line_ends():
    data = (ROOT / "生成.cmd").read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") > 5
    assert data.rstrip().endswith(b"pause")
