"""An input file's tree as a Report.

Knows the contract of input.md: the items at the head, the narratives, the rows
as lists, mappings or 0, the numbers and their notes, 核实说明. Everything that
is missing, unknown or malformed becomes a finding and reading goes on. Knows
the words of the contract; those of a form come from the Form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from nianbao import source
from nianbao.diagnostics import (
    MAX_FINDINGS,
    Finding,
    Location,
    Rejected,
    Severity,
    error,
    note,
)
from nianbao.form import Column, Field, FieldKind, FigureError, Form, Group, Row, Section, Table
from nianbao.keys import Taken, missing, take
from nianbao.narrative import bind, paragraph
from nianbao.report import Answer, Number, Paragraph, Report
from nianbao.wording import BLANKS, Script, convert, names_of, script_of

FORM, UNIT, SHORT, YEAR, TITLE, ANSWERS = "表式", "单位", "简称", "年度", "标题", "核实说明"
NOTE = "注"

_TOP = Location(1, 1)
_YEAR = re.compile(r"((?:19|20|21)\d{2})[ ]*年?$", re.ASCII)
_COUNT = re.compile(r"0|[1-9][0-9]*")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MAX_DIGITS = 12
_BRACKETS = {"（": "）", "(": ")"}
_DATE = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[ T]*(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2}))?)?$",
    re.ASCII,
)
_NO_ANSWER = {"", "/", "\\", "-", "--", "—", "——", "_", "~", "无", "没有", "不适用", "null", "空"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What must be known of a file before its form can be chosen."""

    form: str | None
    form_location: Location
    year: int | None
    year_location: Location


def identify(root: source.Node | None) -> Identity:
    """表式 and 年度 as far as they can be read; `read` reports what is wrong with them."""
    form, form_at, year, year_at = None, _TOP, None, _TOP
    for entry in root.entries if isinstance(root, source.Mapping) else []:
        if isinstance(entry.value, source.Scalar):
            text = entry.value.text.strip(BLANKS)
            if names_of(entry.key.text) & names_of(FORM) and text:
                form, form_at = text, entry.value.location
            elif names_of(entry.key.text) & names_of(YEAR):
                year_at = entry.value.location
                matched = _YEAR.match(text)
                year = int(matched[1]) if matched else None
    return Identity(form, form_at, year, year_at)


