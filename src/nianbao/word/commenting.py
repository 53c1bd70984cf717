"""Comments of Word: who writes them, what stands in one, which words it is about.

Knows how a finding is written for someone who never saw the input file, and how a run
is parted where a comment begins within it. Knows neither whose document it is nor where
in it a finding belongs.
"""

from __future__ import annotations

from copy import deepcopy
from typing import cast

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from nianbao.chinese.characters import FORBIDDEN_IN_TEXT
from nianbao.diagnostics import Finding, Related, Standing
from nianbao.report import answers
from nianbao.report.report import Report
from nianbao.word import template
from nianbao.word.trees import W

AUTHOR, INITIALS = "审核", "审"
_STYLES = {
    "CommentText": '<w:style {w} w:type="paragraph" w:styleId="CommentText">'
    '<w:name w:val="annotation text"/><w:uiPriority w:val="99"/><w:pPr><w:jc w:val="left"/></w:pPr>'
    '<w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>',
    "CommentReference": '<w:style {w} w:type="character" w:styleId="CommentReference">'
    '<w:name w:val="annotation reference"/><w:uiPriority w:val="99"/>'
    '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>',
}
"""What Word calls the styles of comments; a template hardly has them."""


def said(number: int, finding: Finding, report: Report, *, of_document: bool = False) -> str:
    """One finding in words, a line a thing; what only the clerk needs comes last.

    `of_document` when it is about a document, which has no lines and columns.
    """
    lines = [f"{number}. {finding.standing}：{finding.message}"]
    if finding.answered:
        lines.append(f"说明：{answers.given_for(finding, report.answers)}")
    elif finding.hint:
        lines.append(f"怎么办：{finding.hint}")
    if finding.related:
        lines.append(f"涉及：{'；'.join(map(_place_of, finding.related))}")
    if finding.standing is Standing.CONFIRM:
        where = "核实说明.txt 里" if of_document else "填报文件的“核实说明:”下面"
        lines.append(f"确实没有错的，在{where}写一行：{finding.answer_key}: 原因")
    if of_document:
        return FORBIDDEN_IN_TEXT.sub("\ufffd", "\n".join([*lines, f"（编号 {finding.code}）"]))
    place = f"，{finding.file.name if finding.file else '填报文件'}"
    if finding.location:
        place += f"第 {finding.location.line} 行第 {finding.location.column} 列"
    lines.append(f"（编号 {finding.code}{place if finding.location or finding.file else ''}）")
    return FORBIDDEN_IN_TEXT.sub("\ufffd", "\n".join(lines))


def _place_of(related: Related) -> str:
    return f"{related.file.name} {related.message}" if related.file else related.message


def split(paragraph: Paragraph, at: int) -> None:
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


def reference(last: Run) -> Run:
    """The run behind `last` that refers to the comment just added."""
    _, reference, *_ = last._r.itersiblings()
    return Run(cast(CT_R, reference), last._parent)


def add_styles(document: Document) -> None:
    there = {style.style_id for style in document.styles}
    for style, xml in _STYLES.items():
        if style not in there:
            document.styles.element.append(parse_xml(xml.format(w=nsdecls("w"))))
