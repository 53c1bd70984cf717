"""Portal pages saved as .html, as content systems, Word and hands make them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape

from intake.layouts import Collection
from intake.layouts.grid import (
    Box,
    Grid,
    Piece,
    changed,
    four,
    pieces,
    places,
    row_of,
    rows,
    three,
    two,
)
from intake.layouts.report import LABELS, OUTER, SECTIONS, Report, quiet, report
from intake.layouts.wording import AS_PORTALS

LAYOUTS = Collection()
page = partial(LAYOUTS.drawing, suffix=".html", make=report)

BoxDraw = Callable[[Box], str]


def inner(box: Box) -> str:
    return "<br>".join(escape(line, quote=False) for line in box.text.split("\n"))


def td(box: Box, across: int, down: int, draw: BoxDraw = inner) -> str:
    spans = f' colspan="{across}"' * (across > 1) + f' rowspan="{down}"' * (down > 1)
    return f"<td{spans}>{draw(box)}</td>"


def table(
    grid: Grid,
    *,
    cell: Callable[[Box, int, int], str] = td,
    attributes: str = ' border="1"',
) -> str:
    lines: list[list[str]] = [[] for _ in grid]
    for top, _, box, across, down in places(grid):
        lines[top].append(cell(box, across, down))
    inside = "\n".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return f"<table{attributes}>\n{inside}\n</table>"


def tagged(tag: str, attributes: str = "") -> Callable[[str], str]:
    return lambda text: f"<{tag}{attributes}>{escape(text, quote=False)}</{tag.split()[0]}>"


H1, H2, P = tagged("h1"), tagged("h2"), tagged("p")


def article(
    found: list[Piece],
    *,
    title: Callable[[str], str] = H1,
    line: Callable[[str], str] = P,
    head: Callable[[str], str] = H2,
    draw: Callable[[Grid], str] = table,
) -> str:
    drawn = {"title": title, "line": line, "head": head, "sign": line, "note": line, "raw": str}
    return "\n".join(draw(p.table) if p.table else drawn[p.kind](p.text) for p in found)


def whole(inside: str, head: str = '<meta charset="utf-8">', title: str = "政务公开") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n{head}\n<title>{title}</title>\n</head>\n'
        f"<body>\n{inside}\n</body>\n</html>\n"
    )


def saved(r: Report, inside: str, **how: str) -> bytes:
    return whole(inside, **{"title": f"{r.title}_云岭县人民政府", **how}).encode()


# --- pages --------------------------------------------------------------------------------


@page("page-clean")
def _(r: Report) -> bytes:
    return saved(r, article(pieces(r)))


@page("page-quiet-town", make=quiet)
def _(r: Report) -> bytes:
    return saved(r, article(pieces(r)))


@page("page-gb18030-capitals-and-no-closing-tags")
def _(r: Report) -> bytes:
    """FrontPage's heritage: <TD ROWSPAN=22> and nothing closed, GB2312 said, GB18030 meant."""

    def draw(grid: Grid) -> str:
        text = table(grid, attributes=" BORDER=1 CELLSPACING=0")
        text = re.sub(r"</t[dr]>", "", text)
        return re.sub(r"<[^>]+>", lambda m: m[0].replace('"', "").upper(), text)

    inside = article(
        pieces(r),
        title=lambda t: f"<CENTER><B><FONT SIZE=5>{t}</FONT></B></CENTER>",
        line=lambda t: f"<P>　　{t}",
        head=lambda t: f"<P><STRONG>{t}</STRONG>",
        draw=draw,
    )
    r.parts["其他需要报告的事项"].append("生僻字：㙍、䶮、𠮷。")
    inside += "<P>" + r.parts["其他需要报告的事项"].pop()
    r.extra.append("生僻字：㙍、䶮、𠮷。")
    head = '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312">'
    return whole(inside, head, r.title).encode("gb18030")


NAVIGATION = """<table width="100%"><tr><td><a href="/">首页</a></td><td><a href="/zwgk">政务公开</a></td>
<td><a href="/hd">互动交流</a></td></tr></table>"""


