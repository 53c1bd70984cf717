"""A template held against its form.

Knows what a template must print and may say: every cell exactly once, beside
and under the labels of the form file, every part in order, no stranger, no
code, nothing carried along. Knows no values and renders nothing; what stands
where is `layout`'s to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Union

from lxml import etree

from nianbao.chinese.excerpt import shortened
from nianbao.chinese.wording import closest, plain
from nianbao.diagnostics import MAX_FINDINGS, Finding, capped, finding
from nianbao.form.contract import NOTE, SHORT, TITLE, UNIT, YEAR
from nianbao.form.form import Cell, Form, Section
from nianbao.word import guard, opc, seen
from nianbao.word.allowed import STYLES, WITH_TEXT
from nianbao.word.layout import (
    BRACES,
    LAST,
    LEAD,
    NAME,
    RUNNING,
    STANDALONE,
    TAG,
    TEXT,
    WIDE_BRACES,
    Grid,
    Item,
    Layout,
    Line,
    Loop,
    W,
    has_tag,
    read,
    sets_last_apart,
    texts,
)
from nianbao.word.package import Members, all_text, main_part, parse_xml

Shape = Union[None, "list[Shape]", "dict[str, Shape]"]
"""What a name holds: None for a text, [shape] for a list to loop over, {name: shape} for parts."""


def audit(members: Members, drawn: Layout, form: Form) -> list[Finding]:
    """Everything that keeps a template from printing every value of `form` in its place."""
    main = main_part(members)
    root = parse_xml(members[main])
    findings = [
        *islice(
            chain(
                guard.carried(members),
                _elsewhere(members, main),
                _misplaced(root, members),
                drawn.findings,
                _hidden(root),
            ),
            MAX_FINDINGS,
        )
    ]
    names = vocabulary(form)
    placed: Counter[str] = Counter()
    needed = _must_print(form, drawn)
    _audit_items(drawn.items, form, names, {}, placed, findings, needed)
    if not findings and not any(placed[address] for address in form.cells):
        hint = "看看是不是拿错了文件；模板里每格写占位符，如 {{" + next(iter(form.cells)) + "}}"
        return [finding("L108", f"这不是“{form.name}”的模板，一格数也没有。", hint=hint)]
    for cell in form.cells.values():
        if placed[cell.address] != 1:
            findings.append(_not_once(cell.address, cell.words, placed[cell.address]))
    for path in sorted(needed):
        if placed[path] != 1:
            findings.append(_not_once(path, path, placed[path]))
    if not findings:
        findings += _audit_order(drawn, form)
    return capped(findings)


def _must_print(form: Form, drawn: Layout) -> set[str]:
    """The texts, and the loops whose items have parts, that a template must print once."""
    paths = {TITLE, *(line.name for line in form.lines)}
    for section in form.sections:
        if section.table:
            paths.add(f"{section.name}.{NOTE}")
        else:
            paths |= {section.name, f"{section.name}.{STANDALONE}"}
            for part in (RUNNING, LAST) if sets_last_apart(drawn, section.name) else (RUNNING,):
                running = f"{section.name}.{part}"
                paths |= {running, f"{running}.{LEAD}", f"{running}.{TEXT}"}
    return paths


def _not_once(path: str, words: str, count: int) -> Finding:
    named = f"“{words}”" if words == path else f"“{words}”（{path}）"
    if count:
        return finding(
            "L104", f"模板里{named}放了 {count} 次，只能放一次。", hint="删掉多余的占位符"
        )
    typed = f"{{{{{path}}}}}" if "." not in path else f"对“{path}”的占位符"
    return finding(
        "L103", f"模板里没有放{named}，这一项会印不出来。", hint=f"在它的位置补上 {typed}"
    )


def _audit_items(
    items: tuple[Item, ...],
    form: Form,
    names: dict[str, Shape],
    scope: dict[str, tuple[str, Shape]],
    placed: Counter[str],
    findings: list[Finding],
    needed: set[str],
) -> None:
    innermost = next(reversed(scope), None)
    for item in items:
        if len(findings) > MAX_FINDINGS:
            return
        if isinstance(item, Grid):
            if scope and (told := _in_a_loop(item)):
                findings.append(told)
            _audit_grid(item, form, placed, findings)
        elif isinstance(item, Line):
            for tag in TAG.findall(item.text)[:MAX_FINDINGS]:
                found = NAME.fullmatch(tag)
                if not found:
                    continue
                path, shape = _look_up(found[1], names, scope)
                if path is None:
                    findings.append(_stranger(found[1], item.where, names))
                elif shape is not None:
                    findings.append(
                        finding(
                            "L106",
                            f"{item.where}：{found[1]} 不是一段文字，要用循环来印。",
                            hint=f"写成 {{%p for 项 in {found[1]} %}}",
                        )
                    )
                elif path in form.cells:
                    findings.append(
                        finding(
                            "L105",
                            f"{item.where}：{path} 是表里“{form.cells[path].words}”的数，"
                            "不能放在表外。",
                            hint="移到表里它的格子",
                        )
                    )
                else:
                    placed[path] += 1
                    if path in needed and innermost not in (None, found[1].split(".")[0]):
                        findings.append(_perhaps_never(found[1], item.where))
        else:
            path, shape = _look_up(item.over, names, scope)
            if path is None or not isinstance(shape, list):
                findings.append(_stranger(item.over, item.line.where, names))
                continue
            if innermost not in (None, item.over.split(".")[0]):
                findings.append(_looped_again(item))
                continue
            placed[path] += isinstance(shape[0], dict)
            outer = {name: held for name, held in scope.items() if name != item.variable}
            inner = {**outer, item.variable: (path, shape[0])}
            _audit_items(item.items, form, names, inner, placed, findings, needed)


def _look_up(
    dotted: str, names: dict[str, Shape], scope: dict[str, tuple[str, Shape]]
) -> tuple[str | None, Shape]:
    """The path a name stands for (loop variables resolved) and its shape; None when unknown."""
    head, *rest = dotted.split(".")
    if head in scope:
        path, shape = scope[head]
    elif head in names:
        path, shape = head, names[head]
    else:
        return None, None
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


def _stranger(name: str, where: str, names: dict[str, Shape]) -> Finding:
    name = shortened(name, 40)
    meant = closest(name.split(".")[0], names)
    hint = f"您是否想写 {meant}" if meant and meant != name else "照表式文件里的名称写"
    return finding("L102", f"{where}：没有“{name}”这个名称。", hint=hint)


def _audit_grid(grid: Grid, form: Form, placed: Counter[str], findings: list[Finding]) -> None:
    for cell in grid.cells():
        if len(findings) > MAX_FINDINGS:
            return
        if not has_tag(cell.text) or WIDE_BRACES.search(cell.text):
            continue
        found = NAME.fullmatch(cell.text.strip())
        if not found:
            findings.append(
                finding(
                    "L107",
                    f"{cell.where}：“{shortened(cell.text.strip(), 40)}”不是单独一个占位符。",
                    hint="数的格子里只留一个占位符，如 {{c1a}}",
                )
            )
            continue
        address = found[1]
        target = form.cells.get(address)
        if target is None:
            findings.append(_stranger(address, cell.where, dict.fromkeys(form.cells)))
            continue
        placed[address] += 1
        if placed[address] > 1:
            continue
        labels = grid.labels_of(cell)
        if not _agree(target, labels):
            shown = "、".join(text.replace("\n", "") for text in labels) or "（没有）"
            meant = [c for c in form.cells.values() if _agree(c, labels)]
            hint = (
                f"这一格应当是 {{{{{meant[0].address}}}}}（{meant[0].words}）"
                if len(meant) == 1
                else "对照表式文件，改这一格的占位符，或者改印的标签"
            )
            findings.append(
                finding(
                    "L105",
                    f"{cell.where}：{address} 是“{target.words}”的数，"
                    f"这一格旁边和上面印的却是“{shown}”。",
                    hint=hint,
                )
            )


def _agree(cell: Cell, labels: list[str]) -> bool:
    """True when the printed labels are the cell's, in any order."""
    said = [plain(text) for text in labels]
    for wordings in cell.labels:
        match = next((text for text in said if text in {plain(w) for w in wordings}), None)
        if match is None:
            return False
        said.remove(match)
    return not said


