"""Generated texts through `generate`, read back by python-docx: every character as typed.

Rare characters, what XML, Jinja and YAML would take for their own, and what looks like a bound
figure, in every place of the file that takes a text.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from sizes import DOCUMENTS, TEXTS_EACH
from support import paragraphs, tables

from nianbao.desk.pipeline import Session
from nianbao.word import plan, render

_SECTIONS = {
    "引言": ("", 20),
    "总体情况": ("一、总体情况", 30),
    "存在的主要问题及改进情况": ("五、存在的主要问题及改进情况", 20),
    "其他需要报告的事项": ("六、其他需要报告的事项", 16),
}
"""Each narrative's key, printed heading and number of texts."""
_NOTES, _MEMBERS = 3, ("初审", "复审", "终审")
_CELLS = ("行政许可", "行政处罚", "行政强制", "行政事业性收费")
_QUOTED = ("信息来源", "简称", "单位", "标题")
"""Texts of one line, in quotes."""

_BLANKS = " \t\u00a0\u2003\u3000"
_RANGES = (
    *((0x4E00, 0x9FFF),) * 4,
    *((0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x30000, 0x323AF)),
    *((0x3400, 0x4DBF), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D), (0x2E80, 0x2FD5), (0xE000, 0xF8FF)),
    *((0x3001, 0x303F), (0xFF01, 0xFFEE), (0x2010, 0x2027), (0x21, 0x7E), (0x21, 0x7E)),
    *((0xA1, 0x17F), (0x300, 0x36F), (0x600, 0x6FF), (0x1F300, 0x1FAFF), (0xE0100, 0xE01EF)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0xF0000, 0xF00FF), (0xFE00, 0xFE0F)),
)
_PHRASES = (  # noqa: SIM905
    "<w:t>&amp;</w:t> ]]> <!-- & --> </w:p> &#10; <a href='x'> {年度} { {年度} } {_{年度}_} }} ｝｝ {% raw %} "
    "{%p_for_段_in_总体情况_%} {#注#} {%endfor%} %} $年度$ ${年度} \\n \\u0041 \\ '' \" \"\" ' “三公” |  > - # "
    "年度: 2024 --- ... & * ! % @ ` [0, ~ null 1,234 ０１８ （一） (二)。 （十一）甲。 1. （1） 𠮷𡈽 ㊣ ﷽ 👨‍👩‍👧 é"
).split(" ")
_LEADS = (
    "（一）",
    "（二）甲。",
    "(三)",
    "# ",
    "- ",
    "| ",
    "> ",
    "? ",
    "--- ",
    "% ",
    "@",
    "&甲 ",
    "年度: ",
)
_BOUND = {"{{年度}}": "2025", "｛｛ 年度 ｝｝": "2025", "{{行政许可+行政许可}}": "36"}
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def text(chance: random.Random) -> str:
    """One line of anything printable, no bound figure, no blank at its ends."""
    made = chance.choice(_LEADS) if chance.random() < 0.3 else ""
    for _ in range(chance.randint(1, 12)):
        kind = chance.random()
        if kind < 0.25:
            made += chance.choice(_PHRASES)
        elif kind < 0.4:
            made += "".join(chance.choices(_BLANKS, k=chance.randint(1, 3)))
        else:
            first, last = chance.choice(_RANGES)
            made += chr(chance.randint(first, last)) * chance.choice((1, 1, 1, 5))
    made = re.sub("(?<=[{｛])(?=[{｛])", "_", _UNPRINTABLE.sub("", made)).strip(_BLANKS)
    return made or "空"


