"""A zip is read so that every reader sees the same members, or refused in a sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from hostile import rawzip

from nianbao.word import allowed, archive
from nianbao.word.archive import DamagedError

MEMBERS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>" * 100}

Spoil = Callable[[list[rawzip.Entry]], list[rawzip.Entry]]


def refused(data: bytes) -> str:
    with pytest.raises(DamagedError) as caught:
        archive.read(data)
    return str(caught.value)


def spoilt(**changes: object) -> bytes:
    """The archive, with its document's entry changed."""
    types, document = rawzip.entries(MEMBERS)
    return rawzip.written([types, replace(document, **changes)])  # type: ignore[arg-type]


def test_members_are_read_whole_and_folders_left_out() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.mkdir("word")
        for name, data in MEMBERS.items():
            zipped.writestr(name, data)
    assert archive.read(held.getvalue()) == MEMBERS


@pytest.mark.parametrize("size", [0, 10, 399, 401, 1 << 31])
def test_a_size_that_is_untrue_is_told_of_the_member(size: int) -> None:
    assert "word/document.xml" in refused(spoilt(size=size))


def test_what_inflates_beyond_its_size_is_not_inflated() -> None:
    bomb = rawzip.zeros_deflated(200)
    assert "word/document.xml" in refused(spoilt(data=bomb, size=10, crc=0))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"method": rawzip.BZIP2}, "压缩方法"),
        ({"method": rawzip.LZMA}, "压缩方法"),
        ({"flags": 0x801}, "加了密码"),
        ({"crc": 1}, "校验和"),
        ({"local_name": b"word/other.xml"}, "与目录里说的不一样"),
        ({"local_method": rawzip.STORED}, "与目录里说的不一样"),
        ({"local_size": 3}, "与目录里说的大小不一样"),
        ({"at": 0}, "重叠"),
        ({"made_by": 3 << 8, "attributes": 0o120777 << 16}, "链接"),
    ],
)
def test_what_readers_read_differently_is_refused(changes: dict[str, object], why: str) -> None:
    said = refused(spoilt(**changes))
    assert why in said
    assert "word/document.xml" in said


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.txt", "word/../evil.xml", "/etc/evil", "C:\\evil", "word\\evil.xml"),
        *("con.xml", "word/AUX.xml", "word/com1.txt", "word/lpt¹", "word//evil.xml"),
        *("word/evil.", "word/./evil.xml", "word/evil.xml:x", "word/%2e%2e/x", "a" * 300),
        *("word/e\x1bvil.xml", "word/evil\u202elmx.exe", "word/evil\0.xml", ""),
    ],
)
def test_a_name_outside_the_conventions_is_refused(name: str) -> None:
    data = rawzip.written([*rawzip.entries(MEMBERS), rawzip.stored(name, b"x")])
    said = refused(data)
    assert "名字不能用" in said
    assert said.isprintable()
    assert len(said) < 100


@pytest.mark.parametrize("other", ["word/document.xml", "WORD/Document.XML"])
def test_two_of_one_name_in_whatever_case_are_refused(other: str) -> None:
    data = rawzip.written([*rawzip.entries(MEMBERS), rawzip.stored(other, b"x")])
    assert "里面有两个" in refused(data)


@pytest.mark.parametrize(
    "data",
    [
        rawzip.written(rawzip.entries(MEMBERS), prefix=b"MZ"),
        rawzip.written(rawzip.entries(MEMBERS), suffix=b"MZ"),
        rawzip.written(rawzip.entries(MEMBERS), comment=b"x"),
        rawzip.written(rawzip.entries(MEMBERS), count=1),
        rawzip.written(rawzip.entries(MEMBERS)) * 2,
        rawzip.written([]),
        b"",
    ],
    ids=["prefix", "suffix", "comment", "count", "two", "nothing", "empty"],
)
def test_what_lies_around_the_members_is_refused(data: bytes) -> None:
    assert refused(data)


def test_the_caps_are_said() -> None:
    many = [rawzip.stored(f"word/{n}.xml", b"") for n in range(allowed.MAX_MEMBERS + 1)]
    assert str(allowed.MAX_MEMBERS) in refused(rawzip.written(many))
    large = replace(rawzip.stored("word/x.png", b""), size=allowed.MAX_UNPACKED + 1)
    assert "60 MB" in refused(rawzip.written([large]))
