"""Word documents whose labels and cells are typed in other ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from intake.layouts import Collection, ooxml
from intake.layouts.grid import (
    Box,
    Piece,
    changed,
    four,
    labels,
    numbers,
    pieces,
    three,
    two,
)
from intake.layouts.ooxml import lines_of, merged, par, plain, run, simple
from intake.layouts.report import LABELS, PARTS, SECTIONS, Report, quiet, report

LAYOUTS = Collection()
word = partial(LAYOUTS.drawing, suffix=".docx", make=report)

SIMPLIFIED = (
    "与专业东个为举于云众会体关内况办务动区华县参发变台号后员围国处复够审对属岩岭废开张强当总户执护报换据数无机权"
    "条构栏桥没湾现电监确秘稳类纠级纳组织终经结绕统继续维编缴网罚群联范获补规计认训议记许讼设访诉话询请责贴费转轮过"
    "这进链镇问项题"
)
TRADITIONAL = (
    "與專業東個為舉於雲眾會體關內況辦務動區華縣參發變台號後員圍國處復夠審對屬岩嶺廢開張強當總戶執護報換據數無機權"
    "條構欄橋沒灣現電監確秘穩類糾級納組織終經結繞統繼續維編繳網罰群聯範獲補規計認訓議記許訟設訪訴話詢請責貼費轉輪過"
    "這進鏈鎮問項題"
)
TO_TRADITIONAL = str.maketrans(SIMPLIFIED, TRADITIONAL)
AS_PORTALS = str.maketrans(
    SIMPLIFIED + "制只准里面采", TRADITIONAL.replace("復", "複") + "製隻準裏麵採"
)
"""Character by character, as portals convert: 製發, 隻計, 複議."""
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _all(r: Report, label: Callable[[str], str]) -> list[Piece]:
    """The report with every label and header changed."""
    return pieces(r, *(labels(grid, label) for grid in (two(r), three(r), four(r))))


def _traditional(r: Report, table: dict[int, int], draw: Callable[[list[Piece]], bytes]) -> bytes:
    found = [
        Piece(
            piece.kind,
            piece.text.translate(table),
            piece.table and changed(piece.table, lambda box: box.text.translate(table)),
        )
        for piece in pieces(r)
    ]
    r.unit, r.title = r.unit.translate(table), r.title.translate(table)
    r.parts = {key: [text.translate(table) for text in lines] for key, lines in r.parts.items()}
    return draw(found)


# --- labels ------------------------------------------------------------------------------


@word("labels-misspelt")
def _(r: Report) -> bytes:
    """One slip of the keyboard in each of several labels."""
    slips = {
        "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
        "8.属于行政查询事项": "8.属于行政查寻事项",
        "3.危及“三安全一稳定”": "3.危急“三安全一稳定”",
        "1.本机关不掌握相关政府信息": "1.本机关不掌相关政府信息",
        "4.无正当理由大量反复申请": "4.无正当理由大量反复的申请",
        "二、上年结转政府信息公开申请数量": "二、上年结转政府信息公开申请数",
        "行政规范性文件": "行政规性文件",
        "法律服务机构": "法律服务机购",
        "尚未审结": "尚未审接",
    }
    return simple(_all(r, lambda text: slips.get(text, text)))


@word("labels-with-blanks-inside")
def _(r: Report) -> bytes:
    """自 然 人, 总　计, 规    章."""

    def spaced(text: str) -> str:
        return "　".join(text) if len(text) < 3 else " ".join(text) if len(text) < 6 else text

    found = _all(r, spaced)
    return simple(
        [p._replace(text=p.text.replace("、", "、 ")) if p.kind == "head" else p for p in found]
    )


@word("labels-without-numbers")
def _(r: Report) -> bytes:
    """No 一、 no （一） no 1. anywhere, section headings included."""

    def bare(text: str) -> str:
        return re.sub(r"^([一二三四]、|（[一二三四五六七]）|\d\.)", "", text)

    found = _all(r, bare)
    return simple([p._replace(text=p.text[2:]) if p.kind == "head" else p for p in found])


@word("labels-with-other-numbers")
def _(r: Report) -> bytes:
    """1、 for 1., (一) for （一）, Ⅰ for 一、."""

    def other(text: str) -> str:
        text = re.sub(r"^(\d)\.", r"\1、", text)
        text = re.sub(r"^（([一二三四五六七])）", r"(\1)", text)
        return re.sub(r"^([一二三四])、", lambda m: "ⅠⅡⅢⅣ"["一二三四".index(m[1])] + ".", text)

    found = _all(r, other)
    return simple(
        [p._replace(text=p.text.replace("、", ".", 1)) if p.kind == "head" else p for p in found]
    )


@word("labels-with-circled-numbers")
def _(r: Report) -> bytes:
    def circled(text: str) -> str:
        return re.sub(r"^(\d)\.", lambda m: chr(0x245F + int(m[1])), text)

    found = _all(r, circled)
    return simple(
        [p._replace(text=f"（{p.text[0]}）{p.text[2:]}") if p.kind == "head" else p for p in found]
    )


@word("labels-with-full-width-punctuation")
def _(r: Report) -> bytes:
    """１． for 1., ( ) for （ ）, quotes straight."""

    def other(text: str) -> str:
        text = re.sub(r"^(\d)\.", lambda m: f"{m[1].translate(WIDE)}．", text)
        return text.translate(str.maketrans("（），“”：", '(),"":'))

    return simple(_all(r, other))


@word("labels-shortened")
def _(r: Report) -> bytes:
    """本年新收, 上年结转, 结转下年度: what offices write when the column is narrow."""
    short = {
        LABELS["c1"]: "一、本年新收",
        LABELS["c2"]: "二、上年结转",
        LABELS["c4"]: "（二）部分公开",
        LABELS["c21"]: "1.申请人无正当理由逾期不补正",
        LABELS["c22"]: "2.申请人逾期未按收费通知要求缴纳费用",
    }
    return simple(_all(r, lambda text: short.get(text, text)))


@word("local-wording-of-headers")
def _(r: Report) -> bytes:
    """The longer 废止 header; 本年处理决定数量（件）; quotes left out of 三安全一稳定."""
    local = {
        "本年废止件数": "本年废止件数\n（包括自然失效和不再按规范性文件管理）",
        "本年处理决定数量": "本年处理决定数量（件）",
        "本年收费金额（单位：万元）": "本年收费金额\n单位：万元",
        "3.危及“三安全一稳定”": "3.危及三安全一稳定",
    }
    return simple(_all(r, lambda text: local.get(text, text)))


@word("sections-in-another-order")
def _(r: Report) -> bytes:
    """Narrative first; the tables follow as appendices."""
    found = pieces(r)
    heads = [n for n, p in enumerate(found) if p.kind == "head"]
    one, two_, three_, four_, five, six = (
        found[a:b] for a, b in zip(heads, [*heads[1:], len(found) - 1], strict=True)
    )
    order = [*found[: heads[0]], *one, *five, *six, *four_, *two_, *three_]
    return simple([*order, found[-1]])


@word("headings-in-other-words")
def _(r: Report) -> bytes:
    """主动公开情况, 依申请公开情况, 问题及改进: near, not the form's."""
    other = {
        SECTIONS[1]: "二、主动公开情况",
        SECTIONS[2]: "三、收到和处理信息公开申请情况",
        SECTIONS[3]: "四、因政府信息公开被申请行政复议、提起行政诉讼情况",
        SECTIONS[4]: "五、工作存在的主要问题及改进情况",
        SECTIONS[5]: "六、其他需要报告的事项：",
    }
    return simple([p._replace(text=other.get(p.text, p.text)) for p in pieces(r)])


