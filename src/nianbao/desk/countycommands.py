"""The commands of an upper office: what may be typed, and the exit code.

Thin click commands over `rollingup`, as `cli` is over the rest. 0 the sum is
complete, 1 it lacks a unit or does not balance, 2 usage, 3 a file problem.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from nianbao.desk import console
from nianbao.desk.pipeline import Session

_PATH = click.Path(path_type=Path, readable=False)
_sources = click.argument("sources", nargs=-1, required=True, metavar="文件或文件夹…", type=_PATH)
_roster = click.option("--roster", metavar="名单.csv", type=_PATH, help="该报送的单位")
_own = click.option("--own", metavar="本级.yaml", type=_PATH, help="本级自己的，加进去")
_templates = click.option("--templates", metavar="文件夹", type=_PATH, help="放表式和模板的文件夹")
_no_cache = click.option("--no-cache", is_flag=True, help="读好的表式和模板不存起来，也不用存着的")


@click.command("rollup")
@_sources
@click.option("-o", "--output", metavar="县2025.yaml", type=_PATH, help="总和写到哪里")
@_roster
@_own
@click.option("--unit", metavar="单位", default="", help="写进去的单位全称；不写就同 --own 的")
@click.option("--last-year", metavar="文件夹", type=_PATH, help="上年各单位的报告在哪里")
@click.option("--workbook", metavar="汇总.xlsx", type=_PATH, help="另写一份电子表格")
@click.option(
    "--return", "returned_to", metavar="文件夹/", type=_PATH, help="要退回的，批注和说明写到这里"
)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
@_templates
@_no_cache
def rollup(
    sources: tuple[Path, ...],
    output: Path | None,
    roster: Path | None,
    own: Path | None,
    unit: str,
    last_year: Path | None,
    workbook: Path | None,
    returned_to: Path | None,
    style: str,
    templates: Path | None,
    no_cache: bool,
) -> int:
    """核对各单位报来的，逐格相加，写成本级的填报文件。"""
    from nianbao.desk import rollingup, rollupsaid

    _refuse_ending(output, (".yaml", ".yml"), "-o 后面写 .yaml 文件，如 县2025.yaml。")
    _refuse_ending(workbook, (".xlsx",), "--workbook 后面写 .xlsx 文件，如 汇总.xlsx。")
    wanted = rollingup.Wanted(
        sources=sources,
        output=output,
        roster=roster,
        own=own,
        unit=unit,
        last_year=last_year,
        workbook=workbook,
        returned_to=returned_to,
    )
    done = rollingup.run(wanted, Session(templates, keep=not no_cache), console.progress)
    if style == "json":
        console.say_all(rollupsaid.as_json(done))
    else:
        console.say_in_colours(rollupsaid.lines(done))
    return done.exit_code


@click.command("trace")
@click.argument("name", metavar="名称")
@_sources
@_roster
@_own
@_templates
@_no_cache
def trace(
    name: str,
    sources: tuple[Path, ...],
    roster: Path | None,
    own: Path | None,
    templates: Path | None,
    no_cache: bool,
) -> int:
    """列出一个数在各单位是多少，加起来是多少。"""
    from nianbao.county import roster as rosters
    from nianbao.county import standing
    from nianbao.county import trace as traces
    from nianbao.desk import gathering, rollingup, rollupsaid, targets
    from nianbao.form.figure import FigureError

    known = rosters.read(targets.located(roster)) if roster else None
    gathered = gathering.gather(
        sources, Session(templates, keep=not no_cache), own=own, progress=console.progress
    )
    standings = standing.of(gathered.returned, known)
    if standings.form is None:
        raise click.UsageError("一份也没有读出来；先运行 nianbao check 看看为什么。")
    try:
        found = traces.of(name, standings)
    except ValueError as problem:
        hint = f"{problem.hint}。" if isinstance(problem, FigureError) else ""
        raise click.UsageError(f"{problem}{hint}") from problem
    wanting = rollingup.lacking(standings)
    console.say_in_colours(rollupsaid.of_trace(found, standings.kinds, wanting))
    return int(not standings.complete)


def begin_for_units(
    roster: Path,
    output: str | None,
    *,
    year: int,
    source: Path | None,
    form: str | None,
    session: Session,
) -> int:
    """`new --roster`."""
    from nianbao.desk import forunits, rollupsaid

    if not output or not output.endswith(("/", os.sep)):
        raise click.UsageError("有 --roster 时，-o 后面写文件夹，末尾加 /，如 -o 发给各镇/。")
    folder = Path(output)
    begun = forunits.begin(
        roster,
        folder,
        year=year,
        source=source,
        wanted=form,
        session=session,
        progress=console.progress,
    )
    console.say_in_colours(rollupsaid.of_begun(begun, folder))
    return max(each.exit_code for each in begun)


def _refuse_ending(path: Path | None, endings: tuple[str, ...], said: str) -> None:
    if path and path.suffix.lower() not in endings:
        raise click.UsageError(said)
