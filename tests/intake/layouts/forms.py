"""Documents of other forms: nothing of the reader may be made for one form."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from intake.layouts import Collection, pages
from intake.layouts.features import by_python_docx
from intake.layouts.grid import Box, Grid, Piece
from intake.layouts.ooxml import simple
from intake.layouts.report import Report
from intake.layouts.texts import one_a_line, tabbed, written

LAYOUTS = Collection()


def head(text: str) -> Box:
    return Box(text, head=True)


def own(
    name: str,
    form: str,
    *,
    unit: str,
    year: int,
    title: str,
    figures: dict[str, str],
    parts: dict[str, list[str]],
    names: dict[str, str],
    templates: str = "",
) -> Report:
    return Report(
        name,
        unit,
        year,
        title,
        figures,
        parts,
        form=form,
        templates=templates,
        names=names,
    )


def lines(*texts: str) -> list[Piece]:
    return [Piece("line", text) for text in texts]


def given(r: Report, row: str, label: str, columns: str) -> list[Box]:
    """A row of a plain table: its label, its numbers."""
    return [Box(label), *(Box(r.printed[f"{row}{c}"], f"{row}{c}") for c in columns)]


# --- 法治政府建设年度报告: no table at all --------------------------------------------------

LAW = {
    "主要举措和成效": "一、推进法治政府建设的主要举措和成效",
    "不足和原因": "二、推进法治政府建设存在的不足和原因",
    "第一责任人职责": "三、党政主要负责人履行推进法治建设第一责任人职责情况",
    "下一年度安排": "四、下一年度推进法治政府建设的主要安排",
}


def law(name: str) -> Report:
    rng = random.Random(name)
    year, unit = rng.randint(2020, 2025), f"云岭县{rng.choice('青清白水')}石镇人民政府"
    parts = {
        key: [f"{text[2:]}：第{n}点，{year}年办了{rng.randint(2, 99)}件实事。" for n in (1, 2, 3)]
        for key, text in LAW.items()
    }
    parts = {"引言": [f"现将{year}年法治政府建设情况报告如下。"], **parts}
    title = f"{unit}{year}年法治政府建设年度报告"
    return own(
        name,
        "法治政府建设年度报告",
        unit=unit,
        year=year,
        title=title,
        figures={},
        parts=parts,
        names={},
    )


def _law(r: Report, change: Callable[[str], str] = str) -> list[Piece]:
    found = [Piece("title", r.title), *lines(*r.parts["引言"])]
    for key, heading in LAW.items():
        found += [Piece("head", change(heading)), *lines(*r.parts[key])]
    return found


@LAYOUTS.drawing("law-python-docx", ".docx", law)
def _(r: Report) -> bytes:
    return by_python_docx(_law(r), headings=False)


@LAYOUTS.drawing("law-shorter-headings", ".docx", law)
def _(r: Report) -> bytes:
    """推进法治政府建设 left out of the headings."""
    return simple(
        _law(r, lambda text: text.replace("推进法治政府建设的", "").replace("推进法治政府建设", ""))
    )


@LAYOUTS.drawing("law-page", ".html", law)
def _(r: Report) -> bytes:
    return pages.saved(r, pages.article(_law(r), head=lambda t: f"<p><b>{t}</b></p>"))


@LAYOUTS.drawing("law-text", ".txt", law)
def _(r: Report) -> bytes:
    return written(_law(r), str, "\n").encode("gb18030")


# --- 政府网站工作年度报表: texts, choices and numbers ---------------------------------------

SITE: list[tuple[str, str]] = [
    ("", "网站名称"),
    ("", "首页网址"),
    ("", "主办单位"),
    ("", "网站类型"),
    ("", "政府网站标识码"),
    ("", "ICP备案号"),
    ("", "公安机关备案号"),
    ("", "独立用户访问总量（单位：个）"),
    ("", "网站总访问量（单位：次）"),
    *(
        ("信息发布（单位：条）", t)
        for t in ("总数", "概况类信息更新量", "政务动态信息更新量", "信息公开目录信息更新量")
    ),
    *(("专栏专题（单位：个）", t) for t in ("维护数量", "新开设数量")),
    *(
        ("解读回应/解读信息发布", t)
        for t in (
            "总数（单位：条）",
            "解读材料数量（单位：条）",
            "解读产品数量（单位：个）",
            "媒体评论文章数量（单位：篇）",
        )
    ),
    ("解读回应", "回应公众关注热点或重大舆情数量（单位：次）"),
    *(
        ("办事服务", t)
        for t in (
            "是否发布服务事项目录",
            "注册用户数（单位：个）",
            "政务服务事项数量（单位：项）",
            "可全程在线办理政务服务事项数量（单位：项）",
        )
    ),
    *(("办事服务/办件量（单位：件）", t) for t in ("总数", "自然人办件量", "法人办件量")),
    ("互动交流", "是否使用统一平台"),
    *(
        ("互动交流/留言办理", t)
        for t in (
            "收到留言数量（单位：条）",
            "办结留言数量（单位：条）",
            "平均办理时间（单位：天）",
            "公开答复数量（单位：条）",
        )
    ),
    *(
        ("互动交流/征集调查", t)
        for t in (
            "征集调查期数（单位：期）",
            "收到意见数量（单位：条）",
            "公布调查结果期数（单位：期）",
        )
    ),
    *(
        ("互动交流/在线访谈", t)
        for t in (
            "访谈期数（单位：期）",
            "网民留言数量（单位：条）",
            "答复网民提问数量（单位：条）",
        )
    ),
    ("互动交流", "是否提供智能问答"),
    *(
        ("安全防护", t)
        for t in (
            "安全检测评估次数（单位：次）",
            "发现问题数量（单位：个）",
            "问题整改数量（单位：个）",
        )
    ),
    *(
        ("安全防护", t)
        for t in ("是否建立安全监测预警机制", "是否开展应急演练", "是否明确网站安全责任人")
    ),
    ("移动新媒体", "是否有移动新媒体"),
    *(("移动新媒体/微博", t) for t in ("名称", "信息发布量（单位：条）", "关注量（单位：个）")),
    *(("移动新媒体/微信", t) for t in ("名称", "信息发布量（单位：条）", "订阅数（单位：个）")),
    ("移动新媒体", "其他"),
    ("", "创新发展"),
]


def site(name: str) -> Report:
    rng = random.Random(name)
    texts = {
        1: "云岭县人民政府门户网站",
        2: "https://www.yunling.example",
        3: "云岭县人民政府",
        4: "政府门户网站",
        5: "9900000001",
        6: "云ICP备00000001号-1",
        7: "云公网安备 99000002000001号",
        31: "2.5",
        47: "云岭微博",
        50: "云岭发布",
        53: "云岭发布（短视频号）",
        54: "无障碍浏览",
    }
    figures = {}
    for number, (_, label) in enumerate(SITE, 1):
        answer = rng.choice("是否") if label.startswith("是否") else str(rng.randint(1, 99999))
        figures[f"w{number}a"] = texts.get(number, answer)
    figures["w46a"] = "是"
    year = rng.randint(2019, 2025)
    names = {f"w{n}": label.split("（")[0] for n, (_, label) in enumerate(SITE, 1)}
    return own(
        name,
        "政府网站工作年度报表",
        unit="云岭县人民政府办公室",
        year=year,
        title=f"政府网站工作年度报表（{year}年度）",
        figures=figures,
        parts={},
        names=names,
    )


def _site_table(r: Report) -> Grid:
    """Four columns: two of groups, label, answer."""
    boxes: dict[str, Box] = {}
    grid: Grid = []
    for number, (path, label) in enumerate(SITE, 1):
        groups = path.split("/") if path else []
        made = [
            boxes.setdefault("/".join(groups[: n + 1]), Box(group))
            for n, group in enumerate(groups)
        ]
        last = Box(label)
        cell = f"w{number}a"
        grid.append([*made, *[last] * (3 - len(made)), Box(r.printed[cell], cell)])
    return grid


def _site(r: Report, grid: Grid) -> list[Piece]:
    return [
        Piece("title", r.title),
        *lines(f"填报单位：{r.unit}"),
        Piece("table", table=grid),
        *lines(
            "单位负责人：甲　审核人：乙　填报人：丙",
            f"联系电话：0700-5550166　填报日期：{r.year + 1}年1月12日",
        ),
    ]


@LAYOUTS.drawing("site-word", ".docx", site)
def _(r: Report) -> bytes:
    return simple(_site(r, _site_table(r)))


@LAYOUTS.drawing("site-word-pairs", ".docx", site)
def _(r: Report) -> bytes:
    """Label, answer, label, answer: two of the short ones in a row."""
    grid = [[*row[:3], *row[3:] * 3] for row in _site_table(r)]
    for first in (0, 2, 7):
        left, right = grid[first], grid[first + 1]
        grid[first] = [left[0], left[3], left[3], right[0], right[3], right[3]]
    return simple(_site(r, [row for n, row in enumerate(grid) if n not in (1, 3, 8)]))


@LAYOUTS.drawing("site-page", ".html", site)
def _(r: Report) -> bytes:
    return pages.saved(r, pages.article(_site(r, _site_table(r))))


@LAYOUTS.drawing("site-page-blanks", ".html", site)
def _(r: Report) -> bytes:
    for cell, text in (("w10a", ""), ("w25a", "/"), ("w48a", "—"), ("w8a", "约3万")):
        r.stands(cell, text, None)
    return pages.saved(r, pages.article(_site(r, _site_table(r))))


@LAYOUTS.drawing("site-word-tick-boxes", ".docx", site)
def _(r: Report) -> bytes:
    """☑是 □否: the one that is ticked, or unread."""
    for number, (_, label) in enumerate(SITE, 1):
        if label.startswith("是否"):
            answer = r.figures[f"w{number}a"]
            shown = "☑是 □否" if answer == "是" else "□是 ☑否"
            r.stands(f"w{number}a", shown, answer, shown, None)
    return simple(_site(r, _site_table(r)))


# --- the small forms of the tests ------------------------------------------------------------


def enforcement(name: str) -> Report:
    rng = random.Random(name)
    n = partial(rng.randint, 1, 90)
    half = {c: (n(), n()) for c in "ab"}
    figures = {f"m{row}{c}": str(half[c][row - 1]) for row in (1, 2) for c in "ab"}
    figures |= {f"m3{c}": str(sum(half[c])) for c in "ab"}
    for row in (1, 2):
        three_ = [n(), n(), n()]
        figures |= {
            f"n{row}{c}": str(v) for c, v in zip("abcz", [*three_, sum(three_)], strict=True)
        }
    year = rng.randint(2023, 2025)
    return own(
        name,
        "行政执法统计年报",
        unit="云岭县城管执法队",
        year=year,
        title=f"云岭县城管执法队{year}年行政执法统计年报",
        figures=figures,
        parts={
            "执法概述": [f"全年巡查{figures['m3a']}次，抽查{figures['m3b']}次。", "队伍有所加强。"]
        },
        names={"m1": "上半年", "m2": "下半年", "m3": "全年", "n1": "食品领域", "n2": "市容领域"},
        templates="enforcement",
    )


def _enforcement(r: Report) -> list[Piece]:
    top, done, left, total = head("项目"), head("已办结"), head("移送"), head("小计")
    return [
        Piece("title", r.title),
        Piece("head", "一、执法概述"),
        *lines(*r.parts["执法概述"]),
        Piece("head", "二、检查次数"),
        Piece(
            "table",
            table=[
                [head("时段"), head("日常巡查"), head("专项抽查")],
                given(r, "m1", "上半年", "ab"),
                given(r, "m2", "下半年", "ab"),
                given(r, "m3", "全年合计", "ab"),
            ],
        ),
        Piece("head", "三、案件去向"),
        Piece(
            "table",
            table=[
                [top, done, done, left, total],
                [top, head("罚款"), head("警告"), left, total],
                given(r, "n1", "食品领域", "abcz"),
                given(r, "n2", "市容领域", "abcz"),
            ],
        ),
    ]


@LAYOUTS.drawing("enforcement-word", ".docx", enforcement)
def _(r: Report) -> bytes:
    return by_python_docx(_enforcement(r), headings=True)


@LAYOUTS.drawing("enforcement-text-tabs", ".txt", enforcement)
def _(r: Report) -> bytes:
    return written(_enforcement(r), tabbed, "\n").encode()


@LAYOUTS.drawing("enforcement-text-one-a-line", ".txt", enforcement)
def _(r: Report) -> bytes:
    return written(_enforcement(r), one_a_line).encode()


def sport(name: str) -> Report:
    rng = random.Random(name)
    cells = [
        *(f"s{r}{c}" for r in (1, 2) for c in "abc"),
        *(f"s{r}{c}" for r in (3, 4) for c in "ab"),
    ]
    figures = {cell: str(rng.randint(1, 99)) for cell in cells}
    figures |= {f"s5{c}": str(int(figures[f"s3{c}"]) + int(figures[f"s4{c}"])) for c in "ab"}
    figures |= {f"{row}{c}": str(rng.randint(100, 999)) for row in ("t1", "t2") for c in "ab"}
    figures |= {"u1a": "3.25", "u1b": "0"}
    year = rng.randint(2024, 2025)
    return own(
        name,
        "群众体育设施年报",
        unit="云岭县青石镇文体站",
        year=year,
        title=f"云岭县青石镇文体站{year}年群众体育设施年报",
        figures=figures,
        parts={"设施概况": [f"全镇有足球场{figures['s1c']}个。"]},
        names={
            "s1": "足球场",
            "s2": "篮球场",
            "s3": "游泳馆",
            "s4": "球类馆",
            "s5": "室内合计",
            "t1": "比赛",
            "t2": "培训",
            "u1": "维修费",
        },
        templates="sport",
    )


@LAYOUTS.drawing("sport-word-tables-apart", ".docx", sport)
def _(r: Report) -> bytes:
    """活动 and 经费, one table in the form, are two; 场地, two in the form, is one."""
    wide: Grid = [
        [head("室外"), head("本年新建（个）"), head("本年停用（个）"), head("年末数（个）")],
        given(r, "s1", "足球场", "abc"),
        given(r, "s2", "篮球场", "abc"),
        [head("室内"), head("面积（平方米）"), *[head("开放天数")] * 2],
    ]
    for row, label in (("s3", "游泳馆"), ("s4", "球类馆"), ("s5", "室内合计")):
        label_, area, days = given(r, row, label, "ab")
        wide.append([label_, area, days, days])
    found = [
        Piece("title", r.title),
        Piece("head", "一、设施概况"),
        *lines(*r.parts["设施概况"]),
        Piece("head", "二、场地"),
        Piece("table", table=wide),
        Piece("head", "三、活动和经费"),
        Piece(
            "table",
            table=[
                [head("活动"), head("比赛场数"), head("人数")],
                given(r, "t1", "比赛", "ab"),
                given(r, "t2", "培训", "ab"),
            ],
        ),
        Piece(
            "table",
            table=[
                [head("经费"), head("财政拨款"), head("社会捐助")],
                given(r, "u1", "维修费", "ab"),
            ],
        ),
    ]
    return simple(found)


def library(name: str) -> Report:
    rng = random.Random(name)
    figures = {}
    for row in ("r1", "r2", "r3", "r4"):
        a, b = rng.randint(100, 900), rng.randint(100, 900)
        figures |= {f"{row}a": str(a), f"{row}b": str(b), f"{row}c": str(a + b)}
    figures |= {"m1a": "120.5", "m2a": "3", "m3a": "123.5", "m4a": "61.5"}
    year = 2025
    return own(
        name,
        "Annual Return of Public Libraries",
        unit="Greenfield Town Library",
        year=year,
        title=f"Annual Return of Public Libraries {year}: Greenfield Town Library",
        figures=figures,
        parts={
            "Year in brief": [f"The library had {figures['r4c']} readers.", "No branch was closed."]
        },
        names={
            "r1": "Opening",
            "r2": "Joined",
            "r3": "Gone",
            "r4": "Now",
            "m1": "Grant",
            "m2": "Fees",
            "m3": "Income",
            "m4": "Books",
        },
        templates="library",
    )


def _library(r: Report) -> list[Piece]:
    return [
        Piece("title", r.title),
        Piece("head", f"1. The year {r.year} in brief"),
        *lines(*r.parts["Year in brief"]),
        Piece("head", "2. Readership"),
        Piece(
            "table",
            table=[
                [head(""), head("Adults"), head("Children"), head("All readers")],
                given(r, "r1", f"Readers, end of {r.year - 1}", "abc"),
                given(r, "r2", f"Joined in {r.year}", "abc"),
                given(r, "r3", f"Left in {r.year}", "abc"),
                given(r, "r4", f"Readers, end of {r.year}", "abc"),
            ],
        ),
        Piece("head", "3. Accounts"),
        Piece(
            "table",
            table=[
                [head(""), head("Amount (thousand dollars)")],
                given(r, "m1", "Grant", "a"),
                given(r, "m2", "Fees charged", "a"),
                given(r, "m3", "Total income", "a"),
                given(r, "m4", "Books bought", "a"),
            ],
        ),
        *lines(f"{r.unit}", "Telephone: 555 0101"),
    ]


@LAYOUTS.drawing("library-word", ".docx", library)
def _(r: Report) -> bytes:
    return by_python_docx(_library(r), headings=True)


@LAYOUTS.drawing("library-page", ".html", library)
def _(r: Report) -> bytes:
    return pages.saved(r, pages.article(_library(r)))


def reservoir(name: str) -> Report:
    rng = random.Random(name)
    figures: dict[str, str] = {}
    kept = {row: [rng.randint(1, 30) for _ in range(4)] for row in ("w1", "w2")}
    kept["w3"] = [a + b for a, b in zip(kept["w1"], kept["w2"], strict=True)]
    for row, numbers in kept.items():
        figures |= {
            f"{row}{c}": str(v) for c, v in zip("abcde", [*numbers, sum(numbers)], strict=True)
        }
    year = rng.randint(2023, 2025)
    return own(
        name,
        "小型水库运行年报",
        unit="云岭县青石镇水管站",
        year=year,
        title=f"云岭县青石镇水管站{year}年度小型水库运行年报",
        figures=figures,
        parts={"运行情况": [f"{year}年水库运行正常。"]},
        names={"w1": "东山水库", "w2": "西河水库", "w3": "两库合计"},
        templates="reservoir",
    )


@LAYOUTS.drawing("reservoir-turned", ".docx", reservoir)
def _(r: Report) -> bytes:
    """Quarters down, reservoirs across: turned by the office, so read or left blank."""
    r.unsure(*r.figures)
    names = ("一季度", "二季度", "三季度", "四季度", "全年次数")
    grid: Grid = [[head("季度"), head("东山水库"), head("西河水库"), head("两库合计")]]
    for column, name in zip("abcde", names, strict=True):
        grid.append(
            [
                Box(name),
                *(Box(r.printed[f"{w}{column}"], f"{w}{column}") for w in ("w1", "w2", "w3")),
            ]
        )
    found = [
        Piece("title", r.title),
        Piece("head", "一、运行情况"),
        *lines(*r.parts["运行情况"]),
        Piece("head", "二、各季放水"),
        Piece("table", table=grid),
    ]
    return simple(found)
