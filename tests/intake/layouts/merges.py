"""Word documents whose tables are drawn in other ways: merges, headers, splits, rows."""

from __future__ import annotations

from functools import partial

from intake.layouts import Collection, ooxml
from intake.layouts.grid import (
    Box,
    Grid,
    Piece,
    changed,
    columns,
    flat,
    four,
    labels,
    pieces,
    row_of,
    rows,
    three,
    two,
    without,
)
from intake.layouts.ooxml import cell, framed, lines_of, merged, plain, row, simple, with_styles
from intake.layouts.report import (
    GROUPS,
    INNER,
    LABELS,
    OUTER,
    PEOPLE,
    RESULTS,
    ROWS,
    Report,
    quiet,
    report,
)

LAYOUTS = Collection()
word = partial(LAYOUTS.drawing, suffix=".docx", make=report)


def head(text: str) -> Box:
    return Box(text, head=True)


# --- merges ----------------------------------------------------------------------------


@word("merged-as-the-form")
def _(r: Report) -> bytes:
    return with_styles(pieces(r))


@word("merged-quiet-town", make=quiet)
def _(r: Report) -> bytes:
    return with_styles(pieces(r))


@word("merges-repeated")
def _(r: Report) -> bytes:
    return simple(pieces(r), table=ooxml.repeated)


@word("merges-left-blank")
def _(r: Report) -> bytes:
    return simple(pieces(r), table=ooxml.blank)


@word("merges-hmerge")
def _(r: Report) -> bytes:
    """The old way across: w:hMerge, every cell of the grid is there."""

    def table(grid: Grid) -> str:
        made = []
        for top, boxes in enumerate(grid):
            cells = []
            for left, box in enumerate(boxes):
                before = left > 0 and boxes[left - 1] is box
                after = boxes[left + 1 : left + 2] == [box]
                above = top > 0 and grid[top - 1][left] is box
                below = grid[top + 1 : top + 2] and grid[top + 1][left] is box
                merge = "<w:hMerge/>" if before else '<w:hMerge w:val="restart"/>' * after
                if above:
                    merge += "<w:vMerge/>"
                elif below:
                    merge += '<w:vMerge w:val="restart"/>'
                cells.append(cell(plain("") if before or above else lines_of(box), merge))
            made.append(row(*cells))
        return framed("".join(made), len(grid[0]))

    return simple(pieces(r), table=table)


@word("rows-begin-later")
def _(r: Report) -> bytes:
    """The cells under a merged label are not there: w:gridBefore steps over them."""

    def table(grid: Grid) -> str:
        made = []
        for top, boxes in enumerate(grid):
            cells, left, before = [], 0, 0
            while left < len(boxes):
                box, across = boxes[left], 1
                while boxes[left + across : left + across + 1] == [box]:
                    across += 1
                above = top > 0 and grid[top - 1][left] is box
                if above and left == before and top > 2:
                    before += across
                else:
                    span = f'<w:gridSpan w:val="{across}"/>'
                    cells.append(cell(plain("") if above else lines_of(box), span))
                left += across
            made.append(row(*cells, properties=f'<w:gridBefore w:val="{before}"/>' * (before > 0)))
        return framed("".join(made), len(grid[0]))

    return simple(pieces(r), table=table)


@word("edges-do-not-meet")
def _(r: Report) -> bytes:
    """Table 2 dragged by hand: the blocks' edges differ by a hair, so the grid has nine columns."""
    new: Grid = []
    for label, first, second, third in two(r):
        if first is not third:
            new.append([label, label, first, first, first, second, second, third, third])
        elif label is not first:
            new.append([*[label] * 3, *[first] * 6])
        else:
            new.append([label] * 9)
    return simple(pieces(r, new))


@word("numbers-span-columns-of-the-grid")
def _(r: Report) -> bytes:
    """Tables 3 and 4 have more columns in the grid than are seen: 总计 and others span two."""
    third = columns(three(r), 0, 1, 1, 2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 9)
    fourth = columns(four(r), *range(5), 4, *range(5, 12), 11, 12, 13, 14, 14)
    return simple(pieces(r, two, third, fourth))


