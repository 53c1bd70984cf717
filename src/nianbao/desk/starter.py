"""A new year's input file, as text.

Knows how to lay a form out as a file to be filled in: comments that teach,
column names above every group of rows, what carries over from last year. What
must be counted anew is left blank, which is an error until it is typed. Knows
no form's words; its own are the comments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from nianbao.chinese.wording import Script, convert
from nianbao.form import nothing
from nianbao.form.contract import ANSWERS, NOTE, UNIT, YEAR
from nianbao.form.dated import in_year
from nianbao.form.form import FieldKind, Form, Section
from nianbao.form.kind import COUNT, MONEY, Figure, Text
from nianbao.form.row import Added, Cell, Column, Group, Row
from nianbao.report.report import Report
from nianbao.source import parsing, tree

_HEAD = (
    "# {year} 年度填报文件。用记事本改，改完存盘（编码选 UTF-8），再运行：{command} {name}",
    "# 冒号用半角“:”，后面空一格；行首的空格不要动，也不要用 Tab。# 后面是说明，不会印出来。",
)
_FIGURES = (
    "# 空着的都要填；没有就填 0。表里的数可以用到正文里，如 {{{{年度}}}}、{{{{{example}}}}}。"
)
_TEXTS = "# 空着的都要填。正文里可以写 {{{{年度}}}}、{{{{单位}}}}，印的时候换成这份报告的。"

_TAIL = (
    "# 检查要求核实、而数确实没错的，照抄检查结果给出的那一行，冒号后写明原因：",
    f"# {ANSWERS}:",
    "#   编号 位置 数: 原因",
)


def text(
    form: Form,
    *,
    year: int,
    unit: str,
    last: Report | None,
    name: str,
    command: str = "generate",
    known: Mapping[str, str] | None = None,
) -> str:
    """The file's text, to be called `name`; in Traditional where last year's is.

    `command` is what its reader types to have the report made; `known` is what is known of this
    year's rows, by address. What an office typed is kept out of the conversion.
    """
    typed: list[str] = []

    def keep(text: str) -> str:
        typed.append(text)
        return chr(0xE000 + len(typed) - 1)

    form = in_year(form, year)
    begun = {"year": year, "example": example(form)}
    begun |= {"name": keep(name), "command": keep(command)}
    counts = any(cell.kind.numeric for cell in form.cells.values())
    lines = [line.format(**begun) for line in (*_HEAD, _FIGURES if counts else _TEXTS)]
    lines += ["", *_fields(form, year=year, unit=unit, last=last, keep=keep)]
    follows = last is not None and last.year == year - 1 and last.form.id == form.id
    carried = _of_nothing(form)
    if last and follows:
        carried |= _carried(form, last) | _repeated(form, last, keep)
    carried |= {address: keep(typed) for address, typed in (known or {}).items()}
    for section in form.sections:
        lines += ["", *_part(section, carried=carried, last=last, keep=keep)]
    lines += ["", *_names(form, last, keep), "", *_TAIL]
    whole = "\n".join(lines) + "\n"
    if last and last.script is Script.HANT:
        whole = convert(whole, Script.HANT)
    return re.sub("[\ue000-\uf8ff]", lambda mark: typed[ord(mark[0]) - 0xE000], whole)


def _part(
    section: Section, *, carried: dict[str, str], last: Report | None, keep: Callable[[str], str]
) -> Iterator[str]:
    if section.guidance:
        yield f"# {section.guidance}"
    if section.table:
        yield f"{section.key}:"
        yield from _items(section.table.items, indent="  ", carried=carried)
        yield f"  # {NOTE}: 印在表下的说明，不用就留着行首的 #"
    else:
        yield f"{section.key}: |"
        yield from [f"  {keep(line)}" for line in _carried_narrative(section, last)] or ["  "]


def example(form: Form) -> str:
    """A name to show as a bound figure: best one that has a total and must be typed."""
    rows = sorted(
        (row for table in form.tables() for row in table.rows()),
        key=lambda row: (row.total() is None, not row.starts_blank),
    )
    if not rows:
        return UNIT
    return rows[0].key if rows[0].total() else f"{rows[0].key}.{rows[0].columns[0].key}"


def _fields(
    form: Form, *, year: int, unit: str, last: Report | None, keep: Callable[[str], str]
) -> Iterator[str]:
    yield f"{UNIT}: {keep(scalar(unit))}"
    yield f"{YEAR}: {year}"
    due = year + form.requirements.due_after
    examples = {
        FieldKind.MOMENT: f"{due}-01-15 09:00" if due > year else f"{due}-12-15 09:00",
        FieldKind.DATE: f"{due}-01-12" if due > year else f"{due}-12-12",
        FieldKind.TEXT: "",
    }
    for declared in form.fields:
        if declared.kind is FieldKind.NAMES:
            continue
        value = last.fields.get(declared.key, "") if last else ""
        if declared.kind is FieldKind.TEXT and value:
            yield f"{declared.key}: {keep(scalar(value))}"
        elif declared.required:
            teaches = "、".join(declared.options) or declared.pattern or examples[declared.kind]
            yield f"{declared.key}:{f'      # {teaches}' if teaches else ''}"
        elif declared.options:
            yield f"# {declared.key}: {declared.options[0]}      # {'、'.join(declared.options)}"
        else:
            yield f"# {declared.key}: {examples[declared.kind]}".rstrip()


def _names(form: Form, last: Report | None, keep: Callable[[str], str]) -> Iterator[str]:
    for declared in form.fields:
        if declared.kind is FieldKind.NAMES:
            names = [
                last.fields.get(f"{declared.key}.{m}", "") if last else "" for m in declared.members
            ]
            inner = ", ".join(
                f"{member}: {keep(scalar(name)) if name else ''}"
                for member, name in zip(declared.members, names, strict=True)
            )
            yield f"{declared.key}: {{{inner}}}"


def _items(
    items: tuple[Row | Group, ...], *, indent: str, carried: dict[str, str]
) -> Iterator[str]:
    above: tuple[Column, ...] = ()
    for item in items:
        if isinstance(item, Group):
            deeper = indent if item.optional else indent + "  "
            if not item.optional:
                yield f"{indent}{item.key}:"
            yield from _items(item.items, indent=deeper, carried=carried)
            above = ()
            continue
        if item.columns != above:
            yield from (f"{indent}# {line}" for line in _columns(item))
            above = item.columns
        if item.added:
            yield from _rows_to_add(item, item.added, indent, carried=carried)
            continue
        if len(item.columns) == 1 and isinstance(item.cells()[0].kind, Text):
            yield f"{indent}# {_taught(item.cells()[0])}"  # behind a text it would be an error
        yield f"{indent}{item.key}:{_to_type(item, carried)}"


def _rows_to_add(row: Row, added: Added, indent: str, *, carried: dict[str, str]) -> Iterator[str]:
    """A row that may be written as often as needed: none, or blank where there must be some."""
    shown = ", ".join(f"{cell.column.key}: {cell.kind.example}" for cell in row.cells())
    fewest = f"至少 {added.fewest:,} 行，" if added.fewest else "没有就写 []，"
    yield f"{indent}# 一行写一项，{fewest}最多 {added.most:,} 行，照这个样子："
    yield f"{indent}#   - {{{shown}}}"
    blank = row.starts_blank or added.fewest
    yield f"{indent}{row.key}:{carried.get(row.address) or ('' if blank else ' []')}"


def _columns(row: Row) -> Iterator[str]:
    """Comments on the columns of the rows to come: their names, and what is no count."""
    names = ", ".join(column.key for column in row.columns)
    if len(row.columns) > 1:
        yield f"各列依次是：{names}"
        taught = [(c.column.key, _taught(c)) for c in row.cells()]
        if any(words for _, words in taught):
            yield "；".join(f"{name}：{words}" for name, words in taught if words)
    elif not row.columns[0].unprinted:
        yield names


def _taught(cell: Cell) -> str:
    """What is to be typed in a cell, where that is no number as every form has."""
    kind, blank = cell.kind, cell.takes.blank
    words = "" if kind.word in (COUNT.word, MONEY.word) else kind.wanted
    if words and kind.example not in words:
        words += f"，如 {kind.example}"
    instead = f"没有的写 {' 或 '.join(blank.words)}" if blank.words else ""
    empty = "可以空着" if blank.possible else ""
    if blank.when:
        empty = f"“{blank.when.words}”的时候可以空着"
    return "，".join(filter(None, (words, instead, empty)))


def _to_type(row: Row, carried: dict[str, str]) -> str:
    """What stands behind a row's colon: what carries over, 0, or a comment on what is to come."""
    typed = carried.get(row.address)
    if typed:
        return f" {typed}"
    cells, count = row.cells(), len(row.columns)
    unwritten = all(cell.kind.numeric or cell.takes.blank.possible for cell in cells)
    if (
        typed is None
        and unwritten
        and not row.starts_blank
        and any(cell.kind.numeric for cell in cells)
    ):
        return " 0"
    if count == 1:
        comment = "" if isinstance(cells[0].kind, Text) else _taught(cells[0]) or row.unit
        return f"      # {comment}" if comment else ""
    if all(cell.kind.word == COUNT.word for cell in cells):
        zeros = ", ".join("0" * count)
        return f"      # 依次填 {count} 个数，写成 [{zeros}] 的样子"
    shown = ", ".join(cell.kind.example for cell in cells)
    return f"      # 依次填 {count} 项，写成 [{shown}] 的样子"


