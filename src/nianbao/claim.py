"""What a form's narratives may say of its cells, as declared in the form file.

Frozen data; whether a sentence says it, and whether it is so, is for `checks`
to find. Knows no word of any form; cells are known by their addresses.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything declared under 叙述核对; empty where a form declares nothing."""
