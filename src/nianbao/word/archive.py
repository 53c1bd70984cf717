"""A zip as its members, read so that every reader sees the same ones.

Knows the zip format: its directory and the members' own headers, which must say
the same, lie one behind the other and fill the file. Stored and deflated only,
inflated with a bound. Writes one the same every time. Knows nothing of what the members mean.
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.chinese.excerpt import shortened
from nianbao.word.allowed import MAX_MEMBERS, MAX_NAME, MAX_PACKED, MAX_UNPACKED

Members = dict[str, bytes]

_END = struct.Struct("<4sHHHHIIH")
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_VERSION, _LEVEL = 20, 6
_NEW_YEAR_OF_1980 = 0x21
_OWNERS = 0o600 << 16
_ENCRYPTED, _DESCRIBED_BEHIND, _UTF8 = 0x2041, 0x8, 0x800
_UNICODE_NAME, _ZIP64 = 0x7075, 0x1
_UNIX = 3
_TYPES = "[Content_Types].xml"
_SEGMENT = re.compile(r"[\w\-.~!$&'()+,;=@]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)")
_DESCRIPTORS = (b"", b"PK\x07\x08")


class DamagedError(ValueError):
    """A package that cannot be read, or that two readers would read as two; says why, in Chinese.

    What it says ends without a mark.
    """


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member as the directory has it."""

    name: str
    raw: bytes
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    start: int


def read(data: bytes) -> Members:
    """The members of a zip, folders left out. Raises DamagedError."""
    entries = list(_directory(data))
    taken: dict[str, str] = {}
    for entry in entries:
        other = taken.setdefault(entry.name.rstrip("/").casefold(), entry.name)
        if other is not entry.name:
            raise DamagedError(f"里面有两个 {shown(entry.name)}，不知道哪一个算数")
    if sum(entry.size for entry in entries) > MAX_UNPACKED:
        largest = max(entries, key=lambda entry: entry.size)
        raise DamagedError(
            f"展开来有 {MAX_UNPACKED // 1_000_000} MB 以上，如 {shown(largest.name)}"
        )
    members = {}
    place = 0
    for entry in sorted(entries, key=lambda entry: entry.start):
        if entry.start != place:
            raise _untrue(entry.name, "与前面的重叠，或者中间夹着别的东西")
        begin = _begin(data, entry)
        held = data[begin : begin + entry.packed]
        unpacked = _unpacked(held, entry)
        place = begin + entry.packed
        if entry.flags & _DESCRIBED_BEHIND:
            place += _descriptor(data[place : place + 24], entry)
        if not entry.name.endswith("/"):
            members[entry.name] = unpacked
        elif unpacked:
            raise _untrue(entry.name, "是文件夹，里面却有内容")
    if place != _END.unpack(data[-_END.size :])[6]:
        raise DamagedError("文件里夹着别的东西")
    return members


@dataclass(frozen=True, slots=True)
class Packed:
    """A member deflated, with what a zip says of it."""

    name: str
    content: bytes
    size: int
    crc: int


def packed(name: str, data: bytes) -> Packed:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    content = deflate.compress(data) + deflate.flush()
    return Packed(name, content, len(data), zlib.crc32(data))


def unpacked(member: Packed) -> bytes:
    """What was packed, read back from the bytes as they are written."""
    return zlib.decompress(member.content, -zlib.MAX_WBITS, member.size)


def write(members: Sequence[Packed]) -> bytes:
    """The zip of `members` in this order, dated 1980: the same members give the same bytes."""
    out, directory = bytearray(), bytearray()
    for one in members:
        name = one.name.encode("utf-8")
        flags = 0 if one.name.isascii() else _UTF8
        told = (
            *(_VERSION, flags, _DEFLATED, 0, _NEW_YEAR_OF_1980),
            *(one.crc, len(one.content), one.size, len(name), 0),
        )
        directory += _ENTRY.pack(b"PK\x01\x02", _VERSION, *told, 0, 0, 0, _OWNERS, len(out)) + name
        out += _LOCAL.pack(b"PK\x03\x04", *told) + name + one.content
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return bytes(out + directory + end)


def shown(name: str) -> str:
    """A member's name, as it can be said on a terminal."""
    return shortened("".join(char if char.isprintable() else "?" for char in name), 60)