def _audit_order(drawn: Layout, form: Form) -> Iterator[Finding]:
    """Headings and contents in the order of the form (L108)."""
    wanted = [
        mark
        for s in form.sections
        for mark in ((f"标题“{s.label}”",) if s.headed else ()) + (f"“{s.label}”的内容",)
    ]
    headings = {
        plain(words): section
        for section in form.sections
        if section.headed
        for words in section.printed
    }
    seen: list[str] = []
    for item in drawn.items:
        if isinstance(item, Line) and plain(item.text) in headings:
            seen.append(f"标题“{headings[plain(item.text)].label}”")
        section = _section_of(item, form)
        if section and f"“{section.label}”的内容" not in seen:
            seen.append(f"“{section.label}”的内容")
    if seen != wanted:
        absent = [mark for mark in wanted if mark not in seen]
        if absent:
            yield finding(
                "L108", f"模板里没有印{'、'.join(absent)}。", hint="照表式文件的“印作”补上"
            )
        else:
            at = next(n for n, mark in enumerate(seen) if n >= len(wanted) or mark != wanted[n])
            yield finding(
                "L108",
                f"模板里{seen[at]}的位置不对。",
                hint="各部分的次序是：" + "，".join(s.label for s in form.sections),
            )


def _section_of(item: Item, form: Form) -> Section | None:
    if isinstance(item, Loop):
        return next((s for s in form.sections if item.over == s.name and not s.table), None)
    if isinstance(item, Grid):
        tags = [m[1] for c in item.cells() if (m := NAME.fullmatch(c.text.strip()))]
        return next(
            (
                s
                for s in form.sections
                if s.table and tags and any(cell.address == tags[0] for cell in s.table.cells())
            ),
            None,
        )
    return None


