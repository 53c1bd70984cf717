"""`fix` types what was meant and nothing else, and keeps the file as it was."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
import yaml
from support import EXAMPLE, EXAMPLES, TOWN, in_own_process, nianbao
from support.cases import BASE, changed, written

from nianbao.chinese import lines
from nianbao.chinese.lines import Lines
from nianbao.desk import delivery
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import edit
from nianbao.source import mending, parsing, tree
from nianbao.source.names import Names


def fixed(folder: Path, data: str | bytes, *, code: int = 0) -> bytes:
    """What the command makes of a file with last year's beside it."""
    path = written(folder, data)
    ran = nianbao("fix", path, cwd=folder)
    assert (ran.code, ran.err) == (code, ""), ran.out
    return path.read_bytes()


@pytest.mark.parametrize("path", [TOWN, EXAMPLE, EXAMPLES / "青石镇2024.yaml"], ids=str)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_clean_file_is_not_touched(path: Path, end: str, bom: str, tmp_path: Path) -> None:
    target = tmp_path / path.name
    target.write_bytes((bom + path.read_text("utf-8").replace("\n", end)).encode())
    os.utime(target, (1, 1))
    ran = nianbao("fix", target, cwd=tmp_path)
    assert ran.code == 0
    assert "没有动它" in ran.out
    assert target.stat().st_mtime == 1
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-be"])
def test_another_encoding_becomes_utf_8(encoding: str, tmp_path: Path) -> None:
    bom = "\ufeff" if encoding == "utf-16-be" else ""
    assert fixed(tmp_path, (bom + BASE).replace("\n", "\r\n").encode(encoding)) == (
        BASE.replace("\n", "\r\n").encode()
    )


def test_line_ends_and_the_mark_stay(tmp_path: Path) -> None:
    text = "\ufeff" + changed("年度: 2025", "年度：2025").replace("\n", "\r\n")
    assert fixed(tmp_path, text) == ("\ufeff" + BASE.replace("\n", "\r\n")).encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_lone_return_becomes_a_line_end_as_the_others(end: str, tmp_path: Path) -> None:
    lines = BASE.replace("\n", end)
    at = lines.index(end, 200)
    assert fixed(tmp_path, lines[:at] + "\r" + lines[at + len(end) :]) == lines.encode()


def wide(text: str) -> str:
    """Colons, commas, brackets and digits of a table's lines as a Chinese input method has them."""
    table = str.maketrans(":,[]{}0123456789", "：，［］｛｝０１２３４５６７８９")
    lines = text.split("\n")
    return "\n".join(
        line.translate(table).replace("： ", "：").replace("， ", "，")
        if re.match(r"  \S+: [\d\[{]", line) and '"' not in line
        else line
        for line in lines
    )


@pytest.mark.parametrize(
    "spoilt",
    [
        BASE.replace(": ", "："),
        BASE.replace(": ", ":"),
        BASE.replace(": ", ":　"),
        BASE.replace(": ", ":\u00a0"),
        BASE.replace("[", "［").replace("]", "］"),
        wide(BASE),
        BASE.replace("\n  ", "\n\u00a0\u00a0"),
    ],
    ids=[
        "wide colons",
        "no blanks",
        "wide blanks",
        "no-break blanks",
        "brackets",
        "all",
        "margins",
    ],
)
def test_a_whole_file_of_one_trap_is_mended(spoilt: str, tmp_path: Path) -> None:
    assert spoilt != BASE
    after = fixed(tmp_path, spoilt).decode()
    assert [line.strip("\u00a0 ") for line in after.split("\n")] == [
        line.strip() for line in BASE.split("\n")
    ]


