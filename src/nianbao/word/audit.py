"""A template held against its form.

Knows what a template must print and may say: every cell exactly once, beside
and under the labels of the form file, every part in order, no stranger, no
code, nothing carried along. Knows no values and renders nothing; what stands
where is `layout`'s to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lxml import etree

from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import closest, plain
from nianbao.diagnostics import MAX_FINDINGS, Finding, capped, finding
from nianbao.form.contract import TITLE
from nianbao.form.form import Form, Section
from nianbao.form.row import Cell
from nianbao.word import faint, guard, labels, margin, opc, seen
from nianbao.word.allowed import NOTES, STYLES
from nianbao.word.layout import (
    BRACES,
    NAME,
    TAG,
    WIDE_BRACES,
    Grid,
    GridCell,
    Item,
    Layout,
    Line,
    Loop,
    has_tag,
)
from nianbao.word.package import Members, main_part
from nianbao.word.template import read
from nianbao.word.trees import W, all_text, parse_xml
from nianbao.word.vocabulary import Shape, heads, must_print, typed, vocabulary

Scope = dict[str, tuple[str, Shape]]
"""What may be named at one place: the path that a name stands for, and its shape."""


def audit(members: Members, drawn: Layout, form: Form) -> list[Finding]:
    """Everything that keeps a template from printing every value of `form` in its place."""
    main = main_part(members)
    root = parse_xml(members[main])
    told = chain(
        guard.carried(members),
        _in_notes(members),
        margin.audit(members, heads(form)),
        _misplaced(root, members),
        drawn.findings,
        _hidden(root),
    )
    findings = list(islice(told, MAX_FINDINGS))
    placed: Counter[str] = Counter()
    scope: Scope = {name: (name, shape) for name, shape in vocabulary(form).items()}
    known = labels.Known.of(form)
    findings += _audit_items(drawn.items, scope, form=form, drawn=drawn, known=known, placed=placed)
    asked = must_print(form, drawn)
    own = [*form.cells] or [path for path in asked if path != TITLE]
    if not findings and not any(placed[path] for path in own):
        return [_of_another_form(own[0], form, drawn)]
    once = {*asked}
    for path in asked:
        around = path.rpartition(".")[0]
        told_around = around in once and not placed[around]
        if placed[path] != 1 and not told_around:
            findings.append(_not_once(path, placed[path], form, drawn))
    if not findings:
        findings += _audit_order(drawn, form)
    return capped(findings)


def _of_another_form(path: str, form: Form, drawn: Layout) -> Finding:
    what = "一格数" if form.cells else "一段正文"
    return finding(
        "L108",
        f"这不是“{form.name}”的模板，{what}也没有。",
        hint=f"看看是不是拿错了文件；模板里要有{typed(path, form, drawn)}",
    )


def _not_once(path: str, count: int, form: Form, drawn: Layout) -> Finding:
    cell = form.cells.get(path)
    named = f"“{cell.words}”（{path}）" if cell else f"“{path}”"
    if count:
        return finding(
            "L104", f"模板里{named}放了 {count} 次，只能放一次。", hint="删掉多余的占位符"
        )
    return finding(
        "L103",
        f"模板里没有放{named}，这一项会印不出来。",
        hint=f"在它的位置补上{typed(path, form, drawn)}",
    )


def _audit_items(
    items: tuple[Item, ...],
    scope: Scope,
    *,
    form: Form,
    drawn: Layout,
    known: labels.Known,
    placed: Counter[str],
    within: str | None = None,
) -> list[Finding]:
    """What is wrong with the names of `items`; each path that they print is counted in `placed`.

    `within` is the variable of the innermost loop around them.
    """
    findings: list[Finding] = []
    needed = must_print(form, drawn) if within else ()
    for item in items:
        if len(findings) > MAX_FINDINGS:
            break
        if isinstance(item, Grid):
            if within and (looped := _in_a_loop(item)):
                findings.append(looped)
            findings += _added(item, form)
            told = _audit_grid(item, scope, form, known=known, placed=placed)
            findings += islice(told, MAX_FINDINGS)
            for cell in item.cells():
                if any(isinstance(one, Loop) for one in cell.items):
                    findings += _audit_items(
                        cell.items, scope, form=form, drawn=drawn, known=known, placed=placed
                    )
        elif isinstance(item, Line):
            for tag in filter(None, map(NAME.fullmatch, TAG.findall(item.text)[:MAX_FINDINGS])):
                path, shape = _look_up(tag[1], scope)
                if path is None:
                    findings.append(_stranger(tag[1], item.where, scope))
                elif shape is not None:
                    instead = _instead(tag[1], path, shape, form, drawn)
                    said = f"{item.where}：{tag[1]} 不是一段文字，要用循环来印。"
                    findings.append(finding("L106", said, hint=instead))
                elif path in form.cells:
                    said = f"{path} 是表里“{form.cells[path].words}”的数，不能放在表外。"
                    findings.append(
                        finding("L105", f"{item.where}：{said}", hint="移到表里它的格子")
                    )
                else:
                    placed[path] += 1
                    if path in needed and tag[1].split(".")[0] != within:
                        findings.append(_perhaps_never(tag[1], item.where))
        else:
            path, shape = _look_up(item.over, scope)
            if path is None or not isinstance(shape, list):
                findings.append(_stranger(item.over, item.line.where, scope))
                continue
            if within and item.over.split(".")[0] != within:
                findings.append(_looped_again(item))
                continue
            placed[path] += isinstance(shape[0], dict)
            inner = {**scope, item.variable: (path, shape[0])}
            findings += _audit_items(
                item.items,
                inner,
                form=form,
                drawn=drawn,
                known=known,
                placed=placed,
                within=item.variable,
            )
    return findings


def _instead(name: str, path: str, shape: Shape, form: Form, drawn: Layout) -> str:
    """What to write for the name of something that is no text."""
    if isinstance(shape, dict):
        return f"写它里面的一项：{'、'.join(f'{name}.{part}' for part in shape)}"
    return f"换成{typed(path, form, drawn)}"


def _look_up(dotted: str, scope: Scope) -> tuple[str | None, Shape]:
    """The path a name stands for (loop variables resolved) and its shape; None when unknown."""
    head, *rest = dotted.split(".")
    if head not in scope:
        return None, None
    path, shape = scope[head]
    for part in rest:
        if not isinstance(shape, dict) or part not in shape:
            return None, None
        path, shape = f"{path}.{part}", shape[part]
    return path, shape


def _perhaps_never(name: str, where: str) -> Finding:
    return finding(
        "L107",
        f"{where}：{name} 放在循环里，循环的内容空着的时候就印不出来。",
        hint="移到循环外面，或者只放在它自己的循环里",
    )


def _in_a_loop(grid: Grid) -> Finding | None:
    """What is said of a table with numbers in a loop: it might not be printed, or twice."""
    cell = next((cell for cell in grid.cells() if has_tag(cell.text)), None)
    if cell is None:
        return None
    message = f"{cell.where}：这个表放在循环里，循环的内容空着的时候就印不出来。"
    return finding("L107", message, hint="把整个表移到循环外面")


def _looped_again(loop: Loop) -> Finding:
    return finding(
        "L107",
        f"{loop.line.where}：这个循环套在另一个循环里，印的却不是外面那一项的内容。",
        hint="里面的循环只能印外面那一项的部分，如 {%p for 句 in 段.正文 %}；别的移到外面",
    )


def _stranger(name: str, where: str, known: Iterable[str]) -> Finding:
    name = shortened(name, 40)
    meant = closest(name.split(".")[0], known)
    hint = f"您是否想写 {meant}" if meant and meant != name else "照表式文件里的名称写"
    return finding("L102", f"{where}：没有“{name}”这个名称。", hint=hint)


def _audit_grid(
    grid: Grid, scope: Scope, form: Form, *, known: labels.Known, placed: Counter[str]
) -> Iterator[Finding]:
    columns = labels.Columns(grid, known)
    for cell in grid.cells():
        if not has_tag(cell.text) or WIDE_BRACES.search(cell.text):
            continue
        loops = [item for item in cell.items if isinstance(item, Loop)]
        for loop in loops:
            if not isinstance(shape := _look_up(loop.over, scope)[1], list) or shape[0]:
                said = f"{cell.where}：格里不能循环 {loop.over}。"
                yield finding("L106", said, hint="格里的循环只能印一个印行，或者表注")
        tags = map(NAME.fullmatch, TAG.findall(cell.text)[:MAX_FINDINGS])
        names = [tag[1] for tag in tags if tag]
        alone = NAME.fullmatch(cell.text.strip())
        if not alone and (not names or any(name in form.cells for name in names)):
            yield finding(
                "L107",
                f"{cell.where}：“{shortened(cell.text.strip(), 40)}”不是单独一个占位符。",
                hint="数的格子里只留一个占位符，如 {{c1a}}",
            )
            continue
        for name in () if loops else names:
            path, shape = _look_up(name, scope)
            if path is None:
                yield _stranger(name, cell.where, scope)
            elif shape is not None:
                said = f"{cell.where}：{name} 不是一段文字，不能放在格里。"
                yield finding("L106", said, hint="格里放 {{名称}}，或者一个印行的循环")
            else:
                placed[path] += 1
                if path in form.cells and placed[path] == 1:
                    yield from _mislabelled(form.cells[path], cell, columns)


def _added(grid: Grid, form: Form) -> Iterator[Finding]:
    """What is told of rows that the office adds: each is drawn by itself, not as a whole table."""
    for row in grid.rows:
        tags = [tag[1] for cell in row if (tag := NAME.fullmatch(cell.text.strip()))]
        added = [
            form.cells[tag].row for tag in tags if tag in form.cells and form.cells[tag].row.added
        ]
        if not added:
            continue
        alone = {cell.address for cell in added[0].cells()} == {
            tag for tag in tags if tag in form.cells
        }
        if not alone:
            said = f"“{added[0].label}”可以加行，要单独画成一行，正好有它的每一格。"
            yield finding("L107", f"{row[0].where}：{said}", hint="别的格移到别的行")
        elif len(grid.rows) == 1:
            said = f"“{added[0].label}”可以加行，表里却没有别的行，没有加行的时候就没有表了。"
            yield finding("L107", f"{row[0].where}：{said}", hint="在它上面加一行列名")


def _mislabelled(target: Cell, cell: GridCell, columns: labels.Columns) -> Iterator[Finding]:
    """What is told of a cell that stands beside and under the labels of another one."""
    around = labels.of(columns, cell)
    known = columns.known
    if labels.agree(target, around, known):
        return
    above = (
        ()
        if target.column.unprinted
        else (*(around.adjoining or around.bands[:1]), *around.headings)
    )
    printed = (*around.beside, *around.near, *above)
    shown = "、".join(text.replace("\n", "") for text in printed) or "（没有）"
    meant = labels.meant(around, known)
    declared = [wordings[0] for wordings in (*target.beside, *target.above)]
    labelled = "、".join((*declared, *target.around)) or "（没有）"
    hint = (
        f"这一格应当是 {{{{{meant[0].address}}}}}（{meant[0].words}）"
        if len(meant) == 1
        else f"表式文件里是“{labelled}”；改这一格的占位符，或者改印的标签"
    )
    yield finding(
        "L105",
        f"{cell.where}：{target.address} 是“{target.words}”的数，"
        f"这一格旁边和上面印的却是“{shown}”。",
        hint=hint,
    )


def _audit_order(drawn: Layout, form: Form) -> Iterator[Finding]:
    """Headings and contents in the order of the form (L108).

    Parts that share a table have their headings, where they are printed, before it.
    """
    held = [sections for item in drawn.items if (sections := _sections_in(item, form))]
    shared = {s.name: sections for sections in held for s in sections if len(sections) > 1}
    wanted: list[str] = []
    for section in form.sections:
        together = shared.get(section.name, [section])
        if section is together[0]:
            wanted += [_heading(s) for s in together if s.headed]
            wanted += [_content(s) for s in together]
    headings = {plain(words): s for s in form.sections if s.headed for words in s.printed}
    seen: list[str] = []
    for item in drawn.items:
        if isinstance(item, Line) and plain(item.text) in headings:
            seen.append(_heading(headings[plain(item.text)]))
        seen += [mark for s in _sections_in(item, form) if (mark := _content(s)) not in seen]
    if seen == wanted:
        return
    absent = [mark for mark in wanted if mark not in seen]
    if absent:
        said, hint = f"模板里没有印{'、'.join(absent)}。", "照表式文件的“印作”补上"
    else:
        at = next(n for n, mark in enumerate(seen) if n >= len(wanted) or mark != wanted[n])
        order = "，".join(section.label for section in form.sections)
        said, hint = f"模板里{seen[at]}的位置不对。", f"各部分的次序是：{order}"
    yield finding("L108", said, hint=hint)


def _heading(section: Section) -> str:
    return f"标题“{section.label}”"


def _content(section: Section) -> str:
    return f"“{section.label}”的内容"


def _sections_in(item: Item, form: Form) -> list[Section]:
    """The narrative that a loop prints, or the parts whose cells a table holds, in order."""
    if isinstance(item, Loop):
        return [s for s in form.sections if item.over == s.name and not s.table]
    if not isinstance(item, Grid):
        return []
    of_cell = {c.address: s for s in form.sections if s.table for c in s.table.cells()}
    tags = [tag[1] for cell in item.cells() if (tag := NAME.fullmatch(cell.text.strip()))]
    return list({of_cell[tag].name: of_cell[tag] for tag in tags if tag in of_cell}.values())


def _in_notes(members: Members) -> Iterator[Finding]:
    """Placeholders in a footnote or an endnote, which are not filled."""
    for name in opc.in_xml(members):
        if opc.declared(members).of(name) not in NOTES:
            continue
        for text in margin.paragraphs(parse_xml(members[name])):
            if has_tag(text):
                yield finding(
                    "L106",
                    f"模板的 {name} 里有占位符“{shortened(text.strip())}”，脚注、尾注里的印不出来。",
                    hint="脚注、尾注里只写固定的文字",
                )


def _misplaced(root: etree._Element, members: Members) -> Iterator[Finding]:
    """Placeholders of the main text that print nothing, or something else."""
    main = main_part(members)
    styled = opc.related(members, main, STYLES)
    styles = parse_xml(members[styled]) if styled else None
    place = guard.Places(main, root, main=True)
    unread = seen.unseen(root, seen.styles(styles)), seen.fields_in_cells(root)
    for fault in chain(*unread, faint.faint(root, styles)):
        yield guard.told(fault, place)
    if any(BRACES.search(all_text(box)) for box in root.iter(f"{W}txbxContent")):
        yield finding(
            "L106", "模板的文本框里有占位符，占位符只能写在正文和表格里。", hint="移到正文"
        )


def _hidden(root: etree._Element) -> Iterator[Finding]:
    """Tags that Jinja would run and no reader sees: in field codes, attributes, custom XML."""
    body = root.find(f"{W}body")
    flat = read(body) if body is not None else []
    shown = Counter(
        tag
        for item in flat
        for text in ([item.text] if isinstance(item, Line) else [c.text for c in item.cells()])
        for tag in TAG.findall(text)
    )
    written = Counter(TAG.findall(all_text(root)))
    for element in root.iter():
        for value in element.attrib.values():
            if BRACES.search(str(value)):
                written[str(value)] += 1
    for tag in written - shown:
        yield finding(
            "L106",
            f"模板里有一处看不见的占位符 {shortened(tag, 60)}（在域代码、属性或自定义 XML 里）。",
            hint="占位符只能写在正文和表格看得见的文字里；把这一处删掉重打",
        )
