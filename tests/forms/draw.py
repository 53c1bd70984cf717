"""Draws the templates of the small forms beside it: python tests/forms/draw.py.

Paragraphs and tables in plain WordprocessingML; styles and the rest of the
package are those of enforcement-2023.docx.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx

HERE = Path(__file__).parent
BASE = HERE / "enforcement" / "enforcement-2023.docx"
DOCUMENT = "word/document.xml"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PORTRAIT, LANDSCAPE = (11906, 16838), (16838, 11906)


def section(size: tuple[int, int]) -> str:
    width, height = size
    turned = ' w:orient="landscape"' if width > height else ""
    margins = " ".join(f'w:{side}="1440"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {margins} w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )


def line(text: str = "", style: str = "", ending: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f"<w:r><w:t>{escape(text)}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{named}{ending}</w:pPr>{run}</w:p>"


def heading(text: str) -> str:
    return line(text, "Heading1")


def loop(variable: str, over: str, *inner: str) -> str:
    body = inner or (line(f"{{{{{variable}}}}}"),)
    return "".join([line(f"{{%p for {variable} in {over} %}}"), *body, line("{%p endfor %}")])


def narrative(name: str) -> str:
    heads = loop("题", "段.独立标题", line("{{题}}", "Heading2"))
    return loop("段", name, heads, loop("文", "段.正文", line("{{文.题}}{{文.文}}")))


def table(*rows: str, columns: int) -> str:
    """Rows of cells parted by |; a cell of n blanks behind its text spans n more, ^ goes on above."""
    width = 9000 // columns
    drawn = []
    for row in rows:
        cells = []
        for text in row.split("|"):
            span = len(text) - len(text.rstrip(" ")) + 1
            merge = '<w:vMerge w:val="restart"/>' if text.startswith("v") else ""
            merge = "<w:vMerge/>" if text.strip() == "^" else merge
            spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            said = text.strip(" ^").removeprefix("v")
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width * span}" w:type="dxa"/>{spans}{merge}</w:tcPr>'
                f"{line(said)}</w:tc>"
            )
        drawn.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(drawn)}</w:tbl>"
    )


def numbers(row: str, letters: str) -> str:
    return "|".join(f"{{{{{row}{letter}}}}}" for letter in letters)


def write(path: Path, *body: str, last: tuple[int, int] = PORTRAIT) -> None:
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{NAMESPACE}"><w:body>{"".join(body)}{section(last)}</w:body>'
        "</w:document>"
    )
    with zipfile.ZipFile(BASE) as base:
        members = {name: base.read(name) for name in base.namelist()}
    members[DOCUMENT] = document.encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


TITLE = line("{{标题}}", "Title")


def governance() -> None:
    write(
        HERE / "governance" / "governance-2022.docx",
        TITLE,
        narrative("编写导语"),
        heading("一、主要做法"),
        narrative("主要做法"),
        heading("二、不足之处"),
        narrative("不足之处"),
        heading("三、下年安排"),
        narrative("下年安排"),
        loop("行", "落款行"),
        loop("行", "签发行"),
    )


def sport() -> None:
    outdoor = table(
        "|本年新建（个）|本年停用（个）|年末数（个）",
        f"足球场|{numbers('s1', 'abc')}",
        f"篮球场|{numbers('s2', 'abc')}",
        columns=4,
    )
    indoor = table(
        "|面积（平方米）|开放天数",
        f"游泳馆|{numbers('s3', 'ab')}",
        f"球类馆|{numbers('s4', 'ab')}",
        f"室内合计|{numbers('s5', 'ab')}",
        columns=3,
    )
    both = table(
        "活动  ",
        "|比赛场数|人数",
        f"比赛|{numbers('t1', 'ab')}",
        f"培训|{numbers('t2', 'ab')}",
        "经费  ",
        "|财政拨款|社会捐助",
        f"维修费|{numbers('u1', 'ab')}",
        columns=3,
    )
    write(
        HERE / "sport" / "sport-2024.docx",
        TITLE,
        heading("一、设施概况"),
        narrative("概况"),
        heading("二、场地"),
        outdoor,
        line("室内："),
        indoor,
        loop("注", "场地.注"),
        heading("三、活动和经费"),
        both,
        loop("注", "活动.注"),
        loop("注", "经费.注"),
        loop("行", "日期行"),
    )


def reservoir() -> None:
    write(
        HERE / "reservoir" / "reservoir-2023.docx",
        TITLE,
        heading("一、运行情况"),
        narrative("运行"),
        line(ending=section(PORTRAIT)),
        heading("二、各季放水"),
        table(
            "v水库|放水次数    ",
            "^|一季度|二季度|三季度|四季度|全年次数",
            f"东山水库|{numbers('w1', 'abcde')}",
            f"西河水库|{numbers('w2', 'abcde')}",
            f"两库合计|{numbers('w3', 'abcde')}",
            columns=6,
        ),
        loop("注", "放水.注"),
        loop("行", "填报行"),
        last=LANDSCAPE,
    )


def eldercare() -> None:
    write(
        HERE / "eldercare" / "eldercare-2025.docx",
        TITLE,
        heading("一、机构概述"),
        narrative("概述"),
        heading("二、机构情况"),
        table(
            "机构名称 |{{b1a}}|机构编号|{{b2a}}",
            "开办日期 |{{b3a}}|等级|{{b4a}}",
            "性质 |{{b5a}}  ",
            "v床位|总数（张）|{{b6a}}|护理型（张）|{{b7a}}",
            "^|普通型（张）|{{b8a}}|使用率|{{b9a}}",
            "v护工队伍|总数（人）|{{b10a}}|增减人数|{{b11a}}",
            "^|平均工资（元）|{{b12a}}  ",
            "消防安全    ",
            "是否通过消防验收 |{{b13a}}|验收日期|{{b14a}}",
            "服务项目 |{{b15a}}  ",
            "机构网站 |{{b16a}}|填报单位|{{单位}}",
            columns=5,
        ),
        loop("注", "机构情况.注"),
        heading("三、收费情况"),
        table(
            "项目|收费人数|金额（元）|占比（%）|备注",
            "栏次|1|2|3|4",
            f"护理费|{numbers('f1', 'abcd')}",
            f"膳食费|{numbers('f2', 'abcd')}",
            f"|{numbers('f3', 'abcd')}",
            columns=5,
        ),
        loop("注", "收费情况.注"),
        loop("行", "填报行"),
    )


def library() -> None:
    write(
        HERE / "library" / "library-2024.docx",
        TITLE,
        line("{{Category}}"),
        heading("1. The year {{年度}} in brief"),
        narrative("brief"),
        heading("2. Readership"),
        table(
            "|Adults|Children|All readers",
            f"Readers, end of {{{{上年度}}}}|{numbers('r1', 'abc')}",
            f"Joined in {{{{年度}}}}|{numbers('r2', 'abc')}",
            f"Left in {{{{年度}}}}|{numbers('r3', 'abc')}",
            f"Readers, end of {{{{年度}}}}|{numbers('r4', 'abc')}",
            columns=4,
        ),
        loop("note", "Readership.注"),
        heading("3. Accounts"),
        table(
            "|Amount (thousand dollars)",
            f"Grant|{numbers('m1', 'a')}",
            f"Fees charged|{numbers('m2', 'a')}",
            f"Total income|{numbers('m3', 'a')}",
            f"Books bought|{numbers('m4', 'a')}",
            columns=2,
        ),
        loop("note", "Accounts.注"),
        loop("line", "dateline"),
        loop("line", "phoneline"),
        loop("line", "signatures"),
    )
    drawn = docx.Document(str(HERE / "library" / "library-2024.docx"))
    drawn.sections[0].header.paragraphs[0].text = "{{单位}}, {{年度}}"
    drawn.sections[0].footer.paragraphs[0].text = "{{Category}} · {{Telephone}}"
    drawn.save(str(HERE / "library" / "library-2024.docx"))


def projects() -> None:
    write(
        HERE / "projects" / "projects-2025.docx",
        TITLE,
        heading("一、总体进展"),
        narrative("进展"),
        heading("二、项目"),
        table(
            "项目名称|类别|计划投资（万元）|完成投资（万元）|是否完工|完工日期",
            numbers("p1", "abcdef"),
            f"全部项目 |{numbers('p2', 'cd')}| ",
            "项目数目 |{{p3c}}|  ",
            columns=6,
        ),
        loop("注", "项目表.注"),
        heading("三、获奖"),
        table("奖项|奖数", numbers("q1", "ab"), columns=2),
        loop("注", "获奖情况.注"),
        loop("行", "日期行"),
    )


def training() -> None:
    courses = table(
        "|报名（人）|本年增/减（人）|结业（人）|结业率",
        f"电工|{numbers('p1', 'abcd')}",
        f"全日制焊工|{numbers('p2', 'abcd')}",
        f"两工种|{numbers('p3', 'abcd')}",
        columns=5,
    )
    money = ("上年结余", "本年拨款", "本年支出", "年末结余", "人均支出")
    grants = ("是否发放补贴", "补贴对象", "补贴人数", "其中贫困学员", "补贴金额")
    write(
        HERE / "training" / "training-2025.docx",
        TITLE,
        heading("一、培训概述"),
        narrative("概述"),
        heading("二、培训班"),
        courses,
        loop("注", "培训班.注"),
        heading("三、培训经费"),
        table("|金额（万元）", *_listed(money, "q"), columns=2),
        loop("注", "经费.注"),
        heading("四、补贴"),
        table("|补贴栏", *_listed(grants, "r"), columns=2),
        loop("注", "补贴.注"),
        loop("行", "填报行"),
    )
    write(
        HERE / "training" / "training-2022.docx",
        TITLE,
        heading("一、培训概述"),
        narrative("概述"),
        heading("二、培训班"),
        table(
            "|结业（人）|报名（人）",
            f"电工|{numbers('k1', 'ab')}",
            f"两工种|{numbers('k2', 'ab')}",
            columns=3,
        ),
        loop("注", "培训班.注"),
        heading("三、经费"),
        table("|数额", f"年末结余|{numbers('k3', 'z')}", columns=2),
        loop("注", "经费.注"),
        loop("行", "填报行"),
    )


def _listed(labels: tuple[str, ...], letter: str) -> list[str]:
    """Rows of one cell each, numbered from 1."""
    return [f"{label}|{numbers(f'{letter}{n}', 'a')}" for n, label in enumerate(labels, 1)]


if __name__ == "__main__":
    library()
    projects()
    eldercare()
    governance()
    sport()
    reservoir()
    training()
