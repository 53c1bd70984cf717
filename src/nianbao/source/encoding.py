"""An input file's bytes as text.

Knows the encodings a clerk's file comes in (UTF-8, UTF-16 with a BOM, GB18030)
and tells a file in another encoding from a damaged one, and from a Word file. Strict UTF-8 is tried
first. A file that fails it is GB18030 only when three things hold: less than
half of its bytes beyond ASCII stand in whole three- or four-byte UTF-8
sequences (in a UTF-8 file with a broken byte nearly all do; in GB18030 text one
in twenty, by chance), at most one place in twenty cannot be decoded, and at
least half of the characters beyond ASCII are such as GB 2312 calls common
(level 1 and punctuation; seven in ten of a Traditional text are, a third of
mojibake or of Big5 read so). Else a file mostly in UTF-8 is a damaged one, each
spot a finding; what is neither is refused whole. Knows nothing of YAML.
"""

from __future__ import annotations

import codecs
import re

from nianbao.chinese import lines
from nianbao.chinese.lines import Lines
from nianbao.diagnostics import Finding, Location, finding
from nianbao.frozen import dataclass

UTF8 = "UTF-8"
GB18030 = "GB18030"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", UTF8),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_WHOLE = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CONTINUED = re.compile(rb"[\x80-\xbf]{0,3}")
_MAX_SPOTS = 20
_OFFICE = (
    (b"PK\x03\x04", b"word/", " Excel 或者压缩"),
    (b"\xd0\xcf\x11\xe0", "WordDocument".encode("utf-16-le"), "老版本的 Word 或者 Excel "),
)
"""How office files begin (ZIP, OLE), what a Word file has inside, and what the others are."""
_NOTEPAD = "用记事本打开，选“另存为”，编码选 UTF-8，再存一次"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's lines without its BOM, each half character U+FFFD; None when it is no text.

    `encoding` is the name people know; `findings` say what was broken or not UTF-8.
    """

    lines: Lines | None
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(data: bytes) -> Decoded:
    """The lines of a file. Never raises."""
    for mark, inside, other in _OFFICE:
        if data.startswith(mark):
            what = " Word " if inside in data else other
            message = f"这是{what}文件，不是填报文件。"
            hint = "检查文件名；填报文件是 .yaml 结尾的文本文件，用 nianbao new 起一份"
            return Decoded(None, "", (finding("Y101", message, at=Location(1, 1), hint=hint),))
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], codec, name)
    try:
        return Decoded(lines.of(data.decode("utf-8")), UTF8)
    except UnicodeDecodeError as problem:
        share = _share_of_utf8(data)
        if share < 0.5 and _is_gb18030(data):
            return _decoded(data, "gb18030", GB18030)
        if share >= 0.5 or _SURROGATE.match(data, problem.start):
            return _decoded(data, "utf-8", UTF8)
        place = lines.of(data[: problem.start].decode("utf-8")).end
        guess = "像是没有 BOM 的 UTF-16" if b"\0" in data else "也不是 GB18030，可能已损坏"
        return Decoded(
            None, "", (finding("Y101", f"文件不是 UTF-8 编码，{guess}。", at=place, hint=_NOTEPAD),)
        )


def _decoded(data: bytes, codec: str, name: str) -> Decoded:
    text, spots = _with_spots(data, codec)
    read = lines.of(text)
    findings = [_half(read.place(at), surrogate) for at, surrogate in spots[:_MAX_SPOTS]]
    if name != UTF8:
        findings.append(
            finding(
                "Y112",
                f"文件是按 {name} 编码读的，不是 UTF-8。",
                at=Location(1, 1),
                hint="不改也能用；运行 nianbao fix 和这个文件名，就改成 UTF-8",
            )
        )
    return Decoded(read, name, tuple(findings))


def _with_spots(data: bytes, codec: str) -> tuple[str, list[tuple[int, bool]]]:
    """The text with U+FFFD for what is broken: where each stands, and whether it is a surrogate."""
    pieces: list[str] = []
    spots: list[tuple[int, bool]] = []
    at = length = 0
    while True:
        try:
            pieces.append(data[at:].decode(codec))
            return "".join(pieces), spots
        except UnicodeDecodeError as problem:
            start, end = at + problem.start, at + problem.end
            if len(spots) == _MAX_SPOTS:
                pieces.append(data[at:].decode(codec, "replace"))
                return "".join(pieces), spots
            surrogate = bool(codec == "utf-8" and _SURROGATE.match(data, start))
            if codec == "utf-8":
                end = _CONTINUED.match(data, start + 1).end()  # type: ignore[union-attr]
            if start > at or not spots:  # else more of the same broken character
                pieces += [data[at:start].decode(codec), "\ufffd"]
                length += len(pieces[-2]) + 1
                spots.append((length - 1, surrogate or "surrogate" in problem.reason))
            at = end


def _half(place: Location, surrogate: bool) -> Finding:
    what = "（半个字的编码）" if surrogate else ""
    return finding(
        "Y102",
        f"这里有半个字符{what}，读不出是什么字。",
        at=place,
        hint="删掉这个字，重新输入；这样的地方很多，多半是文件损坏了，找一份好的",
    )


def _share_of_utf8(data: bytes) -> float:
    """How much of what is not ASCII stands in whole sequences of UTF-8."""
    whole = sum(len(found) for found in _WHOLE.findall(data))
    return whole / len(_NOT_ASCII.findall(data))


def _is_gb18030(data: bytes) -> bool:
    text = data.decode("gb18030", "replace")
    wide = [char for char in text if char > "\x7f"]
    broken = wide.count("\ufffd")
    common = sum(map(_is_common, wide))
    return broken * 20 <= len(wide) <= common * 2


def _is_common(char: str) -> bool:
    """True for the characters of GB 2312's first rows (punctuation) and level 1."""
    try:
        return char.encode("gb2312") < b"\xd8"
    except UnicodeEncodeError:
        return False
