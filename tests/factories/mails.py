"""Mails for tests."""

from cases.core import clock
from cases.core.database import db
from cases.core.mail.models import Mail, MailState


def make_refused_mail(to_address: str = "niemand@mandant.example") -> Mail:
    """A mail that a server has refused for good."""
    mail = Mail(
        kind="operations.trial", to_address=to_address, language="de", params={},
        state=MailState.REFUSED, created_at=clock.now(), finished_at=clock.now(),
        refusal="550 No such user here",
    )  # fmt: skip
    db.session.add(mail)
    db.session.flush()
    return mail
