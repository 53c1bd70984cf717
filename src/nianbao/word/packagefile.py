"""A .docx on the disk: its bytes, or why there are none.

Knows what is said of a file that is missing, too large, no file at all, or of another
program's. Looks at no more than the first bytes: what is in them is `package`'s.
"""

from __future__ import annotations

from pathlib import Path

from nianbao import regularfile
from nianbao.diagnostics import Rejected, reason_of, unusable
from nianbao.word.allowed import MAX_PACKED


def read_bytes(path: Path) -> bytes:
    """The .docx at `path` as it lies there. Raises Rejected (L101, exit code 3)."""
    try:
        data = regularfile.read(path, MAX_PACKED)
    except FileNotFoundError as problem:
        raise _refused(path, "找不到", "模板要和表式文件同名、放在一起") from problem
    except regularfile.TooLargeError as problem:
        from nianbao.word import archive

        raise damaged(path, archive.too_large(problem.size)) from problem
    except regularfile.NotRegularError as problem:
        hint = "换成一个 Word 文档，和表式文件同名、放在一起"
        raise _refused(path, "打不开（这不是一个普通文件）", hint) from problem
    except OSError as problem:
        raise _refused(
            path, f"打不开（{reason_of(problem)}）", "看看它是不是一个文件、有没有权限"
        ) from problem
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(
            path, "是旧格式（.doc），或者加了密码", "用 Word 打开，去掉密码，另存为 .docx"
        )
    return data


def damaged(path: Path, problem: ValueError) -> Rejected:
    hint = "从原来的地方重新拷一份；还不行，用自带的模板重做，只改样式"
    return _refused(path, f"已损坏，或者不是 Word 文档：{problem}", hint)


def _refused(path: Path, what: str, hint: str) -> Rejected:
    return unusable("L101", f"模板 {path.name} {what}。", hint=hint, file=path)
