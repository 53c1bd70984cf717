"""Column headings printed once, above the bands of blocks and groups that span the table."""

from __future__ import annotations

import re
import time
from pathlib import Path

import docx
import pytest
from support import edit_docx, part
from support.drawing import draw

from nianbao.diagnostics import Finding
from nianbao.form import formfile
from nianbao.word import audit, package, template

HEAD = """\
表式: 案件年报
版次: 2024年版
依据: 云岭政办〔2024〕1号
适用年度: 2024-
标题: "{{单位}}{{年度}}年案件年报"
部分:
  - 键: 案件
    印作: 一、案件
    块:
"""
COLUMNS = "        列: [{键: 申请, 格: a}, {键: 受理, 格: b}]\n"
BLOCKS = f"""{HEAD}\
      - 印作: 甲类
{COLUMNS}\
        行: [{{键: 办件, 格: x1}}, {{键: 退件, 格: x2}}]
      - 印作: 乙类
{COLUMNS}\
        行:
          - {{键: 乙办件, 印作: 办件, 格: x3}}
          - 组: 丙组
            行: [{{键: 移送, 格: x4}}]
          - {{键: 乙小计, 印作: 小计, 格: x5}}
      -
{COLUMNS}\
        行: [{{键: 合计, 格: x6}}]
"""
BLOCKS_DRAWN = """
┌──────┬────────┬────────┐
│      │申请    │受理    │
├──────┴────────┴────────┤
│甲类                    │
├──────┬────────┬────────┤
│办件  │{{x1a}} │{{x1b}} │
├──────┼────────┼────────┤
│退件  │{{x2a}} │{{x2b}} │
├──────┴────────┴────────┤
│乙类                    │
├──────┬────────┬────────┤
│办件  │{{x3a}} │{{x3b}} │
├──────┴────────┴────────┤
│丙组                    │
├──────┬────────┬────────┤
│移送  │{{x4a}} │{{x4b}} │
├──────┼────────┼────────┤
│小计  │{{x5a}} │{{x5b}} │
├──────┼────────┼────────┤
│合计  │{{x6a}} │{{x6b}} │
└──────┴────────┴────────┘
"""
ADDED = f"""{HEAD}\
      - 印作: 本年处置
        可加行: {{}}
        列: [{{键: 内容, 格: a, 填: 文字}}, {{键: 件, 格: b}}]
        行: [{{键: 上级, 行名: 不印, 格: p1}}]
      - 列: [{{键: 件, 格: b}}]
        行: [{{键: 上级小计, 格: p2}}]
      - 可加行: {{}}
        列: [{{键: 内容, 格: a, 填: 文字}}, {{键: 件, 格: b}}]
        行: [{{键: 本级, 行名: 不印, 格: p3}}]
      - 列: [{{键: 件, 格: b}}]
        行: [{{键: 本级小计, 格: p4}}]
"""
ADDED_DRAWN = """
┌─────────────────┐
│本年处置         │
├────────┬────────┤
│内容    │件      │
├────────┼────────┤
│{{p1a}} │{{p1b}} │
├────────┼────────┤
│上级小计│{{p2b}} │
├────────┼────────┤
│{{p3a}} │{{p3b}} │
├────────┼────────┤
│本级小计│{{p4b}} │
└────────┴────────┘
"""
ADDED_PLAIN = ADDED.replace("      - 印作: 本年处置\n        可加行", "      - 可加行")
ADDED_PLAIN_DRAWN = ADDED_DRAWN.replace("├────────┬────────┤", "┌────────┬────────┐").replace(
    "┌─────────────────┐\n│本年处置         │\n", ""
)


def audited(folder: Path, form: str, picture: str) -> list[Finding]:
    (folder / "x-2024.form.yaml").write_text(form, "utf-8")
    document = docx.Document()
    draw(document, "{{标题}} ← 标题\n一、案件 ← 标题 1")
    draw(document, picture.strip())
    draw(document, "{%p for 注 in 案件.注 %}\n{{注}}\n{%p endfor %}")
    document.save(str(folder / "x-2024.docx"))
    read = formfile.load(folder / "x-2024.form.yaml")
    members = package.read(read.template_path)
    return audit.audit(members, template.of(members), read)


def exchanged(picture: str, one: str, other: str) -> str:
    assert picture.count(one) == picture.count(other) == 1
    return picture.replace(one, "!").replace(other, one).replace("!", other)


@pytest.mark.parametrize(
    ("form", "picture"),
    [(BLOCKS, BLOCKS_DRAWN), (ADDED_PLAIN, ADDED_PLAIN_DRAWN)],
    ids=["blocks", "added"],
)
def test_headings_are_printed_once_above_all_rows(tmp_path: Path, form: str, picture: str) -> None:
    assert audited(tmp_path, form, picture) == []


