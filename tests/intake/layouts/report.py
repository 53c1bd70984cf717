"""What a document says: figures and text of an office that does not exist, made from a name.

`figures` are what the office counted; `printed` what stands in a cell where that differs; `reads`
what a careful reader may answer for a cell, None for "left blank". The wording of the form is
typed here again from its published copies, not taken from the form file.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

COLUMNS = "abcdef"
PEOPLE = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")

LABELS = {
    "c1": "一、本年新收政府信息公开申请数量",
    "c2": "二、上年结转政府信息公开申请数量",
    "c3": "（一）予以公开",
    "c4": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "c5": "1.属于国家秘密",
    "c6": "2.其他法律行政法规禁止公开",
    "c7": "3.危及“三安全一稳定”",
    "c8": "4.保护第三方合法权益",
    "c9": "5.属于三类内部事务信息",
    "c10": "6.属于四类过程性信息",
    "c11": "7.属于行政执法案卷",
    "c12": "8.属于行政查询事项",
    "c13": "1.本机关不掌握相关政府信息",
    "c14": "2.没有现成信息需要另行制作",
    "c15": "3.补正后申请内容仍不明确",
    "c16": "1.信访举报投诉类申请",
    "c17": "2.重复申请",
    "c18": "3.要求提供公开出版物",
    "c19": "4.无正当理由大量反复申请",
    "c20": "5.要求行政机关确认或重新出具已获取信息",
    "c21": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "c22": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "c23": "3.其他",
    "c24": "（七）总计",
    "c25": "四、结转下年度继续办理",
}
OUTER = "三、本年度办理结果"
INNER = {
    "（三）不予公开": range(5, 13),
    "（四）无法提供": range(13, 16),
    "（五）不予处理": range(16, 21),
    "（六）其他处理": range(21, 24),
}
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
BLOCKS = ("第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项")
FILES = ("本年制发件数", "本年废止件数", "现行有效件数")
ROWS = {
    "b1": "规章",
    "b2": "行政规范性文件",
    "b3": "行政许可",
    "b4": "行政处罚",
    "b5": "行政强制",
    "b6": "行政事业性收费",
}
SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
INTRODUCTION, OVERALL, PROBLEMS, OTHER = (
    "引言",
    "总体情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
PARTS = (INTRODUCTION, OVERALL, PROBLEMS, OTHER)

CELLS = (
    *(f"{row}{column}" for row in ("b1", "b2") for column in "abc"),
    *(f"b{row}a" for row in range(3, 7)),
    *(f"c{row}{column}" for row in range(1, 26) for column in "abcdefg"),
    *(f"d{row}{column}" for row in range(1, 4) for column in "abcde"),
)

SHORT = {
    **{f"b{n}": ROWS[f"b{n}"] for n in range(1, 7)},
    **{row: label.lstrip("一二三四五六七八、（）1234567890.") for row, label in LABELS.items()},
    "c1": "本年新收",
    "c2": "上年结转",
    "c4": "部分公开",
    "c21": "申请人无正当理由逾期不补正",
    "c22": "申请人逾期未按收费通知要求缴纳费用",
    **{f"d{n}": GROUPS[n - 1] for n in range(1, 4)},
}
"""A row's name in what is said of it."""
TABLE_OF = {"b": SECTIONS[1][2:], "c": SECTIONS[2][2:], "d": SECTIONS[3][2:]}

Reading = str | None


@dataclass
class Report:
    name: str
    unit: str
    year: int
    title: str
    figures: dict[str, str]
    parts: dict[str, list[str]]
    signed: tuple[str, str, str] = ("甄初", "甄复", "甄终")
    form: str = "政府信息公开工作年度报告"
    templates: str = ""
    "The folder under tests/forms whose form this is; empty for those shipped."
    names: dict[str, str] = field(default_factory=dict)
    "For another form: what is said of each cell."
    printed: dict[str, str] = field(default_factory=dict)
    reads: dict[str, set[Reading]] = field(default_factory=dict)
    stood: dict[str, str] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    "What stands in the document and has no cell and no part: to be told all the same."
    loose: set[str] = field(default_factory=set)
    "The parts and head keys that may be left blank."
    may_be_refused: bool = False

    def __post_init__(self) -> None:
        for cell, figure in self.figures.items():
            self.printed[cell] = figure
            self.reads[cell] = {figure}

    def stands(self, cell: str, text: str, *reads: Reading) -> str:
        """`text` is printed in a cell; a careful reader answers one of `reads`."""
        self.printed[cell] = text
        self.reads[cell] = set(reads)
        self.stood[cell] = text
        return text

    def gone(self, *cells: str) -> None:
        """The document does not have these cells."""
        for cell in cells:
            self.stands(cell, "", None)

    def unsure(self, *cells: str) -> None:
        """These may be left blank, never be wrong."""
        for cell in cells:
            self.reads[cell].add(None)
            self.stood.setdefault(cell, self.printed[cell])

    def row(self, row: str) -> list[str]:
        """The cells of a row."""
        return [cell for cell in self.figures if cell[:-1] == row]


