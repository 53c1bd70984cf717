"""Ties of every kind in one form, and last year's report in another edition of it.

The form and its inputs are in tests/forms/training/; 2024.yaml is of the edition before.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import SMALL_FORMS, check, nianbao, paragraphs, place_of, read_form, tables

from nianbao.sentence import example

TRAINING = SMALL_FORMS / "training"
WITH = ("--templates", TRAINING)
WELDERS = "[10, +10, 6, 60%]"


def filled(folder: Path, *edits: tuple[str, str], last: tuple[str, str] = ("", "")) -> Path:
    """The folder's input after `edits`, with last year's beside it."""
    text = (TRAINING / "2025.yaml").read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    before = (TRAINING / "2024.yaml").read_text("utf-8")
    (folder / "2024.yaml").write_text(before.replace(*last) if last[0] else before, "utf-8")
    path = folder / "2025.yaml"
    path.write_text(text, "utf-8")
    return path


def told(path: Path, *options: object) -> list[dict[str, Any]]:
    return [f for f in check(path, *WITH, *options)["findings"] if f["code"] != "C002"]


def messages(path: Path) -> list[tuple[str, str]]:
    return [(f["code"], f["message"]) for f in told(path)]


def test_it_is_sound_and_printed(tmp_path: Path) -> None:
    form = read_form(TRAINING / "training-2025.form.yaml")
    assert list(example.misread(form)) == []
    path = filled(tmp_path)
    assert told(path) == []
    ran = nianbao("generate", *WITH, path, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    written = tmp_path / "outputs" / "2025.docx"
    assert "2025年，培训报名40人，培训结业30人，培训未结业10人。" in paragraphs(written)
    assert tables(written)[0][1:3] == [
        ["电工", "30", "-2", "24", "80.0%"],
        ["全日制焊工", "10", "+10", "6", "60%"],
    ]


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        # ≤ in a row; the sum and the rate say that the one cell should be less
        (
            [(WELDERS, "[10, +10, 16, 160%]")],
            [
                (
                    "T101",
                    "“全日制焊工”这一行不合（结业的不超过报名的）：结业（人） 16，"
                    "应当不超过 报名（人） 10，多了 6（差 +6）。",
                ),
                (
                    "T102",
                    "“结业（人）”这一列不平（两个工种之和等于两工种）：电工 24 + 全日制焊工 16 = 40，"
                    "两工种 30，多了 10（差 +10）。",
                ),
            ],
        ),
        # a number, and no less
        (
            [("补贴人数: 20", "补贴人数: 0"), ("其中贫困学员: 5", "其中贫困学员: 0")],
            [
                (
                    "T102",
                    "“补贴人数”不合（发了补贴的有人）：“是否发放补贴 = 是”时，补贴人数 0，"
                    "应当不少于 1，少了 1（差 -1）。",
                )
            ],
        ),
        # −, beyond the tolerance
        (
            [("年末结余: -0.3", "年末结余: -0.32")],
            [
                (
                    "T102",
                    "“年末结余”不平（结余加拨款减支出等于年末结余）："
                    "上年结余 1.2 + 本年拨款 20 - 本年支出 21.5 = -0.3，年末结余 -0.32，"
                    "多了 0.02（差 +0.02，容差 0.01）。",
                )
            ],
        ),
        ([("年末结余: -0.3", "年末结余: -0.31")], []),
        # the condition
        (
            [("是否发放补贴: 是", "是否发放补贴: 否")],
            [
                (
                    "T102",
                    "“补贴金额”不平（不发补贴的没有金额）：“是否发放补贴 = 否”时，补贴金额 4，"
                    "应当是 0，多了 4（差 +4）。",
                )
            ],
        ),
        # across tables, on a condition
        (
            [("补贴人数: 20", "补贴人数: 31")],
            [
                (
                    "T103",
                    "“补贴人数”不合（补贴学员的，补贴的人都结了业）：“补贴对象 = 学员”时，"
                    "补贴人数 31，应当不超过 结业（人）·两工种 30，多了 1（差 +1）。",
                )
            ],
        ),
        ([("补贴人数: 20", "补贴人数: 31"), ("[学员]", "[教师]")], []),
        ([("补贴人数: 20", "补贴人数: 31"), ("[学员]", "无")], []),
        # a side that is blank throughout
        (
            [
                ("是否发放补贴: 是", "是否发放补贴: 否"),
                ("补贴人数: 20", "补贴人数: 无补贴"),
                ("补贴金额: 4", "补贴金额: 0"),
            ],
            [],
        ),
        # the rate, at the decimals typed
        (
            [(WELDERS, "[10, +10, 6, 60.1%]")],
            [
                (
                    "T104",
                    "“结业率·全日制焊工”算得不对（结业率是结业除以报名）：结业（人） 6，"
                    "除以报名（人） 10，应当是 60.0%，填的是 60.1%，差 +0.1。",
                )
            ],
        ),
        ([("75.00%", "75%")], []),
        (
            [("人均支出: 0.72", '人均支出: ""')],
            [
                (
                    "T104",
                    "“人均支出”算得不对（人均支出是支出除以结业的人）：本年支出 21.5，"
                    "除以结业（人）·两工种 30，应当是 0.72，却空着。",
                )
            ],
        ),
        (
            [(WELDERS, "[10, +10, 6, —]")],
            [
                (
                    "T104",
                    "“结业率·全日制焊工”算得不对（结业率是结业除以报名）：结业（人） 6，"
                    "除以报名（人） 10，应当是 60.00%，填的是 —。",
                )
            ],
        ),
        # nothing to divide by
        (
            [
                (WELDERS, "[0, 0, 0, 0%]"),
                ("[30, -2, 24, 80.0%]", "[40, 8, 30, 75%]"),
            ],
            [
                (
                    "T104",
                    "“结业率·全日制焊工”算得不对（结业率是结业除以报名）：结业（人） 0，"
                    "除以报名（人） 0，除数是 0，算不出来，填的是 0%。",
                )
            ],
        ),
        ([(WELDERS, "[0, 0, 0, —]"), ("[30, -2, 24, 80.0%]", "[40, 8, 30, 75%]")], []),
        # with last year, in cells of other addresses, and no graver than the form says
        (
            [("[30, -2, 24, 80.0%]", "[30, 2, 24, 80.0%]"), ("[40, 8,", "[40, 12,")],
            [
                (
                    "C101",
                    "本年增/减（人）·电工与上年对不上（本年增减是本年的报名减上年的）："
                    "本年增/减（人） 2，报名（人） 30 - 上年的报名（人） 32 = -2，相差 +4。",
                ),
                (
                    "C101",
                    "本年增/减（人）·两工种与上年对不上（本年增减是本年的报名减上年的）："
                    "本年增/减（人） 12，报名（人） 40 - 上年的报名（人） 32 = 8，相差 +4。",
                ),
            ],
        ),
    ],
)
def test_a_tie_is_told_with_both_sides(
    tmp_path: Path, edits: list[tuple[str, str]], found: list[tuple[str, str]]
) -> None:
    assert messages(filled(tmp_path, *edits)) == found


def test_the_one_cell_that_mends_all_is_named(tmp_path: Path) -> None:
    """≤, a sum and a rate break at one cell: one mistake, and what to type."""
    path = filled(tmp_path, (WELDERS, "[10, +10, 16, 60%]"))
    (one,) = told(path)
    assert (one["code"], one["line"], one["column"]) == ("T102", *place_of(path, "30, 75.00%]"))
    assert "结业（人）·全日制焊工 由 16 改为 6，这 3 处不平同时消失" in one["hint"]
    apart = {(r["line"], r["message"]) for r in one["related"] if "差" in r["message"]}
    line = place_of(path, "Full-Time: [10")[0]
    assert apart == {
        (line, "“全日制焊工”这一行不合（结业的不超过报名的），差 +6"),
        (line, "“结业率·全日制焊工”算得不对（结业率是结业除以报名），差 -100"),
    }


def test_one_wrong_cell_is_one_mistake_across_tables(tmp_path: Path) -> None:
    path = filled(
        tmp_path,
        ("[40, 8, 30, 75.00%]", "[40, 8, 3, 75.00%]"),
        ("培训结业30人，培训未结业10人", "都好"),
    )
    (one,) = told(path)
    assert one["code"] == "T102"
    assert "结业（人）·两工种 由 3 改为 30" in one["hint"]
    assert "“补贴人数”" in one["message"]
    assert "“人均支出”" in one["message"]


def test_a_tie_that_asks_can_be_answered(tmp_path: Path) -> None:
    path = filled(tmp_path, ("补贴金额: 4", "补贴金额: 21.2"))
    (asked,) = told(path)
    assert (asked["code"], asked["severity"]) == ("T103", "confirm")
    assert asked["answer_key"] == "T103 补贴金额 21.2/21"
    assert not check(path, *WITH, "--strict")["accepted"]
    with path.open("a", encoding="utf-8") as file:
        file.write("核实说明:\n  T103 补贴金额 21.2/21: 另有县里拨的\n")
    assert check(path, *WITH, "--strict")["accepted"]


def test_a_tie_that_only_notes_asks_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path, last=("电工: [25, 32]", "电工: [25, 31]"))
    (noted,) = told(path)
    assert (noted["code"], noted["severity"], noted["answer_key"]) == ("C101", "note", None)
    assert [Path(r["file"]).name for r in noted["related"] if "file" in r] == ["2024.yaml"]
    assert check(path, *WITH, "--strict")["accepted"]


# --- the edition before --------------------------------------------------------------------


def test_what_last_year_had_not_is_told_once(tmp_path: Path) -> None:
    path = filled(tmp_path)
    (one,) = check(path, *WITH)["findings"]
    assert (one["code"], one["severity"]) == ("C002", "note")
    assert one["line"] == place_of(path, "年度: 2025")[0]
    assert one["message"] == (
        "上年的报告是2022年试行版，没有这些格，没有同上年核对："
        "“本年增/减（人）·电工”、“结业率·电工”、“全日制焊工”各格、“本年增/减（人）·两工种”、"
        "“结业率·两工种”、“上年结余”、“本年拨款”、“本年支出”、“人均支出”、“四、补贴”各格。"
    )


def test_last_years_own_faults_are_its_own(tmp_path: Path) -> None:
    path = filled(tmp_path, last=("年末结余: 1.2", "年末结余: 一"))
    (one,) = check(path, *WITH)["findings"]
    assert (one["code"], "年末结余" in one["message"]) == ("C001", True)


def test_another_form_is_not_compared_with(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    for file in TRAINING.iterdir():
        if file.name.startswith("training-"):
            (tmp_path / "forms" / file.name).write_bytes(file.read_bytes())
    before = tmp_path / "forms" / "training-2022.form.yaml"
    text = before.read_text("utf-8").replace("表式: 职业技能培训年报", "表式: 职业介绍年报")
    before.write_text(text, "utf-8")
    path = filled(tmp_path, last=("年度: 2024", "年度: 2024\n表式: 职业介绍年报"))
    (one,) = check(path, "--templates", tmp_path / "forms")["findings"]
    assert one["code"] == "C001"
    assert "用的是另一种表式（职业介绍年报）" in one["message"]


def test_a_new_year_carries_over_from_the_edition_before(tmp_path: Path) -> None:
    filled(tmp_path).unlink()
    ran = nianbao("new", "2025", "--from", tmp_path / "2024.yaml", *WITH, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    text = (tmp_path / "inputs" / "2025.yaml").read_text("utf-8")
    assert "  上年结余: 1.2\n" in text or "  上年结余: [1.2]\n" in text


def test_a_new_year_carries_single_cells_and_leaves_the_others_to_be_typed(tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    for file in TRAINING.iterdir():
        (forms / file.name).write_bytes(file.read_bytes())
    form = forms / "training-2025.form.yaml"
    tie = "      - {名: 接上, 每行: 上年度.报名 = 结业, 落在: 结业}\n"
    text = form.read_text("utf-8")
    assert text.count("    跨年:\n") == 2
    form.write_text(text.replace("    跨年:\n", "    跨年:\n" + tie, 1), "utf-8")
    begun = tmp_path / "2026.yaml"
    options = ("--from", filled(tmp_path), "-o", begun, "--templates", forms)
    ran = nianbao("new", "2026", *options, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "  电工: {报名: , 本年增/减: , 结业: 30, 结业率: }\n" in begun.read_text("utf-8")
    found = check(begun, "--templates", forms)["findings"]
    at = place_of(begun, "电工: {报名")[0]
    assert [f["code"] for f in found if f["line"] == at] == ["V101"] * 3


def test_a_new_file_begins_a_rate_as_what_its_cell_takes(tmp_path: Path) -> None:
    begun = tmp_path / "2026.yaml"
    ran = nianbao("new", "2026", "--unit", "云岭县", "-o", begun, *WITH, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    text = begun.read_text("utf-8")
    assert "  电工: [0, 0, 0, —]\n" in text
    assert "  人均支出:      # 一个不小于零的数，正好 2 位小数" in text
    assert "T104" not in {f["code"] for f in told(begun)}


def test_what_a_rate_of_nothing_takes_can_be_typed_from_the_hint(tmp_path: Path) -> None:
    path = filled(tmp_path, (WELDERS, "0"))
    (rate,) = (f for f in told(path) if f["code"] == "T104" and "焊工" in f["message"])
    assert rate["hint"] == "整行的 0 改写成 [0, 0, 0, —]；除数填错了的，改正那一格"
    blank = filled(tmp_path, (WELDERS, '[10, +10, 6, ""]'))
    (rate,) = (f for f in told(blank) if f["code"] == "V101")
    assert rate["hint"] == "填相除得出的数；除数是 0 的写 —"


def test_what_is_told_is_explained(tmp_path: Path) -> None:
    for code in ("T103", "T104", "C002"):
        ran = nianbao("explain", code, cwd=tmp_path)
        assert ran.code == 0
        assert code in ran.out
    ran = nianbao("check", "--format", "json", *WITH, filled(tmp_path), cwd=tmp_path)
    assert json.loads(ran.out)["files"][0]["accepted"]
