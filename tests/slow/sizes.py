"""How much these tests try; `python tests/slow/sizes.py` prints the table of docs/robustness.md."""

from __future__ import annotations

MUTANTS_EACH = 1600
"""Spoiled inputs of each of the four kinds of `mutants`."""
LEAST_DIFFERENT = 6000
"""So many of them must differ from one another."""
LEAST_ACCEPTED = 1000
"""So many of them must be accepted: only there anything could vanish."""
SECONDS = 2
"""Of the processor for one input; the machine may be busy with something else."""
DOCUMENTS, TEXTS_EACH = 30, 100
KILLS = 60
SIDE_BY_SIDE = 10
HOSTILE_TEMPLATES, HOSTILE_FORMS = 1500, 1500


def table() -> str:
    rows = (
        ("改坏的填报文件，从头到尾检查一遍", f"{4 * MUTANTS_EACH:,} 份"),
        ("　改字节、改字、改行、改结构，每种", f"{MUTANTS_EACH:,} 份"),
        ("　其中互不相同的，不少于", f"{LEAST_DIFFERENT:,} 份"),
        ("　其中改坏了仍然通过、逐字对照过的，不少于", f"{LEAST_ACCEPTED:,} 份"),
        ("　每份最多用处理器", f"{SECONDS} 秒"),
        ("生成的怪文字，套印以后读回来对照", f"{DOCUMENTS * TEXTS_EACH:,} 处"),
        ("生成到一半强行结束（kill -9）", f"{KILLS} 次"),
        ("两个同时写同一份报告", f"{SIDE_BY_SIDE} 回"),
        ("随手改坏、塞进东西的模板", f"{HOSTILE_TEMPLATES:,} 份"),
        ("随手改坏的表式文件", f"{HOSTILE_FORMS:,} 份"),
    )
    return "\n".join(
        ["| 试的 | 数 |", "|---|---:|", *(f"| {what} | {size} |" for what, size in rows)]
    )


if __name__ == "__main__":
    print(table())
