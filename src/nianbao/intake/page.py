"""A web page as blocks: what a reader of it sees.

Knows which elements begin a paragraph, tables with odd spans and tables within
tables, what a page does not show, and in which encoding it is. Knows no form and
runs nothing.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from nianbao.intake.blocks import PICTURE, Block, Document, Drawn, Paragraph, Place, grid, opened
from nianbao.word.allowed import MAX_CELLS, MAX_COLUMNS, MAX_DEPTH
from nianbao.word.archive import DamagedError

_ENCODINGS = ("utf-8", "gb18030")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.\-]+)""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "details",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "audio",
        "video",
        "canvas",
        "select",
        "textarea",
        "rt",
        "rp",
        "dialog",
        "datalist",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_STRUCK = frozenset(["s", "strike", "del"])
_RAISED = {ord(d): s for d, s in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_THROUGH = re.compile(r"line-through", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CLOSED_BY = {
    "td": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "tr": {"tr", "tbody", "thead", "tfoot"},
    "p": {"p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr"},
    "li": {"li"},
}
_MOST = 400_000
"""Elements and texts of a page."""
_LOOKS = re.compile(r"<(?:!doctype html|html|body|div|table|p)\b", re.IGNORECASE)


def decoded(data: bytes) -> str | None:
    """The text of a file in the encoding that it says, else in one it can be."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tried(data, encoding)
    said = _CHARSET.search(data[:4096])
    named = said[1].decode("ascii", "ignore").lower() if said else ""
    if named in ("gb2312", "gbk", "x-gbk", "gb_2312-80"):
        named = "gb18030"
    for encoding in (named, *_ENCODINGS, "big5"):
        text = _tried(data, encoding) if encoding in (*_ENCODINGS, "big5", "big5-hkscs") else None
        if text is not None:
            return text
    return None


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def looks_like_one(text: str) -> bool:
    return bool(_LOOKS.search(text[:2000]))


