"""Every finding code: what it means, why it matters, how to mend it.

Knows one data file a code, in the folder `codes`; `nianbao explain` prints
them, the tests run their samples, and docs/findings.md is made from them by
`python -m nianbao.catalog > docs/findings.md`. Knows nothing of how a finding
comes about.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

FAMILIES = {
    "Y": "文字与 YAML 写法",
    "S": "名称与结构",
    "V": "数与日期",
    "T": "勾稽关系",
    "N": "文字叙述",
    "C": "跨年",
    "L": "模板",
    "F": "表式文件",
    "W": "读写文件",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `failing` and `passing` are fragments of an input, "" where it is none."""

    code: str
    severity: str
    title: str
    why: str
    remedy: str
    failing: str
    passing: str


@cache
def entries() -> tuple[Entry, ...]:
    """All codes in order."""
    folder = files("nianbao") / "codes"
    found = [file for file in folder.iterdir() if file.name.endswith(".yaml")]
    return tuple(
        _entry(file.name.removesuffix(".yaml"), file.read_text("utf-8"))
        for file in sorted(found, key=lambda file: file.name)
    )


def find(code: str) -> Entry | None:
    """The entry of a code, however it is cased."""
    return next((entry for entry in entries() if entry.code == code.strip().upper()), None)


def explain(entry: Entry) -> str:
    """The text of `nianbao explain`."""
    parts = [
        f"{entry.code}（{FAMILIES[entry.code[0]]}，{entry.severity}）{entry.title}",
        "",
        f"为什么：{entry.why}",
        f"怎么办：{entry.remedy}",
    ]
    for name, sample in (("这样不行", entry.failing), ("这样可以", entry.passing)):
        if sample:
            shown = sample.rstrip("\n").replace("\t", "<Tab>")
            parts += ["", f"{name}：", *(f"    {line}" for line in shown.split("\n"))]
    return "\n".join(parts)


def document() -> str:
    """The text of docs/findings.md: a table a family."""
    lines = [
        "# 检查结果的编号",
        "",
        "由 `python -m nianbao.catalog > docs/findings.md` 生成，不要手工改；"
        "`nianbao explain 编号` 另有为什么和例子。",
        "",
        "错误：不改就不生成报告。核实：改正，或者在“核实说明”里写明原因。提示：供参考。",
    ]
    for letter, family in FAMILIES.items():
        lines += [
            "",
            f"## {letter} {family}",
            "",
            "| 编号 | 级别 | 标题 | 怎么办 |",
            "|---|---|---|---|",
        ]
        for entry in entries():
            if entry.code.startswith(letter):
                cells = (entry.code, entry.severity, entry.title, entry.remedy)
                lines.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _entry(code: str, text: str) -> Entry:
    data = yaml.safe_load(text)
    return Entry(
        code,
        data["级别"],
        data["标题"],
        data["为什么"],
        data["怎么办"],
        data.get("不行", ""),
        data.get("可以", ""),
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(document().encode("utf-8"))
