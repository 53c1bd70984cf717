"""Refreshes the kept page pictures: python tests/page/pictures.py writes docs/page-1.png and on.

Prints the made-up town's report of 2025 through the command line, LibreOffice and the stand-in
fonts of fonts.conf, at 80 dots an inch in sixteen greys, so that a picture stays under 100 KB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "inputs" / "examples" / "青石镇2025.yaml"
DOCS = ROOT / "docs"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "report.docx"
        environment = os.environ | {
            "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf")),
            "XDG_CACHE_HOME": folder,
        }

        def run(*command: str) -> None:
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)

        run(sys.executable, "-m", "nianbao", "generate", str(REPORT), "-o", str(made))
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(made))
        run("pdftoppm", "-r", "80", "-gray", "-png", f"{folder}/report.pdf", f"{folder}/page")
        for old in DOCS.glob("page-*.png"):
            old.unlink()
        for number, page in enumerate(sorted(Path(folder).glob("page-*.png")), 1):
            picture = DOCS / f"page-{number}.png"
            with Image.open(page) as image:
                image.quantize(16).save(picture, optimize=True)
            print(f"{picture.relative_to(ROOT)} {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