@page("page-in-layout-tables")
def _(r: Report) -> bytes:
    """Menus, a side bar of other years' reports and the article, all in nested tables."""
    r.extra += ["主办：云岭县人民政府办公室", f"{r.year - 1}年政府信息公开工作年度报告"]
    years = "".join(
        f'<tr><td>·</td><td><a href="t{y}.html">{r.unit}{y}年政府信息公开工作年度报告</a></td>'
        f"<td>{y + 1}-01-2{y % 10}</td></tr>"
        for y in range(r.year - 4, r.year)
    )
    inside = (
        f'{NAVIGATION}<table width="1000"><tr><td width="220" valign="top"><table>{years}</table></td>'
        f'<td valign="top"><table width="100%"><tr><td>您现在的位置：首页 &gt; 政府信息公开年报</td></tr><tr><td>'
        f'<div id="zoom">{article(pieces(r))}</div></td></tr></table></td></tr></table>'
        "<table><tr><td>主办：云岭县人民政府办公室 备案号：湘ICP备00000000号-1 访问量：1234567</td></tr></table>"
    )
    return saved(r, inside)


@page("page-of-a-portal")
def _(r: Report) -> bytes:
    """nav, aside and footer; scripts, styles, comments and a template with numbers of their own."""
    noise = (
        "<script>var total = 999; document.write('<table><tr><td>规章</td><td>9</td></tr></table>');</script>"
        "<style>td:before{content:'8'}</style><!-- <table><tr><td>行政许可</td><td>7</td></tr></table> -->"
        "<template><table><tr><td>行政许可</td><td>6</td></tr></table></template>"
        "<noscript>请打开脚本</noscript>"
    )
    inside = (
        f"{noise}<nav><ul><li>首页</li><li>一、总体情况</li></ul></nav><main><article>{article(pieces(r))}"
        f"</article></main><aside><h2>相关文章</h2><p>{r.unit}{r.year - 1}年政府信息公开工作年度报告</p></aside>"
        "<footer><p>网站标识码：4312240001　公安备案号：43122402000001</p></footer>"
    )
    found = saved(r, inside)
    return found


@page("page-meta-and-information-line")
def _(r: Report) -> bytes:
    """发布时间, 信息来源, font sizes and 浏览次数 under the title; meta tags that say it again."""
    day = f"{r.year + 1}-01-18 09:30"
    line = (
        f'<div class="info"><span>发布时间：{day}</span>&nbsp;&nbsp;<span>信息来源：{r.unit[3:6]}</span>'
        "&nbsp;<span>浏览次数：<em>152</em></span> 字体：【大 中 小】 <a>打印</a></div>"
    )
    found = pieces(r)
    found.insert(1, Piece("raw", line))
    r.extra += [day, r.unit[3:6]]
    head = f'<meta charset="utf-8"><meta name="ArticleTitle" content="{r.title}"><meta name="PubDate" content="{day}">'
    return saved(r, article(found), head=head)


@page("page-nbsp-everywhere")
def _(r: Report) -> bytes:
    """&nbsp; in empty cells, around numbers and for indents; numbers as character references."""

    def draw(box: Box) -> str:
        if not box.cell:
            return f"&nbsp;{inner(box)}&nbsp;"
        if len(box.text) % 2:
            return "&nbsp;" + "".join(f"&#{ord(char)};" for char in box.text)
        return f"&nbsp;&nbsp;{box.text}\u3000&#x20;"

    cell = partial(td, draw=draw)
    return saved(
        r,
        article(
            pieces(r),
            line=lambda t: f"<p>&nbsp; &nbsp; &nbsp; &nbsp;{escape(t)}&nbsp;</p>",
            draw=lambda grid: table(grid, cell=cell),
        ),
    )


@page("page-spans-too-long")
def _(r: Report) -> bytes:
    """rowspan="99" at the end of the table, colspan="1", rowspan="" and rowspan="0"."""

    def cell(box: Box, across: int, down: int) -> str:
        drawn = td(box, across, down)
        if box.text == OUTER:
            return drawn
        if across == 1 and down == 1 and not box.cell:
            return drawn.replace("<td", '<td rowspan="1" colspan=""', 1)
        if across == 1 and down == 1 and box.cell[-1] in "ac":
            return drawn.replace("<td", '<td colspan="1" rowspan="abc"', 1)
        return drawn

    def draw(grid: Grid) -> str:
        text = table(grid, cell=cell)
        last = text.rindex("<td")
        return (
            text[:last]
            + '<td rowspan="99"'
            + text[last:].split(">", 1)[0][3:].replace('rowspan="abc"', "")
            + ">"
            + text[last:].split(">", 1)[1]
        )

    return saved(r, article(pieces(r), draw=draw))


@page("page-rows-of-nothing")
def _(r: Report) -> bytes:
    """Word's <tr height=0> of empty cells at the table's end, and rows without cells."""

    def draw(grid: Grid) -> str:
        text = table(grid)
        measure = (
            "<tr height=0>" + '<td width=51 style="border:none"></td>' * len(grid[0]) + "</tr>"
        )
        return text.replace("<tr>", "<tr></tr><tr>", 1).replace("\n</table>", f"{measure}</table>")

    return saved(r, article(pieces(r), draw=draw))


