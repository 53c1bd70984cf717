"""One input file of every declared form, in both scripts and in English, and what it makes."""

from __future__ import annotations

from pathlib import Path

from support import EXAMPLE, EXAMPLES, SMALL_FORMS, TEMPLATES, TOWN, nianbao

REPORTS = {
    **{
        path.stem: (path, TEMPLATES)
        for path in (
            EXAMPLE,
            TOWN,
            *(
                EXAMPLES / f"{name}.yaml"
                for name in ("云岭县网站2025", "青石镇法治2025", "青石镇2020")
            ),
        )
    },
    **{
        f"{path.parent.name}-{path.stem}": (path, path.parent)
        for path in sorted(SMALL_FORMS.glob("*/20*.yaml"))
    },
}
"""By a name for each: the input file and the folder of its form."""


def generated(folder: Path, name: str, *options: str) -> Path:
    """The document of one of REPORTS, in the outputs of `folder`."""
    path, templates = REPORTS[name]
    ran = nianbao("generate", "--templates", templates, *options, path, cwd=folder)
    assert ran.code == 0, ran.out + ran.err
    return folder / "outputs" / f"{path.stem}.docx"
