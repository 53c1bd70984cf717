"""Word documents typed by hand: WordprocessingML as Word, WPS and exporters write it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from intake.layouts.grid import Box, Grid, Piece, places

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = {
    "w": MAIN,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{HEADER}<w:styles xmlns:w="{MAIN}">'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="character" w:styleId="a9"><w:name w:val="unseen"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
)

Draw = Callable[[str], str]
CellDraw = Callable[[Box], str]


# --- runs and paragraphs -------------------------------------------------------------


def text(value: str) -> str:
    """A run's content: a new line of the text is a line break."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in value.split("\n"))
    return "<w:br/>".join(lines)


def run(value: str, properties: str = "") -> str:
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{inside}{text(value)}</w:r>" if value else ""


def par(content: str = "", properties: str = "") -> str:
    """A paragraph of ready content."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inside}{content}</w:p>"


def plain(value: str) -> str:
    return par(run(value))


def styled(style: str) -> Draw:
    return lambda value: par(run(value), f'<w:pStyle w:val="{style}"/>')


def centred(value: str) -> str:
    return par(run(value, '<w:b/><w:sz w:val="44"/>'), '<w:jc w:val="center"/>')


def bold(value: str) -> str:
    return par(run(value, '<w:rFonts w:eastAsia="黑体"/><w:sz w:val="32"/>'))


def indented(value: str) -> str:
    return par(run(value), '<w:ind w:firstLineChars="200"/>')


# --- tables ---------------------------------------------------------------------------


def lines_of(box: Box) -> str:
    """A cell's content: each line a paragraph."""
    return "".join(plain(line) for line in box.text.split("\n"))


def cell(content: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    inside = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{inside}{''.join(cells)}</w:tr>"


def framed(rows: str, columns: int) -> str:
    grid = '<w:gridCol w:w="900"/>' * columns
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def merged(grid: Grid, draw: CellDraw = lines_of, heads: int = 0) -> str:
    """Merges as Word draws them; `heads` rows are repeated on each page."""
    made = []
    for top, boxes in enumerate(grid):
        cells, left = [], 0
        while left < len(boxes):
            box, across = boxes[left], 1
            while boxes[left + across : left + across + 1] == [box]:
                across += 1
            span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            above = top > 0 and grid[top - 1][left : left + 1] == [box]
            below = top + 1 < len(grid) and grid[top + 1][left : left + 1] == [box]
            down = '<w:vMerge w:val="restart"/>' if below and not above else ""
            down = "<w:vMerge/>" if above else down
            cells.append(cell(plain("") if above else draw(box), span + down))
            left += across
        made.append(row(*cells, properties="<w:tblHeader/>" if top < heads else ""))
    return framed("".join(made), len(grid[0]))


def repeated(grid: Grid, draw: CellDraw = lines_of) -> str:
    """Nothing is merged: a label stands in each cell that it covers, a number in the first."""
    made, seen = [], set()
    for boxes in grid:
        cells = []
        for box in boxes:
            again = bool(box.cell) and box in seen
            cells.append(cell(plain("") if again else draw(box)))
            seen.add(box)
        made.append(row(*cells))
    return framed("".join(made), len(grid[0]))


def blank(grid: Grid, draw: CellDraw = lines_of) -> str:
    """Nothing is merged: what a merged cell would cover is left empty."""
    first = {(top, left) for top, left, *_ in places(grid)}
    made = [
        row(
            *(
                cell(draw(box) if (top, left) in first else plain(""))
                for left, box in enumerate(boxes)
            )
        )
        for top, boxes in enumerate(grid)
    ]
    return framed("".join(made), len(grid[0]))


# --- the whole ------------------------------------------------------------------------


def body(
    pieces: list[Piece],
    *,
    title: Draw = centred,
    line: Draw = indented,
    head: Draw = bold,
    table: Callable[[Grid], str] = merged,
) -> str:
    draw = {"title": title, "line": line, "head": head, "sign": line, "note": line, "raw": str}
    return "".join(
        table(piece.table) + plain("") if piece.table is not None else draw[piece.kind](piece.text)
        for piece in pieces
    )


SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/></w:sectPr>'
)


def document(content: str, **parts: str) -> bytes:
    """A package around a body; `parts` by kind (styles, numbering, header1, footnotes…)."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    main = (
        f'{HEADER}<w:document {spaces} mc:Ignorable="w14"><w:body>{content}</w:body></w:document>'
    )
    return package(main, **parts)


def package(
    main: str, *, at: str = "word/document.xml", relation: str = RELATIONS, **parts: str
) -> bytes:
    relations, types = [], []
    for number, name in enumerate(parts, 1):
        kind = name.rstrip("0123456789")
        relations.append(
            f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>'
        )
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{kind}+xml"/>')
    folder, _, file = at.rpartition("/")
    members = {
        "[Content_Types].xml": f'{HEADER}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{at}" ContentType="{TYPES}.document.main+xml"/>'
        f"{''.join(types)}</Types>",
        "_rels/.rels": f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{relation}/officeDocument" Target="{at}"/></Relationships>',
        at: main,
        f"{folder}/_rels/{file}.rels": f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{''.join(relations)}</Relationships>",
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def simple(pieces: list[Piece], **how: Callable[..., str]) -> bytes:
    """No styles, no numbering: a body and its section."""
    return document(body(pieces, **how) + SECTION)


def with_styles(pieces: list[Piece], **how: Callable[..., str]) -> bytes:
    drawn = {"title": styled("a3"), "head": styled("1"), **how}
    return document(body(pieces, **drawn) + SECTION, styles=STYLES)
