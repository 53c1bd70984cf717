"""The review copy of a document: what was found in it, as comments in a copy of that very file.

Knows which finding goes to which place and how it reads to the one who wrote the
document in Word. How a comment is put in is `commented`'s.
"""

from __future__ import annotations

from datetime import date

from nianbao.chinese.characters import FORBIDDEN_IN_TEXT
from nianbao.desk.outcome import Outcome
from nianbao.diagnostics import Finding, Standing, counted, grouped, unusable


def copy_of(outcome: Outcome) -> bytes | None:
    """The copy; None for a page or a text. Raises Rejected (W121) for what cannot be copied."""
    document = outcome.document
    if document is None or outcome.path.suffix.lower() != ".docx":
        return None
    from nianbao.word import commented

    remarks = []
    told = [each for _, group in grouped(outcome.findings) for each in group]
    said = [each for each in told if each.standing is not Standing.NOT_MADE]
    for number, each in enumerate(said, 1):
        place = document.place(each) if not each.file else None
        grave = each.standing in (Standing.ERROR, Standing.CONFIRM)
        text = _comment(number, each)
        remarks.append(
            commented.Remark(text, grave=grave)
            if place is None
            else commented.Remark(
                text,
                paragraph=place.paragraph,
                table=place.table,
                row=place.row,
                column=place.column,
                grave=grave,
            )
        )
    found = f"{counted(said)}，见批注" if said else "没有检查出问题"
    year = outcome.report.year if outcome.report else 0
    day = date(year if 1 <= year <= 9999 else 1980, 12, 31)
    notice = f"审阅稿，不得报送：{found}。"
    try:
        return commented.write(document.data, remarks, notice=notice, day=day)
    except Exception as problem:  # whatever python-docx finds in a stranger's file
        hint = "用 Word 打开，另存为 .docx，再来一次"
        message = f"{outcome.path.name} 读得出来，但是写不进批注。"
        raise unusable("W121", message, hint=hint) from problem


def _comment(number: int, told: Finding) -> str:
    """One finding in words, a line a thing."""
    lines = [f"{number}. {told.standing}：{told.message}"]
    if told.hint and not told.answered:
        lines.append(f"怎么办：{told.hint}")
    if told.standing is Standing.CONFIRM and told.answer_key:
        lines.append(f"确实没有错的，在核实说明里写一行：{told.answer_key}: 原因")
    lines.append(f"（编号 {told.code}）")
    return FORBIDDEN_IN_TEXT.sub("\ufffd", "\n".join(lines))
