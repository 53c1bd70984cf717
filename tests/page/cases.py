"""The reports that page and validity checks print: the kept ones, and made-up long and strange ones.

A made-up report is written as a YAML file like any other, with numbers that tie, so that it goes
through the command line. Knows nothing of Word, PDF or what is checked.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "inputs" / "2025.yaml"
EXAMPLES = [ROOT / "inputs" / "examples" / f"青石镇{year}.yaml" for year in (2024, 2025)]

RESULTS = {
    "予以公开": 1,
    "部分公开": 1,
    "不予公开": [
        "属于国家秘密",
        "其他法律行政法规禁止公开",
        "危及三安全一稳定",
        "保护第三方合法权益",
        "属于三类内部事务信息",
        "属于四类过程性信息",
        "属于行政执法案卷",
        "属于行政查询事项",
    ],
    "无法提供": [
        "本机关不掌握相关政府信息",
        "没有现成信息需要另行制作",
        "补正后申请内容仍不明确",
    ],
    "不予处理": [
        "信访举报投诉类申请",
        "重复申请",
        "要求提供公开出版物",
        "无正当理由大量反复申请",
        "要求行政机关确认或重新出具已获取信息",
    ],
    "其他处理": ["申请人无正当理由逾期不补正", "申请人逾期未按收费通知要求缴纳费用", "其他"],
}
LEAVES = sum(1 if value == 1 else len(value) for value in RESULTS.values())
OPTIONAL = {
    "发布时间": "2026-01-16 09:30",
    "信息来源": "云岭县青石镇",
    "成文日期": "2026-01-12",
    "审签": {"初审": "甲", "复审": "乙", "终审": "丙"},
}
SENTENCE = (
    "全年在政府网站发布信息126条（含政策文件14条），“一老一小”等民生事项占六成；"
    "建立台账、逐件标明属性，做到应公开尽公开。"
)
PARAGRAPH = SENTENCE * 3
TWO_LINES = "建立台账、逐件标明属性，做到应公开尽公开，并且按季度检查一次。"


@dataclass(frozen=True)
class Case:
    """An input file and the options it is generated with; `name` is also the document's stem."""

    name: str
    path: Path
    options: tuple[str, ...] = ()


def kept() -> list[Case]:
    """The sample in both editions, and the examples."""
    return [
        Case("sample", SAMPLE),
        Case("sample-hans", SAMPLE, ("--script", "zh-Hans")),
        *(Case(path.stem, path) for path in EXAMPLES),
        Case("example-hant", EXAMPLES[1], ("--script", "zh-Hant")),
    ]


