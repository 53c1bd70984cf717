"""The review copy: every finding once among Word's comments, where it belongs, in a sound file.

Comments are read with lxml from word/comments.xml and word/document.xml, or with docx2python.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from docx2python import docx2python
from lxml import etree
from support import (
    EXAMPLE,
    EXAMPLES,
    SECOND,
    TOWN,
    edit_docx,
    example,
    nianbao,
    paragraphs,
    part,
    tables,
)
from support.cases import CASES, SESSIONS, Case, written

from nianbao.desk.outcome import Outcome

BROKEN = EXAMPLES / "青石镇2025-有错.yaml"
LAST = EXAMPLES / "青石镇2024.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Comment:
    """A comment: its lines, the text it is about, and the block of the body that stands in."""

    lines: list[str]
    about: str
    block: str
    author: str

    @property
    def said(self) -> str:
        return "\n".join(self.lines)


def text_of(element: etree._Element) -> str:
    return "".join(
        "\t" if piece.tag == f"{W}tab" else str(piece.text or "")
        for run in element.iter(f"{W}r")
        for piece in run.iter(f"{W}t", f"{W}tab")
    )


def comments(path: Path) -> list[Comment]:
    """The comments of a document in the order they are numbered, by lxml."""
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
        if "word/comments.xml" not in archive.namelist():
            return []
        told = etree.fromstring(archive.read("word/comments.xml"))
    found = []
    for comment in told:
        number = comment.get(f"{W}id")
        about, inside, block = [], False, ""
        for node in body.iter():
            if node.get(f"{W}id") == number:
                if node.tag == f"{W}commentRangeStart":
                    inside = True
                    block = next(text_of(a) for a in node.iterancestors(f"{W}p"))
                elif node.tag == f"{W}commentRangeEnd":
                    inside = False
            elif inside and node.tag == f"{W}t":
                about.append(node.text or "")
        references = [r for r in body.iter(f"{W}commentReference") if r.get(f"{W}id") == number]
        assert len(references) == 1
        lines = [text_of(p) for p in comment.iter(f"{W}p")]
        found.append(Comment(lines, "".join(about), block, comment.get(f"{W}author", "")))
    return found


def review(path: Path, *options: object, code: int = 1) -> Path:
    """The review copy of an input, made by the command in the input's folder."""
    ran = nianbao("review", path, *options, cwd=path.parent)
    assert (ran.code, ran.err) == (code, "")
    (target,) = (path.parent / "outputs").glob("*.docx")
    return target


def saying(found: list[Comment], words: str) -> Comment:
    (comment,) = [comment for comment in found if words in comment.said]
    return comment


together = pytest.mark.xdist_group("reviewed")


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Outcome, Path]]:
    """Some of the faulty cases of tests/cases, reviewed."""
    folder = tmp_path_factory.mktemp("reviewed")
    made = []
    for case in part(3, [case for case in CASES if case.expected][::3]):
        target = folder / f"{case.name}.审阅稿.docx"
        made.append(
            (case, SESSIONS[False].review(written(folder, case.text, case.file), target), target)
        )
    return made


@together
def test_every_finding_is_exactly_one_comment(reviewed: list[tuple[Case, Outcome, Path]]) -> None:
    commented = 0
    for case, outcome, target in reviewed:
        if not outcome.review_written:
            continue
        found = comments(target)
        assert len(found) == len(outcome.findings), case.name
        for number, comment in enumerate(found, 1):
            assert comment.lines[0].startswith(f"{number}. "), case.name
            assert comment.author == "审核"
            assert comment.about, case.name
        for finding in outcome.findings:
            said = f"{finding.standing}：{finding.message}"
            same = [c for c in found if c.lines[0].partition(". ")[2] == said]
            alike = [f for f in outcome.findings if f"{f.standing}：{f.message}" == said]
            assert len(same) == len(alike), case.name
            assert any(finding.hint in comment.said for comment in same)
            assert same[0].lines[-1].startswith(f"（编号 {finding.code}")
        commented += 1
    assert commented > 40


@together
def test_only_what_cannot_be_parsed_is_refused(reviewed: list[tuple[Case, Outcome, Path]]) -> None:
    for case, outcome, target in reviewed:
        if outcome.review_written is None:
            assert outcome.report is None, case.name
            assert outcome.exit_code == 1, case.name
            assert not target.exists()
        else:
            assert outcome.exit_code in (0, 1), (case.name, outcome.findings)


@together
def test_other_readers_open_it(reviewed: list[tuple[Case, Outcome, Path]]) -> None:
    for case, outcome, target in reviewed[::4]:
        if not outcome.review_written:
            continue
        assert len(docx.Document(str(target)).tables) == 3, case.name
        with docx2python(target) as read:
            told = [text for *_, text in read.comments]
        assert len(told) == len(outcome.findings)
        for finding in outcome.findings:
            assert sum(finding.message in text for text in told) >= 1, case.name


