"""How the entries of a form file are read: one line of text, a list, phrases, yes or no.

Knows what a form's author may get wrong whatever the entry is about; each
mistake is a finding with its line, coded F102 (or S1xx for a key). Knows no
entry itself.
"""

from __future__ import annotations

from nianbao.chinese.phrase import excess_of, is_phrase
from nianbao.diagnostics import Finding, Location, finding
from nianbao.source import tree
from nianbao.source.keys import Taken, missing, take

YES = "是"
MAX_TEXT = 1000
"""Characters of one text; the longest that is shipped has 139."""


class Declarations:
    """Collects findings while the parts of a form file are read."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings

    def report(self, finding: Finding) -> None:
        self.findings.append(finding)

    def wrong(self, message: str, place: Location, hint: str = "") -> None:
        self.report(finding("F102", message, at=place, hint=hint))

    def mapping(self, node: tree.Node, keys: str, within: str) -> dict[str, Taken]:
        if not isinstance(node, tree.Mapping):
            self.wrong(f"{within}应当写成“名称: 内容”。", node.location)
            return {}
        return take(node, {key: (key,) for key in keys.split()}, within, self.report)

    def needed(
        self, keys: tuple[str, ...], taken: dict[str, Taken], within: str, place: Location
    ) -> None:
        """Tell of each of `keys` that is not there."""
        for key in keys:
            if key not in taken:
                self.report(missing(key, within, place))

    def items(self, taken: dict[str, Taken], key: str) -> list[tree.Node]:
        if key not in taken:
            return []
        node = taken[key].value
        if not isinstance(node, tree.Sequence):
            self.wrong(
                f"“{key}”应当是一个列表。", node.location, "写成 [甲, 乙]，或每项一行、以“- ”开头"
            )
            return []
        return node.items

    def text(self, node: tree.Node | None, what: str, place: Location | None = None) -> str:
        if node is None:
            if place:
                self.report(missing(what, "这里", place))
            return ""
        if not isinstance(node, tree.Scalar) or not node.text.strip() or node.spread:
            self.wrong(f"“{what}”应当是一行文字。", node.location)
            return ""
        if len(node.text) > MAX_TEXT:
            said = f"“{what}”有 {len(node.text):,} 个字，最多 {MAX_TEXT:,} 个字。"
            self.wrong(said, node.location, "看看是不是粘贴错了，改短一些")
            return ""
        return node.text.strip()

    def value(self, taken: dict[str, Taken], key: str, required: Location | None = None) -> str:
        return self.text(taken[key].value if key in taken else None, key, required)

    def texts(self, taken: dict[str, Taken], key: str) -> tuple[str, ...]:
        """A list of texts, or a single one."""
        if key in taken and isinstance(taken[key].value, tree.Scalar):
            return (self.value(taken, key),)
        return tuple(self.text(node, key) for node in self.items(taken, key))

    def phrases(
        self, taken: dict[str, Taken], key: str, required: Location | None = None
    ) -> tuple[str, ...]:
        """A list of phrases, or a single one; those that cannot be read are told and left out."""
        if key not in taken:
            self.value(taken, key, required)
            return ()
        found = [text for text in self.texts(taken, key) if text]
        for text in found:
            if not is_phrase(text):
                self.wrong(
                    f"“{text}”里的括号不成对，或者括号里是空的。",
                    taken[key].value.location,
                    "可有可无的写成（度），几个里选一个的写成〔收到|接到〕，不能套",
                )
            elif excess := excess_of(text):
                self.wrong(
                    f"“{text[:40]}”里{excess}。",
                    taken[key].value.location,
                    "分成几个短一些的词来写",
                )
        return tuple(text for text in found if is_phrase(text) and not excess_of(text))

    def yes(self, taken: dict[str, Taken], key: str) -> bool:
        return self.value(taken, key) == YES
