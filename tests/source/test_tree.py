"""YAML is read as it was typed, each text with its place, and bad bytes end in findings."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support import EXAMPLE, SECOND, TOWN, codes, parsed, read_form

from nianbao.chinese.characters import FORBIDDEN_IN_TEXT
from nianbao.chinese.wording import BLANKS
from nianbao.desk.pipeline import Session
from nianbao.diagnostics import Location
from nianbao.report import reportfile
from nianbao.source import parsing, tree
from nianbao.source.tree import Mapping, Node, Scalar, Sequence

SMALL = (SECOND / "2025.yaml").read_text("utf-8")

typed_lines = st.lists(
    st.tuples(
        st.text(alphabet="\u3000\u00a0\t ", max_size=3),
        st.text(
            alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
            | st.sampled_from("\t{}[]<>&*#:|%@`!'\"\\，。（）"),
            min_size=1,
            max_size=30,
        ).filter(lambda text: not FORBIDDEN_IN_TEXT.search(text) and text.strip(BLANKS)),
    ),
    min_size=1,
    max_size=6,
)


def plain(node: Node | None) -> object:
    """A tree with its texts, lines and places, for comparison."""
    match node:
        case Scalar():
            return (node.text, node.location, node.lines, node.spread, node.block, node.comment)
        case Sequence():
            return [node.location, *map(plain, node.items)]
        case Mapping():
            return {"at": node.location} | {
                f"{n} {entry.key.text}": (plain(entry.key), plain(entry.value))
                for n, entry in enumerate(node.entries)
            }
    return None


@given(typed_lines)
def test_a_narrative_comes_back_line_by_line(lines: list[tuple[str, str]]) -> None:
    lines[0] = (lines[0][0].strip(" "), lines[0][1].lstrip(" "))
    text = "题: 0\n文: |\n" + "".join(f"  {blank}{line}\n" for blank, line in lines) + "尾: 0\n"
    read = parsed(text)
    assert read.findings == ()
    assert isinstance(read.root, Mapping)
    assert [entry.key.text for entry in read.root.entries] == ["题", "文", "尾"]
    value = read.root.entries[1].value
    assert isinstance(value, Scalar)
    assert value.block
    expected = []
    for number, (blank, line) in enumerate(lines, 3):
        full = f"  {blank}{line}"
        column = len(full) - len(full.lstrip(BLANKS)) + 1
        expected.append(tree.Line(line.strip(BLANKS), Location(number, column)))
    assert list(value.lines) == expected


@pytest.mark.parametrize(
    "typed",
    ["07453602131", "20:48", "0x1F", "yes", "~", "1_000", "3.50", "1e3", ".inf", "2026-01-12"],
)
def test_no_type_is_guessed(typed: str) -> None:
    root = parsed(f"甲: {typed}\n乙: [{typed}]\n").root
    assert isinstance(root, Mapping)
    one, two = (entry.value for entry in root.entries)
    assert isinstance(two, Sequence)
    assert [node.text for node in (one, *two.items) if isinstance(node, Scalar)] == [typed, typed]


def test_a_byte_order_mark_is_not_counted() -> None:
    root = parsing.read(b"\xef\xbb\xbf" + "甲: 1\n".encode()).root
    assert isinstance(root, Mapping)
    assert root.entries[0].key.location == Location(1, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_each_system_ends_them(end: str) -> None:
    root = parsed(end.join(["甲: |", "  一", "", "  二", "乙: 0", ""])).root
    assert isinstance(root, Mapping)
    first = root.entries[0].value
    assert isinstance(first, Scalar)
    assert first.lines == (
        tree.Line("一", Location(2, 3)),
        tree.Line("二", Location(4, 3)),
    )
    assert root.entries[1].key.location == Location(5, 1)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("甲: \x07乙\n", "Y102", 1, 4),
        ("甲: 乙\u2028丙\n", "Y102", 1, 5),
        ('甲: "\\x01"\n', "Y102", 1, 4),
        ("甲:\n\t乙: 1\n", "Y103", 2, 1),
        ("甲：1\n", "Y104", 1, 2),
        ("甲:1\n", "Y104", 1, 2),
        ("", "Y105", 1, 1),
        ("# 只有说明\n", "Y105", 1, 1),
        ("甲: [1, 2\n乙: 3\n", "Y105", 1, 4),
        ("甲: '乙\n丙: 3\n", "Y105", 1, 4),
        ("甲: 1\n---\n乙: 2\n", "Y105", 2, 1),
        ("%YAML 1.1\n---\n甲: 1\n", "Y105", 1, 1),
        ("甲: | 正文\n", "Y105", 1, 4),
        ("甲: 乙: 丙\n", "Y105", 1, 5),
        ("甲: &a 1\n乙: *a\n", "Y106", 1, 4),
        ("甲: !!int 1\n", "Y106", 1, 4),
        ("甲: {<<: 1}\n", "Y106", 1, 5),
        ("? [1]\n: 2\n", "S104", 1, 3),
    ],
)
def test_each_defect_is_found_at_its_place(text: str, code: str, line: int, column: int) -> None:
    findings = parsed(text).findings
    assert (findings[0].code, findings[0].location) == (code, Location(line, column))
    assert findings[0].message.endswith("。")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_other_encodings_are_read_and_named(encoding: str) -> None:
    read = parsing.read("单位: 青石镇\n".encode(encoding))
    assert plain(read.root) == plain(parsed("单位: 青石镇\n").root)
    (said,) = read.findings
    assert (said.code, said.blocks) == ("Y112", False)
    assert encoding.upper() in said.message


@pytest.mark.parametrize("path", [EXAMPLE, TOWN], ids=lambda path: path.stem)
def test_a_damaged_file_is_never_read_in_another_encoding(path: Path) -> None:
    """One byte of forty characters struck out, or changed, in turn."""
    data = path.read_bytes()
    wide = [at for at, byte in enumerate(data) if byte > 0x7F]
    for at in wide[:: len(wide) // 40]:
        for spoilt in (data[:at] + data[at + 1 :], data[:at] + b"\xff" + data[at + 1 :]):
            read = parsing.read(spoilt)
            assert "Y102" in codes(read.findings)
            assert "Y112" not in codes(read.findings)
            half = next(f for f in read.findings if f.code == "Y102").location
            assert half
            assert half.line == data[:at].count(b"\n") + 1


def test_big5_is_not_taken_for_gb18030() -> None:
    text = EXAMPLE.read_text("utf-8")
    (refused,) = parsing.read(text.encode("big5", "replace")).findings
    assert refused.code == "Y101"


def bomb() -> str:
    names = "abcdefghi"
    lines = [f"a: &a [{','.join('x' * 9)}]"]
    lines += [
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]"
        for before, name in itertools.pairwise(names)
    ]
    return "\n".join(lines)[:389]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bomb(), "Y106"),
        ("甲: " + "[" * 100_000, "Y107"),
        ("".join(f"{' ' * n}甲:\n" for n in range(1_000)), "Y107"),
        ("甲: " + "{乙: " * 200 + "}" * 200, "Y107"),
        ("x" * 3_000_000, "Y107"),
        ("甲: " + "\t乙" * 300_000, "Y107"),
        ("甲: " + '"' * 1_000_000, "Y107"),
        ("甲:" + " " * 500_000 + "@", "Y107"),
    ],
    ids=["bomb", "brackets", "indents", "braces", "3 MB", "tabs", "quotes", "blanks"],
)
def test_what_would_choke_a_reader_is_refused_fast(text: str, code: str) -> None:
    started = time.process_time()
    findings = parsed(text).findings
    assert time.process_time() - started < 3
    assert code in codes(findings)


ROWS = "规章: 0\n"


@pytest.mark.parametrize(
    "text",
    [
        "引言: |\n" + "电话: 1\n总体请况：某\n" * 9_000,
        "引言:\n甲\n" * 9_000,
        "单位：甲\n" * 19_000,
        "规章:\n  规章: 0\n" + ROWS * 19_000,
        "引言: |\n  甲\n" + "  审签: {\n" * 19_000,
        "表:\n" + f"\t{ROWS}" * 19_000,
        "".join(" " * (n % 300) + ROWS for n in range(9_000)),
        "规章:\n" + "  -0\n" * 19_000,
        "规章: [" + "'6'，" * 4_500 + "9]\n",
        "规章: [" + "“6”, " * 3_800 + "9]\n",
        "规章: {" + "其他：1，" * 3_800 + "其他：1}\n",
        "规章: [" + "（" * 9_000 + "，" * 9_000 + "]\n单位：甲\n",
        "规章" + " " * 19_000 + "： 35\n",
        "引言: |\n  " + "甲" * 600_000,
        "甲: 1\n" + "#\r" * 19_000,
        "引言: |\n" + "".join(" " * (n + 2) + "核实说明:\n" for n in range(1_800)),
        "规章: " + "{}: " * 4_900 + "}\n",
        "规章: " + "[]: " * 4_900 + "}\n",
        "规章:\n" * 9_000 + "单位：甲\n",
        "甲: 1\n" + "[\n" * 9_000,
        "\r" * 200_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_would_choke_the_scan_is_refused_fast(text: str) -> None:
    names = reportfile.names(read_form())
    started = time.process_time()
    findings = parsing.read(text.encode(), names).findings
    assert time.process_time() - started < 2
    assert findings


mutations = st.lists(
    st.tuples(
        st.integers(0, len(SMALL) - 1),
        st.integers(0, 4),
        st.text(alphabet="\t :：-|>[]{}#&*!%@`'\"\\?,，0甲\n\r\u3000\u00a0\ufeff.", max_size=4),
    ),
    min_size=1,
    max_size=4,
)


def mutated(edits: list[tuple[int, int, str]], text: str = SMALL) -> str:
    for at, gone, put in edits:
        text = text[:at] + put + text[at + gone :]
    return text


def both(text: str, parser: Callable[[type], None]) -> tuple[tree.Source, tree.Source]:
    parser(yaml.CSafeLoader)
    fast = parsed(text)
    parser(yaml.SafeLoader)
    return fast, parsed(text)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mutations)
@example([(319, 0, '"?')])
def test_both_parsers_read_the_same(
    monkeypatch: pytest.MonkeyPatch, edits: list[tuple[int, int, str]]
) -> None:
    with monkeypatch.context() as patch:
        fast, pure = both(mutated(edits), lambda loader: patch.setattr(parsing, "_PARSER", loader))
    assert bool(fast.findings) == bool(pure.findings)
    if not fast.findings:
        assert plain(fast.root) == plain(pure.root)


def test_both_parsers_read_the_example_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = EXAMPLE.read_text("utf-8")
    fast, pure = both(text, lambda loader: monkeypatch.setattr(parsing, "_PARSER", loader))
    assert fast.findings == pure.findings == ()
    assert plain(fast.root) == plain(pure.root)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace")))
@example(b"\xff\xfe")
@example(b"- \n-")
@example(b"? ")
@example(b"\xed\xa0\x80")
def test_random_bytes_end_in_a_tree_or_a_finding(data: bytes) -> None:
    read = parsing.read(data)
    assert read.findings or read.root is not None
    for finding in read.findings:
        assert finding.code[0] in "YS"


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mutations)
def test_a_spoilt_file_only_ever_gives_findings(
    tmp_path: Path, edits: list[tuple[int, int, str]]
) -> None:
    path = tmp_path / "2025.yaml"
    path.write_bytes(mutated(edits).encode())
    outcome = Session(templates=SECOND).check(path)
    assert outcome.accepted == (not any(finding.blocks for finding in outcome.findings))
    lines = len(mutated(edits).splitlines()) + 1
    for finding in outcome.findings:
        assert finding.message
        if finding.location and not finding.file:
            assert 1 <= finding.location.line <= lines
