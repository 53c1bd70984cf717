"""Whose report it is and of which year: titles as offices write them, and the edition before.

What the head says may be left blank where a title does not say it; it may not be another's.
"""

from __future__ import annotations

import random
from functools import partial

from intake.layouts import Collection, pages, texts
from intake.layouts.forms import given, lines
from intake.layouts.grid import Box, Grid, Piece, pieces, three
from intake.layouts.ooxml import centred, simple
from intake.layouts.report import COLUMNS, SECTIONS, Report, report

LAYOUTS = Collection()
word = partial(LAYOUTS.drawing, suffix=".docx", make=report)
BUREAU = "云岭县农业农村局"


def titled(r: Report, title: str, unit: str, *, loose: tuple[str, ...] = ()) -> list[Piece]:
    """The report under another title, of another unit."""
    old = r.unit.removesuffix("人民政府")
    r.parts = {
        key: [t.replace(r.unit, unit).replace(old, unit) for t in ts] for key, ts in r.parts.items()
    }
    r.unit, r.title = unit, title
    r.loose |= set(loose)
    return pieces(r)


@word("title-of-a-bureau")
def _(r: Report) -> bytes:
    return simple(titled(r, f"{BUREAU}{r.year}年政府信息公开工作年度报告", BUREAU))


@word("title-with-年度")
def _(r: Report) -> bytes:
    return simple(titled(r, f"{BUREAU}{r.year}年度政府信息公开工作年度报告", BUREAU))


@word("title-without-工作")
def _(r: Report) -> bytes:
    return simple(titled(r, f"{BUREAU}{r.year}年政府信息公开年度报告", BUREAU))


@word("title-with-the-year-behind")
def _(r: Report) -> bytes:
    return simple(titled(r, f"{BUREAU}政府信息公开工作年度报告（{r.year}年度）", BUREAU))


@word("title-with-about")
def _(r: Report) -> bytes:
    """关于 belongs to the title, not to the unit."""
    title = f"{BUREAU}关于{r.year}年政府信息公开工作年度报告"
    return simple(titled(r, title, BUREAU, loose=("单位",)))


@word("title-in-brackets")
def _(r: Report) -> bytes:
    title = f"《{BUREAU}{r.year}年政府信息公开工作年度报告》"
    return simple(titled(r, title, BUREAU, loose=("单位", "标题")))


@word("title-with-blanks")
def _(r: Report) -> bytes:
    """Blanks between the characters, where somebody wanted it wider."""
    found = titled(r, f"{BUREAU}{r.year}年政府信息公开工作年度报告", BUREAU)
    return simple(found, title=lambda t: centred(" ".join(t)))


@word("title-with-a-full-width-year")
def _(r: Report) -> bytes:
    year = "".join(chr(ord(digit) + 0xFEE0) for digit in str(r.year))
    return simple(titled(r, f"{BUREAU}{year}年政府信息公开工作年度报告", BUREAU))


@word("title-of-two-paragraphs")
def _(r: Report) -> bytes:
    found = titled(r, f"{BUREAU}{r.year}年政府信息公开工作年度报告", BUREAU)
    rest = f"{r.year}年政府信息公开工作年度报告"
    return simple(found, title=lambda _: centred(BUREAU) + centred(rest))


@word("title-without-the-unit")
def _(r: Report) -> bytes:
    """The unit stands only at the end, over the date."""
    found = titled(r, f"{r.year}年政府信息公开工作年度报告", BUREAU, loose=("单位", "标题"))
    return simple([*found, *lines(BUREAU, f"{r.year + 1}年1月10日")])


@word("title-without-the-year")
def _(r: Report) -> bytes:
    """Only the introduction says which year it is."""
    return simple(titled(r, f"{BUREAU}政府信息公开工作年度报告", BUREAU, loose=("年度", "标题")))


@word("title-and-introduction-of-different-years")
def _(r: Report) -> bytes:
    """The title was left as it was last year: which is right, nobody knows; the title is printed."""
    year = r.year - 1 if r.year > 2021 else r.year + 1
    found = titled(r, f"{BUREAU}{year}年政府信息公开工作年度报告", BUREAU, loose=("年度",))
    r.year = year
    return simple(found)


@word("title-after-a-document-number")
def _(r: Report) -> bytes:
    """云农发〔2025〕3号 and a line of stars above the title."""
    found = titled(r, f"{BUREAU}{r.year}年政府信息公开工作年度报告", BUREAU)
    number = f"云农发〔{r.year + 1}〕3号"
    r.extra += [number]
    return simple([*lines(f"{BUREAU}文件", number), *found])


@word("title-of-a-county-office-for-its-government")
def _(r: Report) -> bytes:
    unit = "云岭县人民政府办公室"
    return simple(titled(r, f"{unit}{r.year}年政府信息公开工作年度报告", unit))


@LAYOUTS.drawing("title-in-the-page-only-in-head", ".html", report)
def _(r: Report) -> bytes:
    """The article has no heading; <title> says it with the site's name behind."""
    r.loose |= {"单位", "年度", "标题"}
    return pages.saved(r, pages.article(pieces(r)[1:]))


