"""What stands typed in a file that YAML accepts, read without the tool and without a YAML library.

A few rules of YAML and of the contract of the input file: what is a comment, what is punctuation,
where a `|` text ends. `pieces` takes a text apart; `lost` says what of it a report does not hold.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from typing import NamedTuple

from nianbao.report.report import Report
from nianbao.source import tree

_ESCAPES = dict(
    zip('0abtnvfre "/\\N_LP', '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True)
) | {"\t": "\t"}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_HEADER = re.compile(r"[|>][+-]?([1-9]?)[+-]?[ \t]*(?:$|[ \t]#)")
_BOUND = re.compile(r"[{｛]{2}.*?[}｝]{2}")
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|年)$", re.ASCII)


class Piece(NamedTuple):
    """A key, or a value, or one line of a `|` text; without the blanks at its ends."""

    text: str
    is_key: bool = False


def decoded(data: bytes) -> str:
    """The characters of a file, in the encodings that a clerk's editor writes."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def bare(text: str) -> str:
    """`text` without blanks at its ends: Unicode's own and Tab."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(char: str) -> bool:
    return char == "\t" or unicodedata.category(char) == "Zs"


# --- taking a text apart -----------------------------------------------------------


def pieces(text: str) -> list[Piece]:
    """Everything typed outside comments and YAML's own punctuation, in the order of the file."""
    return _Lexer(text).pieces


class _Lexer:
    """Goes once over the lines; knows the file as a whole is sound YAML."""

    def __init__(self, text: str) -> None:
        self.lines = re.split(r"\r\n|\r|\n", text)
        self.row = self.at = 0
        self.pieces: list[Piece] = []
        while self.row < len(self.lines):
            if re.match(r"(?:---|\.\.\.)(?:[ \t]|$)", self.line):
                self.at = 3
            self._line()
            self.row, self.at = self.row + 1, 0

    @property
    def line(self) -> str:
        return self.lines[self.row]

    def _line(self) -> None:
        """The nodes of one line in block style, with the lines that its last one takes."""
        parent = len(self.line) - len(self.line.lstrip(" "))
        if self.at == 0 and not bare(self.line):
            return
        while self._skip_blanks():
            rest = self.line[self.at :]
            if re.match(r"[-?:](?:[ \t]|$)", rest):
                if rest[0] != ":":
                    parent = self.at
                self.at += 1
            elif header := _HEADER.match(rest):
                self._block(parent if self.pieces else -1, int(header[1] or 0))
                return
            else:
                start = self.at
                if self._node(flow=False):
                    parent = start

    def _skip_blanks(self) -> bool:
        """Go to the next character; False at a comment or the end of the line."""
        gap = re.compile(r"[ \t]*").match(self.line, self.at)
        assert gap is not None
        self.at = gap.end()
        return self.line[self.at : self.at + 1] not in ("", "#")

    def _node(self, *, flow: bool) -> bool:
        """One key or value from here on; True for a key, whose colon is taken too."""
        char = self.line[self.at]
        if char in "[{":
            self._flow()
            return False
        text = self._quoted(char) if char in "\"'" else self._plain(flow)
        colon = re.compile(r"[ \t]*:" if flow else r"[ \t]*:(?=[ \t]|$)").match(self.line, self.at)
        if colon:
            self.at = colon.end()
        self._keep(text, is_key=bool(colon))
        return bool(colon)

    def _plain(self, flow: bool) -> str:
        end = r"[ \t]*(?:[ \t]#|:(?=[ \t]|$)|$)"
        if flow:
            end = r"[ \t]*(?:[ \t]#|:(?=[ \t,\[\]{}]|$)|[,\[\]{}]|$)"
        found = re.compile(end).search(self.line, self.at)
        assert found is not None
        text = self.line[self.at : found.start()]
        self.at = found.start()
        return text

    def _quoted(self, quote: str) -> str:
        """The text up to the closing quote, which may stand on a later line."""
        self.at += 1
        text = ""
        one = re.compile(r"''|[^']" if quote == "'" else r'\\.|[^"\\]')
        while True:
            while found := one.match(self.line, self.at):
                text += found[0]
                self.at = found.end()
            if self.at < len(self.line):
                break
            text = text.rstrip(" \t") + " "
            self.row, self.at = self.row + 1, 0
            self._skip_blanks()
        self.at += 1
        return text.replace("''", "'") if quote == "'" else _ESCAPE.sub(_unescaped, text)

    def _flow(self) -> None:
        depth = 0
        while True:
            if not self._skip_blanks():
                self.row, self.at = self.row + 1, 0
                continue
            char = self.line[self.at]
            if char in "[{]}":
                depth += 1 if char in "[{" else -1
                self.at += 1
                if not depth:
                    return
            elif char in ",:" or re.match(r"\?[ \t]", self.line[self.at :]):
                self.at += 1
            else:
                self._node(flow=True)

    def _block(self, parent: int, more: int) -> None:
        """The lines of a `|` text: those deeper than its key, `#` and all."""
        depth = parent + more if more else 0
        while self.row + 1 < len(self.lines):
            line = self.lines[self.row + 1]
            indent = len(line) - len(line.lstrip(" "))
            if bare(line):
                depth = depth or max(indent, parent + 1)
                if indent < depth:
                    return
                self._keep(line)
            self.row += 1

    def _keep(self, text: str, is_key: bool = False) -> None:
        if bare(text):
            self.pieces.append(Piece(bare(text), is_key))


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    return chr(int(code, 16)) if code else _ESCAPES[found[4]]


