"""`nianbao mail` from outside: the folder as a clerk finds it, the mail as a mail program reads it."""

from __future__ import annotations

import email
import email.policy
import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from support import EXAMPLE, TOWN, example, nianbao, paragraphs, with_line
from support.reports import REPORTS

from nianbao.desk import mailing

TITLE = "云岭县青石镇人民政府2025年政府信息公开工作年度报告"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def mailed(folder: Path, *argv: object) -> Path:
    ran = nianbao("mail", *argv, cwd=folder)
    assert ran.code == 0, ran.out + ran.err
    (found,) = (folder / "报送").iterdir()
    assert str(found) in ran.out
    return found


def read(path: Path) -> EmailMessage:
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_the_folder_holds_what_is_handed_in(tmp_path: Path) -> None:
    folder = mailed(tmp_path, EXAMPLE)
    assert folder.name == TITLE
    names = {f"{TITLE}.docx", f"{TITLE}.eml", "邮件正文.txt"}
    assert {path.name for path in folder.iterdir()} == names
    nianbao("generate", EXAMPLE, cwd=tmp_path)
    document = (folder / f"{TITLE}.docx").read_bytes()
    assert document == (tmp_path / "outputs" / "青石镇2025.docx").read_bytes()
    text = (folder / "邮件正文.txt").read_bytes()
    assert text.startswith("\ufeff主题：".encode())
    assert b"\r\n" in text
    assert b"\n" not in text.replace(b"\r\n", b"")
    said = text.decode("utf-8-sig").split("\r\n")
    sentence = f"现报送{TITLE}，见附件，请查收。"
    assert said[:5] == [f"主题：{TITLE}", "", "您好：", "", sentence]
    assert said[5:] == ["", "云岭县青石镇人民政府", ""]


