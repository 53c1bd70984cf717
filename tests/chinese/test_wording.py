"""Keys are one word however they are punctuated, numbered or written; a text has one script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from nianbao.chinese.wording import Script, closest, convert, folded, names_of, script_of, squeeze


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("一、总体情况", "总体情况"),
        ("（一）予以公开", "予以公开"),
        ("(一) 予以公开", "予以公开"),
        ("危及三安全一稳定", "危及“三安全一稳定”"),
        ("總體情況", "总体情况"),
        ("審 簽", "审签"),
        ("1.其他", "其他"),
        ("本年收费金额(单位:万元)", "本年收费金额（单位：万元）"),
        ("四、政府信息公開行政複議、行政訴訟情況", "政府信息公开行政复议、行政诉讼情况"),
    ],
)
def test_a_key_is_found_in_each_of_its_writings(typed: str, meant: str) -> None:
    assert names_of(typed) & names_of(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [("行政复议", "行政诉讼"), ("总计", "合计"), ("其他", "其他结果")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert not names_of(one) & names_of(other)


@given(st.text(alphabet="一二甲乙（）“”、：. \u3000１a", max_size=20))
def test_squeezing_leaves_letters_and_digits_only(text: str) -> None:
    assert set(squeeze(text)) <= set("一二甲乙1a")
    assert squeeze(squeeze(text)) == squeeze(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_quotes_blanks_and_colons_do_not_count(text: str) -> None:
    assert names_of(text) & names_of(f"\u3000“{text[:1]} {text[1:]}”：")


def test_a_misspelt_key_is_guessed_and_nonsense_is_not() -> None:
    known = ["信访举报投诉类申请", "重复申请", "要求提供公开出版物"]
    assert closest("信访投诉举报类申请", known) == "信访举报投诉类申请"
    assert closest("要求提供公開出版品", known) == "要求提供公开出版物"
    assert closest("天气预报", known) is None


def test_one_that_differs_in_case_or_in_one_character_is_meant() -> None:
    assert closest("centralized", ["Decentralized", "Centralized"]) == "Centralized"
    assert closest("印做", ["印", "印作"]) == "印作"
    assert closest("收理", ["办结", "受理"]) == "受理"
    assert closest("北河", ["东河", "西河"]) is None


@pytest.mark.parametrize(
    ("texts", "script"),
    [
        (["云岭县青石镇人民政府"], Script.HANS),
        (["漵浦縣低莊鎮人民政府"], Script.HANT),
        ([], Script.HANS),
        (["人民"], Script.HANS),
        (["县", "縣"], Script.HANS),
        (["县", "縣鎮"], Script.HANT),
    ],
)
def test_the_script_is_that_of_most_characters(texts: list[str], script: Script) -> None:
    assert script_of(texts) is script


def test_labels_take_the_hong_kong_forms() -> None:
    assert (
        convert("收到和处理政府信息公开申请情况", Script.HANT) == "收到和處理政府信息公開申請情況"
    )
    assert convert("行政複議", Script.HANS) == "行政复议"


def test_opencc_is_not_loaded_for_a_simplified_key() -> None:
    code = (
        "import sys; from nianbao.chinese.wording import names_of; names_of('（一）予以公开');"
        "sys.exit('opencc' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("name", "needed"), [("examples/青石镇2025", False), ("2025", True)])
def test_opencc_is_loaded_only_when_needed(name: str, needed: bool, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from nianbao.desk.pipeline import Session\n"
        "outcome = Session().generate(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print(outcome.exit_code, 'opencc' in sys.modules)"
    )
    path = ROOT / "inputs" / f"{name}.yaml"
    ran = subprocess.run(
        [sys.executable, "-c", program, path, tmp_path / "made.docx"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.split() == ["0", str(needed)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("收到１２件，占５０％。", "收到12件，占50%。"),
        ("政府信息公開申請３件", "政府信息公开申请3件"),
        ("二〇二五年", "二零二五年"),
        ("甲：乙；丙", "甲：乙；丙"),
    ],
)
def test_folding_keeps_every_place(typed: str, read: str) -> None:
    assert folded(typed) == read


@given(st.text(alphabet="政府公開裏後乾隻製１２％，。abc 0件"))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(folded(text)) == len(text)
