"""Hostile form files: the small form of tests/forms, or the shipped one, spoiled in one place.

A case says the codes of which one must be given (or how they begin: F is any of the form's, Y and S
are those of YAML and of names, which hold for forms too), the line at which it must stand (left
out: the first line that was changed; 0: any, where the file has no sound line), and a word of the
sentence. `EITHER` in place of a code: accepted or refused, if only it is answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hostile.outside import plain_form
from hostile.parts import SMALL_FORM, TEMPLATE

Make = Callable[[str], str | bytes]

EITHER = "either"
BIG, SMALL = "big", "small"


@dataclass(frozen=True)
class Form:
    """A form file that must be refused, and how."""

    name: str
    base: str
    make: Make
    code: str
    word: str
    line: int | None

    def data(self) -> bytes:
        made = self.make(_text(self.base))
        return made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")

    def place(self) -> int:
        """The line of the finding, 0 for any."""
        if self.line is not None:
            return self.line
        before = _text(self.base).split("\n")
        after = self.data().decode("utf-8").split("\n")
        for number, (old, new) in enumerate(zip(before, after, strict=False), 1):
            if old != new:
                return number
        raise AssertionError(f"{self.name} changes no line")


CASES: list[Form] = []


def _text(base: str) -> str:
    return plain_form() if base == BIG else SMALL_FORM.read_text("utf-8")


def _case(
    name: str,
    make: Make,
    word: str = "",
    *,
    code: str = "F|Y|S",
    base: str = SMALL,
    line: int | None = None,
) -> None:
    CASES.append(Form(name, base, make, code, word, line))


def _swap(old: str, new: str) -> Make:
    """Replace what stands once in the form."""

    def make(text: str) -> str:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        return text.replace(old, new)

    return make


# --- phrases ------------------------------------------------------------------------------------


def _phrase(phrase: str) -> Make:
    return _swap("    虚词: [了]", f'    虚词: [了, "{phrase}"]')


_HAN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"

_PHRASES = {
    "of-sixty-optional-parts": "（甲）" * 60 + "乙",
    "of-sixty-different-optional-parts": "".join(f"（{_HAN[n % 22]}）" for n in range(60)) + "案",
    "of-sixty-alternatives": "〔甲|乙〕" * 60,
    "of-six-gaps": "甲…乙…丙…丁…戊…己…庚",
    "of-sixty-gaps": "甲…" * 60 + "乙",
    "of-four-numbers": "＃甲＃乙＃丙＃",
    "of-numbers-and-gaps": "＃…＃…＃…＃",
    "of-five-thousand-alternatives": f"〔{'|'.join(f'甲{n}' for n in range(5000))}〕",
    "two-thousand-deep": "（甲" * 2000 + "）" * 2000,
    "of-fifty-thousand-letters": "甲" * 50_000,
    "that-may-be-nothing": "（甲）（乙）",
    "of-blanks": "   ",
    "unclosed": "甲（乙",
    "unclosed-alternatives": "甲〔乙|丙",
    "closed-only": "甲）乙",
    "with-an-unknown-name": "{{去年}}甲",
    "with-an-unclosed-name": "{{上年度甲",
}
for _name, _phrase_text in _PHRASES.items():
    _case(f"phrase-{_name}", _phrase(_phrase_text))

_case("phrase-of-a-regular-expression", _phrase("(a+)+$|[^b]*?\\\\1"), code=EITHER)
_case("gap-only", _phrase("…"))
_case("number-only", _phrase("＃"), code=EITHER)
_case(
    "example-of-a-hundred-thousand-letters",
    _swap("例: [全年检查中日常巡查96次]", f"例: [{'甲' * 100_000}]"),
)
_case(
    "example-of-forty-openings",
    _swap("例: [全年检查中日常巡查96次]", f"例: [{'检查中共计' * 400}日常巡查96次]"),
    code=EITHER,
)
_case(
    "sum-of-an-unknown-row",
    _swap("表: [全年.日常巡查], 例", "表: [全年.夜间巡查], 例"),
    "夜间巡查",
)

_case(
    "column-of-several-letters-that-prose-adds",
    _swap("{键: 小计, 格: z, 合计: 是}", "{键: 小计, 格: 甲乙, 合计: 是}"),
    "一个小写字母",
)

# --- titles and printed lines ---------------------------------------------------------------------

_TITLE = '标题: "{{单位}}{{年度}}年行政执法统计年报"'
for _name, (_title, _code, _word) in {
    "unclosed": ("{{单位}}{{年度年行政执法统计年报", "F|Y", "标题|{{"),
    "unclosed-at-the-end": ("{{单位}}行政执法统计年报{{年度", "F|Y", "标题|{{"),
    "closed-only": ("单位}}行政执法统计年报", "F|Y", "标题|}}"),
    "full-width": ("｛｛单位｝｝{{年度}}年行政执法统计年报", EITHER, ""),
    "full-width-unclosed": ("｛｛单位{{年度}}年行政执法统计年报", "F|Y", "标题|｛｛|{{"),
    "a-program": ("{% for 甲 in 乙 %}{{单位}}{% endfor %}", "F|Y", "标题|{%"),
    "a-call": ("{{单位.__class__}}统计年报", "F|Y", "__class__"),
    "a-calculation": ("{{7*7}}统计年报", "F|Y", "7*7"),
    "of-itself": ("{{标题}}统计年报", "F|Y", "标题"),
    "of-an-unknown-name": ("{{甲乙丙}}统计年报", "F|Y", "甲乙丙"),
    "of-a-hundred-thousand-letters": ("{{单位}}" + "年" * 100_000, "F|Y", ""),
    "of-ten-thousand-names": ("{{单位}}" * 10_000, "F|Y", ""),
    "with-a-control-character": (r"{{单位}}\e[31m统计年报", "F|Y", ""),
    "with-a-nul": (r"{{单位}}\0统计年报", "F|Y", ""),
    "with-half-a-character": (r"{{单位}}\ud800统计年报", "F|Y", ""),
    "empty": ("", "F|Y", "标题"),
}.items():
    _case(f"title-{_name}", _swap(_TITLE, f'标题: "{_title}"'), _word, code=_code)

_case(
    "printed-line-unclosed",
    _swap('签字行: ["统计：{{签字.统计}}", ', '签字行: ["统计：{{签字.统计", '),
    "签字|{{",
)
_case(
    "printed-line-of-an-unknown-name",
    _swap('签字行: ["统计：{{签字.统计}}", ', '签字行: ["统计：{{签字.甲}}", '),
    "签字.甲",
)
_case(
    "label-with-a-control-character",
    _swap("印作: 全年合计", '印作: "全年\\e]0;x\\a合计"'),
)
_case(
    "label-of-fifty-thousand-letters",
    _swap("印作: 全年合计", f"印作: {'全' * 50_000}"),
    code="F|Y|L",
    line=0,
)

# --- what YAML can do --------------------------------------------------------------------------------

_BOMB = "甲: &a [乙, 乙, 乙, 乙, 乙, 乙, 乙, 乙, 乙]\n" + "".join(
    f"丙{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(9)
)
_case("aliases-that-multiply", lambda text: _BOMB + text, line=1)
_case("an-anchor", _swap("表式: 行政执法统计年报", "表式: &a 行政执法统计年报"))
_case("a-merge", _swap("适用年度: 2023-", "<<: {适用年度: 2023-}"))
_case(
    "a-python-object",
    _swap("适用年度: 2023-", '适用年度: !!python/object/apply:os.system ["touch evil"]'),
)
_case("an-own-tag", _swap("适用年度: 2023-", "适用年度: !x 2023-"))
_case("a-binary-tag", _swap("适用年度: 2023-", "适用年度: !!binary MjAyMy0="))
_case("a-directive", lambda text: "%YAML 1.1\n---\n" + text, line=1)
_case(
    "a-second-document",
    lambda text: text.replace("\n部分:\n", "\n---\n部分:\n", 1),
    "---|分",
)
_case("an-end-mark", lambda text: text.replace("\n部分:\n", "\n...\n部分:\n", 1), "...|结束|末")
_case(
    "a-doubled-key",
    _swap("版次: 2023年试行版", "版次: 2023年试行版\n版次: 2024年版"),
    "版次",
    line=6,
)
_case("two-thousand-brackets", _swap("量词: [次, 件, 起]", f"量词: {'[' * 2000}次{']' * 2000}"))
_case(
    "a-key-of-ten-thousand-letters",
    _swap("版次: 2023年试行版", f"版次: 2023年试行版\n{'甲' * 10_000}: 1"),
    line=6,
)
_case(
    "five-thousand-unknown-keys",
    lambda text: text + "".join(f"甲{n}: 1\n" for n in range(5000)),
    line=0,
)
_case(
    "a-line-of-four-megabytes",
    lambda text: text + "#" + "甲" * 1_400_000 + "\n",
    line=0,
)
_case(
    "forty-megabytes",
    lambda text: text.encode() + b"# 0123456789\n" * 3_100_000,
    line=0,
)
_case(
    "a-million-lines",
    lambda text: text + "\n" * 1_000_000 + "甲: 1\n",
    line=0,
)
_case("nothing", lambda text: b"", line=0)
_case("a-comment-alone", lambda text: "# 甲\n", line=0)
_case("a-list", lambda text: "- 甲\n- 乙\n", line=0)
_case("a-number", lambda text: "7\n", line=0)
_case("zeros", lambda text: bytes(100_000), line=0)
_case("a-word-file", lambda text: TEMPLATE.read_bytes(), line=0)
_case("bytes-that-are-no-text", lambda text: text.encode() + b"\xff\xfe\xfa", code="F|Y", line=0)
_case("in-utf-16", lambda text: text.encode("utf-16"), code=EITHER, line=0)
_case("in-gb18030", lambda text: text.encode("gb18030"), code=EITHER, line=0)
_case("carriage-returns-alone", lambda text: text.replace("\n", "\r").encode(), code=EITHER, line=0)
_case("a-tab-in-front", _swap("  填报日期: 日期", "\t填报日期: 日期"))

# --- numbers, days, years ---------------------------------------------------------------------------

_DIGITS = "9" * 5000
_case(
    "a-length-of-five-thousand-digits", _swap("至少: 10, 至多: 300", f"至少: {_DIGITS}, 至多: 300")
)
_case("a-length-below-nothing", _swap("至少: 10, 至多: 300", "至少: -1, 至多: 300"))
_case("a-day-that-is-none", _swap("至: 1月10日", "至: 2月30日"), "2月30日")
_case("a-month-that-is-none", _swap("至: 1月10日", "至: 13月1日"), "13月1日")
_case("a-day-of-five-thousand-digits", _swap("至: 1月10日", f"至: 1月{_DIGITS}日"))
_case("a-year-of-twenty-digits", _swap("适用年度: 2023-", f"适用年度: {'9' * 20}-"))
_case("a-year-of-five-thousand-digits", _swap("适用年度: 2023-", f"适用年度: {_DIGITS}-"))
_case("three-years", _swap("适用年度: 2023-", "适用年度: 2023-2024-2025"))
_case(
    "a-threshold-of-five-thousand-digits",
    _swap("达到须核实: {数: 1000,", f"达到须核实: {{数: {_DIGITS},"),
)
_case("a-threshold-that-is-no-digit", _swap("达到须核实: {数: 1000,", "达到须核实: {数: ²,"))

# --- names that are more than names --------------------------------------------------------------------

for _name, _cell in {
    "climbs": "../m1",
    "calculates": '"{{7*7}}"',
    "is-a-call": '"m1()"',
    "has-a-dot": "m1.__class__",
    "has-a-filter": '"m1|safe"',
    "is-a-number": "1",
    "has-a-blank": '"m 1"',
    "has-a-control-character": '"m\\e1"',
    "is-long": "m" * 10_000,
}.items():
    _case(f"cell-that-{_name}", _swap("格: m1}", f"格: {_cell}}}"), "格|m")
_case("cell-that-stands-twice", _swap("格: m2}", "格: m1}"), "m1")
for _name, _part in {
    "ends-the-tag": '"概述 %}{{7*7}}{%p for 甲 in 概述"',
    "is-a-call": '"概述()"',
    "has-a-dot": "概述.__class__",
    "stands-twice": "检查",
    "is-long": "概" * 10_000,
}.items():
    _case(f"part-name-that-{_name}", _swap("模板名: 概述", f"模板名: {_part}"), line=0)
_case("part-name-of-python", _swap("模板名: 概述", "模板名: __class__"), code="F|L", line=0)
_case("a-given-name-again", _swap("  填报日期: 日期", "  单位: 文字\n  填报日期: 日期"), "单位")
_case(
    "a-name-of-python",
    _swap("  填报日期: 日期", "  __class__: 文字\n  填报日期: 日期"),
    code=EITHER,
)
_case(
    "a-form-name-with-a-path",
    _swap("表式: 行政执法统计年报", "表式: ../../行政执法统计年报"),
    code=EITHER,
)

# --- ties and tables ------------------------------------------------------------------------------------

_TIE = "每列: 上半年 + 下半年 = 全年"
_case("a-tie-of-five-thousand-terms", _swap(_TIE, f"每列: {' + '.join(['上半年'] * 5000)} = 全年"))
_case(
    "a-tie-of-unknown-terms",
    _swap(_TIE, f"每列: {' + '.join(f'甲{n}' for n in range(2000))} = 全年"),
)
_case("a-tie-that-multiplies", _swap(_TIE, "每列: 上半年 * 2 = 全年"))
_case("a-tie-without-a-side", _swap(_TIE, "每列: 上半年 + 下半年 ="))
_case("a-tie-of-signs", _swap(_TIE, f"每列: {'+ ' * 20_000}= 全年"))
_case(
    "groups-two-hundred-deep",
    lambda text: text.replace(
        "          - {键: 上半年, 格: m1}\n",
        "          - {组: 甲, 行: ["
        + "{组: 乙, 行: [" * 200
        + "{键: 上半年, 格: m1}"
        + "]}" * 201
        + "\n",
        1,
    ),
)
_case(
    "five-thousand-rows",
    lambda text: text.replace(
        "          - {键: 上半年, 格: m1}\n",
        "          - {键: 上半年, 格: m1}\n"
        + "".join(f"          - {{键: 甲{n}, 格: k{n}}}\n" for n in range(5000)),
        1,
    ),
    code="F|Y|L103",
    line=0,
)
_case(
    "two-thousand-columns",
    lambda text: text.replace(
        "          - {键: 日常巡查, 格: a}\n",
        "          - {键: 日常巡查, 格: a}\n"
        + "".join(f"          - {{键: 甲{n}, 格: k{n}}}\n" for n in range(2000)),
        1,
    ),
    code="F|Y|L103",
    line=0,
)
_case(
    "two-thousand-printed-lines",
    lambda text: text.replace(
        "\n印行:\n", "\n印行:\n" + "".join(f'  甲{n}: ["{{{{单位}}}}"]\n' for n in range(2000)), 1
    ),
    code="F|Y|L103",
    line=0,
)
_case(
    "rows-that-are-no-list",
    _swap("          - {键: 上半年, 格: m1}\n", "          键: 上半年\n"),
    line=0,
)
_case(
    "no-parts",
    lambda text: re.sub(r"(?s)\n部分:\n.*", "\n", text),
    "部分",
    line=0,
)
_case(
    "unclosed-title-of-the-shipped-form",
    _swap('标题: "{{单位}}{{年度}}年政府', '标题: "{{单位}}{{年度年政府'),
    "标题|{{",
    base=BIG,
)
_case(
    "shipped-form-cut-short",
    lambda text: text[: text.index("勾稽关系")] + "勾稽关系: [",
    base=BIG,
    line=0,
)

# The default suite tries these; tests/slow tries every one.
_EVERY_TIME = """
phrase-of-sixty-optional-parts phrase-of-six-gaps phrase-of-four-numbers phrase-two-thousand-deep
phrase-of-five-thousand-alternatives phrase-unclosed phrase-that-may-be-nothing
phrase-of-a-regular-expression example-of-a-hundred-thousand-letters

title-unclosed title-full-width-unclosed title-a-program title-a-call
title-of-a-hundred-thousand-letters title-with-a-control-character printed-line-unclosed
label-with-a-control-character

aliases-that-multiply a-merge a-python-object a-second-document an-end-mark two-thousand-brackets
five-thousand-unknown-keys a-line-of-four-megabytes forty-megabytes nothing zeros a-word-file
bytes-that-are-no-text in-utf-16

a-length-of-five-thousand-digits a-day-that-is-none a-year-of-five-thousand-digits
a-threshold-that-is-no-digit

cell-that-climbs cell-that-calculates cell-that-stands-twice part-name-that-ends-the-tag
a-tie-of-five-thousand-terms a-tie-that-multiplies groups-two-hundred-deep five-thousand-rows
two-thousand-columns unclosed-title-of-the-shipped-form
"""
EVERY_TIME = frozenset(_EVERY_TIME.split())

assert len({case.name for case in CASES}) == len(CASES), "a name is used twice"
assert {case.name for case in CASES} >= EVERY_TIME, "a name is of no case"