def _figures(rng: random.Random, busy: bool) -> dict[str, str]:
    def some() -> int:
        return rng.randint(1, 60) if rng.random() < (0.8 if busy else 0.06) else 0

    numbers: dict[str, int] = {}
    for row in ("b1", "b2"):
        for column in "abc":
            numbers[f"{row}{column}"] = some() if row == "b2" or busy else 0
    for row in (3, 4, 5):
        numbers[f"b{row}a"] = rng.randint(60, 999) if busy else some()
    for column in COLUMNS:
        for row in range(3, 24):
            numbers[f"c{row}{column}"] = some()
        done = sum(numbers[f"c{row}{column}"] for row in range(3, 24))
        left = some()
        numbers[f"c2{column}"] = min(some(), done + left)
        numbers[f"c1{column}"] = done + left - numbers[f"c2{column}"]
        numbers[f"c24{column}"], numbers[f"c25{column}"] = done, left
    for row in range(1, 26):
        numbers[f"c{row}g"] = sum(numbers[f"c{row}{column}"] for column in COLUMNS)
    for group in (1, 2, 3):
        for column in "abcd":
            numbers[f"d{group}{column}"] = some()
        numbers[f"d{group}e"] = sum(numbers[f"d{group}{column}"] for column in "abcd")
    money = f"{rng.randint(1, 900)}.{rng.randint(1, 99):02}".rstrip("0") if busy else "0"
    texts = {**{cell: str(number) for cell, number in numbers.items()}, "b6a": money}
    return {cell: texts[cell] for cell in CELLS}


def _parts(unit: str, year: int, got: str, rng: random.Random) -> dict[str, list[str]]:
    short = unit.removesuffix("人民政府")
    say = rng.randint
    return {
        INTRODUCTION: [
            f"本报告根据《中华人民共和国政府信息公开条例》的要求，由{unit}编制。",
            f"所列数据的统计期限为{year}年1月1日至12月31日。如有疑问，请与{short}联系"
            f"（地址：云岭县河东路{say(1, 99)}号，电话：0700-55{say(10000, 99999)}）。",
        ],
        OVERALL: [
            f"{year}年，{short}围绕群众关心的{say(2, 9)}类事项做好公开。",
            f"（一）主动公开。全年在网站发布信息{say(100, 999)}条，公开栏张贴{say(10, 99)}次。",
            f"（二）依申请公开。本年新收政府信息公开申请{got}件，均按期登记。",
            f"（三）政府信息管理。发布前逐级审核，清理过期内容{say(2, 60)}条。",
            f"（四）政府信息公开平台建设。维护专栏{say(2, 19)}个，更换失效链接{say(2, 40)}处。",
            f"（五）监督保障。组织培训{say(2, 9)}次，{say(20, 90)}人参加；没有责任追究的情形。",
        ],
        PROBLEMS: [
            f"一是少数信息更新慢，抽查的{say(20, 60)}个栏目中有{say(2, 9)}个超过一个月没有更新。",
            "二是部分经办人员变动后，对公开属性的认定不够熟悉。",
            f"下一步，逐月核对栏目，在{year + 1}年上半年把经办人员轮训一遍。",
        ],
        OTHER: [f"{year}年没有收取信息处理费，没有其他需要报告的事项。"],
    }


def report(name: str, *, busy: bool = True, year: int = 0) -> Report:
    """The same report for the same name, every time."""
    rng = random.Random(name)
    figures = _figures(rng, busy)
    first, second = rng.sample("青石清白水沙柳林松桥塘坪湾溪田岩洞泉坡", 2)
    unit = f"云岭县{first}{second}镇人民政府"
    year = year or rng.randint(2021, 2025)
    title = f"{unit}{year}年政府信息公开工作年度报告"
    parts = _parts(unit, year, figures["c1g"], rng)
    return Report(name, unit, year, title, figures, parts)


def quiet(name: str) -> Report:
    """A town where hardly anything was asked for."""
    return report(name, busy=False)