@word("no-headings-over-tables")
def _(r: Report) -> bytes:
    """The tables follow each other without a heading."""
    return simple([p for p in pieces(r) if p.text not in SECTIONS[1:4]])


@word("heading-runs-into-the-text")
def _(r: Report) -> bytes:
    """六、其他需要报告的事项。 begins the paragraph that it heads."""
    found = pieces(r)
    at = next(n for n, p in enumerate(found) if p.text == SECTIONS[5])
    found[at : at + 2] = [Piece("line", f"{SECTIONS[5]}。{found[at + 1].text}")]
    r.loose.add(PARTS[3])
    return simple(found)


# --- script ------------------------------------------------------------------------------


@word("traditional")
def _(r: Report) -> bytes:
    return _traditional(r, TO_TRADITIONAL, simple)


@word("traditional-as-portals-convert")
def _(r: Report) -> bytes:
    return _traditional(r, AS_PORTALS, simple)


@word("traditional-labels-simplified-text")
def _(r: Report) -> bytes:
    return simple(_all(r, lambda text: text.translate(TO_TRADITIONAL)))


# --- numbers as they are typed --------------------------------------------------------------


@word("digits-full-width")
def _(r: Report) -> bytes:
    grids = (
        numbers(grid, lambda text: text.translate(WIDE)) for grid in (two(r), three(r), four(r))
    )
    return simple(pieces(r, *grids))


@word("digits-with-blanks-around")
def _(r: Report) -> bytes:
    """Blanks, no-break blanks, ideographic blanks and empty paragraphs around each number."""
    around = (" {}", "{} ", "\u00a0{}\u00a0", "　{}", "\n{}", "{}\n", "\t{}", "\u200b{}", "{}")

    def padded(text: str) -> str:
        return around[len(text + r.name) * int(float(text) * 7) % len(around)].format(text)

    grids = (numbers(grid, padded) for grid in (two(r), three(r), four(r)))
    return simple(pieces(r, *grids))


