"""`generate --html` from outside: the page read by lxml, the document by python-docx."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import lxml.html
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement
from support import EXAMPLE, example, nianbao, own_templates
from support.reports import REPORTS, generated

from nianbao.desk.pipeline import Session
from nianbao.portal import markup

Text = str | list[list[str]]


def page_of(folder: Path, name: str, *options: str) -> tuple[HtmlElement, Path]:
    document = generated(folder, name, "--html", *options)
    page = document.with_suffix(".html").read_bytes()
    return lxml.html.document_fromstring(page.decode("utf-8")), document


def by_docx(path: Path) -> list[Text]:
    """The lines and tables of a document that say something, each merged cell told once."""
    found: list[Text] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Paragraph):
            if block.text.strip():
                found.append(block.text)
            continue
        assert isinstance(block, Table)
        rows, seen = [], set()
        for row in block.rows:
            said = []
            for cell in row.cells:
                if cell._tc not in seen and cell.text.strip():
                    said.append("\n".join(p.text for p in cell.paragraphs if p.text.strip()))
                seen.add(cell._tc)
            rows.append(said)
        found.append([row for row in rows if row])
    return found


def by_lxml(page: HtmlElement) -> list[Text]:
    """The same of a page: whatever its elements are called, as a reader of it sees them."""
    found: list[Text] = []
    for element in page:
        if element.tag == "table":
            for caption in element.iterchildren("caption"):
                found += by_lxml(caption)
            found.append([row for tr in element.iter("tr") if (row := [*_said(tr)])])
        elif element.tag in ("h1", "h2", "h3", "p"):
            found.append(element.text_content())
        elif element.tag != "head":
            found += by_lxml(element)
    return found


def _said(row: HtmlElement) -> Iterator[str]:
    for box in row.iterchildren("td", "th"):
        lines = [p.text_content() for p in box.iter("p")]
        if text := "\n".join(lines) or box.text_content():
            yield text


def unbroken(texts: list[Text], title: str) -> list[Text]:
    squeezed = "".join(title.split())
    return [title if isinstance(t, str) and "".join(t.split()) == squeezed else t for t in texts]


@pytest.mark.parametrize("script", ["", "zh-Hant"])
@pytest.mark.parametrize("name", REPORTS)
def test_the_page_says_what_the_document_says_in_order(
    tmp_path: Path, name: str, script: str
) -> None:
    if script and name not in (EXAMPLE.stem, "projects-2025"):
        script = "zh-Hans" if name == "2025" else ""
    page, document = page_of(tmp_path, name, *(["--script", script] if script else []))
    (h1,) = page.iter("h1")
    assert by_lxml(page) == unbroken(by_docx(document), h1.text_content())


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_is_data_once_with_its_cell(tmp_path: Path, name: str) -> None:
    page, _ = page_of(tmp_path, name)
    path, templates = REPORTS[name]
    report, _ = Session(templates=templates).read(path)
    in_tables = [data for table in page.iter("table") for data in table.iter("data")]
    found = {data.get("data-cell"): data for data in in_tables}
    assert len(found) == len(in_tables)
    assert set(found) == set(report.numbers)
    for address, number in report.numbers.items():
        assert found[address].text_content() == (number.face or number.typed)
        assert found[address].get("value", "").replace(",", "") == number.typed.replace(",", "")
        assert found[address].getparent().text_content() == number.printed


def test_a_figure_bound_in_the_text_is_data_and_a_name_is_not(tmp_path: Path) -> None:
    source = example(tmp_path)
    text = source.read_text("utf-8").replace(
        "  本机关{{年度}}年度未收取信息处理费。\n",
        "  {{年度}}年{{单位}}受理{{本年新收}}件，公开{{予以公开+部分公开}}件。\n  （一）许可{{行政许可}}件\n",
    )
    source.write_text(text.replace("注: 行政", "注: 复议{{行政复议}}件，行政"), "utf-8")
    assert nianbao("generate", "--html", source, cwd=tmp_path).code == 0
    page = lxml.html.fromstring((tmp_path / "outputs" / "青石镇2025.html").read_text("utf-8"))
    (line,) = [p for p in page.iter("p") if "2025年云岭县青石镇人民政府受理" in p.text_content()]
    assert [(d.get("data-cell"), d.get("value"), d.text) for d in line.iter("data")] == [
        ("c1g", "19", "19"),
        ("c3g+c4g", "11", "11"),
    ]
    (heading,) = [h for h in page.iter("h3") if "许可46件" in h.text_content()]
    assert [d.get("data-cell") for d in heading.iter("data")] == ["b3a"]
    (note,) = [p for p in page.iter("p") if p.text_content().startswith("注：复议2件")]
    assert [d.get("data-cell") for d in note.iter("data")] == ["d1e"]


def heads_of(page: HtmlElement, address: str) -> list[str]:
    (data,) = page.xpath(f"//table//data[@data-cell='{address}']")
    box = next(data.iterancestors("td"))
    named = {th.get("id"): th for th in next(box.iterancestors("table")).iter("th")}
    return [named[one].text_content() for one in (box.get("headers") or "").split()]


def test_a_reader_hears_the_heads_of_merged_cells(tmp_path: Path) -> None:
    page, _ = page_of(tmp_path, EXAMPLE.stem)
    assert heads_of(page, "c9b") == [
        "三、本年度办理结果",
        "（三）不予公开",
        "5.属于三类内部事务信息",
        "申请人情况",
        "法人或其他组织",
        "商业企业",
    ]
    assert heads_of(page, "b2c") == ["第二十条第（一）项", "行政规范性文件", "现行有效件数"]
    assert heads_of(page, "b6a") == [
        "第二十条第（八）项",
        "行政事业性收费",
        "本年收费金额（单位：万元）",
    ]
    assert heads_of(page, "d3e") == ["行政诉讼", "复议后起诉", "总计"]


@pytest.mark.parametrize("name", REPORTS)
def test_every_value_has_the_labels_that_its_form_declares(tmp_path: Path, name: str) -> None:
    page, _ = page_of(tmp_path, name)
    path, templates = REPORTS[name]
    report, _ = Session(templates=templates).read(path)
    for row in report.rows():
        for cell in row.cells():
            drawn = row.drawn or row
            heads = heads_of(page, cell.address)
            assert len(set(heads)) == len(heads)
            owed = (not drawn.unprinted) + (not cell.column.unprinted) + len(cell.column.above)
            assert len(heads) >= owed, (cell.address, heads)


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_is_whole_and_runs_and_fetches_nothing(tmp_path: Path, name: str) -> None:
    page, document = page_of(tmp_path, name)
    source = document.with_suffix(".html").read_text("utf-8")
    assert source.startswith("<!DOCTYPE html>\n<html lang=")
    assert not [e.tag for e in page.iter("script", "link", "img", "iframe", "object", "form", "a")]
    assert not re.search(r"(?i)url\(|@import|\bon\w+=|href=|src=", source)
    assert page.find(".//title").text == page.find(".//h1").text_content()
    for table in page.iter("table"):
        (caption,) = table.iter("caption")
        assert caption.text_content().strip()
    assert not [e.get("class") for e in page.iter() if e.get("class")]
    for element in page.iter("h1", "h2", "h3", "p", "table", "td", "th"):
        assert element.get("style") or (element.tag == "td" and not element.text_content())


@pytest.mark.parametrize("name", REPORTS)
def test_no_two_boxes_lie_on_each_other_and_no_row_is_short(tmp_path: Path, name: str) -> None:
    page, _ = page_of(tmp_path, name)
    for table in page.iter("table"):
        taken: set[tuple[int, int]] = set()
        rows = [*table.iter("tr")]
        for y, row in enumerate(rows):
            x = 0
            for box in row.iterchildren("td", "th"):
                while (y, x) in taken:
                    x += 1
                high, wide = int(box.get("rowspan", 1)), int(box.get("colspan", 1))
                places = {(y + dy, x + dx) for dy in range(high) for dx in range(wide)}
                assert not places & taken
                taken |= places
                x += wide
        width = max(x for _, x in taken) + 1
        assert taken == {(y, x) for y in range(len(rows)) for x in range(width)}


def test_the_language_is_the_reports(tmp_path: Path) -> None:
    for name, language in ((EXAMPLE.stem, "zh-Hans"), ("2025", "zh-Hant"), ("library-2025", "en")):
        page, _ = page_of(tmp_path, name)
        assert page.get("lang") == language


def cleaned(source: str) -> str:
    """What a content management system keeps: the elements, without most of what they say."""
    source = re.sub(r"(?s)<(style|script|title)\b.*?</\1>", "", source)
    source = re.sub(r"</?(data|main|strong|meta|thead|tbody)\b[^>]*>", "", source)
    return re.sub(
        r"<(\w+)[^>]*>", lambda tag: f"<{tag[1]}{''.join(_SPAN.findall(tag[0]))}>", source
    )


_SPAN = re.compile(r' (?:row|col)span="\d+"')


@pytest.mark.parametrize("name", REPORTS)
def test_the_texts_outlive_a_content_management_system(tmp_path: Path, name: str) -> None:
    page, document = page_of(tmp_path, name)
    left = lxml.html.document_fromstring(cleaned(document.with_suffix(".html").read_text("utf-8")))
    assert by_lxml(left) == by_lxml(page)
    assert not [e for e in left.iter() if set(e.attrib) - {"rowspan", "colspan"}]


def imported(folder: Path, page: Path, templates: Path) -> tuple[dict[str, str | None], str]:
    """The cells, and the input file but for its comments, that `import` makes."""
    ran = nianbao(
        "import", "--format", "json", "--templates", templates, page, "-o", "back.yaml", cwd=folder
    )
    back = folder / "back.yaml"
    lines = [line for line in back.read_text("utf-8").splitlines() if line.lstrip()[:1] != "#"]
    back.unlink()
    return json.loads(ran.out)["cells"], "\n".join(lines)


@pytest.mark.parametrize("name", REPORTS)
def test_it_is_read_back_as_the_document_is(tmp_path: Path, name: str) -> None:
    """By `import`, which knows nothing of how a page is written; also when it was cleaned."""
    _, document = page_of(tmp_path, name)
    _, templates = REPORTS[name]
    page = document.with_suffix(".html")
    wanted = imported(tmp_path, document, templates)
    assert imported(tmp_path, page, templates) == wanted
    left = tmp_path / "cleaned.html"
    left.write_text(cleaned(page.read_text("utf-8")), "utf-8")
    assert left.read_text("utf-8").count("span=") == page.read_text("utf-8").count("span=")
    assert imported(tmp_path, left, templates) == wanted


def test_odd_texts_are_written_and_not_obeyed(tmp_path: Path) -> None:
    source = example(tmp_path)
    odd = "1.<script>alert(1)</script> &amp; &lt; \"引\" 'x' <!-- --> ]]> 　两  个\t空 𠮷🙂 </p></main>"
    text = source.read_text("utf-8").replace(
        "  本机关{{年度}}年度未收取信息处理费。\n", f"  {odd}\n"
    )
    source.write_text(text, "utf-8")
    assert nianbao("generate", "--html", source, cwd=tmp_path).code == 0
    page = lxml.html.fromstring((tmp_path / "outputs" / "青石镇2025.html").read_text("utf-8"))
    (line,) = [p for p in page.iter("p") if p.text_content().startswith("1.<script>")]
    assert line.text_content() == odd
    assert "pre-wrap" in (line.get("style") or "")


# --- writing ---------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes_and_the_screen_says_where(tmp_path: Path) -> None:
    ran = nianbao("generate", EXAMPLE, "--html", cwd=tmp_path)
    path = tmp_path / "outputs" / "青石镇2025.html"
    assert f"网页已写到 {path}" in ran.out
    first = path.read_bytes()
    (tmp_path / "other").mkdir()
    nianbao("generate", EXAMPLE, "--html", cwd=tmp_path / "other")
    assert (tmp_path / "other" / "outputs" / path.name).read_bytes() == first
    assert not (tmp_path / "outputs" / "青石镇2025.手工改过.html").exists()


def test_a_page_changed_by_hand_is_set_aside_an_older_one_replaced(tmp_path: Path) -> None:
    source = example(tmp_path)
    path = tmp_path / "outputs" / "青石镇2025.html"
    aside = path.with_name("青石镇2025.手工改过.html")
    assert nianbao("generate", source, "--html", cwd=tmp_path).code == 0
    source.write_text(source.read_text("utf-8").replace("未收取信息", "没有收取信息"), "utf-8")
    assert nianbao("generate", source, "--html", cwd=tmp_path).code == 0
    assert not aside.exists()
    changed = path.read_text("utf-8").replace("没有收取", "从未收取")
    path.write_text(changed, "utf-8")
    ran = nianbao("generate", source, "--html", cwd=tmp_path)
    assert ran.code == 0
    assert "W106" in ran.out
    assert aside.read_text("utf-8") == changed
    assert "没有收取" in path.read_text("utf-8")


def test_a_rejected_input_writes_no_page(tmp_path: Path) -> None:
    source = example(tmp_path, ("行政许可: 46", "行政许可: /"))
    assert nianbao("generate", source, "--html", cwd=tmp_path).code == 1
    assert not (tmp_path / "outputs").exists()


def test_without_the_option_there_is_no_page(tmp_path: Path) -> None:
    assert nianbao("generate", EXAMPLE, cwd=tmp_path).code == 0
    assert [path.suffix for path in (tmp_path / "outputs").iterdir()] == [".docx"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("二、主动公开政府信息情况</h2>", "二、主动公开政府信息</h2>"),
        ('data-cell="c1g">19<', 'data-cell="c1g">18<'),
        ('value="19" data-cell="c1g"', 'value="18" data-cell="c1g"'),
        ('data-cell="c1g"', 'data-cell="c1f"'),
        (">总计</th>", ">小计</th>"),
        ("</main>", "<p>多出的一段</p></main>"),
        ("</main>", "没有标记的字</main>"),
    ],
)
def test_a_page_that_says_something_else_is_not_written_nor_is_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    real = markup.write

    def wrong(*args: object, **words: object) -> bytes:
        page = real(*args, **words).decode()  # type: ignore[arg-type]
        assert old in page
        return page.replace(old, new, 1).encode()

    monkeypatch.setattr(markup, "write", wrong)
    ran = nianbao("generate", EXAMPLE, "--html", cwd=tmp_path)
    assert ran.code == 3
    assert "W107" in ran.out
    assert not (tmp_path / "outputs").exists()


def test_a_template_of_ones_own_is_followed(tmp_path: Path) -> None:
    templates = own_templates(tmp_path)
    document = docx.Document(str(templates / "disclosure-2021.docx"))
    document.paragraphs[0].insert_paragraph_before("内部资料　注意保存")
    document.save(str(templates / "disclosure-2021.docx"))
    ran = nianbao("generate", EXAMPLE, "--html", "--templates", templates, cwd=tmp_path)
    assert ran.code == 0, ran.out
    page = lxml.html.fromstring((tmp_path / "outputs" / "青石镇2025.html").read_text("utf-8"))
    assert by_lxml(page)[0] == "内部资料　注意保存"


def test_a_page_that_cannot_be_written_is_what_is_told(tmp_path: Path) -> None:
    page = tmp_path / "outputs" / "青石镇2025.html"
    page.mkdir(parents=True)
    ran = nianbao("generate", EXAMPLE, "--html", cwd=tmp_path)
    assert (ran.code, [path.name for path in page.parent.iterdir()]) == (3, [page.name])
    assert "W102" in ran.out
    assert f"{page.relative_to(tmp_path)} 是一个文件夹" in ran.out


def test_the_second_run_needs_no_library_but_the_yaml_and_the_command_lines(tmp_path: Path) -> None:
    code = (
        "import sys, nianbao.__main__ as main, atexit\n"
        "atexit.register(lambda: print(sorted({'lxml', 'docx', 'docxtpl', 'jinja2', 'opencc'}"
        " & {*sys.modules})))\n"
        "main.main()"
    )
    for command in (["generate", "--html"], ["mail"]):
        for wanted in (None, "[]"):
            ran = subprocess.run(
                [sys.executable, "-c", code, *command, str(EXAMPLE)],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONUTF8": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")},
            )
            assert ran.returncode == 0, ran.stderr
            assert wanted is None or ran.stdout.splitlines()[-1] == wanted
