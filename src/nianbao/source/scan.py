"""An input file's lines as typed, before the YAML parser sees them.

Knows what a Chinese input method, the Tab key or a pasted paragraph puts where
YAML wants ASCII and even indentation; decides where PyYAML's two parsers differ
and hands both the same text. Knows no form: the names that may be used, by
which it tells a key from a line of text, are brought by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from nianbao.chinese.characters import INVISIBLE, called
from nianbao.chinese.excerpt import shortened
from nianbao.chinese.lines import LINE_BREAK
from nianbao.chinese.wording import BLANKS
from nianbao.diagnostics import Edit, Findings, Location, edit
from nianbao.source import passage
from nianbao.source.indentation import DASHES, KEYED, Levels, is_odd, margin_of
from nianbao.source.names import Names
from nianbao.source.passage import Passage, indent_of, key_of
from nianbao.source.punctuation import MASK, Punctuation

MAX_BYTES = 2_000_000
MAX_LINES = 20_000
MAX_LINE = 20_000
"""Characters of a line; nobody types more in one paragraph."""

_BLOCK_HEADER = re.compile(r"(?P<lead>.*?(?::|^|-)[ \t]+|^)[|>](?P<rest>.*)$")
_HEADER_REST = re.compile(r"(?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:[ \t]#.*)?$")
_WIDE_BAR = re.compile(r":[ \t\u00a0\u3000]+(?P<bar>[｜丨])$")
_ROW_LIKE = re.compile(
    f"^[^：:]{{1,30}}(?:：|:(?! ))[{BLANKS}{INVISIBLE}]*"
    r"(?:[\[{|>［｛【｜].*|[\d.,]+(?:[（(].*)?|[/无-])?$"
)
_GLUED_DASH = re.compile(r"(?:-(?=[\d０-９\"“])|[－–—−][ \t\u00a0\u3000]*(?=[\d０-９\"“]))")
_ANSWER = re.compile(r" +[A-Z]\d{3}(?: [^：:]*)?[：:]")
"""The key that a finding prints to be answered under."""
_WIDE_HASH = re.compile(r":[ \t]+(?:[\d.,]+|[\[{].*[\]}])[ \t]+(?P<hash>＃)")
_LONG = 12
"""Characters that a name nobody knows hardly has; more before a colon are words of a text."""
_AHEAD = 100
"""Lines to look at for how the rest of a table is indented."""
_BARS = ("|", "｜", "丨")


class Scan:
    """One pass over the lines, before the parser.

    Finds what is typed where YAML wants something else, decides where the two
    parsers differ, and hands both the same text: `parseable` has the lines of
    the original, and their length but for the blanks before a narrative's, with
    `marks` decided, and what was told of put as it was meant where one reading is left.
    """

    def __init__(self, text: str, names: Names | None = None) -> None:
        self.findings = Findings()
        self.names = names
        self.lines = LINE_BREAK.split(text)
        self.structural: list[int] = []
        self.blocks: dict[int, tuple[Edit, ...]] = {}
        """By its key's line, what makes a `|` text of a narrative that is none."""
        self.prose: dict[int, int] = {}
        """Each line of a `|` text, with the blanks it begins with or should."""
        self.given_up = False
        """A bracket or quote lacks its end, or a key its place: a parser would go astray."""
        self.marks = Punctuation(self.lines, names, self.findings)
        self._levels = Levels(names, self.findings)
        self._text = Passage(0, 0, 0)
        self._value_above, self._opens_above = -1, False
        self._stray = self._dashed = 0
        self._at_edge: dict[str, int] | None = None
        breaks = [*(found[0] for found in LINE_BREAK.finditer(text)), ""]
        self.parseable = "".join(line + end for line, end in zip(self._pass(), breaks, strict=True))

    # --- the lines, one by one ------------------------------------------------

    def _pass(self) -> Iterator[str]:
        for number, line in enumerate(self.lines, 1):
            in_text = self._text.first <= number < self._text.end
            if not line.strip(BLANKS):
                yield "" if in_text else " " * len(line)
            elif not in_text and line.lstrip(" ").startswith("#"):
                yield line.replace("\t", " ")
            elif not in_text and not self.marks.inside and line.lstrip(BLANKS).startswith("＃"):
                at = line.index("＃")
                self._wide_hash(number, at)
                yield " " * at + "#" + line[at + 1 :]
            elif len(line) > MAX_LINE:
                self.findings.report(
                    "Y107",
                    f"这一行有 {len(line):,} 个字，超过上限 {MAX_LINE:,} 个。",
                    line=number,
                    at=MAX_LINE,
                    hint="正文写在“名称: |”的下面，一段一行",
                )
                yield line
            elif in_text:
                yield self._line_of_text(line, number)
            elif self.marks.inside and not self._given_up(line, number):
                yield self.marks.read(line, number)[0]
            else:
                yield self._structural(line, number)

    def _given_up(self, line: str, number: int) -> bool:
        """True where a known key begins a line inside a bracket or quote: that lacks its end."""
        above = self.lines[number - 2].rstrip(BLANKS)
        if not KEYED.search(line) or not self.names or not self.names.known(key_of(line)):
            return False
        goes_on = above[-1:] in (*",，、[{:：［｛", "") or line.lstrip(BLANKS)[0] in ",，、"
        if not self.marks.quoted and goes_on:
            return False
        self.given_up = True
        self.marks.close()
        return True

    def _line_of_text(self, line: str, number: int) -> str:
        """Leading tabs of a narrative line are blanks; U+3000 is one that YAML does not count."""
        self.prose[number] = self._text.indent
        self._misplaced(number)
        content = line.lstrip(BLANKS)
        blanks = line[: len(line) - len(content)].lstrip(" ").replace("\t", "\u3000")
        return " " * self._text.indent + blanks + content

    def _wide_hash(self, number: int, at: int) -> None:
        self.findings.report(
            "Y113",
            "这里用了全角的“＃”，YAML 不认得，后面的字不会当作注释。",
            line=number,
            at=at,
            hint="注释用半角的 # 开头",
            mend=[edit(number, at + 1, at + 2, "#")],
        )

    def _structural(self, line: str, number: int) -> str:
        """A line that begins a key, an item or a plain text."""
        self.structural.append(number)
        margin = margin_of(line)
        out, plain = self.marks.read(line, number)
        if is_odd(margin):
            blank = " " * len(margin)
            out, plain = blank + out[len(margin) :], blank + plain[len(margin) :]
            self._levels.odd_margin(number, margin, plain)
            self._value_above, self._opens_above = -1, False
        behind = None if self.marks.inside else _WIDE_HASH.search(plain)
        if behind:
            self._wide_hash(number, behind.start("hash"))
            out, plain = out[: behind.start("hash")], plain[: behind.start("hash")].rstrip(" ")
        indent = indent_of(plain)
        if not self.marks.inside and not is_odd(margin) and self._misplaced(number):
            self._levels.settle(0, opens=plain.endswith(":"))
            indent = 0
        elif not self.marks.inside and self._slipped(number, plain):
            self._value_above = -1
            return out
        elif not margin.strip(" "):
            self._levels.look(number, indent, "" if self.marks.inside else plain)
        text = None if self.marks.inside else self._narrative(number, indent, out, plain)
        if text is not None:
            self._value_above, self._opens_above = -1, False
        elif not is_odd(margin):
            self._place(number, indent, plain)
        return out if text is None else text

    def _misplaced(self, number: int) -> bool:
        """Tell of a key of the left edge that stands indented, in a text or in a table."""
        line = self.lines[number - 1]
        margin, key = len(line) - len(line.lstrip(BLANKS)), key_of(line)
        if self.findings.full or not passage.is_misplaced(self.lines, number, self.names):
            return False
        self.given_up = True
        self.findings.report(
            "Y105",
            f"“{key}”前面空了 {margin} 格，会当成上面那一项里的内容。",
            line=number,
            at=margin,
            hint="名称要顶格写，删掉行首的空格；下面属于它的各行，行首空两格",
            mend=() if self._given(key) else passage.to_the_edge(self.lines, number, self.names),
        )
        return True

    def _slipped(self, number: int, plain: str) -> bool:
        """Tell of a row of a table, or the like, that stands at the left edge."""
        if self.findings.full or not self._levels.within or not self._is_row(plain):
            return False
        around = self._levels.around(self._next_indent(number))
        if around is None:
            return False
        self.given_up = True
        self._levels.settle(around or self._levels.top, opens=plain.endswith(":"))
        self.findings.report(
            "Y105",
            f"“{key_of(plain)}”是上面那一项里的一行，行首却没有空格，和上下各行对不齐。",
            line=number,
            at=0,
            hint=f"行首空 {around} 格" if around else "行首空的格数，和同一组的各行一样多",
            mend=[edit(number, 1, 1, " " * around)] if around else [],
        )
        return True

    def _is_row(self, plain: str) -> bool:
        """True for a line at the left edge whose key is known inside a table only."""
        if not self.names or plain[:1] in ("", *BLANKS) or not KEYED.search(plain):
            return False
        key = key_of(plain)
        return self.names.known(key) and not self.names.at_top(key)

    def _next_indent(self, number: int) -> int:
        """The indentation of the next line that is no comment and has not slipped as well."""
        for line in self.lines[number : number + _AHEAD]:
            if line.strip(BLANKS)[:1] not in ("", "#", "＃") and not self._is_row(line):
                return indent_of(line)
        return 0

    def _place(self, number: int, indent: int, plain: str) -> None:
        """Tell of a line that is no `key: value`, or remember one that is."""
        if self._out_of_place(plain, number, indent):
            self._levels.settle(indent, opens=True)
            if passage.BAR_BELOW.search(plain):
                self._begin_text(number, indent)
        elif KEYED.search(plain):
            self._value_above, self._opens_above = indent, plain.endswith(":")
            self._written_as_block(number, indent, plain)
        elif not 0 <= self._value_above < indent:
            self._value_above = -1

    # --- narratives ----------------------------------------------------------------

    def _narrative(self, number: int, indent: int, out: str, plain: str) -> str | None:
        """The line where it begins a `|` text, put as it was meant; None where it does not."""
        header, bar = _BLOCK_HEADER.match(plain), _WIDE_BAR.search(plain)
        if header and not _plain_before(header["lead"]):
            return self._header(number, indent, out, plain, header)
        if bar:
            at = bar.start("bar")
            self.marks.wide(number, at, at + 1, "|", "中文的竖线")
            self._begin_text(number, indent)
            return f"{plain[:at]}|"
        if plain.endswith(":") and self._narrates(plain):
            return self._pasted_below(number, indent, plain)
        return None

    def _header(self, number: int, indent: int, out: str, plain: str, header: re.Match[str]) -> str:
        """A `|` or `>`, with what stands behind it."""
        at, rest = header.end("lead"), header["rest"]
        if not rest.strip(BLANKS) and rest.strip(" \t"):
            wide = at + 1 + len(rest) - len(rest.lstrip(" \t"))
            self.marks.wide(number, wide, len(plain), "", called(plain[wide]))
            out = plain[: at + 1]
        elif not _HEADER_REST.match(rest):
            mend: tuple[Edit, ...] = ()
            if self._narrates(plain) and (plain[at], rest[:1] == " ") != (">", True):
                bar, start = ("", at + 1) if rest[0] == " " else (" |", at)
                mend = passage.as_block(self.lines, number, start, indent, bar=bar)
            self.findings.report(
                "Y105",
                f"冒号后面的 {plain[at]} 表示正文从下一行写起，这一行不能再有别的字。",
                line=number,
                at=at,
                hint="写成“名称: |”，正文另起一行、行首空两格",
                mend=mend,
            )
        elif plain[at] == ">" and self._narrates(plain):
            change = edit(number, at + 1, at + 2, "|")
            self.blocks[number] = passage.with_bar(self.lines, number, indent, change)
        declared = re.match(r"[+-]?(\d)", rest)
        dashes = len(DASHES.match(plain, indent)[0])  # type: ignore[index]
        if declared:
            self._text = passage.declared(self.lines, number, indent + int(declared[1]))
        else:
            self._begin_text(number, indent + dashes)
        return out

    def _begin_text(self, number: int, indent: int, *mend: Edit) -> None:
        """Take the lines below for a text; tell of the first that does not stand as the rest."""
        self._text = passage.below(self.lines, number, indent, self.names)
        if not self._text.crooked:
            return
        number, count = self._text.crooked[0], len(self._text.crooked)
        line, wanted = self.lines[number - 1], self._text.indent
        margin = indent_of(line)
        key = re.split("[:：]", self.lines[self._text.first - 2].strip(BLANKS))[0]
        shown = shortened(line.strip(BLANKS), 12)
        code, told = "Y105", f"“{shown}”这一行行首没有空格，不算“{key}”的正文"
        if line[margin] == "\t":
            code, told = "Y103", "行首用了 Tab 键，YAML 只认空格"
        elif margin > indent:
            above = self.lines[self._text.first - 1 : number - 1]
            start = next(n for n, typed in enumerate(above) if typed.strip(BLANKS))
            first = f"第 {self._text.first + start} 行）空了 {indent_of(above[start])} 格"
            told = f"这一行行首空了 {margin} 格，这段正文的第一行（{first}，对不齐"
        more = f"，连同下面共 {count} 行" if count > 1 else ""
        self.findings.report(
            code,
            f"{told}{more}。",
            line=number,
            at=margin,
            hint=f"“{key}: |”下面每行行首空 {wanted} 格，段首空两格由模板来排；"
            "运行 nianbao fix 可以一次改好",
            mend=[*mend, *self._text.mend(self.lines)],
        )

    def _pasted_below(self, number: int, indent: int, plain: str) -> str | None:
        """`名称:` with a text at the left edge below it is meant as `名称: |`."""
        line = self.lines[number - 1]
        text = passage.below(self.lines, number, indent, self.names)
        if not text.crooked or line.rstrip(BLANKS)[-1] != ":":
            return None
        bar = edit(number, len(line.rstrip(BLANKS)) + 1, len(line) + 1, " |")
        self._begin_text(number, indent, bar)
        return f"{plain} |"

    def _written_as_block(self, number: int, indent: int, plain: str) -> None:
        """Keep what would make a `|` text of a narrative typed behind or below its key."""
        if indent or not self._narrates(plain):
            return
        line = self.lines[number - 1]
        behind = KEYED.search(plain).end()  # type: ignore[union-attr]
        if plain[behind:].strip(" "):
            self.blocks[number] = passage.as_block(self.lines, number, behind, indent)
        elif line.rstrip(BLANKS)[-1] == ":":
            change = edit(number, len(line.rstrip(BLANKS)) + 1, len(line) + 1, " |")
            self.blocks[number] = passage.with_bar(self.lines, number, indent, change)

    def _narrates(self, plain: str) -> bool:
        """True for a line at the left edge that begins with the key of a narrative."""
        return bool(self.names and self.names.narrative(key_of(plain)))

    # --- the characters of a line ---------------------------------------------------

    def _out_of_place(self, plain: str, number: int, indent: int) -> bool:
        """Report a line that is no `key: value`; False when the line is one, or may be."""
        if (
            MASK in plain
            or self.marks.inside
            or plain.lstrip(" ").startswith(("- ", "? ", "---", "..."))
        ):
            return False
        body = plain.strip(BLANKS)
        if KEYED.search(plain) or body[:1] in "[{&*!%@`|>" or body == "-":
            return False
        wide = re.search(r"[：:]", plain)
        if wide and self.names and _ANSWER.match(plain):
            self._wrong_colon(plain, number, indent, wide)
            return True
        if 0 <= self._value_above < indent and not (self._opens_above and _ROW_LIKE.search(plain)):
            # a text below its name or over several lines: told where it is read
            if self._opens_above and self.structural[-2:-1] != [self._dashed]:
                self._glued_dashes(number, indent)
            self._dashed = number if _GLUED_DASH.match(plain, indent) else 0
            return False
        stray = self._is_stray(plain)
        if wide and not stray:
            self._wrong_colon(plain, number, indent, wide)
        elif self.structural[-2:-1] != [self._stray]:  # else one run, told of at its first
            below = (line for line in self.lines[number:] if line.strip(BLANKS))
            count = 1 + len(list(takewhile(self._is_stray, below)))
            more = f"，连同下面共 {count} 行" if count > 1 else ""
            self.findings.report(
                "Y105",
                f"“{shortened(body, 12)}”这一行不是“名称: 内容”，也不在任何一段正文里{more}。",
                line=number,
                at=indent,
                hint="正文要写在“名称: |”的下面，每行开头空两格（半角空格）",
            )
        self._stray = number if stray else 0
        return True

    def _is_stray(self, line: str) -> bool:
        """True for words of a text: no colon, or more before it than a name has."""
        key, body, colon = key_of(line), line.strip(BLANKS), re.search("[：:]", line)
        if KEYED.search(line) or body.startswith(("#", "＃", "- ")):
            return False
        if not colon:
            return True
        known = bool(self.names and (self.names.known(key) or self.names.nearly_top(key)))
        return colon.start() - indent_of(line) > 30 or (len(key) > _LONG and not known)

    def _wrong_colon(self, plain: str, number: int, indent: int, colon: re.Match[str]) -> None:
        key, at = plain[indent : colon.start()], colon.start()
        line = self.lines[number - 1]
        gap = re.compile(f"[{BLANKS}{INVISIBLE}]*").match(line, at + 1).end()  # type: ignore[union-attr]
        odd = next((char for char in line[at + 1 : gap] if char not in " \t"), "")
        fault = "的冒号后面没有空格"
        if colon[0] == "：":
            fault = "后面是中文冒号“：”"
        elif odd:
            fault = f"的冒号后面是{called(odd)}，不是半角空格"
        mend, hint = [], "用半角冒号，后面空一格，写成"
        given = 0 if indent or colon[0] == ":" else self._given(key)
        if given:
            hint = f"“{key}”已经写在第 {given} 行；这一行是正文的，移到“名称: |”下面；要改的，写成"
        elif _ANSWER.match(plain) or (self.names and self.names.known(key)):
            bar = gap < len(plain) and plain[gap:] in _BARS[1:]
            end, put = (gap + 1, ": |") if bar else (gap, ": " if gap < len(line) else ":")
            mend = [edit(number, at + 1, end + 1, put)]
        self.findings.report(
            "Y104",
            f"“{key}”{fault}，YAML 认不出来。",
            line=number,
            at=at,
            hint=f"{hint}“{key}: {'|' if plain[gap:] in _BARS else ''}”",
            mend=mend,
        )

    def _given(self, key: str) -> int:
        """The line at the left edge that has the key already, 0 where none has."""
        if self._at_edge is None:
            self._at_edge = {}
            for number, line in enumerate(self.lines, 1):
                begun = KEYED.search(line)
                if begun and line[0] not in BLANKS:
                    self._at_edge.setdefault(line[: begun.start()].rstrip(BLANKS), number)
        return self._at_edge.get(key.strip(BLANKS), 0)

    def _glued_dashes(self, number: int, indent: int) -> None:
        """Tell of the first of several `-0`, one below the other: a list without its blanks."""
        mend, first = [], None
        for below in range(number, len(self.lines) + 1):
            line = self.lines[below - 1]
            dash = _GLUED_DASH.match(line, indent_of(line))
            if not dash or indent_of(line) != indent:
                break
            first = first or dash
            mend.append(edit(below, dash.start() + 1, dash.end() + 1, "- "))
        if first is None or len(mend) < 2:
            return
        fault = "后面没有空格" if first[0] == "-" else "不是半角的减号"
        self.findings.report(
            "Y104",
            f"行首的“{first[0].strip(BLANKS)}”{fault}，YAML 认不出来。",
            line=number,
            at=indent,
            hint="写成“- 数”：半角减号，空一格，再写数",
            mend=mend,
        )
        self.marks.told.add(Location(number, indent + 1))


def _plain_before(lead: str) -> bool:
    """True when the `|` stands inside a plain text: `名称: 甲 : | 乙`."""
    return bool(re.sub(r"^.*?:(?:[ \t]+|$)", "", lead, count=1).strip(" \t-"))
