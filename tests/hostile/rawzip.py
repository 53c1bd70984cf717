"""A writer of zip files that says whatever it is told to say: `zipfile` writes only the truth."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from hostile.parts import Members

STORED, DEFLATED, DEFLATE64, BZIP2, LZMA, ZSTD, AES = 0, 8, 9, 12, 14, 93, 99


@dataclass
class Entry:
    """One member; what is None is the truth."""

    name: bytes
    data: bytes
    """As it stands in the file, compressed already."""
    method: int = STORED
    size: int = 0
    """What it claims to be when unpacked."""
    crc: int = 0
    flags: int = 0x800
    local_name: bytes | None = None
    local_size: int | None = None
    local_method: int | None = None
    central_extra: bytes = b""
    attributes: int = 0
    made_by: int = 20
    at: int | None = None
    """Where the directory says the member stands."""
    claimed: int | None = None
    """How many bytes the directory says it takes."""


def deflated(name: str, data: bytes) -> Entry:
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = squeeze.compress(data) + squeeze.flush()
    return Entry(name.encode("utf-8"), packed, DEFLATED, len(data), zlib.crc32(data))


def stored(name: str, data: bytes) -> Entry:
    return Entry(name.encode("utf-8"), data, STORED, len(data), zlib.crc32(data))


def entries(members: Members) -> list[Entry]:
    return [deflated(name, data) for name, data in members.items()]


def written(
    members: Iterable[Entry],
    prefix: bytes = b"",
    comment: bytes = b"",
    suffix: bytes = b"",
    count: int | None = None,
    shifted: bool = True,
) -> bytes:
    """The archive; with a prefix, the offsets count it unless they are not `shifted`."""
    held, directory = [prefix], []
    place = len(prefix) if shifted else 0
    for entry in members:
        local_name = entry.name if entry.local_name is None else entry.local_name
        local_size = entry.size if entry.local_size is None else entry.local_size
        method = entry.method if entry.local_method is None else entry.local_method
        head = struct.pack(
            "<IHHHHHIIIHH",
            *(0x04034B50, 20, entry.flags, method, 0x1864, 0x5A22, entry.crc),
            *(len(entry.data), local_size & 0xFFFFFFFF, len(local_name), 0),
        )
        claimed = len(entry.data) if entry.claimed is None else entry.claimed
        directory.append(
            struct.pack(
                "<IHHHHHHIIIHHHHHII",
                *(0x02014B50, entry.made_by, 20, entry.flags, entry.method, 0x1864, 0x5A22),
                *(entry.crc, claimed, entry.size & 0xFFFFFFFF, len(entry.name)),
                *(len(entry.central_extra), 0, 0, 0, entry.attributes),
                place if entry.at is None else entry.at,
            )
            + entry.name
            + entry.central_extra
        )
        held += [head, local_name, entry.data]
        place += len(head) + len(local_name) + len(entry.data)
    central = b"".join(directory)
    number = len(directory) if count is None else count
    end = struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, number, number, len(central), place, len(comment)
    )
    return b"".join([*held, central, end, comment, suffix])


def zeros_deflated(megabytes: int) -> bytes:
    """A deflate stream of so many megabytes of zeros, made without holding them."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + squeeze.flush()
