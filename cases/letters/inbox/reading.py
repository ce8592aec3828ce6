"""What can be read of a scan or mail: its text, its marks, who sent it. Pure but for the libraries.

One page or part that cannot be read is named and passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from io import BytesIO
from typing import Any

from cases.documents.content import JPEG, PDF, PNG, recognise_document
from cases.letters.mark import DOTS_PER_INCH, read_marks

MAIL = "message/rfc822"
#: More of a scan or mail is not looked at by itself; a person sees it all.
MOST_PAGES, MOST_PARTS, MOST_TEXT = 40, 200, 60_000
_TAGS = re.compile(r"<[^>]{0,2000}>")
_HEADERS = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
TOO_MANY_PAGES, PAGE_UNREADABLE, TOO_MANY_PARTS = "too_many_pages", "page", "too_many_parts"


@dataclass(slots=True)
class PostRead:
    """What was found."""

    media_type: str
    pages: int | None = None
    text: str = ""
    marks: list[str] = field(default_factory=list)
    subject: str = ""
    sender_name: str = ""
    sender_address: str = ""
    answers: list[str] = field(default_factory=list)  # Message-IDs that a mail refers to.
    bounced: bool = False
    fault: str | None = None


def recognise_post(data: bytes, name: str) -> str:
    """The media type; a mail is told by its headers. Raises DocumentEmpty, DocumentRefused."""
    if name.lower().endswith(".eml") and _HEADERS.match(data.replace(b"\r\n", b"\n")[:20_000]):
        return MAIL
    return recognise_document(data, name)


def read_post(data: bytes, media_type: str) -> PostRead:
    """Everything that can be read."""
    read = PostRead(media_type)
    if media_type == MAIL:
        _read_mail(data, read)
    elif media_type == PDF:
        _read_pdf(data, read)
    elif media_type in {PNG, JPEG}:
        read.pages = 1
        _read_picture(data, read)
    read.text = read.text[:MOST_TEXT]
    return read


def _read_pdf(data: bytes, read: PostRead) -> None:
    from pypdf import PdfReader

    try:
        pages = PdfReader(BytesIO(data)).pages
        read.pages = len(pages)
    except Exception:  # Whatever a stranger's file makes the library stumble over.
        read.fault = PAGE_UNREADABLE
        return
    for number in range(min(read.pages, MOST_PAGES)):
        try:
            read.text += (pages[number].extract_text() or "") + "\n"
        except Exception:
            read.fault = f"{PAGE_UNREADABLE}:{number + 1}"
    read.marks += _marks_of_pdf(data, min(read.pages, MOST_PAGES), read)
    if read.pages > MOST_PAGES:
        read.fault = read.fault or TOO_MANY_PAGES


def _marks_of_pdf(data: bytes, pages: int, read: PostRead) -> list[str]:
    import pypdfium2

    found: list[str] = []
    try:
        document: Any = pypdfium2.PdfDocument(data)
    except Exception:
        return found
    try:
        for number in range(pages):
            try:
                picture = document[number].render(scale=DOTS_PER_INCH / 72, grayscale=True)
                found += read_marks(picture.to_pil())
            except Exception:
                read.fault = f"{PAGE_UNREADABLE}:{number + 1}"
    finally:
        document.close()
    return found


def _read_picture(data: bytes, read: PostRead) -> None:
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            read.marks += read_marks(picture.convert("L"))
    except Exception:
        read.fault = PAGE_UNREADABLE


def _read_mail(data: bytes, read: PostRead) -> None:
    try:
        message = message_from_bytes(data, policy=policy.default)
        read.sender_name, read.sender_address = parseaddr(str(message.get("From", "")))
        read.subject = " ".join(str(message.get("Subject", "")).split())[:300]
        ids = " ".join(str(message.get(name, "")) for name in ("In-Reply-To", "References"))
        read.answers += re.findall(r"<[^<>\s]+>", ids)[-20:]
        parts = list(_parts(message))
    except Exception:
        read.fault = PAGE_UNREADABLE
        return
    if len(parts) > MOST_PARTS:
        read.fault = TOO_MANY_PARTS
    read.bounced = message.get_content_type() == "multipart/report"
    for part in parts[:MOST_PARTS]:
        try:
            _read_part(part, read)
        except Exception:
            read.fault = read.fault or PAGE_UNREADABLE


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            yield part
            return
        if not part.is_multipart():
            yield part


def _read_part(part: EmailMessage, read: PostRead) -> None:
    kind = part.get_content_type()
    if kind in {"text/plain", "message/delivery-status"}:
        read.text += str(part.get_content() if kind == "text/plain" else part.get_payload()) + "\n"
    elif kind == "text/html" and not read.text.strip():
        read.text += _TAGS.sub(" ", str(part.get_content())) + "\n"
    elif kind in {"text/rfc822-headers", "message/rfc822"}:
        read.answers += re.findall(r"(?im)^message-id:\s*(<[^<>\s]+>)", part.as_string())
    elif kind == PDF:
        data = part.get_payload(decode=True)
        inner = PostRead(PDF)
        _read_pdf(data if isinstance(data, bytes) else b"", inner)
        read.text += inner.text
        read.marks += inner.marks
