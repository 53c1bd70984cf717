"""Every word of a form file: where it stands, what it takes, what it does.

Knows one data file, words.yaml, which a test holds against what the readers of
form files ask for; the schema for editors is made from it, and docs/form-words.md
by `python -m nianbao.form.words > docs/form-words.md`. Reads no form file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nianbao.frozen import dataclass

TEXT, YES, COUNT, PHRASES, TEXTS, LIST, LISTS = (
    "一行",
    "是",
    "数",
    "词",
    "列表",
    "几项",
    "各组",
)
"""What a word may take that is said without more: TEXTS may be one text, LIST may not."""
CHOICE, ONE, EACH, NAMED = "选", "一项", "各项", "自名"
_UP = "../"
"""From docs/ to where the other pages are named from."""
_HEAD = f"""\
# 表式文件的词

由 `python -m nianbao.form.words > docs/form-words.md` 从 `src/nianbao/form/words.yaml` 生成，不要手工改；\
有测试看着它同读表式文件的程序一样。这一页用来查一个词：写在哪里，写什么，印出来是什么。\
第一次做表式，照 [CONTRIBUTING.md]({_UP}CONTRIBUTING.md#加一种表式)；\
规矩的全文，见 [docs/form-language.md]({_UP}docs/form-language.md)。\
编辑器用的 [form.schema.json](form.schema.json) 也从那里生成。

词后面有 ＊ 的必须写。列表写成 `[甲, 乙]`，或者一项一行、以 `- ` 开头。是否的词不写就是否。"""
_SAID = {
    TEXT: "一行文字",
    YES: "`是`",
    COUNT: "一个数",
    PHRASES: f"一个[词]({_UP}docs/form-language.md#词的写法phrases)，或者列表",
    TEXTS: "一项，或者列表",
    LIST: "列表",
    LISTS: "列表，每项又是一个列表",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One of the things that a word may take."""

    kind: str
    options: tuple[str, ...] = ()
    """Of CHOICE: what may be written."""
    places: tuple[str, ...] = ()
    """Of ONE and EACH: where the words of the mapping are found."""
    named: tuple[Value, ...] = ()
    """Of NAMED: what stands behind each name that the author gives."""


@dataclass(frozen=True, slots=True)
class Word:
    """`example` is YAML as it stands in the place; `shown` what it prints, "" for nothing."""

    name: str
    takes: tuple[Value, ...]
    required: bool
    beside: str
    """Another word without which it has no effect, "" for none."""
    does: str
    example: str
    shown: str


@dataclass(frozen=True, slots=True)
class Place:
    """A mapping of a form file, called as the findings call it."""

    name: str
    says: str
    words: tuple[Word, ...]
    includes: str
    """The place whose words may stand here as well, "" for none."""
    just_one: tuple[tuple[str, ...], ...]
    at_least_one: tuple[tuple[str, ...], ...]


@cache
def places() -> Mapping[str, Place]:
    """All places by their names, the top of the file first."""
    text = (files("nianbao.form") / "words.yaml").read_text("utf-8")
    return {name: _place(name, data) for name, data in yaml.safe_load(text).items()}


def words_of(place: Place) -> tuple[Word, ...]:
    """The words that may stand in a place, with those that it includes."""
    return place.words + (places()[place.includes].words if place.includes else ())


def places_of(name: str) -> list[str]:
    """The places that have a word so called."""
    return [place.name for place in places().values() for word in place.words if word.name == name]


def document() -> str:
    """The text of docs/form-words.md: a table a place."""
    lines = [_HEAD]
    for place in places().values():
        lines += ["", f"## {place.name}", "", _introduced(place), ""]
        lines += ["| 词 | 写什么 | 做什么 | 例 | 印出来，或者说 |", "|---|---|---|---|---|"]
        lines += [f"| {' | '.join(_described(word))} |" for word in place.words]
    return "\n".join(lines) + "\n"


def _introduced(place: Place) -> str:
    used = [
        f"“{word.name}”（{_link(other.name)}）"
        for other in places().values()
        for word in other.words
        if place.name in _reached(word.takes)
    ]
    used += [_link(other.name) for other in places().values() if other.includes == place.name]
    said = [place.says]
    said += [f"写在{'、'.join(used)}下面。"] if used else []
    said += [f"还有{_link(place.includes)}的词。"] if place.includes else []
    said += [f"{_quoted(words)}正好写一个。" for words in place.just_one]
    said += [f"{_quoted(words)}至少写一个。" for words in place.at_least_one]
    return "".join(said)


def _reached(values: tuple[Value, ...]) -> set[str]:
    return {place for value in values for place in (*value.places, *sorted(_reached(value.named)))}


def _described(word: Word) -> Iterator[str]:
    """The cells of a word's line."""
    yield f"`{word.name}`{' ＊' if word.required else ''}"
    yield _any_of(word.takes)
    yield word.does + (f"（只同“{word.beside}”一起写）" if word.beside else "")
    yield f"`{word.example}`".replace("|", "\\|")
    yield word.shown


def _said(value: Value) -> str:
    if value.kind == CHOICE:
        return "、".join(f"`{option}`" for option in value.options)
    if value.kind == NAMED:
        return f"`名称: 值`，名称自己起，值是：{_any_of(value.named)}"
    if value.kind in (ONE, EACH):
        shape = "一组词" if value.kind == ONE else "列表"
        return f"{shape}（{_linked(value.places)}）"
    return _SAID[value.kind]


def _any_of(values: tuple[Value, ...]) -> str:
    return "；或者".join(_said(value) for value in values)


def _linked(names: tuple[str, ...]) -> str:
    return "、".join(_link(name) for name in names)


def _link(name: str) -> str:
    return f"[{name}](#{name.replace('、', '')})"


def _quoted(names: tuple[str, ...]) -> str:
    return "".join(f"“{name}”" for name in names)


def _place(name: str, data: Mapping[str, Any]) -> Place:
    return Place(
        name,
        data["说"],
        tuple(_word(word, said) for word, said in data["词"].items()),
        data.get("并", ""),
        tuple(map(tuple, data.get("正好一个", ()))),
        tuple(map(tuple, data.get("至少一个", ()))),
    )


def _word(name: str, data: Mapping[str, Any]) -> Word:
    return Word(
        name,
        tuple(map(_value, data["取"])),
        required=data.get("要") == "是",
        beside=data.get("同", ""),
        does=data["做"],
        example=data["例"],
        shown=data.get("印", ""),
    )


def _value(data: str | Mapping[str, Any]) -> Value:
    if isinstance(data, str):
        return Value(data)
    ((kind, of),) = data.items()
    if kind == CHOICE:
        return Value(kind, options=tuple(of))
    if kind == NAMED:
        return Value(kind, named=tuple(map(_value, of)))
    return Value(kind, places=(of,) if isinstance(of, str) else tuple(of))


if __name__ == "__main__":
    sys.stdout.buffer.write(document().encode("utf-8"))
