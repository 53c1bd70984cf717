"""The judge of the labelled suite: what was expected of each sentence, and what the tool said.

An entry of tests/claims/*.yaml is a sentence and the findings expected of it
(README.md beside this file explains its keys). It is put into a whole input
file that has no other fault, the tool checks it, and the findings of the
codes under judgement are held against the label. tests/claims/reports holds
whole reports, their labels in expected*.yaml. The judge knows no check.

    python tests/claims/score.py [--details [--holdout]]

prints precision and recall as docs/review.md shows them, and with --details
what went wrong where (of the half held out only with --holdout).
"""

from __future__ import annotations

import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nianbao.desk.pipeline import Session

FOLDER = Path(__file__).parent
NARRATIVES = ("引言", "总体情况", "存在的主要问题及改进情况", "其他需要报告的事项")
PLAIN = ("单位", "简称", "年度", "标题", "发布时间", "信息来源", "成文日期", "审签")
CONFIRMS = (
    *(f"N{n}" for n in (101, 102, 103, 104, 106)),
    *(f"N{n}" for n in (*range(201, 210), *range(212, 217))),
    *("S202", "S203"),
    *(f"V{n}" for n in range(202, 207)),
    *(f"C{n}" for n in range(101, 105)),
)
ERRORS = ("N210", "N211")
NOTES = ("N105", *(f"N{n}" for n in range(301, 307)), "V302", "C105")
JUDGED = {*ERRORS, *CONFIRMS, *NOTES}


@dataclass(frozen=True)
class Expected:
    """A finding that should come: `number` as typed, in whose sentence; `cell` the table's."""

    code: str
    number: str = ""
    cell: str = ""


@dataclass(frozen=True, eq=False)
class Entry:
    """A labelled input: files by name, the first is checked; `tolerated` codes count for nothing."""

    name: str
    files: dict[str, str]
    expected: tuple[Expected, ...]
    tolerated: frozenset[str] = frozenset()
    doubtful: bool = False
    held_out: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Found:
    """A finding of the tool: `sentence` is the one that it points into."""

    code: str
    line: int
    sentence: str
    message: str


@dataclass
class Verdict:
    """Labels met and missed, and findings that nobody expected."""

    met: list[tuple[Expected, Found]] = field(default_factory=list)
    missed: list[Expected] = field(default_factory=list)
    surplus: list[Found] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not (self.missed or self.surplus or self.errors)


# --- from an entry to an input file ------------------------------------------------

ROWS: dict[str, Any] = {
    "主动公开政府信息情况": {
        "规章": "[0, 0, 0]",
        "行政规范性文件": "[0, 0, 0]",
        "行政许可": "0",
        "行政处罚": "0",
        "行政强制": "0",
        "行政事业性收费": "0",
    },
    "收到和处理政府信息公开申请情况": {
        "本年新收": "0",
        "上年结转": "0",
        "本年度办理结果": {
            "予以公开": "0",
            "部分公开": "0",
            "不予公开": dict.fromkeys(
                (
                    "属于国家秘密",
                    "其他法律行政法规禁止公开",
                    "危及三安全一稳定",
                    "保护第三方合法权益",
                    "属于三类内部事务信息",
                    "属于四类过程性信息",
                    "属于行政执法案卷",
                    "属于行政查询事项",
                ),
                "0",
            ),
            "无法提供": dict.fromkeys(
                (
                    "本机关不掌握相关政府信息",
                    "没有现成信息需要另行制作",
                    "补正后申请内容仍不明确",
                ),
                "0",
            ),
            "不予处理": dict.fromkeys(
                (
                    "信访举报投诉类申请",
                    "重复申请",
                    "要求提供公开出版物",
                    "无正当理由大量反复申请",
                    "要求行政机关确认或重新出具已获取信息",
                ),
                "0",
            ),
            "其他处理": dict.fromkeys(
                ("申请人无正当理由逾期不补正", "申请人逾期未按收费通知要求缴纳费用", "其他"), "0"
            ),
            "总计": "0",
        },
        "结转下年度继续办理": "0",
    },
    "政府信息公开行政复议、行政诉讼情况": dict.fromkeys(
        ("行政复议", "未经复议直接起诉", "复议后起诉"), "[0, 0, 0, 0, 0]"
    ),
}


def filled(cells: dict[str, Any], rows: dict[str, Any] = ROWS, depth: int = 0) -> Iterator[str]:
    """The lines of the tables, a row named as it is or as group.row; every name must be used."""
    pad = "  " * depth
    for name, value in rows.items():
        if isinstance(value, dict):
            own = {key.removeprefix(f"{name}."): cell for key, cell in cells.items()}
            yield f"{pad}{name}:"
            yield from filled(own, value, depth + 1)
        else:
            yield f"{pad}{name}: {cells.get(name, value)}"


@cache
def base() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FOLDER / "base.yaml").read_text("utf-8"))
    return data


