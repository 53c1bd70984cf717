"""A placeholder that is printed and yet cannot be read: too small, too narrow, white on white.

Knows the size, width, colour and ground that a run has, by itself and by its
styles. Knows nothing of forms; what is hidden outright is `seen`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from nianbao.word.allowed import WORD
from nianbao.word.field import Fault

_W = f"{{{WORD}}}"
_VAL = f"{_W}val"
_BRACES = "{}｛｝"
_SMALLEST = 10
"""Half points: what is set in less than 5 points is not meant to be read."""
_NARROWEST = 30
"""Per cent of a character's width."""
_LOWEST = 100
"""Twentieths of a point that a line or a row of exactly this height must have."""
_PALEST = 0xE8
"""Of 255 in each of red, green and blue."""
_PAPER = ("background1", "light1", "bg1", "lt1")
_BLANK = ("", "auto", "ffffff")


def faint(root: etree._Element, styles: etree._Element | None) -> Iterator[Fault]:
    """What is wrong with each placeholder of a part that nobody could read."""
    known = _Styles(styles)
    for text in root.iter(f"{_W}t"):
        if any(char in _BRACES for char in text.text or ""):
            what = _fault(text, known)
            if what:
                yield Fault(text, f"看不见的占位符 {(text.text or '')[:30]}（{what}）")


class _Styles:
    """The properties of runs by style, what a style is based on behind its own."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [] if root is None else list(root.iter(f"{_W}style"))
        self._by_name = {style.get(f"{_W}styleId", ""): style for style in styles}
        of_all = None if root is None else root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        ordinary = [
            style.get(f"{_W}styleId", "")
            for style in styles
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true")
        ]
        self._last = [*self.of(*ordinary), *([] if of_all is None else [of_all])]

    def of(self, *names: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        for name in names:
            while name not in seen and name in self._by_name:
                seen.add(name)
                style = self._by_name[name]
                properties = style.find(f"{_W}rPr")
                if properties is not None:
                    yield properties
                name = _value(style, "basedOn")

    def shaded(self, *names: str) -> bool:
        """True where a style puts a ground under the text."""
        styles = (self._by_name[name] for name in names if name in self._by_name)
        return any(_has_ground(one) for style in styles for one in style.iter(f"{_W}shd"))

    def around(self, run: etree._Element) -> list[etree._Element]:
        """The properties that a run has, those that win first."""
        own = run.find(f"{_W}rPr")
        found = [] if own is None else [own, *self.of(_value(own, "rStyle"))]
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        style = "" if paragraph is None else _value(paragraph, "pPr", "pStyle")
        table = next(run.iterancestors(f"{_W}tbl"), None)
        return [
            *found,
            *self.of(style, "" if table is None else _value(table, "tblPr", "tblStyle")),
            *self._last,
        ]


def _fault(text: etree._Element, known: _Styles) -> str:
    run = text.getparent()
    if run is None:
        return ""
    properties = known.around(run)
    size = _number(properties, "sz")
    if size is not None and size < _SMALLEST:
        return f"字号只有 {size / 2:g} 磅"
    width = _number(properties, "w")
    if width is not None and width < _NARROWEST:
        return f"字缩到 {width}% 宽"
    if _is_pale(properties) and not _on_a_ground(run, known):
        return "白纸上的白字"
    return _flattened(run)


def _flattened(run: etree._Element) -> str:
    """The line or the row that leaves no room for a run, "" where there is room."""
    for around, path in ((f"{_W}p", ("pPr", "spacing")), (f"{_W}tr", ("trPr", "trHeight"))):
        element = next(run.iterancestors(around), None)
        height = None if element is None else element.find("/".join(_W + name for name in path))
        if height is not None and "exact" in (
            height.get(f"{_W}lineRule"),
            height.get(f"{_W}hRule"),
        ):
            exact = _whole(height.get(f"{_W}line") or height.get(_VAL) or "")
            if exact is not None and exact < _LOWEST:
                return f"行高只有 {exact / 20:g} 磅"
    return ""


def _is_pale(properties: list[etree._Element]) -> bool:
    color = next((c for p in properties if (c := p.find(f"{_W}color")) is not None), None)
    if color is None:
        return False
    if color.get(f"{_W}themeColor") in _PAPER:
        return color.get(f"{_W}themeShade") is None
    said = color.get(_VAL, "")
    try:
        parts = bytes.fromhex(said)
    except ValueError:
        return False
    return len(parts) == 3 and min(parts) >= _PALEST


def _on_a_ground(run: etree._Element, known: _Styles) -> bool:
    """True where the run, its paragraph, cell or table is shaded, by itself or by its style."""
    names = []
    for element in (run, *run.iterancestors()):
        own = element.find(f"{_W}{etree.QName(element).localname}Pr")
        if own is None:
            continue
        if own.find(f"{_W}highlight") is not None:
            return True
        if any(_has_ground(shading) for shading in own.findall(f"{_W}shd")):
            return True
        names += [_value(own, style) for style in ("rStyle", "pStyle", "tblStyle")]
    return known.shaded(*names)


def _has_ground(shading: etree._Element) -> bool:
    fill = shading.get(f"{_W}fill", "").lower()
    pattern = shading.get(_VAL, "clear")
    return (
        fill not in _BLANK or bool(shading.get(f"{_W}themeFill")) or pattern not in ("clear", "nil")
    )


def _number(properties: list[etree._Element], name: str) -> int | None:
    found = next((e for p in properties if (e := p.find(_W + name)) is not None), None)
    return None if found is None else _whole(found.get(_VAL, ""))


def _whole(text: str) -> int | None:
    return int(text) if len(text) < 6 and text.isascii() and text.isdecimal() else None


def _value(element: etree._Element, *path: str) -> str:
    found = element.find("/".join(_W + name for name in path))
    return "" if found is None else found.get(_VAL, "")
