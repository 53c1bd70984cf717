"""The title on its page: how wide a line of it may be, and where a long one breaks.

Knows the page that a template draws its title on and how a Chinese name is best
broken. Knows no title.
"""

from __future__ import annotations

import math
from itertools import dropwhile, pairwise

from lxml import etree

from nianbao.form.contract import TITLE
from nianbao.word.layout import TAG, W, texts
from nianbao.word.measure import half_points, styles_of, twips
from nianbao.word.package import Members

_DIVISIONS = "省市县區区縣州盟旗镇鎮乡鄉"
"""A title too long for a line breaks best behind one of these."""


def line_width(root: etree._Element, members: Members) -> float:
    """The text block's width over the size of the type the title stands in."""
    paragraph = next(
        (p for p in root.iter(f"{W}p") if TAG.findall(texts(p)) == [f"{{{{{TITLE}}}}}"]),
        None,
    )
    section = _section_of(paragraph, root) if paragraph is not None else None
    size = section.find(f"{W}pgSz") if section is not None else None
    margin = section.find(f"{W}pgMar") if section is not None else None
    if size is None or margin is None or paragraph is None:
        return math.inf
    room = twips(size.get(f"{W}w"), 0) - sum(
        twips(margin.get(f"{W}{side}"), 0) for side in ("left", "right")
    )
    return room / 10 / half_points(paragraph, styles_of(members)) if room > 0 else math.inf


def balanced(title: str, unit: str, width: float) -> str:
    """The title in lines of nearly equal length that fit `width`, broken behind the unit's name.

    A blank at the break is left out.
    """
    if _em(title) <= width:
        return title
    if title.startswith(unit) and title != unit:
        return "\n".join(_even(part, width) for part in (unit, title[len(unit) :].lstrip(" ")))
    return _even(title, width)


def _even(text: str, width: float) -> str:
    """`text` in lines of nearly equal length, broken best behind a division's name."""
    lines = []
    while (rest := _em(text)) > width:
        share = rest / math.ceil(rest / width)
        best, at = math.inf, 0
        for n in range(1, len(text)):
            length = _em(text[:n])
            if length > width:
                break
            within_word = text[n - 1].isascii() and text[n].isascii() and text[n] != " "
            if within_word or text[n] in "年）》”、，。；：！？":
                continue
            cost = abs(length - share) - (2.5 if text[n - 1] in _DIVISIONS else 0)
            if cost < best:
                best, at = cost, n
        if not at:
            break
        lines.append(text[:at].rstrip(" "))
        text = text[at:].lstrip(" ")
    return "\n".join([*lines, text])


def _em(text: str) -> float:
    """Width in full-width characters, with the quarter that Word puts beside digits and letters."""
    gaps = sum(one.isascii() != other.isascii() for one, other in pairwise(text))
    return sum(0.5 if char.isascii() else 1.0 for char in text) + gaps / 4


def _section_of(paragraph: etree._Element, root: etree._Element) -> etree._Element | None:
    """The page setup that holds for a paragraph: the first that ends with it or behind it."""
    elements = iter(root.iter(f"{W}p", f"{W}sectPr"))
    behind = dropwhile(lambda element: element is not paragraph, elements)
    return next((element for element in behind if element.tag == f"{W}sectPr"), None)
