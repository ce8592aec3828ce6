"""Handing a message to the house's mail server (SMTP): the one place that knows smtplib.

Encryption is demanded unless the house says otherwise: a password never goes out readable.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from cases.core.errors import Invalid

TIMEOUT_SECONDS = 30
SUBMISSION_PORT, TLS_PORT, PLAIN_PORT = 587, 465, 25
#: From here on an answer of a server is final (RFC 5321, 4.2.1).
PERMANENT = 500


class RefusedForGood(Invalid):
    """The mail server refuses this mail for good."""

    def __init__(self, answer: str, *, recipient: bool = False) -> None:
        super().__init__()
        self.answer = answer
        self.recipient = recipient  # The mailbox, not the mail.


class MailNotSetUp(Exception):
    """There is no mail server to hand this to."""


class ServerDoesNotEncrypt(Exception):
    """The mail server offers no encryption, and the house asks for it."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and who it comes from."""

    host: str
    port: int
    sender: str  # `Name <address>`, as it stands in the mail.
    user: str | None = None
    password: str | None = None
    encrypted: bool = True
    tls_from_the_start: bool = False


class _Office:
    """The server of this process; set by the shell from the settings."""

    server: MailServer | None = None


def configure(server: MailServer | None) -> None:
    """Say where mail is handed over; None: nowhere."""
    _Office.server = server


def is_set_up() -> bool:
    """Whether mail can leave the house."""
    return _Office.server is not None


def get_server() -> MailServer:
    """The server of the house; raises MailNotSetUp."""
    if _Office.server is None:
        raise MailNotSetUp
    return _Office.server


def server_of(url: str, sender: str) -> MailServer:
    """What an address like smtp://user:password@mail.example:587 says."""
    parts = urlsplit(url)
    tls, encrypted = parts.scheme == "smtps", parts.scheme != "smtp+plain"
    usual = TLS_PORT if tls else SUBMISSION_PORT if encrypted else PLAIN_PORT
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or usual,
        sender=sender,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        encrypted=encrypted,
        tls_from_the_start=tls,
    )


def hand_over(message: EmailMessage) -> None:
    """Give a message to the mail server, which answers for it from then on.

    Raises:
        MailNotSetUp, ServerDoesNotEncrypt.
        RefusedForGood: the recipient or the mail itself; trying again would change nothing.
        smtplib.SMTPException, OSError: anything else; it is tried again.
    """
    server = get_server()
    with _connected(server) as connection:
        try:
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            _raise_if_final(*next(iter(refused.recipients.values())), recipient=True)
            raise
        except smtplib.SMTPDataError as refused:
            _raise_if_final(refused.smtp_code, refused.smtp_error)
            raise
        except smtplib.SMTPNotSupportedError as refused:
            raise RefusedForGood(str(refused)) from refused  # An address with umlauts.


def greet(server: MailServer) -> None:
    """Reach a server and sign in, without a mail: what the doctor asks for; raises as above."""
    with _connected(server) as connection:
        connection.noop()


def _connected(server: MailServer) -> smtplib.SMTP:
    trust = ssl.create_default_context()  # The certificates that the machine trusts.
    if server.tls_from_the_start:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT_SECONDS, context=trust
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        if server.encrypted and not server.tls_from_the_start:
            connection.ehlo()
            if not connection.has_extn("starttls"):
                raise ServerDoesNotEncrypt
            connection.starttls(context=trust)
        if server.user is not None:
            connection.login(server.user, server.password or "")
    except BaseException:
        connection.close()
        raise
    return connection


def _raise_if_final(code: int, answer: bytes | str, *, recipient: bool = False) -> None:
    if code >= PERMANENT:
        said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        raise RefusedForGood(f"{code} {said}", recipient=recipient)
