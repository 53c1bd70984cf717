"""A file opened as a document, whatever it is: by what is in it more than by its name.

Knows which files are documents, which only look like one, and what to say of each
that cannot be read. Knows no form.
"""

from __future__ import annotations

from pathlib import Path

from nianbao import regularfile
from nianbao.diagnostics import Rejected, reason_of, unusable
from nianbao.intake import docx, page, pasted
from nianbao.intake.blocks import Document, Paragraph
from nianbao.intake.endings import FOREIGN
from nianbao.word import archive
from nianbao.word.allowed import MAX_PACKED
from nianbao.word.archive import DamagedError

_SAVE_AS = "用 Word 或者 WPS 打开，另存为 .docx，再写它的文件名"
_NO_WORDS = "要有字的文档：找到原来的 Word 文件，或者把网页上的字拷进记事本存成 .txt"
_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "是旧格式（.doc），或者加了密码", "用 Word 打开，去掉密码，另存为 .docx"),
    (b"%PDF", "是 PDF，里面的表读不准", _NO_WORDS),
    (b"{\\rtf", "是 RTF", _SAVE_AS),
    (b"\x89PNG", "是一张图片", _NO_WORDS),
    (b"\xff\xd8\xff", "是一张图片", _NO_WORDS),
)


def read_bytes(path: Path) -> bytes:
    """The bytes of a document. Raises Rejected (W101, W121, exit code 3)."""
    if path.name.startswith("~$"):
        raise refused(
            path, "是 Word 打开文件时留下的锁文件，里面没有报告", "关掉 Word，写原来的文件名"
        )
    try:
        return regularfile.read(path, MAX_PACKED)
    except regularfile.TooLargeError as problem:
        raise refused(
            path, str(archive.too_large(problem.size)), "删去大的图片，再试一次"
        ) from problem
    except (OSError, ValueError) as problem:
        reason = reason_of(problem) if isinstance(problem, OSError) else "文件名里有不能用的字符"
        hint = "检查文件名和所在的文件夹"
        raise unusable("W101", f"读不了 {path}：{reason}。", hint=hint) from problem


def read(data: bytes, path: Path) -> Document:
    """The document in the bytes of a file. Raises Rejected (W121, exit code 3)."""
    for magic, what, hint in _MAGIC:
        if data.startswith(magic):
            raise refused(path, what, hint)
    try:
        document = _of(data, path)
    except DamagedError as problem:
        raise refused(
            path, f"读不出来：{problem}", "从原来的地方重新拷一份，或者用 Word 打开另存一次"
        ) from problem
    except RecursionError as problem:
        raise refused(path, "套得太深，读不出来", _SAVE_AS) from problem
    if not any(not isinstance(b, Paragraph) or b.shown.strip() for b in document.blocks):
        pictures = any(isinstance(b, Paragraph) and b.doubt for b in document.blocks)
        what = "里面只有图片，没有字" if pictures else "是空的"
        raise refused(path, what, _NO_WORDS)
    return document


def _of(data: bytes, path: Path) -> Document:
    ending = path.suffix.lower()
    if data.startswith(b"PK"):
        if ending in (".xlsx", ".odt", ".et"):
            raise refused(path, f"是{FOREIGN[ending]}", _SAVE_AS)
        return docx.read(data)
    if ending in (".docx", ".docm", ".dotx", *FOREIGN):
        what = FOREIGN.get(ending)
        raise refused(path, f"是{what}" if what else "不是 Word 文档，或者没有拷完", _SAVE_AS)
    text = page.decoded(data)
    if text is None:
        raise refused(path, "的编码认不出来", "用记事本打开，另存为，编码选 UTF-8")
    if ending in (".html", ".htm") or page.looks_like_one(text):
        return page.read(text)
    return pasted.read(text)


def refused(path: Path, what: str, hint: str) -> Rejected:
    return unusable("W121", f"{path.name} {what}。", hint=hint)
