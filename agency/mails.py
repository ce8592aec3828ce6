"""Mails of the program: every kind with what it says, and the house's own mail server."""

from flask_babel import force_locale, gettext

from agency.settings import Settings
from cases.core.mail import services, transport
from cases.core.mail.services import MailText
from legal.findings import N_

TRIAL = "operations.trial"

#: Kind -> what it says.
TEXTS = {
    TRIAL: MailText(
        N_("Mail leaves the house"),
        (N_("This mail was asked for under Operations. That it arrived shows that mail works."),),
    ),
}


def configure(settings: Settings) -> None:
    """Let mails be written and sent as this installation wants it."""
    server = None
    if settings.smtp_url and settings.mail_from:
        server = transport.server_of(settings.smtp_url, settings.mail_from)
    transport.configure(server)
    services.configure(settings.base_url, settings.secret_key, _translate)
    services.TEXTS.clear()
    services.TEXTS.update(TEXTS)


def _translate(language: str, sentence: str) -> str:
    with force_locale(language):
        return str(gettext(sentence))