def _of_nothing(form: Form) -> dict[str, str]:
    """Rows that begin as 0 and hold a rate that is none then, as lists to type."""
    rows = [row for t in form.tables() for row in t.rows() if not (row.starts_blank or row.added)]
    refusing = [r for r in rows if any(nothing.refuses_zero(c, form.rates) for c in r.cells())]
    return {
        row.address: nothing.row(row, form.rates)
        for row in refusing
        if all(cell.kind.numeric or cell.takes.blank.possible for cell in row.cells())
    }


def _carried(form: Form, last: Report) -> dict[str, str]:
    """Rows whose cells a cross-year tie takes straight from last year, as they are typed.

    A list; where only some of the cells are carried, names, the others still to be typed.
    """
    values: dict[Row, dict[str, str]] = {}
    for table in form.tables():
        for tie in table.ties:
            pair = tie.carries()
            if pair:
                before, now = pair
                number = last.numbers.get(before.address)
                if number and isinstance(now.kind, Figure):
                    typed = "" if number.blank else now.kind.typed(number.value)
                    values.setdefault(now.row, {})[now.column.key] = typed
    return {
        row.address: in_part(row, cells) for row, cells in values.items() if any(cells.values())
    }


def in_part(row: Row, cells: Mapping[str, str]) -> str:
    """The cells of a row that are known, by column: a list of all, else names."""
    if len(row.columns) == 1:
        return cells[row.columns[0].key]
    if len(cells) == len(row.columns) and all(cells.values()):
        return f"[{', '.join(cells[c.key] for c in row.columns)}]"
    named = (f"{scalar(c.key)}: {cells.get(c.key, '')}" for c in row.columns)
    return f"{{{', '.join(named)}}}"


