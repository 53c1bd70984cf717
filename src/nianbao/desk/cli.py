"""The commands: what may be typed, and the exit code.

Thin click commands over `pipeline`; knows options and paths, no checks and no
forms. 0 written or accepted, 1 the input was rejected, 2 usage, 3 a file,
template or disk problem.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

import nianbao
from nianbao import catalog
from nianbao.chinese.wording import Script
from nianbao.desk import console, starter
from nianbao.desk.pipeline import Outcome, Session
from nianbao.diagnostics import Rejected, reason_of
from nianbao.source.inputfile import bare_name, other_name
from nianbao.word import reviewcopy

INPUTS, OUTPUTS = Path("inputs"), Path("outputs")


class _Chinese(click.Command):
    """A command whose own words are Chinese; click's are English."""

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
                        (name, self.commands[name].get_short_help_str(60))
                        for name in self.list_commands(ctx)
                    ]
                )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示这些说明"
        return option


class _ChineseGroup(_Chinese, click.Group):
    command_class = _Chinese


_files = click.argument(
    "files", nargs=-1, required=True, metavar="填报文件…", type=click.Path(path_type=Path)
)
_templates = click.option(
    "--templates", metavar="文件夹", type=click.Path(path_type=Path), help="放表式和模板的文件夹"
)
_last_year = click.option(
    "--last-year",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="上年的填报文件（只能配一个填报文件）",
)
_strict = click.option("--strict", is_flag=True, help="要核实的没有说明，也不通过")


@click.group(cls=_ChineseGroup)
@click.version_option(nianbao.__version__, message="nianbao %(version)s", help="显示版本")
def cli() -> None:
    """把一年的 YAML 填报文件核对无误后，套印成正式的 Word 报告。"""


@cli.command("generate")
@_files
@click.option(
    "-o", "--output", metavar="文件.docx|文件夹/", help="写到哪里；不写就是 outputs/ 下的同名 .docx"
)
@click.option(
    "--script",
    type=click.Choice([script.value for script in Script]),
    help="把文字转换成简体（zh-Hans）或繁体（zh-Hant）",
)
@_templates
@_last_year
@_strict
def generate(
    files: tuple[Path, ...],
    output: str | None,
    script: str | None,
    templates: Path | None,
    last_year: Path | None,
    strict: bool,
) -> int:
    """检查填报文件，没有错才写出 Word 报告。"""
    _one_file_only(files, last_year)
    inputs = [_located(path) for path in files]
    targets = _targets(inputs, output)
    session = Session(templates, last_year, Script(script) if script else None, strict)
    return _report(
        [session.generate(path, target) for path, target in zip(inputs, targets, strict=True)]
    )


@cli.command("check")
@_files
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text 给人看，json 给程序看",
)
@_templates
@_last_year
@_strict
def check(
    files: tuple[Path, ...],
    style: str,
    templates: Path | None,
    last_year: Path | None,
    strict: bool,
) -> int:
    """只检查，不写文件。"""
    _one_file_only(files, last_year)
    session = Session(templates, last_year, strict=strict)
    outcomes = [session.check(_located(path)) for path in files]
    if style == "json":
        console.say(console.as_json(outcomes))
        return max(outcome.exit_code for outcome in outcomes)
    return _report(outcomes)


@cli.command("review")
@click.argument("file", metavar="填报文件", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="文件.审阅稿.docx|文件夹/",
    help="写到哪里；不写就是 outputs/ 下的同名 .审阅稿.docx",
)
@_templates
@_last_year
@_strict
def review(
    file: Path,
    output: str | None,
    templates: Path | None,
    last_year: Path | None,
    strict: bool,
) -> int:
    """把检查结果写成批注，放进一份 Word 审阅稿，给不看命令的人看。"""
    path = _located(file)
    target = _review_target(path, output)
    return _report([Session(templates, last_year, strict=strict).review(path, target)])


@cli.command("fix")
@_files
@_templates
def fix(files: tuple[Path, ...], templates: Path | None) -> int:
    """把只有一种意思的写法改正过来，原来的留一份；其余的列出来。"""
    session = Session(templates)
    return max(_fix(session, _located(path)) for path in files)


@cli.command("new")
@click.argument("year", type=click.IntRange(1949, 2199), metavar="年度")
@click.option("--unit", metavar="单位", help="单位全称；有 --from 时可以不写")
@click.option(
    "--from",
    "source",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="上年的填报文件：单位、审签、引言照抄，结转照填",
)
@_templates
def new(year: int, unit: str | None, source: Path | None, templates: Path | None) -> int:
    """起一份新年度的填报文件，写到 inputs/ 下，不覆盖已有的。"""
    if not unit and not source:
        raise click.UsageError("要写 --unit 单位全称，或者用 --from 指明上年的填报文件。")
    target = INPUTS / f"{year}.yaml"
    findings = starter.write(
        target, year, unit, _located(source) if source else None, Session(templates)
    )
    return _report([Outcome(target, findings, exit_code=0, written=target)])


@cli.command("explain")
@click.argument("code", required=False, metavar="编号")
def explain(code: str | None) -> int:
    """说明一条检查结果（如 T101）；不写编号就全部列出。"""
    if code is None:
        for entry in catalog.entries():
            console.say(f"{entry.code}  {entry.title}")
        return 0
    found = catalog.find(code)
    if found is None:
        raise click.UsageError(f"没有 {code} 这个编号；nianbao explain 列出全部。")
    console.say(catalog.explain(found))
    return 0


@cli.command("forms")
@_templates
def forms(templates: Path | None) -> int:
    """列出现有的表式。"""
    return console.list_forms(Session(templates).forms(INPUTS / "x"))


def main() -> None:
    """The `nianbao` command."""
    _run(cli, "nianbao")