def read(text: str) -> Document:
    """The blocks of a page. Raises DamagedError for one that is too large."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.document


@dataclass
class _Table:
    """A table while it is read."""

    number: int
    path: tuple[int, ...]
    rows: list[tuple[int, list[Drawn]]] = field(default_factory=list)
    cell: list[Block] | None = None
    """What the open cell holds so far."""
    span: tuple[int, int] = (1, 1)


@dataclass
class _Open:
    name: str
    unseen: bool
    struck: bool
    raised: bool
    number: int


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self.stack: list[_Open] = []
        self.tables: list[_Table] = []
        self.count = self.counted = self.numbered = 0
        self.cells = 0
        self.text: list[str] = []
        self.doubt = ""

    # --- what the parser finds -----------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count()
        said = {name: value or "" for name, value in attrs}
        self._close_implied(tag)
        if tag in _BREAKS:
            self._end_paragraph()
        if tag == "img" and not self._top().unseen and self.tables:
            self.doubt = self.doubt or PICTURE
        if tag == "input" and said.get("type") in ("checkbox", "radio"):
            self._say("☑" if "checked" in said else "☐")
        if tag in _VOID:
            return
        if len(self.stack) > 40 * MAX_DEPTH:
            raise DamagedError("里面套得太深")
        style = said.get("style", "")
        above = self._top()
        self.stack.append(
            _Open(
                tag,
                above.unseen or tag in _UNSEEN or "hidden" in said or bool(_HIDDEN.search(style)),
                above.struck or tag in _STRUCK or bool(_THROUGH.search(style)),
                above.raised or tag in ("sup", "sub"),
                self.count,
            )
        )
        if self._top().unseen:
            return
        if tag == "table":
            self._begin_table()
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append((0, []))
        elif tag in ("td", "th") and self.tables:
            self._begin_cell(said)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS or tag == "p":
            self._end_paragraph()
        names = [one.name for one in self.stack]
        if tag not in names:
            return
        at = len(names) - 1 - names[::-1].index(tag)
        barrier = max((n for n, name in enumerate(names) if name == "table"), default=-1)
        if at < barrier and tag != "table" and tag not in ("body", "html"):
            return  # a stray end inside a table closes nothing around it
        while len(self.stack) > at:
            self._pop()

    def handle_data(self, data: str) -> None:
        self._count()
        if not self._top().unseen:
            self._say(data)

    # --- what that makes -----------------------------------------------------------------

    def finish(self) -> None:
        self._end_paragraph()
        while self.stack:
            self._pop()

    def _count(self) -> None:
        self.count += 1
        if self.count > _MOST:
            raise DamagedError("里面的东西太多")

    def _top(self) -> _Open:
        return self.stack[-1] if self.stack else _Open("", False, False, False, 0)

    def _say(self, data: str) -> None:
        top = self._top()
        if top.struck and data.strip():
            self.doubt = "有删除线"
        text = data.translate(_RAISED) if top.raised else data
        pre = any(one.name == "pre" for one in self.stack)
        self.text.append(text if pre else _SPACE.sub(" ", text))

    def _close_implied(self, tag: str) -> None:
        while self.stack and tag in _CLOSED_BY.get(self.stack[-1].name, ()):
            self._end_paragraph()
            self._pop()
        if tag in ("td", "th", "tr", "tbody", "thead", "tfoot"):
            inside = [one.name for one in self.stack]
            for name in ("td", "th"):
                if (
                    name in inside
                    and "table" not in inside[len(inside) - inside[::-1].index(name) :]
                ):
                    self._end_paragraph()
                    while self.stack[-1].name != name:
                        self._pop()
                    self._pop()
                    break
            if tag != "td" and tag != "th" and self.stack and self.stack[-1].name == "tr":
                self._pop()

    def _pop(self) -> None:
        one = self.stack.pop()
        if one.unseen:
            return
        if one.name in ("td", "th"):
            self._end_cell()
        elif one.name == "table":
            self._end_table()

    def _end_paragraph(self) -> None:
        text = "".join(self.text)
        doubt, self.text, self.doubt = self.doubt, [], ""
        text = text.replace("\u200b", "").replace("\ufeff", "")
        for line in text.split("\n"):
            if line.strip(" \u00a0\u3000") or doubt:
                self._put(line.strip(" \u00a0"), doubt)

    def _put(self, line: str, doubt: str) -> None:
        if self.tables and self.tables[-1].cell is not None:
            self.tables[-1].cell.append(Paragraph(line, doubt=doubt))
        elif line:
            self.counted += 1
            path = tuple(one.number for one in self.stack)
            self.document.blocks.append(
                Paragraph(line, Place(paragraph=self.counted), doubt, path=path)
            )

    def _begin_table(self) -> None:
        self.numbered += 1
        self.tables.append(_Table(self.numbered, tuple(one.number for one in self.stack)))

    def _begin_cell(self, said: dict[str, str]) -> None:
        table = self.tables[-1]
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise DamagedError(f"里面的表格有 {MAX_CELLS:,} 格以上")
        if table.cell is not None:
            self._end_cell()
        if not table.rows:
            table.rows.append((0, []))
        table.cell = []
        table.span = (_span(said.get("colspan", "")), _span(said.get("rowspan", ""), most=2000))

    def _end_cell(self) -> None:
        self._end_paragraph()
        if not self.tables:
            return
        table = self.tables[-1]
        if table.cell is not None:
            columns, rows = table.span
            table.rows[-1][1].append(Drawn(tuple(table.cell), columns, rows))
            table.cell = None

    def _end_table(self) -> None:
        if not self.tables:
            return
        self._end_cell()
        table = self.tables.pop()
        made = grid(table.rows, table.number, widest=MAX_COLUMNS, path=table.path)
        if not made.cells:
            return
        if self.tables and self.tables[-1].cell is not None:
            self.tables[-1].cell.append(made)
        else:
            self.document.blocks += opened(made)


def _span(said: str, most: int = MAX_COLUMNS) -> int:
    """A span as browsers read it: nothing and nonsense are 1, too much is all there is."""
    digits = re.match(r"\s*([0-9]{1,9})", said)
    if not digits:
        return 1
    return min(int(digits[1]), most) or (most if most > MAX_COLUMNS else 1)