@pytest.mark.parametrize("margin", ["\t", "　", "　　"])
def test_margins_of_one_kind_are_mended(margin: str, tmp_path: Path) -> None:
    """Each level of two blanks typed as `margin`; the data are the same as before."""
    spoilt = re.sub(r"^(?:  )+", lambda m: margin * (len(m[0]) // 2), BASE, flags=re.M)
    after = fixed(tmp_path, spoilt).decode()
    assert yaml.load(after.replace("\t", "").replace("　", ""), yaml.BaseLoader) == (
        yaml.load(BASE, yaml.BaseLoader)
    )


def test_pasted_narratives_are_indented_up_to_the_next_key(tmp_path: Path) -> None:
    """Every narrative at the left edge, with a soft break and what Word puts at a line's start."""
    lines, inside = [], False
    for line in BASE.split("\n"):
        inside = line.endswith("|") or (inside and (line.startswith("  ") or not line))
        lines.append(line.replace("  ", "　　", 1) if inside and line.startswith("  ") else line)
    spoilt = "\n".join(lines).replace("发布前", "\u000b发布前").replace("引言: |", "引言:")
    path = written(tmp_path, spoilt)
    narratives = [f for f in Session().check(path).findings if f.code == "Y105"]
    assert [f.location.line for f in narratives if f.location] == [10, 15, 69, 75]
    after = fixed(tmp_path, spoilt).decode()
    assert after.replace("　　", "").replace("\n  发布前", "发布前") == BASE


def test_what_is_changed_is_shown_and_the_old_file_kept(tmp_path: Path) -> None:
    path = written(tmp_path, changed("年度: 2025", "年度：２０２５"))
    before = path.read_bytes()
    (tmp_path / "2025.yaml.改前.bak").write_text("earlier", "utf-8")
    ran = nianbao("fix", path, cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("第 4 行：“：２０２５”改成“: 2025”\n√ 已改正 ")
    assert "2025.yaml.改前2.bak" in ran.out
    assert (tmp_path / "2025.yaml.改前.bak").read_text("utf-8") == "earlier"
    assert (tmp_path / "2025.yaml.改前2.bak").read_bytes() == before
    assert ran.out.encode("gbk")


def test_what_is_not_mended_is_listed(tmp_path: Path) -> None:
    text = changed("  行政许可: 35", "  行政许可: 35件").replace("年度: 2025", "年度：2025")
    path = written(tmp_path, text)
    ran = nianbao("fix", path, cwd=tmp_path)
    assert ran.code == 1
    assert path.read_text("utf-8") == text.replace("年度：2025", "年度: 2025")
    assert "V102" in ran.out
    assert "35件" in ran.out


def test_a_tie_that_does_not_hold_is_no_business_of_fix(tmp_path: Path) -> None:
    text = changed("  本年新收: [6, 2, 0, 0, 1, 0, 9]", "  本年新收: [6, 2, 0, 0, 1, 0, 8]")
    assert fixed(tmp_path, text, code=1) == text.encode()


@pytest.mark.parametrize("broken", [b"\xed\xa0\x80", b"\xe9", b"\xff"])
def test_a_damaged_file_is_left_alone(broken: bytes, tmp_path: Path) -> None:
    data = changed("年度: 2025", "年度：2025").encode() + broken
    assert fixed(tmp_path, data, code=1) == data
    assert not list(tmp_path.glob("*.bak"))


def test_files_that_cannot_be_opened_or_written(tmp_path: Path) -> None:
    assert nianbao("fix", "没有.yaml", cwd=tmp_path).code == 3
    path = written(tmp_path, changed("年度: 2025", "年度：2025"))
    path.chmod(0o444)
    ran = nianbao("fix", path, cwd=tmp_path)
    assert ran.code == 3
    assert "只读" in ran.out
    assert not list(tmp_path.glob("*.bak"))


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = written(tmp_path, changed("年度: 2025", "年度：2025"), "real.yaml")
    link = tmp_path / "2025.yaml"
    link.symlink_to(real)
    assert nianbao("fix", link, cwd=tmp_path).code == 0
    assert link.is_symlink()
    assert real.read_text("utf-8") == BASE


def test_a_write_that_fails_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise OSError(28, "no space")

    path = written(tmp_path, changed("年度: 2025", "年度：2025"))
    before = path.read_bytes()
    monkeypatch.setattr(delivery.os, "replace", fail)
    ran = nianbao("fix", path, cwd=tmp_path)
    assert ran.code == 3
    assert "磁盘满了" in ran.out
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["2024.yaml", "2025.yaml"]


def test_several_files_return_the_worst(tmp_path: Path) -> None:
    good = written(tmp_path, BASE)
    bad = written(tmp_path, changed("  行政许可: 35", "  行政许可: 无"), "2025-2.yaml")
    assert nianbao("fix", good, bad, cwd=tmp_path).code == 1


def test_a_gbk_console_shows_the_difference(tmp_path: Path) -> None:
    path = written(tmp_path, changed("年度: 2025", "年度：2025"))
    ran = in_own_process("fix", path, cwd=tmp_path, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert ran.returncode == 0
    assert "行：“：”改成“:”\n" in ran.stdout.decode("gbk")


def test_a_mend_that_would_change_what_is_said_is_not_kept() -> None:
    """The last safeguard, were a finding to carry an edit that it should not."""

    def read(text: Lines) -> mending.Read:
        bad = parsing.read_text("甲：1\n").findings[0]
        gone = text.texts[0].find("5")
        mend = (edit(1, gone + 1, gone + 2, "6"),) if gone >= 0 else ()
        finding = type(bad)(bad.code, bad.severity, bad.message, bad.location, mend=mend)
        return mending.Read(parsing.read_lines(text), (finding,))

    typed = lines.of("甲: 15\n")
    assert mending.mended(typed, read) is typed


@pytest.mark.parametrize(
    ("spoilt", "changes"),
    [
        (BASE, 0),
        (BASE + "年度: 2025\n", 0),
        (changed("年度: 2025", "年度：2025"), 1),
        (changed("年度: 2025", "年度：２０２５"), 2),
    ],
    ids=["clean", "nothing to mend", "once", "what is seen when the first is mended"],
)
def test_a_text_is_read_as_often_as_it_is_changed_and_once(
    spoilt: str, changes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    whole = parsing.read_lines

    def read(text: Lines, names: Names | None = None) -> tree.Source:
        seen.extend([text.text] if names else [])  # a form is read without
        return whole(text, names)

    path = written(tmp_path, spoilt)
    monkeypatch.setattr(parsing, "read_lines", read)
    mended = Session().mend(path)
    assert len(seen) == len(set(seen)) == changes + 1
    assert seen[0] == spoilt
    assert (mended.copy is None) == (changes == 0)
    assert path.read_text("utf-8") == seen[-1]


SLIPS = "\t　\u00a0\u200b：，、［］｛｝｜“”－０１９：，\n\r  "


def test_a_mended_mutant_says_what_was_typed(tmp_path: Path) -> None:
    """Letters and digits stay in their order; a second run finds nothing to do."""
    chance = random.Random(5)
    session = Session()
    mended = 0
    for _ in range(50):
        text = BASE
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(SLIPS) + text[at + chance.choice((0, 1)) :]
        path = written(tmp_path, text)
        if session.mend(path).copy is None:
            assert path.read_bytes() == text.encode()
            continue
        mended += 1
        after = path.read_bytes().decode()
        kept = [re.sub(r"[^\w]", "", t.translate(ASCII)) for t in (text, after)]
        assert kept[0] == kept[1], text
        assert session.mend(path).copy is None, after
    assert mended > 12


ASCII = str.maketrans("０１２３４５６７８９", "0123456789")