@word("digits-in-broken-runs")
def _(r: Report) -> bytes:
    """Each digit in a run of its own, with spelling marks and bookmarks between."""

    def broken(box: Box) -> str:
        if not box.cell:
            return lines_of(box)
        between = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="7" w:name="_x"/>'
        between += '<w:bookmarkEnd w:id="7"/>'
        return par(between.join(run(char) for char in box.text))

    return simple(pieces(r), table=lambda grid: merged(grid, broken))


@word("digits-broken-by-a-blank")
def _(r: Report) -> bytes:
    """1 2: twelve, or two numbers? Blank or twelve, nothing else."""
    for cell in ("c3a", "c7c", "c24g", "d2b", "b4a"):
        text = r.figures[cell] if len(r.figures[cell]) > 1 else f"{r.figures[cell]}4"
        r.stands(cell, " ".join(text), text, None)
    return simple(pieces(r))


@word("thousands")
def _(r: Report) -> bytes:
    """1,234 and 12，345: which is meant is clear in a cell that counts."""
    for cell, text in (("b3a", "1,234"), ("b4a", "12，345"), ("b5a", "1 234"), ("c1a", "1,005")):
        plain_number = re.sub(r"\D", "", text)
        r.stands(cell, text, plain_number, None)
    r.reads["b3a"].discard(None)
    r.reads["c1a"].discard(None)
    return simple(pieces(r))


@word("money-with-a-comma")
def _(r: Report) -> bytes:
    """12,500 where 万元 are meant: yuan or 万元, nobody knows."""
    r.stands("b6a", "12,500", None)
    return simple(pieces(r))


@word("money-in-yuan")
def _(r: Report) -> bytes:
    """12500元 in a cell of 万元."""
    r.stands("b6a", "12500元", None)
    return simple(pieces(r))


@word("money-header-says-yuan")
def _(r: Report) -> bytes:
    """The header was changed to （单位：元）, so the number is of another unit."""
    r.stands("b6a", "12500", None)
    r.stood["b6a"] = "12500"
    other = {"本年收费金额（单位：万元）": "本年收费金额（单位：元）"}
    return simple(_all(r, lambda text: other.get(text, text)))


@word("money-long")
def _(r: Report) -> bytes:
    r.stands("b6a", "59237.2449", "59237.2449")
    return simple(pieces(r))


@word("units-in-cells")
def _(r: Report) -> bytes:
    """3件 in some cells, 1.25万元 in the fee's."""
    for cell in ("c1a", "c3g", "c24g", "b3a", "b5a", "d1e"):
        r.stands(cell, f"{r.figures[cell]}件", r.figures[cell])
    r.stands("b6a", "1.25万元", "1.25")
    return simple(pieces(r))


@word("notes-in-cells")
def _(r: Report) -> bytes:
    """22（其中修订16件）, a note in a paragraph of its own, a note of round brackets."""
    notes = {
        "b2c": "（其中修订16件）",
        "b3a": "\n（含延续5件）",
        "c1g": "(含网上2件)",
        "d1a": " （另撤回1件）",
    }
    for cell, note in notes.items():
        r.stands(cell, r.figures[cell] + note, r.figures[cell])
        r.extra.append(note.strip("（）() \n"))
    return simple(pieces(r))


@word("notes-that-are-numbers")
def _(r: Report) -> bytes:
    """22（16）: a note of a number; 5+3 and 8/2: no number at all."""
    r.stands("b2c", f"{r.figures['b2c']}（16）", r.figures["b2c"], None)
    r.stands("c4a", "5+3", None)
    r.stands("c5b", "8/2", None)
    r.stands("d2a", "3-4", None)
    return simple(pieces(r))


@word("raised-footnote-marks")
def _(r: Report) -> bytes:
    """3 with a raised 1 behind it is three, or unread; never thirty-one."""
    marked = ("c1a", "c24g", "b3a", "d1e", "c13b")

    def draw(box: Box) -> str:
        if box.cell not in marked:
            return lines_of(box)
        mark = '<w:vertAlign w:val="superscript"/>'
        return par(run(box.text) + run("1" if box.cell != "b3a" else "①", mark))

    r.unsure(*marked)
    for cell in marked:
        r.stood[cell] = ""
    r.extra.append("含上年收到、本年补正的申请")
    found = pieces(r)
    at = next(n for n, p in enumerate(found) if p.text == SECTIONS[3])
    found.insert(at, Piece("note", "注1：含上年收到、本年补正的申请。"))
    return simple(found, table=lambda grid: merged(grid, draw))


