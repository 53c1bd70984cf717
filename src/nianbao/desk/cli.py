"""The commands: what may be typed, and the exit code.

Thin click commands over `pipeline`; knows options, no checks and no forms. 0
written or accepted, 1 the input was rejected, 2 usage, 3 a file, template or
disk problem.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

import nianbao
from nianbao.chinese.characters import FORBIDDEN_IN_TEXT
from nianbao.chinese.wording import Script
from nianbao.desk import console, targets, usage
from nianbao.desk.outcome import Outcome, Work
from nianbao.desk.pipeline import Session
from nianbao.desk.usage import ChineseGroup
from nianbao.diagnostics import Rejected, reason_of, unusable

_MAX_UNIT = 200
_PATH = click.Path(path_type=Path, readable=False)
"""Whether it can be read is told by whoever reads it."""
_files = click.argument("files", nargs=-1, required=True, metavar="填报文件…", type=_PATH)
_templates = click.option("--templates", metavar="文件夹", type=_PATH, help="放表式和模板的文件夹")
_no_cache = click.option("--no-cache", is_flag=True, help="读好的表式和模板不存起来，也不用存着的")
_last_year = click.option(
    "--last-year",
    metavar="文件",
    type=_PATH,
    help="上年的填报文件（只能配一个填报文件）",
)
_script = click.option(
    "--script",
    type=click.Choice([script.value for script in Script]),
    help="把文字转换成简体（zh-Hans）或繁体（zh-Hant）",
)
_strict = click.option("--strict", is_flag=True, help="要核实的没有说明，也不通过")


_style = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text 给人看，json 给程序看",
)


_COUNTY = ("rollup", "trace")


class _Group(ChineseGroup):
    """The tool; the commands of an upper office are loaded where one is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_COUNTY])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COUNTY:
            return super().get_command(ctx, cmd_name)
        from nianbao.desk import countycommands

        command: click.Command = getattr(countycommands, cmd_name)
        return command


@click.group(cls=_Group)
@click.version_option(nianbao.__version__, message="nianbao %(version)s", help="显示版本")
def cli() -> None:
    """把一年的填报文件核对无误后，套印成正式的 Word 报告。"""


@cli.command("generate")
@_files
@click.option(
    "-o", "--output", metavar="文件.docx|文件夹/", help="写到哪里；不写就是 outputs/ 下的同名 .docx"
)
@_script
@click.option("--html", "page", is_flag=True, help="在 Word 旁边另写一份网页，供网站发布")
@_templates
@_no_cache
@_last_year
@_strict
def generate(
    files: tuple[Path, ...],
    output: str | None,
    script: str | None,
    page: bool,
    templates: Path | None,
    no_cache: bool,
    last_year: Path | None,
    strict: bool,
) -> int:
    """检查填报文件，没有错才写出 Word 报告。"""
    _one_file_only(files, last_year)
    inputs = [targets.located(path) for path in files]
    documents = targets.of_documents(inputs, output)
    session = Session(
        templates=templates,
        last_year=last_year,
        script=Script(script) if script else None,
        strict=strict,
        keep=not no_cache,
    )
    return console.report(
        [
            session.generate(path, target, page=page)
            for path, target in zip(inputs, documents, strict=True)
        ]
    )


@cli.command("check")
@_files
@_style
@_templates
@_no_cache
@_last_year
@_strict
def check(
    files: tuple[Path, ...],
    style: str,
    templates: Path | None,
    no_cache: bool,
    last_year: Path | None,
    strict: bool,
) -> int:
    """只检查，不写文件。"""
    _one_file_only(files, last_year)
    session = Session(templates=templates, last_year=last_year, strict=strict, keep=not no_cache)
    outcomes = [session.check(path) for path in _every(files)]
    if style == "json":
        from nianbao.desk import record

        console.say_all(record.as_json(outcomes))
        return max(outcome.exit_code for outcome in outcomes)
    return console.report(outcomes)


@cli.command("review")
@click.argument("file", metavar="填报文件", type=_PATH)
@click.option(
    "-o",
    "--output",
    metavar="文件.审阅稿.docx|文件夹/",
    help="写到哪里；不写就是 outputs/ 下的同名 .审阅稿.docx",
)
@_templates
@_no_cache
@_last_year
@_strict
def review(
    file: Path,
    output: str | None,
    templates: Path | None,
    no_cache: bool,
    last_year: Path | None,
    strict: bool,
) -> int:
    """把检查结果写成批注，放进一份 Word 审阅稿，给不看命令的人看。"""
    path = targets.located(file)
    target = targets.of_review(path, output)
    return console.report(
        [
            Session(
                templates=templates, last_year=last_year, strict=strict, keep=not no_cache
            ).review(path, target)
        ]
    )