# --- what was read -------------------------------------------------------------------


def held(node: tree.Node | None) -> list[Piece]:
    """The same of a tree that the tool has read."""
    found: list[Piece] = []

    def visit(node: tree.Node, is_key: bool = False) -> None:
        if isinstance(node, tree.Scalar):
            lines = node.text.split("\n") if node.block else [node.text]
            found.extend(Piece(bare(line), is_key) for line in lines if bare(line))
        elif isinstance(node, tree.Mapping):
            for entry in node.entries:
                visit(entry.key, is_key=True)
                visit(entry.value)
        else:
            for item in node.items:
                visit(item)

    if node is not None:
        visit(node)
    return found


def lost(text: str, root: tree.Node | None, report: Report) -> list[str]:
    """What an accepted file says and its tree or its report does not."""
    typed, read = pieces(text), held(root)
    if typed != read:
        both = [*zip(typed, read, strict=False), (typed[len(read) :], read[len(typed) :])]
        return [f"typed {one!r}, read {other!r}" for one, other in both if one != other][:1]
    form = {_letters(report.form.name), _letters(report.form.id)}
    values = Counter(
        _canonical(piece.text)
        for piece in typed
        if not piece.is_key and _letters(piece.text) not in form
    )
    del values["0"]  # a zero may stand for any number of them
    printed = _printed(report)
    bound = [value for value in values.elements() if _BOUND.search(value) and value not in printed]
    missing = [*(Counter(values) - Counter(bound) - printed).elements()]
    printed -= Counter(values)
    for value in bound:
        pattern = ".+".join(map(re.escape, _BOUND.split(value)))
        shown = next((line for line in printed if re.fullmatch(pattern, line)), None)
        printed -= Counter([shown] if shown else [])
        missing += [] if shown else [value]
    return [f"{value!r} is not in the report" for value in missing]


def _canonical(value: str) -> str:
    """A number without the blank before its note, a day without the way it was written."""
    day = _DAY.match(value)
    if day:
        return "-".join(str(int(part)) for part in day.groups() if part)
    return re.sub(r"^(\d+(?:\.\d+)?)\s+(?=[（(])", r"\1", value)


def _letters(name: str) -> str:
    """A form's name as it is looked up: 表式 is compared like a key."""
    return "".join(char for char in name if unicodedata.category(char)[0] in "LN")


def _printed(report: Report) -> Counter[str]:
    """Every value that a report holds, each as often as it does."""
    paragraphs = [
        p for part in (report.narratives, report.notes) for ps in part.values() for p in ps
    ]
    words = [
        *(number.printed for number in report.numbers.values() if number.printed != "0"),
        *(paragraph.text for paragraph in paragraphs),
        *(note.text.removeprefix("注：") for notes in report.notes.values() for note in notes[:1]),
        *(line for answer in report.answers for line in answer.text.split("\n")),
        *(text for text in report.fields.values()),
        *(report.unit, report.title, str(report.year)),
    ]
    return Counter(_canonical(bare(word)) for word in words)
