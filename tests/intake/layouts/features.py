"""Word documents that use more of Word: controls, revisions, numbering, fields, boxes, covers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import partial

import docx
from docx.enum.text import WD_BREAK
from intake.layouts import Collection, ooxml
from intake.layouts.grid import (
    Box,
    Grid,
    Piece,
    changed,
    labels,
    pieces,
    places,
    rows,
    three,
    two,
)
from intake.layouts.ooxml import (
    bold,
    cell,
    centred,
    framed,
    indented,
    lines_of,
    merged,
    par,
    plain,
    row,
    run,
    simple,
)
from intake.layouts.report import LABELS, SECTIONS, Report, quiet, report

LAYOUTS = Collection()
word = partial(LAYOUTS.drawing, suffix=".docx", make=report)


def in_numbers(draw: Callable[[str], str]) -> Callable[[Grid], str]:
    """Tables whose numbers are drawn by `draw`, a paragraph each."""
    return lambda grid: merged(grid, lambda box: draw(box.text) if box.cell else lines_of(box))


# --- python-docx ---------------------------------------------------------------------------


def by_python_docx(found: list[Piece], headings: bool) -> bytes:
    made = docx.Document()
    for piece in found:
        if piece.table:
            table = made.add_table(len(piece.table), len(piece.table[0]), "Table Grid")
            for top, left, box, across, down in places(piece.table):
                first, last = table.cell(top, left), table.cell(top + down - 1, left + across - 1)
                first.merge(last).text = box.text
        elif headings and piece.kind in ("title", "head"):
            made.add_heading(piece.text, 0 if piece.kind == "title" else 1)
        else:
            made.add_paragraph(piece.text)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


@word("python-docx-with-headings")
def _(r: Report) -> bytes:
    return by_python_docx(pieces(r), headings=True)


@word("python-docx-no-styles")
def _(r: Report) -> bytes:
    return by_python_docx(pieces(r), headings=False)


@word("python-docx-page-breaks")
def _(r: Report) -> bytes:
    """A cover with the title over three lines, a page break, then the report."""
    made = docx.Document()
    for line in (r.unit, f"{r.year}年度", "政府信息公开工作年度报告"):
        made.add_paragraph(line)
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    saved = io.BytesIO(by_python_docx(pieces(r)[1:], headings=False))
    rest = docx.Document(saved)
    for element in list(rest.element.body)[:-1]:
        made.element.body.insert(len(made.element.body) - 1, element)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


# --- headings and titles drawn otherwise -------------------------------------------------------


def one_cell(text: str) -> str:
    return framed(row(cell(bold(text))), 1) + plain("")


@word("headings-are-one-cell-tables")
def _(r: Report) -> bytes:
    return simple(pieces(r), head=one_cell, title=one_cell)


def boxed(text: str) -> str:
    """A text box as Word writes it: a shape, and its VML for older programs."""
    inside = f"<w:txbxContent>{plain(text)}</w:txbxContent>"
    return par(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="3600000" cy="360000"/><wp:docPr id="3" name="文本框 3"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape id="s3" style="width:283pt;height:28pt"><v:textbox>{inside}</v:textbox>'
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


@word("headings-in-text-boxes")
def _(r: Report) -> bytes:
    return simple(pieces(r), head=boxed)


@word("title-in-a-text-box")
def _(r: Report) -> bytes:
    return simple(pieces(r), title=boxed)


@word("headings-in-old-vml-boxes")
def _(r: Report) -> bytes:
    def vml(text: str) -> str:
        inside = f"<w:txbxContent>{plain(text)}</w:txbxContent>"
        return par(
            f'<w:r><w:pict><v:rect id="r1"><v:textbox>{inside}</v:textbox></v:rect></w:pict></w:r>'
        )

    return simple(pieces(r), head=vml)


@word("table-4-in-a-text-box")
def _(r: Report) -> bytes:
    def table(grid: Grid) -> str:
        drawn = merged(grid)
        if len(grid) != 4:
            return drawn
        inside = f"<w:txbxContent>{drawn}{plain('')}</w:txbxContent>"
        return par(
            f'<w:r><w:pict><v:rect id="r1"><v:textbox>{inside}</v:textbox></v:rect></w:pict></w:r>'
        )

    return simple(pieces(r), table=table)


@word("title-over-three-lines")
def _(r: Report) -> bytes:
    def title(_: str) -> str:
        return centred(r.unit) + centred(f"{r.year}年政府信息公开工作") + centred("年度报告")

    return simple(pieces(r), title=title)


@word("title-broken-by-a-soft-break")
def _(r: Report) -> bytes:
    return simple(pieces(r), title=lambda t: centred(t.replace(str(r.year), f"\n{r.year}")))


@word("title-with-the-year-in-words")
def _(r: Report) -> bytes:
    """二〇二四年; what is printed is the title, the year is the year."""
    words = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(r.year))
    r.title = r.title.replace(str(r.year), words)
    return simple(pieces(r))


@word("title-with-the-year-first")
def _(r: Report) -> bytes:
    r.title = f"{r.year}年度{r.unit}政府信息公开工作年度报告"
    return simple(pieces(r))


@word("portal-line-and-signature")
def _(r: Report) -> bytes:
    """发布时间 and 信息来源 under the title, the unit and the date at the end."""
    found = pieces(r)
    line = f"发布时间：{r.year + 1}-01-14 20:48　信息来源：{r.unit[3:6]}"
    found.insert(1, Piece("line", line))
    found[-1:-1] = [Piece("line", r.unit), Piece("line", f"{r.year + 1}年1月12日")]
    r.extra += [f"{r.year + 1}-01-14", r.unit[3:6]]
    return simple(found)


@word("cover-and-contents")
def _(r: Report) -> bytes:
    """A cover, a table of contents that names every section, page numbers."""

    def entry(text: str, page: int) -> str:
        field = (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc{page} \\h'
        )
        field += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        tab = "<w:r><w:tab/></w:r>"
        return par(f"{run(text)}{tab}{field}{run(str(page))}{end}", '<w:pStyle w:val="TOC1"/>')

    contents = centred("目　录") + "".join(entry(t, n) for n, t in enumerate(SECTIONS, 1))
    cover = centred(r.title) + plain("") + par('<w:r><w:br w:type="page"/></w:r>')
    drawn = ooxml.body(pieces(r))
    return ooxml.document(cover + contents + drawn + ooxml.SECTION, styles=ooxml.STYLES)


@word("contents-typed-with-dots")
def _(r: Report) -> bytes:
    """A table of contents typed by hand: 一、总体情况……………1."""
    found = pieces(r)
    contents = [Piece("line", f"{text}{'…' * 12}{n}") for n, text in enumerate(SECTIONS, 1)]
    return simple([found[0], Piece("line", "目录"), *contents, *found[1:]])


@word("header-footer-and-comments")
def _(r: Report) -> bytes:
    """Header of another year, page numbers, a comment with numbers: none of it is the report."""
    header = f"{r.year - 1}年政府信息公开工作年度报告（云岭县）"
    spaces = f'xmlns:w="{ooxml.MAIN}"'
    parts = {
        "header1": f"{ooxml.HEADER}<w:hdr {spaces}>{plain(header)}</w:hdr>",
        "footer1": f"{ooxml.HEADER}<w:ftr {spaces}>{plain('— 1 —')}</w:ftr>",
        "comments": f'{ooxml.HEADER}<w:comments {spaces}><w:comment w:id="1" w:author="张">'
        f"{plain('一、总体情况 应为 88 件')}</w:comment></w:comments>",
    }
    section = ooxml.SECTION.replace(
        "<w:sectPr>",
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        '<w:footerReference w:type="default" r:id="rId2"/>',
    )
    around = '<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    table = in_numbers(lambda text: par(around.format(run(text))))
    return ooxml.document(ooxml.body(pieces(r), table=table) + section, **parts)


# --- content controls ---------------------------------------------------------------------------


def control(content: str, properties: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:id w:val="9"/>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


@word("content-controls-everywhere")
def _(r: Report) -> bytes:
    """Around the body's pieces, around cells, around rows and around runs."""

    def table(grid: Grid) -> str:
        drawn = merged(grid, lambda box: par(control(run(box.text))) if box.cell else lines_of(box))
        drawn = re.sub(
            r"<w:tc>(?:(?!</w:tc>).)*<w:sdt>(?:(?!</w:tc>).)*</w:tc>",
            lambda m: control(m[0]),
            drawn,
        )
        last = drawn.rindex("<w:tr>")
        return control(
            drawn[:last] + control(drawn[last : drawn.rindex("</w:tr>") + 7]) + "</w:tbl>"
        )

    return simple(
        pieces(r),
        table=table,
        title=lambda text: control(centred(text), "<w:text/>"),
        line=lambda text: control(indented(text)),
        head=lambda text: control(bold(text)),
    )


