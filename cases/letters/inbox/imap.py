"""A mailbox on a server (IMAP), read and never changed: the one place that knows imaplib."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 30
TLS_PORT, PLAIN_PORT = 993, 143
_NUMBER = re.compile(rb"\d+")


class MailboxAway(Exception):
    """The server does not answer as it should; the mails wait there."""


class MailboxRefuses(MailboxAway):
    """The server takes neither user and password nor the name of the folder."""


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where mails wait for us."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    scheme: str = "imaps"  # With TLS; `imap` turns it on afterwards, `imap+plain` never.

    @property
    def name(self) -> str:
        """What it is called on screens and in our records: never with a password."""
        return f"{self.user}@{self.host}/{self.folder}"


def address_of(url: str) -> MailboxAddress:
    """What an address like imaps://user:password@mail.example/INBOX says."""
    parts = urlsplit(url)
    return MailboxAddress(
        host=parts.hostname or "",
        port=parts.port or (TLS_PORT if parts.scheme == "imaps" else PLAIN_PORT),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        scheme=parts.scheme,
    )


@dataclass(frozen=True, slots=True)
class OpenMailbox:
    """A folder that is being read."""

    connection: imaplib.IMAP4
    validity: int  # Numbers of mails mean something while this stays the same (RFC 9051, 2.3.1.1).

    def numbers_after(self, last: int) -> list[int]:
        """The numbers of mails that came after one, in their order."""
        data = self._uid("SEARCH", f"UID {last + 1}:*")
        found = [int(number) for part in data if isinstance(part, bytes) for number in part.split()]
        return sorted(number for number in found if number > last)  # The last one is always named.

    def size_of(self, number: int) -> int:
        """How many bytes a mail has."""
        [answer, *_] = self._uid("FETCH", str(number), "(RFC822.SIZE)")
        found = re.search(rb"RFC822\.SIZE (\d+)", answer if isinstance(answer, bytes) else b"")
        return int(found[1]) if found else 0

    def read(self, number: int, *, head_only: bool = False) -> bytes:
        """A mail as it came, or its head only; its flags stay as they are."""
        what = "(BODY.PEEK[HEADER])" if head_only else "(BODY.PEEK[])"
        for part in self._uid("FETCH", str(number), what):
            if isinstance(part, tuple):
                return bytes(part[1])
        return b""  # Somebody has taken it away meanwhile.

    def _uid(self, command: str, *words: str) -> list[bytes | tuple[bytes, bytes] | None]:
        state, data = self.connection.uid(command, *words)
        if state != "OK":
            raise MailboxAway
        return list(data)


@contextmanager
def open_mailbox(address: MailboxAddress) -> Iterator[OpenMailbox]:
    """A folder while the block runs, read only.

    Raises:
        MailboxAway, MailboxRefuses.
    """
    try:
        connection = _connected(address)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxAway from error
    try:
        yield _selected(connection, address)
    except (OSError, imaplib.IMAP4.abort) as error:
        raise MailboxAway from error
    except imaplib.IMAP4.error as error:
        raise MailboxRefuses from error
    finally:
        _leave(connection)


def _connected(address: MailboxAddress) -> imaplib.IMAP4:
    trust = ssl.create_default_context()  # The certificates that the machine trusts.
    if address.scheme == "imaps":
        return imaplib.IMAP4_SSL(
            address.host, address.port, ssl_context=trust, timeout=TIMEOUT_SECONDS
        )
    connection = imaplib.IMAP4(address.host, address.port, timeout=TIMEOUT_SECONDS)
    if address.scheme == "imap":
        try:
            connection.starttls(trust)
        except BaseException:
            connection.shutdown()
            raise
    return connection


def _selected(connection: imaplib.IMAP4, address: MailboxAddress) -> OpenMailbox:
    connection.login(address.user, address.password)
    folder = address.folder.replace("\\", "\\\\").replace('"', '\\"')
    state, _ = connection.select(f'"{folder}"', readonly=True)
    if state != "OK":
        raise MailboxRefuses
    _, told = connection.response("UIDVALIDITY")
    found = _NUMBER.search(told[0]) if told and isinstance(told[0], bytes) else None
    return OpenMailbox(connection, int(found[0]) if found else 0)


def _leave(connection: imaplib.IMAP4) -> None:
    try:
        connection.logout()
    except (OSError, imaplib.IMAP4.error):
        connection.shutdown()