def vocabulary(form: Form) -> dict[str, Shape]:
    """Every name a template of `form` may use, and what it holds."""
    running: Shape = [{LEAD: None, TEXT: None}]
    narrative: Shape = [{STANDALONE: [None], RUNNING: running, LAST: running}]
    names: dict[str, Shape] = {TITLE: None, UNIT: None, YEAR: None, SHORT: None}
    names |= {declared.key: None for declared in form.fields if not declared.members}
    names |= {line.name: [None] for line in form.lines}
    names |= {s.name: {NOTE: [None]} if s.table else narrative for s in form.sections}
    return names | dict.fromkeys(form.cells, None)


def _elsewhere(members: Members, main: str) -> Iterator[Finding]:
    """Placeholders in a header, a footer, a note: only the main text is filled."""
    for name in opc.in_xml(members):
        if name == main or opc.declared(members).of(name) not in WITH_TEXT:
            continue
        root = parse_xml(members[name])
        for paragraph in root.iter(f"{W}p"):
            text = texts(paragraph)
            if BRACES.search(text) or WIDE_BRACES.search(text):
                yield finding(
                    "L106",
                    f"模板的 {name} 里有占位符“{shortened(text.strip())}”，占位符只能写在正文里。",
                    hint="页眉、页脚、脚注里只写固定的文字",
                )


def _misplaced(root: etree._Element, members: Members) -> Iterator[Finding]:
    """Placeholders of the main text that print nothing, or something else."""
    main = main_part(members)
    styled = opc.related(members, main, STYLES)
    known = seen.styles(parse_xml(members[styled]) if styled else None)
    place = guard.Places(main, root, main=True)
    for fault in seen.unseen(root, known):
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