@LAYOUTS.drawing("title-twice-in-a-text", ".txt", report)
def _(r: Report) -> bytes:
    """Pasted with the site's path and the title again above it."""
    found = pieces(r)
    path = f"当前位置：首页 > 政务公开 > 年报 > {r.title}"
    r.extra.append("当前位置")
    return texts.written([Piece("line", path), *found], texts.one_a_line).encode()


# --- the edition of 2019 ---------------------------------------------------------------------------

BEFORE = {
    "b1": "规章",
    "b2": "规范性文件",
    "b3": "行政许可",
    "b4": "其他对外管理服务事项",
    "b5": "行政处罚",
    "b6": "行政强制",
    "b7": "行政事业性收费",
    "b8": "政府集中采购",
}
WIDTHS = {**dict.fromkeys(BEFORE, "abc"), "b7": "ab", "b8": "ab"}


def before(name: str) -> Report:
    """A town's report for 2019 or 2020: another table 2, two rows fewer in table 3."""
    rng = random.Random(name)
    r = report(name, year=rng.choice([2019, 2020]))
    own: dict[str, str] = {}
    for row, columns in WIDTHS.items():
        own |= {f"{row}{column}": str(rng.randint(1, 300)) for column in columns}
    own["b8b"] = "35.62"
    own |= {
        cell: text for cell, text in r.figures.items() if cell[0] == "c" and int(cell[1:-1]) < 21
    }
    for column in COLUMNS:
        rest = [int(r.figures[f"c{n}{column}"]) for n in (21, 22, 23)]
        own[f"c21{column}"] = str(sum(rest))
    own["c21g"] = str(sum(int(own[f"c21{column}"]) for column in COLUMNS))
    for new, old in ((22, 24), (23, 25)):
        own |= {f"c{new}{column}": r.figures[f"c{old}{column}"] for column in "abcdefg"}
    own |= {cell: text for cell, text in r.figures.items() if cell[0] == "d"}
    return Report(name, r.unit, r.year, r.title, own, r.parts)


def _table_2(r: Report) -> Grid:
    def wide(*texts_: str) -> list[Box]:
        return [Box(text, head=True) for text in texts_]

    def block(name: str) -> list[Box]:
        return [Box(name, head=True)] * 4

    def narrow(boxes: list[Box]) -> list[Box]:
        return [boxes[0], boxes[1], boxes[2], boxes[2]]

    past = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
    return [
        block("第二十条第（一）项"),
        wide("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
        *(given(r, row, BEFORE[row], "abc") for row in ("b1", "b2")),
        block("第二十条第（五）项"),
        wide(*past),
        *(given(r, row, BEFORE[row], "abc") for row in ("b3", "b4")),
        block("第二十条第（六）项"),
        wide(*past),
        *(given(r, row, BEFORE[row], "abc") for row in ("b5", "b6")),
        block("第二十条第（八）项"),
        narrow(wide("信息内容", "上一年项目数量", "本年增/减")),
        narrow(given(r, "b7", BEFORE["b7"], "ab")),
        block("第二十条第（九）项"),
        narrow(wide("信息内容", "采购项目数量", "采购总金额")),
        narrow(given(r, "b8", BEFORE["b8"], "ab")),
    ]


def _table_3(r: Report) -> Grid:
    """The table of 2021 with one row for the three of 其他处理."""
    shown = report(r.name)
    shown.printed |= {cell: text for cell, text in r.figures.items() if cell[0] == "c"}
    grid = three(shown)
    outer = grid[5][0]
    rest: Grid = []
    for row, label in (
        ("c21", "（六）其他处理"),
        ("c22", "（七）总计"),
        ("c23", "四、结转下年度继续办理"),
    ):
        boxes = given(r, row, label, "abcdefg")
        first = boxes[0] if row == "c23" else outer
        rest.append([first, boxes[0], boxes[0], *boxes[1:]])
    return [*grid[:23], *rest]


def _pieces(r: Report) -> list[Piece]:
    return pieces(r, _table_2(r), _table_3(r))


@LAYOUTS.drawing("edition-2019-word", ".docx", before)
def _(r: Report) -> bytes:
    return simple(_pieces(r))


@LAYOUTS.drawing("edition-2019-page", ".html", before)
def _(r: Report) -> bytes:
    return pages.saved(r, pages.article(_pieces(r)))


@LAYOUTS.drawing("edition-2019-text", ".txt", before)
def _(r: Report) -> bytes:
    return texts.written(_pieces(r), texts.one_a_line).encode()


@LAYOUTS.drawing("edition-2019-changes-with-signs", ".docx", before)
def _(r: Report) -> bytes:
    """本年增/减 with a sign: +3 and -3, as it is printed."""
    for cell, text in (("b3b", "-3"), ("b5b", "+12"), ("b7b", "-1")):
        r.stands(cell, text, text, text.lstrip("+"))
    return simple(_pieces(r))


@LAYOUTS.drawing("edition-2019-headings", ".docx", before)
def _(r: Report) -> bytes:
    """Its headings without numbers."""
    found = [p._replace(text=p.text[2:]) if p.text in SECTIONS else p for p in _pieces(r)]
    return simple(found)
