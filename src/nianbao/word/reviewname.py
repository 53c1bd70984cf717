"""What a review copy is called, so that nobody sends one in for the report.

Knows the mark in its name, which the copy says on its pages too. Writes none.
"""

from __future__ import annotations

from pathlib import Path

from nianbao.chinese.wording import plain

MARK = "审阅稿"


def name_for(path: Path) -> str:
    """The file name of the review copy of the input at `path`."""
    return f"{path.stem}.{MARK}.docx"


def is_name(path: Path) -> bool:
    """True for a file name that only a review copy may have."""
    return MARK in plain(path.stem)
