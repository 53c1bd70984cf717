"""Every finding code: what it means, why it matters, how to mend it.

Knows one data file a code, in the folder `codes`; `nianbao explain` prints
them, the tests run their samples, and docs/findings.md is made from them by
`python -m nianbao.catalog > docs/findings.md`. Knows nothing of how a finding
comes about.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nianbao.frozen import dataclass

_FOLDER = Path(__file__).with_name("codes")
_SEVERITY = re.compile(r"(?m)^级别: (\S+)$")

FAMILIES = {
    "Y": "文字与写法",
    "S": "名称与结构",
    "V": "数与日期",
    "T": "勾稽关系",
    "N": "文字叙述",
    "C": "跨年",
    "L": "模板",
    "F": "表式文件",
    "W": "读写文件",
    "H": "汇总",
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
    return tuple(
        _entry(file.stem, file.read_text("utf-8")) for file in sorted(_FOLDER.glob("*.yaml"))
    )


@cache
def severity_of(code: str) -> str:
    """How grave findings of a code are: 错误, 核实 or 提示. One line is read of its file."""
    found = _SEVERITY.search((_FOLDER / f"{code}.yaml").read_text("utf-8"))
    if found is None:
        raise LookupError(code)
    return found[1]


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
    for name, sample in _samples(entry):
        parts += ["", f"{name}：", *(f"    {line}" for line in sample)]
    return "\n".join(parts)


def document() -> str:
    """The text of docs/findings.md: a table a family, and under it all that `explain` says."""
    lines = [
        "# 检查结果的编号",
        "",
        "由 `python -m nianbao.catalog > docs/findings.md` 生成，不要手工改；"
        "`nianbao explain 编号` 说的是同样的话。例子都由测试运行过。",
        "",
        "错误：不改就不生成报告。核实：改正，或者在“核实说明”里写明原因。提示：供参考。"
        "编号以 C0 开头的，说的是没有做的检查。",
    ]
    for letter, family in FAMILIES.items():
        found = [entry for entry in entries() if entry.code.startswith(letter)]
        lines += ["", f"## {letter} {family}", "", "| 编号 | 级别 | 标题 |", "|---|---|---|"]
        lines += [
            f"| [{e.code}](#{e.code.lower()}) | {e.severity} | {_literal(e.title)} |" for e in found
        ]
        for entry in found:
            lines += ["", *_described(entry)]
    return "\n".join(lines) + "\n"


def _described(entry: Entry) -> Iterator[str]:
    yield from (f"### {entry.code}", "", f"**{_literal(entry.title)}**（{entry.severity}）", "")
    yield from (f"为什么：{_literal(entry.why)}", "", f"怎么办：{_literal(entry.remedy)}")
    for name, sample in _samples(entry):
        yield from ("", f"{name}：", "", "```yaml", *sample, "```")


def _literal(text: str) -> str:
    """`text` with nothing in it that Markdown takes for its own."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)


def _samples(entry: Entry) -> Iterator[tuple[str, list[str]]]:
    """The failing and the passing sample, where there are any, each as lines to show."""
    for name, sample in (("这样不行", entry.failing), ("这样可以", entry.passing)):
        if sample:
            yield name, sample.rstrip("\n").replace("\t", "<Tab>").split("\n")


def _entry(code: str, text: str) -> Entry:
    import yaml

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
