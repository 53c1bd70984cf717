"""A clerk's slips and odd files that are right, each run from outside and held against its labels.

The labels are in slips/*.yaml, their words in tests/slips/README.md. A command over twelve
files costs little more than over one, so the entries are run twelve at a time, whoever asks
first; the README's test command runs a part of them, .ci/run all.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import support
import yaml

BOOK = Path(__file__).parent / "slips"
SAMPLE = "inputs/examples/青石镇2025.yaml"
AT_ONCE = 12
BATCHES = support.part(20, range(100))
"""Those that are run."""
INPUT = {"名", "基", "改", "全改", "正则", "文件", "追加", "追加文件", "旁", "叫", "编码", "换行"}
SLIP = INPUT | {
    *("报", "不报", "条数", "可写", "答了", "改后", "不见", "字可变", "添"),
    *("改后报", "改后可写", "改后答了", "印", "不印", "审阅稿"),
}
CLEAN = INPUT | {"许", "印", "答了"}
TELLING = {"码", "行", "列", "及", "词", "级", "例数"}
TOP = (
    *("表式", "单位", "简称", "年度", "标题", "发布时间", "信息来源", "成文日期", "引言"),
    *("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况"),
    *("政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"),
    *("审签", "核实说明"),
)

Entry = dict[str, Any]
Finding = dict[str, Any]


def read(path: Path) -> list[Entry]:
    return list(yaml.safe_load(path.read_text("utf-8")))


SLIPS = [entry for path in sorted(BOOK.glob("slips*.yaml")) for entry in read(path)]
CLEAN_ONES = read(BOOK / "clean.yaml")
ALL = SLIPS + CLEAN_ONES


class Ran(NamedTuple):
    """What was left of one entry: files before and after `fix`, findings, reports."""

    typed: bytes
    fixed: bytes
    again: bytes
    found: dict[str, Any]
    found_after: dict[str, Any]
    report: Path | None
    report_after: Path | None
    review: Path | None
    keys: list[str]


# --- the file of an entry --------------------------------------------------------


def once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def built(entry: Entry, *, appended: bool = True) -> str:
    """The text of an entry's file, 〔答1〕 still in it."""
    if "文件" in entry:
        return str(entry["文件"])
    text = (support.ROOT / entry.get("基", SAMPLE)).read_text("utf-8")
    for old, new in entry.get("改", []):
        text = once(text, old, new)
    for old, new in entry.get("全改", []):
        assert old in text, old
        text = text.replace(old, new)
    for pattern, new, count in entry.get("正则", []):
        text, done = re.subn(pattern, new, text)
        assert done == count, f"{pattern}: {done} times"
    if appended:
        text += entry.get("追加", "")
        if "追加文件" in entry:
            text += (support.ROOT / entry["追加文件"]).read_text("utf-8")
    return text


def without_answers(entry: Entry) -> str:
    lines = built(entry, appended=False).splitlines(keepends=True)
    return "".join(line for line in lines if "〔答" not in line)


def filled(text: str, keys: list[str]) -> str:
    for number, key in enumerate(keys, 1):
        text = text.replace(f"〔答{number}〕", key)
    return text


def stored(entry: Entry, text: str) -> bytes:
    if entry.get("换行") == "crlf":
        text = text.replace("\n", "\r\n")
    encoding = entry.get("编码", "utf-8")
    return ("\ufeff" * (encoding == "utf-16-be") + text).encode(encoding)


def decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


# --- running ----------------------------------------------------------------------


def checked(paths: list[Path], folder: Path) -> list[dict[str, Any]]:
    if not paths:
        return []
    ran = support.nianbao("check", "--format", "json", *paths, cwd=folder)
    assert ran.err == ""
    files: list[dict[str, Any]] = json.loads(ran.out)["files"]
    assert len(files) == len(paths)
    assert ran.code == (not all(file["accepted"] for file in files))
    return files


