"""Writes the hostile and the honest files to a folder, to be looked at.

`PYTHONPATH=tests python -m hostile.write FOLDER [WORD…]`: all of them, or those whose names hold
one of the words. They are not needed for the tests, which make each file when they ask for it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hostile import forms, honest, inputs, packages


def main(folder: str, *words: str) -> None:
    kinds = (
        ("packages", packages.CASES, ".docx"),
        ("honest", honest.CASES, ".docx"),
        ("forms", forms.CASES, ".form.yaml"),
        ("inputs", inputs.CASES, ".yaml"),
    )
    for kind, cases, ending in kinds:
        for case in cases:
            if not words or any(word in case.name for word in words):
                path = Path(folder) / kind / f"{case.name}{ending}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(case.data())


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
