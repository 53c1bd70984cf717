"""Where things are found and written; a target that cannot be meant is a usage error."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from nianbao.desk import targets

A, B = Path("a/2025.yaml"), Path("b/2025.yaml")


def test_a_document_goes_where_it_is_asked_for() -> None:
    assert targets.of_documents([A], None) == [Path("outputs/2025.docx")]
    assert targets.of_documents([A], "甲") == [Path("甲")]
    assert targets.of_documents([A], "甲/乙.docx") == [Path("甲/乙.docx")]
    both = targets.of_documents([A, Path("低庄镇.yaml.txt")], "甲/")
    assert both == [Path("甲/2025.docx"), Path("甲/低庄镇.docx")]


@pytest.mark.parametrize(
    ("inputs", "output", "said"),
    [
        ([A, B], "x.docx", "末尾加 /"),
        ([A, B], "x/", "同一个"),
        ([A, B], None, "同一个"),
        ([A], "a/2025.yaml", "会盖掉它"),
        ([A], "x.pdf", ".docx 文件"),
        ([A], "x.审阅稿.docx", "审阅稿的名字"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(
    inputs: list[Path], output: str | None, said: str
) -> None:
    with pytest.raises(click.UsageError, match=said):
        targets.of_documents(inputs, output)


def test_a_review_copy_says_what_it_is() -> None:
    assert targets.of_review(A, None) == Path("outputs/2025.审阅稿.docx")
    assert targets.of_review(A, "甲/") == Path("甲/2025.审阅稿.docx")
    assert targets.of_review(A, "甲审阅稿.docx") == Path("甲审阅稿.docx")
    for output in ("甲.docx", "甲.审阅稿.pdf"):
        with pytest.raises(click.UsageError, match="要有“审阅稿”"):
            targets.of_review(A, output)


def test_a_starter_goes_to_inputs_or_where_it_is_asked_for() -> None:
    assert targets.of_starter(2026, None) == Path("inputs/2026.yaml")
    assert targets.of_starter(2026, "甲/低庄镇2026.yaml") == Path("甲/低庄镇2026.yaml")
    for output in ("甲/", "甲.docx", "甲"):
        with pytest.raises(click.UsageError, match=r"\.yaml 文件"):
            targets.of_starter(2026, output)


def test_an_input_is_found_by_what_is_to_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path in (Path("inputs/2026.yaml"), Path("甲/2027.yaml")):
        path.parent.mkdir()
        path.touch()
        assert targets.located(Path(targets.to_type(path))) == path
    assert targets.to_type(Path("inputs/2026.yaml")) == "2026.yaml"
