"""The list of words is what the readers of form files ask for: no more, no less, and as they ask it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import ROOT
from support.forms import CONTRACT, form_texts, mistakes

from nianbao.form import declaration, formfile, words
from nianbao.form.declaration import Declaration
from nianbao.form.words import Place, Word

ASKED_BY = {
    words.TEXT: {"text", "verbatim", "label"},
    words.YES: {"yes"},
    words.COUNT: {"count"},
    words.PHRASES: {"phrases"},
    words.TEXTS: {"texts", "placed", "labels"},
    words.LIST: {"placed"},
    words.LISTS: {"items"},
    words.CHOICE: {"choice"},
    words.ONE: {"nested"},
    words.EACH: {"each", "items"},
    words.NAMED: {"named", "nested"},
}
"""How a reader asks for each thing that a word may take."""
METHODS = sorted({"node", "idle", *set().union(*ASKED_BY.values())})
SECTIONS_OWN = "称作"
"""A mapping whose keys are the form's own."""


@dataclass
class Asked:
    """How a key was asked for at one place, in all forms."""

    methods: set[str] = field(default_factory=set)
    required: set[bool] = field(default_factory=set)
    options: set[tuple[str, ...]] = field(default_factory=set)
    without: set[str] = field(default_factory=set)
    """Of the words that it stands beside: those that were not there when it was asked for."""


def names(place: Place) -> list[str]:
    """A place as `Declaration` calls it; one that two words lead to has two names."""
    if place.name.endswith("的一项"):
        return [f"{word}的一项" for word in place.name.removesuffix("的一项").split("、")]
    return [place.name]


def listed() -> dict[tuple[str, str], Word]:
    """Every word by the place where it may stand."""
    included = {place.includes for place in words.places().values()}
    return {
        (name, word.name): word
        for place in words.places().values()
        if place.name not in included
        for name in names(place)
        for word in words.words_of(place)
    }


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Asked]:
    """What the readers ask for, by place and key, in all forms there are and the contract's own."""
    found: dict[tuple[str, str], Asked] = defaultdict(Asked)
    beside = {name: word.beside for name, word in listed().items() if word.beside}
    own: dict[str, str] = {}

    class Noting(Declaration):
        outermost = ""

        def _place(self) -> str:
            within = re.sub("[“”]", "", self._within)
            if within == "行的一项" and self.has("组"):
                return "组的一项"
            return own.get(within, within)

        def _ask(self, key: str, required: bool) -> Any:
            at = (self._place(), key)
            if self.outermost != "idle" and at[0] != SECTIONS_OWN:
                found[at].methods.add(self.outermost)
                found[at].required.add(required)
                if at in beside and not self.has(beside[at]):
                    found[at].without.add(beside[at])
            return super()._ask(key, required)

        def choice(self, key: str, options: Any, *default: Any, **named: Any) -> Any:
            if not self.outermost:
                found[self._place(), key].options.add(tuple(options))
            return noted("choice")(self, key, options, *default, **named)

    def noted(method: str) -> Callable[..., Any]:
        def ask(self: Noting, key: str, *rest: Any, **named: Any) -> Any:
            inner, self.outermost = self.outermost, self.outermost or method
            try:
                return getattr(super(Noting, self), method)(key, *rest, **named)
            finally:
                self.outermost = inner

        return ask

    for method in METHODS:
        if method != "choice":
            setattr(Noting, method, noted(method))
    folder = tmp_path_factory.mktemp("forms")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(declaration, "Declaration", Noting)
        for number, text in enumerate(form_texts().values()):
            top = yaml.safe_load(text)
            own.clear()
            own.update(dict.fromkeys(top.get("要素", ()), "要素的一项"))
            own.update(dict.fromkeys(top.get("印行", ()), "印行的一项"))
            path = folder / f"x-{number}.form.yaml"
            path.write_text(text, "utf-8")
            formfile.load(path)
    return found


def test_every_key_asked_for_is_listed_where_it_is_asked_for_and_no_other(
    asked: Mapping[tuple[str, str], Asked],
) -> None:
    assert len(asked) > 150
    assert set(asked) - set(listed()) == set()
    assert set(listed()) - set(asked) == set()


def test_a_word_takes_what_is_asked_for(asked: Mapping[tuple[str, str], Asked]) -> None:
    for at, word in listed().items():
        methods = asked[at].methods
        kinds = {value.kind for value in word.takes}
        several = "node" in methods  # looked at first, then asked for by what it is
        by = {kind: ASKED_BY[kind] | ({"text"} if several else set()) for kind in kinds}
        assert not methods - {"node"} - set().union(*by.values()), at
        assert not {kind for kind in kinds if not by[kind] & methods}, at
        assert several == (len(kinds) > 1), at


def test_a_choice_lists_what_may_be_chosen(asked: Mapping[tuple[str, str], Asked]) -> None:
    for at, word in listed().items():
        options = {value.options for value in word.takes if value.kind == words.CHOICE}
        if asked[at].options:
            assert options == asked[at].options, at
    assert sum(bool(found.options) for found in asked.values()) > 8


@pytest.mark.parametrize(
    ("place", "word", "before", "typed"),
    [
        ("列和行", "填", "格: g1, 填: 文字", "格: g1, 填: 甲乙丙丁"),
        ("要素的一项", "填", "{填: 文字, 必填", "{填: 甲乙丙丁, 必填"),
        ("表式文件", "要素", "简称: 文字", "简称: 甲乙丙丁"),
    ],
)
def test_a_choice_among_other_things_is_what_a_wrong_one_is_told(
    tmp_path: Path, place: str, word: str, before: str, typed: str
) -> None:
    text = form_texts()[CONTRACT]
    assert text.count(before) == 1
    path = tmp_path / "library-2024.form.yaml"
    path.write_text(text.replace(before, typed), "utf-8")
    (told,) = [f for f in mistakes(path) if "甲乙丙丁" in f.message]
    (found,) = [w for w in words.places()[place].words if w.name == word]
    takes = [value for taken in found.takes for value in (taken, *taken.named)]
    (options,) = [value.options for value in takes if value.kind == words.CHOICE]
    named, _, other = told.hint.partition("：")[2].partition("，或")
    assert sorted(named.split("、")) == sorted(options)
    assert other


def test_a_word_is_required_where_the_reader_requires_it(
    asked: Mapping[tuple[str, str], Asked],
) -> None:
    either = {
        (name, word)
        for place in words.places().values()
        for group in place.just_one
        for name in names(place)
        for word in group
    }
    for at, word in listed().items():
        if at not in either:
            assert any(asked[at].required) == word.required, at
        assert not asked[at].without, at


def test_an_example_shows_its_word() -> None:
    for at, word in listed().items():
        assert list(yaml.safe_load(word.example)) == [word.name], at
        assert len(word.example) < 90, at
        assert not word.does.endswith("。"), at


def test_the_list_of_words_is_current(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "form-words.md", words.document())


def test_the_list_shows_every_word_with_its_example() -> None:
    text = words.document()
    for place in words.places().values():
        section = text.partition(f"\n## {place.name}\n")[2].partition("\n## ")[0]
        for word in place.words:
            star = " ＊" if word.required else ""
            (line,) = [x for x in section.split("\n") if x.startswith(f"| `{word.name}`{star} |")]
            assert word.does in line
            assert word.example in line.replace("\\|", "|")
            assert len(re.findall(r"(?<!\\)\|", line)) == 6


def test_the_list_is_regenerated_as_its_head_says() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "nianbao.form.words"], capture_output=True, check=True
    )
    assert ran.stdout.decode("utf-8") == words.document()