def test_a_comment_stands_at_its_cell_or_sentence(tmp_path: Path) -> None:
    shutil.copy(BROKEN, tmp_path)
    found = comments(review(tmp_path / BROKEN.name))
    assert saying(found, "没有填数").about == "？"
    sentence = saying(found, "{{本年新增}} 取不到数").about
    assert "{{本年新增}}" not in sentence
    assert sentence.startswith("本年新收政府信息公开申请？件")
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    tie = saying(found, "这一行不平")
    assert (tie.about, tie.lines[0][:6]) == ("2", "5. 错误：")
    assert "自然人·1.本机关不掌握相关政府信息 2；" in tie.said
    assert saying(found, "没有“信访投诉举报类申请”").about in ("？", "0")
    assert saying(found, "没有同上年核对").block.startswith("云岭县青石镇人民政府")


def test_what_is_to_be_mended_is_seen_without_comments_too(tmp_path: Path) -> None:
    shutil.copy(BROKEN, tmp_path)
    target = review(tmp_path / BROKEN.name)
    with zipfile.ZipFile(target) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    lit = {
        text_of(run) for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}highlight") is not None
    }
    found = comments(target)
    assert lit == {comment.about for comment in found if "未做" not in comment.lines[0]}


def test_what_was_not_read_is_printed_as_such(tmp_path: Path) -> None:
    shutil.copy(BROKEN, tmp_path)
    target = review(tmp_path / BROKEN.name)
    first, _, _ = tables(target)
    assert ["行政强制", "？"] in first
    assert ["行政许可", "46"] in first


def test_a_file_with_almost_nothing_is_still_shown(tmp_path: Path) -> None:
    path = tmp_path / "2025.yaml"
    path.write_text("单位: 青石镇人民政府\n年度: 二〇二五\n总体情况: |\n", "utf-8")
    target = review(path)
    found = comments(target)
    printed = paragraphs(target)
    assert printed[1] == "青石镇人民政府\n？年政府信息公开工作年度报告"
    assert printed.count("（未填）") == 4
    numbers = [cell for table in tables(target) for row in table for cell in row if cell == "？"]
    assert len(numbers) == 200
    assert saying(found, "缺少“主动公开政府信息情况”").block == "二、主动公开政府信息情况"
    assert saying(found, "缺少“引言”").block == "（未填）"
    assert saying(found, "年度写的是").block.startswith("青石镇")
    assert saying(found, "一个字也没有写").block == "一、总体情况"


def test_a_shorthand_zero_is_told_apart_by_column(tmp_path: Path) -> None:
    path = example(tmp_path)
    text = path.read_text("utf-8")
    total = re.search(r"^    总计: .*$", text, re.M)
    assert total
    path.write_text(text.replace(total[0], "    总计: 0"), "utf-8")
    found = [c for c in comments(review(path)) if "这一列不平" in c.said]
    assert len(found) > 2
    assert {comment.about for comment in found} == {"0"}
    starts = starts_of(review(path))
    assert len(set(starts)) > 2


def starts_of(path: Path) -> list[str]:
    """Which cell of its row each comment begins in."""
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    found = []
    for start in body.iter(f"{W}commentRangeStart"):
        for cell in start.iterancestors(f"{W}tc"):
            found.append(len(list(cell.itersiblings(preceding=True))))
    return [str(n) for n in found]