@page("page-from-word")
def _(r: Report) -> bytes:
    """“网页” of Word: MsoNormal, <o:p>, conditional comments, lang on every span."""

    def words(text: str) -> str:
        made = re.sub(
            r"[0-9.]+",
            lambda m: f"<span lang=EN-US style='font-size:16.0pt'>{m[0]}</span>",
            escape(text, quote=False),
        )
        return f"<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋'>{made}<o:p></o:p></span></p>"

    def draw(box: Box) -> str:
        return "".join(words(line) for line in box.text.split("\n"))

    def wrapped(grid: Grid) -> str:
        return (
            "<div align=center><!--[if gte mso 9]><xml><w:WordDocument><w:View>9</w:View></w:WordDocument></xml><![endif]-->"
            + table(grid, cell=partial(td, draw=draw), attributes=" class=MsoNormalTable border=1")
            + "<![if !supportMisalignedColumns]><![endif]></div>"
        )

    inside = f"<div class=WordSection1>{article(pieces(r), title=words, line=words, head=words, draw=wrapped)}</div>"
    return saved(r, inside)


@page("page-from-wps-in-an-editor")
def _(r: Report) -> bytes:
    """UEditor's paste: a span a character or two, line breaks in the source within words."""

    def chopped(text: str) -> str:
        return "".join(
            f'<span style="font-family: 仿宋; font-size: 21px;">{escape(text[at : at + 2], quote=False)}</span>'
            for at in range(0, len(text), 2)
        )

    def draw(box: Box) -> str:
        return "".join(
            f'<p style="text-align:center">{chopped(t)}</p>' for t in box.text.split("\n")
        )

    return saved(
        r,
        article(
            pieces(r),
            line=lambda t: f'<p style="text-indent:43px">{chopped(t)}</p>',
            head=lambda t: f"<p><strong>{chopped(t)}</strong></p>",
            title=lambda t: f'<p style="text-align:center">{chopped(t)}</p>',
            draw=lambda grid: table(grid, cell=partial(td, draw=draw)),
        ),
    )


@page("page-one-cell-and-line-breaks")
def _(r: Report) -> bytes:
    """The text stands in one cell, paragraphs parted by <br><br>, headings bold."""

    def line(text: str) -> str:
        return f"　　{escape(text, quote=False)}<br><br>"

    inside = article(
        pieces(r),
        line=line,
        head=lambda t: f"<b>{t}</b><br/>",
        title=lambda t: f"<center>{t}</center><br>",
    )
    return saved(r, f"<table><tbody><tr><td>{inside}</td></tr></tbody></table>")


@page("page-paragraphs-as-divs")
def _(r: Report) -> bytes:
    div = tagged("div")
    return saved(r, article(pieces(r), line=div, head=div, title=div))


@page("page-parts-of-a-table")
def _(r: Report) -> bytes:
    """caption, thead, tfoot written before tbody, th with scope."""

    def draw(grid: Grid) -> str:
        if len(grid) != 28:
            return table(grid)
        text = table(grid).replace('<table border="1">', "").replace("</table>", "")
        made = re.findall(r"<tr>.*?</tr>", text, re.S)
        top = "".join(made[:3]).replace("<td", "<th scope=col").replace("</td", "</th")
        return (
            f"<table><caption>{SECTIONS[2]}</caption><colgroup><col span=10></colgroup><thead>{top}</thead>"
            f"<tfoot>{made[-1]}</tfoot><tbody>{''.join(made[3:-1])}</tbody></table>"
        )

    return saved(r, article(pieces(r), draw=draw))


@page("page-cleaned-by-the-cms")
def _(r: Report) -> bytes:
    """Only table, tr, td and p are left, all spans lost: covered cells are empty."""

    def draw(grid: Grid) -> str:
        first = {(top, left) for top, left, *_ in places(grid)}
        lines = [
            "".join(
                f"<td><p>{box.text if (top, left) in first else ''}</p></td>"
                for left, box in enumerate(boxes)
            )
            for top, boxes in enumerate(grid)
        ]
        return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"

    return saved(r, article(pieces(r), title=P, head=P, draw=draw))


@page("page-spans-lost-and-cells-lost")
def _(r: Report) -> bytes:
    """The CMS dropped colspan and rowspan and left the cells as they were: rows of many lengths."""
    r.unsure(*r.figures)

    def cell(box: Box, across: int, down: int) -> str:
        return f"<td>{inner(box)}</td>"

    return saved(r, article(pieces(r), draw=lambda grid: table(grid, cell=cell)))