def test_the_mail_is_not_sent_yet_and_carries_the_document(tmp_path: Path) -> None:
    folder = mailed(tmp_path, EXAMPLE, "--to", "xxgk@yunling.example，b@c.cn")
    mail = read(folder / f"{TITLE}.eml")
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "xxgk@yunling.example, b@c.cn"
    assert mail["Subject"] == TITLE
    assert not {"From", "Date", "Message-ID"} & set(mail.keys())
    body = mail.get_body(("plain",))
    assert body is not None
    pasted = (folder / "邮件正文.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    content = body.get_content().replace("\r\n", "\n")
    assert pasted == f"主题：{TITLE}\n\n{content}"
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == f"{TITLE}.docx"
    assert attached.get_content_type() == DOCX
    assert attached.get_content() == (folder / f"{TITLE}.docx").read_bytes()


def test_answers_go_with_it_and_go_again(tmp_path: Path) -> None:
    source = example(tmp_path, ("另有上年结转{{上年结转}}件", "另有上年结转3件"))
    plain = source.read_text("utf-8")
    source.write_text(f"{plain}\n核实说明:\n  N101 上年结转 3/2: 口径不同\n", "utf-8")
    folder = mailed(tmp_path, source)
    letter = (folder / "核实说明.txt").read_bytes()
    assert "口径不同" in letter.decode("utf-8-sig")
    attached = {
        part.get_filename(): part for part in read(folder / f"{TITLE}.eml").iter_attachments()
    }
    assert set(attached) == {f"{TITLE}.docx", f"{TITLE}.核实说明.txt"}
    assert "另附核实说明" in (folder / "邮件正文.txt").read_text("utf-8-sig")
    source.write_text(plain.replace("结转3件", "结转2件"), "utf-8")
    assert mailed(tmp_path, source) == folder
    names = {f"{TITLE}.docx", f"{TITLE}.eml", "邮件正文.txt"}
    assert {path.name for path in folder.iterdir()} == names


def test_what_generate_refuses_it_refuses(tmp_path: Path) -> None:
    wrong = example(tmp_path, ("行政许可: 46", "行政许可: /"))
    ran = nianbao("mail", wrong, cwd=tmp_path)
    assert ran.code == 1
    assert "没有写出要报送的" in ran.out
    asked = example(tmp_path, ("另有上年结转{{上年结转}}件", "另有上年结转3件"))
    assert nianbao("mail", "--strict", asked, cwd=tmp_path).code == 1
    assert nianbao("mail", "没有.yaml", cwd=tmp_path).code == 3
    assert not (tmp_path / "报送").exists()
    document = tmp_path / "2025.docx"
    document.write_bytes(b"PK")
    assert nianbao("mail", document, cwd=tmp_path).code in (1, 3)
    assert not (tmp_path / "报送").exists()


@pytest.mark.parametrize("to", ["", "县府办", "a@b.cn\nBcc: x@y.cn", "a@b.cn, 乙", "<a@b.cn>"])
def test_a_recipient_that_is_no_address_is_a_mistake_in_the_command(
    tmp_path: Path, to: str
) -> None:
    found = mailing.addresses(to)
    ran = nianbao("mail", EXAMPLE, "--to", to, cwd=tmp_path)
    assert (found, ran.code) == (None, 2)
    assert not (tmp_path / "报送").exists()


def test_what_was_changed_by_hand_is_set_aside_each_for_itself(tmp_path: Path) -> None:
    source = example(tmp_path)
    folder = mailed(tmp_path, source)
    mailed(tmp_path, source, "--to", "a@b.cn")
    source.write_text(with_line(source.read_text("utf-8"), "  行政强制", "1"), "utf-8")
    assert mailed(tmp_path, source) == folder
    assert len([*folder.iterdir()]) == 3
    for name in ("邮件正文.txt", f"{TITLE}.eml"):
        path = folder / name
        path.write_bytes(path.read_bytes() + b"x")
    ran = nianbao("mail", source, cwd=tmp_path)
    assert ran.out.count("W106") == 2
    assert (folder / "邮件正文.手工改过.txt").read_bytes().endswith(b"x")
    assert (folder / f"{TITLE}.手工改过.eml").read_bytes().endswith(b"x")


def test_nothing_is_replaced_where_one_of_them_is_open(tmp_path: Path) -> None:
    folder = mailed(tmp_path, EXAMPLE)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    lock = folder / f".~lock.{TITLE}.eml#"
    lock.touch()
    ran = nianbao("mail", EXAMPLE, "--to", "a@b.cn", cwd=tmp_path)
    assert ran.code == 3
    assert "W104" in ran.out
    lock.unlink()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_same_report_gives_the_same_mail(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    one, other = (mailed(folder, TOWN, "--to", "a@b.cn") for folder in folders)
    assert [p.read_bytes() for p in sorted(one.iterdir())] == [
        p.read_bytes() for p in sorted(other.iterdir())
    ]


def test_the_words_are_in_the_reports_script_and_language(tmp_path: Path) -> None:
    assert "現報送" in (mailed(tmp_path, TOWN) / "邮件正文.txt").read_text("utf-8-sig")
    path, templates = REPORTS["library-2025"]
    english = tmp_path / "english"
    english.mkdir()
    folder = mailed(english, path, "--templates", templates)
    text = (folder / "邮件正文.txt").read_text("utf-8-sig")
    assert text.startswith("Subject: Annual Return of Public Libraries 2025")
    assert text.isascii()
    assert ":" not in folder.name


def test_a_title_that_windows_would_not_take(tmp_path: Path) -> None:
    title = 'CON:年报/2025\\ <一> "二"|三?*. '
    source = example(tmp_path)
    text = source.read_text("utf-8").replace("年度: 2025", f"年度: 2025\n标题: '{title}'")
    source.write_text(text, "utf-8")
    folder = mailed(tmp_path, source)
    document = next(path for path in folder.iterdir() if path.suffix == ".docx")
    assert document.stem == folder.name
    assert not set(folder.name) & set('\\/:*?"<>|')
    assert folder.name == folder.name.strip(" .")
    assert paragraphs(document)[0].replace("\n", "") == title.strip()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("con", "con_"),
        ("NUL.2025", "NUL_.2025"),
        ("Lpt1 .年报", "Lpt1 _.年报"),
        ("年报.con", "年报.con"),
        ("COM1", "COM1_"),
        ("年报.. ", "年报"),
        ("a\u200bb\x07c", "abc"),
        ("长" * 300, "长" * 66),
        ("a" * 300, "a" * 80),
        ("...", "_"),
    ],
)
def test_names(title: str, name: str) -> None:
    assert mailing.file_name(title) == name


def test_a_folder_that_is_handed_in_holds_one_report(tmp_path: Path) -> None:
    mailed(tmp_path, EXAMPLE)
    (tmp_path / "报送" / TITLE / "邮件正文.手工改过.txt").write_text("改过的", "utf-8")
    ran = nianbao("rollup", "--format", "json", "报送", "-o", "县2025.yaml", cwd=tmp_path)
    units = [(one["unit"], one["state"]) for one in json.loads(ran.out)["units"]]
    assert units == [("云岭县青石镇人民政府", "in")]
