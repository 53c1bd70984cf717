"""`compare`: two reports are read, and each difference is said.

Knows in which words a clerk is told of them, and the exit code. What differs is
`comparison`'s to know.
"""

from __future__ import annotations

from pathlib import Path

from nianbao.desk.comparison import Side, differences, said, side_of
from nianbao.desk.pipeline import Session

_NAMED = 3


def side(path: Path, session: Session) -> Side:
    """The report at `path`, file or document. Raises Rejected for none that can be read."""
    report, _ = session.read(path)
    return side_of(path, report, session.document(path))


def compared(was: Path, now: Path, session: Session) -> tuple[int, list[str]]:
    """The exit code of a comparison, and what is said of it. Raises Rejected."""
    sides = side(was, session), side(now, session)
    found = differences(*sides)
    lines = [f"  {said(change)}" for change in found]
    for one in (one for one in sides if one.unread):
        names = "、".join(one.unread[:_NAMED]) + ("等" if len(one.unread) > _NAMED else "")
        lines.append(f"  {one.path.name} 里有 {len(one.unread)} 格没有读准，没有比：{names}")
    names = f"{was.name} 和 {now.name}"
    if found:
        lines.append(f"× {names} 有 {len(found)} 处不同：“原来”是 {was.name}，“现在”是 {now.name}")
    elif lines:
        lines.append(f"× {names} 里读得准的都一样，没有读准的见上面")
    else:
        lines.append(f"√ {names} 的数和文字都一样")
    return int(bool(lines[:-1])), lines