def quoted(value: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        return "'" + value.replace("'", "''") + "'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + re.sub("[\U00010000-\U0010ffff]", lambda m: f"\\U{ord(m[0]):08X}", escaped) + '"'


class Written:
    """One input file of generated texts, and what its document must say."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        self.count = 0
        self.expected: dict[str, list[str]] = {}
        self.lines = ["年度: 2025", "发布时间: 2026-01-12"]
        self.values = {key: self._text(key == "单位") for key in _QUOTED}
        self.lines += [f"{key}: {quoted(v, self.chance)}" for key, v in self.values.items()]
        for key, (_, count) in _SECTIONS.items():
            self._narrative(key, count)
        self.lines.append("主动公开政府信息情况:\n  规章: 0\n  行政规范性文件: 0")
        self.notes = {key: f"（{self._note()}）" for key in _CELLS}
        for key, remark in self.notes.items():
            self.lines.append(f"  {key}: " + quoted("18" + remark, self.chance))
        self._narrative("  注", _NOTES)
        self.lines.append("收到和处理政府信息公开申请情况: 0")
        self.lines.append("政府信息公开行政复议、行政诉讼情况: 0")
        self.members = {member: self._text() for member in _MEMBERS}
        inner = ", ".join(f"{m}: {quoted(name, self.chance)}" for m, name in self.members.items())
        self.lines.append(f"审签: {{{inner}}}")

    def _text(self, plain: bool = False) -> str:
        self.count += 1
        return text(self.chance) + ("镇人民政府" if plain else "")

    def _note(self) -> str:
        return re.sub("[()（）]", "", self._text()).strip(_BLANKS) or "甲"

    def _narrative(self, key: str, count: int) -> None:
        """Lines of a `|` text, some with a bound figure, with blanks at their ends."""
        depth = " " * (len(key) - len(key.lstrip(" ")) + 2)
        self.lines.append(f"{key}: |")
        expected = self.expected[key.strip()] = []
        simplified = "简体字占多数时，表里的字也印简体。" * 20
        if key == "引言":
            self.lines.append(depth + simplified)
            expected.append(simplified)
        for number in range(count):
            line = self._text()
            name = self.chance.choice([*_BOUND, "", "", ""])
            before = "".join(
                self.chance.choices(_BLANKS[number == 0 :], k=self.chance.randint(0, 3))
            )
            self.lines.append(
                depth + before + line + name + self.chance.choice(("", " ", "\u3000\t"))
            )
            expected.append(line + _BOUND.get(name, ""))

    def printed(self) -> list[str]:
        """The paragraphs that the document must have, in order."""
        first = self.expected["注"][0]
        remarks = [first if first.startswith("注") else f"注：{first}", *self.expected["注"][1:]]
        one, five, six = (
            [heading, *self.expected[key]] for key, (heading, _) in _SECTIONS.items() if heading
        )
        return [
            f"发布时间：2026-01-12\u3000信息来源：{self.values['信息来源']}",
            *self.expected["引言"],
            *one,
            "二、主动公开政府信息情况",
            *remarks,
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            *five,
            *six,
            "\u3000".join(f"{member}：{name}" for member, name in self.members.items()),
        ]


def lost(number: int, folder: Path, session: Session) -> list[str]:
    """What the document of one file says otherwise than typed."""
    written = Written(number)
    path = folder / f"{number}-2025.yaml"
    path.write_text("\n".join([*written.lines, ""]), "utf-8", newline="\n")
    target = folder / "made.docx"
    outcome = session.generate(path, target)
    assert outcome.written, [f.message for f in outcome.findings if f.blocks]
    title, *rest = [line for line in paragraphs(target) if line]
    expected = [written.values["标题"], *written.printed()]
    cells = [row[-1] for row in tables(target)[0] if row[0] in _CELLS]
    wanted = ["18" + remark for remark in written.notes.values()]
    both = [*zip([title.replace("\n", ""), *rest, *cells], expected + wanted, strict=True)]
    return [f"{number}: {one!r} for {other!r}" for one, other in both if one != other]


def test_every_generated_text_is_printed_as_typed(tmp_path: Path) -> None:
    session = Session()
    found = [line for number in range(DOCUMENTS) for line in lost(number, tmp_path, session)]
    assert not found, "\n".join(found[:20])
    assert {Written(number).count for number in range(DOCUMENTS)} == {TEXTS_EACH}
    print(f"\n{DOCUMENTS * TEXTS_EACH} texts in {DOCUMENTS} documents")


def test_the_reader_sees_a_character_that_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, said = Session(), plan.said

    def losing(slot: plan.Slot, sheet: plan.Sheet) -> str:
        return said(slot, sheet).replace("\u200b", "")

    number = next(n for n in range(99) if "\u200b" in "".join(Written(n).expected["总体情况"]))
    assert lost(number, tmp_path, session) == []
    monkeypatch.setattr(render.printed, "lost", lambda *_: None)
    monkeypatch.setattr(plan, "said", losing)
    assert lost(number, tmp_path, session) != []