def parse_date(text: str) -> date | None:
    """The day of a 成文日期 or 发布时间, or None when it is no date of the calendar."""
    matched = _DATE.match(text)
    if not matched:
        return None
    hour, minute, second = (int(matched[part] or 0) for part in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        return None
    try:
        return date(int(matched["year"]), int(matched["month"]), int(matched["day"]))
    except ValueError:
        return None


def read(
    root: source.Node | None, form: Form, path: Path, script: Script | None = None
) -> tuple[Report, list[Finding]]:
    """The report in `root`, with typed text converted where `script` is given.

    Raises Rejected only when there are more than MAX_FINDINGS.
    """
    reader = _Reader(form, path, script)
    reader.read(root)
    return reader.report, reader.findings


class _Reader:
    """Fills one Report and collects what is wrong on the way."""

    def __init__(self, form: Form, path: Path, forced: Script | None) -> None:
        self.form = form
        self.forced = forced
        self.findings: list[Finding] = []
        self.report = Report(form, path, forced or Script.HANS)
        self._converted: Location | None = None
        self._notes: list[tuple[Section, Taken]] = []
        """Read after all tables, whose figures they may bind."""

    def tell(self, finding: Finding) -> None:
        self.findings.append(finding)
        if len(self.findings) > MAX_FINDINGS:
            raise Rejected(self.findings)

    def read(self, root: source.Node | None) -> None:
        if not isinstance(root, source.Mapping):
            place = root.location if root else _TOP
            self.tell(
                error(
                    "S104",
                    "填报文件应当由“名称: 内容”组成，这里不是。",
                    place,
                    "用 nianbao new 起一份，照着填",
                )
            )
            return
        allowed: dict[str, Sequence[str]] = {
            key: (key,) for key in (FORM, UNIT, SHORT, YEAR, TITLE, ANSWERS)
        }
        allowed |= {field.key: (field.key,) for field in self.form.fields}
        allowed |= {section.key: section.wordings for section in self.form.sections}
        taken = take(root, allowed, "填报文件里", self.tell)
        self.report.places = {key: entry.key.location for key, entry in taken.items()}
        for key in (UNIT, YEAR, *(section.key for section in self.form.sections)):
            if key not in taken:
                self.tell(missing(key, "填报文件", _TOP))
        self._choose_script(taken)
        self._head(taken)
        for section in self.form.sections:
            if section.table and section.key in taken:
                self._table(section, section.table, taken[section.key])
        for section, entry in self._notes:
            self.report.notes[section.name] = self._note(entry)
        for section in self.form.sections:
            if not section.table and section.key in taken:
                paragraphs = self._narrative(section.key, taken[section.key])
                if paragraphs is not None:
                    self.report.narratives[section.name] = paragraphs
                    if not paragraphs:
                        self._empty(section, taken[section.key].key.location)
        if ANSWERS in taken:
            self._answers(taken[ANSWERS])
        if self._converted:
            self.tell(
                note(
                    "V301",
                    f"文字已按 --script 转换成{self.report.script.chinese}，请通读一遍再报送。",
                    self._converted,
                    "人名和单位名里的字，转换后容易变样",
                )
            )

    def _empty(self, section: Section, place: Location) -> None:
        self.tell(
            Finding(
                "N001",
                Severity.CONFIRM,
                f"“{section.label}”一个字也没有写。",
                place,
                section.guidance or "写上内容",
                subject=section.key,
            )
        )

    def _choose_script(self, taken: dict[str, Taken]) -> None:
        if self.forced:
            return
        keys = [UNIT, *(s.key for s in self.form.sections if not s.table)]
        values = [taken[key].value for key in keys if key in taken]
        self.report.script = script_of(v.text for v in values if isinstance(v, source.Scalar))

    def _text(self, typed: str, place: Location) -> str:
        """`typed` as it will be printed: converted only by --script."""
        if not self.forced:
            return typed
        text = convert(typed, self.forced)
        if text != typed and not self._converted:
            self._converted = place
        return text

    def _label(self, words: str) -> str:
        """The form's own words in the report's script."""
        return convert(words, Script.HANT) if self.report.script is Script.HANT else words

    # --- the head of the file -------------------------------------------------

    def _head(self, taken: dict[str, Taken]) -> None:
        report = self.report
        report.unit = self._one_line(UNIT, taken, required=True)
        report.short_name = self._one_line(SHORT, taken)
        if YEAR in taken:
            typed = self._one_line(YEAR, taken, convertible=False, required=True)
            matched = _YEAR.match(typed)
            if matched:
                report.year = int(matched[1])
            elif typed:
                self.tell(
                    error(
                        "V105",
                        f"年度写的是“{typed}”，应当是四位数。",
                        taken[YEAR].value.location,
                        "写成 年度: 2025",
                    )
                )
        for declared in self.form.fields:
            if declared.key in taken:
                self._field(declared, taken)
        title = self._one_line(TITLE, taken)
        own = {UNIT: report.unit, YEAR: str(report.year), SHORT: report.short_name}
        report.title = title or fill(self.form.title, own, self._label) or ""

    def _field(self, declared: Field, taken: dict[str, Taken]) -> None:
        fields = self.report.fields
        if declared.kind is FieldKind.NAMES:
            value = taken[declared.key].value
            if isinstance(value, source.Mapping):
                members: dict[str, Sequence[str]] = {m: (m,) for m in declared.members}
                inner = take(value, members, f"“{declared.key}”里", self.tell)
                for member in inner:
                    fields[f"{declared.key}.{member}"] = self._one_line(
                        member, inner, convertible=False
                    )
            elif not _is_blank(value):
                shown = "、".join(f"{member}: 某某" for member in declared.members)
                self.tell(
                    error(
                        "S104",
                        f"“{declared.key}”要分别写{'、'.join(declared.members)}。",
                        value.location,
                        f"写成 {{{shown.replace('、', ', ')}}}",
                    )
                )
            return
        typed = self._one_line(declared.key, taken)
        day = parse_date(typed)
        if typed and declared.kind is not FieldKind.TEXT and day is None:
            self.tell(
                error(
                    "V106",
                    f"“{declared.key}”写的是“{typed}”，不是一个日期。",
                    taken[declared.key].value.location,
                    "写成 2026-01-12 的样子",
                )
            )
        if day and declared.kind is FieldKind.DATE:
            typed = f"{day.year}年{day.month}月{day.day}日"
        fields[declared.key] = typed

    def _one_line(
        self, key: str, taken: dict[str, Taken], *, convertible: bool = True, required: bool = False
    ) -> str:
        """A text of one line, "" when absent or wrong."""
        if key not in taken:
            return ""
        value = taken[key].value
        if not isinstance(value, source.Scalar):
            self.tell(
                error(
                    "S104",
                    f"“{key}”应当是一行文字。",
                    value.location,
                    f"写成“{key}: 文字”；文字以 [ 或 {{ 开头的用引号括起来",
                )
            )
            return ""
        if value.spread or len(value.lines) > 1 or "\n" in value.text.strip("\n"):
            self.tell(error("Y109", f"“{key}”只能写一行。", value.location, "并成一行"))
            return ""
        if not value.lines:
            if required:
                self.tell(
                    error(
                        "V107", f"“{key}”没有填。", taken[key].key.location, f"在“{key}:”后面写上"
                    )
                )
            return ""
        line = value.lines[0]
        return self._text(line.text, line.location) if convertible else line.text

    # --- narratives -------------------------------------------------------------

    def _narrative(self, key: str, entry: Taken) -> tuple[Paragraph, ...] | None:
        """The paragraphs of a narrative; None when it cannot be read as one."""
        value = entry.value
        if not isinstance(value, source.Scalar):
            self.tell(
                error(
                    "S104",
                    f"“{key}”应当是文字。",
                    value.location,
                    f"写成“{key}: |”，正文另起一行、行首空两格",
                )
            )
            return None
        if value.spread or (not value.block and "\n" in value.text):
            self.tell(
                error(
                    "Y109",
                    f"“{key}”的正文写了几行，却没有用半角的 |，分段会丢掉。",
                    value.location,
                    f"写成“{key}: |”（半角冒号、空格、半角竖线），正文另起一行、行首空两格",
                )
            )
            return None
        if value.comment and key != NOTE:
            self._cut_off(key, value.comment)
        paragraphs = []
        for line in value.lines:
            text = self._text(bind(line, self._worth, self.tell), line.location)
            paragraphs.append(paragraph(text, line.location))
        return tuple(paragraphs)

    def _cut_off(self, key: str, place: Location) -> None:
        self.tell(
            error(
                "Y110",
                f"“{key}”这一行里空格后面的 # 会把后面的字都去掉。",
                place,
                "把文字写在“|”的下一行，或者用引号括起来",
            )
        )

    def _worth(self, names: tuple[str, ...]) -> str:
        own = {UNIT: self.report.unit, YEAR: str(self.report.year), SHORT: self.report.short_name}
        if len(names) == 1:
            for key, text in own.items():
                if names_of(key) & names_of(names[0]):
                    if not text and key == SHORT:
                        raise FigureError("没有填“简称”。", "在文件开头补上“简称: ”")
                    return text
        cells = tuple(cell for name in names for cell in self.form.figure(name))
        return self.report.show(cells) or "？"

    # --- tables -------------------------------------------------------------------

    def _table(self, section: Section, table: Table, entry: Taken) -> None:
        self.report.notes[section.name] = ()
        self._level(table.items, entry, section.key, section)

    def _level(
        self, items: tuple[Row | Group, ...], entry: Taken, words: str, section: Section | None
    ) -> None:
        """A table or group: a mapping of its rows and groups, or 0."""
        value = entry.value
        if isinstance(value, source.Scalar):
            self._all_zero(items, entry, words, value)
            return
        if isinstance(value, source.Sequence):
            self.tell(
                error(
                    "S104",
                    f"“{words}”下面要一行一行写，不能写成一个列表。",
                    value.location,
                    "每行写成“行名: 数”，或者整个写 0",
                )
            )
            return
        allowed: dict[str, Sequence[str]] = {}
        for item in items:
            allowed[item.key] = item.wordings
            if isinstance(item, Group) and item.optional:
                allowed |= {inner.key: inner.wordings for inner in item.items}
        if section:
            allowed[NOTE] = (NOTE,)
        taken = take(value, allowed, f"“{words}”里", self.tell)
        if section and NOTE in taken:
            self._notes.append((section, taken[NOTE]))
        for item in items:
            if isinstance(item, Group) and item.optional and item.key not in taken:
                for inner in item.items:
                    self._item(inner, taken, entry, words)
                continue
            if isinstance(item, Group) and item.optional:
                for inner in item.items:
                    if inner.key in taken:
                        self.tell(
                            error(
                                "S102",
                                f"“{inner.key}”写了两次，“{item.key}”里也有。",
                                taken[inner.key].key.location,
                                "留下对的一处，删掉另一处",
                            )
                        )
            self._item(item, taken, entry, words)

    def _item(self, item: Row | Group, taken: dict[str, Taken], parent: Taken, words: str) -> None:
        if item.key not in taken:
            self.tell(missing(item.key, f"“{words}”", parent.key.location))
        elif isinstance(item, Group):
            self._level(item.items, taken[item.key], item.key, None)
        else:
            self._row(item, taken[item.key])

    def _all_zero(
        self, items: tuple[Row | Group, ...], entry: Taken, words: str, value: source.Scalar
    ) -> None:
        if value.text.strip(BLANKS) != "0":
            if _is_blank(value):
                self.tell(
                    error(
                        "V101",
                        f"“{words}”没有填。",
                        entry.key.location,
                        "全是零就写 0，否则一行一行填",
                    )
                )
            else:
                self.tell(
                    error(
                        "S104",
                        f"“{words}”写的是“{value.text.strip()}”，这里只能写 0，或者一行一行写。",
                        value.location,
                        "每行写成“行名: 数”",
                    )
                )
            return
        for item in items:
            for row in (item,) if isinstance(item, Row) else item.rows():
                self._zero(row, value.location)

    def _zero(self, row: Row, place: Location) -> None:
        for cell in row.cells():
            self.report.numbers[cell.address] = Number(Decimal(0), "0", place)

    def _note(self, entry: Taken) -> tuple[Paragraph, ...]:
        """The lines printed under a table, the first one after “注：”."""
        paragraphs = self._narrative(NOTE, entry) or ()
        prefix = f"{NOTE}："
        return tuple(
            Paragraph("", p.text if n or p.text.startswith(NOTE) else prefix + p.text, p.location)
            for n, p in enumerate(paragraphs)
        )

    def _row(self, row: Row, entry: Taken) -> None:
        value = entry.value
        if isinstance(value, source.Sequence):
            self._row_of_list(row, value)
        elif isinstance(value, source.Mapping):
            self._row_of_mapping(row, entry, value)
        elif len(row.columns) == 1:
            self._cell(row, row.columns[0], value)
        elif value.text.strip(BLANKS) == "0":
            self._zero(row, value.location)
        elif _is_blank(value):
            names = "、".join(column.key for column in row.columns)
            self.tell(
                error(
                    "V101",
                    f"“{row.label}”没有填{_typed_as(value)}。",
                    value.location,
                    f"依次填 {len(row.columns)} 个数（{names}），写成 "
                    f"[{', '.join('0' * len(row.columns))}]；全是零可以只写 0",
                )
            )
        else:
            self.tell(
                error(
                    "S104",
                    f"“{row.label}”有 {len(row.columns)} 个数，这里只写了“{value.text.strip()}”。",
                    value.location,
                    "写成 [3, 0, 0] 的样子；全是零可以只写 0",
                )
            )

    def _row_of_list(self, row: Row, value: source.Sequence) -> None:
        wanted, given = len(row.columns), len(value.items)
        if wanted != given:
            names = "、".join(column.key for column in row.columns)
            hint = f"依次是：{names}"
            if any(
                isinstance(i, source.Scalar) and re.search("[，、；]", i.text) for i in value.items
            ):
                hint = "数和数之间用半角逗号隔开，不能用中文的“，”“、”"
            elif given > wanted:
                hint += "；1,234 要写成 1234，带逗号的括号说明要连数一起用引号括起来"
            self.tell(
                error(
                    "S105",
                    f"“{row.label}”要 {wanted} 个数，这里有 {given} 个，"
                    f"{'多' if given > wanted else '少'}了 {abs(given - wanted)} 个。",
                    value.location,
                    hint,
                )
            )
            return
        for column, item in zip(row.columns, value.items, strict=True):
            self._cell(row, column, item)

    def _row_of_mapping(self, row: Row, entry: Taken, value: source.Mapping) -> None:
        allowed: dict[str, Sequence[str]] = {c.key: c.wordings for c in row.columns}
        taken = take(value, allowed, f"“{row.label}”里", self.tell)
        has_total = any(column.is_total for column in row.columns)
        strange = len(taken) < len(value.entries)
        for column in row.columns:
            if column.key in taken:
                self._cell(row, column, taken[column.key].value)
            elif column.is_total or not has_total:
                self.tell(
                    error(
                        "S106",
                        f"“{row.label}”没有写“{column.key}”。",
                        entry.key.location,
                        f"补上“{column.key}: ”和数",
                    )
                )
            elif not strange:  # a key not understood may be meant for this column
                cell = row.cell(column)
                self.report.numbers[cell.address] = Number(Decimal(0), "0", entry.key.location)

    def _cell(self, row: Row, column: Column, node: source.Node) -> None:
        cell = row.cell(column)
        if not isinstance(node, source.Scalar):
            self.tell(error("S104", f"“{cell.words}”应当是一个数。", node.location, "没有就填 0"))
            return
        text = node.text.strip(BLANKS)
        if _is_blank(node):
            self.tell(
                error(
                    "V101",
                    f"“{cell.words}”没有填数{_typed_as(node)}。",
                    node.location,
                    "没有就填 0",
                )
            )
            return
        matched = (_DECIMAL if row.decimal else _COUNT).match(text)
        digits = matched[0] if matched else ""
        behind = text[len(digits) :]
        remark = behind.strip(BLANKS)
        if node.spread or not digits or (remark and remark[0] not in _BRACKETS):
            self._malformed(row, cell.words, text, node)
        elif remark and not _is_note(remark):
            self.tell(
                error(
                    "V104",
                    f"“{cell.words}”的数后面“{remark}”不是一个完整的括号说明。",
                    node.location,
                    "说明写成一对括号，括住的文字不能空，括号后不再有字",
                )
            )
        elif sum(char.isdigit() for char in digits) > _MAX_DIGITS:
            self.tell(
                error(
                    "V108",
                    f"“{cell.words}”是 {len(digits)} 位数，太大了。",
                    node.location,
                    f"最多 {_MAX_DIGITS} 位；看看是不是两个数连在了一起",
                )
            )
        else:
            printed_note = self._text(remark, node.location)
            self.report.numbers[cell.address] = Number(
                Decimal(digits), digits, node.location, printed_note
            )

    def _malformed(self, row: Row, words: str, text: str, node: source.Scalar) -> None:
        code = "V103" if row.decimal else "V102"
        kind = f"金额（单位：{row.unit}）" if row.unit else "金额" if row.decimal else "整数"
        meant = _meant(text, row.decimal)
        hint = f"您是否想写 {meant}" if meant else "只写阿拉伯数字，没有就填 0"
        shown = text if len(text) <= 30 else text[:30] + "……"
        self.tell(
            error(
                code, f"“{words}”写的是“{shown}”，这里要一个不小于零的{kind}。", node.location, hint
            )
        )

    # --- answers --------------------------------------------------------------------

    def _answers(self, entry: Taken) -> None:
        value = entry.value
        if _is_blank(value):
            return
        if not isinstance(value, source.Mapping):
            self.tell(
                error(
                    "S104",
                    f"“{ANSWERS}”应当每条一行，写成“编号 位置 数: 说明”。",
                    value.location,
                    "把检查结果里给出的那一行照抄过来，冒号后写说明",
                )
            )
            return
        answers: dict[str, Answer] = {}
        for item in value.entries:
            key, place = item.key.text.strip(BLANKS), item.key.location
            words = item.value
            if key in answers:
                self.tell(
                    error(
                        "S102",
                        f"“{key}”写了两次，前一次在第 {answers[key].location.line} 行。",
                        place,
                        "留下一处，删掉另一处",
                    )
                )
                continue
            if not isinstance(words, source.Scalar) or not words.lines:
                self.tell(error("S108", f"“{key}”后面没有写说明。", place, "在冒号后写上原因"))
                continue
            if words.spread or (not words.block and "\n" in words.text):
                self.tell(
                    error(
                        "Y109",
                        f"“{key}”的说明写了几行，却没有用 |。",
                        words.location,
                        "并成一行，或者在冒号后写 |，说明另起一行、行首多空两格",
                    )
                )
                continue
            if words.comment:
                self._cut_off(key, words.comment)
            text = "\n".join(line.text for line in words.lines)
            answers[key] = Answer(key, self._text(text, words.location), place)
        self.report.answers = tuple(answers.values())


def fill(pattern: str, values: dict[str, str], say: Callable[[str], str]) -> str | None:
    """A form's pattern with each {{name}} from `values`, the words around them through `say`.

    None when a named value is empty or absent.
    """
    pieces = re.split(r"\{\{(.+?)\}\}", pattern)
    printed = [
        values.get(piece.strip(), "") if n % 2 else say(piece) for n, piece in enumerate(pieces)
    ]
    return "".join(printed) if all(printed[1::2]) else None


def _is_blank(node: source.Node) -> bool:
    return isinstance(node, source.Scalar) and node.text.strip(BLANKS + "\n").lower() in _NO_ANSWER


def _typed_as(node: source.Scalar) -> str:
    text = node.text.strip(BLANKS)
    return f"（写的是“{text}”）" if text else ""


def _is_note(text: str) -> bool:
    """True for one pair of brackets around something, to the end of the text."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char in _BRACKETS) - (char in _BRACKETS.values())
        if depth == 0:
            whole = at == len(text) - 1 and char == _BRACKETS[text[0]]
            return whole and bool(text[1:-1].strip(BLANKS))
    return False


def _meant(text: str, decimal: bool) -> str | None:
    """What a malformed number was probably meant to be, where that is plain."""
    plain = unicodedata.normalize("NFKC", text).strip("“”‘’\"' ")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    plain = re.sub(r"(万元|元|件|条|份|次|个|宗|起)$", "", plain)
    plain = re.sub(r"^0+(?=\d)", "", plain)
    pattern = _DECIMAL if decimal else _COUNT
    return plain if pattern.fullmatch(plain) and plain != text else None
