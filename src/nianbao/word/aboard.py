"""The data aboard: what a document prints, once more as data, in a custom XML part of its own.

Knows the part (ECMA-376 part 1, 15.2.5: item, properties, relationships) and
what it holds: form and edition, the printed values by cell, the head and the
texts by the keys of the input, a digest over all that they mean. Nothing that is
not printed, no answers. Reads it from a document that any program saved again,
and believes it only whole; what is seen in the document outranks it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from nianbao.form.contract import NOTE, TITLE
from nianbao.report.report import Report
from nianbao.word import opc
from nianbao.word.allowed import ABOARD, LINKS, RELS_NAMESPACE, STORE
from nianbao.word.archive import Members
from nianbao.word.opc import TYPES
from nianbao.word.package import escaped, quoted

_ITEM, _PROPERTIES = "customXml/item{}.xml", "customXml/itemProps{}.xml"
_STORE_ID = "{6E69616E-6261-6F00-8000-000000000001}"
"""Names the part among a document's others: the same in every document."""
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_NAMED = re.compile(r"customXml/item\d{1,4}\.xml", re.IGNORECASE)
_END = re.compile(rb"</(?:(\w+):)?(?:Relationships|Types)\s*>\s*\Z")
_LARGEST, _ELEMENTS, _ITEMS = 4_000_000, 50_000, 50


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document prints: by address, by key of the head, by key of the part.

    The notes under a table go by the part's key and that of a note (`notes_of`).
    """

    form: str = ""
    edition: str = ""
    head: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def digest(self) -> str:
        """Of what it means: the same as long as every value and text is."""
        held = (self.form, self.edition, [*self.head.items()], [*self.cells.items()])
        parts = [[key, *texts] for key, texts in self.parts.items()]
        return hashlib.sha256(json.dumps([*held, parts]).encode()).hexdigest()


def notes_of(part: str) -> str:
    """The key of the notes under the table of a part."""
    return f"{part}.{NOTE}"


def of_report(report: Report, shown: str) -> Printed:
    """What is printed of a report; of the head what stands in the text `shown` of its lines."""
    head = {TITLE: report.title, **report.own_names(), **report.fields}
    parts: dict[str, tuple[str, ...]] = {}
    for section in report.form.sections:
        if section.table:
            parts[notes_of(section.key)] = tuple(p.text for p in report.notes[section.name])
        else:
            parts[section.key] = tuple(p.text for p in report.narratives[section.name])
    return Printed(
        form=report.form.id,
        edition=report.form.edition,
        head={key: text for key, text in head.items() if text and (key == TITLE or text in shown)},
        cells={
            cell.address: report.numbers[cell.address].printed
            for row in report.rows()
            for cell in row.cells()
        },
        parts={key: texts for key, texts in parts.items() if texts},
    )


# --- in the package --------------------------------------------------------------------


def place(members: Members) -> tuple[Members, str]:
    """The members of a document with a place for the data aboard, and that part's name.

    Where a template has data aboard, as one that was a document, they stand in that place.
    """
    item = next((name for name in _items(members) if _read(members[name])), None)
    if item is not None:
        return members, item
    number = next(n for n in range(1, _ITEMS + 1) if _ITEM.format(n) not in members)
    item, properties = _ITEM.format(number), _PROPERTIES.format(number)
    main = opc.main_part(members)
    step = "../" * main.count("/")
    types = [
        f'<{{}}Override PartName="/{item}" ContentType="application/xml"/>',
        f'<{{}}Override PartName="/{properties}" ContentType="{_PROPERTIES_TYPE}"/>',
    ]
    added = {
        item: written(Printed()),
        properties: _xml(
            f'<ds:datastoreItem xmlns:ds="{STORE}" ds:itemID="{_STORE_ID}">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{ABOARD}"/></ds:schemaRefs></ds:datastoreItem>'
        ),
        TYPES: _with(members[TYPES], *types),
        **_related(members, main, f"{step}{item}", "customXml"),
        **_related(members, item, properties.rpartition("/")[2], "customXmlProps"),
    }
    return {**members, **added}, item


def of_members(members: Members) -> Printed | None:
    """The data aboard; None where there is none, or not one that can be believed."""
    found = [printed for name in _items(members) if (printed := _read(members[name]))]
    return found[0] if len(found) == 1 else None


def _items(members: Members) -> list[str]:
    names = [name for name in members if _NAMED.fullmatch(name)]
    return [name for name in sorted(names)[:_ITEMS] if ABOARD.encode() in members[name]]


def _related(members: Members, source: str, target: str, kind: str) -> Members:
    """The relationships of a part, with one more."""
    name = opc.relationships_of(source)
    empty = _xml(f'<Relationships xmlns="{RELS_NAMESPACE}"></Relationships>')
    added = f'<{{}}Relationship Id="nianbaoData" Type="{LINKS}/{kind}" Target="{target}"/>'
    return {name: _with(members.get(name, empty), added)}


def _with(data: bytes, *elements: str) -> bytes:
    """A part with elements more at the end of its first element, in the prefix of that one."""
    end = _END.search(data)
    assert end
    prefix = f"{end[1].decode()}:" if end[1] else ""
    added = "".join(element.format(prefix) for element in elements).encode()
    return data[: end.start()] + added + data[end.start() :]


def written(printed: Printed) -> bytes:
    """The part that holds the data."""

    def element(name: str, key: str, text: str) -> str:
        return f'<{name} key="{quoted(key)}">{escaped(text)}</{name}>'

    said = [element("head", key, text) for key, text in printed.head.items()]
    said += [element("cell", key, text) for key, text in printed.cells.items()]
    said += [element("text", key, text) for key, texts in printed.parts.items() for text in texts]
    about = f'form="{quoted(printed.form)}" edition="{quoted(printed.edition)}"'
    return _xml(
        f'<printed xmlns="{ABOARD}" {about} digest="{printed.digest()}">{"".join(said)}</printed>'
    )


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()


class _Reader:
    """The elements of the part while it is read."""

    def __init__(self) -> None:
        self.about: dict[str, str] = {}
        self.held: list[tuple[str, str, list[str]]] = []
        self._open: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name.removeprefix(f"{ABOARD} "))
        if len(self._open) == 1 and name == f"{ABOARD} printed":
            self.about = attributes
        elif len(self._open) == 2 and self.about and len(self.held) < _ELEMENTS:
            self.held.append((self._open[1], attributes.get("key", ""), []))
        else:
            raise ValueError("not the part that is written")

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        if len(self._open) == 2:
            self.held[-1][2].append(text)

    def printed(self) -> Printed | None:
        """What was read, where it is whole."""
        kinds: dict[str, dict[str, list[str]]] = {"head": {}, "cell": {}, "text": {}}
        for kind, key, pieces in self.held:
            kinds.setdefault(kind, {}).setdefault(key, []).append("".join(pieces))
        head, cells, parts, *strange = kinds.values()
        printed = Printed(
            form=self.about.get("form", ""),
            edition=self.about.get("edition", ""),
            head={key: texts[0] for key, texts in head.items()},
            cells={key: texts[0] for key, texts in cells.items()},
            parts=parts,
        )
        twice = any(len(texts) > 1 for texts in (*head.values(), *cells.values()))
        whole = not (strange or twice) and printed.digest() == self.about.get("digest")
        return printed if whole else None


def _read(data: bytes) -> Printed | None:
    """What a part holds; None where it is another part, or was changed."""

    def refuse(*_: object) -> NoReturn:
        raise ValueError("a DTD is not allowed")

    if len(data) > _LARGEST:
        return None
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = reader.begin, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return None
    return reader.printed()