def with_claim(narrative: str, claim: str) -> str:
    """The claim in place of the paragraph with its number; else behind the second paragraph."""
    lines = narrative.rstrip("\n").split("\n")
    numbered = re.match("（.）", claim)
    if numbered:
        first = claim.split("\n")[0]
        at = next(i for i, line in enumerate(lines) if line.startswith(numbered[0]))
        return "\n".join([*lines[:at], first, *claim.split("\n")[1:], *lines[at + 1 :]])
    return "\n".join([*lines[:2], claim, *lines[2:]])


def input_file(kind: str, prose: str, tables: str, year: int, entry: dict[str, Any]) -> str:
    """A whole input: the base of a kind of unit, with what an entry says instead."""
    own = base()[kind]
    said: dict[str, Any] = {**base()[prose], "单位": own["单位"], "简称": own["简称"], "年度": year}
    said |= {key: entry[key] for key in (*PLAIN, *NARRATIVES) if key in entry}
    if "正文" in entry:
        section = entry.get("部分", "总体情况")
        said[section] = with_claim(said[section], entry["正文"].rstrip("\n"))
    cells = {**own[tables], **entry.get("表", {})}
    lines = [f"{key}: {said[key]}" for key in PLAIN if key in said]
    for key in NARRATIVES:
        lines += [f"{key}: |", *(f"  {line}" for line in said[key].rstrip("\n").split("\n"))]
    return "\n".join([*lines, *filled(cells)]) + "\n"


def entries_of(path: Path) -> Iterator[Entry]:
    for entry in yaml.safe_load(path.read_text("utf-8")):
        kind = entry.get("基", "局")
        year = int(entry.get("年度", 2025))
        files = {f"平禾{year}.yaml": input_file(kind, "文", "今年", year, entry)}
        if "上年" in entry:
            last = {"年度": year - 1, **entry["上年"]}
            files[f"平禾{year - 1}.yaml"] = input_file(kind, "上年文", "去年", year - 1, last)
        yield labelled(f"{path.stem}：{entry['说明']}", files, entry, path)


def reports_of(path: Path) -> Iterator[Entry]:
    """The whole reports that a file of labels names; last year's file goes along where it is."""
    for name, label in yaml.safe_load(path.read_text("utf-8")).items():
        files = {name: (path.parent / name).read_text("utf-8")}
        last = path.parent / name.replace("2025", "2024")
        if last.exists():
            files[last.name] = last.read_text("utf-8")
        yield labelled(f"reports：{name}", files, label, path)


def labelled(name: str, files: dict[str, str], label: dict[str, Any], path: Path) -> Entry:
    """The entry of a label that stands in the file at `path`."""
    return Entry(
        name,
        files,
        tuple(
            Expected(one["code"], str(one.get("数", "")), str(one.get("表", "")))
            for one in label["结果"]
        ),
        frozenset(label.get("可有", ())),
        label.get("存疑", False),
        path.stem.endswith("_holdout"),
    )


@cache
def entries() -> tuple[Entry, ...]:
    """Every labelled sentence and report."""
    found: list[Entry] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.stem != "base":
            found += entries_of(path)
    for path in sorted((FOLDER / "reports").glob("expected*.yaml")):
        found += reports_of(path)
    return tuple(found)


# --- from the tool's findings to a verdict -----------------------------------------

SESSION = Session()


def examined(entry: Entry, folder: Path) -> tuple[list[Found], list[str]]:
    """The tool's findings of the judged codes, and the messages of errors, last year's too."""
    for name, text in entry.files.items():
        (folder / name).write_text(text, "utf-8")
    first, text = next(iter(entry.files.items()))
    found, errors = [], []
    for finding in SESSION.check(folder / first).findings:
        unread = finding.code == "C001" and len(entry.files) > 1
        if (finding.severity.name == "ERROR" and finding.code not in ERRORS) or unread:
            errors.append(f"{finding.code} {finding.message}")
        elif finding.code in JUDGED:
            place = finding.location
            line = place.line if place else 0
            typed = text.split("\n")[line - 1] if line else ""
            sentence = sentence_at(typed, place.column) if place else ""
            found.append(Found(finding.code, line, sentence, finding.message))
    for name in entry.files:
        (folder / name).unlink()
    return found, errors


def sentence_at(line: str, column: int) -> str:
    """The sentence of a line that holds a column (from 1)."""
    end = 0
    for sentence in re.findall("[^。]*。?", line):
        end += len(sentence)
        if column <= end:
            return str(sentence)
    return line


def meets(found: Found, expected: Expected) -> bool:
    return found.code == expected.code and squeezed(expected.number) in squeezed(found.sentence)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def names_cell(found: Found, cell: str) -> bool:
    """The message tells the table's value, as a number of its own."""
    return re.search(rf"(?<![\d.]){re.escape(cell)}(?![\d]|\.\d)", found.message) is not None


def judge(entry: Entry, folder: Path) -> Verdict:
    """Each label takes one finding in its sentence; one without a number takes all of its code."""
    found, errors = examined(entry, folder)
    verdict = Verdict(errors=errors)
    for expected in entry.expected:
        fits = [one for one in found if meets(one, expected)]
        named = [one for one in fits if names_cell(one, expected.cell)] if expected.cell else fits
        if not fits:
            verdict.missed.append(expected)
            continue
        taken = (named or fits)[0]
        verdict.met.append((expected, taken))
        found.remove(taken)
        if not expected.number:
            found = [one for one in found if one.code != expected.code]
    verdict.surplus = [one for one in found if one.code not in entry.tolerated]
    return verdict


