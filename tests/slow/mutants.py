"""Real input files as a clerk's keyboard, mail and clipboard spoil them.

`python tests/slow/mutants.py lines-17` writes one mutant's bytes to standard output: every mutant
is made from its own name alone, so a complaint names what to run again.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
ORIGINALS = (
    ROOT / "inputs" / "2025.yaml",
    ROOT / "inputs" / "examples" / "青石镇2025.yaml",
    ROOT / "inputs" / "examples" / "青石镇2024.yaml",
    ROOT / "inputs" / "examples" / "青石镇2025-有错.yaml",
    ROOT / "tests" / "cases" / "base.yaml",
    Path(__file__).with_name("各种写法2025.yaml"),
)
_TEXTS = {path: path.read_text("utf-8") for path in ORIGINALS}

_WIDE = str.maketrans(
    ":,[]-0123456789\"'|#(){}. ", "：，［］－０１２３４５６７８９“‘｜＃（）｛｝．　"
)
_TYPED = (
    "：，［］　“”‘’—－０１９（）｛｝、。；｜＃"  # a Chinese input method
    "\u00a0\u200b\u200d\ufeff\u2060\u00ad\u2003\t\r\x07\u2028\ud7ff"  # unseen
    ":,[]{}|>-#&*!%@`\"'\\?~/ \n  "  # YAML's own
    "01９5a甲𠮷䶮无万"
)
_ODD_NUMBERS = (  # noqa: SIM905
    "1,234 １８ 18件 010 1e3 - / 无 +3 -1 3. .5 0.0 1_000 0x1F 0o7 yes null ~ 00 '5' \"6\" 3（注） "
    "3(注) 3（） 3 # 4#5 七 ½ ² 1.5 99999999999999999999 [3] {3} 3: <3> ٣"
).split(" ")


def mutant(kind: str, number: int) -> tuple[Path, bytes]:
    """The original and the bytes of one mutant; the same ones every time."""
    chance = random.Random(f"{kind}-{number}")
    original = ORIGINALS[number % len(ORIGINALS)]
    whole: bytes | str = _TEXTS[original].encode() if kind == "bytes" else _TEXTS[original]
    data, edits = whole, chance.choice((1, 1, 1, 2, 3))
    while edits > 0 or data == whole:
        data = chance.choice(KINDS[kind])(data, chance)
        edits -= 1
    return original, data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")


def _place(sequence: bytes | str | list[str], chance: random.Random) -> int:
    return chance.randrange(len(sequence) + 1)


# --- bytes ----------------------------------------------------------------------


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _any_byte(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return (
        data[:at] + chance.randbytes(chance.choice((1, 1, 2))) + data[at + chance.choice((0, 1)) :]
    )


def _lose_bytes(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at + chance.choice((1, 2, 3, 30)) :]


def _cut_short(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)]


def _ascii_byte(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + bytes([chance.randrange(128)]) + data[at:]


def _twice(data: bytes, chance: random.Random) -> bytes:
    start = _place(data, chance)
    end = start + chance.randrange(200)
    return data[:end] + data[start:end] + data[end:]


def _otherwise_encoded(data: bytes, chance: random.Random) -> bytes:
    try:
        text = _insert(data.decode(), chance)
        return text.encode(chance.choice(("gb18030", "utf-16", "utf-8-sig", "utf-16-be")))
    except UnicodeError:
        return data


def _line_ends(data: bytes, chance: random.Random) -> bytes:
    ends = chance.choice((b"\r\n", b"\r", b"\n\r", b"\r\r\n", b"\n\n"))
    return _flip(data, chance).replace(b"\n", ends)


# --- characters -------------------------------------------------------------------


def _insert(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + chance.choice(_TYPED) + text[at:]


def _replace(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_TYPED) + text[at + 1 :]


def _delete(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.choice((1, 1, 1, 2, 5)) :]


def _widen(text: str, chance: random.Random) -> str:
    """One of YAML's own characters as a Chinese input method gives it."""
    places = [m.start() for m in re.finditer(r"[:,\[\]\-0-9\"'|#(){}]", text)]
    at = chance.choice(places or [0])
    return text[:at] + text[at : at + 1].translate(_WIDE) + text[at + 1 :]


def _widen_line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = lines[at].translate(_WIDE)
    return "\n".join(lines)


def _around_a_key(text: str, chance: random.Random) -> str:
    """Something right before or behind a colon, where it matters most."""
    at = chance.choice([m.start() for m in re.finditer(r":[ \n]", text)] or [0])
    at += chance.choice((0, 1, 2))
    return text[:at] + chance.choice(_TYPED) + text[at:]


# --- lines -----------------------------------------------------------------------


def _of_lines(change: Callable[[list[str], int, random.Random], object]) -> Callable[..., str]:
    def changed(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines)

    return changed


def _drop_line(lines: list[str], at: int, chance: random.Random) -> None:
    del lines[at : at + chance.choice((1, 1, 1, 2, 10))]


