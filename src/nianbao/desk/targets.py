"""Where an input is found and where what is made of it goes.

Knows the two folders of an office and what `-o` may say; every refusal is a
usage error, raised before anything is written: so is every target that the
report is made from. Opens no file.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from nianbao.chinese.wording import plain
from nianbao.form.pair import SUFFIX
from nianbao.source.inputfile import bare_name, other_name

INPUTS, OUTPUTS = Path("inputs"), Path("outputs")
_REVIEW = "审阅稿"
"""In the name of a review copy, so that nobody mails it for the report."""
_SEPARATORS = ("/", os.sep)


def located(path: Path) -> Path:
    """The path as given, else under inputs/ of the current folder; else either, named otherwise."""
    places = [path] if path.is_absolute() else [path, INPUTS / path]
    return next(filter(os.path.lexists, places), None) or next(filter(other_name, places), path)


def of_documents(inputs: list[Path], output: str | None) -> list[Path]:
    """Where the document of each input goes."""
    if output and not output.endswith(_SEPARATORS):
        targets = [_of_one_document(inputs, output)]
    else:
        folder = Path(output) if output else OUTPUTS
        targets = [folder / f"{bare_name(path)}.docx" for path in inputs]
    for target in targets:
        if is_review(target):
            raise click.UsageError(f"{target.name} 是审阅稿的名字，报送的报告要换一个名字。")
        _refuse_source(target, inputs)
    _refuse_doubled(inputs, targets)
    return targets


def of_review(path: Path, output: str | None) -> Path:
    """Where a review copy goes; its name says what it is."""
    name = review_name(path)
    if output is None or output.endswith(_SEPARATORS):
        target = Path(output or OUTPUTS) / name
    else:
        target = Path(output)
    if target.suffix.lower() != ".docx" or not is_review(target):
        raise click.UsageError(f"审阅稿的名字里要有“{_REVIEW}”，免得当成报告报送，如 {name}。")
    _refuse_source(target, [path])
    return target


def review_name(path: Path) -> str:
    """What the review copy of an input is called."""
    return f"{bare_name(path)}.{_REVIEW}.docx"


def of_starter(year: int, output: str | None) -> Path:
    """Where a new year's input file goes."""
    target = Path(output) if output else INPUTS / f"{year}.yaml"
    if target.suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError(f"-o 后面写 .yaml 文件，如 {INPUTS / f'{year}.yaml'}。")
    return target


def of_import(path: Path, output: str | None) -> Path:
    """Where what a document comes to goes; one that is there is a usage error."""
    target = Path(output) if output else INPUTS / f"{path.stem}.yaml"
    if target.suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError(f"-o 后面写 .yaml 文件，如 {INPUTS / '2024.yaml'}。")
    if os.path.lexists(target):
        raise click.UsageError(f"{target} 已经有了，没有动它；换一个名字，或者先把它移走。")
    return target


def to_type(path: Path) -> str:
    """The shortest that `located` finds a file by."""
    return path.name if path.parent == INPUTS else path.as_posix()


def _of_one_document(inputs: list[Path], output: str) -> Path:
    if len(inputs) > 1:
        raise click.UsageError("几个填报文件时，-o 后面写文件夹，末尾加 /。")
    _refuse_source(Path(output), inputs)
    if Path(output).suffix.lower() not in ("", ".docx") or not Path(output).name:
        raise click.UsageError("-o 后面写 .docx 文件，或者写文件夹、末尾加 /。")
    return Path(output)


def is_review(path: Path) -> bool:
    return _REVIEW in plain(path.stem)


def _refuse_source(target: Path, inputs: list[Path]) -> None:
    """Refuse an input, a form file, and a .docx that stands beside its form file."""
    real = os.path.realpath(target)
    if real in map(os.path.realpath, inputs):
        raise click.UsageError("-o 后面写的就是填报文件，会盖掉它。")
    if real.endswith(SUFFIX) or os.path.lexists(os.path.splitext(real)[0] + SUFFIX):
        raise click.UsageError(f"{target} 是表式或者它的模板，会盖掉它；换一个名字或者文件夹。")


def _refuse_doubled(inputs: list[Path], targets: list[Path]) -> None:
    seen: dict[str, Path] = {}
    for path, target in zip(inputs, targets, strict=True):
        key = os.path.normcase(os.path.realpath(target))
        if key in seen:
            raise click.UsageError(
                f"{seen[key]} 和 {path} 会写到同一个 {target}，请改名或分开生成。"
            )
        seen[key] = path