@word("content-controls-not-filled-in", make=quiet)
def _(r: Report) -> bytes:
    """A cell shows 单击此处输入文字: it was not filled in."""
    prompt = "单击或点击此处输入文字。"
    for cell_id in ("c3a", "c24g", "b3a", "d1e"):
        r.stands(cell_id, prompt, None)
        r.stood[cell_id] = ""

    def draw(box: Box) -> str:
        if box.text == prompt:
            return par(control(run(prompt), "<w:showingPlcHdr/>"))
        return lines_of(box)

    return simple(pieces(r), table=lambda grid: merged(grid, draw))


# --- revisions ----------------------------------------------------------------------------------

MARK = 'w:id="5" w:author="审" w:date="2026-01-05T08:00:00Z"'


def inserted(text: str) -> str:
    return f"<w:ins {MARK}>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    return f'<w:del {MARK}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


@word("revisions-in-numbers")
def _(r: Report) -> bytes:
    """Each number of tables 2 and 4 was changed with revisions on: read as accepted."""

    def draw(box: Box) -> str:
        if not box.cell or box.cell[0] == "c":
            return lines_of(box)
        return par(deleted("9" * (1 + len(box.text))) + inserted(box.text))

    return simple(pieces(r), table=lambda grid: merged(grid, draw))