def _directory(data: bytes) -> Iterator[_Entry]:
    """The entries of the directory, which must end the file."""
    if not data.startswith(b"PK\x03\x04"):
        raise DamagedError("它的开头不是 Word 文档的开头")
    if len(data) < _END.size or data[-_END.size :][:4] != b"PK\x05\x06":
        raise DamagedError("它的结尾不是 Word 文档的结尾，可能没有拷完")
    _, disk, first, here, count, length, start, comment = _END.unpack(data[-_END.size :])
    if disk or first or here != count or comment or start + length != len(data) - _END.size:
        raise DamagedError("它的目录前后不一致")
    if count > MAX_MEMBERS:
        raise DamagedError(f"里面有 {count} 个文件，超过了 {MAX_MEMBERS} 个")
    at, end = start, start + length
    for _ in range(count):
        if data[at : at + 4] != b"PK\x01\x02" or at + _ENTRY.size > end:
            raise DamagedError("它的目录不完整")
        (_, made, _, flags, method, _, _, crc, packed, size, *rest) = _ENTRY.unpack_from(data, at)
        named, extra, noted, on, _, attributes, place = rest
        at += _ENTRY.size
        raw, more = data[at : at + named], data[at + named : at + named + extra]
        at += named + extra + noted
        name = _name(raw, flags)
        mode = stat.S_IFMT(attributes >> 16) if made >> 8 == _UNIX else 0
        if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _untrue(name, "不是普通文件，是一个链接")
        if on or noted or {_UNICODE_NAME, _ZIP64} & _extras(more):
            raise _untrue(name, "在目录里另有说法")
        yield _Entry(name, raw, method, flags, crc, packed, size, place)
    if at != end:
        raise DamagedError("它的目录前后不一致")


def _extras(extra: bytes) -> set[int]:
    """The numbers of the additional fields of an entry."""
    found, at = set(), 0
    while at + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, at)
        found.add(number)
        at += 4 + length
    return found


def _name(raw: bytes, flags: int) -> str:
    """A member's name as the package conventions have it, nothing else. Raises DamagedError."""
    try:
        name = raw.decode("utf-8" if flags & _UTF8 else "ascii")
    except UnicodeDecodeError as problem:
        text = raw.decode("utf-8", "replace")
        raise DamagedError(f"里面有一个文件的名字读不出来：{shown(text)}") from problem
    segments = name.removesuffix("/").split("/")
    good = name == _TYPES or (
        len(name) <= MAX_NAME
        and all(
            _SEGMENT.fullmatch(segment)
            and not segment.endswith(".")
            and not _RESERVED.match(segment.casefold())
            for segment in segments
        )
    )
    if not good:
        raise DamagedError(f"里面有一个文件的名字不能用：{shown(name)}")
    return name


def _begin(data: bytes, entry: _Entry) -> int:
    """Where a member's bytes begin, behind its own header, which must say what the directory says.

    Raises DamagedError.
    """
    head = data[entry.start : entry.start + _LOCAL.size]
    if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
        raise _untrue(entry.name, "不在目录说的地方")
    _, _, flags, method, _, _, crc, packed, size, named, extra = _LOCAL.unpack(head)
    at = entry.start + _LOCAL.size
    if data[at : at + named] != entry.raw or method != entry.method or flags != entry.flags:
        raise _untrue(entry.name, "与目录里说的不一样")
    told = (crc, packed, size)
    behind = entry.flags & _DESCRIBED_BEHIND and told == (0, 0, 0)
    if not behind and told != (entry.crc, entry.packed, entry.size):
        raise _untrue(entry.name, "与目录里说的大小不一样")
    begin = int(at + named + extra)
    if begin + entry.packed > len(data):
        raise _untrue(entry.name, "不完整")
    return begin


def _unpacked(held: bytes, entry: _Entry) -> bytes:
    """A member's content: as large as it claims to be, to the byte. Raises DamagedError."""
    if entry.flags & _ENCRYPTED:
        raise _untrue(entry.name, "加了密码")
    if entry.method == _STORED:
        content = held
    elif entry.method == _DEFLATED:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflate.decompress(held, entry.size + 1)
        except zlib.error as problem:
            raise _untrue(entry.name, "解压不开") from problem
        if not inflate.eof or inflate.unused_data:
            raise _untrue(entry.name, "与它说的大小不一样")
    else:
        raise _untrue(entry.name, "用了 Word 不用的压缩方法")
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise _untrue(entry.name, "与它说的大小或校验和不一样")
    return content


def _descriptor(data: bytes, entry: _Entry) -> int:
    """The length of what repeats a member's sizes behind it. Raises DamagedError."""
    for sizes in ("<III", "<IQQ"):
        told = struct.pack(sizes, entry.crc, entry.packed, entry.size)
        for sign in reversed(_DESCRIPTORS):
            if data.startswith(sign + told):
                return len(sign + told)
    raise _untrue(entry.name, "与它后面说的大小不一样")


def _untrue(name: str, what: str) -> DamagedError:
    return DamagedError(f"里面的 {shown(name)} {what}")


def too_large(size: int) -> DamagedError:
    return DamagedError(f"有 {size // 1_000_000} MB，超过了 {MAX_PACKED // 1_000_000} MB")