def generate_main() -> None:
    """The `generate` command: `nianbao generate`."""
    _run(generate, "generate")


def _run(command: click.Command, name: str) -> None:
    console.prepare()
    try:
        code: Any = command.main(prog_name=name, standalone_mode=False)
        console.flush()
    except click.UsageError as problem:
        command_path = problem.ctx.command_path if problem.ctx else name
        console.complain(f"× 用法不对：{_in_chinese(problem)}\n  详细用法：{command_path} --help")
        code = 2
    except Rejected as rejected:
        for finding in rejected.findings:
            console.complain(f"× {finding.message}" + (f"{finding.hint}。" if finding.hint else ""))
        code = rejected.exit_code
    except (KeyboardInterrupt, click.Abort):
        console.complain("× 已中断，没有写完的文件不会留下。")
        code = 3
    except OSError as problem:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(problem, BrokenPipeError):
            console.complain(f"× 屏幕上的话没有写出来：{reason_of(problem)}。")
        code = 3
    except Exception as problem:
        console.complain(
            f"× 程序自己出错了（{type(problem).__name__}：{problem}），没有写出文件；"
            "请把填报文件发给维护的人。"
        )
        code = 3
    sys.exit(code if isinstance(code, int) else 0)


def _in_chinese(problem: click.UsageError) -> str:
    match problem:
        case click.exceptions.NoArgsIsHelpError():
            return f"后面要写命令：{'、'.join(cli.commands)}。"
        case click.NoSuchOption():
            return f"没有 {problem.option_name} 这个选项。"
        case click.MissingParameter():
            return f"少写了 {_typed_as(problem) or '内容'}。"
        case click.BadOptionUsage():
            return f"{problem.option_name} 后面要写内容，或者写法不对。"
        case click.BadParameter():
            kind = problem.param.type if problem.param else None
            name = _typed_as(problem)
            if isinstance(kind, click.Choice):
                return f"{name} 只能写 {'、'.join(kind.choices)}。"
            if isinstance(kind, click.IntRange):
                return f"{name}要写四位数，如 2026。"
            return f"{name} 写得不对。"
        case _ if problem.message.startswith("No such command"):
            return f"没有这个命令；可用的有：{'、'.join(cli.commands)}。"
        case _ if "unexpected extra argument" in problem.message:
            return "多写了内容。"
        case _:
            return problem.message


def _typed_as(problem: click.BadParameter) -> str:
    """An option by its name, an argument by what the usage calls it."""
    if isinstance(problem.param, click.Option):
        return problem.param.opts[0]
    return problem.param.make_metavar(problem.ctx) if problem.param and problem.ctx else ""


def _located(path: Path) -> Path:
    """The path as given, else under inputs/ of the current folder; else either, named otherwise."""
    places = [path] if path.is_absolute() else [path, INPUTS / path]
    return next(filter(os.path.lexists, places), None) or next(filter(other_name, places), path)


def _fix(session: Session, path: Path) -> int:
    try:
        console.show_mended(session.mend(path))
    except Rejected as rejected:
        return _report([Outcome(path, rejected.findings, exit_code=rejected.exit_code)])
    return _report([session.check(path)])


def _one_file_only(files: tuple[Path, ...], last_year: Path | None) -> None:
    if last_year and len(files) > 1:
        raise click.UsageError("--last-year 只能配一个填报文件。")


def _targets(inputs: list[Path], output: str | None) -> list[Path]:
    """Where each document goes. Raises click.UsageError before anything is written."""
    separators = ("/", os.sep)
    if output and not output.endswith(separators):
        if len(inputs) > 1:
            raise click.UsageError("几个填报文件时，-o 后面写文件夹，末尾加 /。")
        if os.path.realpath(output) == os.path.realpath(inputs[0]):
            raise click.UsageError("-o 后面写的就是填报文件，会盖掉它。")
        if Path(output).suffix.lower() not in ("", ".docx") or not Path(output).name:
            raise click.UsageError("-o 后面写 .docx 文件，或者写文件夹、末尾加 /。")
        targets = [Path(output)]
    else:
        folder = Path(output) if output else OUTPUTS
        targets = [folder / f"{bare_name(path)}.docx" for path in inputs]
    for target in targets:
        if reviewcopy.is_name(target):
            raise click.UsageError(f"{target.name} 是审阅稿的名字，报送的报告要换一个名字。")
    seen: dict[str, Path] = {}
    for path, target in zip(inputs, targets, strict=True):
        key = os.path.normcase(os.path.realpath(target))
        if key in seen:
            raise click.UsageError(
                f"{seen[key]} 和 {path} 会写到同一个 {target}，请改名或分开生成。"
            )
        seen[key] = path
    return targets


def _review_target(path: Path, output: str | None) -> Path:
    """Where a review copy goes. Raises click.UsageError for a name that does not say what it is."""
    path = path.with_name(f"{bare_name(path)}.yaml")
    if output is None or output.endswith(("/", os.sep)):
        return Path(output or OUTPUTS) / reviewcopy.name_for(path)
    target = Path(output)
    if target.suffix.lower() != ".docx" or not reviewcopy.is_name(target):
        raise click.UsageError(
            f"审阅稿的名字里要有“审阅稿”，免得当成报告报送，如 {reviewcopy.name_for(path)}。"
        )
    return target


def _report(outcomes: list[Outcome]) -> int:
    for outcome in outcomes:
        console.tell(outcome)
    if len(outcomes) > 1:
        passed = sum(outcome.accepted for outcome in outcomes)
        console.say(
            f"共 {len(outcomes)} 个填报文件，通过 {passed} 个，退回 {len(outcomes) - passed} 个"
        )
    return max(outcome.exit_code for outcome in outcomes)