@word("revisions-in-part-of-a-number")
def _(r: Report) -> bytes:
    """Digits put in and taken out within one number."""

    def draw(text: str) -> str:
        return par(
            run(text[0]) + deleted("8") + inserted(text[1:])
            if text[1:]
            else deleted("4") + run(text)
        )

    return simple(pieces(r), table=in_numbers(draw))


@word("revisions-of-rows-and-paragraphs")
def _(r: Report) -> bytes:
    """A row that was taken out and one put in; paragraphs likewise, one moved."""

    def table(grid: Grid) -> str:
        drawn = merged(grid)
        if len(grid) != 14:
            return drawn
        text = f"<w:tc><w:tcPr/><w:p>{deleted('行政许可')}</w:p></w:tc>"
        text += f'<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p>{deleted("777")}</w:p></w:tc>'
        gone = row(text, properties=f"<w:del {MARK}/>")
        cut = drawn.rindex("<w:tr>", 0, drawn.index("行政许可"))
        kept = drawn[cut:].replace("<w:tr>", f"<w:tr><w:trPr><w:ins {MARK}/></w:trPr>", 1)
        return drawn[:cut] + gone + kept

    def line(text: str) -> str:
        gone = par(deleted("这一段已经删去。"), f"<w:rPr><w:del {MARK}/></w:rPr>")
        moved = f"<w:moveFrom {MARK}>{run('这一句已经移走。')}</w:moveFrom>"
        half = len(text) // 2
        return gone + par(moved + run(text[:half]) + inserted(text[half:]))

    return simple(pieces(r), table=table, line=line)


@word("revisions-of-looks-only")
def _(r: Report) -> bytes:
    """w:rPrChange and w:pPrChange hold what it looked like before: nothing to read."""
    look = f"<w:rPrChange {MARK}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    return simple(pieces(r), table=in_numbers(lambda text: par(run(text, f"<w:b/>{look}"))))


# --- numbering ------------------------------------------------------------------------------------


def _level(number: int, kind: str, shown: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


LEVELS = (
    _level(0, "chineseCountingThousand", "%1、")
    + _level(1, "chineseCountingThousand", "（%2）")
    + _level(2, "decimal", "%3.")
)
NUMBERING = (
    f'{ooxml.HEADER}<w:numbering xmlns:w="{ooxml.MAIN}">'
    + "".join(f'<w:abstractNum w:abstractNumId="{n}">{LEVELS}</w:abstractNum>' for n in range(9))
    + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(9))
    + "</w:numbering>"
)


