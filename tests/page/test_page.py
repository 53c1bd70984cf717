"""The printed page outside tables: text, fonts, margins, pitch and page numbers as docs/form.md has them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from nianbao.chinese.wording import Script, convert
from nianbao.report.report import Report
from page.printed import FANG, HEI, KAI, SONG, TIMES, TITLE

A4, MM = (210, 297), 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM
HANGS = "，。、；：）》”！？"
NEAR = 1.5
"""Points: LibreOffice lays out in twentieths of a point, and loses some in every line."""
NEVER_FIRST = HANGS + "〉』」】〕"


class Piece(NamedTuple):
    """Text as it should be printed; size 0 where docs/form.md names none."""

    text: str
    face: str
    size: float


def expected(report: Report) -> list[list[Piece]]:
    """The paragraphs of a report outside its tables, in order."""

    def label(words: str) -> str:
        return convert(words, Script.HANT) if report.script is Script.HANT else words

    def line(size: float, *parts: tuple[str, str]) -> list[list[Piece]]:
        told = "".join(
            label(word) + report.fields[key] for word, key in parts if report.fields.get(key)
        )
        return [[Piece(told, FANG, size)]] if told else []

    found = [[Piece(report.title, TITLE, 22)]]
    found += line(0, ("发布时间：", "发布时间"), ("信息来源：", "信息来源"))
    for section in report.form.sections:
        if section.headed:
            found.append([Piece(label(section.label), HEI, 16)])
        found += [[Piece(note.text, SONG, 0)] for note in report.notes.get(section.name, ())]
        found += [
            [Piece(p.heading, KAI, 16), Piece(p.body, FANG, 16)]
            for p in report.narratives.get(section.name, ())
        ]
    if report.fields.get("成文日期"):
        found += [[Piece(report.unit, FANG, 16)], [Piece(report.fields["成文日期"], FANG, 16)]]
    return found + line(16, *((f"{who}：", f"审签.{who}") for who in ("初审", "复审", "终审")))


def body_lines(pages):
    """The 16 pt lines outside tables."""
    return [line for page in pages for line in page.text_lines if line.size == 16]


def faces(line):
    return frozenset(face for glyph in line.glyphs for face in glyph.faces)


def test_every_word_outside_tables_is_printed_in_its_font(opened):
    for case in opened.values():
        wanted = [
            (char, TIMES if char.isascii() else piece.face, piece.size)
            for paragraph in expected(case.report)
            for piece in paragraph
            for char in re.sub(r"\s", "", piece.text)
        ]
        shown = [glyph for page in case.pages for line in page.text_lines for glyph in line.glyphs]
        assert "".join(g.text for g in shown) == "".join(char for char, _, _ in wanted), case.name
        wrong = Counter(
            f"{char} {sorted(glyph.faces)} {glyph.size}, not {face} {size or ''}"
            for glyph, (char, face, size) in zip(shown, wanted, strict=True)
            if face not in glyph.faces or (size and glyph.size != size)
        )
        assert not wrong, (case.name, wrong.most_common(8))


def test_pages_are_a4_and_text_keeps_to_the_text_block(opened):
    for case in opened.values():
        for page in case.pages:
            assert (round(page.width / MM), round(page.height / MM)) == A4
            where = f"{case.name} page {page.number}"
            for line in page.text_lines:
                hung = line.size if line.text[-1] in HANGS else 0
                assert line.x0 >= LEFT - NEAR, (where, line.text)
                assert line.x1 <= RIGHT + hung + NEAR, (where, line.text, line.x1 - RIGHT)
                assert line.baseline - line.size * 0.7 >= TOP, (where, line.text)
                assert line.baseline <= BOTTOM, (where, line.text)


def test_full_lines_reach_both_margins(opened):
    full = 0
    for case in opened.values():
        for page in case.pages:
            for line, following in pairwise(page.text_lines):
                goes_on = abs(following.x0 - LEFT) < 1 and following.baseline - line.baseline < 30
                if goes_on and line.size == following.size == 16:
                    full += 1
                    hung = line.size if line.text[-1] in HANGS else 0
                    assert line.x1 + hung >= RIGHT - 2 * NEAR, (case.name, page.number, line.text)
    assert full > 100


def test_body_stands_at_28_points_22_lines_of_28_characters(opened):
    for case in opened.values():
        steps = [
            b.baseline - a.baseline
            for page in case.pages
            for a, b in pairwise(page.text_lines)
            if a.size == b.size == 16
            and not any(a.baseline < table.top < b.baseline for table in page.tables)
        ]
        assert steps
        pitch, times = Counter(round(step, 1) for step in steps).most_common(1)[0]
        assert pitch == 28, (case.name, Counter(steps))
        assert times >= len(steps) * 0.8, (case.name, Counter(steps))
        assert all(abs(step - 28 * round(step / 28)) < 0.5 for step in steps), (case.name, steps)
    assert len(opened["paragraphs"].pages[1].text_lines) == 22
    full = [line for line in body_lines(opened["pure"].pages) if len(line.text) > 20]
    assert len(full) > 10
    assert (
        Counter(len(line.text) for line in full if abs(line.x0 - LEFT) < 1).most_common(1)[0][0]
        == 28
    )


def test_paragraphs_are_indented_by_two_characters(opened):
    for case in opened.values():
        starts = [
            re.sub(r"\s", "", "".join(piece.text for piece in paragraph))
            for paragraph in expected(case.report)
            if paragraph[-1].face == FANG and paragraph[-1].size == 16
        ]
        narrated = [
            line for line in body_lines(case.pages) if line.text[:6] in {s[:6] for s in starts}
        ]
        indented = [line for line in narrated if 30 < line.x0 - LEFT < 33]
        headings = [line for line in body_lines(case.pages) if HEI in line.glyphs[0].faces]
        narratives = sum(len(n) for n in case.report.narratives.values())
        assert len(indented) >= narratives, (case.name, len(indented), narratives)
        assert len([line for line in headings if 30 < line.x0 - LEFT < 33]) >= 6, case.name


def test_the_title_is_centred_in_balanced_lines_with_a_blank_line_after(opened):
    for case in opened.values():
        page = case.pages[0]
        title = [line for line in page.text_lines if line.size == 22]
        assert title, case.name
        for line in title:
            assert abs((line.x0 + line.x1) / 2 - (LEFT + RIGHT) / 2) < 2, (case.name, line.text)
        widths = [line.x1 - line.x0 for line in title]
        assert min(widths) >= max(widths) * 0.45, (case.name, [line.text for line in title])
        after = page.text_lines[len(title)].baseline - title[-1].baseline
        assert 44 <= after <= 70, (case.name, after)
    assert len([line for line in opened["long-unit"].pages[0].text_lines if line.size == 22]) >= 2


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(opened):
    sides = Counter()
    for case in opened.values():
        for number, page in enumerate(case.pages, 1):
            foot = page.foot
            assert foot.text == f"—{number}—", (case.name, foot.text)
            assert all(g.size == 14 and SONG in g.faces for g in foot.glyphs), case.name
            offset = RIGHT - foot.x1 if number % 2 else foot.x0 - LEFT
            assert abs(offset - 14) < 2, (case.name, number, offset)
            dash = foot.baseline - 14 * 0.35
            assert abs(dash - (BOTTOM + 7 * MM)) < 3, (case.name, dash - BOTTOM)
            sides[number % 2] += 1
    assert min(sides.values()) > 20


def test_no_line_begins_with_closing_punctuation(opened):
    lines = 0
    for case in opened.values():
        for page in case.pages:
            cells = [box for table in page.tables for row in table.rows for box in row]
            level = [box for box in cells if any(len(line.text) > 1 for line in box.lines)]
            for line in [*page.text_lines, *(line for box in level for line in box.lines)]:
                lines += 1
                assert line.text[0] not in NEVER_FIRST, (case.name, page.number, line.text)
    assert lines > 1000


def test_headings_stay_with_what_they_head(opened):
    found = 0
    for case in opened.values():
        for page in case.pages:
            for at, line in enumerate(page.text_lines):
                if line.size != 16 or faces(line) not in ({HEI}, {KAI}):
                    continue
                found += 1
                followed = at + 1 < len(page.text_lines) or any(
                    table.top > line.baseline for table in page.tables
                )
                assert followed, (case.name, page.number, line.text)
    assert found > 100


def ending(report: Report) -> list[str]:
    """The lines behind the last section as printed: unit, date, who reviewed."""
    last = report.narratives[report.form.sections[-1].name][-1]
    printed = ["".join(piece.text for piece in paragraph) for paragraph in expected(report)]
    at = max(n for n, text in enumerate(printed) if text == last.heading + last.body)
    return [re.sub(r"\s", "", text) for text in printed[at + 1 :]]


def test_the_end_never_stands_alone_on_a_page(opened):
    drawn_back = moved = 0
    for case in opened.values():
        signed = "".join(ending(case.report))
        on_last = "".join(line.text for line in case.pages[-1].text_lines)
        assert on_last.endswith(signed), (case.name, "the end is torn apart")
        above = on_last.removesuffix(signed)
        heading = next(
            (n for n, line in enumerate(case.pages[-1].text_lines) if line.text[:2] == "六、"), None
        )
        assert len(above) > 28, (case.name, "fewer than two lines above the end")
        assert heading != 0, (case.name, "section 六 begins the last page")
        drawn_back += bool(case.pages[-1].tables)
        moved += not case.pages[-1].tables
    assert min(drawn_back, moved) > 4, "the cases should end at many heights"


def emptiness(page) -> float:
    """How much of the text block is blank below the last line or table."""
    lowest = [line.baseline + line.size * 0.35 for line in page.text_lines]
    lowest += [table.bottom for table in page.tables]
    return (BOTTOM - max(lowest)) / (BOTTOM - TOP)


def test_a_page_is_full_but_before_table_3_and_before_the_end(opened):
    for case in opened.values():
        for page, following in pairwise(case.pages):
            begins = following.text_lines[0].text if following.text_lines else ""
            if begins.startswith("三、"):
                continue  # table 3 fills a page
            moved = following is case.pages[-1]  # the end with the paragraph before it
            most = 1 / 2 if moved else 1 / 3
            assert emptiness(page) <= most, (case.name, page.number, emptiness(page))


def test_the_kept_reports_take_no_more_pages_than_they_need(opened):
    for name in ("sample", "sample-hans", "青石镇2024", "青石镇2025", "example-hant"):
        assert len(opened[name].pages) == 5, name


def test_the_unit_is_centred_over_the_date_four_characters_from_the_edge(opened):
    signed = 0
    for case in opened.values():
        day = re.sub(r"\s", "", case.report.fields.get("成文日期", ""))
        lines = case.pages[-1].text_lines
        if not day:
            continue
        at = next(n for n, line in enumerate(lines) if line.text == day)
        date, unit = lines[at], lines[at - 1]
        assert case.report.unit.endswith(unit.text), (case.name, unit.text)
        middles = [(line.x0 + line.x1) / 2 for line in (unit, date)]
        assert abs(middles[0] - middles[1]) < 1, (case.name, middles)
        assert 3.5 * 16 <= RIGHT - date.x1 <= 4.5 * 16, (case.name, RIGHT - date.x1)
        signed += 1
    assert signed > 20


def test_absent_lines_leave_no_gap(opened):
    bare = opened["bare"]
    first, last = bare.pages[0].text_lines, bare.pages[-1].text_lines
    assert [line.size for line in first[:4]] == [22, 22, 16, 16]
    assert last[-1].text.startswith("本年度没有收取信息处理费")
    assert "发布时间" not in "".join(line.text for line in first)
