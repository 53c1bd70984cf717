"""How much these tests try; `python tests/slow/sizes.py` prints the table of docs/robustness.md.

.ci/run tries a part each time, .ci/long (NIANBAO_LONG) all of it before an issue is called resolved.
"""

from __future__ import annotations

import os
from typing import NamedTuple


class Sizes(NamedTuple):
    """Spoiled inputs of each of the four kinds of `mutants`, how many must differ and be accepted
    (only there anything could vanish); odd texts; kills; runs side by side; hostile files; spoiled
    inputs of each of three kinds that `fix` is run on, and how many of them it must mend."""

    mutants_each: int
    least_different: int
    least_accepted: int
    documents: int
    kills: int
    side_by_side: int
    hostile_templates: int
    hostile_forms: int
    mended_each: int
    least_mended: int


EVERY_TIME = Sizes(200, 700, 90, 5, 10, 3, 100, 100, 100, 5)
ALL = Sizes(1600, 6000, 1000, 30, 60, 10, 1500, 1500, 1400, 100)
CHOSEN = ALL if os.environ.get("NIANBAO_LONG") else EVERY_TIME

MUTANTS_EACH = CHOSEN.mutants_each
LEAST_DIFFERENT = CHOSEN.least_different
LEAST_ACCEPTED = CHOSEN.least_accepted
SECONDS = 2
"""Of the processor for one input; the machine may be busy with something else."""
DOCUMENTS, TEXTS_EACH = CHOSEN.documents, 100
KILLS = CHOSEN.kills
SIDE_BY_SIDE = CHOSEN.side_by_side
HOSTILE_TEMPLATES, HOSTILE_FORMS = CHOSEN.hostile_templates, CHOSEN.hostile_forms
MENDED_EACH, LEAST_MENDED = CHOSEN.mended_each, CHOSEN.least_mended


def table() -> str:
    def row(what: str, unit: str, size: str, times: int = 1) -> str:
        each, every = (getattr(sizes, size) * times for sizes in (EVERY_TIME, ALL))
        return f"| {what} | {each:,} {unit} | {every:,} {unit} |"

    rows = (
        row("改坏的填报文件，从头到尾检查一遍", "份", "mutants_each", 4),
        row("　改字节、改字、改行、改结构，每种", "份", "mutants_each"),
        row("　其中互不相同的，不少于", "份", "least_different"),
        row("　其中改坏了仍然通过、逐字对照过的，不少于", "份", "least_accepted"),
        f"| 　每份最多用处理器 | {SECONDS} 秒 | {SECONDS} 秒 |",
        row("改坏的填报文件，用 fix 改一遍、再改一遍", "份", "mended_each", 3),
        row("　每种真改了的，不少于", "份", "least_mended"),
        row("生成的怪文字，套印以后读回来对照", "处", "documents", TEXTS_EACH),
        row("生成到一半强行结束（kill -9）", "次", "kills"),
        row("两个同时写同一份报告", "回", "side_by_side"),
        row("随手改坏、塞进东西的模板", "份", "hostile_templates"),
        row("随手改坏的表式文件", "份", "hostile_forms"),
    )
    head = ("| 试的 | 每次（`.ci/run`） | 收工前（`.ci/long`） |", "|---|---:|---:|")
    return "\n".join([*head, *rows])


if __name__ == "__main__":
    print(table())
