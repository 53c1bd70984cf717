"""Headers and footers of a template: which there are, what they say, what they may name.

Knows that a page's margin holds texts of the report's head (单位, 年度, the form's
own items) and neither loops nor numbers. Fills nothing in; the main text is
`layout`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import closest
from nianbao.diagnostics import Finding, finding
from nianbao.word import guard, opc, seen
from nianbao.word.allowed import MARGINS, STYLES
from nianbao.word.layout import NAME, TAG, has_tag
from nianbao.word.package import Members, main_part
from nianbao.word.template import faults_of, texts
from nianbao.word.trees import W, all_text, parse_xml


def parts(members: Members) -> Iterator[tuple[str, etree._Element]]:
    """The name and the content of every header and footer, those with placeholders alone."""
    for name, root in _all(members):
        if has_tag(all_text(root)):
            yield name, root


def _all(members: Members) -> Iterator[tuple[str, etree._Element]]:
    declared = opc.declared(members)
    for name in opc.in_xml(members):
        if declared.of(name) in MARGINS:
            yield name, parse_xml(members[name])


def paragraphs(root: etree._Element) -> list[str]:
    """The text of each paragraph, in order."""
    return [texts(paragraph) for paragraph in root.iter(f"{W}p")]


def audit(members: Members, names: Mapping[str, object]) -> Iterator[Finding]:
    """What a header or footer hides or cannot print; `names` are those that it may name."""
    styled = opc.related(members, main_part(members), STYLES)
    known = seen.styles(parse_xml(members[styled]) if styled else None)
    for name, root in _all(members):
        kind = MARGINS[opc.declared(members).of(name)]
        place = guard.Places(name, root, main=False)
        for fault in seen.unseen(root, known):
            yield guard.told(fault, place)
        said = paragraphs(root)
        for text in filter(has_tag, said):
            yield from _named(text, f"{kind}“{shortened(text.strip())}”", names)
        shown = Counter(tag for text in said for tag in TAG.findall(text))
        for tag in Counter(TAG.findall(all_text(root))) - shown:
            message = f"{kind}里有一处看不见的占位符 {shortened(tag, 60)}。"
            yield finding("L106", message, hint="把这一处删掉重打")
        for box in root.iter(f"{W}txbxContent"):
            if has_tag(all_text(box)):
                message = f"{kind}的文本框里有占位符，印不出来。"
                yield finding("L106", message, hint="写在文本框外面")


def _named(text: str, where: str, names: Mapping[str, object]) -> Iterator[Finding]:
    yield from faults_of(text, where, loops=False)
    for tag in filter(None, map(NAME.fullmatch, TAG.findall(text))):
        if tag[1] in names:
            continue
        meant = closest(tag[1], names)
        hint = f"您是否想写 {meant}" if meant else f"可以写：{'、'.join(names)}"
        said = f"{where}：页眉、页脚里没有“{shortened(tag[1], 40)}”可以印。"
        yield finding("L102", said, hint=hint)
