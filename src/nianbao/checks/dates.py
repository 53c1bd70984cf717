"""The year and the dates of a report: its file's name, and when it was published.

Goes by what is written in the file, never by the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.diagnostics import Finding, confirm
from nianbao.report import Report
from nianbao.reportfile import YEAR


def year_in_file_name(report: Report, last: Report | None) -> Iterator[Finding]:
    """A year in the input's name other than 年度 (S201): last year's file, copied."""
    years = set(re.findall(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)", report.path.stem))
    if report.year and years and str(report.year) not in years:
        named = "、".join(sorted(years))
        yield confirm(
            "S201",
            f"文件名里的年份是 {named}，年度写的是 {report.year}。",
            f"{YEAR} {named}/{report.year}",
            report.places.get(YEAR),
            "改文件名，或者改年度",
        )