def test_headings_may_be_repeated_below_a_band(tmp_path: Path) -> None:
    old = "├──────┬────────┬────────┤\n│办件  │{{x3a}}"
    assert BLOCKS_DRAWN.count(old) == 1
    new = f"├──────┬────────┬────────┤\n│      │申请    │受理    │\n├──────┼────────┼────────┤{old[26:]}"
    assert audited(tmp_path, BLOCKS, BLOCKS_DRAWN.replace(old, new)) == []
    wrong = audited(
        tmp_path, BLOCKS, BLOCKS_DRAWN.replace(old, new.replace("申请    │", "立案    │"))
    )
    assert told(wrong) == {"x3a", "x4a", "x5a", "x6a"}


def told(found: list[Finding]) -> set[str]:
    assert {finding.code for finding in found} <= {"L105"}
    return {finding.message.partition("：")[2].partition(" ")[0] for finding in found}


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("{{x1a}}", "{{x3a}}", {"x1a", "x3a"}),
        ("{{x3a}}", "{{x3b}}", {"x3a", "x3b"}),
        ("{{x5b}}", "{{x6b}}", {"x5b", "x6b"}),
        ("{{x2a}}", "{{x4a}}", {"x2a", "x4a"}),
        ("{{x6a}}", "{{x6b}}", {"x6a", "x6b"}),
        ("甲类", "乙类", {f"x{n}{x}" for n in range(1, 6) for x in "ab"}),
        ("乙类", "丙组", {f"x{n}{x}" for n in (3, 4) for x in "ab"}),
        ("申请", "受理", {f"x{n}{x}" for n in range(1, 7) for x in "ab"}),
    ],
)
def test_what_changed_places_is_told(tmp_path: Path, one: str, other: str, wrong: set[str]) -> None:
    assert told(audited(tmp_path, BLOCKS, exchanged(BLOCKS_DRAWN, one, other))) == wrong


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("│乙类", "│丁类", {f"x{n}{x}" for n in (3, 4, 5, 6) for x in "ab"}),
        ("│丙组", "│    ", {"x4a", "x4b"}),
        ("│      │申请", "│      │立案", {f"x{n}a" for n in range(1, 7)}),
        ("│小计", "│办件", {"x5a", "x5b"}),
    ],
)
def test_a_label_that_is_not_the_forms_is_told(
    tmp_path: Path, old: str, new: str, wrong: set[str]
) -> None:
    assert BLOCKS_DRAWN.count(old) == 1
    assert told(audited(tmp_path, BLOCKS, BLOCKS_DRAWN.replace(old, new))) == wrong


UNNAMED = f"""{HEAD}\
      - 列: [{{键: 说明, 列名: 不印, 格: a, 填: 文字}}]
        行: [{{键: 备注, 行名: 不印, 格: x1}}]
      - 印作: 本年收费
        列: [{{键: 金额, 列名: 不印, 格: a}}, {{键: 件数, 格: b}}]
        行: [{{键: 合计, 行名: 不印, 格: x2}}]
"""
UNNAMED_DRAWN = """
┌─────────────────┐
│{{x1a}}          │
├─────────────────┤
│本年办件         │
├────────┬────────┤
│        │件数    │
├────────┼────────┤
│{{x2a}} │{{x2b}} │
└────────┴────────┘
"""


def test_a_cell_of_which_nothing_is_printed_is_never_proposed(tmp_path: Path) -> None:
    right = UNNAMED_DRAWN.replace("办件", "收费")
    assert audited(tmp_path, UNNAMED, right) == []
    found = audited(tmp_path, UNNAMED, UNNAMED_DRAWN)
    assert told(found) == {"x2a", "x2b"}
    assert [f.hint.partition("；")[0] for f in found] == [
        "表式文件里是“本年收费”",
        "表式文件里是“件数、本年收费”",
    ]


def test_a_row_after_a_band_is_not_called_as_one_within(tmp_path: Path) -> None:
    form, picture = (
        BLOCKS.replace("键: 合计", "键: 合计, 印作: 小计"),
        BLOCKS_DRAWN.replace("合计", "小计"),
    )
    assert told(audited(tmp_path, form, picture)) == {"x6a", "x6b"}


def test_added_rows_stand_below_the_total_of_others(tmp_path: Path) -> None:
    found = audited(tmp_path, ADDED_PLAIN, exchanged(ADDED_PLAIN_DRAWN, "{{p3a}}", "{{p3b}}"))
    assert told(found) == {"p3a", "p3b"}
    found = audited(tmp_path, ADDED_PLAIN, ADDED_PLAIN_DRAWN.replace("内容", "事项"))
    assert told(found) == {"p1a", "p3a"}