def generated(paths: list[Path], folder: Path, into: str) -> dict[Path, Path]:
    """The report of each input that was written; the exit code says whether all were."""
    if not paths:
        return {}
    ran = support.nianbao("generate", "-o", f"{into}/", *paths, cwd=folder)
    written = {path: one for path in paths for one in (folder / into).glob(f"{path.name[0]}*.docx")}
    assert ran.code == (len(written) < len(paths)), ran.err
    return written


def run(entries: list[Entry], folder: Path) -> list[Ran]:
    paths, asked = [], []
    for index, entry in enumerate(entries):
        own = folder / str(index)
        own.mkdir(parents=True)
        letter = "abcdefghijklmnop"[index]
        name = entry.get("叫", Path(entry.get("基", SAMPLE)).name)
        paths.append(own / f"{letter}{name}")
        for beside, original in entry.get("旁", {}).items():
            (own / f"{letter}{beside}").write_bytes((support.ROOT / original).read_bytes())
        if "〔答" in built(entry):
            paths[-1].write_text(without_answers(entry), "utf-8")
            asked.append(index)
    keys: list[list[str]] = [[] for _ in entries]
    for index, file in zip(asked, checked([paths[i] for i in asked], folder), strict=True):
        keys[index] = [f["answer_key"] for f in file["findings"] if f["answer_key"]]
    for path, entry, own_keys in zip(paths, entries, keys, strict=True):
        path.write_bytes(stored(entry, filled(built(entry), own_keys)))

    typed = [path.read_bytes() for path in paths]
    found = checked(paths, folder)
    report = generated(paths, folder, "before")
    review = {}
    for path, entry in zip(paths, entries, strict=True):
        if entry.get("审阅稿"):
            support.nianbao("review", path, cwd=folder)
            review[path] = next((folder / "outputs").glob(f"{path.name[0]}*审阅稿*.docx"), None)
    assert support.nianbao("fix", *paths, cwd=folder).code in (0, 1)
    fixed = [path.read_bytes() for path in paths]
    changed = [path for path, old in zip(paths, typed, strict=True) if path.read_bytes() != old]
    found_after = dict(zip(changed, checked(changed, folder), strict=True))
    report_after = generated(changed, folder, "after")
    if changed:
        assert support.nianbao("fix", *changed, cwd=folder).code in (0, 1)
    return [
        Ran(
            typed[i],
            fixed[i],
            path.read_bytes(),
            found[i],
            found_after.get(path, found[i]),
            report.get(path),
            report_after.get(path) if path in changed else report.get(path),
            review.get(path),
            keys[i],
        )
        for i, path in enumerate(paths)
    ]


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Any:
    @cache
    def batch(first: int) -> list[Ran] | None:
        try:
            return run(ALL[first : first + AT_ONCE], tmp_path_factory.mktemp("batch"))
        except Exception:  # told by the entry that does it, run alone
            return None

    @cache
    def of(index: int) -> Ran:
        together = batch(index - index % AT_ONCE)
        if together:
            return together[index % AT_ONCE]
        return run([ALL[index]], tmp_path_factory.mktemp("alone"))[0]

    return of


# --- what was told ------------------------------------------------------------------


def beyond(file: dict[str, Any], *allowed: str) -> list[Finding]:
    """All findings but the checks that were not made."""
    return [
        f for f in file["findings"] if not f["code"].startswith("C0") and f["code"] not in allowed
    ]


def as_list(label: Any) -> list[Any]:
    return label if isinstance(label, list) else [label]


def line_of(text: str, label: int | str) -> int:
    """A line by its number, or by how it begins (else by what stands in it)."""
    if isinstance(label, int):
        return label
    lines = text.split("\n")
    begins = [i for i, line in enumerate(lines, 1) if line.lstrip(" \t　").startswith(label)]
    holds = [i for i, line in enumerate(lines, 1) if label in line]
    (only,) = begins or holds
    return only


def said(finding: Finding) -> str:
    return f"{finding['message']}\n{finding['hint'] or ''}"


def lines_told(finding: Finding) -> set[int]:
    told = {place["line"] for place in finding["related"]} | {finding["line"]}
    for places in re.findall(r"第\s*([\d、，,和\s]+?)\s*行", said(finding)):
        told |= {int(number) for number in re.findall(r"\d+", places)}
    return told


