"""What can be read of a scan or mail: its text, its marks, who sent it. Pure but for the libraries.

One page or part that cannot be read is named and passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from enum import StrEnum
from io import BytesIO
from typing import Any

from cases.documents.content import JPEG, PDF, PNG, recognise_document
from cases.letters.mark import DOTS_PER_INCH, read_marks

MAIL = "message/rfc822"
#: More of a scan or mail is not looked at by itself; a person sees it all.
MOST_PAGES, MOST_PARTS, MOST_TEXT = 40, 200, 60_000
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_HEADERS = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
#: Mailbox full, message too long, refused by a filter (RFC 3463): the mailbox itself is there.
MAILBOX_IS_THERE = frozenset({"5.2.2", "5.2.3", "5.3.4", "5.7.1"})
TOO_MANY_PAGES, PAGE_UNREADABLE, TOO_MANY_PARTS = "too_many_pages", "page", "too_many_parts"


class DeliveryReport(StrEnum):
    """What became of a mail of ours, as a server reports it (RFC 3464)."""

    FAILED = "failed"  # For good: nothing more is sent to that mailbox.
    NOT_DELIVERED = "not_delivered"  # This one did not arrive: full, too long away.
    OTHER = "other"  # Delayed, relayed, delivered, read: nothing has to be done.


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
    report: DeliveryReport | None = None  # What another server says of a mail of ours.
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
        read.answers += _ids_inside(message)
        parts = list(_parts(message))
    except Exception:
        read.fault = PAGE_UNREADABLE
        return
    if len(parts) > MOST_PARTS:
        read.fault = TOO_MANY_PARTS
    if message.get_content_type() == "multipart/report":
        read.report = _report(message)
    for part in parts[:MOST_PARTS]:
        try:
            _read_part(part, read)
        except Exception:
            read.fault = read.fault or PAGE_UNREADABLE


def _ids_inside(message: EmailMessage) -> list[str]:
    """The Message-IDs of mails that are attached whole, such as one that came back."""
    attached = [part for part in message.walk() if part.get_content_type() == "message/rfc822"]
    inside = [each for part in attached[:20] for each in part.get_payload()]
    return [str(each["Message-ID"]).strip() for each in inside
            if isinstance(each, Message) and each["Message-ID"]]  # fmt: skip


def _report(message: EmailMessage) -> DeliveryReport:
    """The worst that a report says of a recipient; one without fields is about this mail only."""
    if message.get_param("report-type") == "disposition-notification":
        return DeliveryReport.OTHER  # Somebody opened it (RFC 8098).
    found = []
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            found += [block for block in part.get_payload() if isinstance(block, Message)]
    actions = [(str(b.get("Action", "")).strip().lower(), str(b.get("Status", "")).strip())
               for b in found if b.get("Action")]  # fmt: skip
    failed = [status for action, status in actions if action == "failed"]
    if not actions:
        return DeliveryReport.NOT_DELIVERED
    if not failed:
        return DeliveryReport.OTHER
    gone = any(status.startswith("5.") and status not in MAILBOX_IS_THERE for status in failed)
    return DeliveryReport.FAILED if gone else DeliveryReport.NOT_DELIVERED


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            yield part
            return
        if not part.is_multipart():
            yield part


def _read_part(part: EmailMessage, read: PostRead) -> None:
    kind = part.get_content_type()
    if kind == "text/plain":
        read.text += str(part.get_content()) + "\n"
    elif kind == "text/html" and not read.text.strip():
        read.text += _TAGS.sub(" ", str(part.get_content())) + "\n"
    elif kind == "text/rfc822-headers":
        read.answers += re.findall(r"(?im)^message-id:\s*(<[^<>\s]+>)", part.as_string())
    elif kind == PDF:
        data = part.get_payload(decode=True)
        inner = PostRead(PDF)
        _read_pdf(data if isinstance(data, bytes) else b"", inner)
        read.text += inner.text
        read.marks += inner.marks