@page("page-of-divs-for-tables")
def _(r: Report) -> bytes:
    """No table at all: divs displayed as rows and cells, merges not drawn."""
    r.unsure(*r.figures)

    def draw(grid: Grid) -> str:
        lines: list[str] = []
        for boxes in grid:
            inside = "".join(f'<div class="td">{box.text}</div>' for box in dict.fromkeys(boxes))
            lines.append(f'<div class="tr">{inside}</div>')
        return f'<div class="table">{"".join(lines)}</div>'

    return saved(r, article(pieces(r), draw=draw))


@page("page-tables-split")
def _(r: Report) -> bytes:
    """Table 2 as four, table 3 over two pages, table 4 as it is."""
    grid, second = three(r), two(r)
    starts = [n for n, boxes in enumerate(second) if boxes[0] is boxes[3]]
    parts = [
        rows(second, *range(a, b)) for a, b in zip(starts, [*starts[1:], len(second)], strict=True)
    ]
    cut = row_of(grid, "c11a")
    return saved(r, article(pieces(r, parts, [grid[:cut], rows(grid, 0, 1, 2, *range(cut, 28))])))


@page("page-xhtml-with-bom")
def _(r: Report) -> bytes:
    """XML declaration, namespace, self-closed tags, a byte order mark, CR LF."""
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{r.title}</title><link rel="x" href="y"/></head><body>'
        f"<hr/>{article(pieces(r))}<br/></body></html>"
    )
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


@page("page-without-any-declaration")
def _(r: Report) -> bytes:
    """GB18030 and nobody says so: no head, no body, no meta."""
    return article(pieces(r)).encode("gb18030")


@page("page-utf-8-that-says-gb2312")
def _(r: Report) -> bytes:
    """Saved again by an editor as UTF-8 with a mark; the old meta stayed."""
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    return ("\ufeff" + whole(article(pieces(r)), head)).encode()


@page("page-utf-16")
def _(r: Report) -> bytes:
    """Notepad's “Unicode”."""
    return whole(article(pieces(r))).encode("utf-16")


@page("page-lines-broken-in-the-source")
def _(r: Report) -> bytes:
    """The source is wrapped at 30 characters; a browser shows no line break there."""

    def wrapped(text: str) -> str:
        return "\n".join(text[at : at + 30] for at in range(0, len(text), 30))

    return saved(
        r, article(pieces(r), line=lambda t: f"<p>\n{escape(wrapped(t), quote=False)}\n</p>")
    )


@page("page-hidden-things")
def _(r: Report) -> bytes:
    """display:none, hidden, and visibility:hidden numbers in cells; a hidden table before table 2."""

    def draw(box: Box) -> str:
        if not box.cell:
            return inner(box)
        return f'<span style="display:none">9</span>{box.text}<i hidden>8</i><b style="visibility: hidden">7</b>'

    unseen = f'<div style="display: none">{table(changed(two(r), lambda b: "4" if b.cell else b.text))}</div>'
    found = pieces(r)
    at = next(n for n, p in enumerate(found) if p.table)
    found.insert(at, Piece("raw", unseen))
    return saved(r, article(found, draw=lambda grid: table(grid, cell=partial(td, draw=draw))))


@page("page-attributes-that-lie")
def _(r: Report) -> bytes:
    """data-value, title, alt and <data value> say other numbers than are seen."""

    def draw(box: Box) -> str:
        if not box.cell:
            return inner(box)
        return f'<data value="99" data-cell="c1a" title="98">{box.text}</data><img alt="97" src="x.gif">'

    return saved(r, article(pieces(r), draw=lambda grid: table(grid, cell=partial(td, draw=draw))))


@page("page-changes-shown")
def _(r: Report) -> bytes:
    """<del> and <s> beside <ins>: what is struck is not the number."""
    cells = ("c3a", "c24g", "b3a", "d1e")
    for cell_id in cells:
        r.reads[cell_id] = {r.figures[cell_id], None}
        r.stood[cell_id] = r.figures[cell_id]

    def draw(box: Box) -> str:
        if box.cell not in cells:
            return inner(box)
        return f"<del>{int(box.text) + 5}</del><ins>{box.text}</ins>"

    return saved(r, article(pieces(r), draw=lambda grid: table(grid, cell=partial(td, draw=draw))))


@page("page-raised-marks")
def _(r: Report) -> bytes:
    """3<sup>1</sup> is three, or unread."""
    cells = ("c3a", "c24g", "b3a", "d1e")
    r.unsure(*cells)
    for cell_id in cells:
        r.stood[cell_id] = ""

    def draw(box: Box) -> str:
        return inner(box) + ("<sup>1</sup>" if box.cell in cells else "")

    return saved(r, article(pieces(r), draw=lambda grid: table(grid, cell=partial(td, draw=draw))))


