"""An input or form file's bytes read as YAML, whatever they hold.

Knows the order of steps (encoding, characters, lines, parser) and what is too
large to be read. Built on the event stream of libyaml, or PyYAML's own parser
where libyaml is missing; `scan` makes both read the same. Nothing is
constructed and no type is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import yaml

from nianbao.chinese import characters
from nianbao.chinese.characters import SOFT_BREAKS
from nianbao.chinese.lines import Lines
from nianbao.chinese.lines import of as lines_of
from nianbao.diagnostics import MAX_FINDINGS, Edit, Finding, Location, edit, finding
from nianbao.source.brackets import MAX_DEPTH, too_deep
from nianbao.source.builder import Builder
from nianbao.source.complaint import explain
from nianbao.source.encoding import Decoded, decode
from nianbao.source.names import Names
from nianbao.source.scan import Scan, scan
from nianbao.source.tree import Node, Source

MAX_BYTES = 2_000_000
MAX_LINES = 20_000

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(data: bytes, names: Names | None = None) -> Source:
    """The tree of a file in any encoding that `encoding` knows (a BOM is not counted).

    With `names`, a key is told from a line of text by its name. Never raises for what the
    bytes hold; at most MAX_BYTES, MAX_DEPTH levels.
    """
    if len(data) > MAX_BYTES:
        return Source(None, (too_large(len(data)),))
    return read_decoded(decode(data), names)


def read_decoded(decoded: Decoded, names: Names | None = None) -> Source:
    """The same of a file whose encoding is known already."""
    if decoded.lines is None:
        return Source(None, decoded.findings)
    tree = read_lines(decoded.lines, names)
    return replace(tree, findings=decoded.findings + tree.findings)


def too_large(size: int) -> Finding:
    """The finding for a file of `size` bytes, more than MAX_BYTES."""
    message = f"文件有 {size:,} 字节，超过上限 {MAX_BYTES:,} 字节。"
    return finding("Y107", message, hint="填报文件只写文字和数，不要嵌入别的内容")


def read_text(text: str) -> Source:
    """The tree of a text whose bytes are already known to be sound."""
    return read_lines(lines_of(text))


def read_lines(lines: Lines, names: Names | None = None) -> Source:
    """The same of a text by its lines, with `names` as for `read`."""
    if len(lines.texts) > MAX_LINES:
        return Source(None, (_too_long(len(lines.texts)),), lines)
    forbidden, clean = characters.refuse(lines)
    scanned = scan(clean, names)
    findings = (
        *_soft_breaks(forbidden, lines, scanned),
        *_lone_returns(lines),
        *scanned.findings,
    )
    deep = any(finding.code == "Y107" for finding in findings)
    if scanned.given_up or deep or len(findings) > MAX_FINDINGS:
        return Source(None, findings, lines)
    root, told = _parsed(scanned)
    if root is None and not findings and not told:
        told = [_empty()]
    return Source(root, (*findings, *told), lines)


def _parsed(scanned: Scan) -> tuple[Node | None, list[Finding]]:
    """The tree of what the scan left for the parser, None where it cannot be parsed."""
    builder = Builder(scanned)
    try:
        for event in yaml.parse(scanned.parseable, Loader=_PARSER):
            builder.take(event)
            if builder.ended:
                break
            if builder.depth > MAX_DEPTH:
                return None, [too_deep(builder.last)]
    except yaml.YAMLError as problem:
        return None, explain(problem, scanned)
    return builder.root, builder.findings


def _too_long(count: int) -> Finding:
    message = f"文件有 {count:,} 行，超过上限 {MAX_LINES:,} 行。"
    return finding("Y107", message, hint="填报文件没有这么长，看看是不是拿错了文件")


def _empty() -> Finding:
    return finding(
        "Y105",
        "文件是空的，没有任何内容。",
        at=Location(1, 1),
        hint="用 nianbao new 起一份填报文件",
    )


def _soft_breaks(findings: list[Finding], lines: Lines, scanned: Scan) -> Iterator[Finding]:
    """What Word breaks a line with, inside a `|` text, was meant as a line's end."""
    margins = {reading.number: reading.margin for reading in scanned.readings}
    for told in findings:
        place = told.location
        margin = margins.get(place.line) if place else None
        char = lines.texts[place.line - 1][place.column - 1] if place else ""
        if place and margin is not None and char in SOFT_BREAKS:
            change = edit(place.line, place.column, place.column + 1, "\n" + " " * margin)
            told = replace(told, mend=(change,))
        yield told


def _lone_returns(lines: Lines) -> list[Finding]:
    """A note on carriage returns that end a line alone, among line ends of another kind."""
    alone = [line for line, end in enumerate(lines.ends, 1) if end == "\r"]
    if not alone or len(alone) == len(lines.ends) - 1:
        return []
    ends = [Location(line, len(lines.texts[line - 1]) + 1) for line in alone]
    return [
        finding(
            "Y114",
            f"这一行末尾只有一个回车符，别处不是这样换行的，共 {len(alone)} 处。",
            at=ends[0],
            hint="已经当作换行；多半是从别的软件粘贴带来的，看看是不是该换行，nianbao fix 会改成一样的",
            mend=[Edit(end, Location(end.line + 1, 1), "\n") for end in ends],
        )
    ]
