"""Writing a mail with its cause, sending it, and what became of it."""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.errors import NotFound
from cases.core.files import StoredFile, read_bytes
from cases.core.locks import lock_row
from cases.core.mail.message import AddressUnusable, Attachment, Content, compose
from cases.core.mail.models import Mail, MailState
from cases.core.mail.transport import RefusedForGood, get_server, hand_over
from cases.core.outbox import register_effect
from legal.findings import N_

EFFECT = "mail.send"
GREETING, CLOSING = N_("Good day,"), N_("Kind regards")
SHOWN = 50
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class MailText:
    """What one kind of mail says; English sentences, translated when it is sent."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str | None = None  # The words of the link.


#: Kind -> what it says; filled by the assembly.
TEXTS: dict[str, MailText] = {}
#: Called when a mail was refused, or somebody has looked at one that was.
REFUSALS_CHANGED: list[Callable[[], None]] = []


@dataclass(slots=True)
class _Surroundings:
    """What mails need to know of the house; set by the shell."""

    base_url: str = ""
    key: bytes = b""
    translate: Callable[[str, str], str] = lambda language, sentence: sentence


_HOUSE = _Surroundings()


def configure(base_url: str, secret: str, translate: Callable[[str, str], str]) -> None:
    """Say where links lead, what tokens are made with, and how sentences are translated."""
    _HOUSE.base_url, _HOUSE.translate = base_url.rstrip("/"), translate
    _HOUSE.key = hashlib.sha256(f"mail links {secret}".encode()).digest()


def token_of(seed: str) -> str:
    """The secret part of a link: always the same for a seed, guessed by nobody without the key."""
    return hmac.new(_HOUSE.key, seed.encode(), hashlib.sha256).hexdigest()[:48]


def send_mail(
    kind: str,
    to_address: str,
    language: str,
    params: Mapping[str, Any] | None = None,
    *,
    path: str | None = None,
    seed: str | None = None,
    file_ids: Sequence[int] = (),
) -> Mail:
    """Write a mail, which a worker sends after the commit."""
    mail = Mail(
        kind=kind, to_address=to_address, language=language, params=dict(params or {}),
        path=path, seed=seed, file_ids=list(file_ids), created_at=clock.now(),
    )  # fmt: skip
    db.session.add(mail)
    db.session.flush()
    register_effect(EFFECT, f"mail:{mail.public_id}", mail_id=mail.id)
    return mail


def deliver(key: str, mail_id: int) -> None:
    """Send a mail; one that is refused for good is shown to a person and not tried again."""
    with transaction():
        mail = db.session.get_one(Mail, mail_id)
        state, content, to_address = mail.state, _content(mail), mail.to_address
        written_at = mail.created_at
    if state is not MailState.WAITING:
        return
    try:
        hand_over(compose(content, to_address, get_server().sender, key, written_at))
    except (RefusedForGood, AddressUnusable) as refused:
        _close(mail_id, MailState.REFUSED, getattr(refused, "answer", refused.sentence))
    else:
        _close(mail_id, MailState.SENT)


def list_refused(limit: int = SHOWN) -> list[Mail]:
    """Mails that were refused and that nobody has looked at, the oldest first."""
    query = select(Mail).where(Mail.state == MailState.REFUSED).order_by(Mail.id).limit(limit)
    return list(db.session.scalars(query))


def count_refused() -> int:
    """How many of them there are, counted up to a thousand."""
    some = select(Mail.id).where(Mail.state == MailState.REFUSED).limit(COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def note_seen(public_id: str) -> None:
    """Somebody has looked at a refused mail.

    Raises:
        NotFound: there is none, or somebody else has looked.
    """
    mail_id = db.session.scalar(
        select(Mail.id).where(Mail.public_id == public_id, Mail.state == MailState.REFUSED)
    )
    if mail_id is None:
        raise NotFound
    mail = lock_row(Mail, mail_id)
    if mail.state is not MailState.REFUSED:
        raise NotFound
    mail.state = MailState.SEEN
    audit.record("mail.refusal_seen", "mail", mail_id)
    _tell()


def _content(mail: Mail) -> Content:
    text, language = TEXTS[mail.kind], mail.language

    def say(sentence: str) -> str:
        return _HOUSE.translate(language, sentence).format_map(mail.params)

    link = None
    if text.link and mail.path:
        token = token_of(mail.seed) if mail.seed else ""
        link = (say(text.link), _HOUSE.base_url + mail.path.format(token=token))
    name = get_server().sender.partition("<")[0].strip().strip('"')
    return Content(
        language=language,
        subject=say(text.subject),
        greeting=say(GREETING),
        paragraphs=[say(sentence) for sentence in text.paragraphs],
        closing="\n".join(filter(None, (say(CLOSING), name))),
        link=link,
        attachments=[_attached(file_id) for file_id in mail.file_ids],
    )


def _attached(file_id: int) -> Attachment:
    file = db.session.get_one(StoredFile, file_id)
    return Attachment(file.filename, file.media_type.partition(";")[0], read_bytes(file))


def _close(mail_id: int, state: MailState, refusal: str | None = None) -> None:
    with transaction():
        mail = lock_row(Mail, mail_id)
        mail.state, mail.finished_at, mail.refusal = state, clock.now(), refusal
        if state is MailState.REFUSED:
            _tell()


def _tell() -> None:
    for tell in REFUSALS_CHANGED:
        tell()
