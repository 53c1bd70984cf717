"""What is compiled from a form pair, kept from one run to the next.

Knows by what a kept thing is found: the digests of the bytes that it was made of and of
the program's own sources that made it, so that whatever changes, it is made anew; and
which types it may be made of. It comes with the program for the pairs that do, and lies
in the user's cache folder for the others. Damaged, or made by another program, or not to
be written: then it is made, as where there is none. Knows nothing of how it is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import nianbao
from nianbao.desk import cachefolder, plaindata
from nianbao.diagnostics import Finding, Location, Severity
from nianbao.form.claim import Claim, Claims, Example, Fee, Sort, Topic
from nianbao.form.condition import Condition
from nianbao.form.equation import Equation, Relation
from nianbao.form.form import Field, FieldKind, Form, PrintedLine, Section, Table
from nianbao.form.kind import Blank, Choice, Day, Figure, Taken, Text, When
from nianbao.form.manner import Language, Manner
from nianbao.form.requirement import (
    Due,
    Length,
    Mention,
    Misquotation,
    OwnName,
    PartList,
    Requirements,
    Sample,
)
from nianbao.form.row import Added, Cell, Column, Group, Limit, Row, Stock
from nianbao.form.tie import Along, Term, Tie

FORM: plaindata.Types = (
    *(Form, Field, FieldKind, PrintedLine, Section, Table, Language, Manner),
    *(Row, Group, Column, Cell, Stock, Limit, Added),
    *(Taken, Blank, When, Figure, Text, Day, Choice),
    *(Tie, Along, Term, Equation, Relation, Condition, Severity),
    *(Claims, Claim, Sort, Topic, Fee, Example, Location),
    *(Requirements, Mention, Length, PartList, OwnName, Sample, Misquotation, Due),
)
"""What a form is made of."""
VERDICT: plaindata.Types = (Finding, Severity, Location)
"""What an audit says."""
READING, DRAWING = ("chinese", "source", "form"), ("chinese", "source", "form", "word")
"""The rooms whose code makes a form of a form file, and the rest of a form and a template."""

_SOURCES = Path(__file__).parents[1]
PACKAGED = _SOURCES / "artefacts"
"""Those that come with the program: written when it is packed."""

T = TypeVar("T")


def kept(
    kind: str,
    parts: Sequence[bytes],
    make: Callable[[], T],
    *,
    of: type[T],
    rooms: tuple[str, ...],
    types: plaindata.Types,
    keep: bool,
) -> T:
    """What `make` makes of `parts` alone: as it is kept, else made, and kept where it can be.

    It is one `of` that type; `rooms` hold the code that makes it, `types` are what it may
    be made of. Raises what `make` raises; that is not kept.
    """
    name = name_of(kind, parts, rooms)
    found = _read(_packaged(name), types, of)
    if found is None and keep:
        found = _read(cachefolder.read(name), types, of)
    if found is None:
        found = make()
        if keep and (data := packed(found, types)):
            cachefolder.write(name, data)
    return found


def name_of(kind: str, parts: Sequence[bytes], rooms: tuple[str, ...]) -> str:
    """The file in which that is kept."""
    digest = hashlib.sha256(nianbao.__version__.encode())
    for room in rooms:
        digest.update(_sources_of(room))
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
    return f"{kind}-{digest.hexdigest()[:40]}.json"


def packed(made: object, types: plaindata.Types) -> bytes:
    """`made` as it is kept, its digest in front; b"" where it is no plain data."""
    try:
        data = plaindata.written(made, types).encode()
    except ValueError:
        return b""
    return hashlib.sha256(data).hexdigest().encode() + b"\n" + data


def _read(data: bytes | None, types: plaindata.Types, kind: type[T]) -> T | None:
    """What is kept in a file, None where that is not whole."""
    digest, _, text = (data or b"").partition(b"\n")
    if not digest or hashlib.sha256(text).hexdigest().encode() != digest:
        return None
    try:
        return plaindata.read(text.decode(), types, kind)
    except ValueError:
        return None


def _packaged(name: str) -> bytes | None:
    try:
        return (PACKAGED / name).read_bytes()
    except OSError:
        return None


@cache
def _sources_of(room: str) -> bytes:
    """The digest of a room's code itself: its times and sizes are the same in two wheels."""
    digest = hashlib.sha256()
    for path in sorted((_SOURCES / room).glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.digest()
