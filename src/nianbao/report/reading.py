"""What the readers of one input file share.

Knows where everything that is wrong with the file is told, and how its text
will be printed: as typed, unless --script asks for another script. Knows
neither keys nor forms.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from nianbao.chinese.characters import visible
from nianbao.chinese.wording import BLANKS, Script, convert
from nianbao.diagnostics import MAX_FINDINGS, Finding, Location, Rejected, finding
from nianbao.source import tree

_NO_ANSWER = {"", "/", "\\", "-", "--", "—", "——", "_", "~", "无", "没有", "不适用", "null", "空"}


@dataclass(slots=True)
class Reading:
    """The findings in one file, and the script that its text is converted to, if any."""

    script: Script | None = None
    findings: list[Finding] = field(default_factory=list)
    converted: Location | None = None
    """The first text that the conversion changed."""

    def tell(self, finding: Finding) -> None:
        """Raises Rejected when there are more than MAX_FINDINGS."""
        self.findings.append(finding)
        if len(self.findings) > MAX_FINDINGS:
            raise Rejected(self.findings)

    def said(self, typed: str, place: Location) -> str:
        """`typed` as it will be printed."""
        if not self.script:
            return typed
        text = convert(typed, self.script)
        if text != typed and not self.converted:
            self.converted = place
        return text

    def tell_of_conversion(self) -> None:
        """A note (V301) where --script changed a text."""
        if self.script and self.converted:
            self.tell(
                finding(
                    "V301",
                    f"文字已按 --script 转换成{self.script.chinese}，请通读一遍再报送。",
                    at=self.converted,
                    hint="人名和单位名里的字，转换后容易变样",
                )
            )

    def tell_too_long(self, what: str, length: int, *, most: int, place: Location) -> None:
        message = f"{what}有 {length:,} 个字，最多 {most:,} 个字。"
        self.tell(finding("Y107", message, at=place, hint="看看是不是粘贴错了，改短一些"))

    def tell_of_cut(
        self,
        key: str,
        place: Location,
        *,
        hint: str = "把文字写在“|”的下一行，或者用引号括起来",
    ) -> None:
        """A `#` behind a text (Y110): YAML drops the rest."""
        self.tell(
            finding(
                "Y110",
                f"“{key}”这一行里空格后面的 # 会把后面的字都去掉。",
                at=place,
                hint=hint,
            )
        )


def is_blank(node: tree.Node) -> bool:
    """True where nothing is typed, or what people write for nothing."""
    if not isinstance(node, tree.Scalar):
        return False
    text = unicodedata.normalize("NFKC", visible(node.text)).strip(BLANKS + "\n")
    return text.lower() in _NO_ANSWER
