"""The pages of 政府网站工作年度报表: one table of labels and values on two pages, whole groups on each.

Asked of the sample in both scripts, with names and addresses as long as any, and without media.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import DOCUMENT, EXAMPLES, TEMPLATES

from nianbao.word import layout, package, template, trees
from nianbao.word.trees import W
from page import cases, printed
from page.conftest import generate
from page.test_page import A4, BOTTOM, LEFT, MM, NEVER_FIRST, RIGHT, TOP
from page.test_validity import each, run

SAMPLE = EXAMPLES / "云岭县网站2025.yaml"
TEMPLATE = TEMPLATES / "website-2018.docx"
SIGNED = re.compile("(?:单位负责人|單位負責人|联系电话|聯繫電話)：")
BOX = re.compile("[☑☐]")
LONG = (
    (
        "网站名称: 云岭县人民政府门户网站",
        "网站名称: 某某壮族瑶族自治县人民政府门户网站（中国·某某）",
    ),
    ("https://www.yunling.example", "https://www.a-very-long-name-of-a-county-website.example/gov"),
    ("云ICP备00000001号-1", "云ICP备2021000001号-12"),
    ("名称: 云岭发布", "名称: 某某壮族瑶族自治县人民政府发布"),
    ("网站总访问量: 1925507", "网站总访问量: 19255070000"),
    ("收到留言数量: 514", "收到留言数量: 123456789"),
    ("其他: 云岭发布（短视频号）", "其他: 某某发布（短视频号）、某某政务（新闻客户端）、某某融媒"),
)


@dataclass(frozen=True)
class Shown:
    name: str
    path: Path
    pages: list[printed.Page]

    @property
    def tables(self) -> list[printed.Table]:
        return [table for page in self.pages for table in page.tables]


def variants(folder: Path) -> list[cases.Case]:
    text = SAMPLE.read_text("utf-8")
    long = text
    for old, new in LONG:
        assert long.count(old) == 1, old
        long = long.replace(old, new)
    bare = text.replace("是否有移动新媒体: 是", "是否有移动新媒体: 否")
    bare = re.sub(r"(?m)^( +(?:名称|信息发布量|关注量|订阅数|其他):) .*$", r"\1", bare)
    found = [
        cases.Case("website", SAMPLE),
        cases.Case("website-hant", SAMPLE, ("--script", "zh-Hant")),
    ]
    for name, made in (("website-long", long), ("website-bare", bare)):
        path = folder / f"{name}.yaml"
        path.write_text(made, "utf-8")
        found.append(cases.Case(name, path))
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, Path]:
    written = variants(tmp_path_factory.mktemp("website"))
    return generate(written, tmp_path_factory.mktemp("website-documents"))


@pytest.fixture(scope="module")
def shown(made, convert) -> list[Shown]:
    pytest.importorskip("pdfplumber")
    pdfs = convert(made.values(), "pdf")
    return [Shown(name, path, printed.read(pdfs[path.stem])) for name, path in made.items()]


def drawn(path: Path) -> layout.Grid:
    body = trees.parse_xml(package.unpack(path.read_bytes())[DOCUMENT]).find(f"{W}body")
    (grid,) = [item for item in template.read(body) if isinstance(item, layout.Grid)]
    return grid


def test_it_stands_on_two_pages_as_wide_as_the_text(shown):
    for one in shown:
        assert len(one.pages) == len(one.tables) == 2, one.name
        for page, table in zip(one.pages, one.tables, strict=True):
            assert (round(page.width / MM), round(page.height / MM)) == A4
            assert page.foot.text == f"—{page.number}—"
            assert abs(table.x0 - LEFT) < 1, (one.name, page.number)
            assert abs(table.x1 - RIGHT) < 1, (one.name, page.number)
            assert table.top >= TOP - 1, (one.name, page.number)
            assert table.bottom <= BOTTOM + 1, (one.name, page.number)


def test_a_page_ends_between_groups_and_the_signatures_stand_below_the_table(shown):
    for one in shown:
        first, last = one.tables
        cells = drawn(one.path).rows[len(first.rows)]
        assert not cells[0].continues, (one.name, cells[0].text)
        assert len(first.rows) + len(last.rows) == len(drawn(one.path).rows), one.name
        below = [line for line in one.pages[-1].text_lines if line.baseline > last.bottom]
        assert len(below) == 2, (one.name, [line.text for line in below])
        assert all(SIGNED.match(line.text) for line in below), one.name


def test_every_cell_is_printed_once_in_its_row(shown):
    for one in shown:
        rows = [[box for box in row if box.text] for table in one.tables for row in table.rows]
        wanted = [
            [c.text for c in row if not c.continues and c.text] for row in drawn(one.path).rows
        ]
        for row, cells in zip(rows, wanted, strict=True):
            for box, text in zip(row, cells, strict=True):
                # The stand-in fonts have no boxes, and what stands beside one is not told by them.
                assert BOX.search(text) or box.text == re.sub(r"\s", "", text), one.name


def test_labels_and_values_keep_within_their_borders(shown):
    for one in shown:
        for page in one.pages:
            assert not page.strays, (one.name, page.number)
        for box in (box for table in one.tables for row in table.rows for box in row):
            for line in box.lines:
                where = (one.name, line.text)
                assert line.x0 - box.x0 >= 1, where
                assert box.x1 - line.x1 >= 0.5, where
                assert line.text[0] not in NEVER_FIRST, where
            if box.lines:
                first, last = box.lines[0], box.lines[-1]
                middle = (first.baseline + last.baseline - first.size * 0.7) / 2
                assert abs(middle - (box.top + box.bottom) / 2) < 4, (one.name, box.text)


def test_numbers_and_choices_are_as_large_as_their_labels(shown):
    for one in shown:
        sizes = {
            glyph.size
            for table in one.tables
            for row in table.rows
            for box in row
            for line in box.lines
            for glyph in line.glyphs
        }
        assert sizes == {10.5}, one.name


def test_the_open_xml_sdk_finds_no_error(made, tool):
    validator = tool("ooxml-validator")
    verdicts = each(
        lambda path: json.loads(run(validator, str(path)).stdout), [TEMPLATE, *made.values()]
    )
    assert len(verdicts) == 5
    assert not [verdict for verdict in verdicts if not verdict["ok"] or verdict["errors"]]


def test_widths_of_grid_and_cells_are_the_same(made):
    for path in (TEMPLATE, *made.values()):
        root = trees.parse_xml(package.unpack(path.read_bytes())[DOCUMENT])
        grid = [int(column.get(f"{W}w")) for column in root.iter(f"{W}gridCol")]
        for row in root.iter(f"{W}tr"):
            at = 0
            for cell in row.iter(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                columns = int(span.get(f"{W}val")) if span is not None else 1
                width = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
                assert width == sum(grid[at : at + columns]), path.name
                at += columns
            assert at == len(grid), path.name