def test_what_the_head_of_the_file_says_is_found_where_it_is_printed(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    (dated,) = re.findall(r"^成文日期: .*\n", text, re.M)
    (unit,) = re.findall(r"^单位: .*\n", text, re.M)
    path = example(tmp_path, (dated, "成文日期: 2026-13-45\n"), (unit, "单位:\n"))
    found = comments(review(path))
    assert saying(found, "不是一个日期").about == "2026-13-45"
    assert saying(found, "“单位”没有填").about.startswith("？2025年")


def test_answers_and_keys_travel_along(tmp_path: Path) -> None:
    rules = ("  规章:           [0, 0, 0]\n", "  规章: [3, 0, 3]\n")
    path = example(tmp_path, rules)
    found = comments(review(path, code=0))
    asked = saying(found, "核实：“本年制发件数·规章”写的是 3")
    (key,) = re.findall(r"下面写一行：(V201 .*): 原因", asked.said)
    path.write_text(path.read_text("utf-8") + f"核实说明:\n  {key}: 代县政府报送\n", "utf-8")
    answered = saying(comments(review(path, code=0)), "“本年制发件数·规章”写的是 3")
    assert answered.lines[0].partition(". ")[2].startswith("已说明：")
    assert "说明：代县政府报送" in answered.lines
    assert "怎么办" not in answered.said


@pytest.mark.parametrize("source", [BROKEN, TOWN])
def test_it_says_on_every_page_that_it_is_not_to_be_sent_in(tmp_path: Path, source: Path) -> None:
    shutil.copy(source, tmp_path)
    target = review(tmp_path / source.name, code=int(source is BROKEN))
    warning = "審閲稿，不得報送" if source is TOWN else "审阅稿，不得报送"
    counted = (
        "沒有檢查出問題，1 項檢查未做" if source is TOWN else "4 处错误、1 处核实，1 项检查未做"
    )
    document = docx.Document(str(target))
    assert document.paragraphs[0].text == f"{warning}：{counted}，" + (
        "見批註。" if source is TOWN else "见批注。"
    )
    (section,) = document.sections
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == warning
    assert target.name == f"{source.stem}.审阅稿.docx"


def test_without_findings_it_says_so(tmp_path: Path) -> None:
    path = example(tmp_path)
    target = review(path, "--last-year", LAST, code=0)
    assert comments(target) == []
    assert paragraphs(target)[0] == "审阅稿，不得报送：没有检查出问题。"
    assert nianbao("generate", path, "-o", "甲.docx", "--last-year", LAST, cwd=tmp_path).code == 0
    assert paragraphs(target)[1:] == paragraphs(tmp_path / "甲.docx")
    assert tables(target) == tables(tmp_path / "甲.docx")


def test_a_file_that_does_not_parse_gets_a_copy_of_what_could_be_read(tmp_path: Path) -> None:
    path = example(tmp_path, ("  行政许可: 46\n", '  行政许可: "46\n'))
    target = review(path, code=1)
    said = [comment.text for comment in docx.Document(str(target)).comments]
    assert any("错误" in text for text in said)
    assert any("云岭县" in text for text in paragraphs(target))
    assert not any("46" in cell for row in tables(target)[0] for cell in row)


def test_where_nothing_can_be_read_there_is_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "2025.yaml"
    for text in ("单位: [甲\n", "一句话\n", ""):
        path.write_text(text, "utf-8")
        ran = nianbao("review", path, cwd=tmp_path)
        assert ran.code == 1
        assert "没有通过，没有写出审阅稿" in ran.out
        assert not (tmp_path / "outputs").exists()


def test_a_missing_file_or_template_is_told(tmp_path: Path) -> None:
    assert nianbao("review", "没有.yaml", cwd=tmp_path).code == 3
    folder = tmp_path / "forms"
    folder.mkdir()
    shutil.copy(SECOND / "enforcement-2023.form.yaml", folder)
    ran = nianbao("review", SECOND / "2025.yaml", "--templates", folder, cwd=tmp_path)
    assert (ran.code, "L101" in ran.out) == (3, True)
    assert not (tmp_path / "outputs").exists()


def test_another_form_is_reviewed_by_the_same_code(tmp_path: Path) -> None:
    path = tmp_path / "2025.yaml"
    lines = (SECOND / "2025.yaml").read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines) + "多余的: 1\n", "utf-8")
    found = comments(review(path, "--templates", SECOND))
    assert saying(found, "没有“多余的”这一项").about


def test_it_may_be_put_elsewhere_under_a_name_that_says_what_it_is(tmp_path: Path) -> None:
    path = example(tmp_path)
    assert nianbao("review", path, "-o", "甲/乙.审阅稿.docx", cwd=tmp_path).code == 0
    assert nianbao("review", path, "-o", "丙/", cwd=tmp_path).code == 0
    assert (tmp_path / "甲" / "乙.审阅稿.docx").is_file()
    assert (tmp_path / "丙" / f"{path.stem}.审阅稿.docx").is_file()
    for name in ("甲.docx", "审阅稿.pdf", path.name):
        ran = nianbao("review", path, "-o", name, cwd=tmp_path)
        assert ran.code == 2
        assert "审阅稿" in ran.err
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize("name", ["2025.审阅稿.docx", "审阅稿.docx", "outputs/2025.審閱稿.docx"])
def test_generate_refuses_the_name(tmp_path: Path, name: str) -> None:
    ran = nianbao("generate", EXAMPLE, "-o", name, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "是审阅稿的名字" in ran.err
    assert list(tmp_path.iterdir()) == []
    shutil.copy(EXAMPLE, tmp_path / "青石镇2025.审阅稿.yaml")
    assert nianbao("generate", "青石镇2025.审阅稿.yaml", cwd=tmp_path).code == 2


def test_the_same_input_gives_the_same_bytes_and_replies_are_kept(tmp_path: Path) -> None:
    path = tmp_path / BROKEN.name
    shutil.copy(BROKEN, path)
    target = review(path)
    first = target.read_bytes()
    target.unlink()
    assert review(path).read_bytes() == first
    reply = {"word/comments.xml": lambda text: text.replace("怎么办", "已改。怎么办")}
    edit_docx(target, target, **reply)
    ran = nianbao("review", path, cwd=tmp_path)
    assert "W106" in ran.out
    aside = target.with_name(f"{target.stem}.手工改过.docx")
    assert "已改。怎么办" in comments(aside)[0].said
    assert target.read_bytes() == first


def test_a_read_only_copy_stays(tmp_path: Path) -> None:
    path = tmp_path / BROKEN.name
    shutil.copy(BROKEN, path)
    target = review(path)
    target.write_bytes(b"x")
    target.chmod(0o444)
    ran = nianbao("review", path, cwd=tmp_path)
    assert (ran.code, "W103" in ran.out) == (3, True)
    assert target.read_bytes() == b"x"
