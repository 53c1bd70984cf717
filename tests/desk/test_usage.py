"""Each mistake in a command line has its Chinese sentence. (Help and exit codes: test_cli.)"""

from __future__ import annotations

import click
import pytest

from nianbao.desk import usage
from nianbao.desk.usage import ChineseGroup


@click.group(cls=ChineseGroup)
def tool() -> None:
    """工具。"""


@tool.command("写")
@click.argument("year", type=click.IntRange(1949, 2199), metavar="年度")
@click.option("--style", type=click.Choice(["甲", "乙"]))
@click.option("--count", type=int)
def write(year: int, style: str | None, count: int | None) -> None:
    """写一份。"""


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "后面要写命令：写。"),
        (["读"], "没有这个命令；可用的有：写。"),
        (["写"], "少写了 年度。"),
        (["写", "26"], "年度要写四位数，如 2026。"),
        (["写", "2026", "--style", "丙"], "--style 只能写 甲、乙。"),
        (["写", "2026", "--style"], "--style 后面要写内容，或者写法不对。"),
        (["写", "2026", "--count", "甲"], "--count 写得不对。"),
        (["写", "2026", "--nosuch"], "没有 --nosuch 这个选项。"),
        (["写", "2026", "2027"], "多写了内容。"),
    ],
)
def test_a_mistake_is_told(argv: list[str], said: str) -> None:
    with pytest.raises(click.UsageError) as raised:
        tool.main(argv, standalone_mode=False)
    assert usage.mistake(raised.value) == said


def test_a_sentence_of_our_own_is_told_as_it_is() -> None:
    assert usage.mistake(click.UsageError("只能写一个。")) == "只能写一个。"