@word("edges-of-the-header-do-not-meet")
def _(r: Report) -> bytes:
    """As LibreOffice saves table 4: 总计 reaches a hair's breadth under 行政诉讼."""
    fourth = columns(four(r), *range(5), *range(4, 15))
    fourth[0][5] = fourth[0][6]
    return simple(pieces(r, two, three, fourth))


@word("blank-columns-between")
def _(r: Report) -> bytes:
    """An empty narrow column stands beside each number of table 3."""
    grid = three(r)
    order = [0, 1, 2, *(n for c in range(3, 10) for n in (c, -1))]
    spaced = [[Box("") if n < 0 else boxes[n] for n in order] for boxes in grid]
    return simple(pieces(r, two, spaced))


@word("frame-table-around-all")
def _(r: Report) -> bytes:
    """The whole report stands in the one cell of a frame; its tables are nested."""
    inside = ooxml.body(pieces(r))
    return ooxml.document(framed(row(cell(inside + plain(""))), 1) + plain("") + ooxml.SECTION)


@word("numbers-in-nested-tables")
def _(r: Report) -> bytes:
    """Table 4: each group's five numbers are a small table in one cell."""

    def small(group: int) -> str:
        top = row(*(cell(plain(text)) for text in RESULTS))
        numbers = row(*(cell(plain(r.printed[c])) for c in r.row(f"d{group}")))
        return cell(framed(top + numbers, 5) + plain(""))

    outer = row(*(cell(plain(name)) for name in GROUPS)) + row(small(1), small(2), small(3))
    found = [
        Piece("raw", framed(outer, 3))
        if p.table and any(b.cell == "d1a" for b in p.table[-1])
        else p
        for p in pieces(r)
    ]
    return simple(found)


# --- headers ---------------------------------------------------------------------------


@word("header-in-one-row")
def _(r: Report) -> bytes:
    """Tables 3 and 4 with one row of header, the groups written before the names."""
    third = flat(three(r))
    names = [PEOPLE[0], *(f"法人或其他组织-{name}" for name in PEOPLE[1:6]), PEOPLE[6]]
    third[0] = [*third[0][:3], *map(head, names)]
    fourth = rows(four(r), 3)
    fourth.insert(0, [head(f"{group}{result}") for group in GROUPS for result in RESULTS])
    return simple(pieces(r, two, third, fourth))


@word("header-only-the-names")
def _(r: Report) -> bytes:
    """Table 3 with the seven names and nothing above them."""
    third = flat(three(r))
    third[0] = [*[head("项目")] * 3, *third[0][3:]]
    return simple(pieces(r, two, third))


