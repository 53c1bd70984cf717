"""An input file typed from a drawing's report, and its document as `generate` makes it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from intake.layouts.report import (
    GROUPS,
    INNER,
    INTRODUCTION,
    LABELS,
    OTHER,
    OVERALL,
    PEOPLE,
    PROBLEMS,
    ROWS,
    SECTIONS,
    SHORT,
    Report,
)
from support import nianbao

NOTE = "行政复议、行政诉讼数量含上年度结转数量。"


def typed_file(r: Report) -> str:
    """The report as an input file, every row a list, a comment here and there."""

    def numbers(row: str) -> str:
        found = [r.figures[cell] for cell in r.row(row)]
        return found[0] if len(found) == 1 else f"[{', '.join(found)}]"

    def narrative(key: str) -> str:
        return f"{key}: |\n" + "".join(f"  {text}\n" for text in r.parts[key])

    said = [
        "# 填报文件\n",
        f"单位: {r.unit}  # 全称\n年度: {r.year}\n",
        f"发布时间: {r.year + 1}-01-14 20:48\n信息来源: {r.unit.removesuffix('人民政府')}\n\n",
        narrative(INTRODUCTION),
        narrative(OVERALL),
        f"\n{SECTIONS[1][2:]}:\n",
        *(f"  {ROWS[row]}: {numbers(row)}\n" for row in ROWS),
        f"\n{SECTIONS[2][2:]}:\n  # 自然人……总计\n",
        f"  本年新收: {numbers('c1')}\n  上年结转: {numbers('c2')}   # 同上年\n  本年度办理结果:\n",
        f"    予以公开: {numbers('c3')}\n    部分公开: {numbers('c4')}\n",
    ]
    for group, rows in INNER.items():
        said.append(f"    {group[3:]}:\n")
        said += [f"      {SHORT[f'c{n}']}: {numbers(f'c{n}')}\n" for n in rows]
    said += [
        f"    总计: {numbers('c24')}\n  {LABELS['c25'][2:]}: {numbers('c25')}\n",
        f"\n{SECTIONS[3][2:]}:\n",
        *(f"  {GROUPS[n - 1]}: {numbers(f'd{n}')}\n" for n in (1, 2, 3)),
        f"  注: {NOTE}\n\n",
        narrative(PROBLEMS),
        narrative(OTHER),
        "审签: {{初审: {}, 复审: {}, 终审: {}}}\n".format(*r.signed),
    ]
    return "".join(said)


def typed_otherwise(r: Report) -> str:
    """The same report with its rows as mappings, bare numbers and noughts for rows and groups."""

    def row(name: str) -> str:
        found = [r.figures[cell] for cell in r.row(name)]
        if len(found) == 1:
            return found[0]
        if set(found) == {"0"}:
            return "0"
        if name[0] == "d" or int(name[1:]) % 2:
            return " ".join(found)
        kept = {PEOPLE[n]: text for n, text in enumerate(found) if text != "0" or n == 6}
        return "{" + ", ".join(f"{key}: {text}" for key, text in kept.items()) + "}"

    text = typed_file(r)
    for name in [*LABELS, "d1", "d2", "d3"]:
        numbers = ", ".join(r.figures[cell] for cell in r.row(name))
        key = LABELS["c25"][2:] if name == "c25" else SHORT[name]
        for line in (f" {key}: [{numbers}]\n", f" {key}: [{numbers}]   # 同上年\n"):
            text = text.replace(line, line.replace(f"[{numbers}]", row(name)), 1)
    for group, rows in INNER.items():
        if all(r.figures[cell] == "0" for n in rows for cell in r.row(f"c{n}")):
            inside = "".join(f"      {SHORT[f'c{n}']}: 0\n" for n in rows)
            assert text.count(f"{group[3:]}:\n{inside}") == 1
            text = text.replace(f"{group[3:]}:\n{inside}", f"{group[3:]}: 0\n")
    return text


@cache
def generated(text: str) -> bytes:
    """The document that `generate` makes of an input file."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "年报2025.yaml").write_text(text, "utf-8")
        ran = nianbao("generate", "年报2025.yaml", "-o", "out.docx", cwd=folder)
        assert ran.code == 0, ran.err + ran.out
        return (folder / "out.docx").read_bytes()