def numbered(text: str, number: int, level: int) -> str:
    return par(
        run(text),
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


@word("headings-numbered-by-word")
def _(r: Report) -> bytes:
    """一、 and （一） are Word's own numbers; the text has none."""

    def line(text: str) -> str:
        return numbered(text[3:], 1, 1) if text.startswith("（") else indented(text)

    drawn = ooxml.body(pieces(r), head=lambda text: numbered(text[2:], 1, 0), line=line)
    return ooxml.document(drawn + ooxml.SECTION, numbering=NUMBERING)


@word("labels-numbered-by-word")
def _(r: Report) -> bytes:
    """1. before the labels of table 3 is Word's own, starting again in each group."""

    def table(grid: Grid) -> str:
        group = {
            f"c{n}a": number
            for number, ns in enumerate(
                (range(5, 13), range(13, 16), range(16, 21), range(21, 24)), 2
            )
            for n in ns
        }
        lists = {
            boxes[2]: group[boxes[3].cell]
            for boxes in grid
            if len(boxes) == 10 and boxes[3].cell in group
        }

        def draw(box: Box) -> str:
            return numbered(box.text[2:], lists[box], 2) if box in lists else lines_of(box)

        return merged(grid, draw)

    return ooxml.document(ooxml.body(pieces(r), table=table) + ooxml.SECTION, numbering=NUMBERING)


@word("text-numbered-by-word")
def _(r: Report) -> bytes:
    """Paragraphs of the problems are 1. 2. 3. by Word: the reader sees the numbers."""
    part = "存在的主要问题及改进情况"
    own = r.parts[part]
    r.parts[part] = [f"{n}.{text}" for n, text in enumerate(own, 1)]
    shown = dict(zip(r.parts[part], own, strict=True))

    def line(text: str) -> str:
        return numbered(shown[text], 3, 2) if text in shown else indented(text)

    return ooxml.document(ooxml.body(pieces(r), line=line) + ooxml.SECTION, numbering=NUMBERING)


# --- hidden, fields -----------------------------------------------------------------------------


@word("hidden-text")
def _(r: Report) -> bytes:
    """Hidden digits, hidden paragraphs and a hidden row, by property and by style."""

    def draw(text: str) -> str:
        return par(run("7", "<w:vanish/>") + run(text) + run("88", '<w:rStyle w:val="a9"/>'))

    def table(grid: Grid) -> str:
        drawn = in_numbers(draw)(grid)
        at = drawn.rindex("<w:tr>")
        unseen = row(
            *(cell(par(run("999", "<w:vanish/>"))) for _ in grid[0]), properties="<w:hidden/>"
        )
        return drawn[:at] + unseen + drawn[at:]

    def line(text: str) -> str:
        return par(
            run("此处待领导审定，共 500 件。", "<w:vanish/>"), "<w:rPr><w:vanish/></w:rPr>"
        ) + indented(text)

    return ooxml.document(
        ooxml.body(pieces(r), table=table, line=line) + ooxml.SECTION, styles=ooxml.STYLES
    )


@word("hidden-turned-off-again")
def _(r: Report) -> bytes:
    """w:vanish w:val=0 hides nothing."""
    return simple(pieces(r), table=in_numbers(lambda text: par(run(text, '<w:vanish w:val="0"/>'))))


@word("totals-are-formula-fields")
def _(r: Report) -> bytes:
    """{ =SUM(LEFT) } with its result: the result is read, the formula is not."""

    def draw(box: Box) -> str:
        if not box.cell.endswith("g"):
            return lines_of(box)
        return par(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            ' =SUM(LEFT) \\# "0" 12 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{run(box.text)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    return simple(pieces(r), table=lambda grid: merged(grid, draw))


@word("simple-fields-and-links")
def _(r: Report) -> bytes:
    """w:fldSimple, w:hyperlink and w:smartTag around numbers and text."""

    def draw(text: str) -> str:
        kinds = (
            '<w:fldSimple w:instr=" DOCPROPERTY 7 ">{}</w:fldSimple>',
            '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
            '<w:smartTag w:uri="u" w:element="chmetcnv"><w:smartTagPr><w:attr w:name="SourceValue" w:val="5"/></w:smartTagPr>{}</w:smartTag>',
            '<w:bdo w:val="ltr">{}</w:bdo>',
        )
        return par(kinds[len(text) % 4].format(run(text)))

    return simple(pieces(r), table=in_numbers(draw), line=draw)


@word("formulas-of-mathematics")
def _(r: Report) -> bytes:
    """A number set as an equation (m:oMath) in two cells: read or quoted."""
    r.unsure("c24g", "c24a")
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

    def draw(box: Box) -> str:
        if box.cell not in ("c24g", "c24a"):
            return lines_of(box)
        return par(f"<m:oMath {space}><m:r><m:t>{box.text}</m:t></m:r></m:oMath>")

    return simple(pieces(r), table=lambda grid: merged(grid, draw))


# --- other programs -------------------------------------------------------------------------------


@word("wps-like")
def _(r: Report) -> bytes:
    """As WPS writes: a run a word, hints and kerning on each, its own attributes."""
    look = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:eastAsia="仿宋"/><w:kern w:val="0"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar"/>'

    def chopped(text: str) -> str:
        words = [text[at : at + 3] for at in range(0, len(text), 3)]
        return par(
            "".join(run(word, look) for word in words),
            '<w:keepNext w:val="0"/><w:suppressLineNumbers w:val="0"/>',
        )

    def table(grid: Grid) -> str:
        return merged(grid, lambda box: "".join(map(chopped, box.text.split("\n")))).replace(
            "<w:tr>", "<w:tr><w:tblPrEx><w:tblCellMar/></w:tblPrEx>"
        )

    return simple(pieces(r), line=chopped, head=chopped, title=chopped, table=table)


@word("strict-open-xml")
def _(r: Report) -> bytes:
    """Saved as 严格 Open XML 文档: other names for the same things."""
    names = {
        ooxml.MAIN: "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ooxml.RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    spaces = (
        f'xmlns:w="{names[ooxml.MAIN]}" xmlns:r="{names[ooxml.RELATIONS]}" w:conformance="strict"'
    )
    main = f"{ooxml.HEADER}<w:document {spaces}><w:body>{ooxml.body(pieces(r))}{ooxml.SECTION}</w:body></w:document>"
    return ooxml.package(main, relation=names[ooxml.RELATIONS])


@word("main-part-of-another-name")
def _(r: Report) -> bytes:
    """Some exporters write word/document2.xml."""
    spaces = f'xmlns:w="{ooxml.MAIN}"'
    main = f"{ooxml.HEADER}<w:document {spaces}><w:body>{ooxml.body(pieces(r))}{ooxml.SECTION}</w:body></w:document>"
    return ooxml.package(main, at="word/document2.xml")


@word("another-prefix-for-w")
def _(r: Report) -> bytes:
    """The main namespace under the prefix ns0, as ElementTree writes it."""
    main = f'{ooxml.HEADER}<w:document xmlns:w="{ooxml.MAIN}"><w:body>{ooxml.body(pieces(r))}{ooxml.SECTION}</w:body></w:document>'
    return ooxml.package(re.sub(r"(</?|\s|:)w:", r"\1ns0:", main).replace("xmlns:w=", "xmlns:ns0="))


@word("table-3-as-tabbed-paragraphs")
def _(r: Report) -> bytes:
    """Table 3 converted to text: a paragraph a row, tabs between."""

    def table(grid: Grid) -> str:
        if len(grid) != 28:
            return merged(grid)
        made = []
        for boxes in grid:
            texts = list(dict.fromkeys(boxes))
            made.append(par("<w:r><w:tab/></w:r>".join(run(box.text) for box in texts)))
        return "".join(made)

    r.unsure(*(c for name in LABELS for c in r.row(name)))
    return simple(pieces(r), table=table)


@word("all-tables-as-text-one-number-a-paragraph")
def _(r: Report) -> bytes:
    """Pasted from a portal without its tables: each cell a paragraph."""

    def table(grid: Grid) -> str:
        return "".join(lines_of(box) for _, _, box, _, _ in places(grid))

    return simple(pieces(r), table=table)


# --- more than one report ----------------------------------------------------------------------------


@word("two-reports-in-one")
def _(r: Report) -> bytes:
    """This town's report and another's after it: refused, or blank wherever they differ."""
    other = report(f"{r.name}-other", year=r.year)
    for cell_id, figure in r.figures.items():
        same = figure == other.figures[cell_id]
        r.reads[cell_id] = {None, *([figure] if same else [])}
        r.stood[cell_id] = ""
    r.may_be_refused = True
    r.loose |= {*r.parts, "单位", "年度", "标题"}
    return simple([*pieces(r), *pieces(other)])


@word("two-years-in-one")
def _(r: Report) -> bytes:
    """The same town's report of the year before, then this one."""
    other = report(r.name, year=r.year - 1)
    for cell_id, figure in r.figures.items():
        other.figures[cell_id] = other.printed[cell_id] = str(int(float(figure)) + 200)
        r.reads[cell_id] = {None}
        r.stood[cell_id] = ""
    r.may_be_refused = True
    r.loose |= {*r.parts, "单位", "年度", "标题"}
    return simple([*pieces(other), *pieces(r)])


@word("letter-before-the-report")
def _(r: Report) -> bytes:
    """A covering letter with numbers and its own heading words stands before the title."""
    letter = [
        Piece("line", "县政府办公室："),
        Piece(
            "line",
            f"现将我镇{r.year}年政府信息公开工作年度报告报上，请审阅。联系人王某，电话13900000000。",
        ),
        Piece("line", f"{r.year + 1}年1月10日"),
    ]
    r.extra += ["13900000000", "县政府办公室：", letter[2].text]
    return simple([*letter, *pieces(r)])


@word("appendix-with-another-table")
def _(r: Report) -> bytes:
    """A table of the office's own after the report: its words are near the form's."""
    own: Grid = [
        [Box("类别"), Box("本年收到件数"), Box("办结件数")],
        [Box("依申请公开"), Box("61"), Box("62")],
        [Box("行政许可办件"), Box("63"), Box("64")],
        [Box("总计"), Box("65"), Box("66")],
    ]
    r.extra += ["行政许可办件", "63", "附件：内部统计"]
    return simple([*pieces(r), Piece("line", "附件：内部统计"), Piece("table", table=own)])


@word("checklist-before-table-3")
def _(r: Report) -> bytes:
    """Instructions for filling in, left in the document, in a table before table 3."""
    note = Box("填表说明：1.本年新收填收到的申请；2.总计等于各列之和，如 3+4=7。")
    found = []
    for piece in pieces(r):
        if piece.table and len(piece.table) == 28:
            found.append(Piece("table", table=[[note]]))
        found.append(piece)
    r.extra.append("如3+4=7")
    return simple(found)


@word("tables-without-numbers-were-a-template", make=quiet)
def _(r: Report) -> bytes:
    """An empty form: every cell blank, no narrative but headings."""
    for cell_id in r.figures:
        r.stands(cell_id, "", None)
    for key in r.parts:
        r.parts[key] = []
    r.may_be_refused = True
    return simple(pieces(r))


@word("table-3-headed-twice")
def _(r: Report) -> bytes:
    """The header was pasted again in the middle of table 3, inside one table."""
    grid = three(r)
    again = rows(grid, 0, 1, 2)
    return simple(pieces(r, two, [*grid[:15], *again, *changed(grid[15:], lambda box: box.text)]))


@word("long-labels-wrapped-by-hand")
def _(r: Report) -> bytes:
    """Labels with line breaks and blanks where somebody wanted the line to end."""

    def wrapped(text: str) -> str:
        return "\n ".join(text[at : at + 8] for at in range(0, len(text), 8))

    return simple(pieces(r, two, labels(three(r), wrapped)))


@word("text-before-the-first-heading-only")
def _(r: Report) -> bytes:
    """No introduction: the first heading follows the title."""
    r.parts["引言"] = []
    r.loose.add("引言")
    return simple(pieces(r))


@word("more-paragraphs-than-the-form-asks")
def _(r: Report) -> bytes:
    """Paragraphs between a table's heading and the table, and after it."""
    found: list[Piece] = []
    for piece in pieces(r):
        if piece.table:
            before, after = (
                f"本表{len(piece.table)}行，由办公室填报。",
                f"以上{len(piece.table)}行数据已核对。",
            )
            found += [Piece("line", before), piece, Piece("line", after)]
            r.extra += [before, after]
        else:
            found.append(piece)
    return simple(found)


@word("brackets-and-rare-signs-in-the-text")
def _(r: Report) -> bytes:
    """<, &, {{ }}, {% %}, # and : in the text come through as they are."""
    r.parts["其他需要报告的事项"] = [
        "没有收取信息处理费 < 0 & > 0；网址 http://a.cn/?a=1&b=2 #锚。",
        "key: value，“引号”'单引号'，100%，[方括号]，@提及，*星号，!叹号，|竖线。",
        "- 列表样的一行",
        "制表符前\t制表符后，生僻字𠮷𬱖。",
    ]
    return simple(
        pieces(r),
        line=lambda text: par("<w:r><w:tab/></w:r>".join(run(t) for t in text.split("\t"))),
    )
