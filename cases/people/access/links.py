"""Links by which people set their password: by mail, for a time, and once.

Only a digest of a link's secret is kept; the mail that carries it makes the secret anew from the
key of the house. Asking for a link is answered alike whether there is such an account.
"""

import hashlib
from datetime import timedelta

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db, new_public_id
from cases.core.errors import Conflict, NotFound
from cases.core.locks import lock_row
from cases.core.mail.models import Mail
from cases.core.mail.services import send_mail, token_of
from cases.people.access.models import AccessLink, LinkPurpose
from cases.people.models import User
from cases.people.services import change_password, drop_links

VALID_FOR = {LinkPurpose.INVITATION: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=1)}
MAIL_KINDS = {LinkPurpose.INVITATION: "people.invitation", LinkPurpose.RESET: "people.reset"}
PATH = "/access/{token}"
#: The effect that looks whether there is an account for which a link was asked.
ASKED = "people.reset_asked"
GERMAN = "de"


class LinkUsed(Conflict):
    """This link has been used already. Sign in with the password that was set, or have a new link
    sent."""


class LinkExpired(Conflict):
    """This link is no longer valid. Have a new one sent."""


class LinkReplaced(Conflict):
    """A newer link was sent, or the account was locked; this one no longer counts."""


def send_link(user: User, purpose: LinkPurpose, by: int | None) -> AccessLink:
    """Send somebody a link to set a password; earlier ones count no more."""
    lock_row(User, user.id)
    drop_links(user.id)
    public_id, now = new_public_id(), clock.now()
    mail = send_mail(
        MAIL_KINDS[purpose], user.email, user.locale or GERMAN, {"name": user.name},
        path=PATH, seed=public_id,
    )  # fmt: skip
    link = AccessLink(
        public_id=public_id, token_digest=_digest(token_of(public_id)), user_id=user.id,
        purpose=purpose, mail_id=mail.id, created_at=now, created_by=by,
        expires_at=now + VALID_FOR[purpose],
    )  # fmt: skip
    db.session.add(link)
    db.session.flush()
    audit.record(f"link.{purpose.value}", "user", user.id, creditor_id=user.creditor_id)
    return link


def ask_for_reset(key: str, email: str) -> None:
    """Send a link to whoever has this address; where nobody has, nothing happens."""
    user = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None or not user.is_active:
        return
    send_link(user, purpose_for(user), None)


def purpose_for(user: User) -> LinkPurpose:
    """An invitation as long as one was sent and no link was used; else a new password."""
    found = list(db.session.scalars(select(AccessLink).where(AccessLink.user_id == user.id)))
    if any(link.used_at for link in found) or not found:
        return LinkPurpose.RESET
    return found[0].purpose


def find_link(token: str) -> tuple[AccessLink, User]:
    """The link of a token and whose it is, while it counts.

    Raises:
        NotFound, LinkUsed, LinkReplaced, LinkExpired.
    """
    query = select(AccessLink, User).join(User, User.id == AccessLink.user_id)
    row = db.session.execute(query.where(AccessLink.token_digest == _digest(token))).one_or_none()
    if row is None:
        raise NotFound
    link, user = row
    _require_open(link)
    return link, user


def use_link(token: str, password: str) -> User:
    """Set a password by a link; of two at the same moment one is told that it was used.

    Raises:
        NotFound, LinkUsed, LinkReplaced, LinkExpired, PasswordTooShort, PasswordTooEasy.
    """
    link, user = find_link(token)
    lock_row(User, user.id)
    link = lock_row(AccessLink, link.id)
    _require_open(link)
    link.used_at = clock.now()
    change_password(user.id, password)
    audit.record("link.used", "user", user.id, creditor_id=user.creditor_id)
    return user


def last_links(user_ids: list[int]) -> dict[int, tuple[AccessLink, Mail | None]]:
    """The newest link of each of these accounts, with the mail that carried it."""
    query = (
        select(AccessLink, Mail)
        .outerjoin(Mail, Mail.id == AccessLink.mail_id)
        .where(AccessLink.user_id.in_(user_ids))
        .order_by(AccessLink.id)
    )
    return {link.user_id: (link, mail) for link, mail in db.session.execute(query)}


def _require_open(link: AccessLink) -> None:
    if link.used_at is not None:
        raise LinkUsed
    if link.replaced_at is not None:
        raise LinkReplaced
    if link.expires_at <= clock.now():
        raise LinkExpired


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