def in_a_row(text: str, count: int) -> bool:
    """Whether `count` numbers stand side by side in a text."""
    runs = re.findall(r"\d+(?:[ \t]*[,，、 \t][ \t]*\d+)*", text)
    return any(len(re.findall(r"\d+", numbers)) == count for numbers in runs)


def fits(finding: Finding, label: Entry, text: str) -> bool:
    words = label.get("词", [])
    return (
        ("码" not in label or finding["code"] in as_list(label["码"]))
        and ("级" not in label or finding["severity"] in as_list(label["级"]))
        and (
            "行" not in label
            or finding["line"] in [line_of(text, line) for line in as_list(label["行"])]
        )
        and ("列" not in label or finding["column"] == label["列"])
        and set(label.get("及", [])) <= lines_told(finding)
        and all(any(str(w) in said(finding) for w in as_list(word)) for word in as_list(words))
        and ("例数" not in label or in_a_row(finding["hint"] or "", label["例数"]))
    )


def told(findings: list[Finding], labels: list[Entry], text: str) -> None:
    """Each label is met by a finding of its own."""
    choices = [[i for i, f in enumerate(findings) if fits(f, label, text)] for label in labels]
    taken: dict[int, int] = {}

    def seat(label: int, tried: set[int]) -> bool:
        for one in choices[label]:
            if one not in tried:
                tried.add(one)
                if one not in taken or seat(taken[one], tried):
                    taken[one] = label
                    return True
        return False

    missing = [label for i, label in enumerate(labels) if not seat(i, set())]
    assert not missing, f"没有报：{missing}\n{shown(findings)}"


def shown(findings: list[Finding]) -> str:
    return "\n".join(
        f"{f['severity']} {f['code']} {f['line']}:{f['column']} {f['message']} | {f['hint']}"
        for f in findings
    )


def well_said(findings: list[Finding], text: str) -> None:
    """What holds for every finding: places inside the file, a clerk's words, no list of all keys."""
    for finding in findings:
        message = said(finding)
        assert finding["line"] is None or 1 <= finding["line"] <= text.count("\n") + 1, message
        assert finding["severity"] in ("error", "confirm", "note")
        for word in ("YAML", "U+", "Traceback", "None"):
            assert word not in message, message
        assert sum(key in message for key in TOP) <= 9, message


# --- what was printed ----------------------------------------------------------------


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def printed(path: Path) -> list[str]:
    """The paragraphs of a document in order, those of the tables' cells too."""
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]


@pytest.fixture(scope="session")
def base_printed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    @cache
    def of(base: str) -> list[str]:
        folder = tmp_path_factory.mktemp("base")
        (report,) = generated([support.ROOT / base], folder, "out").values()
        return printed(report)

    return of


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def same_letters(before: str, after: str, added: str) -> bool:
    """Every letter and digit typed stands there still, in order; only `added` may be new."""
    old, new = letters(before), letters(after)
    if old == new:
        return True
    starts = [place.start() for place in re.finditer(re.escape(added), new)] if added else []
    return any(new[:at] + new[at + len(added) :] == old for at in starts)


def stands(wanted: str, text: str) -> bool:
    if len(wanted) > 2 and wanted[0] == wanted[-1] == "/":
        return re.search(wanted[1:-1], text) is not None
    return wanted in text


def prints(entry: Entry, report: Path | None, base_printed: Any) -> None:
    if "印" in entry:
        assert report, "没有写出报告"
        text = printed(report)
        if entry["印"] == "同":
            assert text == base_printed(entry.get("基", SAMPLE))
        else:
            for words in entry["印"]:
                assert words in "\n".join(text)
    if report:
        text = printed(report)
        for words in entry.get("不印", []):
            assert not any(words in line for line in text), words


# --- the tests ------------------------------------------------------------------------


def names(entries: list[Entry]) -> list[str]:
    return [entry["名"] for entry in entries]


