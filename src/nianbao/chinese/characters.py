"""Characters that cannot be printed, and those that cannot be seen.

Knows which ones no Word file can hold, what the invisible ones are called in
Chinese, and that the breaks Word makes inside a paragraph are no line ends of
a text file. Invisible ones in a narrative do no harm and are printed as typed;
whoever reads a key or a number asks here what they are called. Knows no YAML.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nianbao.chinese.lines import Lines
from nianbao.diagnostics import Finding, Location, finding

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0010fffe\U0010ffff]"
)
FORBIDDEN_IN_TEXT = re.compile(f"{_FORBIDDEN.pattern}|\r")
"""The same in a text already read, where an escape may have made a carriage return."""

SOFT_BREAKS = "\x0b\x85\u2028\u2029"
"""What Word and web pages leave where a line ends inside a paragraph."""

INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""What takes no room and is no blank: zero-width characters and direction marks."""

_NAMES = {
    "\x00": "空字符",
    "\x07": "响铃符",
    "\x08": "退格符",
    "\x0b": "软回车",
    "\x0c": "分页符",
    "\x1b": "转义符",
    "\x7f": "删除符",
    "\x85": "下一行符",
    "\u2028": "行分隔符",
    "\u2029": "段落分隔符",
    "\u00ad": "软连字符",
    "\u061c": "阿拉伯字母标记",
    "\u180e": "蒙古文元音分隔符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u202a": "从左到右嵌入",
    "\u202b": "从右到左嵌入",
    "\u202c": "方向结束符",
    "\u202d": "从左到右强制",
    "\u202e": "从右到左强制",
    "\u2060": "词连接符",
    "\u2066": "从左到右隔离",
    "\u2067": "从右到左隔离",
    "\u2068": "首字定向隔离",
    "\u2069": "隔离结束符",
    "\ufeff": "零宽不换行空格，也就是 BOM",
    "\t": "Tab",
    "\u00a0": "不间断空格",
    "\u3000": "全角空格",
}
_MAX_FINDINGS = 20


def visible(text: str) -> str:
    """`text` without its invisible characters."""
    return "".join(char for char in text if char not in INVISIBLE)


def called(char: str) -> str:
    """What a character that cannot be seen is called: 零宽空格."""
    return _NAMES.get(char, "控制字符")


def hidden(text: str) -> str:
    """A remark that names the first invisible character of `text`, "" where there is none."""
    found = next((char for char in text if char in INVISIBLE), None)
    return f"（里面有看不见的字符：{called(found)}）" if found else ""


def refuse(lines: Lines) -> tuple[list[Finding], Lines]:
    """Findings for forbidden characters, and the lines with each one replaced by U+FFFD."""
    found = [
        (Location(number, match.start() + 1), match[0])
        for number, line in enumerate(lines.texts, 1)
        for match in _FORBIDDEN.finditer(line)
    ]
    if not found:
        return [], lines
    clean = replace(lines, texts=tuple(_FORBIDDEN.sub("\ufffd", line) for line in lines.texts))
    return [_forbidden(place, char) for place, char in found[:_MAX_FINDINGS]], clean


def _forbidden(place: Location, char: str) -> Finding:
    hint = "把光标移到这一列，删掉前后重打；多半是从网页或别的软件粘贴带来的"
    if char in SOFT_BREAKS:
        hint = "这是 Word 和网页里的换行；在这里按回车另起一行，或者删掉它"
    return finding(
        "Y102", f"这里有一个看不见的字符：{called(char)}，印不出来。", at=place, hint=hint
    )
