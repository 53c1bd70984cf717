"""A form file (`<form>.form.yaml`) as a Form.

Knows the keys at its top and those of its parts, and what an author may get
wrong in them (F101, F102, at its line); tables, ties, claims and requirements
are read by modules of their own. Knows nothing of the reports that use the form.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from nianbao.diagnostics import (
    Finding,
    Location,
    Rejected,
    capped,
    finding,
    in_order,
)
from nianbao.form import (
    blankfile,
    claimfile,
    declaration,
    headfile,
    pair,
    requirementfile,
    tiefile,
)
from nianbao.form.blockfile import BlockReader, key_of
from nianbao.form.claim import Claims
from nianbao.form.contract import RESERVED
from nianbao.form.declaration import Declaration
from nianbao.form.distinct import Distinct, Tell
from nianbao.form.form import Field, Form, PrintedLine, Section, Table
from nianbao.form.pair import SUFFIX
from nianbao.form.requirement import Requirements
from nianbao.source import parsing, tree

_YEARS = re.compile(r"(\d{4})\s*[-–—至]\s*(\d{4})?$")


def load(path: Path) -> Form:
    """Read a form file. Raises Rejected (exit code 3) with all its mistakes."""
    return read(path, pair.form_bytes(path))


@lru_cache(maxsize=32)
def read(path: Path, data: bytes) -> Form:
    """The form in the bytes of a file; the same bytes are read once a process.

    Raises Rejected (exit code 3) with all its mistakes.
    """
    source = parsing.read(data)
    findings = [finding for finding in source.findings if finding.blocks]
    form = None
    if isinstance(source.root, tree.Mapping):
        reader = _Reader(path, findings.append)
        top = replace(source.root, location=Location(1, 1))
        form = declaration.read(top, "表式文件", findings.append, reader.form)
    elif not findings:
        findings.append(
            finding(
                "F101",
                "表式文件应当是“名称: 内容”的格式。",
                at=Location(1, 1),
                hint="一行一项，从“表式: ”和“版次: ”写起；看看是不是拿错了文件",
            )
        )
    if findings or form is None:
        raise Rejected([replace(f, file=path) for f in capped(in_order(findings))], exit_code=3)
    return form


class _Reader:
    """Reads the parts of a form; whatever a template or an input may name has one name."""

    def __init__(self, path: Path, tell: Tell) -> None:
        self._path = path
        self._in_input = Distinct(tell, "填报文件里的名称")
        self._in_template = Distinct(tell, "模板里的名称")
        self._headings = Distinct(tell, "部分的“印作”")
        self._called: list[tuple[str, Location]] = []
        self._tell = tell
        self._doubtful = False
        """Rows or columns of one name: what names find is not told until they have their own."""
        self._ties: dict[str, tiefile.Declared] = {}
        """What each part declares of its ties, by the part's key."""

    def form(self, top: Declaration) -> Form:
        manner = headfile.manner(top)
        self._blocks = BlockReader(self._doubt, manner)
        fields = tuple(self._field(entry, top) for entry in top.named("要素"))
        lines = tuple(self._line(entry, top, fields) for entry in top.named("印行"))
        sections = top.each("部分", self._section, required=True)
        sections = sections if self._doubtful else self._tied(sections)
        self._not_taken(sections, top)
        first, last = _years(top)
        doubtful = self._doubtful
        claims = partial(claimfile.read, sections=sections, doubtful=doubtful)
        asked = partial(requirementfile.read, sections=sections, fields=fields, doubtful=doubtful)
        return Form(
            id=self._path.name.removesuffix(SUFFIX),
            path=self._path,
            name=top.text("表式", required=True),
            edition=top.text("版次", required=True),
            document_number=top.text("依据", required=True),
            first_year=first,
            last_year=last,
            title=headfile.title(top),
            manner=manner,
            fields=fields,
            lines=lines,
            sections=sections,
            blank_if=()
            if self._doubtful
            else tuple(blankfile.conditions(sections, self._tell).items()),
            claims=top.nested("叙述核对", claims) or Claims(),
            requirements=top.nested("写法要求", asked) or Requirements(),
        )

    def _doubt(self, finding: Finding) -> None:
        self._doubtful = True
        self._tell(finding)

    def _field(self, entry: tree.Entry, top: Declaration) -> Field:
        self._in_input.add(entry.key.text, entry.key.location)
        if entry.key.text not in RESERVED:
            self._call(entry.key.text, entry.key.location)
        return headfile.field(entry, top)

    def _line(self, entry: tree.Entry, top: Declaration, fields: tuple[Field, ...]) -> PrintedLine:
        name, place = entry.key.text, entry.key.location
        self._call(name, place)
        if not name.isidentifier():
            top.wrong(f"“{name}”不能作模板里的名称。", at=place, hint="只用汉字、字母和数字")
        return headfile.line(entry, top, fields)

    def _section(self, part: Declaration) -> Section:
        again = not part.has("模板名") and self._in_input.has(part.text("键"))
        key = key_of(part, self._in_input, taken=RESERVED)
        heading = part.label("印作")
        self._headings.add(heading, part.place("印作"))
        name = part.text("模板名") or key
        place = part.place("模板名" if part.has("模板名") else "键")
        if not again:
            self._call(name, place)
        if name and not name.isidentifier():
            hint = "加一行“模板名: ”，只用汉字、字母和数字"
            part.wrong(f"“{name}”不能作模板里的名称。", at=place, hint=hint)
        return Section(
            key=key,
            label=heading or key,
            also=part.labels("也作"),
            headed=bool(heading),
            name=name,
            guidance=part.text("说明"),
            table=self._table(part),
        )

    def _table(self, part: Declaration) -> Table | None:
        """None for a narrative, to which the words of tables do nothing."""
        if not part.has("块"):
            for word in ("起稿", tiefile.WITHIN, tiefile.ACROSS):
                part.idle(word, "这一部分没有“块”，是一段正文")
            return None
        self._ties[part.text("键")] = tiefile.take(part)
        return Table(self._blocks.items(part), ())

    def _tied(self, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        """The parts with their ties, which may name cells of any part."""
        reader = tiefile.TieReader(sections, self._tell)
        return tuple(
            replace(s, table=replace(s.table, ties=reader.ties(s, s.table, self._ties[s.key])))
            if s.table
            else s
            for s in sections
        )

    def _call(self, name: str, place: Location) -> None:
        """Take a name of the template."""
        self._in_template.add(name, place)
        self._called.append((name, place))

    def _not_taken(self, sections: tuple[Section, ...], top: Declaration) -> None:
        """No name of the template is the address of a cell, or one that every form has."""
        addresses = {c.address for s in sections if s.table for c in s.table.cells()}
        for name, place in self._called:
            if name in addresses:
                top.wrong(f"“{name}”已经是一格的地址。", at=place, hint="换一个名称")
            elif name in RESERVED:
                top.wrong(f"“{name}”在模板里另有意思。", at=place, hint="换一个名称")


def _years(top: Declaration) -> tuple[int, int | None]:
    """The first year and the last, None for no end."""
    typed = top.text("适用年度", required=True)
    years = _YEARS.match(typed)
    first, last = (int(years[1]), int(years[2]) if years[2] else None) if years else (0, None)
    if typed and (not years or (last is not None and last < first)):
        top.wrong(
            f"“适用年度”写的是“{typed}”，看不出是哪几年。",
            at=top.place("适用年度"),
            hint="写成 2021-（自该年起）或 2017-2020",
        )
    return first, last
