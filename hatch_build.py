"""What the forms that come with the program compile to goes into the wheel, beside them.

So that a first run reads no form and audits no template: what it would make lies there
under the name by which it would be kept (`nianbao.desk.artefact`). Built by the program
itself, from the sources that are packed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Artefacts(BuildHookInterface[Any]):
    """Compiles each pair of templates/docx for both scripts."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # its sources change
            return
        root = Path(self.root)
        self._folder = tempfile.TemporaryDirectory()
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            os.environ[variable] = self._folder.name
        os.environ.pop("NIANBAO_NO_CACHE", None)
        sys.path.insert(0, str(root / "src"))
        from nianbao.chinese.wording import Script
        from nianbao.desk.shelf import Shelf

        templates = root / "templates" / "docx"
        shelf = Shelf(templates)
        for _, shelved in shelf.folders(templates):
            for each in shelved:
                if each.form:
                    shelf.learn_traditional(each.form)
                    for script in Script:
                        shelf.compiled(each.form, script)
        build_data["force_include"][str(Path(self._folder.name, "nianbao"))] = "nianbao/artefacts"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()