# --- the score -----------------------------------------------------------------


@cache
def verdict(entry: Entry) -> Verdict:
    """An entry, judged once."""
    with tempfile.TemporaryDirectory() as folder:
        return judge(entry, Path(folder))


def verdicts() -> Iterator[tuple[Entry, Verdict]]:
    """Every entry and what was judged of it."""
    return ((entry, verdict(entry)) for entry in entries())


@dataclass
class Tally:
    """Labels met and missed and surplus findings, by code."""

    met: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    surplus: Counter[str] = field(default_factory=Counter)

    def row(self, name: str, codes: tuple[str, ...]) -> str:
        """A row of the table, "" where there is nothing to tell."""
        right, lost, wrong = (
            sum(counted[code] for code in codes)
            for counted in (self.met, self.missed, self.surplus)
        )
        if not right + lost + wrong:
            return ""
        return (
            f"| {name} | {right + lost} | {right} | {lost} | {wrong} |"
            f" {share(right, right + wrong)} | {share(right, right + lost)} |\n"
        )


def tally(*, held_out: bool, of: str = "") -> Tally:
    """The entries whose label nobody disputes, of one half of the suite; `of` begins their names."""
    counted = Tally()
    for entry, verdict in verdicts():
        if entry.doubtful or entry.held_out != held_out or not entry.name.startswith(of):
            continue
        counted.met.update(expected.code for expected, _ in verdict.met)
        counted.missed.update(expected.code for expected in verdict.missed)
        counted.surplus.update(one.code for one in verdict.surplus)
    return counted


HEAD = """\
| 编号 | 应报 | 报对 | 漏报 | 误报 | 准确率 | 查全率 |
|---|---|---|---|---|---|---|
"""


def totals(counted: Tally) -> str:
    return (
        counted.row("错误合计", ERRORS)
        + counted.row("须核实的合计", CONFIRMS)
        + counted.row("提示合计", NOTES)
    )


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "－"


KINDS = {
    "requests": "申请的件数",
    "results": "办理结果",
    "denials": "说没有、说全部",
    "appeals": "复议和诉讼",
    "documents": "规范性文件",
    "decisions": "许可、处罚、强制",
    "fees": "收费",
    "parts": "分项和占比",
    "years": "和上年比",
    "whole": "整篇",
}
"""What the files of the fourth part are about, by the word in their names."""


def by_kind() -> str:
    """The fourth part, written by someone who had not read the reader, kind by kind."""
    rows = ""
    for kind, name in KINDS.items():
        for held_out in (False, True):
            stem = f"wave4_{kind}{'_holdout' if held_out else ''}："
            counted = tally(held_out=held_out, of=stem)
            half = "留出" if held_out else "看过"
            rows += counted.row(f"{name}（{half}）", (*CONFIRMS, *NOTES))
    return HEAD.replace("编号", "说的是") + rows


def summary(chosen: tuple[Entry, ...]) -> str:
    """One sentence on what the chosen entries are."""
    reports = sum(entry.name.startswith("reports") for entry in chosen)
    silent = sum(not entry.expected for entry in chosen)
    return (
        f"标注语句 {len(chosen) - reports} 条、完整报告 {reports} 份，"
        f"其中应当一声不响的 {silent} 条（份）。\n"
    )


def details(*, held_out: bool) -> Iterator[str]:
    """What went wrong, an entry a paragraph; of the half held out only where that is asked for."""
    for entry, verdict in verdicts():
        if not verdict.right and (held_out or not entry.held_out):
            yield f"{entry}{'（存疑）' if entry.doubtful else ''}"
            yield from (f"  错误 {message}" for message in verdict.errors)
            yield from (f"  漏报 {e.code} {e.number} 表 {e.cell}" for e in verdict.missed)
            yield from (f"  误报 {one.code} {one.message}" for one in verdict.surplus)


def sure(*, held_out: bool) -> tuple[Entry, ...]:
    """The entries whose label nobody disputes, of one half of the suite."""
    return tuple(e for e in entries() if not e.doubtful and e.held_out == held_out)


def page() -> str:
    """What docs/review.md shows: the open half by code, of the half held out only the totals."""
    seen, unseen = sure(held_out=False), sure(held_out=True)
    counted = tally(held_out=False)
    rows = "".join(counted.row(code, (code,)) for code in sorted(JUDGED))
    return (
        f"写检查时对着改过的：{summary(seen)}\n{HEAD}{rows}{totals(counted)}\n"
        f"留出来、写检查时没有看过的：{summary(unseen)}\n{HEAD}{totals(tally(held_out=True))}\n"
        f"第四批由没有读过检查程序的人写，三分之一留出来；照说的是什么分：\n\n{by_kind()}"
    )


def main(options: list[str]) -> None:
    said = page()
    if "--details" in options:
        said += "\n" + "".join(f"{line}\n" for line in details(held_out="--holdout" in options))
    sys.stdout.buffer.write(said.encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
