"""What a template asks to be printed, as XML instructions in place of its tags.

Knows how docxtpl turns a part into Jinja source (`patch_xml`), and which few
nodes that may hold: names, their parts, and loops over a list. The one importer
of both; what it leaves of them are instructions of XML, `<?nianbao slot 单位?>`.
Knows no form and no report, and runs nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from nianbao.word.layout import NAME
from nianbao.word.trees import W
from nianbao.word.values import ADDED

TARGET = "nianbao"
SLOT, LOOP, END = "slot", "loop", "end"
_REPEATED = re.compile(rf"<\?{TARGET} (?P<cell>\w+)\?>(?P<row>.*?)<\?{TARGET} \?>", re.DOTALL)


class UnfitError(ValueError):
    """A template that cannot be compiled; says why, in Chinese, without a mark at the end."""


def instruction(*words: str) -> etree._Element:
    return etree.ProcessingInstruction(TARGET, " ".join(words))


def jinja(root: etree._Element) -> str:
    """A part as docxtpl has it: Jinja source."""
    for element in root.iter(f"{W}t"):
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    source: str = DocxTemplate(io.BytesIO()).patch_xml(etree.tostring(root, encoding="unicode"))
    return _REPEATED.sub(_looped, source)


def repeated(row: etree._Element, cell: str) -> None:
    """Note that a table row is printed as often as it was written, `cell` being its first."""
    row.addprevious(instruction(cell))
    row.addnext(instruction())


def of(source: str) -> str:
    """Jinja source with instructions in place of its tags. Raises UnfitError."""
    try:
        tree = SandboxedEnvironment(keep_trailing_newline=True).parse(source)
    except TemplateError as problem:
        raise UnfitError(f"模板读不懂：{problem}") from problem
    return "".join(_told(tree.body))


def _looped(row: re.Match[str]) -> str:
    """A marked row as a loop over what was written in it."""
    item = f"{ADDED}_{row['cell']}"
    inner = NAME.sub(lambda tag: f"{{{{{item}.{tag[1]}}}}}", row["row"])
    return f"{{% for {item} in {ADDED}.{row['cell']} %}}{inner}{{% endfor %}}"


def _told(body: Sequence[nodes.Node]) -> Iterator[str]:
    for node in body:
        match node:
            case nodes.Output(nodes=inner):
                yield from _told(inner)
            case nodes.TemplateData(data=data):
                yield data
            case nodes.For(target=nodes.Name(name=variable), test=None, else_=[], recursive=False):
                yield f"<?{TARGET} {LOOP} {variable} {_path(node.iter)}?>"
                yield from _told(node.body)
                yield f"<?{TARGET} {END}?>"
            case _:
                yield f"<?{TARGET} {SLOT} {_path(node)}?>"


def _path(node: nodes.Node) -> str:
    """A name and its parts, with dots between them. Raises UnfitError for anything else."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=inner, attr=name):
            return f"{_path(inner)}.{name}"
    raise UnfitError(f"模板里有不允许的写法（{type(node).__name__}）")
