"""Towns by script, whose figures are known: what a county adds up in the tests.

A town is an input file and, beside it, the figures that went into it by the address of
their cells, so that a sum can be had without the program.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from support.cases import BASE

APPLICANTS = "abcdef"
OUTCOMES = [f"c{number}" for number in range(3, 24)]
TABLES = ("主动公开政府信息情况:", "存在的主要问题及改进情况:")
"""Where the tables of base.yaml begin, and what follows them."""
RESULTS = """
    予以公开: {c3}
    部分公开: {c4}
    不予公开:
      属于国家秘密: {c5}
      其他法律行政法规禁止公开: {c6}
      危及“三安全一稳定”: {c7}
      保护第三方合法权益: {c8}
      属于三类内部事务信息: {c9}
      属于四类过程性信息: {c10}
      属于行政执法案卷: {c11}
      属于行政查询事项: {c12}
    无法提供:
      本机关不掌握相关政府信息: {c13}
      没有现成信息需要另行制作: {c14}
      补正后申请内容仍不明确: {c15}
    不予处理:
      信访举报投诉类申请: {c16}
      重复申请: {c17}
      要求提供公开出版物: {c18}
      无正当理由大量反复申请: {c19}
      要求行政机关确认或重新出具已获取信息: {c20}
    其他处理:
      申请人无正当理由逾期不补正: {c21}
      申请人逾期未按收费通知要求缴纳费用: {c22}
      其他: {c23}
    总计: {c24}
"""


@dataclass(frozen=True)
class Town:
    """A town, its figures by cell, and its input file."""

    name: str
    figures: dict[str, Decimal]
    text: str

    @property
    def unit(self) -> str:
        return f"云岭县{self.name}人民政府"

    def written(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}2025.yaml"
        path.write_text(self.text, "utf-8")
        return path


def town(name: str, seed: int) -> Town:
    """A town whose tables balance."""
    figures = _figures(random.Random(seed))

    def row(address: str, letters: str) -> str:
        return f"[{', '.join(str(figures[address + letter]) for letter in letters)}]"

    results = RESULTS.format(**{r: row(r, "abcdefg") for r in [*OUTCOMES, "c24"]})
    tables = f"""\
主动公开政府信息情况:
  规章: {row("b1", "abc")}
  行政规范性文件: {row("b2", "abc")}
  行政许可: {figures["b3a"]}
  行政处罚: {figures["b4a"]}
  行政强制: {figures["b5a"]}
  行政事业性收费: {figures["b6a"]}

收到和处理政府信息公开申请情况:
  本年新收: {row("c1", "abcdefg")}
  上年结转: {row("c2", "abcdefg")}
  本年度办理结果:{results}
  结转下年度继续办理: {row("c25", "abcdefg")}

政府信息公开行政复议、行政诉讼情况:
  行政复议: {row("d1", "abcde")}
  未经复议直接起诉: {row("d2", "abcde")}
  复议后起诉: {row("d3", "abcde")}

"""
    before, rest = BASE.split(TABLES[0])
    text = before + tables + TABLES[1] + rest.split(TABLES[1])[1]
    return Town(name, figures, text.replace("白水镇", name))


def _figures(chance: random.Random) -> dict[str, Decimal]:
    found: dict[str, int | str] = {f"b1{letter}": 0 for letter in "abc"}
    found |= {f"b2{letter}": number for letter, number in zip("abc", (3, 1, 9), strict=True)}
    found["b2c"] = chance.randrange(3, 40)
    found |= {f"b{row}a": chance.randrange(1, 400) for row in (3, 4, 5)}
    found["b6a"] = f"{chance.randrange(90)}.{chance.randrange(1, 9999):04d}"
    for letter in APPLICANTS:
        outcomes = {row: chance.choice((0, 0, 0, 1, 2, 7)) for row in OUTCOMES}
        total, onward = sum(outcomes.values()), chance.randrange(3)
        brought = min(chance.randrange(3), total + onward)
        found |= {row + letter: count for row, count in outcomes.items()}
        found |= {
            f"c24{letter}": total,
            f"c25{letter}": onward,
            f"c2{letter}": brought,
            f"c1{letter}": total + onward - brought,
        }
    for row in ("c1", "c2", *OUTCOMES, "c24", "c25"):
        found[f"{row}g"] = sum(int(found[row + letter]) for letter in APPLICANTS)
    for row in ("d1", "d2", "d3"):
        found |= {row + letter: chance.randrange(4) for letter in "abcd"}
        found[f"{row}e"] = sum(int(found[row + letter]) for letter in "abcd")
    return {address: Decimal(number) for address, number in found.items()}


def summed(towns: Iterable[Town]) -> dict[str, Decimal]:
    """What the towns add up to, without the program."""
    total: dict[str, Decimal] = {}
    for each in towns:
        for address, number in each.figures.items():
            total[address] = total.get(address, Decimal(0)) + number
    return total


def roster(folder: Path, towns: Iterable[Town], kinds: Iterable[str] = ("乡镇",)) -> Path:
    """A roster of the towns, of one kind after another."""
    kinds = list(kinds)
    path = folder / "名单.csv"
    rows = [f"{t.unit},{t.name},{kinds[n % len(kinds)]}" for n, t in enumerate(towns)]
    path.write_text("\n".join(["单位,简称,类别", *rows]) + "\n", "utf-8-sig")
    return path


NAMES = [f"{a}{b}镇" for a in "东南西北青白金银长大" for b in "山河桥湾溪"]
"""Fifty names of towns."""


def towns(count: int) -> list[Town]:
    rounds = ("", "上", "下", "前", "后", "中")
    names = [f"{rounds[n // 50]}{NAMES[n % 50]}" for n in range(count)]
    return [town(name, seed) for seed, name in enumerate(names)]
