"""A form's own ways, from outside: its language, notes, days, years, fields and what it asks for.

By tests/forms/library, an English form; each word has a case that passes and one
that fails, and what its author may get wrong is told at its line.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from support import SMALL_FORMS, check, nianbao, paragraphs, place_of, tables

FOLDER = SMALL_FORMS / "library"
GOVERNANCE = SMALL_FORMS / "governance"
FORM = "library-2024.form.yaml"


def desk(target: Path, *edits: tuple[str, str], folder: Path = FOLDER) -> Path:
    """A copy of a form, its template and its input, `edits` made where they apply."""
    home = Path(shutil.copytree(folder, target / "form"))
    for old, new in edits:
        (path,) = [p for p in home.glob("*.yaml") if old in p.read_text("utf-8")]
        text = path.read_text("utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), "utf-8")
    return home


def found(home: Path, *, all_codes: bool = False) -> list[tuple[str, str]]:
    """(code, message) of what is found in the input, but a missing year."""
    file = check(home / "2025.yaml", "--templates", home)
    return [(f["code"], f["message"]) for f in file["findings"] if f["code"] != "C001"]


def codes(home: Path) -> list[str]:
    return [code for code, _ in found(home)]


def printed(home: Path) -> Path:
    out = home / "x.docx"
    ran = nianbao("generate", "--templates", home, "-o", out, home / "2025.yaml", cwd=home)
    assert ran.code == 0, ran.out + ran.err
    return out


def mistakes(home: Path) -> str:
    ran = nianbao("forms", "--templates", home, cwd=home)
    return ran.out + ran.err


# --- what is typed --------------------------------------------------------------------


@pytest.mark.parametrize("year", [2025, 2024])
def test_a_part_may_be_called_as_it_is_printed_in_its_year(tmp_path: Path, year: int) -> None:
    home = desk(tmp_path, ("\nYear in brief:", f"\n1. The year {year} in brief:"))
    assert ("S101" in codes(home)) == (year != 2025)


# --- what is printed ------------------------------------------------------------------


def test_an_english_report_is_printed_in_english(tmp_path: Path) -> None:
    out = printed(desk(tmp_path))
    document = docx.Document(str(out))
    assert document.core_properties.language == "en"
    assert b"zh-" not in b"".join(part.blob for part in document.part.package.iter_parts())
    said = paragraphs(out)
    assert said[0] == "Annual Return of Public Libraries\n2025: Greenfield Town Library"
    assert said[-3:] == [
        "Greenfield Town Library\u3000December 12, 2025",
        "Telephone: 555 0101",
        "Prepared by: A. Reader\u3000Approved by: B. Writer",
    ]
    assert "1. The year 2025 in brief" in said
    assert said[said.index("Note: Rounded to a hundred dollars.") + 1].startswith("Fees are")
    assert [row[0] for row in tables(out)[0][1:]] == [
        "Readers, end of 2024",
        "Joined in 2025",
        "Left in 2025",
        "Readers, end of 2025",
    ]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ('日期作: "{{年}}-{{月}}-{{日}}"', "2025-03-01"),
        ('日期作: "{{年}}.{{月}}.{{日}}"', "2025.3.1"),
        ('日期作: "{{日}}/{{月}}/{{年}}"', "1/3/2025"),
        ("语言: en", "March 1, 2025"),
    ],
)
def test_a_day_is_printed_as_the_form_says(tmp_path: Path, said: str, day: str) -> None:
    edits = [("Published: 2025-12-12", "Published: 2025-03-01")]
    if "日期作" in said:
        edits.append(("语言: en\n", f"语言: en\n{said}\n"))
    assert f"Greenfield Town Library\u3000{day}" in paragraphs(printed(desk(tmp_path, *edits)))


def test_a_chinese_form_prints_its_own_note_and_day(tmp_path: Path) -> None:
    home = desk(
        tmp_path,
        ("标题:", '注作: 说明：\n日期作: "{{年}}/{{月}}/{{日}}"\n标题:'),
        folder=SMALL_FORMS / "sport",
    )
    said = paragraphs(printed(home))
    assert "说明：面积按建筑面积计。" in said
    assert said[-1] == "2026/1/9"


def test_headers_and_footers_hold_what_stands_at_the_head(tmp_path: Path) -> None:
    section = docx.Document(str(printed(desk(tmp_path)))).sections[0]
    assert section.header.paragraphs[0].text == "Greenfield Town Library, 2025"
    assert section.footer.paragraphs[0].text == "Main library · 555 0101"
    without = desk(tmp_path / "2", ("Telephone: 555 0101\n", ""))
    (footer,) = docx.Document(str(printed(without))).sections[0].footer.paragraphs
    assert footer.text == "Main library · "


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{Categorie}}", "L102"),
        ("{{r1a}}", "L102"),
        ("{{dateline}}", "L102"),
        ("{%p for x in dateline %}", "L106"),
        ("{{Category", "L107"),
    ],
)
def test_what_a_footer_cannot_print_is_told(tmp_path: Path, text: str, code: str) -> None:
    home = desk(tmp_path)
    template = home / "library-2024.docx"
    drawn = docx.Document(str(template))
    drawn.sections[0].footer.paragraphs[0].text = text
    drawn.save(str(template))
    told = [(f, m) for f, m in found(home) if f.startswith("L")]
    assert [f for f, _ in told] == [code]
    assert "页脚" in told[0][1]


def test_bold_italic_and_underline_of_a_placeholder_are_kept(tmp_path: Path) -> None:
    home = desk(tmp_path)
    template = home / "library-2024.docx"
    drawn = docx.Document(str(template))
    (shown,) = [p for p in drawn.paragraphs if p.text == "{{Category}}"]
    shown.clear()
    shown.add_run("Kind: ")
    for piece in ("{{", "Category", "}}"):  # as Word parts them
        run = shown.add_run(piece)
        run.bold = run.italic = run.underline = True
    cell = drawn.tables[1].rows[1].cells[1].paragraphs[0]
    cell.runs[0].bold = True
    drawn.save(str(template))
    out = docx.Document(str(printed(home)))
    (line,) = [p for p in out.paragraphs if p.text == "Kind: Main library"]
    assert [(r.text, r.bold, r.italic, r.underline) for r in line.runs] == [
        ("Kind: ", None, None, None),
        ("Main library", True, True, True),
    ]
    assert out.tables[1].rows[1].cells[1].paragraphs[0].runs[0].bold


# --- a printed line that is absent ------------------------------------------------------


def lines_in_table(home: Path) -> None:
    """The printed lines in a table of two rows: two lines in one cell, one by itself."""
    template = home / "library-2024.docx"
    drawn = docx.Document(str(template))
    held = {}
    for name in ("dateline", "phoneline", "signatures"):
        (at,) = [n for n, p in enumerate(drawn.paragraphs) if p.text.endswith(f"in {name} %}}")]
        held[name] = drawn.paragraphs[at : at + 3]
    table = drawn.add_table(rows=2, cols=1)
    first, second = (row.cells[0]._tc for row in table.rows)
    for cell, names in ((first, ("dateline", "phoneline")), (second, ("signatures",))):
        for paragraph in [p for name in names for p in held[name]]:
            cell.append(paragraph._p)
        cell.remove(next(iter(cell.p_lst)))
    drawn.save(str(template))


def test_printed_lines_stand_in_a_table(tmp_path: Path) -> None:
    home = desk(tmp_path)
    lines_in_table(home)
    assert found(home) == []
    assert tables(printed(home))[-1] == [
        ["Greenfield Town Library\u3000December 12, 2025\nTelephone: 555 0101"],
        ["Prepared by: A. Reader\u3000Approved by: B. Writer"],
    ]
    ran = nianbao("review", "--templates", home, home / "2025.yaml", cwd=home)
    assert ran.code == 0, ran.out


def test_an_absent_line_leaves_no_gap_in_a_table(tmp_path: Path) -> None:
    home = desk(
        tmp_path,
        ("Telephone: 555 0101\n", ""),
        ("\nSigned: {Prepared by: A. Reader, Approved by: B. Writer}\n", ""),
    )
    lines_in_table(home)
    out = docx.Document(str(printed(home)))
    assert [[c.text for c in row.cells] for row in out.tables[-1].rows] == [
        ["Greenfield Town Library\u3000December 12, 2025"]
    ]
    assert len(out.tables[-1].rows[0].cells[0].paragraphs) == 1


def test_a_narrative_is_not_looped_in_a_cell(tmp_path: Path) -> None:
    home = desk(tmp_path)
    template = home / "library-2024.docx"
    drawn = docx.Document(str(template))
    cell = drawn.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.paragraphs[0].text = "{%p for x in brief %}"
    cell.add_paragraph("{%p endfor %}")
    drawn.save(str(template))
    assert "L106" in codes(home)


# --- what is found ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Published: 2025-12-12\n", "", "S103"),
        ("Published: 2025-12-12", "Published:", "V107"),
        ("Published: 2025-12-12", "Published: 2026-01-12", "V205"),
        ("Published: 2025-12-12", "Published: soon", "V106"),
        ("Category: Main library", "Category: main Library", "V110"),
        ("Category: Main library", "Category: Mane library", "V110"),
        ("Telephone: 555 0101", "Telephone: 555-0101", "V111"),
        ("welcomed {{Joined}} new readers", "welcomed 41 new readers", "N101"),
        ("had {{Now}} readers", "had 1,221 readers", "N101"),
        ("It spent 61.5 thousand dollars on", "It saved", "N201"),
        ("[25, 15, 40]", "[25, 15, 41]", "T101"),
        ("  Fees: 3\n", "  Fees: 4\n", "T102"),
    ],
)
def test_an_english_report_is_checked(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert code in codes(desk(tmp_path, (old, new)))


def test_money_is_counted_in_the_words_of_the_form(tmp_path: Path) -> None:
    edits = (
        ("  Fees: 3\n", "  Fees: 0\n"),
        ("  Grant: 120.5\n", "  Grant: 123.5\n"),
        ("Opening hours cost", "Fees of 300 dollars were charged. Opening hours cost"),
    )
    ((code, message),) = found(desk(tmp_path, *edits))
    assert code == "N106"
    assert message == "正文说收费 300 dollars，表里Fees charged是 0 thousand dollars。"
    other = desk(
        tmp_path / "2", *edits, ("  金额作: [dollars, thousand dollars]\n", "  金额作: [crowns]\n")
    )
    assert codes(other) == []


def test_a_counting_word_of_the_form_is_read(tmp_path: Path) -> None:
    edit = ("welcomed {{Joined}} new readers", "welcomed 41 new readers")
    assert codes(desk(tmp_path, edit)) == ["N101"]
    words = ("  量词: [new readers, readers]\n", "  量词: [guests]\n")
    examples = [
        (', 例: ["The library welcomed 40 new readers."]', ""),
        (', 例: ["The library had 1,220 readers. It cost more."]', ""),
    ]
    assert codes(desk(tmp_path / "2", edit, words, *examples)) == []


def test_a_finding_names_the_year_that_is_printed(tmp_path: Path) -> None:
    ((code, message), *_) = found(desk(tmp_path, ("[25, 15, 40]", "[25, 15, 41]")))
    assert code == "T101"
    assert "Joined in 2025" in message
    ((code, message),) = found(
        desk(tmp_path / "2", ("  Joined: [25, 15, 40]\n", "  Joined in 2024: [25, 15, 40]\n"))
    )[:1]
    assert code == "S101"


def test_a_row_may_be_typed_by_what_is_printed(tmp_path: Path) -> None:
    assert (
        found(desk(tmp_path, ("  Joined: [25, 15, 40]\n", "  Joined in 2025: [25, 15, 40]\n")))
        == []
    )


def test_a_file_begun_anew_waits_for_what_must_be_there(tmp_path: Path) -> None:
    home = desk(tmp_path)
    ran = nianbao("new", "2026", "--from", home / "2025.yaml", "--templates", home, cwd=home)
    assert (ran.code, ran.err) == (0, "")
    text = (home / "inputs" / "2026.yaml").read_text("utf-8")
    assert "\nPublished:      # 2026-12-12\n" in text
    assert "\nCategory: Main library\n" in text
    assert "  Opening: [813, 407, 1220]\n" in text


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("（二）议事", "（三）议事", "N203"),
        ("村民议事会商量", "XX商量", "N208"),
        ("单位: 云岭县青石镇人民政府", "单位: 云岭县青石镇", "S202"),
    ],
)
def test_the_ways_of_offices_are_checked_where_a_form_asks(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    asked = desk(tmp_path, (old, new), folder=GOVERNANCE)
    assert code in codes(asked)
    silent = desk(tmp_path / "2", (old, new), ("  公文: 是\n", ""), folder=GOVERNANCE)
    assert codes(silent) == []


# --- the author's mistakes --------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "at", "hint"),
    [
        ("语言: en", "语言: eng", "eng", "您是否想写“en”"),
        ("语言: en", "语言: fr", "fr", "只能写：zh、en"),
        ("语言: en", "语文: en", "语文", "您是否想写“语言”"),
        ('注作: "Note: "', "注作: [Note]", "[Note]", "只写一行"),
        (
            "语言: en",
            '语言: en\n日期作: "{{年}}-{{月}}"',
            '"{{年}}-{{月}}"',
            "{{年}}-{{月}}-{{日}}",
        ),
        ("语言: en", '语言: en\n日期作: "{{年份}}-{{月}}-{{日}}"', '"{{年份}}', "您是否想写“年”"),
        ("语言: en", '语言: en\n日期作: "{{年}}-{{月}}-{{日}"', '"{{年}}', "{{年}}"),
        ("填: 日期, 必填: 是", "填: 日子, 必填: 是", "日子", "您是否想写“日期”"),
        ("填: 日期, 必填: 是", "填: 日期, 必填: 对", "对}", "只能写：是、否"),
        ("填: 日期, 必填: 是", "填: 日期, 必添: 是", "必添", "您是否想写“必填”"),
        ("填: 日期, 必填: 是", "填: 日期, 样式: ＃", "样式: ＃}", "删掉“样式”这一项"),
        ("{样式: ＃ ＃}", "{样式: （＃）}", "（＃）", "写上一定会有的字"),
        ("[Main library, Branch library]", "[Main library]", "Main library]", "至少写两个"),
        ("[Main library, Branch library]", "[Main, Main]", "Main]", "各起各的名"),
        ("The year {{年度}}", "The year {{年}}", "1. The year {{年}}", "您是否想写“年度”"),
        ("Joined in {{年度}}", "Joined in {{年度}", '"Joined in {{年度}"', "{{年度}}"),
        ("当年: [{至: 12月31日}]", "当今年: [{至: 12月31日}]", "当今年", ""),
        (
            "当年: [{至: 12月31日}]",
            "当年: [{至: 12月31日}], 次年: [{至: 1月1日}]",
            "次年",
            "删掉“次年”这一项",
        ),
        ("字数:\n", "公文: 对\n  字数:\n", "对\n", "只能写：是、否"),
    ],
)
def test_a_mistake_of_the_author_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, at: str, hint: str
) -> None:
    home = desk(tmp_path, (old, new))
    line, column = place_of(home / FORM, at)
    said = mistakes(home)
    assert f"{FORM}" in said
    assert f"第 {line} 行第 {column} 列" in said
    assert hint in said


def test_a_year_that_opens_an_english_sentence_is_its_own(tmp_path: Path) -> None:
    """What was counted then is not this year's."""
    home = desk(tmp_path)
    path = home / "2025.yaml"
    text = path.read_text("utf-8")
    assert "welcomed {{Joined}} new readers" in text
    for opening, wrong in (("In 2024, the library", False), ("The library", True)):
        said = f"{opening} welcomed 99 new readers. The library welcomed {{{{Joined}}}} new readers"
        path.write_text(text.replace("The library welcomed {{Joined}} new readers", said), "utf-8")
        assert ("N101" in codes(home)) is wrong
