"""What a form asks of the wording of its narratives, as declared in the form file.

Frozen data; whether a report meets it is for `checks` to say. Knows no word of
any form.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirements:
    """Everything declared under 写法要求; empty where a form declares nothing."""