@page("page-inputs-in-cells")
def _(r: Report) -> bytes:
    """A page that was filled in: numbers are values of inputs, so seen but not text."""
    for name in LABELS:
        for cell_id in r.row(name):
            r.reads[cell_id] = {r.figures[cell_id], None}
            r.stood[cell_id] = ""

    def draw(box: Box) -> str:
        if box.cell.startswith("c"):
            return f'<input type="text" value="{box.text}">'
        return inner(box)

    return saved(r, article(pieces(r), draw=lambda grid: table(grid, cell=partial(td, draw=draw))))


@page("page-blank-cells", make=quiet)
def _(r: Report) -> bytes:
    marks = ("", "&nbsp;", "/", "—", "-", "无", "&emsp;", "<br>", "--", "…")
    noughts = [cell for cell, figure in r.figures.items() if figure == "0"]
    shown: dict[str, str] = {}
    for number, cell_id in enumerate(noughts):
        if number % 4 == 1:
            shown[cell_id] = marks[number // 4 % len(marks)]
            r.stands(cell_id, re.sub(r"&\w+;|<br>", "", shown[cell_id]), None)

    def draw(box: Box) -> str:
        return shown.get(box.cell, inner(box))

    return saved(r, article(pieces(r), draw=lambda grid: table(grid, cell=partial(td, draw=draw))))


@page("page-traditional")
def _(r: Report) -> bytes:
    """The portal's Traditional edition: 製發, 複議, converted character by character."""
    drawn = article(pieces(r)).translate(AS_PORTALS)
    r.unit, r.title = r.unit.translate(AS_PORTALS), r.title.translate(AS_PORTALS)
    r.parts = {key: [text.translate(AS_PORTALS) for text in ts] for key, ts in r.parts.items()}
    return whole(drawn, title=r.title).encode()


@page("page-digits-full-width-and-thousands")
def _(r: Report) -> bytes:
    for cell_id, text in (("b3a", "1,234"), ("c1a", "１，００５"), ("c24g", "2\u00a0345")):
        digits = "".join(str(int(char)) for char in re.sub(r"\D", "", text))
        r.stands(cell_id, text, digits, None)
        r.stood[cell_id] = ""

    def draw(box: Box) -> str:
        return box.text if box.cell in ("b3a", "c1a", "c24g") else inner(box)

    return saved(r, article(pieces(r), draw=lambda grid: table(grid, cell=partial(td, draw=draw))))


@page("page-sections-on-tabs")
def _(r: Report) -> bytes:
    """Each section in a block of its own, its heading in a list of tabs above as well."""
    tabs = "<ul>" + "".join(f"<li>{text}</li>" for text in SECTIONS) + "</ul>"
    return saved(
        r,
        tabs + re.sub(r"(<h2>)", r"</div><div class='tab'>\1", f"<div>{article(pieces(r))}</div>"),
    )


@page("page-numbered-by-the-browser")
def _(r: Report) -> bytes:
    """The problems are an <ol>: the reader sees 1. 2. 3."""
    part = "存在的主要问题及改进情况"
    own = set(r.parts[part])
    r.loose.add(part)
    inside = article(pieces(r), line=lambda t: f"<li>{t}</li>" if t in own else f"<p>{t}</p>")
    inside = re.sub(r"((?:<li>.*</li>\n?)+)", r"<ol>\1</ol>", inside)
    return saved(r, inside)


@page("page-two-reports")
def _(r: Report) -> bytes:
    """A portal's list that shows two towns' reports under each other."""
    other = report(f"{r.name}-other", year=r.year)
    for cell_id, figure in r.figures.items():
        same = figure == other.figures[cell_id]
        r.reads[cell_id] = {None, *([figure] if same else [])}
        r.stood[cell_id] = ""
    r.may_be_refused = True
    r.loose |= {*r.parts, "单位", "年度", "标题"}
    return saved(r, article(pieces(r)) + article(pieces(other)), title="年报汇总")


@page("page-table-4-as-three", make=report)
def _(r: Report) -> bytes:
    grid = four(r)
    groups = []
    for start, name in ((0, "行政复议"), (5, "未经复议直接起诉"), (10, "复议后起诉")):
        top = [Box(name, head=True)] * 5
        groups.append([top, *[boxes[start : start + 5] for boxes in grid[2:]]])
    return saved(r, article(pieces(r, two, three, groups)))