@cli.command("mail")
@click.argument("file", metavar="填报文件", type=_PATH)
@click.option("--to", metavar="收信人", help="收信人的邮箱，几个用逗号隔开")
@_script
@_templates
@_no_cache
@_last_year
@_strict
def mail(
    file: Path,
    to: str | None,
    script: str | None,
    templates: Path | None,
    no_cache: bool,
    last_year: Path | None,
    strict: bool,
) -> int:
    """核对以后，把要报送的报告、说明和邮件放进“报送”下面的一个文件夹。"""
    from nianbao.desk import mailing

    recipients = mailing.addresses(to) if to is not None else ()
    if recipients is None:
        raise click.UsageError("--to 后面写邮箱，如 xxgk@example.gov.cn，几个用逗号隔开。")
    session = Session(
        templates=templates,
        last_year=last_year,
        script=Script(script) if script else None,
        strict=strict,
        keep=not no_cache,
    )
    return console.report([session.mail(targets.located(file), recipients)])


@cli.command("fix")
@_files
@_templates
@_no_cache
def fix(files: tuple[Path, ...], templates: Path | None, no_cache: bool) -> int:
    """把只有一种意思的写法改正过来，原来的留一份；其余的列出来。"""
    session = Session(templates, keep=not no_cache)
    return max(_fix(session, targets.located(path)) for path in files)


@cli.command("import")
@click.argument("file", metavar="文档", type=_PATH)
@click.option(
    "-o", "--output", metavar="文件.yaml", help="写到哪里；不写就是 inputs/ 下的同名 .yaml"
)
@click.option(
    "--into", metavar="文件.yaml", type=_PATH, help="把文档里改过的写回这个填报文件，别的不动"
)
@_style
@_templates
@_no_cache
def import_(
    file: Path,
    output: str | None,
    into: Path | None,
    style: str,
    templates: Path | None,
    no_cache: bool,
) -> int:
    """把 Word 文件、网页或者贴来的文字读成填报文件；没有读准的留空，写着原来是什么。"""
    from nianbao.desk import importing
    from nianbao.desk.shelf import Shelf

    path = targets.located(file)
    if into is not None:
        if output is not None:
            raise click.UsageError("--into 和 -o 只能写一个。")
        return _write_back(path, targets.located(into), Session(templates, keep=not no_cache))
    shelf = Shelf(templates, keep=not no_cache)
    written = importing.bring(path, targets.of_import(path, output), shelf)
    if style == "json":
        console.say_all(importing.as_json(written, path))
    else:
        for line in importing.said(written, path):
            console.say(line)
    return written.exit_code


@cli.command("compare")
@click.argument("was", metavar="原来的", type=_PATH)
@click.argument("now", metavar="现在的", type=_PATH)
@_templates
@_no_cache
def compare(was: Path, now: Path, templates: Path | None, no_cache: bool) -> int:
    """比两份报告的数和文字：填报文件、Word 文件、网页，随便哪两份。"""
    from nianbao.desk import comparing

    session = Session(templates, keep=not no_cache)
    code, lines = comparing.compared(targets.located(was), targets.located(now), session)
    for line in lines:
        console.say(line)
    return code


@cli.command("new")
@click.argument("year", type=click.IntRange(1949, 2199), metavar="年度")
@click.option("--unit", metavar="单位", help="单位全称；有 --from 时可以不写")
@click.option(
    "--from",
    "source",
    metavar="文件",
    type=_PATH,
    help="上年的填报文件：单位、审签、引言照抄，结转照填",
)
@click.option(
    "--form", metavar="表式", help="用哪一种表式；不写就同 --from 的、同文件夹里别的填报文件"
)
@click.option("-o", "--output", metavar="文件.yaml", help="写到哪里；不写就是 inputs/年度.yaml")
@click.option(
    "--roster",
    metavar="名单.csv",
    type=_PATH,
    help="给名单上的各单位各起一份；--from、-o 后面写文件夹",
)
@_templates
@_no_cache
def new(
    year: int,
    unit: str | None,
    source: Path | None,
    form: str | None,
    output: str | None,
    roster: Path | None,
    templates: Path | None,
    no_cache: bool,
) -> int:
    """起一份新年度的填报文件，写到 inputs/ 下，不覆盖已有的。"""
    if roster:
        if unit is not None:
            raise click.UsageError("有 --roster 时不写 --unit，单位照名单。")
        session = Session(templates, keep=not no_cache)
        from nianbao.desk import countycommands

        return countycommands.begin_for_units(
            roster, output, year=year, source=source, form=form, session=session
        )
    from nianbao.desk import newyear

    if unit is not None:
        _refuse_unit(unit)
    if not unit and not source:
        raise click.UsageError("要写 --unit 单位全称，或者用 --from 指明上年的填报文件。")
    target = targets.of_starter(year, output)
    findings = newyear.begin(
        target,
        year=year,
        unit=unit,
        source=targets.located(source) if source else None,
        wanted=form,
        session=Session(templates, keep=not no_cache),
    )
    return console.report([Outcome(target, findings, Work.STARTER, written=target)])


