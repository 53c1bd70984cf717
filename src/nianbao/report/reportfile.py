"""An input file's tree as a Report.

Knows the contract of docs/input.md: the items at the head, the narratives, 核实说明;
its tables are read by `tablefile`. Everything that is missing, unknown or
malformed becomes a finding and reading goes on. Knows the words of the
contract; those of a form come from the Form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao.chinese.characters import hidden, visible
from nianbao.chinese.wording import BLANKS, Script, convert, names_among, names_of, script_of
from nianbao.diagnostics import MAX_FINDINGS, Edit, Finding, Location, Rejected, finding
from nianbao.form import figure
from nianbao.form.contract import (
    ANSWERS,
    FORM,
    HEAD,
    NOTE,
    SHORT,
    TITLE,
    UNIT,
    YEAR,
    fill,
    parse_date,
)
from nianbao.form.form import Field, FieldKind, Form, Section
from nianbao.form.row import Cell
from nianbao.report import tablefile
from nianbao.report.bound import bind, paragraph
from nianbao.report.report import UNREAD, Answer, OfKey, Paragraph, Report
from nianbao.report.tablefile import is_blank
from nianbao.source import tree
from nianbao.source.keys import Taken, missing, take
from nianbao.source.names import Names

_TOP = Location(1, 1)
_WIDE_QUOTED = re.compile(r"“[^“”\"\\]+”|‘[^‘’\"\\]+’")
_YEAR = re.compile(r"((?:19|20|21)\d{2})[ ]*年?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Identity:
    """What must be known of a file before its form can be chosen."""

    form: str | None
    form_location: Location
    year: int | None
    year_location: Location
    keys: tuple[str, ...] = ()
    """The top-level keys as typed: they tell which form is meant where 表式 is left out."""


def identify(root: tree.Node | None) -> Identity:
    """表式 and 年度 as far as they can be read; `read` reports what is wrong with them."""
    form, form_at, year, year_at = None, _TOP, None, _TOP
    for entry in root.entries if isinstance(root, tree.Mapping) else []:
        if isinstance(entry.value, tree.Scalar):
            text = entry.value.text.strip(BLANKS)
            if names_of(entry.key.text) & names_of(FORM) and text:
                form, form_at = text, entry.value.location
            elif names_of(entry.key.text) & names_of(YEAR):
                year_at = entry.value.location
                matched = _YEAR.match(text)
                year = int(matched[1]) if matched else None
    typed = tuple(e.key.text for e in root.entries) if isinstance(root, tree.Mapping) else ()
    return Identity(form, form_at, year, year_at, typed[:100])


def names(forms: Iterable[Form]) -> Names:
    """Every name that an input of one of `forms` may use."""
    narratives, top, inner = set[str](), set(HEAD), {NOTE}
    opening = {ANSWERS}
    for form in forms:
        for section in form.sections:
            top |= set(section.wordings)
            if section.table is None:
                narratives |= set(section.wordings)
            else:
                opening |= set(section.wordings)
        for declared in form.fields:
            top.add(declared.key)
            inner |= set(declared.members)
            opening |= {declared.key} if declared.members else set()
        for table in form.tables():
            for item in (*table.groups(), *table.rows()):
                inner |= set(item.wordings)
            inner |= {w for cell in table.cells() for w in cell.column.wordings}
    return Names(*map(names_among, (narratives, top, inner, opening)))


def read(
    root: tree.Node | None, form: Form, path: Path, script: Script | None = None
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
        self._found: dict[str, tuple[Cell, ...]] = {}

    def tell(self, finding: Finding) -> None:
        self.findings.append(finding)
        if len(self.findings) > MAX_FINDINGS:
            raise Rejected(self.findings)

    def read(self, root: tree.Node | None) -> None:
        if not isinstance(root, tree.Mapping):
            place = root.location if root else _TOP
            self.tell(
                finding(
                    "S104",
                    "填报文件应当由“名称: 内容”组成，这里不是。",
                    at=place,
                    hint="用 nianbao new 起一份，照着填",
                )
            )
            return
        allowed: dict[str, Sequence[str]] = {key: (key,) for key in HEAD}
        allowed |= {field.key: (field.key,) for field in self.form.fields}
        allowed |= {section.key: section.wordings for section in self.form.sections}
        taken = take(root, allowed, "填报文件里", self.tell)
        self.report.places = {key: entry.key.location for key, entry in taken.items()}
        for key in (UNIT, YEAR, *(section.key for section in self.form.sections)):
            if key not in taken:
                absent = missing(key, "填报文件", _TOP)
                if any(key == section.key and not section.table for section in self.form.sections):
                    absent = replace(absent, hint=f"补上“{key}: |”，正文另起一行、行首空两格")
                self.tell(replace(absent, about=OfKey(key, _TOP)))
        self._choose_script(taken)
        self._head(taken)
        self._tables(taken)
        for section in self.form.sections:
            if not section.table and section.key in taken:
                paragraphs = self._narrative(section.key, taken[section.key], section.name)
                if paragraphs is not None:
                    self.report.narratives[section.name] = paragraphs
                    if not paragraphs:
                        self._empty(section, taken[section.key].key.location)
        if ANSWERS in taken:
            self._answers(taken[ANSWERS])
        if self._converted:
            self.tell(
                finding(
                    "V301",
                    f"文字已按 --script 转换成{self.report.script.chinese}，请通读一遍再报送。",
                    at=self._converted,
                    hint="人名和单位名里的字，转换后容易变样",
                )
            )

    def _tables(self, taken: dict[str, Taken]) -> None:
        """Every table's numbers, and only then the notes, which may take from any of them."""
        notes: dict[str, Taken | None] = {}
        for section in self.form.sections:
            if section.table and section.key in taken:
                numbers, note_entry = tablefile.read(
                    section.table, section.key, taken[section.key], self.tell, self._text
                )
                self.report.numbers |= numbers
                notes[section.name] = note_entry
        for name, note_entry in notes.items():
            self.report.notes[name] = self._note(name, note_entry) if note_entry else ()

    def _empty(self, section: Section, place: Location) -> None:
        self.tell(
            finding(
                "N001",
                f"“{section.label}”一个字也没有写。",
                at=OfKey(section.key, place),
                hint=section.guidance or "写上内容",
                subject=section.key,
            )
        )

    def _choose_script(self, taken: dict[str, Taken]) -> None:
        if self.forced:
            return
        keys = [UNIT, *(s.key for s in self.form.sections if not s.table)]
        values = [taken[key].value for key in keys if key in taken]
        self.report.script = script_of(v.text for v in values if isinstance(v, tree.Scalar))

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
                    finding(
                        "V105",
                        f"年度写的是“{typed}”{hidden(typed)}，应当是四位数。",
                        at=taken[YEAR].value.location,
                        hint="写成 年度: 2025",
                        mend=_in_ascii(taken[YEAR].value, lambda text: bool(_YEAR.match(text))),
                    )
                )
        for declared in self.form.fields:
            if declared.key == SHORT:
                report.fields[SHORT] = report.short_name
            elif declared.key in taken:
                self._field(declared, taken)
        title = self._one_line(TITLE, taken)
        own = report.own_names()
        report.title = title or fill(self.form.title, own, self._label) or ""
        if not report.title and report.unit and report.year:
            needed = "、".join(key for key, text in own.items() if not text)
            self.tell(
                finding(
                    "V107",
                    f"标题拼不出来，缺“{needed}”。",
                    at=_TOP,
                    hint="补上，或者直接写“标题: ”",
                )
            )

    def _field(self, declared: Field, taken: dict[str, Taken]) -> None:
        fields = self.report.fields
        if declared.kind is FieldKind.NAMES:
            value = taken[declared.key].value
            if value.told:
                return
            if isinstance(value, tree.Mapping):
                members: dict[str, Sequence[str]] = {m: (m,) for m in declared.members}
                inner = take(value, members, f"“{declared.key}”里", self.tell)
                for member in inner:
                    fields[f"{declared.key}.{member}"] = self._one_line(
                        member, inner, convertible=False
                    )
            elif not is_blank(value):
                shown = "、".join(f"{member}: 某某" for member in declared.members)
                self.tell(
                    finding(
                        "S104",
                        f"“{declared.key}”要分别写{'、'.join(declared.members)}。",
                        at=value.location,
                        hint=f"写成 {{{shown.replace('、', ', ')}}}",
                    )
                )
            return
        typed = self._one_line(declared.key, taken)
        day = parse_date(typed)
        if declared.kind is FieldKind.DATE and re.search("[:：]", typed):
            day = None  # an hour, which a printed date would lose
        if typed and declared.kind is not FieldKind.TEXT and day is None:
            self.tell(
                finding(
                    "V106",
                    f"“{declared.key}”写的是“{typed}”{hidden(typed)}，不是一个日期。",
                    at=taken[declared.key].value.location,
                    hint="写成 2026-01-12 的样子",
                    mend=_in_ascii(taken[declared.key].value, parse_date),
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
        if value.told:
            return ""
        if not isinstance(value, tree.Scalar):
            self.tell(
                finding(
                    "S104",
                    f"“{key}”应当是一行文字。",
                    at=value.location,
                    hint=f"写成“{key}: 文字”；文字以 [ 或 {{ 开头的用引号括起来",
                )
            )
            return ""
        if value.spread or len(value.lines) > 1 or "\n" in value.text.strip("\n"):
            self.tell(finding("Y109", f"“{key}”只能写一行。", at=value.location, hint="并成一行"))
            return ""
        if not value.lines:
            if required:
                self.tell(
                    finding(
                        "V107",
                        f"“{key}”没有填。",
                        at=taken[key].key.location,
                        hint=f"在“{key}:”后面写上",
                    )
                )
            return ""
        line = value.lines[0]
        if key in (UNIT, SHORT) and _WIDE_QUOTED.fullmatch(line.text):
            last = len(line.text)
            self.tell(
                finding(
                    "Y113",
                    f"“{key}”的两边用了中文引号，会原样印出来。",
                    at=line.location,
                    hint='去掉两边的引号，或者换成半角的 "',
                    mend=[line.replaced(0, 1, '"'), line.replaced(last - 1, last, '"')],
                )
            )
        return self._text(line.text, line.location) if convertible else line.text

    # --- narratives -------------------------------------------------------------

    def _narrative(self, key: str, entry: Taken, over: str) -> tuple[Paragraph, ...] | None:
        """The paragraphs that the loop `over` prints; None when they cannot be read as text."""
        value = entry.value
        if not isinstance(value, tree.Scalar):
            self.tell(
                finding(
                    "S104",
                    f"“{key}”应当是文字。",
                    at=value.location,
                    hint=f"写成“{key}: |”，正文另起一行、行首空两格",
                )
            )
            return None
        if value.spread or (not value.block and "\n" in value.text):
            self.tell(
                finding(
                    "Y109",
                    f"“{key}”的正文写了几行，却没有用半角的 |，分段会丢掉。",
                    at=value.location,
                    hint=f"写成“{key}: |”（半角冒号、空格、半角竖线），正文另起一行、行首空两格",
                    mend=value.as_block,
                )
            )
            return None
        if value.comment and key != NOTE:
            self._cut_off(key, value.comment)
            if not value.lines:
                return None
        paragraphs = []
        for turn, line in enumerate(value.lines):
            printed = bind(line, self._worth)
            text = self._text(printed.text, line.location)
            found = replace(
                paragraph(text, line.location, printed.columns, printed.bound), over=over, turn=turn
            )
            paragraphs.append(found)
            for fault in printed.faults:
                at = found.words(fault.at, fault.at + 1)
                self.tell(finding(fault.code, fault.message, at=at, hint=fault.hint))
        return tuple(paragraphs)

    def _note(self, section: str, entry: Taken) -> tuple[Paragraph, ...]:
        """The lines printed under a table, the first one after “注：”."""
        paragraphs = self._narrative(NOTE, entry, f"{section}.{NOTE}") or ()
        prefix = f"{NOTE}："
        return tuple(
            Paragraph(
                "",
                p.text if p.turn or p.text.startswith(NOTE) else prefix + p.text,
                p.location,
                over=p.over,
                turn=p.turn,
            )
            for p in paragraphs
        )

    def _cut_off(self, key: str, place: Location) -> None:
        self.tell(
            finding(
                "Y110",
                f"“{key}”这一行里空格后面的 # 会把后面的字都去掉。",
                at=place,
                hint="把文字写在“|”的下一行，或者用引号括起来",
            )
        )

    def _worth(self, names: tuple[str, ...]) -> str:
        if len(names) == 1:
            for key, text in self.report.own_names().items():
                if names_of(key) & names_of(names[0]):
                    if not text and key == SHORT:
                        raise figure.FigureError("没有填“简称”。", "在文件开头补上“简称: ”")
                    return text or UNREAD
        for name in names:
            if name not in self._found:
                self._found[name] = figure.in_form(name, self.form)
        cells = tuple(cell for name in names for cell in self._found[name])
        return self.report.show(cells) or UNREAD

    # --- answers --------------------------------------------------------------------

    def _answers(self, entry: Taken) -> None:
        value = entry.value
        if is_blank(value):
            return
        if not isinstance(value, tree.Mapping):
            self.tell(
                finding(
                    "S104",
                    f"“{ANSWERS}”应当每条一行，写成“编号 位置 数: 说明”。",
                    at=value.location,
                    hint="把检查结果里给出的那一行照抄过来，冒号后写说明",
                )
            )
            return
        answers: dict[str, Answer] = {}
        for item in value.entries:
            key, place = item.key.text.strip(BLANKS), item.key.location
            words = item.value
            if key in answers:
                self.tell(
                    finding(
                        "S102",
                        f"“{key}”写了两次，前一次在第 {answers[key].location.line} 行。",
                        at=place,
                        hint="留下一处，删掉另一处",
                    )
                )
                continue
            if not isinstance(words, tree.Scalar) or not any(map(str.isalnum, words.text)):
                self.tell(
                    finding("S108", f"“{key}”后面没有写说明。", at=place, hint="在冒号后写上原因")
                )
                continue
            if words.spread or (not words.block and "\n" in words.text):
                self.tell(
                    finding(
                        "Y109",
                        f"“{key}”的说明写了几行，却没有用 |。",
                        at=words.location,
                        hint="并成一行，或者在冒号后写 |，说明另起一行、行首多空两格",
                    )
                )
                continue
            if words.comment:
                self._cut_off(key, words.comment)
            text = "\n".join(line.text for line in words.lines)
            answers[key] = Answer(key, self._text(text, words.location), place)
        self.report.answers = tuple(answers.values())


def _in_ascii(value: tree.Node, sound: Callable[[str], object]) -> list[Edit]:
    """What makes ASCII of a year or a day in full-width digits, where that is all it lacks."""
    if not isinstance(value, tree.Scalar) or len(value.lines) != 1:
        return []
    line = value.lines[0]
    text = unicodedata.normalize("NFKC", visible(line.text)).strip("“”")
    return [line.replaced(0, len(line.text), text)] if sound(text) else []
