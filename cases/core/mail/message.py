"""A mail as it travels: plain text and HTML out of the same sentences, byte for byte the same."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from cases.core.errors import Invalid


class AddressUnusable(Invalid):
    """This is not a complete e-mail address."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What a mail says, in the reader's language."""

    language: str
    subject: str
    greeting: str
    paragraphs: Sequence[str]
    closing: str
    #: Words and address of the one link that the mail is about.
    link: tuple[str, str] | None = None
    attachments: Sequence[Attachment] = ()


def compose(
    content: Content, to_address: str, sender: str, key: str, written_at: datetime
) -> EmailMessage:
    """The message of a mail; `key` is stable, so that a repeat is recognised by its Message-ID.

    Raises:
        AddressUnusable: there is no mailbox behind such an address.
    """
    _, from_address = parseaddr(sender)
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    message = EmailMessage()
    message["From"] = sender
    message["To"] = _address(to_address)
    message["Subject"] = " ".join(content.subject.split())
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = f"<{digest}@{from_address.rpartition('@')[2]}>"
    message["Content-Language"] = content.language
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answers, please.
    message.set_content(_render("mail.txt", content), cte="quoted-printable")
    message.add_alternative(_render("mail.html", content), subtype="html", cte="quoted-printable")
    message.set_boundary(f"recoup-{digest}")
    for each in content.attachments:
        main, _, sub = each.media_type.partition("/")
        message.add_attachment(each.data, maintype=main, subtype=sub, filename=each.name)
    if content.attachments:
        message.set_boundary(f"recoup-{digest}-mixed")
    return message


def _address(typed: str) -> Address:
    name, sign, domain = typed.strip().rpartition("@")
    try:
        if not (name and sign and domain):
            raise AddressUnusable
        # Domains with umlauts travel in their ASCII form (RFC 5890).
        return Address(username=name, domain=domain.encode("idna").decode("ascii"))
    except (ValueError, IndexError) as error:  # Line ends, brackets, labels without an end.
        raise AddressUnusable from error


def _render(template: str, content: Content) -> str:
    return _environment().get_template(template).render(mail=content)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