def _repeated(form: Form, last: Report, keep: Callable[[str], str]) -> dict[str, str]:
    """Rows of one cell that stay as they were last year, as they were typed."""
    rows = (row for table in form.tables() for row in table.rows() if row.repeats)
    known = ((row.address, last.numbers.get(row.cells()[0].address)) for row in rows)
    typed = {address: number.typed for address, number in known if number}
    return {address: keep(scalar(text)) for address, text in typed.items() if text}


def _carried_narrative(section: Section, last: Report | None) -> list[str]:
    """The introduction (the part that no heading stands over), its year bound."""
    if last is None or section.headed:
        return []
    return [_with_year_bound(p.text, last.year) for p in last.narratives.get(section.name, ())]


def _with_year_bound(text: str, year: int) -> str:
    """`year` as {{年度}}, except inside 《》, where it belongs to a title."""
    outside = re.split(r"(《[^》]*》|〔[^〕]*〕)", text)
    bound = f"{{{{{YEAR}}}}}"
    return "".join(
        piece if n % 2 else re.sub(rf"(?<!\d){year}(?=年)", bound, piece)
        for n, piece in enumerate(outside)
    )


def scalar(text: str) -> str:
    """`text` as YAML that reads back the same: plain where that is safe."""
    read = parsing.read_text(f"甲: {text}")
    match read.root:
        case tree.Mapping(entries=[tree.Entry(value=tree.Scalar() as value)]):
            plain = value.text == text and not value.comment and not read.findings
        case _:
            plain = False
    if plain and not re.search(r"[,\[\]{}]", text):
        return text
    return "'" + text.replace("'", "''") + "'"