def test_a_total_stands_outside_the_block_of_added_rows(tmp_path: Path) -> None:
    """Rows without a label below another's band cannot be told from those within it."""
    assert told(audited(tmp_path, ADDED, ADDED_DRAWN)) == {"p3a", "p3b"}


def test_a_thousand_bands_are_audited_in_time(tmp_path: Path) -> None:
    blocks, rows = [], [_row("", "申请", "受理")]
    for n in range(1000):
        address = f"{'xy'[n // 999]}{n % 999 + 1}"
        row = f"        行: [{{键: 办件{n}, 印作: 办件, 格: {address}}}]\n"
        blocks.append(f"      - 印作: 第{n}类\n{COLUMNS}{row}")
        rows.append(_row(f"第{n}类"))
        rows.append(_row("办件", f"{{{{{address}a}}}}", f"{{{{{address}b}}}}"))
    audited(tmp_path, BLOCKS, BLOCKS_DRAWN)
    table = f"<w:tbl>{''.join(rows)}</w:tbl>"
    edit_docx(
        tmp_path / "x-2024.docx",
        tmp_path / "y-2024.docx",
        document=lambda xml: re.sub(r"(?s)<w:tbl>.*</w:tbl>", lambda _: table, xml),
    )
    (tmp_path / "y-2024.form.yaml").write_text(HEAD + "".join(blocks), "utf-8")
    form = formfile.load(tmp_path / "y-2024.form.yaml")
    members = package.read(form.template_path)
    begun = time.process_time()
    assert audit.audit(members, template.of(members), form) == []
    assert time.process_time() - begun < 4


def _address(number: int) -> str:
    return f"{'wxyzstuvpq'[number // 999]}{number % 999 + 1}"


LABELLED = "      - 列: [{键: 内容, 列名: 不印, 格: a}]\n        行:\n"
GROUPED = f"      -\n{COLUMNS}        行:\n          - 组: 甲组\n            行:\n"


@pytest.mark.parametrize(
    ("begun", "row", "merged"),
    part(
        3,
        [
            pytest.param(GROUPED, "    ", True, id="group"),
            pytest.param(f"      -\n{COLUMNS}        行:\n", "", False, id="columns"),
            pytest.param(LABELLED, "", False, id="labels and values"),
        ],
    ),
)
@pytest.mark.parametrize("spoilt", part(2, [True, False]))
def test_ten_thousand_cells_are_audited_in_time(
    tmp_path: Path, begun: str, row: str, merged: bool, spoilt: bool
) -> None:
    """Where every label is wrong, so many are told as are told of anything."""
    letters = "a" if "内容" in begun else "ab"
    declared, drawn = [HEAD + begun], []
    if letters == "ab":
        drawn.append(_row(*["", ""][: 1 + merged], "申请", "受理"))
    for n in range(9990 // len(letters)):
        declared.append(f"          {row}- {{键: 行{n}, 格: {_address(n)}}}\n")
        group = [_merged("甲组" if n == 0 else "")] if merged else []
        values = [f"{{{{{_address(n)}{letter}}}}}" for letter in letters]
        drawn.append(_row(*group, f"行{n}{'错' if spoilt else ''}", *values))
    audited(tmp_path, BLOCKS, BLOCKS_DRAWN)
    table = f"<w:tbl>{''.join(drawn)}</w:tbl>"
    edit_docx(
        tmp_path / "x-2024.docx",
        tmp_path / "y-2024.docx",
        document=lambda xml: re.sub(r"(?s)<w:tbl>.*</w:tbl>", lambda _: table, xml),
    )
    (tmp_path / "y-2024.form.yaml").write_text("".join(declared), "utf-8")
    form = formfile.load(tmp_path / "y-2024.form.yaml")
    members = package.read(form.template_path)
    started = time.process_time()
    found = audit.audit(members, template.of(members), form)
    assert time.process_time() - started < 10
    assert {f.code for f in found} == ({"L105", "Y111"} if spoilt else set())


def _merged(text: str) -> str:
    return f"<merged>{text}"


def _row(*texts: str) -> str:
    span = '<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>' if len(texts) == 1 else ""
    cells = []
    for text in texts:
        said, merge = text, span
        if text.startswith("<merged>"):
            said = text.removeprefix("<merged>")
            merge = "<w:tcPr><w:vMerge/></w:tcPr>"
            merge = merge.replace("/>", ' w:val="restart"/>', 1) if said else merge
        cells.append(f"<w:tc>{merge}<w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:tc>")
    return f"<w:tr>{''.join(cells)}</w:tr>"
