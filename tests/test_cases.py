"""Every defect in tests/cases is found where the contract (docs/commands.md, “Places”) places it, and nothing else.

A case is one change to base.yaml, which is sound: 原文 are whole lines of it,
改为 what stands there instead, 结果 the errors and confirmations to be found,
in order. Notes count only where 结果 lists their code; 文件名 is 2025.yaml unless given.
改正后 is what `nianbao fix` makes of 改为 (“原文” stands for 原文); without it, fix changes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from support import nianbao, part
from support.cases import (
    BASE,
    CASES,
    SESSIONS,
    Case,
    changed,
    check,
    found,
    written,
)

from nianbao import catalog
from nianbao.desk.pipeline import Session
from nianbao.source import parsing

NOT_IN_A_CASE = {
    "Y101": "needs other bytes: test_a_cut_off_character",
    "Y112": "needs other bytes: test_another_encoding",
    "Y114": "needs other bytes: test_a_lone_return_is_noted",
    "Y111": "needs hundreds of defects: test_a_hopeless_file",
    "V109": "needs another form: test_kinds",
    "V110": "needs another form: test_kinds",
    "V111": "needs another form: test_kinds",
    "V301": "needs --script: test_a_conversion_is_noted",
    "C001": "needs last year's file away: test_a_check_not_made",
    "C002": "needs another form: test_training",
    "T103": "needs another form: test_training",
    "T104": "needs another form: test_training",
}

HALF_MENDED = {"Y105-pasted-before-misspelt", "V102-wide-thousands-in-list"}
"""Cases with a second defect, which is the clerk's to mend."""


def test_the_base_is_sound(tmp_path: Path) -> None:
    path = written(tmp_path, BASE)
    assert found(check(path, strict=True), "C001") == []
    assert found(check(tmp_path / "2024.yaml", strict=True)) == []


@pytest.mark.parametrize("case", part(4, CASES), ids=str)
def test_a_defect_is_found_in_its_place_and_nothing_else(case: Case, tmp_path: Path) -> None:
    file = check(written(tmp_path, case.text, case.file))
    assert found(file, *(code for code, _, _ in case.expected)) == case.expected
    errors = [f for f in file["findings"] if f["severity"] == "error"]
    assert file["accepted"] == (not errors)
    for told in file["findings"]:
        speaks_for_itself(told, case)


def speaks_for_itself(told: dict[str, Any], case: Case) -> None:
    """A Chinese sentence and a remedy, graver or not as catalogued, in characters GBK can show."""
    entry = catalog.find(told["code"])
    assert entry
    assert {"错误": "error", "核实": "confirm", "提示": "note"}[entry.severity] == told["severity"]
    assert told["message"].endswith("。")
    assert told["hint"]
    said = [told["message"], told["hint"], told["answer_key"] or ""]
    said += [related["message"] for related in told["related"]]
    own = set("".join(said)) - set(case.text) - {"\ufffd"}
    "".join(sorted(own)).encode("gbk")