def in_batches(entries: list[Entry], first: int) -> list[Any]:
    """The indices of entries from the `first` of ALL on; those of a batch go to one process."""
    return [
        pytest.param(
            index,
            id=ALL[index]["名"],
            marks=pytest.mark.xdist_group(f"slips{index // AT_ONCE}"),
        )
        for index in range(first, first + len(entries))
        if index // AT_ONCE in BATCHES
    ]


def test_the_docs_state_how_many_there_are() -> None:
    page = (support.ROOT / "docs" / "robustness.md").read_text("utf-8")
    assert f"{len(SLIPS)} 条" in page
    assert f"{len(CLEAN_ONES)} 份" in page


def test_the_book_is_well_formed() -> None:
    assert len(set(names(ALL))) == len(ALL)
    assert len(SLIPS) >= 180
    assert len(CLEAN_ONES) >= 45
    for entry in SLIPS:
        assert set(entry) <= SLIP, entry["名"]
        for label in entry["报"] + entry.get("改后报", []):
            assert set(label) <= TELLING, entry["名"]
    for entry in CLEAN_ONES:
        assert set(entry) <= CLEAN, entry["名"]


@pytest.mark.parametrize("index", in_batches(SLIPS, 0))
def test_slip(index: int, outcome: Any, base_printed: Any) -> None:
    print(SLIPS[index]["名"])
    entry, ran = SLIPS[index], outcome(index)
    text, fixed = decoded(ran.typed), decoded(ran.fixed)
    assert "〔答" not in text, "没有给出要核实的键"
    entry = json.loads(filled(json.dumps(entry, ensure_ascii=False), ran.keys))
    findings, after = beyond(ran.found), beyond(ran.found_after)
    well_said(findings, text)
    well_said(after, fixed)

    told(findings, entry["报"], text)
    if "条数" in entry:
        assert len(findings) == entry["条数"], shown(findings)
    for word in entry.get("不报", []):
        assert not any(word in f["code"] + said(f) for f in findings), shown(findings)
    if "可写" in entry:
        assert ran.found["accepted"] == (entry["可写"] == "是"), shown(findings)
        assert (ran.report is not None) == (entry["可写"] == "是")
    if "答了" in entry:
        assert sum(f["answered"] for f in findings) == entry["答了"], shown(findings)
    if "审阅稿" in entry:
        assert ran.review, "没有审阅稿"

    assert ran.again == ran.fixed, "fix 第二次还有改动"
    mending = entry.get("改后")
    if mending == "不动":
        assert ran.fixed == ran.typed, fixed
    elif isinstance(mending, dict):
        assert ran.fixed == ran.typed or all(stands(w, fixed) for w in mending["可"]), fixed
    elif mending:
        for words in mending:
            assert stands(words, fixed), f"{words!r}\n{fixed}"
    for words in entry.get("不见", []):
        assert not stands(words, fixed), words
    if entry.get("字可变") != "是":
        assert same_letters(text, fixed, entry.get("添", "")), fixed

    told(after, entry.get("改后报", []), fixed)
    if "改后可写" in entry:
        assert ran.found_after["accepted"] == (entry["改后可写"] == "是"), shown(after)
        assert (ran.report_after is not None) == (entry["改后可写"] == "是")
    if "改后答了" in entry:
        assert sum(f["answered"] for f in after) == entry["改后答了"], shown(after)
    prints(entry, ran.report_after, base_printed)


@pytest.mark.parametrize("index", in_batches(CLEAN_ONES, len(SLIPS)))
def test_clean(index: int, outcome: Any, base_printed: Any) -> None:
    print(ALL[index]["名"])
    entry, ran = ALL[index], outcome(index)
    allowed = entry.get("许", [])
    findings = beyond(ran.found, *allowed)
    well_said(beyond(ran.found), decoded(ran.typed))
    assert not findings, shown(findings)
    assert {f["code"] for f in beyond(ran.found)} == set(allowed)
    assert ran.found["accepted"]
    assert ran.report
    if "答了" in entry:
        assert sum(f["answered"] for f in ran.found["findings"]) == entry["答了"]
    if "Y112" not in allowed:
        assert ran.fixed == ran.typed, decoded(ran.fixed)
    assert ran.again == ran.fixed
    prints(entry, ran.report, base_printed)