@word("real-footnotes")
def _(r: Report) -> bytes:
    """Footnotes that Word numbers stand behind two numbers."""

    def draw(box: Box) -> str:
        mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
        return par(run(box.text) + mark) if box.cell in ("c1a", "b3a") else lines_of(box)

    r.extra.append("含延续许可")
    notes = (
        f'{ooxml.HEADER}<w:footnotes xmlns:w="{ooxml.MAIN}"><w:footnote w:id="2">'
        f"{plain('含延续许可8件')}</w:footnote></w:footnotes>"
    )
    drawn = ooxml.body(pieces(r), table=lambda grid: merged(grid, draw))
    return ooxml.document(drawn + ooxml.SECTION, footnotes=notes)


@word("blank-cells", make=quiet)
def _(r: Report) -> bytes:
    """Nought left blank, or drawn as /, —, -, 无, 〇: not read as nought."""
    marks = ("", "/", "—", "-", "无", "／", "——", "\\", "*", "　")
    noughts = [cell for cell, figure in r.figures.items() if figure == "0"]
    for number, cell in enumerate(noughts):
        if number % 3 == 0:
            r.stands(cell, marks[number // 3 % len(marks)], None)
    return simple(pieces(r))


@word("a-whole-table-of-slashes", make=quiet)
def _(r: Report) -> bytes:
    for number in (1, 2, 3):
        for cell in r.row(f"d{number}"):
            r.stands(cell, "/", None)
    return simple(pieces(r))


@word("a-table-left-blank", make=quiet)
def _(r: Report) -> bytes:
    for name in LABELS:
        for cell in r.row(name):
            r.stands(cell, "", None)
    return simple(pieces(r))


@word("cells-that-are-no-numbers")
def _(r: Report) -> bytes:
    """Letters for digits, decimals in counts, signs, about, question marks, errors of a sheet."""
    spoilt = [
        "O",
        "l2",
        "3.5",
        "1?",
        "约5",
        "≥5",
        "5以上",
        "#REF!",
        "-3",
        "12.",
        "5至8",
        "XX",
        "N/A",
    ]
    cells = [cell for cell in r.figures if cell.startswith("c")][3::13]
    for cell, text in zip(cells, spoilt, strict=False):
        r.stands(cell, text, None)
    return simple(pieces(r))


@word("numbers-in-words")
def _(r: Report) -> bytes:
    """三, 十二, 零: in words, so read or quoted."""
    for cell, text, number in (
        ("c3a", "三", "3"),
        ("c4b", "十二", "12"),
        ("d1a", "零", "0"),
        ("b3a", "两", "2"),
    ):
        r.stands(cell, text, number, None)
    return simple(pieces(r))


@word("leading-zeros-and-decimals-of-nought")
def _(r: Report) -> bytes:
    for cell, text, number in (("c3a", "007", "7"), ("c4b", "3.0", "3"), ("d1a", "00", "0")):
        r.stands(cell, text, number, None)
    return simple(pieces(r))


@word("struck-through")
def _(r: Report) -> bytes:
    """5 struck through with 6 behind it: six, or unread."""
    cells = ("c3a", "c24g", "d1e", "b3a")
    wrong = {cell: str(int(r.figures[cell]) + 9) for cell in cells}
    for cell in cells:
        r.unsure(cell)

    def draw(box: Box) -> str:
        if box.cell not in cells:
            return lines_of(box)
        return par(run(wrong[box.cell], "<w:strike/>") + run(r.figures[box.cell]))

    return simple(pieces(r), table=lambda grid: merged(grid, draw))


@word("two-numbers-in-a-cell")
def _(r: Report) -> bytes:
    """A cell with two paragraphs, a number in each."""
    for cell in ("c3a", "d1e", "b3a"):
        r.stands(cell, f"{r.figures[cell]}\n{int(r.figures[cell]) + 4}", None)
    return simple(pieces(r))


@word("number-in-the-neighbours-cell")
def _(r: Report) -> bytes:
    """Two numbers typed into one cell, the next left empty."""
    first, second = r.figures["c9b"], r.figures["c9c"]
    r.stands("c9b", f"{first} {second}", None)
    r.stands("c9c", "", None)
    return simple(pieces(r))


@word("number-stands-in-the-label")
def _(r: Report) -> bytes:
    """行政许可（12件） in the label, the cell blank: a label is not an answer."""
    r.stands("b3a", "", None)
    return simple(_all(r, lambda text: "行政许可（12件）" if text == "行政许可" else text))


@word("notes-under-tables")
def _(r: Report) -> bytes:
    """注：… under tables 3 and 4, and a line of units over them."""
    found: list[Piece] = []
    for piece in pieces(r):
        if piece.table and len(piece.table) != 14:
            note = f"注：本表数量含上年度结转数量，共{len(piece.table)}行。"
            found += [Piece("note", "单位：件"), piece, Piece("note", note)]
            r.extra.append(note[2:])
        else:
            found.append(piece)
    return simple(found)