@pytest.mark.parametrize("case", part(16, CASES), ids=str)
def test_the_other_parser_finds_the_same(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most it says more of a line that is refused anyway."""
    monkeypatch.setattr(parsing, "_PARSER", yaml.SafeLoader)
    file = check(written(tmp_path, case.text, case.file))
    places = found(file, *(code for code, _, _ in case.expected))
    assert set(case.expected) <= set(places)
    assert {line for _, line, _ in places} == {line for _, line, _ in case.expected}


def test_every_code_of_an_input_has_a_case() -> None:
    """A case is named for a code that it expects; `ok` for a sound file."""
    named = set()
    for case in CASES:
        code = case.name.split("-")[0]
        assert case.expected == [] if code == "ok" else code in {c for c, _, _ in case.expected}
        named.add(code)
    wanted = {e.code for e in catalog.entries() if e.code[0] in "YSVTNC"}
    assert wanted - named == set(NOT_IN_A_CASE)


@pytest.mark.parametrize("case", part(4, (case for case in CASES if case.asks)), ids=str)
def test_what_asks_for_confirmation_can_be_answered(case: Case, tmp_path: Path) -> None:
    path = written(tmp_path, case.text, case.file)
    asked = [f["answer_key"] for f in check(path)["findings"] if f["severity"] == "confirm"]
    assert asked
    with path.open("a", encoding="utf-8") as file:
        file.write("核实说明:\n" + "".join(f"  {key}: 已核对台账\n" for key in asked))
    after = check(path, strict=True)["findings"]
    assert [f["answer_key"] for f in after if f["answered"]] == asked
    assert not [f for f in after if f["code"] == "S109"]


def test_strict_blocks_what_is_not_answered(tmp_path: Path) -> None:
    path = written(tmp_path, changed("成文日期: 2026-01-12", "成文日期: 2026-01-22"))
    assert nianbao("check", path, cwd=tmp_path).code == 0
    assert nianbao("check", "--strict", path, cwd=tmp_path).code == 1


@pytest.mark.parametrize("case", part(10, CASES), ids=str)
def test_fix_mends_what_can_be_meant_in_one_way_and_nothing_else(
    case: Case, tmp_path: Path
) -> None:
    """What is mended is sound, but for what was wrong beside it; what is not is left to the byte."""
    path = written(tmp_path, case.text, case.file)
    mended = SESSIONS[False].mend(path)
    assert path.read_bytes().decode("utf-8", "surrogatepass") == case.mended
    assert (mended.copy is None) == (case.mended == case.text)
    assert {p.name for p in tmp_path.iterdir()} == {"2024.yaml", case.file} | (
        {mended.copy.name} if mended.copy else set()
    )
    if mended.copy:
        assert mended.copy.read_bytes() == case.text.encode("utf-8", "surrogatepass")
        errors = [f for f in check(path)["findings"] if f["severity"] == "error"]
        assert not errors or case.name in HALF_MENDED


# --- what a case file cannot hold -------------------------------------------------


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_move_places(end: str, tmp_path: Path) -> None:
    text = changed("  行政许可: 35", "  行政许可: -35").replace("\n", end)
    assert found(check(written(tmp_path, text.encode()))) == [("V102", 26, 9)]


def test_a_byte_order_mark_is_not_counted(tmp_path: Path) -> None:
    text = "\ufeff邮编: 410000\n" + BASE.split("\n", 1)[1]
    assert found(check(written(tmp_path, text))) == [("S101", 1, 1)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-be"])
def test_another_encoding(encoding: str, tmp_path: Path) -> None:
    """Read as it is, with its places, and said."""
    bom = "\ufeff" if encoding == "utf-16-be" else ""
    text = changed("  行政许可: 35", "  行政许可: -35").replace("\n", "\r\n")
    file = check(written(tmp_path, (bom + text).encode(encoding)))
    assert found(file, "Y112") == [("Y112", 1, 1), ("V102", 26, 9)]
    assert check(written(tmp_path, (bom + BASE).encode(encoding)))["accepted"]


@pytest.mark.parametrize(
    ("encoding", "broken"),
    [("utf-8", b"\xed\xa0\x80"), ("utf-8", b"\xe9"), ("utf-8", b"\xff"), ("gb18030", b"\xff")],
)
def test_half_a_character(encoding: str, broken: bytes, tmp_path: Path) -> None:
    """At its place; nothing is read in another encoding for its sake."""
    before = BASE[: BASE.index("河西路")]
    data = before.encode(encoding) + broken + BASE[len(before) :].encode(encoding)
    column = len(before) - before.rfind("\n")
    file = check(written(tmp_path, data))
    assert found(file) == [("Y102", 12, column)]
    assert ("GB18030" in str(file)) == (encoding == "gb18030")


def test_half_of_utf_16(tmp_path: Path) -> None:
    data = BASE.replace("白水镇河西路", "白水镇\ud800河西路").encode("utf-16", "surrogatepass")
    column = BASE.split("\n")[11].index("河西路") + 1
    assert found(check(written(tmp_path, data))) == [("Y102", 12, column)]
    cut = BASE.rstrip("\n").encode("utf-16")[:-1]
    assert ("Y102", 77, 25) in found(check(written(tmp_path, cut)))


def test_a_cut_off_character(tmp_path: Path) -> None:
    assert found(check(written(tmp_path, b"\xe5\x8d"))) == [("Y101", 1, 1)]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x06\x00word/document.xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    ],
)
def test_a_word_file_is_called_one(data: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, data)
    (told,) = check(path)["findings"]
    assert (told["code"], told["line"], told["column"]) == ("Y101", 1, 1)
    assert told["message"] == "这是 Word 文件，不是填报文件。"
    assert "编码" not in told["hint"]


def test_a_lone_return_is_noted(tmp_path: Path) -> None:
    path = written(tmp_path, BASE.replace("电话：", "\r  电话：").replace("发布前", "\r  发布前"))
    line = BASE[: BASE.index("电话：")].count("\n") + 1
    column = BASE.split("\n")[line - 1].index("电话：") + 1
    file = check(path)
    assert [place for place in found(file, "Y114") if place[0] == "Y114"] == [
        ("Y114", line, column)
    ]
    assert file["accepted"]


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有说明\n", "\ufeff"])
def test_an_empty_file(text: str, tmp_path: Path) -> None:
    file = check(written(tmp_path, text))
    assert found(file) == [("Y105", 1, 1)]
    assert not file["accepted"]


def test_a_file_too_large(tmp_path: Path) -> None:
    file = check(written(tmp_path, BASE + "#" * parsing.MAX_BYTES))
    assert [code for code, _, _ in found(file)] == ["Y107"]


def test_a_hopeless_file(tmp_path: Path) -> None:
    lines = "".join(f"没有的项{number}: 1\n" for number in range(400))
    file = check(written(tmp_path, BASE + lines))
    assert "Y111" in {f["code"] for f in file["findings"]}
    assert not file["accepted"]


def test_a_conversion_is_noted(tmp_path: Path) -> None:
    path = written(tmp_path, changed("简称: 白水镇", "简称: 白水鎮"))
    ran = nianbao("generate", "--script", "zh-Hans", "-o", "x.docx", path, cwd=tmp_path)
    assert ran.code == 0
    assert "V301" in ran.out
    assert "V301" not in nianbao("generate", "-o", "y.docx", path, cwd=tmp_path).out


def test_a_check_not_made(tmp_path: Path) -> None:
    path = written(tmp_path, BASE)
    assert Session().check(path).findings == []
    (tmp_path / "2024.yaml").unlink()
    assert [f["code"] for f in check(path)["findings"]] == ["C001"]
