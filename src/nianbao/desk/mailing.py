"""What a clerk hands in by mail, ready: document, answers, the text of the mail, the mail itself.

Knows how the folder and the files in it are called so that Windows takes them,
the few words of such a mail, and how a mail is written that is not sent yet
(X-Unsent). The words are of no form and no office; the report's title says what it is.
Writes no file and sends nothing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from nianbao.desk.delivery import Piece
from nianbao.report import answers
from nianbao.report.report import Report
from nianbao.word import package

FOLDER = Path("报送")
TEXT = "邮件正文"
ANSWERS, BODY = "核实说明.txt", f"{TEXT}.txt"
_DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_WIDE = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_DEVICE = re.compile(r"((?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³]) *)(?=\.|$)", re.IGNORECASE)
"""What Windows takes for a device, whatever ending comes behind it."""
_LONGEST, _MOST_BYTES = 80, 200
"""Of a name without its ending: Windows has 260 for the whole path, Linux 255 bytes for a name."""
_MARK = "X-Nianbao-Fingerprint"
_UNMARKED = "0" * 40
_MARKED = re.compile(rf"(?m)^({_MARK}: )([0-9a-f]{{40}})".encode())
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parcel:
    """The folder and what goes into it."""

    folder: Path
    pieces: tuple[Piece, ...]


def addresses(typed: str) -> tuple[str, ...] | None:
    """The mail addresses in what was typed for --to; None where one is none."""
    found = tuple(filter(None, re.split(r"[,，;；、\s]+", typed)))
    return found if found and all(map(_ADDRESS.fullmatch, found)) else None


def parcel(
    report: Report, document: bytes, letter: bytes | None, *, to: tuple[str, ...] = ()
) -> Parcel:
    """What is mailed of a report; `letter` holds its answers, where it has any."""
    name = file_name(report.title)
    folder = FOLDER / name
    body = _body(report, answered=letter is not None)
    pieces = [Piece(folder / f"{name}.docx", document, package.is_untouched)]
    if letter:
        pieces.append(Piece(folder / ANSWERS, letter, answers.is_untouched))
    ours = {_pasted(report, _body(report, answered=answered)) for answered in (True, False)}
    pieces.append(Piece(folder / BODY, _pasted(report, body), ours.__contains__))
    mail = _mail(report, body, to)
    mail.add_attachment(document, *_DOCX, filename=f"{name}.docx")
    if letter:
        mail.add_attachment(letter, "text", "plain", filename=f"{name}.{ANSWERS}")
    pieces.append(Piece(folder / f"{name}.eml", _written(mail), is_untouched))
    return Parcel(folder, tuple(pieces))


def file_name(title: str) -> str:
    """A title as the name of a file or folder, without an ending, on Windows too."""
    name = "".join(char for char in title.translate(_WIDE) if char.isprintable())
    name = name[:_LONGEST].encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    return _DEVICE.sub(r"\1_", name, count=1) if _DEVICE.match(name) else name or "_"


def is_untouched(mail: bytes) -> bool:
    """True for a mail of ours that nobody changed since it was written."""
    found = _MARKED.search(mail)
    if not found:
        return False
    return found[2].decode() == _digest(_MARKED.sub(rf"\g<1>{_UNMARKED}".encode(), mail, count=1))


def _body(report: Report, *, answered: bool) -> str:
    """The few words of the mail, in the report's language and script."""
    if report.form.manner.english:
        besides = ", with explanations" if answered else ""
        lines = ["Hello,", "", f"Please find attached: {report.title}{besides}."]
    else:
        besides = _said("，另附核实说明" if answered else "", report)
        sentence = f"{_said('现报送', report)}{report.title}{besides}"
        lines = [_said("您好：", report), "", f"{sentence}{_said('，见附件，请查收。', report)}"]
    return "".join(f"{line}\r\n" for line in [*lines, "", report.unit])


def _said(words: str, report: Report) -> str:
    return report.form.say(words, report.script)


def _pasted(report: Report, body: str) -> bytes:
    """The subject and the body, as Notepad reads them."""
    subject = "Subject: " if report.form.manner.english else _said("主题：", report)
    return f"\ufeff{subject}{report.title}\r\n\r\n{body}".encode()


def _mail(report: Report, body: str, to: tuple[str, ...]) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    mail[_MARK] = _UNMARKED
    if to:
        mail["To"] = ", ".join(to)
    mail["Subject"] = report.title
    mail.set_content(body, charset="utf-8", cte="base64")
    return mail


def _written(mail: EmailMessage) -> bytes:
    """The mail, the same for the same report: its parts are parted by a digest of them."""
    mail.set_boundary("-" * 24)
    mail.set_boundary(f"nianbao-{_digest(mail.as_bytes())}")
    data = mail.as_bytes()
    return data.replace(_UNMARKED.encode(), _digest(data).encode(), 1)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:40]
