"""The commands' own words in Chinese, where click's are English.

Knows how a command's help is laid out and what each mistake in a command line
is called. Knows no command: each is asked for its options and names.
"""

from __future__ import annotations

import click


class Chinese(click.Command):
    """A command whose own words are Chinese."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        words = {"[OPTIONS]": "[选项]", "COMMAND": "命令", "[ARGS]...": "…"}
        pieces = " ".join(super().collect_usage_pieces(ctx)).split()
        return [words.get(piece, piece) for piece in pieces]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        rows = [record for p in options if (record := p.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(rows)
        if isinstance(self, click.Group):
            with formatter.section("命令"):
                formatter.write_dl(
                    [
                        (name, command.get_short_help_str(60))
                        for name in self.list_commands(ctx)
                        if (command := self.get_command(ctx, name))
                    ]
                )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示这些说明"
        return option


class ChineseGroup(Chinese, click.Group):
    """The tool, with its commands."""

    command_class = Chinese


def mistake(problem: click.UsageError) -> str:
    """What is wrong with a command line."""
    match problem:
        case click.exceptions.NoArgsIsHelpError():
            return f"后面要写命令：{_commands(problem)}。"
        case click.NoSuchOption():
            return f"没有 {problem.option_name} 这个选项。"
        case click.MissingParameter():
            return f"少写了 {_typed_as(problem) or '内容'}。"
        case click.BadOptionUsage():
            return f"{problem.option_name} 后面要写内容，或者写法不对。"
        case click.BadParameter():
            return _wrong_value(problem)
        case _ if problem.message.startswith("No such command"):
            return f"没有这个命令；可用的有：{_commands(problem)}。"
        case _ if "unexpected extra argument" in problem.message:
            return "多写了内容。"
        case _:
            return problem.message


def _wrong_value(problem: click.BadParameter) -> str:
    kind = problem.param.type if problem.param else None
    name = _typed_as(problem)
    if isinstance(kind, click.Choice):
        return f"{name} 只能写 {'、'.join(kind.choices)}。"
    if isinstance(kind, click.IntRange):
        return f"{name}要写四位数，如 2026。"
    return f"{name} 写得不对。"


def _typed_as(problem: click.BadParameter) -> str:
    """An option by its name, an argument by what the usage calls it."""
    if isinstance(problem.param, click.Option):
        return problem.param.opts[0]
    return problem.param.make_metavar(problem.ctx) if problem.param and problem.ctx else ""


def _commands(problem: click.UsageError) -> str:
    group = problem.ctx.command if problem.ctx else None
    if problem.ctx is None or not isinstance(group, click.Group):
        return ""
    return "、".join(group.list_commands(problem.ctx))
