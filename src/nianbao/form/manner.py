"""A form's own ways: its language, how it prints a note and a day.

Knows what each language has where a form says nothing, and how a pattern of
a day is filled. What a tool says stays Chinese whatever the form's language.
Knows no word of any form and reads nothing.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from nianbao.chinese.clause import with_full_stops
from nianbao.chinese.wording import folded
from nianbao.form.contract import NOTE, fill
from nianbao.frozen import dataclass

DAY_PARTS = ("年", "月", "日")
"""What the pattern of a day names, each once."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Language(StrEnum):
    """The value is what a form file says, and the tag of BCP 47."""

    CHINESE = "zh"
    ENGLISH = "en"


_NOTES = {Language.CHINESE: f"{NOTE}：", Language.ENGLISH: "Note: "}


@dataclass(frozen=True, slots=True)
class Manner:
    """`note` and `day` are what a form says, "" where it leaves that to its language."""

    language: Language = Language.CHINESE
    note: str = ""
    day: str = ""
    grouped: bool = False
    """Numbers may have thousands separators."""

    @property
    def english(self) -> bool:
        return self.language is Language.ENGLISH

    @property
    def before_a_note(self) -> str:
        """What stands in front of the first line under a table."""
        return self.note or _NOTES[self.language]

    def printed(self, day: date) -> str:
        """A day as the form prints it."""
        if self.day:
            wide = 2 if re.search(r"\}\}\s*-\s*\{\{", self.day) else 1  # as in GB/T 7408
            parts = (str(day.year), f"{day.month:0{wide}}", f"{day.day:0{wide}}")
            filled = fill(self.day, dict(zip(DAY_PARTS, parts, strict=True)), str)
            assert filled
            return filled
        if self.english:
            return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
        return f"{day.year}年{day.month}月{day.day}日"

    def folded(self, text: str) -> str:
        """`text`, character for character, as phrases and sentences of it are looked for."""
        return with_full_stops(folded(text)) if self.english else folded(text)