@cli.command("explain")
@click.argument("code", required=False, metavar="编号或填报文件")
@click.option("--sentence", metavar="一句话", help="说明正文里的一句话怎样读，同哪些格核对")
@_templates
@_no_cache
def explain(code: str | None, sentence: str | None, templates: Path | None, no_cache: bool) -> int:
    """说明一条检查结果（如 T101）；不写编号就全部列出。"""
    from nianbao import catalog
    from nianbao.desk import parsed

    if sentence is not None:
        for line in parsed.lines_of(
            sentence, Path(code) if code else None, templates, keep=not no_cache
        ):
            console.say(line)
        return 0
    if code is None:
        for entry in catalog.entries():
            console.say(f"{entry.code}  {entry.title}")
        return 0
    found = catalog.find(code)
    if found is None:
        raise click.UsageError(f"没有 {code} 这个编号；nianbao explain 列出全部。")
    console.say_all(catalog.explain(found))
    return 0


@cli.command("forms")
@_templates
@_no_cache
def forms(templates: Path | None, no_cache: bool) -> int:
    """列出现有的表式。"""
    from nianbao.desk import listing
    from nianbao.desk.shelf import Shelf

    return listing.of(Shelf(templates, keep=not no_cache).folders(targets.INPUTS / "x"))


def main() -> None:
    """The `nianbao` command."""
    _run(cli, "nianbao")


def generate_main() -> None:
    """The `generate` command: `nianbao generate`."""
    _run(generate, "generate")


def _run(command: click.Command, name: str) -> None:
    try:
        console.prepare()
        code = _done(command, name)
        console.flush()
    except KeyboardInterrupt:
        console.complain("× 已中断，没有写完的文件不会留下。")
        code = 3
    except OSError as problem:
        console.hang_up(sys.stdout)
        console.complain(f"× 屏幕上的话没有写出来：{reason_of(problem)}。")
        code = 3
    sys.exit(code)


def _done(command: click.Command, name: str) -> int:
    """Do what was typed; the exit code. Raises OSError where the screen takes no more."""
    try:
        _refuse_deleted_folder()
        code: Any = command.main(prog_name=name, standalone_mode=False)
    except click.UsageError as problem:
        command_path = problem.ctx.command_path if problem.ctx else name
        console.complain_of_usage(usage.mistake(problem), command_path)
        return 2
    except Rejected as rejected:
        console.complain_of(rejected.findings)
        return rejected.exit_code
    except click.Abort as problem:
        raise KeyboardInterrupt from problem
    except OSError:
        raise
    except Exception as problem:
        console.complain(
            f"× 程序自己出错了（{type(problem).__name__}：{problem}），没有写出文件；"
            "请把填报文件发给维护的人。"
        )
        return 3
    return code if isinstance(code, int) else 0


def _refuse_deleted_folder() -> None:
    try:
        os.getcwd()
    except OSError as problem:
        hint = "换一个文件夹再运行"
        raise unusable("W101", "当前的文件夹已经删掉了，或者进不去。", hint=hint) from problem


def _write_back(path: Path, target: Path, session: Session) -> int:
    from nianbao.desk import writeback

    result = writeback.bring(path, target, session)
    for line in writeback.said(result, path):
        console.say(line)
    return int(bool(result.left))


def _fix(session: Session, path: Path) -> int:
    try:
        console.show_mended(session.mend(path))
    except Rejected as rejected:
        outcome = Outcome(path, rejected.findings, Work.FIX, exit_code=rejected.exit_code)
        return console.report([outcome])
    outcome = session.check(path)
    outcome.work = Work.FIX
    return console.report([outcome])


def _refuse_unit(unit: str) -> None:
    if FORBIDDEN_IN_TEXT.search(unit) or "\n" in unit or len(unit) > _MAX_UNIT:
        raise click.UsageError("--unit 后面写单位全称，里面有不能用的字符，或者太长。")


def _every(files: tuple[Path, ...]) -> list[Path]:
    """The files, of a folder those that may be reports; one that has none is told of itself."""
    found: list[Path] = []
    for path in map(targets.located, files):
        if not os.path.isdir(path):  # nor one that cannot be reached: whoever reads it tells
            found.append(path)
            continue
        from nianbao.desk import inbox

        found += inbox.of(path).files or [path]
    return found


def _one_file_only(files: tuple[Path, ...], last_year: Path | None) -> None:
    if last_year and len(files) > 1:
        raise click.UsageError("--last-year 只能配一个填报文件。")