def _double_line(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(chance.choice((at, chance.randrange(len(lines)))), lines[at])


def _swap_lines(lines: list[str], at: int, chance: random.Random) -> None:
    other = chance.choice((min(at + 1, len(lines) - 1), chance.randrange(len(lines))))
    lines[at], lines[other] = lines[other], lines[at]


def _indent(lines: list[str], at: int, chance: random.Random) -> None:
    by = chance.choice((" ", "  ", "    ", "\t", "\u3000", "\u00a0", "  \u3000\u3000"))
    for n in range(at, min(at + chance.choice((1, 1, 3, 30)), len(lines))):
        lines[n] = by + lines[n]


def _dedent(lines: list[str], at: int, chance: random.Random) -> None:
    by = chance.choice((1, 2, 2, 4))
    for n in range(at, min(at + chance.choice((1, 1, 3, 30)), len(lines))):
        lines[n] = lines[n][: by + 1].lstrip(" ") + lines[n][by + 1 :]


def _join_lines(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at : at + 2] = [chance.choice(("", " ", "\u3000")).join(lines[at : at + 2])]


def _split_line(lines: list[str], at: int, chance: random.Random) -> None:
    cut = _place(lines[at], chance)
    lines[at : at + 1] = [lines[at][:cut], chance.choice(("", "  ", "    ")) + lines[at][cut:]]


def _new_line(lines: list[str], at: int, chance: random.Random) -> None:
    new = (
        "",
        "  ",
        "\u3000",
        "\t",
        "# 说明",
        "  # 说明",
        "正文没有缩进。",
        "    缩进多了。",
        "---",
        "...",
    )
    lines.insert(at, chance.choice(new))


# --- structure ----------------------------------------------------------------------


def _at_one(
    pattern: str, change: Callable[[re.Match[str], random.Random], str]
) -> Callable[..., str]:
    """One match of `pattern`, changed."""

    def changed(text: str, chance: random.Random) -> str:
        found = list(re.finditer(pattern, text, re.MULTILINE))
        if not found:
            return text
        one = chance.choice(found)
        return text[: one.start()] + change(one, chance) + text[one.end() :]

    return changed


_KEY = r"^([ ]*)([^\s#:][^:\n]{0,30})(?=:(?: |$))"

_STRUCTURE = (
    _at_one(_KEY, lambda m, c: m[1] + c.choice((m[2][:-1], m[2] + m[2], m[2][::-1], "", "其他项"))),
    _at_one(
        _KEY,
        lambda m, c: (
            m[1]
            + c.choice(("“{}”", '"{}"', "'{}'", "{} ", "（一）{}", "一、{}", "? {}")).format(m[2])
        ),
    ),
    _at_one(_KEY, lambda m, c: m[1] + c.choice("&*!%@`-?[{|>#") + c.choice(("", " ")) + m[2]),
    _at_one(r"\b\d+(?:\.\d+)?\b", lambda m, c: c.choice(_ODD_NUMBERS)),
    _at_one(r"\b\d+(?:\.\d+)?\b", lambda m, c: str(c.randrange(40))),
    _at_one(
        r"(?<=: )[^\s\[{|#].*$",
        lambda m, c: c.choice(
            (
                "“{}”",
                '"{}"',
                "'{}'",
                '"{}',
                "{}'",
                "[{}]",
                "{{{}}}",
                "| {}",
                "> {}",
                "&a {}",
                "!!str {}",
                "|\n  {}",
                "\n  {}",
            )
        ).format(m[0]),
    ),
    _at_one(
        r"\|$",
        lambda m, c: c.choice(
            (">", "|-", "|+", "|2", "|1", "| # 说明", ">-", "", "｜", "||", "| 正文")
        ),
    ),
    _at_one(
        r"[\[\]{}]",
        lambda m, c: c.choice(("", "[", "]", "{", "}", m[0] * 2, "\n" + m[0], m[0] + "\n")),
    ),
    _at_one(r"[\"'“”]", lambda m, c: c.choice(("", '"', "'", "“", m[0] * 2))),
    _at_one(
        r"(?<=, )|,|(?<=\[)",
        lambda m, c: c.choice((", ", ",,", " ", "，", "0, ", "-, ", ",\n    ")),
    ),
    _at_one(
        r"^([ ]*)([^#\s].*: )\[(.*)\]",
        lambda m, c: (
            f"{m[1]}{m[2].rstrip()}"
            + "".join(f"\n{m[1]}  - {item.strip()}" for item in m[3].split(","))
        ),
    ),
    _at_one(r"\{\{|\}\}", lambda m, c: c.choice(("", "{", "}", "{{{", "｛｛", "{ {", "}}", "{%"))),
    _at_one(r"[ ]*#", lambda m, c: c.choice((" ", "#", " #", "\u3000#", ""))),
    _at_one(
        r"(?<=: )", lambda m, c: c.choice(("#", "- ", "> ", "% ", "@", "*", "'", "~", " \u3000"))
    ),
)

KINDS: dict[str, tuple[Callable[..., bytes | str], ...]] = {
    "bytes": (
        _flip,
        _flip,
        _any_byte,
        _ascii_byte,
        _ascii_byte,
        _lose_bytes,
        _cut_short,
        _twice,
        _otherwise_encoded,
        _line_ends,
    ),
    "characters": (_insert, _insert, _replace, _delete, _widen, _widen, _widen_line, _around_a_key),
    "lines": tuple(
        map(
            _of_lines,
            (
                _drop_line,
                _double_line,
                _swap_lines,
                _indent,
                _dedent,
                _join_lines,
                _split_line,
                _new_line,
            ),
        )
    ),
    "structure": _STRUCTURE,
}

if __name__ == "__main__":
    kind, _, number = sys.argv[1].rpartition("-")
    sys.stdout.buffer.write(mutant(kind, int(number))[1])
