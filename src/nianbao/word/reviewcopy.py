"""A report as a document to be talked over: its findings as comments of Word.

Knows how a report is printed that is not finished (？ for a number that could
not be read), how it says on every page and in its name that it is not to be
sent in, and how a comment is written for someone who never saw the input file.
Where a comment belongs is `anchor`'s.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.text.run import CT_R
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as Printed
from docx.text.run import Run

from nianbao.chinese.characters import FORBIDDEN_IN_TEXT
from nianbao.chinese.wording import Script, convert
from nianbao.diagnostics import Finding, Location, Related, Standing, counted, grouped
from nianbao.form.contract import fill
from nianbao.report import answers
from nianbao.report.report import UNREAD, Number, Paragraph, Report
from nianbao.word import package, render, template, values
from nianbao.word.anchor import Anchor, Anchors
from nianbao.word.plan import Plan
from nianbao.word.trees import W

_MARK = "审阅稿"
_WARNING = f"{_MARK}，不得报送"
_AUTHOR, _INITIALS = "审核", "审"
_EMPTY = "（未填）"
_RED = RGBColor(0xC0, 0, 0)
_STYLES = {
    "CommentText": '<w:style {w} w:type="paragraph" w:styleId="CommentText">'
    '<w:name w:val="annotation text"/><w:uiPriority w:val="99"/><w:pPr><w:jc w:val="left"/></w:pPr>'
    '<w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>',
    "CommentReference": '<w:style {w} w:type="character" w:styleId="CommentReference">'
    '<w:name w:val="annotation reference"/><w:uiPriority w:val="99"/>'
    '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>',
}
"""What Word calls the styles of comments; a template hardly has them."""


def write(ready: Plan, report: Report, findings: Sequence[Finding]) -> bytes:
    """The review copy of `report`. Raises Rejected (exit code 3) as `render.render` does."""
    shown = _with_placeholders(report)
    document = docx.Document(io.BytesIO(render.render(ready, shown)))
    anchors = Anchors(render.blocks(ready, shown), shown)
    blocks = list(template.blocks(document.element.body))
    _add_styles(document)
    ends: dict[Anchor, Run] = {}
    ordered = [finding for _, group in grouped(findings) for finding in group]
    for number, finding in enumerate(sorted(ordered, key=anchors.of), 1):
        anchor = anchors.of(finding)
        runs = _runs(blocks[anchor.block], anchor)
        text = _comment(number, finding, report)
        document.add_comment([runs[0], ends.get(anchor, runs[-1])], text, _AUTHOR, _INITIALS)
        if finding.standing in (Standing.ERROR, Standing.CONFIRM):
            for run in runs:  # seen where comments are not: on a telephone, in print
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        ends[anchor] = _reference(ends.get(anchor, runs[-1]))
    _say_what_it_is(document, findings, report.script)
    return _packed(document, report)


def _with_placeholders(report: Report) -> Report:
    """`report` with something to print in every place."""
    form = report.form
    nowhere = Location(0, 0)
    empty = (Paragraph("", _EMPTY, nowhere),)
    names = {key: text or UNREAD for key, text in report.own_names().items()}
    return replace(
        report,
        title=report.title
        or fill(form.title, names, lambda words: _said(words, report.script))
        or "",
        numbers={
            cell.address: report.numbers.get(cell.address)
            or Number(cell.address, Decimal(0), UNREAD, nowhere)
            for row in report.rows()
            for cell in row.cells()
        },
        narratives={
            s.name: report.narratives.get(s.name) or empty for s in form.sections if not s.table
        },
        notes={s.name: report.notes.get(s.name, ()) for s in form.sections if s.table},
    )


def _said(words: str, script: Script) -> str:
    return convert(words, script) if script is Script.HANT else words


def _comment(number: int, finding: Finding, report: Report) -> str:
    """One finding in words, a line a thing; what only the clerk needs comes last."""
    lines = [f"{number}. {finding.standing}：{finding.message}"]
    if finding.answered:
        lines.append(f"说明：{answers.given_for(finding, report.answers)}")
    elif finding.hint:
        lines.append(f"怎么办：{finding.hint}")
    if finding.related:
        lines.append(f"涉及：{'；'.join(map(_place_of, finding.related))}")
    if finding.standing is Standing.CONFIRM:
        lines.append(f"确实没有错的，在填报文件的“核实说明:”下面写一行：{finding.answer_key}: 原因")
    place = f"，{finding.file.name if finding.file else '填报文件'}"
    if finding.location:
        place += f"第 {finding.location.line} 行第 {finding.location.column} 列"
    lines.append(f"（编号 {finding.code}{place if finding.location or finding.file else ''}）")
    return FORBIDDEN_IN_TEXT.sub("\ufffd", "\n".join(lines))


def _place_of(related: Related) -> str:
    return f"{related.file.name} {related.message}" if related.file else related.message


# --- in the document ----------------------------------------------------------------


def _runs(block: Any, anchor: Anchor) -> list[Run]:
    """The runs of an anchor, split where it begins and ends within one."""
    if block.tag == f"{W}tbl":
        row = list(block.iter(f"{W}tr"))[anchor.row]
        block = next(list(row.iter(f"{W}tc"))[anchor.at].iter(f"{W}p"))
    paragraph = Printed(block, None)  # type: ignore[arg-type]  # its part is not asked for
    if not paragraph.runs:
        paragraph.add_run()
    for edge in (anchor.start, anchor.end):
        _split(paragraph, edge)
    end = anchor.end or len(template.texts(block))
    within, at = [], 0
    for run in paragraph.runs:
        length = len(template.texts(run._r))
        if at < end and at + length > anchor.start:
            within.append(run)
        at += length
    return within or paragraph.runs


def _split(paragraph: Printed, at: int) -> None:
    """Make two runs of the one that the character at index `at` stands within."""
    for run in paragraph.runs:
        text = template.texts(run._r)
        if 0 < at < len(text):
            texts = run._r.findall(f"{W}t")
            if len(texts) == 1 and texts[0].text == text:
                behind = deepcopy(run._r)
                run._r.addnext(behind)
                texts[0].text = text[:at]
                behind.findall(f"{W}t")[0].text = text[at:]
            return
        at -= len(text)


def _reference(last: Run) -> Run:
    """The run behind `last` that refers to the comment just added."""
    _, reference, *_ = last._r.itersiblings()
    return Run(cast(CT_R, reference), last._parent)


def _add_styles(document: Document) -> None:
    there = {style.style_id for style in document.styles}
    for style, xml in _STYLES.items():
        if style not in there:
            document.styles.element.append(parse_xml(xml.format(w=nsdecls("w"))))


def _say_what_it_is(document: Document, findings: Sequence[Finding], script: Script) -> None:
    """A line above the title and one in the header of every page."""
    problems = [told for told in findings if told.standing is not Standing.NOT_MADE]
    said = [*([] if problems else ["没有检查出问题"]), *([counted(findings)] if findings else [])]
    found = "，".join([*said, "见批注"] if findings else said) + "。"
    notice = document.add_paragraph()
    document.element.body.insert(0, notice._p)
    _warn(notice, _said(f"{_WARNING}：{found}", script))
    for section in document.sections:
        headers = [section.header]
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            header.is_linked_to_previous = False
            first = header.paragraphs[0]
            if first.text:
                first = first.insert_paragraph_before()
            _warn(first, _said(_WARNING, script))


def _warn(paragraph: Printed, text: str) -> None:
    """Fill an empty paragraph."""
    paragraph._p.clear()
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), _RED
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Pt(0)


def _packed(document: Document, report: Report) -> bytes:
    described = values.properties(report)
    for comment in document.part._comments_part.element:  # the same input gives the same bytes
        comment.set(f"{W}date", f"{described.dated.isoformat()}T00:00:00Z")
    saved = io.BytesIO()
    document.save(saved)
    described = replace(described, title=f"{described.title}（{_said(_MARK, report.script)}）")
    return package.pack(package.with_properties(package.unpack(saved.getvalue()), described))