@word("header-over-five-rows")
def _(r: Report) -> bytes:
    """Each half of a name is a row of its own, and a row of column numbers stands below."""
    grid = three(r)
    top, middle, last = grid[:3]
    upper = [*last[:4], *(head(box.text[: len(box.text) // 2]) for box in last[4:9]), last[9]]
    lower = [*last[:4], *(head(box.text[len(box.text) // 2 :]) for box in last[4:9]), last[9]]
    count = [*[head("栏次")] * 3, *(head(str(n)) for n in range(1, 8))]
    return simple(pieces(r, two, [top, middle, upper, lower, count, *grid[3:]]))


@word("header-with-line-breaks")
def _(r: Report) -> bytes:
    """Long names broken in their cells, some by a break, some by a paragraph."""

    def broken(text: str) -> str:
        half = len(text) // 2
        return f"{text[:half]}\n{text[half:]}" if len(text) in (4, 6) else text

    def soft(box: Box) -> str:
        return plain(box.text) if len(box.text) % 2 else lines_of(box)

    tables = [labels(grid, broken) for grid in (two(r), three(r), four(r))]
    return simple(pieces(r, *tables), table=lambda grid: merged(grid, soft))


@word("upright-labels-by-paragraphs")
def _(r: Report) -> bytes:
    """三、本年度办理结果 set upright by hand, a character a paragraph."""
    return simple(pieces(r, two, labels(three(r), lambda t: "\n".join(t) if t == OUTER else t)))


@word("labels-in-one-column")
def _(r: Report) -> bytes:
    """No merged labels: groups are rows of their own without numbers."""
    grid = three(r)
    new: Grid = [[boxes[0], *boxes[3:]] for boxes in grid[:3]]
    starts = {f"c{numbers[0]}a": text for text, numbers in INNER.items()}
    for boxes in grid[3:]:
        first = boxes[3].cell
        if first == "c3a":
            new.append([Box(OUTER)] * 8)
        if first in starts:
            new.append([Box(starts[first])] * 8)
        new.append(boxes[2:])
    return simple(pieces(r, two, new))


@word("labels-run-together")
def _(r: Report) -> bytes:
    """One label column that says everything: 三、本年度办理结果（三）不予公开1.属于国家秘密."""
    grid = three(r)
    new: Grid = [[boxes[0], *boxes[3:]] for boxes in grid[:3]]
    for boxes in grid[3:]:
        texts = list(dict.fromkeys(box.text for box in boxes[:3]))
        new.append([Box("".join(texts)), *boxes[3:]])
    return simple(pieces(r, two, new))


@word("numbers-of-labels-in-their-own-column")
def _(r: Report) -> bytes:
    """1. stands in one cell, 属于国家秘密 in the next."""
    grid = three(r)
    new: Grid = []
    for boxes in grid:
        mark, dot, rest = boxes[2].text.partition(".")
        if dot and mark.isdigit():
            new.append([*boxes[:2], Box(f"{mark}."), Box(rest), *boxes[3:]])
        else:
            new.append([*boxes[:2], boxes[2], boxes[2], *boxes[3:]])
    return simple(pieces(r, two, new))


@word("row-numbers-and-column-numbers")
def _(r: Report) -> bytes:
    """A column 序号 before the labels and a row 栏次 under the header."""
    grid = three(r)
    top = head("序号")
    new = [[top, *boxes] for boxes in grid[:3]]
    new.append([head("甲"), *[head("乙")] * 3, *(head(str(n)) for n in range(1, 8))])
    new += [[Box(str(n)), *boxes] for n, boxes in enumerate(grid[3:], 1)]
    return simple(pieces(r, two, new))


@word("unit-column-and-remarks")
def _(r: Report) -> bytes:
    """Table 2 with 计量单位 before the number and 备注 after it."""
    grid = two(r)
    new: Grid = []
    for boxes in grid:
        unit, remark = ("计量单位", "备注") if boxes[1].head else ("件", "")
        if boxes[0] is boxes[1]:
            new.append([boxes[0]] * 6)
            continue
        if boxes[1].cell == "b6a":
            unit = "万元"
        if boxes[1].cell == "b3a":
            remark = "含延续3件"
        new.append([boxes[0], Box(unit), *boxes[1:], Box(remark)])
    r.extra.append("含延续3件")
    return simple(pieces(r, new))


@word("columns-in-another-order")
def _(r: Report) -> bytes:
    """总计 stands first; the rest moves on."""
    return simple(pieces(r, two, columns(three(r), 0, 1, 2, 9, 3, 4, 5, 6, 7, 8)))


@word("rows-in-another-order")
def _(r: Report) -> bytes:
    """（五） before （四）, 行政强制 before 行政处罚."""
    grid, second = three(r), two(r)
    order = [*range(15), *range(18, 23), *range(15, 18), *range(23, 28)]
    other = rows(second, *range(9), 10, 9, 11, 12, 13)
    return simple(pieces(r, other, rows(grid, *order)))


# --- tables split and set together -----------------------------------------------------


@word("table-2-as-four")
def _(r: Report) -> bytes:
    grid = two(r)
    return simple(pieces(r, [rows(grid, *part) for part in _blocks(grid)]))


def _blocks(grid: Grid) -> list[range]:
    """The rows of each block of table 2."""
    starts = [n for n, boxes in enumerate(grid) if boxes[0] is boxes[3]]
    return [range(a, b) for a, b in zip(starts, [*starts[1:], len(grid)], strict=True)]


@word("table-2-as-four-under-paragraphs")
def _(r: Report) -> bytes:
    """第二十条第（一）项 is a paragraph over each of the four."""
    grid = two(r)
    found: list[Piece] = []
    for piece in pieces(r):
        if piece.table and piece.table[0][0].text == grid[0][0].text:
            for part in _blocks(grid):
                found.append(Piece("line", grid[part.start][0].text))
                found.append(Piece("table", table=rows(grid, *part[1:])))
        else:
            found.append(piece)
    return simple(found)


@word("table-2-without-block-names")
def _(r: Report) -> bytes:
    grid = two(r)
    return simple(
        pieces(r, rows(grid, *(n for n, boxes in enumerate(grid) if boxes[0] is not boxes[3])))
    )


@word("table-2-lying")
def _(r: Report) -> bytes:
    """The four decisions side by side: names above, one row of numbers."""
    names = ["b3", "b4", "b5", "b6"]
    lying = [
        [head(ROWS[name]) for name in names],
        [Box(r.printed[f"{name}a"], f"{name}a") for name in names],
    ]
    grid = two(r)
    r.unsure(*(f"{name}a" for name in names))
    return simple(pieces(r, [rows(grid, 0, 1, 2, 3), lying]))


@word("table-3-over-two-pages")
def _(r: Report) -> bytes:
    """Cut in the middle of （三）, the header drawn again by hand."""
    grid = three(r)
    cut = row_of(grid, "c8a")
    return simple(pieces(r, two, [grid[:cut], rows(grid, 0, 1, 2, *range(cut, len(grid)))]))


@word("table-3-over-two-pages-no-header")
def _(r: Report) -> bytes:
    """Cut between two groups, the second table begins with numbers."""
    grid = three(r)
    cut = row_of(grid, "c16a")
    return simple(pieces(r, two, [grid[:cut], rows(grid, *range(cut, len(grid)))]))


@word("table-3-goes-on-as-续")
def _(r: Report) -> bytes:
    """The cut group is called （三）不予公开（续） on the second page, 三、 is not said again."""
    grid = three(r)
    cut = row_of(grid, "c10a")
    rest = rows(grid, 0, 1, 2, *range(cut, len(grid)))

    def go_on(text: str) -> str:
        return {"（三）不予公开": "（三）不予公开（续）", OUTER: ""}.get(text, text)

    return simple(pieces(r, two, [grid[:cut], labels(rest, go_on)]))


@word("table-3-cut-and-labels-lost")
def _(r: Report) -> bytes:
    """Cut within （四）; on the second page its rows stand under an empty merged label."""
    grid = three(r)
    cut = row_of(grid, "c14a")
    rest = rows(grid, 0, 1, 2, *range(cut, len(grid)))
    lost = labels(rest, lambda text: "" if text in (OUTER, "（四）无法提供") else text)
    return simple(pieces(r, two, [grid[:cut], lost]))


@word("table-3-by-applicants")
def _(r: Report) -> bytes:
    """Three of the seven columns in one table, four in the next."""
    grid = three(r)
    return simple(pieces(r, two, [columns(grid, *range(6)), columns(grid, 0, 1, 2, *range(6, 10))]))


@word("table-3-a-table-for-each-item")
def _(r: Report) -> bytes:
    """一、二、 · 三、 · 四、 as three tables, each with its header."""
    grid = three(r)
    parts = ([3, 4], range(5, 27), [27])
    return simple(pieces(r, two, [rows(grid, 0, 1, 2, *part) for part in parts]))


def _group(r: Report, number: int, name: str) -> Grid:
    return [
        [head(name)] * 5,
        [head(text) for text in RESULTS],
        [Box(r.printed[c], c) for c in r.row(f"d{number}")],
    ]


@word("table-4-as-three")
def _(r: Report) -> bytes:
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    return simple(pieces(r, two, three, [_group(r, n, t) for n, t in enumerate(names, 1)]))


@word("table-4-as-three-under-paragraphs")
def _(r: Report) -> bytes:
    """The names are paragraphs: （一）行政复议, （二）未经复议直接起诉…"""
    found: list[Piece] = []
    for piece in pieces(r):
        if piece.table and piece.table[0][0].text == "行政复议":
            for number, name in enumerate(GROUPS, 1):
                found.append(Piece("line", f"（{'一二三'[number - 1]}）{name}"))
                found.append(Piece("table", table=_group(r, number, name)[1:]))
        else:
            found.append(piece)
    return simple(found)


@word("table-4-as-rows")
def _(r: Report) -> bytes:
    """One row a group, the five results across."""
    grid = [[head("类别"), *(head(text) for text in RESULTS)]]
    for number, name in enumerate(GROUPS, 1):
        grid.append([Box(name), *(Box(r.printed[c], c) for c in r.row(f"d{number}"))])
    return simple(pieces(r, two, three, grid))


@word("table-4-standing")
def _(r: Report) -> bytes:
    """Fifteen rows: group, result, number."""
    grid: Grid = [[head("类别"), head("结果"), head("件数")]]
    for number, name in enumerate(GROUPS, 1):
        label = Box(name)
        for result, cell_id in zip(RESULTS, r.row(f"d{number}"), strict=True):
            grid.append([label, Box(result), Box(r.printed[cell_id], cell_id)])
    return simple(pieces(r, two, three, grid))


@word("table-4-cut-between-review-and-court")
def _(r: Report) -> bytes:
    grid = four(r)
    return simple(pieces(r, two, three, [columns(grid, *range(5)), columns(grid, *range(5, 15))]))


@word("tables-2-3-4-drawn-as-one")
def _(r: Report) -> bytes:
    """One table for all: the headings are rows across it."""
    wide: Grid = []
    for section, grid in (
        ("二、主动公开政府信息情况", columns(two(r), *[0] * 6, *[1] * 3, *[2] * 3, *[3] * 3)),
        (
            "三、收到和处理政府信息公开申请情况",
            columns(three(r), *[0] * 3, *[1] * 3, 2, 2, *range(3, 10)),
        ),
        ("四、政府信息公开行政复议、行政诉讼情况", four(r)),
    ):
        wide.append([head(section)] * 15)
        wide += grid
    found = pieces(r)
    first = next(n for n, piece in enumerate(found) if piece.kind == "table")
    kept = [
        p for p in found[first:] if p.kind != "table" and not p.text.startswith(("三、", "四、"))
    ]
    return simple([*found[: first - 1], Piece("table", table=wide), *kept])


# --- rows more and less ------------------------------------------------------------------


@word("rows-of-subtotals")
def _(r: Report) -> bytes:
    """本年新收小计 and a 小计 under each group: the office's own, of no cell."""
    grid = three(r)
    new: Grid = []
    for number, boxes in enumerate(grid):
        new.append(boxes)
        if number == 4:
            sums = [str(int(r.figures[f"c1{c}"]) + int(r.figures[f"c2{c}"])) for c in "abcdefg"]
            new.append([*[Box("应办理合计（一＋二）")] * 3, *(Box(s, head=True) for s in sums)])
            r.extra += ["应办理合计（一＋二）", sums[6]]
        for inner in INNER.values():
            if boxes[3].cell == f"c{inner[-1]}a":
                sums = [str(sum(int(r.figures[f"c{n}{c}"]) for n in inner)) for c in "abcdefg"]
                new.append([*boxes[:2], Box("小计"), *(Box(s, head=True) for s in sums)])
                r.extra += [sums[6]]
    return simple(pieces(r, two, new))


@word("column-of-subtotals")
def _(r: Report) -> bytes:
    """小计 beside the five kinds of 法人或其他组织."""
    grid = three(r)
    new = [[*boxes[:9], Box(""), boxes[9]] for boxes in grid]
    new[0][9], new[1][9], new[2][9] = grid[0][8], grid[1][8], head("小计")
    for boxes in new[3:]:
        row_name = boxes[3].cell[:-1]
        total = str(sum(int(r.figures[f"{row_name}{c}"]) for c in "bcdef"))
        boxes[9] = Box(total)
        r.extra += [total] if row_name == "c1" else []
    return simple(pieces(r, two, new))


@word("rows-left-out")
def _(r: Report) -> bytes:
    """Two rows of table 3 and one of table 2 are not there."""
    gone = ("c6", "c14")
    grid = without(three(r), "c6a", "c14a")
    for name in gone:
        r.gone(*r.row(name))
    r.gone("b5a")
    return simple(pieces(r, without(two(r), "b5a"), grid))


@word("three-rows-become-one")
def _(r: Report) -> bytes:
    """（六）其他处理 as one row (seen on a published report): its sum is of no row of the form."""
    grid = three(r)
    sums = [str(sum(int(r.figures[f"c{n}{c}"]) for n in (21, 22, 23))) for c in "abcdefg"]
    other = Box("（六）其他处理")
    at = row_of(grid, "c21a")
    merged_row = [grid[at][0], other, other, *(Box(text, head=True) for text in sums)]
    for number in (21, 22, 23):
        r.gone(*r.row(f"c{number}"))
    r.extra.append("其他处理")
    return simple(pieces(r, two, [*grid[:at], merged_row, *grid[at + 3 :]]))


@word("table-4-is-a-sentence")
def _(r: Report) -> bytes:
    """Nothing to count, so the office wrote a sentence where table 4 belongs."""
    for number in (1, 2, 3):
        r.gone(*r.row(f"d{number}"))
    sentence = "本单位没有因政府信息公开被申请行政复议、提起行政诉讼的情况。"
    r.extra.append(sentence)
    found = [
        Piece("line", sentence) if p.table and p.table[0][0].text == "行政复议" else p
        for p in pieces(r)
    ]
    return simple(found)


@word("table-3-is-a-picture")
def _(r: Report) -> bytes:
    for name in LABELS:
        r.gone(*r.row(name))
    picture = '<w:drawing><wp:inline><wp:docPr id="1" name="图片 1"/></wp:inline></w:drawing>'
    found = [
        Piece("raw", ooxml.par(f"<w:r>{picture}</w:r>")) if p.table and len(p.table) == 28 else p
        for p in pieces(r)
    ]
    return simple(found)


@word("empty-rows-between")
def _(r: Report) -> bytes:
    """A blank row after the header and before the last row."""
    grid = three(r)
    empty = [[Box("") for _ in range(10)] for _ in range(2)]
    return simple(pieces(r, two, [*grid[:3], empty[0], *grid[3:-1], empty[1], grid[-1]]))


@word("rows-without-labels-of-groups")
def _(r: Report) -> bytes:
    """The two outer label columns were deleted: the last label alone tells a row.

    其他 of （六） and 重复申请 are still the only ones of their names.
    """
    new = [boxes[2:] for boxes in three(r)]
    return simple(pieces(r, two, changed(new, lambda box: box.text)))


@word("this-year-beside-last-year")
def _(r: Report) -> bytes:
    """Table 2 printed with last year's numbers in a table of the same shape before it."""
    grid = two(r)
    past = changed(grid, lambda box: str(len(box.text) + 700) if box.cell else box.text)
    past = [[Box(box.text, head=box.head) for box in boxes] for boxes in past]
    found: list[Piece] = []
    for piece in pieces(r):
        if piece.table and piece.table[0][0].text == grid[0][0].text:
            found += [Piece("line", f"附：{r.year - 1}年情况"), Piece("table", table=past)]
            found += [Piece("line", f"{r.year}年情况"), piece]
        else:
            found.append(piece)
    r.unsure(*(c for n in range(1, 7) for c in r.row(f"b{n}")))
    return simple(found)


@word("two-years-in-columns")
def _(r: Report) -> bytes:
    """The decisions have two columns of numbers, last year's and this year's."""
    grid = two(r)
    new: Grid = []
    for boxes in grid:
        if boxes[1].cell and boxes[1] is boxes[3]:
            past = Box(str(int(float(boxes[1].text)) + 500))
            new.append([boxes[0], past, past, boxes[1]])
        elif boxes[1].head and boxes[1] is boxes[3] and boxes[0] is not boxes[1]:
            past = head(f"{r.year - 1}年")
            new.append([boxes[0], past, past, head(f"{r.year}年")])
        else:
            new.append(boxes)
    r.unsure("b3a", "b4a", "b5a", "b6a")
    return simple(pieces(r, new))


@word("ties-broken-by-the-office")
def _(r: Report) -> bytes:
    """The figures do not add up: they are read as they stand, all the same."""
    for cell_id, more in (("c24g", 7), ("c5a", 3), ("d1e", 1), ("c1b", 11)):
        wrong = str(int(r.figures[cell_id]) + more)
        r.stands(cell_id, wrong, wrong)
    return simple(pieces(r))
