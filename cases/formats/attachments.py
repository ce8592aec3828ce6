"""Documents that ride inside an e-invoice: kept as bytes, named harmlessly, never opened."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.formats.cells import clean_text
from legal.findings import N_, Finding, Severity

#: The harmless string by which virus scanners are tested, in two halves so that none finds us.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MAX_NAME = 100

MESSAGES = {
    "attachment_suspicious": N_(
        "The attachment “{name}” looks like a virus or a program. It is kept, but not shown."
    ),
    "attachment_broken": N_("The attachment “{name}” is damaged and was left out."),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document inside an invoice; `name` is for reading only, never a path."""

    name: str
    media_type: str
    content: bytes | None  # None: it could not be decoded.

    @property
    def is_suspicious(self) -> bool:
        """Whether it is a program or carries the scanners' test string."""
        content = self.content or b""
        return _EICAR in content or content.startswith((b"MZ", b"\x7fELF", b"#!"))


def decode_attachment(name: str, media_type: str, encoded: str) -> Attachment:
    """An attachment in base64, as XML carries it."""
    try:
        content = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        content = None
    return Attachment(harmless_name(name), media_type.lower(), content)


def harmless_name(name: str) -> str:
    """The last part of a name without anything a file system or a page could take amiss."""
    last = re.split(r"[/\\]", clean_text(name)[0])[-1]
    return re.sub(r"[^\w .,()-]", "_", last).strip(". ")[-MAX_NAME:] or "attachment"


def attachment_findings(attachments: Iterable[Attachment]) -> Iterator[Finding]:
    """What there is to say about the documents inside an invoice."""
    for each in attachments:
        if each.content is None:
            yield Finding("attachment_broken", Severity.WARNING, params={"name": each.name})
        elif each.is_suspicious:
            yield Finding("attachment_suspicious", Severity.WARNING, params={"name": each.name})
