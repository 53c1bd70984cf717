"""The pages of the shipped forms beside the first: the trial edition of 2019 and 2020, and texts alone.

Their tables and ends are moved to many heights of the page; what is true of both forms' pages is
asked once more of them here, since the other files ask for the tables of the first.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import pytest
from support import DOCUMENT, EXAMPLES, TEMPLATES

from nianbao.word import layout, package, template, trees
from nianbao.word.trees import W
from page import cases, printed
from page.conftest import generate
from page.test_page import A4, BOTTOM, HANGS, HEI, KAI, LEFT, MM, NEAR, NEVER_FIRST, RIGHT, TOP
from page.test_validity import each, run

TRIAL, LAW = EXAMPLES / "青石镇2020.yaml", EXAMPLES / "青石镇法治2025.yaml"
BLOCKS = 5
LINE = "  情况良好。\n"
SENTENCE = "  建立台账、逐件标明属性，做到应公开尽公开，并且按季度检查一次，检查结果及时通报。\n"


@dataclass(frozen=True)
class Shown:
    name: str
    path: Path
    pages: list[printed.Page]


def variants(folder: Path) -> list[cases.Case]:
    """Each sample as it is, in the other script, longer by degrees, and with large numbers."""
    trial, law = TRIAL.read_text("utf-8"), LAW.read_text("utf-8")
    made = {f"trial-{n:02}": put(trial, "总体情况", LINE * n) for n in range(0, 24, 2)}
    made |= {f"law-{n:02}": put(law, "下一年度安排", SENTENCE * n) for n in range(0, 15, 2)}
    made |= {
        f"law-bare-{n:02}": re.sub("(?m)^成文日期.*\n", "", put(law, "下一年度安排", SENTENCE * n))
        for n in range(0, 15, 4)
    }
    large = trial.replace("[45, 6, 1260]", "[1234567, -1234567, 123456789]")
    made["trial-large"] = large.replace("[6, 128.6]", '[123456, "59237.2449（其中一笔待付）"]')
    found = [cases.Case(path.stem, path) for path in (TRIAL, LAW)]
    found += [
        cases.Case(f"{path.stem}-hant", path, ("--script", "zh-Hant")) for path in (TRIAL, LAW)
    ]
    for name, text in made.items():
        path = folder / f"{name}.yaml"
        path.write_text(text, "utf-8")
        found.append(cases.Case(name, path))
    return found


def put(text: str, part: str, more: str) -> str:
    assert text.count(f"\n{part}: |\n") == 1
    return text.replace(f"\n{part}: |\n", f"\n{part}: |\n{more}")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, Path]:
    written = variants(tmp_path_factory.mktemp("shipped"))
    return generate(written, tmp_path_factory.mktemp("shipped-documents"))


@pytest.fixture(scope="module")
def shown(made, convert) -> list[Shown]:
    pytest.importorskip("pdfplumber")
    pdfs = convert(made.values(), "pdf")
    return [Shown(name, path, printed.read(pdfs[path.stem])) for name, path in made.items()]


def drawn(path: Path) -> list[layout.Grid]:
    body = trees.parse_xml(package.unpack(path.read_bytes())[DOCUMENT]).find(f"{W}body")
    return [item for item in template.read(body) if isinstance(item, layout.Grid)]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def of_the_trial(shown: list[Shown]) -> list[Shown]:
    return [one for one in shown if "trial" in one.name or "2020" in one.name]


def test_text_keeps_to_the_block_and_no_line_begins_with_closing_punctuation(shown):
    for one in shown:
        for page in one.pages:
            assert (round(page.width / MM), round(page.height / MM)) == A4
            assert page.foot.text == f"—{page.number}—"
            for line in page.text_lines:
                hung = line.size if line.text[-1] in HANGS else 0
                where = (one.name, page.number, line.text)
                assert LEFT - NEAR <= line.x0 <= line.x1 <= RIGHT + hung + NEAR, where
                assert line.baseline - line.size * 0.7 >= TOP, where
                assert line.baseline <= BOTTOM, where
                assert line.text[0] not in NEVER_FIRST, where


def test_tables_are_as_wide_as_the_text_and_nothing_is_cut(shown):
    for one in of_the_trial(shown):
        for page in one.pages:
            assert not page.strays, (one.name, page.number)
            for table in page.tables:
                assert abs(table.x0 - LEFT) < 1, (one.name, page.number)
                assert abs(table.x1 - RIGHT) < 1, (one.name, page.number)
                assert table.top >= TOP - 1, (one.name, page.number)
                assert table.bottom <= BOTTOM + 1, (one.name, page.number)
                for box in (box for row in table.rows for box in row):
                    for line in box.lines:
                        where = (one.name, page.number, line.text)
                        assert line.x0 - box.x0 >= 1, where
                        assert box.x1 - line.x1 >= 1, where


def test_every_cell_is_printed_once_in_its_row(shown):
    for one in of_the_trial(shown):
        rows = [row for page in one.pages for table in page.tables for row in table.rows]
        cells = [row for grid in drawn(one.path) for row in grid.rows]
        wanted = [[squeezed(c.text) for c in row if not c.continues and c.text] for row in cells]
        assert [[box.text for box in row if box.text] for row in rows] == wanted, one.name


def test_table_2_breaks_between_its_blocks_and_never_after_a_label(shown):
    broken = 0
    for one in of_the_trial(shown):
        (first, *_) = drawn(one.path)
        assert sum(len(row) == 1 for row in first.rows) == BLOCKS
        parts, left = [], len(first.rows)
        for table in (table for page in one.pages for table in page.tables):
            if left:
                parts.append(table)
                left -= len(table.rows)
        for part, end in zip(parts, accumulate(len(p.rows) for p in parts), strict=True):
            assert len(part.rows[0]) == 1, (one.name, part.page)
            assert end == len(first.rows) or len(first.rows[end]) == 1, (one.name, part.page)
        broken += len(parts) - 1
    assert broken > 2, "the cases should break table 2"


def test_headings_stay_with_what_they_head(shown):
    found = 0
    for one in shown:
        for page in one.pages:
            for at, line in enumerate(page.text_lines):
                faces = frozenset(face for glyph in line.glyphs for face in glyph.faces)
                if line.size == 16 and faces in ({HEI}, {KAI}):
                    found += 1
                    below = any(table.top > line.baseline for table in page.tables)
                    where = (one.name, page.number, line.text)
                    assert below or at + 1 < len(page.text_lines), where
    assert found > 100


def test_the_end_never_stands_alone_on_a_page(shown):
    for one in (one for one in shown if "law" in one.name or "法治" in one.name):
        end = 0 if "bare" in one.name else 2
        above = one.pages[-1].text_lines[: -end or None]
        assert sum(len(line.text) for line in above) > 28, one.name
        assert not above[0].text.startswith("四、"), one.name


def test_the_open_xml_sdk_finds_no_error(made, tool):
    validator = tool("ooxml-validator")
    paths = [*TEMPLATES.glob("*.docx"), *made.values()]
    verdicts = [json.loads(v.stdout) for v in each(lambda p: run(validator, str(p)), paths)]
    assert not [verdict for verdict in verdicts if not verdict["ok"] or verdict["errors"]]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.docx")), ids=lambda path: path.stem)
def test_spans_and_widths_of_a_template_add_up_to_the_grid(path):
    body = trees.parse_xml(package.unpack(path.read_bytes())[DOCUMENT]).find(f"{W}body")
    for table in body.findall(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        for row in table.iter(f"{W}tr"):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            at = 0
            for cell in row.iter(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                columns = int(span.get(f"{W}val")) if span is not None else 1
                width = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
                assert width == sum(grid[at : at + columns])
                at += columns
            assert at == len(grid)