def long_ones(folder: Path) -> list[Case]:
    """What a page breaks on: long narratives and names, large numbers, notes, nothing optional."""
    heads = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]
    run_in = [f"（{'一二三四五'[n]}）{head}。{PARAGRAPH}" for n, head in enumerate(heads)]
    made = {
        "paragraphs": report(overview=(run_in + [PARAGRAPH] * 3) * 5),
        "pure": report(overview=["认真贯彻落实政府信息公开条例要求持续提升公开质效" * 30]),
        "long-unit": report(unit="某某壮族自治区某某市某某区人民政府某某街道办事处综合行政执法队"),
        "seven-digits": report(number=lambda row, column: 1_234_567 // (6 * LEAVES), big=1234567),
        "six-digits": report(number=lambda row, column: 7_654, big=33_333),
        "millions": report(number=lambda row, column: 1_234_567, big=1_234_567),
        "notes": report(number=lambda row, column: 3, note="（其中1件转办）", big=7),
        "bare": report(optional=()),
        "cell-notes": report(
            number=lambda row, column: 12, big=4321, notes_below=True, note_at="（其中修订16件）"
        ),
    }
    for lines in range(0, 23, 2):
        made[f"foot-{lines:02}"] = report(overview=["情况良好。"] * (lines + 1))
    # Of two or three lines each: behind a dozen paragraphs on one page LibreOffice 7.4 forgets
    # that paragraphs are kept together, with this template and with any other.
    for lines in range(8, 23, 2):
        made[f"end-{lines:02}"] = report(issues=[TWO_LINES] * (lines // 2))
        made[f"end-bare-{lines:02}"] = report(issues=[TWO_LINES] * (lines // 2), optional=())
    for lines in range(12, 22, 3):
        made[f"end-reviewed-{lines}"] = report(
            issues=[SENTENCE] * (lines // 3), others=[TWO_LINES], optional=("审签",)
        )
    return [_written(folder, name, text) for name, text in made.items()]


def strange_ones(folder: Path) -> list[Case]:
    """What a file format breaks on: rare characters, markup, every mixture of optional lines."""
    rare = "𠮷㐂𪚥〇々ǜ①⑴㎡℃…—·〔〕【】『』﹏\u00a0|\u200b|\u2060|"
    emoji = "👍🏽 👩\u200d👩\u200d👧 🇨🇳 ☎️"
    markup = "<w:t>&amp;</w:t> & < > \" ' ]]> <!-- --> {x} {% if %} }} \\n %p &#x4e2d;"
    made = {
        "rare": report(overview=[rare, emoji, f"（一）{rare}。{emoji}"], unit="某县𠮷祥镇人民政府"),
        "markup": report(
            overview=[markup, f"（一）{markup}。{markup}"], unit="某县<甲>&乙镇人民政府"
        ),
        "tabs": report(overview=["甲\t乙\t\t丙", "（一）\t甲。\t乙"]),
        "huge": report(overview=["政" * 2000, PARAGRAPH * 40, "A" * 2000, "1" * 300]),
        "many": report(overview=["行。"] * 400),
        "one": report(overview=["甲"], issues=["乙"], others=["丙"], introduction=["丁"]),
        "headings": report(overview=[f"（{n}）只有题目" for n in "一二三四五六七八九十"]),
        "fee": report(fee="59237.2449"),
        "fee-note": report(fee="0.0001（其中一笔待退）", note="（见注）", notes_below=True),
        "zero": report(number=lambda row, column: 0, big=0),
        "note-markup": report(note="（<甲>&“乙”）", notes_below=True),
        "titled": report(head={"标题": "某县青石镇&<政务>公开年报", "简称": "青石"}),
    }
    cases = [_written(folder, f"strange-{name}", text) for name, text in made.items()]
    for number, present in enumerate(
        itertools.chain.from_iterable(
            itertools.combinations(OPTIONAL, size) for size in range(len(OPTIONAL) + 1)
        )
    ):
        case = _written(folder, f"lines-{number:02}", report(optional=present))
        cases.append(replace(case, options=("--script", "zh-Hant")) if number % 2 else case)
    return cases


def report(
    *,
    unit: str = "云岭县青石镇人民政府",
    introduction: list[str] | None = None,
    overview: list[str] | None = None,
    issues: list[str] | None = None,
    others: list[str] | None = None,
    number: Callable[[int, int], int] = lambda row, column: (row + column) % 3,
    big: int = 12,
    fee: str = "59237.2449",
    note: str = "",
    note_at: str = "（其中修订16件）",
    notes_below: bool = False,
    optional: tuple[str, ...] = tuple(OPTIONAL),
    head: dict[str, str] | None = None,
) -> str:
    """A YAML report that ties.

    `number` gives the count of a result row (0 to 20) and applicant (0 to 5); `big` stands in
    tables 2 and 4; `note` is printed behind the counts of every second column of table 3.
    """
    below = {"注": f"{SENTENCE}（注）"} if notes_below else {}
    tables = {
        "主动公开政府信息情况": {
            "规章": [0, 0, 0],
            "行政规范性文件": [f"{big}{note_at}", big, big],
            "行政许可": big,
            "行政处罚": big,
            "行政强制": big,
            "行政事业性收费": fee,
            **below,
        },
        "收到和处理政府信息公开申请情况": _requests(number, note) | below,
        "政府信息公开行政复议、行政诉讼情况": {
            row: [big, big, 0, big, 3 * big]
            for row in ("行政复议", "未经复议直接起诉", "复议后起诉")
        }
        | below,
    }
    lines: dict[str, object] = {"单位": unit, "年度": 2025, **(head or {})}
    lines |= {key: OPTIONAL[key] for key in optional}
    narrative = {
        "引言": introduction or [f"本报告依照条例编写。{SENTENCE}"],
        "总体情况": overview or [PARAGRAPH, f"（一）主动公开。{PARAGRAPH}"],
        "存在的主要问题及改进情况": issues
        or ["（一）存在的主要问题", PARAGRAPH, "（二）改进措施", PARAGRAPH],
        "其他需要报告的事项": others or ["本年度没有收取信息处理费。"],
    }
    entries = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in (lines | tables).items()
    ]
    entries += [
        f"{key}: |\n" + "\n".join(f"  {line}" for line in typed) for key, typed in narrative.items()
    ]
    return "\n".join(entries) + "\n"


def _requests(number: Callable[[int, int], int], note: str) -> dict[str, object]:
    rows = itertools.count()
    totals = [0] * 7

    def row() -> list[object]:
        at = next(rows)
        counts = [number(at, column) for column in range(6)]
        counts.append(sum(counts))
        for column, count in enumerate(counts):
            totals[column] += count
        return annotated(counts)

    def annotated(counts: list[int]) -> list[object]:
        return [f"{n}{note}" if note and x % 2 else n for x, n in enumerate(counts)]

    handled: dict[str, object] = {
        key: row() if members == 1 else {member: row() for member in members}
        for key, members in RESULTS.items()
    }
    handled["总计"] = annotated(totals)
    left = [number(0, column) for column in range(6)]
    left.append(sum(left))
    return {
        "本年新收": annotated(totals),
        "上年结转": annotated(left),
        "本年度办理结果": handled,
        "结转下年度继续办理": annotated(left),
    }


def _written(folder: Path, name: str, text: str) -> Case:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return Case(name, path)
