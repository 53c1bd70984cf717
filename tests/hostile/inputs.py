"""Hostile input files: the example town's, spoiled in one place.

A case is refused, with a code (or how it begins) at a line, or READ: honest text, however odd, that
passes within time. EITHER is answered one way or the other. `printed` must stand in the report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hostile.parts import EXAMPLE, TEMPLATE

Make = Callable[[str], str | bytes]

READ, EITHER = "read", "either"


@dataclass(frozen=True)
class Input:
    """An input file, and what must become of it."""

    name: str
    make: Make
    code: str
    line: int | None
    word: str
    printed: str

    def data(self) -> bytes:
        made = self.make(EXAMPLE.read_text("utf-8"))
        return made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")

    def place(self) -> int:
        """The line of the finding: the first that was changed; 0 for any."""
        if self.line is not None:
            return self.line
        before = EXAMPLE.read_text("utf-8").split("\n")
        after = self.data().decode("utf-8").split("\n")
        for number, (old, new) in enumerate(zip(before, after, strict=False), 1):
            if old != new:
                return number
        raise AssertionError(f"{self.name} changes no line")


CASES: list[Input] = []


def _case(
    name: str,
    make: Make,
    code: str = READ,
    *,
    line: int | None = None,
    word: str = "",
    printed: str = "",
) -> None:
    CASES.append(Input(name, make, code, line, word, printed))


def _swap(*pairs: tuple[str, str]) -> Make:
    def make(text: str) -> str:
        for old, new in pairs:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        return text

    return make


def _said(*lines: str) -> Make:
    """The lines as paragraphs of the last part, which is read against the tables."""
    last = "  本机关{{年度}}年度未收取信息处理费。\n"
    return _swap((last, last + "".join(f"  {line}\n" for line in lines)))


# --- texts that cost more than they look -------------------------------------------------

_ASKED = "收到政府信息公开申请"
_TEXTS = {
    "forty-openings-before-a-number": "政府信息公开申请，" + "共计" * 40 + "甲3件。",
    "two-thousand-openings-before-a-number": "政府信息公开申请，" + "共计" * 2000 + "甲3件。",
    "forty-openings-behind-a-verb": _ASKED + "共计" * 40 + "甲3件。",
    "forty-openings-of-another-subject": "行政复议" + "共计" * 40 + "甲3件。",
    "forty-mixed-openings": _ASKED + "共计总计合计共有数量" * 8 + "甲3件。",
    "a-share-of-27-decimals": f"{_ASKED}21件，予以公开8件，占99.{'9' * 27}%。",
    "a-share-of-four-thousand-decimals": f"{_ASKED}21件，予以公开8件，占99.{'9' * 4400}%。",
    "a-share-of-five-thousand-digits": f"{_ASKED}21件，予以公开8件，占{'9' * 5000}%。",
    "a-number-of-4301-digits": f"{_ASKED}{'9' * 4301}件。",
    "a-number-of-4301-chinese-digits": f"{_ASKED}{'九' * 4301}件。",
    "a-number-of-4301-tens": f"{_ASKED}{'十' * 4301}件。",
    "a-number-of-4301-ten-thousands": f"{_ASKED}一{'万亿' * 2150}件。",
    "a-number-of-4301-full-width-digits": f"{_ASKED}{'９' * 4301}件。",
    "a-year-of-4301-digits": f"统计期限为{'2' * 4301}年1月1日至12月31日。",
    "a-fee-of-five-thousand-digits": f"收取信息处理费{'9' * 5000}元。",
    "a-document-number-of-five-thousand-digits": f"国办公开办函〔{'2' * 5000}〕30号。",
    "digits-like-identity-cards": "1" * 4500 + "。",
    "digits-like-telephones": "13900000000" * 400 + "。",
    "three-hundred-numbers": "甲3件，" * 300 + "乙。",
    "two-thousand-of-which": _ASKED + "21件，" + "其中" * 2000 + "自然人3件。",
    "two-thousand-brackets": "（" * 2000 + "甲" + "）" * 2000 + "。",
    "two-thousand-open-brackets": _ASKED + "（" * 2000 + "3件。",
    "two-thousand-quotes": "“" * 2000 + "甲" + "”" * 2000,
    "a-doubled-word-of-four-thousand": "公开" * 2000 + "。",
    "a-doubled-word-in-the-making": "甲" * 2200 + "乙" + "甲" * 2200 + "丙。",
    "two-thousand-commas": "，" * 2000 + _ASKED + "3件。",
    "a-denial-of-four-thousand-letters": "未收到" + "甲" * 4000 + "政府信息公开申请。",
    "forty-denials": "未" * 40 + "没有" * 40 + "收到政府信息公开申请。",
    "half-width-commas": "甲,乙" * 1500 + "。",
    "combining-marks": "甲" + "\u0301" * 3000 + "乙。",
    "numbered-like-headings": "（一）" * 1500 + "。",
}
for _name, _text in _TEXTS.items():
    _case(f"text-with-{_name}", _said(_text))

_case("text-of-five-hundred-paragraphs", _said(*["收到政府信息公开申请共计共计甲3件。"] * 500))
_case("text-of-a-hundred-thousand-letters", _said("甲，" * 50_000), EITHER)
_case("text-of-a-million-letters", _said("甲，" * 500_000), "Y107", line=0)
_case("text-of-fifty-thousand-paragraphs", _said(*["甲。"] * 50_000), EITHER)

# --- names and values ------------------------------------------------------------------------

_LONG = "镇" * 5000
_case(
    "a-short-name-of-5000-letters-2000-times",
    _swap(
        ("简称: 青石镇", f"简称: {_LONG}"),
        (
            "  本机关{{年度}}年度未收取信息处理费。\n",
            "  本机关{{年度}}年度未收取信息处理费。\n  " + "{{简称}}" * 2000 + "\n",
        ),
    ),
    "Y|S|V|N",
)
_case("a-unit-of-5000-letters", _swap(("单位: 云岭县青石镇人民政府", f"单位: {_LONG}")), "Y|S|V")
_case("a-title-of-5000-letters", _swap(("年度: 2025\n", f"年度: 2025\n标题: {_LONG}\n")), "Y|S|V")
_case(
    "a-source-of-5000-letters",
    _swap(("信息来源: 云岭县青石镇", f"信息来源: {_LONG}")),
    "Y|S|V",
)
_case("a-reviewer-of-5000-letters", _swap(("{初审: 甲,", f"{{初审: {_LONG},")), "Y|S|V")
_case("the-short-name-2000-times", _said("{{简称}}" * 2000), EITHER)
_case("a-bound-sum-of-2000-terms", _said("{{" + " + ".join(["本年新收"] * 2000) + "}}件。"), EITHER)
_case(
    "a-bound-name-of-5000-letters",
    _said("{{" + "甲" * 5000 + "}}件。"),
    "N002",
    word="取不到|名称|甲",
)
for _name, _end, _code in (
    ("", "（甲）", EITHER),
    ("-and-no-end", "（甲", "V|Y"),
    ("-and-a-letter", "甲", "V|Y"),
):
    _case(
        f"a-cell-with-19000-blanks{_name}",
        _swap(("  行政许可: 46", f'  行政许可: "46{" " * 19_000}{_end}"')),
        _code,
    )
_case("a-count-of-5000-digits", _swap(("  行政许可: 46", f"  行政许可: {'4' * 5000}")), "V|Y")
_case(
    "an-amount-of-5000-decimals",
    _swap(("行政事业性收费: 3.25", f"行政事业性收费: 3.{'2' * 5000}")),
    "V|Y",
)
_case(
    "an-amount-with-an-exponent",
    _swap(("行政事业性收费: 3.25", "行政事业性收费: 1e999999999")),
    "V103",
)
_case("an-amount-that-is-infinite", _swap(("行政事业性收费: 3.25", "行政事业性收费: .inf")), "V103")
_case("a-count-in-other-digits", _swap(("  行政许可: 46", "  行政许可: ٤٦")), "V102")
_case("a-count-that-is-squared", _swap(("  行政许可: 46", "  行政许可: ²")), "V102")
_case(
    "a-note-of-5000-letters",
    _swap(("  行政许可: 46", f'  行政许可: "46（{"甲" * 5000}）"')),
    EITHER,
)
_case(
    "a-year-of-5000-digits", _swap(("\n年度: 2025\n", f"\n年度: {'2' * 5000}\n")), "V105|Y107|S107"
)
_case(
    "a-day-of-5000-digits",
    _swap(("成文日期: 2026-01-12", f"成文日期: 2026-01-{'1' * 5000}")),
    "V|Y",
)
_case("a-day-before-all-days", _swap(("成文日期: 2026-01-12", "成文日期: 0000-00-00")), "V106")
_case("a-time-that-is-none", _swap(("2026-01-16 09:30", "2026-01-16 99:99")), "V106")
_case(
    "a-form-name-of-5000-letters",
    _swap(("\n年度: 2025\n", f"\n表式: {'甲' * 5000}\n年度: 2025\n")),
    "S107|Y|S",
    line=0,
)
_case(
    "a-form-name-with-a-path",
    _swap(("\n年度: 2025\n", "\n表式: ../../../etc/passwd\n年度: 2025\n")),
    "S107",
)

# --- what other programs would run ----------------------------------------------------------------

for _name, _text in {
    "a-loop-of-the-template": "{% for 甲 in range(9) %}甲{% endfor %}",
    "a-paragraph-loop-of-the-template": "{%p for 段 in 总体情况 %}",
    "a-comment-of-the-template": "{# 甲 #}",
    "xml": "]]></w:t></w:r><w:fldSimple w:instr='DDEAUTO c:\\x y'/><w:t>&amp;&lt;",
    "a-field-as-text": 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',
    "an-entity": "&evil; &#x41; <!DOCTYPE x>",
    "a-formula": "=cmd|'/C calc'!A0",
    "a-link": "http://198.51.100.7/x javascript:alert(1) file:///etc/passwd",
    "a-script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
}.items():
    _case(f"text-that-is-{_name}", _said(_text), printed=_text)
for _name, _text, _codes in (
    ("a-calculation", "{{7*7}}件。", "N002"),
    ("a-call", "{{本年新收.__class__.__mro__}}件。", "N002"),
    ("a-power", "{{9**9**9}}件。", "N002"),
    ("an-unclosed-name", "{{本年新收件。", "N003"),
    ("full-width-unclosed", "｛｛本年新收件。", "N003"),
):
    _case(f"name-that-is-{_name}", _said(_text), _codes)
_case(
    "a-unit-that-is-a-path",
    _swap(("单位: 云岭县青石镇人民政府", "单位: ../../../tmp/云岭县青石镇人民政府")),
    READ,
)
_case(
    "a-title-that-is-a-formula",
    _swap(("\n年度: 2025\n", '\n年度: 2025\n标题: "=1+1|<w:t>"\n')),
    READ,
    printed="=1+1|<w:t>",
)

# --- characters ---------------------------------------------------------------------------------------

_case(
    "a-bell-in-the-unit", _swap(("单位: 云岭县青石镇人民政府", r'单位: "云岭县\a青石镇"')), "Y102"
)
_case(
    "an-escape-in-the-unit", _swap(("单位: 云岭县青石镇人民政府", r'单位: "云\e[31m岭县"')), "Y102"
)
_case("a-raw-escape-in-the-text", _said("甲\x1b[2J乙。"), "Y102")
_case("a-c1-control-in-the-text", _said("甲\x9b31m乙。"), "Y102")
_case("a-nul", lambda text: text.encode() + b"\0", "Y", line=0)
_case("half-a-character", _swap(("单位: 云岭县青石镇人民政府", r'单位: "云\ud800岭县"')), "Y")
_case(
    "an-escape-in-an-unknown-key",
    _swap(("\n年度: 2025\n", '\n"\\e]0;x\\a": 1\n年度: 2025\n')),
    "S|Y",
)
_case("text-turned-around", _said("甲\u202e乙丙\u202c丁。"), EITHER)

# --- what YAML can do ------------------------------------------------------------------------------------

_BOMB = "甲: &a [乙, 乙, 乙, 乙, 乙, 乙, 乙, 乙, 乙]\n" + "".join(
    f"丙{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(9)
)
_case("aliases-that-multiply", lambda text: _BOMB + text, "Y106", line=1)
_case(
    "a-python-object",
    _swap(("  行政许可: 46", "  行政许可: !!python/object/apply:os.system [id]")),
    "Y106",
)
_case("a-merge", _swap(("审签: {初审: 甲,", "审签: {<<: {初审: 甲},")), "Y106")
_case(
    "twenty-thousand-brackets",
    _swap(("  行政许可: 46", f"  行政许可: {'[' * 20_000}")),
    "Y107|Y105",
)
_case(
    "twenty-thousand-mappings",
    _swap(("  行政许可: 46", f"  行政许可: {'{甲: ' * 20_000}")),
    "Y107|Y105",
)
_case(
    "five-thousand-indents",
    lambda text: text + "".join(" " * n + f"甲{n}:\n" for n in range(1000)),
    "Y|S",
    line=0,
)
_case(
    "a-second-document",
    _swap(("\n总体情况: |", "\n---\n总体情况: |")),
    "Y105",
    word="---|分",
)
_case("an-end-mark", _swap(("\n总体情况: |", "\n...\n总体情况: |")), "Y105", word="...|结束|末")
_case("an-end-mark-at-the-end", lambda text: text + "...\n甲: 1\n", "Y105")
_case(
    "ten-thousand-unknown-keys",
    lambda text: text + "".join(f"甲{n}: 1\n" for n in range(10_000)),
    "S101|Y",
    line=0,
)
_case(
    "ten-thousand-rows-in-a-table",
    _swap(
        ("  行政许可: 46\n", "  行政许可: 46\n" + "".join(f"  甲{n}: 1\n" for n in range(10_000)))
    ),
    "S101|Y",
    line=0,
)
_case(
    "a-row-of-fifty-thousand-numbers",
    _swap(("  本年新收: [12, 3, 1, 1, 2, 0, 19]", f"  本年新收: [{'1, ' * 50_000}1]")),
    "S105|Y",
)
_case(
    "a-row-of-two-thousand-numbers",
    _swap(("  本年新收: [12, 3, 1, 1, 2, 0, 19]", f"  本年新收: [{'1, ' * 2000}1]")),
    "S105|Y",
)
_case(
    "five-thousand-answers",
    lambda text: text + "核实说明:\n" + "".join(f"  N101 甲{n} 1/2: 乙\n" for n in range(5000)),
    EITHER,
    line=0,
)
_case(
    "an-answer-of-fifty-thousand-letters",
    lambda text: text + f"核实说明:\n  N101: {'甲' * 50_000}\n",
    EITHER,
    line=0,
)
_case(
    "thirty-megabytes", lambda text: text.encode() + b"# 0123456789\n" * 2_400_000, "Y107", line=0
)
_case("a-million-lines", lambda text: text + "\n" * 1_000_000, "Y107", line=0)
_case("a-line-of-four-megabytes", lambda text: text + "#" + "甲" * 1_400_000 + "\n", "Y107", line=0)
_case("zeros", lambda text: bytes(300_000), "Y", line=0)
_case("nothing", lambda text: b"", "Y|S", line=0)
_case("a-word-file", lambda text: TEMPLATE.read_bytes(), "Y101", line=0)

# The default suite tries these; tests/slow tries every one.
_EVERY_TIME = """
text-with-forty-openings-before-a-number text-with-two-thousand-openings-before-a-number
text-with-a-share-of-27-decimals text-with-a-number-of-4301-digits
text-with-a-number-of-4301-chinese-digits text-with-a-share-of-four-thousand-decimals
text-with-two-thousand-brackets text-with-digits-like-identity-cards
text-of-five-hundred-paragraphs text-of-a-million-letters

a-short-name-of-5000-letters-2000-times a-title-of-5000-letters a-cell-with-19000-blanks-and-a-letter
a-count-of-5000-digits an-amount-with-an-exponent a-year-of-5000-digits

text-that-is-a-loop-of-the-template text-that-is-xml text-that-is-a-field-as-text
name-that-is-a-power a-unit-that-is-a-path

an-escape-in-the-unit a-c1-control-in-the-text an-escape-in-an-unknown-key

aliases-that-multiply twenty-thousand-brackets a-second-document an-end-mark
ten-thousand-unknown-keys five-thousand-answers thirty-megabytes a-word-file
"""
EVERY_TIME = frozenset(_EVERY_TIME.split())

assert len({case.name for case in CASES}) == len(CASES), "a name is used twice"
assert {case.name for case in CASES} >= EVERY_TIME, "a name is of no case"
