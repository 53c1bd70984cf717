"""What a column or a row of a form file says of its cells: 填 and the words that go with it.

Knows how a kind is declared, that a row's word goes before its column's, and
what an author may get wrong (F102, at its line): a kind that there is not, a
word that bears on none of the cells. What a kind is, `kind` knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any

from nianbao.chinese.phrase import fault_of
from nianbao.chinese.wording import closest
from nianbao.form import equation
from nianbao.form.declaration import COMMA, Declaration
from nianbao.form.distinct import Distinct
from nianbao.form.kind import (
    COUNT,
    FIGURES,
    MONEY,
    NONE,
    YES_NO,
    Blank,
    Choice,
    Day,
    Figure,
    Kind,
    Taken,
    Text,
    When,
)
from nianbao.form.manner import Manner
from nianbao.frozen import dataclass
from nianbao.source import tree

KIND, MONEY_OR_COUNT, BLANK = "填", "数", "可空"
LENGTH, PATTERN, PLACES, UNIT, PRINT = "字数", "样式", "小数位", "单位", "印"
WORDS = (KIND, BLANK, LENGTH, PATTERN, PLACES, UNIT, PRINT)
"""What may stand on a column as on a row."""
ONE, _SEVERAL, _IF = "选", "多选", "若"
_AS_WORD = {"字": True}
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Said:
    """What one column or row says, None or nothing where it leaves that to the other."""

    declared: Declaration
    kind: Kind | None
    blank: Blank | None
    words: Mapping[str, Any] = field(default_factory=dict)
    """The values of 字数, 样式, 小数位, 单位 and 印 where they are written."""


def read(declared: Declaration, manner: Manner) -> Said:
    kind = _kind(declared, manner)
    length = _length(declared)
    words = {
        LENGTH: length if length != (0, None) else None,
        PATTERN: pattern(declared) or None,
        PLACES: _places(declared),
        UNIT: declared.text(UNIT) or None,
        PRINT: declared.choice(PRINT, _AS_WORD, default=None),
    }
    given = {word: value for word, value in words.items() if value is not None}
    return Said(declared, kind, _blank(declared), given)


def taken(row: Said, column: Said, manner: Manner) -> Taken:
    """What the cell of a row and a column takes."""
    words = {**column.words, **row.words}
    kind: Kind = row.kind or column.kind or COUNT
    blank = row.blank if row.blank is not None else column.blank
    match kind:
        case Figure():
            places = words.get(PLACES) if kind.decimal else None
            kind = replace(kind, places=places, unit=words.get(UNIT, ""), grouped=manner.grouped)
        case Text():
            fewest, most = words.get(LENGTH, (0, None))
            kind = Text(fewest, most, words.get(PATTERN, ""))
        case Choice():
            kind = replace(kind, as_word=kind.as_word or words.get(PRINT, False))
    return Taken(kind, blank or Blank())


def tell_of_idle(said: Said, cells: Iterable[Taken]) -> None:
    """Tell of each word that bears on none of the `cells` of a row or column."""
    cells = tuple(cells)
    kinds = [cell.kind for cell in cells]
    own = {
        (word, cell.kind) for cell in cells if cell.blank is said.blank for word in cell.blank.words
    }
    for word in sorted({word for word, kind in own if _is_value(word, kind)}):
        said.declared.wrong(
            f"“{BLANK}”里的“{word}”本来就可以填，分不清是值还是空着。",
            at=said.declared.place(BLANK),
            hint="写不会当成值的词，如 —",
        )
    names = "、".join(dict.fromkeys(kind.word for kind in kinds))
    for word in said.words if kinds else ():
        if not any(word in kind.heeds for kind in kinds):
            hint = "删掉它，或者改“填”"
            if word == PLACES and COUNT.word in names:
                hint = "有小数的写“填: 小数”"
            said.declared.wrong(
                f"“{word}”写在这里没有用：这里填的是{names}。",
                at=said.declared.place(word),
                hint=hint,
            )


def _is_value(word: str, kind: Kind) -> bool:
    match kind:
        case Text():
            return False
        case Choice():
            return kind.read([word]) is not None
    return kind.read(word) is not None


def _kind(declared: Declaration, manner: Manner) -> Kind | None:
    node = declared.node(KIND)
    if node is None:
        return None
    if isinstance(node, tree.Mapping):
        return declared.nested(KIND, _choice)
    if isinstance(node, tree.Sequence):
        hint = "几个里选一个的写成 {选: [甲, 乙]}，可以选几个的写成 {多选: [甲, 乙]}"
        declared.wrong(f"“{KIND}”不能直接写一个列表。", at=node.location, hint=hint)
        return None
    known: dict[str, Kind] = {
        **FIGURES,
        Text.word: Text(),
        Day.word: Day(manner),
        "是否": Choice(YES_NO),
    }
    typed = declared.text(KIND)
    if typed and typed not in known:
        meant = closest(typed, known, cutoff=0.5)
        hint = f"只能写：{'、'.join(known)}，或者 {{选: [甲, 乙]}}、{{多选: [甲, 乙]}}"
        if typed == MONEY.word:
            hint = f"写“{KIND}: 小数”，或者在行上写“{MONEY_OR_COUNT}: {typed}”"
        elif meant:
            hint = f"您是否想写“{meant}”"
        declared.wrong(f"“{KIND}”写的是“{typed}”，没有这一种。", at=node.location, hint=hint)
    return known.get(typed)


def _choice(choice: Declaration) -> Choice | None:
    given = [word for word in (ONE, _SEVERAL) if choice.has(word)]
    lists = {word: options(choice, word) for word in (ONE, _SEVERAL)}
    as_word = choice.choice(PRINT, _AS_WORD, default=False)
    if len(given) != 1:
        fault = "两样都写了" if given else "两样都没有写"
        hint = "几个里选一个的写 {选: [甲, 乙]}，可以选几个的写 {多选: [甲, 乙]}"
        choice.wrong(f"“{ONE}”和“{_SEVERAL}”{fault}。", at=choice.location, hint=hint)
        return None
    (word,) = given
    return Choice(lists[word], word == _SEVERAL, as_word)


def options(declared: Declaration, word: str) -> tuple[str, ...]:
    """What there is to choose from, under 选 or 多选."""
    placed = declared.words(word)
    distinct = Distinct(declared.tell, f"“{word}”里的词")
    for option, place in placed:
        distinct.add(option, place)
        if word == _SEVERAL and option == NONE:
            said = f"“{word}”里不能有“{NONE}”：填报时写{NONE}，是一个也不选。"
            declared.wrong(said, at=place, hint="删掉这一项")
    if word == ONE and len(placed) == 1 and not COMMA.search(placed[0][0]):
        hint = "至少写两个；可以不选的写“多选”"
        declared.wrong(f"“{ONE}”里只有一个词，没有可选的。", at=placed[0][1], hint=hint)
    return tuple(option for option, _ in placed)


def _blank(declared: Declaration) -> Blank | None:
    node = declared.node(BLANK)
    if node is None:
        return None
    if isinstance(node, tree.Sequence):
        distinct = Distinct(declared.tell, f"“{BLANK}”里的词")
        words = declared.words(BLANK)
        for word, place in words:
            distinct.add(word, place)
        return Blank(words=tuple(word for word, _ in words))
    if isinstance(node, tree.Mapping):
        return declared.nested(BLANK, _when)
    return Blank(always=declared.yes(BLANK))


def _when(blank: Declaration) -> Blank | None:
    text, place = blank.text(_IF, required=True), blank.place(_IF)
    if not text:
        return None
    try:
        return Blank(when=When(*equation.parse_condition(text), place))
    except ValueError as problem:
        blank.wrong(f"“{_IF}”{problem}。", at=place, hint="写成 名称 = 是、名称 ≥ 1 的样子")
        return None


def _length(declared: Declaration) -> tuple[int, int | None]:
    """The fewest and the most characters."""
    if not isinstance(declared.node(LENGTH), tree.Mapping):
        exactly = declared.count(LENGTH)
        return (0, None) if exactly is None else (exactly, exactly)
    return declared.nested(LENGTH, _bounds) or (0, None)


def _bounds(length: Declaration) -> tuple[int, int | None]:
    fewest, most = length.count("至少"), length.count("至多")
    if fewest is None and most is None:
        hint = "写成 {至少: 2, 至多: 20}"
        length.wrong("“字数”里“至少”和“至多”都没有写。", at=length.location, hint=hint)
    if most is not None and (most == 0 or most < (fewest or 0)):
        place = length.place("至多")
        length.wrong(f"“至多”是 {most}，什么字数都对不上。", at=place, hint="写得比“至少”大")
    return fewest or 0, most


def pattern(declared: Declaration) -> str:
    pattern = declared.text(PATTERN)
    fault = fault_of(pattern) if pattern else None
    if fault:
        declared.wrong(f"“{pattern}”{fault[0]}。", at=declared.place(PATTERN), hint=fault[1])
        return ""
    return pattern


def _places(declared: Declaration) -> int | None:
    places = declared.count(PLACES)
    if places is not None and places > _MOST_PLACES:
        said = f"“{PLACES}”写的是 {places}，最多 {_MOST_PLACES} 位。"
        declared.wrong(said, at=declared.place(PLACES), hint="如 2")
        return None
    return places
