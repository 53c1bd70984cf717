"""A number too long for its column takes the narrow style, with its whole column; others never."""

from __future__ import annotations

import pytest
from lxml import etree

from nianbao.word import column, marked, pieces, plan

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
STYLES = (
    f'<w:styles xmlns:w="{NS}"><w:style w:type="character" w:styleId="Slim">'
    f'<w:name w:val="{column.NARROW}"/></w:style></w:styles>'
).encode()


def table(*rows: tuple[str, ...], widths: tuple[int, ...] = (800, 700, 700)) -> etree._Element:
    """A document of one table without margins; the first text of a row may span with ``|``."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    return etree.fromstring(
        f'<w:document xmlns:w="{NS}"><w:body><w:tbl><w:tblPr><w:tblCellMar>{margins}'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
        + "</w:tbl></w:body></w:document>"
    )


def cell(text: str) -> str:
    span = text.count("|") + 1
    return (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>'
        f"<w:p><w:r><w:t>{text.strip('|')}</w:t></w:r></w:p></w:tc>"
    )


def narrowed(root: etree._Element, half_points: int = 21) -> set[str]:
    """The texts of the runs that are set in the narrow style."""
    for run in root.iter(f"{W}r"):
        if run.find(f"{W}rPr") is None:
            run.insert(
                0, etree.fromstring(f'<w:rPr xmlns:w="{NS}"><w:sz w:val="{half_points}"/></w:rPr>')
            )
    return {
        "".join(run.itertext())
        for run in etree.fromstring(printed(root, STYLES).encode()).iter(f"{W}r")
        if (style := run.find(f"{W}rPr/{W}rStyle")) is not None and style.get(f"{W}val") == "Slim"
    }


def printed(root: etree._Element, styles: bytes) -> str:
    """A document as its plan prints it."""
    figures = marked.marked(root, etree.fromstring(styles))
    cut = pieces.of(etree.tostring(root, encoding="unicode"), figures)
    return plan.filled(plan.Part("x", cut), {})


def test_a_column_takes_the_narrow_style_whole_and_alone():
    assert narrowed(table(("甲", "1234567", "8"), ("乙", "9", "10"))) == {"1234567", "9"}


@pytest.mark.parametrize(
    ("text", "half_points", "narrow"),
    [("123456", 21, False), ("1234567", 21, True), ("1234567", 20, False), ("12345", 28, False)],
)
def test_what_fits_is_reckoned_from_the_type_and_the_column(text, half_points, narrow):
    root = table(("甲", text, "0"))
    assert narrowed(root, half_points=half_points) == ({text} if narrow else set())


def test_a_note_breaks_and_only_the_digits_count():
    assert not narrowed(table(("甲", "12（其中修订1234567件）", "0")))
    assert narrowed(table(("甲", "1234567（见注）", "0"))) == {"1234567（见注）"}


def test_decimals_are_one_number():
    assert narrowed(table(("甲", "59237.2449", "0"))) == {"59237.2449"}


def test_a_cell_over_several_columns_has_their_room():
    assert not narrowed(table(("甲", "123456789|"), ("乙", "1", "2")))


def test_labels_are_not_numbers():
    assert not narrowed(table(("1.属于国家秘密", "2024年度报告", "0"), widths=(100, 100, 700)))


def test_without_the_style_nothing_is_changed():
    root = table(("甲", "123456789", "0"))
    before = etree.tostring(root, encoding="unicode")
    assert printed(root, f'<w:styles xmlns:w="{NS}"/>'.encode()) == before


def test_the_style_of_a_run_is_kept():
    root = table(("甲", "123456789", "0"))
    run = next(run for run in root.iter(f"{W}r") if "".join(run.itertext()) == "123456789")
    own = etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}rStyle", {f"{W}val": "Own"})
    assert not narrowed(root)
    assert own.get(f"{W}val") == "Own"


def test_margins_that_a_table_leaves_unsaid_are_words_own():
    root = table(("甲", "12345", "0"))
    margins = next(root.iter(f"{W}tblCellMar"))
    margins.getparent().remove(margins)
    assert narrowed(root) == {"12345"}
